//! Published indices and classes, reproduced from recorded replies of the national feeds.
#![expect(clippy::print_stdout, reason = "the counts are part of the evidence")]

use std::{collections::BTreeMap, fs, io::Read, path::PathBuf};

use domain::{
    Item, Quantity,
    air::{Concentrations, IndexStandard, Report, evaluate, feed},
    water::{Sample, WaterBody, WaterClass, automatic, evaluate_automatic},
};

/// The folder of recorded data, or `None` after saying that `test` is skipped.
fn data(test: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("BILAN_TEST_DATA").map(PathBuf::from);
    if folder.is_none() {
        println!("SKIPPED {test}: BILAN_TEST_DATA is not set");
    }
    folder
}

type Row = BTreeMap<String, String>;

fn rows(reader: impl Read) -> impl Iterator<Item = Row> {
    csv::Reader::from_reader(reader).into_deserialize().map(|row| row.expect("row"))
}

/// The feed's names; ties are joined by a comma.
fn primary_pollutants(text: &str) -> Vec<Item> {
    let names = text.split([',', '，', '、']).filter(|_| !feed::is_missing(text));
    names
        .map(|name| match name.trim() {
            "臭氧1小时" | "臭氧8小时" => Item::O3,
            "颗粒物(PM10)" => Item::Pm10,
            "细颗粒物(PM2.5)" => Item::Pm25,
            "二氧化氮" => Item::No2,
            "二氧化硫" => Item::So2,
            "一氧化碳" => Item::Co,
            other => panic!("{other} is no pollutant's name"),
        })
        .collect()
}

#[test]
fn the_national_index_of_2019_is_reproduced() {
    let Some(data) = data("the_national_index_of_2019_is_reproduced") else { return };
    let file = fs::File::open(data.join("cnemc_2019-07-18.csv")).expect("recorded data");
    let (mut published, mut aqi, mut primary, mut incomplete) = (0, 0, 0, 0);
    for row in rows(file) {
        let Ok(expected) = row["aqi"].parse::<u16>() else { continue };
        published += 1;
        let value = |column: &str| row[column].parse::<Quantity>().ok();
        let hour = Concentrations {
            so2: value("so2"),
            no2: value("no2"),
            co: value("co"),
            // The feed swaps its ozone fields: `o3_24h` is the hour, `o3` the day's maximum.
            o3: value("o3_24h"),
            o3_8h: value("o3_8h_24h"),
            pm10: value("pm10"),
            pm2_5: value("pm2_5"),
            so2_24h: None,
        };
        let index = evaluate(IndexStandard::Hj633_2012, Report::Hourly, &hour);
        let named = primary_pollutants(&row["primarypollutant"]);
        aqi += i32::from(index.value == Some(expected));
        primary += i32::from(index.primary == named);
        incomplete += i32::from(!index.complete);
    }
    println!(
        "national hourly feed 2019-07-18: AQI equal in {aqi} of {published} station-hours, \
         primary pollutants in {primary}; {incomplete} of them have a pollutant missing"
    );
    assert_eq!((published, aqi, primary), (7_080, 7_080, 7_080));
}

/// A section: province, basin, name.
type Section = (String, String, String);

/// A recorded class with the five values it was made of.
struct Record {
    class: WaterClass,
    sample: Sample,
    complete: bool,
}

impl Record {
    fn new(class: &str, values: impl Iterator<Item = Option<Quantity>>) -> Option<Self> {
        let class = automatic::parse_class(class).expect("a class")?;
        let values: Vec<_> = values.collect();
        let complete = values.iter().all(Option::is_some);
        let known = automatic::FIVE.into_iter().zip(values);
        let sample = known.filter_map(|(item, value)| Some((item, value?))).collect();
        Some(Self { class, sample, complete })
    }

    fn fits(&self, body: WaterBody) -> bool {
        evaluate_automatic(&self.sample, body).class == Some(self.class)
    }
}

/// The number in a cell: 原始值 of its tooltip, else the text shown.
fn cell(html: &str) -> Option<Quantity> {
    let raw = html.split_once("原始值：").and_then(|(_, rest)| rest.split_once('\''));
    raw.map_or(html, |(raw, _)| raw).parse().ok()
}

fn text(html: &str) -> &str {
    let inner = html.split_once('>').and_then(|(_, rest)| rest.split_once('<'));
    inner.map_or(html, |(text, _)| text)
}

