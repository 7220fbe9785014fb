//! Photos: what is known of the pictures in the object store.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::{
    NewAudit, NewJob, Sender, Store, StoreError, View, audit, job, time::timestamp, words::words,
};

/// The kind of job that takes a picture out of the object store; its body is `{"name": …}`.
/// Written with the change that gives the picture up; whoever does it asks
/// [`Store::needs_picture`] first, for the same picture may have come back.
pub const PHOTO_GONE: &str = "photo_gone";

words! {
    /// What was decided about a photo.
    pub enum PhotoState {
        /// Nothing yet: officers only.
        Pending = "pending",
        /// Its redacted copy may be seen by anybody, with a published report.
        Published = "published",
        /// Officers only.
        Hidden = "hidden",
        /// Not to be kept.
        Refused = "refused",
        /// The picture is gone.
        Deleted = "deleted",
    }
}

/// A picture that has just been cleaned and stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPhoto {
    /// Of the bytes the phone sent.
    pub sha256: [u8; 32],
    /// Its name in the object store.
    pub name: String,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// Bytes of the cleaned picture.
    pub bytes: u64,
    /// Perceptual hash.
    pub look: u64,
    /// When it arrived.
    pub received: Timestamp,
}

/// A photo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photo {
    /// Of the bytes the phone sent.
    pub sha256: [u8; 32],
    /// Its name in the object store; `None` once deleted.
    pub name: Option<String>,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// Bytes of the cleaned picture.
    pub bytes: u64,
    /// Perceptual hash.
    pub look: u64,
    /// What was decided about it.
    pub state: PhotoState,
    /// Boxes that officers drew, as JSON.
    pub redactions: String,
    /// Name of the copy with the boxes burnt in; while published.
    pub public_name: Option<String>,
    /// When it arrived.
    pub received: Timestamp,
}

/// A photo that is to belong to a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewReportPhoto {
    /// Of the bytes the phone sent.
    pub sha256: [u8; 32],
    /// Who sent it.
    pub sender: Sender,
    /// Number of the message it came with; `None`: the report itself.
    pub message: Option<u32>,
}

impl NewReportPhoto {
    pub(crate) fn of_reporter(sha256: &[u8; 32]) -> Self {
        Self { sha256: *sha256, sender: Sender::Reporter, message: None }
    }
}

/// A photo of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportPhoto {
    /// The photo.
    pub photo: Photo,
    /// Who sent it.
    pub sender: Sender,
    /// Number of the message it came with; `None`: the report itself.
    pub message: Option<u32>,
}

/// A decision about a photo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhotoEdit {
    /// Which.
    pub sha256: [u8; 32],
    /// What was decided; not [`PhotoState::Deleted`].
    pub state: PhotoState,
    /// The boxes, as JSON; `None`: as they were.
    pub redactions: Option<String>,
    /// Name of the copy with the boxes burnt in; with [`PhotoState::Published`] alone.
    pub public_name: Option<String>,
}

impl Photo {
    pub(crate) fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            sha256: row.get("sha256")?,
            name: row.get("name")?,
            width: row.get("width")?,
            height: row.get("height")?,
            bytes: row.get("bytes")?,
            look: row.get::<_, i64>("look")?.cast_unsigned(),
            state: row.get("state")?,
            redactions: row.get("redactions")?,
            public_name: row.get("public_name")?,
            received: timestamp(row.get("received_us")?),
        })
    }
}

/// Those of `photos` whose picture is not here.
pub(crate) fn missing(db: &Connection, photos: &[[u8; 32]]) -> Result<Vec<[u8; 32]>, StoreError> {
    let mut statement = db.prepare_cached(
        "select not exists (select 1 from photo where sha256 = ?1 and name is not null)",
    )?;
    those(photos, |sha256| statement.query_row([sha256], |row| row.get(0)))
}

fn those(
    photos: &[[u8; 32]],
    mut chosen: impl FnMut(&[u8; 32]) -> rusqlite::Result<bool>,
) -> Result<Vec<[u8; 32]>, StoreError> {
    let mut found = Vec::new();
    for sha256 in photos {
        if chosen(sha256)? {
            found.push(*sha256);
        }
    }
    Ok(found)
}

