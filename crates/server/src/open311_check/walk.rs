//! A walk over a server: what is asked, what is made of the answers, and what every answer must be like.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    ask::{Answer, Asker, Format},
    finding::{Finding, Findings, Rule},
    image::{difference, of_xml, short},
};

/// Names of fields that hold ids or codes.
const IDS: [&str; 5] = ["service_request_id", "service_code", "token", "address_id", "zipcode"];

/// One server being looked at.
#[derive(Debug)]
pub(super) struct Walk {
    pub(super) asker: Asker,
    pub(super) findings: Findings,
}

impl Walk {
    pub(super) fn fault(&mut self, rule: Rule, asked: &str, seen: impl Into<String>) {
        let finding = Finding { rule, asked: asked.to_owned(), seen: seen.into() };
        if !self.findings.faults.contains(&finding) {
            self.findings.faults.push(finding);
        }
    }

    pub(super) fn cannot_judge(&mut self, rule: Rule, why: &'static str) {
        self.findings.unjudged.entry(rule).or_insert(why);
    }

    /// Asks; `None`, and a finding, where nothing answers.
    pub(super) async fn ask(
        &mut self,
        path: &str,
        format: Format,
        query: &[(&str, &str)],
    ) -> Option<Answer> {
        self.findings.requests += 1;
        match self.asker.get(path, format, query).await {
            Ok(answer) => Some(answer),
            Err(why) => {
                self.fault(Rule::Reachable, &format!("GET {path}.{}", format.suffix()), why);
                None
            }
        }
    }

    /// A list in both formats: its entries, as JSON tells them, or else XML.
    pub(super) async fn list(
        &mut self,
        root: &str,
        path: &str,
        query: &[(&str, &str)],
    ) -> Option<Vec<Value>> {
        let value = self.read(root, path, query, true).await?;
        Some(match value {
            Value::Array(entries) => entries,
            Value::Null => Vec::new(),
            single => vec![single],
        })
    }

    /// Something with different fields, in both formats.
    pub(super) async fn object(&mut self, root: &str, path: &str) -> Option<Value> {
        self.read(root, path, &[], false).await
    }

    async fn read(
        &mut self,
        root: &str,
        path: &str,
        query: &[(&str, &str)],
        is_list: bool,
    ) -> Option<Value> {
        let mut images = Vec::new();
        let mut asked = String::new();
        for format in Format::BOTH {
            let Some(answer) = self.ask(path, format, query).await else { continue };
            asked.clone_from(&answer.asked);
            if answer.status != 200 {
                self.fault(Rule::Status, &answer.asked, format!("answered {}", answer.status));
                continue;
            }
            self.media_type(&answer, format);
            images.extend(self.image(&answer, format, root, is_list).map(|value| (format, value)));
        }
        if let [(Format::Xml, xml), (Format::Json, json)] = &images[..]
            && let Some(where_they_differ) = difference(xml, json, root)
        {
            self.fault(Rule::SameInBoth, &asked, where_they_differ);
        }
        let (_, value) = images.pop()?;
        self.values(&asked, &value);
        Some(value)
    }

    fn media_type(&mut self, answer: &Answer, format: Format) {
        let expected = match format {
            Format::Xml => "text/xml",
            Format::Json => "application/json",
        };
        let mut parts = answer.media_type.split(';');
        let right =
            parts.next() == Some(expected) && parts.any(|part| part.starts_with("charset="));
        if !right {
            let sent = &answer.media_type;
            self.fault(Rule::MediaType, &answer.asked, format!("it is \"{sent}\""));
        }
    }

    /// What a client makes of an answer; of a fault that can be read over, what was meant.
    fn image(
        &mut self,
        answer: &Answer,
        format: Format,
        root: &str,
        is_list: bool,
    ) -> Option<Value> {
        if answer.is_page() {
            self.fault(Rule::HtmlErrors, &answer.asked, "a page of HTML with status 200");
            return None;
        }
        let read = match (&answer.text, format) {
            (Err(why), _) => Err((*why).to_owned()),
            (Ok(_), Format::Xml) => self.xml(answer, root),
            (Ok(text), Format::Json) => {
                serde_json::from_str(text).map_err(|error| error.to_string())
            }
        };
        match (read, format) {
            (Err(why), _) => {
                self.fault(Rule::WellFormed, &answer.asked, why);
                None
            }
            (Ok(value), Format::Xml) => Some(value),
            (Ok(value), Format::Json) => Some(self.json(answer, value, root, is_list)),
        }
    }

