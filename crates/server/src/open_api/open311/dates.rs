//! Instants as Open311 writes them: the W3C's subset of ISO 8601, always with a zone.

use domain::period::{beijing_day, day_start};
use jiff::{Timestamp, tz::Offset};

/// An instant as it is answered: Beijing time, to the second.
pub(super) fn shown(at: Timestamp) -> String {
    let local = Offset::constant(8).to_datetime(at);
    format!("{}+08:00", local.strftime("%Y-%m-%dT%H:%M:%S"))
}

/// An instant as it was sent, with any valid offset and fractions of a second; a blank stands for a plus that was not
/// encoded. `None` without a zone, too.
pub(super) fn parse(text: &str) -> Option<Timestamp> {
    let text = text.trim().replace(' ', "+");
    let (date, time) = text.split_once('T')?;
    let zoned = time.ends_with('Z') || {
        let zone = time.get(time.len().checked_sub(6)?..)?;
        zone.starts_with(['+', '-']) && zone.as_bytes()[3] == b':'
    };
    let plain =
        date.len() == 10 && time.bytes().all(|b| b.is_ascii_digit() || b"+-:.Z".contains(&b));
    if zoned && plain { text.parse().ok() } else { None }
}

/// What to send instead of a date that cannot be read.
pub(super) fn fault(name: &str, value: &str) -> String {
    format!(
        "日期须带时区：{name} = {}，请写成 2026-01-01T00:00:00Z 或 2026-01-01T08:00:00%2B08:00（加号须编码为 %2B）",
        super::fault::shown(value)
    )
}

/// The first instant of the Beijing day.
pub(super) fn day_of(at: Timestamp) -> Timestamp {
    day_start(beijing_day(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_valid_offset_and_fraction_is_read() {
        let noon: Timestamp = "2026-01-01T04:00:00Z".parse().unwrap();
        for text in [
            "2026-01-01T04:00:00Z",
            "2026-01-01T12:00:00+08:00",
            "2026-01-01T12:00:00 08:00",
            "2026-01-01T12:00+08:00",
            "2025-12-31T22:30:00.000-05:30",
        ] {
            assert_eq!(parse(text), Some(noon), "{text}");
        }
        assert_eq!(parse("2026-01-01T04:00:00.5Z").unwrap().as_millisecond() % 1_000, 500);
    }

    #[test]
    fn a_date_without_a_zone_is_none() {
        for text in [
            "2026-01-01",
            "2026-01-01T00:00:00",
            "2026-01-01T00:00:00+0800",
            "2026-01-01 00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-01-01T00:00:00Z[Asia/Shanghai]",
            "yesterday",
            "T",
            "é",
            "",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn instants_are_answered_in_beijing_time_with_their_zone() {
        let at: Timestamp = "2026-11-23T20:15:30.999Z".parse().unwrap();
        assert_eq!(shown(at), "2026-11-24T04:15:30+08:00");
        assert_eq!(shown(day_of(at)), "2026-11-24T00:00:00+08:00");
        assert_eq!(parse(&shown(at)).map(shown), Some(shown(at)));
    }
}
