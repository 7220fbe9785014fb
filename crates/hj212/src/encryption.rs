//! SM4 over the data area (HJ 212-2025, 6.4.1–6.4.4 and A.2, as quoted in public code).
//!
//! ECB with a plain tail hides little: it is decoded because devices send it, not because it protects anyone.

use crate::segment::Areas;
use sm4::Sm4;
use sm4::cipher::{BlockCipherDecrypt, BlockCipherEncrypt, KeyInit};
use std::collections::HashMap;
use std::fmt::{self, Write as _};

/// An SM4 key.
pub type Key = [u8; 16];

const BLOCK: usize = 16;

/// The keys of devices that encrypt, by MN.
#[derive(Clone, Default)]
pub struct KeyRing {
    keys: HashMap<String, Key>,
}

impl KeyRing {
    /// Sets the key of a device; the one before it no longer opens anything.
    pub fn insert(&mut self, mn: impl Into<String>, key: Key) {
        self.keys.insert(mn.into(), key);
    }

    /// The key of a device.
    pub fn get(&self, mn: &str) -> Option<Key> {
        self.keys.get(mn).copied()
    }
}

/// Prints how many keys there are, never a key.
impl fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyRing({} keys)", self.keys.len())
    }
}

/// Whether the data area begins like an encrypted one.
pub(crate) fn is_encrypted(segment: &[u8]) -> bool {
    Areas::of(segment).is_ok_and(|areas| areas.data.starts_with(b"{0x"))
}

/// The wire form of a data area: `{0xE4,0x3E,…}rest`. Whole blocks of 16 bytes are encrypted, the rest stays
/// plain; data shorter than a block stays plain altogether.
pub(crate) fn encrypt(data: &[u8], key: &Key) -> Vec<u8> {
    let (blocks, rest) = data.as_chunks::<BLOCK>();
    if blocks.is_empty() {
        return data.to_vec();
    }
    let cipher = Sm4::new(&(*key).into());
    let mut wire = String::from("{");
    for block in blocks {
        let mut block = (*block).into();
        cipher.encrypt_block(&mut block);
        for byte in block {
            let separator = if wire.len() == 1 { "" } else { "," };
            // Writing to a String cannot fail.
            let _ = write!(wire, "{separator}0x{byte:02X}");
        }
    }
    wire.push('}');
    [wire.as_bytes(), rest].concat()
}

/// The plain data area, `None` if `wire` is not a list of whole blocks.
pub(crate) fn decrypt(wire: &[u8], key: &Key) -> Option<Vec<u8>> {
    let list = wire.strip_prefix(b"{")?;
    let end = list.iter().position(|&byte| byte == b'}')?;
    let numbers = list[..end].split(|&byte| byte == b',');
    let mut plain = numbers.map(byte_of).collect::<Option<Vec<u8>>>()?;
    let cipher = Sm4::new(&(*key).into());
    let (blocks, []) = plain.as_chunks_mut::<BLOCK>() else { return None };
    for block in blocks {
        let mut opened = (*block).into();
        cipher.decrypt_block(&mut opened);
        *block = opened.into();
    }
    plain.extend_from_slice(&list[end + 1..]);
    Some(plain)
}

/// `0xE4`, of either case.
fn byte_of(number: &[u8]) -> Option<u8> {
    let digits = number.trim_ascii().strip_prefix(b"0x")?;
    let both = digits.len() == 2 && digits.iter().all(u8::is_ascii_hexdigit);
    let text = std::str::from_utf8(digits).ok().filter(|_| both)?;
    u8::from_str_radix(text, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::{Key, decrypt, encrypt};
    use rstest::rstest;

    const CORE: Key = [
        0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF, 0xFE, 0xDC, 0xBA, 0x98, 0x76, 0x54, 0x32,
        0x10,
    ];

    // GB/T 32907 A.1, and the first block of the example in HJ 212-2025 A.2.
    #[rstest]
    #[case::gb_t_32907(&CORE, CORE, "681EDF34D206965E86B3E94F536E4246")]
    #[case::hj_212_2025_a_2(b"DataTime=2024052", [0x30; 16], "E43E159ACFAB242CB53155FB8B9281A1")]
    fn one_block_encrypts_as_printed(#[case] plain: &[u8], #[case] key: Key, #[case] cipher: &str) {
        let bytes: Vec<_> = (0..16).map(|i| format!("0x{}", &cipher[2 * i..2 * i + 2])).collect();
        let wire = format!("{{{}}}", bytes.join(",")).into_bytes();
        assert_eq!(encrypt(plain, &key), wire);
        assert_eq!(decrypt(&wire, &key).as_deref(), Some(plain));
    }

    #[test]
    fn less_than_a_block_stays_plain() {
        assert_eq!(encrypt(b"a34004-Rtd=36.1", &[0x30; 16]), b"a34004-Rtd=36.1");
    }

    #[rstest]
    #[case::half_a_block("{0x01,0x02}rest")]
    #[case::not_hexadecimal("{0xZZ}")]
    #[case::no_prefix("{01}")]
    #[case::unclosed("{0x01,0x02")]
    #[case::empty("{}")]
    fn anything_else_is_not_decrypted(#[case] wire: &str) {
        assert_eq!(decrypt(wire.as_bytes(), &[0x30; 16]), None);
    }
}
