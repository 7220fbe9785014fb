//! Officers who may sign in.

use std::collections::BTreeSet;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::{
    NewAudit, Store, StoreError, View, audit, session,
    time::{some_timestamp, some_us, timestamp},
};

/// An officer to be added. The password itself never comes near the store.
#[derive(Clone, PartialEq, Eq)]
pub struct NewStaff {
    /// Signed in with.
    pub name: String,
    /// As shown to colleagues.
    pub display_name: String,
    /// Key of the department; `None`: the bureau itself.
    pub department: Option<String>,
    /// Role keys, as a JSON array.
    pub roles: String,
    /// Argon2id, as PHC text.
    pub password_hash: String,
    /// The secret of the authenticator, as the server sealed it.
    pub totp_secret: Vec<u8>,
    /// Whether the password is somebody else's and must be changed.
    pub must_change: bool,
}

/// An officer.
#[derive(Clone, PartialEq, Eq)]
pub struct Staff {
    /// Their number; never reused.
    pub id: i64,
    /// Signed in with.
    pub name: String,
    /// As shown to colleagues.
    pub display_name: String,
    /// Key of the department; `None`: the bureau itself.
    pub department: Option<String>,
    /// Role keys, as a JSON array.
    pub roles: String,
    /// Argon2id, as PHC text.
    pub password_hash: String,
    /// The secret of the authenticator, as the server sealed it.
    pub totp_secret: Vec<u8>,
    /// The time step of the last code that was used.
    pub totp_step: u64,
    /// Whether the password must be changed before anything else.
    pub must_change: bool,
    /// False when they can no longer sign in.
    pub active: bool,
    /// Failed attempts in a row.
    pub failures: u32,
    /// Until when attempts are refused.
    pub locked_until: Option<Timestamp>,
    /// When they last signed in.
    pub signed_in: Option<Timestamp>,
    /// Who gave out their credentials in the console, until somebody else confirms that they have the account.
    pub issued_by: Option<i64>,
    /// Counts the edits, from 1.
    pub version: u32,
    /// When they were added.
    pub created: Timestamp,
}

/// What changes about an officer; `None` stays.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct StaffEdit {
    /// As shown to colleagues.
    pub display_name: Option<String>,
    /// Key of the department; `Some(None)`: the bureau itself.
    pub department: Option<Option<String>>,
    /// Role keys, as a JSON array.
    pub roles: Option<String>,
    /// Argon2id, as PHC text, and whether it must be changed at the next sign-in.
    pub password: Option<(String, bool)>,
    /// The secret of the authenticator, as the server sealed it.
    pub totp_secret: Option<Vec<u8>>,
    /// Whether they can sign in.
    pub active: Option<bool>,
    /// Somebody else than who gave out the credentials confirms that they have the account.
    pub handed_over: bool,
}

impl StaffEdit {
    /// Whether sessions opened before must not outlive the edit.
    const fn ends_sessions(&self) -> bool {
        self.roles.is_some()
            || self.password.is_some()
            || self.totp_secret.is_some()
            || matches!(self.active, Some(false))
    }
}

impl Staff {
    pub(crate) fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            name: row.get("name")?,
            display_name: row.get("display_name")?,
            department: row.get("department")?,
            roles: row.get("roles")?,
            password_hash: row.get("password_hash")?,
            totp_secret: row.get("totp_secret")?,
            totp_step: row.get("totp_step")?,
            must_change: row.get("must_change")?,
            active: row.get("active")?,
            failures: row.get("failures")?,
            locked_until: some_timestamp(row.get("locked_until_us")?),
            signed_in: some_timestamp(row.get("signed_in_us")?),
            issued_by: row.get("issued_by")?,
            version: row.get("version")?,
            created: timestamp(row.get("created_us")?),
        })
    }
}

impl View<'_> {
    /// The officer with that number.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn staff(&self, id: i64) -> Result<Option<Staff>, StoreError> {
        let mut statement = self.db.prepare_cached("select * from staff where id = ?1")?;
        Ok(statement.query_row([id], Staff::from_row).optional()?)
    }

    /// The officer who signs in with that name.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn staff_by_name(&self, name: &str) -> Result<Option<Staff>, StoreError> {
        by_name(self.db, name)
    }

    /// Every account in whose hands the officer's may be: their own, whoever gave out their credentials, whoever gave out
    /// that one's, and so on. Two accounts that share one count as one person.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn hands(&self, id: i64) -> Result<BTreeSet<i64>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "with recursive hand (id) as (
                 values (?1)
                 union select issued_by from staff join hand on staff.id = hand.id
                     where issued_by is not null)
             select id from hand",
        )?;
        Ok(statement.query_map([id], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }
}

fn by_name(db: &Connection, name: &str) -> Result<Option<Staff>, StoreError> {
    let mut statement = db.prepare_cached("select * from staff where name = ?1")?;
    Ok(statement.query_row([name], Staff::from_row).optional()?)
}

