//! Canonical JSON (RFC 8785) of what entries are made of: objects, texts, whole numbers.

use std::collections::BTreeMap;

/// A value as its canonical text.
pub(super) struct Json(String);

impl Json {
    pub(super) fn null() -> Self {
        Self("null".to_owned())
    }

    pub(super) fn number(number: impl Into<i128>) -> Self {
        Self(number.into().to_string())
    }

    pub(super) fn text(text: &str) -> Self {
        let mut quoted = String::with_capacity(text.len() + 2);
        quoted.push('"');
        for c in text.chars() {
            match c {
                '"' => quoted.push_str("\\\""),
                '\\' => quoted.push_str("\\\\"),
                '\u{8}' => quoted.push_str("\\b"),
                '\u{c}' => quoted.push_str("\\f"),
                '\n' => quoted.push_str("\\n"),
                '\r' => quoted.push_str("\\r"),
                '\t' => quoted.push_str("\\t"),
                c if c < ' ' => quoted.push_str(&format!("\\u{:04x}", u32::from(c))),
                c => quoted.push(c),
            }
        }
        quoted.push('"');
        Self(quoted)
    }

    pub(super) fn list(items: impl IntoIterator<Item = Self>) -> Self {
        let items: Vec<String> = items.into_iter().map(|item| item.0).collect();
        Self(format!("[{}]", items.join(",")))
    }

    /// Keys are ASCII, for which the order of bytes is that of UTF-16 units.
    pub(super) fn object(members: impl IntoIterator<Item = (&'static str, Self)>) -> Self {
        let sorted: BTreeMap<&str, String> =
            members.into_iter().map(|(key, value)| (key, value.0)).collect();
        let members: Vec<String> =
            sorted.into_iter().map(|(key, value)| format!("\"{key}\":{value}")).collect();
        Self(format!("{{{}}}", members.join(",")))
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.0.into_bytes()
    }
}
