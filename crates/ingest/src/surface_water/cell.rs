//! The three forms of a cell, without an HTML parser.

use domain::Quantity;

/// What stands in a value cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// A value: raw (原始值) where the reply has it, and as shown.
    Value {
        /// The raw value, from which the official class follows.
        raw: Option<Number>,
        /// The rounded value shown.
        shown: Option<Number>,
    },
    /// 极值过滤: removed as an outlier.
    Filtered,
    /// `--`: no value.
    Absent,
    /// `*`: not measured at this section.
    NotMeasured,
}

/// A number and the text it was sent as, whose digits tell its precision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// As sent.
    pub text: String,
    /// In the unit of the column.
    pub value: Quantity,
}

impl Number {
    /// `None` if it is no decimal number.
    pub(super) fn of(text: &str) -> Option<Self> {
        let text = text.trim();
        Some(Self { text: text.to_owned(), value: text.parse().ok()? })
    }
}

/// How a span opens, up to its title; no other attributes are known.
const OPENINGS: [&str; 2] =
    ["<span title='", "<span data-toggle='tooltip' data-placement='right' title='"];

/// A span's title and text, entities decoded; `None` if it has another form.
pub(super) fn span(text: &str) -> Option<(String, String)> {
    let rest = OPENINGS.iter().find_map(|opening| text.strip_prefix(opening))?;
    let (title, rest) = rest.split_once("'>")?;
    let shown = rest.strip_suffix("</span>")?;
    let plain = !shown.contains('<') && !title.contains(['<', '>']);
    plain.then(|| (decoded(title), decoded(shown)))
}

impl Cell {
    /// Reads a cell; `None` for text of no known form.
    pub(super) fn of(text: &str) -> Option<Self> {
        let text = text.trim();
        match text {
            "--" | "-" | "" => return Some(Self::Absent),
            "*" => return Some(Self::NotMeasured),
            _ => {}
        }
        if !text.starts_with('<') {
            return Some(Self::Value { raw: None, shown: Some(Number::of(text)?) });
        }
        let (title, shown) = span(text)?;
        if title == "极值过滤" {
            return (shown == "--").then_some(Self::Filtered);
        }
        // A full-width colon here, an ASCII one in the title of a name.
        let raw = Number::of(title.strip_prefix("原始值：")?)?;
        Some(Self::Value { raw: Some(raw), shown: Some(Number::of(&shown)?) })
    }
}

/// The five entities of XML, and the line break that titles use.
fn decoded(text: &str) -> String {
    [
        ("&#10;", "\n"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&apos;", "'"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(text.trim().to_owned(), |text, (entity, plain)| text.replace(entity, plain))
}
