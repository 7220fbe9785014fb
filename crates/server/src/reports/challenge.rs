//! Proofs of work in the manner of ALTCHA: cheap for one person who writes, dear for a program that writes thousands.
//!
//! A proof raises cost, it does not tell people from programs; nobody is refused for want of one.

use contract::report::{Challenge, Proof};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};

use crate::keys::Key;

/// The only algorithm: a proof that names another is none.
const ALGORITHM: &str = "SHA-256";
/// How long a challenge can be used.
const LIFE: SignedDuration = SignedDuration::from_mins(10);
/// Ends every part of a salt. Without it, digits could move from the number into the salt's last part, and one solution
/// would count as several (CVE-2025-68113).
const DELIMITER: char = ':';

/// What a proof may be used for; a proof for one thing is none for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Sending a report.
    Report,
}

impl Purpose {
    const fn key(self) -> &'static str {
        match self {
            Self::Report => "report",
        }
    }
}

/// A proof that holds; it counts once its `id` has been noted as spent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Solved {
    /// Names the challenge.
    pub id: [u8; 32],
    /// Until when the id must be remembered.
    pub expires: Timestamp,
    /// How large the work was.
    pub max_number: u64,
}

/// Why a proof does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProofFault {
    #[error("the challenge is not one of ours, or was changed")]
    Forged,
    #[error("the challenge has expired")]
    Expired,
    #[error("the number does not solve the challenge")]
    Unsolved,
}

/// Makes challenges and checks their solutions, without remembering any.
#[derive(Debug, Clone)]
pub struct Challenges {
    key: Key,
}

impl Challenges {
    /// Signs with `key`.
    pub const fn new(key: Key) -> Self {
        Self { key }
    }

    /// A challenge whose solution lies in `0..=max_number`; `random` decides salt and solution.
    pub fn issue(
        &self,
        purpose: Purpose,
        max_number: u64,
        now: Timestamp,
        random: [u8; 24],
    ) -> Challenge {
        let expires = now.checked_add(LIFE).unwrap_or(Timestamp::MAX).as_second();
        let (nonce, solution) = random.split_at(16);
        let solution = solution.iter().fold(0_u64, |sum, byte| (sum << 8) | u64::from(*byte));
        let number = solution % max_number.saturating_add(1).max(1);
        let (purpose, nonce) = (purpose.key(), hex(nonce));
        let salt = format!("{purpose}{DELIMITER}{expires}{DELIMITER}{nonce}{DELIMITER}");
        let challenge = digest(&salt, number);
        let signature = hex(&self.key.mac(&signed(&challenge, max_number, &salt).each()));
        Challenge { algorithm: ALGORITHM.to_owned(), challenge, max_number, salt, signature }
    }

    /// What a proof is worth at `now`.
    pub fn check(
        &self,
        purpose: Purpose,
        proof: &Proof,
        now: Timestamp,
    ) -> Result<Solved, ProofFault> {
        let Challenge { algorithm, challenge, max_number, salt, signature } = &proof.challenge;
        let given = unhex(signature).ok_or(ProofFault::Forged)?;
        let parts = signed(challenge, *max_number, salt);
        if algorithm != ALGORITHM || !self.key.confirms(&parts.each(), &given) {
            return Err(ProofFault::Forged);
        }
        // From here on the salt is our own.
        let expires = expiry(purpose, salt).ok_or(ProofFault::Forged)?;
        if expires <= now {
            return Err(ProofFault::Expired);
        }
        if proof.number > *max_number || digest(salt, proof.number) != *challenge {
            return Err(ProofFault::Unsolved);
        }
        let id = unhex(challenge).and_then(|id| id.try_into().ok()).ok_or(ProofFault::Forged)?;
        Ok(Solved { id, expires, max_number: *max_number })
    }
}

/// What is signed.
struct Signed<'a> {
    challenge: &'a str,
    max_number: [u8; 8],
    salt: &'a str,
}

impl Signed<'_> {
    fn each(&self) -> [&[u8]; 4] {
        [ALGORITHM.as_bytes(), self.challenge.as_bytes(), &self.max_number, self.salt.as_bytes()]
    }
}

fn signed<'a>(challenge: &'a str, max_number: u64, salt: &'a str) -> Signed<'a> {
    Signed { challenge, max_number: max_number.to_be_bytes(), salt }
}

