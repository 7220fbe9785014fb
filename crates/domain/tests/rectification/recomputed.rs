//! Figures as of random days against a second computation that knows nothing of ours: it reads the exported lines and
//! counts by hand, in the words of the definitions.

use std::collections::BTreeMap;

use domain::rectification::*;
use jiff::{ToSpan, civil::Date};
use serde_json::Value;

use crate::support::*;

const ITEMS: usize = 150;
const UNITS: [&str; 4] = ["street", "town", "water", "bureau"];

/// SplitMix64: the same dice in every run, on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        u32::try_from((mixed ^ (mixed >> 31)) >> 33).unwrap() % most
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(u32::try_from(of.len()).unwrap()) as usize]
    }

    fn later(&mut self, from: Date, most: u32) -> Date {
        from + i64::from(self.below(most)).days()
    }
}

/// What might come next, by the dice; the rules decide whether it does.
fn wish(case: &Case, on: Date, dice: &mut Dice) -> Body {
    let until = on + i64::from(dice.below(400)).days();
    let due = |term: Term| term.has_day().then_some(until);
    let term = *dice.one(Term::ALL);
    let unit = (*dice.one(&UNITS)).to_owned();
    let reason = "经批准".to_owned();
    match dice.below(14) {
        0 => Body::Assigned { unit, lead: None, term, due: due(term) },
        1 => Body::Reassigned { unit, lead: None, reason },
        2 => Body::DeadlineChanged { term, due: due(term), reason },
        3 => plan(on, dice),
        4 | 5 => Body::Progress {
            permille: u16::try_from(dice.below(1_001)).unwrap(),
            text: reason,
            pace: [None, None, None, Some(Pace::OnTrack), Some(Pace::Behind)]
                [dice.below(5) as usize],
            evidence: seen(),
        },
        6 => Body::PhaseDone { result: reason, evidence: seen() },
        7 => Body::Done { result: reason, evidence: seen() },
        8 | 9 => checked(case.next_check().unwrap_or(CheckStep::Acceptance), dice.below(8) > 0),
        10 => published(&on.to_string()),
        11 => match case.objections.len() {
            open if case.open_objections() > 0 => {
                answered(u32::try_from(open).unwrap(), dice.below(2) == 0)
            }
            made => objected(u32::try_from(made + 1).unwrap()),
        },
        12 => [Body::Closed, reopened()][dice.below(2) as usize].clone(),
        _ => Body::Amended { facts: facts(*dice.one(Source::ALL), *dice.one(Medium::ALL)), reason },
    }
}

fn plan(on: Date, dice: &mut Dice) -> Body {
    let plan = match dice.below(2) {
        0 => Vec::new(),
        _ => vec![
            Milestone { day: on + 60.days(), permille: 300 },
            Milestone { day: on + 200.days(), permille: 1_000 },
        ],
    };
    let reason = Some("调整".to_owned());
    Body::MeasuresSet { goal: "达标".to_owned(), measures: "整治".to_owned(), plan, reason }
}

/// Events of many issues, by the dice, in the order of their days.
fn random_book(seed: u64) -> Book {
    let mut dice = Dice(seed);
    let mut loose: Vec<(Date, usize, Actor, Body)> = Vec::new();
    for item in 0..ITEMS {
        let mut alone = Book::default();
        let name = format!("R-{item}");
        let mut on = dice.later(day("2023-01-01"), 900);
        let first = Body::Found { facts: facts(*dice.one(Source::ALL), *dice.one(Medium::ALL)) };
        alone.add(&name, &on.to_string(), &Actor::System, first.clone());
        loose.push((on, item, Actor::System, first));
        for attempt in 0..160 {
            let body = wish(alone.case(&name), on, &mut dice);
            let actor = match body {
                Body::Objected { .. } => Actor::Public,
                _ => officer(i64::from(attempt), None),
            };
            if alone.try_add(&name, on, &actor, body.clone()).is_ok() {
                loose.push((on, item, actor, body));
                on = dice.later(on, 30);
            } else if dice.below(4) == 0 {
                on = dice.later(on, 6);
            }
        }
    }
    loose.sort_by_key(|(on, ..)| *on);
    let mut book = Book::default();
    for (on, item, actor, body) in loose {
        book.append(number(&format!("R-{item}")), on, &actor, body).unwrap();
    }
    book
}

/// One exported line.
struct Line(Value);

impl Line {
    fn on(&self) -> Date {
        self.0["on"].as_str().unwrap().parse().unwrap()
    }

    fn text(&self, field: &str) -> Option<&str> {
        self.0["body"][field].as_str()
    }

    fn kind(&self) -> &str {
        self.text("kind").unwrap()
    }

    fn back(&self) -> bool {
        self.0["body"]["passed"] == false || self.0["body"]["upheld"] == true
    }
}

/// By hand: the day's standing of one issue from its lines so far.
#[derive(Default, Debug, PartialEq, Eq)]
struct ByHand {
    state: String,
    source: String,
    medium: String,
    unit: Option<String>,
    due: Option<Date>,
    days: Option<i64>,
    ever: bool,
    again: bool,
    returned: bool,
}

