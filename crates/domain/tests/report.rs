//! What may happen to a report, by whom, and why not.

use domain::{
    Lang,
    report::{ActionKind, Actor, CaseFacts, MergeTarget, Refusal, State, Wish, check, may},
    role::{Permission, Role, RoleSet},
};
use jiff::Timestamp;
use proptest::{prelude::*, sample::select};

/// The state after each action; `.` is the same state, `-` impossible.
const TRANSITIONS: &str = "
             submitted accepted     not_accepted dispatched   in_handling  closed   reopened   merged   withdrawn
accept       accepted  -            accepted     -            -            -        -          -        -
refuse       not_accepted not_accepted -         -            -            -        -          -        -
dispatch     -         dispatched   -            .            dispatched   -        dispatched -        -
send_back    -         -            -            accepted     accepted     -        -          -        -
start        -         -            -            in_handling  -            -        in_handling -       -
close        -         -            -            -            closed       -        -          -        -
reopen       -         -            -            -            -            reopened -          reopened -
merge        merged    merged       -            merged       merged       -        merged     -        -
withdraw     withdrawn withdrawn    -            withdrawn    withdrawn    -        -          -        -
not_fixed    -         -            -            -            -            reopened -          -        -
ask          .         .            -            .            .            -        .          -        -
answer       .         .            -            .            .            -        .          -        -
add_evidence .         .            -            .            .            -        .          -        -
note         .         .            .            .            .            .        .          .        .
prioritise   .         .            -            .            .            -        .          -        -
extend       -         .            -            .            .            -        .          -        -
publish      .         .            .            .            .            .        .          .        -
hide         .         .            .            .            .            .        .          .        .
redact       .         .            .            .            .            .        .          .        .
link         .         .            .            .            .            .        .          .        .
unlink       .         .            .            .            .            .        .          .        .
unseal       .         .            .            .            .            .        .          .        -
";

/// Which roles may do each action at all; `reporter` with the claim code, `system` the portal itself.
const DOERS: &str = "
accept       triage
refuse       triage
dispatch     triage
send_back    handler
start        handler
close        verifier
reopen       verifier
merge        triage
withdraw     reporter
not_fixed    reporter
ask          triage handler verifier
answer       reporter
add_evidence handler verifier reporter
note         triage handler verifier system
prioritise   triage
extend       triage verifier
publish      publisher
hide         triage publisher system
redact       triage publisher system
link         triage
unlink       triage
unseal       verifier payer
";

fn kind(key: &str) -> ActionKind {
    ActionKind::from_key(key).unwrap_or_else(|| panic!("{key} is no action"))
}

fn rows(table: &str) -> Vec<Vec<&str>> {
    let lines = table.lines().filter(|line| !line.is_empty());
    lines.map(|line| line.split_whitespace().collect()).collect()
}

fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

fn now() -> Timestamp {
    at("2026-03-10T09:00:00+08:00")
}

/// A case in that state to which nothing is missing.
fn complete(state: State) -> CaseFacts {
    CaseFacts {
        state,
        department: true,
        evidence: true,
        question_open: true,
        published: true,
        identity: true,
        extended: false,
        closed_at: matches!(state, State::Closed | State::Reopened)
            .then(|| at("2026-03-09T10:00:00+08:00")),
    }
}

fn everyone() -> Actor {
    Actor::Officer(RoleSet::all())
}

/// Whoever may do it at all.
fn doer(kind: ActionKind) -> Actor {
    if kind.permissions().is_empty() { Actor::Reporter } else { everyone() }
}

#[test]
fn every_state_answers_every_action_as_the_table_says() {
    let rows = rows(TRANSITIONS);
    let states: Vec<_> = rows[0].iter().map(|key| State::from_key(key).unwrap()).collect();
    assert_eq!(states, State::ALL);
    let kinds: Vec<_> = rows[1..].iter().map(|row| kind(row[0])).collect();
    assert_eq!(kinds, ActionKind::ALL);
    for row in &rows[1..] {
        assert_eq!(row.len(), states.len() + 1, "{}", row[0]);
        for (state, expected) in states.iter().zip(&row[1..]) {
            let expected = match *expected {
                "-" => None,
                "." => Some(*state),
                key => Some(State::from_key(key).unwrap()),
            };
            let kind = kind(row[0]);
            assert_eq!(state.apply(kind).ok(), expected, "{} {}", state.key(), row[0]);
            assert_eq!(state.allows(kind), expected.is_some());
        }
    }
}

