//! Sealing to an age recipient: the file format `age-encryption.org/v1` (C2SP age.md) for one X25519 recipient and one chunk,
//! armored. Opening needs the officers' key, which no server has. Why it is written here: docs/decisions/0008.

use base64::{
    Engine,
    prelude::{BASE64_STANDARD, BASE64_STANDARD_NO_PAD},
};
use bech32::{Bech32, primitives::decode::CheckedHrpstring};
use chacha20poly1305::{ChaCha20Poly1305, KeyInit, aead::Aead};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use x25519_dalek::{PublicKey, StaticSecret};

use crate::keys::random;

const VERSION: &str = "age-encryption.org/v1";
const STANZA: &[u8] = b"age-encryption.org/v1/X25519";
const BEGIN: &str = "-----BEGIN AGE ENCRYPTED FILE-----";
const END: &str = "-----END AGE ENCRYPTED FILE-----";
/// Columns of base64, in the armor.
const COLUMNS: usize = 64;
/// Bytes of one chunk: what is sealed here is far shorter.
const CHUNK: usize = 64 * 1_024;

/// What is drawn anew for every file.
struct Drawn {
    file_key: [u8; 16],
    ephemeral: [u8; 32],
    nonce: [u8; 16],
}

/// Why nothing was sealed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SealingError {
    #[error("the recipient is no age recipient (age1…)")]
    Recipient,
    #[error("{0} bytes are more than is sealed in one piece")]
    TooLong(usize),
    #[error("{0}")]
    Random(#[from] std::io::Error),
    #[error("the cipher refused")]
    Cipher,
}

/// `plain`, sealed to `recipient` and armored.
pub(crate) fn seal(recipient: &str, plain: &[u8]) -> Result<String, SealingError> {
    let drawn = Drawn { file_key: random()?, ephemeral: random()?, nonce: random()? };
    sealed(&public_key(recipient)?, plain, &drawn)
}

fn public_key(recipient: &str) -> Result<[u8; 32], SealingError> {
    let read = CheckedHrpstring::new::<Bech32>(recipient.trim());
    let read = read.map_err(|_not_bech32| SealingError::Recipient)?;
    let bytes: Vec<u8> = read.byte_iter().collect();
    let named = read.hrp().as_str() == "age";
    bytes.try_into().ok().filter(|_| named).ok_or(SealingError::Recipient)
}

fn sealed(recipient: &[u8; 32], plain: &[u8], drawn: &Drawn) -> Result<String, SealingError> {
    if plain.len() > CHUNK {
        return Err(SealingError::TooLong(plain.len()));
    }
    let secret = StaticSecret::from(drawn.ephemeral);
    let share = PublicKey::from(&secret);
    let shared = secret.diffie_hellman(&PublicKey::from(*recipient));
    // A point of small order would make the key everybody's (age.md, "X25519 recipient stanza").
    if shared.as_bytes() == &[0; 32] {
        return Err(SealingError::Recipient);
    }
    let salt = [share.as_bytes().as_slice(), recipient].concat();
    let wrap = hkdf(shared.as_bytes(), &salt, STANZA);
    let wrapped = encrypted(&wrap, [0; 12], &drawn.file_key)?;
    let text = |bytes: &[u8]| BASE64_STANDARD_NO_PAD.encode(bytes);
    let header =
        format!("{VERSION}\n-> X25519 {}\n{}\n---", text(share.as_bytes()), text(&wrapped));
    let mark = mac(&hkdf(&drawn.file_key, &[], b"header"), header.as_bytes());
    // The counter is 0, and the last byte says that this chunk is the last.
    let counter = std::array::from_fn(|at| u8::from(at == 11));
    let payload = hkdf(&drawn.file_key, &drawn.nonce, b"payload");
    let chunk = encrypted(&payload, counter, plain)?;
    let file = [format!("{header} {}\n", text(&mark)).as_bytes(), &drawn.nonce, &chunk].concat();
    Ok(armored(&file))
}

fn encrypted(key: &[u8; 32], nonce: [u8; 12], plain: &[u8]) -> Result<Vec<u8>, SealingError> {
    let cipher = ChaCha20Poly1305::new(&(*key).into());
    cipher.encrypt(&nonce.into(), plain).map_err(|_opaque| SealingError::Cipher)
}

/// HKDF-SHA-256 (RFC 5869) of one block.
fn hkdf(material: &[u8], salt: &[u8], info: &[u8]) -> [u8; 32] {
    mac(&mac(salt, material), &[info, &[1]].concat())
}

#[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
fn mac(key: &[u8], message: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("any length is a key");
    mac.update(message);
    mac.finalize().into_bytes().into()
}

fn armored(file: &[u8]) -> String {
    let text = BASE64_STANDARD.encode(file);
    let lines = text.as_bytes().chunks(COLUMNS).map(String::from_utf8_lossy);
    let lines: Vec<_> = lines.collect();
    format!("{BEGIN}\n{}\n{END}\n", lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Drawn for these tests; its secret key is nowhere.
    const RECIPIENT: &str = "age1lswj5guhqgmglfgx5esxzw7jnx8rmawkma6nvcmf6gqvxn3gkazsemd335";

    #[test]
    fn only_whole_recipients_of_age_are_sealed_to() {
        assert!(public_key(RECIPIENT).is_ok() && public_key(&format!(" {RECIPIENT}\n")).is_ok());
        let damaged = RECIPIENT.replacen('q', "p", 1);
        for other in ["", "age1", "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq", &damaged] {
            assert!(public_key(other).is_err(), "{other}");
        }
        assert!(matches!(seal(RECIPIENT, &[0; CHUNK + 1]), Err(SealingError::TooLong(_))));
    }

    #[test]
    fn what_is_drawn_differs_each_time() {
        let [a, b] = [(); 2].map(|()| seal(RECIPIENT, b"13800000000").unwrap());
        assert_ne!(a, b);
        assert!(
            a.starts_with(BEGIN)
                && a.ends_with("-----\n")
                && a.lines().all(|line| line.len() <= 64)
        );
    }

    /// Checked with another implementation (pyrage 1.4.0): it opens to the contact with the secret key.
    #[test]
    fn a_file_is_the_one_that_age_opens() {
        let drawn = Drawn { file_key: [1; 16], ephemeral: [2; 32], nonce: [3; 16] };
        let key = public_key(RECIPIENT).unwrap();
        let file =
            sealed(&key, r#"{"name":"李","reach":"13800000000"}"#.as_bytes(), &drawn).unwrap();
        assert_eq!(file, EXPECTED);
    }

    const EXPECTED: &str = "\
-----BEGIN AGE ENCRYPTED FILE-----
YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSB6bzA2MGN5Mk0reDdjTUY0
RktYSGJzMENsb1VGRFRSSFJib0ZodzVZZlZrCitQak9UVkNBTG9NTmU1MTYyYzNy
QjBwWE5Dbzk0cEdKaDgzOExubFB5RVEKLS0tIFcxSGNjZ29idy9EZ25OTG9FRDUz
QzdBZFlqc3hZdFJVTkdVRkEwVmFvN2cKAwMDAwMDAwMDAwMDAwMDAw2Kjc6XOEeT
dmHtEEpXBl5VBgPk3dhQNortT9USHiV2xJhobMIlSYRSGEvkb2Abz5Z0BHQ=
-----END AGE ENCRYPTED FILE-----
";
}
