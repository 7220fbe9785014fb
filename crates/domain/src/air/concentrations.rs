//! The input of an index: one place's concentrations over one hour or day.

use crate::{Item, Quantity};

/// One place's concentrations of one hour or one day; `None` is missing or invalid.
///
/// Units: µg/m³ and mg/m³ for CO; for [`IndexStandard::Epa2024`](super::IndexStandard) the
/// agency's own, ozone and CO in ppm, SO₂ and NO₂ in ppb ([`epa::from_chinese`](super::epa)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Concentrations {
    /// SO₂: the hour's mean, or the day's (US EPA: always 1 h).
    pub so2: Option<Quantity>,
    /// SO₂ over 24 h, for the two rules that fall back on it when an hour is off the table:
    /// HJ 633-2012 table 1 note 2 and US EPA note 3. `None` when not known.
    pub so2_24h: Option<Quantity>,
    /// NO₂: the hour's mean, or the day's (US EPA: always 1 h).
    pub no2: Option<Quantity>,
    /// CO: the hour's mean, or the day's (US EPA: 8 h).
    pub co: Option<Quantity>,
    /// O₃: the hour's mean, or the day's largest hourly mean.
    pub o3: Option<Quantity>,
    /// O₃: the sliding 8-hour mean, or the day's largest.
    pub o3_8h: Option<Quantity>,
    /// PM₁₀: the hour's mean, or the day's (US EPA hourly: the NowCast).
    pub pm10: Option<Quantity>,
    /// PM₂.₅: the hour's mean, or the day's (US EPA hourly: the NowCast).
    pub pm2_5: Option<Quantity>,
}

impl Concentrations {
    /// The main value of `item`: for ozone the 1-hour one; `None` for items no index knows.
    pub const fn get(&self, item: Item) -> Option<Quantity> {
        match item {
            Item::So2 => self.so2,
            Item::No2 => self.no2,
            Item::Co => self.co,
            Item::O3 => self.o3,
            Item::Pm10 => self.pm10,
            Item::Pm25 => self.pm2_5,
            _ => None,
        }
    }

    /// Sets the main value of `item`; other items are ignored.
    pub const fn set(&mut self, item: Item, value: Option<Quantity>) {
        match item {
            Item::So2 => self.so2 = value,
            Item::No2 => self.no2 = value,
            Item::Co => self.co = value,
            Item::O3 => self.o3 = value,
            Item::Pm10 => self.pm10 = value,
            Item::Pm25 => self.pm2_5 = value,
            _ => {}
        }
    }
}
