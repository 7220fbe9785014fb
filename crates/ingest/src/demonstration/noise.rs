//! Randomness without state: the same question always has the same answer.

use jiff::Timestamp;

/// A source of repeatable chance for one purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Noise(u64);

impl Noise {
    pub(super) fn new(seed: u64) -> Self {
        Self(mix(seed))
    }

    /// An independent source for `purpose`.
    pub(super) fn of(self, purpose: &str) -> Self {
        // FNV-1a, then mixed once: asked for a hundred times per value.
        let hash = purpose
            .bytes()
            .fold(self.0, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3));
        Self(mix(hash))
    }

    /// In [0, 1), by number.
    pub(super) fn chance(self, number: i64) -> f64 {
        // 53 bits are what a double holds.
        (mix(self.0 ^ mix(number.cast_unsigned())) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Smooth in time, in [-1, 1], with turns about every `scale_s` seconds.
    pub(super) fn wave(self, at: Timestamp, scale_s: i64) -> f64 {
        let (step, rest) = (at.as_second().div_euclid(scale_s), at.as_second().rem_euclid(scale_s));
        let share = rest as f64 / scale_s as f64;
        let eased = share * share * (3.0 - 2.0 * share);
        let (from, to) = (self.chance(step), self.chance(step + 1));
        2.0 * (from + (to - from) * eased) - 1.0
    }

    /// Three waves of falling height, in [-1, 1]: restless, but never jumping.
    pub(super) fn weathered(self, at: Timestamp, scale_s: i64) -> f64 {
        0.6 * self.of("1").wave(at, scale_s)
            + 0.3 * self.of("2").wave(at, (scale_s / 3).max(1))
            + 0.1 * self.of("3").wave(at, (scale_s / 11).max(1))
    }
}

/// SplitMix64's finaliser.
fn mix(number: u64) -> u64 {
    let z = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
