//! The ledger of rewards: append-only entries, each chained to the one before by SHA-256.
//!
//! Changing, removing, adding or reordering an entry breaks the chain at that entry; cutting the end off, or
//! writing a new chain, contradicts a head that was published before. The ledger is money data and names no
//! reporter: cases by public id, officers by account, vouchers by number.

mod chain;
mod entry;
mod history;

pub(crate) use chain::check_published;
pub use chain::{Beside, Break, GENESIS, Head, Row, Why, verify};
pub use entry::{Body, Entry, LedgerActor, entry_bytes};
pub use history::candidates;

pub use crate::canonical::{Hash, chain};
