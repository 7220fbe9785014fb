use domain::{
    Lang,
    calendar::WorkCalendar,
    period::day_start,
    rectification::*,
    report::wording::WordingFault,
    role::{Permission, Role},
};
use jiff::ToSpan;
use proptest::prelude::*;
use rstest::rstest;

use crate::support::*;

fn refused(book: &mut Book, item: &str, on: &str, actor: &Actor, body: Body) -> Refusal {
    book.try_add(item, day(on), actor, body).unwrap_err()
}

fn someone() -> Actor {
    officer(7, None)
}

/// Which events each stage knows, and where they lead; the table of standards, stage by stage.
const TABLE: &[(Stage, EventKind, Turn, Stage)] = {
    use EventKind as E;
    use Stage as S;
    use Turn::{Back, On, Stay, To};
    &[
        (S::Open, E::Assigned, On, S::Assigned),
        (S::Assigned, E::MeasuresSet, On, S::MeasuresSet),
        (S::Assigned, E::Reassigned, On, S::Assigned),
        (S::Assigned, E::DeadlineChanged, On, S::Assigned),
        (S::MeasuresSet, E::MeasuresSet, On, S::MeasuresSet),
        (S::MeasuresSet, E::Progress, On, S::InProgress),
        (S::MeasuresSet, E::Reassigned, On, S::MeasuresSet),
        (S::MeasuresSet, E::DeadlineChanged, On, S::MeasuresSet),
        (S::MeasuresSet, E::CarriedOver, To(S::Done), S::Done),
        (S::MeasuresSet, E::CarriedOver, To(S::Accepted), S::Accepted),
        (S::MeasuresSet, E::CarriedOver, To(S::Closed), S::Closed),
        (S::InProgress, E::MeasuresSet, On, S::InProgress),
        (S::InProgress, E::Progress, On, S::InProgress),
        (S::InProgress, E::Reassigned, On, S::InProgress),
        (S::InProgress, E::DeadlineChanged, On, S::InProgress),
        (S::InProgress, E::PhaseDone, On, S::PhaseDone),
        (S::InProgress, E::Done, On, S::Done),
        (S::InProgress, E::CarriedOver, To(S::Done), S::Done),
        (S::InProgress, E::CarriedOver, To(S::Accepted), S::Accepted),
        (S::InProgress, E::CarriedOver, To(S::Closed), S::Closed),
        (S::PhaseDone, E::Progress, On, S::InProgress),
        (S::PhaseDone, E::Reassigned, On, S::PhaseDone),
        (S::PhaseDone, E::DeadlineChanged, On, S::PhaseDone),
        (S::PhaseDone, E::Done, On, S::Done),
        (S::Done, E::Checked, Stay, S::Done),
        (S::Done, E::Checked, On, S::Accepted),
        (S::Done, E::Checked, Back, S::InProgress),
        (S::Accepted, E::Checked, Back, S::InProgress),
        (S::Accepted, E::Published, On, S::Publicity),
        (S::Publicity, E::Objected, On, S::Publicity),
        (S::Publicity, E::ObjectionAnswered, Stay, S::Publicity),
        (S::Publicity, E::ObjectionAnswered, Back, S::InProgress),
        (S::InProgress, E::ObjectionAnswered, Stay, S::InProgress),
        (S::InProgress, E::ObjectionAnswered, Back, S::InProgress),
        (S::PhaseDone, E::ObjectionAnswered, Stay, S::PhaseDone),
        (S::PhaseDone, E::ObjectionAnswered, Back, S::InProgress),
        (S::Done, E::ObjectionAnswered, Stay, S::Done),
        (S::Done, E::ObjectionAnswered, Back, S::InProgress),
        (S::Accepted, E::ObjectionAnswered, Stay, S::Accepted),
        (S::Accepted, E::ObjectionAnswered, Back, S::InProgress),
        (S::Publicity, E::Closed, On, S::Closed),
        (S::Closed, E::Reopened, On, S::InProgress),
    ]
};

