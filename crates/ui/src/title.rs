//! The document's title and description.

use leptos::prelude::*;

/// Sets the title of the tab and the page's description.
///
/// The elements that the server wrote are changed, never doubled, and the title of a page that was
/// left stays until the next one sets its own, so that there is always one.
#[component]
pub fn Title(
    /// The page's own name.
    #[prop(into)]
    text: Signal<String>,
    /// What the page says now, in a sentence; empty leaves the server's.
    #[prop(optional, into)]
    description: Signal<String>,
) -> impl IntoView {
    let site = use_context::<SiteTitle>();
    Effect::new(move |_| {
        let site = site.map(|site| site.0.get()).unwrap_or_default();
        let text = text.get();
        document().set_title(&match (text.is_empty(), site.is_empty()) {
            (false, false) => format!("{text} · {site}"),
            (true, _) => site,
            (_, true) => text,
        });
    });
    Effect::new(move |_| {
        let description = description.get();
        let meta = document().query_selector("meta[name=description]").ok().flatten();
        if let (Some(meta), false) = (meta, description.is_empty()) {
            // Setting an attribute fails only for names that are not XML.
            let _ = meta.set_attribute("content", &description);
        }
    });
}

/// Context: the site's own name, which ends every title.
#[derive(Clone, Copy)]
pub struct SiteTitle(pub Signal<String>);