/// Those of `photos` that are evidence of an issue and not of this report. Their digests stand in the published ledger:
/// naming one must neither show the picture nor take it from its issue.
pub(crate) fn of_issues(
    db: &Connection,
    report: &str,
    photos: &[[u8; 32]],
) -> Result<Vec<[u8; 32]>, StoreError> {
    let mut statement = db.prepare_cached(
        "select exists (select 1 from rectification_photo where photo = ?1)
             and not exists (select 1 from report_photo where photo = ?1 and report = ?2)",
    )?;
    those(photos, |sha256| statement.query_row(params![sha256, report], |row| row.get(0)))
}

/// Makes photos belong to a report, after those it has; once more changes nothing.
pub(crate) fn link(
    db: &Connection,
    report: &str,
    photos: &[NewReportPhoto],
    at: Timestamp,
) -> Result<(), StoreError> {
    let all: Vec<_> = photos.iter().map(|photo| photo.sha256).collect();
    let not_to_be_had = [missing(db, &all)?, of_issues(db, report, &all)?].concat();
    if let Some(photo) = not_to_be_had.first() {
        return Err(unknown(photo));
    }
    let mut statement = db.prepare_cached(
        "insert into report_photo (report, photo, position, message, sender, at_us)
         values (?1, ?2, (select 1 + coalesce(max(position), -1) from report_photo
                          where report = ?1), ?3, ?4, ?5)
         on conflict do nothing",
    )?;
    for photo in photos {
        let at_us = at.as_microsecond();
        statement.execute(params![report, photo.sha256, photo.message, photo.sender, at_us])?;
    }
    Ok(())
}

fn unknown(sha256: &[u8; 32]) -> StoreError {
    let name = sha256.iter().map(|byte| format!("{byte:02x}")).collect();
    StoreError::NoSuch { what: "photo", name }
}

/// Carries out decisions; a public copy that is replaced or withdrawn leaves the object store.
pub(crate) fn edit(db: &Connection, edits: &[PhotoEdit], at: Timestamp) -> Result<(), StoreError> {
    for edit in edits {
        let before: Option<String> = db
            .prepare_cached("select public_name from photo where sha256 = ?1 and name is not null")?
            .query_row([edit.sha256], |row| row.get(0))
            .optional()?
            .ok_or_else(|| unknown(&edit.sha256))?;
        db.prepare_cached(
            "update photo set state = ?2, redactions = coalesce(?3, redactions), public_name = ?4,
                 changed_us = ?5 where sha256 = ?1",
        )?
        .execute(params![
            edit.sha256,
            edit.state,
            edit.redactions,
            edit.public_name,
            at.as_microsecond()
        ])?;
        if let Some(name) = before.filter(|name| edit.public_name.as_ref() != Some(name)) {
            give_up(db, &name, at)?;
        }
    }
    Ok(())
}

/// Has a picture taken out of the object store unless a photo still needs it.
pub(crate) fn give_up(db: &Connection, name: &str, at: Timestamp) -> Result<(), StoreError> {
    if needs(db, name)? {
        return Ok(());
    }
    let body = serde_json::json!({ "name": name }).to_string();
    job::enqueue(db, &[NewJob { kind: PHOTO_GONE.to_owned(), body, key: None, run: at }])
}

fn needs(db: &Connection, name: &str) -> Result<bool, StoreError> {
    let mut statement = db.prepare_cached(
        "select exists (select 1 from photo where name = ?1)
             or exists (select 1 from photo where public_name = ?1)",
    )?;
    Ok(statement.query_row([name], |row| row.get(0))?)
}

