//! The factor table against the standard's own.

use domain::Item;
use ingest::hj212_tcp::factors;

#[test]
fn codes_and_forerunners_are_those_of_annex_b() {
    let table = include_str!("../fixtures/hj212_codes.csv");
    let mut found = 0;
    for line in table.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let (code, name, old) = (cells[1], cells[2], cells[3]);
        let Some(item) = factors::item(code) else { continue };
        found += 1;
        if !old.is_empty() {
            assert_eq!(factors::item(old), Some(item), "{code} {name} was {old} in 2005");
        }
        let ours = item.name(domain::Lang::Zh);
        let alike = [name, name.trim_start_matches('总')]
            .iter()
            .any(|theirs| ours.contains(theirs) || theirs.contains(ours.trim_end_matches(" 值")));
        let known_otherwise = matches!(
            item,
            Item::Pm25
                | Item::Tsp
                | Item::Ph
                | Item::Temperature
                | Item::Humidity
                | Item::Pressure
                | Item::Chromium6
        );
        assert!(alike || known_otherwise, "{code} is {name} in annex B, {ours} here");
    }
    assert_eq!(found, 43, "codes of annex B that the portal uses");
}

#[test]
fn every_item_an_instrument_sends_goes_both_ways() {
    for item in Item::ALL {
        if let Some(code) = factors::code(*item) {
            assert_eq!(factors::item(code), Some(*item));
        }
    }
    assert_eq!(factors::code(Item::PublishedAqi), None);
}
