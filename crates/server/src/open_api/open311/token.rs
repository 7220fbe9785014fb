//! Tokens of services that give the number later: the number itself, sealed under a key of the server's. Nothing is stored, none
//! can be guessed, and one does not show the number it holds.

use domain::report::PublicId;

use crate::keys::Key;

/// Bytes of the mark that a token begins with.
const MARK: usize = 16;
/// Characters of a number behind its R.
const NUMBER: usize = 8;

/// Makes and opens tokens.
pub(super) struct Tokens(Key);

impl Tokens {
    pub(super) fn new(pepper: &Key) -> Self {
        Self(pepper.derive("open311-token"))
    }

    /// The token of a number; always the same.
    pub(super) fn seal(&self, number: &PublicId) -> String {
        let mark = self.mark(number);
        let letters = number.as_str().bytes().skip(1);
        let sealed = letters.zip(self.stream(&mark)).map(|(letter, key)| letter ^ key);
        mark.into_iter()
            .chain(sealed)
            .fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
    }

    /// The number that a token holds; `None` if we did not make it.
    pub(super) fn open(&self, token: &str) -> Option<PublicId> {
        let bytes = crate::reports::challenge::unhex(token)?;
        let (mark, sealed) = bytes.split_at_checked(MARK)?;
        if sealed.len() != NUMBER {
            return None;
        }
        let letters: Vec<u8> =
            sealed.iter().zip(self.stream(mark)).map(|(byte, key)| byte ^ key).collect();
        let number = PublicId::parse(&format!("R{}", std::str::from_utf8(&letters).ok()?)).ok()?;
        // Compared under the key: how long it takes says nothing of where they differ.
        let genuine = self.0.mac(&[b"compare", &self.mark(&number)]);
        self.0.confirms(&[b"compare", mark], &genuine).then_some(number)
    }

    fn mark(&self, number: &PublicId) -> [u8; MARK] {
        let mac = self.0.mac(&[b"mark", number.as_str().as_bytes()]);
        std::array::from_fn(|at| mac[at])
    }

    fn stream(&self, mark: &[u8]) -> [u8; 32] {
        self.0.mac(&[b"stream", mark])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_opens_to_its_number_under_its_key_alone() {
        let [ours, theirs] = [(); 2].map(|()| Tokens::new(&Key::random().unwrap()));
        for random in [0, 1, 0xff_ffff_ffff, 0x12_3456_789a] {
            let number = PublicId::new(random);
            let token = ours.seal(&number);
            assert!(!token.contains(number.as_str()));
            assert_eq!(ours.seal(&number), token);
            assert_eq!(theirs.open(&token), None);
            assert_eq!(ours.open(&token), Some(number));
        }
    }

    #[test]
    fn no_other_text_opens() {
        let tokens = Tokens::new(&Key::random().unwrap());
        let token = tokens.seal(&PublicId::new(7));
        for at in 0..token.len() {
            let mut other = token.clone();
            let digit = if &token[at..=at] == "0" { "1" } else { "0" };
            other.replace_range(at..=at, digit);
            assert_eq!(tokens.open(&other), None, "{other}");
        }
        for text in ["", "nope", "é", &token[2..], &format!("{token}00")] {
            assert_eq!(tokens.open(text), None, "{text}");
        }
    }
}
