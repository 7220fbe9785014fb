//! What an officer types for an event, and the event that it makes.

mod evidence;
mod fields;
mod plan;

use contract::officer::record::ItemCase;
use domain::{
    Lang,
    rectification::{Body, Cause, CheckStep, EventKind, Link, Pace, Permille, State, Term, WHOLE},
};
use jiff::civil::Date;
use leptos::prelude::*;
use ui::dates;

pub(super) use self::fields::ActFields;
use self::{evidence::EvidenceTyped, plan::PlanRow};
use super::facts_form::FactsTyped;
use crate::words;

/// What was typed; each event takes what belongs to it.
#[derive(Clone, Copy)]
pub(super) struct Typed {
    pub(super) on: RwSignal<String>,
    unit: RwSignal<String>,
    lead: RwSignal<String>,
    term: RwSignal<String>,
    due: RwSignal<String>,
    goal: RwSignal<String>,
    measures: RwSignal<String>,
    plan: RwSignal<Vec<PlanRow>>,
    percent: RwSignal<String>,
    pace: RwSignal<String>,
    /// Progress, result, record or answer.
    text: RwSignal<String>,
    reason: RwSignal<String>,
    /// Whether a check was passed or an objection is upheld; empty until it is chosen.
    verdict: RwSignal<String>,
    from: RwSignal<String>,
    until: RwSignal<String>,
    /// Where else the notice stands.
    link: RwSignal<String>,
    objection: RwSignal<String>,
    cause: RwSignal<String>,
    report: RwSignal<String>,
    station: RwSignal<String>,
    evidence: EvidenceTyped,
    facts: FactsTyped,
}

/// What of an issue its forms must know; nothing for several issues at once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Known {
    next_check: Option<CheckStep>,
    /// Whether the measures are changed while the work is under way.
    under_way: bool,
    /// Numbers and texts of objections that wait for an answer.
    objections: Vec<(u32, String)>,
    facts: Option<domain::rectification::Facts>,
}

impl Known {
    pub(super) fn of(case: &ItemCase) -> Self {
        let open = case.objections.iter().filter(|objection| objection.upheld.is_none());
        let read = |text: &Option<String>| text.clone().unwrap_or_default();
        Self {
            next_check: case.next_check,
            under_way: matches!(case.item.line.state, State::OnTrack | State::Behind),
            objections: open.map(|known| (known.objection, read(&known.masked))).collect(),
            facts: Some(case.facts.clone()),
        }
    }
}

impl Typed {
    /// Nothing yet.
    pub(super) fn empty() -> Self {
        let empty = || RwSignal::new(String::new());
        Self {
            on: empty(),
            unit: empty(),
            lead: empty(),
            term: RwSignal::new(Term::Dated.key().to_owned()),
            due: empty(),
            goal: empty(),
            measures: empty(),
            plan: RwSignal::new(Vec::new()),
            percent: empty(),
            pace: empty(),
            text: empty(),
            reason: empty(),
            verdict: empty(),
            from: empty(),
            until: empty(),
            link: empty(),
            objection: empty(),
            cause: RwSignal::new(Cause::Rebound.key().to_owned()),
            report: empty(),
            station: empty(),
            evidence: EvidenceTyped::empty(),
            facts: FactsTyped::empty(),
        }
    }

    /// What stands already of the issue, to be changed.
    pub(super) fn of(kind: EventKind, case: &ItemCase) -> Self {
        let (typed, item) = (Self::empty(), &case.item);
        let put = |signal: RwSignal<String>, text: &str| signal.set(text.to_owned());
        put(typed.unit, item.line.unit.as_deref().unwrap_or_default());
        put(typed.lead, item.lead.as_deref().unwrap_or_default());
        put(typed.term, item.term.unwrap_or(Term::Dated).key());
        put(typed.due, &item.line.due.map(dates::iso_day).unwrap_or_default());
        put(typed.goal, item.goal.as_deref().unwrap_or_default());
        put(typed.measures, item.measures.as_deref().unwrap_or_default());
        typed.plan.set(case.plan.iter().map(PlanRow::of).collect());
        put(typed.percent, &item.percent.to_string());
        typed.window(case);
        let open = case.objections.iter().find(|objection| objection.upheld.is_none());
        put(typed.objection, &open.map(|known| known.objection.to_string()).unwrap_or_default());
        typed.facts.put(&case.facts);
        typed.evidence.phase_for(kind);
        if matches!(kind, EventKind::Done | EventKind::PhaseDone) {
            put(typed.text, item.result.as_deref().unwrap_or_default());
        }
        typed
    }

