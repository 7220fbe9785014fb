//! Services, definitions and requests: what must be in them and what their filters do.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    ask::{Format, escaped},
    finding::Rule,
    walk::{Walk, text, texts},
};

/// Definitions that are looked at: enough to see how a server makes them.
const DEFINITIONS: usize = 12;
/// The specification's limit, "GET Service Requests".
const MOST_ROWS: usize = 1_000;

const OF_SERVICE: [&str; 5] = ["service_code", "service_name", "description", "metadata", "type"];
const OF_REQUEST: [&str; 4] =
    ["service_request_id", "status", "service_code", "requested_datetime"];
const OF_ATTRIBUTE: [&str; 6] =
    ["variable", "code", "datatype", "required", "order", "description"];

impl Walk {
    pub(super) async fn discovery(&mut self) {
        if let Some(discovery) = self.object("discovery", "discovery").await {
            let needed = ["changeset", "contact", "key_service", "endpoints"];
            self.fields("GET discovery.json", &discovery, &needed);
        }
    }

    /// The services, with their definitions looked at.
    pub(super) async fn services(&mut self) -> Vec<Value> {
        let services = self.list("services", "services", &[]).await.unwrap_or_default();
        for service in &services {
            self.fields("GET services.json", service, &OF_SERVICE);
        }
        let (with, without): (Vec<_>, Vec<_>) =
            services.iter().partition(|service| text(service, "metadata") == "true");
        for service in with.iter().take(DEFINITIONS) {
            self.definition(&text(service, "service_code")).await;
        }
        if with.is_empty() {
            self.hidden_definitions(&without).await;
        }
        services
    }

    async fn definition(&mut self, code: &str) {
        let path = format!("services/{}", escaped(code));
        let Some(definition) = self.object("service_definition", &path).await else { return };
        let asked = format!("GET {path}.json");
        self.fields(&asked, &definition, &["service_code", "attributes"]);
        match definition.get("attributes") {
            Some(Value::Array(attributes)) => {
                attributes.iter().for_each(|one| self.fields(&asked, one, &OF_ATTRIBUTE));
            }
            Some(Value::Object(_)) => {
                self.fault(Rule::Arrays, &asked, "attributes is an object");
            }
            _ => {}
        }
    }

    /// No service has a definition, by its own account: is that so?
    async fn hidden_definitions(&mut self, services: &[&Value]) {
        let mut answered = false;
        for service in services.iter().take(DEFINITIONS) {
            let code = text(service, "service_code");
            let path = format!("services/{}", escaped(&code));
            let Some(answer) = self.ask(&path, Format::Json, &[]).await else { continue };
            let read: Option<Value> =
                answer.text.as_deref().ok().and_then(|text| serde_json::from_str(text).ok());
            let attributes = read.as_ref().and_then(|read| {
                let inner = read.get("service_definition").unwrap_or(read);
                inner.get("attributes")?.as_array().map(Vec::len)
            });
            answered |= answer.status == 200;
            if let Some(count) = attributes.filter(|count| *count > 0) {
                let seen = format!("{count} attributes, and metadata says false of every service");
                self.fault(Rule::Metadata, &answer.asked, seen);
                return;
            }
        }
        if !answered {
            self.cannot_judge(
                Rule::Metadata,
                "no service says that it has a definition, and none answers one",
            );
        }
    }

    /// The newest requests, with their filters tried.
    pub(super) async fn requests(&mut self) -> Vec<Value> {
        let rows = self.list("service_requests", "requests", &[]).await.unwrap_or_default();
        for row in rows.iter().take(MOST_ROWS) {
            self.fields("GET requests.json", row, &OF_REQUEST);
        }
        self.status_filter(&rows).await;
        self.comma_list(&rows).await;
        self.single(&rows).await;
        self.page_size().await;
        rows
    }

    async fn status_filter(&mut self, rows: &[Value]) {
        if rows.is_empty() {
            self.cannot_judge(Rule::StatusFilter, "there are no requests");
            return;
        }
        for word in ["open", "closed"] {
            let query = [("status", word)];
            let found = self.list("service_requests", "requests", &query).await.unwrap_or_default();
            let other = texts(&found, "status").into_iter().find(|status| status != word);
            if let Some(other) = other {
                let asked = format!("GET requests.json?status={word}");
                self.fault(Rule::StatusFilter, &asked, format!("a request is {other}"));
            }
        }
    }

    async fn comma_list(&mut self, rows: &[Value]) {
        let wanted: BTreeSet<_> = texts(rows, "service_request_id").into_iter().take(2).collect();
        if wanted.len() < 2 {
            self.cannot_judge(Rule::CommaLists, "there are fewer than two requests");
            return;
        }
        let ids = wanted.iter().cloned().collect::<Vec<_>>().join(",");
        let query = [("service_request_id", ids.as_str())];
        let Some(found) = self.list("service_requests", "requests", &query).await else { return };
        if texts(&found, "service_request_id") != wanted {
            let asked = format!("GET requests.json?service_request_id={ids}");
            let seen = format!("{} requests, not these two", found.len());
            self.fault(Rule::CommaLists, &asked, seen);
        }
    }

    /// One request by its id is a list of one.
    async fn single(&mut self, rows: &[Value]) {
        let Some(id) = texts(rows, "service_request_id").into_iter().next() else {
            self.cannot_judge(Rule::Zones, "there are no requests");
            self.cannot_judge(Rule::Arrays, "there is no single request to ask for");
            return;
        };
        let path = format!("requests/{}", escaped(&id));
        let Some(found) = self.list("service_requests", &path, &[]).await else { return };
        if found.len() != 1 || text(&found[0], "service_request_id") != id {
            let seen = format!("{} requests, not this one", found.len());
            self.fault(Rule::Fields, &format!("GET {path}.json"), seen);
        }
    }

    async fn page_size(&mut self) {
        let query = [("page_size", "100000")];
        let Some(answer) = self.ask("requests", Format::Json, &query).await else { return };
        let read: Option<Value> =
            answer.text.as_deref().ok().and_then(|text| serde_json::from_str(text).ok());
        let rows = read
            .as_ref()
            .and_then(|read| read.get("service_requests").unwrap_or(read).as_array().map(Vec::len));
        match rows {
            Some(rows) if rows > MOST_ROWS => {
                self.fault(Rule::BoundedPages, &answer.asked, format!("{rows} requests at once"));
            }
            Some(MOST_ROWS) => {}
            _ => self.cannot_judge(Rule::BoundedPages, "there are fewer than 1,000 requests"),
        }
    }
}
