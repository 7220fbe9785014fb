//! What every source hands over: readings, the bytes they came from, and a way to answer.

use domain::{Provenance, Reading};
use jiff::Timestamp;
use tokio::sync::{mpsc, oneshot};

/// The one bounded channel that every source ends in. Full means back-pressure on the source.
pub type Intake = mpsc::Sender<Delivery>;

/// Readings that came together, with their raw bytes. Stored in one transaction, or not at all.
#[derive(Debug)]
pub struct Delivery {
    /// The feed: `hj212`, `http`, `cnemc-air`, `surface-water`, `csv`.
    pub feed: &'static str,
    /// Tells apart equal readings from different senders, e.g. `hj212:<MN>`; part of a series'
    /// identity. Never holds a secret.
    pub source: String,
    /// Set by the feed's configuration.
    pub provenance: Provenance,
    /// When the bytes arrived.
    pub received: Timestamp,
    /// The bytes as received, passwords blanked.
    pub raw: Vec<u8>,
    /// The readings, quality marks set.
    pub readings: Vec<Reading>,
    /// Fires after the commit, or with the reason why nothing was stored.
    pub answer: oneshot::Sender<Result<Stored, NotStored>>,
}

/// What became of a delivery after its commit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stored {
    /// Newly stored.
    pub stored: usize,
    /// Already known with the same value.
    pub duplicate: usize,
    /// Replaced an earlier value.
    pub revised: usize,
    /// Refused by the store, as places in `readings` and reasons (unknown station).
    pub rejected: Vec<(usize, String)>,
}

/// Why a whole delivery was not stored. It may be sent again without doubling anything.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotStored {
    /// The disk is full.
    #[error("storage is full; free space on the data volume, then resend")]
    StorageFull,
    /// Anything else; the log has the cause.
    #[error("storage is unavailable; resend later")]
    Unavailable,
}
