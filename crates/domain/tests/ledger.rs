//! The ledger: canonical bytes, the chain, and that no change of it goes unnoticed.

use domain::{
    Lang,
    ledger::{
        Beside, Body, Break, Entry, GENESIS, Head, LedgerActor, Row, Why, candidates, chain,
        entry_bytes, verify,
    },
    reward::{Amount, CriterionKey, Ground, Outcome, VoucherNumber, first_effective},
};
use jiff::civil::date;
use proptest::prelude::*;
use rstest::rstest;

/// One body of every kind.
fn bodies() -> Vec<Body> {
    let voucher = VoucherNumber::new(77);
    let amount_fen = Amount::from_fen(123_456);
    vec![
        Body::Received { joint: None },
        Body::Received { joint: Some("家\"人\\\n\u{1}".to_owned()) },
        Body::Linked { to: "R2".to_owned() },
        Body::Unlinked,
        Body::Eligibility { outcome: Outcome::Eligible, reasons: Vec::new() },
        Body::Eligibility { outcome: Outcome::NotEligible, reasons: CriterionKey::ALL.to_vec() },
        Body::Proposed { amount_fen, grounds: Ground::ALL.to_vec() },
        Body::Approved { amount_fen },
        Body::Rejected,
        Body::Notified { claim_until: Some(date(2027, 6, 1)) },
        Body::Notified { claim_until: None },
        Body::VoucherIssued { voucher: voucher.clone() },
        Body::Paid { voucher, amount_fen },
        Body::Declined,
        Body::Expired,
    ]
}

fn entry(seq: u64, case: &str, body: Body) -> Entry {
    let at_us = 1_790_000_000_000_000 + i64::try_from(seq).expect("a small number");
    let actor = match seq % 3 {
        0 => LedgerActor::Reporter,
        1 => LedgerActor::Officer(format!("officer-{seq}")),
        _ => LedgerActor::System,
    };
    Entry { seq, at_us, case: case.to_owned(), actor, body }
}

fn ledger(length: usize) -> Vec<Row> {
    let mut prev_hash = GENESIS;
    let bodies = bodies().into_iter().cycle().take(length);
    let rows = (1_u64..).zip(bodies).map(|(seq, body)| {
        let entry = entry(seq, "R7K3M9QXD", body);
        let bytes = entry_bytes(&entry);
        let kind = entry.body.kind().to_owned();
        let beside = Beside { case: entry.case, at_us: entry.at_us, kind };
        let row = Row { seq, hash: chain(&prev_hash, &bytes), bytes, beside, prev_hash };
        prev_hash = row.hash;
        row
    });
    rows.collect()
}

fn head(rows: &[Row]) -> Head {
    verify(rows.to_vec(), &[]).expect("a whole ledger")
}

#[test]
fn the_bytes_of_an_entry_are_its_json_with_sorted_keys() {
    for (seq, body) in (1..).zip(bodies()) {
        let entry = entry(seq, "R7K3M9QXD", body);
        let bytes = entry_bytes(&entry);
        let json = serde_json::to_value(&entry).expect("JSON");
        let mut members: Vec<_> = json.as_object().expect("an object").iter().collect();
        members.sort_by_key(|(key, _)| *key);
        let members: Vec<_> =
            members.iter().map(|(key, value)| format!("\"{key}\":{value}")).collect();
        let text = String::from_utf8(bytes.clone()).expect("UTF-8");
        assert_eq!(text, format!("{{{}}}", members.join(",")));
        assert_eq!(serde_json::from_slice::<Entry>(&bytes).expect("an entry"), entry);
        assert!(text.contains(&format!("\"kind\":\"{}\"", entry.body.kind())));
    }
}

#[test]
fn an_untouched_ledger_ends_in_its_head() {
    for length in [0, 1, 2, 40] {
        let rows = ledger(length);
        let last = rows.last().map_or(GENESIS, |row| row.hash);
        assert_eq!(head(&rows), Head { count: length as u64, hash: last });
        let every_day: Vec<_> = (0..=length).map(|end| head(&rows[..end])).collect();
        assert_eq!(verify(rows, &every_day), Ok(every_day[length]));
    }
}

/// Numbers without a pattern, the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % limit
    }
}

