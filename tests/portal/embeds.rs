//! What other sites show of ours: widgets, badges, cards, oEmbed, archives.

use contract::{
    paths,
    public::{AirSummary, Sections, StationKind, StationNow},
    rectification::Ledger,
};
use domain::Lang;
use jiff::SignedDuration;
use server::record::samples;

use crate::support::*;

const HOUR: &str = "2026-11-23T13:00:00+08:00";

/// Numbers from 0 to below `end`, the same on every run (an LCG of Knuth's).
fn dice(state: &mut u64, end: usize) -> usize {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    usize::try_from(*state >> 33).unwrap() % end
}

fn spoken(value: u16, name: &str) -> String {
    format!("{value} {name}")
}

#[tokio::test]
async fn page_widget_badge_and_interface_say_the_same_in_a_hundred_random_views() {
    let portal = Portal::demonstration().await;
    samples::play(portal.app()).await.unwrap();
    let stations = portal.app().profile.stations.clone();
    let mut state = 500_107;
    for view in 0..100 {
        let lang = Lang::ALL[dice(&mut state, 2)];
        let query = format!("?lang={}", lang.tag());
        let at = dice(&mut state, stations.len() + 2);
        let (said, page, name, badge) = match stations.get(at) {
            Some(station) if station.kind == StationKind::Air => {
                let now: StationNow = portal.read(&paths::latest(&station.code)).await;
                let code = &station.code;
                (
                    index(&now.hourly, lang),
                    format!("air/{code}"),
                    format!("station/{code}"),
                    format!("station-{code}"),
                )
            }
            Some(station) => {
                let now: StationNow = portal.read(&paths::latest(&station.code)).await;
                let class =
                    now.water.and_then(|water| water.class).map(|class| class.glyph().to_owned());
                let code = &station.code;
                (
                    class,
                    format!("water/{code}"),
                    format!("section/{code}"),
                    format!("section-{code}"),
                )
            }
            None if at == stations.len() => {
                let now: AirSummary = portal.read(paths::AIR_SUMMARY).await;
                (index(&now.district, lang), "air".into(), "air-now".into(), "air".into())
            }
            None => {
                let ledger: Ledger = portal.read(paths::RECTIFICATION).await;
                let closure = ledger.statistics.total.closure();
                let percent = closure.percent().unwrap();
                (
                    Some(format!("{percent} %")),
                    "rectification".into(),
                    "rectification".into(),
                    "rectification".into(),
                )
            }
        };
        let nothing = lang.pick("无数据", "No data").to_owned();
        let widget = portal.get(&format!("embed/{name}{query}")).await;
        let badge = portal.get(&format!("badge/{badge}.svg{query}")).await;
        let wanted = said.clone().unwrap_or(nothing);
        assert!(widget.text().contains(&wanted), "view {view}: {name} lacks {wanted}");
        assert!(badge.text().contains(&wanted), "view {view}: {name}: {}", badge.text());
        if let Some(said) = said.filter(|_| !page.is_empty()) {
            let page = portal.get(&format!("{page}{query}")).await;
            assert!(page.text().contains(&said), "view {view}: {name} and its page");
        }
    }
}

fn index(index: &Option<contract::public::AirIndex>, lang: Lang) -> Option<String> {
    let index = index.as_ref()?;
    Some(spoken(index.value?, index.band.as_ref()?.name.get(lang)))
}

#[tokio::test]
async fn a_widget_may_be_framed_and_nothing_else_of_ours() {
    let portal = Portal::start().await;
    portal.push_good(hour_of(STATION, &CLEAN, HOUR)).await;
    let widget = portal.get(&format!("embed/station/{STATION}")).await;
    let policy = widget.header("content-security-policy");
    assert!(
        policy.starts_with("default-src 'none'") && policy.ends_with("frame-ancestors *"),
        "{policy}"
    );
    assert!(!policy.contains("unsafe"), "{policy}");
    assert_eq!(widget.header("x-frame-options"), "", "it cannot say what the policy says");
    assert_eq!(widget.header("cross-origin-resource-policy"), "cross-origin");
    assert_eq!(
        widget.header("access-control-allow-origin"),
        "*",
        "a frame without an origin asks again"
    );
    assert_eq!(widget.header("referrer-policy"), "no-referrer");
    assert!(widget.header("cache-control").contains("max-age=60"));
    for path in ["", "air", "data", "report"] {
        let page = portal.get(path).await;
        assert_eq!(page.header("x-frame-options"), "DENY", "/{path}");
        assert!(
            page.header("content-security-policy").ends_with("frame-ancestors 'none'"),
            "/{path}"
        );
    }
    for path in
        ["embed/air-now", "embed.js", "badge/air.svg", "card/air-now.png", "data", "oembed?url=x"]
    {
        assert_eq!(portal.get(path).await.header("set-cookie"), "", "/{path}");
    }
}

