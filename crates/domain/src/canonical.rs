//! JSON in exactly one form, so that a hash over it means something; and the hash chain.
//!
//! The form is that of RFC 8785 for what we use: keys sorted, no white space, integers, the
//! shortest escapes. There are no fractions.

use std::{collections::BTreeMap, fmt};

use sha2::{Digest, Sha256};

/// A SHA-256 in a chain.
pub type Hash = [u8; 32];

/// The next link: SHA-256 over the previous one and `bytes`.
pub fn chain(previous: &Hash, bytes: &[u8]) -> Hash {
    Sha256::new().chain_update(previous).chain_update(bytes).finalize().into()
}

/// The SHA-256 of `bytes`.
pub fn sha256(bytes: &[u8]) -> Hash {
    Sha256::digest(bytes).into()
}

/// Bytes as lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A JSON value; [`fmt::Display`] writes its one form.
///
/// ```
/// # use domain::canonical::Value;
/// let value = Value::object([("seq", Value::from(1_u32)), ("kind", Value::from("received"))]);
/// assert_eq!(value.to_string(), r#"{"kind":"received","seq":1}"#);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// `null`.
    Null,
    /// `true` or `false`.
    Flag(bool),
    /// A whole number.
    Integer(i64),
    /// A text.
    Text(String),
    /// A list in its own order.
    List(Vec<Value>),
    /// Members by key. Keys are ASCII: RFC 8785 sorts by UTF-16, which is then the same.
    Object(BTreeMap<String, Value>),
}

impl Value {
    /// An object of these members; a later one of the same key replaces the earlier.
    pub fn object<'a>(members: impl IntoIterator<Item = (&'a str, Self)>) -> Self {
        Self::Object(members.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
    }

    /// An object of those members that have a value.
    pub fn object_of_some<'a>(members: impl IntoIterator<Item = (&'a str, Option<Self>)>) -> Self {
        Self::object(members.into_iter().filter_map(|(key, value)| Some((key, value?))))
    }

    /// A list of texts.
    pub fn texts<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Self {
        Self::List(texts.into_iter().map(|text| Self::from(text.as_ref())).collect())
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<i64> for Value {
    fn from(integer: i64) -> Self {
        Self::Integer(integer)
    }
}

impl From<u32> for Value {
    fn from(integer: u32) -> Self {
        Self::Integer(i64::from(integer))
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl fmt::Display for Value {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => out.write_str("null"),
            Self::Flag(flag) => write!(out, "{flag}"),
            Self::Integer(integer) => write!(out, "{integer}"),
            Self::Text(text) => quoted(text, out),
            Self::List(values) => {
                out.write_str("[")?;
                for (at, value) in values.iter().enumerate() {
                    out.write_str(if at == 0 { "" } else { "," })?;
                    value.fmt(out)?;
                }
                out.write_str("]")
            }
            Self::Object(members) => {
                out.write_str("{")?;
                for (at, (key, value)) in members.iter().enumerate() {
                    out.write_str(if at == 0 { "" } else { "," })?;
                    quoted(key, out)?;
                    out.write_str(":")?;
                    value.fmt(out)?;
                }
                out.write_str("}")
            }
        }
    }
}

/// RFC 8785 §3.2.2.2: only what must be escaped is.
fn quoted(text: &str, out: &mut fmt::Formatter<'_>) -> fmt::Result {
    use fmt::Write;
    out.write_char('"')?;
    for c in text.chars() {
        match c {
            '"' => out.write_str("\\\"")?,
            '\\' => out.write_str("\\\\")?,
            '\u{8}' => out.write_str("\\b")?,
            '\t' => out.write_str("\\t")?,
            '\n' => out.write_str("\\n")?,
            '\u{c}' => out.write_str("\\f")?,
            '\r' => out.write_str("\\r")?,
            c if c < ' ' => write!(out, "\\u{:04x}", u32::from(c))?,
            c => out.write_char(c)?,
        }
    }
    out.write_char('"')
}
