//! A report's events: their one JSON, the chain over them, and the state they amount to.

use std::collections::BTreeMap;

use domain::{
    canonical::{Hash, Value, hex},
    report::{
        ActionKind, ActorRole, Event, EventBody, EventKind, Finding, HistoryBreak, MessageRef,
        Priority, ReportId, State, first_link, replay, verify,
    },
};
use jiff::{Timestamp, civil::date};
use proptest::{prelude::*, sample::select};

fn report() -> ReportId {
    ReportId::new(1_790_000_000_000, [7; 10])
}

fn event(seq: u32, kind: EventKind) -> Event {
    Event {
        seq,
        at: Timestamp::from_microsecond(1_790_000_000_000_000 + i64::from(seq))
            .expect("this century"),
        actor: ActorRole::Officer,
        staff: None,
        kind,
        body: EventBody::default(),
    }
}

/// Received, and then these.
fn events(kinds: &[EventKind]) -> Vec<Event> {
    let kinds = [EventKind::Received].into_iter().chain(kinds.iter().copied());
    (1..).zip(kinds).map(|(seq, kind)| event(seq, kind)).collect()
}

fn hashes(events: &[Event]) -> Vec<Hash> {
    let chained = events.iter().scan(first_link(&report()), |head, event| {
        *head = event.hash(head);
        Some(*head)
    });
    chained.collect()
}

fn verified(events: &[Event], hashes: &[Hash]) -> Result<Hash, HistoryBreak> {
    verify(&report(), events.iter().zip(hashes.iter().copied()))
}

#[test]
fn an_event_has_one_json() {
    let closed = Event {
        staff: Some("officer-7".to_owned()),
        body: EventBody {
            message: Some(MessageRef { number: 2, sha256: "ab".repeat(32) }),
            finding: Some(Finding::Partly),
            photos: vec!["cd".repeat(32)],
            ..EventBody::default()
        },
        ..event(5, EventKind::Closed)
    };
    let (message, photo) = ("ab".repeat(32), "cd".repeat(32));
    assert_eq!(
        closed.canonical(),
        format!(
            r#"{{"actor":"officer","at_us":1790000000000005,"body":{{"finding":"partly","message":{{"number":2,"sha256":"{message}"}},"photos":["{photo}"]}},"kind":"closed","seq":5,"staff":"officer-7"}}"#
        )
    );
    let bare = event(1, EventKind::Received).canonical();
    let expected =
        r#"{"actor":"officer","at_us":1790000000000001,"body":{},"kind":"received","seq":1}"#;
    assert_eq!(bare, expected);
}

/// `printf '…' | sha256sum`, by another program.
#[test]
fn the_chain_is_what_another_program_computes() {
    let head = first_link(&report());
    assert_eq!(report().as_str(), "01a0c450-6c00-7707-8707-070707070707");
    assert_eq!(hex(&head), "7fa31c71a9e56dc73f4d962e21ac5049c23530734cd2b72d59b64f1cf21c9ec1");
    assert_eq!(
        hex(&event(1, EventKind::Received).hash(&head)),
        "18807310df444c682c79f215f40795a792975d3007167b0af2a143fb63712ef6"
    );
}

