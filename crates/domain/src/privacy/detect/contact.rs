//! E-mail addresses, and numbers after the words WeChat and QQ.

use super::{
    PersonalData,
    reading::{Reading, Span, digit},
};

pub(super) fn find(text: &Reading) -> Vec<Span> {
    let mut spans = Vec::new();
    for place in 0..text.len() {
        spans.extend(email(text, place));
        spans.extend(wechat(text, place));
        spans.extend(qq(text, place));
    }
    spans
}

/// The address around an `@` at `place`.
fn email(text: &Reading, place: usize) -> Option<Span> {
    if text.at(place) != Some('@') {
        return None;
    }
    let local = |c: char| c.is_ascii_alphanumeric() || "._%+-".contains(c);
    let mut from = place;
    while text.before(from).is_some_and(local) {
        from -= 1;
    }
    let to = text.run(place + 1, |c| c.is_ascii_alphanumeric() || ".-".contains(c));
    let mut domain: String = text.slice(place + 1, to).iter().collect();
    // A full stop after the address belongs to the sentence.
    domain.truncate(domain.trim_end_matches(['.', '-']).len());
    let (_, last) = domain.rsplit_once('.')?;
    let to = place + 1 + domain.len();
    let fits =
        from < place && last.len() >= 2 && last.bytes().all(|byte| byte.is_ascii_lowercase());
    fits.then_some(Span { from, to, kind: PersonalData::Email })
}

/// What stands between the word and the number.
fn is_gap(c: char) -> bool {
    c.is_whitespace() || ":：号是为叫同加我的id账帐,，=()（）#".contains(c)
}

/// Marks that what follows can only be a name.
const SAYS_NAME: &str = ":：号是为叫=id账帐";

fn wechat(text: &Reading, place: usize) -> Option<Span> {
    const WORDS: [&str; 9] = ["微信", "薇信", "威信", "wechat", "weixin", "加v", "v信", "vx", "wx"];
    let word = WORDS.iter().find(|word| text.starts_with(place, word))?;
    if inside_a_word(text, place, word) {
        return None;
    }
    let after = place + word.chars().count();
    let is_name = |c: char| c.is_ascii_alphanumeric() || "_-".contains(c);
    // Of `id` the letters may belong to the name: `微信idol_99`.
    let gap = text.run(after, |c| is_gap(c) && !is_name(c));
    let from = if text.starts_with(gap, "id") {
        text.run(gap + 2, |c| is_gap(c) && !is_name(c))
    } else {
        gap
    };
    let from = if from > gap + 2 { from } else { gap };
    let to = text.run(from, is_name);
    let name = text.slice(from, to);
    let told = text.slice(after, from).iter().any(|c| SAYS_NAME.contains(*c));
    let looks_like_one = name.iter().any(|c| !c.is_ascii_lowercase());
    let fits = from - after <= 8 && (5..=20).contains(&name.len()) && (told || looks_like_one);
    fits.then_some(Span { from, to, kind: PersonalData::Wechat })
}

fn qq(text: &Reading, place: usize) -> Option<Span> {
    let word = ["qq", "扣扣"].into_iter().find(|word| text.starts_with(place, word))?;
    if inside_a_word(text, place, word) {
        return None;
    }
    let after = place + word.chars().count();
    let from = text.run(after, |c| is_gap(c) || c == '群');
    let to = text.run(from, |c| digit(c).is_some());
    let fits = from - after <= 8 && (5..=12).contains(&(to - from));
    fits.then_some(Span { from, to, kind: PersonalData::Qq })
}

/// `wx` in `awx` is no word.
fn inside_a_word(text: &Reading, place: usize, word: &str) -> bool {
    word.is_ascii() && text.before(place).is_some_and(|c| c.is_ascii_alphanumeric())
}
