//! The language of the page, which lives in its URL.

use domain::Lang;
use leptos::prelude::*;

use crate::Router;

/// The language of this page: a plain value, because a page is built anew in another language.
///
/// That is rare, and hundreds of texts that need not listen for it are a third of the program.
pub fn lang() -> Lang {
    expect_context::<PageLanguage>().0
}

/// Makes `lang` the language of everything below, and tells the document.
pub fn provide_lang(lang: Lang) {
    if let Some(root) = document().document_element() {
        // Setting an attribute fails only for names that are not XML.
        let _ = root.set_attribute("lang", lang.tag());
    }
    provide_context(PageLanguage(lang));
}

/// The language the URL asks for, `?lang=en`; without one that in which the server, which knows what
/// the browser prefers, has served the page. Call it inside the router.
pub fn url_lang() -> Memo<Lang> {
    let router = Router::expect();
    let root = document().document_element();
    let served = root.and_then(|root| Lang::from_tag(&root.get_attribute("lang")?));
    Memo::new(move |_| {
        let tag = router.parameter("lang");
        tag.and_then(|tag| Lang::from_tag(&tag)).or(served).unwrap_or_default()
    })
}

#[derive(Clone, Copy)]
struct PageLanguage(Lang);
