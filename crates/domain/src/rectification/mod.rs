//! The rectification ledger 整改台账: issues of inspections, films, self-inspection and reports, from being found to
//! being struck off 销号, as an append-only record whose every figure can be computed again.
//!
//! One chain of events over all issues. What an issue is, is the fold of its events ([`Case`]); what may happen to
//! it is [`check`]'s to say; every figure as of any past day is [`Register`]'s; whether the record is what it was,
//! [`audit`]'s.
//!
//! Stages and transitions follow the usage of published lists (长寿区 2021, 重庆市 2025, 松滋市 2025, 黄山市 2022) and
//! the publication form of a district's ninth batch of 2023-01-09. No regulation in one text defines them all.

mod audit;
mod body;
mod case;
mod course;
mod event;
mod number;
mod pace;
mod ratio;
mod refusal;
mod register;
mod rules;
mod stage;
mod tally;
mod web_address;
pub mod wording;
mod words;

pub use audit::{Audit, Fault, FaultKind, Kept, audit};
pub use body::{Body, EventKind, Evidence, Facts, Link, Milestone, Permille};
pub use case::{Answered, Case, Passed, Window};
pub use event::{Event, commitment};
pub use number::{ItemNumber, ItemNumberError};
pub use pace::{Schedule, WHOLE};
pub use ratio::Ratio;
pub use refusal::Refusal;
pub use register::{Register, Standing, month_ends};
pub use rules::{Actor, Rules, check, check_found, lawful, may};
pub use stage::{InvalidTransition, Stage, State, Turn};
pub use tally::{Group, Point, StateCount, Statistics, Tally};
pub use web_address::web_address;
pub use words::{
    ActorRole, Cause, CheckStep, EvidenceKind, Medium, Origin, Pace, Phase, Source, Term,
};
