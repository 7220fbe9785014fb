//! What a category asks, how answers and texts are checked, and by when a report is due.

use domain::{
    Lang, Text,
    calendar::WorkCalendar,
    report::{
        Answer, Category, Deadlines, Due, Question, Standing,
        category::{
            AnswerFault, AnswerProblem, CategoryError, Choice, Group, QuestionKind, ServiceKind,
            validate,
        },
        not_fixed_until,
        wording::{self, WordingFault},
    },
};
use jiff::{Timestamp, civil::date};
use proptest::prelude::*;

fn text(text: &str) -> Text {
    Text::new(text, text)
}

fn question(code: &str, kind: QuestionKind, choices: &[&str]) -> Question {
    let choices = choices.iter().map(|key| Choice { key: (*key).to_owned(), label: text(key) });
    Question {
        code: code.to_owned(),
        kind,
        required: false,
        label: text(code),
        choices: choices.collect(),
    }
}

fn odour() -> Category {
    Category {
        key: "air_odour".to_owned(),
        group: Group::Air,
        name: Text::new("废气异味", "Odour"),
        hint: Text::default(),
        kind: ServiceKind::Realtime,
        from_home: true,
        fine_cell: false,
        open311: "AIR01".to_owned(),
        keywords: vec!["臭味".to_owned()],
        questions: vec![
            Question {
                required: true,
                ..question("SMELL", QuestionKind::One, &["rubber", "solvent"])
            },
            question("WHEN", QuestionKind::Datetime, &[]),
            question("HOURS", QuestionKind::Number, &[]),
            question("EFFECTS", QuestionKind::Many, &["cough", "headache", "none"]),
            question("SOURCE", QuestionKind::Text, &[]),
        ],
    }
}

fn answer(code: &str, values: &[&str]) -> Answer {
    let values = values.iter().map(|value| (*value).to_owned()).collect();
    Answer { code: code.to_owned(), values }
}

/// What is wrong with an answer beside a right one to the required question.
fn problem(code: &str, values: &[&str]) -> Option<AnswerProblem> {
    let faults = odour().check(&[answer("SMELL", &["rubber"]), answer(code, values)]);
    assert!(faults.len() <= 1 && faults.iter().all(|fault| fault.code == code), "{faults:?}");
    faults.first().map(|fault| fault.problem)
}

#[test]
fn an_answer_is_taken_or_told_what_is_wrong() {
    use AnswerProblem as P;
    let long = "长".repeat(wording::LINE + 1);
    let too_long = WordingFault::TooLong { characters: 201, limit: 200 };
    let cases: [(&str, &[&str], Option<AnswerProblem>); 22] = [
        ("WHEN", &["2026-11-27T22:30"], None),
        ("WHEN", &["2026-11-27T22:30:05"], None),
        ("WHEN", &["2026-11-27T22:30:00+08:00"], None),
        ("WHEN", &["2026-11-27"], Some(P::NotADatetime)),
        ("WHEN", &["2026-02-30T10:00"], Some(P::NotADatetime)),
        ("WHEN", &["昨晚"], Some(P::NotADatetime)),
        ("WHEN", &[], None),
        ("WHEN", &["", " "], None),
        ("HOURS", &["2.5"], None),
        ("HOURS", &[" -3 "], None),
        ("HOURS", &["two"], Some(P::NotANumber)),
        ("HOURS", &["1", "2"], Some(P::Several)),
        ("EFFECTS", &["cough", "headache"], None),
        ("EFFECTS", &["cough", "cough"], Some(P::UnknownChoice)),
        ("EFFECTS", &["cough", "fever"], Some(P::UnknownChoice)),
        ("EFFECTS", &["Cough"], Some(P::UnknownChoice)),
        ("SOURCE", &["桥下的排气口 <b>"], None),
        ("SOURCE", &["a\nb"], Some(P::Wording(WordingFault::Control { place: 2 }))),
        ("SOURCE", &["a\u{202e}b"], Some(P::Wording(WordingFault::Direction { place: 2 }))),
        ("SOURCE", &[&long], Some(P::Wording(too_long))),
        ("COLOUR", &["red"], Some(P::UnknownQuestion)),
        ("COLOUR", &[], Some(P::UnknownQuestion)),
    ];
    for (code, values, expected) in cases {
        assert_eq!(problem(code, values), expected, "{code} {values:?}");
    }
}

#[test]
fn a_required_question_wants_an_answer_and_every_question_only_one() {
    let fault = |problem| vec![AnswerFault { code: "SMELL".to_owned(), problem }];
    assert_eq!(odour().check(&[]), fault(AnswerProblem::Missing));
    for blank in [&[][..], &[""], &["  "]] {
        let answers = [answer("SMELL", blank)];
        assert_eq!(odour().check(&answers), fault(AnswerProblem::Missing));
    }
    let twice = [answer("SMELL", &["rubber"]), answer("SMELL", &["solvent"])];
    assert_eq!(odour().check(&twice), fault(AnswerProblem::Twice));
    let several = [answer("SMELL", &["rubber", "solvent"])];
    assert_eq!(odour().check(&several), fault(AnswerProblem::Several));
}

