//! Recorded replies of the national feeds, read whole.

use std::{collections::BTreeMap, fs::File, io::BufReader};

use domain::{Averaging, DeviceFlag, Item, QcFlags, Reading};
use ingest::{
    Clock, Reason,
    cnemc_air::{OzoneFields, recorded},
    import::{Format, Lookup, Report, import},
    surface_water::{self, Cell, Row, recorded_reply, recorded_table},
};

use super::support::{Bench, at, recorded_file};

#[test]
fn the_ozone_fields_of_the_recorded_hours_are_found_swapped() {
    let Some(path) = recorded_file("the_ozone_fields", "cnemc_2019-07-18.csv") else { return };
    let auto: Vec<_> = recorded(File::open(&path).unwrap(), OzoneFields::Auto)
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let swapped: Vec<_> = recorded(File::open(&path).unwrap(), OzoneFields::Swapped)
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(auto, swapped);
    let rows: usize = auto.iter().map(|part| part.rows).sum();
    let readings: Vec<&Reading> = auto.iter().flat_map(|part| &part.readings).collect();
    let valued = readings.iter().filter(|reading| reading.value.is_some()).count();
    println!(
        "cnemc: {rows} rows in {} hours, {} readings, {valued} with a value",
        auto.len(),
        readings.len()
    );
    assert_eq!((rows, auto.len(), readings.len()), (7_434, 5, 7_434 * 8));
    let find = |item, averaging| {
        readings.iter().find(|r| {
            r.station == "3014A"
                && r.item == item
                && r.averaging == averaging
                && r.period.end() == at("2019-07-18T12:00:00+08:00")
        })
    };
    // 3014A 歇台子: o3 129, o3_24h 18; o3_8h 13, o3_8h_24h 12.
    let hour = find(Item::O3, Averaging::Hour).unwrap();
    assert_eq!(hour.value.unwrap().to_string(), "18");
    assert_eq!(hour.period.start, at("2019-07-18T11:00:00+08:00"));
    let eight = find(Item::O3, Averaging::EightHour).unwrap();
    assert_eq!((eight.value.unwrap().to_string().as_str(), eight.period.length_s), ("12", 28_800));
    let index = find(Item::PublishedAqi, Averaging::Hour).unwrap();
    assert_eq!(index.value.unwrap().to_string(), "20");
    let silent = readings.iter().filter(|r| r.station == "1422A" && r.item == Item::Pm25);
    assert!(silent.clone().all(|r| r.value.is_none() && r.flag == DeviceFlag::Missing));
    assert!(silent.count() > 0);
}

#[test]
fn what_changed_between_two_polls_is_read_as_revisions() {
    let Some(path) = recorded_file("revisions", "cnemc_2019-07-18_revisions.csv") else { return };
    let parts: Vec<_> = recorded(File::open(path).unwrap(), OzoneFields::Auto)
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let readings: Vec<&Reading> = parts.iter().flat_map(|part| &part.readings).collect();
    let withdrawn = readings.iter().filter(|r| r.flag == DeviceFlag::Withdrawn).count();
    let rows: usize = parts.iter().map(|part| part.rows).sum();
    println!("revisions: {rows} rows, {} readings, {withdrawn} withdrawn", readings.len());
    assert_eq!(rows, 941);
    assert!(withdrawn > 20 && readings.len() > 300);
}

fn replies() -> [(&'static str, &'static str, usize); 2] {
    [
        ("2020-05-08", "2020-05-08T23:59:59+08:00", 1_901),
        ("2021-04-05", "2021-04-05T23:59:59+08:00", 98),
    ]
}

fn reply(day: &str, fetched: &str) -> Option<surface_water::Recorded> {
    let path = recorded_file("water replies", &format!("water_raw/getRealDatas_{day}.json"))?;
    Some(recorded_reply(std::fs::read(path).unwrap(), at(fetched)).unwrap())
}

#[test]
fn recorded_water_replies_are_read_row_by_row() {
    for (day, fetched, sent) in replies() {
        let Some(reply) = reply(day, fetched) else { return };
        println!(
            "water {day}: {} rows, {} usable, refused {:?}",
            reply.count,
            reply.rows.len(),
            reply.rejected
        );
        assert_eq!(reply.count, sent);
        let cells = reply.rejected.get(&Reason::NotANumber);
        assert_eq!(cells, None, "every recorded cell has a known form");
        let untimed = reply.rejected.get(&Reason::NoTime).copied().unwrap_or_default();
        assert_eq!(untimed, if day == "2021-04-05" { 19 } else { 0 });
        assert!(reply.rows.iter().all(|row| row.time <= at(fetched)));
    }
}

type Shown = (Option<String>, Option<String>);

fn numbers(row: &Row) -> BTreeMap<Item, Shown> {
    let text =
        |number: &Option<surface_water::Number>| number.as_ref().map(|n| n.value.to_string());
    row.cells
        .iter()
        .filter_map(|(item, cell)| match cell {
            Cell::Value { raw, shown } => {
                Some((*item, (text(raw).or_else(|| text(shown)), text(shown))))
            }
            _ => None,
        })
        .collect()
}

