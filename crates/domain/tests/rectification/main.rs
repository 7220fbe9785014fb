//! The rectification ledger: what may happen, what is counted, and what is found when somebody alters it.
#![expect(clippy::unwrap_used, reason = "the helpers of tests fail by panicking, as tests do")]

mod altered;
mod figures;
mod recomputed;
mod rules;
mod support;