#[tokio::test]
async fn an_operator_says_who_may_frame_widgets() {
    let listed = |config: &mut server::config::Config| {
        config.embed.allowed_hosts = vec!["https://news.example".into()];
    };
    let portal = Portal::with(listed).await;
    let policy = portal.get("embed/air-now").await;
    assert!(
        policy.header("content-security-policy").ends_with("frame-ancestors https://news.example")
    );
    assert!(portal.get("data?lang=en").await.text().contains("https://news.example"));
}

#[tokio::test]
async fn an_unknown_station_and_one_without_data_have_no_number() {
    let portal = Portal::start().await;
    for name in ["station/NOPE", "section/NOPE", "station/3014A", "air-now"] {
        let widget = portal.get(&format!("embed/{name}")).await;
        assert_eq!(widget.status, 200, "{name}: a widget never breaks the page it stands in");
        assert!(widget.text().contains("无数据") && widget.text().contains("noindex"), "{name}");
    }
    for name in ["station-NOPE", "station-3014A", "section-NOPE", "air", "rectification"] {
        let badge = portal.get(&format!("badge/{name}.svg")).await;
        assert_eq!(badge.status, 200, "{name}");
        assert!(badge.text().contains("无数据"), "{name}: {}", badge.text());
    }
    assert_eq!(portal.get("embed/weather").await.status, 404);
    assert_eq!(portal.get("badge/weather.svg").await.status, 404);
}

#[tokio::test]
async fn an_old_number_is_never_shown_as_current() {
    let portal = Portal::start().await;
    portal.push_good(hour_of(STATION, &CLEAN, HOUR)).await;
    let (widget, badge) =
        (format!("embed/station/{STATION}"), format!("badge/station-{STATION}.svg"));
    let now: StationNow = portal.read(&paths::latest(STATION)).await;
    let said = index(&now.hourly, Lang::Zh).unwrap();
    assert!(portal.get(&widget).await.text().contains("data-stale-in"));
    assert!(portal.get(&badge).await.text().contains(&said));
    portal.pass(SignedDuration::from_hours(3));
    // What is kept of an answer is made anew a second later.
    let old = until("the widget is made anew", || async {
        let old = portal.get(&widget).await;
        (!old.text().contains("data-stale-in")).then_some(old)
    })
    .await;
    assert!(old.text().contains("<p class=\"mark stale\">数据过期</p>"), "{}", old.text());
    assert!(old.text().contains("<p class=\"big none\">"), "an old figure has no colour");
    let old = portal.get(&badge).await;
    assert!(old.text().contains("数据过期") && !old.text().contains(&said), "{}", old.text());
}

#[tokio::test]
async fn parameters_that_cannot_be_are_named_and_the_widget_stands() {
    let portal = Portal::start().await;
    let widget = portal.get("embed/air-now?lang=en&theme=%3Cscript%3E&utm_source=x").await;
    assert_eq!(widget.status, 200);
    assert!(widget.text().contains("The parameter theme"), "{}", widget.text());
    let dark = portal.get("embed/air-now?lang=en&theme=dark&size=elder").await;
    assert!(
        dark.text().contains("lang=\"en\" dir=\"ltr\" data-theme=\"dark\" data-size=\"elder\"")
    );
}

#[tokio::test]
async fn a_widget_and_all_it_loads_is_at_most_thirty_kilobytes() {
    let portal = Portal::demonstration().await;
    samples::play(portal.app()).await.unwrap();
    for name in [
        "air-now",
        "station/1424A",
        "section/A500107_0001",
        "water",
        "rectification",
        "green",
        "scorecard",
        "report",
    ] {
        let compressed = |path: String| {
            let request =
                portal.request(reqwest::Method::GET, &path).header("accept-encoding", "br");
            async move { Answer::of(request.send().await.unwrap()).await }
        };
        let widget = compressed(format!("embed/{name}?lang=zh-CN")).await;
        assert_eq!(widget.header("content-encoding"), "br");
        let plain = portal.get(&format!("embed/{name}?lang=zh-CN")).await;
        let script =
            plain.text().split("<script src=\"/").nth(1).unwrap().split('"').next().unwrap();
        let script = compressed(script.to_owned()).await;
        assert_eq!(script.status, 200);
        let size = widget.body.len() + script.body.len();
        assert!(size <= 30_000, "{name}: {size} B");
        assert!(!plain.text().contains("src=\"http"), "{name} loads nothing from elsewhere");
    }
    let host = portal.request(reqwest::Method::GET, "embed.js").header("accept-encoding", "br");
    assert!(Answer::of(host.send().await.unwrap()).await.body.len() <= 10_000);
}