#[test]
fn a_thousand_flipped_bytes_are_found_at_their_entry() {
    let rows = ledger(40);
    let mut numbers = Numbers(1);
    for _ in 0..1_000 {
        let mut spoilt = rows.clone();
        let at = numbers.below(rows.len());
        let row = &mut spoilt[at];
        let length = row.bytes.len();
        let place = numbers.below(length + 32 + 32);
        let flip = 1_u8 << numbers.below(8);
        let why = if place < length {
            row.bytes[place] ^= flip;
            Why::Bytes
        } else if place < length + 32 {
            row.hash[place - length] ^= flip;
            Why::Bytes
        } else {
            row.prev_hash[place - length - 32] ^= flip;
            Why::Previous
        };
        let index = at as u64 + 1;
        assert_eq!(verify(spoilt, &[]), Err(Break { index, why }), "byte {place}");
    }
}

#[test]
fn a_hundred_truncations_are_found_against_the_published_head() {
    let rows = ledger(100);
    let published = head(&rows);
    for length in 0..100 {
        let cut = rows[..length].to_vec();
        assert!(verify(cut.clone(), &[]).is_ok(), "a shorter ledger is whole by itself");
        let index = length as u64 + 1;
        assert_eq!(verify(cut, &[published]), Err(Break { index, why: Why::Missing }));
    }
}

#[test]
fn a_ledger_written_anew_contradicts_what_was_published() {
    let rows = ledger(10);
    let published = head(&rows[..7]);
    for changed in 1..=7 {
        let mut prev_hash = GENESIS;
        let mut forged = rows.clone();
        for row in &mut forged {
            if row.seq == changed {
                let forgery = entry(changed, "R0000FAKE", Body::Declined);
                row.bytes = entry_bytes(&forgery);
                row.beside.case = forgery.case;
                row.beside.kind = forgery.body.kind().to_owned();
            }
            row.prev_hash = prev_hash;
            row.hash = chain(&prev_hash, &row.bytes);
            prev_hash = row.hash;
        }
        assert!(verify(forged.clone(), &[]).is_ok());
        let found = verify(forged, &[published]);
        assert_eq!(found, Err(Break { index: 7, why: Why::Published }));
    }
}

#[test]
fn an_entry_listed_under_another_case_time_or_kind_is_found() {
    let rows = ledger(30);
    let changes: [fn(&mut Beside); 6] = [
        |beside| beside.case = "R0000FAKE".to_owned(),
        |beside| beside.case.truncate(8),
        |beside| beside.at_us += 1,
        |beside| beside.at_us /= 10,
        |beside| beside.kind = "settled".to_owned(),
        |beside| beside.kind.clear(),
    ];
    for at in 0..rows.len() {
        for change in changes {
            let mut spoilt = rows.clone();
            change(&mut spoilt[at].beside);
            let index = at as u64 + 1;
            assert_eq!(verify(spoilt, &[]), Err(Break { index, why: Why::Beside }));
        }
    }
    // A text within an entry does not pass for what it says.
    let mut one = ledger(1);
    let joint = Some("\",\"case\":\"R2\",\"kind\":\"paid\",".to_owned());
    one[0].bytes = entry_bytes(&entry(1, "R7K3M9QXD", Body::Received { joint }));
    one[0].hash = chain(&GENESIS, &one[0].bytes);
    assert!(verify(one.clone(), &[]).is_ok());
    one[0].beside.case = "R2".to_owned();
    assert_eq!(verify(one, &[]), Err(Break { index: 1, why: Why::Beside }));
}

#[test]
fn an_empty_ledger_that_was_published_has_the_hash_of_nothing() {
    let published = [Head { count: 0, hash: [1; 32] }];
    let found = verify(ledger(3), &published);
    assert_eq!(found, Err(Break { index: 0, why: Why::Published }));
}

