//! The language of the page, which lives in its URL.

use domain::Lang;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The language of the page: `?lang=en`, or Chinese.
#[derive(Clone, Copy)]
pub struct Language(Memo<Lang>);

impl Language {
    /// Follows the URL and tells the document, provided as a context; call it inside the router.
    pub fn provide() -> Self {
        let query = use_query_map();
        let lang = Memo::new(move |_| {
            query
                .with(|query| query.get("lang").and_then(|tag| Lang::from_tag(&tag)))
                .unwrap_or_default()
        });
        Effect::new(move |_| {
            if let Some(root) = document().document_element() {
                // Setting an attribute fails only for names that are not XML.
                let _ = root.set_attribute("lang", lang.get().tag());
            }
        });
        let language = Self(lang);
        provide_context(language);
        language
    }

    /// The language of this application.
    pub fn expect() -> Self {
        expect_context()
    }

    /// The language now, tracked.
    pub fn get(self) -> Lang {
        self.0.get()
    }

    /// The language now, for what is done once.
    pub fn get_untracked(self) -> Lang {
        self.0.get_untracked()
    }
}
