//! Voucher numbers 领奖凭证号.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

/// Crockford's base 32: no I, L, O and U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Random characters, five bits each.
const RANDOM: usize = 12;

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
        let values: [u8; RANDOM] = std::array::from_fn(|place| {
            let shift = 5 * (RANDOM - 1 - place);
            (random >> shift).to_le_bytes()[0] & 31
        });
        let text = values.iter().chain([&check(&values)]).map(|value| letter(*value)).collect();
        Self(text)
    }

    /// Reads what somebody typed: case, blanks and dashes do not matter, I and L are 1, O is 0.
    ///
    /// # Errors
    ///
    /// [`VoucherError`], which names the first thing to correct.
    pub fn parse(text: &str) -> Result<Self, VoucherError> {
        let typed = text.trim();
        let typed = typed.strip_prefix(['V', 'v']).filter(|rest| rest.starts_with('-')).or_else(
            // Without its dash the V is a prefix only where the length says so.
            || typed.strip_prefix(['V', 'v']).filter(|rest| plain(rest).count() == RANDOM + 1),
        );
        let typed = typed.unwrap_or(text);
        let values = plain(typed).map(value).collect::<Result<Vec<u8>, VoucherError>>()?;
        match values.split_last() {
            Some((last, random)) if random.len() == RANDOM => {
                if check(random) != *last {
                    return Err(VoucherError::Check);
                }
                Ok(Self(values.iter().map(|value| letter(*value)).collect()))
            }
            _ => Err(VoucherError::Length(values.len())),
        }
    }

    /// Without dashes and without the V, as it is stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn plain(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| !c.is_whitespace() && !['-', '–', '－'].contains(c))
}

fn letter(value: u8) -> char {
    char::from(ALPHABET[usize::from(value & 31)])
}

fn value(typed: char) -> Result<u8, VoucherError> {
    let letter = match typed.to_ascii_uppercase() {
        'I' | 'L' => '1',
        'O' => '0',
        other => other,
    };
    let found = ALPHABET.iter().position(|known| char::from(*known) == letter);
    found.and_then(|at| u8::try_from(at).ok()).ok_or(VoucherError::Character(typed))
}

/// Horner's rule over the field of 32 elements (x⁵ + x² + 1) with its generator: a wrong character changes the
/// sum, and so does a swap of neighbours, because their weights differ.
fn check(values: &[u8]) -> u8 {
    let times_x = |sum: u8| (sum << 1) ^ if sum & 16 == 0 { 0 } else { 0b10_0101 };
    times_x(values.iter().fold(0, |sum, value| times_x(sum) ^ value))
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
