//! The scorecard's statements and the pages of programmes, as they are written.

use domain::{
    Text,
    scorecard::{Entry, Figure, Sign},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::programme::ProgrammeText;

/// Everything that was ever stated on the scorecard, shown or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statements {
    /// In the order they were entered; of one key and year the last counts.
    pub statements: Vec<Stated>,
}

/// One statement and who entered it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stated {
    /// The statement, with [`Entry::at`] and, where it must not be shown, the reason in [`Entry::note`].
    pub entry: Entry,
    /// Who entered it; empty: from the district's profile.
    pub by: String,
    /// Whether a later statement of the same key and year replaced it.
    pub replaced: bool,
}

/// A statement that is to be added; what it replaces stays readable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementEdit {
    /// How many statements of that key were on screen; 0 for a new key.
    pub seen: u32,
    /// The indicator's name.
    pub name: Text,
    /// What is stated: a number, or a word.
    pub value: Figure,
    /// In which unit.
    pub unit: String,
    /// Of which year; absent: the period is not stated.
    pub year: Option<i16>,
    /// How the words stand to the number.
    pub sign: Sign,
    /// The words of the source.
    pub quote: String,
    /// Where they stand.
    pub source: String,
    /// What a reader must know to read it right.
    pub note: Text,
    /// Whether it may be shown.
    pub publish: bool,
}

/// A page of a programme with its revisions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgrammeHistory {
    /// Its name in its address.
    pub slug: String,
    /// The revision to revise; 0 for a new page.
    pub version: i64,
    /// Revisions, the newest first.
    pub revisions: Vec<ProgrammeRevision>,
}

/// One revision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgrammeRevision {
    /// When.
    #[serde(deserialize_with = "domain::wire::instant")]
    pub at: Timestamp,
    /// Who; empty: from the district's profile.
    pub by: String,
    /// What the page then said.
    pub text: ProgrammeText,
}

/// A revision that is to be added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgrammeEdit {
    /// The revision that was on screen.
    pub seen_version: i64,
    /// What the page shall say.
    pub text: ProgrammeText,
}
