//! Keys that save hands: `g` and a letter goes to a page, `j` and `k` walk down and up a list, `x` ticks, `?` explains.
//!
//! Single keys can get in the way of speech input, so that they can be switched off (WCAG 2.1.4).

use leptos::{ev, prelude::*};
use ui::{Kept, Router, Visit, lang};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::{components::Dialog, routes::Place, session::SignedIn, words};

/// The preference that switches the keys off.
const OFF: &str = "bilan-console-keys";
/// What `j` and `k` walk along.
const STOPS: &str = ".case-link";

/// Listens for as long as it is on the page, and holds the help.
#[component]
pub(crate) fn Shortcuts() -> impl IntoView {
    let (lang, router, signed_in) = (lang(), Router::expect(), SignedIn::expect());
    let help = RwSignal::new(false);
    let on = RwSignal::new(Kept::preference(OFF).is_none());
    let waiting = StoredValue::new(false);
    let listener = window_event_listener(ev::keydown, move |event| {
        if !on.get_untracked() || is_typed(&event) {
            return;
        }
        let after_g = waiting.get_value();
        waiting.set_value(false);
        match Wish::of(&event.key(), after_g) {
            Some(Wish::Help) => help.set(true),
            Some(Wish::Wait) => waiting.set_value(true),
            Some(Wish::Go(place)) => {
                let allowed = place.permission().is_none_or(|permission| signed_in.may(permission));
                if allowed {
                    router.go(&untrack(|| router.address_of(place.path())), Visit::Push);
                }
            }
            Some(Wish::Walk(by)) => walk(by),
            Some(Wish::Tick) => tick(),
            None => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || listener.remove());
    let switch = move |event| {
        let wished = event_target_checked(&event);
        Kept::set_preference(OFF, (!wished).then_some("off"));
        on.set(wished);
    };
    view! {
        <footer class="console-foot">
            <button type="button" class="button" on:click=move |_| help.set(true)>{words::keys_open(lang)}</button>
        </footer>
        <Dialog title=words::keys_title(lang) open=help>
            <Keys/>
            <label class="check">
                <input type="checkbox" prop:checked=move || on.get() on:change=switch/>
                {words::keys_on(lang)}
            </label>
            <button type="button" class="button" on:click=move |_| help.set(false)>{words::close_dialog(lang)}</button>
        </Dialog>
    }
}

/// The keys and what they do.
#[component]
fn Keys() -> impl IntoView {
    let lang = lang();
    let row = |keys: Vec<&'static str>, does: &'static str| {
        let keys = keys.into_iter().map(|key| view! { <kbd>{key}</kbd>" " }).collect_view();
        view! { <div><dt>{keys}</dt><dd>{does}</dd></div> }
    };
    let places = Place::ALL.map(|place| row(vec!["g", place.key()], place.name(lang)));
    view! {
        <dl class="key-list">
            {row(vec!["j", "k"], words::keys_walk(lang))}
            {row(vec!["Enter"], words::keys_enter(lang))}
            {row(vec!["x"], words::keys_tick(lang))}
            {places.collect_view()}
            {row(vec!["?"], words::keys_help(lang))}
            {row(vec!["Esc"], words::keys_escape(lang))}
        </dl>
    }
}

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wish {
    Help,
    /// The next key says where to.
    Wait,
    Go(Place),
    /// So many places on.
    Walk(i32),
    /// Ticks the row, or takes its tick away.
    Tick,
}

impl Wish {
    /// The wish behind a key, which may follow a `g`.
    fn of(key: &str, after_g: bool) -> Option<Self> {
        match (after_g, key) {
            (true, key) => Place::ALL.into_iter().find(|place| place.key() == key).map(Self::Go),
            (false, "?") => Some(Self::Help),
            (false, "g") => Some(Self::Wait),
            (false, "j") => Some(Self::Walk(1)),
            (false, "k") => Some(Self::Walk(-1)),
            (false, "x") => Some(Self::Tick),
            _ => None,
        }
    }
}

/// Whether the key belongs to a control, or to the browser.
fn is_typed(event: &ev::KeyboardEvent) -> bool {
    if event.ctrl_key() || event.meta_key() || event.alt_key() || event.is_composing() {
        return true;
    }
    let target: Option<Element> = event.target().and_then(|target| target.dyn_into().ok());
    let own = "input, select, textarea, dialog, [contenteditable]";
    target.is_some_and(|target| matches!(target.closest(own), Ok(Some(_))))
}

/// Moves the focus along the cases on screen; at the ends it stays.
fn walk(by: i32) {
    let Ok(stops) = document().query_selector_all(STOPS) else { return };
    let here = document().active_element();
    let at = (0..stops.length()).find(|index| {
        let stop = stops.get(*index).and_then(|node| node.dyn_into::<Element>().ok());
        stop.is_some() && stop == here
    });
    let next = next_stop(at, by, stops.length());
    let stop = next.and_then(|index| stops.get(index));
    if let Some(stop) = stop.and_then(|node| node.dyn_into::<HtmlElement>().ok()) {
        // An element that cannot take the focus leaves it where it was.
        let _ = stop.focus();
    }
}

/// Ticks the row that has the focus; nothing where rows cannot be ticked.
fn tick() {
    let row = document().active_element().and_then(|here| here.closest("tr").ok()?);
    let tick = row.and_then(|row| row.query_selector(".case-tick input").ok()?);
    if let Some(tick) = tick.and_then(|tick| tick.dyn_into::<HtmlElement>().ok()) {
        tick.click();
    }
}

/// From nowhere, the first; `None` where there is nothing to stand on.
fn next_stop(at: Option<u32>, by: i32, count: u32) -> Option<u32> {
    let last = count.checked_sub(1)?;
    Some(at.map_or(0, |at| at.saturating_add_signed(by).min(last)))
}

#[cfg(test)]
mod tests {
    use super::{Place, Wish, next_stop};

    #[test]
    fn g_and_a_letter_goes_to_a_page_and_a_letter_alone_does_not() {
        assert_eq!(Wish::of("g", false), Some(Wish::Wait));
        assert_eq!(Wish::of("i", true), Some(Wish::Go(Place::Inbox)));
        assert_eq!(Wish::of("i", false), None);
        assert_eq!(Wish::of("x", false), Some(Wish::Tick));
        assert_eq!(Wish::of("j", true), None, "j after g is no place");
    }

    #[test]
    fn walking_begins_at_the_first_and_stays_within_the_list() {
        assert_eq!(next_stop(None, 1, 3), Some(0));
        assert_eq!(next_stop(Some(2), 1, 3), Some(2));
        assert_eq!(next_stop(Some(0), -1, 3), Some(0));
        assert_eq!(next_stop(Some(1), -1, 3), Some(0));
        assert_eq!(next_stop(None, 1, 0), None);
    }
}
