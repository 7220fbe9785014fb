//! Published reports as service requests: lists, and one by its number.

use std::collections::HashMap;

use domain::{
    Lang,
    place::Point,
    report::{Category, EventKind, category::Answer},
};
use jiff::Timestamp;
use store::{PublishedEvent, PublishedReport};

use super::{
    address::Format,
    dates,
    fault::Refusal,
    filter::{Asked, cursor},
    params::Params,
    value::{Document, Value},
    wording,
};
use crate::{
    app::App,
    open_api::open311::updates,
    reports::{cells, published},
};

/// A list, and the address of the rest where there is more.
pub(super) struct List {
    pub(super) document: Document,
    pub(super) next: Option<String>,
}

/// Where a request's pictures and its list are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    /// The portal's address, with a slash at the end.
    pub(super) origin: &'a str,
    /// The interface's address, without one.
    pub(super) endpoint: &'a str,
}

/// `GET requests`.
pub(super) async fn list(
    app: &App,
    place: Place<'_>,
    params: &Params,
    format: Format,
) -> Result<List, Refusal> {
    let asked = Asked::read(app, params, app.clock.now())?;
    let (reports, more) = found(app, &asked).await?;
    let last = reports.last().filter(|_| more);
    let next = last.map(|last| next(place, params, &asked, last, format));
    Ok(List { document: document(app, place, &reports, asked.extended).await?, next })
}

/// `GET requests/{id}`: a list of one. What is not public is as unknown as what does not exist.
pub(super) async fn one(
    app: &App,
    place: Place<'_>,
    id: &str,
    params: &Params,
) -> Result<Document, Refusal> {
    let mut faults = Vec::new();
    let asked = Asked::one(id, params.extended(&mut faults));
    Refusal::of(faults)?;
    let (reports, _) = found(app, &asked).await?;
    if reports.is_empty() {
        return Err(Refusal::unknown("公开的举报", "service_request_id", id));
    }
    document(app, place, &reports, asked.extended).await
}

/// The page asked for, and whether there is more after it.
pub(super) async fn found(
    app: &App,
    asked: &Asked,
) -> Result<(Vec<PublishedReport>, bool), Refusal> {
    let Some(filter) = asked.filter.clone() else { return Ok((Vec::new(), false)) };
    let page = app.store.published_reports(filter, asked.page).await?;
    let seen =
        u64::from(asked.page.number) * u64::from(asked.page.size) + page.reports.len() as u64;
    let decent = |report| published::decent(&app.profile.reports, report);
    Ok((page.reports.into_iter().map(decent).collect(), page.total > seen))
}

/// The address of what follows `last`: the range held still, so that nothing moves while it is read.
fn next(
    place: Place<'_>,
    params: &Params,
    asked: &Asked,
    last: &PublishedReport,
    format: Format,
) -> String {
    let mut query = String::new();
    let mut add = |name: &str, value: &str| {
        let joint = if query.is_empty() { '?' } else { '&' };
        query.push_str(&format!("{joint}{}={}", encoded(name), encoded(value)));
    };
    let moved = ["start_date", "end_date", "page", "after"];
    for (name, value) in
        params.iter().filter(|(name, _)| !moved.contains(name) && *name != "api_key")
    {
        add(name, value);
    }
    let filter = asked.filter.as_ref();
    if let Some(from) = filter.and_then(|filter| filter.from) {
        add("start_date", &dates::shown(from));
    }
    if let Some(to) = filter.and_then(|filter| filter.to) {
        add(
            "end_date",
            &dates::shown(to.saturating_sub(jiff::SignedDuration::from_secs(1)).unwrap_or(to)),
        );
    }
    add("after", &cursor(last.at, &last.public_id));
    format!("{}/requests.{}{query}", place.endpoint, format.suffix())
}

fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes().fold(String::new(), |mut out, byte| {
        match plain(byte) {
            true => out.push(char::from(byte)),
            false => out.push_str(&format!("%{byte:02X}")),
        }
        out
    })
}

async fn document(
    app: &App,
    place: Place<'_>,
    reports: &[PublishedReport],
    extended: bool,
) -> Result<Document, Refusal> {
    let more = if extended { Some(More::of(app, reports).await?) } else { None };
    let request = |report: &PublishedReport| {
        let mut fields = fields(app, place, report);
        if let Some(more) = &more {
            fields.extend(more.fields(app, report));
        }
        Value::Object(fields)
    };
    let value = Value::List("request", reports.iter().map(request).collect());
    Ok(Document { root: "service_requests", value })
}

pub(super) fn category<'a>(app: &'a App, report: &PublishedReport) -> Option<&'a Category> {
    app.profile.reports.category(&report.category)
}

/// Who is in charge, by public name; the bureau itself where no department is.
pub(super) fn agency(app: &App, department: Option<&str>) -> String {
    let named = department.and_then(|key| app.profile.reports.department(key));
    named.unwrap_or(&app.profile.publisher).zh.clone()
}

