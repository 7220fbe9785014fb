//! Signed-in officers' sessions, by the hash of a token that only the browser has.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use crate::{Staff, Store, StoreError, View, time::timestamp};

/// A session to be opened.
#[derive(Clone, PartialEq, Eq)]
pub struct NewSession {
    /// SHA-256 of the token.
    pub token_hash: [u8; 32],
    /// Number of the officer.
    pub staff: i64,
    /// When it begins.
    pub created: Timestamp,
    /// When it ends at the latest.
    pub expires: Timestamp,
}

/// A session in force, with its officer as they are now.
#[derive(Clone, PartialEq, Eq)]
pub struct Session {
    /// Whose.
    pub staff: Staff,
    /// When the officer signed in, also if the token was replaced since.
    pub created: Timestamp,
    /// When it was last used, as far as noted.
    pub seen: Timestamp,
    /// When it ends.
    pub expires: Timestamp,
}

pub(crate) fn close_all(db: &Connection, staff: i64, now: Timestamp) -> Result<(), StoreError> {
    db.prepare_cached(
        "update session set closed_us = ?2
         where staff = ?1 and (closed_us is null or closed_us > ?2)",
    )?
    .execute(params![staff, now.as_microsecond()])?;
    Ok(())
}

impl View<'_> {
    /// The session of that token if it is in force at `now` and its officer may sign in.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn session(
        &self,
        token_hash: [u8; 32],
        now: Timestamp,
    ) -> Result<Option<Session>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "select staff.*, session.created_us as begun_us, seen_us, expires_us
             from session join staff on staff.id = session.staff
             where token_hash = ?1 and expires_us > ?2 and (closed_us is null or closed_us > ?2)
                   and active = 1",
        )?;
        let found = statement.query_row(params![token_hash, now.as_microsecond()], |row| {
            Ok(Session {
                staff: Staff::from_row(row)?,
                created: timestamp(row.get("begun_us")?),
                seen: timestamp(row.get("seen_us")?),
                expires: timestamp(row.get("expires_us")?),
            })
        });
        Ok(found.optional()?)
    }
}

impl Store {
    /// Opens a session.
    ///
    /// # Errors
    ///
    /// When the database cannot be written.
    pub async fn open_session(&self, session: NewSession) -> Result<(), StoreError> {
        self.write(1, move |side| {
            side.db
                .prepare_cached(
                    "insert into session (token_hash, staff, created_us, seen_us, expires_us)
                     values (?1, ?2, ?3, ?3, ?4)",
                )?
                .execute(params![
                    session.token_hash,
                    session.staff,
                    session.created.as_microsecond(),
                    session.expires.as_microsecond()
                ])?;
            Ok(())
        })
        .await
    }

    /// The session of that token if it is in force at `now` and its officer may sign in.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn session(
        &self,
        token_hash: [u8; 32],
        now: Timestamp,
    ) -> Result<Option<Session>, StoreError> {
        self.read(move |view| view.session(token_hash, now)).await
    }

    /// Notes that the session was used and lets it last until `expires`.
    ///
    /// # Errors
    ///
    /// When the database cannot be written.
    pub async fn touch_session(
        &self,
        token_hash: [u8; 32],
        now: Timestamp,
        expires: Timestamp,
    ) -> Result<(), StoreError> {
        self.write(1, move |side| {
            side.db
                .prepare_cached(
                    "update session set seen_us = ?2, expires_us = ?3
                     where token_hash = ?1 and closed_us is null",
                )?
                .execute(params![token_hash, now.as_microsecond(), expires.as_microsecond()])?;
            Ok(())
        })
        .await
    }

    /// Replaces a session's token. The old one stays good until `old_until`, for requests that
    /// are under way. False, and nothing done, if the old one is replaced or closed already.
    ///
    /// # Errors
    ///
    /// When the database cannot be written.
    pub async fn replace_session(
        &self,
        old_hash: [u8; 32],
        new_hash: [u8; 32],
        now: Timestamp,
        old_until: Timestamp,
    ) -> Result<bool, StoreError> {
        self.write(2, move |side| {
            let now_us = now.as_microsecond();
            let replaced = side
                .db
                .prepare_cached(
                    "insert into session (token_hash, staff, created_us, seen_us, expires_us)
                     select ?2, staff, created_us, ?3, expires_us from session
                     where token_hash = ?1 and closed_us is null and expires_us > ?3",
                )?
                .execute(params![old_hash, new_hash, now_us])?;
            side.db
                .prepare_cached(
                    "update session set closed_us = ?2
                     where token_hash = ?1 and closed_us is null",
                )?
                .execute(params![old_hash, old_until.as_microsecond()])?;
            Ok(replaced > 0)
        })
        .await
    }

    /// Closes a session: signed out.
    ///
    /// # Errors
    ///
    /// When the database cannot be written.
    pub async fn close_session(
        &self,
        token_hash: [u8; 32],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.write(1, move |side| {
            side.db
                .prepare_cached(
                    "update session set closed_us = ?2
                     where token_hash = ?1 and (closed_us is null or closed_us > ?2)",
                )?
                .execute(params![token_hash, now.as_microsecond()])?;
            Ok(())
        })
        .await
    }

    /// Closes every session of an officer.
    ///
    /// # Errors
    ///
    /// When the database cannot be written.
    pub async fn close_sessions_of(&self, staff: i64, now: Timestamp) -> Result<(), StoreError> {
        self.write(1, move |side| close_all(&side.db, staff, now)).await
    }
}