#[tokio::test]
async fn badges_and_cards_are_small_pictures() {
    let portal = Portal::demonstration().await;
    for (path, most) in
        [("badge/air.svg", 4_096), ("badge/air.png", 15_360), ("card/air-now.png", 300_000)]
    {
        let picture = portal.get(path).await;
        assert_eq!(picture.status, 200, "{path}");
        assert!(picture.body.len() <= most, "{path}: {} B", picture.body.len());
        let is_png = picture.body.starts_with(b"\x89PNG");
        assert_eq!(is_png, path.ends_with("png"), "{path}");
        assert!(picture.header("cache-control").contains("max-age=300"));
        if !is_png {
            let svg = roxmltree::Document::parse(picture.text()).unwrap();
            assert_eq!(svg.root_element().attribute("role"), Some("img"));
            assert!(picture.text().contains("演示数据"));
        }
    }
    // Width and height stand in the first chunk.
    let card = portal.get("card/air-now.png").await;
    assert_eq!(card.body[16..24], [0, 0, 4, 176, 0, 0, 2, 118], "1200 × 630");
}

#[tokio::test]
async fn a_page_says_how_it_is_embedded_and_what_its_picture_is() {
    let portal = Portal::demonstration().await;
    let page = portal.get(&format!("air/{STATION}?lang=en")).await;
    let head = page.text().split("</head>").next().unwrap();
    assert!(head.contains(&format!("card/station/{STATION}.png?lang=en")), "{head}");
    let discovery = head.split("application/json+oembed\" href=\"").nth(1).unwrap();
    let discovery = discovery.split('"').next().unwrap().replace("&amp;", "&");
    let answer = portal.get(discovery.trim_start_matches('/')).await;
    assert_eq!(answer.status, 200, "{discovery}: {}", answer.text());
    let answer = answer.json();
    assert_eq!((answer["version"].as_str(), answer["type"].as_str()), (Some("1.0"), Some("rich")));
    let html = answer["html"].as_str().unwrap();
    assert!(
        html.starts_with("<iframe src=\"http://")
            && html.contains(&format!("embed/station/{STATION}?lang=en"))
    );
    assert!(html.contains("loading=\"lazy\"") && !html.contains("<script"), "{html}");
    let card = answer["thumbnail_url"].as_str().unwrap().to_owned();
    assert!(card.ends_with(&format!("card/station/{STATION}.png?lang=en")), "{card}");
}

#[tokio::test]
async fn oembed_keeps_to_the_room_it_is_given_and_to_our_own_addresses() {
    let portal = Portal::start().await;
    let ask = |url: String, more: &'static str| {
        let path = format!("oembed?url={}{more}", url.replace(':', "%3A").replace('/', "%2F"));
        let portal = &portal;
        async move { portal.get(&path).await }
    };
    let small = ask(portal.url("air"), "&maxwidth=300&maxheight=200").await.json();
    assert_eq!((small["width"].as_u64(), small["height"].as_u64()), (Some(300), Some(200)));
    let xml = ask(portal.url("embed/water"), "&format=xml").await;
    let xml = roxmltree::Document::parse(xml.text()).unwrap();
    assert!(xml.descendants().any(|node| node.has_tag_name("html")));
    assert_eq!(ask(portal.url("air"), "&format=yaml").await.status, 501);
    for wrong in [
        "https://elsewhere.example/air".to_owned(),
        portal.url("air/NOPE"),
        portal.url("about"),
        String::new(),
    ] {
        assert_eq!(ask(wrong.clone(), "").await.status, 404, "{wrong}");
    }
}

