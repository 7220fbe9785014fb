//! From the text of a data area to fields and items, with the tolerances that instruments in service need.

use crate::data::{Data, Item};
use crate::error::Malformed;
use crate::password::text_without_password;

type Pair<'a> = (&'a str, &'a str);

/// Reads the text between `CP=&&` and the last `&&`. Blanks around names and values and empty items are skipped.
pub(crate) fn parse_data(text: &str) -> Result<Data, Malformed> {
    let mut data = Data::default();
    let mut rest = text;
    while !rest.is_empty() {
        let group;
        (group, rest) = take_group(rest)?;
        add_group(&mut data, &group);
    }
    Ok(data)
}

/// The pairs up to the next `;`.
fn take_group(text: &str) -> Result<(Vec<Pair<'_>>, &str), Malformed> {
    let mut group = Vec::new();
    let mut rest = text.trim_start();
    loop {
        if let Some(after) = rest.strip_prefix(',') {
            rest = after.trim_start();
        } else if let Some(after) = rest.strip_prefix(';') {
            return Ok((group, after));
        } else if rest.is_empty() {
            return Ok((group, rest));
        } else {
            let pair;
            (pair, rest) = take_pair(rest)?;
            group.push(pair);
        }
    }
}

fn take_pair(text: &str) -> Result<(Pair<'_>, &str), Malformed> {
    let stop = text.find(['=', ',', ';']).unwrap_or(text.len());
    let (name, rest) = (text[..stop].trim(), &text[stop..]);
    let named = !name.is_empty() && !name.contains(char::is_control);
    let Some(rest) = rest.strip_prefix('=').filter(|_| named) else {
        let end = text.find([',', ';']).unwrap_or(text.len());
        return Err(Malformed::NotAPair { text: text_without_password(&text[..end]) });
    };
    let rest = rest.trim_start();
    let end = quoted_end(rest).or_else(|| rest.find([',', ';'])).unwrap_or(rest.len());
    Ok(((name, rest[..end].trim_end()), &rest[end..]))
}

/// The end of a log text, which stands between `//` and `//` and may contain separators.
fn quoted_end(value: &str) -> Option<usize> {
    let inner = value.strip_prefix("//")?;
    let closes = |at: usize| {
        let after = inner[at + 2..].trim_start();
        after.is_empty() || after.starts_with([',', ';'])
    };
    inner.match_indices("//").map(|(at, _)| at).find(|&at| closes(at)).map(|at| at + 4)
}

/// Adds what stood between two `;`: usually one field or one item.
fn add_group(data: &mut Data, group: &[Pair<'_>]) {
    let mut open = joins_the_item_before(data, group);
    for &(name, value) in group {
        let pair = |name: &str| (name.to_owned(), value.to_owned());
        match factor_and_suffix(name) {
            Some((factor, suffix)) => match data.items.last_mut() {
                Some(item) if open && item.factor == factor => item.values.push(pair(suffix)),
                _ => {
                    data.items.push(Item { factor: factor.to_owned(), values: vec![pair(suffix)] });
                    open = true;
                }
            },
            None => match data.items.last_mut() {
                // `a34001-Avg=92;Flag=N` and `a34001-Avg=92,Flag=N`
                Some(item) if is_mark(name) && item.get(name).is_none() => {
                    item.values.push(pair(name))
                }
                _ => data.fields.push(pair(name)),
            },
        }
    }
}

/// `a34001-Avg=92;a34001-Flag=D`: a mark behind the wrong separator is still the mark of the value before it.
/// Read as an item of its own it would leave that value without a mark, and a fault would be published.
fn joins_the_item_before(data: &Data, group: &[Pair<'_>]) -> bool {
    let Some(item) = data.items.last() else { return false };
    let named = group.iter().filter_map(|(name, _)| factor_and_suffix(name));
    let mut same = named.take_while(|(factor, _)| *factor == item.factor).peekable();
    same.peek().is_some() && same.all(|(_, suffix)| is_mark(suffix) && item.get(suffix).is_none())
}

/// `a34004-Avg` as `a34004` and `Avg`; `None` for a plain name.
pub(crate) fn factor_and_suffix(name: &str) -> Option<(&str, &str)> {
    name.rsplit_once('-').filter(|(factor, suffix)| !factor.is_empty() && !suffix.is_empty())
}

fn is_mark(suffix: &str) -> bool {
    matches!(suffix, "Flag" | "EFlag")
}

/// Whether a value can be read back as it is.
pub(crate) fn is_data_value(value: &str) -> bool {
    let log_text = || quoted_end(value) == Some(value.len());
    let plain = || !value.starts_with("//") && !value.contains([',', ';']);
    value.trim() == value && !value.contains(char::is_control) && (plain() || log_text())
}
