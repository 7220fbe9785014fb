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
    ) -> QcFlags {
        let last = self.recent.back().copied();
        if last.is_some_and(|(at, _)| period.start <= at) {
            let again = self.recent.contains(&(period.start, value));
            return if again { QcFlags::DUPLICATE } else { QcFlags::NONE };
        }
        if !compared {
            return QcFlags::NONE;
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
        marks
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
