//! Whether two texts say much the same: SimHash.

use serde::{Deserialize, Serialize};

/// The 64-bit fingerprint of a text: similar texts differ in few bits.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct SimHash(pub u64);

impl SimHash {
    /// The fingerprint of `text`.
    pub fn of(text: &str) -> Self {
        let _ = text;
        todo!()
    }

    /// In how many bits the two differ, 0–64.
    pub const fn distance(self, other: Self) -> u32 {
        (self.0 ^ other.0).count_ones()
    }
}
