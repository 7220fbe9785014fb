//! The bytes that readings came from, kept for a while so that a number can be traced.

use std::io::{Read, Write};

use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use crate::{NewDelivery, Store, StoreError, View, time::timestamp};

/// What one delivery consisted of, as received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawFrame {
    /// Its number; never reused.
    pub id: i64,
    /// The feed it came through.
    pub feed: String,
    /// Who sent it.
    pub source: String,
    /// When it arrived.
    pub received: Timestamp,
    /// The bytes, passwords blanked by the feed.
    pub bytes: Vec<u8>,
}

/// Frames from this length on are deflated: below it there is nothing to gain.
const DEFLATED_FROM: usize = 1_024;

/// The number that the next frame will have.
pub(crate) fn next_id(db: &Connection) -> Result<i64, StoreError> {
    let mut statement =
        db.prepare_cached("select seq from sqlite_sequence where name = 'raw_frame'")?;
    let last: Option<i64> = statement.query_row([], |row| row.get(0)).optional()?;
    Ok(last.unwrap_or(0) + 1)
}

pub(crate) fn keep(db: &Connection, id: i64, delivery: &NewDelivery) -> Result<(), StoreError> {
    let deflated = deflate(&delivery.raw);
    let (packing, bytes) = match &deflated {
        Some(bytes) => ("deflate", bytes),
        None => ("plain", &delivery.raw),
    };
    db.prepare_cached(
        "insert into raw_frame (id, feed, source, received_us, packing, bytes)
         values (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        id,
        delivery.feed,
        delivery.source,
        delivery.received.as_microsecond(),
        packing,
        bytes
    ])?;
    Ok(())
}

/// `None` when packing does not help.
fn deflate(raw: &[u8]) -> Option<Vec<u8>> {
    if raw.len() < DEFLATED_FROM {
        return None;
    }
    let mut packer = DeflateEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(raw).ok()?;
    packer.finish().ok().filter(|packed| packed.len() < raw.len())
}

impl View<'_> {
    /// The frame with that number; `None` once it has expired.
    ///
    /// # Errors
    ///
    /// [`StoreError::Damaged`] when its bytes do not unpack.
    pub fn raw_frame(&self, id: i64) -> Result<Option<RawFrame>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "select feed, source, received_us, packing = 'deflate', bytes
             from raw_frame where id = ?1",
        )?;
        let found = statement
            .query_row([id], |row| {
                let frame = RawFrame {
                    id,
                    feed: row.get(0)?,
                    source: row.get(1)?,
                    received: timestamp(row.get(2)?),
                    bytes: row.get(4)?,
                };
                Ok((frame, row.get::<_, bool>(3)?))
            })
            .optional()?;
        let Some((mut frame, packed)) = found else { return Ok(None) };
        if packed {
            let mut bytes = Vec::new();
            DeflateDecoder::new(frame.bytes.as_slice())
                .read_to_end(&mut bytes)
                .map_err(|error| StoreError::Damaged(format!("raw frame {id}: {error}")))?;
            frame.bytes = bytes;
        }
        Ok(Some(frame))
    }
}

impl Store {
    /// The frame with that number; `None` once it has expired.
    ///
    /// # Errors
    ///
    /// [`StoreError::Damaged`] when its bytes do not unpack.
    pub async fn raw_frame(&self, id: i64) -> Result<Option<RawFrame>, StoreError> {
        self.read(move |view| view.raw_frame(id)).await
    }
}
