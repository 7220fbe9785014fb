//! Times as they stand on the wire: digits, Beijing time, no zone.

use std::fmt;

/// A local time of the field device, UTC+8 by the standard (6.3.3). Always a date that exists; the year is
/// 0–9999, the second 0–59.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalTime {
    /// Year, 0–9999.
    pub year: u16,
    /// Month, 1–12.
    pub month: u8,
    /// Day of the month, from 1.
    pub day: u8,
    /// Hour, 0–23.
    pub hour: u8,
    /// Minute, 0–59.
    pub minute: u8,
    /// Second, 0–59.
    pub second: u8,
}

impl LocalTime {
    /// Reads `YYYYMMDDhhmmss`, or the first 14 of the 17 digits of a time with milliseconds.
    ///
    /// `None` for any other length, for anything but digits, and for a day or hour that does not exist.
    ///
    /// ```
    /// # use hj212::LocalTime;
    /// let time = LocalTime::parse("20261123140000").ok_or("no such time")?;
    /// assert_eq!((time.month, time.day, time.hour), (11, 23, 14));
    /// assert_eq!(LocalTime::parse("20260229000000"), None);
    /// # Ok::<(), &str>(())
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        if !matches!(text.len(), 14 | 17) || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let two = |from: usize| text[from..from + 2].parse::<u8>().ok();
        let time = Self {
            year: text[..4].parse().ok()?,
            month: two(4)?,
            day: two(6)?,
            hour: two(8)?,
            minute: two(10)?,
            second: two(12)?,
        };
        time.exists().then_some(time)
    }

    fn exists(self) -> bool {
        (1..=days_in_month(self.year, self.month)).contains(&self.day)
            && self.hour < 24
            && self.minute < 60
            && self.second < 60
    }

    fn next_second(mut self) -> Self {
        self.second += 1;
        if self.second == 60 {
            (self.second, self.minute) = (0, self.minute + 1);
        }
        if self.minute == 60 {
            (self.minute, self.hour) = (0, self.hour + 1);
        }
        if self.hour == 24 {
            (self.hour, self.day) = (0, self.day + 1);
        }
        if self.day > days_in_month(self.year, self.month) {
            (self.day, self.month) = (1, self.month + 1);
        }
        if self.month == 13 {
            (self.month, self.year) = (1, self.year + 1);
        }
        self
    }
}

/// Prints the 14 digits of the wire.
impl fmt::Display for LocalTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { year, month, day, hour, minute, second } = self;
        write!(f, "{year:04}{month:02}{day:02}{hour:02}{minute:02}{second:02}")
    }
}

/// Days of `month`, 0 if there is no such month.
fn days_in_month(year: u16, month: u8) -> u8 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    }
}

/// The QN one millisecond later, `None` if `qn` is not the 17 digits of an existing time.
pub(crate) fn next_qn(qn: &str) -> Option<String> {
    let time = LocalTime::parse(qn)?;
    match qn.get(14..17)?.parse::<u16>().ok()? {
        999 => Some(format!("{}000", time.next_second())),
        millisecond => Some(format!("{time}{:03}", millisecond + 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::next_qn;
    use rstest::rstest;

    #[rstest]
    #[case::plain("20160801085857534", Some("20160801085857535"))]
    #[case::new_second("20160801085857999", Some("20160801085858000"))]
    #[case::new_year("20261231235959999", Some("20270101000000000"))]
    #[case::leap_day("20240228235959999", Some("20240229000000000"))]
    #[case::without_milliseconds("20160801085857", None)]
    fn each_part_of_a_split_report_has_the_next_qn(
        #[case] qn: &str,
        #[case] expected: Option<&str>,
    ) {
        assert_eq!(next_qn(qn).as_deref(), expected);
    }
}
