//! Every vector and every table of the standards, one by one.

use domain::{
    Averaging, Item, Quantity,
    air::{
        AirItem, AqiEdition, IaqiError, breakpoints,
        epa::{self, EpaItem},
        iaqi,
    },
    lang::Lang,
    water::{Comparison, PARAMETERS, Parameter, Sample, WaterBody, WaterClass, evaluate},
};

const AQI_VECTORS: &str = include_str!("fixtures/aqi_vectors.csv");
const BREAKPOINTS: &str = include_str!("fixtures/hj633_breakpoints.csv");
const WATER_VECTORS: &str = include_str!("fixtures/water_vectors.csv");
const LIMITS: &str = include_str!("fixtures/gb3838_limits.csv");

/// The rows of a table, each a function from column name to text.
fn rows(table: &'static str) -> Vec<impl Fn(&str) -> String> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let head = reader.headers().expect("head").clone();
    reader
        .into_records()
        .map(|record| {
            let (head, record) = (head.clone(), record.expect("row"));
            move |column: &str| {
                let at = head.iter().position(|name| name == column);
                at.and_then(|at| record.get(at)).unwrap_or_default().to_owned()
            }
        })
        .collect()
}

fn quantity(text: &str) -> Quantity {
    text.parse().expect(text)
}

fn pollutant(name: &str) -> Item {
    match name {
        "PM2.5" => Item::Pm25,
        other => Item::from_key(other).expect(other),
    }
}

fn averaging(name: &str) -> Averaging {
    match name {
        "1h" => Averaging::Hour,
        "8h" => Averaging::EightHour,
        _ => Averaging::Day,
    }
}

#[test]
fn every_index_vector_is_met() {
    let (mut counts, mut wrong) = ([0_usize; 4], Vec::new());
    for row in rows(AQI_VECTORS) {
        let (item, averaging) = (pollutant(&row("pollutant")), averaging(&row("avg")));
        let concentration = quantity(&row("concentration"));
        let expected: Option<u16> = row("expected").parse().ok();
        let hj633 = |edition| {
            let column = AirItem::of(item, averaging).expect("a column");
            iaqi(column, concentration, edition).ok().map(|iaqi| iaqi.get())
        };
        let (kind, got) = match row("standard").as_str() {
            "HJ633-2012" => (0, hj633(AqiEdition::Hj633_2012)),
            "HJ633-2026" => (1, hj633(AqiEdition::Hj633_2026)),
            "HJ633-2026-raw" => (2, hj633(AqiEdition::Hj633_2026)),
            "EPA-2024" => {
                let column = EpaItem::ALL
                    .into_iter()
                    .find(|column| column.item() == item && column.averaging() == averaging)
                    .expect("a column");
                (3, epa::explain(column, concentration).and_then(|e| e.result))
            }
            other => panic!("unknown standard {other}"),
        };
        counts[kind] += 1;
        if got != expected {
            let at = (row("standard"), row("pollutant"), row("avg"), row("concentration"));
            wrong.push(format!("{at:?}: {got:?} instead of {expected:?}"));
        }
    }
    println!(
        "index vectors: HJ 633-2012 {}, 2026 {}, 2026 rounding {}, US EPA {}",
        counts[0], counts[1], counts[2], counts[3]
    );
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!(counts.iter().sum::<usize>(), 1_191);
}

#[test]
fn the_breakpoints_are_those_of_the_standards() {
    let table = rows(BREAKPOINTS);
    assert_eq!(table.len(), 24);
    for row in table {
        let edition = match row("edition").as_str() {
            "2012" => AqiEdition::Hj633_2012,
            _ => AqiEdition::Hj633_2026,
        };
        let column = AirItem::of(pollutant(&row("pollutant")), averaging(&row("averaging")));
        let column = column.expect("a column");
        let expected: Vec<(u16, Quantity)> = [0, 50, 100, 150, 200, 300, 400, 500]
            .into_iter()
            .filter_map(|index| {
                let text = row(&format!("iaqi_{index}"));
                (!text.is_empty()).then(|| (index, quantity(&text)))
            })
            .collect();
        let ours: Vec<_> =
            breakpoints(column, edition).map(|node| (node.index, node.concentration)).collect();
        assert_eq!(ours, expected, "{column:?} {edition:?}");
        let above = Quantity::from_integer(100_000);
        match row("above_last_node").as_str() {
            "none" => {
                let error = iaqi(column, above, edition).expect_err("no index");
                assert!(matches!(error, IaqiError::NoIndexAbove { .. }));
            }
            held => assert_eq!(iaqi(column, above, edition).expect("held").to_string(), held),
        }
    }
}

fn body(name: &str) -> WaterBody {
    if name == "lake" { WaterBody::Lake } else { WaterBody::River }
}

#[test]
fn every_water_vector_is_met() {
    let table = rows(WATER_VECTORS);
    for row in &table {
        let sample: Sample = row("sample")
            .split(' ')
            .map(|pair| {
                let (key, value) = pair.split_once('=').expect(pair);
                (Parameter::from_key(key).expect(key).item, quantity(value))
            })
            .collect();
        let section = evaluate(&sample, body(&row("waterbody")));
        let class = section.class.expect("a class");
        assert_eq!(class.latin(), row("expected_class"), "vector {}", row("id"));
        let status = section.status.expect("a status").name(Lang::Zh);
        assert_eq!(status, row("qualitative"), "vector {}", row("id"));
        let mut limiting: Vec<&str> =
            section.limiting.iter().filter_map(|i| Parameter::of(*i)).map(|p| p.key).collect();
        limiting.sort_unstable();
        let expected = row("limiting_parameters");
        let mut expected: Vec<&str> = expected.split(',').collect();
        expected.sort_unstable();
        assert_eq!(limiting, expected, "vector {}", row("id"));
    }
    println!("water vectors: {}", table.len());
    assert_eq!(table.len(), 61);
}

#[test]
fn the_limits_are_those_of_the_standard() {
    let table = rows(LIMITS);
    assert_eq!(table.len(), 25);
    for row in &table {
        let parameter = Parameter::from_key(&row("key")).expect("a parameter");
        assert_eq!(parameter.key, row("key"));
        assert_eq!(parameter.evaluated, row("evaluated") == "yes", "{}", parameter.key);
        let comparison = match row("compare").as_str() {
            "le" => Comparison::AtMost,
            "ge" => Comparison::AtLeast,
            "range" => Comparison::Range,
            _ => Comparison::Change,
        };
        assert_eq!(parameter.comparison, comparison, "{}", parameter.key);
        let bodies: &[WaterBody] = match row("waterbody").as_str() {
            "any" => &[WaterBody::River, WaterBody::Lake],
            one => &[body(one)],
        };
        for class in WaterClass::ALL.into_iter().take(5) {
            let text = row(&format!("class_{}", class.number()));
            for &body in bodies {
                let expected = text.parse().ok();
                assert_eq!(parameter.limit(class, body), expected, "{} {class:?}", parameter.key);
            }
        }
    }
    assert_eq!(PARAMETERS.iter().filter(|parameter| parameter.evaluated).count(), 21);
}
