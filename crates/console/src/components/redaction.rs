//! Black boxes over a photo, drawn with the mouse or typed as numbers; the server burns them into a copy.

mod boxes;

use contract::officer::RedactionBox;
use leptos::prelude::*;
use ui::lang;
use wasm_bindgen::JsCast;
use web_sys::Element;

use self::boxes::{between, clamped, first};
use super::{Failed, OpenedHeading};
use crate::{fetched::Sending, words};

/// The editor of one photo.
#[component]
pub(crate) fn Redact(
    /// Where the picture is read from.
    source: String,
    /// Its width and height in pixels.
    size: (u32, u32),
    /// Boxes that it has already.
    #[prop(optional)]
    known: Vec<RedactionBox>,
    /// Called with the boxes that are to be burnt in.
    #[prop(into)]
    save: Callback<Vec<RedactionBox>>,
    sending: Sending,
    /// Called to look at what is new.
    #[prop(into)]
    again: Callback<()>,
    /// Called when it is given up.
    #[prop(into)]
    leave: Callback<()>,
) -> impl IntoView {
    let (lang, boxes) = (lang(), RwSignal::new(known));
    let add = move |_| boxes.update(|boxes| boxes.push(first(size)));
    // One row per box, whatever is typed into it.
    let count = Memo::new(move |_| boxes.with(Vec::len));
    let rows = move || {
        let fields = |index| view! { <BoxFields boxes index size/> };
        (0..count.get()).map(fields).collect_view()
    };
    view! {
        <div class="redaction-editor stack" role="group" aria-label=words::redact_title(lang)>
            <OpenedHeading text=words::redact_title(lang)/>
            <p class="meta">{words::redact_explained(lang, &size.0, &size.1)}</p>
            <Canvas source size boxes/>
            <div>{rows}</div>
            <Failed failure=sending.failure again/>
            <p class="button-row">
                <button type="button" class="button" on:click=add>{words::redact_add(lang)}</button>
                <button type="button" class="button button-main" on:click=move |_| save.run(boxes.get_untracked())
                    disabled=move || sending.busy.get() || boxes.with(Vec::is_empty)>{words::redact_save(lang)}</button>
                <button type="button" class="button" on:click=move |_| leave.run(())>{words::act_cancel(lang)}</button>
            </p>
        </div>
    }
}

/// The photo with its boxes; dragging over it draws another.
#[component]
fn Canvas(source: String, size: (u32, u32), boxes: RwSignal<Vec<RedactionBox>>) -> impl IntoView {
    let start = RwSignal::new(None::<(f64, f64)>);
    let drawn = RwSignal::new(None::<RedactionBox>);
    let at = move |event: &leptos::ev::PointerEvent| {
        let ground: Element = event.current_target()?.dyn_into().ok()?;
        let shown = ground.get_bounding_client_rect();
        let share = |from: f64, whole: f64| if whole > 0.0 { from / whole } else { 0.0 };
        Some((
            share(f64::from(event.client_x()) - shown.left(), shown.width()) * f64::from(size.0),
            share(f64::from(event.client_y()) - shown.top(), shown.height()) * f64::from(size.1),
        ))
    };
    let down = move |event: leptos::ev::PointerEvent| {
        event.prevent_default();
        if let Some(ground) = event.current_target().and_then(|e| e.dyn_into::<Element>().ok()) {
            // Without the capture a drag that leaves the picture ends there.
            let _ = ground.set_pointer_capture(event.pointer_id());
        }
        start.set(at(&event));
    };
    let moved = move |event: leptos::ev::PointerEvent| {
        if let (Some(from), Some(to)) = (start.get_untracked(), at(&event)) {
            drawn.set(between(from, to, size));
        }
    };
    let up = move |_| {
        start.set(None);
        if let Some(done) = drawn.get_untracked() {
            drawn.set(None);
            boxes.update(|boxes| boxes.push(done));
        }
    };
    let rect = |b: RedactionBox| view! { <rect x=b.x y=b.y width=b.width height=b.height/> };
    view! {
        <svg class="redaction-ground" viewBox=format!("0 0 {} {}", size.0, size.1) aria-hidden="true"
            on:pointerdown=down on:pointermove=moved on:pointerup=up>
            <image href=source width=size.0 height=size.1/>
            {move || boxes.get().into_iter().chain(drawn.get()).map(rect).collect_view()}
        </svg>
    }
}

/// One box as four numbers.
#[component]
fn BoxFields(boxes: RwSignal<Vec<RedactionBox>>, index: usize, size: (u32, u32)) -> impl IntoView {
    let lang = lang();
    let field = move |label: &'static str, read: fn(&mut RedactionBox) -> &mut u32| {
        let value = move || {
            boxes.with(|boxes| {
                boxes.get(index).map(|known| *read(&mut known.clone())).unwrap_or_default()
            })
        };
        let change = move |event| {
            let Ok(number) = event_target_value(&event).parse::<u32>() else { return };
            boxes.update(|boxes| {
                if let Some(known) = boxes.get_mut(index) {
                    *read(known) = number;
                    *known = clamped(*known, size);
                }
            });
        };
        view! {
            <label class="field">
                <span class="field-label">{label}</span>
                <input type="number" min="0" inputmode="numeric" prop:value=value on:change=change/>
            </label>
        }
    };
    let remove = move |_| {
        boxes.update(|boxes| {
            if index < boxes.len() {
                boxes.remove(index);
            }
        });
    };
    view! {
        <fieldset class="fields">
            <legend class="field-label">{words::redact_box(lang, &(index + 1))}</legend>
            {field(words::redact_x(lang), |b| &mut b.x)}
            {field(words::redact_y(lang), |b| &mut b.y)}
            {field(words::redact_width(lang), |b| &mut b.width)}
            {field(words::redact_height(lang), |b| &mut b.height)}
            <button type="button" class="button" on:click=remove>{words::redact_remove(lang, &(index + 1))}</button>
        </fieldset>
    }
}
