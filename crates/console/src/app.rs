//! The root component: contexts, layout, and which page stands in it.

use leptos::{
    mount::{mount_to, mount_to_body},
    prelude::*,
};
use ui::{
    Clock, Router, SkipLink, Theme, Title, announce_routes, lang, provide_lang, title::SiteTitle,
    url_lang,
};
use wasm_bindgen::JsCast;

use crate::words;

/// Puts the console in the place of what the server wrote.
pub fn start() {
    let place = document().get_element_by_id("console").and_then(|found| found.dyn_into().ok());
    match place {
        Some(place) => mount_to::<_, _>(place, App).forget(),
        None => mount_to_body(App),
    }
    if let Some(summary) = document().get_element_by_id("summary") {
        summary.remove();
    }
    if let Some(root) = document().document_element() {
        // Setting an attribute fails only for names that are not XML.
        let _ = root.set_attribute("data-console", "started");
    }
}

/// The whole console; its language comes from the address.
#[component]
pub fn App() -> impl IntoView {
    Clock::provide();
    let router = Router::provide();
    Theme::provide();
    let lang = url_lang();
    let following = Memo::new(move |_| router.query().following());
    move || {
        following.track();
        provide_lang(lang.get());
        view! { <Layout/> }
    }
}

/// Head and content in one language.
#[component]
fn Layout() -> impl IntoView {
    let lang = lang();
    let shown = RwSignal::new(String::new());
    provide_context(SiteTitle {
        name: Signal::stored(words::console_name(lang).to_owned()),
        shown,
    });
    let main = NodeRef::new();
    let announcement = announce_routes(main, shown);
    view! {
        <SkipLink main/>
        <main id="main" node_ref=main tabindex="-1">
            <Title text=words::nothing_here(lang).to_owned()/>
            <h1>{words::console_name(lang)}</h1>
        </main>
        <p class="visually-hidden" role="status">{announcement}</p>
    }
}
