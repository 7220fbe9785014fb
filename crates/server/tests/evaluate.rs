//! `bilan evaluate` as a user runs it: the built binary, recorded replies in, counts out.
#![expect(clippy::print_stdout, reason = "the counts are part of the evidence")]

use std::{
    collections::BTreeMap,
    fs,
    io::Write,
    path::PathBuf,
    process::{Command, Output, Stdio},
    thread,
};

type Row = BTreeMap<String, String>;

/// The folder of recorded data, or `None` after saying that `test` is skipped.
fn data(test: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("BILAN_TEST_DATA").map(PathBuf::from);
    if folder.is_none() {
        println!("SKIPPED {test}: BILAN_TEST_DATA is not set");
    }
    folder
}

fn bilan(arguments: &str, input: Vec<u8>) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_bilan"))
        .args(arguments.split(' '))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("bilan starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    let feeder = thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().expect("bilan ends");
    feeder.join().expect("the feeder ends").expect("the input is read");
    output
}

fn rows(table: &[u8]) -> Vec<Row> {
    let rows = csv::Reader::from_reader(table).into_deserialize();
    rows.map(|row| row.expect("row")).collect()
}

#[test]
fn the_published_index_of_every_station_hour_comes_out() {
    let name = "the_published_index_of_every_station_hour_comes_out";
    let Some(data) = data(name) else { return };
    let recorded = rows(&fs::read(data.join("cnemc_2019-07-18.csv")).expect("recorded data"));
    let mut table = csv::Writer::from_writer(Vec::new());
    let head = ["official", "named", "so2", "no2", "co", "o3", "o3_8h", "pm10", "pm2_5"];
    table.write_record(head).expect("in memory");
    for row in recorded.iter().filter(|row| !row["aqi"].is_empty()) {
        // The feed swaps its ozone fields: `o3_24h` is the hour, `o3` the day's maximum.
        let columns =
            ["aqi", "primarypollutant", "so2", "no2", "co", "o3_24h", "o3_8h_24h", "pm10", "pm2_5"];
        table.write_record(columns.map(|column| row[column].as_str())).expect("in memory");
    }
    let input = table.into_inner().expect("in memory");
    let output = bilan("evaluate air --edition hj633-2012 --averaging hourly", input);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let evaluated = rows(&output.stdout);
    let named = |row: &Row| {
        let names = row["primary"].split('+').map(|item| match item {
            "pm10" => "颗粒物(PM10)",
            "pm2_5" => "细颗粒物(PM2.5)",
            "o3" => "臭氧1小时",
            "no2" => "二氧化氮",
            "so2" => "二氧化硫",
            "co" => "一氧化碳",
            other => other,
        });
        names.collect::<Vec<_>>().join(",")
    };
    let equal = evaluated.iter().filter(|row| row["aqi"] == row["official"]).count();
    let primary = evaluated.iter().filter(|row| named(row) == row["named"]).count();
    println!(
        "bilan evaluate air: AQI equal in {equal}, primary pollutants in {primary} of {} \
         station-hours",
        evaluated.len()
    );
    assert_eq!((evaluated.len(), equal, primary), (7_080, 7_080, 7_080));
}

/// The number in a cell of the national water platform: 原始值 of its tooltip.
fn raw(html: &str) -> &str {
    html.split_once("原始值：")
        .and_then(|(_, rest)| rest.split_once('\''))
        .map_or("", |(value, _)| value)
}

#[test]
fn the_printed_class_of_the_national_reply_comes_out() {
    let Some(data) = data("the_printed_class_of_the_national_reply_comes_out") else { return };
    let path = data.join("water_raw/getRealDatas_2020-05-08.json");
    let reply: serde_json::Value =
        serde_json::from_slice(&fs::read(path).expect("recorded data")).expect("json");
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(["official", "pH", "do", "codmn", "nh3n", "tp"]).expect("in memory");
    let printed = |row: &serde_json::Value, column: usize| {
        row[column].as_str().unwrap_or_default().trim().to_owned()
    };
    for row in reply["tbody"].as_array().expect("rows") {
        if !printed(row, 4).is_empty() {
            let cells = [6, 7, 10, 11, 12].map(|column| raw(&printed(row, column)).to_owned());
            let record = [printed(row, 4)].into_iter().chain(cells);
            table.write_record(record).expect("in memory");
        }
    }
    let input = table.into_inner().expect("in memory");
    let [river, lake] = ["river", "lake"].map(|kind| {
        let output = bilan(&format!("evaluate water --kind {kind}"), input.clone());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        rows(&output.stdout)
    });
    // The reply does not say which sections are lakes; that one type fits a section throughout is
    // shown over its whole record in `domain`'s tests.
    // The platform writes U+2160–2164, the command Latin letters.
    let glyphs = [("Ⅰ", "I"), ("Ⅱ", "II"), ("Ⅲ", "III"), ("Ⅳ", "IV"), ("Ⅴ", "V")];
    let latin = |class: &str| {
        glyphs.iter().fold(class.to_owned(), |text, (glyph, plain)| text.replace(glyph, plain))
    };
    let is_equal = |row: &Row| row["class"] == latin(&row["official"]);
    let as_rivers = river.iter().filter(|row| is_equal(row)).count();
    let fitting = river.iter().zip(&lake).filter(|(r, l)| is_equal(r) || is_equal(l)).count();
    println!(
        "bilan evaluate water: class equal in {fitting} of {} rows as a river or as a lake, \
         {as_rivers} with every section a river",
        river.len()
    );
    assert!(river.len() >= 1_400, "{} rows", river.len());
    assert!(fitting * 1_000 >= river.len() * 999, "{fitting} of {}", river.len());
    assert!(as_rivers < fitting, "the lake row of phosphorus must matter");
}

#[test]
fn a_bad_cell_is_named_and_the_exit_status_is_1() {
    let input = b"pm2_5\n61\nabc\n".to_vec();
    let output = bilan("evaluate air --edition hj633-2026 --averaging daily", input);
    assert_eq!(output.status.code(), Some(1));
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(errors.contains("row 2 (line 3), column pm2_5: \"abc\""), "{errors}");
    assert_eq!(rows(&output.stdout).len(), 2);
}