#[test]
fn an_impossible_action_names_the_state_in_both_languages() {
    let invalid = State::Closed.apply(ActionKind::Accept).unwrap_err();
    assert_eq!(invalid.sentence(Lang::Zh), "本件已办结，不能受理。");
    assert_eq!(invalid.sentence(Lang::En), "This report is closed: you cannot accept now.");
    assert_eq!(invalid.to_string(), "`accept` is not possible while the report is closed");
}

#[test]
fn every_role_may_do_what_the_table_says_and_nothing_else() {
    let rows = rows(DOERS);
    assert_eq!(rows.iter().map(|row| kind(row[0])).collect::<Vec<_>>(), ActionKind::ALL);
    for row in rows {
        let kind = kind(row[0]);
        let state = State::ALL.iter().copied().find(|state| {
            state.allows(kind) && (kind != ActionKind::Withdraw || *state != State::Reopened)
        });
        let case = complete(state.unwrap());
        for role in Role::ALL {
            let answer = may(&case, kind, Actor::Officer(RoleSet::of([*role])), now());
            let listed = row[1..].contains(&role.key());
            assert_eq!(answer.is_ok(), listed, "{} {}: {answer:?}", role.key(), row[0]);
            assert!(listed || answer.unwrap_err().is_forbidden());
        }
        for (actor, key) in [(Actor::Reporter, "reporter"), (Actor::System, "system")] {
            let answer = may(&case, kind, actor, now());
            assert_eq!(answer.is_ok(), row[1..].contains(&key), "{key} {}: {answer:?}", row[0]);
        }
        assert!(may(&case, kind, Actor::Officer(RoleSet::NONE), now()).is_err());
    }
}

#[test]
fn what_is_forbidden_says_which_permission_is_missing() {
    let triage = Actor::Officer(RoleSet::of([Role::Triage]));
    let refusal = may(&complete(State::InHandling), ActionKind::Close, triage, now()).unwrap_err();
    assert_eq!(refusal, Refusal::NoPermission(&[Permission::Verify]));
    assert_eq!(refusal.sentence(Lang::Zh), "您的角色没有“核查办结”权限。");
    let refusal = may(&complete(State::InHandling), ActionKind::AddEvidence, triage, now());
    assert_eq!(
        refusal.unwrap_err().sentence(Lang::En),
        "Your roles do not include permission to handle or to verify and close."
    );
}

#[test]
fn what_the_actor_may_never_do_is_said_before_what_the_state_forbids() {
    let nobody = Actor::Officer(RoleSet::NONE);
    let answer = may(&complete(State::Withdrawn), ActionKind::Accept, nobody, now());
    assert!(answer.unwrap_err().is_forbidden());
    let answer = may(&complete(State::Withdrawn), ActionKind::Accept, everyone(), now());
    assert!(matches!(answer, Err(Refusal::State(_))));
}

#[test]
fn a_missing_fact_is_the_reason() {
    let cases = [
        (State::Reopened, ActionKind::Start, Refusal::NoDepartment),
        (State::InHandling, ActionKind::Close, Refusal::NoEvidence),
        (State::InHandling, ActionKind::Answer, Refusal::NothingAsked),
        (State::Accepted, ActionKind::Hide, Refusal::NotPublished),
        (State::Accepted, ActionKind::Unseal, Refusal::NoIdentity),
        (State::Closed, ActionKind::NotFixed, Refusal::NeverClosed),
    ];
    for (state, kind, refusal) in cases {
        let bare = CaseFacts { state, ..CaseFacts::default() };
        assert_eq!(may(&bare, kind, doer(kind), now()), Err(refusal));
        assert_eq!(may(&complete(state), kind, doer(kind), now()), Ok(()));
    }
}

#[test]
fn a_deadline_is_extended_once() {
    let case = complete(State::InHandling);
    assert_eq!(may(&case, ActionKind::Extend, everyone(), now()), Ok(()));
    let case = CaseFacts { extended: true, ..case };
    let again = may(&case, ActionKind::Extend, everyone(), now());
    assert_eq!(again, Err(Refusal::ExtendedBefore));
}

#[test]
fn a_report_is_withdrawn_only_before_its_first_closing() {
    let open = complete(State::InHandling);
    assert_eq!(may(&open, ActionKind::Withdraw, Actor::Reporter, now()), Ok(()));
    let reopened = CaseFacts { closed_at: Some(now()), ..open };
    let answer = may(&reopened, ActionKind::Withdraw, Actor::Reporter, now());
    assert_eq!(answer, Err(Refusal::WasClosed));
}

