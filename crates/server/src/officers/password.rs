//! Passwords of staff: Argon2id, one salt each, checked in the same time for accounts that do not exist.

use std::sync::Arc;

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use domain::Text;
use tokio::sync::Semaphore;

use crate::keys::random;

/// Memory of one evaluation in KiB and passes over it: the OWASP Password Storage Cheat Sheet's parameters for Argon2id
/// with one lane, in force when a password is set. Those of an older hash stand in the hash.
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
/// Evaluations at once: what a flood of sign-ins may take of the machine.
const AT_ONCE: usize = 2;

/// Letters and digits of a chosen password, in Unicode scalar values.
const SHORTEST: usize = 12;
/// Nobody types more; a limit keeps the body small.
const LONGEST: usize = 128;

/// Why a password cannot be kept or compared.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    #[error("Argon2 refuses: {0}")]
    Argon2(argon2::password_hash::Error),
    #[error("Argon2 parameters: {0}")]
    Parameters(argon2::Error),
    #[error(transparent)]
    Random(#[from] std::io::Error),
    #[error("the thread that hashes has died: {0}")]
    Thread(#[from] tokio::task::JoinError),
    #[error("passwords are no longer compared: the server is stopping")]
    Stopping,
}

/// Compares passwords, a few at a time.
#[derive(Debug, Clone)]
pub struct Passwords {
    turns: Arc<Semaphore>,
    /// The hash of a password nobody knows, compared with where there is no account.
    nobody: Arc<str>,
}

impl Passwords {
    /// Ready to compare.
    ///
    /// # Errors
    ///
    /// When the operating system gives no randomness.
    pub fn new() -> Result<Self, PasswordError> {
        let nobody = hash(&BASE64_URL_SAFE_NO_PAD.encode(random::<32>()?))?;
        Ok(Self { turns: Arc::new(Semaphore::new(AT_ONCE)), nobody: nobody.into() })
    }

    /// Whether `password` belongs to `hash`; `None` stands for an account that does not exist, takes as long, and
    /// is never right.
    pub async fn matches(
        &self,
        password: String,
        hash: Option<String>,
    ) -> Result<bool, PasswordError> {
        let exists = hash.is_some();
        let hash = hash.unwrap_or_else(|| self.nobody.as_ref().to_owned());
        let compared = self.in_turn(move || verify(&password, &hash)).await?;
        Ok(compared && exists)
    }

    /// The hash to be kept of `password`.
    pub async fn hashed(&self, password: String) -> Result<String, PasswordError> {
        self.in_turn(move || hash(&password)).await?
    }

    /// Runs `work` where it may take its time.
    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, PasswordError> {
        let turn = Arc::clone(&self.turns).acquire_owned().await;
        let turn = turn.map_err(|_closed| PasswordError::Stopping)?;
        let done = tokio::task::spawn_blocking(move || {
            let done = work();
            // Held by the work itself: whoever waits for it may be gone long before.
            drop(turn);
            done
        });
        Ok(done.await?)
    }
}

fn argon2() -> Result<Argon2<'static>, PasswordError> {
    let parameters = Params::new(MEMORY_KIB, PASSES, 1, None).map_err(PasswordError::Parameters)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters))
}

/// The PHC text of `password` under a fresh salt.
pub fn hash(password: &str) -> Result<String, PasswordError> {
    let made = argon2()?.hash_password(password.as_bytes());
    Ok(made.map_err(PasswordError::Argon2)?.to_string())
}

/// A hash that cannot be read belongs to no password.
fn verify(password: &str, hash: &str) -> bool {
    let Ok(parsed) = PasswordHash::new(hash) else { return false };
    argon2().is_ok_and(|argon2| argon2.verify_password(password.as_bytes(), &parsed).is_ok())
}

/// A password of 100 random bits in four groups, for whoever is given an account.
pub fn generated() -> std::io::Result<String> {
    const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstvwxyz0123456789";
    let bytes = random::<20>()?;
    let letters: Vec<char> =
        bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect();
    let groups: Vec<String> = letters.chunks(5).map(|group| group.iter().collect()).collect();
    Ok(groups.join("-"))
}

/// Why `password` is not to be chosen by the account `name`; `None` if it may.
pub fn objection(password: &str, name: &str) -> Option<Text> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Some(Text::new(
            format!("密码至少 {SHORTEST} 个字符，现有 {length} 个"),
            format!("A password has at least {SHORTEST} characters; this one has {length}."),
        ));
    }
    if length > LONGEST {
        return Some(Text::new(
            format!("密码最多 {LONGEST} 个字符，现有 {length} 个"),
            format!("A password has at most {LONGEST} characters; this one has {length}."),
        ));
    }
    let lower = password.to_lowercase();
    let mut letters: Vec<char> = lower.chars().collect();
    letters.sort_unstable();
    letters.dedup();
    (lower.contains(name) || letters.len() < 5).then(|| {
        Text::new(
            "密码不能包含用户名，也不能只由几个字符重复而成",
            "A password may not contain the account's name nor repeat a few characters.",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_of_an_account_that_exists_is_right() {
        let passwords = Passwords::new().unwrap();
        let hash = passwords.hashed("correct horse".into()).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(passwords.matches("correct horse".into(), Some(hash.clone())).await.unwrap());
        assert!(!passwords.matches("correct hors".into(), Some(hash)).await.unwrap());
        assert!(!passwords.matches("correct horse".into(), None).await.unwrap());
        assert!(!passwords.matches(String::new(), Some("damaged".into())).await.unwrap());
    }

    #[test]
    fn a_chosen_password_is_long_and_not_the_name() {
        assert!(objection("short", "li").is_some_and(|text| text.en.contains("has 5")));
        assert!(objection(&"x".repeat(129), "li").is_some());
        assert!(objection("aaaaaaaaaaaaab", "li").is_some());
        assert!(objection("Li.Wei-and-more", "li.wei").is_some());
        assert!(objection("桃花溪边的一百零八棵黄葛树", "li.wei").is_none());
    }

    #[test]
    fn generated_passwords_may_be_chosen_and_differ() {
        let (one, other) = (generated().unwrap(), generated().unwrap());
        assert_ne!(one, other);
        assert_eq!((one.len(), objection(&one, "li.wei")), (23, None));
    }
}
