//! Personal data in texts: found, masked everywhere, and how long what is kept.

use domain::{
    Lang,
    privacy::{PersonalData, find, mask, retention::Kept},
};
use jiff::{SignedDuration, Timestamp};
use proptest::{collection::vec, prelude::*, sample::select};
use rstest::rstest;

/// What is found in `text`, as text.
fn found(text: &str) -> Vec<(PersonalData, &str)> {
    find(text).into_iter().map(|found| (found.kind, &text[found.range])).collect()
}

#[rstest]
#[case::plain("请打13812345678找我", PersonalData::Mobile, "13812345678")]
#[case::in_groups("电话：138 1234 5678。", PersonalData::Mobile, "138 1234 5678")]
#[case::with_dashes("138-1234-5678", PersonalData::Mobile, "138-1234-5678")]
#[case::country_code("+86 19912345678", PersonalData::Mobile, "86 19912345678")]
#[case::country_code_attached("8613812345678", PersonalData::Mobile, "8613812345678")]
#[case::full_width("１３８１２３４５６７８", PersonalData::Mobile, "１３８１２３４５６７８")]
#[case::in_words("一三八一二三四五六七八", PersonalData::Mobile, "一三八一二三四五六七八")]
#[case::after_a_date("2026-11-27 13812345678", PersonalData::Mobile, "13812345678")]
#[case::id_number("身份证11010519491231002X", PersonalData::IdNumber, "11010519491231002X")]
#[case::small_x("11010519491231002x", PersonalData::IdNumber, "11010519491231002x")]
#[case::id_in_groups("440524 18800101 0014", PersonalData::IdNumber, "440524 18800101 0014")]
#[case::bank_card(
    "卡号 6222 0212 3456 7890 128",
    PersonalData::BankCard,
    "6222 0212 3456 7890 128"
)]
#[case::sixteen_digits("4111111111111111", PersonalData::BankCard, "4111111111111111")]
#[case::plate("渝A12345冒黑烟", PersonalData::Plate, "渝A12345")]
#[case::plate_with_dot("渝A·12345", PersonalData::Plate, "渝A·12345")]
#[case::small_letters("渝a8b2c3", PersonalData::Plate, "渝a8b2c3")]
#[case::new_energy("川AD12345", PersonalData::Plate, "川AD12345")]
#[case::trailer("渝B1234挂", PersonalData::Plate, "渝B1234挂")]
#[case::email("写信到 li.lei+a@mail.example.cn。", PersonalData::Email, "li.lei+a@mail.example.cn")]
#[case::email_at_the_end("a@b.com.", PersonalData::Email, "a@b.com")]
#[case::full_width_at("lilei＠example.com", PersonalData::Email, "lilei＠example.com")]
#[case::wechat("微信号：li_lei2026", PersonalData::Wechat, "li_lei2026")]
#[case::wechat_letters("加我微信号lileilei", PersonalData::Wechat, "lileilei")]
#[case::wechat_english("WeChat: lileilei", PersonalData::Wechat, "lileilei")]
#[case::wechat_id("微信ID: li-lei", PersonalData::Wechat, "li-lei")]
#[case::wechat_short("vx li12345", PersonalData::Wechat, "li12345")]
#[case::qq("QQ：12345678", PersonalData::Qq, "12345678")]
#[case::qq_group("qq群 87654321", PersonalData::Qq, "87654321")]
#[case::home("住在3栋2单元1501室", PersonalData::HomeAddress, "3栋2单元1501室")]
#[case::bare_room("5号楼2单元1501的住户", PersonalData::HomeAddress, "5号楼2单元1501")]
#[case::chinese_numbers("三栋二单元十五楼", PersonalData::HomeAddress, "三栋二单元十五楼")]
#[case::lettered("A栋1203室", PersonalData::HomeAddress, "A栋1203室")]
#[case::only_the_room("我家301室", PersonalData::HomeAddress, "301室")]
#[case::with_blanks("3 栋 2 单元", PersonalData::HomeAddress, "3 栋 2 单元")]
#[case::english("I live in Room 1501", PersonalData::HomeAddress, "Room 1501")]
fn personal_data_is_found(#[case] text: &str, #[case] kind: PersonalData, #[case] expected: &str) {
    assert_eq!(found(text), [(kind, expected)]);
}

#[rstest]
#[case::short_number("12345678")]
#[case::no_mobile("12012345678")]
#[case::hotline("请拨打 12369 或 023-89071217")]
#[case::too_long_for_a_mobile("1381234567890")]
#[case::wrong_check_of_an_id("110105194912310021")]
#[case::luhn_fails("4111111111111112")]
#[case::zeros("0000000000000000")]
#[case::date_and_time("2026-11-27 08:30")]
#[case::values("PM2.5 为 135 µg/m³，限值 75")]
#[case::province("新增3个排口，渝中也有")]
#[case::letters_after_a_province("云ABCDEF")]
#[case::at_alone("噪声@夜间 50 dB")]
#[case::no_domain("a@b")]
#[case::wechat_without_a_name("我在微信上看到过")]
#[case::wechat_in_english("We talked in the WeChat group yesterday")]
#[case::qq_music("QQ音乐 1234")]
#[case::measure_word("旁边有一栋楼在装修")]
#[case::households("影响了300户")]
#[case::rooms_counted("三室一厅")]
#[case::classroom("教室里也能闻到")]
#[case::street("石新路18号")]
#[case::floor("5楼")]
#[case::house_word("buildings and rooms")]
fn what_is_not_personal_stays(#[case] text: &str) {
    assert_eq!(found(text), []);
    assert_eq!(mask(text), text);
}

