//! Updates of service requests, the extension of FixMyStreet and its partners: what was decided, and what partners report.

use domain::report::{EventKind, Finding, PublicId};
use store::PublishedEvent;

use super::{
    dates,
    fault::{Refusal, shown},
    filter::MOST,
    params::Params,
    requests::{agency, done},
    value::{Document, Value},
    window,
};
use crate::app::App;

/// Words that partners may send.
pub(super) const WORDS: [&str; 13] = [
    "OPEN",
    "CLOSED",
    "FIXED",
    "IN_PROGRESS",
    "ACTION_SCHEDULED",
    "INVESTIGATING",
    "DUPLICATE",
    "NOT_COUNCILS_RESPONSIBILITY",
    "NO_FURTHER_ACTION",
    "INTERNAL_REFERRAL",
    "FOR_TRIAGE",
    "REOPEN",
    "CANCELLED",
];

/// The word for what was decided; `None` for what is no decision about the report's course.
pub(super) const fn word(kind: EventKind) -> Option<&'static str> {
    match kind {
        EventKind::Accepted => Some("INVESTIGATING"),
        EventKind::Refused => Some("NO_FURTHER_ACTION"),
        EventKind::Dispatched => Some("INTERNAL_REFERRAL"),
        EventKind::SentBack => Some("FOR_TRIAGE"),
        EventKind::Started => Some("IN_PROGRESS"),
        EventKind::Closed => Some("FIXED"),
        EventKind::Reopened | EventKind::NotFixed => Some("REOPEN"),
        EventKind::Merged => Some("DUPLICATE"),
        _ => None,
    }
}

fn word_of(event: &PublishedEvent) -> &'static str {
    match (event.event.kind, event.event.body.finding) {
        (EventKind::Closed, Some(Finding::Unfounded)) => "NO_FURTHER_ACTION",
        (kind, _) => word(kind).unwrap_or("OPEN"),
    }
}

/// What was decided, in a few words.
pub(super) fn sentence(app: &App, event: &PublishedEvent) -> String {
    let name = done(event.event.kind);
    let body = &event.event.body;
    match (body.finding, body.department.as_deref()) {
        (Some(finding), _) => format!("{name}：{}", finding.name(domain::Lang::Zh)),
        (None, Some(department)) => format!("{name}：{}", agency(app, Some(department))),
        (None, None) => name.to_owned(),
    }
}

/// `GET servicerequestupdates`: the oldest first, so that who reads on from the last one misses nothing.
pub(super) async fn list(app: &App, params: &Params) -> Result<Document, Refusal> {
    let mut faults = Vec::new();
    let ids = params.list("service_request_id", &mut faults);
    let (from, to) = window::range(params, app.clock.now(), &mut faults);
    Refusal::of(faults)?;
    let numbers = ids.iter().filter_map(|id| PublicId::parse(id).ok());
    let numbers: Vec<_> = numbers.map(|number| number.as_str().to_owned()).collect();
    let kinds = EventKind::ALL.iter().copied().filter(|kind| word(*kind).is_some()).collect();
    let events = match numbers.is_empty() && !ids.is_empty() {
        true => Vec::new(),
        false => app.store.published_events(numbers, kinds, from, to, MOST).await?,
    };
    let updates = events.iter().map(|event| update(app, event)).collect();
    Ok(Document { root: "service_request_updates", value: Value::List("request_update", updates) })
}

fn update(app: &App, event: &PublishedEvent) -> Value {
    Value::Object(vec![
        ("update_id", Value::text(id(&event.public_id, &event.hash))),
        ("service_request_id", Value::text(&event.public_id)),
        ("status", Value::text(word_of(event))),
        ("updated_datetime", Value::text(dates::shown(event.at))),
        ("description", Value::text(sentence(app, event))),
        ("media_url", Value::Null),
    ])
}

/// The request's number and the first 48 bits of a hash: not a count, which would tell how much is not shown.
pub(super) fn id(public_id: &str, hash: &[u8; 32]) -> String {
    hash.iter().take(6).fold(format!("{public_id}-"), |text, byte| text + &format!("{byte:02x}"))
}

/// What a partner reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sent {
    pub(super) public_id: PublicId,
    pub(super) word: &'static str,
    /// What the officers read.
    pub(super) text: String,
}

/// Reads what a partner sent.
///
/// # Errors
///
/// Every fault at once.
pub(super) fn read(params: &Params) -> Result<Sent, Refusal> {
    let mut faults = Vec::new();
    let number = params.one("service_request_id", &mut faults);
    let sent = params.one("status", &mut faults).unwrap_or_default();
    let word = WORDS.into_iter().find(|word| *word == sent);
    if word.is_none() {
        faults.push(format!("未知状态：status = {}，请用 {} 之一", shown(sent), WORDS.join("、")));
    }
    if number.is_none() {
        faults.push("缺少参数：service_request_id，请填写举报编号".to_owned());
    }
    let at = window::instant(params, "updated_datetime", &mut faults);
    let media = super::order::media(params, &mut faults);
    let description = params.one("description", &mut faults).unwrap_or_default();
    let at = at.map(|at| format!("（{}）", dates::shown(at))).unwrap_or_default();
    let word = word.unwrap_or("OPEN");
    let mut text = format!("{word}{at}\n{description}").trim().to_owned();
    media.iter().for_each(|url| text.push_str(&format!("\n{url}")));
    faults.extend(super::order::wrong_text(
        "description",
        &text,
        domain::report::wording::PARAGRAPH,
    ));
    Refusal::of(faults)?;
    let number = number.unwrap_or_default();
    let public_id = PublicId::parse(number)
        .map_err(|_no_number| Refusal::unknown("公开的举报", "service_request_id", number))?;
    Ok(Sent { public_id, word, text })
}
