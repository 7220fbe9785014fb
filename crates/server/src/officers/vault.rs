//! Seals what the server must be able to read again but a copy of the database must not show: authenticator
//! secrets. XChaCha20-Poly1305 under a key derived from `session.key`, which lies outside the database.

use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead, KeyInit, Payload},
};

use crate::keys::{Key, random};

/// Bytes of the nonce before the sealed ones.
const NONCE: usize = 24;

/// Why something cannot be sealed or opened.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    #[error(transparent)]
    Random(#[from] std::io::Error),
    #[error(
        "a sealed value does not open: it was changed, moved, or sealed under another session.key"
    )]
    Damaged,
}

/// Holds the key.
#[derive(Debug, Clone)]
pub struct Vault {
    key: Key,
}

impl Vault {
    /// A vault under the server's session key.
    pub fn new(session_key: &Key) -> Self {
        Self { key: session_key.derive("vault") }
    }

    /// Seals `plain` for `owner`: under another owner it will not open.
    pub fn seal(&self, owner: &str, plain: &[u8]) -> Result<Vec<u8>, VaultError> {
        let nonce = random::<NONCE>()?;
        let payload = Payload { msg: plain, aad: owner.as_bytes() };
        let sealed = self.cipher().encrypt(&XNonce::from(nonce), payload);
        Ok([nonce.to_vec(), sealed.map_err(|_too_long| VaultError::Damaged)?].concat())
    }

    /// Opens what was sealed for `owner`.
    pub fn open(&self, owner: &str, sealed: &[u8]) -> Result<Vec<u8>, VaultError> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>().ok_or(VaultError::Damaged)?;
        let payload = Payload { msg: sealed, aad: owner.as_bytes() };
        let opened = self.cipher().decrypt(&XNonce::from(*nonce), payload);
        opened.map_err(|_changed| VaultError::Damaged)
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(self.key.bytes().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_owner_the_key_and_the_unchanged_bytes_open() {
        let vault = Vault::new(&Key::random().unwrap());
        let mut sealed = vault.seal("li.wei", b"secret").unwrap();
        assert!(!sealed.windows(6).any(|window| window == b"secret"));
        assert_eq!(vault.open("li.wei", &sealed).unwrap(), b"secret");
        assert!(vault.open("other", &sealed).is_err());
        assert!(Vault::new(&Key::random().unwrap()).open("li.wei", &sealed).is_err());
        sealed[30] ^= 1;
        assert!(vault.open("li.wei", &sealed).is_err());
        assert!(vault.open("li.wei", &sealed[..10]).is_err());
    }

    #[test]
    fn equal_values_are_sealed_differently() {
        let vault = Vault::new(&Key::random().unwrap());
        assert_ne!(vault.seal("a", b"x").unwrap(), vault.seal("a", b"x").unwrap());
    }
}
