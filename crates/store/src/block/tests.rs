use proptest::prelude::*;

use super::*;

const HOUR_US: i64 = 3_600_000_000;
const START_US: i64 = 1_767_196_800_000_000;

fn row(start_us: i64, millionths: Option<i64>) -> Row {
    Row {
        seen: Observation {
            start_us,
            length_s: 3_600,
            value: millionths.map(Quantity::from_millionths),
            flag: if millionths.is_some() { DeviceFlag::Normal } else { DeviceFlag::Missing },
            quality: QcFlags::NONE,
            revision: 0,
        },
        raw: 0,
    }
}

fn any_row() -> impl Strategy<Value = Row> {
    let value = prop_oneof![
        6 => (-2_000_i64..500_000).prop_map(|tenths| Some(tenths * 100_000)),
        1 => any::<i64>().prop_map(Some),
        1 => Just(Some(i64::MIN)),
        1 => Just(None),
    ];
    let flag = (0..DeviceFlag::ALL.len()).prop_map(|place| DeviceFlag::ALL[place]);
    let length_s = prop_oneof![5 => Just(3_600_u32), 1 => any::<u32>()];
    let revision = prop_oneof![5 => Just(0_u32), 1 => any::<u32>()];
    let raw = prop_oneof![Just(0_i64), 0..i64::MAX];
    (value, flag, any::<u16>(), length_s, revision, raw).prop_map(
        |(value, flag, bits, length_s, revision, raw)| Row {
            seen: Observation {
                start_us: 0,
                length_s,
                value: value.map(Quantity::from_millionths),
                flag,
                quality: QcFlags::from_bits(bits),
                revision,
            },
            raw,
        },
    )
}

/// Hours, hours with gaps, or no step at all.
fn any_distance() -> impl Strategy<Value = i64> {
    prop_oneof![8 => Just(HOUR_US), 2 => (1_i64..9).prop_map(|n| n * HOUR_US), 1 => 1_i64..i64::MAX >> 20]
}

proptest! {
    #[test]
    fn what_is_sealed_is_read_back_exactly(
        first in -(1_i64 << 50)..1_i64 << 50,
        rows in prop::collection::vec((any_row(), any_distance()), 0..400),
    ) {
        let mut at = first;
        let rows: Vec<Row> = rows.into_iter().map(|(mut row, distance)| {
            row.seen.start_us = at;
            at += distance;
            row
        }).collect();
        prop_assert_eq!(decode(&encode(&rows)).unwrap(), rows);
    }

    #[test]
    fn a_range_holds_exactly_the_rows_that_start_in_it(
        values in prop::collection::vec(prop::option::of(0_i64..900), 0..200),
        from in -5_i64..220, len in 0_i64..220,
    ) {
        let rows: Vec<Row> = (0..).zip(&values)
            .map(|(hour, v)| row(START_US + hour * HOUR_US, v.map(|v| v * 1_000_000))).collect();
        let (from_us, to_us) = (START_US + from * HOUR_US, START_US + (from + len) * HOUR_US);
        let mut seen = Vec::new();
        decode_range(&encode(&rows), from_us, to_us, &mut seen).unwrap();
        let expected: Vec<Observation> = rows.iter().map(|row| row.seen)
            .filter(|o| (from_us..to_us).contains(&o.start_us)).collect();
        prop_assert_eq!(seen, expected);
    }

    #[test]
    fn any_bytes_are_rows_or_an_error(mut bytes in prop::collection::vec(any::<u8>(), 0..300), sealed: bool) {
        // With a true checksum and version the content itself is what is wrong.
        if sealed && !bytes.is_empty() {
            bytes[0] = VERSION;
            let checksum = crc32fast::hash(&bytes);
            bytes.extend_from_slice(&checksum.to_le_bytes());
        }
        let _ = decode(&bytes);
    }

    #[test]
    fn one_flipped_bit_is_found(values in prop::collection::vec(0_i64..900, 1..100), place: prop::sample::Index, bit in 0_u8..8) {
        let rows: Vec<Row> = (0..).zip(&values)
            .map(|(hour, v)| row(START_US + hour * HOUR_US, Some(v * 1_000_000))).collect();
        let mut block = encode(&rows);
        let place = place.index(block.len());
        block[place] ^= 1_u8 << bit;
        prop_assert!(decode(&block).is_err());
    }
}

#[test]
fn a_regular_month_of_small_numbers_takes_about_a_byte_each() {
    let values = [35, 36, 38, 41, 47, 52, 60, 58, 55, 49, 44, 40];
    let rows: Vec<Row> = (0..744)
        .map(|hour| row(START_US + hour * HOUR_US, Some(values[hour as usize % 12] * 1_000_000)))
        .collect();
    let block = encode(&rows);
    assert!(block.len() < 744, "{} bytes", block.len());
}

#[test]
fn a_single_silent_hour_costs_a_few_bytes() {
    let all: Vec<Row> =
        (0..720).map(|hour| row(START_US + hour * HOUR_US, Some(1_000_000))).collect();
    let (mut gap, whole) = (all.clone(), encode(&all).len());
    gap.remove(300);
    assert!(encode(&gap).len() <= whole + 8);
}

#[test]
fn a_block_of_a_later_layout_is_refused_by_name() {
    let mut block = encode(&[row(START_US, Some(1))]);
    block.truncate(block.len() - 4);
    block[0] = 9;
    let checksum = crc32fast::hash(&block);
    block.extend_from_slice(&checksum.to_le_bytes());
    assert_eq!(decode(&block), Err(BlockError::Version(9)));
}
