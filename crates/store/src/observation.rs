//! Reading observations back: hot rows and sealed months as one sequence.

use std::sync::Arc;

use domain::{Averaging, DeviceFlag, Item, Period, QcFlags, Quantity};
use jiff::Timestamp;
use rusqlite::{Row, params};

use crate::{
    RawFrame, Series, SeriesId, Store, StoreError, View, block,
    sealed::{self, block_id},
    time::{month_of, timestamp},
};

/// One value as it is stored now. Its item, averaging, source and provenance are its series'.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Observation {
    /// First instant of the period, Unix microseconds UTC.
    pub start_us: i64,
    /// In the item's unit; `None` is a gap whose reason is `flag`.
    pub value: Option<Quantity>,
    /// Length of the period in seconds; 0 for an instant.
    pub length_s: u32,
    /// How often a later delivery replaced the value.
    pub revision: u32,
    /// What the instrument said, or [`DeviceFlag::Withdrawn`].
    pub flag: DeviceFlag,
    /// What our checks found.
    pub quality: QcFlags,
}

impl Observation {
    /// When it was measured.
    pub fn period(&self) -> Period {
        Period { start: timestamp(self.start_us), length_s: self.length_s }
    }

    /// Columns in the order of [`COLUMNS`], from `first` on.
    pub(crate) fn from_row(row: &Row<'_>, first: usize) -> rusqlite::Result<Self> {
        Ok(Self {
            start_us: row.get(first)?,
            length_s: row.get(first + 1)?,
            value: row.get::<_, Option<i64>>(first + 2)?.map(Quantity::from_millionths),
            flag: DeviceFlag::from_code(row.get(first + 3)?).unwrap_or(DeviceFlag::Unknown),
            quality: QcFlags::from_bits(row.get(first + 4)?),
            revision: row.get(first + 5)?,
        })
    }
}

/// The columns of an [`Observation`].
pub(crate) const COLUMNS: &str =
    "period_start_us, length_s, value_micro, device_flag, qc, revision";

/// Observations of one series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfSeries {
    /// Whose.
    pub series: Arc<Series>,
    /// Oldest first.
    pub observations: Vec<Observation>,
}

/// Where one observation came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Traced {
    /// The observation as it is now.
    pub observation: Observation,
    /// The frame that brought it, while frames are kept.
    pub frame: Option<RawFrame>,
}

/// The most observations one answer holds: a year of minutes, or 68 years of hours.
const MOST: usize = 600_000;

/// Seconds per step of the hot table: the usual distance of two starts, so that a step holds
/// about one row per series; five minutes where instruments differ.
pub(crate) const fn bucket_s(averaging: Averaging) -> i64 {
    match averaging {
        Averaging::Instant | Averaging::Minute => 300,
        Averaging::Hour | Averaging::EightHour => 3_600,
        Averaging::Day | Averaging::Month | Averaging::Year => 86_400,
    }
}

/// Every width that [`bucket_s`] yields.
pub(crate) const BUCKETS_S: [i64; 3] = [300, 3_600, 86_400];