#[test]
fn json_is_escaped_as_rfc_8785_says() {
    let text = Value::from("\u{8}\t\n\u{c}\r\"\\\u{1}\u{1f}/€汉\u{7f}");
    assert_eq!(text.to_string(), "\"\\b\\t\\n\\f\\r\\\"\\\\\\u0001\\u001f/€汉\u{7f}\"");
    let value = Value::object([
        ("b", Value::List(vec![Value::Null, true.into(), (-3_i64).into()])),
        ("a", None::<&str>.into()),
    ]);
    assert_eq!(value.to_string(), r#"{"a":null,"b":[null,true,-3]}"#);
}

#[test]
fn every_action_leaves_its_own_event() {
    for kind in ActionKind::ALL.iter().copied() {
        assert_eq!(EventKind::of(kind).action(), Some(kind));
    }
    let others = EventKind::ALL.iter().filter(|kind| kind.action().is_none());
    let expected = [EventKind::Received, EventKind::ContactGiven, EventKind::Expired];
    assert!(others.eq(&expected));
}

#[test]
fn a_reporter_is_told_what_changes_the_case_and_not_what_the_office_notes() {
    let silent = EventKind::ALL.iter().filter(|kind| !kind.is_told());
    let expected = [
        EventKind::Noted,
        EventKind::Prioritised,
        EventKind::Redacted,
        EventKind::Linked,
        EventKind::Unlinked,
        EventKind::Unsealed,
    ];
    assert!(silent.eq(&expected));
    let changes = |kind: ActionKind| {
        State::ALL.iter().any(|state| state.apply(kind).is_ok_and(|after| after != *state))
    };
    let changing = ActionKind::ALL.iter().copied().filter(|kind| changes(*kind));
    assert!(changing.into_iter().all(|kind| EventKind::of(kind).is_told()));
}

#[test]
fn a_history_amounts_to_a_state() {
    use EventKind as E;
    let cases: [(&[EventKind], State); 5] = [
        (&[], State::Submitted),
        (&[E::Asked, E::Answered, E::Accepted, E::ContactGiven], State::Accepted),
        (&[E::Accepted, E::Dispatched, E::Started, E::EvidenceAdded, E::Closed], State::Closed),
        (
            &[
                E::Accepted,
                E::Dispatched,
                E::SentBack,
                E::Dispatched,
                E::Started,
                E::Closed,
                E::NotFixed,
                E::Started,
            ],
            State::InHandling,
        ),
        (&[E::Merged, E::Expired], State::Merged),
    ];
    for (kinds, state) in cases {
        assert_eq!(replay(&events(kinds)), Ok(state));
    }
}

#[test]
fn a_history_that_cannot_have_happened_says_where() {
    use EventKind as E;
    let impossible = replay(&events(&[E::Accepted, E::Closed])).unwrap_err();
    let text = "event 2: `close` is not possible while the report is accepted";
    assert_eq!(impossible.to_string(), text);
    let twice = replay(&events(&[E::Received]));
    assert_eq!(twice, Err(HistoryBreak::Beginning { index: 1 }));
    assert_eq!(replay(&[event(1, E::Accepted)]), Err(HistoryBreak::Beginning { index: 0 }));
    assert_eq!(replay([]), Err(HistoryBreak::Beginning { index: 0 }));
    let hole = [event(1, E::Received), event(3, E::Accepted)];
    assert_eq!(replay(&hole), Err(HistoryBreak::Sequence { index: 1 }));
}

#[test]
fn a_whole_history_moved_to_another_report_is_noticed() {
    let events = events(&[EventKind::Accepted]);
    let hashes = hashes(&events);
    assert_eq!(verified(&events, &hashes), Ok(hashes[1]));
    let other = ReportId::new(1_790_000_000_000, [8; 10]);
    let moved = verify(&other, events.iter().zip(hashes.iter().copied()));
    assert_eq!(moved, Err(HistoryBreak::Changed { index: 0 }));
}

#[test]
fn a_removed_or_exchanged_event_is_noticed() {
    let events = events(&[EventKind::Accepted, EventKind::Noted, EventKind::Dispatched]);
    let hashes = hashes(&events);
    let (mut fewer, mut fewer_hashes) = (events.clone(), hashes.clone());
    fewer.remove(1);
    fewer_hashes.remove(1);
    let broken = verified(&fewer, &fewer_hashes);
    assert_eq!(broken, Err(HistoryBreak::Sequence { index: 1 }));
    let mut exchanged = events;
    exchanged.swap(1, 2);
    let broken = verified(&exchanged, &hashes);
    assert_eq!(broken, Err(HistoryBreak::Sequence { index: 1 }));
}

fn body() -> impl Strategy<Value = EventBody> {
    let message = prop::option::of((1_u32..9, "[0-9a-f]{64}"));
    let photos = prop::collection::vec("[0-9a-f]{64}", 0..3);
    (
        message,
        prop::option::of(select(Finding::ALL)),
        prop::option::of(".{1,12}"),
        prop::option::of(any::<[u8; 10]>()),
        photos,
        prop::option::of(select(Priority::ALL)),
        prop::option::of(1_i8..28),
    )
        .prop_map(|(message, finding, department, other, photos, priority, until)| EventBody {
            message: message.map(|(number, sha256)| MessageRef { number, sha256 }),
            finding,
            department,
            other: other.map(|random| ReportId::new(5, random)),
            photos,
            priority,
            until: until.map(|day| date(2026, 11, day)),
        })
}

fn any_event() -> impl Strategy<Value = Event> {
    (
        any::<u32>(),
        0_i64..4_000_000_000_000_000,
        select(ActorRole::ALL),
        prop::option::of("[a-z0-9-]{1,12}"),
        select(EventKind::ALL),
        body(),
    )
        .prop_map(|(seq, at_us, actor, staff, kind, body)| Event {
            seq,
            at: Timestamp::from_microsecond(at_us).expect("this century"),
            actor,
            staff,
            kind,
            body,
        })
}

/// The same with sorted keys, which some features of serde_json do not keep.
fn sorted(value: &serde_json::Value) -> serde_json::Value {
    match value {
        serde_json::Value::Object(members) => {
            let by_key: BTreeMap<_, _> = members.iter().collect();
            by_key.into_iter().map(|(key, value)| (key.clone(), sorted(value))).collect()
        }
        other => other.clone(),
    }
}

proptest! {
    #[test]
    fn the_one_json_is_what_serde_writes_with_sorted_keys(event in any_event()) {
        let canonical = event.canonical();
        let parsed: serde_json::Value = serde_json::from_str(&canonical).unwrap();
        prop_assert_eq!(&parsed, &serde_json::to_value(&event).unwrap());
        prop_assert_eq!(sorted(&parsed).to_string(), canonical.clone());
        prop_assert_eq!(serde_json::from_str::<Event>(&canonical).unwrap(), event);
    }

    #[test]
    fn canonical_json_agrees_with_serde(members in prop::collection::btree_map("[ -~]{0,6}", any::<String>(), 0..5)) {
        let texts = members.iter().map(|(key, text)| (key.as_str(), Value::from(text.as_str())));
        let ours = Value::object(texts).to_string();
        prop_assert_eq!(ours, serde_json::to_string::<BTreeMap<_, _>>(&members).unwrap());
    }

    /// Each kept event replaced by any other one of the same number.
    #[test]
    fn a_changed_event_is_noticed_where_it_stands(
        kinds in prop::collection::vec(select(EventKind::ALL), 0..8),
        at in any::<prop::sample::Index>(), other in any_event(),
    ) {
        let mut events = events(&kinds);
        let hashes = hashes(&events);
        prop_assert_eq!(verified(&events, &hashes), Ok(hashes[hashes.len() - 1]));
        let index = at.index(events.len());
        let changed = Event { seq: events[index].seq, ..other };
        prop_assume!(events[index] != changed);
        events[index] = changed;
        prop_assert_eq!(verified(&events, &hashes), Err(HistoryBreak::Changed { index }));
    }

    #[test]
    fn any_walk_through_the_states_is_a_history(
        choices in prop::collection::vec(any::<prop::sample::Index>(), 0..30),
    ) {
        let (mut state, mut kinds) = (State::Submitted, Vec::new());
        for choice in choices {
            let possible = ActionKind::ALL.iter().filter(|kind| state.allows(**kind));
            let possible: Vec<_> = possible.copied().collect();
            let kind = *choice.get(&possible);
            state = state.apply(kind).unwrap();
            kinds.push(EventKind::of(kind));
        }
        prop_assert_eq!(replay(&events(&kinds)), Ok(state));
    }
}
