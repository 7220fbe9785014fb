//! The claim code 查询码: the only key to an anonymous report, made on the phone and shown once.

use std::fmt;

use super::crockford::{character, encode, letters, value};
use crate::Lang;

/// Characters of five bits: 100 bits.
const LENGTH: usize = 20;
const LOCATOR: usize = 4;

/// 100 random bits with a check character: the right to read a report's answers, to contest its
/// closing and to claim its reward.
///
/// The first 20 bits, the locator, find the row; the other 80 are the secret, of which the server keeps
/// a slow salted hash. It is printed nowhere but by [`ClaimCode::shown`], and has no serde.
///
/// The check character makes Σ αⁱ·xᵢ = 0 over GF(32), with α a root of x⁵ + x² + 1. The weights of all 21
/// places differ, so that any one wrong character is noticed, and any two exchanged ones.
#[derive(Clone, PartialEq, Eq)]
pub struct ClaimCode(String);

/// Why a text is no claim code; the sentence helps to find the slip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ClaimCodeError {
    /// Characters are missing or too many.
    #[error("a claim code has 21 characters after its prefix, this has {typed}")]
    WrongLength {
        /// How many were typed, without blanks, dashes and the prefix.
        typed: usize,
    },
    /// A character that no code has, such as U or a sign.
    #[error("character {place} of the claim code is not one of 0–9, A–Z without I, L, O, U")]
    UnknownCharacter {
        /// The place of the character after the prefix, from 1.
        place: usize,
    },
    /// Of the right length, but another prefix than this portal's.
    #[error("the claim code belongs to another portal, or its prefix has a slip")]
    OtherPrefix,
    /// A character is wrong, or two are exchanged.
    #[error("the check character does not fit: a character is wrong, or two are exchanged")]
    CheckCharacter,
}

impl ClaimCodeError {
    /// For the person who typed it.
    pub fn sentence(self, lang: Lang) -> String {
        match (self, lang) {
            (Self::WrongLength { typed }, Lang::Zh) => {
                format!("查询码除前缀外应有 21 个字符，现有 {typed} 个。请对照回执核对。")
            }
            (Self::WrongLength { typed }, Lang::En) => format!(
                "A claim code has 21 characters after its prefix; this has {typed}. Compare it with your receipt."
            ),
            (Self::UnknownCharacter { place }, Lang::Zh) => {
                format!("查询码第 {place} 个字符有误：只含数字和字母，没有字母 U。")
            }
            (Self::UnknownCharacter { place }, Lang::En) => format!(
                "Character {place} cannot be right: a claim code has only digits and letters, and no U."
            ),
            (Self::OtherPrefix, Lang::Zh) => {
                "查询码的前缀不是本平台的，请核对开头的字母。".to_owned()
            }
            (Self::OtherPrefix, Lang::En) => {
                "The prefix of this claim code is not this portal's. Check its first letters."
                    .to_owned()
            }
            (Self::CheckCharacter, Lang::Zh) => {
                "查询码有一处输错，或两个字符写反了。请对照回执核对。".to_owned()
            }
            (Self::CheckCharacter, Lang::En) => {
                "One character is wrong, or two are exchanged. Compare it with your receipt."
                    .to_owned()
            }
        }
    }
}

impl ClaimCode {
    /// From 13 random bytes, of which the first 100 bits are taken.
    pub fn from_random(random: [u8; 13]) -> Self {
        let bits = random.iter().fold(0_u128, |bits, byte| bits << 8 | u128::from(*byte));
        let mut code = encode(bits >> 4, 20);
        code.push(check_character(&code));
        Self(code)
    }

    /// Reads what a person typed: any case, blanks and dashes, I or L for 1, O for 0, full-width forms;
    /// with or without `prefix`.
    ///
    /// # Errors
    ///
    /// [`ClaimCodeError`] says which slip it is.
    pub fn parse(text: &str, prefix: &str) -> Result<Self, ClaimCodeError> {
        let typed: Vec<char> = letters(text).collect();
        let prefix: Vec<char> = letters(prefix).collect();
        let code = match typed.len().checked_sub(LENGTH + 1) {
            Some(0) => &typed[..],
            Some(before) if before == prefix.len() => {
                typed.strip_prefix(&prefix[..]).ok_or(ClaimCodeError::OtherPrefix)?
            }
            _ => {
                let bare = typed.strip_prefix(&prefix[..]).unwrap_or(&typed);
                return Err(ClaimCodeError::WrongLength { typed: bare.len() });
            }
        };
        if let Some(at) = code.iter().position(|c| value(*c).is_none()) {
            return Err(ClaimCodeError::UnknownCharacter { place: at + 1 });
        }
        let code: String = code.iter().collect();
        if code.ends_with(check_character(&code[..LENGTH])) {
            Ok(Self(code))
        } else {
            Err(ClaimCodeError::CheckCharacter)
        }
    }

    /// As it is shown, once: `JLP-XXXX-XXXX-XXXX-XXXX-XXXX-C`.
    pub fn shown(&self, prefix: &str) -> String {
        let (data, check) = self.0.split_at(LENGTH);
        let groups = (0..LENGTH / 4).map(|group| &data[group * 4..group * 4 + 4]);
        let mut shown = prefix.to_owned();
        groups.chain([check]).for_each(|group| {
            shown.push('-');
            shown.push_str(group);
        });
        shown
    }

    /// The first four characters: finds the row, proves nothing.
    pub fn locator(&self) -> &str {
        &self.0[..LOCATOR]
    }

    /// The other sixteen, 80 bits: to be hashed slowly with salt and pepper, never kept.
    pub fn secret(&self) -> String {
        self.0[LOCATOR..LENGTH].to_owned()
    }
}

/// Horner's rule at α: the check character is what brings the sum to zero.
pub(crate) fn check_character(data: &str) -> char {
    let sum = data.chars().filter_map(value).fold(0, |sum, next| times_alpha(sum) ^ next);
    character(times_alpha(sum))
}

/// Multiplication by α in GF(32) = GF(2)[x] ÷ (x⁵ + x² + 1).
const fn times_alpha(element: u8) -> u8 {
    let double = element << 1;
    if double & 32 == 0 { double } else { double ^ 0b10_0101 }
}

/// Never the code itself.
impl fmt::Debug for ClaimCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("ClaimCode(***)")
    }
}