proptest! {
    #[test]
    fn removing_doubling_or_swapping_entries_is_found(at in 0_usize..19, other in 0_usize..20) {
        let rows = ledger(20);
        let mut removed = rows.clone();
        removed.remove(at);
        prop_assert_eq!(verify(removed, &[]).unwrap_err().index, at as u64 + 1);
        let mut doubled = rows.clone();
        doubled.insert(at, rows[at].clone());
        prop_assert_eq!(verify(doubled, &[]).unwrap_err().index, at as u64 + 2);
        let mut swapped = rows;
        swapped.swap(at, other);
        let found = verify(swapped, &[]).err().map(|found| found.index);
        prop_assert_eq!(found, (at != other).then_some(at.min(other) as u64 + 1));
    }

    #[test]
    fn renumbering_what_is_left_does_not_hide_a_removal(at in 0_usize..19) {
        let mut rows = ledger(20);
        rows.remove(at);
        for (seq, row) in (1..).zip(&mut rows) {
            row.seq = seq;
        }
        let found = verify(rows, &[]);
        prop_assert_eq!(found, Err(Break { index: at as u64 + 1, why: Why::Previous }));
    }
}

#[rstest]
#[case(Why::Sequence(9), "第 7 条的编号为 9，有条目缺失或被添加。")]
#[case(Why::Previous, "第 7 条与前一条不衔接。")]
#[case(Why::Bytes, "第 7 条内容与其摘要不符。")]
#[case(Why::Beside, "第 7 条所列案件、时间或类别与其内容不符。")]
#[case(Why::Published, "第 7 条与已公布的摘要不符。")]
#[case(Why::Missing, "第 7 条曾经公布，现已缺失。")]
fn a_break_is_a_sentence(#[case] why: Why, #[case] zh: &str) {
    let found = Break { index: 7, why };
    assert_eq!(found.text().get(Lang::Zh), zh);
    assert!(found.text().get(Lang::En).starts_with("Entry 7 "));
    assert!(found.to_string().starts_with("entry 7: "));
}

fn history(lines: &[(&str, Body)]) -> Vec<Entry> {
    (1..).zip(lines).map(|(seq, (case, body))| entry(seq, case, body.clone())).collect()
}

fn received() -> Body {
    Body::Received { joint: None }
}

fn link(to: &str) -> Body {
    Body::Linked { to: to.to_owned() }
}

fn not_eligible(reason: CriterionKey) -> Body {
    Body::Eligibility { outcome: Outcome::NotEligible, reasons: vec![reason] }
}

fn winner(entries: &[Entry], case: &str) -> Option<String> {
    first_effective(&candidates(entries, case)).map(|first| first.report)
}

#[test]
fn the_ledger_says_who_was_first_from_any_of_the_linked_cases() {
    let entries = history(&[
        ("R3", received()),
        ("R1", received()),
        ("R2", received()),
        ("R9", received()),
        ("R1", link("R2")),
        ("R3", link("R1")),
    ]);
    for case in ["R1", "R2", "R3"] {
        assert_eq!(candidates(&entries, case).len(), 3);
        assert_eq!(winner(&entries, case).as_deref(), Some("R3"));
    }
    assert_eq!(winner(&entries, "R9").as_deref(), Some("R9"));
    assert_eq!(winner(&entries, "R0"), None);
}

#[test]
fn a_report_that_is_not_valid_gives_way_until_that_is_taken_back() {
    let mut lines = vec![("R1", received()), ("R2", received()), ("R2", link("R1"))];
    lines.push(("R1", not_eligible(CriterionKey::Founded)));
    assert_eq!(winner(&history(&lines), "R1").as_deref(), Some("R2"));
    lines.push(("R1", Body::Eligibility { outcome: Outcome::Undecided, reasons: Vec::new() }));
    assert_eq!(winner(&history(&lines), "R1").as_deref(), Some("R1"));
}

#[test]
fn an_excluded_reporter_was_first_all_the_same() {
    let lines = [
        ("R1", received()),
        ("R2", received()),
        ("R2", link("R1")),
        ("R1", not_eligible(CriterionKey::Staff)),
    ];
    assert_eq!(winner(&history(&lines), "R2").as_deref(), Some("R1"));
}

#[test]
fn an_unlinked_report_stands_alone_and_a_ring_of_links_is_one_problem() {
    let mut lines = vec![("R1", received()), ("R2", received()), ("R2", link("R1"))];
    lines.push(("R2", Body::Unlinked));
    assert_eq!(winner(&history(&lines), "R2").as_deref(), Some("R2"));
    lines.extend([("R2", link("R1")), ("R1", link("R2"))]);
    for case in ["R1", "R2"] {
        assert_eq!(candidates(&history(&lines), case).len(), 2);
    }
}
