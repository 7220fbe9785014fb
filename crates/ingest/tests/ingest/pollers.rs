//! The pollers against a web server on this machine.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use domain::{Item, Text};
use ingest::{
    Clock, FeedHealth, Reason,
    cnemc_air::{self, OzoneFields},
    health::{Failure, FeedStatus, StationStatus},
    polling::{BeforeAsking, Installation, PollError},
    surface_water::{self, Section},
};
use jiff::Timestamp;
use rstest::rstest;

use super::support::{Bench, Publisher, Reply, at, until};

/// A clock that goes on, beginning at the recorded hour.
fn clock() -> Clock {
    let started = std::time::Instant::now();
    let first = at("2019-07-18T12:15:00+08:00");
    Clock::new(move || {
        first
            .checked_add(jiff::SignedDuration::try_from(started.elapsed()).unwrap())
            .unwrap_or(Timestamp::MAX)
    })
}

fn stations(pm25: &str) -> String {
    format!(
        r#"[{{"StationCode":"3014A","PositionName":"歇台子(启用161118)","Area":"重庆市","TimePoint":"2019-07-18T12:00:00",
        "AQI":"20","Quality":"优","PrimaryPollutant":"—","PM10":"18","PM2_5":"{pm25}","SO2":"4","NO2":"39","CO":"1.0",
        "O3":"129","O3_24h":"18","O3_8h":"13","O3_8h_24h":"12","IsPublish":true,"Unheathful":"—"}},
        {{"StationCode":"1422A","PositionName":"白市驿","Area":"重庆市","TimePoint":"2019-07-18T12:00:00",
        "AQI":"—","PM10":"-;","PM2_5":"","SO2":"&mdash;","NO2":"-","CO":null,"O3":"—","O3_24h":"—","O3_8h":"—"}}]"#
    )
}

fn air(publisher: &Publisher) -> cnemc_air::Config {
    cnemc_air::Config {
        enabled: true,
        url: publisher.url("/live"),
        city: "重庆市".into(),
        contact: "mailto:operator@example.org".into(),
        interval_s: Some(1),
        ..cnemc_air::Config::default()
    }
}

async fn polling_air(script: Vec<Reply>) -> (Bench, Publisher) {
    let publisher = Publisher::start(script).await;
    let bench = Bench::new(clock());
    tokio::spawn(cnemc_air::run(air(&publisher), Installation::default(), bench.wiring.clone()));
    (bench, publisher)
}

#[tokio::test]
async fn the_hour_of_each_station_arrives_with_ozone_unswapped() {
    let (bench, publisher) =
        polling_air(vec![Reply::ok(stations("10")).with("etag", "\"a\"")]).await;
    until("readings arrive", || bench.kept.all().len() == 16).await;
    assert_eq!(bench.kept.value("3014A", Item::O3).as_deref(), Some("18"));
    assert_eq!(bench.kept.value("3014A", Item::PublishedAqi).as_deref(), Some("20"));
    assert_eq!(bench.kept.value("1422A", Item::Pm25), None);
    until("it is asked again", || publisher.asked() >= 2).await;
    let requests = publisher.requests.lock().unwrap().clone();
    let head = requests[0].to_lowercase();
    assert!(head.starts_with("get /live?cityname=%e9%87%8d%e5%ba%86%e5%b8%82 "), "{head}");
    assert!(
        head.contains("user-agent: bilan/") && head.contains("(+mailto:operator@example.org)"),
        "{head}"
    );
    assert!(requests[1].to_lowercase().contains("if-none-match: \"a\""), "{}", requests[1]);
    until("the same reply is no news", || bench.wiring.health.status().duplicate == 0).await;
    assert_eq!(bench.kept.raw.lock().unwrap().len(), 1, "an identical reply is not stored again");
    let status = bench.wiring.health.status();
    assert_eq!((status.accepted, status.last_error), (16, None));
    assert_eq!(status.newest, Some(at("2019-07-18T12:00:00+08:00")));
}

