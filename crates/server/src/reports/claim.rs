//! Hashes of claim codes: slow, salted one by one, and keyed with a pepper that the database does not hold.
//!
//! A code opens the report it belongs to and nothing else. One that opens nothing costs as much time as one that does.

use std::sync::{Arc, Mutex, PoisonError};

use argon2::{Algorithm, Argon2, Block, Params, Version};
use base64::{Engine, prelude::BASE64_STANDARD_NO_PAD};
use domain::report::ClaimCode;
use tokio::sync::Semaphore;

use crate::keys::{self, Key};

/// What one evaluation costs: 8 MiB, one pass. The secret is 80 random bits, so that the cost need not make up for a weak
/// one; it must not let anyone stop the server by asking, either.
const MEMORY_KIB: u32 = 8 * 1_024;
const PASSES: u32 = 1;
const LANES: u32 = 1;
const LENGTH: usize = 32;
/// The same in blocks of Argon2's, of 1 KiB each.
const BLOCKS: usize = MEMORY_KIB as usize;

/// Evaluations for every code that is tried. 20 bits of locator are seldom shared by more reports than this.
const EVALUATIONS: usize = 2;

/// Hashes computed at once: each holds 8 MiB.
const AT_ONCE: usize = 4;

/// A hash could not be computed.
#[derive(Debug, thiserror::Error)]
pub enum ClaimError {
    #[error("a claim code cannot be hashed: {0}")]
    Argon2(argon2::Error),
    #[error("no randomness for a salt: {0}")]
    Salt(#[from] std::io::Error),
    #[error("the hashing task ended early: {0}")]
    Ended(#[from] tokio::task::JoinError),
}

impl From<argon2::Error> for ClaimError {
    fn from(error: argon2::Error) -> Self {
        Self::Argon2(error)
    }
}

/// Hashes and tries claim codes.
#[derive(Debug, Clone)]
pub struct Claims {
    pepper: Key,
    turns: Arc<Semaphore>,
    /// Memory of turns that are over. Given back instead, the allocator keeps some of it for every thread that ever hashed:
    /// a gigabyte in a flood.
    spare: Arc<Mutex<Vec<Vec<Block>>>>,
}

impl Claims {
    /// With this pepper in every hash.
    pub fn new(pepper: Key) -> Self {
        Self { pepper, turns: Arc::new(Semaphore::new(AT_ONCE)), spare: Arc::default() }
    }

    /// What finds the rows to be tried for a code: 20 bits that follow from all of it and from the pepper. The code is made on
    /// the phone; whoever chose many with one beginning would else make every try at them cost as many evaluations.
    pub fn locator(&self, code: &ClaimCode) -> String {
        let whole = [code.locator().as_bytes(), code.secret().as_bytes()].concat();
        let mac = self.pepper.mac(&[b"locator", &whole]);
        format!("{:02x}{:02x}{:x}", mac[0], mac[1], mac[2] >> 4)
    }

    /// What is kept of a code's `secret`: a PHC text.
    pub async fn hash(&self, secret: String) -> Result<String, ClaimError> {
        let pepper = self.pepper.clone();
        self.in_turn(move |memory| Ok(phc(&pepper, &secret, &keys::random()?, memory)?)).await?
    }

    /// The place of the hash that `secret` has among `hashes`.
    ///
    /// All of them are tried, and as many as are needed to make up the fixed number.
    pub async fn find(
        &self,
        secret: String,
        hashes: Vec<String>,
    ) -> Result<Option<usize>, ClaimError> {
        let pepper = self.pepper.clone();
        self.in_turn(move |memory| {
            let mut found = None;
            for (at, known) in hashes.iter().enumerate() {
                let salt = salt(known).unwrap_or_default();
                let computed = phc(&pepper, &secret, &salt, memory)?;
                // Compared under the key, so that the time tells nothing.
                if pepper.confirms(&[computed.as_bytes()], &pepper.mac(&[known.as_bytes()])) {
                    found = Some(at);
                }
            }
            for _ in hashes.len()..EVALUATIONS {
                phc(&pepper, &secret, &[0; 16], memory)?;
            }
            Ok(found)
        })
        .await?
    }

    /// Runs `work` where it may take its time, with the memory that it needs.
    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut [Block]) -> T + Send + 'static,
    ) -> Result<T, ClaimError> {
        // The semaphore is never closed.
        let turn = Arc::clone(&self.turns).acquire_owned().await.ok();
        let spare = Arc::clone(&self.spare);
        let done = tokio::task::spawn_blocking(move || {
            let kept = spare.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let mut memory = kept.unwrap_or_else(|| vec![Block::default(); BLOCKS]);
            let done = work(&mut memory);
            spare.lock().unwrap_or_else(PoisonError::into_inner).push(memory);
            // Held by the work itself: whoever waits for it may be gone long before.
            drop(turn);
            done
        });
        Ok(done.await?)
    }
}

