//! Recorded replies of the national feeds, served from this machine to the real pollers.

use std::path::Path;

use contract::{
    paths,
    public::{AirSummary, Feeds, Section, Series, StationNow, StationNowBrief},
};
use domain::{Item, Provenance, Text, air::IndexStandard, freshness::Freshness};
use serde_json::{Map, Value};
use server::profile::{Profile, StationProfile};

use crate::support::*;

/// The feed's rows for a city and hour, from the recorded table.
fn air_rows(file: &Path, city: &str, hour: &str) -> Vec<Map<String, Value>> {
    let mut table = csv::Reader::from_path(file).unwrap();
    let names = table.headers().unwrap().clone();
    let rows = table.records().map(Result::unwrap).map(|record| {
        names.iter().map(str::to_owned).zip(record.iter().map(Value::from)).collect::<Map<_, _>>()
    });
    rows.filter(|row| row["area"] == city && row["timepoint"] == hour).collect()
}

/// The profile with every station of the feed's rows.
fn with_stations(rows: &[Map<String, Value>]) -> Profile {
    let mut profile = Profile::demonstration().unwrap();
    let pattern = profile.station(STATION).unwrap().clone();
    for row in rows {
        let code = row["stationcode"].as_str().unwrap().to_owned();
        if profile.station(&code).is_none() {
            // Published names carry notes in brackets.
            let published = row["positionname"].as_str().unwrap();
            let name = published.split(['(', '（']).next().unwrap();
            let name = Text::new(name, name);
            profile.stations.push(StationProfile { code, name, ..pattern.clone() });
        }
    }
    profile
}

fn published_aqi(row: &Map<String, Value>) -> Option<u16> {
    row["aqi"].as_str()?.parse().ok()
}

fn indexed(summary: &AirSummary, row: &Map<String, Value>) -> bool {
    let of_row = |brief: &&StationNowBrief| row["stationcode"] == brief.station.code.as_str();
    summary.stations.iter().find(of_row).is_some_and(|brief| brief.index.is_some())
}

#[tokio::test]
async fn the_citys_national_stations_appear_with_the_index_their_authority_published() {
    let test = "the_citys_national_stations_appear_with_the_index_their_authority_published";
    let Some(data) = recorded_data(test) else { return };
    let rows = air_rows(&data.join("cnemc_2019-07-18.csv"), "重庆市", "2019-07-18T16:00:00");
    let publisher = Publisher::of(serde_json::to_vec(&rows).unwrap()).await;
    let portal = Portal::of(with_stations(&rows), "2019-07-18T16:20:00+08:00", |config| {
        let air = &mut config.ingest.cnemc_air;
        air.enabled = true;
        air.url = publisher.url("/CityData/GetAQIDataPublishLive");
        air.city = "重庆市".to_owned();
        air.contact = "mailto:ops@example.gov.cn".to_owned();
    })
    .await;
    // Stations are stored one after the other; the story is about the whole hour.
    let summary: AirSummary = until("the feed's hour", async || {
        let summary: AirSummary = portal.read(paths::AIR_SUMMARY).await;
        rows.iter()
            .filter(|row| published_aqi(row).is_some())
            .all(|row| indexed(&summary, row))
            .then_some(summary)
    })
    .await;
    assert!(!summary.meta.simulated);
    let mut published = 0;
    for row in &rows {
        let code = row["stationcode"].as_str().unwrap();
        let brief = summary.stations.iter().find(|brief| brief.station.code == code).expect(code);
        let page = portal.get(&format!("air/{code}?lang=zh-CN")).await;
        assert!(page.text().contains(&brief.station.name.zh), "{code}");
        let Some(aqi) = published_aqi(row) else {
            // The feed lists the station, and it is silent.
            assert!(brief.figures.iter().all(|figure| figure.item != Item::PublishedAqi), "{code}");
            continue;
        };
        let index = brief.index.as_ref().expect(code);
        assert_eq!(index.standard, IndexStandard::Hj633_2012, "the edition of 2019");
        assert_eq!(index.period.start, at("2019-07-18T15:00:00+08:00"), "labelled by its end");
        assert_eq!((index.value, index.published), (Some(aqi), Some(aqi)), "{code}");
        assert!(brief.figures.iter().all(|figure| figure.provenance == Provenance::Imported));
        assert!(page.text().contains("转载") && page.text().contains(&format!("{aqi} ")), "{code}");
        // Months before the first hour are read too, and hide nothing.
        let two_months = "?item=aqi&step=hour&from=2019-05-20";
        let series: Series = portal.read(&format!("{}{two_months}", paths::series(code))).await;
        assert_eq!(series.provenance, Provenance::Imported, "{code}");
        published += 1;
    }
    println!("{published} of {} stations with the index as published", rows.len());
    assert!(published >= 14, "only {published} of {}", rows.len());

    let feed = until("the feed's success", async || {
        let feeds: Feeds = portal.read(paths::FEEDS).await;
        feeds.feeds.into_iter().find(|feed| feed.key == "cnemc-air" && feed.last_success.is_some())
    })
    .await;
    assert_eq!((feed.freshness, feed.last_error), (Freshness::Fresh, None));
}