#[tokio::test]
async fn an_archived_widget_stays_as_it_was_when_data_changes_and_says_so() {
    let portal = Portal::start().await;
    let day = |hour: usize| format!("2026-11-22T{hour:02}:00:00+08:00");
    for hour in 0..24 {
        portal.push_good(hour_of(STATION, &CLEAN, &day(hour))).await;
    }
    let path = format!("embed/@2026-11-22/station/{STATION}?lang=zh-CN");
    let first = portal.get(&path).await;
    assert_eq!(first.status, 200, "{}", first.text());
    let hash = first.header("x-content-sha256").to_owned();
    assert!(
        first.text().contains("2026-11-22（北京时间）结束时的数据")
            && !first.text().contains("data-live")
    );
    portal.pass(SignedDuration::from_mins(5));
    let mut foul = CLEAN;
    foul[0].1 = 180.0;
    for hour in 0..24 {
        portal.push_good(hour_of(STATION, &foul, &day(hour))).await;
    }
    let with_hash = format!("{path}&h={hash}");
    let later = portal.get(&with_hash).await;
    assert_eq!(later.header("x-content-sha256"), hash);
    assert!(later.text().contains("此后有更正"), "{}", later.text());
    let content = |text: &str| text.split("<main").nth(1).unwrap().to_owned();
    assert_eq!(content(first.text()), content(later.text()), "the same bytes");
    let other = portal.get(&format!("{path}&h=0000")).await;
    assert!(other.text().contains("校验值与存档不符"));
    let today = portal.get(&format!("embed/@2026-11-23/station/{STATION}")).await;
    assert!(today.text().contains("还没有结束") && today.status == 200);
}

#[tokio::test]
async fn what_has_no_figures_of_a_day_is_not_archived_and_what_looks_the_same_is_so_once() {
    let portal = Portal::start().await;
    samples::play(portal.app()).await.unwrap();
    for widget in ["water", &format!("section/{RIVER_SECTION}"), "report", "scorecard"] {
        let answer = portal.get(&format!("embed/@0101-01-01/{widget}")).await;
        assert_eq!(answer.status, 200, "{widget}");
    }
    for parameters in ["", "range=7d", "pollutant=pm2_5&group=water&standard=hj633-2012"] {
        let answer = portal.get(&format!("embed/@2026-06-30/rectification?{parameters}")).await;
        assert_eq!(answer.status, 200, "{parameters}");
    }
    let empty = portal.get("embed/@0101-01-01/water").await;
    let hash = empty.header("x-content-sha256").to_owned();
    let again = portal.get(&format!("embed/@0101-01-01/water?h={hash}")).await;
    assert!(!again.header("cache-control").contains("immutable"), "data may come late");
    let frozen = portal.app().config.server.data_dir.join("frozen");
    let kept = |path: &str| std::fs::read_dir(frozen.join(path)).map_or(0, Iterator::count);
    assert_eq!((kept("0101-01-01"), kept("2026-06-30/rectification")), (0, 1));
}

#[tokio::test]
async fn an_answer_that_names_the_askers_host_is_kept_by_nobody_in_between() {
    let paths = ["data", "data/example", "oembed?url=%2Fair"];
    let named = Portal::with(|config| {
        config.server.public_url = "https://example.org".to_owned();
    })
    .await;
    let unnamed = Portal::start().await;
    for path in paths {
        let [public, private] = [named.get(path).await, unnamed.get(path).await];
        assert_eq!((public.status, private.status), (200, 200), "{path}");
        assert!(public.header("cache-control").starts_with("public"), "{path}");
        assert!(private.header("cache-control").starts_with("private"), "{path}");
    }
}

#[tokio::test]
async fn the_page_of_widgets_offers_snippets_of_what_was_chosen_without_script() {
    let portal = Portal::demonstration().await;
    let page =
        portal.get(&format!("data?lang=en&widget=station%2F{STATION}&theme=dark&width=360")).await;
    assert_eq!(page.status, 200);
    let text = page.text();
    assert!(
        text.contains(&format!("embed/station/{STATION}?lang=en&amp;theme=dark")),
        "the preview"
    );
    assert!(
        text.contains(&format!("&lt;bilan-widget station=&quot;{STATION}&quot;")),
        "the element"
    );
    assert!(
        text.contains("integrity=&quot;sha384-")
            && text.contains(&format!("badge/station-{STATION}.svg"))
    );
    let policy = page.header("content-security-policy");
    assert!(policy.contains("frame-src 'self'") && !policy.contains("unsafe"), "{policy}");
    let sections: Sections = portal.read(paths::WATER_SECTIONS).await;
    for section in sections.sections {
        assert!(text.contains(&format!("section/{}", section.station.code)));
    }
}
