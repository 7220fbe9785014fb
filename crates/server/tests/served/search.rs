//! Looking for what must not be there, however it is spelt.

use std::{collections::HashMap, fmt::Write};

use base64::{
    Engine,
    prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD},
};

/// The first bytes of a spelling, by which it is found.
type Start = [u8; 4];

/// What is looked for: everything that must not be there, in every spelling.
#[derive(Default)]
pub(crate) struct Canaries {
    by_start: HashMap<Start, Vec<(String, Vec<u8>)>>,
    pub(crate) spellings: usize,
}

impl Canaries {
    /// Of texts, with what each is.
    pub(crate) fn of(texts: &[(&str, &str)]) -> Self {
        let mut canaries = Self::default();
        for (what, text) in texts {
            for (how, bytes) in spellings(text) {
                canaries.add(&format!("{what}, {how}"), bytes);
            }
        }
        canaries
    }

    /// Bytes, as they are.
    pub(crate) fn add(&mut self, what: &str, bytes: Vec<u8>) {
        let start = bytes[..4].try_into().unwrap();
        self.by_start.entry(start).or_default().push((what.to_owned(), bytes));
        self.spellings += 1;
    }

    /// What of it is in `bytes`.
    pub(crate) fn found(&self, bytes: &[u8]) -> Vec<&str> {
        let mut found = Vec::new();
        for at in 0..bytes.len().saturating_sub(3) {
            let Some(known) = self.by_start.get::<Start>(bytes[at..at + 4].try_into().unwrap())
            else {
                continue;
            };
            let here = known.iter().filter(|(_, spelling)| bytes[at..].starts_with(spelling));
            found.extend(here.map(|(what, _)| what.as_str()));
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Fails if anything of it is in `bytes`.
    #[track_caller]
    pub(crate) fn lack(&self, place: &str, bytes: &[u8]) {
        let found = self.found(bytes);
        assert!(found.is_empty(), "{found:?} in {place}");
    }
}

/// The ways in which programs write a text.
pub(crate) fn spellings(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let hex = |upper: bool, before: &str| {
        text.bytes().fold(String::new(), |mut hex, byte| {
            let _ = if upper {
                write!(hex, "{before}{byte:02X}")
            } else {
                write!(hex, "{before}{byte:02x}")
            };
            hex
        })
    };
    let units: Vec<u16> = text.encode_utf16().collect();
    let escaped = |upper: bool| {
        units.iter().fold(String::new(), |mut escaped, unit| {
            let _ = if upper {
                write!(escaped, "\\u{unit:04X}")
            } else {
                write!(escaped, "\\u{unit:04x}")
            };
            escaped
        })
    };
    let utf16 =
        |bytes: fn(u16) -> [u8; 2]| units.iter().flat_map(|unit| bytes(*unit)).collect::<Vec<u8>>();
    let mut all = vec![
        ("as it is", text.as_bytes().to_vec()),
        ("in capitals", text.to_uppercase().into_bytes()),
        ("in small letters", text.to_lowercase().into_bytes()),
        ("in hexadecimal", hex(false, "").into_bytes()),
        ("in hexadecimal", hex(true, "").into_bytes()),
        ("in an address", hex(true, "%").into_bytes()),
        ("in an address", hex(false, "%").into_bytes()),
        ("escaped", escaped(false).into_bytes()),
        ("escaped", escaped(true).into_bytes()),
        ("in UTF-16", utf16(u16::to_le_bytes)),
        ("in UTF-16", utf16(u16::to_be_bytes)),
    ];
    for before in 0..3 {
        let bytes = [vec![0; before], text.as_bytes().to_vec()].concat();
        // What stands around it changes the first and the last characters.
        let middle =
            |base64: String| base64.as_bytes()[[0, 2, 3][before]..bytes.len() / 3 * 4].to_vec();
        all.push(("in base64", middle(BASE64_STANDARD.encode(&bytes))));
        all.push(("in base64", middle(BASE64_URL_SAFE_NO_PAD.encode(&bytes))));
    }
    // A page of a database ends somewhere: of a value that goes on elsewhere one half is whole.
    let middle = (text.len() / 2..text.len()).find(|at| text.is_char_boundary(*at)).unwrap();
    if text.len() >= 16 {
        all.push(("its first half", text.as_bytes()[..middle].to_vec()));
        all.push(("its second half", text.as_bytes()[middle..].to_vec()));
    }
    all
}
