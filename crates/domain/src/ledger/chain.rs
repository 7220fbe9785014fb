//! The chain of hashes, and how a break in it is found.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{
    Text,
    canonical::{Hash, Value, chain},
};

/// What the first entry is chained to.
pub const GENESIS: Hash = [0; 32];

/// One entry as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// 1, 2, 3 …
    pub seq: u64,
    /// The canonical bytes that were hashed.
    pub bytes: Vec<u8>,
    /// What of it stands beside them.
    pub beside: Beside,
    /// The hash of the entry before.
    pub prev_hash: Hash,
    /// Its own hash.
    pub hash: Hash,
}

/// What an entry says and is kept again beside its bytes, so that it can be listed by it. No hash covers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beside {
    /// The case: its public id.
    pub case: String,
    /// Unix microseconds.
    pub at_us: i64,
    /// Key of what was done.
    pub kind: String,
}

impl Beside {
    /// Whether the canonical `bytes` of entry `seq` say the same.
    fn agrees(&self, seq: u64, bytes: &[u8]) -> bool {
        let members = [
            ("case", self.case.as_str().into()),
            ("at_us", self.at_us.into()),
            ("kind", self.kind.as_str().into()),
            ("seq", i64::try_from(seq).unwrap_or(i64::MAX).into()),
        ];
        members.into_iter().all(|member| says(bytes, member))
    }
}

/// Whether a canonical JSON object has that member. No text within it can pass for one: its quotation marks are escaped.
fn says(bytes: &[u8], member: (&'static str, Value)) -> bool {
    let object = Value::object([member]).to_string();
    let member = object.trim_start_matches('{').trim_end_matches('}').as_bytes();
    let ends = |rest: &[u8]| matches!(rest.first(), Some(b',' | b'}'));
    (0..bytes.len()).any(|at| bytes[at..].strip_prefix(member).is_some_and(ends))
}

/// Where a ledger ends: published once a day, and compared with later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// How many entries; 0 for an empty ledger.
    pub count: u64,
    /// The hash of the last one; [`GENESIS`] for an empty ledger.
    pub hash: Hash,
}

/// The first entry that is not what it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("entry {index}: {why}")]
pub struct Break {
    /// Its place, from 1.
    pub index: u64,
    /// What is wrong with it.
    pub why: Why,
}

/// What is wrong with an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// An entry is missing, added or moved: the number found.
    Sequence(u64),
    /// It is not chained to the entry before it.
    Previous,
    /// Its bytes are not those that were hashed.
    Bytes,
    /// What stands beside its bytes, by which it is listed, is not what they say.
    Beside,
    /// Its hash is not the one published.
    Published,
    /// The ledger ends before an entry that was published.
    Missing,
}

impl Break {
    /// The sentence for officers.
    pub fn text(&self) -> Text {
        let index = self.index;
        let (zh, en) = match self.why {
            Why::Sequence(found) => {
                return Text::new(
                    format!("第 {index} 条的编号为 {found}，有条目缺失或被添加。"),
                    format!("Entry {index} is numbered {found}; one is missing or was added."),
                );
            }
            Why::Previous => ("与前一条不衔接", "is not chained to the entry before it"),
            Why::Bytes => ("内容与其摘要不符", "does not have the content that was hashed"),
            Why::Beside => (
                "所列案件、时间或类别与其内容不符",
                "is listed under another case, time or kind than its content says",
            ),
            Why::Published => ("与已公布的摘要不符", "does not have the hash that was published"),
            Why::Missing => ("曾经公布，现已缺失", "was published and is missing now"),
        };
        Text::new(format!("第 {index} 条{zh}。"), format!("Entry {index} {en}."))
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sequence(found) => write!(f, "numbered {found}: an entry is missing or added"),
            Self::Previous => f.write_str("not chained to the entry before it"),
            Self::Bytes => f.write_str("its content is not what was hashed"),
            Self::Beside => f.write_str("listed under another case, time or kind than it says"),
            Self::Published => f.write_str("its hash is not the one that was published"),
            Self::Missing => f.write_str("it was published, and the ledger ends before it"),
        }
    }
}

/// Follows the chain over `rows`, oldest first, and compares it with heads that were `published`.
///
/// Without a published head an end that was cut off cannot be seen: a shorter ledger is a whole ledger.
///
/// # Errors
///
/// The first [`Break`].
pub fn verify(rows: impl IntoIterator<Item = Row>, published: &[Head]) -> Result<Head, Break> {
    let mut head = Head { count: 0, hash: GENESIS };
    check_published(head, published)?;
    for row in rows {
        let index = head.count + 1;
        let broken = |why| Err(Break { index, why });
        if row.seq != index {
            return broken(Why::Sequence(row.seq));
        }
        if row.prev_hash != head.hash {
            return broken(Why::Previous);
        }
        if row.hash != chain(&row.prev_hash, &row.bytes) {
            return broken(Why::Bytes);
        }
        if !row.beside.agrees(row.seq, &row.bytes) {
            return broken(Why::Beside);
        }
        head = Head { count: index, hash: row.hash };
        check_published(head, published)?;
    }
    let cut_off = published.iter().any(|known| known.count > head.count);
    if cut_off {
        return Err(Break { index: head.count + 1, why: Why::Missing });
    }
    Ok(head)
}

/// Whether a head that was published at that place has another hash.
pub(crate) fn check_published(head: Head, published: &[Head]) -> Result<(), Break> {
    let mut same_place = published.iter().filter(|known| known.count == head.count);
    if same_place.any(|known| known.hash != head.hash) {
        return Err(Break { index: head.count, why: Why::Published });
    }
    Ok(())
}