/// The place in words: the street, where naming it is allowed, and the district.
pub(super) fn address(app: &App, report: &PublishedReport) -> Option<String> {
    let street = report.street.as_deref().and_then(|code| app.profile.reports.street(code))?;
    Some(format!("{}, {}", street.name.zh, app.profile.district.zh))
}

/// The middle of the public cell; nothing finer leaves the server.
pub(super) fn point(app: &App, report: &PublishedReport) -> Option<Point> {
    let middle = app.reports.grid.centre(cells::on_grid(report.cell?)?);
    Point::new(middle.lon, middle.lat)
}

/// An instant of a report, as finely as its category allows.
pub(super) fn date(app: &App, report: &PublishedReport, at: Timestamp) -> String {
    let home = published::from_home(&app.profile.reports, &report.category);
    dates::shown(if home { dates::day_of(at) } else { at })
}

fn fields(app: &App, place: Place<'_>, report: &PublishedReport) -> Vec<(&'static str, Value)> {
    let category = category(app, report);
    let date = |at| Value::text(date(app, report, at));
    let due = wording::due(app, report).map(wording::end_of);
    let (lat, long) = Value::degrees(point(app, report));
    let picture = report.photos.first();
    vec![
        ("service_request_id", Value::text(&report.public_id)),
        ("status", Value::text(report.state.open311())),
        ("status_notes", Value::text(wording::status_notes(report))),
        ("service_name", Value::some_text(category.map(|category| &category.name.zh))),
        ("service_code", Value::some_text(category.map(|category| &category.open311))),
        ("description", Value::text(&report.text)),
        ("agency_responsible", Value::text(agency(app, report.department.as_deref()))),
        ("service_notice", Value::some_text(wording::service_notice(app, report))),
        ("requested_datetime", date(report.at)),
        ("updated_datetime", date(report.changed)),
        ("expected_datetime", due.map_or(Value::Null, date)),
        ("address", Value::some_text(address(app, report))),
        ("address_id", Value::some_text(report.street.as_deref())),
        ("zipcode", Value::Null),
        ("lat", lat),
        ("long", long),
        (
            "media_url",
            Value::some_text(
                picture.map(|photo| format!("{}{}", place.origin, published::address(&photo.name))),
            ),
        ),
    ]
}

/// What `extensions=true` adds.
struct More {
    answers: HashMap<String, String>,
    events: HashMap<String, Vec<PublishedEvent>>,
}

impl More {
    async fn of(app: &App, reports: &[PublishedReport]) -> Result<Self, Refusal> {
        let ids: Vec<_> = reports.iter().map(|report| report.public_id.clone()).collect();
        let answers = app.store.published_answers(ids.clone()).await?;
        let mut events: HashMap<String, Vec<PublishedEvent>> = HashMap::new();
        if !ids.is_empty() {
            let kinds =
                EventKind::ALL.iter().copied().filter(|kind| updates::word(*kind).is_some());
            for event in
                app.store.published_events(ids, kinds.collect(), None, None, u32::MAX).await?
            {
                events.entry(event.public_id.clone()).or_default().push(event);
            }
        }
        Ok(Self { answers, events })
    }

    fn fields(&self, app: &App, report: &PublishedReport) -> [(&'static str, Value); 3] {
        let facts = Value::Object(vec![
            ("cell_m", report.cell.map_or(Value::Null, |cell| Value::Number(cell.level_m.into()))),
            ("followers", Value::Number(report.followers.into())),
            ("simulated", Value::Bool(report.simulated)),
        ]);
        let notes =
            self.events.get(&report.public_id).into_iter().flatten().map(|event| note(app, event));
        [
            ("attributes", Value::List("attribute", self.attributes(app, report))),
            ("extended_attributes", facts),
            ("notes", Value::List("note", notes.collect())),
        ]
    }

    /// What was chosen, one entry for each choice; what was written is nobody's to read.
    fn attributes(&self, app: &App, report: &PublishedReport) -> Vec<Value> {
        let answers = self.answers.get(&report.public_id);
        let answers: Vec<Answer> =
            answers.and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default();
        let category = category(app, report);
        let chosen = answers.iter().filter_map(|answer| {
            Some((
                category?.question(&answer.code).filter(|question| question.has_choices())?,
                answer,
            ))
        });
        let choices = chosen.flat_map(|(question, answer)| {
            answer.values.iter().filter_map(move |value| {
                let choice = question.choices.iter().find(|choice| choice.key == *value)?;
                Some(Value::Object(vec![
                    ("code", Value::text(&question.code)),
                    ("label", Value::text(&question.label.zh)),
                    ("name", Value::text(&choice.label.zh)),
                    ("value", Value::text(&choice.key)),
                ]))
            })
        });
        choices.collect()
    }
}

fn note(app: &App, event: &PublishedEvent) -> Value {
    Value::Object(vec![
        ("datetime", Value::text(dates::shown(event.at))),
        ("description", Value::text(updates::sentence(app, event))),
        ("type", Value::text(event.event.kind.key())),
    ])
}

/// The name of what was done, for people.
pub(super) fn done(kind: EventKind) -> &'static str {
    kind.name(Lang::Zh)
}