/// The turns that an event of that kind can take.
fn turns(kind: EventKind) -> Vec<Turn> {
    match kind {
        EventKind::Checked => vec![Turn::On, Turn::Stay, Turn::Back],
        EventKind::ObjectionAnswered => vec![Turn::Stay, Turn::Back],
        EventKind::CarriedOver => Stage::ALL.iter().map(|stage| Turn::To(*stage)).collect(),
        _ => vec![Turn::On],
    }
}

#[test]
fn no_transition_exists_beside_those_of_the_table() {
    let beside =
        [EventKind::Amended, EventKind::EvidenceAdded, EventKind::Linked, EventKind::Unlinked];
    for from in Stage::ALL {
        for kind in EventKind::ALL.iter().filter(|kind| !beside.contains(kind)) {
            for turn in turns(*kind) {
                let row = TABLE.iter().find(|(a, b, c, _)| (a, b, *c) == (from, kind, turn));
                let to = from.after(*kind, turn).ok();
                assert_eq!(to, row.map(|row| row.3), "{} {} {turn:?}", from.key(), kind.key());
            }
        }
        for kind in beside {
            let frozen = matches!(from, Stage::Publicity | Stage::Closed);
            let known = !(kind == EventKind::Amended && frozen);
            assert_eq!(from.after(kind, Turn::On).ok(), known.then_some(*from));
        }
    }
}

#[test]
fn an_issue_goes_the_whole_way_and_is_struck_off() {
    let mut book = Book::shown("A-1");
    assert_eq!(book.case("A-1").window.unwrap().until, day("2026-04-03"));
    book.add("A-1", "2026-04-07", &officer(5, None), Body::Closed);
    let case = book.case("A-1");
    assert_eq!((case.stage, case.closings), (Stage::Closed, 1));
    assert_eq!(case.closed, Some(day("2026-04-07")));
    assert!(audit(&book.kept, &[]).is_ok());
}

#[test]
fn nothing_is_finished_or_closed_without_evidence() {
    let mut book = Book::default();
    for (on, body) in [
        ("2026-01-05", found()),
        ("2026-01-06", assigned("2026-06-30")),
        ("2026-01-12", measures()),
        ("2026-02-02", progress(1_000)),
    ] {
        book.add("A-1", on, &someone(), body);
    }
    let bare = Body::Done { result: "已整治".to_owned(), evidence: Vec::new() };
    assert_eq!(
        refused(&mut book, "A-1", "2026-03-02", &someone(), bare.clone()),
        Refusal::NoEvidence
    );
    let phase = Body::PhaseDone { result: "一期完成".to_owned(), evidence: Vec::new() };
    assert_eq!(refused(&mut book, "A-1", "2026-03-02", &someone(), phase), Refusal::NoEvidence);
    book.add("A-1", "2026-03-03", &someone(), Body::EvidenceAdded { evidence: seen() });
    book.add("A-1", "2026-03-04", &someone(), bare);

    let mut case = Book::shown("A-2").case("A-2").clone();
    case.evidence = false;
    assert_eq!(
        may(&case, EventKind::Closed, &someone(), day("2026-04-07")),
        Err(Refusal::NoEvidence)
    );
}

#[test]
fn no_step_is_skipped() {
    let mut book = Book::default();
    book.add("A-1", "2026-01-05", &someone(), found());
    for body in
        [measures(), progress(10), done(), checked(CheckStep::SelfCheck, true), Body::Closed]
    {
        let kind = body.kind();
        let refusal = refused(&mut book, "A-1", "2026-01-06", &someone(), body);
        assert_eq!(refusal, Refusal::State(InvalidTransition { from: Stage::Open, kind }));
        assert!(refusal.sentence(Lang::Zh).contains("不可跳过"), "{}", refusal.sentence(Lang::Zh));
    }
    let mut book = Book::default();
    for (on, body) in [
        ("2026-01-05", found()),
        ("2026-01-06", assigned("2026-06-30")),
        ("2026-01-12", measures()),
        ("2026-02-02", progress(400)),
        ("2026-03-16", done()),
    ] {
        book.add("A-1", on, &someone(), body);
    }
    let early = refused(
        &mut book,
        "A-1",
        "2026-03-17",
        &officer(8, None),
        checked(CheckStep::Acceptance, true),
    );
    assert_eq!(early, Refusal::WrongStep { expected: CheckStep::SelfCheck });
}