fn by_hand(lines: &[&Line], today: Date) -> ByHand {
    let last = |kinds: &[&str]| lines.iter().rev().find(|line| kinds.contains(&line.kind()));
    let place = |kinds: &[&str]| lines.iter().rposition(|line| kinds.contains(&line.kind()));
    let facts = last(&["found", "amended"]).unwrap();
    let due_line = last(&["assigned", "deadline_changed"]);
    let due: Option<Date> =
        due_line.and_then(|line| line.text("due")).map(|text| text.parse().unwrap());
    let beside = ["amended", "reassigned", "deadline_changed", "objected", "evidence_added"];
    let moving = |line: &&&Line| match line.kind() {
        "objection_answered" => line.back(),
        kind => !beside.contains(&kind),
    };
    let turning = lines.iter().rev().find(moving).unwrap();
    let begun = last(&["progress"]).is_some();
    let state = match turning.kind() {
        "found" => "open",
        "assigned" => "assigned",
        // New measures do not stop work that has begun.
        "measures_set" if begun => pace(lines, due, today),
        "measures_set" => "measures_set",
        "phase_done" => "phase_done",
        "done" => "done",
        "checked" if turning.back() => pace(lines, due, today),
        "checked" if turning.text("step") == Some("acceptance") => "accepted",
        "checked" => "done",
        "published" => "publicity",
        "closed" => "closed",
        _ => pace(lines, due, today),
    };
    let found = lines[0].on();
    let closing = place(&["closed"]);
    let reopening = place(&["reopened"]);
    let stands = closing.filter(|closed| reopening.is_none_or(|again| again < *closed));
    ByHand {
        state: state.to_owned(),
        source: facts.0["body"]["facts"]["source"].as_str().unwrap().to_owned(),
        medium: facts.0["body"]["facts"]["medium"].as_str().unwrap().to_owned(),
        unit: last(&["assigned", "reassigned"])
            .and_then(|line| line.text("unit"))
            .map(str::to_owned),
        due,
        days: stands.map(|at| (lines[at].on() - found).get_days().into()),
        ever: closing.is_some(),
        again: reopening.is_some(),
        returned: lines.iter().any(|line| line.kind() == "objection_answered" && line.back()),
    }
}

/// On schedule or behind, from the lines.
fn pace(lines: &[&Line], due: Option<Date>, today: Date) -> &'static str {
    if due.is_some_and(|due| today > due) {
        return "behind";
    }
    let at = lines.iter().rposition(|line| line.kind() == "progress");
    let report = at.map(|at| lines[at]);
    // What was set with a report falls when the work comes back from a check, an objection or a closing.
    let fallen = at
        .is_some_and(|at| lines[at..].iter().any(|line| line.back() || line.kind() == "reopened"));
    match report.and_then(|line| line.text("pace")).filter(|_| !fallen) {
        Some("on_track") => return "on_track",
        Some(_) => return "behind",
        None => {}
    }
    let finished = lines.iter().rposition(|line| line.kind() == "done");
    let share = match (at, finished) {
        (reported, Some(done)) if reported.is_none_or(|at| at < done) => 1_000,
        (Some(_), _) => report.unwrap().0["body"]["permille"].as_i64().unwrap(),
        (None, _) => 0,
    };
    let assigned = lines.iter().find(|line| line.kind() == "assigned").unwrap().on();
    if due.is_none() && (today - report.map_or(assigned, |line| line.on())).get_days() > 366 {
        return "behind";
    }
    if share < planned(lines, assigned, due, today) { "behind" } else { "on_track" }
}

fn planned(lines: &[&Line], assigned: Date, due: Option<Date>, today: Date) -> i64 {
    let measures = lines.iter().rev().find(|line| line.kind() == "measures_set");
    let plan = measures.map(|line| line.0["body"]["plan"].as_array().unwrap().clone());
    let plan = plan.unwrap_or_default();
    if !plan.is_empty() {
        let reached = plan
            .iter()
            .filter(|step| step["day"].as_str().unwrap().parse::<Date>().unwrap() <= today);
        return reached.map(|step| step["permille"].as_i64().unwrap()).max().unwrap_or(0);
    }
    let Some(due) = due else { return 0 };
    let (gone, whole) = ((today - assigned).get_days(), (due - assigned).get_days());
    if gone >= whole { 1_000 } else { i64::from(gone) * 1_000 / i64::from(whole) }
}

