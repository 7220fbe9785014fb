//! Voucher numbers 领奖凭证号.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

use crate::report::{
    claim_code::check_character,
    crockford::{encode, letters, value},
};

/// Random characters, five bits each.
const RANDOM: u32 = 12;
/// With the check character.
const LENGTH: usize = 13;

/// The one-time number that stands for a reward at the counter: 12 random characters and a check character,
/// shown as `V-7K3M-9QXD-2FHB-C`, kept without dashes.
///
/// 60 bits. It is worth nothing without the claim code. The check character finds any one wrong character
/// and any two neighbours swapped.
///
/// ```
/// # use domain::reward::{VoucherError, VoucherNumber};
/// let voucher = VoucherNumber::new(0x0123_4567_89AB_CDEF);
/// assert_eq!(VoucherNumber::parse(&voucher.to_string().to_lowercase()), Ok(voucher));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
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
        let mut text = encode(u128::from(random), RANDOM);
        text.push(check_character(&text));
        Self(text)
    }

    /// Reads what somebody typed: case, blanks and dashes do not matter, I and L are 1, O is 0.
    ///
    /// # Errors
    ///
    /// [`VoucherError`], which names the first thing to correct.
    pub fn parse(text: &str) -> Result<Self, VoucherError> {
        let typed: Vec<char> = letters(text).collect();
        // V is also a character of the number, so only the length says whether it is the prefix.
        let typed = match typed.as_slice() {
            ['V', number @ ..] if number.len() == LENGTH => number,
            number => number,
        };
        if let Some(unknown) = typed.iter().find(|c| value(**c).is_none()) {
            return Err(VoucherError::Character(*unknown));
        }
        let [random @ .., last] = typed else { return Err(VoucherError::Length(0)) };
        if typed.len() != LENGTH {
            return Err(VoucherError::Length(typed.len()));
        }
        let random: String = random.iter().collect();
        if check_character(&random) != *last {
            return Err(VoucherError::Check);
        }
        Ok(Self(format!("{random}{last}")))
    }

    /// Without dashes and without the V, as it is stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for VoucherNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let group = |from: usize, to: usize| self.0.get(from..to).unwrap_or_default();
        write!(f, "V-{}-{}-{}-{}", group(0, 4), group(4, 8), group(8, 12), group(12, 13))
    }
}

impl<'de> Deserialize<'de> for VoucherNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}