fn phc(
    pepper: &Key,
    secret: &str,
    salt: &[u8; 16],
    memory: &mut [Block],
) -> Result<String, argon2::Error> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, Some(LENGTH))?;
    let argon2 =
        Argon2::new_with_secret(pepper.bytes(), Algorithm::Argon2id, Version::V0x13, params)?;
    let mut hash = [0; LENGTH];
    argon2.hash_password_into_with_memory(secret.as_bytes(), salt, &mut hash, memory)?;
    let text = |bytes: &[u8]| BASE64_STANDARD_NO_PAD.encode(bytes);
    Ok(format!("$argon2id$v=19$m={MEMORY_KIB},t={PASSES},p={LANES}${}${}", text(salt), text(&hash)))
}

/// The salt in a PHC text.
fn salt(phc: &str) -> Option<[u8; 16]> {
    let salt = phc.split('$').nth(4)?;
    BASE64_STANDARD_NO_PAD.decode(salt).ok()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn claims() -> Claims {
        Claims::new(Key::random().unwrap())
    }

    #[tokio::test]
    async fn a_code_is_found_among_those_that_share_its_locator() {
        let claims = claims();
        let mut hashes = Vec::new();
        for secret in ["0000000000000001", "0000000000000002", "0000000000000003"] {
            hashes.push(claims.hash(secret.to_owned()).await.unwrap());
        }
        let found = claims.find("0000000000000002".into(), hashes.clone()).await.unwrap();
        assert_eq!(found, Some(1));
        assert_eq!(claims.find("0000000000000004".into(), hashes).await.unwrap(), None);
    }

    #[test]
    fn codes_that_begin_alike_are_not_looked_for_together() {
        let claims = claims();
        let code = |last: u8| {
            let mut random = [0x5a; 13];
            random[11] = last;
            ClaimCode::from_random(random)
        };
        let codes: Vec<_> = (0..200).map(code).collect();
        assert!(codes.iter().all(|one| one.locator() == codes[0].locator()));
        let found: BTreeSet<_> = codes.iter().map(|code| claims.locator(code)).collect();
        assert!(found.len() > 190 && found.iter().all(|locator| locator.len() == 5), "{found:?}");
        assert_eq!(claims.locator(&code(7)), claims.locator(&codes[7]));
        assert_ne!(claims.locator(&code(7)), self::claims().locator(&code(7)), "by the pepper");
    }

    #[tokio::test]
    async fn the_same_code_is_never_hashed_to_the_same_text() {
        let claims = claims();
        let [a, b] =
            [claims.hash("s".into()).await.unwrap(), claims.hash("s".into()).await.unwrap()];
        assert_ne!(a, b);
        assert!(a.starts_with("$argon2id$v=19$m=8192,t=1,p=1$"), "{a}");
    }

    #[tokio::test]
    async fn without_the_pepper_a_hash_opens_nothing() {
        let hash = claims().hash("0000000000000001".into()).await.unwrap();
        let other = claims();
        assert_eq!(other.find("0000000000000001".into(), vec![hash]).await.unwrap(), None);
        let damaged = vec!["$argon2id$".to_owned()];
        assert_eq!(other.find("0000000000000001".into(), damaged).await.unwrap(), None);
    }
}
