//! The number that a report is known by in public.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::crockford::{encode, letters, value};

const LENGTH: usize = 8;

/// R and eight random characters: 受理编号. Not sequential, because counters leak how many reports
/// there are, and unlike the [`super::ReportId`] it does not carry the millisecond.
///
/// Stored and in URLs `R7K3M9QXD`; people are shown `R7K3M-9QXD`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PublicId(String);

/// A text that is no report's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a report's number is R and eight characters, such as R7K3M-9QXD")]
pub struct PublicIdError;

impl PublicId {
    /// From the lowest 40 bits of `random`. Whether it is taken is for the store to say.
    pub fn new(random: u64) -> Self {
        Self(format!("R{}", encode(u128::from(random), 8)))
    }

    /// Reads what a person typed: any case, blanks and dashes, I or L for 1, O for 0, full-width forms.
    ///
    /// # Errors
    ///
    /// [`PublicIdError`] for anything else than R and eight characters.
    pub fn parse(text: &str) -> Result<Self, PublicIdError> {
        let typed: String = letters(text).take(LENGTH + 2).collect();
        let code = typed.strip_prefix('R').ok_or(PublicIdError)?;
        if code.chars().count() == LENGTH && code.chars().all(|c| value(c).is_some()) {
            Ok(Self(typed))
        } else {
            Err(PublicIdError)
        }
    }

    /// The stored form, without a dash.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The form for people, with a dash.
impl fmt::Display for PublicId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (head, tail) = self.0.split_at(5);
        write!(out, "{head}-{tail}")
    }
}

impl TryFrom<String> for PublicId {
    type Error = PublicIdError;

    fn try_from(text: String) -> Result<Self, PublicIdError> {
        Self::parse(&text)
    }
}

impl From<PublicId> for String {
    fn from(id: PublicId) -> Self {
        id.0
    }
}

impl std::str::FromStr for PublicId {
    type Err = PublicIdError;

    fn from_str(text: &str) -> Result<Self, PublicIdError> {
        Self::parse(text)
    }
}