#[test]
fn several_things_are_found_from_left_to_right() {
    let text = "渝A12345，车主13812345678，邮箱a@b.cn，又打13912345678";
    let kinds: Vec<_> = found(text).into_iter().map(|(kind, _)| kind).collect();
    let expected =
        [PersonalData::Plate, PersonalData::Mobile, PersonalData::Email, PersonalData::Mobile];
    assert_eq!(kinds, expected);
    assert_eq!(
        mask(text),
        "＊＊＊＊＊＊＊，车主＊＊＊＊＊＊＊＊＊＊＊，邮箱＊＊＊＊＊＊，又打＊＊＊＊＊＊＊＊＊＊＊"
    );
}

/// The check character of an identity number, computed as GB 11643 §5 writes it.
fn id_number(first: u64) -> String {
    let digits = format!("{first:017}");
    let weight = |place: u32| 2_u32.pow(17 - place) % 11;
    let sum: u32 = (0..17)
        .zip(digits.chars())
        .map(|(place, digit)| weight(place) * digit.to_digit(10).expect("a digit"))
        .sum();
    let check = ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"][(sum % 11) as usize];
    format!("{digits}{check}")
}

/// Something that must not be published, in words that the surroundings do not change.
fn secret() -> impl Strategy<Value = String> {
    prop_oneof![
        (3_u64..10, 0_u64..1_000_000_000).prop_map(|(second, rest)| format!("1{second}{rest:09}")),
        (10_u64.pow(16)..10_u64.pow(17)).prop_map(id_number),
        "渝[A-H][0-9]{5}",
        "川AD[0-9]{5}",
        "[a-z]{2,8}[0-9]{2}@[a-z]{3,8}\\.(com|cn)",
        "[1-9][0-9]?栋[1-9]单元[1-9]0[1-9]室",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn every_occurrence_is_masked(
        secrets in vec(secret(), 1..4),
        words in vec(select(vec!["，", "。冒黑烟", "在河边 ", "\n找我：", "异味——"]), 1..12),
    ) {
        let parts = words.iter().enumerate();
        let text: String =
            parts.map(|(at, word)| format!("{word}{}", secrets[at % secrets.len()])).collect();
        let text = format!("{text}。");
        let masked = mask(&text);
        for secret in &secrets {
            prop_assert!(text.matches(secret.as_str()).count() == 0 || !masked.contains(secret.as_str()), "{}", masked);
        }
        prop_assert_eq!(masked.chars().count(), text.chars().count());
    }

    #[test]
    fn masking_twice_is_masking_once(text in "[0-9一二xX渝A-Da-d@.:： 栋室单元号楼微信qq-]{0,60}") {
        let masked = mask(&text);
        prop_assert_eq!(mask(&masked), masked.clone());
        prop_assert!(find(&masked).is_empty());
        prop_assert_eq!(masked.chars().count(), text.chars().count());
    }

    #[test]
    fn places_are_whole_characters_in_order(text in "\\PC{0,80}") {
        let mut end = 0;
        for found in find(&text) {
            prop_assert!(found.range.start >= end && found.range.end > found.range.start);
            prop_assert!(text.get(found.range.clone()).is_some());
            end = found.range.end;
        }
    }
}

// Contact 90 days after closing, anonymised after 365, network hashes and unlinked photos 24 hours, refused photos 7 days.
#[rstest]
#[case(Kept::Contact, 90 * 24)]
#[case(Kept::ReportText, 365 * 24)]
#[case(Kept::NetworkHash, 24)]
#[case(Kept::RefusedPhoto, 7 * 24)]
#[case(Kept::UnlinkedPhoto, 24)]
#[case(Kept::SpentChallenge, 0)]
#[case(Kept::Objection, 90 * 24)]
fn what_is_kept_is_due_after_its_time_and_not_before(#[case] kept: Kept, #[case] hours: i64) {
    let since: Timestamp = "2026-11-27T00:00:00Z".parse().expect("an instant");
    let due = since + SignedDuration::from_hours(hours);
    assert!(kept.is_due(since, due));
    assert!(!kept.is_due(since, due - SignedDuration::from_millis(1)));
    assert_eq!(kept.due_if_since(due), since);
}

#[test]
fn everything_kept_has_a_name_in_both_languages() {
    assert_eq!(Kept::ALL.len(), 7);
    for kept in Kept::ALL {
        assert_ne!(kept.name(Lang::Zh), kept.name(Lang::En));
    }
}
