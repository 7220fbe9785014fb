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
        let name = site.map(|site| site.name.get()).unwrap_or_default();
        let text = text.get();
        let title = match (text.is_empty(), name.is_empty()) {
            (false, false) => format!("{text} · {name}"),
            (true, _) => name,
            (_, true) => text,
        };
        document().set_title(&title);
        if let Some(site) = site {
            site.shown.set(title);
        }
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

/// Context: the site's own name, which ends every title, and the whole title now shown.
#[derive(Clone, Copy)]
pub struct SiteTitle {
    /// The site's name.
    pub name: Signal<String>,
    /// Set by each page as it stands, so that who listens knows the page has arrived.
    pub shown: RwSignal<String>,
}
