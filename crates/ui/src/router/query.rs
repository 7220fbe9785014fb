//! The parameters of an address.

use std::fmt;

/// The parameters that follow a reader from page to page.
const FOLLOWING: [&str; 2] = ["lang", "size"];

/// Parameters in the order of the address; of one name the first counts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query(Vec<(String, String)>);

impl Query {
    /// Reads `?a=1&b=2`, with or without the question mark.
    pub fn parse(search: &str) -> Self {
        let parts = search.trim_start_matches('?').split('&').filter(|part| !part.is_empty());
        let pair = |part: &str| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            (decoded(name), decoded(value))
        };
        Self(parts.map(pair).collect())
    }

    /// The value of a parameter.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// These parameters with some set (`Some`) or removed (`None`).
    #[must_use]
    pub fn changed(&self, changes: &[(&str, Option<&str>)]) -> Self {
        let kept =
            self.0.iter().filter(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
        let set = changes
            .iter()
            .filter_map(|(name, value)| Some(((*name).to_owned(), (*value)?.to_owned())));
        Self(kept.cloned().chain(set).collect())
    }

    /// The parameters that follow the reader to another page.
    #[must_use]
    pub fn following(&self) -> Self {
        Self(
            self.0.iter().filter(|(name, _)| FOLLOWING.contains(&name.as_str())).cloned().collect(),
        )
    }
}

impl<'a> FromIterator<(&'a str, &'a str)> for Query {
    fn from_iter<I: IntoIterator<Item = (&'a str, &'a str)>>(pairs: I) -> Self {
        Self(pairs.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
    }
}

impl fmt::Display for Query {
    /// With its question mark; nothing for no parameters.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        for (number, (name, value)) in self.0.iter().enumerate() {
            text.push(if number == 0 { '?' } else { '&' });
            push_encoded(&mut text, name);
            text.push('=');
            push_encoded(&mut text, value);
        }
        f.write_str(&text)
    }
}

/// Percent-encodes all but the unreserved characters of RFC 3986 and `,` and `:`, which queries may hold.
pub fn push_encoded(text: &mut String, part: &str) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in part.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~,:".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push('%');
            text.push(char::from(HEX[usize::from(byte >> 4)]));
            text.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
}

/// The text behind percent signs; what is no valid encoding stays as it is.
pub fn decoded(part: &str) -> String {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let hex = |at: usize| char::from(*after.get(at)?).to_digit(16);
        rest = match (first, hex(0), hex(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push((high * 16 + low) as u8);
                &after[2..]
            }
            (b'+', ..) => {
                bytes.push(b' ');
                after
            }
            _ => {
                bytes.push(first);
                after
            }
        };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| part.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn language_and_size_follow_the_reader_and_the_rest_stays_behind() {
        let query = Query::parse("?lang=en&item=o3&size=elder");
        assert_eq!(query.following().to_string(), "?lang=en&size=elder");
        assert_eq!(Query::default().to_string(), "");
    }

    #[test]
    fn a_change_keeps_the_other_parameters() {
        let query = Query::parse("lang=en&item=o3");
        let changed = query.changed(&[("item", Some("pm2_5")), ("lang", None)]);
        assert_eq!(changed.to_string(), "?item=pm2_5");
    }

    #[test]
    fn a_value_cannot_smuggle_in_a_parameter() {
        let query: Query = [("a", "1&b=水")].into_iter().collect();
        assert_eq!(query.to_string(), "?a=1%26b%3D%E6%B0%B4");
        assert_eq!(Query::parse(&query.to_string()), query);
    }

    #[test]
    fn what_is_no_encoding_is_read_as_it_stands() {
        assert_eq!(decoded("100%"), "100%");
        assert_eq!(decoded("%zz+%41"), "%zz A");
        assert_eq!(decoded("%ff"), "%ff");
    }
}
