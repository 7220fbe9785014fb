//! What the ledger says about who was first.

use super::Entry;
use crate::reward::Candidate;

/// The reports of `case` and of those linked to it, for [`crate::reward::first_effective`].
///
/// A report counts as effective until the ledger says that it is not eligible.
pub fn candidates<'a>(entries: impl IntoIterator<Item = &'a Entry>, case: &str) -> Vec<Candidate> {
    let _ = (entries.into_iter().count(), case);
    todo!()
}
