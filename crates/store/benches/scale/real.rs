//! Four years of hours of twelve stations in Beijing: real noise decides compressed sizes.

use std::{fs::File, path::Path, time::Instant};

use domain::{
    Averaging, DeviceFlag, Item, Period, Provenance, QcFlags, Quantity, Reading, period::BEIJING,
};
use flate2::read::GzDecoder;
use store::{Derived, NewDelivery, Options, StationRow, Store};

use crate::{air::NOW, table::Table};

/// Columns of the file, and what a unit of each is in ours (CO comes in µg/m³).
const COLUMNS: [(&str, Item, i64); 9] = [
    ("PM2.5", Item::Pm25, 1),
    ("PM10", Item::Pm10, 1),
    ("SO2", Item::So2, 1),
    ("NO2", Item::No2, 1),
    ("CO", Item::Co, 1_000),
    ("O3", Item::O3, 1),
    ("TEMP", Item::Temperature, 1),
    ("PRES", Item::Pressure, 10),
    ("WSPM", Item::WindSpeed, 1),
];

pub(crate) async fn measure(folder: &Path, table: &mut Table) {
    let Ok(data) = std::env::var("BILAN_TEST_DATA") else {
        println!("SKIPPED bytes per observation on real series: BILAN_TEST_DATA is not set");
        return;
    };
    let file = File::open(Path::new(&data).join("prsa.csv.gz")).unwrap();
    let readings = read(GzDecoder::new(file));
    let store = Store::open(Options::at(folder.join("real.sqlite"))).await.unwrap();
    store.sync_stations(stations(&readings)).await.unwrap();
    let (count, started) = (readings.len(), Instant::now());
    let mut readings = readings.into_iter().peekable();
    while readings.peek().is_some() {
        let delivery = NewDelivery {
            feed: "csv".to_owned(),
            source: "csv:uci-501".to_owned(),
            provenance: Provenance::Imported,
            received: NOW,
            raw: Vec::new(),
            readings: readings.by_ref().take(50_000).collect(),
        };
        store.record(vec![delivery], NOW, |_, _| Ok(Derived::default())).await.unwrap();
    }
    let rate = count as f64 / started.elapsed().as_secs_f64();
    let size = store.size().await.unwrap();
    assert_eq!(size.sealed_rows as usize, count);
    table.line("real series: import", format!("{rate:.0} obs/s"), "");
    let rows = size.sealed_rows as f64;
    let (packed, file) = (size.packed_bytes as f64 / rows, size.file_bytes as f64 / rows);
    table.line(
        "real series: disk per sealed observation",
        format!("{packed:.2} bytes"),
        "reported",
    );
    table.line("… with keys and pages", format!("{file:.2} bytes"), "reported");
    store.close().await.unwrap();
}

fn stations(readings: &[Reading]) -> Vec<StationRow> {
    let codes: std::collections::BTreeSet<_> = readings.iter().map(|r| &r.station).collect();
    let row = |code: &String| StationRow {
        code: code.clone(),
        kind: "air".to_owned(),
        body: "{}".to_owned(),
    };
    codes.into_iter().map(row).collect()
}

fn read(text: impl std::io::Read) -> Vec<Reading> {
    let mut file = csv::Reader::from_reader(text);
    let heads = file.headers().unwrap().clone();
    let column = |name: &str| heads.iter().position(|head| head == name).unwrap();
    let date = ["year", "month", "day", "hour"].map(column);
    let station = column("station");
    let items = COLUMNS.map(|(name, item, divisor)| (column(name), item, divisor));
    let mut readings = Vec::new();
    for row in file.records() {
        let row = row.unwrap();
        let [year, month, day, hour] = date.map(|place| row[place].parse::<i16>().unwrap());
        let small = |number: i16| i8::try_from(number).unwrap();
        let local = jiff::civil::date(year, small(month), small(day)).at(small(hour), 0, 0, 0);
        let period = Period::hour(BEIJING.to_timestamp(local).unwrap());
        for (place, item, divisor) in items {
            let value: Option<Quantity> = row[place].parse().ok();
            let flag = if value.is_some() { DeviceFlag::NotStated } else { DeviceFlag::Missing };
            readings.push(Reading {
                station: row[station].to_owned(),
                item,
                averaging: Averaging::Hour,
                period,
                value: value.and_then(|value| value.scale(1, divisor)),
                flag,
                quality: QcFlags::NONE,
                provenance: Provenance::Imported,
            });
        }
    }
    readings
}
