//! A feed's health as the public may read it.

use contract::public::{Feed, Rejected};
use domain::{Provenance, Text, freshness::Freshness};
use ingest::health::FeedStatus;
use jiff::Timestamp;

/// A feed as configured.
#[derive(Debug, Clone)]
pub struct FeedFacts {
    /// `hj212`, `http`, `cnemc-air`, `surface-water`.
    pub key: &'static str,
    pub name: Text,
    pub enabled: bool,
    pub expected_interval_s: u32,
    pub provenance: Provenance,
}

/// One feed's row in `api/v1/feeds`.
pub(crate) fn feed(facts: &FeedFacts, status: &FeedStatus, now: Timestamp) -> Feed {
    Feed {
        key: facts.key.to_owned(),
        name: facts.name.clone(),
        enabled: facts.enabled,
        last_try: status.last_try,
        last_success: status.last_success,
        newest: status.newest,
        expected_interval_s: facts.expected_interval_s,
        freshness: Freshness::of(status.newest, facts.expected_interval_s, now),
        accepted: status.accepted,
        rejected: status
            .rejected
            .iter()
            .map(|(reason, &count)| Rejected { reason: reason.key().to_owned(), count })
            .collect(),
        last_error: status.last_error.as_ref().map(|failure| failure.text.clone()),
        last_error_at: status.last_error.as_ref().map(|failure| failure.at),
        provenance: facts.provenance,
    }
}
