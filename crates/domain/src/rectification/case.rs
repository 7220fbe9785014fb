//! An issue as its events make it.

use jiff::civil::Date;

use super::{
    Body, CheckStep, Event, Facts, ItemNumber, Link, Milestone, Pace, Permille, Refusal, Schedule,
    Stage, State, Term, Turn, lawful,
};

/// A check that was passed since the work was last declared done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passed {
    /// Which.
    pub step: CheckStep,
    /// The officer's account, where the events are read with their accounts.
    pub staff: Option<i64>,
}

/// The days on which the public may object; both count whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The first.
    pub from: Date,
    /// The last.
    pub until: Date,
}

/// What became of an objection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answered {
    /// Nothing yet.
    Open,
    /// It was not upheld.
    Rejected,
    /// It was upheld.
    Upheld,
}

/// An issue, folded from its events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Its number.
    pub item: ItemNumber,
    /// Where it stands.
    pub stage: Stage,
    /// Its facts as last put right.
    pub facts: Facts,
    /// The day it was found.
    pub found: Date,
    /// The responsible unit's key.
    pub unit: Option<String>,
    /// Who watches over it.
    pub lead: Option<String>,
    /// The kind of deadline.
    pub term: Option<Term>,
    /// The last day.
    pub due: Option<Date>,
    /// The day it was assigned.
    pub assigned: Option<Date>,
    /// The target; empty before it is set.
    pub goal: String,
    /// The measures; empty before they are set.
    pub measures: String,
    /// How far the work shall be when.
    pub plan: Vec<Milestone>,
    /// How far it was last said to be.
    pub permille: Permille,
    /// When.
    pub reported: Option<Date>,
    /// What an officer said of the pace then.
    pub pace_set: Option<Pace>,
    /// What was achieved; empty before it is declared.
    pub result: String,
    /// Something shows it, since the work last began.
    pub evidence: bool,
    /// Who declared it done.
    pub declared_by: Option<i64>,
    /// Checks passed since then.
    pub checks: Vec<Passed>,
    /// The days of publicity, of the last time it was shown.
    pub window: Option<Window>,
    /// Where else it was shown then.
    pub elsewhere: Option<String>,
    /// Objections 1, 2, 3…, whenever they were made.
    pub objections: Vec<Answered>,
    /// The day it was last closed, while it is.
    pub closed: Option<Date>,
    /// How often it was closed.
    pub closings: u32,
    /// How often it was opened again.
    pub reopenings: u32,
    /// How often an objection sent it back.
    pub returned: u32,
    /// What ended before this ledger began: the document that says so.
    pub carried: Option<String>,
    /// Reports and stations that belong to it.
    pub links: Vec<Link>,
    /// The number of its last event within the issue.
    pub seq: u32,
    /// The day of its last event.
    pub last: Date,
}

impl Case {
    /// An issue with its first event.
    ///
    /// # Errors
    ///
    /// [`Refusal::Beginning`] for any other than `found` numbered 1.
    pub fn begin(event: &Event) -> Result<Self, Refusal> {
        let Body::Found { facts } = &event.body else { return Err(Refusal::Beginning) };
        if event.seq != 1 {
            return Err(Refusal::Beginning);
        }
        let report = facts.report.clone().map(Link::Report);
        Ok(Self {
            item: event.item.clone(),
            stage: Stage::Open,
            facts: facts.clone(),
            found: event.on,
            unit: None,
            lead: None,
            term: None,
            due: None,
            assigned: None,
            goal: String::new(),
            measures: String::new(),
            plan: Vec::new(),
            permille: 0,
            reported: None,
            pace_set: None,
            result: String::new(),
            evidence: false,
            declared_by: None,
            checks: Vec::new(),
            window: None,
            elsewhere: None,
            objections: Vec::new(),
            closed: None,
            closings: 0,
            reopenings: 0,
            returned: 0,
            carried: None,
            links: report.into_iter().collect(),
            seq: 1,
            last: event.on,
        })
    }

    /// The issue after one more event, by `staff` where that is known.
    ///
    /// # Errors
    ///
    /// The rule that the event breaks; then nothing has changed.
    pub fn apply(&mut self, event: &Event, staff: Option<i64>) -> Result<(), Refusal> {
        if event.item != self.item || event.seq != self.seq + 1 {
            return Err(Refusal::Sequence);
        }
        if event.on < self.last {
            return Err(Refusal::BeforeLast { last: self.last });
        }
        lawful(self, &event.body, event.on)?;
        self.stage = self.stage.after(event.body.kind(), Turn::of(&event.body))?;
        self.seq = event.seq;
        self.last = event.on;
        self.take(&event.body, event.on, staff);
        Ok(())
    }

