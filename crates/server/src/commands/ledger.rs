//! `bilan verify-ledger`: whether the ledger of rewards is what it was.

use std::fs;

use anyhow::{Context, Result};
use domain::{
    canonical::hex,
    ledger::{Head, Row, verify},
};

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
        None => Vec::new(),
    };
    let store = open(&config).await?;
    published.extend(store.ledger_roots().await?.into_iter().map(|root| root.head));
    let rows = store.ledger(0, u32::MAX).await?.into_iter().map(Row::from);
    let checked = verify(rows, &published);
    store.close().await?;
    let head = checked.map_err(|broken| anyhow::anyhow!("the ledger is broken: {broken}"))?;
    say(&format!("{} {}", head.count, hex(&head.hash)))
}

/// Heads as this command prints them, one a line; `#` begins a remark.
fn heads(text: &str) -> Result<Vec<Head>> {
    let lines = text.lines().enumerate().map(|(at, line)| (at + 1, line.trim()));
    let stated = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    stated
        .map(|(at, line)| head(line).with_context(|| format!("line {at} is no head: \"{line}\"")))
        .collect()
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
        let text = format!("# 2026-11-23\n3 {}\n\n7 {}\n", "0a".repeat(32), "ff".repeat(32));
        let read = heads(&text).unwrap();
        assert_eq!(read, [Head { count: 3, hash: [10; 32] }, Head { count: 7, hash: [255; 32] }]);
        for wrong in ["3", "x ff", "3 fff", "3 zz"] {
            assert!(heads(wrong).unwrap_err().to_string().contains("line 1"), "{wrong}");
        }
    }
}
