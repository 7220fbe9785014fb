//! Moving about by keyboard and by ear.

use leptos::{html::Main, prelude::*};

use crate::{Router, lang, words};

/// The first stop of the Tab key: past the header.
#[component]
pub fn SkipLink(main: NodeRef<Main>) -> impl IntoView {
    let (lang, router) = (lang(), Router::expect());
    // With <base>, "#main" alone would lead to the first page.
    let href = move || router.here_with(&[]) + "#main";
    let skip = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        focus(main);
    };
    view! { <a class="skip-link" href=href on:click=skip>{words::skip_to_content(lang)}</a> }
}

/// Moves the focus to the content when another page has arrived, and says its title.
///
/// The first page is left alone: the browser reads it from the top.
pub fn announce_routes(main: NodeRef<Main>, title: RwSignal<String>) -> RwSignal<String> {
    let announcement = RwSignal::new(String::new());
    let router = Router::expect();
    let moved = StoredValue::new(false);
    Effect::new(move |before: Option<String>| {
        let title = title.get();
        let path = untrack(|| router.path());
        if before.is_some_and(|before| before != path) {
            moved.set_value(true);
            focus(main);
            window().scroll_to_with_x_and_y(0.0, 0.0);
        }
        if moved.get_value() {
            announcement.set(title);
        }
        path
    });
    announcement
}

fn focus(main: NodeRef<Main>) {
    if let Some(main) = main.get_untracked() {
        // An element that cannot take the focus leaves it where it was.
        let _ = main.focus();
    }
}
