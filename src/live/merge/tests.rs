//! A batch changes what it names and nothing else.

use contract::public::{AirIndex, AirSummary, DayCount, Meta, StationKind, StationStatus};
use domain::{
    Averaging, DeviceFlag, Item, Period, QcFlags, Quantity, Text, air::IndexStandard,
    freshness::Freshness,
};
use jiff::{Timestamp, civil::date};

use super::*;

fn at(hour: i64) -> Timestamp {
    Timestamp::from_second(1_795_392_000 + hour * 3_600).unwrap()
}

fn status() -> StationStatus {
    StationStatus {
        freshness: Freshness::Fresh,
        newest: Some(at(1)),
        received: Some(at(1)),
        expected_interval_s: 3_600,
        last_error: None,
        provenance: Provenance::Measured,
    }
}

fn station(code: &str) -> Station {
    Station {
        code: code.into(),
        kind: StationKind::Air,
        name: Text::new("站", "station"),
        place: None,
        authority: Text::default(),
        network: Text::default(),
        water: None,
        items: vec![Item::Pm25],
        status: status(),
    }
}

fn figure(item: Item, hour: i64, value: i32) -> Figure {
    Figure {
        item,
        value: Some(Quantity::from_integer(value)),
        unit: item.unit().into(),
        averaging: Averaging::Hour,
        period: Period::hour(at(hour)),
        flag: DeviceFlag::Normal,
        quality: QcFlags::NONE,
        provenance: Provenance::Measured,
        received: at(hour + 1),
        freshness: Freshness::Fresh,
    }
}

fn index(hour: i64, value: u16) -> AirIndex {
    AirIndex {
        standard: IndexStandard::Hj633_2026,
        averaging: Averaging::Hour,
        period: Period::hour(at(hour)),
        value: Some(value),
        band: None,
        primary: vec![],
        sub: vec![],
        missing: vec![],
        reason: None,
        published: None,
        simulated: false,
    }
}

fn meta() -> Meta {
    Meta {
        server_time: at(1),
        publisher: Text::default(),
        licence: Text::default(),
        simulated: false,
    }
}

fn summary() -> AirSummary {
    let brief = |code: &str, value| StationNowBrief {
        station: station(code),
        index: Some(index(0, value)),
        water: None,
        figures: vec![figure(Item::Pm25, 0, 30)],
    };
    AirSummary {
        meta: meta(),
        district: Some(index(0, 60)),
        stations: vec![brief("A", 70), brief("B", 50)],
        last_24h: vec![],
        year: DayCount {
            standard: IndexStandard::Hj633_2026,
            from: date(2026, 1, 1),
            to: date(2026, 11, 22),
            good: 0,
            by_level: vec![],
            without: 0,
            by_edition: vec![],
        },
    }
}

fn batch(code: &str, figures: Vec<Figure>, index: Option<AirIndex>) -> Batch {
    let change = StationChange {
        code: code.into(),
        figures,
        index,
        water: None,
        status: status(),
        earlier: None,
    };
    Batch { server_time: at(2), stations: vec![change] }
}

#[test]
fn a_dirtier_station_moves_to_the_top() {
    let mut air = summary();
    assert!(merge_air(&mut air, &batch("B", vec![figure(Item::Pm25, 1, 90)], Some(index(1, 120)))));
    assert_eq!(air.stations[0].station.code, "B");
    assert_eq!(air.stations[0].figures[0].value, Some(Quantity::from_integer(90)));
}

#[test]
fn a_batch_about_others_changes_nothing() {
    let mut air = summary();
    let before = air.clone();
    assert!(!merge_air(&mut air, &batch("Z", vec![figure(Item::Pm25, 1, 90)], None)));
    assert_eq!(air, before);
}

#[test]
fn the_same_batch_again_changes_nothing() {
    let (mut air, again) = (summary(), batch("B", vec![figure(Item::Pm25, 1, 90)], None));
    assert!(merge_air(&mut air, &again));
    assert!(!merge_air(&mut air, &again));
}

#[test]
fn an_older_figure_does_not_replace_a_newer_one() {
    let mut air = summary();
    assert!(!merge_air(&mut air, &batch("A", vec![figure(Item::Pm25, -1, 5)], None)));
}

#[test]
fn a_list_takes_in_no_series_it_does_not_show_but_the_stations_page_does() {
    let news = batch("A", vec![figure(Item::O3, 1, 90)], None);
    assert!(!merge_air(&mut summary(), &news));
    let mut now = StationNow {
        meta: meta(),
        station: station("A"),
        figures: vec![figure(Item::Pm25, 0, 30)],
        hourly: None,
        daily: None,
        water: None,
    };
    assert!(merge_station(&mut now, &news));
    assert_eq!(now.figures.len(), 2);
}

#[test]
fn the_district_is_behind_when_a_station_has_a_newer_hour() {
    let mut air = summary();
    assert!(!district_is_behind(&air));
    merge_air(&mut air, &batch("A", vec![], Some(index(1, 70))));
    assert!(district_is_behind(&air));
}

#[test]
fn a_reader_who_chose_another_ruler_keeps_its_index() {
    let mut air = summary();
    if let Some(index) = &mut air.stations[0].index {
        index.standard = IndexStandard::Epa2024;
    }
    assert!(!merge_air(&mut air, &batch("A", vec![], Some(index(1, 120)))));
}
