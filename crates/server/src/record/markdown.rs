//! Markdown as HTML that may stand in a page of ours: nothing that was written becomes an element of its own.

use domain::Lang;
use pulldown_cmark::{
    CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, html::push_html,
};

use crate::summaries::html::{escape, written};

/// The HTML of a text in `lang`.
///
/// HTML in the text is shown as it was typed. Pictures are left out but for their words, for they would be fetched
/// from elsewhere. Links lead to the web or to a page of this site, which then keeps the language; others are text.
/// The page has its heading already, so the text's begin one below it.
///
/// ```
/// # use domain::Lang;
/// # use server::record::markdown::html;
/// assert_eq!(html("# One\n<b>x</b>", Lang::En), "<h2>One</h2>\n<p>&lt;b&gt;x&lt;/b&gt;</p>\n");
/// assert_eq!(html("[a](javascript:x)", Lang::En), "<p>a</p>\n");
/// ```
pub fn html(text: &str, lang: Lang) -> String {
    let mut safe = Safe { lang, links: vec![] };
    let events =
        Parser::new_ext(text, Options::ENABLE_TABLES).filter_map(|event| safe.event(event));
    let mut out = String::new();
    push_html(&mut out, events);
    out
}

struct Safe {
    lang: Lang,
    /// Of each link that is open, whether it leads anywhere.
    links: Vec<bool>,
}

impl Safe {
    fn event<'a>(&mut self, event: Event<'a>) -> Option<Event<'a>> {
        Some(match event {
            Event::Text(text) => Event::InlineHtml(written(&text, self.lang).into()),
            Event::Html(typed) | Event::InlineHtml(typed) => {
                Event::InlineHtml(escape(&typed).into())
            }
            Event::Start(Tag::HtmlBlock) => Event::Start(Tag::Paragraph),
            Event::End(TagEnd::HtmlBlock) => Event::End(TagEnd::Paragraph),
            Event::Start(Tag::Heading { level, .. }) => Event::Start(Tag::Heading {
                level: below(level),
                id: None,
                classes: vec![],
                attrs: vec![],
            }),
            Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(below(level))),
            Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => return None,
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                let address = match link_type {
                    LinkType::Email => Some(dest_url.to_string()),
                    _ => address(&dest_url, self.lang),
                };
                self.links.push(address.is_some());
                let dest_url = CowStr::from(address?);
                Event::Start(Tag::Link { link_type, dest_url, title, id })
            }
            Event::End(TagEnd::Link) if self.links.pop() != Some(true) => return None,
            event => event,
        })
    }
}

/// A heading may be the page's second at most.
const fn below(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 => HeadingLevel::H2,
        level => level,
    }
}

/// Where a link may lead; `None` for what is no address of the web or of this site.
fn address(href: &str, lang: Lang) -> Option<String> {
    if href.starts_with("https://") || href.starts_with("http://") {
        return Some(href.to_owned());
    }
    let inside = !href.is_empty()
        && !href.starts_with(['/', '\\', '#', '?'])
        && !href.contains(['?', '#', '\\'])
        && !href.split('/').any(|part| part == ".." || part.contains(':'));
    inside.then(|| format!("{href}?lang={}", lang.tag()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_was_typed_becomes_an_element_of_its_own() {
        for hostile in [
            "<script>alert(1)</script>",
            "a <img src=x onerror=alert(1)> b",
            "<div>\n\n<iframe src=\"//x\"></iframe>\n\n</div>",
            "![<b>](https://example.org/x.png)",
            "[x](javascript:alert(1))",
            "[x](data:text/html,1)",
            "[x](//example.org/x)",
            "<javascript:alert(1)>",
            "`<script>`",
            "```html\n<script>\n```",
        ] {
            let html = html(hostile, Lang::En);
            for element in
                ["<script", "<img", "<iframe", "<div", "<b>", "href=\"j", "href=\"d", "href=\"/"]
            {
                assert!(!html.contains(element), "{hostile}: {html}");
            }
        }
    }

    #[test]
    fn a_link_within_the_site_keeps_the_language() {
        assert_eq!(
            html("[一件事](programmes/one-thing)", Lang::Zh),
            "<p><a href=\"programmes/one-thing?lang=zh-CN\">一件事</a></p>\n"
        );
        assert!(
            html("[map](https://example.org/?a=1&b)", Lang::En)
                .contains("href=\"https://example.org/?a=1&amp;b\"")
        );
    }

    #[test]
    fn an_address_of_mail_is_written_to() {
        let html = html("<office@example.org>", Lang::En);
        assert_eq!(html, "<p><a href=\"mailto:office@example.org\">office@example.org</a></p>\n");
    }

    #[test]
    fn another_language_within_a_text_is_named() {
        assert!(html("The 清溪", Lang::En).contains("<span lang=\"zh-CN\">清溪</span>"));
    }
}
