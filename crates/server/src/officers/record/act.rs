//! An officer acts on an issue.

use contract::{
    officer::record::{ItemAct, ItemCase},
    problem::Code,
};
use domain::{
    Text,
    period::beijing_day,
    rectification::{
        Actor, ActorRole, Body, Case, EventKind, ItemNumber, Link, Refusal, Rules, check,
    },
    role::Permission,
};
use jiff::{Timestamp, civil::Date};
use store::{ItemChange, ItemPhoto, NewAudit, NewItemEvent, Seen, Signed, StoreError, View};

use super::{actor, open, photos, seen, view};
use crate::{
    app::App,
    keys,
    officers::{cases::file, hands, session::Officer, stale},
    problem::Problem,
    record::units,
};

/// Why an event was not written.
#[derive(Debug, thiserror::Error)]
pub(super) enum ItemError {
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error("the two accounts are in one administrator's hands")]
    OnePerson,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Carries the act out; the issue as it then is.
pub async fn act(
    app: &App,
    officer: &Officer,
    number: &str,
    act: ItemAct,
) -> Result<ItemCase, Problem> {
    permitted(officer, &act.body)?;
    let number = open::number(number)?;
    carry_out(app, officer, &number, act).await?;
    view::shown(app, officer, &number).await
}

/// Carries the act out on the version that was seen.
pub(super) async fn carry_out(
    app: &App,
    officer: &Officer,
    number: &ItemNumber,
    act: ItemAct,
) -> Result<(), Problem> {
    let row = seen(officer, app.store.item(number.as_str()).await?)?;
    let body = known(app, officer, act.body).await?;
    let photos = photos::attached(app, officer, &row, body.evidence()).await?;
    let acting = Acting::of(app, officer, act.on, body, photos)?;
    let decide = move |view: &View<'_>, case: &Case| acting.change(view, case);
    let acted = app.store.act_on_item(number, Seen::Version(act.seen_version), decide).await;
    acted.map(|_row| ()).map_err(|error| problem(error, row.version))
}

/// What an officer may never do is refused before anything is looked up, whatever version was seen.
pub(super) fn permitted(officer: &Officer, body: &Body) -> Result<(), Problem> {
    let needed = needed(body);
    match body.kind() {
        EventKind::Objected => Err(refused(Refusal::OnlyPublic)),
        EventKind::CarriedOver => Err(refused(Refusal::OnlyImport)),
        _ if needed.iter().any(|permission| officer.roles.may(*permission)) => Ok(()),
        _ => Err(refused(Refusal::NoPermission(needed))),
    }
}

const fn needed(body: &Body) -> &'static [Permission] {
    match body {
        Body::Checked { step, .. } => match step.permission() {
            Permission::Rectify => &[Permission::Rectify],
            _ => &[Permission::CheckItems],
        },
        _ => body.kind().permissions(),
    }
}

/// The event with its names as the server knows them; one that names nothing is refused at its field.
pub(super) async fn known(app: &App, officer: &Officer, body: Body) -> Result<Body, Problem> {
    match body {
        Body::Assigned { ref unit, .. } | Body::Reassigned { ref unit, .. } => {
            let no_such = || Text::new("没有这个责任单位。", "There is no such unit.");
            let known = unit.trim().is_empty() || units(&app.profile).contains_key(unit);
            if known { Ok(body) } else { Err(fault("unit", no_such())) }
        }
        Body::Linked { link: Link::Report(number) } => {
            Ok(Body::Linked { link: Link::Report(report(app, officer, &number).await?) })
        }
        Body::Unlinked { link: Link::Report(number) } => {
            let number = file::stored_id(&number).unwrap_or(number);
            Ok(Body::Unlinked { link: Link::Report(number) })
        }
        Body::Linked { link: Link::Station(ref code) } => {
            let no_such =
                || Text::new("没有这个站点或断面。", "There is no such station or section.");
            let known = app.profile.station(code).is_some();
            if known { Ok(body) } else { Err(fault("link", no_such())) }
        }
        Body::Published { from, until, link } => {
            let link = link.map(|place| place.trim().to_owned()).filter(|place| !place.is_empty());
            Ok(Body::Published { from, until, link })
        }
        other => Ok(other),
    }
}

/// The stored number of a report that the officer may see.
pub(super) async fn report(app: &App, officer: &Officer, number: &str) -> Result<String, Problem> {
    let found = file::found(app, officer, number).await;
    found.map(|report| report.public_id).map_err(|problem| match problem.code() {
        Code::NotFound => {
            let text = Text::new("没有这个编号的举报。", "There is no report of that number.");
            fault("report", text)
        }
        _ => problem,
    })
}

/// An act with everything it needs.
pub(super) struct Acting {
    at: Timestamp,
    on: Date,
    actor: Actor,
    staff: i64,
    unit: Option<String>,
    by: String,
    salt: [u8; 16],
    simulated: bool,
    rules: Rules,
    calendar: domain::calendar::WorkCalendar,
    body: Body,
    photos: Vec<ItemPhoto>,
}

