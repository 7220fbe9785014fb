//! The page every route answers with: the built `index.html` with the route's own title,
//! description and current numbers, in the reader's language.

use domain::Lang;

use crate::{
    summaries::html::escape,
    words::{Word, word},
};

/// What a route puts into the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// Plain text.
    pub title: String,
    /// Plain text.
    pub description: String,
    /// Elements for `<head>`.
    pub head: String,
    /// The route's numbers as semantic HTML.
    pub summary: String,
}

/// The page of a front end, cut where content goes.
pub struct Shell {
    page: String,
    base_path: String,
}

impl Shell {
    /// From the built page; without one a plain page that still carries every summary.
    pub fn new(index: Option<&str>, base_path: &str) -> Self {
        let page = index.map_or_else(plain_page, str::to_owned);
        Self { page, base_path: base_path.to_owned() }
    }

    /// The whole page.
    pub fn render(&self, content: &Content, lang: Lang) -> String {
        let mut page = self.page.clone();
        attribute(&mut page, "<html lang=\"", lang.tag());
        attribute(&mut page, "<base href=\"", &escape(&self.base_path));
        attribute(
            &mut page,
            "<meta name=\"description\" content=\"",
            &escape(&content.description),
        );
        between(&mut page, "<title>", "</title>", &escape(&content.title));
        between(&mut page, "<!--bilan:head-->", "", &content.head);
        between(&mut page, "<!--bilan:summary-->", "", &content.summary);
        page
    }
}

/// The page without its program: what it answers to a form must not be replaced by the form itself.
pub(crate) fn without_program(page: &str) -> String {
    let mut rest = page;
    let mut plain = String::with_capacity(page.len());
    while let Some(at) = rest.find("<script") {
        plain.push_str(&rest[..at]);
        rest = rest[at..].find("</script>").map_or("", |end| &rest[at + end + "</script>".len()..]);
    }
    plain.push_str(rest);
    plain
}

/// Replaces the value of the first attribute that begins with `opening`.
fn attribute(page: &mut String, opening: &str, value: &str) {
    between(page, opening, "\"", value);
}

/// Replaces what stands between the first `opening` and the next `closing`; an empty `closing`
/// replaces the opening itself.
fn between(page: &mut String, opening: &str, closing: &str, value: &str) {
    let Some(at) = page.find(opening) else { return };
    if closing.is_empty() {
        page.replace_range(at..at + opening.len(), value);
        return;
    }
    let from = at + opening.len();
    if let Some(length) = page[from..].find(closing) {
        page.replace_range(from..from + length, value);
    }
}

fn plain_page() -> String {
    let note = |lang| {
        format!(
            "<p lang=\"{}\"><strong>{}</strong> {}</p>",
            Lang::tag(lang),
            word(Word::NotBuilt, lang),
            word(Word::NotBuiltText, lang)
        )
    };
    format!(
        "<!doctype html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <base href=\"/\"><title></title><meta name=\"description\" content=\"\"><!--bilan:head--></head>\
         <body><div id=\"summary\"><!--bilan:summary--></div><footer>{}{}</footer></body></html>",
        note(Lang::Zh),
        note(Lang::En)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content() -> Content {
        Content {
            title: "A & B".into(),
            description: "\"quoted\"".into(),
            head: "<link rel=\"canonical\" href=\"x\">".into(),
            summary: "<main>42</main>".into(),
        }
    }

    #[test]
    fn every_placeholder_is_filled() {
        let index = "<html lang=\"zh-CN\"><base href=\"/\"><title>x</title>\
                     <meta name=\"description\" content=\"y\"><!--bilan:head--><!--bilan:summary-->";
        let page = Shell::new(Some(index), "/env/").render(&content(), Lang::En);
        assert_eq!(
            page,
            "<html lang=\"en\"><base href=\"/env/\"><title>A &amp; B</title>\
             <meta name=\"description\" content=\"&quot;quoted&quot;\">\
             <link rel=\"canonical\" href=\"x\"><main>42</main>"
        );
    }

    #[test]
    fn a_page_without_its_program_keeps_everything_else() {
        let page = "<head><script src=a></script><style>b</style></head><script>c</script><p>d</p>";
        assert_eq!(without_program(page), "<head><style>b</style></head><p>d</p>");
    }

    #[test]
    fn without_a_build_the_page_says_how_to_make_one() {
        let page = Shell::new(None, "/").render(&content(), Lang::Zh);
        assert!(page.contains("cargo xtask build") && page.contains("<main>42</main>"));
    }
}
