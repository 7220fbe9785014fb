//! Rewards as officers decide on them.

pub mod act;
pub mod facts;
pub mod lapse;
pub mod ledger;
pub mod roots;
pub mod view;
