//! Pages before any script: every route in both languages with its current numbers.

use serde_json::json;

use crate::harness::{Portal, STATION, hour, last_hour};

async fn portal_with_air() -> Portal {
    let portal = Portal::start().await;
    let start = last_hour().to_string();
    let values = [("pm2_5", 88.0), ("pm10", 110.0), ("o3", 30.0), ("no2", 40.0), ("so2", 7.0), ("co", 0.9)];
    let rows: Vec<_> = values.iter().map(|(item, value)| hour(STATION, item, &start, *value)).collect();
    portal.push(json!(rows)).await;
    portal
}

#[tokio::test]
async fn every_route_says_its_numbers_in_both_languages() {
    let portal = portal_with_air().await;
    // PM2.5 88 µg/m³ under HJ 633-2026: 126, 轻度污染.
    for (path, zh, en) in [
        ("", "126 轻度污染", "126 Lightly polluted"),
        ("air", "126 轻度污染", "126 Lightly polluted"),
        ("air/1424A", "88 µg/m³", "88 µg/m³"),
        ("water", "和尚山", "Heshangshan"),
        ("water/A500107_0001", "暂无数据", "No data yet"),
        ("about", "数据来源", "Sources of data"),
        ("accessibility", "WCAG 2.2 AA", "WCAG 2.2 AA"),
    ] {
        for (lang, text, other) in [("zh-CN", zh, en), ("en", en, zh)] {
            let reply = portal.get(&format!("{path}?lang={lang}")).await;
            let page = reply.text();
            assert_eq!(reply.status, 200, "{path}");
            assert!(page.contains(&format!("<html lang=\"{lang}\"")), "{path} {lang}");
            assert!(page.contains(text), "{path} {lang} lacks {text}");
            assert!(text == other || !page.contains(other), "{path} {lang} says {other}");
            assert_eq!(page.matches("<h1>").count(), 1, "{path}");
            assert!(page.contains(&format!("<link rel=\"canonical\" href=\"/{path}?lang={lang}\">")), "{path}");
            assert!(page.contains("hreflang=\"en\"") && page.contains("hreflang=\"zh-CN\""));
            assert_eq!(reply.header("content-language"), lang);
        }
    }
    portal.stop().await;
}

#[tokio::test]
async fn titles_and_descriptions_differ_by_route() {
    let portal = portal_with_air().await;
    let mut titles = std::collections::HashSet::new();
    for path in ["", "air", "air/1424A", "water", "water/A500107_0001", "about", "accessibility"] {
        let page = portal.get(path).await.text();
        let title = page.split("<title>").nth(1).unwrap().split("</title>").next().unwrap();
        assert!(titles.insert(title.to_owned()), "{title} twice");
        let description = page.split("<meta name=\"description\" content=\"").nth(1).unwrap();
        assert!(!description.starts_with('"'), "{path} has no description");
    }
    portal.stop().await;
}

#[tokio::test]
async fn a_page_cannot_be_framed_and_runs_no_foreign_script() {
    let portal = Portal::start().await;
    let page = portal.get("air").await;
    let policy = page.header("content-security-policy");
    assert!(policy.contains("frame-ancestors 'none'"));
    assert!(policy.contains("script-src 'self' 'wasm-unsafe-eval'"));
    assert!(!policy.contains("script-src 'self' 'unsafe-inline'"));
    assert_eq!(page.header("x-content-type-options"), "nosniff");
    assert!(!page.header("referrer-policy").is_empty());
    portal.stop().await;
}

#[tokio::test]
async fn an_unknown_place_is_a_404_page_with_a_way_on() {
    let portal = Portal::start().await;
    for path in ["nowhere", "air/0000X", "water/1424A", "air/1424A/more", "air/%3Cscript%3E"] {
        let reply = portal.get(&format!("{path}?lang=en")).await;
        assert_eq!(reply.status, 404, "{path}");
        let page = reply.text();
        assert!(page.contains("This page does not exist"), "{path}");
        assert!(page.contains("href=\"air/1424A?lang=en\""), "{path}");
        assert!(!page.contains("<script>alert"), "{path}");
    }
    assert_eq!(portal.get("assets/missing.js").await.header("content-type"), "application/problem+json");
    portal.stop().await;
}

#[tokio::test]
async fn search_engines_find_every_page() {
    let portal = Portal::with(|config| config.server.public_url = "https://env.example/".into()).await;
    let map = portal.get("sitemap.xml").await.text();
    for path in ["", "air", "air/3014A", "water/A500107_0001", "about"] {
        for lang in ["zh-CN", "en"] {
            assert!(map.contains(&format!("<loc>https://env.example/{path}?lang={lang}</loc>")), "{path}");
        }
    }
    assert!(portal.get("robots.txt").await.text().contains("Sitemap: https://env.example/sitemap.xml"));
    portal.stop().await;
}
