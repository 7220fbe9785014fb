//! What devices in service send, and how far it is understood.

use crate::{frame, framed, refusal};
use hj212::{Edition, FrameError, Item, LocalTime, Malformed};
use rstest::rstest;

const HEAD: &str = "QN=20261123080500000;ST=22;CN=2011;PW=123456;MN=A1;Flag=4;";

fn with_data(data: &str) -> hj212::Frame {
    frame(&framed(&format!("{HEAD}CP=&&{data}&&")))
}

fn malformed(segment: &str) -> Malformed {
    match refusal(&framed(segment)) {
        FrameError::Malformed { what, .. } => what,
        other => panic!("{other:?}"),
    }
}

#[rstest]
#[case::as_printed("QN=20261123080500000;ST=22;CN=2011;PW=123456;MN=A1;Flag=4;CP=&&&&")]
#[case::other_order("Flag=4;MN=A1;PW=123456;CN=2011;ST=22;QN=20261123080500000;CP=&&&&")]
#[case::blanks("QN= 20261123080500000; ST=22; CN=2011;PW= 123456 ;MN=A1;Flag= 4; CP= && &&")]
#[case::comma_after_qn("QN=20261123080500000,ST=22;CN=2011;PW=123456;MN=A1;Flag=4;CP=&&&&")]
#[case::no_separator_before_cp("QN=20261123080500000;ST=22;CN=2011;PW=123456;MN=A1;Flag=4CP=&&&&")]
#[case::unknown_field("QN=20261123080500000;ST=22;CN=2011;PW=123456;MN=A1;Flag=4;Ver=2;CP=&&&&")]
#[case::separators_only("QN=20261123080500000;ST=22;CN=2011;PW=123456;MN=A1;Flag=4;;CP=&&;,;&&")]
fn heads_are_understood_in_any_order_and_spacing(#[case] segment: &str) {
    let expected = frame(&framed(&format!("{HEAD}CP=&&&&"))).segment();
    assert_eq!(frame(&framed(segment)).segment(), expected);
}

#[rstest]
#[case::fourteen_digits("88888880000001")]
#[case::underscore("A110000_0001")]
#[case::letters("ZLDSZ20210127")]
#[case::empty("")]
#[case::longest("ABCDEFGHABCDEFGHABCDEFGHABCDEFGHABCDEFGHABCDEFGHABCDEFGHABCDEFGH")]
fn mn_is_opaque(#[case] mn: &str) {
    assert_eq!(frame(&framed(&format!("ST=22;CN=2011;MN={mn};CP=&&&&"))).mn, mn);
}

#[test]
fn a_frame_of_2005_has_neither_qn_nor_flag() {
    let frame = frame(&framed("ST=101;CN=2011;PW=BF470F88957588DE902D1A52;MN=1;CP=&&a=1&&"));
    assert_eq!((frame.edition(), frame.exchange()), (Edition::V2005, None));
    assert!(!frame.wants_answer());
    assert_eq!((&*frame.st, frame.pw.as_deref().map(str::len)), ("101", Some(24)));
}

#[rstest]
#[case::swapped("PNO=0002;PNUM=0002;", Some(2), Some(2), true)]
#[case::padded("PNUM=0010;PNO=0003;", Some(10), Some(3), true)]
#[case::empty("PNUM=;PNO=;", None, None, false)]
#[case::half("PNUM=2;", Some(2), None, false)]
fn packet_numbers_count_wherever_they_stand(
    #[case] fields: &str,
    #[case] pnum: Option<u16>,
    #[case] pno: Option<u16>,
    #[case] split: bool,
) {
    // Flag 4 has no split bit: presence decides.
    let frame = frame(&framed(&format!("ST=31;CN=2051;MN=1;Flag=4;{fields}CP=&&&&")));
    assert_eq!((frame.pnum, frame.pno, frame.is_split()), (pnum, pno, split));
}