#[tokio::test]
async fn the_national_section_appears_with_its_class_and_its_raw_values() {
    let test = "the_national_section_appears_with_its_class_and_its_raw_values";
    let Some(data) = recorded_data(test) else { return };
    let reply = std::fs::read(data.join("water_raw/getRealDatas_2020-05-08.json")).unwrap();
    let publisher = Publisher::of(reply).await;
    let portal = Portal::at_time("2020-05-08T17:00:00+08:00", |config| {
        let water = &mut config.ingest.surface_water;
        water.enabled = true;
        water.url = publisher.url("/GJZ/Ajax/Publish.ashx");
        water.area = "500000".to_owned();
        water.contact = "mailto:ops@example.gov.cn".to_owned();
    })
    .await;
    let section: Section = until("the section's sample", async || {
        let section: Section = portal.read(&paths::section(RIVER_SECTION)).await;
        section.now.water.is_some().then_some(section)
    })
    .await;
    assert_eq!(section.now.station.name.zh, "和尚山");
    let water = section.now.water.unwrap();
    assert_eq!(water.class.map(|class| class.glyph()), Some("Ⅱ"));
    assert_eq!((water.published, water.meets_target), (water.class, Some(true)));
    assert!(water.automatic && !water.simulated);
    assert_eq!(water.period.start, at("2020-05-08T15:00:00+08:00"));
    assert!(section.now.figures.iter().all(|figure| figure.provenance == Provenance::Imported));
    let page = portal.get("water?lang=zh-CN").await;
    assert!(page.text().contains("和尚山") && page.text().contains('Ⅱ'));
    let months = section.months.iter().filter(|month| month.class.is_some()).count();
    assert_eq!(months, 1);
}

#[tokio::test]
async fn a_reply_that_is_a_web_page_leaves_the_last_good_data_and_says_why() {
    let portal = {
        let publisher = Publisher::of(b"<html>captcha</html>".to_vec()).await;
        Portal::with(|config| {
            let air = &mut config.ingest.cnemc_air;
            air.enabled = true;
            air.url = publisher.url("/");
            air.city = "重庆市".to_owned();
            air.contact = "mailto:ops@example.gov.cn".to_owned();
        })
        .await
    };
    portal.push_good(hour_of(STATION, &CLEAN, "2026-11-23T13:00:00+08:00")).await;
    let feed = until("the feed's failure", async || {
        let feeds: Feeds = portal.read(paths::FEEDS).await;
        feeds.feeds.into_iter().find(|feed| feed.key == "cnemc-air" && feed.last_error.is_some())
    })
    .await;
    let why = feed.last_error.unwrap();
    assert!(!why.zh.is_empty() && !why.en.is_empty() && !why.en.contains('<'), "{why:?}");
    assert_eq!((feed.last_success, feed.accepted), (None, 0));
    let now: StationNow = portal.read(&paths::latest(STATION)).await;
    assert_eq!(now.figures.len(), CLEAN.len());
}
