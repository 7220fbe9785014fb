//! Which days a list covers.

use jiff::{SignedDuration, Timestamp};

use super::{dates, fault::shown, params::Params};

/// The longest range, and the one without any date (GeoReport v2, "GET Service Requests").
const LONGEST: SignedDuration = SignedDuration::from_hours(90 * 24);
const SECOND: SignedDuration = SignedDuration::from_secs(1);

/// Instants from the first until before the second: both ends asked for are included, as instants are answered, to the
/// second.
pub(super) type Range = (Option<Timestamp>, Option<Timestamp>);

/// An instant that was asked for, to the second it is answered in.
pub(super) fn instant(params: &Params, name: &str, faults: &mut Vec<String>) -> Option<Timestamp> {
    let text = params.one(name, faults)?;
    let found = dates::parse(text);
    if found.is_none() {
        faults.push(dates::fault(name, text));
    }
    found
}

/// The first instant whose whole second is not before `at`.
pub(super) fn from(at: Timestamp) -> Timestamp {
    let whole = second(at);
    if whole < at { whole.saturating_add(SECOND).unwrap_or(whole) } else { whole }
}

/// The first instant of the second after `at`.
pub(super) fn until(at: Timestamp) -> Timestamp {
    second(at).saturating_add(SECOND).unwrap_or(Timestamp::MAX)
}

fn second(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_microsecond().div_euclid(1_000_000)).unwrap_or(at)
}

/// The range of `start_date` and `end_date`.
pub(super) fn range(params: &Params, now: Timestamp, faults: &mut Vec<String>) -> Range {
    let start = instant(params, "start_date", faults);
    let end = instant(params, "end_date", faults);
    let before = |at: Timestamp| at.saturating_sub(LONGEST).unwrap_or(at);
    let after = |at: Timestamp| at.saturating_add(LONGEST).unwrap_or(at);
    let (start, end) = match (start, end) {
        (Some(start), Some(end)) => {
            faults.extend(misfit(start, end));
            (start, end)
        }
        (Some(start), None) => (start, after(start).min(now)),
        (None, Some(end)) => (before(end), end),
        (None, None) => (before(now), now),
    };
    (Some(from(start)), Some(until(end)))
}

fn misfit(start: Timestamp, end: Timestamp) -> Option<String> {
    let asked = || {
        format!(
            "start_date = {}，end_date = {}",
            shown(&dates::shown(start)),
            shown(&dates::shown(end))
        )
    };
    if start > end {
        Some(format!("起始晚于结束：{}，请对调", asked()))
    } else if start.duration_until(end) > LONGEST {
        Some(format!("时间跨度超过 90 天：{}，请分段查询", asked()))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: &str = "2026-11-27T10:00:00.5Z";

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn asked(query: &str) -> Result<(String, String), Vec<String>> {
        let mut faults = Vec::new();
        let params = Params::decode(query.as_bytes()).unwrap();
        let (from, until) = range(&params, at(NOW), &mut faults);
        let text = |at: Option<Timestamp>| at.unwrap().to_string();
        if faults.is_empty() { Ok((text(from), text(until))) } else { Err(faults) }
    }

    #[test]
    fn without_dates_the_last_ninety_days_are_covered() {
        let (from, until) = asked("start_date=&end_date=").unwrap();
        assert_eq!(from, "2026-08-29T10:00:01Z");
        assert_eq!(until, "2026-11-27T10:00:01Z");
    }

    #[test]
    fn both_ends_are_included_to_the_second() {
        let (from, until) =
            asked("start_date=2026-01-01T00:00:00Z&end_date=2026-02-01T00:00:00.9Z").unwrap();
        assert_eq!(
            (from.as_str(), until.as_str()),
            ("2026-01-01T00:00:00Z", "2026-02-01T00:00:01Z")
        );
        let (from, _) = asked("start_date=2026-11-01T00:00:00.1Z").unwrap();
        assert_eq!(from, "2026-11-01T00:00:01Z");
    }

    #[test]
    fn one_end_alone_is_ninety_days_from_the_other_and_never_past_now() {
        let (_, until) = asked("start_date=2026-01-01T00:00:00Z").unwrap();
        assert_eq!(until, "2026-04-01T00:00:01Z");
        let (_, until) = asked("start_date=2026-11-26T00:00:00Z").unwrap();
        assert_eq!(until, "2026-11-27T10:00:01Z");
        let (from, _) = asked("end_date=2026-04-01T00:00:00Z").unwrap();
        assert_eq!(from, "2026-01-01T00:00:00Z");
    }

    #[test]
    fn ninety_days_are_allowed_and_a_second_more_is_not() {
        assert!(asked("start_date=2026-01-01T00:00:00Z&end_date=2026-04-01T00:00:00Z").is_ok());
        let faults =
            asked("start_date=2026-01-01T00:00:00Z&end_date=2026-04-01T00:00:01Z").unwrap_err();
        assert!(faults[0].contains("90 天"), "{faults:?}");
        let faults =
            asked("start_date=2026-02-01T00:00:00Z&end_date=2026-01-01T00:00:00Z").unwrap_err();
        assert!(faults[0].contains("对调"), "{faults:?}");
        assert_eq!(asked("start_date=2026-02-01&end_date=x").unwrap_err().len(), 2);
    }
}
