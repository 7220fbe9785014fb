use domain::{ledger::Head, rectification::*};

use crate::support::*;

fn book() -> Book {
    let mut book = Book::shown("A-1");
    book.add("B-2", "2026-03-24", &officer(1, None), found());
    book.add("A-1", "2026-03-30", &Actor::Public, objected(1));
    book.add("B-2", "2026-04-01", &officer(1, None), assigned("2026-09-30"));
    book.add("A-1", "2026-04-07", &officer(5, None), answered(1, false));
    book.add("A-1", "2026-04-08", &officer(5, None), Body::Closed);
    book
}

/// The change, applied to a copy of the rows.
fn after(rows: &[Kept], change: impl FnOnce(&mut Vec<Kept>)) -> Fault {
    let mut rows = rows.to_vec();
    change(&mut rows);
    audit(&rows, &[]).unwrap_err()
}

#[test]
fn a_ledger_that_nobody_touched_holds() {
    let book = book();
    let held = audit(&book.kept, &[]).unwrap();
    assert_eq!(held.head, Head { count: 14, hash: book.head() });
    assert_eq!(held.cases, book.cases);
}

/// What is done to a row behind the ledger's back.
type Change = fn(&mut Kept);

#[test]
fn altering_any_row_is_found_at_that_row() {
    let book = book();
    for at in 0..book.kept.len() {
        let number = at as u64 + 1;
        let changes: [(&str, Change); 11] = [
            ("text", |row| row.bytes = row.bytes.replacen("20", "19", 1)),
            ("item", |row| row.item = "C-3".to_owned()),
            ("seq", |row| row.seq += 1),
            ("at", |row| row.at_us += 1),
            ("on", |row| row.on = "2020-01-01".to_owned()),
            ("kind", |row| row.kind = "closing".to_owned()),
            ("salt", |row| row.salt = Some([255; 16])),
            ("hash", |row| row.hash[0] ^= 1),
            ("prev", |row| row.prev_hash[31] ^= 1),
            ("event", |row| row.event = None),
            ("staff", |row| row.staff = Some(77)),
        ];
        for (what, change) in changes {
            let fault = after(&book.kept, |rows| change(&mut rows[at]));
            assert_eq!(fault.number, number, "{what} of event {number}: {fault}");
        }
    }
}

#[test]
fn removing_adding_or_moving_a_row_is_found() {
    let book = book();
    let last = book.kept.len();
    for at in 0..last - 1 {
        let number = at as u64 + 1;
        assert_eq!(after(&book.kept, |rows| drop(rows.remove(at))).number, number);
        assert_eq!(after(&book.kept, |rows| rows.swap(at, at + 1)).number, number);
        let twice = after(&book.kept, |rows| rows.insert(at, rows[at].clone()));
        assert_eq!(twice.number, number + 1);
    }
    // An end that was cut off is found by a head that was published before.
    let head = audit(&book.kept, &[]).unwrap().head;
    let cut = audit(&book.kept[..last - 1], &[head]).unwrap_err();
    assert_eq!(cut.number, last as u64);
}

#[test]
fn a_rewritten_chain_is_found_by_a_head_that_was_published() {
    let book = book();
    let early = Head { count: 9, hash: book.kept[8].hash };
    let mut forged = Book::default();
    for row in &book.kept {
        let mut event = row.event.clone().unwrap();
        if let Body::Found { facts } = &mut event.body {
            facts.text.push('！');
        }
        forged.kept.push(kept(event, row.staff, row.salt, forged.head()));
    }
    assert!(audit(&forged.kept, &[]).is_ok(), "by itself it looks whole");
    assert_eq!(audit(&forged.kept, &[early]).unwrap_err().number, 9);
}

#[test]
fn a_chain_of_events_that_could_not_have_happened_is_found() {
    let mut book = Book::default();
    book.add("A-1", "2026-01-05", &officer(1, None), found());
    let first = book.kept[0].event.clone().unwrap();
    let forged = Event { number: 2, seq: 2, body: Body::Closed, ..first };
    let row = kept(forged, book.kept[0].staff, book.kept[0].salt, book.head());
    book.kept.push(row);
    let fault = audit(&book.kept, &[]).unwrap_err();
    assert!(matches!(fault.why, FaultKind::Rule(Refusal::State(_))), "{fault}");
    assert_eq!((fault.number, fault.item.as_deref()), (2, Some("A-1")));
}

#[test]
fn an_event_is_one_json_text_that_serde_reads_back() {
    for row in book().kept {
        let read: Event = serde_json::from_str(&row.bytes).unwrap();
        assert_eq!(Some(&read), row.event.as_ref());
        let value: serde_json::Value = serde_json::from_str(&row.bytes).unwrap();
        // serde_json keeps its maps sorted: the canonical text of ASCII keys.
        assert_eq!(value.to_string(), row.bytes);
        assert!(!row.bytes.contains("staff"), "no account in what is published");
    }
}

#[test]
fn two_events_of_one_person_cannot_be_joined_by_what_is_published() {
    let rows = book().kept;
    let of_first: Vec<_> = rows.iter().filter(|row| row.staff == Some(1)).collect();
    let who: std::collections::BTreeSet<_> =
        of_first.iter().map(|row| row.event.as_ref().unwrap().who.clone().unwrap()).collect();
    assert_eq!(who.len(), of_first.len());
}