#[rstest]
#[case::server_error(Reply::status("500 Internal Server Error"), "HTTP 500", 0)]
#[case::web_page(Reply::ok("<html><body>系统维护</body></html>"), "web page", 0)]
#[case::half(Reply::ok(&stations("11").as_bytes()[..300]), "cut off", 1)]
#[case::not_json(Reply::ok("ok"), "not valid JSON", 1)]
#[case::another_shape(Reply::ok("{\"error\":1}"), "format has changed", 1)]
#[case::new_key(Reply::ok(stations("11").replace("\"Area\"", "\"Region\"")), "format has changed", 1)]
#[case::no_ozone(Reply::ok(stations("11").replace("\"O3_24h\"", "\"O3_8h\"")), "format has changed", 1)]
#[case::index_does_not_fit(Reply::ok(stations("11").replace("\"AQI\":\"20\"", "\"AQI\":\"77\"")), "ozone", 1)]
#[case::empty(Reply::ok("[]"), "format has changed", 1)]
#[case::forbidden(Reply::status("403 Forbidden"), "refuses us", 0)]
#[case::captcha(Reply::ok("<html>请输入验证码</html>"), "captcha", 0)]
#[case::elsewhere(Reply::status("302 Found").with("location", "http://127.0.0.2:1/"), "HTTP 302", 0)]
#[case::another_port(Reply::status("302 Found").with("location", "http://127.0.0.1:1/"), "HTTP 302", 0)]
#[case::another_scheme(Reply::status("302 Found").with("location", "https://127.0.0.1/"), "HTTP 302", 0)]
#[case::too_large(Reply::ok(vec![b' '; 4 * 1024 * 1024 + 1]), "4 MiB", 0)]
#[tokio::test]
async fn a_bad_reply_leaves_the_last_good_data_and_says_why(
    #[case] bad: Reply,
    #[case] said: &str,
    #[case] kept: usize,
) {
    let (bench, _publisher) = polling_air(vec![Reply::ok(stations("10")), bad]).await;
    until("the first reply is in", || bench.kept.all().len() == 16).await;
    until("the second fails", || bench.wiring.health.status().last_error.is_some()).await;
    let status = bench.wiring.health.status();
    let Text { zh, en } = status.last_error.unwrap().text;
    assert!(en.contains(said) && zh.chars().count() >= 6, "{zh} / {en}");
    for words in ["region", "o3_24h", "expected", "line 1", "map"] {
        assert!(!format!("{zh}{en}").to_lowercase().contains(words), "{words}: {zh} / {en}");
    }
    assert_eq!(status.rejected[&Reason::BadReply], 1);
    assert_eq!(bench.kept.value("3014A", Item::Pm25).as_deref(), Some("10"));
    let raw = bench.kept.raw.lock().unwrap().len();
    assert_eq!(raw, 1 + kept, "what was not understood is kept for study");
}

#[tokio::test]
async fn a_feed_that_recovers_is_well_again() {
    let script = vec![Reply::status("500 Internal Server Error"), Reply::ok(stations("10"))];
    let (bench, _publisher) = polling_air(script).await;
    until("it fails first", || bench.wiring.health.status().last_error.is_some()).await;
    until("then it works", || bench.kept.all().len() == 16).await;
    until("and says so", || bench.wiring.health.status().last_error.is_none()).await;
}

#[tokio::test]
async fn a_changed_value_is_a_revision() {
    let (bench, _publisher) =
        polling_air(vec![Reply::ok(stations("10")), Reply::ok(stations("11"))]).await;
    until("the change is in", || bench.wiring.health.status().revised == 1).await;
    assert_eq!(bench.kept.value("3014A", Item::Pm25).as_deref(), Some("11"));
}

#[rstest]
#[case::seconds("3600")]
#[case::date("Thu, 18 Jul 2019 06:00:00 GMT")]
#[tokio::test]
async fn the_wait_a_publisher_asks_for_is_granted(#[case] wait: &str) {
    let busy = Reply::status("503 Service Unavailable").with("retry-after", wait);
    let (bench, publisher) = polling_air(vec![busy]).await;
    until("it fails", || bench.wiring.health.status().last_error.is_some()).await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    assert_eq!(publisher.asked(), 1);
}

#[tokio::test]
async fn without_contact_or_city_nobody_is_asked() {
    let publisher = Publisher::start(vec![Reply::ok("[]")]).await;
    let bench = Bench::new(clock());
    let run = |config| cnemc_air::run(config, Installation::default(), bench.wiring.clone());
    let no_contact = cnemc_air::Config { contact: " ".into(), ..air(&publisher) };
    assert_eq!(run(no_contact).await, Err(PollError::NoContact));
    let no_city = cnemc_air::Config { city: "".into(), ..air(&publisher) };
    assert!(run(no_city).await.unwrap_err().to_string().starts_with("city is empty"));
    let file = cnemc_air::Config {
        url: "file:///etc/passwd".into(),
        ozone: OzoneFields::Plain,
        ..air(&publisher)
    };
    assert!(matches!(run(file).await, Err(PollError::Url(_))));
    assert_eq!(publisher.asked(), 0);
}

