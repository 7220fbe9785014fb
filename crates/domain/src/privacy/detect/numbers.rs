//! Mobile, identity card and bank card numbers, also when they are written in groups.

use super::{
    PersonalData,
    reading::{Reading, Span, digit},
};

/// The longest number looked for; more digits in a row are none of these.
const LONGEST: usize = 19;

pub(super) fn find(text: &Reading) -> Vec<Span> {
    let mut spans = Vec::new();
    for from in 0..text.len() {
        let begins =
            text.at(from).is_some_and(is_digit) && !text.before(from).is_some_and(is_digit);
        if begins {
            spans.extend(longest_from(text, from));
        }
    }
    spans
}

/// The longest number of a kind that begins at `from` and ends where digits end.
fn longest_from(text: &Reading, from: usize) -> Option<Span> {
    let (mut digits, mut end, mut found) = (Vec::new(), from, None);
    loop {
        while let Some(value) = text.at(end).and_then(digit) {
            digits.push(value);
            end += 1;
        }
        if let Some((kind, to)) = kind(text, &digits, end) {
            found = Some(Span { from, to, kind });
        }
        let gap = separator(text, end);
        if gap == 0 || digits.len() >= LONGEST {
            return found;
        }
        end += gap;
    }
}

/// What the digits are that end at `end`, and where it ends: an X belongs to an identity number.
fn kind(text: &Reading, digits: &[u32], end: usize) -> Option<(PersonalData, usize)> {
    let x = text.at(end) == Some('x');
    match digits.len() {
        17 if x && is_id_number(digits, 10) => Some((PersonalData::IdNumber, end + 1)),
        18 if is_id_number(&digits[..17], digits[17]) => Some((PersonalData::IdNumber, end)),
        16..=19 if passes_luhn(digits) => Some((PersonalData::BankCard, end)),
        _ if is_mobile(digits) => Some((PersonalData::Mobile, end)),
        _ => None,
    }
}

fn is_digit(c: char) -> bool {
    digit(c).is_some()
}

/// How long the gap is after which a number goes on; 0 if it does not.
fn separator(text: &Reading, place: usize) -> usize {
    let end = text.run(place, |c| " -.–—·_/()".contains(c));
    let goes_on = (1..=3).contains(&(end - place)) && text.at(end).is_some_and(is_digit);
    if goes_on { end - place } else { 0 }
}

/// 11 digits from 13 to 19, with or without the country's code 86.
fn is_mobile(digits: &[u32]) -> bool {
    let number = match digits {
        [0, 0, 8, 6, number @ ..] | [8, 6, number @ ..] if number.len() == 11 => number,
        number => number,
    };
    matches!(number, [1, 3..=9, ..]) && number.len() == 11
}

/// GB 11643-1999: the weighted sum of all 18 characters is 1 modulo 11; X is 10.
fn is_id_number(first: &[u32], last: u32) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = first.iter().zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    first.len() == WEIGHTS.len() && (sum + last) % 11 == 1
}

/// ISO/IEC 7812-1 annex B.
fn passes_luhn(digits: &[u32]) -> bool {
    let doubled = |digit: u32| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
    let from_right = digits.iter().rev().enumerate();
    let sum: u32 =
        from_right.map(|(at, digit)| if at % 2 == 1 { doubled(*digit) } else { *digit }).sum();
    sum.is_multiple_of(10) && digits.iter().any(|digit| *digit != 0)
}
