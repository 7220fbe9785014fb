//! What is refused, and what must not be answered at all.

use serde_json::Value;

use super::{
    ask::{Answer, Format},
    finding::Rule,
    image::{of_xml, short},
    walk::{Walk, text},
};

/// Nobody's service, and nobody's request.
const NOBODYS: [&str; 2] = ["services/no-such-service-311", "requests/no-such-request-311"];
/// A function that no server has any reason to call.
const CALLBACK: &str = "stolen311";

impl Walk {
    /// Asks for what does not exist.
    pub(super) async fn unknown_things(&mut self) {
        for path in NOBODYS {
            for format in Format::BOTH {
                if let Some(answer) = self.ask(path, format, &[]).await {
                    self.refusal(&answer, format);
                }
            }
        }
    }

    /// What an answer to something that does not exist must be like.
    fn refusal(&mut self, answer: &Answer, format: Format) {
        if answer.status == 200 {
            let (rule, seen) = match answer.is_page() {
                true => (Rule::HtmlErrors, "a page of HTML with status 200"),
                false => (Rule::Status, "answered 200, and there is no such thing"),
            };
            return self.fault(rule, &answer.asked, seen);
        }
        for seen in wrong_errors(answer, format) {
            self.fault(Rule::ErrorBodies, &answer.asked, seen);
        }
    }

    /// Asks for a callback of one's own.
    pub(super) async fn callbacks(&mut self) {
        for name in ["callback", "jsonp"] {
            let query = [(name, CALLBACK)];
            let Some(answer) = self.ask("services", Format::Json, &query).await else { continue };
            let script = answer.media_type.contains("javascript");
            if script || answer.text.as_deref().is_ok_and(|text| text.contains(CALLBACK)) {
                self.fault(Rule::NoJsonp, &answer.asked, "the answer is a script that calls it");
            }
        }
    }
}

/// The errors in a refusal, as far as they can be read; or why not.
pub(super) fn errors(answer: &Answer, format: Format) -> Result<Vec<Value>, String> {
    let text = answer.text.as_deref().map_err(|why| (*why).to_owned())?;
    let value = match format {
        Format::Json => serde_json::from_str(text).map_err(|error| format!("not JSON: {error}"))?,
        Format::Xml => of_xml(answer.begin()).map_err(|error| format!("not XML: {error}"))?.1,
    };
    match value {
        Value::Array(errors) if !errors.is_empty() => Ok(errors),
        other => Err(format!("no list of errors: {}", short(&other))),
    }
}

fn wrong_errors(answer: &Answer, format: Format) -> Vec<String> {
    let errors = match errors(answer, format) {
        Ok(errors) => errors,
        Err(why) => return vec![why],
    };
    let lacking = errors.iter().flat_map(|error| {
        let lacks = |name: &&str| text(error, name).is_empty();
        ["code", "description"]
            .into_iter()
            .filter(lacks)
            .map(|name| format!("an error without {name}"))
    });
    lacking.collect()
}