#[test]
fn the_same_person_cannot_check_twice() {
    let mut book = Book::accepted("A-1");
    // Sent back, done again by another, and checked anew: earlier checkers may look again, once.
    book.add("A-1", "2026-03-23", &officer(4, None), checked(CheckStep::Acceptance, false));
    book.add("A-1", "2026-04-01", &officer(1, None), done());
    book.add("A-1", "2026-04-02", &officer(2, None), checked(CheckStep::SelfCheck, true));
    let preliminary = || checked(CheckStep::Preliminary, true);
    let again = refused(&mut book, "A-1", "2026-04-03", &officer(2, None), preliminary());
    assert_eq!(again, Refusal::SamePerson);
    let declarer = refused(&mut book, "A-1", "2026-04-03", &officer(1, None), preliminary());
    assert_eq!(declarer, Refusal::DeclaredIt);
    book.add("A-1", "2026-04-03", &officer(3, None), preliminary());
    let acceptance = || checked(CheckStep::Acceptance, true);
    let same_unit =
        refused(&mut book, "A-1", "2026-04-07", &officer(8, Some("street")), acceptance());
    assert_eq!(same_unit, Refusal::SameUnit);
    let case = book.case("A-1");
    assert_eq!(
        may(case, EventKind::Checked, &officer(3, None), day("2026-04-07")),
        Err(Refusal::SamePerson)
    );
    assert_eq!(
        may(case, EventKind::Checked, &officer(8, Some("other")), day("2026-04-07")),
        Ok(())
    );
}

#[test]
fn ten_working_days_are_those_of_the_districts_own_notice() {
    // 第九批: 2023-01-09 to 2023-01-20.
    let window = Rules::default().window(day("2023-01-09"), &WorkCalendar::default());
    assert_eq!(window.until, day("2023-01-20"));
    // The days of rest of the spring festival do not count, the Saturday worked for them does.
    let window = Rules::default().window(day("2026-02-09"), &WorkCalendar::default());
    assert_eq!(window.until, day("2026-02-27"));
}

#[test]
fn nothing_is_closed_before_the_days_of_publicity_are_over() {
    let mut book = Book::shown("A-1");
    let until = day("2026-04-03");
    for on in ["2026-03-23", "2026-04-03"] {
        let refusal = refused(&mut book, "A-1", on, &someone(), Body::Closed);
        assert_eq!(refusal, Refusal::WindowRuns { until });
    }
    let mut short = Book::accepted("A-1");
    let body = Body::Published { from: day("2026-03-23"), until: day("2026-04-02"), link: None };
    assert_eq!(
        refused(&mut short, "A-1", "2026-03-23", &someone(), body),
        Refusal::WindowTooShort { least: until }
    );
}

#[test]
fn nothing_is_closed_while_an_objection_is_open() {
    let mut book = Book::shown("A-1");
    book.add("A-1", "2026-04-03", &Actor::Public, objected(1));
    let refusal = refused(&mut book, "A-1", "2026-04-07", &someone(), Body::Closed);
    assert_eq!(refusal, Refusal::OpenObjections { open: 1 });
    assert!(refusal.sentence(Lang::Zh).contains("1 条异议"));
    book.add("A-1", "2026-04-07", &someone(), answered(1, false));
    let twice = refused(&mut book, "A-1", "2026-04-07", &someone(), answered(1, true));
    assert_eq!(twice, Refusal::AnsweredBefore);
    book.add("A-1", "2026-04-08", &someone(), Body::Closed);
}

