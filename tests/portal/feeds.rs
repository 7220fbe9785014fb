//! The national feeds: recorded replies, served on this machine, asked for by our pollers.

use std::{collections::HashMap, path::Path, time::Duration};

use serde_json::{Map, Value, json};
use server::profile::Profile;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

use crate::harness::{Portal, profile_folder, recorded};

/// Serves each path's body; returns the address.
async fn publisher(bodies: HashMap<&'static str, Vec<u8>>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = vec![0; 8_192];
            let length = stream.read(&mut request).await.unwrap_or(0);
            let text = String::from_utf8_lossy(&request[..length]).into_owned();
            let path = text.split(' ').nth(1).unwrap_or("/").split('?').next().unwrap_or("/").to_owned();
            let body = bodies.get(path.as_str());
            let status = if body.is_some() { "200 OK" } else { "404 Not Found" };
            let body = body.cloned().unwrap_or_default();
            let head = format!(
                "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                body.len()
            );
            let _ = stream.write_all(head.as_bytes()).await;
            let _ = stream.write_all(&body).await;
        }
    });
    address
}

/// The Chongqing rows of the recorded table's last hour as the feed sends them.
fn air_reply(data: &Path) -> (Vec<u8>, Vec<(String, String)>) {
    let mut table = csv::Reader::from_path(data.join("cnemc_2019-07-18.csv")).unwrap();
    let heads = table.headers().unwrap().clone();
    let names = [
        ("timepoint", "TimePoint"), ("stationcode", "StationCode"), ("area", "Area"),
        ("positionname", "PositionName"), ("lat", "Latitude"), ("lon", "Longitude"), ("aqi", "AQI"),
        ("primarypollutant", "PrimaryPollutant"), ("quality", "Quality"), ("pm10", "PM10"),
        ("pm10_24h", "PM10_24h"), ("pm2_5", "PM2_5"), ("pm2_5_24h", "PM2_5_24h"), ("o3", "O3"),
        ("o3_24h", "O3_24h"), ("o3_8h", "O3_8h"), ("o3_8h_24h", "O3_8h_24h"), ("no2", "NO2"),
        ("no2_24h", "NO2_24h"), ("so2", "SO2"), ("so2_24h", "SO2_24h"), ("co", "CO"), ("co_24h", "CO_24h"),
    ];
    let mut rows = Vec::new();
    let mut stations = Vec::new();
    for record in table.records() {
        let record = record.unwrap();
        let cell = |name: &str| {
            heads.iter().position(|head| head == name).and_then(|at| record.get(at)).unwrap_or("")
        };
        if cell("area") != "重庆市" || !cell("timepoint").contains("16:00") {
            continue;
        }
        let row: Map<String, Value> = names
            .iter()
            .map(|(column, key)| {
                let value = match *column {
                    "timepoint" => cell(column).replace(' ', "T"),
                    _ if cell(column).is_empty() => "—".to_owned(),
                    _ => cell(column).to_owned(),
                };
                ((*key).to_owned(), Value::from(value))
            })
            .collect();
        stations.push((cell("stationcode").to_owned(), cell("aqi").to_owned()));
        rows.push(Value::Object(row));
    }
    (Value::from(rows).to_string().into_bytes(), stations)
}

/// The district's profile with the city's other stations beside its own.
fn profile_with(stations: &[(String, String)]) -> Profile {
    let read = |name: &str| std::fs::read_to_string(profile_folder().join(name)).unwrap();
    let mut text = read("profile.toml");
    for (code, _) in stations {
        if !text.contains(&format!("code = \"{code}\"")) {
            text.push_str(&format!(
                "\n[[stations]]\ncode = \"{code}\"\nkind = \"air\"\nname = {{ zh = \"{code}\", en = \"{code}\" }}\n\
                 authority = {{ zh = \"\", en = \"\" }}\nnetwork = {{ zh = \"国控\", en = \"National\" }}\n\
                 items = [\"pm2_5\", \"pm10\", \"o3\", \"no2\", \"so2\", \"co\"]\nexpected_interval_s = 3600\n"
            ));
        }
    }
    Profile::parse(&text, &read("shapes.json")).unwrap()
}

