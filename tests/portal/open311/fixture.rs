//! A district with four services, three published reports and a client's key.

use domain::{
    Lang, Text,
    report::{
        ActorRole, Category, EventBody, EventKind, Finding, ReportId, State,
        category::{Choice, Group, Question, QuestionKind, ServiceKind},
    },
};
use jiff::{SignedDuration, Timestamp};
use reqwest::Method;
use serde_json::Value;
use server::{commands::keys, profile::Profile};
use store::{
    Cell, Claim, NewReport, NewReportEvent, PublicCopy, Publication, Standing, Submitted, Told,
};

use super::spark::{fractions, spark};
use crate::support::*;

/// Open, of AIR01.
pub(super) const R1001: &str = "R00001001";
/// Closed, of NOISE01.
pub(super) const R1002: &str = "R00001002";
/// Created 200 days ago, of AIR01.
pub(super) const R0900: &str = "R00000900";
/// The jurisdiction.
pub(super) const OURS: &str = "cqjlp.gov.cn";
/// The form of a whole report, without its key.
pub(super) const FORM: [(&str, &str); 5] = [
    ("service_code", "AIR01"),
    ("lat", "29.5020"),
    ("long", "106.5110"),
    ("description", "夜间异味"),
    ("attribute[SMELL]", "rubber"),
];

/// The district's portal, and a client of it.
pub(super) struct City {
    pub(super) portal: Portal,
    pub(super) key: String,
}

fn question(code: &str, kind: QuestionKind, required: bool, choices: &[(&str, &str)]) -> Question {
    let choice = |(key, name): &(&str, &str)| Choice {
        key: (*key).to_owned(),
        label: Text::new(*name, *key),
    };
    Question {
        code: code.to_owned(),
        kind,
        required,
        label: Text::new(format!("问题 {code}"), code),
        choices: choices.iter().map(choice).collect(),
    }
}

fn category(key: &str, open311: &str, group: Group, name: &str, kind: ServiceKind) -> Category {
    Category {
        key: key.to_owned(),
        group,
        name: Text::new(name, key),
        hint: Text::new("说明", "hint"),
        kind,
        from_home: false,
        fine_cell: false,
        open311: open311.to_owned(),
        keywords: Vec::new(),
        questions: Vec::new(),
    }
}

fn categories() -> Vec<Category> {
    let smells = [("rubber", "橡胶味"), ("sewage", "污水味")];
    vec![
        Category {
            keywords: vec!["臭味".to_owned(), "废气".to_owned()],
            questions: vec![
                question("SMELL", QuestionKind::One, true, &smells),
                question("WHEN", QuestionKind::Datetime, false, &[]),
            ],
            ..category("air_odour", "AIR01", Group::Air, "废气异味", ServiceKind::Realtime)
        },
        Category {
            from_home: true,
            ..category("noise", "NOISE01", Group::Noise, "噪声", ServiceKind::Realtime)
        },
        category("tip", "TIP01", Group::Other, "线索", ServiceKind::Blackbox),
        Category {
            questions: vec![
                question(
                    "SIGNS",
                    QuestionKind::Many,
                    false,
                    &[("oil", "油污"), ("foam", "泡沫"), ("fish", "死鱼")],
                ),
                question("DEPTH", QuestionKind::Number, false, &[]),
            ],
            ..category("batch", "BATCH01", Group::Water, "批量", ServiceKind::Batch)
        },
    ]
}

/// The demonstration's district with the fixture's services.
pub(super) fn district() -> Profile {
    let mut profile = Profile::demonstration().unwrap();
    profile.reports.categories = categories();
    profile.reports.open311.jurisdiction_id = OURS.to_owned();
    profile
}