#[rstest]
#[case::in_2005(3, true)]
#[case::in_2017(6, false)]
#[case::in_2025(11, false)]
fn the_split_bit_asks_for_packet_numbers_from_2017_on(#[case] flag: u8, #[case] accepted: bool) {
    let segment = format!("ST=31;CN=2051;MN=1;Flag={flag};CP=&&&&");
    if accepted {
        assert!(!frame(&framed(&segment)).is_split());
    } else {
        assert_eq!(malformed(&segment), Malformed::NoPacketNumber { flag });
    }
}

#[rstest]
#[case::filled_in_later("RF=1;", true)]
#[case::does_not_exist("RF=0;", false)]
#[case::absent("", false)]
fn rf_marks_a_report_filled_in_later(#[case] field: &str, #[case] expected: bool) {
    assert_eq!(frame(&framed(&format!("ST=22;CN=2061;MN=1;{field}CP=&&&&"))).rf, expected);
}

#[rstest]
#[case::no_data_area("ST=22;CN=2011;MN=1;", "the segment has no CP=&&")]
#[case::data_area_not_closed(
    "ST=22;CN=2011;MN=1;CP=&&a-Rtd=1",
    "the data area is not closed by &&"
)]
#[case::no_st("CN=2011;MN=1;CP=&&&&", "the field ST is missing")]
#[case::no_cn("ST=22;MN=1;CP=&&&&", "the field CN is missing")]
#[case::no_mn("ST=22;CN=2011;CP=&&&&", "the field MN is missing")]
#[case::short_cn("ST=22;CN=201;MN=1;CP=&&&&", "CN=201 should be four digits")]
#[case::signed_cn("ST=22;CN=+2011;MN=1;CP=&&&&", "CN=+2011 should be four digits")]
#[case::flag_of_300(
    "ST=22;CN=2011;MN=1;Flag=300;CP=&&&&",
    "Flag=300 should be a number from 0 to 255"
)]
#[case::two_stations("ST=22;CN=2011;MN=1;MN=2;CP=&&&&", "the field MN stands twice")]
#[case::no_pair_in_head(
    "ST=22;CN=2011;MN=1;hello;CP=&&&&",
    "\"hello\" is not of the form name=value"
)]
#[case::decimal_comma("ST=22;CN=2011;MN=1;CP=&&a-Rtd=1,5&&", "\"5\" is not of the form name=value")]
#[case::no_name("ST=22;CN=2011;MN=1;CP=&&=5&&", "\"=5\" is not of the form name=value")]
fn what_is_not_in_the_form_is_refused_in_words(#[case] segment: &str, #[case] message: &str) {
    assert_eq!(malformed(segment).to_string(), message);
}

#[test]
fn fields_longer_than_any_seen_are_refused() {
    let (mn, pw) = ("1".repeat(65), "2".repeat(33));
    assert!(matches!(
        malformed(&format!("ST=22;CN=2011;MN={mn};CP=&&&&")),
        Malformed::Field { name: "MN", .. }
    ));
    assert!(matches!(
        malformed("ST=12345;CN=2011;MN=1;CP=&&&&"),
        Malformed::Field { name: "ST", .. }
    ));
    let refused = malformed(&format!("ST=22;CN=2011;PW={pw};MN=1;CP=&&&&"));
    assert_eq!(refused.to_string(), "PW=*** should be at most 32 characters");
}

#[test]
fn items_keep_names_values_and_order() {
    let data = with_data("DataTime=20261123080500;SB1-RS=1;a34004-Rtd=35.10,a34004-Flag=N,a34004-ValidNum=10;a214-Flag=N,a214-Rtd=-0.5").segment().data;
    assert_eq!(data.get("DataTime"), Some("20261123080500"));
    let expected = [
        Item::new("SB1", &[("RS", "1")]),
        Item::new("a34004", &[("Rtd", "35.10"), ("Flag", "N"), ("ValidNum", "10")]),
        Item::new("a214", &[("Flag", "N"), ("Rtd", "-0.5")]),
    ];
    assert_eq!(data.items, expected);
    assert_eq!(data.item("a34004").and_then(|item| item.get("Rtd")), Some("35.10"));
    assert_eq!(data.item("a34004").and_then(|item| item.get("rtd")), None, "case counts");
}

