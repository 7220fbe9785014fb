//! Where the reader is: the address bar as a signal, and links that change it without a reload.
//!
//! Our own because the framework's router is a fifth of what a phone loads first, for nested and
//! server-rendered routes that nothing here has (`docs/decisions/0003-small-first-load.md`).

mod query;

use leptos::{ev, prelude::*};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlAnchorElement, Url};

pub use self::query::{Query, decoded, push_encoded};
use crate::base::base_path;

/// Whether the place that is left can be returned to with the back button.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visit {
    /// A new place.
    Push,
    /// The same place, shown otherwise.
    Replace,
}

/// The address, as a context.
#[derive(Clone, Copy)]
pub struct Router {
    path: RwSignal<String>,
    query: RwSignal<Query>,
    base: StoredValue<String>,
}

impl Router {
    /// Reads the address and follows it from now on, provided as a context.
    pub fn provide() -> Self {
        let router = Self {
            path: RwSignal::new(String::new()),
            query: RwSignal::new(Query::default()),
            base: StoredValue::new(base_path()),
        };
        router.read();
        // The listeners live as long as the page.
        let _ = window_event_listener(ev::popstate, move |_| router.read());
        let _ = window_event_listener(ev::click, move |event| router.follow(&event));
        provide_context(router);
        router
    }

    /// The router of this application.
    pub fn expect() -> Self {
        expect_context()
    }

    /// The path below the base, without slashes at its ends: `air/1424A`.
    pub fn path(self) -> String {
        self.path.get()
    }

    /// The parameters, tracked.
    pub fn query(self) -> Query {
        self.query.get()
    }

    /// One parameter, tracked.
    pub fn parameter(self, name: &str) -> Option<String> {
        self.query.with(|query| query.get(name).map(str::to_owned))
    }

    /// The present place with other parameters: its whole path and query.
    pub fn here_with(self, changes: &[(&str, Option<&str>)]) -> String {
        let query = self.query.with(|query| query.changed(changes));
        self.path.with(|path| self.base.with_value(|base| format!("{base}/{path}{query}")))
    }

    /// A page below the base with the parameters that follow the reader.
    pub fn address_of(self, path: &str) -> String {
        self.address_with(path, &[])
    }

    /// The same with parameters of its own.
    pub fn address_with(self, path: &str, parameters: &[(&str, Option<&str>)]) -> String {
        let query = self.query.with(|query| query.following().changed(parameters));
        self.base.with_value(|base| format!("{base}/{path}{query}"))
    }

    /// Goes to an address of this application.
    pub fn go(self, address: &str, visit: Visit) {
        let Ok(history) = window().history() else { return };
        let gone = match visit {
            Visit::Push => history.push_state_with_url(&JsValue::NULL, "", Some(address)),
            Visit::Replace => history.replace_state_with_url(&JsValue::NULL, "", Some(address)),
        };
        if gone.is_ok() {
            self.read();
        }
    }

    /// Takes the browser's address over; signals that do not change wake nobody.
    fn read(self) {
        let location = window().location();
        let (path, search) =
            (location.pathname().unwrap_or_default(), location.search().unwrap_or_default());
        let path = self.base.with_value(|base| below(&path, base).unwrap_or_default().to_owned());
        let query = Query::parse(&search);
        if self.path.with_untracked(|known| *known != path) {
            self.path.set(path);
        }
        if self.query.with_untracked(|known| *known != query) {
            self.query.set(query);
        }
    }

    /// A plain click on a link of ours is a change of address; everything else is the browser's.
    fn follow(self, event: &ev::MouseEvent) {
        let modified = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
        if event.default_prevented() || event.button() != 0 || modified {
            return;
        }
        let Some(address) = link_of(event).and_then(|link| self.ours(&link)) else { return };
        event.prevent_default();
        self.go(&address, Visit::Push);
    }

    /// The address of a link that this application answers.
    fn ours(self, link: &HtmlAnchorElement) -> Option<String> {
        if link.has_attribute("download")
            || link.has_attribute("target")
            || link.rel().contains("external")
        {
            return None;
        }
        let (url, here) = (Url::new(&link.href()).ok()?, window().location());
        let same_site = here.origin().is_ok_and(|origin| origin == url.origin());
        let below_base = self.base.with_value(|base| below(&url.pathname(), base).is_some());
        let same_page = here.pathname().is_ok_and(|path| path == url.pathname())
            && here.search().is_ok_and(|search| search == url.search());
        // A place on the same page is the browser's to scroll to.
        let scrolls = same_page && !url.hash().is_empty();
        (same_site && below_base && !scrolls).then(|| url.pathname() + &url.search() + &url.hash())
    }
}

fn link_of(event: &ev::MouseEvent) -> Option<HtmlAnchorElement> {
    let target: Element = event.target()?.dyn_into().ok()?;
    target.closest("a[href]").ok()??.dyn_into().ok()
}

/// What of `path` lies below `base`, without slashes at its ends; `None` outside of it.
fn below<'a>(path: &'a str, base: &str) -> Option<&'a str> {
    let rest = path.strip_prefix(base)?;
    (rest.is_empty() || rest.starts_with('/')).then(|| rest.trim_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::below;

    #[test]
    fn only_what_lies_below_the_base_is_ours() {
        assert_eq!(below("/air/1424A", ""), Some("air/1424A"));
        assert_eq!(below("/env/air/", "/env"), Some("air"));
        assert_eq!(below("/env", "/env"), Some(""));
        assert_eq!(below("/environment", "/env"), None);
        assert_eq!(below("/other", "/env"), None);
    }
}
