//! The picture itself: one tab stop, pointer inspection, tooltip, spoken readout.

use std::time::Duration;

use leptos::{ev, html::Div, prelude::*};
use wasm_bindgen::{JsCast, closure::Closure};

use super::{
    command::Command,
    gesture::{Gesture, Pointers, Touch},
    inspection::Inspection,
    picture::Readout,
};
use crate::{lang, words};

/// The drawing, and what lies over it.
#[component]
pub(super) fn Stage(inspection: Inspection) -> impl IntoView {
    let lang = lang();
    let stage = NodeRef::<Div>::new();
    let pointers = StoredValue::new(Pointers::default());
    follow_width(stage, inspection);
    let name = move || {
        let title = inspection.picture.with(|picture| picture.title().to_owned());
        format!("{title}. {}", words::chart_help(lang))
    };
    let svg = move || {
        inspection.drawing.with(|drawing| drawing.as_ref().map(|drawing| drawing.svg.clone()))
    };
    view! {
        <div
            class="chart-stage"
            node_ref=stage
            tabindex="0"
            role="application"
            aria-label=name
            on:keydown=move |event| on_key(inspection, &event)
            on:focus=move |_| if inspection.cursor.with_untracked(Option::is_none) { inspection.obey(Command::Last) }
            on:blur=move |_| inspection.obey(Command::Leave)
            on:pointerdown=move |event| on_pointer(inspection, stage, pointers, &event, Kind::Down)
            on:pointermove=move |event| on_pointer(inspection, stage, pointers, &event, Kind::Move)
            on:pointerup=move |event| on_pointer(inspection, stage, pointers, &event, Kind::Up)
            on:pointercancel=move |event| on_pointer(inspection, stage, pointers, &event, Kind::Up)
            on:pointerleave=move |event| on_pointer(inspection, stage, pointers, &event, Kind::Leave)
            on:wheel=move |event| on_wheel(inspection, stage, &event)
        >
            <div class="chart-drawing" aria-hidden="true" inner_html=move || svg().unwrap_or_default()></div>
            <Overlay inspection/>
            <Spoken inspection/>
        </div>
    }
}

/// Crosshair, dot, tooltip and the stretch being chosen.
#[component]
fn Overlay(inspection: Inspection) -> impl IntoView {
    let height = move || {
        inspection.drawing.with(|drawing| {
            drawing.as_ref().map(|d| (d.plot.plot_area.top, d.plot.plot_area.height()))
        })
    };
    let point = Memo::new(move |_| inspection.position());
    let brush = move || {
        let ((from, to), (top, height)) = (inspection.brush.get()?, height()?);
        Some(view! {
            <div class="chart-brush" style=("left", px(from)) style=("width", px(to - from)) style=("top", px(top)) style=("height", px(height))></div>
        })
    };
    let cross = move || {
        let ((x, y), (top, height)) = (point.get()?, height()?);
        let line = move || {
            view! { <div class="chart-cross" style=("left", px(x)) style=("top", px(top)) style=("height", px(height))></div> }
        };
        Some(view! {
            {inspection.can_zoom().then(line)}
            <div class="chart-dot" style=("left", px(x)) style=("top", px(y))></div>
        })
    };
    let tip = move || {
        let ((x, y), readout) = (point.get()?, inspection.readout()?);
        let side = if x > f64::from(inspection.width.get()) / 2.0 { "left" } else { "right" };
        Some(view! {
            <div class="chart-tip" data-side=side style=("left", px(x)) style=("top", px(y))><ReadoutView readout/></div>
        })
    };
    view! { <div class="chart-overlay" aria-hidden="true">{brush} {cross} {tip}</div> }
}

fn px(length: f64) -> String {
    format!("{length:.1}px")
}

#[component]
fn ReadoutView(readout: Readout) -> impl IntoView {
    let line = |class: &'static str, text: String| {
        (!text.is_empty()).then(|| view! { <span class=class>{text}</span> })
    };
    view! {
        {line("chart-tip-time", readout.time)}
        {line("chart-tip-series", readout.series)}
        {line("chart-tip-value", readout.value)}
        {line("chart-tip-note", readout.note)}
    }
}

