//! Sending a request: without a key, which creates nothing, or with one, which creates one request on a server for tests.

use serde_json::Value;

use super::{
    ask::{Answer, Format, escaped},
    errors::errors,
    finding::Rule,
    walk::{Walk, text},
};

/// What is needed to send a whole request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filing {
    /// A key of the server.
    pub api_key: String,
    /// Latitude in degrees, where requests are taken.
    pub lat: String,
    /// Longitude in degrees.
    pub long: String,
}

impl Walk {
    /// Sends a request without an e-mail address.
    pub(super) async fn filing(&mut self, filing: Option<&Filing>, services: &[Value]) {
        let realtime = |service: &&Value| text(service, "type") == "realtime";
        let service = services.iter().find(realtime).or_else(|| services.first());
        let Some(service) = service else {
            return self.cannot_judge(Rule::NoEmailNeeded, "there are no services");
        };
        let code = text(service, "service_code");
        let attributes = match filing {
            Some(_) if text(service, "metadata") == "true" => self.required(&code).await,
            _ => Vec::new(),
        };
        let mut form = vec![("service_code", code.as_str()), ("description", "open311-check")];
        form.extend(attributes.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        match filing {
            Some(Filing { api_key, lat, long }) => {
                form.extend([
                    ("api_key", api_key.as_str()),
                    ("lat", lat.as_str()),
                    ("long", long.as_str()),
                ]);
            }
            None => form.extend([("lat", "0"), ("long", "0")]),
        }
        self.findings.requests += 1;
        match self.asker.post("requests", Format::Json, &form).await {
            Err(why) => self.fault(Rule::Reachable, "POST requests.json", why),
            Ok(answer) => self.judge_filing(&answer, filing.is_some()),
        }
    }

    fn judge_filing(&mut self, answer: &Answer, whole: bool) {
        let said = answer.text.as_deref().unwrap_or_default().to_lowercase();
        let of_email = said.contains("email") || said.contains("e-mail") || said.contains("邮箱");
        match (answer.status, whole) {
            (200 | 201, true) => {}
            (200 | 201, false) => {
                self.fault(Rule::Status, &answer.asked, "taken without a key");
            }
            _ if of_email => {
                let told = errors(answer, Format::Json).unwrap_or_default();
                let told: Vec<_> = told.iter().map(|error| text(error, "description")).collect();
                let seen = format!("refused with {}: {}", answer.status, told.join("; "));
                self.fault(Rule::NoEmailNeeded, &answer.asked, seen);
            }
            (status, true) => {
                self.fault(
                    Rule::Status,
                    &answer.asked,
                    format!("a whole request is refused with {status}"),
                );
            }
            (_, false) => self.cannot_judge(
                Rule::NoEmailNeeded,
                "the key is asked for first; with --api-key and --place one request is sent",
            ),
        }
    }

    /// A value for each attribute that must be given.
    async fn required(&mut self, code: &str) -> Vec<(String, String)> {
        let path = format!("services/{}", escaped(code));
        let Some(answer) = self.ask(&path, Format::Json, &[]).await else { return Vec::new() };
        let read: Option<Value> =
            answer.text.as_deref().ok().and_then(|text| serde_json::from_str(text).ok());
        let attributes = read.as_ref().and_then(|read| read.get("attributes")?.as_array());
        let needed = attributes.into_iter().flatten();
        let needed = needed.filter(|attribute| text(attribute, "required") == "true");
        let value = |attribute: &Value| match text(attribute, "datatype").as_str() {
            "number" => "1".to_owned(),
            "datetime" => "2026-01-01T12:00:00Z".to_owned(),
            "singlevaluelist" | "multivaluelist" => {
                let first = attribute.get("values").and_then(|values| values.get(0));
                first.map(|first| text(first, "key")).unwrap_or_default()
            }
            _ => "open311-check".to_owned(),
        };
        needed.map(|one| (format!("attribute[{}]", text(one, "code")), value(one))).collect()
    }
}
