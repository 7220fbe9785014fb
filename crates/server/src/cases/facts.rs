//! What is known of a report for the rules: folded from its events.

use domain::report::{ActorRole, CaseFacts, EventKind};
use jiff::Timestamp;
use store::{Publication, ReportEvent};

use super::File;

/// The facts of a report.
pub fn of(file: &File) -> CaseFacts {
    let standing = &file.report.standing;
    CaseFacts {
        state: standing.state,
        department: standing.department.is_some(),
        evidence: evidence(&file.events),
        question_open: question_open(&file.events),
        // What waits for a look is kept from the public in the same way as what is shown.
        published: matches!(standing.publication, Publication::Published | Publication::Waiting),
        identity: file.identity,
        extended: extended(&file.events),
        closed_at: last(&file.events, EventKind::Closed),
    }
}

/// An officer has added evidence since handling last began.
fn evidence(events: &[ReportEvent]) -> bool {
    let since = events.iter().rev().take_while(|event| event.event.kind != EventKind::Started);
    since.into_iter().any(|event| {
        event.event.kind == EventKind::EvidenceAdded && event.event.actor == ActorRole::Officer
    })
}

/// The holder of the code was asked after they last answered.
pub fn question_open(events: &[ReportEvent]) -> bool {
    let talk = [EventKind::Asked, EventKind::Answered];
    let newest = events.iter().rev().map(|event| event.event.kind).find(|kind| talk.contains(kind));
    newest == Some(EventKind::Asked)
}

/// The time was extended since the case was last opened again.
pub fn extended(events: &[ReportEvent]) -> bool {
    let opened = [EventKind::Reopened, EventKind::NotFixed];
    let mut since = events.iter().rev().take_while(|event| !opened.contains(&event.event.kind));
    since.any(|event| event.event.kind == EventKind::Extended)
}

fn last(events: &[ReportEvent], kind: EventKind) -> Option<Timestamp> {
    events.iter().rev().find(|event| event.event.kind == kind).map(|event| event.event.at)
}

#[cfg(test)]
mod tests {
    use domain::report::{Event, EventBody};

    use super::*;

    fn events(kinds: &[(EventKind, ActorRole)]) -> Vec<ReportEvent> {
        let event = |(at, (kind, actor)): (usize, &(EventKind, ActorRole))| ReportEvent {
            event: Event {
                seq: u32::try_from(at).unwrap() + 1,
                at: Timestamp::from_second(i64::try_from(at).unwrap()).unwrap(),
                actor: *actor,
                staff: None,
                kind: *kind,
                body: EventBody::default(),
            },
            staff_name: None,
            prev_hash: [0; 32],
            hash: [0; 32],
        };
        kinds.iter().enumerate().map(event).collect()
    }

    #[test]
    fn evidence_counts_from_the_last_beginning_and_only_an_officers() {
        use {ActorRole as A, EventKind as K};
        let mut kinds = vec![(K::Started, A::Officer), (K::EvidenceAdded, A::Officer)];
        assert!(evidence(&events(&kinds)));
        kinds.extend([(K::NotFixed, A::Reporter), (K::Started, A::Officer)]);
        assert!(!evidence(&events(&kinds)));
        kinds.push((K::EvidenceAdded, A::Reporter));
        assert!(!evidence(&events(&kinds)));
    }

    #[test]
    fn a_question_is_open_until_it_is_answered() {
        use {ActorRole as A, EventKind as K};
        let mut kinds = vec![(K::Asked, A::Officer), (K::Noted, A::Officer)];
        assert!(question_open(&events(&kinds)));
        kinds.push((K::Answered, A::Reporter));
        assert!(!question_open(&events(&kinds)));
    }
}
