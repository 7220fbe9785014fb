//! The server's own keys: files under `<data_dir>/keys`, readable by the server's account alone.
//!
//! `bilan demo` makes what is missing as it starts; a real portal's are made once by `bilan keygen`, and `bilan
//! serve` refuses to start without them: a key that appeared by itself would make older codes and receipts void.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use ed25519_dalek::{SigningKey, VerifyingKey};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Signs filing receipts.
const RECEIPT: &str = "receipt.ed25519";
/// Goes into every hash of a claim code, so that the database alone lets nobody guess.
const PEPPER: &str = "pepper";
/// Signs and seals what staff sessions need.
const SESSION: &str = "session.key";
/// All of them.
const NAMES: [&str; 3] = [RECEIPT, PEPPER, SESSION];
/// Public keys of receipts signed earlier end so.
const RETIRED: &str = ".ed25519.pub";

/// 256 bits that must not be printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Key([u8; 32]);

impl Key {
    /// The bytes, for the one who computes with them.
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// A key for another `purpose`: one file need not exist for each.
    #[must_use]
    pub fn derive(&self, purpose: &str) -> Self {
        Self(self.mac(&[purpose.as_bytes()]))
    }

    /// HMAC-SHA-256 over `parts`, each preceded by its length: no part can reach into the next.
    pub fn mac(&self, parts: &[&[u8]]) -> [u8; 32] {
        let mut mac = keyed(&self.0);
        for part in parts {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }

    /// True for the [`Key::mac`] of `parts`; takes as long whatever `given` is.
    pub fn confirms(&self, parts: &[&[u8]], given: &[u8]) -> bool {
        let mut mac = keyed(&self.0);
        for part in parts {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac.verify_slice(given).is_ok()
    }

    /// A key of the operating system's randomness.
    pub fn random() -> io::Result<Self> {
        random().map(Self)
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("***")
    }
}

#[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
fn keyed(key: &[u8; 32]) -> Hmac<Sha256> {
    Hmac::new_from_slice(key).expect("any length is a key")
}

/// `N` bytes of the operating system's randomness.
pub fn random<const N: usize>() -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| {
        io::Error::other(format!("the operating system gives no randomness: {error}"))
    })?;
    Ok(bytes)
}

/// The keys of one portal.
#[derive(Clone)]
pub struct Keys {
    /// Signs filing receipts.
    pub receipt: SigningKey,
    /// Keys that receipts were signed with before, kept so that those still verify.
    pub retired: Vec<VerifyingKey>,
    /// See [`PEPPER`].
    pub pepper: Key,
    /// For staff sessions.
    pub session: Key,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keys").finish_non_exhaustive()
    }
}

/// Why keys cannot be used; names files, never what is in them.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    #[error("{} is missing; `bilan keygen` makes it", .0.display())]
    Missing(PathBuf),
    #[error("{}: {cause}", path.display())]
    Unusable { path: PathBuf, cause: io::Error },
    #[error("{} is not a key of 256 bits in base64url; restore it from a backup", .0.display())]
    Malformed(PathBuf),
}

/// Where the keys of a data folder are.
pub fn folder(data_dir: &Path) -> PathBuf {
    data_dir.join("keys")
}

