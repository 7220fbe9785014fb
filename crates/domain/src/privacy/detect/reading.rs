//! A text as the detectors read it: character by character, in one width and one case.

use std::ops::Range;

use super::PersonalData;

/// Places of characters, the end not included.
pub(super) struct Span {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) kind: PersonalData,
}

/// The characters of a text.
pub(super) struct Reading {
    /// Half-width and in lower case where the script has these.
    chars: Vec<char>,
    /// Where each begins in the text; one more for the end.
    starts: Vec<usize>,
}

impl Reading {
    pub(super) fn of(text: &str) -> Self {
        let chars = text.chars().map(|c| narrow(c).to_ascii_lowercase()).collect();
        let starts = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        Self { chars, starts }
    }

    pub(super) fn len(&self) -> usize {
        self.chars.len()
    }

    /// `None` beyond the end.
    pub(super) fn at(&self, place: usize) -> Option<char> {
        self.chars.get(place).copied()
    }

    pub(super) fn before(&self, place: usize) -> Option<char> {
        self.at(place.checked_sub(1)?)
    }

    pub(super) fn starts_with(&self, place: usize, word: &str) -> bool {
        word.chars().enumerate().all(|(offset, c)| self.at(place + offset) == Some(c))
    }

    /// The end of the run of characters from `place` on that are `wanted`.
    pub(super) fn run(&self, place: usize, wanted: impl Fn(char) -> bool) -> usize {
        let mut end = place;
        while self.at(end).is_some_and(&wanted) {
            end += 1;
        }
        end
    }

    pub(super) fn slice(&self, from: usize, to: usize) -> &[char] {
        self.chars.get(from..to).unwrap_or_default()
    }

    pub(super) fn bytes(&self, from: usize, to: usize) -> Range<usize> {
        self.starts[from]..self.starts[to]
    }
}

/// Full-width forms as their ASCII twins.
fn narrow(c: char) -> char {
    match c {
        // The mask itself must not become anything else.
        '＊' => '＊',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' | '\u{a0}' => ' ',
        _ => c,
    }
}

/// The value of a digit, Chinese ones included; 幺 is one on the telephone.
pub(super) fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => c.to_digit(10),
        '零' | '〇' => Some(0),
        '一' | '幺' => Some(1),
        '二' => Some(2),
        '三' => Some(3),
        '四' => Some(4),
        '五' => Some(5),
        '六' => Some(6),
        '七' => Some(7),
        '八' => Some(8),
        '九' => Some(9),
        _ => None,
    }
}
