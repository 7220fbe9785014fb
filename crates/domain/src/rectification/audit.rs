//! Whether a ledger is what it was, down to the first event that is not.

use std::{collections::BTreeMap, fmt};

use super::{Case, Event, ItemNumber, Refusal, commitment};
use crate::{
    Text,
    ledger::{Break, GENESIS, Hash, Head, Why, chain, check_published},
};

/// One event as it is kept, with the columns beside its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its number in the ledger.
    pub number: u64,
    /// The number of its issue.
    pub item: String,
    /// Its number within the issue.
    pub seq: u32,
    /// Unix microseconds.
    pub at_us: i64,
    /// The day it happened on, `2026-11-27`.
    pub on: String,
    /// The key of its kind.
    pub kind: String,
    /// The officer's account, which is not published.
    pub staff: Option<i64>,
    /// What the account was hashed with.
    pub salt: Option<[u8; 16]>,
    /// The canonical text that was hashed.
    pub bytes: String,
    /// What the text says; `None` where it is no event.
    pub event: Option<Event>,
    /// The hash of the event before.
    pub prev_hash: Hash,
    /// Its own hash.
    pub hash: Hash,
}

/// A ledger that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audit {
    /// Where it ends.
    pub head: Head,
    /// Its issues, replayed.
    pub cases: BTreeMap<ItemNumber, Case>,
}

/// The first event that is not what it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("event {number}{}: {why}", named(.item.as_deref()))]
pub struct Fault {
    /// Its number in the ledger.
    pub number: u64,
    /// Its issue, as far as it can be told.
    pub item: Option<String>,
    /// What is wrong with it.
    pub why: FaultKind,
}

fn named(item: Option<&str>) -> String {
    item.map(|item| format!(" of {item}")).unwrap_or_default()
}

/// What is wrong with an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// The chain is broken here.
    Chain(Why),
    /// Its text is no event, or not in the one form that is hashed.
    Unreadable,
    /// A column beside the text says something else than the text.
    Column(&'static str),
    /// The account is not the one that the event was signed with.
    Account,
    /// It could not have happened.
    Rule(Refusal),
    /// What is kept of the issue beside its events is not what they amount to.
    Cached(&'static str),
}

impl fmt::Display for FaultKind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Chain(why) => why.fmt(out),
            Self::Unreadable => out.write_str("its text is no event in canonical form"),
            Self::Column(name) => write!(out, "column `{name}` differs from its text"),
            Self::Account => out.write_str("the account is not the one it was signed with"),
            Self::Rule(refusal) => write!(out, "it could not have happened: {refusal}"),
            Self::Cached(name) => write!(out, "the issue's `{name}` is not what its events say"),
        }
    }
}

impl Fault {
    /// The sentence for officers.
    pub fn text(&self) -> Text {
        let item = self.item.as_deref().unwrap_or("?");
        Text::new(
            format!("第 {} 条事件（问题 {item}）：{}", self.number, self.why),
            format!("Event {} (issue {item}): {}", self.number, self.why),
        )
    }
}

/// Follows the chain over `rows`, oldest first, compares it with heads that were `published`, and replays every
/// issue by the rules.
///
/// Without a published head an end that was cut off cannot be seen: a shorter ledger is a whole ledger.
///
/// # Errors
///
/// The first [`Fault`].
pub fn audit(rows: &[Kept], published: &[Head]) -> Result<Audit, Fault> {
    let mut head = Head { count: 0, hash: GENESIS };
    let mut cases = BTreeMap::new();
    let contradicted = |Break { index, why }| {
        let at = usize::try_from(index).unwrap_or_default().wrapping_sub(1);
        let item = rows.get(at).map(|row| row.item.clone());
        Fault { number: index, item, why: FaultKind::Chain(why) }
    };
    check_published(head, published).map_err(contradicted)?;
    for row in rows {
        let count = head.count + 1;
        let at_place = |why| Fault { number: count, ..fault(row, why) };
        linked(row, head).map_err(|why| at_place(FaultKind::Chain(why)))?;
        one(row, &mut cases).map_err(at_place)?;
        head = Head { count, hash: row.hash };
        check_published(head, published).map_err(contradicted)?;
    }
    let cut_off = published.iter().any(|known| known.count > head.count);
    if cut_off {
        return Err(contradicted(Break { index: head.count + 1, why: Why::Missing }));
    }
    Ok(Audit { head, cases })
}

/// Whether `row` is the next link after `head`.
fn linked(row: &Kept, head: Head) -> Result<(), Why> {
    if row.number != head.count + 1 {
        return Err(Why::Sequence(row.number));
    }
    if row.prev_hash != head.hash {
        return Err(Why::Previous);
    }
    if row.hash != chain(&row.prev_hash, row.bytes.as_bytes()) {
        return Err(Why::Bytes);
    }
    Ok(())
}

fn fault(row: &Kept, why: FaultKind) -> Fault {
    Fault { number: row.number, item: Some(row.item.clone()), why }
}

fn one(row: &Kept, cases: &mut BTreeMap<ItemNumber, Case>) -> Result<(), FaultKind> {
    let event = row.event.as_ref().ok_or(FaultKind::Unreadable)?;
    if event.canonical() != row.bytes {
        return Err(FaultKind::Unreadable);
    }
    let columns = [
        ("number", row.number == event.number),
        ("item", row.item == event.item.as_str()),
        ("seq", row.seq == event.seq),
        ("at", row.at_us == event.at.as_microsecond()),
        ("on", row.on == event.on.to_string()),
        ("kind", row.kind == event.body.kind().key()),
    ];
    if let Some((name, _)) = columns.into_iter().find(|(_, agrees)| !agrees) {
        return Err(FaultKind::Column(name));
    }
    let signed = row.staff.zip(row.salt).map(|(staff, salt)| commitment(&salt, staff));
    if signed != event.who || row.staff.is_some() != row.salt.is_some() {
        return Err(FaultKind::Account);
    }
    match cases.get_mut(&event.item) {
        Some(case) => case.apply(event, row.staff).map_err(FaultKind::Rule),
        None => {
            let case = Case::begin(event).map_err(FaultKind::Rule)?;
            cases.insert(event.item.clone(), case);
            Ok(())
        }
    }
}
