//! What became of the reports of a period: times, results, and what came back.

use std::collections::BTreeMap;

use contract::officer::{Choice, Group, Statistics};
use domain::{
    Text,
    period::{beijing_day, day_start},
    report::{Finding, State},
};
use jiff::{Timestamp, ToSpan, civil::Date};
use serde::Deserialize;
use store::ReportTimes;

use super::names::Names;
use crate::{app::App, problem::Problem, query::unknown};

/// Days looked back without a `from`.
const USUAL_DAYS: i64 = 90;
/// The longest period: as long as reports are kept with their places.
const LONGEST_DAYS: i64 = 1_830;

/// Which period; both days count whole.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct StatisticsParams {
    from: String,
    to: String,
}

/// The figures of the period asked for.
pub async fn shown(app: &App, params: &StatisticsParams) -> Result<Statistics, Problem> {
    let now = app.clock.now();
    let to = day("to", &params.to)?.unwrap_or_else(|| beijing_day(now));
    let from = day("from", &params.from)?;
    let from = from.unwrap_or_else(|| to.saturating_sub(USUAL_DAYS.days()));
    let days = from.duration_until(to).as_hours() / 24;
    if !(0..=LONGEST_DAYS).contains(&days) {
        let text = Text::new(
            "from 须不晚于 to，且不超过五年",
            "from is not after to, by five years at most",
        );
        return Err(Problem::parameter("from", text, Vec::new()));
    }
    let end = day_start(to.saturating_add(1.day()));
    let times = app.store.report_times(day_start(from), end).await?;
    Ok(of(&Names::of(app), &times, (from, to), now))
}

fn day(name: &'static str, text: &str) -> Result<Option<Date>, Problem> {
    if text.is_empty() {
        return Ok(None);
    }
    let day = text.parse();
    day.map(Some).map_err(|_malformed| {
        Problem::parameter(name, unknown(text), vec!["2026-03-01".to_owned()])
    })
}

fn of(
    names: &Names<'_>,
    times: &[ReportTimes],
    (from, to): (Date, Date),
    now: Timestamp,
) -> Statistics {
    let by_category = grouped(times, now, |times| Some(times.category.clone()));
    let by_street = grouped(times, now, |times| times.street.clone());
    let named = |groups: BTreeMap<String, Group>, name: &dyn Fn(&str) -> Text| {
        groups.into_iter().map(|(key, group)| (Choice { name: name(&key), key }, group)).collect()
    };
    Statistics {
        from,
        to,
        all: group(&times.iter().collect::<Vec<_>>(), now),
        by_category: named(by_category, &|key| names.category(key)),
        by_street: named(by_street, &|code| names.street(code)),
    }
}

fn grouped(
    times: &[ReportTimes],
    now: Timestamp,
    key: impl Fn(&ReportTimes) -> Option<String>,
) -> BTreeMap<String, Group> {
    let mut members: BTreeMap<String, Vec<&ReportTimes>> = BTreeMap::new();
    for report in times {
        if let Some(key) = key(report) {
            members.entry(key).or_default().push(report);
        }
    }
    members.into_iter().map(|(key, members)| (key, group(&members, now))).collect()
}

fn group(members: &[&ReportTimes], now: Timestamp) -> Group {
    let count =
        |which: &dyn Fn(&ReportTimes) -> bool| members.iter().filter(|r| which(r)).count() as u64;
    let unfixed =
        |r: &ReportTimes| r.state == State::NotAccepted || r.finding == Some(Finding::Unfounded);
    let hours = |end: fn(&ReportTimes) -> Option<Timestamp>| {
        let known = members.iter().filter_map(|r| Some((r.received, end(r)?)));
        median(known.map(|(from, to)| to.duration_since(from).as_secs().max(0)).collect())
    };
    Group {
        received: members.len() as u64,
        closed: count(&|r| r.state == State::Closed),
        founded: count(&|r| matches!(r.finding, Some(Finding::Founded | Finding::Partly))),
        without_fix: count(&unfixed),
        reopened: count(&|r| r.reopened > 0),
        overdue: count(&|r| r.due.is_some_and(|due| due < now)),
        median_accept_h: hours(|r| r.accepted),
        median_close_h: hours(|r| r.closed.filter(|_| r.state == State::Closed)),
    }
}

/// The median of seconds in whole hours, rounded down; of an even number the mean of the two in the middle.
fn median(mut seconds: Vec<i64>) -> Option<u32> {
    seconds.sort_unstable();
    let middle = seconds.len() / 2;
    let upper = *seconds.get(middle)?;
    let lower = if seconds.len().is_multiple_of(2) { seconds[middle - 1] } else { upper };
    u32::try_from(i64::midpoint(lower, upper) / 3_600).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hour: i64) -> Timestamp {
        Timestamp::from_second(1_790_000_000 + hour * 3_600).unwrap()
    }

    fn report(
        state: State,
        finding: Option<Finding>,
        accepted: Option<i64>,
        closed: Option<i64>,
    ) -> ReportTimes {
        ReportTimes {
            category: "air_odour".into(),
            category_group: "air".into(),
            street: Some("huayan".into()),
            department: None,
            state,
            finding,
            received: at(0),
            accepted: accepted.map(at),
            closed: closed.map(at),
            due: None,
            reopened: 0,
        }
    }

    #[test]
    fn medians_are_of_those_that_got_so_far() {
        assert_eq!(median(vec![]), None);
        assert_eq!(median(vec![7_200, 3_600, 36_000]), Some(2));
        assert_eq!(median(vec![3_600, 10_800]), Some(2));
        let members = [
            report(State::Closed, Some(Finding::Founded), Some(4), Some(40)),
            report(State::Closed, Some(Finding::Unfounded), Some(8), Some(60)),
            report(State::NotAccepted, None, None, Some(10)),
            report(State::Submitted, None, None, None),
        ];
        let group = group(&members.iter().collect::<Vec<_>>(), at(100));
        assert_eq!((group.received, group.closed, group.founded, group.without_fix), (4, 2, 1, 2));
        assert_eq!((group.median_accept_h, group.median_close_h), (Some(6), Some(50)));
    }

    #[test]
    fn only_a_deadline_that_runs_is_overdue() {
        let late = ReportTimes { due: Some(at(5)), ..report(State::Accepted, None, Some(1), None) };
        let ended = report(State::Closed, Some(Finding::Partly), Some(1), Some(90));
        assert_eq!(group(&[&late, &ended], at(6)).overdue, 1);
        assert_eq!(group(&[&late, &ended], at(4)).overdue, 0);
    }
}