/// When a salt for `purpose` expires.
fn expiry(purpose: Purpose, salt: &str) -> Option<Timestamp> {
    let mut parts = salt.strip_suffix(DELIMITER)?.split(DELIMITER);
    let (for_purpose, expires, nonce) = (parts.next()?, parts.next()?, parts.next()?);
    let whole = parts.next().is_none() && nonce.len() == 32;
    let expires = Timestamp::from_second(expires.parse().ok()?).ok()?;
    (whole && for_purpose == purpose.key()).then_some(expires)
}

fn digest(salt: &str, number: u64) -> String {
    hex(&Sha256::digest(format!("{salt}{number}")))
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The bytes of lower-case hexadecimal.
pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    let plain = |byte: &u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    if !text.len().is_multiple_of(2) || !text.as_bytes().iter().all(plain) {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok()).collect()
}

/// Solves a challenge as a browser does; for tests and for the demonstration's own reports.
pub fn solve(challenge: &Challenge) -> Option<Proof> {
    let number = (0..=challenge.max_number)
        .find(|number| digest(&challenge.salt, *number) == challenge.challenge)?;
    Some(Proof { challenge: challenge.clone(), number })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_790_000_000;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn challenges() -> Challenges {
        Challenges::new(Key::random().unwrap())
    }

    fn solved(challenges: &Challenges, random: u8) -> Proof {
        solve(&challenges.issue(Purpose::Report, 500, at(NOW), [random; 24])).unwrap()
    }

    #[test]
    fn a_solution_holds_for_ten_minutes() {
        let challenges = challenges();
        let proof = solved(&challenges, 3);
        let check = |second| challenges.check(Purpose::Report, &proof, at(second));
        let held = check(NOW + 599).unwrap();
        assert_eq!((held.expires, held.max_number), (at(NOW + 600), 500));
        assert_eq!(check(NOW + 600), Err(ProofFault::Expired));
    }

    #[test]
    fn each_challenge_has_an_id_of_its_own() {
        let challenges = challenges();
        let id = |random| {
            challenges.check(Purpose::Report, &solved(&challenges, random), at(NOW)).unwrap().id
        };
        assert_eq!(id(1), id(1));
        assert_ne!(id(1), id(2));
    }

    #[test]
    fn digits_cannot_move_between_salt_and_number() {
        let challenges = challenges();
        let proof = (1..=u8::MAX).map(|n| solved(&challenges, n)).find(|p| p.number > 9).unwrap();
        let digits = proof.number.to_string();
        for cut in 1..digits.len() {
            let mut spliced = proof.clone();
            spliced.challenge.salt.push_str(&digits[..cut]);
            spliced.number = digits[cut..].parse().unwrap();
            let result = challenges.check(Purpose::Report, &spliced, at(NOW));
            assert_eq!(result, Err(ProofFault::Forged));
        }
    }

    #[test]
    fn nothing_of_a_challenge_can_be_changed() {
        let challenges = challenges();
        let proof = solved(&challenges, 9);
        let changes: [fn(&mut Proof); 6] = [
            |p| p.challenge.max_number = 1_000,
            |p| p.challenge.salt = p.challenge.salt.replace("report", "upload"),
            |p| p.challenge.algorithm = "SHA-1".into(),
            |p| p.challenge.signature = "00".into(),
            |p| p.challenge.signature = "é".into(),
            |p| p.challenge.challenge = digest(&p.challenge.salt, 1_000_000),
        ];
        for change in changes {
            let mut forged = proof.clone();
            change(&mut forged);
            let result = challenges.check(Purpose::Report, &forged, at(NOW));
            assert_eq!(result, Err(ProofFault::Forged), "{:?}", forged.challenge);
        }
        let wrong = Proof { number: proof.number + 1, ..proof };
        let result = challenges.check(Purpose::Report, &wrong, at(NOW));
        assert_eq!(result, Err(ProofFault::Unsolved));
    }

    #[test]
    fn another_portals_challenge_is_none_of_ours() {
        let proof = solved(&challenges(), 5);
        let result = challenges().check(Purpose::Report, &proof, at(NOW));
        assert_eq!(result, Err(ProofFault::Forged));
    }
}