#[test]
fn an_objection_that_is_upheld_sends_the_issue_back_to_work() {
    let mut book = Book::shown("A-1");
    book.add("A-1", "2026-03-30", &Actor::Public, objected(1));
    book.add("A-1", "2026-03-31", &someone(), answered(1, true));
    let case = book.case("A-1");
    assert_eq!((case.stage, case.returned, case.checks.len()), (Stage::InProgress, 1, 0));
    let bare = Body::Done { result: "再次整治".to_owned(), evidence: Vec::new() };
    assert_eq!(refused(&mut book, "A-1", "2026-04-01", &someone(), bare), Refusal::NoEvidence);
}

#[test]
fn when_one_objection_is_upheld_the_others_are_answered_all_the_same() {
    let mut book = Book::shown("A-1");
    for objection in [1, 2, 3] {
        book.add("A-1", "2026-03-30", &Actor::Public, objected(objection));
    }
    book.add("A-1", "2026-03-31", &someone(), answered(1, true));
    book.add("A-1", "2026-04-01", &someone(), answered(2, false));
    assert_eq!(book.case("A-1").open_objections(), 1);
    book.add("A-1", "2026-04-02", &someone(), done());
    book.add("A-1", "2026-04-03", &someone(), answered(3, true));
    let case = book.case("A-1");
    assert_eq!((case.stage, case.open_objections(), case.returned), (Stage::InProgress, 0, 2));
    let twice = refused(&mut book, "A-1", "2026-04-03", &someone(), answered(2, true));
    assert_eq!(twice, Refusal::AnsweredBefore);
    assert!(audit(&book.kept, &[]).is_ok());
}

#[test]
fn an_issue_was_not_found_before_there_was_a_law_on_it() {
    let mut book = Book::default();
    let refusal = refused(&mut book, "A-1", "0202-01-09", &someone(), found());
    assert_eq!(refusal, Refusal::TooEarly { first: day("1979-09-13") });
    assert_eq!(refusal.field(), Some("on"));
    assert!(refusal.sentence(Lang::Zh).contains("1979-09-13"));
    book.add("A-1", "1979-09-13", &someone(), found());
}

#[test]
fn an_officer_never_writes_down_afterwards_that_an_issue_was_shown() {
    let mut book = Book::accepted("A-1");
    let case = book.case("A-1").clone();
    let asked = |actor: &Actor| {
        let (on, now) = (day("2026-03-24"), day_start(day("2026-05-01")));
        let body = published("2026-03-25");
        check(&case, &body, actor, on, now, &Rules::default(), &WorkCalendar::default())
    };
    assert_eq!(asked(&someone()), Err(Refusal::WindowBegun));
    assert_eq!(asked(&Actor::System), Ok(()), "a demonstration and an import tell of the past");
    book.add("A-1", "2026-03-24", &someone(), published("2026-03-25"));
}

#[test]
fn objections_are_taken_on_the_days_of_publicity_alone() {
    let until = day("2026-04-03");
    let mut book = Book::shown("A-1");
    let late = refused(&mut book, "A-1", "2026-04-04", &Actor::Public, objected(1));
    assert_eq!(late, Refusal::WindowOver { until });
    assert!(late.sentence(Lang::En).contains("send a report"));
    let mut early = Book::accepted("A-1");
    early.add("A-1", "2026-03-23", &someone(), published("2026-03-25"));
    let before = refused(&mut early, "A-1", "2026-03-24", &Actor::Public, objected(1));
    assert_eq!(before, Refusal::WindowNotBegun { from: day("2026-03-25") });
    let mut book = Book::accepted("A-1");
    let not_shown = refused(&mut book, "A-1", "2026-03-24", &Actor::Public, objected(1));
    assert!(matches!(not_shown, Refusal::State(_)));
    let mut book = Book::shown("A-1");
    assert_eq!(
        refused(&mut book, "A-1", "2026-03-24", &someone(), objected(1)),
        Refusal::OnlyPublic
    );
}

