//! What holds for any bytes, any cutting and any segment.

use crate::fixtures::records;
use crate::frame;
use hj212::{Data, Decoder, Frame, FrameError, Item, KeyRing, Segment, decode};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// Real frames, good and bad, one after the other, some bytes of them changed.
fn mutated_stream() -> impl Strategy<Value = Vec<u8>> {
    let wires: Vec<_> = records().into_iter().map(|record| record.wire).collect();
    let change =
        (any::<Index>(), prop_oneof![any::<u8>(), select(b"#&=;,-/{\r\n0".to_vec())], 0..3);
    (vec(select(wires), 1..5), vec(change, 0..6)).prop_map(|(wires, changes)| {
        let mut bytes = wires.concat();
        for (place, byte, kind) in changes {
            let at = place.index(bytes.len());
            match kind {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                _ if bytes.len() > 1 => drop(bytes.remove(at)),
                _ => {}
            }
        }
        bytes
    })
}

/// Bytes that look enough like frames to get past the first checks.
fn frame_like() -> impl Strategy<Value = Vec<u8>> {
    let pieces = [
        "##", "0000", "0012", "9999", "QN=", "ST=22;", "CN=2011;", "MN=1;", "Flag=", "CP=&&", "&&",
        "a-Rtd=", "{0x", "}", "//", "FFFF", "\r\n", "清", ";", ",", "\u{0}", "1C80",
    ];
    vec(select(pieces.to_vec()), 0..60).prop_map(|pieces| pieces.concat().into_bytes())
}

fn any_stream() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![vec(any::<u8>(), 0..600), frame_like(), mutated_stream()]
}

fn found_in(chunks: &[&[u8]]) -> Vec<Result<Frame, FrameError>> {
    let mut decoder = Decoder::new();
    let mut found = Vec::new();
    for chunk in chunks {
        decoder.push(chunk).expect("fewer than 64 KiB");
        found.extend(decoder.by_ref());
    }
    decoder.idle();
    found.extend(decoder);
    found.into_iter().map(|found| found.map_err(without_excerpt)).collect()
}

/// What a refused frame looked like may name fewer bytes when fewer had come.
fn without_excerpt(mut error: FrameError) -> FrameError {
    let (FrameError::Crc { refused, .. }
    | FrameError::Length { refused, .. }
    | FrameError::Malformed { refused, .. }
    | FrameError::Endless { refused, .. }
    | FrameError::Encrypted { refused, .. }
    | FrameError::WrongKey { refused, .. }) = &mut error;
    (refused.consumed, refused.mn) = (0, None);
    refused.excerpt.clear();
    error
}

fn head_value() -> impl Strategy<Value = String> {
    "[A-Za-z0-9_./:+*#=-]{1,24}"
}

fn data_value() -> impl Strategy<Value = String> {
    prop_oneof![
        "-?[0-9]{0,14}(\\.[0-9]{1,2})?",
        "[A-Za-z0-9&=#{}._清-]{0,12}",
        "//[a-z;,=&清洗 ]{0,20}//"
    ]
}

fn item() -> impl Strategy<Value = Item> {
    let first = select(vec!["Rtd", "Avg", "Cou", "Info", "ZsAvg"]).prop_map(String::from);
    let more = select(vec!["Min", "Max", "Flag", "EFlag", "SampleTime", "ValidNum"])
        .prop_map(String::from);
    ("[A-Za-z0-9_-]{0,7}[a-z0-9]", (first, data_value()), vec((more, data_value()), 0..4))
        .prop_map(|(factor, first, more)| Item { factor, values: [vec![first], more].concat() })
}

fn segment() -> impl Strategy<Value = Segment> {
    let field =
        (select(vec!["DataTime", "PolId", "QN", "QnRtn", "SystemTime", "清洗"]), data_value())
            .prop_map(|(name, value)| (name.to_owned(), value));
    let data =
        (vec(field, 0..4), vec(item(), 0..8)).prop_map(|(fields, items)| Data { fields, items });
    let numbers =
        prop_oneof![Just((None, None)), any::<(u16, u16)>().prop_map(|(n, m)| (Some(n), Some(m)))];
    let head = (option::of("[0-9]{17}"), "[0-9A-Z]{2}", 1000_u16..10_000, option::of(head_value()));
    (head, head_value(), option::of(any::<u8>()), numbers, any::<bool>(), data).prop_map(
        |((qn, st, cn, pw), mn, flag, (pnum, pno), rf, data)| {
            // The split bit asks for packet numbers.
            let flag = flag.map(|flag| if pnum.is_some() { flag } else { flag & !2 });
            Segment { qn, st, cn, pw, mn, flag, pnum, pno, rf, data }
        },
    )
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic_and_every_verdict_moves_on(bytes in any_stream()) {
        match decode(&bytes) {
            Ok(Some((frame, consumed))) => {
                prop_assert!(consumed <= bytes.len());
                prop_assert_eq!(&bytes[consumed - frame.raw.len()..consumed], &frame.raw[..]);
            }
            Ok(None) => {}
            Err(error) => prop_assert!((1..=bytes.len()).contains(&error.consumed())),
        }
    }

    #[test]
    fn any_cutting_of_a_stream_gives_the_same_frames(bytes in any_stream(), size in 1_usize..200) {
        let chunks: Vec<_> = bytes.chunks(size).collect();
        prop_assert_eq!(found_in(&chunks), found_in(&[&bytes]));
    }

    #[test]
    fn a_damaged_byte_costs_at_most_the_frame_it_is_in(place in any::<Index>(), byte: u8) {
        let one = records().into_iter().find(|record| record.is_good()).expect("a good frame").wire;
        let mut bytes = one.repeat(3);
        let at = one.len() + place.index(one.len());
        bytes[at] = byte;
        let whole = found_in(&[&bytes]).into_iter().flatten().filter(|frame| frame.raw == one).count();
        prop_assert!(whole >= 2, "{} in {}", whole, String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn what_is_encoded_is_decoded_to_the_same(segment in segment(), key: [u8; 16]) {
        let wire = segment.encode().expect("below the limits");
        let read = frame(&wire);
        prop_assert_eq!(&read.segment(), &segment);
        prop_assert_eq!(&read.raw, &wire);

        let sealed = segment.encode_encrypted(&key).expect("below the limits");
        let mut keys = KeyRing::default();
        keys.insert(segment.mn.clone(), key);
        let mut decoder = Decoder::with_keys(keys);
        decoder.push(&sealed).expect("below 64 KiB");
        let opened = decoder.next().expect("complete").expect("valid");
        prop_assert_eq!(opened.segment(), segment);
    }

    #[test]
    fn packets_together_carry_the_report(segment in segment(), items in vec(item(), 0..90)) {
        let plain = Segment { pnum: None, pno: None, flag: Some(5), ..segment };
        let whole = Segment { data: Data { items, ..plain.data.clone() }, ..plain };
        let parts = whole.split().expect("no item is too long");
        let read: Vec<_> = parts.iter().map(|part| frame(&part.encode().expect("fits"))).collect();
        let items: Vec<_> = read.iter().flat_map(|part| part.data.items.clone()).collect();
        prop_assert_eq!(items, whole.data.items);
        prop_assert!(read.iter().all(|part| part.data.fields == whole.data.fields));
    }
}