#[test]
fn a_withdrawn_report_cannot_be_accepted() {
    assert!(!State::Withdrawn.allows(ActionKind::Accept));
}

/// Closed on 1 March at 23:59 Beijing: the last day is the 15th, whole.
#[test]
fn not_fixed_may_be_said_until_the_end_of_the_fourteenth_day_in_beijing() {
    let cases = [
        ("2026-03-01T23:59:30+08:00", true),
        ("2026-03-15T00:00:00+08:00", true),
        ("2026-03-15T23:59:59.999999+08:00", true),
        ("2026-03-16T00:00:00+08:00", false),
        // Still the 15th in UTC.
        ("2026-03-15T16:00:00Z", false),
        ("2026-06-01T00:00:00+08:00", false),
    ];
    let closed_at = Some(at("2026-03-01T23:59:00+08:00"));
    let case = CaseFacts { closed_at, ..complete(State::Closed) };
    for (when, in_time) in cases {
        let answer = may(&case, ActionKind::NotFixed, Actor::Reporter, at(when));
        assert_eq!(answer.is_ok(), in_time, "{when}");
    }
    let late = may(&case, ActionKind::NotFixed, Actor::Reporter, at("2026-03-16T00:00:00+08:00"));
    let sentence = late.unwrap_err().sentence(Lang::Zh);
    assert_eq!(sentence, "反映未解决的期限已于 2026-03-15 届满；如问题仍在，请重新举报。");
}

/// A wish of that action with everything that may come along.
fn whole(kind: ActionKind) -> Wish<'static> {
    Wish {
        kind,
        text: Some("理由"),
        finding: Some(domain::report::Finding::Partly),
        department: Some("bureau"),
        target: Some(MergeTarget::Other(State::Accepted)),
    }
}

#[test]
fn words_are_needed_where_someone_will_ask_why() {
    for kind in ActionKind::ALL.iter().copied() {
        let state = State::ALL.iter().copied().find(|state| state.allows(kind)).unwrap();
        let case = complete(state);
        assert_eq!(check(&case, &whole(kind), doer(kind), now()), Ok(()), "{}", kind.key());
        for text in [None, Some(""), Some(" \n\u{3000}")] {
            let answer = check(&case, &Wish { text, ..whole(kind) }, doer(kind), now());
            let expected = if kind.needs_text() { Err(Refusal::NoText(kind)) } else { Ok(()) };
            assert_eq!(answer, expected, "{}", kind.key());
        }
    }
}

#[test]
fn a_closing_needs_a_finding_and_passing_on_a_department() {
    let wish = Wish { finding: None, ..whole(ActionKind::Close) };
    let answer = check(&complete(State::InHandling), &wish, everyone(), now());
    assert_eq!(answer, Err(Refusal::NoFinding));
    for department in [None, Some(""), Some(" ")] {
        let wish = Wish { department, ..whole(ActionKind::Dispatch) };
        let answer = check(&complete(State::Accepted), &wish, everyone(), now());
        assert_eq!(answer, Err(Refusal::NoDepartment));
    }
}

#[test]
fn a_report_is_merged_only_into_one_that_will_have_an_answer() {
    let case = complete(State::Accepted);
    let merge = |target| {
        let wish = Wish { target, ..whole(ActionKind::Merge) };
        check(&case, &wish, everyone(), now())
    };
    assert_eq!(merge(None), Err(Refusal::NoTarget));
    assert_eq!(merge(Some(MergeTarget::Unknown)), Err(Refusal::NoTarget));
    assert_eq!(merge(Some(MergeTarget::Itself)), Err(Refusal::TargetIsItself));
    for state in State::ALL.iter().copied() {
        let expected = match state {
            State::Merged => Err(Refusal::TargetMerged),
            State::Withdrawn | State::NotAccepted => Err(Refusal::TargetAnswersNothing(state)),
            _ => Ok(()),
        };
        assert_eq!(merge(Some(MergeTarget::Other(state))), expected);
        let link = Wish { target: Some(MergeTarget::Other(state)), ..whole(ActionKind::Link) };
        assert_eq!(check(&case, &link, everyone(), now()), Ok(()));
    }
    let link = Wish { target: Some(MergeTarget::Itself), ..whole(ActionKind::Link) };
    assert_eq!(check(&case, &link, everyone(), now()), Err(Refusal::TargetIsItself));
}

