//! Whether two texts say much the same: SimHash.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The 64-bit fingerprint of a text: similar texts differ in few bits (Charikar 2002).
///
/// What is compared are pairs of neighbouring Chinese characters and whole words of other scripts, without
/// regard to case, width, punctuation and blanks. A text without any of these has the fingerprint 0.
///
/// ```
/// # use domain::similarity::SimHash;
/// let first = SimHash::of("昨晚十点桃花溪边有刺鼻气味");
/// assert_eq!(first, SimHash::of("昨晚十点，桃花溪边有刺鼻气味！"));
/// ```
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct SimHash(pub u64);

/// Texts that differ in at most this many bits are offered as similar: unrelated ones differ in 32 on average
/// and hardly ever in fewer than 18.
pub const SIMILAR: u32 = 16;

impl SimHash {
    /// The fingerprint of `text`.
    pub fn of(text: &str) -> Self {
        let features = features(text);
        let weighted = |bit: u32| {
            features.iter().fold(0_i64, |sum, (hash, count)| {
                sum + if hash >> bit & 1 == 1 { *count } else { -*count }
            })
        };
        Self((0..64).filter(|bit| weighted(*bit) > 0).fold(0, |hash, bit| hash | 1 << bit))
    }

    /// In how many bits the two differ, 0–64.
    pub const fn distance(self, other: Self) -> u32 {
        (self.0 ^ other.0).count_ones()
    }

    /// Whether the texts are worth showing beside each other; texts without words are similar to nothing.
    pub const fn is_similar(self, other: Self) -> bool {
        self.0 != 0 && other.0 != 0 && self.distance(other) <= SIMILAR
    }
}

/// The hashes of what is compared, with how often each occurs.
fn features(text: &str) -> BTreeMap<u64, i64> {
    let mut found: BTreeMap<u64, i64> = BTreeMap::new();
    let mut add = |feature: &[char]| {
        if !feature.is_empty() {
            *found.entry(hash(feature)).or_default() += 1;
        }
    };
    let (mut word, mut before) = (Vec::new(), None);
    for c in text.chars().flat_map(|c| halfwidth(c).to_lowercase()) {
        if is_han(c) {
            add(&word);
            word.clear();
            match before {
                Some(first) => add(&[first, c]),
                None => add(&[c]),
            }
            before = Some(c);
        } else if c.is_alphanumeric() {
            word.push(c);
            before = None;
        } else {
            // Punctuation ends a word, but not the neighbourhood of Chinese characters.
            add(&word);
            word.clear();
        }
    }
    add(&word);
    found
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// Full-width letters and digits as their ASCII twins.
fn halfwidth(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    }
}

/// FNV-1a, stirred once more (the finaliser of SplitMix64), because FNV leaves the high bits of short texts
/// alike.
fn hash(feature: &[char]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in feature.iter().flat_map(|c| u32::from(*c).to_le_bytes()) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}
