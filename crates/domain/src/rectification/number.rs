//! The number an issue is known by.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The most characters.
const LONGEST: usize = 40;

/// 问题编号: the number of the inspection's list, stable, and part of the page's address.
///
/// ```
/// # use domain::rectification::ItemNumber;
/// assert_eq!(ItemNumber::parse(" d2cq-0017 ")?.as_str(), "D2CQ-0017");
/// assert!(ItemNumber::parse("第九批/3").is_err());
/// # Ok::<(), domain::rectification::ItemNumberError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ItemNumber(String);

/// A text that is no issue's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an issue's number is 1 to {LONGEST} of A-Z, 0-9, and . _ - inside, such as D2CQ-0017")]
pub struct ItemNumberError;

impl ItemNumber {
    /// Reads a number; blanks around it go, small letters become capitals.
    ///
    /// # Errors
    ///
    /// [`ItemNumberError`] for other characters, for nothing, and for a mark at either end.
    pub fn parse(text: &str) -> Result<Self, ItemNumberError> {
        let number = text.trim().to_ascii_uppercase();
        let marks = ['.', '_', '-'];
        let known = |c: char| c.is_ascii_alphanumeric() || marks.contains(&c);
        let fits = (1..=LONGEST).contains(&number.len()) && number.chars().all(known);
        // `..` as a segment of an address would be another address.
        if fits && !number.starts_with(marks) && !number.ends_with(marks) {
            Ok(Self(number))
        } else {
            Err(ItemNumberError)
        }
    }

    /// The number, in capitals.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ItemNumber {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl TryFrom<String> for ItemNumber {
    type Error = ItemNumberError;

    fn try_from(text: String) -> Result<Self, ItemNumberError> {
        Self::parse(&text)
    }
}

impl From<ItemNumber> for String {
    fn from(number: ItemNumber) -> Self {
        number.0
    }
}

impl std::str::FromStr for ItemNumber {
    type Err = ItemNumberError;

    fn from_str(text: &str) -> Result<Self, ItemNumberError> {
        Self::parse(text)
    }
}
