//! Reports near a place, exact places included: for officers and for what is computed from them.

use std::ops::RangeInclusive;

use jiff::Timestamp;
use rusqlite::{Connection, params, params_from_iter};

use super::{COLUMNS, Cell, Point, ReportRow};
use crate::{Store, StoreError, View, filter::Filter, time::timestamp};

/// A rectangle in millionths of a degree, edges included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounds {
    /// West to east.
    pub lon_micro: RangeInclusive<i64>,
    /// South to north.
    pub lat_micro: RangeInclusive<i64>,
}

/// Where a report that was ever published really is, beside what the public is shown of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedPlace {
    /// Id of the report.
    pub report: String,
    /// The number people use, without the dash.
    pub public_id: String,
    /// Key of the category.
    pub category: String,
    /// Whether the place may be the reporter's home.
    pub from_home: bool,
    /// When it arrived.
    pub received: Timestamp,
    /// When it was first published.
    pub released: Timestamp,
    /// The exact place; `None` if there was none, or it was removed: the cell stays then.
    pub place: Option<Point>,
    /// The cell that the public is shown.
    pub cell: Option<Cell>,
}

impl View<'_> {
    /// Reports within `bounds` that arrived since then, the latest first, at most `limit`; of
    /// one category, or of all. Duplicates are looked for among them.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn reports_near(
        &self,
        bounds: &Bounds,
        category: Option<&str>,
        since: Timestamp,
        limit: u32,
    ) -> Result<Vec<ReportRow>, StoreError> {
        let mut filter = Filter::default();
        filter.with("lat_micro >= ?", *bounds.lat_micro.start());
        filter.with("lat_micro <= ?", *bounds.lat_micro.end());
        filter.with("lon_micro >= ?", *bounds.lon_micro.start());
        filter.with("lon_micro <= ?", *bounds.lon_micro.end());
        // The plus keeps SQLite to the index by place.
        filter.with("+received_us >= ?", since.as_microsecond());
        filter.with_some("+category = ?", category.map(str::to_owned));
        let sql = format!(
            "select {COLUMNS} from report {} order by received_us desc, id desc limit {limit}",
            filter.sql()
        );
        let mut statement = self.db.prepare(&sql)?;
        let rows = statement.query_map(params_from_iter(filter.values()), ReportRow::from_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Every report that was ever published, also one that is hidden by now, with its exact place
    /// and the cell it is shown in, by id: what cells are computed from.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn published_places(&self) -> Result<Vec<PublishedPlace>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "select id, public_id, category, from_home, received_us, released_us, lon_micro,
                    lat_micro, public_level_m, public_x, public_y
             from report join
                 (select report, min(at_us) as released_us from report_event
                  where kind = 'published' group by report) as release on release.report = id
             order by id",
        )?;
        let rows = statement.query_map([], |row| {
            let east: Option<i64> = row.get("lon_micro")?;
            let north: Option<i64> = row.get("lat_micro")?;
            Ok(PublishedPlace {
                report: row.get("id")?,
                public_id: row.get("public_id")?,
                category: row.get("category")?,
                from_home: row.get("from_home")?,
                received: timestamp(row.get("received_us")?),
                released: timestamp(row.get("released_us")?),
                place: east.zip(north).map(|(lon_micro, lat_micro)| Point { lon_micro, lat_micro }),
                cell: Cell::from_row(row)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Store {
    /// Reports within `bounds` that arrived since then, the latest first, at most `limit`; of
    /// one category, or of all. For officers: they carry exact places.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn reports_near(
        &self,
        bounds: Bounds,
        category: Option<String>,
        since: Timestamp,
        limit: u32,
    ) -> Result<Vec<ReportRow>, StoreError> {
        self.read(move |view| view.reports_near(&bounds, category.as_deref(), since, limit)).await
    }

    /// Computes the cells of published reports anew: `decide` is given all that ever were and
    /// answers the ids whose cell changes, with the new one. Answers how many changed.
    ///
    /// # Errors
    ///
    /// When the database cannot be written; then nothing changed.
    pub async fn settle_cells<F>(&self, decide: F) -> Result<usize, StoreError>
    where
        F: FnOnce(Vec<PublishedPlace>) -> Vec<(String, Option<Cell>)> + Send + 'static,
    {
        self.write(100, move |side| {
            let view = View { db: &side.db, catalogue: &side.known.catalogue };
            set_cells(&side.db, &decide(view.published_places()?))
        })
        .await
    }
}

fn set_cells(db: &Connection, cells: &[(String, Option<Cell>)]) -> Result<usize, StoreError> {
    let mut statement = db.prepare_cached(
        "update report set public_level_m = ?2, public_x = ?3, public_y = ?4
         where id = ?1 and publication = 'published'",
    )?;
    let mut changed = 0;
    for (report, cell) in cells {
        changed += statement.execute(params![
            report,
            cell.map(|cell| cell.level_m),
            cell.map(|cell| cell.x),
            cell.map(|cell| cell.y)
        ])?;
    }
    Ok(changed)
}