#[tokio::test]
async fn a_try_is_noted_before_the_request_goes_out() {
    let publisher = Publisher::start(vec![Reply::ok(stations("10"))]).await;
    let bench = Bench::new(clock());
    let noted = Arc::new(Mutex::new(Vec::new()));
    let (notes, requests) = (noted.clone(), publisher.requests.clone());
    let before_asking = BeforeAsking::new(move |now| {
        let (notes, requests) = (notes.clone(), requests.clone());
        async move {
            tokio::time::sleep(Duration::from_millis(20)).await;
            notes.lock().unwrap().push((now, requests.lock().unwrap().len()));
        }
    });
    let installation = Installation { before_asking, ..Installation::default() };
    tokio::spawn(cnemc_air::run(air(&publisher), installation, bench.wiring.clone()));
    until("it is asked twice", || publisher.asked() >= 2).await;
    let noted = noted.lock().unwrap().clone();
    assert_eq!(noted.iter().take(2).map(|(_, asked)| *asked).collect::<Vec<_>>(), [0, 1]);
    assert!(noted[0].0 >= at("2019-07-18T12:15:00+08:00"), "{noted:?}");
}

#[test]
fn a_feed_resumes_what_an_earlier_run_knew_and_no_more() {
    let failure = |text: &str, when| Failure { at: at(when), text: Text::new(text, text) };
    let newest = Some(at("2026-11-23T12:00:00+08:00"));
    let station = StationStatus { newest, ..StationStatus::default() };
    let earlier = FeedStatus {
        last_try: Some(at("2026-11-23T13:00:00+08:00")),
        last_success: newest,
        newest,
        accepted: 99,
        last_error: Some(failure("down", "2026-11-23T13:00:00+08:00")),
        stations: [("1424A".to_owned(), station)].into(),
        ..FeedStatus::default()
    };
    let health = FeedHealth::new();
    health.resume(earlier.clone());
    let status = health.status();
    assert_eq!(FeedStatus { accepted: 99, ..status.clone() }, earlier);
    assert_eq!(status.accepted, 0, "counted since the start");

    // What this run has seen stands; a fault that was over stays over.
    let health = FeedHealth::new();
    let now = at("2026-11-23T14:00:00+08:00");
    health.tried(now);
    health.unchanged(now);
    health.resume(earlier);
    let status = health.status();
    assert_eq!((status.last_try, status.last_success), (Some(now), Some(now)));
    assert_eq!((status.newest, status.last_error), (newest, None));
}

fn page(pages: u32, section: &str, ph: &str) -> Reply {
    Reply::ok(format!(
        r#"{{"result":1,"total":{pages},"records":2,"thead":["省份","流域","断面名称","监测时间","水质类别","pH","溶解氧","高锰酸盐指数","氨氮","总磷","站点情况"],
        "tbody":[["重庆市","长江流域","{section}","07-18 12:00","Ⅱ","<span title='原始值：{ph}'>8.5</span>","8.7","1.3","0.073","<span title='极值过滤'>--</span>","正常"]]}}"#
    ))
}

#[tokio::test]
async fn every_page_of_the_province_is_asked_for_in_turn() {
    let publisher = Publisher::start(vec![page(2, "和尚山", "8.48"), page(2, "寸滩", "7.9")]).await;
    let bench = Bench::new(clock());
    let section = |name: &str, code: &str| Section {
        province: "重庆市".into(),
        name: name.into(),
        code: code.into(),
    };
    let config = surface_water::Config {
        enabled: true,
        url: publisher.url("/GJZ/Ajax/Publish.ashx"),
        area: "500000".into(),
        sections: vec![section("和尚山", "H"), section("寸滩", "C")],
        contact: "mailto:operator@example.org".into(),
        interval_s: Some(1),
    };
    tokio::spawn(surface_water::run(config, Installation::default(), bench.wiring.clone()));
    until("both sections are in", || bench.kept.value("C", Item::Ph).is_some()).await;
    assert_eq!(bench.kept.value("H", Item::Ph).as_deref(), Some("8.48"), "the raw value");
    assert_eq!(bench.kept.value("H", Item::PublishedClass).as_deref(), Some("2"));
    let requests = publisher.requests.lock().unwrap().clone();
    assert!(
        requests[0].contains("AreaID=500000") && requests[0].contains("PageIndex=1&PageSize=60"),
        "{}",
        requests[0]
    );
    assert!(requests[1].contains("PageIndex=2"), "{}", requests[1]);
}