#[tokio::test]
async fn recorded_national_replies_reach_the_api_through_the_pollers() {
    let Some(data) = recorded("recorded_national_replies_reach_the_api_through_the_pollers") else {
        return;
    };
    let (air, stations) = air_reply(&data);
    assert!(stations.len() >= 15, "{} Chongqing stations", stations.len());
    let water = std::fs::read(data.join("water_raw/getRealDatas_2020-05-08.json")).unwrap();
    let publisher = publisher(HashMap::from([("/air", air), ("/water", water)])).await;
    let portal = Portal::of(profile_with(&stations), |config| {
        let air = &mut config.ingest.cnemc_air;
        (air.enabled, air.url, air.city) = (true, format!("{publisher}/air"), "重庆市".into());
        air.contact = "mailto:ops@example.org".into();
        let water = &mut config.ingest.surface_water;
        (water.enabled, water.url, water.area) = (true, format!("{publisher}/water"), "500000".into());
        water.contact = "mailto:ops@example.org".into();
    })
    .await;
    let feeds = wait_for_feeds(&portal).await;
    println!("feeds: {feeds}");

    let section = portal.json("api/v1/water/sections/A500107_0001").await;
    assert_eq!(section["water"]["published"], "II");
    assert_eq!(section["water"]["class"], "II");
    assert_eq!(section["station"]["status"]["provenance"], "imported");
    let mut equal = 0;
    for (code, published) in stations.iter().filter(|(_, aqi)| !aqi.is_empty() && aqi != "—") {
        let latest = portal.json(&format!("api/v1/stations/{code}/latest")).await;
        assert_eq!(latest["hourly"]["published"].to_string(), *published, "{code}");
        assert_eq!(latest["hourly"]["value"].to_string(), *published, "{code}");
        assert_eq!(latest["hourly"]["standard"], "hj633-2012", "{code}");
        equal += 1;
    }
    println!("{equal} of {equal} published indices reproduced");
    assert!(equal >= 15);
    let page = portal.get("water/A500107_0001?lang=zh-CN").await.text();
    assert!(page.contains("Ⅱ"));
    portal.stop().await;
}

async fn wait_for_feeds(portal: &Portal) -> Value {
    for _ in 0..150 {
        let feeds = portal.json("api/v1/feeds").await;
        let accepted = |key: &str| {
            feeds["feeds"].as_array().unwrap().iter().any(|feed| feed["key"] == key && feed["accepted"] != json!(0))
        };
        if accepted("cnemc-air") && accepted("surface-water") {
            return feeds["feeds"].clone();
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the feeds brought nothing: {}", portal.json("api/v1/feeds").await);
}

#[tokio::test]
async fn a_feed_that_answers_with_a_web_page_says_so_and_harms_nothing() {
    let publisher = publisher(HashMap::from([("/air", b"<html>maintenance</html>".to_vec())])).await;
    let portal = Portal::with(|config| {
        let air = &mut config.ingest.cnemc_air;
        (air.enabled, air.url, air.city) = (true, format!("{publisher}/air"), "重庆市".into());
        air.contact = "mailto:ops@example.org".into();
    })
    .await;
    let mut error = Value::Null;
    for _ in 0..150 {
        let feeds = portal.json("api/v1/feeds").await;
        let feed = feeds["feeds"].as_array().unwrap().iter().find(|f| f["key"] == "cnemc-air").unwrap().clone();
        error = feed["last_error"].clone();
        if !error.is_null() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert!(error["zh"].is_string() && error["en"].is_string(), "{error}");
    assert!(!error.to_string().contains("127.0.0.1"), "no internals in {error}");
    portal.stop().await;
}