    fn xml(&mut self, answer: &Answer, root: &str) -> Result<Value, String> {
        if !answer
            .text
            .as_deref()
            .unwrap_or_default()
            .trim_start_matches('\u{feff}')
            .starts_with("<?xml")
        {
            self.fault(
                Rule::Declaration,
                &answer.asked,
                format!("begins \"{}\"", cut(answer.begin())),
            );
        }
        let (name, value) = of_xml(answer.begin())?;
        if name != root {
            self.fault(Rule::Fields, &answer.asked, format!("the root is <{name}>, not <{root}>"));
        }
        Ok(value)
    }

    fn json(&mut self, answer: &Answer, value: Value, root: &str, is_list: bool) -> Value {
        let value = match value {
            Value::Object(mut fields) if fields.len() == 1 && fields.contains_key(root) => {
                let seen = format!("everything is inside {{\"{root}\": …}}");
                self.fault(Rule::Unwrapped, &answer.asked, seen);
                fields.remove(root).unwrap_or_default()
            }
            other => other,
        };
        match value {
            // The element of one kind, once more by its name.
            Value::Object(fields) if is_list => {
                self.fault(Rule::Arrays, &answer.asked, "a list is an object");
                match fields.len() {
                    1 => fields.into_iter().next().map(|(_, inner)| inner).unwrap_or_default(),
                    _ => Value::Array(vec![Value::Object(fields)]),
                }
            }
            other => other,
        }
    }

    /// What holds of every value, wherever it stands.
    fn values(&mut self, asked: &str, value: &Value) {
        match value {
            Value::Array(entries) => entries.iter().for_each(|entry| self.values(asked, entry)),
            Value::Object(fields) => {
                for (name, value) in fields {
                    self.field(asked, name, value);
                    self.values(asked, value);
                }
            }
            _ => {}
        }
    }

    fn field(&mut self, asked: &str, name: &str, value: &Value) {
        let is_date = name.ends_with("_datetime");
        if is_date && value.as_str().is_some_and(|text| !text.is_empty() && !has_zone(text)) {
            self.fault(Rule::Zones, asked, format!("{name} is {}", short(value)));
        }
        if IDS.contains(&name) && value.is_number() {
            self.fault(Rule::TextIds, asked, format!("{name} is the number {value}"));
        }
    }

    /// Names the fields that are not there; an entry that is none says that.
    pub(super) fn fields(&mut self, asked: &str, entry: &Value, needed: &[&str]) {
        let Some(fields) = entry.as_object() else {
            self.fault(Rule::Fields, asked, format!("{} is no object", short(entry)));
            return;
        };
        let lacking: Vec<_> =
            needed.iter().copied().filter(|name| !fields.contains_key(*name)).collect();
        if !lacking.is_empty() {
            self.fault(Rule::Fields, asked, format!("without {}", lacking.join(", ")));
        }
    }
}

/// A date with `Z` or an offset behind its time.
fn has_zone(text: &str) -> bool {
    let Some((_, time)) = text.split_once('T') else { return false };
    let digits = |text: &str| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    let offset = time.rsplit_once(['+', '-']).map(|(_, offset)| offset);
    time.ends_with(['Z', 'z'])
        || offset
            .and_then(|offset| offset.split_once(':'))
            .is_some_and(|(h, m)| digits(h) && digits(m))
}

fn cut(text: &str) -> String {
    text.chars().take(40).map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// A field as text, whatever kind it has; empty where there is none.
pub(super) fn text(entry: &Value, name: &str) -> String {
    match entry.get(name) {
        Some(Value::String(text)) => text.trim().to_owned(),
        Some(Value::Null) | None => String::new(),
        Some(other) => other.to_string(),
    }
}

/// The texts of one field over a list.
pub(super) fn texts(entries: &[Value], name: &str) -> BTreeSet<String> {
    entries.iter().map(|entry| text(entry, name)).filter(|text| !text.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_is_z_or_an_offset_after_the_time() {
        for good in
            ["2026-11-23T10:00:00Z", "2026-11-23T10:00:00+08:00", "2026-11-23T10:00:00.5-05:00"]
        {
            assert!(has_zone(good), "{good}");
        }
        for bad in [
            "2026-11-23T10:00:00",
            "2026-11-23",
            "2026-11-23 10:00:00Z",
            "2026-11-23T10:00:00+0800",
            "T-",
        ] {
            assert!(!has_zone(bad), "{bad}");
        }
    }
}