#[test]
fn reply_and_table_of_the_same_day_hold_the_same() {
    let Some(path) = recorded_file("reply and table", "water_sections.csv.gz") else { return };
    let table = flate2::read::GzDecoder::new(File::open(path).unwrap());
    let parts: Vec<_> =
        recorded_table(BufReader::new(table)).unwrap().map(Result::unwrap).collect();
    let count: usize = parts.iter().map(|part| part.count).sum();
    let untimed: usize = parts.iter().filter_map(|part| part.rejected.get(&Reason::NoTime)).sum();
    let rows: Vec<&Row> = parts.iter().flat_map(|part| &part.rows).collect();
    println!("water table: {count} rows, {} usable, {untimed} without time", rows.len());
    assert_eq!((count, untimed), (42_851, 6_168));
    for (day, fetched, _) in replies() {
        let Some(reply) = reply(day, fetched) else { return };
        let mut compared = 0;
        for sent in &reply.rows {
            let mut alike = rows.iter().filter(|row| {
                (&row.province, &row.section, row.time)
                    == (&sent.province, &sent.section, sent.time)
            });
            if alike.clone().next().is_none() {
                continue;
            }
            compared += 1;
            assert!(
                alike.any(|row| numbers(row) == numbers(sent)
                    && (row.class, row.status) == (sent.class, sent.status)),
                "{} {} of {day} differs",
                sent.province,
                sent.section,
            );
        }
        println!("water {day}: {compared} rows equal in reply and table");
        assert!(compared >= if day == "2020-05-08" { 970 } else { 40 }, "{compared}");
    }
}

async fn imported(format: Format, name: &str, bench: &Bench) -> Option<Report> {
    let path = recorded_file("import", name)?;
    let lookup = Lookup {
        knows_station: &|code| matches!(code, "3014A" | "1422A" | "A500107_0001"),
        section_code: &|province, section| {
            ((province, section) == ("重庆市", "和尚山")).then(|| "A500107_0001".to_owned())
        },
    };
    let report =
        import(format, File::open(path).unwrap(), name, &lookup, &bench.wiring).await.unwrap();
    println!("{name}: {report}");
    Some(report)
}

#[tokio::test]
async fn recorded_files_are_imported_as_they_are_and_only_once() {
    let bench = Bench::new(Clock::stopped_at(at("2026-11-23T15:00:00+08:00")));
    let Some(air) = imported(Format::CnemcAir, "cnemc_2019-07-18.csv", &bench).await else {
        return;
    };
    assert_eq!((air.rows, air.stored, air.duplicate), (7_434, 2 * 5 * 8, 0));
    let again = imported(Format::CnemcAir, "cnemc_2019-07-18.csv", &bench).await.unwrap();
    assert_eq!((again.stored, again.duplicate), (0, 2 * 5 * 8));
    let json = imported(Format::NationalWater, "water_raw/getRealDatas_2020-05-08.json", &bench)
        .await
        .unwrap();
    assert_eq!((json.rows, json.stored), (1_901, 12), "nine values, two gaps and the class");
    let table = imported(Format::NationalWater, "water_sections.csv.gz", &bench).await.unwrap();
    assert_eq!(table.rows, 42_851);
    assert!(table.duplicate >= 10, "the day of the reply is in the table too");
    let ph = bench
        .kept
        .all()
        .into_iter()
        .find(|r| r.item == Item::Ph && r.period.start == at("2020-05-09T11:00:00+08:00"));
    assert_eq!(ph.unwrap().value.unwrap().to_string(), "9.19");
}

#[tokio::test]
async fn the_order_of_replies_does_not_change_what_is_known_in_the_end() {
    let names = replies().map(|(day, ..)| format!("water_raw/getRealDatas_{day}.json"));
    let mut ends = Vec::new();
    for order in [[0, 1], [1, 0], [0, 0]] {
        let bench = Bench::new(Clock::stopped_at(at("2026-11-23T15:00:00+08:00")));
        for name in order.map(|place| &names[place]) {
            let Some(path) = recorded_file("order of replies", name) else { return };
            let lookup = Lookup {
                knows_station: &|_| true,
                section_code: &|province, section| Some(format!("{province}/{section}")),
            };
            let file = File::open(path).unwrap();
            import(Format::NationalWater, file, name, &lookup, &bench.wiring).await.unwrap();
        }
        let values = bench
            .kept
            .all()
            .into_iter()
            .map(|reading| Reading { quality: QcFlags::NONE, ..reading });
        ends.push(values.collect::<Vec<_>>());
    }
    println!("{} readings whichever reply comes first", ends[0].len());
    assert_eq!(ends[0], ends[1]);
    assert!(ends[0].len() > ends[2].len() && ends[2].len() > 15_000, "{}", ends[2].len());
}