impl Acting {
    pub(super) fn of(
        app: &App,
        officer: &Officer,
        on: Option<Date>,
        body: Body,
        photos: Vec<ItemPhoto>,
    ) -> Result<Self, Problem> {
        let at = app.clock.now();
        Ok(Self {
            at,
            on: on.unwrap_or_else(|| beijing_day(at)),
            actor: actor(officer),
            staff: officer.staff.id,
            unit: officer.staff.department.clone(),
            by: officer.staff.display_name.clone(),
            salt: keys::random().map_err(Problem::internal)?,
            simulated: app.demonstration,
            rules: app.profile.record.rules,
            calendar: app.reports.calendar.clone(),
            body,
            photos,
        })
    }

    fn change(mut self, view: &View<'_>, case: &Case) -> Result<ItemChange, ItemError> {
        if let Body::Amended { facts, .. } = &mut self.body {
            // Where a text came from is not the officer's to say, and links have events of their own.
            facts.origin = case.facts.origin;
            facts.report.clone_from(&case.facts.report);
        }
        self.allowed(case, &self.actor)?;
        let people = case.checks.iter().filter_map(|passed| passed.staff).chain(case.declared_by);
        for staff in hands::doubles(view, self.staff, people)? {
            let double = match &self.actor {
                Actor::Officer { roles, unit, .. } => {
                    Actor::Officer { roles: *roles, staff, unit: unit.clone() }
                }
                other => other.clone(),
            };
            if self.allowed(case, &double).is_err() {
                return Err(ItemError::OnePerson);
            }
        }
        let (audit, photos) = (self.audit(case.item.as_str(), case.seq), self.photos.clone());
        let by = self.by.clone();
        Ok(ItemChange { photos, audit, ..ItemChange::of(self.event(), &by) })
    }

    fn allowed(&self, case: &Case, actor: &Actor) -> Result<(), Refusal> {
        check(case, &self.body, actor, self.on, self.at, &self.rules, &self.calendar)
    }

    /// The event, signed by the account.
    pub(super) fn event(self) -> NewItemEvent {
        NewItemEvent {
            at: self.at,
            on: self.on,
            actor: ActorRole::Officer,
            unit: self.unit,
            signed: Some(Signed { staff: self.staff, salt: self.salt }),
            simulated: self.simulated,
            body: self.body,
        }
    }

    /// The line of the audit log, and one more under the number of a report that is linked.
    pub(super) fn audit(&self, item: &str, version: u32) -> Vec<NewAudit> {
        let own = self.audit_of_item(item, version);
        let report = match &self.body {
            Body::Found { facts } => facts.report.clone(),
            Body::Linked { link: Link::Report(number) }
            | Body::Unlinked { link: Link::Report(number) } => Some(number.clone()),
            _ => None,
        };
        let beside = report.map(|subject| NewAudit {
            subject,
            version: None,
            body: serde_json::json!({ "item": item }).to_string(),
            ..own.clone()
        });
        std::iter::once(own).chain(beside).collect()
    }

    fn audit_of_item(&self, item: &str, version: u32) -> NewAudit {
        let mut facts = serde_json::json!({ "on": self.on.to_string() });
        match &self.body {
            Body::Checked { step, passed, .. } => {
                facts["step"] = step.key().into();
                facts["passed"] = (*passed).into();
            }
            Body::Linked { link } | Body::Unlinked { link } => {
                facts["link"] = serde_json::json!(link);
            }
            Body::Found { facts: found } => facts["report"] = found.report.clone().into(),
            Body::Assigned { unit, .. } | Body::Reassigned { unit, .. } => {
                facts["unit"] = unit.as_str().into();
            }
            Body::ObjectionAnswered { objection, upheld, .. } => {
                facts["objection"] = (*objection).into();
                facts["upheld"] = (*upheld).into();
            }
            _ => {}
        }
        NewAudit {
            at: self.at,
            staff: Some(self.staff),
            action: format!("item_{}", self.body.kind().key()),
            subject: item.to_owned(),
            version: Some(version),
            body: facts.to_string(),
        }
    }
}

/// What was not written, as the officer reads it; `version` is the now.
pub(super) fn problem(error: ItemError, version: u32) -> Problem {
    match error {
        ItemError::Refused(refusal) | ItemError::Store(StoreError::Unlawful(refusal)) => {
            refused(refusal)
        }
        ItemError::OnePerson => Problem::new(Code::Conflict).with(hands::one_person()),
        ItemError::Store(StoreError::Stale { by, at, what }) => {
            // Readers have no name, and the portal is nobody.
            let by = if by == "public" { String::new() } else { by };
            stale::problem(StoreError::Stale { by, at, what }, u64::from(version))
        }
        ItemError::Store(error) => stale::problem(error, u64::from(version)),
    }
}

/// A refusal by the rules, as a problem: never allowed, something missing from what was sent, or not now.
pub(super) fn refused(refusal: Refusal) -> Problem {
    if refusal.is_forbidden() {
        return Problem::new(Code::NotPermitted).with(refusal.text());
    }
    match refusal.field() {
        Some(field) => fault(field, refusal.text()),
        None => Problem::new(Code::Conflict).with(refusal.text()),
    }
}

/// One field at fault.
pub(super) fn fault(field: &str, text: Text) -> Problem {
    Problem::fields(vec![(field.to_owned(), text)])
}