    fn take(&mut self, body: &Body, on: Date, staff: Option<i64>) {
        self.evidence |= !body.evidence().is_empty();
        match body {
            Body::Found { facts } | Body::Amended { facts, .. } => self.facts = facts.clone(),
            Body::Assigned { unit, lead, term, due } => {
                (self.unit, self.lead) = (Some(unit.clone()), lead.clone());
                (self.term, self.due, self.assigned) = (Some(*term), *due, Some(on));
            }
            Body::Reassigned { unit, lead, .. } => {
                (self.unit, self.lead) = (Some(unit.clone()), lead.clone());
            }
            Body::DeadlineChanged { term, due, .. } => {
                (self.term, self.due) = (Some(*term), *due);
            }
            Body::MeasuresSet { goal, measures, plan, .. } => {
                (self.goal, self.measures) = (goal.clone(), measures.clone());
                self.plan.clone_from(plan);
            }
            Body::Progress { permille, pace, .. } => {
                (self.permille, self.pace_set, self.reported) = (*permille, *pace, Some(on));
            }
            Body::PhaseDone { result, .. } => self.result.clone_from(result),
            Body::Done { result, .. } => {
                self.result.clone_from(result);
                self.permille = super::WHOLE;
                self.declared_by = staff;
                self.checks.clear();
            }
            Body::Checked { step, passed: true, .. } => {
                self.checks.push(Passed { step: *step, staff });
            }
            Body::Published { from, until, link } => {
                self.window = Some(Window { from: *from, until: *until });
                self.elsewhere.clone_from(link);
            }
            Body::Objected { .. } => self.objections.push(Answered::Open),
            Body::ObjectionAnswered { objection, upheld, .. } => {
                self.answer(*objection, *upheld);
            }
            Body::Checked { passed: false, .. } => self.back_to_work(),
            Body::Closed => self.strike_off(on),
            Body::Reopened { .. } => {
                self.reopenings += 1;
                self.closed = None;
                self.back_to_work();
                // What shows that it came back does not show that it is mended.
                self.evidence = false;
            }
            Body::EvidenceAdded { .. } => {}
            Body::Linked { link } => self.links.push(link.clone()),
            Body::Unlinked { link } => self.links.retain(|known| known != link),
            Body::CarriedOver { stage, document, result } => {
                self.carried = Some(document.clone());
                self.result.clone_from(result);
                self.permille = super::WHOLE;
                self.evidence = true;
                if *stage == Stage::Closed {
                    self.strike_off(on);
                }
            }
        }
    }

    fn answer(&mut self, objection: u32, upheld: bool) {
        let answered = if upheld { Answered::Upheld } else { Answered::Rejected };
        let at = usize::try_from(objection).unwrap_or_default().wrapping_sub(1);
        if let Some(known) = self.objections.get_mut(at) {
            *known = answered;
        }
        if upheld {
            self.returned += 1;
            self.back_to_work();
        }
    }

    fn strike_off(&mut self, on: Date) {
        self.closed = Some(on);
        self.closings += 1;
    }

    fn back_to_work(&mut self) {
        self.checks.clear();
        self.declared_by = None;
        self.pace_set = None;
        self.evidence = false;
    }

    /// What its pace is judged by.
    pub fn schedule(&self) -> Schedule<'_> {
        Schedule {
            begun: self.assigned,
            due: self.due,
            plan: &self.plan,
            permille: self.permille,
            reported: self.reported,
            set: self.pace_set,
        }
    }

    /// What the public reads at the end of `day`.
    pub fn state(&self, day: Date) -> State {
        self.stage.state(self.schedule().pace(day))
    }

    /// The check that comes next.
    pub fn next_check(&self) -> Option<CheckStep> {
        CheckStep::ALL.get(self.checks.len()).copied()
    }

    /// Objections without an answer.
    pub fn open_objections(&self) -> u32 {
        let open = self.objections.iter().filter(|answered| **answered == Answered::Open).count();
        u32::try_from(open).unwrap_or(u32::MAX)
    }

    /// Whether the last day has passed and the work is not done.
    pub fn is_overdue(&self, day: Date) -> bool {
        self.stage.is_running() && self.due.is_some_and(|due| due < day)
    }
}
