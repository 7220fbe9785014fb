//! What is answered, once, for both formats: JSON is the image of the XML by the Spark rule (Open311, "JSON and XML
//! Conversion"). A container of elements of one kind is an array, also around one or none; an element with different
//! children is an object; an empty element is `null`.

use domain::place::Point;

/// One element's content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    /// Nothing to say: an empty element.
    Null,
    /// A text; never empty, and only characters that XML can carry: see [`Value::text`].
    Text(String),
    /// A whole number.
    Number(i64),
    /// Millionths of a degree.
    Degrees(i32),
    /// `true` or `false`.
    Bool(bool),
    /// Elements of one kind, by that name.
    List(&'static str, Vec<Value>),
    /// Elements of at least two kinds, in order: with only one, it could not be told from a list.
    Object(Vec<(&'static str, Value)>),
}

/// An answer: the root element and what it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Document {
    pub(super) root: &'static str,
    pub(super) value: Value,
}

impl Value {
    /// A text, or nothing if it is empty. A line ends in LF, as XML reads it, and a character that XML cannot carry
    /// becomes the one that stands for the unreadable.
    pub(super) fn text(text: impl AsRef<str>) -> Self {
        let text = text.as_ref().replace("\r\n", "\n").replace('\r', "\n");
        if text.is_empty() {
            return Self::Null;
        }
        Self::Text(text.chars().map(|c| if is_xml(c) { c } else { '\u{fffd}' }).collect())
    }

    /// A text that may be absent.
    pub(super) fn some_text(text: Option<impl AsRef<str>>) -> Self {
        text.map_or(Self::Null, Self::text)
    }

    /// Latitude and longitude, each absent without a point.
    pub(super) fn degrees(point: Option<Point>) -> (Self, Self) {
        let degrees = |micro: Option<i32>| micro.map_or(Self::Null, Self::Degrees);
        (degrees(point.map(|point| point.lat)), degrees(point.map(|point| point.lon)))
    }
}

/// Characters of XML 1.0 §2.2.
const fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// Millionths of a degree as a plain decimal, without an exponent and at most six digits after the point.
pub(super) fn decimal(micro: i32) -> String {
    let (sign, size) = (if micro < 0 { "-" } else { "" }, micro.unsigned_abs());
    let text = format!("{sign}{}.{:06}", size / 1_000_000, size % 1_000_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_are_plain_decimals() {
        let cases = [
            (0, "0"),
            (106_511_000, "106.511"),
            (-1, "-0.000001"),
            (29_500_010, "29.50001"),
            (180_000_000, "180"),
        ];
        for (micro, expected) in cases {
            assert_eq!(decimal(micro), expected);
        }
    }

    #[test]
    fn an_empty_text_is_nothing_and_every_other_can_be_carried() {
        assert_eq!(Value::text(""), Value::Null);
        assert_eq!(Value::text("a\r\nb\rc"), Value::Text("a\nb\nc".into()));
        assert_eq!(Value::text("\u{0}\u{1b}\u{ffff}"), Value::Text("\u{fffd}".repeat(3)));
    }
}
