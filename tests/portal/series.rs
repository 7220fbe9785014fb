//! Histories: what may be asked, and what is answered.

use contract::{
    paths,
    problem::{Code, Problem},
    public::{Section, Series, Step},
};
use domain::{Quantity, air::IndexStandard};

use crate::support::*;

fn path(query: &str) -> String {
    format!("{}?{query}", paths::series(STATION))
}

/// The refusal of a request with a bad parameter.
async fn fault(portal: &Portal, query: &str) -> Problem {
    let answer = portal.get(&path(query)).await;
    assert_eq!(answer.status, 400, "{query}: {}", answer.text());
    let problem: Problem = answer.read();
    assert_eq!(problem.code, Code::BadParameter, "{query}");
    problem
}

#[tokio::test]
async fn a_bad_parameter_is_named_with_what_would_be_allowed() {
    let portal = Portal::start().await;
    let cases = [
        ("", "item", "pm2_5"),
        ("item=pm3", "item", "aqi"),
        ("item=ph", "item", "co"),
        ("item=class", "item", "no2"),
        ("item=pm2_5&step=week", "step", "day"),
        ("item=aqi&step=month", "step", "hour"),
        ("item=pm2_5&edition=hj633-2020", "edition", "hj633-2026"),
        ("item=pm2_5&from=gestern", "from", "2026-03-01"),
        ("item=pm2_5&to=2026-13-01", "to", "2026-03-01"),
        ("item=pm2_5&width=3", "width", "10"),
        ("item=pm2_5&width=1000000", "width", "10000"),
        ("item=pm2_5&step=raw&from=2016-11-23", "step", "hour"),
        ("item=pm2_5&step=raw&from=0001-01-01&to=9999-12-31", "step", "day"),
    ];
    for (query, parameter, allowed) in cases {
        for lang in ["zh-CN", "en"] {
            let problem = fault(&portal, &format!("{query}&lang={lang}")).await;
            assert_eq!(problem.parameter.as_deref(), Some(parameter), "{query}");
            assert!(problem.allowed.iter().any(|a| a == allowed), "{query}: {:?}", problem.allowed);
            let detail = problem.detail.unwrap();
            assert_eq!(is_chinese(&detail), lang == "zh-CN", "{query}: {detail}");
        }
    }
    for query in ["item=pm2_5&from=2026-11-23&to=2026-11-21", "item=pm2_5&from=2027-01-01"] {
        assert_eq!(fault(&portal, query).await.parameter.as_deref(), Some("from"), "{query}");
    }
    for query in ["item=pm2_5&width=many", "item=pm2_5&width=-1", "item=pm2_5&item=co"] {
        fault(&portal, query).await;
    }
    assert_eq!(portal.get(&format!("{}?item=pm2_5", paths::series("9999Z"))).await.status, 404);
}

#[tokio::test]
async fn ten_years_of_hours_are_answered_thinned_with_every_peak() {
    let portal = Portal::start().await;
    portal.push_good(vec![row(STATION, "pm2_5", 444.0, "2019-01-02T03:00:00+08:00")]).await;
    let query = path("item=pm2_5&step=hour&from=2016-12-01&to=2026-11-22&width=600");
    let series: Series = portal.read(&query).await;
    assert!(series.thinned && series.start_s.len() <= 600, "{} points", series.start_s.len());
    assert!(series.value.contains(&Some(quantity("444"))));
    for column in [series.value.len(), series.flag.len(), series.quality.len(), series.band.len()] {
        assert_eq!(column, series.start_s.len());
    }
}

