//! A report's events together: the chain of hashes, and the state that they amount to.

use super::{Event, EventKind, InvalidTransition, ReportId, State};
use crate::canonical::{Hash, sha256};

/// What stands before the first event: it binds the chain to its report, so that whole histories cannot
/// be exchanged.
pub fn first_link(report: &ReportId) -> Hash {
    sha256(format!("report {report}").as_bytes())
}

/// Where and why a history cannot be believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HistoryBreak {
    /// The event at this index has another hash than the chain gives it.
    #[error("event {index} was changed, or one before it was")]
    Changed {
        /// From 0.
        index: usize,
    },
    /// The events are not numbered 1, 2, 3…
    #[error("event {index} is out of sequence: one was removed, added or moved")]
    Sequence {
        /// From 0.
        index: usize,
    },
    /// A history begins with `received`, which stands nowhere else.
    #[error("event {index}: a history begins with `received`, once")]
    Beginning {
        /// From 0.
        index: usize,
    },
    /// The state at that point does not know the action.
    #[error("event {index}: {invalid}")]
    Transition {
        /// From 0.
        index: usize,
        /// Which.
        invalid: InvalidTransition,
    },
}

/// Checks the hashes and numbers of a report's events, oldest first, each with the hash kept beside it;
/// the last hash is the head.
///
/// # Errors
///
/// [`HistoryBreak`] at the first event that does not fit. Events missing at the end are only noticed by
/// comparing the head with one kept elsewhere.
pub fn verify<'a>(
    report: &ReportId,
    events: impl IntoIterator<Item = (&'a Event, Hash)>,
) -> Result<Hash, HistoryBreak> {
    let mut head = first_link(report);
    for (index, (event, kept)) in events.into_iter().enumerate() {
        numbered(index, event)?;
        head = event.hash(&head);
        if head != kept {
            return Err(HistoryBreak::Changed { index });
        }
    }
    Ok(head)
}

/// The state that a report's events amount to, oldest first.
///
/// # Errors
///
/// [`HistoryBreak`] at the first event that could not have happened.
pub fn replay<'a>(events: impl IntoIterator<Item = &'a Event>) -> Result<State, HistoryBreak> {
    let mut state: Option<State> = None;
    for (index, event) in events.into_iter().enumerate() {
        numbered(index, event)?;
        let next = match (state, event.kind) {
            (None, EventKind::Received) => Ok(State::Submitted),
            (None, _) | (Some(_), EventKind::Received) => {
                return Err(HistoryBreak::Beginning { index });
            }
            (Some(state), kind) => kind.action().map_or(Ok(state), |action| state.apply(action)),
        };
        state = Some(next.map_err(|invalid| HistoryBreak::Transition { index, invalid })?);
    }
    state.ok_or(HistoryBreak::Beginning { index: 0 })
}

fn numbered(index: usize, event: &Event) -> Result<(), HistoryBreak> {
    if usize::try_from(event.seq).is_ok_and(|seq| seq == index + 1) {
        Ok(())
    } else {
        Err(HistoryBreak::Sequence { index })
    }
}
