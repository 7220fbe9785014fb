//! Late data, corrections and repetitions.

use contract::{
    paths,
    public::{AirSummary, Days, Series, StationNow},
};
use domain::{Item, Quantity};
use serde_json::Value;
use store::Why;

use crate::support::*;

const YESTERDAY: &str = "2026-11-22";

async fn daily_value(portal: &Portal) -> Option<u16> {
    let now: StationNow = portal.read(&paths::latest(STATION)).await;
    now.daily.and_then(|daily| daily.value)
}

/// The index of yesterday in the calendar of the year.
async fn in_calendar(portal: &Portal) -> Option<u16> {
    let days: Days = portal.read(&format!("{}?year=2026", paths::days(STATION))).await;
    let start_s = at("2026-11-22T00:00:00+08:00").as_second();
    days.days.iter().find(|day| day.start_s == start_s).and_then(|day| day.value)
}

/// Yesterday in the history of the index.
async fn in_series(portal: &Portal, item: &str) -> Option<Quantity> {
    let path =
        format!("{}?item={item}&step=day&from={YESTERDAY}&to={YESTERDAY}", paths::series(STATION));
    let series: Series = portal.read(&path).await;
    assert_eq!(series.start_s.len(), 1);
    series.value[0]
}

async fn seen_everywhere(portal: &Portal, expected: Option<u16>) {
    assert_eq!(daily_value(portal).await, expected);
    assert_eq!(in_calendar(portal).await, expected);
    let quantity = expected.map(|value| Quantity::from_integer(i32::from(value)));
    assert_eq!(in_series(portal, "aqi").await, quantity);
}

#[tokio::test]
async fn late_hours_complete_the_day_and_its_index() {
    let portal = Portal::start().await;
    portal.push_good(day_of_hours(STATION, &CLEAN, YESTERDAY, 0..19)).await;
    // Nineteen hours are no day (GB 3095: at least twenty).
    seen_everywhere(&portal, None).await;
    assert_eq!(in_series(&portal, "pm2_5").await, None);
    let before: AirSummary = portal.read(paths::AIR_SUMMARY).await;

    portal.push_good(day_of_hours(STATION, &CLEAN, YESTERDAY, 19..24)).await;
    let index = daily_value(&portal).await;
    assert!(index.is_some());
    seen_everywhere(&portal, index).await;
    assert_eq!(in_series(&portal, "pm2_5").await, Some(quantity("20")));
    let after: AirSummary = portal.read(paths::AIR_SUMMARY).await;
    assert_eq!(after.year.without + 1, before.year.without);
    assert_eq!(after.year.good, before.year.good + 1);
}

#[tokio::test]
async fn a_correction_changes_the_day_and_its_index_and_leaves_a_trace() {
    let portal = Portal::start().await;
    portal.push_good(day_of_hours(STATION, &CLEAN, YESTERDAY, 0..24)).await;
    let clean = daily_value(&portal).await.unwrap();
    let outcome = portal.push(day_of_hours(STATION, &[("pm2_5", 200.0)], YESTERDAY, 6..18)).await;
    assert_eq!((outcome.stored, outcome.duplicate, outcome.revised), (0, 0, 12));

    let dirty = daily_value(&portal).await.unwrap();
    assert!(dirty > 100 && clean <= 50, "{clean} then {dirty}");
    seen_everywhere(&portal, Some(dirty)).await;
    assert_eq!(in_series(&portal, "pm2_5").await, Some(quantity("110")));

    let (from, to) = (at("2026-11-22T00:00:00+08:00"), at("2026-11-23T00:00:00+08:00"));
    let trace = portal.store().corrections(STATION, from, to, 100).await.unwrap();
    assert_eq!(trace.len(), 12);
    for line in trace {
        assert_eq!((line.series.item, line.why, line.rows), (Item::Pm25, Why::Revised, 1));
        assert_eq!((line.old, line.new), (Some(quantity("20")), Some(quantity("200"))));
    }
}

#[tokio::test]
async fn a_sealed_month_is_corrected_too() {
    let portal = Portal::start().await;
    portal.push_good(day_of_hours(STATION, &CLEAN, "2026-09-10", 0..24)).await;
    assert_eq!(portal.store().size().await.unwrap().hot_rows, 0, "two months ago is sealed");
    let hour = "2026-09-10T08:00:00+08:00";
    let outcome = portal.push(vec![row(STATION, "pm2_5", 140.0, hour)]).await;
    assert_eq!((outcome.stored, outcome.revised), (0, 1));
    let path =
        format!("{}?item=pm2_5&step=day&from=2026-09-10&to=2026-09-10", paths::series(STATION));
    let series: Series = portal.read(&path).await;
    assert_eq!(series.value, [Some(quantity("25"))]);
    let trace = portal.store().corrections(STATION, at(hour), portal.now(), 100).await.unwrap();
    assert_eq!((trace.len(), trace[0].sealed, trace[0].old), (1, true, Some(quantity("20"))));
}

#[tokio::test]
async fn the_same_again_changes_nothing() {
    let portal = Portal::start().await;
    let rows = hour_of(STATION, &CLEAN, "2026-11-23T13:00:00+08:00");
    portal.push_good(rows.clone()).await;
    let mut device = portal.device().await;
    let frame = hour(AIR, "20261123130000", &[("a34004", "35.1")]);
    device.report(&frame).await;
    let before: StationNow = portal.read(&paths::latest(STATION)).await;
    let events = portal.store().newest_event_id().await.unwrap();

    let outcome = portal.push(rows).await;
    assert_eq!((outcome.stored, outcome.duplicate, outcome.revised), (0, CLEAN.len(), 0));
    // Acknowledged again, or the logger would never stop.
    device.report(&frame).await;
    assert_eq!(portal.store().newest_event_id().await.unwrap(), events);
    let after: StationNow = portal.read(&paths::latest(STATION)).await;
    let facts = |now: StationNow| serde_json::to_value((now.figures, now.hourly)).unwrap();
    assert_eq!(facts(after), facts(before));
    let all = (at("2020-01-01T00:00:00Z"), portal.now());
    assert!(portal.store().corrections(STATION, all.0, all.1, 100).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_value_taken_back_is_a_gap_and_no_index_is_made_of_it() {
    let portal = Portal::start().await;
    let start = "2026-11-23T13:00:00+08:00";
    portal.push_good(hour_of(STATION, &CLEAN, start)).await;
    let mut withdrawn = row(STATION, "o3", Value::Null, start);
    withdrawn["flag"] = "fault".into();
    assert_eq!(portal.push(vec![withdrawn]).await.revised, 1);
    let now: StationNow = portal.read(&paths::latest(STATION)).await;
    let figure = now.figures.iter().find(|figure| figure.item == Item::O3).unwrap();
    assert_eq!(figure.value, None);
    let index = now.hourly.unwrap();
    assert_eq!((index.value, index.missing), (None, vec![Item::O3]));
    let trace = portal.store().corrections(STATION, at(start), portal.now(), 100).await.unwrap();
    assert_eq!((trace[0].why, trace[0].old), (Why::Withdrawn, Some(quantity("60"))));
}