#[tokio::test]
async fn each_side_of_the_first_of_march_2026_is_judged_by_its_own_edition() {
    let portal = Portal::start().await;
    let dusty =
        [("pm2_5", 70.0), ("pm10", 80.0), ("so2", 5.0), ("no2", 18.0), ("o3", 60.0), ("co", 0.5)];
    portal.push_good(day_of_hours(STATION, &dusty, "2026-02-28", 0..24)).await;
    portal.push_good(day_of_hours(STATION, &dusty, "2026-03-01", 0..24)).await;
    let range = "step=day&from=2026-02-28&to=2026-03-01";

    let series: Series = portal.read(&path(&format!("item=pm2_5&{range}"))).await;
    assert_eq!((series.step, series.standard), (Step::Day, None));
    assert_eq!(series.value, [Some(quantity("70")); 2]);
    // 70 µg/m³ was 良 (limit 75) and is 轻度污染 (limit 60).
    assert_eq!(series.band, [2, 3]);
    assert_eq!(series.changes.len(), 1);
    assert_eq!(series.changes[0].at_s, at("2026-03-01T00:00:00+08:00").as_second());
    assert!(series.changes[0].label.zh.contains("HJ 633-2026"));
    let standards: Vec<&str> = series.limits.iter().map(|limit| limit.standard.as_str()).collect();
    assert!(standards.iter().any(|s| s.contains("3095-2012")), "{standards:?}");
    assert!(standards.iter().any(|s| s.contains("3095-2026")), "{standards:?}");

    // HJ 633-2012 table 1: 35–75 is 50–100; HJ 633-2026 table 3: 60–115 is 100–150.
    let index: Series = portal.read(&path(&format!("item=aqi&{range}"))).await;
    assert_eq!(index.value, [Some(quantity("94")), Some(quantity("110"))]);
    assert_eq!((index.band.as_slice(), index.changes.len()), (&[2, 3][..], 1));

    let old: Series = portal.read(&path(&format!("item=aqi&{range}&edition=hj633-2012"))).await;
    assert_eq!(old.value, [Some(quantity("94")); 2]);
    assert_eq!(old.standard, Some(IndexStandard::Hj633_2012));
    assert!(old.changes.is_empty());
}

#[tokio::test]
async fn a_day_given_as_a_date_is_a_day_in_beijing() {
    let portal = Portal::start().await;
    portal.push_good(day_of_hours(STATION, &CLEAN, "2026-11-20", 0..24)).await;
    let series: Series =
        portal.read(&path("item=pm2_5&step=hour&from=2026-11-20&to=2026-11-20")).await;
    assert_eq!(series.start_s.len(), 24);
    assert_eq!(series.start_s[0], at("2026-11-19T16:00:00Z").as_second());
    assert_eq!((series.coverage, series.unit.as_str()), (100, "µg/m³"));
    // A plus sign that was not encoded is still an offset.
    let query = "item=pm2_5&from=2026-11-20T00:00:00+08:00&to=2026-11-20T02:00:00%2B08:00";
    let two: Series = portal.read(&path(query)).await;
    assert_eq!(two.start_s, series.start_s[..2]);
}

#[tokio::test]
async fn a_gap_is_null_and_never_nought() {
    let portal = Portal::start().await;
    portal.push_good(day_of_hours(STATION, &CLEAN, "2026-11-20", 0..10)).await;
    portal.push_good(day_of_hours(STATION, &CLEAN, "2026-11-20", 12..24)).await;
    let answer = portal.get(&path("item=pm2_5&step=hour&from=2026-11-20&to=2026-11-20")).await;
    let values = answer.json()["value"].as_array().unwrap().clone();
    assert!(values[10].is_null() && values[11].is_null() && values[9] == 20.0);
    let series: Series = answer.read();
    assert_eq!(series.flags[usize::from(series.flag[10])].key(), "missing");
}

#[tokio::test]
async fn a_section_has_a_class_for_each_sample_and_for_the_month() {
    let portal = Portal::start().await;
    for (day, nh3n) in [("2026-10-03", 0.1), ("2026-10-13", 0.6), ("2026-10-23", 0.2)] {
        let values = [("ph", 7.9), ("do", 8.2), ("codmn", 1.8), ("nh3n", nh3n), ("tp", 0.02)];
        portal.push_good(hour_of(RIVER_SECTION, &values, &format!("{day}T08:00:00+08:00"))).await;
    }
    let path = format!("{}?item=class&from=2026-10-01&to=2026-10-31", paths::series(RIVER_SECTION));
    let samples: Series = portal.read(&path).await;
    let number = |class| Some(Quantity::from_integer(class));
    assert_eq!(samples.value, [number(1), number(3), number(2)]);
    // The mean of 0.1, 0.6 and 0.2 mg/L is class II.
    let months: Series = portal.read(&format!("{path}&step=month")).await;
    assert_eq!(months.value, [number(2)]);
    let section: Section = portal.read(&paths::section(RIVER_SECTION)).await;
    let october =
        section.months.iter().find(|month| month.month.month() == 10 && month.month.year() == 2026);
    assert_eq!(october.unwrap().class.map(|class| class.number()), Some(2));
}

#[tokio::test]
async fn who_asks_too_often_is_told_to_wait() {
    let portal = Portal::with(|config| config.server.series_per_minute = 3).await;
    for _ in 0..3 {
        assert_eq!(portal.get(&path("item=pm2_5")).await.status, 200);
    }
    let refused = portal.get(&path("item=pm2_5")).await;
    assert_eq!((refused.status, refused.header("retry-after").is_empty()), (429, false));
    assert_eq!(portal.get(paths::STATIONS).await.status, 200);
}
