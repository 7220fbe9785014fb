//! Photos of an issue, before, during and after the work.

use domain::rectification::Phase;
use rusqlite::{Connection, params};

use super::ItemPhoto;
use crate::{Photo, PhotoState, Store, StoreError, View, words::word};

/// A photo of an issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhotoOfItem {
    /// The photo, with what was decided about it.
    pub photo: Photo,
    /// Before, during or after the work.
    pub phase: Phase,
    /// What it shows.
    pub note: String,
    /// The number of the event it came with.
    pub seq: u32,
    /// It belongs to a report, with which it is published and taken down.
    pub of_report: bool,
    /// The public sees it: it was shown here, or its report is published with it.
    pub public: bool,
}

pub(super) fn link(
    db: &Connection,
    item: &str,
    seq: u32,
    photos: &[ItemPhoto],
) -> Result<(), StoreError> {
    for new in photos {
        let known: bool = db
            .prepare_cached(
                "select exists (select 1 from photo where sha256 = ?1 and state <> 'deleted')",
            )?
            .query_row([new.sha256], |row| row.get(0))?;
        if !known {
            let name = domain::canonical::hex(&new.sha256);
            return Err(StoreError::NoSuch { what: "photo", name });
        }
        db.prepare_cached(
            "insert into rectification_photo (item, photo, seq, phase, note)
             values (?1, ?2, ?3, ?4, ?5)
             on conflict (item, photo) do update set phase = excluded.phase, note = excluded.note",
        )?
        .execute(params![item, new.sha256, seq, new.phase.key(), new.note])?;
    }
    Ok(())
}

impl View<'_> {
    /// The responsible units of the issues that the photo belongs to; `None` of one that nobody answers for yet.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn units_of_photo(&self, sha256: [u8; 32]) -> Result<Vec<Option<String>>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "select unit from rectification_photo join rectification_item on number = item
             where photo = ?1",
        )?;
        Ok(statement.query_map([sha256], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }

    /// The photos of the issue, in the order they came.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn photos_of_item(&self, item: &str) -> Result<Vec<PhotoOfItem>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "select photo.*, rectification_photo.seq, phase, note,
                 exists (select 1 from report_photo r where r.photo = sha256) as of_report,
                 exists (select 1 from published_photo p where p.public_name = photo.public_name)
                     as with_report
             from rectification_photo
             join photo on photo.sha256 = rectification_photo.photo
             where item = ?1 order by rectification_photo.seq, photo.received_us",
        )?;
        let rows = statement.query_map([item], |row| {
            let photo = Photo::from_row(row)?;
            let of_report: bool = row.get("of_report")?;
            let published = photo.state == PhotoState::Published && photo.public_name.is_some();
            Ok(PhotoOfItem {
                public: published && (!of_report || row.get("with_report")?),
                of_report,
                photo,
                phase: word(row, "phase", Phase::from_key)?,
                note: row.get("note")?,
                seq: row.get("seq")?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Store {
    /// The photos of the issue, in the order they came.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn photos_of_item(&self, item: &str) -> Result<Vec<PhotoOfItem>, StoreError> {
        let item = item.to_owned();
        self.read(move |view| view.photos_of_item(&item)).await
    }
}