/// The line a screen reader speaks: at most once a second, always the latest point.
#[component]
fn Spoken(inspection: Inspection) -> impl IntoView {
    let lang = lang();
    let spoken = RwSignal::new(String::new());
    let waiting = StoredValue::new(false);
    let words_now = move || inspection.readout().map(|readout| sentence(&readout, lang));
    Effect::new(move |_| {
        let Some(now) = words_now() else { return };
        if waiting.get_value() {
            return;
        }
        spoken.set(now);
        waiting.set_value(true);
        set_timeout(
            move || {
                let _ = waiting.try_update_value(|waiting| *waiting = false);
                if let Some(Some(latest)) = untrack(|| inspection.picture.try_with(|_| words_now()))
                {
                    let _ = spoken.try_set(latest);
                }
            },
            Duration::from_secs(1),
        );
    });
    view! { <p class="visually-hidden" aria-live="polite">{spoken}</p> }
}

fn sentence(readout: &Readout, lang: domain::Lang) -> String {
    let mut text = match readout.series.as_str() {
        "" => format!("{} {}", readout.time, readout.value),
        series => words::chart_point(lang, &readout.time, &series, &readout.value),
    };
    if !readout.note.is_empty() {
        text.push_str(" · ");
        text.push_str(&readout.note);
    }
    text
}

fn on_key(inspection: Inspection, event: &ev::KeyboardEvent) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    if let Some(command) = Command::of_key(&event.key(), event.shift_key()) {
        event.prevent_default();
        inspection.obey(command);
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Down,
    Move,
    Up,
    Leave,
}

fn on_pointer(
    inspection: Inspection,
    stage: NodeRef<Div>,
    pointers: StoredValue<Pointers>,
    event: &ev::PointerEvent,
    kind: Kind,
) {
    let Some((x, y)) = place(stage, event) else { return };
    let (id, zoomed) = (event.pointer_id(), inspection.is_zoomed());
    let touch = if event.pointer_type() == "mouse" { Touch::Mouse } else { Touch::Finger };
    let gesture = pointers.try_update_value(|pointers| match kind {
        Kind::Down => pointers.press(id, x, touch, event.shift_key()),
        Kind::Move => pointers.glide(id, x, zoomed),
        Kind::Up => pointers.lift(id),
        Kind::Leave => Gesture::Nothing,
    });
    if let (Kind::Down, Some(stage)) = (kind, stage.get_untracked()) {
        // The pointer may have gone already; then there is nothing to capture.
        let _ = stage.set_pointer_capture(id);
    }
    if kind == Kind::Leave && touch == Touch::Mouse && event.buttons() == 0 {
        inspection.obey(Command::Leave);
    }
    inspection.follow(gesture.unwrap_or(Gesture::Nothing), y);
}

/// The wheel zooms only with Ctrl, as a trackpad's pinch sends it: the page must scroll.
fn on_wheel(inspection: Inspection, stage: NodeRef<Div>, event: &ev::WheelEvent) {
    if !event.ctrl_key() {
        return;
    }
    if let Some((x, _)) = place(stage, event) {
        event.prevent_default();
        inspection.zoom_about((-event.delta_y() / 200.0).exp(), x);
    }
}

/// Where an event is, in CSS pixels from the drawing's upper left corner.
fn place(stage: NodeRef<Div>, event: &web_sys::MouseEvent) -> Option<(f64, f64)> {
    let frame = stage.get_untracked()?.get_bounding_client_rect();
    Some((f64::from(event.client_x()) - frame.left(), f64::from(event.client_y()) - frame.top()))
}

/// Tells the inspection how wide the stage is, now and whenever it changes.
fn follow_width(stage: NodeRef<Div>, inspection: Inspection) {
    let observer = StoredValue::new_local(None::<(web_sys::ResizeObserver, Closure<dyn FnMut()>)>);
    Effect::new(move |_| {
        let Some(element) = stage.get() else { return };
        let measured = element.clone();
        let measure = move || {
            let width = u32::try_from(measured.client_width()).unwrap_or_default().min(4_000);
            if inspection.width.try_get_untracked().is_some_and(|known| known != width) {
                inspection.width.set(width);
            }
        };
        let callback = Closure::<dyn FnMut()>::new(measure.clone());
        match web_sys::ResizeObserver::new(callback.as_ref().unchecked_ref()) {
            // It tells the first width too, once the browser has laid the page out; asked now, it would lay it out twice.
            Ok(watching) => {
                watching.observe(&element);
                observer.set_value(Some((watching, callback)));
            }
            // The chart keeps the width it was first drawn for.
            Err(_) => measure(),
        }
    });
    on_cleanup(move || {
        let _ = observer.try_update_value(|observer| {
            if let Some((observer, _)) = observer.take() {
                observer.disconnect();
            }
        });
    });
}