#[test]
fn a_closed_issue_is_opened_again_with_its_earlier_closing_in_the_record() {
    let mut book = Book::shown("A-1");
    book.add("A-1", "2026-04-07", &someone(), Body::Closed);
    let blank = Body::Reopened { cause: Cause::Rebound, reason: " ".to_owned(), evidence: seen() };
    assert_eq!(refused(&mut book, "A-1", "2026-05-06", &someone(), blank), Refusal::NoReason);
    book.add("A-1", "2026-05-06", &someone(), reopened());
    let case = book.case("A-1");
    assert_eq!((case.stage, case.closings, case.reopenings), (Stage::InProgress, 1, 1));
    assert!(!case.evidence && case.closed.is_none());
    let register = book.register();
    assert_eq!(register.statistics(day("2026-05-05"), None).total.closed, 1);
    let after = register.statistics(day("2026-05-06"), None).total;
    assert_eq!((after.closed, after.closed_ever, after.reopened), (0, 1, 1));
}

#[test]
fn nothing_is_shown_while_a_heading_of_the_form_is_empty() {
    let mut case = Book::accepted("A-1").case("A-1").clone();
    let on = day("2026-03-23");
    assert_eq!(may(&case, EventKind::Published, &someone(), on), Ok(()));
    case.goal.clear();
    let refusal = may(&case, EventKind::Published, &someone(), on).unwrap_err();
    assert!(refusal.sentence(Lang::Zh).contains("整改目标"), "{}", refusal.sentence(Lang::Zh));
}

#[test]
fn what_was_finished_before_comes_only_by_import_and_with_its_document() {
    let mut book = Book::default();
    for (on, body) in [
        ("2021-09-01", found()),
        ("2021-09-02", assigned("2021-12-31")),
        ("2021-09-10", measures()),
    ] {
        book.add("A-1", on, &Actor::System, body);
    }
    let carried = |document: &str| Body::CarriedOver {
        stage: Stage::Closed,
        document: document.to_owned(),
        result: "已完成".to_owned(),
    };
    let by_hand = refused(&mut book, "A-1", "2022-01-04", &someone(), carried("九环督〔2022〕1号"));
    assert_eq!(by_hand, Refusal::OnlyImport);
    let bare = refused(&mut book, "A-1", "2022-01-04", &Actor::System, carried(""));
    assert_eq!(bare, Refusal::NoDocument);
    book.add("A-1", "2022-01-04", &Actor::System, carried("九环督〔2022〕1号"));
    let total = book.register().statistics(day("2022-01-04"), None).total;
    assert_eq!((total.closed, total.carried), (1, 1));
}

#[rstest]
#[case::no_unit(Body::Assigned { unit: " ".into(), lead: None, term: Term::Dated, due: Some(day("2026-06-30")) }, Refusal::NoUnit)]
#[case::no_day(Body::Assigned { unit: "a".into(), lead: None, term: Term::Immediate, due: None }, Refusal::NoDue)]
#[case::day_without_end(Body::Assigned { unit: "a".into(), lead: None, term: Term::LongTerm, due: Some(day("2026-06-30")) }, Refusal::DueWithoutEnd)]
#[case::day_before(Body::Assigned { unit: "a".into(), lead: None, term: Term::Dated, due: Some(day("2026-01-05")) }, Refusal::DueTooEarly { due: day("2026-01-05") })]
fn an_assignment_needs_a_unit_and_a_deadline_that_fits(
    #[case] body: Body,
    #[case] refusal: Refusal,
) {
    let mut book = Book::default();
    book.add("A-1", "2026-01-05", &someone(), found());
    assert_eq!(refused(&mut book, "A-1", "2026-01-06", &someone(), body), refusal);
    assert!(refusal.field().is_some());
}

#[test]
fn days_neither_run_ahead_nor_back() {
    let mut book = Book::default();
    let now = day_start(day("2026-01-05")) + 9.hours();
    let ahead = check_found(&found(), &someone(), day("2026-01-06"), now);
    assert_eq!(ahead, Err(Refusal::Future { today: day("2026-01-05") }));
    book.add("A-1", "2026-01-05", &someone(), found());
    let back = refused(&mut book, "A-1", "2026-01-04", &someone(), assigned("2026-06-30"));
    assert_eq!(back, Refusal::BeforeLast { last: day("2026-01-05") });
}

