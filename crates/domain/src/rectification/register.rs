//! 台账: all issues in memory, as their events make them, and every figure as of any day.

use std::collections::BTreeMap;

use jiff::{Timestamp, ToSpan, civil::Date};

use super::{
    Event, Group, ItemNumber, Medium, Point, Source, State, StateCount, Statistics, Tally,
    course::{Mark, Running, Unit},
    pace::days,
    tally::median,
};

/// The ledger without its texts: what happened, when, to which issue. Learns events in the order of the ledger and
/// answers for the end of any day by what had happened up to then.
#[derive(Debug, Clone, Default)]
pub struct Register {
    last: u64,
    soon_days: i32,
    units: Vec<String>,
    items: BTreeMap<ItemNumber, Vec<Mark>>,
}

/// Where one issue stands at the end of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing<'a> {
    /// Whose.
    pub item: &'a ItemNumber,
    /// What the public reads.
    pub state: State,
    /// The responsible unit's key.
    pub unit: Option<&'a str>,
    /// Where it comes from.
    pub source: Source,
    /// What it concerns.
    pub medium: Medium,
    /// The day it was found.
    pub found: Date,
    /// The last day.
    pub due: Option<Date>,
    /// The day it was closed, while it is.
    pub closed: Option<Date>,
    /// Running past the last day.
    pub overdue: bool,
    /// Running, the last day near.
    pub soon: bool,
}

impl Register {
    /// An empty register; `soon_days` before its last day an issue is soon due.
    pub fn new(soon_days: i32) -> Self {
        Self { soon_days, ..Self::default() }
    }

    /// The number of the last event learnt; 0 before the first.
    pub const fn last(&self) -> u64 {
        self.last
    }

    /// How many issues there are.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Learns the next event; one that is known already changes nothing.
    pub fn learn(&mut self, event: &Event) {
        if event.number <= self.last {
            return;
        }
        self.last = event.number;
        let units = &mut self.units;
        let mark = Mark::of(event, |key| unit_of(units, key));
        match self.items.get_mut(&event.item) {
            Some(marks) => marks.push(mark),
            None => {
                self.items.insert(event.item.clone(), vec![mark]);
            }
        }
    }

    /// All figures at the end of `day`, from what had been written down before `known`, if that is given.
    pub fn statistics(&self, day: Date, known: Option<Timestamp>) -> Statistics {
        let mut total = Counter::default();
        let mut sources: BTreeMap<Source, Counter> = BTreeMap::new();
        let mut media: BTreeMap<Medium, Counter> = BTreeMap::new();
        let mut units: BTreeMap<Unit, Counter> = BTreeMap::new();
        let mut states: BTreeMap<State, u32> = BTreeMap::new();
        for marks in self.items.values() {
            let Some(running) = standing(marks, day, known) else { continue };
            let seen = self.seen(&running, day);
            total.count(&running, &seen);
            sources.entry(running.source).or_default().count(&running, &seen);
            media.entry(running.medium).or_default().count(&running, &seen);
            if let Some(unit) = running.unit {
                units.entry(unit).or_default().count(&running, &seen);
            }
            *states.entry(seen.state).or_default() += 1;
        }
        let mut by_unit: Vec<Group<String>> = units
            .into_iter()
            .map(|(unit, counter)| Group {
                key: self.unit(unit).to_owned(),
                tally: counter.tally(),
            })
            .collect();
        by_unit.sort_by(|a, b| a.key.cmp(&b.key));
        Statistics {
            as_of: day,
            total: total.tally(),
            by_source: grouped(sources),
            by_medium: grouped(media),
            by_unit,
            by_state: states
                .into_iter()
                .map(|(state, count)| StateCount { state, count })
                .collect(),
        }
    }

    /// The whole list at the end of each of `days`, which ascend.
    pub fn timeline(&self, days: &[Date]) -> Vec<Point> {
        let mut counters: Vec<Counter> = days.iter().map(|_| Counter::default()).collect();
        for marks in self.items.values() {
            let mut left = marks.iter().peekable();
            let mut running: Option<Running<'_>> = None;
            for (day, counter) in days.iter().zip(&mut counters) {
                while let Some(mark) = left.next_if(|mark| mark.on <= *day) {
                    advance(&mut running, mark);
                }
                if let Some(running) = &running {
                    counter.count(running, &self.seen(running, *day));
                }
            }
        }
        let tallies = counters.into_iter().map(Counter::tally);
        days.iter().copied().zip(tallies).map(|(day, tally)| Point { day, tally }).collect()
    }

