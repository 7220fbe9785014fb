//! What a page's head tells programs that show it elsewhere: its picture, and how to embed it.

use domain::Lang;

use super::Kind;
use crate::{app::App, summaries::html::escape};

/// Elements for `<head>` of the page at `path` below `origin`, the portal's address.
pub(crate) fn tags(
    app: &App,
    path: &str,
    title: &str,
    description: &str,
    lang: Lang,
    origin: &str,
) -> String {
    let meta = |property: &str, content: &str| {
        format!("<meta property=\"{property}\" content=\"{}\">", escape(content))
    };
    let address = format!("{origin}{path}?lang={}", lang.tag());
    let mut head = meta("og:type", "website")
        + &meta("og:site_name", app.profile.title.get(lang))
        + &meta("og:title", title)
        + &meta("og:description", description)
        + &meta("og:url", &address)
        + &meta("og:locale", lang.pick("zh_CN", "en_GB"));
    let Some(kind) = Kind::of_page(&app.profile, path) else { return head };
    let card = format!("{origin}card/{}.png?lang={}", kind.path(), lang.tag());
    let [width, height] = super::card::SIZE.map(|px| px.to_string());
    head += &(meta("og:image", &card)
        + &meta("og:image:type", "image/png")
        + &meta("og:image:width", &width)
        + &meta("og:image:height", &height)
        + &meta("og:image:alt", description)
        + "<meta name=\"twitter:card\" content=\"summary_large_image\">");
    for (format, media_type) in [("json", "application/json+oembed"), ("xml", "text/xml+oembed")] {
        let href = format!("{origin}oembed?format={format}&url={}", encoded(&address));
        head.push_str(&format!(
            "<link rel=\"alternate\" type=\"{media_type}\" href=\"{}\" title=\"{}\">",
            escape(&href),
            escape(title)
        ));
    }
    head
}

/// Text as it stands in a query.
pub(super) fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                out.push(char::from(byte))
            }
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
