//! Homes: 3栋2单元1501室, A座 only together with such a part, and their English forms.

use super::{
    PersonalData,
    reading::{Reading, Span, digit},
};

/// Parts of a building that make an address of what stands around them.
const TELLING: [&str; 6] = ["号楼", "单元", "栋", "幢", "室", "户"];
/// Parts that belong to an address but do not make one: every yard has a first floor.
const ACCOMPANYING: [&str; 5] = ["座", "层", "楼", "号", "房"];
/// After these a counted 栋 or 幢 is a measure word: 一栋楼.
const BUILDINGS: &str = "楼房厂建别高大小老旧新居住写商";
const ENGLISH: [&str; 7] = ["apartment", "building", "apt", "flat", "room", "unit", "block"];

pub(super) fn find(text: &Reading) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut place = 0;
    while place < text.len() {
        let span = chinese(text, place).or_else(|| english(text, place));
        place = span.as_ref().map_or(place + 1, |span| span.to);
        spans.extend(span);
    }
    spans
}

/// Part after part: a number and a word, and perhaps a bare number at the end.
fn chinese(text: &Reading, from: usize) -> Option<Span> {
    if !begins(text, from) {
        return None;
    }
    let (mut end, mut parts, mut telling) = (from, 0, false);
    while let Some((to, tells)) = part(text, end) {
        (end, parts, telling) = (to, parts + 1, telling || tells);
    }
    if !telling || (parts == 1 && is_measure(text, from, end)) {
        return None;
    }
    let bare = text.run(end, |c| c.is_ascii_digit() || c == '-');
    Some(Span { from, to: bare, kind: PersonalData::HomeAddress })
}

/// A number begins where no number is before.
fn begins(text: &Reading, place: usize) -> bool {
    text.at(place).is_some_and(is_number) && !text.before(place).is_some_and(is_number)
}

fn is_number(c: char) -> bool {
    digit(c).is_some() || c.is_ascii_lowercase() || "十百-甲乙丙丁".contains(c)
}

/// Where the part that begins at `from` ends, and whether it makes an address.
fn part(text: &Reading, from: usize) -> Option<(usize, bool)> {
    let from = text.run(from, |c| " ,，、".contains(c));
    let number = text.run(from, is_number);
    if number == from || number - from > 8 {
        return None;
    }
    // Before 厅 or 卫 a room is counted, not named: 三室一厅.
    let counted = |to: usize| {
        let next = text.run(to, |c| digit(c).is_some());
        next > to && text.at(next).is_some_and(|c| "厅卫".contains(c))
    };
    let after = text.run(number, |c| c == ' ');
    let word = |words: &[&str]| {
        let word = words.iter().find(|word| text.starts_with(after, word))?;
        Some(after + word.chars().count())
    };
    match word(&TELLING) {
        Some(to) if counted(to) => None,
        Some(to) => Some((to, true)),
        None => word(&ACCOMPANYING).map(|to| (to, false)),
    }
}

/// 一栋楼, 三户人家: a count in Chinese digits before what is counted.
fn is_measure(text: &Reading, from: usize, to: usize) -> bool {
    let counted = !text.slice(from, to).iter().any(|c| c.is_ascii_alphanumeric());
    let word = text.before(to);
    let next = text.at(to);
    let of_buildings =
        word.is_some_and(|c| "栋幢".contains(c)) && next.is_some_and(|c| BUILDINGS.contains(c));
    let of_households = word == Some('户');
    (counted && of_buildings) || of_households
}

/// `Room 1501`, `Unit 2`, `Apt. B12`.
fn english(text: &Reading, from: usize) -> Option<Span> {
    let word = ENGLISH.iter().find(|word| text.starts_with(from, word))?;
    if text.before(from).is_some_and(char::is_alphanumeric) {
        return None;
    }
    let after = from + word.len();
    let number = text.run(after, |c| " .#".contains(c));
    let to = text.run(number, |c| c.is_ascii_alphanumeric() || c == '-');
    let named = text.slice(number, to).iter().any(char::is_ascii_digit);
    let fits = number > after && number - after <= 3 && named && to - number <= 8;
    fits.then_some(Span { from, to, kind: PersonalData::HomeAddress })
}
