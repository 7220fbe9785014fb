//! The claim code and the two numbers of a report.

use domain::{
    Lang,
    report::{ClaimCode, ClaimCodeError, PublicId, ReportId},
};
use proptest::prelude::*;

const ALPHABET: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const PREFIX: &str = "JLP";

fn parse(text: &str) -> Result<ClaimCode, ClaimCodeError> {
    ClaimCode::parse(text, PREFIX)
}

/// A code's 21 characters, without prefix and dashes.
fn bare(code: &ClaimCode) -> String {
    code.shown("").replace('-', "")
}

fn code() -> impl Strategy<Value = ClaimCode> {
    any::<[u8; 13]>().prop_map(ClaimCode::from_random)
}

#[test]
fn codes_are_what_another_program_computes() {
    let cases = [
        ([0; 13], "JLP-0000-0000-0000-0000-0000-0"),
        ([255; 13], "JLP-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-A"),
        ([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13], "JLP-0410-6105-0R3G-G28A-1C60-6"),
        (
            [0x8f, 0x3a, 0x11, 0xc0, 0xde, 0x55, 0xaa, 0, 0x7b, 0xe9, 0x12, 4, 0xf3],
            "JLP-HWX1-3G6Y-APN0-0YZ9-282F-5",
        ),
    ];
    for (random, shown) in cases {
        assert_eq!(ClaimCode::from_random(random).shown(PREFIX), shown);
    }
}

#[test]
fn every_one_of_the_100_bits_is_in_the_code() {
    let empty = ClaimCode::from_random([0; 13]);
    let with_bit = |bit: usize| {
        let mut random = [0; 13];
        random[bit / 8] = 0x80 >> (bit % 8);
        ClaimCode::from_random(random)
    };
    let data = |code: &ClaimCode| bare(code)[..20].to_owned();
    let mut seen = std::collections::BTreeSet::from([data(&empty)]);
    assert!((0..100).all(|bit| seen.insert(data(&with_bit(bit)))));
    assert!((100..104).all(|bit| with_bit(bit) == empty));
}

#[test]
fn a_code_is_read_as_people_write_it() {
    let code = ClaimCode::from_random([
        0x8f, 0x3a, 0x11, 0xc0, 0xde, 0x55, 0xaa, 0, 0x7b, 0xe9, 0x12, 4, 0xf3,
    ]);
    for written in [
        "JLP-HWX1-3G6Y-APN0-0YZ9-282F-5",
        "jlp-hwx1-3g6y-apn0-0yz9-282f-5",
        "  JLP HWX1 3G6Y APN0 0YZ9 282F 5\n",
        "HWX1-3G6Y-APN0-0YZ9-282F-5",
        "hwx13g6yapn00yz9282f5",
        "JLPHWX13G6YAPN00YZ9282F5",
        "J1P-HWXI-3G6Y-APNO-oYZ9-282F-5",
        "j-l-p-HWXl--3G6Y–APN0—0YZ9−282F‑5",
        "ＪＬＰ－ＨＷＸ１－３Ｇ６Ｙ－ＡＰＮ０－０ＹＺ９－２８２Ｆ－５",
        "JLP\u{3000}HWX1\u{a0}3G6Y\tAPN0 0YZ9\u{200b}282F_5",
    ] {
        assert_eq!(parse(written), Ok(code.clone()), "{written}");
    }
}

#[test]
fn a_slip_is_named() {
    let cases = [
        ("", ClaimCodeError::WrongLength { typed: 0 }),
        ("JLP", ClaimCodeError::WrongLength { typed: 0 }),
        ("JLP-HWX1-3G6Y", ClaimCodeError::WrongLength { typed: 8 }),
        ("JLP-HWX1-3G6Y-APN0-0YZ9-282F", ClaimCodeError::WrongLength { typed: 20 }),
        ("JLP-HWX1-3G6Y-APN0-0YZ9-282F-55", ClaimCodeError::WrongLength { typed: 22 }),
        ("JLP-HWX1-3U6Y-APN0-0YZ9-282F-5", ClaimCodeError::UnknownCharacter { place: 6 }),
        ("JLP-HWX1-3G6Y-APN0-0YZ9-282F-*", ClaimCodeError::UnknownCharacter { place: 21 }),
        ("JLP-HWX1-3G6Y-APN0-0YZ9-282F-五", ClaimCodeError::UnknownCharacter { place: 21 }),
        ("JLQ-HWX1-3G6Y-APN0-0YZ9-282F-5", ClaimCodeError::OtherPrefix),
        ("JLP-HWX1-3G6Y-APN0-0YZ9-282F-6", ClaimCodeError::CheckCharacter),
    ];
    for (typed, error) in cases {
        assert_eq!(parse(typed), Err(error), "{typed}");
        for lang in Lang::ALL {
            let sentence = error.sentence(lang);
            assert!(!sentence.is_empty() && !sentence.contains("HWX1"), "{sentence}");
        }
    }
}

#[test]
fn another_portals_prefix_may_be_of_any_length() {
    let code = ClaimCode::from_random([7; 13]);
    for prefix in ["", "L", "OIL", "CHONGQING"] {
        assert_eq!(ClaimCode::parse(&code.shown(prefix), prefix), Ok(code.clone()), "{prefix}");
    }
}

#[test]
fn debug_never_prints_the_code() {
    let code = ClaimCode::from_random([0x5a; 13]);
    for printed in [format!("{code:?}"), format!("{code:#?}"), format!("{:?}", Some(&code))] {
        assert!(printed.contains("***"), "{printed}");
        for part in [bare(&code), code.secret(), code.locator().to_owned()] {
            assert!(!printed.contains(&part), "{printed}");
        }
    }
}

