//! From hourly means to what a ruler looks at, for one hour or one day.

use super::{Concentrations, IndexStandard, epa, means};
use crate::{Item, Quantity};

/// The pollutants that have one main value under every ruler but US EPA.
const MAIN: [Item; 6] = [Item::Pm25, Item::Pm10, Item::O3, Item::No2, Item::So2, Item::Co];

fn last(hours: &[Option<Quantity>], count: usize) -> &[Option<Quantity>] {
    &hours[hours.len().saturating_sub(count)..]
}

impl Concentrations {
    /// What `standard` looks at for one hour, in Chinese units.
    ///
    /// `hours` gives an item's hourly means up to and including that hour: oldest first, one per
    /// hour, `None` a gap. 24 are enough. What needs hours that are not there is missing: from the
    /// hour alone US EPA has neither PM (NowCast) nor CO (8 h).
    pub fn of_hour<'a>(
        standard: IndexStandard,
        hours: impl Fn(Item) -> &'a [Option<Quantity>],
    ) -> Self {
        let mut found = Self::default();
        for item in MAIN {
            found.set(item, hours(item).last().copied().flatten());
        }
        let eight = |item| means::sliding_8h(last(hours(item), 8)).pop().and_then(Result::ok);
        found.o3_8h = eight(Item::O3);
        if standard == IndexStandard::Epa2024 {
            found.co = eight(Item::Co);
            found.pm2_5 = epa::nowcast(hours(Item::Pm25)).ok();
            found.pm10 = epa::nowcast(hours(Item::Pm10)).ok();
        }
        if matches!(standard, IndexStandard::Epa2024 | IndexStandard::Hj633_2012) {
            found.so2_24h = means::daily_mean(last(hours(Item::So2), 24)).ok();
        }
        found
    }

    /// What `standard` looks at for a natural day, in Chinese units; `day` gives an item's 24 hourly
    /// means, 00:00–01:00 Beijing time first.
    pub fn of_day<'a>(
        standard: IndexStandard,
        day: impl Fn(Item) -> &'a [Option<Quantity>],
    ) -> Self {
        let mut found = Self::default();
        for item in [Item::Pm25, Item::Pm10, Item::No2, Item::So2, Item::Co] {
            found.set(item, means::daily_mean(day(item)).ok());
        }
        found.o3 = means::daily_max_1h(day(Item::O3)).ok();
        found.o3_8h = means::daily_max_8h(day(Item::O3)).ok();
        if standard == IndexStandard::Epa2024 {
            found.so2_24h = found.so2;
            found.so2 = means::daily_max_1h(day(Item::So2)).ok();
            found.no2 = means::daily_max_1h(day(Item::No2)).ok();
            found.co = means::sliding_8h(day(Item::Co)).into_iter().skip(7).flatten().max();
        }
        found
    }
}
