//! Times without a year.

use domain::period::BEIJING;
use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, DateTime, Time},
};

/// How far the publisher's clock may be ahead of ours.
const AHEAD: SignedDuration = SignedDuration::from_hours(2);
/// Back to the last leap day but one, in case one was missed.
const YEARS: i16 = 8;

/// `MM-dd HH:mm` in Beijing time, in the latest year that does not put it more than two hours
/// after `fetched`.
///
/// Stopped stations keep old dates for months, and in January last December's readings are
/// there. 02-29 exists only in leap years. `None` if the text is no such time.
///
/// ```
/// # use ingest::surface_water::with_year;
/// let fetched = "2020-05-08T17:00:00+08:00".parse()?;
/// assert_eq!(with_year("05-08 15:00", fetched), Some("2020-05-08T15:00:00+08:00".parse()?));
/// assert_eq!(with_year("09-09 09:00", fetched), Some("2019-09-09T09:00:00+08:00".parse()?));
/// # Ok::<(), jiff::Error>(())
/// ```
pub fn with_year(text: &str, fetched: Timestamp) -> Option<Timestamp> {
    let (day, time) = text.trim().split_once(' ')?;
    let (month, day) = day.split_once('-')?;
    let (hour, minute) = time.trim().split_once(':')?;
    let [month, day, hour, minute] = [month, day, hour, minute].map(two_digits);
    let time = Time::new(hour?, minute?, 0, 0).ok()?;
    let latest = fetched.checked_add(AHEAD).unwrap_or(Timestamp::MAX);
    let this_year = BEIJING.to_datetime(latest).year();
    (this_year.saturating_sub(YEARS)..=this_year).rev().find_map(|year| {
        let date = Date::new(year, month?, day?).ok()?;
        let at = BEIJING.to_timestamp(DateTime::from_parts(date, time)).ok()?;
        (at <= latest).then_some(at)
    })
}

fn two_digits(text: &str) -> Option<i8> {
    let digits = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}
