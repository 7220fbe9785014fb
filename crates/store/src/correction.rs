//! The trace that every change to something already stored leaves, for good.

use std::sync::Arc;

use domain::{DeviceFlag, Quantity};
use jiff::Timestamp;
use rusqlite::{Connection, Row, params};

use crate::{Observation, Series, SeriesId, Store, StoreError, View, time::timestamp};

/// Why stored data changed after the fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Why {
    /// The sender sent another value, or another mark.
    Revised,
    /// The sender took the value back.
    Withdrawn,
    /// Data for a sealed day came after later periods were known.
    Late,
}

impl Why {
    /// The key in the database and in JSON.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Revised => "revised",
            Self::Withdrawn => "withdrawn",
            Self::Late => "late",
        }
    }

    fn from_key(key: &str) -> Option<Self> {
        [Self::Revised, Self::Withdrawn, Self::Late].into_iter().find(|why| why.key() == key)
    }
}

/// One change to stored data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// Rises in the order of commits.
    pub id: i64,
    /// Whose data.
    pub series: Arc<Series>,
    /// Start of the first period concerned.
    pub start: Timestamp,
    /// Periods concerned; more than one only for [`Why::Late`].
    pub rows: u32,
    /// Why.
    pub why: Why,
    /// The value until then; `None` for a gap and for late data.
    pub old: Option<Quantity>,
    /// Its mark until then; `None` for late data.
    pub old_flag: Option<DeviceFlag>,
    /// The value since; `None` for a gap and for late data.
    pub new: Option<Quantity>,
    /// Its mark since; `None` for late data.
    pub new_flag: Option<DeviceFlag>,
    /// True when the month was already sealed.
    pub sealed: bool,
    /// When.
    pub at: Timestamp,
}

/// One line of the trace, before it has a number.
pub(crate) struct NewCorrection {
    pub(crate) series: SeriesId,
    pub(crate) start_us: i64,
    pub(crate) rows: usize,
    pub(crate) why: Why,
    /// The observation before and after; `None` for late data.
    pub(crate) change: Option<(Observation, Observation)>,
    pub(crate) sealed: bool,
    pub(crate) raw: i64,
}

impl NewCorrection {
    /// The trace of one replaced observation.
    pub(crate) fn of(
        series: SeriesId,
        old: Observation,
        new: Observation,
        sealed: bool,
        raw: i64,
    ) -> Self {
        let taken_back = old.value.is_some() && new.value.is_none();
        let why = if taken_back { Why::Withdrawn } else { Why::Revised };
        let change = Some((old, new));
        Self { series, start_us: old.start_us, rows: 1, why, change, sealed, raw }
    }
}

pub(crate) fn append(
    db: &Connection,
    correction: &NewCorrection,
    now: Timestamp,
) -> Result<(), StoreError> {
    let (old, new) = correction.change.map_or((None, None), |(old, new)| (Some(old), Some(new)));
    let micro = |o: Option<Observation>| o.and_then(|o| o.value).map(Quantity::millionths);
    let flag = |o: Option<Observation>| o.map(|o| o.flag.code());
    db.prepare_cached(
        "insert into correction (series, period_start_us, rows, why, old_micro, old_flag,
                                 new_micro, new_flag, sealed, raw, at_us)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?
    .execute(params![
        correction.series.get(),
        correction.start_us,
        correction.rows,
        correction.why.key(),
        micro(old),
        flag(old),
        micro(new),
        flag(new),
        correction.sealed,
        correction.raw,
        now.as_microsecond(),
    ])?;
    Ok(())
}

impl View<'_> {
    /// The `most` newest corrections at one station to periods that start in `from..to`, in the
    /// order they were made.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn corrections(
        &self,
        station: &str,
        from: Timestamp,
        to: Timestamp,
        most: u32,
    ) -> Result<Vec<Correction>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "select c.id, c.series, c.period_start_us, c.rows, c.why, c.old_micro, c.old_flag,
                    c.new_micro, c.new_flag, c.sealed, c.at_us
             from series s join correction c on c.series = s.id
             where s.station = ?1 and c.period_start_us >= ?2 and c.period_start_us < ?3
             order by c.id desc limit ?4",
        )?;
        let range = (from.as_microsecond(), to.as_microsecond());
        let mut rows = statement.query(params![station, range.0, range.1, most])?;
        let mut corrections = Vec::new();
        while let Some(row) = rows.next()? {
            corrections.push(self.correction(row)?);
        }
        corrections.reverse();
        Ok(corrections)
    }

    fn correction(&self, row: &Row<'_>) -> Result<Correction, StoreError> {
        let why: String = row.get(4)?;
        let quantity = |column| {
            row.get::<_, Option<i64>>(column).map(|micro| micro.map(Quantity::from_millionths))
        };
        let flag = |column| {
            row.get::<_, Option<u8>>(column).map(|code| code.and_then(DeviceFlag::from_code))
        };
        Ok(Correction {
            id: row.get(0)?,
            series: self.series(SeriesId::from_row(row, 1)?)?,
            start: timestamp(row.get(2)?),
            rows: row.get(3)?,
            why: Why::from_key(&why)
                .ok_or_else(|| StoreError::Damaged(format!("a correction is \"{why}\"")))?,
            old: quantity(5)?,
            old_flag: flag(6)?,
            new: quantity(7)?,
            new_flag: flag(8)?,
            sealed: row.get(9)?,
            at: timestamp(row.get(10)?),
        })
    }
}

impl Store {
    /// The `most` newest corrections at one station to periods that start in `from..to`, in the
    /// order they were made.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn corrections(
        &self,
        station: &str,
        from: Timestamp,
        to: Timestamp,
        most: u32,
    ) -> Result<Vec<Correction>, StoreError> {
        let station = station.to_owned();
        self.read(move |view| view.corrections(&station, from, to, most)).await
    }
}
