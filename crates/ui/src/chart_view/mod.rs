//! A chart one can look into: drawing, zoom, inspection by pointer and keyboard, and the table under it.

mod command;
mod downloads;
mod draw;
mod gesture;
mod inspection;
mod picture;
mod stage;
mod table;
mod time_axis;
mod viewport;

use std::sync::Arc;

use chart::Drawing;
use leptos::{prelude::*, task::spawn_local};

pub use self::{
    command::{Command, Cursor},
    downloads::{Downloads, Source},
    picture::{Picture, Readout},
    viewport::Viewport,
};
use self::{draw::Wish, inspection::Inspection, stage::Stage, table::DataTable};
use crate::{Theme, lang, turn::next_turn, words};

/// A chart with its tools, its spoken inspection and its table.
///
/// The sentence that sums it up belongs before it and is the caller's, because only the caller knows
/// what the numbers mean.
#[component]
pub fn ChartView(
    /// What to draw; drawn again when it changes.
    #[prop(into)]
    picture: Signal<Arc<Picture>>,
    /// Where the data can be had as files.
    #[prop(optional, into)]
    source: Option<Signal<Source>>,
) -> impl IntoView {
    let lang = lang();
    let inspection = Inspection::new(picture);
    draw_when_needed(inspection);
    let drawn = move || inspection.drawing.with(Option::is_some);
    let failed = move || {
        inspection.failed.get().then(|| view! { <p class="notice">{words::chart_failed(lang)}</p> })
    };
    view! {
        <div class="chart" role="figure" aria-label=move || picture.with(|picture| picture.title().to_owned())>
            {move || inspection.can_zoom().then(|| view! { <Tools inspection/> })}
            <Stage inspection/>
            {failed}
            <Show when=drawn>
                <DataTable inspection/>
                {source.map(|source| view! { <Downloads inspection source/> })}
            </Show>
        </div>
    }
}

/// The buttons that do what wheel, drag and pinch do.
#[component]
fn Tools(inspection: Inspection) -> impl IntoView {
    let lang = lang();
    let button = move |sign: &'static str,
                       name: fn(domain::Lang) -> &'static str,
                       command: Command| {
        let name = move || name(lang);
        view! {
            <button type="button" class="tool" title=name aria-label=name on:click=move |_| inspection.obey(command)>
                <span aria-hidden="true">{sign}</span>
            </button>
        }
    };
    view! {
        <div class="chart-tools" role="group" aria-label=words::chart_tools(lang)>
            {button("−", words::chart_zoom_out, Command::ZoomOut)}
            {button("+", words::chart_zoom_in, Command::ZoomIn)}
            {button("←", words::chart_earlier, Command::Earlier)}
            {button("→", words::chart_later, Command::Later)}
            {button("⤢", words::chart_reset, Command::Reset)}
        </div>
    }
}

/// Keeps the drawing true to data, width, window, language and text size.
fn draw_when_needed(inspection: Inspection) {
    let (lang, theme) = (lang(), Theme::expect());
    let wish = Memo::new(move |_| {
        let width = inspection.width.get();
        (width >= 160).then(|| Wish {
            picture: inspection.picture.get(),
            width,
            window: inspection.window(),
            font_px: if theme.elder() { 17.0 } else { 13.0 },
            lang,
        })
    });
    inspection.wish.set_value(Some(wish));
    Effect::new(move |_| {
        let Some(wish) = wish.get() else { return };
        spawn_local(async move {
            // Fetched or not, the drawing itself says; it has a turn for itself.
            let _ = draw::prepare().await;
            next_turn().await;
            let outcome = draw::draw(wish.clone()).await;
            next_turn().await;
            // A newer wish may have overtaken this one while the program was on its way.
            let current = inspection.wish.try_get_value().flatten();
            let current = current.and_then(|memo| memo.try_get_untracked()).flatten();
            if current.is_some_and(|current| current == wish) {
                inspection.show(outcome);
            }
        });
    });
}

/// A drawing, shared by the parts of the view.
type Shown = RwSignal<Option<Arc<Drawing>>>;
