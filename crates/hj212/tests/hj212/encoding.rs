//! What is sent: strict order, limits, packets.

use crate::frame;
use hj212::encode::{MAX_DATA, MAX_SEGMENT};
use hj212::{Data, EncodeError, Item, Segment, command};
use rstest::rstest;

fn hour(items: usize) -> Segment {
    let item = |n| Item::new(&format!("a{n:05}"), &[("Avg", "123.4"), ("Flag", "N")]);
    Segment {
        qn: Some("20261231235959998".into()),
        pw: Some("123456".into()),
        flag: Some(5),
        data: Data {
            items: (0..items).map(item).collect(),
            ..Data::of_fields(&[("DataTime", "20261123140000")])
        },
        ..Segment::new("22", command::HOUR, "010000A8900016F000169DC0")
    }
}

#[test]
fn fields_are_sent_in_the_order_of_table_3() {
    let segment = Segment { pnum: Some(2), pno: Some(1), rf: true, flag: Some(11), ..hour(1) };
    let wire = String::from_utf8(segment.encode().expect("encodes")).expect("ASCII");
    assert!(
        wire[6..].starts_with(
            "QN=20261231235959998;ST=22;CN=2061;PW=123456;MN=010000A8900016F000169DC0;\
             Flag=11;PNUM=2;PNO=1;RF=1;CP=&&DataTime=20261123140000;a00000-Avg=123.4,a00000-Flag=N&&"
        ),
        "{wire}"
    );
    assert!(wire.ends_with("\r\n"));
}

#[test]
fn chinese_counts_in_bytes() {
    let data =
        Data { fields: vec![], items: vec![Item::new("i11001", &[("Info", "//清洗管路//")])] };
    let wire = Segment { data, ..Segment::new("32", 3020, "A1") }.encode().expect("encodes");
    let declared: usize = String::from_utf8_lossy(&wire[2..6]).parse().expect("digits");
    assert_eq!(declared, wire.len() - 6 - 4 - 2);
}

#[test]
fn a_report_over_the_limit_is_not_sent_in_one() {
    let error = hour(60).encode().expect_err("too long");
    let EncodeError::TooLong { limit, length, .. } = &error else { panic!("{error}") };
    assert_eq!(*limit, MAX_SEGMENT);
    let message = format!("the segment has {length} bytes; HJ 212 allows 1024 in one packet");
    assert_eq!(error.to_string(), message);
}

#[test]
fn a_report_over_the_limit_is_sent_in_packets_cut_at_items() {
    let whole = hour(60);
    let parts = whole.split().expect("splits");
    assert_eq!(parts.len(), 3);
    let mut items = Vec::new();
    for (part, number) in parts.iter().zip(1..) {
        let sent = frame(&part.encode().expect("fits"));
        assert_eq!((sent.pnum, sent.pno, sent.flag), (Some(3), Some(number), Some(7)));
        assert_eq!(sent.data.get("DataTime"), Some("20261123140000"));
        items.extend(sent.segment().data.items);
    }
    assert_eq!(items, whole.data.items);
    let exchanges: Vec<_> = parts.iter().filter_map(|part| part.qn.as_deref()).collect();
    assert_eq!(exchanges, ["20261231235959998", "20261231235959999", "20270101000000000"]);
}

#[test]
fn packets_are_as_full_as_the_limits_allow() {
    for items in 1..200 {
        let parts = hour(items).split().expect("splits");
        let lengths: Vec<_> = parts.iter().map(|part| part.data.to_string().len()).collect();
        assert!(lengths.iter().all(|length| *length <= MAX_DATA));
        // One more item of 27 bytes, or the widest packet numbers, would not have fitted.
        let full = lengths.iter().rev().skip(1).all(|length| *length > 850);
        assert!(full, "{items} items: {lengths:?}");
    }
}

#[test]
fn a_report_within_the_limit_stays_one_frame() {
    assert_eq!(hour(3).split().expect("splits"), [hour(3)]);
}

