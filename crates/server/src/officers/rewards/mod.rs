//! Rewards as officers decide on them.

pub mod act;
pub mod facts;
pub mod ledger;
pub mod view;