#[test]
fn all_faults_are_told_at_once_in_the_order_of_the_questions() {
    let answers = [answer("X", &["1"]), answer("HOURS", &["?"]), answer("WHEN", &["?"])];
    let codes = odour().check(&answers).into_iter().map(|fault| fault.code);
    assert_eq!(codes.collect::<Vec<_>>(), ["SMELL", "WHEN", "HOURS", "X"]);
}

#[test]
fn every_fault_has_a_sentence_in_both_languages() {
    use AnswerProblem as P;
    let wordings = [
        WordingFault::Empty,
        WordingFault::TooLong { characters: 5_000, limit: 2_000 },
        WordingFault::Control { place: 3 },
        WordingFault::Direction { place: 3 },
    ];
    let plain = [
        P::UnknownQuestion,
        P::Twice,
        P::Missing,
        P::Several,
        P::UnknownChoice,
        P::NotANumber,
        P::NotADatetime,
    ];
    let mut seen = std::collections::BTreeSet::new();
    for problem in plain.into_iter().chain(wordings.map(P::Wording)) {
        let Text { zh, en } = problem.text();
        assert!(zh.ends_with('。') && en.ends_with('.') && en.is_ascii(), "{zh} {en}");
        assert!(seen.insert(zh), "said twice: {problem:?}");
    }
    let long = WordingFault::TooLong { characters: 5_000, limit: 2_000 };
    assert_eq!(long.sentence(Lang::Zh), "共 5000 字，上限 2000 字，请删减；文字已保留。");
}

#[test]
fn a_text_is_taken_as_it_is_unless_it_hides_something() {
    let fine = ["", "桃花溪边有刺鼻气味", "a\r\n\tb", "<script>alert(1)</script>", "👨‍👩‍👧 ①", "שלום"];
    for text in fine {
        assert_eq!(wording::paragraph(text, 50), Ok(()), "{text}");
    }
    for hidden in ['\0', '\u{7}', '\u{1b}', '\u{7f}', '\u{85}', '\u{2028}', '\u{feff}', '\u{e0041}']
    {
        let text = format!("字{hidden}字");
        let control = Err(WordingFault::Control { place: 2 });
        assert_eq!(wording::paragraph(&text, 50), control, "{hidden:?}");
    }
    for turning in ['\u{200e}', '\u{202a}', '\u{202e}', '\u{2066}', '\u{2069}', '\u{61c}'] {
        let text = format!("{turning}exe.jpg");
        let direction = Err(WordingFault::Direction { place: 1 });
        assert_eq!(wording::paragraph(&text, 50), direction, "{turning:?}");
    }
    let exact = "字".repeat(wording::DESCRIPTION);
    assert_eq!(wording::paragraph(&exact, wording::DESCRIPTION), Ok(()));
    assert!(wording::paragraph(&format!("{exact}字"), wording::DESCRIPTION).is_err());
}

#[test]
fn a_category_is_read_from_a_profile() {
    let json = r#"{"key":"dust","group":"dust","name":{"zh":"扬尘","en":"Dust"},"kind":"realtime","open311":"DUST01",
        "questions":[{"code":"SITE","kind":"text","label":{"zh":"工地","en":"Site"}}]}"#;
    let category: Category = serde_json::from_str(json).unwrap();
    assert_eq!(category.validate(), Ok(()));
    assert!(category.is_public() && !category.from_home && !category.questions[0].required);
    let misspelt = json.replace("open311", "open_311");
    assert!(serde_json::from_str::<Category>(&misspelt).is_err());
    let written = serde_json::to_string(&category).unwrap();
    assert_eq!(serde_json::from_str::<Category>(&written).unwrap(), category);
}

type Change = fn(&mut Category);

#[test]
fn a_category_that_cannot_be_used_says_why() {
    let changed = |change: Change| {
        let mut category = odour();
        change(&mut category);
        category.validate().map_err(|error| error.to_string())
    };
    assert_eq!(changed(|_| ()), Ok(()));
    let cases: [(Change, &str); 9] = [
        (|category| category.key = "Air odour".to_owned(), "a key has small letters"),
        (|category| category.key.clear(), "a key has small letters"),
        (|category| category.fine_cell = true, "is not published to 50 m"),
        (|category| category.name.en.clear(), "its name needs both zh and en"),
        (|category| category.questions[1].label.zh.clear(), "question `WHEN` needs both"),
        (|category| category.questions[0].choices[1].label.en.clear(), "choice `solvent` needs"),
        (|category| category.questions.push(question("Z", QuestionKind::Text, &[])), "asks 6"),
        (|category| category.questions[0].choices.truncate(1), "and need two"),
        (|category| category.questions[0].kind = QuestionKind::Text, "have choices"),
    ];
    for (change, expected) in cases {
        let error = changed(change).unwrap_err();
        assert!(error.contains(expected), "{error}");
    }
}

