//! Where the application is mounted, as the document says it.

use leptos::prelude::document;

/// The path of `<base href>` without its closing slash: empty at the root, `/env` under a sub-path.
///
/// The server writes the element as it serves the page, so one build works under any path.
pub fn base_path() -> String {
    let path = document()
        .query_selector("base")
        .ok()
        .flatten()
        .and_then(|base| base.get_attribute("href"))
        .unwrap_or_default();
    path.trim_end_matches('/').to_owned()
}
