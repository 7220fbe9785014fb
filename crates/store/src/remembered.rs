//! Answers to requests that may be sent again.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use crate::{Store, StoreError};

/// What was answered under a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remembered {
    /// The same request was answered with this.
    Same(String),
    /// The key belongs to another request.
    Other,
}

fn find(
    db: &Connection,
    key: &str,
    request_hash: [u8; 32],
) -> Result<Option<Remembered>, StoreError> {
    let found = db
        .prepare_cached("select request_hash, answer from idempotency where key = ?1")?
        .query_row([key], |row| Ok((row.get::<_, [u8; 32]>(0)?, row.get(1)?)))
        .optional()?;
    Ok(found.map(|(hash, answer)| match hash == request_hash {
        true => Remembered::Same(answer),
        false => Remembered::Other,
    }))
}

impl Store {
    /// What was answered to the request with that key and SHA-256; `None` if the key is new.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn answer_of(
        &self,
        key: &str,
        request_hash: [u8; 32],
    ) -> Result<Option<Remembered>, StoreError> {
        let key = key.to_owned();
        self.read(move |view| find(view.db, &key, request_hash)).await
    }

    /// Remembers an answer for [`crate::ANSWERS_KEPT`]. If the key has one already, that one
    /// stays and is answered.
    ///
    /// # Errors
    ///
    /// When the database cannot be written.
    pub async fn remember_answer(
        &self,
        key: &str,
        request_hash: [u8; 32],
        answer: String,
        now: Timestamp,
    ) -> Result<Option<Remembered>, StoreError> {
        let key = key.to_owned();
        self.write(1, move |side| {
            let earlier = find(&side.db, &key, request_hash)?;
            if earlier.is_none() {
                side.db
                    .prepare_cached(
                        "insert into idempotency (key, request_hash, answer, at_us)
                         values (?1, ?2, ?3, ?4)",
                    )?
                    .execute(params![key, request_hash, answer, now.as_microsecond()])?;
            }
            Ok(earlier)
        })
        .await
    }
}
