//! Small pieces of HTML, everything escaped.

use std::fmt::Write;

use domain::{Lang, lang::runs};

/// Text as it may stand between tags or in a quoted attribute.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// A cell or an entry: text, perhaps leading somewhere. Addresses are relative to the base.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cell {
    /// Escaped.
    html: String,
    href: Option<String>,
}

impl Cell {
    /// Plain text.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self { html: escape(&text.into()), href: None }
    }

    /// Text that people wrote, on a page in `page`.
    pub(crate) fn written(text: &str, page: Lang) -> Self {
        Self { html: written(text, page), href: None }
    }

    /// Text that leads to `href`.
    pub(crate) fn link(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self { html: escape(&text.into()), href: Some(href.into()) }
    }

    /// Text that people wrote and that leads to `href`.
    pub(crate) fn link_written(text: &str, href: impl Into<String>, page: Lang) -> Self {
        Self { html: written(text, page), href: Some(href.into()) }
    }

    fn html(&self) -> String {
        match &self.href {
            Some(href) => format!("<a href=\"{}\">{}</a>", escape(href), self.html),
            None => self.html.clone(),
        }
    }
}

/// A table with a caption; the first cell of each row is its heading.
pub(crate) fn table(caption: &str, heads: &[&str], rows: &[Vec<Cell>]) -> String {
    // A phone scrolls a wide table sideways, by key too, rather than breaking its words.
    let caption = escape(caption);
    let mut out = format!(
        "<div class=\"table-scroll\" role=\"region\" aria-label=\"{caption}\" tabindex=\"0\">\
         <table><caption>{caption}</caption><thead><tr>"
    );
    for head in heads {
        let _ = write!(out, "<th scope=\"col\">{}</th>", escape(head));
    }
    out.push_str("</tr></thead><tbody>");
    for row in rows {
        out.push_str("<tr>");
        for (at, cell) in row.iter().enumerate() {
            let _ = match at {
                0 => write!(out, "<th scope=\"row\">{}</th>", cell.html()),
                _ => write!(out, "<td>{}</td>", cell.html()),
            };
        }
        out.push_str("</tr>");
    }
    out.push_str("</tbody></table></div>");
    out
}

/// A list.
pub(crate) fn list(entries: &[Cell]) -> String {
    let items: String = entries.iter().map(|cell| format!("<li>{}</li>", cell.html())).collect();
    format!("<ul>{items}</ul>")
}

/// Names and values.
pub(crate) fn facts(facts: &[(&str, Cell)]) -> String {
    let mut out = String::from("<dl>");
    for (name, value) in facts {
        let _ = write!(out, "<dt>{}</dt><dd>{}</dd>", escape(name), value.html());
    }
    out.push_str("</dl>");
    out
}

/// A paragraph.
pub(crate) fn paragraph(text: &str) -> String {
    format!("<p>{}</p>", escape(text))
}

/// A paragraph that people wrote: the language of its parts is named where it is not the page's.
pub(crate) fn written_paragraph(text: &str, page: Lang) -> String {
    format!("<p>{}</p>", written(text, page))
}

/// Text that people wrote, as it may stand between tags: the language of its parts is named where it is not the page's.
pub(crate) fn written(text: &str, page: Lang) -> String {
    let part = |(of, part): (Lang, &str)| match (of == page, escape(part)) {
        (true, part) => part,
        (false, part) => format!("<span lang=\"{}\">{part}</span>", of.tag()),
    };
    runs(text).into_iter().map(part).collect()
}

/// Content that is HTML already, kept apart from what stands around it.
pub(crate) fn division(html: &str) -> String {
    format!("<div>{html}</div>")
}

/// A heading of `level` 1 to 6.
pub(crate) fn heading(level: u8, text: &str) -> String {
    format!("<h{level}>{}</h{level}>", escape(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_wrote_is_read_out_in_its_own_language() {
        let html = written_paragraph("WeChat <b> 美丽重庆", Lang::En);
        assert_eq!(html, "<p>WeChat &lt;b&gt; <span lang=\"zh-CN\">美丽重庆</span></p>");
        assert_eq!(written_paragraph("美丽重庆", Lang::Zh), "<p>美丽重庆</p>");
    }

    #[test]
    fn nothing_from_data_becomes_markup() {
        let html = table("<c>", &["\"h\""], &[vec![Cell::link("<b>", "air/\"x")]]);
        assert_eq!(
            html,
            "<div class=\"table-scroll\" role=\"region\" aria-label=\"&lt;c&gt;\" tabindex=\"0\">\
             <table><caption>&lt;c&gt;</caption><thead><tr><th scope=\"col\">&quot;h&quot;</th></tr></thead>\
             <tbody><tr><th scope=\"row\"><a href=\"air/&quot;x\">&lt;b&gt;</a></th></tr></tbody></table></div>"
        );
    }
}
