//! Crockford's base 32: digits and letters without I, L, O and U, read leniently.

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The character for the lowest five bits.
pub(crate) fn character(value: u8) -> char {
    char::from(ALPHABET[usize::from(value & 31)])
}

/// The lowest `count` × 5 bits, the highest first.
pub(crate) fn encode(bits: u128, count: u32) -> String {
    let five = |at: u32| u8::try_from(bits >> (5 * at) & 31).unwrap_or_default();
    (0..count).rev().map(|at| character(five(at))).collect()
}

/// What a reader meant: capitals; I and L for 1, O for 0; the full-width forms of a Chinese keyboard.
pub(crate) fn meant(typed: char) -> char {
    let narrow = match typed {
        '！'..='～' => char::from_u32(u32::from(typed) - 0xFEE0).unwrap_or(typed),
        other => other,
    };
    match narrow.to_ascii_uppercase() {
        'I' | 'L' => '1',
        'O' => '0',
        other => other,
    }
}

/// The value of a character that was made uniform by [`meant`].
pub(crate) fn value(meant: char) -> Option<u8> {
    let at = ALPHABET.iter().position(|known| char::from(*known) == meant)?;
    u8::try_from(at).ok()
}

/// The characters of `text` as they were meant, without blanks and dashes of any kind.
pub(crate) fn letters(text: &str) -> impl Iterator<Item = char> {
    let separates = |c: &char| {
        c.is_whitespace()
            || matches!(c, '-' | '‐'..='―' | '−' | '－' | '_' | '\u{200b}' | '\u{feff}')
    };
    text.chars().filter(move |c| !separates(c)).map(meant)
}