#[test]
fn the_locator_and_the_secret_are_the_code() {
    let code = ClaimCode::from_random([0x5a; 13]);
    assert_eq!((code.locator().len(), code.secret().len()), (4, 16));
    assert_eq!(format!("{}{}", code.locator(), code.secret()), bare(&code)[..20]);
}

proptest! {
    // Each code is tried with hundreds of slips.
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn every_single_wrong_character_is_noticed(code in code()) {
        let right = bare(&code);
        for place in 0..right.len() {
            for wrong in ALPHABET.chars().filter(|c| !right[place..].starts_with(*c)) {
                let mut typed = right.clone();
                typed.replace_range(place..=place, &wrong.to_string());
                prop_assert_eq!(parse(&typed), Err(ClaimCodeError::CheckCharacter), "{}", typed);
            }
        }
    }

    /// Adjacent ones, the check character included, and any others.
    #[test]
    fn any_two_exchanged_characters_are_noticed(code in code()) {
        let right = bare(&code).into_bytes();
        for a in 0..right.len() {
            for b in a + 1..right.len() {
                let mut typed = right.clone();
                typed.swap(a, b);
                let typed = String::from_utf8(typed.clone()).unwrap();
                let expected = if right[a] == right[b] {
                    Ok(code.clone())
                } else {
                    Err(ClaimCodeError::CheckCharacter)
                };
                prop_assert_eq!(parse(&typed), expected, "{}", typed);
            }
        }
    }
}

proptest! {
    #[test]
    fn a_code_is_read_back(code in code()) {
        prop_assert_eq!(parse(&code.shown(PREFIX)), Ok(code.clone()));
        prop_assert_eq!(parse(&bare(&code)), Ok(code));
    }

    #[test]
    fn a_lost_or_doubled_character_is_noticed(code in code(), place in 0_usize..21) {
        let right = bare(&code);
        let mut lost = right.clone();
        lost.remove(place);
        prop_assert_eq!(parse(&lost), Err(ClaimCodeError::WrongLength { typed: 20 }));
        let doubled = format!("{}{}", &right[..=place], &right[place..]);
        prop_assert_eq!(parse(&doubled), Err(ClaimCodeError::WrongLength { typed: 22 }));
    }

    #[test]
    fn anything_typed_is_answered(text in any::<String>()) {
        let _ = (parse(&text), PublicId::parse(&text), ReportId::parse(&text));
    }

    #[test]
    fn a_public_id_is_read_back(random in any::<u64>()) {
        let id = PublicId::new(random);
        prop_assert_eq!(id.as_str().len(), 9);
        prop_assert_eq!(PublicId::parse(id.as_str()), Ok(id.clone()));
        prop_assert_eq!(PublicId::parse(&id.to_string().to_lowercase()), Ok(id.clone()));
        prop_assert_eq!(PublicId::new(random ^ 1 << 40), id.clone());
        prop_assert_ne!(PublicId::new(random ^ 1), id);
    }

    #[test]
    fn a_report_id_carries_its_millisecond(ms in 0_u64..1 << 48, random in any::<[u8; 10]>()) {
        let id = ReportId::new(ms, random);
        prop_assert_eq!(id.made_at_ms(), ms);
        prop_assert_eq!(ReportId::parse(&id.as_str().to_uppercase()), Ok(id.clone()));
        prop_assert_eq!(serde_json::to_value(&id).unwrap(), id.as_str());
    }

    #[test]
    fn report_ids_sort_by_time(a in 0_u64..1 << 48, b in 0_u64..1 << 48, random in any::<[u8; 10]>()) {
        prop_assume!(a != b);
        prop_assert_eq!(a < b, ReportId::new(a, random) < ReportId::new(b, [0; 10]));
    }
}

#[test]
fn a_public_id_is_shown_with_a_dash_and_kept_without() {
    let id = PublicId::parse("r7k3m 9qxd").unwrap();
    assert_eq!((id.to_string().as_str(), id.as_str()), ("R7K3M-9QXD", "R7K3M9QXD"));
    assert_eq!(PublicId::parse("ＲOil－０００00").unwrap().as_str(), "R01100000");
    assert_eq!(serde_json::to_value(&id).unwrap(), "R7K3M9QXD");
    assert_eq!(serde_json::from_str::<PublicId>(r#""R7K3M-9QXD""#).unwrap(), id);
}

#[test]
fn what_is_no_public_id_is_refused() {
    for text in
        ["", "R", "R7K3M9QX", "R7K3M9QXDD", "7K3M9QXDA", "R7K3M9QXU", "S7K3M9QXD", "R7K3M9QX号"]
    {
        assert!(PublicId::parse(text).is_err(), "{text}");
    }
}

/// RFC 9562 appendix A.6.
#[test]
fn a_report_id_is_a_uuid_of_version_7() {
    let random = [0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f];
    let id = ReportId::new(0x017F_22E2_79B0, random);
    assert_eq!(id.as_str(), "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
}

#[test]
fn what_is_no_report_id_is_refused() {
    for text in [
        "",
        "017f22e2-79b0-7cc3-98c4-dc0c0c07398",
        "017f22e2-79b0-4cc3-98c4-dc0c0c07398f",
        "017f22e2-79b0-7cc3-18c4-dc0c0c07398f",
        "017f22e279b07cc398c4dc0c0c07398f",
        "017f22e2-79b0-7cc3-98c4-dc0c0c07398g",
        "{17f22e2-79b0-7cc3-98c4-dc0c0c07398}",
        "017f22e2-79b0-7cc3-98c4-dc0c0c0739é",
    ] {
        assert!(ReportId::parse(text).is_err(), "{text}");
        assert!(serde_json::from_value::<ReportId>(text.into()).is_err(), "{text}");
    }
}