/// Makes the keys that are missing; the files made. One that is there is never replaced.
pub fn make(data_dir: &Path) -> Result<Vec<PathBuf>, KeysError> {
    let folder = folder(data_dir);
    let unusable = |path: &Path| {
        let path = path.to_owned();
        move |cause| KeysError::Unusable { path, cause }
    };
    fs::DirBuilder::new().recursive(true).mode(0o700).create(&folder).map_err(unusable(&folder))?;
    let mut made = Vec::new();
    for name in NAMES {
        let path = folder.join(name);
        let text = BASE64_URL_SAFE_NO_PAD.encode(random::<32>().map_err(unusable(&path))?);
        match private(&path) {
            Ok(mut file) => {
                writeln!(file, "{text}").and_then(|()| file.sync_all()).map_err(unusable(&path))?;
                made.push(path);
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(cause) => return Err(KeysError::Unusable { path, cause }),
        }
    }
    Ok(made)
}

/// A new file that only its owner may read.
pub fn private(path: &Path) -> io::Result<fs::File> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

/// The keys of a data folder.
pub fn read(data_dir: &Path) -> Result<Keys, KeysError> {
    let folder = folder(data_dir);
    let key = |name: &str| key(&folder.join(name));
    Ok(Keys {
        receipt: SigningKey::from_bytes(&key(RECEIPT)?),
        retired: retired(&folder)?,
        pepper: Key(key(PEPPER)?),
        session: Key(key(SESSION)?),
    })
}

fn key(path: &Path) -> Result<[u8; 32], KeysError> {
    let text = fs::read_to_string(path).map_err(|cause| match cause.kind() {
        io::ErrorKind::NotFound => KeysError::Missing(path.to_owned()),
        _ => KeysError::Unusable { path: path.to_owned(), cause },
    })?;
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(text.trim()).ok();
    let key = bytes.and_then(|bytes| bytes.try_into().ok());
    key.ok_or_else(|| KeysError::Malformed(path.to_owned()))
}

/// Public keys that an operator left behind when replacing the one in use, by file name.
fn retired(folder: &Path) -> Result<Vec<VerifyingKey>, KeysError> {
    let unusable = |cause| KeysError::Unusable { path: folder.to_owned(), cause };
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(unusable)? {
        let path = entry.map_err(unusable)?.path();
        if path.to_string_lossy().ends_with(RETIRED) {
            paths.push(path);
        }
    }
    paths.sort();
    let keys = paths.iter().map(|path| {
        let malformed = |_| KeysError::Malformed(path.clone());
        VerifyingKey::from_bytes(&key(path)?).map_err(malformed)
    });
    keys.collect()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn keys_are_made_once_and_only_their_owner_may_read_them() {
        let data = tempfile::tempdir().unwrap();
        assert_eq!(make(data.path()).unwrap().len(), 3);
        let first = read(data.path()).unwrap();
        assert!(make(data.path()).unwrap().is_empty());
        let second = read(data.path()).unwrap();
        assert_eq!(first.receipt.to_bytes(), second.receipt.to_bytes());
        assert_eq!((first.pepper, first.session), (second.pepper, second.session));
        for name in NAMES {
            let mode = fs::metadata(folder(data.path()).join(name)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{name}");
        }
    }

    #[test]
    fn a_missing_or_damaged_key_is_named_without_its_content() {
        let data = tempfile::tempdir().unwrap();
        assert!(matches!(read(data.path()), Err(KeysError::Missing(_))));
        make(data.path()).unwrap();
        fs::write(folder(data.path()).join(PEPPER), "c2hvcnQ").unwrap();
        let error = read(data.path()).unwrap_err().to_string();
        assert!(error.contains("pepper") && !error.contains("c2hvcnQ"), "{error}");
    }

    #[test]
    fn keys_of_earlier_receipts_stay() {
        let data = tempfile::tempdir().unwrap();
        make(data.path()).unwrap();
        let old = SigningKey::from_bytes(&[7; 32]).verifying_key();
        let text = BASE64_URL_SAFE_NO_PAD.encode(old.as_bytes());
        fs::write(folder(data.path()).join("2025.ed25519.pub"), text).unwrap();
        assert_eq!(read(data.path()).unwrap().retired, [old]);
    }

    #[test]
    fn no_part_of_a_mac_reaches_into_the_next() {
        let key = Key([1; 32]);
        assert_ne!(key.mac(&[b"ab", b"c"]), key.mac(&[b"a", b"bc"]));
        assert!(key.confirms(&[b"ab"], &key.mac(&[b"ab"])) && !key.confirms(&[b"ab"], b""));
        assert_ne!(key.derive("a"), key.derive("b"));
        assert_eq!(format!("{key:?}"), "***");
    }
}
