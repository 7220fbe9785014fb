//! When there is an index, and by which ruler.

use contract::{
    paths,
    public::{AirSummary, StationNow},
};
use domain::{Item, air::IndexStandard};

use crate::support::*;

const HOUR: &str = "2026-11-23T13:00:00+08:00";

#[tokio::test]
async fn with_a_pollutant_missing_there_is_no_index_unless_another_exceeds_a_hundred() {
    let portal = Portal::start().await;
    let without_co = &CLEAN[..5];
    portal.push_good(hour_of(STATION, without_co, HOUR)).await;
    let clean: StationNow = portal.read(&paths::latest(STATION)).await;
    let index = clean.hourly.unwrap();
    assert_eq!((index.value, index.missing), (None, vec![Item::Co]));
    let reason = index.reason.unwrap();
    assert!(reason.zh.contains("5.3.1") && reason.en.contains("5.3.1"), "{reason:?}");
    assert!(index.sub.iter().any(|sub| sub.item == Item::Pm25 && sub.value.is_some()));

    let mut foul = without_co.to_vec();
    foul[0].1 = 180.0;
    foul[1].1 = 200.0;
    portal.push_good(hour_of("1422A", &foul, HOUR)).await;
    let foul: StationNow = portal.read(&paths::latest("1422A")).await;
    let index = foul.hourly.unwrap();
    assert!(index.value.unwrap() > 100);
    assert_eq!((index.primary, index.missing), (vec![Item::Pm25], vec![Item::Co]));
}

#[tokio::test]
async fn a_reader_may_hold_the_same_air_against_another_ruler() {
    let portal = Portal::start().await;
    portal.push_good(hour_of(STATION, &CLEAN, HOUR)).await;
    for standard in IndexStandard::ALL {
        let path = format!("{}?edition={}", paths::latest(STATION), standard.key());
        let now: StationNow = portal.read(&path).await;
        assert_eq!(now.hourly.unwrap().standard, standard);
    }
    let answer = portal.get(&format!("{}?edition=hj633-2020", paths::latest(STATION))).await;
    assert_eq!(answer.json()["parameter"], "edition");
    assert_eq!(answer.json()["allowed"].as_array().unwrap().len(), IndexStandard::ALL.len());
}

#[tokio::test]
async fn the_districts_index_is_of_the_mean_over_its_stations_worst_first() {
    let portal = Portal::start().await;
    for (station, pm10) in [("1422A", 60.0), ("1424A", 180.0), ("3014A", 120.0)] {
        let mut values = CLEAN;
        values[1].1 = pm10;
        portal.push_good(hour_of(station, &values, HOUR)).await;
    }
    let summary: AirSummary = portal.read(paths::AIR_SUMMARY).await;
    let codes: Vec<_> = summary.stations.iter().map(|brief| brief.station.code.as_str()).collect();
    assert_eq!(codes, ["1424A", "3014A", "1422A"]);
    let district = summary.district.unwrap();
    let pm10 = district.sub.iter().find(|sub| sub.item == Item::Pm10).unwrap();
    assert_eq!(pm10.concentration, Some(quantity("120")));
    let point = summary.last_24h.last().unwrap();
    assert_eq!((point.start_s, point.value), (at(HOUR).as_second(), district.value));
}

#[tokio::test]
async fn an_old_value_is_shown_with_its_age_and_never_as_current() {
    let portal = Portal::start().await;
    portal.push_good(hour_of(STATION, &CLEAN, "2026-11-23T08:00:00+08:00")).await;
    portal.push_good(hour_of("1422A", &CLEAN, "2026-11-20T08:00:00+08:00")).await;
    for (station, freshness) in [(STATION, "stale"), ("1422A", "silent"), ("3014A", "never")] {
        let now: serde_json::Value = portal.read(&paths::station(station)).await;
        assert_eq!(now["station"]["status"]["freshness"], freshness, "{station}");
    }
}
