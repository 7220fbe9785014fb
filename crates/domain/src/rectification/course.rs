//! One issue's events, cut down to what figures need, and where it stands at the end of a day.

use jiff::{Timestamp, civil::Date};

use super::{
    Body, Event, EventKind, Medium, Milestone, Pace, Permille, Schedule, Source, Stage, State,
    Turn, WHOLE, pace::days,
};

/// A unit's place in the register's list of units.
pub(super) type Unit = u16;

/// One event, without its texts.
#[derive(Debug, Clone)]
pub(super) struct Mark {
    pub(super) on: Date,
    pub(super) at: Timestamp,
    kind: EventKind,
    turn: Turn,
    detail: Detail,
}

#[derive(Debug, Clone)]
enum Detail {
    None,
    Facts(Source, Medium),
    Assigned(Unit, Option<Date>),
    Unit(Unit),
    Due(Option<Date>),
    Plan(Box<[Milestone]>),
    Progress(Permille, Option<Pace>),
}

impl Mark {
    pub(super) fn of(event: &Event, unit: impl FnOnce(&str) -> Unit) -> Self {
        let detail = match &event.body {
            Body::Found { facts } | Body::Amended { facts, .. } => {
                Detail::Facts(facts.source, facts.medium)
            }
            Body::Assigned { unit: key, due, .. } => Detail::Assigned(unit(key), *due),
            Body::Reassigned { unit: key, .. } => Detail::Unit(unit(key)),
            Body::DeadlineChanged { due, .. } => Detail::Due(*due),
            Body::MeasuresSet { plan, .. } => Detail::Plan(plan.as_slice().into()),
            Body::Progress { permille, pace, .. } => Detail::Progress(*permille, *pace),
            _ => Detail::None,
        };
        let turn = Turn::of(&event.body);
        Self { on: event.on, at: event.at, kind: event.body.kind(), turn, detail }
    }
}

/// Where an issue stands after some of its marks.
#[derive(Debug, Clone)]
pub(super) struct Running<'a> {
    pub(super) stage: Stage,
    pub(super) source: Source,
    pub(super) medium: Medium,
    pub(super) unit: Option<Unit>,
    pub(super) found: Date,
    pub(super) due: Option<Date>,
    pub(super) closed: Option<Date>,
    pub(super) closed_ever: bool,
    pub(super) reopened: bool,
    pub(super) returned: bool,
    pub(super) carried: bool,
    assigned: Option<Date>,
    plan: &'a [Milestone],
    permille: Permille,
    reported: Option<Date>,
    set: Option<Pace>,
}

impl<'a> Running<'a> {
    /// An issue with its first mark; `None` for a mark that is not the first of an issue.
    pub(super) fn begin(first: &Mark) -> Option<Self> {
        let Detail::Facts(source, medium) = first.detail else { return None };
        Some(Self {
            stage: Stage::Open,
            source,
            medium,
            unit: None,
            found: first.on,
            due: None,
            closed: None,
            closed_ever: false,
            reopened: false,
            returned: false,
            carried: false,
            assigned: None,
            plan: &[],
            permille: 0,
            reported: None,
            set: None,
        })
    }

    pub(super) fn apply(&mut self, mark: &'a Mark) {
        // What the stage does not know was never let in; a ledger that holds it fails its audit.
        self.stage = self.stage.after(mark.kind, mark.turn).unwrap_or(self.stage);
        match &mark.detail {
            Detail::Facts(source, medium) => (self.source, self.medium) = (*source, *medium),
            Detail::Assigned(unit, due) => {
                (self.unit, self.due, self.assigned) = (Some(*unit), *due, Some(mark.on));
            }
            Detail::Unit(unit) => self.unit = Some(*unit),
            Detail::Due(due) => self.due = *due,
            Detail::Plan(plan) => self.plan = plan,
            Detail::Progress(permille, set) => {
                (self.permille, self.set, self.reported) = (*permille, *set, Some(mark.on));
            }
            Detail::None => {}
        }
        if mark.turn == Turn::Back {
            self.set = None;
            self.returned |= mark.kind == EventKind::ObjectionAnswered;
        }
        match (mark.kind, mark.turn) {
            (EventKind::Done, _) => self.permille = WHOLE,
            (EventKind::Closed, _) => self.close(mark.on),
            (EventKind::CarriedOver, turn) => {
                (self.carried, self.permille) = (true, WHOLE);
                if turn == Turn::To(Stage::Closed) {
                    self.close(mark.on);
                }
            }
            (EventKind::Reopened, _) => {
                (self.closed, self.reopened, self.set) = (None, true, None);
            }
            _ => {}
        }
    }

    const fn close(&mut self, on: Date) {
        (self.closed, self.closed_ever) = (Some(on), true);
    }

    pub(super) fn state(&self, day: Date) -> State {
        let schedule = Schedule {
            begun: self.assigned,
            due: self.due,
            plan: self.plan,
            permille: self.permille,
            reported: self.reported,
            set: self.set,
        };
        self.stage.state(schedule.pace(day))
    }

    pub(super) fn days_to_close(&self) -> Option<i64> {
        Some(days(self.found, self.closed?))
    }
}
