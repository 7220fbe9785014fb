//! What was asked, answered and explained: texts that may go while the history stays.

use jiff::Timestamp;
use rusqlite::{Connection, Row, params};
use sha2::{Digest, Sha256};

use crate::{
    Store, StoreError, View,
    time::{some_timestamp, timestamp},
    words::words,
};

words! {
    /// Who wrote something.
    pub enum Sender {
        /// The person who reported.
        Reporter = "reporter",
        /// An officer.
        Officer = "officer",
        /// The portal itself.
        System = "system",
    }
}

/// A text before it has a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMessage {
    /// When it was written.
    pub at: Timestamp,
    /// Who wrote it.
    pub sender: Sender,
    /// Key of what it is: `question`, `answer`, `note`, …
    pub kind: String,
    /// The text.
    pub text: String,
    /// Whether it is shown behind the claim code; false: officers only.
    pub to_reporter: bool,
}

impl NewMessage {
    /// SHA-256 of the text, by which events name it.
    pub fn sha256(&self) -> [u8; 32] {
        Sha256::digest(self.text.as_bytes()).into()
    }
}

/// One text of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// 1, 2, 3… within the report; never reused.
    pub number: u32,
    /// When it was written.
    pub at: Timestamp,
    /// Who wrote it.
    pub sender: Sender,
    /// Key of what it is.
    pub kind: String,
    /// The text; `None` once it was deleted.
    pub text: Option<String>,
    /// SHA-256 of the text, also when it is gone.
    pub sha256: [u8; 32],
    /// Whether it is shown behind the claim code.
    pub to_reporter: bool,
    /// When the text was deleted.
    pub deleted: Option<Timestamp>,
}

impl Message {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            number: row.get("number")?,
            at: timestamp(row.get("at_us")?),
            sender: row.get("sender")?,
            kind: row.get("kind")?,
            text: row.get("text")?,
            sha256: row.get("sha256")?,
            to_reporter: row.get("to_reporter")?,
            deleted: some_timestamp(row.get("deleted_us")?),
        })
    }
}

/// Adds texts, numbered from the one after the newest.
pub(super) fn add(
    db: &Connection,
    report: &str,
    messages: &[NewMessage],
) -> Result<(), StoreError> {
    let mut statement = db.prepare_cached(
        "insert into report_message (report, number, at_us, sender, kind, text, sha256, to_reporter)
         select ?1, 1 + coalesce(max(number), 0), ?2, ?3, ?4, ?5, ?6, ?7
         from report_message where report = ?1",
    )?;
    for message in messages {
        statement.execute(params![
            report,
            message.at.as_microsecond(),
            message.sender,
            message.kind,
            message.text,
            message.sha256(),
            message.to_reporter
        ])?;
    }
    Ok(())
}

impl View<'_> {
    /// Every text of the report, in order; deleted ones without their text.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn report_messages(&self, report: &str) -> Result<Vec<Message>, StoreError> {
        let mut statement = self
            .db
            .prepare_cached("select * from report_message where report = ?1 order by number")?;
        Ok(statement.query_map([report], Message::from_row)?.collect::<Result<_, _>>()?)
    }
}

impl Store {
    /// Every text of the report, in order; deleted ones without their text.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn report_messages(&self, report: &str) -> Result<Vec<Message>, StoreError> {
        let report = report.to_owned();
        self.read(move |view| view.report_messages(&report)).await
    }
}
