//! Working days 工作日 in China: the weekends, the public holidays, and the days of rest and of work
//! that are exchanged for them (调休).
//!
//! The General Office of the State Council announces each year's exchanges late in the year before.
//! A year that is not announced counts by weekends alone, and says so: see
//! [`WorkCalendar::is_announced`].

mod announced;

use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};
use serde::{Deserialize, Serialize};

/// One year's announcement, as data: which days differ from the plain week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holidays {
    /// The year announced.
    pub year: i16,
    /// The document and its date.
    pub source: String,
    /// Days off, weekends within a holiday included.
    pub off: Vec<Rest>,
    /// Saturdays and Sundays that are worked in exchange.
    pub worked: Vec<Date>,
}

/// One holiday.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rest {
    /// The name of the holiday, in Chinese as announced.
    pub name: String,
    /// The first day off.
    pub from: Date,
    /// The last day off.
    pub to: Date,
}

/// Which days are worked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkCalendar {
    years: Vec<Holidays>,
}

/// The announced years that this version knows.
impl Default for WorkCalendar {
    fn default() -> Self {
        Self { years: announced::years() }
    }
}

impl WorkCalendar {
    /// A calendar of these announcements alone.
    pub const fn new(years: Vec<Holidays>) -> Self {
        Self { years }
    }

    /// The same with another year's announcement, which replaces what was known of that year.
    #[must_use]
    pub fn with(mut self, holidays: Holidays) -> Self {
        self.years.retain(|known| known.year != holidays.year);
        self.years.push(holidays);
        self
    }

    /// The announcements in the calendar.
    pub fn years(&self) -> &[Holidays] {
        &self.years
    }

    /// Whether the holidays of the year of `day` are announced; else only weekends are known.
    pub fn is_announced(&self, day: Date) -> bool {
        self.year(day).is_some()
    }

    /// The last day before the first year that is not announced, counted from the earliest announced;
    /// `None` of an empty calendar.
    pub fn known_until(&self) -> Option<Date> {
        let mut last = self.years.iter().map(|known| known.year).min()?;
        while self.years.iter().any(|known| known.year == last + 1) {
            last += 1;
        }
        Some(jiff::civil::date(last, 12, 31))
    }

    /// The holiday that `day` belongs to, by its announced name.
    pub fn holiday(&self, day: Date) -> Option<&str> {
        let off = &self.year(day)?.off;
        off.iter().find(|rest| rest.from <= day && day <= rest.to).map(|rest| rest.name.as_str())
    }

    /// Whether `day` is worked.
    pub fn is_working_day(&self, day: Date) -> bool {
        if self.year(day).is_some_and(|known| known.worked.contains(&day)) {
            return true;
        }
        let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        !weekend && self.holiday(day).is_none()
    }

    /// The `count`th working day after `day`, which itself does not count (民法典 art. 201). For 0,
    /// `day` as it is. Stops at the end of the calendar.
    pub fn add_working_days(&self, day: Date, count: u32) -> Date {
        let mut left = count;
        let mut day = day;
        while left > 0 && day < Date::MAX {
            day = day.saturating_add(1.day());
            left -= u32::from(self.is_working_day(day));
        }
        day
    }

    /// How many working days lie after `from`, up to and including `to`; negative when `to` is
    /// earlier, zero for the same day.
    pub fn working_days_between(&self, from: Date, to: Date) -> i32 {
        if to < from {
            return -self.working_days_between(to, from);
        }
        let mut count = 0;
        let mut day = from;
        while day < to {
            day = day.saturating_add(1.day());
            count += i32::from(self.is_working_day(day));
        }
        count
    }

    fn year(&self, day: Date) -> Option<&Holidays> {
        self.years.iter().find(|known| known.year == day.year())
    }
}
