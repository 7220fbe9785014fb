//! Concentration limits of GB 3095 with their transitions.

use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};

use crate::{Averaging, Item, Quantity};

/// A set of limits of GB 3095 《环境空气质量标准》.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum LimitEdition {
    /// GB 3095-2012 with its 2018 amendment, until 2026-02-28.
    #[serde(rename = "gb3095-2012")]
    Gb3095_2012,
    /// GB 3095-2026, transition limits, 2026-03-01 to 2030-12-31 (4.4).
    #[serde(rename = "gb3095-2026-transition")]
    Gb3095_2026Transition,
    /// GB 3095-2026, final limits, from 2031-01-01 (4.4).
    #[serde(rename = "gb3095-2026")]
    Gb3095_2026,
}

impl LimitEdition {
    /// The limits in force on the day of the observation, Beijing time.
    pub fn on(day: Date) -> Self {
        if day < date(2026, 3, 1) {
            Self::Gb3095_2012
        } else if day < date(2031, 1, 1) {
            Self::Gb3095_2026Transition
        } else {
            Self::Gb3095_2026
        }
    }

    /// The title printed beside a limit; the same in both languages.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Gb3095_2012 => "GB 3095-2012",
            Self::Gb3095_2026Transition | Self::Gb3095_2026 => "GB 3095-2026",
        }
    }

    /// Grade I and grade II of one item and averaging; `None` where the standard sets none.
    ///
    /// Ozone's [`Averaging::EightHour`] is the daily maximum. TSP and NOₓ of 2012 were not
    /// checked against the text.
    pub fn limits(self, item: Item, averaging: Averaging) -> Option<Limits> {
        use Averaging::{Day, EightHour, Hour, Year};
        let transition = self != Self::Gb3095_2026;
        let (grade_1, grade_2) = match (item, averaging) {
            (Item::So2, Year) => (20, if transition { 60 } else { 20 }),
            (Item::So2, Day) => (50, if transition { 150 } else { 50 }),
            (Item::So2, Hour) => (150, if transition { 500 } else { 150 }),
            (Item::No2, Year) => self.pick((40, 40), (40, 40), (30, 30)),
            (Item::No2, Day) => self.pick((80, 80), (80, 80), (50, 50)),
            (Item::No2, Hour) => (200, 200),
            (Item::Co, Day) => (4, 4),
            (Item::Co, Hour) => (10, 10),
            (Item::O3, EightHour) => (100, 160),
            (Item::O3, Hour) => (160, 200),
            (Item::Pm10, Year) => self.pick((40, 70), (40, 60), (20, 50)),
            (Item::Pm10, Day) => self.pick((50, 150), (50, 120), (50, 100)),
            (Item::Pm25, Year) => self.pick((15, 35), (15, 30), (10, 25)),
            (Item::Pm25, Day) => self.pick((35, 75), (35, 60), (25, 50)),
            (Item::Tsp, Year) => (80, 200),
            (Item::Tsp, Day) => (120, 300),
            (Item::Nox, Year) => self.pick((50, 50), (50, 50), (40, 40)),
            (Item::Nox, Day) => self.pick((100, 100), (100, 100), (70, 70)),
            (Item::Nox, Hour) => (250, 250),
            _ => return None,
        };
        Some(Limits {
            grade_1: Quantity::from_integer(grade_1),
            grade_2: Quantity::from_integer(grade_2),
        })
    }

    fn pick<T>(self, of_2012: T, transition: T, last: T) -> T {
        match self {
            Self::Gb3095_2012 => of_2012,
            Self::Gb3095_2026Transition => transition,
            Self::Gb3095_2026 => last,
        }
    }
}

/// The limits of one item and averaging, in the item's unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// 一级, for nature reserves and other specially protected areas.
    pub grade_1: Quantity,
    /// 二级, for where people live and work.
    pub grade_2: Quantity,
}

/// The limits in force on `day`, see [`LimitEdition::limits`].
pub fn limits(item: Item, averaging: Averaging, day: Date) -> Option<Limits> {
    LimitEdition::on(day).limits(item, averaging)
}
