//! What the store refuses, as officers read it.

use contract::problem::{Code, StaleFacts};
use store::StoreError;

use crate::{problem::Problem, reports::track};

/// The refusal; `version` is the version there is now, for a change that was made on an older one.
pub fn problem(error: StoreError, version: u64) -> Problem {
    match error {
        StoreError::Stale { by, at, what } => {
            // Who holds the claim code has no name.
            let by = if by == track::act::BY { String::new() } else { by };
            Problem::stale(StaleFacts { by, at: at.to_string(), action: what, version })
        }
        StoreError::NoSuch { .. } => Problem::new(Code::NotFound),
        other => other.into(),
    }
}
