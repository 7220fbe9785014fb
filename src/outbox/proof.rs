//! The proof of work that keeps programs from flooding the queue; solved beside the writing, never instead of it.

use contract::{
    paths,
    report::{Challenge, Proof},
};
use sha2::{Digest, Sha256};
use ui::turn::pause;

use crate::api_client::{self, Failure};

/// Numbers tried before the page gets its turn: a few milliseconds on a slow phone.
const SLICE: u64 = 1_000;

/// Asks for a challenge and solves it; `None` for one that cannot be solved.
///
/// # Errors
///
/// Why there is no challenge.
pub(crate) async fn proof() -> Result<Option<Proof>, Failure> {
    let challenge: Challenge = api_client::get(paths::REPORT_CHALLENGE).await?;
    let mut next = 0;
    while next <= challenge.max_number {
        let end = (next + SLICE).min(challenge.max_number + 1);
        if let Some(number) = solution(&challenge, next..end) {
            return Ok(Some(Proof { challenge, number }));
        }
        next = end;
        pause(0).await;
    }
    Ok(None)
}

/// The number whose digits after the salt have the wanted digest.
fn solution(challenge: &Challenge, numbers: std::ops::Range<u64>) -> Option<u64> {
    let wanted = bytes(&challenge.challenge)?;
    let salted = Sha256::new_with_prefix(&challenge.salt);
    let solves = |number: &u64| {
        salted.clone().chain_update(number.to_string()).finalize().as_slice() == wanted
    };
    numbers.into_iter().find(solves)
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    let pair = |at| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok();
    (0..hex.len()).step_by(2).map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn challenge(number: u64) -> Challenge {
        let salt = "report?expires=1795000000&".to_owned();
        let digest = Sha256::digest(format!("{salt}{number}"));
        let challenge = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        Challenge {
            algorithm: "SHA-256".into(),
            challenge,
            max_number: 5_000,
            salt,
            signature: String::new(),
        }
    }

    #[test]
    fn the_number_is_found_where_it_is_and_nowhere_else() {
        let challenge = challenge(4_321);
        assert_eq!(solution(&challenge, 0..5_001), Some(4_321));
        assert_eq!(solution(&challenge, 0..4_321), None);
    }

    #[test]
    fn a_digest_that_is_none_has_no_solution() {
        let broken = Challenge { challenge: "zz".into(), ..challenge(1) };
        assert_eq!(solution(&broken, 0..10), None);
    }
}