    /// Every issue at the end of `day`, by number.
    pub fn standings(&self, day: Date) -> impl Iterator<Item = Standing<'_>> {
        self.items.iter().filter_map(move |(item, marks)| {
            let running = standing(marks, day, None)?;
            let seen = self.seen(&running, day);
            Some(Standing {
                item,
                state: seen.state,
                unit: running.unit.map(|unit| self.unit(unit)),
                source: running.source,
                medium: running.medium,
                found: running.found,
                due: running.due,
                closed: running.closed,
                overdue: seen.overdue,
                soon: seen.soon,
            })
        })
    }

    /// The day of the first event and of the last; `None` of an empty register.
    pub fn span(&self) -> Option<(Date, Date)> {
        let days = || self.items.values().flatten().map(|mark| mark.on);
        Some((days().min()?, days().max()?))
    }

    fn unit(&self, unit: Unit) -> &str {
        self.units.get(usize::from(unit)).map_or("", String::as_str)
    }

    fn seen(&self, running: &Running<'_>, day: Date) -> Seen {
        let left = running.due.filter(|_| running.stage.is_running()).map(|due| days(day, due));
        Seen {
            state: running.state(day),
            overdue: left.is_some_and(|left| left < 0),
            soon: left.is_some_and(|left| (0..=i64::from(self.soon_days)).contains(&left)),
            due: running.due.is_some_and(|due| due <= day),
        }
    }
}

/// More units than a number of sixteen bits holds share the last one; a district has some dozens.
fn unit_of(units: &mut Vec<String>, key: &str) -> Unit {
    let at = units.iter().position(|known| known == key).unwrap_or_else(|| {
        units.push(key.to_owned());
        units.len() - 1
    });
    Unit::try_from(at).unwrap_or(Unit::MAX)
}

fn advance<'a>(running: &mut Option<Running<'a>>, mark: &'a Mark) {
    match running {
        Some(running) => running.apply(mark),
        None => *running = Running::begin(mark),
    }
}

fn standing(marks: &[Mark], day: Date, known: Option<Timestamp>) -> Option<Running<'_>> {
    let mut running = None;
    let told =
        marks.iter().take_while(|mark| mark.on <= day && known.is_none_or(|known| mark.at < known));
    told.for_each(|mark| advance(&mut running, mark));
    running
}

/// What depends on the day.
struct Seen {
    state: State,
    overdue: bool,
    soon: bool,
    due: bool,
}

#[derive(Default)]
struct Counter {
    tally: Tally,
    days: Vec<i64>,
}

impl Counter {
    fn count(&mut self, running: &Running<'_>, seen: &Seen) {
        let tally = &mut self.tally;
        let finished = running.stage.is_finished();
        let adds: [(&mut u32, bool); 14] = [
            (&mut tally.all, true),
            (&mut tally.closed, running.closed.is_some()),
            (&mut tally.finished, finished),
            (&mut tally.due, seen.due),
            (&mut tally.due_finished, seen.due && finished),
            (&mut tally.running, running.stage.is_running()),
            (&mut tally.on_track, seen.state == State::OnTrack),
            (&mut tally.behind, seen.state == State::Behind),
            (&mut tally.overdue, seen.overdue),
            (&mut tally.soon, seen.soon),
            (&mut tally.closed_ever, running.closed_ever),
            (&mut tally.reopened, running.reopened),
            (&mut tally.returned, running.returned),
            (&mut tally.carried, running.carried),
        ];
        for (count, holds) in adds {
            *count += u32::from(holds);
        }
        self.days.extend(running.days_to_close());
    }

    fn tally(mut self) -> Tally {
        self.tally.days_to_close = median(&mut self.days);
        self.tally
    }
}

fn grouped<K>(counters: BTreeMap<K, Counter>) -> Vec<Group<K>> {
    let group = |(key, counter): (K, Counter)| Group { key, tally: counter.tally() };
    counters.into_iter().map(group).collect()
}

/// The last day of each month from that of `from` up to `until`, and `until` itself: the days of a timeline.
pub fn month_ends(from: Date, until: Date) -> Vec<Date> {
    let mut days = Vec::new();
    let mut day = from.last_of_month();
    while day < until {
        days.push(day);
        day = day.saturating_add(1.day()).last_of_month();
    }
    days.push(until);
    days
}
