//! `bilan verify-ledger`: whether the ledger of rewards and the rectification ledger are what they were.

use std::fs;

use anyhow::{Context, Result};
use domain::{
    canonical::hex,
    ledger::{Head, Row, verify},
    rectification::{Fault, FaultKind, ItemNumber, audit},
};
use store::Store;

use super::{configured, open, say};
use crate::cli::VerifyLedger;

/// Follows the chain, compares it with the roots of each day and with those that somebody kept, and prints its head; names
/// the first entry that is broken and fails.
pub async fn run(command: &VerifyLedger) -> Result<()> {
    let (config, _) = configured(&command.place)?;
    let mut published = match &command.published {
        Some(path) => {
            let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
            heads(&text).with_context(|| path.display().to_string())?
        }
        None => Published::default(),
    };
    let store = open(&config).await?;
    published.rewards.extend(store.ledger_roots().await?.into_iter().map(|root| root.head));
    let rows = store.ledger(0, u32::MAX).await?.into_iter().map(Row::from);
    let rewards = verify(rows, &published.rewards);
    let issues = rectification(&store, published.rectification).await;
    store.close().await?;
    let rewards =
        rewards.map_err(|broken| anyhow::anyhow!("the reward ledger is broken: {broken}"))?;
    let issues =
        issues?.map_err(|fault| anyhow::anyhow!("the rectification ledger is broken: {fault}"))?;
    say(&format!("{} {}", rewards.count, hex(&rewards.hash)))?;
    say(&format!("{RECTIFICATION} {} {}", issues.count, hex(&issues.hash)))
}

/// What begins a line of the rectification ledger.
const RECTIFICATION: &str = "rectification";

/// Follows the chain of the rectification ledger by the heads given and those noted every day, replays every issue by the
/// rules, and compares what lists show with what came out.
async fn rectification(store: &Store, given: Vec<Head>) -> Result<Result<Head, Fault>> {
    let noted = store.published_heads().await?.into_iter().map(|(_, head)| head);
    let heads: Vec<Head> = given.into_iter().chain(noted).collect();
    let rows = store.rectification_events(0, u32::MAX).await?;
    let held = match audit(&rows, &heads) {
        Ok(held) => held,
        Err(fault) => return Ok(Err(fault)),
    };
    let items = store.items().await?;
    for item in &items {
        let case = ItemNumber::parse(&item.number).ok().and_then(|number| held.cases.get(&number));
        let column = case.map_or(Some("number"), |case| item.differs(case));
        if let Some(column) = column {
            let last = rows.iter().rev().find(|row| row.item == item.number);
            return Ok(Err(Fault {
                number: last.map_or(0, |row| row.number),
                item: Some(item.number.clone()),
                why: FaultKind::Cached(column),
            }));
        }
    }
    anyhow::ensure!(
        items.len() == held.cases.len(),
        "the list has {} issues, the rectification ledger {}",
        items.len(),
        held.cases.len()
    );
    Ok(Ok(held.head))
}

/// Heads of both ledgers.
#[derive(Debug, Default, PartialEq, Eq)]
struct Published {
    rewards: Vec<Head>,
    rectification: Vec<Head>,
}

/// Heads as this command prints them, one a line; `#` begins a remark.
fn heads(text: &str) -> Result<Published> {
    let lines = text.lines().enumerate().map(|(at, line)| (at + 1, line.trim()));
    let stated = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    let mut published = Published::default();
    for (at, line) in stated {
        let (heads, text) = match line.strip_prefix(RECTIFICATION) {
            Some(rest) => (&mut published.rectification, rest.trim()),
            None => (&mut published.rewards, line),
        };
        heads.push(head(text).with_context(|| format!("line {at} is no head: \"{line}\""))?);
    }
    Ok(published)
}

fn head(line: &str) -> Option<Head> {
    let (count, hash) = line.split_once(' ')?;
    let hash = hash.trim();
    let byte = |at: usize| u8::from_str_radix(hash.get(at..at + 2)?, 16).ok();
    let bytes: Vec<u8> = (0..hash.len()).step_by(2).map(byte).collect::<Option<_>>()?;
    Some(Head { count: count.parse().ok()?, hash: bytes.try_into().ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_heads_are_read_as_they_are_printed() {
        let text =
            format!("# 2026-11-23\n3 {}\n\nrectification 7 {}\n", "0a".repeat(32), "ff".repeat(32));
        let read = heads(&text).unwrap();
        assert_eq!(read.rewards, [Head { count: 3, hash: [10; 32] }]);
        assert_eq!(read.rectification, [Head { count: 7, hash: [255; 32] }]);
        for wrong in ["3", "x ff", "3 fff", "3 zz"] {
            assert!(heads(wrong).unwrap_err().to_string().contains("line 1"), "{wrong}");
        }
    }
}
