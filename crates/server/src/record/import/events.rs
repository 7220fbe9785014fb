//! What a row amounts to: events, each asked of the ledger's own rules before anything is stored.

use domain::{
    Text,
    period::beijing_day,
    rectification::{
        Actor, ActorRole, Body, Case, Event, Facts, Origin, Refusal, Stage, State, Term, check,
        check_found,
    },
};
use jiff::civil::Date;
use store::NewItemEvent;

use super::{Good, Known, columns::Column, row::Draft};

/// The row's events; `None` where a fault was found on the way.
pub(super) fn of(draft: &mut Draft<'_>, known: &Known) -> Option<Good> {
    let number = draft.number.clone()?;
    let mut told = Told { number: number.clone(), case: None, events: Vec::new(), known };
    let asked = tell(draft, &mut told);
    match asked {
        Ok(()) => Some(Good { row: draft.row(), number, events: told.events }),
        Err(Wrong::Rule(refusal)) => {
            draft.refused(refusal);
            None
        }
        Err(Wrong::Column(column, reason)) => {
            draft.fault(column, reason);
            None
        }
    }
}

enum Wrong {
    Rule(Refusal),
    Column(Column, Text),
}

impl From<Refusal> for Wrong {
    fn from(refusal: Refusal) -> Self {
        Self::Rule(refusal)
    }
}

struct Told<'a> {
    number: domain::rectification::ItemNumber,
    case: Option<Case>,
    events: Vec<NewItemEvent>,
    known: &'a Known,
}

impl Told<'_> {
    fn add(&mut self, on: Date, body: Body) -> Result<(), Refusal> {
        let Known { rules, calendar, now, simulated, .. } = self.known;
        match &self.case {
            None => check_found(&body, &Actor::System, on, *now)?,
            Some(case) => check(case, &body, &Actor::System, on, *now, rules, calendar)?,
        }
        let event = Event {
            number: 1,
            item: self.number.clone(),
            seq: self.case.as_ref().map_or(0, |case| case.seq) + 1,
            at: *now,
            on,
            actor: ActorRole::System,
            unit: None,
            who: None,
            simulated: *simulated,
            body,
        };
        match &mut self.case {
            Some(case) => case.apply(&event, None)?,
            None => self.case = Some(Case::begin(&event)?),
        }
        self.events.push(NewItemEvent {
            at: event.at,
            on,
            actor: event.actor,
            unit: None,
            signed: None,
            simulated: *simulated,
            body: event.body,
        });
        Ok(())
    }
}

fn tell(draft: &Draft<'_>, told: &mut Told<'_>) -> Result<(), Wrong> {
    let (Some(source), Some(medium), Some(found)) = (draft.source, draft.medium, draft.found)
    else {
        return Err(Refusal::Beginning.into());
    };
    let facts = Facts {
        source,
        batch: draft.batch.clone(),
        medium,
        title: draft.title.clone(),
        title_en: None,
        text: draft.text.clone(),
        origin: Origin::Imported,
        report: None,
    };
    told.add(found, Body::Found { facts }).map_err(|refusal| match refusal {
        Refusal::Future { .. } | Refusal::TooEarly { .. } => {
            Wrong::Column(Column::Found, refusal.text())
        }
        other => Wrong::Rule(other),
    })?;
    let state =
        draft.state.unwrap_or(if draft.unit.is_some() { State::Assigned } else { State::Open });
    let reached = rank(state)?;
    if reached >= 1 {
        assign(draft, told, found)?;
    }
    if reached >= 2 {
        let measures = Body::MeasuresSet {
            goal: draft.goal.clone(),
            measures: draft.measures.clone(),
            plan: Vec::new(),
            reason: None,
        };
        told.add(draft.assigned.unwrap_or(found), measures)?;
    }
    if reached >= 3 {
        report_or_carry(draft, told, state)?;
    }
    Ok(())
}

/// How many steps stand behind a state that can be imported.
fn rank(state: State) -> Result<u8, Wrong> {
    match state {
        State::Open => Ok(0),
        State::Assigned => Ok(1),
        State::MeasuresSet => Ok(2),
        State::OnTrack | State::Behind | State::Done | State::Accepted | State::Closed => Ok(3),
        State::PhaseDone | State::Publicity => Err(Wrong::Column(
            Column::State,
            Text::new(
                "该状态不能导入：请按“达到序时进度”导入，再在台账中办理。",
                "This state cannot be imported: import the issue as on schedule, and go on in the ledger.",
            ),
        )),
    }
}

fn assign(draft: &Draft<'_>, told: &mut Told<'_>, found: Date) -> Result<(), Wrong> {
    let on = draft.assigned.unwrap_or(found);
    let term = draft.term.unwrap_or(if draft.due.is_some() { Term::Dated } else { Term::LongTerm });
    if draft.term.is_none() && draft.due.is_none() {
        return Err(Refusal::NoDue.into());
    }
    let assigned = Body::Assigned {
        unit: draft.unit.clone().unwrap_or_default(),
        lead: draft.lead.clone(),
        term,
        due: draft.due,
    };
    told.add(on, assigned).map_err(|refusal| match refusal {
        Refusal::BeforeLast { .. } | Refusal::Future { .. } => {
            Wrong::Column(Column::Assigned, refusal.text())
        }
        other => Wrong::Rule(other),
    })
}

/// Work under way is reported as it stands today; what was finished is carried over by its document.
fn report_or_carry(draft: &Draft<'_>, told: &mut Told<'_>, state: State) -> Result<(), Wrong> {
    let stage = match state {
        State::Done => Some(Stage::Done),
        State::Accepted => Some(Stage::Accepted),
        State::Closed => Some(Stage::Closed),
        _ => None,
    };
    let Some(stage) = stage else {
        let body = Body::Progress {
            permille: draft.progress.unwrap_or_default(),
            text: "随清单导入时的进度".to_owned(),
            pace: None,
            evidence: Vec::new(),
        };
        return Ok(told.add(beijing_day(told.known.now), body)?);
    };
    let finished = draft.finished.ok_or_else(|| {
        Wrong::Column(
            Column::Finished,
            Text::new(
                "已完成的问题须填写完成日期。",
                "A finished issue needs the day it was finished.",
            ),
        )
    })?;
    let body =
        Body::CarriedOver { stage, document: draft.document.clone(), result: draft.result.clone() };
    Ok(told.add(finished, body)?)
}