    /// The days of publicity that would begin today.
    pub(super) fn window(self, case: &ItemCase) {
        let (from, until) = case.publicity_from_today;
        self.from.set(dates::iso_day(from));
        self.until.set(dates::iso_day(until));
    }

    /// The event; `None` while a day that it cannot do without is not one.
    pub(super) fn body(self, kind: EventKind, known: &Known) -> Option<Body> {
        let (text, evidence) = (|| said(self.text), || self.evidence.all());
        let (term, due) = (Term::from_key(&said(self.term))?, day(self.due));
        let due = due.filter(|_| term.has_day());
        Some(match kind {
            EventKind::Assigned => {
                Body::Assigned { unit: said(self.unit), lead: some(self.lead), term, due }
            }
            EventKind::Reassigned => Body::Reassigned {
                unit: said(self.unit),
                lead: some(self.lead),
                reason: said(self.reason),
            },
            EventKind::DeadlineChanged => {
                Body::DeadlineChanged { term, due, reason: said(self.reason) }
            }
            EventKind::MeasuresSet => Body::MeasuresSet {
                goal: said(self.goal),
                measures: said(self.measures),
                plan: self
                    .plan
                    .with_untracked(|rows| rows.iter().filter_map(PlanRow::milestone).collect()),
                reason: some(self.reason),
            },
            EventKind::Progress => Body::Progress {
                permille: permille(&said(self.percent)),
                text: text(),
                pace: Pace::from_key(&said(self.pace)),
                evidence: evidence(),
            },
            EventKind::PhaseDone => Body::PhaseDone { result: text(), evidence: evidence() },
            EventKind::Done => Body::Done { result: text(), evidence: evidence() },
            EventKind::Checked => Body::Checked {
                // All passed: a second look may still send it back.
                step: known.next_check.unwrap_or(CheckStep::Acceptance),
                passed: said(self.verdict) == YES,
                record: text(),
                evidence: evidence(),
            },
            EventKind::Amended => Body::Amended {
                facts: self.facts.facts(known.facts.as_ref()),
                reason: said(self.reason),
            },
            EventKind::EvidenceAdded => Body::EvidenceAdded { evidence: evidence() },
            EventKind::Linked => Body::Linked { link: self.linked()? },
            kind => return self.towards_the_end(kind),
        })
    }

    /// Events of the public's part of the course.
    fn towards_the_end(self, kind: EventKind) -> Option<Body> {
        Some(match kind {
            EventKind::Published => Body::Published {
                from: day(self.from)?,
                until: day(self.until)?,
                link: some(self.link),
            },
            EventKind::ObjectionAnswered => Body::ObjectionAnswered {
                objection: said(self.objection).parse().ok()?,
                upheld: said(self.verdict) == YES,
                answer: said(self.text),
            },
            EventKind::Closed => Body::Closed,
            EventKind::Reopened => Body::Reopened {
                cause: Cause::from_key(&said(self.cause))?,
                reason: said(self.reason),
                evidence: self.evidence.all(),
            },
            _ => return None,
        })
    }

    fn linked(self) -> Option<Link> {
        let report =
            some(self.report).map(|number| Link::Report(number.replace('-', "").to_uppercase()));
        report.or_else(|| some(self.station).map(Link::Station))
    }

    /// The day it happened on, if it was not today.
    pub(super) fn day(self) -> Option<Date> {
        day(self.on)
    }
}