#[rstest]
#[case::blanks(" DataTime= 20261123080500; a-Rtd= 1 , a-Flag =N ")]
#[case::empty_pieces(";DataTime=20261123080500;;a-Rtd=1,,a-Flag=N;")]
#[case::bare_mark_after_semicolon("DataTime=20261123080500;a-Rtd=1;Flag=N")]
#[case::bare_mark_after_comma("DataTime=20261123080500;a-Rtd=1,Flag=N")]
#[case::mark_behind_the_wrong_separator("DataTime=20261123080500;a-Rtd=1;a-Flag=N")]
fn one_item_is_understood_in_all_its_spellings(#[case] data: &str) {
    let data = with_data(data).segment().data;
    assert_eq!(data.fields, [("DataTime".to_owned(), "20261123080500".to_owned())]);
    assert_eq!(data.items, [Item::new("a", &[("Rtd", "1"), ("Flag", "N")])]);
}

#[rstest]
#[case::values_without_mark("a-Rtd=1;b-Rtd=2", &["a-Rtd=1", "b-Rtd=2"])]
#[case::a_factor_twice("a-Rtd=1;a-Rtd=2", &["a-Rtd=1", "a-Rtd=2"])]
#[case::two_factors_in_one_piece("a-Rtd=1,b-Rtd=2", &["a-Rtd=1", "b-Rtd=2"])]
#[case::an_item_has_one_mark("a-Rtd=1,a-Flag=N;a-Flag=D", &["a-Rtd=1,a-Flag=N", "a-Flag=D"])]
#[case::a_mark_before_another_factor("a-Rtd=1;a-Flag=D,b-Rtd=2", &["a-Rtd=1,a-Flag=D", "b-Rtd=2"])]
#[case::a_mark_first_starts_an_item("a-Rtd=1;a-Flag=D,a-Rtd=2", &["a-Rtd=1", "a-Flag=D,a-Rtd=2"])]
#[case::empty_value("a-Rtd=,a-Flag=B", &["a-Rtd=,a-Flag=B"])]
fn other_items_stay_apart(#[case] data: &str, #[case] items: &[&str]) {
    let found: Vec<_> = with_data(data).data.items.iter().map(ToString::to_string).collect();
    assert_eq!(found, items);
}

#[test]
fn a_log_text_may_contain_separators() {
    let data = with_data("PolId=w01018;i11001-Info=//a=1;b,c && d//;i12001-Info=0").segment().data;
    let texts: Vec<_> = data.items.iter().map(|item| item.get("Info")).collect();
    assert_eq!(texts, [Some("//a=1;b,c && d//"), Some("0")]);
}

#[test]
fn text_that_is_not_utf_8_costs_no_reading() {
    let segment = [HEAD.as_bytes(), b"CP=&&a-Rtd=1;i11001-Info=//\xC7\xE5\xCF\xB4//&&"].concat();
    let crc = format!("{:04X}\r\n", hj212::crc16(&segment));
    let wire = [format!("##{:04}", segment.len()).as_bytes(), &segment, crc.as_bytes()].concat();
    let frame = frame(&wire);
    assert_eq!(frame.data.item("a").and_then(|item| item.get("Rtd")), Some("1"));
    assert_eq!(frame.raw, wire);
}

