//! The few files that embeds are made of, compiled in, under names that their content decides.

use axum::{
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use domain::{air::AqiLevel, canonical::hex, water::WaterClass};
use jiff::Timestamp;
use sha2::{Digest, Sha256, Sha384};

use super::snippet;
use crate::reply::{Life, Prepared};

const SCRIPT: &str = "text/javascript; charset=utf-8";

/// One script with its address.
pub struct Script {
    /// Below the base path; its content decides it.
    pub name: String,
    /// For the `integrity` attribute.
    pub integrity: String,
    body: Prepared,
    under_its_name: Prepared,
}

impl Script {
    fn new(folder: &str, stem: &str, text: &str) -> Self {
        let hash = &hex(&<[u8; 32]>::from(Sha256::digest(text)))[..16];
        let integrity = format!("sha384-{}", STANDARD.encode(Sha384::digest(text)));
        let made = |life| {
            Prepared::of(text.to_owned().into(), SCRIPT, life, Timestamp::UNIX_EPOCH).packed()
        };
        let name = format!("{folder}{stem}.{hash}.js");
        Self { name, integrity, body: made(Life::Hour), under_its_name: made(Life::Frozen) }
    }

    /// The answer under the name without a hash, which may change.
    pub fn answer(&self, request: &HeaderMap) -> Response {
        shared(self.body.answer(request))
    }

    /// The answer under its own name, for good.
    pub fn answer_under_its_name(&self, request: &HeaderMap) -> Response {
        shared(self.under_its_name.answer(request))
    }
}

/// Any page may load it.
pub(crate) fn shared(mut response: Response) -> Response {
    let name = axum::http::HeaderName::from_static("cross-origin-resource-policy");
    response.headers_mut().insert(name, HeaderValue::from_static("cross-origin"));
    response.headers_mut().insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}

/// Scripts and styles of embeds.
pub struct Files {
    /// For pages that embed.
    pub host: Script,
    /// For the frame itself.
    pub frame: Script,
    /// For the page that offers widgets.
    pub builder: Script,
    /// The styles of a frame.
    pub style: String,
    /// Their hash for a content-security policy.
    pub style_hash: String,
    /// The styles of the page that offers widgets, with their hash.
    pub builder_style: (String, String),
}

impl Files {
    pub(super) fn new() -> Self {
        let style = format!("{}{}", include_str!("frame.css"), colours());
        let builder_style = include_str!("builder.css").to_owned();
        let host = include_str!("embed.js").replace("/*reserves*/{}", &snippet::reserves());
        Self {
            host: Script::new("", "embed", &host),
            frame: Script::new("embed/", "frame", include_str!("frame.js")),
            builder: Script::new("embed/", "builder", include_str!("builder.js")),
            style_hash: hash(&style),
            style,
            builder_style: (builder_style.clone(), hash(&builder_style)),
        }
    }
}

fn hash(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)))
}

/// Official colours as classes, and the charts' own in both themes: a policy without inline styles has no other way.
fn colours() -> String {
    let mut css = String::new();
    for level in AqiLevel::ALL {
        css.push_str(&format!(
            ".l{}{{--fill:{};--on:{}}}",
            level.number(),
            level.hex(),
            level.on_hex()
        ));
    }
    for class in WaterClass::ALL {
        css.push_str(&format!(
            ".c{}{{--fill:{};--on:{}}}",
            class.number(),
            class.hex(),
            ink_on(class.hex())
        ));
    }
    let (light, dark) = (chart::Theme::light(), chart::Theme::dark());
    let dark = dark.declarations().replace("#121212", "#1a1c1e");
    css.push_str(&format!(":root{{{}}}", light.declarations()));
    css.push_str(&format!(
        "@media(prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}"
    ));
    css.push_str(&format!(":root[data-theme=dark]{{{dark}}}"));
    css
}

/// Black or white, whichever can be read on `fill` (`#rrggbb`): they change places at a relative luminance of 0.179
/// (WCAG 2.2), here with the transfer curve taken as a square.
pub(crate) fn ink_on(fill: &str) -> &'static str {
    let part = |at: usize| {
        let value = fill.get(at..at + 2).and_then(|digits| u32::from_str_radix(digits, 16).ok());
        value.unwrap_or(255).pow(2) / 65
    };
    let luminance = (part(1) * 2_126 + part(3) * 7_152 + part(5) * 722) / 10_000;
    if luminance >= 179 { "#000000" } else { "#FFFFFF" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ink_of_each_class_is_the_one_that_can_be_read() {
        for level in AqiLevel::ALL {
            assert_eq!(ink_on(level.hex()), level.on_hex(), "{}", level.hex());
        }
    }

    #[test]
    fn another_content_has_another_name() {
        let [a, b] = ["1", "2"].map(|text| Script::new("embed/", "frame", text));
        assert!(
            a.name.starts_with("embed/frame.") && a.name != b.name && a.integrity != b.integrity
        );
    }
}