/// A published report; the parts that stories change are public.
pub(super) fn published(public_id: &str, category: &str, state: State, at: Timestamp) -> NewReport {
    let id = ReportId::new(
        1,
        std::array::from_fn(|n| public_id.as_bytes().get(n).copied().unwrap_or(7)),
    );
    let event = NewReportEvent {
        at,
        actor: ActorRole::Reporter,
        staff: None,
        kind: EventKind::Received,
        body: EventBody::default(),
    };
    NewReport {
        id: id.to_string(),
        public_id: public_id.to_owned(),
        content_hash: [0; 32],
        answer: "{}".to_owned(),
        received: at,
        channel: "app".to_owned(),
        lang: Lang::Zh.tag().to_owned(),
        simulated: true,
        category: category.to_owned(),
        category_group: "air".to_owned(),
        from_home: category == "noise",
        told: Told {
            answers: Some(r#"[{"code":"SMELL","values":["rubber"]},{"code":"WHEN","values":["2026-11-01T22:30:00+08:00"]}]"#.to_owned()),
            ..Told::default()
        },
        claim: None::<Claim>,
        standing: Standing {
            state,
            finding: (state == State::Closed).then_some(Finding::Founded),
            closed: (!state.is_open()).then_some(at),
            publication: Publication::Published,
            public: Some(PublicCopy {
                text: "楼下有橡胶味，电话 13812345678".to_owned(),
                note: Some("已派员现场核查".to_owned()),
                street: Some("yangjiaping".to_owned()),
                cell: Some(Cell { level_m: 500, x: 20_500, y: 6_555 }),
                at,
                changed: at + SignedDuration::from_hours(1),
            }),
            ..Standing::submitted()
        },
        events: vec![event],
        messages: Vec::new(),
        photos: Vec::new(),
        links: Vec::new(),
        contact: None,
        ledger: Vec::new(),
        jobs: Vec::new(),
    }
}

impl City {
    /// With nothing published.
    pub(super) async fn empty() -> Self {
        Self::sealing_to("").await
    }

    /// With nothing published, and contacts sealed to a key.
    pub(super) async fn sealing_to(recipient: &str) -> Self {
        let portal = Portal::showing(district(), |config| {
            take_reports(config);
            config.reports.identity_recipient = recipient.to_owned();
        });
        let portal = portal.await;
        let key = keys::add_open311(portal.store(), "client").await.unwrap();
        Self { portal, key }
    }

    /// With the three reports of the fixture.
    pub(super) async fn start() -> Self {
        let station = Self::empty().await;
        let ago = |days: i64| station.portal.now() - SignedDuration::from_hours(24 * days);
        station.publish(published(R1001, "air_odour", State::Dispatched, ago(1))).await;
        station.publish(published(R1002, "noise", State::Closed, ago(2))).await;
        station.publish(published(R0900, "air_odour", State::Accepted, ago(200))).await;
        station
    }

    pub(super) async fn publish(&self, report: NewReport) {
        assert_eq!(self.portal.store().submit_report(report).await.unwrap(), Submitted::New);
    }

    /// One GET in one format: `path` without its suffix.
    pub(super) async fn raw(&self, path: &str, format: &str, query: &str) -> Answer {
        let question = if query.is_empty() { "" } else { "?" };
        self.portal.get(&format!("open311/v2/{path}.{format}{question}{query}")).await
    }

    /// What is answered, in both formats, which must say the same; the status and the JSON.
    pub(super) async fn both(&self, path: &str, query: &str) -> (u16, Value) {
        let xml = self.raw(path, "xml", query).await;
        let json = self.raw(path, "json", query).await;
        assert_eq!(xml.status, json.status, "{path}?{query}");
        assert_eq!(xml.header("content-type"), "text/xml; charset=utf-8");
        assert_eq!(json.header("content-type"), "application/json; charset=utf-8");
        let text = xml.text();
        assert!(text.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?><"), "{text}");
        assert_eq!(fractions(spark(text)), fractions(json.json()), "{path}?{query}");
        (json.status, json.json())
    }

    /// The body of an answer that must be a success.
    pub(super) async fn read(&self, path: &str, query: &str) -> Value {
        let (status, body) = self.both(path, query).await;
        assert_eq!(status, 200, "{path}?{query}: {body}");
        body
    }

    /// The descriptions of a refusal with that status.
    pub(super) async fn refused(&self, path: &str, query: &str, status: u16) -> Vec<String> {
        let (found, body) = self.both(path, query).await;
        assert_eq!(found, status, "{path}?{query}: {body}");
        descriptions(&body, status)
    }

    /// Posts a form with the client's key.
    pub(super) async fn post(&self, format: &str, fields: &[(&str, &str)]) -> Answer {
        let fields = [fields, &[("api_key", self.key.as_str())]].concat();
        self.post_as("requests", format, &fields, None).await
    }

    pub(super) async fn post_as(
        &self,
        path: &str,
        format: &str,
        fields: &[(&str, &str)],
        again: Option<&str>,
    ) -> Answer {
        let path = format!("open311/v2/{path}.{format}");
        let mut request = self.portal.request(Method::POST, &path).body(encoded(fields));
        request = request.header("content-type", "application/x-www-form-urlencoded");
        if let Some(again) = again {
            request = request.header("idempotency-key", again);
        }
        Answer::of(request.send().await.unwrap()).await
    }

    /// Posts fields and photos as browsers do.
    pub(super) async fn post_multipart(
        &self,
        fields: &[(&str, &str)],
        photos: &[(&str, &[u8])],
    ) -> Answer {
        const BOUNDARY: &str = "a-boundary-between-parts";
        let mut body = Vec::new();
        let head = "Content-Disposition: form-data; name=";
        for (name, value) in fields {
            body.extend(format!("--{BOUNDARY}\r\n{head}\"{name}\"\r\n\r\n{value}\r\n").bytes());
        }
        for (name, photo) in photos {
            let kind = "filename=\"a.jpg\"\r\nContent-Type: image/jpeg";
            body.extend(format!("--{BOUNDARY}\r\n{head}\"{name}\"; {kind}\r\n\r\n").bytes());
            body.extend([*photo, b"\r\n"].concat());
        }
        body.extend(format!("--{BOUNDARY}--\r\n").bytes());
        let request = self.portal.request(Method::POST, "open311/v2/requests.json").body(body);
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        Answer::of(request.header("content-type", kind).send().await.unwrap()).await
    }

    /// How many reports there are, public or not.
    pub(super) async fn reports(&self) -> usize {
        let (filter, sort) = (store::InboxFilter::default(), store::InboxSort::default());
        let inbox = self.portal.store().inbox(filter, sort, store::Page::ALL, self.portal.now());
        inbox.await.unwrap().rows.len()
    }
}

/// The numbers of a list's requests, in order.
pub(super) fn ids(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|row| row["service_request_id"].as_str().unwrap()).collect()
}

/// A form in the type that browsers send.
pub(super) fn encoded(fields: &[(&str, &str)]) -> String {
    let escape = |text: &str| {
        text.bytes().fold(String::new(), |mut out, byte| {
            match byte.is_ascii_alphanumeric() {
                true => out.push(char::from(byte)),
                false => out.push_str(&format!("%{byte:02X}")),
            }
            out
        })
    };
    let pairs: Vec<_> =
        fields.iter().map(|(name, value)| format!("{}={}", escape(name), escape(value))).collect();
    pairs.join("&")
}

/// The fixture's form without some of its fields, and with others.
pub(super) fn form<'a>(without: &[&str], with: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = FORM.into_iter().filter(|(name, _)| !without.contains(name));
    kept.chain(with.iter().copied()).collect()
}

/// The descriptions of an error body, each with its code and in Chinese.
pub(super) fn descriptions(body: &Value, status: u16) -> Vec<String> {
    let errors = body.as_array().unwrap_or_else(|| panic!("errors are an array: {body}"));
    assert!(!errors.is_empty());
    let text = |error: &Value| {
        assert_eq!(error["code"], status, "{body}");
        let text = error["description"].as_str().unwrap().to_owned();
        assert!(is_chinese(&text), "{text}");
        text
    };
    errors.iter().map(text).collect()
}
