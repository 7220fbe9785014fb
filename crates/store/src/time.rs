//! Microseconds of the database and instants of everybody else.

use domain::period::{BEIJING, beijing_day, day_start};
use jiff::{SignedDuration, Timestamp};

/// The first instant outside what a block's key can name: 1 January 2300, Beijing time.
pub(crate) const LAST_US: i64 = 10_413_763_200_000_000;

/// A time of the database; ends of the calendar saturate, where no stored time lies.
pub(crate) fn timestamp(us: i64) -> Timestamp {
    Timestamp::from_microsecond(us).unwrap_or(if us < 0 { Timestamp::MIN } else { Timestamp::MAX })
}

/// As [`timestamp`], of a column that may be empty.
pub(crate) fn some_timestamp(us: Option<i64>) -> Option<Timestamp> {
    us.map(timestamp)
}

/// What a column that may be empty holds of an instant.
pub(crate) fn some_us(at: Option<Timestamp>) -> Option<i64> {
    at.map(Timestamp::as_microsecond)
}

/// `length` before `at`, in microseconds.
pub(crate) fn before_us(at: Timestamp, length: SignedDuration) -> i64 {
    at.as_microsecond().saturating_sub(i64::try_from(length.as_micros()).unwrap_or(i64::MAX))
}

/// Midnight in Beijing at the start of the day that holds `us`.
pub(crate) fn day_start_us(us: i64) -> i64 {
    day_start(beijing_day(timestamp(us))).as_microsecond()
}

/// Months since January 1970 in Beijing time: the half of a block's key that is time.
pub(crate) fn month_of(us: i64) -> i64 {
    let date = BEIJING.to_datetime(timestamp(us)).date();
    (i64::from(date.year()) - 1970) * 12 + i64::from(date.month()) - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_begins_at_midnight_in_beijing() {
        let march: Timestamp = "2026-02-28T16:00:00Z".parse().unwrap();
        let first = march.as_microsecond();
        assert_eq!((month_of(first) % 12, month_of(first - 1) % 12), (2, 1));
        assert_eq!(day_start_us(first + 1), first);
    }

    #[test]
    fn the_last_month_fits_a_block_key() {
        assert!(month_of(LAST_US - 1) < 4096);
        assert_eq!(month_of(LAST_US), (2300 - 1970) * 12);
    }
}