/// What the forms of issues call the fields of an event.
pub(super) fn field_name(field: &str, lang: Lang) -> Option<&'static str> {
    Some(match field {
        "number" => words::record_number(lang),
        "on" => words::record_day(lang),
        "title" => words::record_title(lang),
        "title_en" => words::record_title_en(lang),
        "batch" => words::record_batch(lang),
        "text" => words::record_task(lang),
        "unit" => words::record_unit(lang),
        "lead" => words::record_lead(lang),
        "due" => words::record_due(lang),
        "goal" => words::record_goal(lang),
        "measures" => words::record_measures(lang),
        "plan" => words::plan_title(lang),
        "permille" => words::record_percent(lang),
        "result" => words::record_result(lang),
        "record" => words::record_check_record(lang),
        "evidence" => words::evidence_title(lang),
        "reason" => words::act_reason(lang),
        "answer" => words::record_answer(lang),
        "from" => words::record_from(lang),
        "until" => words::record_to(lang),
        "report" => words::record_link_report(lang),
        _ => return None,
    })
}

/// The same of a progress report, whose text is another.
pub(super) fn progress_field_name(field: &str, lang: Lang) -> Option<&'static str> {
    match field {
        "text" => Some(words::record_progress(lang)),
        field => field_name(field, lang),
    }
}

/// A check that was passed, an objection that is upheld.
const YES: &str = "yes";
/// One that was not.
const NO: &str = "no";

fn said(signal: RwSignal<String>) -> String {
    signal.with_untracked(|text| text.trim().to_owned())
}

fn some(signal: RwSignal<String>) -> Option<String> {
    Some(said(signal)).filter(|text| !text.is_empty())
}

fn day(signal: RwSignal<String>) -> Option<Date> {
    said(signal).parse().ok()
}

/// Percent as typed, in thousandths: `60` or `62.5`. What is no share is more than the whole, which the ledger
/// refuses with its own words.
fn permille(percent: &str) -> Permille {
    let (whole, part) = percent.split_once('.').unwrap_or((percent, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let tenths =
        (digits(whole) && digits(part) && part.len() == 1).then(|| format!("{whole}{part}"));
    tenths.and_then(|tenths| tenths.parse().ok()).unwrap_or(WHOLE + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_read_to_the_thousandth_and_nothing_is_guessed() {
        assert_eq!(permille("60"), 600);
        assert_eq!(permille("62.5"), 625);
        assert_eq!(permille("0"), 0);
        for wrong in ["", "-1", "六十", "62.55", "1.", "999999"] {
            assert!(permille(wrong) > WHOLE, "{wrong:?}");
        }
    }
    #[test]
    fn work_without_an_end_takes_no_last_day_whatever_was_typed_before() {
        Owner::new().set();
        let typed = Typed::empty();
        typed.unit.set("ecology".into());
        typed.due.set("2026-12-31".into());
        let due = |typed: Typed| match typed.body(EventKind::Assigned, &Known::default()) {
            Some(Body::Assigned { due, .. }) => due,
            other => panic!("{other:?}"),
        };
        assert_eq!(due(typed), Some(jiff::civil::date(2026, 12, 31)));
        typed.term.set(Term::LongTerm.key().into());
        assert_eq!(due(typed), None);
    }

    #[test]
    fn a_report_is_linked_by_its_number_as_people_write_it() {
        Owner::new().set();
        let typed = Typed::empty();
        assert_eq!(typed.body(EventKind::Linked, &Known::default()), None);
        typed.report.set("r7k3m-9qxd".into());
        let link = Link::Report("R7K3M9QXD".into());
        let body = typed.body(EventKind::Linked, &Known::default());
        assert_eq!(body, Some(Body::Linked { link }));
    }

    #[test]
    fn a_notice_without_its_days_is_none() {
        Owner::new().set();
        let typed = Typed::empty();
        typed.from.set("2026-11-27".into());
        assert_eq!(typed.body(EventKind::Published, &Known::default()), None);
    }
}