#[test]
fn an_official_text_holds_no_number_of_a_person() {
    let mut body = found();
    let Body::Found { facts } = &mut body else { unreachable!() };
    facts.text = "联系人电话 13812345678".to_owned();
    let now = day_start(day("2026-01-05")) + 9.hours();
    let refusal = check_found(&body, &someone(), day("2026-01-05"), now).unwrap_err();
    assert_eq!((refusal.key(), refusal.field()), ("personal", Some("text")));
    let Body::Found { facts } = &mut body else { unreachable!() };
    facts.text = "3 栋 2 单元楼下堆放垃圾".to_owned();
    assert_eq!(check_found(&body, &someone(), day("2026-01-05"), now), Ok(()));
    let Body::Found { facts } = &mut body else { unreachable!() };
    facts.title = "一行\n两行".to_owned();
    let refusal = check_found(&body, &someone(), day("2026-01-05"), now).unwrap_err();
    let fault = WordingFault::Control { place: 3 };
    assert_eq!(refusal, Refusal::Wording { field: "title", fault });
}

#[test]
fn who_may_do_what_is_asked_before_anything_else() {
    use Permission as P;
    for kind in EventKind::ALL.iter().filter(|kind| **kind != EventKind::Objected) {
        for role in Role::ALL {
            let allowed = kind.permissions().iter().any(|p| role.permissions().contains(p));
            let case = Book::accepted("A-1").case("A-1").clone();
            let answer = may(&case, *kind, &with(*role), day("2026-03-23"));
            let refused = matches!(answer, Err(Refusal::NoPermission(_)));
            assert!(allowed || refused, "{} {}", role.key(), kind.key());
        }
        assert_eq!(
            may(Book::accepted("A-1").case("A-1"), *kind, &Actor::Public, day("2026-03-23")),
            Err(Refusal::OnlyOfficers)
        );
    }
    let mut book = Book::accepted("A-1");
    book.add("A-1", "2026-03-23", &officer(4, None), checked(CheckStep::Acceptance, false));
    book.add("A-1", "2026-03-24", &officer(1, None), done());
    let verifier =
        may(book.case("A-1"), EventKind::Checked, &with(Role::Verifier), day("2026-03-25"));
    assert_eq!(verifier, Err(Refusal::NoPermission(&[P::Rectify])));
}

#[test]
fn every_refusal_speaks_both_languages() {
    let figures = [
        Refusal::DueTooEarly { due: day("2026-01-05") },
        Refusal::WrongStep { expected: CheckStep::Preliminary },
        Refusal::WindowRuns { until: day("2026-01-05") },
        Refusal::OpenObjections { open: 2 },
        Refusal::NoPermission(&[Permission::StrikeOff]),
        Refusal::State(InvalidTransition { from: Stage::Open, kind: EventKind::Closed }),
        Refusal::NoEvidence,
        Refusal::SamePerson,
    ];
    for refusal in figures {
        let text = refusal.text();
        assert!(text.zh.ends_with('。') && text.en.ends_with('.'), "{text:?}");
    }
}

proptest! {
    #[test]
    fn an_items_number_reads_back_as_it_is_shown(text in "[A-Za-z0-9]([A-Za-z0-9._-]{0,38}[A-Za-z0-9])?") {
        let number = ItemNumber::parse(&text).unwrap();
        prop_assert_eq!(ItemNumber::parse(number.as_str()).unwrap(), number);
    }

    #[test]
    fn what_is_no_number_is_refused(text in "\\PC{0,50}") {
        if let Ok(number) = ItemNumber::parse(&text) {
            let shown = number.as_str();
            prop_assert!(shown.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b"._-".contains(&b)));
        }
    }
}
