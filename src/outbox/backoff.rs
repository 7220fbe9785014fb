//! How long to wait before trying again.

/// After the first failure.
const FIRST_MS: u32 = 2_000;
/// Never longer: a phone that has been in a tunnel should not wait for an hour after it.
const MOST_MS: u32 = 300_000;

/// Milliseconds until the next attempt: doubled at each failure, then shortened by up to a half, so that the phones
/// of a district do not all come back in the same second.
pub(super) fn delay_ms(failures: u32, jitter: u8) -> u32 {
    let whole = FIRST_MS.saturating_mul(1 << failures.min(16)).min(MOST_MS);
    whole - whole / 2 / 255 * u32::from(jitter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_failure_doubles_the_wait_up_to_five_minutes() {
        let waits: Vec<_> = (0..10).map(|failures| delay_ms(failures, 0)).collect();
        assert_eq!(waits[..4], [2_000, 4_000, 8_000, 16_000]);
        assert_eq!(waits[9], MOST_MS);
        assert_eq!(delay_ms(u32::MAX, 0), MOST_MS);
    }

    #[test]
    fn jitter_shortens_by_no_more_than_a_half() {
        for failures in 0..12 {
            let whole = delay_ms(failures, 0);
            assert!((whole / 2..=whole / 2 + 255).contains(&delay_ms(failures, 255)), "{failures}");
        }
    }
}
