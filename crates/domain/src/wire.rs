//! Instants and days as JSON writes them.
//!
//! Read without jiff's own parser: it and its error texts would be a fifth of what a phone loads
//! before the first number, and our JSON has one form for each.

use jiff::{
    Timestamp,
    civil::{Date, DateTime},
    tz::Offset,
};
use serde::{Deserialize, Deserializer, de::Error};

/// An instant by RFC 3339: `2026-11-23T06:00:00Z`, with fractions of a second or another offset.
///
/// # Errors
///
/// The text, if it is no such instant.
pub fn instant<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
    let text = String::deserialize(deserializer)?;
    parse_instant(&text)
        .ok_or_else(|| D::Error::custom(format!("\"{text}\" is not an instant by RFC 3339")))
}

/// As [`instant`], where there may be none.
///
/// # Errors
///
/// The text, if it is no such instant.
pub fn instant_or_none<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Timestamp>, D::Error> {
    let Some(text) = Option::<String>::deserialize(deserializer)? else { return Ok(None) };
    let refusal = || D::Error::custom(format!("\"{text}\" is not an instant by RFC 3339"));
    parse_instant(&text).map(Some).ok_or_else(refusal)
}

/// A calendar day: `2026-11-23`.
///
/// # Errors
///
/// The text, if it is no such day.
pub fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    let text = String::deserialize(deserializer)?;
    parse_day(&text)
        .ok_or_else(|| D::Error::custom(format!("\"{text}\" is not a day like 2026-11-23")))
}

/// As [`day`], where there may be none.
///
/// # Errors
///
/// The text, if it is no such day.
pub fn day_or_none<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    let Some(text) = Option::<String>::deserialize(deserializer)? else { return Ok(None) };
    let refusal = || D::Error::custom(format!("\"{text}\" is not a day like 2026-11-23"));
    parse_day(&text).map(Some).ok_or_else(refusal)
}

/// A calendar day from `2026-11-23`; `None` for anything else.
///
/// ```
/// # use domain::wire::parse_day;
/// assert_eq!(parse_day("2026-02-28").map(|day| day.day()), Some(28));
/// assert_eq!(parse_day("2026-02-29"), None);
/// ```
pub fn parse_day(text: &str) -> Option<Date> {
    let [year, month, day] = parts(text, '-', &[4, 2, 2])?;
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// An instant by RFC 3339; `None` for anything else. Digits beyond the ninth of a second are cut.
///
/// ```
/// # use domain::wire::parse_instant;
/// let utc = parse_instant("2026-11-23T06:00:00Z");
/// assert_eq!(utc, parse_instant("2026-11-23T14:00:00.000+08:00"));
/// assert_eq!(parse_instant("2026-11-23 06:00"), None);
/// ```
pub fn parse_instant(text: &str) -> Option<Timestamp> {
    let (day, rest) = text.split_at_checked(10)?;
    let rest = rest.strip_prefix(['T', 't', ' '])?;
    let (clock, rest) = rest.split_at_checked(8)?;
    let [hour, minute, second] = parts(clock, ':', &[2, 2, 2])?;
    let (nanosecond, zone) = fraction(rest)?;
    let small = |number: u32| i8::try_from(number).ok();
    let at = DateTime::from_parts(
        parse_day(day)?,
        // A leap second is the last one of its minute, as everywhere in Unix time.
        jiff::civil::Time::new(small(hour)?, small(minute)?, small(second.min(59))?, nanosecond)
            .ok()?,
    );
    (second <= 60).then_some(())?;
    offset(zone)?.to_timestamp(at).ok()
}

/// Numbers of exactly these widths, parted by `between`.
fn parts<const N: usize>(text: &str, between: char, widths: &[usize; N]) -> Option<[u32; N]> {
    let mut found = [0; N];
    let mut texts = text.split(between);
    for (number, width) in found.iter_mut().zip(widths) {
        let digits = texts.next().filter(|digits| digits.len() == *width)?;
        *number =
            digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())??;
    }
    texts.next().is_none().then_some(found)
}

/// The nanoseconds of `.123…`, and what follows.
fn fraction(text: &str) -> Option<(i32, &str)> {
    let Some(rest) = text.strip_prefix('.') else { return Some((0, text)) };
    let count = rest.bytes().take_while(u8::is_ascii_digit).count();
    let digits = rest.get(..count).filter(|digits| !digits.is_empty())?;
    let padded = digits.bytes().chain(std::iter::repeat(b'0')).take(9);
    let nanosecond = padded.fold(0_i32, |sum, digit| sum * 10 + i32::from(digit - b'0'));
    Some((nanosecond, rest.get(count..)?))
}

fn offset(text: &str) -> Option<Offset> {
    if matches!(text, "Z" | "z") {
        return Some(Offset::UTC);
    }
    let sign = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let [hours, minutes] = parts(text.get(1..)?, ':', &[2, 2])?;
    let seconds = i32::try_from(hours * 3_600 + minutes * 60).ok()?;
    (minutes < 60).then(|| Offset::from_seconds(sign * seconds).ok())?
}

#[cfg(test)]
mod tests {
    use super::{parse_day, parse_instant};

    #[test]
    fn every_instant_that_jiff_writes_is_read_back() {
        for second in [0, 951_782_399, 1_763_856_000, 4_102_444_799, -1] {
            for nanosecond in [0, 1_000_000, 123_456_789] {
                let at = jiff::Timestamp::new(second, if second < 0 { 0 } else { nanosecond });
                let at = at.expect("in range");
                assert_eq!(parse_instant(&at.to_string()), Some(at), "{at}");
            }
        }
    }

    #[test]
    fn what_is_no_instant_is_refused() {
        let wrong = [
            "",
            "Z",
            "2026-11-23",
            "2026-11-23T06:00:00",
            "2026-11-23T24:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-11-23T06:00:00.Z",
            "2026-11-23T06:00:00+8",
            "2026-11-23T06:00:61Z",
            "2026-1-23T06:00:00Z",
            "２０２６-11-23T06:00:00Z",
            "2026-11-23T06:00:00+08:60",
            "+026-11-23T06:00:00Z",
        ];
        for text in wrong {
            assert_eq!(parse_instant(text), None, "{text}");
        }
    }

    #[test]
    fn a_day_has_four_two_and_two_digits() {
        assert!(parse_day("2028-02-29").is_some());
        for text in ["2026-2-3", "2026-02-30", "20260203", "2026-02-03T", "-026-02-03"] {
            assert_eq!(parse_day(text), None, "{text}");
        }
    }
}