#[test]
fn an_item_too_long_for_any_packet_is_named() {
    let mut segment = hour(0);
    segment.data.items.push(Item::new("i11001", &[("Info", &format!("//{}//", "x".repeat(1000)))]));
    let error = segment.split().expect_err("does not fit");
    assert!(error.to_string().starts_with("the item i11001 has 1016 bytes"), "{error}");
}

/// A report with plain fields of `fields` bytes and one item of `item` bytes.
fn filled(fields: usize, items: &[usize]) -> Segment {
    let field = ("x".to_owned(), "1".repeat(fields.saturating_sub(2)));
    let item = |length: &usize| Item::new("a", &[("Avg", &"1".repeat(length - 6))]);
    let fields = if fields == 0 { vec![] } else { vec![field] };
    let data = Data { fields, items: items.iter().map(item).collect() };
    Segment { data, ..Segment::new("22", command::HOUR, "A1") }
}

// 950 bytes of data at most; a `;` stands only between two pieces.
#[rstest]
#[case::fields_leave_no_room(950, &[7], None)]
#[case::fields_leave_room_for_the_separator(949, &[7], None)]
#[case::fields_and_item_fit_exactly(942, &[7], Some(1))]
#[case::one_byte_more(943, &[7], None)]
#[case::an_item_alone_fills_a_packet(0, &[950, 7], Some(2))]
#[case::an_item_alone_is_too_long(0, &[951], None)]
#[case::two_items_fill_a_packet(0, &[475, 474, 950], Some(2))]
#[case::two_items_and_no_separator(0, &[475, 475], Some(2))]
fn packets_are_filled_to_the_last_byte(
    #[case] fields: usize,
    #[case] items: &[usize],
    #[case] packets: Option<usize>,
) {
    let found = filled(fields, items).split();
    assert_eq!(found.as_ref().ok().map(Vec::len), packets, "{found:?}");
    match found {
        Ok(parts) => parts.iter().for_each(|part| assert!(part.encode().is_ok())),
        Err(error) => assert!(matches!(error, EncodeError::TooLong { .. }), "{error}"),
    }
}

#[rstest]
#[case::separator_in_value(|s: &mut Segment| s.data.fields[0].1 = "1;b=2".into())]
#[case::line_end_in_value(|s: &mut Segment| s.data.fields[0].1 = "1\r\n".into())]
#[case::blank_at_the_edge(|s: &mut Segment| s.data.fields[0].1 = " 1".into())]
#[case::log_text_not_closed(|s: &mut Segment| s.data.fields[0].1 = "//x".into())]
#[case::field_that_reads_as_an_item(|s: &mut Segment| s.data.fields[0].0 = "a-Avg".into())]
#[case::item_without_value(|s: &mut Segment| s.data.items[0].values.clear())]
#[case::suffix_with_hyphen(|s: &mut Segment| s.data.items[0].values[0].0 = "a-b".into())]
#[case::no_factor(|s: &mut Segment| s.data.items[0].factor.clear())]
#[case::separator_in_mn(|s: &mut Segment| s.mn = "1;ST=2".into())]
#[case::ampersands_in_password(|s: &mut Segment| s.pw = Some("CP=&&".into()))]
#[case::blank_in_qn(|s: &mut Segment| s.qn = Some("2026 ".into()))]
#[case::no_st(|s: &mut Segment| s.st.clear())]
#[case::three_digit_command(|s: &mut Segment| s.cn = 201)]
#[case::split_bit_without_numbers(|s: &mut Segment| s.flag = Some(6))]
fn what_could_not_be_read_back_is_not_sent(#[case] spoil: fn(&mut Segment)) {
    let mut segment = hour(1);
    segment.encode().expect("was good");
    spoil(&mut segment);
    assert!(matches!(segment.encode(), Err(EncodeError::Field { .. })));
}

#[test]
fn a_refused_password_is_not_printed() {
    let error = Segment { pw: Some("se;cret".into()), ..hour(1) }.encode().expect_err("refused");
    assert!(!format!("{error} {error:?}").contains("cret"), "{error}");
}