fn refusals() -> Vec<Refusal> {
    let mut all = vec![
        Refusal::OnlyReporter,
        Refusal::OnlyOfficers,
        Refusal::NoPermission(&[Permission::Handle, Permission::Verify]),
        Refusal::NoDepartment,
        Refusal::NoEvidence,
        Refusal::NoFinding,
        Refusal::ExtendedBefore,
        Refusal::WasClosed,
        Refusal::NothingAsked,
        Refusal::NotPublished,
        Refusal::NoIdentity,
        Refusal::NeverClosed,
        Refusal::TooLate { until: jiff::civil::date(2026, 3, 15) },
        Refusal::NoTarget,
        Refusal::TargetIsItself,
        Refusal::TargetMerged,
        Refusal::TargetAnswersNothing(State::Withdrawn),
    ];
    for kind in ActionKind::ALL.iter().copied() {
        all.push(Refusal::NoText(kind));
        let invalid = State::ALL.iter().filter_map(|state| state.apply(kind).err());
        all.extend(invalid.map(Refusal::State));
    }
    all
}

fn is_chinese(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

#[test]
fn every_refusal_has_a_sentence_in_both_languages() {
    let mut english = std::collections::BTreeSet::new();
    for refusal in refusals() {
        let text = refusal.text();
        assert!(text.zh.ends_with('。') && text.zh.chars().any(is_chinese), "{text:?}");
        assert!(text.en.ends_with('.') && !text.en.chars().any(is_chinese), "{text:?}");
        assert!(english.insert(text.en), "said twice: {refusal:?}");
        assert!(!(refusal.is_forbidden() && refusal.is_incomplete()));
        assert!(refusal.key().bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'));
    }
}

#[test]
fn open311_knows_open_and_closed() {
    let open: Vec<_> = State::ALL.iter().filter(|state| state.open311() == "open").collect();
    let expected =
        [State::Submitted, State::Accepted, State::Dispatched, State::InHandling, State::Reopened];
    assert!(open.into_iter().eq(&expected));
    assert!(State::ALL.iter().all(|state| state.is_open() == (state.open311() == "open")));
}

fn any_actor() -> impl Strategy<Value = Actor> {
    prop_oneof![
        Just(Actor::Reporter),
        Just(Actor::System),
        prop::collection::vec(select(Role::ALL), 0..4)
            .prop_map(|roles| Actor::Officer(RoleSet::of(roles))),
    ]
}

fn any_case() -> impl Strategy<Value = CaseFacts> {
    let flags = any::<[bool; 6]>();
    let closed_at = prop::option::of(0_i64..4_000_000_000);
    (select(State::ALL), flags, closed_at).prop_map(|(state, flags, closed_at)| {
        let [department, evidence, question_open, published, identity, extended] = flags;
        let closed_at =
            closed_at.map(|second| Timestamp::from_second(second).expect("this century"));
        CaseFacts {
            state,
            department,
            evidence,
            question_open,
            published,
            identity,
            extended,
            closed_at,
        }
    })
}

proptest! {
    #[test]
    fn whatever_may_be_done_the_state_knows_and_the_actor_may(
        case in any_case(), kind in select(ActionKind::ALL), actor in any_actor(),
        second in 0_i64..4_000_000_000,
    ) {
        let now = Timestamp::from_second(second).unwrap();
        if may(&case, kind, actor, now).is_ok() {
            prop_assert!(case.state.allows(kind));
            let may_ever = match actor {
                Actor::Reporter => kind.is_reporters(),
                Actor::System => kind.is_systems(),
                Actor::Officer(roles) => kind.permissions().iter().any(|needed| roles.may(*needed)),
            };
            prop_assert!(may_ever);
        }
        if let Err(refusal) = may(&case, kind, actor, now) {
            prop_assert_eq!(check(&case, &whole(kind), actor, now), Err(refusal));
        }
    }

    #[test]
    fn another_role_never_takes_anything_away(
        case in any_case(), kind in select(ActionKind::ALL),
        roles in prop::collection::vec(select(Role::ALL), 0..4), more in select(Role::ALL),
    ) {
        let roles = RoleSet::of(roles);
        if may(&case, kind, Actor::Officer(roles), now()).is_ok() {
            prop_assert_eq!(may(&case, kind, Actor::Officer(roles.with(more)), now()), Ok(()));
        }
    }
}
