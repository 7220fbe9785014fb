//! The page of the staff console: the same at every address below `console/`, and kept by nobody.

use axum::{
    body::Body,
    http::{HeaderName, HeaderValue, header},
    response::Response,
};
use domain::Lang;

use super::{
    assets::{CONSOLE, Entrance},
    shell::{Content, Shell},
};
use crate::{
    edge::PagePolicy,
    words::{Word, word},
};

/// Content is fetched by the program, so the page holds nothing of anybody.
pub struct Console {
    shell: Shell,
    policy: PagePolicy,
    root: String,
}

impl Console {
    /// The console below `base_path`; `tiles` are addresses of the base map.
    pub fn new(entrance: &Entrance, base_path: &str, tiles: &[&str]) -> Self {
        let root = format!("{base_path}{CONSOLE}");
        Self {
            shell: Shell::new(entrance.page, &root),
            policy: PagePolicy::console(&entrance.inline, tiles),
            root,
        }
    }

    /// The path of its first page, with a slash at the end.
    pub fn root(&self) -> &str {
        &self.root
    }

    /// The page in `lang`.
    pub fn page(&self, lang: Lang) -> Response {
        let needed = word(Word::ConsoleNeedsScript, lang);
        let content = Content {
            title: word(Word::Console, lang).to_owned(),
            description: word(Word::ConsoleDescription, lang).to_owned(),
            head: String::new(),
            summary: format!(
                "<noscript><p>{needed}</p></noscript><p id=\"without-program\" hidden>{needed}</p>"
            ),
        };
        let mut response = Response::new(Body::from(self.shell.render(&content, lang)));
        let headers = response.headers_mut();
        let html = HeaderValue::from_static("text/html; charset=utf-8");
        headers.insert(header::CONTENT_TYPE, html);
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(lang.tag()));
        headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
        headers.insert(
            HeaderName::from_static("x-robots-tag"),
            HeaderValue::from_static("noindex, nofollow"),
        );
        self.policy.apply(&mut response);
        response
    }
}
