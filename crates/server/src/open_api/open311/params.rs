//! Parameters of a query or a form: names and values, in the order sent. An empty one counts as absent.

use super::fault::{Refusal, shown};

/// What was sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Params(Vec<(String, String)>);

impl Params {
    /// Of `application/x-www-form-urlencoded` text.
    ///
    /// # Errors
    ///
    /// A refusal that names what is not UTF-8.
    pub(super) fn decode(text: &[u8]) -> Result<Self, Refusal> {
        let mut params = Vec::new();
        let mut faults = Vec::new();
        for pair in text.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
            let cut = pair.iter().position(|byte| *byte == b'=').unwrap_or(pair.len());
            let (name, value) = (&pair[..cut], pair.get(cut + 1..).unwrap_or_default());
            let name = String::from_utf8_lossy(&unescaped(name)).into_owned();
            match String::from_utf8(unescaped(value)) {
                Ok(value) => params.push((name, value)),
                Err(_not_text) => faults.push(not_utf8(&name)),
            }
        }
        Refusal::of(faults)?;
        Ok(Self(params))
    }

    pub(super) fn push(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.push((name.into(), value.into()));
    }

    /// Every name and value, empty ones left out.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        let given = self.0.iter().filter(|(_, value)| !value.is_empty());
        given.map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Every value of `name`.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.iter().filter(move |(known, _)| *known == name).map(|(_, value)| value)
    }

    /// The value of `name`, which may be sent once; twice the same is once.
    pub(super) fn one<'a>(&'a self, name: &'a str, faults: &mut Vec<String>) -> Option<&'a str> {
        let mut values = self.all(name);
        let first = values.next()?;
        if let Some(other) = values.find(|value| *value != first) {
            faults.push(format!(
                "参数只能给一个值：{name} 同时为 {} 和 {}，请只保留一个",
                shown(first),
                shown(other)
            ));
        }
        Some(first)
    }

    /// The words of a comma list; none if it is absent.
    pub(super) fn list<'a>(&'a self, name: &'a str, faults: &mut Vec<String>) -> Vec<&'a str> {
        let text = self.one(name, faults).unwrap_or_default();
        text.split(',').map(str::trim).filter(|word| !word.is_empty()).collect()
    }

    /// Whether `extensions=true` was asked for.
    pub(super) fn extended(&self, faults: &mut Vec<String>) -> bool {
        self.one("extensions", faults).is_some_and(|value| value.eq_ignore_ascii_case("true"))
    }
}

/// What is said of bytes that are no text.
pub(super) fn not_utf8(name: &str) -> String {
    format!("编码不是 UTF-8：{}，请以 UTF-8 编码后重发", shown(name))
}

/// Percent escapes and plus signs undone; a percent sign that begins no escape stands for itself.
fn unescaped(text: &[u8]) -> Vec<u8> {
    let digit = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16));
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        let escape = digit(text.get(at + 1)).zip(digit(text.get(at + 2)));
        match (byte, escape) {
            (b'%', Some((high, low))) => {
                out.extend(u8::try_from(high * 16 + low));
                at += 2;
            }
            (b'+', _) => out.push(b' '),
            (other, _) => out.push(other),
        }
        at += 1;
    }
    out
}

/// One segment of a path, its escapes undone.
///
/// # Errors
///
/// A refusal, where it is not UTF-8.
pub(super) fn segment(text: &str) -> Result<String, Refusal> {
    let kept = text.replace('+', "%2B");
    String::from_utf8(unescaped(kept.as_bytes()))
        .map_err(|_not_text| Refusal::faults(vec![not_utf8(text)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn params(text: &str) -> Params {
        Params::decode(text.as_bytes()).unwrap()
    }

    #[test]
    fn an_empty_parameter_is_an_absent_one() {
        let sent = params("a=&b=1&c&b=1");
        let mut faults = Vec::new();
        assert_eq!(sent.one("a", &mut faults), None);
        assert_eq!(sent.one("c", &mut faults), None);
        assert_eq!(sent.one("b", &mut faults), Some("1"));
        assert!(faults.is_empty(), "twice the same is once");
    }

    #[test]
    fn two_values_where_one_is_asked_for_are_named() {
        let sent = params("lat=1&lat=2");
        let mut faults = Vec::new();
        sent.one("lat", &mut faults);
        assert!(faults[0].contains("lat") && faults[0].contains("“2”"), "{faults:?}");
    }

    #[test]
    fn escapes_are_undone_and_stray_percent_signs_stay() {
        let sent = params("a%5BX%5D=%E6%B0%B4+%2B&b=100%&c=%zz");
        assert_eq!(sent.all("a[X]").collect::<Vec<_>>(), ["水 +"]);
        assert_eq!(sent.all("b").collect::<Vec<_>>(), ["100%"]);
        assert_eq!(sent.all("c").collect::<Vec<_>>(), ["%zz"]);
        assert_eq!(segment("R1%2B2+3").unwrap(), "R1+2+3");
    }

    #[test]
    fn what_is_not_utf8_is_refused_by_name() {
        let refusal = Params::decode(b"q=%ff&r=%fe").unwrap_err();
        assert_eq!(refusal.descriptions.len(), 2);
        assert!(refusal.descriptions[0].contains('q'));
        assert!(segment("%ff").is_err());
    }
}