impl View<'_> {
    /// The photo whose bytes, as the phone sent them, have that SHA-256.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn photo(&self, sha256: [u8; 32]) -> Result<Option<Photo>, StoreError> {
        let mut statement = self.db.prepare_cached("select * from photo where sha256 = ?1")?;
        Ok(statement.query_row([sha256], Photo::from_row).optional()?)
    }

    /// Public numbers of the reports that the photo belongs to.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn reports_of_photo(&self, sha256: [u8; 32]) -> Result<Vec<String>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "select public_id from report_photo join report on id = report where photo = ?1",
        )?;
        Ok(statement.query_map([sha256], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }

    /// The photos of a report, in order; deleted ones among them.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn report_photos(&self, report: &str) -> Result<Vec<ReportPhoto>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "select photo.*, sender, message from report_photo
             join photo on photo.sha256 = report_photo.photo where report = ?1 order by position",
        )?;
        let rows = statement.query_map([report], |row| {
            Ok(ReportPhoto {
                photo: Photo::from_row(row)?,
                sender: row.get("sender")?,
                message: row.get("message")?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Store {
    /// Enters a picture that is durably in the object store. If the same bytes were sent before
    /// the first picture stays, and this one leaves the object store; answers the photo.
    ///
    /// # Errors
    ///
    /// When the database cannot be written.
    pub async fn add_photo(&self, photo: NewPhoto) -> Result<Photo, StoreError> {
        self.write(1, move |side| add(&side.db, &photo)).await
    }

    /// The photo whose bytes, as the phone sent them, have that SHA-256.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn photo(&self, sha256: [u8; 32]) -> Result<Option<Photo>, StoreError> {
        self.read(move |view| view.photo(sha256)).await
    }

    /// The photos of a report, in order; deleted ones among them.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn report_photos(&self, report: &str) -> Result<Vec<ReportPhoto>, StoreError> {
        let report = report.to_owned();
        self.read(move |view| view.report_photos(&report)).await
    }

    /// Carries out a decision about a photo and writes down who made it.
    ///
    /// # Errors
    ///
    /// [`StoreError::NoSuch`] if its picture is not here.
    pub async fn edit_photo(
        &self,
        edit_wanted: PhotoEdit,
        entry: NewAudit,
    ) -> Result<(), StoreError> {
        self.write(1, move |side| {
            edit(&side.db, &[edit_wanted], entry.at)?;
            audit::append(&side.db, &[entry])
        })
        .await
    }

    /// Whether a photo has the picture of that name, cleaned or as its public copy.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn needs_picture(&self, name: &str) -> Result<bool, StoreError> {
        let name = name.to_owned();
        self.read(move |view| needs(view.db, &name)).await
    }

    /// Those of `photos` that are evidence of an issue and not of this report: it cannot have them.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn photos_of_issues(
        &self,
        report: &str,
        photos: &[[u8; 32]],
    ) -> Result<Vec<[u8; 32]>, StoreError> {
        let (report, photos) = (report.to_owned(), photos.to_vec());
        self.read(move |view| of_issues(view.db, &report, &photos)).await
    }

    /// Photos that arrived before then and belong to no report, oldest first.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn unlinked_photos(&self, before: Timestamp) -> Result<Vec<Photo>, StoreError> {
        self.read(move |view| {
            let mut statement = view.db.prepare_cached(
                "select * from photo where received_us < ?1
                 and not exists (select 1 from report_photo where photo = sha256)
                 and not exists (select 1 from rectification_photo where photo = sha256)
                 order by received_us",
            )?;
            let rows = statement.query_map([before.as_microsecond()], Photo::from_row)?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
        .await
    }

    /// Perceptual hashes of the photos of reports that arrived since then, with the report's id:
    /// the same picture under other bytes is looked for among them.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn photo_looks(&self, since: Timestamp) -> Result<Vec<(String, u64)>, StoreError> {
        self.read(move |view| {
            let mut statement = view.db.prepare_cached(
                "select report, look from photo join report_photo on photo = sha256
                 where received_us >= ?1",
            )?;
            let rows = statement.query_map([since.as_microsecond()], |row| {
                Ok((row.get(0)?, row.get::<_, i64>(1)?.cast_unsigned()))
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
        .await
    }
}

fn add(db: &Connection, photo: &NewPhoto) -> Result<Photo, StoreError> {
    let at_us = photo.received.as_microsecond();
    // A tombstone comes back to life; the picture of anything else stays.
    db.prepare_cached(
        "insert into photo (sha256, name, width, height, bytes, look, state, received_us, changed_us)
         values (?1, ?2, ?3, ?4, ?5, ?6, 'pending', ?7, ?7)
         on conflict (sha256) do update set name = excluded.name, width = excluded.width,
             height = excluded.height, bytes = excluded.bytes, look = excluded.look,
             state = excluded.state, received_us = excluded.received_us,
             changed_us = excluded.changed_us
         where photo.name is null",
    )?
    .execute(params![
        photo.sha256,
        photo.name,
        photo.width,
        photo.height,
        photo.bytes,
        photo.look.cast_signed(),
        at_us
    ])?;
    let kept = db
        .prepare_cached("select * from photo where sha256 = ?1")?
        .query_row([photo.sha256], Photo::from_row)?;
    if kept.name.as_ref() != Some(&photo.name) {
        give_up(db, &photo.name, photo.received)?;
    }
    Ok(kept)
}
