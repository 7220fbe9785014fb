//! How wide text is, estimated the same way on every machine.
//!
//! Only a browser can measure text, and a drawing made on a server must be the same drawing. The
//! estimate errs on the wide side, so that labels keep their distance.

/// The estimated width of `text` in CSS pixels at `font_px`: one em for a Chinese, Japanese or
/// Korean character and for full-width forms, 0.7 em for a capital letter, 0.58 em for most others.
///
/// ```
/// assert_eq!(chart::text::width_px("水质", 12.0), 24.0);
/// ```
pub fn width_px(text: &str, font_px: f64) -> f64 {
    // Summed in hundredths, so that the order of characters cannot change the last digit.
    text.chars().map(hundredths_of_em).sum::<u32>() as f64 * font_px / 100.0
}

fn hundredths_of_em(character: char) -> u32 {
    match character {
        '\u{200b}'..='\u{200f}' | '\u{300}'..='\u{36f}' | '\u{feff}' => 0,
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | ' ' => 32,
        'm' | 'w' | '%' | '@' => 90,
        'A'..='Z' => 70,
        '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7ff}' => 100,
        '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ffef}' => 100,
        '\u{1f000}'..='\u{3ffff}' | '\u{2160}'..='\u{2188}' | '→' | '…' | '—' => 100,
        _ => 58,
    }
}

fn breaks_before(character: char) -> bool {
    hundredths_of_em(character) == 100 && !"，。、；：！？）】》”’％…—".contains(character)
}

/// `text` in lines of at most `max_px`, broken at spaces and between Chinese characters; a word
/// longer than a line is broken where it must be.
///
/// ```
/// assert_eq!(chart::text::wrapped("入河排污口 outfalls", 60.0, 12.0), ["入河排污口", "outfalls"]);
/// ```
pub fn wrapped(text: &str, max_px: f64, font_px: f64) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in words(text) {
        for piece in pieces(word, max_px, font_px) {
            let line = lines.last_mut().map(|line| (width_px(line, font_px), line));
            match line {
                Some((width, line))
                    if line.is_empty() || width + width_px(piece.trim_end(), font_px) <= max_px =>
                {
                    line.push_str(piece);
                }
                _ => lines.push(piece.to_owned()),
            }
        }
    }
    lines.iter_mut().for_each(|line| line.truncate(line.trim_end().len()));
    lines
}

/// Splits so that a line may end after each part; spaces stay with the word before them.
fn words(text: &str) -> Vec<&str> {
    let mut words = vec![];
    let mut start = 0;
    let mut before = None;
    for (at, character) in text.char_indices() {
        let breakable = before == Some(' ')
            || (breaks_before(character) && before != Some('（'))
            || before.is_some_and(|c| hundredths_of_em(c) == 100 && character.is_alphanumeric());
        if at > start && breakable {
            words.push(&text[start..at]);
            start = at;
        }
        before = Some(character);
    }
    words.push(&text[start..]);
    words
}

/// Cuts a word that is wider than a line.
fn pieces(word: &str, max_px: f64, font_px: f64) -> Vec<&str> {
    let mut pieces = vec![];
    let mut start = 0;
    for (at, character) in word.char_indices() {
        if at > start && width_px(&word[start..at + character.len_utf8()], font_px) > max_px {
            pieces.push(&word[start..at]);
            start = at;
        }
    }
    pieces.push(&word[start..]);
    pieces
}

/// `text` without the characters that XML cannot hold, on one line.
pub(crate) fn clean(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            '\t' | '\n' | '\r' => ' ',
            '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => '\u{fffd}',
            other => other,
        })
        .collect()
}

/// `text` for the inside of an element or a double-quoted attribute.
pub(crate) fn escaped(text: &str) -> String {
    let mut whole = String::with_capacity(text.len());
    for character in clean(text).chars() {
        match character {
            '<' => whole.push_str("&lt;"),
            '>' => whole.push_str("&gt;"),
            '&' => whole.push_str("&amp;"),
            '"' => whole.push_str("&quot;"),
            '\'' => whole.push_str("&#39;"),
            other => whole.push(other),
        }
    }
    whole
}
