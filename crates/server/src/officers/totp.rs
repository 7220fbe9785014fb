//! Time-based one-time passwords: RFC 6238 with SHA-1, six digits and steps of 30 s, which every authenticator knows.

use std::fmt::{self, Write};

use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use sha1::Sha1;

use crate::keys::random;

/// Seconds of a step (RFC 6238 §4.1).
const STEP_S: u64 = 30;
/// Steps that a phone's clock may be off to either side (RFC 6238 §5.2 advises one).
const OFF: u64 = 1;
/// Codes are taken modulo this: six digits.
const MODULUS: u32 = 1_000_000;
/// The length RFC 4226 §4 recommends, in bytes.
const LENGTH: usize = 20;

/// What an authenticator and the server share. `Debug` prints `***`.
#[derive(Clone, PartialEq, Eq)]
pub struct TotpSecret(Vec<u8>);

impl fmt::Debug for TotpSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl TotpSecret {
    /// A new one.
    pub fn random() -> std::io::Result<Self> {
        Ok(Self(random::<LENGTH>()?.to_vec()))
    }

    /// One that was kept.
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// To be sealed and kept.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The step that `code` belongs to, if it is one that may still be used: at most one step off and later than
    /// `used`, the last step that signed in. A code seen over a shoulder is worth nothing once it was used.
    pub fn step_of(&self, code: &str, now: Timestamp, used: u64) -> Option<u64> {
        let code = code.trim();
        let around = step(now).saturating_sub(OFF)..=step(now) + OFF;
        let mut found = None;
        // All are compared, so that the time says nothing about which.
        for step in around {
            let same = differences(self.code(step).as_bytes(), code.as_bytes()) == 0;
            if same && step > used {
                found = Some(step);
            }
        }
        found
    }

    /// The code an authenticator shows at `now`.
    pub fn code_at(&self, now: Timestamp) -> String {
        self.code(step(now))
    }

    /// RFC 4226 §5.3 over the number of the step.
    fn code(&self, step: u64) -> String {
        let mut mac = <Hmac<Sha1> as KeyInit>::new_from_slice(&self.0)
            .unwrap_or_else(|_never| unreachable!("HMAC takes keys of any length"));
        mac.update(&step.to_be_bytes());
        let digest = mac.finalize().into_bytes();
        let offset = usize::from(digest[19] & 0x0f);
        let mut four = [0; 4];
        four.copy_from_slice(&digest[offset..offset + 4]);
        format!("{:06}", (u32::from_be_bytes(four) & 0x7fff_ffff) % MODULUS)
    }

    /// The address that an authenticator reads from a QR code. `issuer` is the portal, `name` the account.
    pub fn uri(&self, issuer: &str, name: &str) -> String {
        let (issuer, name) = (escaped(issuer), escaped(name));
        let secret = base32(&self.0);
        format!(
            "otpauth://totp/{issuer}:{name}?secret={secret}&issuer={issuer}&algorithm=SHA1&digits=6&period=30"
        )
    }
}

fn step(now: Timestamp) -> u64 {
    // Before 1970 there was no authenticator.
    u64::try_from(now.as_second()).unwrap_or(0) / STEP_S
}

/// Zero for equal texts, in a time that does not depend on where they differ.
fn differences(ours: &[u8], theirs: &[u8]) -> u8 {
    let length = u8::from(ours.len() != theirs.len());
    ours.iter().zip(theirs).fold(length, |sum, (a, b)| sum | (a ^ b))
}

/// RFC 4648 §6 without padding, as authenticators want it.
fn base32(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let (mut text, mut held, mut bits) = (String::new(), 0_u16, 0);
    for byte in bytes {
        held = (held << 8) | u16::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(char::from(LETTERS[usize::from((held >> bits) & 31)]));
        }
        held &= (1 << bits) - 1;
    }
    if bits > 0 {
        text.push(char::from(LETTERS[usize::from((held << (5 - bits)) & 31)]));
    }
    text
}

/// Percent-encoding of everything but unreserved characters (RFC 3986 §2.3).
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a text cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn secret() -> TotpSecret {
        TotpSecret::from_bytes(b"12345678901234567890".to_vec())
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    // RFC 6238 appendix B, SHA-1, its last six digits.
    #[rstest]
    #[case(59, "287082")]
    #[case(1_111_111_109, "081804")]
    #[case(1_111_111_111, "050471")]
    #[case(1_234_567_890, "005924")]
    #[case(2_000_000_000, "279037")]
    #[case(20_000_000_000, "353130")]
    fn codes_are_those_of_the_standard(#[case] second: i64, #[case] code: &str) {
        assert_eq!(secret().code_at(at(second)), code);
        assert_eq!(secret().step_of(code, at(second), 0), u64::try_from(second / 30).ok());
    }

    #[test]
    fn a_clock_may_be_a_step_off_but_not_two() {
        let code = secret().code_at(at(3_000));
        for (now, step) in [(2_970, Some(100)), (3_059, Some(100)), (2_969, None), (3_060, None)] {
            assert_eq!(secret().step_of(&code, at(now), 0), step, "at {now}");
        }
    }

    #[test]
    fn a_used_step_and_those_before_it_are_worth_nothing() {
        let now = at(3_000);
        let (before, code) = (secret().code_at(at(2_970)), secret().code_at(now));
        assert_eq!(secret().step_of(&code, now, 99), Some(100));
        assert_eq!(secret().step_of(&code, now, 100), None);
        assert_eq!(secret().step_of(&before, now, 100), None);
    }

    #[test]
    fn what_is_no_code_is_refused() {
        for wrong in ["", "28708", "2870820", "28708２", "abcdef"] {
            assert_eq!(secret().step_of(wrong, at(59), 0), None, "{wrong}");
        }
    }

    #[test]
    fn an_authenticator_can_read_the_address() {
        assert_eq!(
            secret().uri("九龙坡 Bilan", "li.wei"),
            "otpauth://totp/%E4%B9%9D%E9%BE%99%E5%9D%A1%20Bilan:li.wei?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\
             &issuer=%E4%B9%9D%E9%BE%99%E5%9D%A1%20Bilan&algorithm=SHA1&digits=6&period=30"
        );
    }

    // RFC 4648 §10.
    #[rstest]
    #[case("", "")]
    #[case("f", "MY")]
    #[case("fo", "MZXQ")]
    #[case("foo", "MZXW6")]
    #[case("foob", "MZXW6YQ")]
    #[case("fooba", "MZXW6YTB")]
    #[case("foobar", "MZXW6YTBOI")]
    fn base32_is_that_of_the_standard(#[case] plain: &str, #[case] text: &str) {
        assert_eq!(base32(plain.as_bytes()), text);
    }
}