#[rstest]
#[case::as_printed("20261123140000", Some("20261123140000"))]
#[case::with_milliseconds("20210305003817000", Some("20210305003817"))]
#[case::leap_day("20240229235959", Some("20240229235959"))]
#[case::no_leap_day("20250229000000", None)]
#[case::no_leap_century("21000229000000", None)]
#[case::leap_century("20000229000000", Some("20000229000000"))]
#[case::thirty_one_days("20260431000000", None)]
#[case::no_month("20260001000000", None)]
#[case::month_13("20261301000000", None)]
#[case::day_0("20261100000000", None)]
#[case::hour_24("20261123240000", None)]
#[case::minute_60("20261123006000", None)]
#[case::second_60("20261123000060", None)]
#[case::short("202611231400", None)]
#[case::not_digits("2026112314000x", None)]
#[case::wide_digits("２０２６１", None)]
fn data_time_is_an_existing_local_time(#[case] text: &str, #[case] expected: Option<&str>) {
    let time = with_data(&format!("DataTime={text}")).data.data_time();
    assert_eq!(time.map(|time| time.to_string()).as_deref(), expected);
    assert_eq!(LocalTime::parse(text), time);
}

#[test]
fn a_head_longer_than_any_device_sends_is_refused() {
    let fields = |count: usize| (0..count).map(|n| format!("x{n}=;")).collect::<String>();
    let head = "ST=22;CN=2011;MN=1;";
    assert_eq!(frame(&framed(&format!("{head}{}CP=&&&&", fields(29)))).mn, "1");
    let many = malformed(&format!("{head}{}CP=&&&&", fields(30)));
    assert!(matches!(many, Malformed::LongHead { .. }), "{many}");
    let long = malformed(&format!("{head}x={};CP=&&&&", "y".repeat(512)));
    assert_eq!(long, Malformed::LongHead { bytes: 534 });
}

#[rstest]
#[case::line_end_in_mn("ST=22;CN=2011;MN=A1\n2026-11-23 ERROR forged;CP=&&&&")]
#[case::escape_in_st("ST=\u{1b}[2J;CN=2011;MN=1;CP=&&&&")]
#[case::line_end_in_a_name("ST=22;CN=2011;MN=1;a\nb=1;CP=&&&&")]
#[case::line_end_in_a_factor("ST=22;CN=2011;MN=1;CP=&&a\nb-Rtd=1&&")]
fn control_characters_are_refused_and_never_printed(#[case] segment: &str) {
    let error = refusal(&framed(segment));
    assert!(matches!(error, FrameError::Malformed { .. }), "{error}");
    let refused = error.refused();
    let printed = format!("{error} {} {}", refused.excerpt, refused.mn.as_deref().unwrap_or(""));
    assert!(!printed.contains(char::is_control), "{printed:?}");
}

#[test]
fn what_errors_and_frames_print_is_short_and_of_one_line() {
    let hidden = frame(&framed("ST=22;CN=2011;MN=A\u{202e}1;CP=&&&&"));
    assert_eq!(hidden.to_string(), "CN=2011 MN=A\\u{202e}1 ST=22, 0 items");
    let error = malformed(&format!("ST={};CN=2011;MN=1;CP=&&&&", "7".repeat(400)));
    assert_eq!(
        error.to_string(),
        format!("ST={}… should be two letters or digits", "7".repeat(64))
    );
}

#[rstest]
#[case::plain("PW=123456;MN=1", "PW=***;MN=1")]
#[case::blanks_before_the_sign("PW  =123456;MN=1", "PW  =***;MN=1")]
#[case::ampersand_within("PW=12&34;MN=1", "PW=***;MN=1")]
#[case::two_ampersands_within("PW=12&&34;MN=1", "PW=***;MN=1")]
#[case::small_letters("pw=123456,MN=1", "pw=***,MN=1")]
#[case::new_key("CP=&&NewSK =0x12,NewPW= 9;a=1&&", "CP=&&NewSK =***,NewPW=***;a=1&&")]
#[case::at_the_end("ST=22;PW=123456\r\n##", "ST=22;PW=***\r\n##")]
#[case::no_secret("PWX=1;P W=2;SK;PW", "PWX=1;P W=2;SK;PW")]
fn a_secret_is_hidden_to_the_end_of_its_field(#[case] sent: &str, #[case] printed: &str) {
    let clean = hj212::without_password(sent.as_bytes());
    assert_eq!(String::from_utf8_lossy(&clean), printed);
}