#[test]
fn nothing_stands_twice() {
    let other = Category { key: "air_smoke".to_owned(), ..odour() };
    assert_eq!(validate(&[odour(), odour()]), Err(CategoryError::Twice("air_odour".to_owned())));
    assert_eq!(validate(&[odour(), other.clone()]), Err(CategoryError::Twice("AIR01".to_owned())));
    let other = Category { open311: "AIR02".to_owned(), ..other };
    assert_eq!(validate(&[odour(), other]), Ok(()));
    let mut category = odour();
    category.questions[1].code = "SMELL".to_owned();
    assert_eq!(category.validate(), Err(CategoryError::Twice("SMELL".to_owned())));
    let mut category = odour();
    category.questions[0].choices[1].key = "rubber".to_owned();
    assert_eq!(category.validate(), Err(CategoryError::Twice("rubber".to_owned())));
}

fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

#[test]
fn acceptance_is_due_after_three_working_days() {
    let due = |received: &str| {
        let due = Deadlines::default().accept_by(at(received), &WorkCalendar::default());
        (due.day, due.announced)
    };
    assert_eq!(due("2026-03-02T08:00:00+08:00"), (date(2026, 3, 5), true));
    // Already the 3rd in Beijing.
    assert_eq!(due("2026-03-02T16:00:00Z"), (date(2026, 3, 6), true));
    // Over 春节.
    assert_eq!(due("2026-02-13T23:59:59+08:00"), (date(2026, 2, 25), true));
    // 2027 is not announced: the day may move.
    assert_eq!(due("2026-12-30T09:00:00+08:00"), (date(2027, 1, 4), false));
}

#[test]
fn closing_is_due_after_sixty_days_and_thirty_more_once() {
    let accepted = at("2026-03-01T10:00:00+08:00");
    assert_eq!(Deadlines::default().close_by(accepted, false), date(2026, 4, 30));
    assert_eq!(Deadlines::default().close_by(accepted, true), date(2026, 5, 30));
    assert_eq!(not_fixed_until(accepted), date(2026, 3, 15));
}

#[test]
fn a_reward_is_claimed_within_six_months() {
    let until = |noticed: &str| Deadlines::default().claim_until(at(noticed));
    assert_eq!(until("2026-03-15T10:00:00+08:00"), date(2026, 9, 15));
    assert_eq!(until("2026-08-31T10:00:00+08:00"), date(2027, 2, 28));
}

#[test]
fn the_district_sets_its_own_limits() {
    let limits: Deadlines = serde_json::from_str(r#"{"accept_working_days":5}"#).unwrap();
    assert_eq!(limits, Deadlines { accept_working_days: 5, ..Deadlines::default() });
    assert!(serde_json::from_str::<Deadlines>(r#"{"accept_days":5}"#).is_err());
}

#[test]
fn a_deadline_is_told_in_days() {
    let cases = [
        (date(2026, 3, 5), "还剩 3 天", "3 days left"),
        (date(2026, 3, 3), "还剩 1 天", "1 day left"),
        (date(2026, 3, 2), "今天到期", "due today"),
        (date(2026, 3, 1), "已超期 1 天", "1 day overdue"),
        (date(2025, 3, 2), "已超期 365 天", "365 days overdue"),
    ];
    for (due, zh, en) in cases {
        let standing = Standing::of(due, date(2026, 3, 2));
        assert_eq!(
            (standing.sentence(Lang::Zh).as_str(), standing.sentence(Lang::En).as_str()),
            (zh, en)
        );
    }
}

proptest! {
    /// The form and the server agree on anything, and neither panics.
    #[test]
    fn any_answer_is_taken_or_has_a_fault(code in "SMELL|WHEN|HOURS|EFFECTS|SOURCE|X", values in prop::collection::vec(any::<String>(), 0..3)) {
        let answers = [Answer { code, values }];
        for fault in odour().check(&answers) {
            prop_assert!(!fault.problem.sentence(Lang::En).is_empty());
        }
    }

    #[test]
    fn one_line_is_never_looser_than_a_paragraph(text in any::<String>(), limit in 0_usize..40) {
        if wording::line(&text, limit).is_ok() {
            prop_assert_eq!(wording::paragraph(&text, limit), Ok(()));
            prop_assert!(text.chars().count() <= limit);
        }
    }

    #[test]
    fn a_later_report_is_due_no_earlier(a in 0_i64..150_000_000, b in 0_i64..150_000_000) {
        let at = |second: i64| Timestamp::from_second(1_700_000_000 + second).unwrap();
        let due = |second| -> Due {
            Deadlines::default().accept_by(at(second), &WorkCalendar::default())
        };
        prop_assert!(due(a.min(b)).day <= due(a.max(b)).day);
    }
}
