//! Voucher numbers 领奖凭证号.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The one-time number that stands for a reward at the counter: 12 random characters and a check character,
/// shown as `V-7K3M-9QXD-2FHB-C`, kept without dashes.
///
/// 60 bits, Crockford's base 32. It is worth nothing without the claim code.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct VoucherNumber(String);

/// Why a text is not a voucher number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VoucherError {
    /// Characters are missing or too many.
    #[error("a voucher number has 13 characters after the V, this has {0}")]
    Length(usize),
    /// Not a letter or digit of a voucher number.
    #[error("'{0}' does not occur in voucher numbers")]
    Character(char),
    /// One character is wrong or two neighbours are swapped.
    #[error("the last character does not match the others; one of them is wrong")]
    Check,
}

impl VoucherNumber {
    /// From random bits, of which the lowest 60 count.
    pub fn new(random: u64) -> Self {
        let _ = random;
        todo!()
    }

    /// Reads what somebody typed: case, blanks and dashes do not matter, I and L are 1, O is 0.
    ///
    /// # Errors
    ///
    /// [`VoucherError`], which names the first thing to correct.
    pub fn parse(text: &str) -> Result<Self, VoucherError> {
        let _ = text;
        todo!()
    }

    /// Without dashes, as it is stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for VoucherNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
