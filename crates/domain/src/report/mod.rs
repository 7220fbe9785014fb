//! A report 举报 from the first word to the answer: what may happen to it, who may do it, when it is
//! due, how it is named, and what it is asked.
//!
//! One state machine for the server, the public pages and the console. A state is the fold of the
//! report's events, which are only ever added to.

mod action;
mod case;
pub mod category;
pub(crate) mod claim_code;
pub(crate) mod crockford;
mod deadline;
mod event;
mod history;
mod public_id;
mod refusal;
mod report_id;
mod state;
pub mod wording;

pub use action::{ActionKind, InvalidTransition};
pub use case::{Actor, CaseFacts, MergeTarget, Wish, check, may};
pub use category::{Answer, Category, Question};
pub use claim_code::{ClaimCode, ClaimCodeError};
pub use deadline::{Deadlines, Due, NOT_FIXED_DAYS, Standing, not_fixed_until};
pub use event::{ActorRole, Event, EventBody, EventKind, MessageRef, Priority};
pub use history::{HistoryBreak, first_link, replay, verify};
pub use public_id::{PublicId, PublicIdError};
pub use refusal::Refusal;
pub use report_id::{ReportId, ReportIdError};
pub use state::{Finding, State};