impl View<'_> {
    /// Observations of one series that start in `from..to`, oldest first. A period without an
    /// observation is absent; a gap that was reported is present without a value.
    ///
    /// # Errors
    ///
    /// [`StoreError::TooMuch`] beyond 600,000 observations.
    pub fn observations(
        &self,
        series: SeriesId,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<Observation>, StoreError> {
        let (from_us, to_us) = (from.as_microsecond().max(0), to.as_microsecond());
        let sealed_us = sealed::sealed_until(self.db)?.unwrap_or(i64::MIN);
        let mut out = Vec::new();
        if from_us < to_us.min(sealed_us) {
            self.sealed(series, from_us, to_us.min(sealed_us), &mut out)?;
        }
        if from_us.max(sealed_us) < to_us {
            self.hot(series, from_us.max(sealed_us), to_us, &mut out)?;
        }
        Ok(out)
    }

    fn sealed(
        &self,
        series: SeriesId,
        from_us: i64,
        to_us: i64,
        out: &mut Vec<Observation>,
    ) -> Result<(), StoreError> {
        let months = [block_id(series, month_of(from_us)), block_id(series, month_of(to_us - 1))];
        let mut statement = self.db.prepare_cached(
            "select id, packed from block where id between ?1 and ?2 order by id",
        )?;
        let mut rows = statement.query(months)?;
        while let Some(row) = rows.next()? {
            let packed = row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?;
            block::decode_range(packed, from_us, to_us, out)
                .map_err(sealed::damaged(row.get(0)?))?;
            // Counted now: of a crowded month only what lies in the range is answered.
            if out.len() > MOST {
                return Err(StoreError::TooMuch { most: MOST });
            }
        }
        Ok(())
    }

    fn hot(
        &self,
        series: SeriesId,
        from_us: i64,
        to_us: i64,
        out: &mut Vec<Observation>,
    ) -> Result<(), StoreError> {
        let bucket_s = bucket_s(self.series(series)?.averaging);
        // No row lies outside the first and last step, however far the question reaches.
        let mut ends = self.db.prepare_cached(
            "select (select min(bucket) from observation where bucket_s = ?1),
                    (select max(bucket) from observation where bucket_s = ?1)",
        )?;
        let (first, last): (Option<i64>, Option<i64>) =
            ends.query_row([bucket_s], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let (Some(first), Some(last)) = (first, last) else { return Ok(()) };
        let first = first.max(from_us / (bucket_s * 1_000_000));
        let last = last.min((to_us - 1) / (bucket_s * 1_000_000));
        let mut statement = self.db.prepare_cached(
            "with recursive step (bucket) as
                 (select ?3 where ?3 <= ?4 union all select bucket + 1 from step where bucket < ?4)
             select o.period_start_us, o.length_s, o.value_micro, o.device_flag, o.qc, o.revision
             from step cross join observation o
                 on o.bucket_s = ?1 and o.bucket = step.bucket and o.series = ?2
             where o.period_start_us >= ?5 and o.period_start_us < ?6",
        )?;
        let mut rows =
            statement.query(params![bucket_s, series.get(), first, last, from_us, to_us])?;
        while let Some(row) = rows.next()? {
            if out.len() >= MOST {
                return Err(StoreError::TooMuch { most: MOST });
            }
            out.push(Observation::from_row(row, 0)?);
        }
        Ok(())
    }

    /// A station's observations under one averaging that start in `from..to`: one entry for each
    /// series of `items` (of every item if empty), so that two senders are never mixed.
    ///
    /// # Errors
    ///
    /// [`StoreError::TooMuch`] when one series alone is beyond the limit.
    pub fn observed(
        &self,
        station: &str,
        averaging: Averaging,
        items: &[Item],
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<OfSeries>, StoreError> {
        self.series_list(station)?
            .into_iter()
            .filter(|series| series.averaging == averaging)
            .filter(|series| items.is_empty() || items.contains(&series.item))
            .map(|series| {
                let observations = self.observations(series.id, from, to)?;
                Ok(OfSeries { series, observations })
            })
            .collect()
    }

    /// One observation and the frame that brought it; `None` if there is none.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn traced(&self, series: SeriesId, start: Timestamp) -> Result<Option<Traced>, StoreError> {
        let Some((observation, raw)) = sealed::one(self, series, start.as_microsecond())? else {
            return Ok(None);
        };
        Ok(Some(Traced { observation, frame: self.raw_frame(raw)? }))
    }
}

impl Store {
    /// Observations of one series that start in `from..to`, oldest first. A period without an
    /// observation is absent; a gap that was reported is present without a value.
    ///
    /// # Errors
    ///
    /// [`StoreError::TooMuch`] beyond 600,000 observations.
    pub async fn observations(
        &self,
        series: SeriesId,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<Observation>, StoreError> {
        self.read(move |view| view.observations(series, from, to)).await
    }

    /// A station's observations under one averaging that start in `from..to`: one entry for each
    /// series of `items` (of every item if empty), so that two senders are never mixed.
    ///
    /// # Errors
    ///
    /// [`StoreError::TooMuch`] when one series alone is beyond the limit.
    pub async fn observed(
        &self,
        station: &str,
        averaging: Averaging,
        items: &[Item],
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<OfSeries>, StoreError> {
        let (station, items) = (station.to_owned(), items.to_vec());
        self.read(move |view| view.observed(&station, averaging, &items, from, to)).await
    }

    /// A station's hourly means of one item that start in `from..to`, one entry per sender.
    ///
    /// # Errors
    ///
    /// [`StoreError::TooMuch`] when one series alone is beyond the limit.
    pub async fn hourly(
        &self,
        station: &str,
        item: Item,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<OfSeries>, StoreError> {
        self.observed(station, Averaging::Hour, &[item], from, to).await
    }

    /// One observation and the frame that brought it; `None` if there is none.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn traced(
        &self,
        series: SeriesId,
        start: Timestamp,
    ) -> Result<Option<Traced>, StoreError> {
        self.read(move |view| view.traced(series, start)).await
    }
}