fn expected(issues: &[ByHand], today: Date, soon: i32) -> Tally {
    let count = |holds: &dyn Fn(&ByHand) -> bool| {
        u32::try_from(issues.iter().filter(|issue| holds(issue)).count()).unwrap()
    };
    let is = |issue: &ByHand, states: &[&str]| states.contains(&issue.state.as_str());
    let running = |issue: &ByHand| {
        is(issue, &["assigned", "measures_set", "on_track", "behind", "phase_done"])
    };
    let finished = |issue: &ByHand| is(issue, &["done", "accepted", "publicity", "closed"]);
    let due = |issue: &ByHand| issue.due.is_some_and(|due| due <= today);
    let left = |issue: &ByHand| issue.due.map(|due| (due - today).get_days());
    let mut days: Vec<i64> = issues.iter().filter_map(|issue| issue.days).collect();
    days.sort_unstable();
    let halves = match days.len() {
        0 => None,
        n if n % 2 == 1 => Some(days[n / 2] * 2),
        n => Some(days[n / 2 - 1] + days[n / 2]),
    };
    Tally {
        all: count(&|_| true),
        closed: count(&|issue| is(issue, &["closed"])),
        finished: count(&finished),
        due: count(&due),
        due_finished: count(&|issue| due(issue) && finished(issue)),
        running: count(&running),
        on_track: count(&|issue| is(issue, &["on_track"])),
        behind: count(&|issue| is(issue, &["behind"])),
        overdue: count(&|issue| running(issue) && left(issue).is_some_and(|left| left < 0)),
        soon: count(&|issue| {
            running(issue) && left(issue).is_some_and(|left| (0..=soon).contains(&left))
        }),
        closed_ever: count(&|issue| issue.ever),
        reopened: count(&|issue| issue.again),
        returned: count(&|issue| issue.returned),
        carried: 0,
        days_to_close: halves.map(|n| domain::Quantity::from_millionths(n * 500_000)),
    }
}

#[test]
fn figures_as_of_a_hundred_random_days_equal_a_second_computation_from_the_export() {
    for seed in [1, 2] {
        let book = random_book(seed);
        let register = book.register();
        let export: String = book.kept.iter().map(|row| format!("{}\n", row.bytes)).collect();
        let mut issues: BTreeMap<String, Vec<Line>> = BTreeMap::new();
        for line in export.lines() {
            let value: Value = serde_json::from_str(line).unwrap();
            issues.entry(value["item"].as_str().unwrap().to_owned()).or_default().push(Line(value));
        }
        let mut dice = Dice(seed + 100);
        let mut days: Vec<Date> = (0..50).map(|_| dice.later(day("2022-12-01"), 2_000)).collect();
        days.sort_unstable();
        let timeline = register.timeline(&days);
        let mut closings = 0;
        for (point, today) in timeline.iter().zip(&days) {
            let counted: Vec<ByHand> = issues
                .values()
                .filter_map(|lines| {
                    let told: Vec<&Line> =
                        lines.iter().filter(|line| line.on() <= *today).collect();
                    (!told.is_empty()).then(|| by_hand(&told, *today))
                })
                .collect();
            let statistics = register.statistics(*today, None);
            assert_eq!(statistics.total, expected(&counted, *today, 30), "on {today}");
            assert_eq!(point.tally, statistics.total, "the timeline on {today}");
            groups_agree(&statistics, counted, *today);
            closings += statistics.total.closed;
        }
        assert!(closings > 100, "the dice close issues: {closings}");
    }
}

fn groups_agree(statistics: &Statistics, counted: Vec<ByHand>, today: Date) {
    let mut sources: BTreeMap<String, Vec<ByHand>> = BTreeMap::new();
    let (mut media, mut units) = (BTreeMap::<String, u32>::new(), BTreeMap::<String, u32>::new());
    let mut states: BTreeMap<String, u32> = BTreeMap::new();
    for issue in counted {
        *media.entry(issue.medium.clone()).or_default() += 1;
        *states.entry(issue.state.clone()).or_default() += 1;
        if let Some(unit) = &issue.unit {
            *units.entry(unit.clone()).or_default() += 1;
        }
        sources.entry(issue.source.clone()).or_default().push(issue);
    }
    assert_eq!(statistics.by_source.len(), sources.len());
    for group in &statistics.by_source {
        assert_eq!(
            group.tally,
            expected(&sources[group.key.key()], today, 30),
            "{}",
            group.key.key()
        );
    }
    let by_medium = statistics.by_medium.iter().map(|g| (g.key.key().to_owned(), g.tally.all));
    assert_eq!(by_medium.collect::<BTreeMap<_, _>>(), media);
    let by_unit = statistics.by_unit.iter().map(|g| (g.key.clone(), g.tally.all));
    assert_eq!(by_unit.collect::<BTreeMap<_, _>>(), units);
    let by_state = statistics.by_state.iter().map(|s| (s.state.key().to_owned(), s.count));
    assert_eq!(by_state.collect::<BTreeMap<_, _>>(), states);
}

#[test]
fn the_register_and_the_replayed_issues_say_the_same() {
    let book = random_book(3);
    let held = audit(&book.kept, &[]).unwrap();
    let today = day("2026-06-30");
    let register = book.register();
    let mut seen = 0;
    for standing in register.standings(today) {
        let Some(case) = held.cases.get(standing.item).filter(|case| case.last <= today) else {
            continue;
        };
        seen += 1;
        assert_eq!(standing.state, case.state(today), "{}", standing.item);
        assert_eq!(standing.unit, case.unit.as_deref());
        assert_eq!(
            (standing.due, standing.closed, standing.found),
            (case.due, case.closed, case.found)
        );
        assert_eq!(standing.overdue, case.is_overdue(today));
    }
    assert!(seen > 50, "{seen}");
}
