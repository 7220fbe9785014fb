//! The recent past of one series, and what a new value looks like beside it.

use std::collections::VecDeque;

use domain::{Item, Period, QcFlags, Quantity};
use jiff::{SignedDuration, Timestamp};

use super::limits;

/// Values remembered: the base of the median, and how far back a duplicate is recognised.
const KEPT: usize = 12;
/// Values before which nothing can be called a spike.
const BASE: usize = 4;
/// So many like values in a row, over at least [`STUCK_FOR`], are a stuck instrument.
const STUCK_VALUES: u32 = 6;
const STUCK_FOR: SignedDuration = SignedDuration::from_hours(6);

#[derive(Debug, Default)]
pub(super) struct Series {
    /// Oldest first.
    recent: VecDeque<(Timestamp, Quantity)>,
    /// Since when the value has been what it is, and how often it came.
    unchanged: Option<(Timestamp, u32)>,
}

/// What comparing a value with its series' past came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Compared {
    pub(super) marks: QcFlags,
    /// True when the value is now part of the past.
    pub(super) joined: bool,
}

impl Compared {
    const fn aside(marks: QcFlags) -> Self {
        Self { marks, joined: false }
    }
}

impl Series {
    /// The marks of `value`; it joins the past if it is newer than that.
    ///
    /// `compared` is false for values already known to be wrong: they are recognised when sent
    /// again, but say nothing about their neighbours.
    pub(super) fn compare(
        &mut self,
        item: Item,
        period: Period,
        value: Quantity,
        compared: bool,
    ) -> Compared {
        let last = self.recent.back().copied();
        if last.is_some_and(|(at, _)| period.start <= at) {
            let again = self.recent.contains(&(period.start, value));
            return Compared::aside(if again { QcFlags::DUPLICATE } else { QcFlags::NONE });
        }
        if !compared {
            return Compared::aside(QcFlags::NONE);
        }
        let mut marks = QcFlags::NONE;
        if self.is_spike(item, value) {
            marks = marks.with(QcFlags::SPIKE);
        }
        self.unchanged = match (last, self.unchanged) {
            (Some((_, before)), Some((since, count))) if before == value => {
                Some((since, count.saturating_add(1)))
            }
            _ => Some((period.start, 1)),
        };
        if self.is_stuck(item, period, value) {
            marks = marks.with(QcFlags::STUCK);
        }
        if self.recent.len() == KEPT {
            self.recent.pop_front();
        }
        self.recent.push_back((period.start, value));
        Compared { marks, joined: true }
    }

    /// Takes back a value that joined the past.
    pub(super) fn forget(&mut self, start: Timestamp, value: Quantity) {
        let Some(place) = self.recent.iter().position(|known| *known == (start, value)) else {
            return;
        };
        self.recent.remove(place);
        let Some((_, last)) = self.recent.back().copied() else {
            self.unchanged = None;
            return;
        };
        let alike = self.recent.iter().rev().take_while(|(_, value)| *value == last);
        let (count, first) = alike.fold((0, start), |(count, _), (at, _)| (count + 1, *at));
        self.unchanged = match self.unchanged {
            // The run began before what is remembered; it is one shorter.
            Some((since, before)) if since < first && last == value => {
                Some((since, before.saturating_sub(1).max(count)))
            }
            _ => Some((first, count)),
        };
    }

    fn is_stuck(&self, item: Item, period: Period, value: Quantity) -> bool {
        limits::quiet_below(item).is_some_and(|quiet| value > quiet)
            && self.unchanged.is_some_and(|(since, count)| {
                count >= STUCK_VALUES && period.end().duration_since(since) >= STUCK_FOR
            })
    }

    /// Far from the value before and from the median of the past: more than the item's least
    /// jump, and more than six times the median distance from that median.
    fn is_spike(&self, item: Item, value: Quantity) -> bool {
        let (Some(step), Some((_, before))) = (limits::spike_step(item), self.recent.back()) else {
            return false;
        };
        if self.recent.len() < BASE || distance(value, *before) <= step {
            return false;
        }
        let values = self.recent.iter().map(|(_, value)| *value);
        let middle = median(values.clone().collect());
        let spread = median(values.map(|value| distance(value, middle)).collect());
        let far = Quantity::from_millionths(spread.millionths().saturating_mul(6)).max(step);
        distance(value, middle) > far
    }
}

fn distance(a: Quantity, b: Quantity) -> Quantity {
    Quantity::from_millionths(a.minus(b).millionths().saturating_abs())
}

/// The middle value, the upper of two; zero of none.
fn median(mut values: Vec<Quantity>) -> Quantity {
    values.sort_unstable();
    values.get(values.len() / 2).copied().unwrap_or(Quantity::ZERO)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(values: &[i32]) -> Series {
        let mut series = Series::default();
        for (value, hour) in values.iter().zip(0..) {
            add(&mut series, hour, *value);
        }
        series
    }

    fn period(hour: i64) -> Period {
        Period::hour(Timestamp::from_second(1_795_392_000 + hour * 3_600).unwrap())
    }

    fn add(series: &mut Series, hour: i64, value: i32) -> Compared {
        series.compare(Item::Pm25, period(hour), Quantity::from_integer(value), true)
    }

    fn forget(series: &mut Series, hour: i64, value: i32) {
        series.forget(period(hour).start, Quantity::from_integer(value));
    }

    #[test]
    fn a_value_taken_back_leaves_the_past_as_it_was() {
        for past in [&[][..], &[35], &[30, 35, 35], &[35, 35, 30]] {
            let (mut series, expected) = (after(past), after(past));
            let hour = i64::try_from(past.len()).unwrap();
            assert!(add(&mut series, hour, 35).joined);
            forget(&mut series, hour, 35);
            assert_eq!(series.recent, expected.recent);
            assert_eq!(series.unchanged, expected.unchanged, "after {past:?}");
        }
    }

    #[test]
    fn a_long_run_keeps_its_beginning_when_one_of_it_is_taken_back() {
        let mut series = after(&[35; 40]);
        forget(&mut series, 39, 35);
        assert_eq!(series.unchanged, Some((period(0).start, 39)));
        forget(&mut series, 3, 35);
        assert_eq!(series.unchanged, Some((period(0).start, 39)), "forgotten long ago");
    }

    #[test]
    fn failures_in_a_row_are_taken_back_in_any_order() {
        let mut series = after(&[30, 30]);
        for hour in 2..5 {
            add(&mut series, hour, 30);
        }
        for hour in [2, 4, 3] {
            forget(&mut series, hour, 30);
        }
        let expected = after(&[30, 30]);
        assert_eq!((series.recent, series.unchanged), (expected.recent, expected.unchanged));
    }
}
