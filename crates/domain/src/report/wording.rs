//! What a text from outside may contain: the same answer in the form and on the server.

use crate::Lang;

/// Characters in the description of a report.
pub const DESCRIPTION: usize = 2_000;
/// Characters in a [`super::category::QuestionKind::Paragraph`], a question, an answer or a note.
pub const PARAGRAPH: usize = 1_000;
/// Characters in one line.
pub const LINE: usize = 200;

/// What is wrong with a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.sentence(Lang::En))]
pub enum WordingFault {
    /// Nothing but blanks where something is needed.
    Empty,
    /// Too many characters.
    TooLong {
        /// As counted: Unicode scalar values.
        characters: usize,
        /// At most so many.
        limit: usize,
    },
    /// A control character, or a line break where one line is asked for.
    Control {
        /// Its place, from 1.
        place: usize,
    },
    /// A character that turns the direction of writing, with which a text can look like another.
    Direction {
        /// Its place, from 1.
        place: usize,
    },
}

impl WordingFault {
    /// For the writer, beside the field.
    pub fn sentence(self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Empty, Lang::Zh) => "请填写此项。".to_owned(),
            (Self::Empty, Lang::En) => "Fill this in.".to_owned(),
            (Self::TooLong { characters, limit }, Lang::Zh) => {
                format!("共 {characters} 字，上限 {limit} 字，请删减；文字已保留。")
            }
            (Self::TooLong { characters, limit }, Lang::En) => format!(
                "{characters} characters; the limit is {limit}. Please shorten it; your text is kept."
            ),
            (Self::Control { place }, Lang::Zh) => {
                format!("第 {place} 个字符是不可见的控制字符，请删除。")
            }
            (Self::Control { place }, Lang::En) => {
                format!("Character {place} is an invisible control character. Please remove it.")
            }
            (Self::Direction { place }, Lang::Zh) => {
                format!("第 {place} 个字符会改变文字方向，请删除。")
            }
            (Self::Direction { place }, Lang::En) => {
                format!("Character {place} changes the direction of writing. Please remove it.")
            }
        }
    }
}

/// Checks a text of several lines against a limit of characters; an empty text is fine.
///
/// HTML is fine too: it is shown as the text it is.
///
/// # Errors
///
/// The first [`WordingFault`].
pub fn paragraph(text: &str, limit: usize) -> Result<(), WordingFault> {
    check(text, limit, |c| matches!(c, '\n' | '\r' | '\t'))
}

/// Checks a text of one line.
///
/// # Errors
///
/// The first [`WordingFault`].
pub fn line(text: &str, limit: usize) -> Result<(), WordingFault> {
    check(text, limit, |_| false)
}

fn check(text: &str, limit: usize, allowed: fn(char) -> bool) -> Result<(), WordingFault> {
    let characters = text.chars().count();
    if characters > limit {
        return Err(WordingFault::TooLong { characters, limit });
    }
    for (at, c) in text.chars().enumerate() {
        if turns_direction(c) {
            return Err(WordingFault::Direction { place: at + 1 });
        }
        if (c.is_control() || is_invisible(c)) && !allowed(c) {
            return Err(WordingFault::Control { place: at + 1 });
        }
    }
    Ok(())
}

/// The explicit directional characters of UAX #9 §2.
const fn turns_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Line and paragraph separators, the tags and the byte order mark. Joiners stay: emoji need them.
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}