impl Store {
    /// Adds an officer and writes down who did, whose hands the account then counts as; answers their number.
    ///
    /// # Errors
    ///
    /// [`StoreError::StaffNameInUse`] if there is one of that name, active or not.
    pub async fn add_staff(&self, staff: NewStaff, entry: NewAudit) -> Result<i64, StoreError> {
        self.write(1, move |side| {
            let added = side.db.execute(
                "insert into staff (name, display_name, department, roles, password_hash,
                     totp_secret, must_change, issued_by, created_us)
                 values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) on conflict (name) do nothing",
                params![
                    staff.name,
                    staff.display_name,
                    staff.department,
                    staff.roles,
                    staff.password_hash,
                    staff.totp_secret,
                    staff.must_change,
                    entry.staff,
                    entry.at.as_microsecond()
                ],
            )?;
            if added == 0 {
                return Err(StoreError::StaffNameInUse(staff.name));
            }
            let id = side.db.last_insert_rowid();
            audit::append(&side.db, &[entry])?;
            Ok(id)
        })
        .await
    }

    /// The officer with that number.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn staff(&self, id: i64) -> Result<Option<Staff>, StoreError> {
        self.read(move |view| view.staff(id)).await
    }

    /// The officer who signs in with that name.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn staff_by_name(&self, name: &str) -> Result<Option<Staff>, StoreError> {
        let name = name.to_owned();
        self.read(move |view| view.staff_by_name(&name)).await
    }

    /// Every officer, by name.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn all_staff(&self) -> Result<Vec<Staff>, StoreError> {
        self.read(|view| {
            let mut statement = view.db.prepare_cached("select * from staff order by name")?;
            Ok(statement.query_map([], Staff::from_row)?.collect::<Result<_, _>>()?)
        })
        .await
    }

    /// Changes an officer, as seen in that version, and writes down who did. Unless only names
    /// changed, their sessions end. Answers the officer as they then are.
    ///
    /// # Errors
    ///
    /// [`StoreError::Stale`] if somebody changed them meanwhile, [`StoreError::NoSuch`] if there
    /// is none of that name.
    pub async fn update_staff(
        &self,
        name: &str,
        seen_version: u32,
        edit: StaffEdit,
        entry: NewAudit,
    ) -> Result<Staff, StoreError> {
        let name = name.to_owned();
        self.write(1, move |side| {
            let no_such = || StoreError::NoSuch { what: "officer", name: name.clone() };
            let staff = by_name(&side.db, &name)?.ok_or_else(no_such)?;
            if staff.version != seen_version {
                return Err(stale(&side.db, &staff)?);
            }
            write(&side.db, &staff, &edit, entry.staff)?;
            if edit.ends_sessions() {
                session::close_all(&side.db, staff.id, entry.at)?;
            }
            audit::append(&side.db, &[entry])?;
            by_name(&side.db, &name)?.ok_or_else(no_such)
        })
        .await
    }

    /// Notes a failed attempt to sign in; further ones are refused until then.
    ///
    /// # Errors
    ///
    /// When the database cannot be written.
    pub async fn sign_in_failed(
        &self,
        id: i64,
        locked_until: Option<Timestamp>,
    ) -> Result<(), StoreError> {
        self.write(1, move |side| {
            side.db
                .prepare_cached(
                    "update staff set failures = failures + 1, locked_until_us = ?2 where id = ?1",
                )?
                .execute(params![id, some_us(locked_until)])?;
            Ok(())
        })
        .await
    }

    /// Notes that the officer signed in with the authenticator's code of that time step; false,
    /// and nothing noted, if that code or a later one was used before.
    ///
    /// # Errors
    ///
    /// When the database cannot be written.
    pub async fn sign_in_succeeded(
        &self,
        id: i64,
        totp_step: u64,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.write(1, move |side| {
            let noted = side
                .db
                .prepare_cached(
                    "update staff set failures = 0, locked_until_us = null, totp_step = ?2,
                         signed_in_us = ?3
                     where id = ?1 and active = 1 and totp_step < ?2",
                )?
                .execute(params![id, totp_step, now.as_microsecond()])?;
            Ok(noted > 0)
        })
        .await
    }
}

fn write(
    db: &Connection,
    staff: &Staff,
    edit: &StaffEdit,
    by: Option<i64>,
) -> Result<(), StoreError> {
    let (hash, must_change) = edit.password.clone().unzip();
    let department = edit.department.clone().unwrap_or_else(|| staff.department.clone());
    let issued_by = match edit.totp_secret {
        Some(_) => by.filter(|by| *by != staff.id),
        None => staff.issued_by.filter(|_| !edit.handed_over),
    };
    let unlocked = edit.password.is_some() || edit.active == Some(true);
    db.execute(
        "update staff set display_name = coalesce(?2, display_name), department = ?3,
             roles = coalesce(?4, roles), password_hash = coalesce(?5, password_hash),
             must_change = coalesce(?6, must_change), totp_secret = coalesce(?7, totp_secret),
             active = coalesce(?8, active), version = version + 1,
             failures = iif(?9, 0, failures), locked_until_us = iif(?9, null, locked_until_us),
             issued_by = ?10
         where id = ?1",
        params![
            staff.id,
            edit.display_name,
            department,
            edit.roles,
            hash,
            must_change,
            edit.totp_secret,
            edit.active,
            unlocked,
            issued_by
        ],
    )?;
    Ok(())
}

/// Who changed the officer last: every edit is in the log.
fn stale(db: &Connection, staff: &Staff) -> Result<StoreError, StoreError> {
    let last = db
        .prepare_cached(
            "select coalesce((select display_name from staff where id = audit_log.staff), 'system'),
                    at_us, action
             from audit_log where subject = ?1 order by id desc limit 1",
        )?
        .query_row([&staff.name], |row| {
            Ok(StoreError::Stale {
                by: row.get(0)?,
                at: timestamp(row.get(1)?),
                what: row.get(2)?,
            })
        })
        .optional()?;
    Ok(last.unwrap_or_else(|| StoreError::Stale {
        by: "system".to_owned(),
        at: staff.created,
        what: "add".to_owned(),
    }))
}