/// The rows of one verbatim reply of the national platform.
fn reply(data: &std::path::Path, name: &str) -> Vec<(Section, Record)> {
    let bytes = fs::read(data.join("water_raw").join(name)).expect("recorded data");
    let json: serde_json::Value = serde_json::from_slice(&bytes).expect("json");
    json["tbody"]
        .as_array()
        .expect("rows")
        .iter()
        .filter_map(|row| {
            let at = |column: usize| row[column].as_str().unwrap_or_default();
            let section = (at(0).to_owned(), at(1).to_owned(), text(at(2)).to_owned());
            let record = Record::new(at(4), [6, 7, 10, 11, 12].into_iter().map(|c| cell(at(c))))?;
            Some((section, record))
        })
        .collect()
}

/// Every daily row with raw values that is on record.
fn history(data: &std::path::Path) -> Vec<(Section, Record)> {
    let file = fs::File::open(data.join("water_sections.csv.gz")).expect("recorded data");
    rows(flate2::read::GzDecoder::new(file))
        .filter(|row| row["source"] == "json")
        .filter_map(|row| {
            let section = ["province", "basin", "section"].map(|column| row[column].clone());
            let values = ["ph", "do", "codmn", "nh3n", "tp"].map(|column| row[column].parse().ok());
            Some((section.into(), Record::new(&row["class"], values.into_iter())?))
        })
        .collect()
}

/// One fixed waterbody per section: the one that fits more of everything recorded of it; a
/// river where both fit alike.
fn waterbodies<'a>(
    records: impl Iterator<Item = &'a (Section, Record)>,
) -> BTreeMap<&'a Section, (usize, usize)> {
    let mut fits: BTreeMap<&Section, (usize, usize)> = BTreeMap::new();
    for (section, record) in records {
        let (river, lake) = fits.entry(section).or_default();
        *river += usize::from(record.fits(WaterBody::River));
        *lake += usize::from(record.fits(WaterBody::Lake));
    }
    fits
}

fn equal(
    records: &[(Section, Record)],
    fits: &BTreeMap<&Section, (usize, usize)>,
) -> (usize, usize) {
    let complete = records.iter().filter(|(_, record)| record.complete);
    complete.fold((0, 0), |(equal, all), (section, record)| {
        let (river, lake) = fits[section];
        let body = if lake > river { WaterBody::Lake } else { WaterBody::River };
        (equal + usize::from(record.fits(body)), all + 1)
    })
}

#[test]
fn the_national_platform_s_classes_are_reproduced() {
    let Some(data) = data("the_national_platform_s_classes_are_reproduced") else { return };
    let first = reply(&data, "getRealDatas_2020-05-08.json");
    let second = reply(&data, "getRealDatas_2021-04-05.json");
    let history = history(&data);
    let fits = waterbodies(first.iter().chain(&second).chain(&history));
    let lakes = fits.values().filter(|(river, lake)| lake > river).count();
    let untold = fits.values().filter(|(river, lake)| lake == river).count();
    println!(
        "national water platform: {} sections, {} rivers, {lakes} lakes, {untold} not told",
        fits.len(),
        fits.len() - lakes - untold
    );
    for (name, records, at_least) in [
        ("reply of 2020-05-08", &first, 1_439),
        ("reply of 2021-04-05", &second, 1),
        ("all daily rows", &history, 1),
    ] {
        let (equal, all) = equal(records, &fits);
        println!("{name}: class equal in {equal} of {all} complete rows");
        assert!(all >= at_least, "{name}: {all} rows");
        assert!(equal * 1_000 >= all * 999, "{name}: {equal} of {all}");
    }
    let rivers_only = first.iter().filter(|(_, record)| record.fits(WaterBody::River)).count();
    println!("reply of 2020-05-08 with every section a river: {rivers_only} of {}", first.len());
    assert!(rivers_only < first.len(), "the lake row of phosphorus must matter");
}

#[test]
fn total_nitrogen_never_enters_an_automatic_class() {
    let sample = Sample::new()
        .with(Item::Nh3N, Quantity::from_millionths(100_000))
        .with(Item::TotalNitrogen, Quantity::from_integer(9));
    for body in [WaterBody::River, WaterBody::Lake] {
        assert_eq!(evaluate_automatic(&sample, body).class, Some(WaterClass::I));
    }
}
