//! What each route says before any script runs.

use domain::Lang;
use reqwest::Method;

use crate::support::*;

/// How the line begins that stands wherever a number is generated.
const NOTICE: [(Lang, &str); 2] =
    [(Lang::Zh, "演示数据：本页"), (Lang::En, "Demonstration data: every number")];

async fn portal_with_data() -> Portal {
    let portal = Portal::start().await;
    portal.push_good(hour_of(STATION, &CLEAN, "2026-11-23T13:00:00+08:00")).await;
    let sample = [
        ("w01001", "7.9"),
        ("w01009", "8.2"),
        ("w01019", "2.1"),
        ("w21003", "0.12"),
        ("w21011", "0.09"),
    ];
    portal.device().await.report(&hour(RIVER, "20261123120000", &sample)).await;
    portal
}

fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let (_, rest) = text.split_once(from).unwrap_or_else(|| panic!("no {from}"));
    rest.split_once(to).map_or(rest, |(found, _)| found)
}

/// Title, description and summary of a page.
async fn page(portal: &Portal, path: &str, lang: Lang) -> (String, String, String) {
    let answer = portal.get(&format!("{path}?lang={}", lang.tag())).await;
    assert_eq!((answer.status, answer.header("content-language")), (200, lang.tag()), "{path}");
    assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
    let text = answer.text();
    assert!(text.contains(&format!("<html lang=\"{}\"", lang.tag())), "{path}");
    assert!(text.contains("<base href=\"/\">"), "{path}");
    let canonical = format!("<link rel=\"canonical\" href=\"/{path}?lang={}\">", lang.tag());
    assert!(text.contains(&canonical), "{path} lacks {canonical}");
    for other in Lang::ALL {
        assert!(text.contains(&format!("hreflang=\"{}\"", other.tag())), "{path}");
    }
    let title = between(text, "<title>", "</title>").to_owned();
    let description = between(text, "<meta name=\"description\" content=\"", "\"").to_owned();
    let summary = between(text, "<div id=\"summary\"", "</footer>").to_owned();
    (title, description, summary)
}

#[tokio::test]
async fn an_address_without_a_language_is_its_own_canonical_address() {
    let portal = Portal::start().await;
    for (path, asked) in [("air", "/air"), ("air?lang=en", "/air?lang=en"), ("air", "/air")] {
        let canonical = format!("<link rel=\"canonical\" href=\"{asked}\">");
        assert!(portal.get(path).await.text().contains(&canonical), "{path} lacks {canonical}");
    }
}

#[tokio::test]
async fn what_the_index_means_for_health_stands_in_whole_sentences() {
    let portal = portal_with_data().await;
    for (lang, meaning) in [
        (Lang::Zh, "空气质量令人满意，基本无空气污染。各类人群可正常活动。"),
        (Lang::En, "there is practically no air pollution. Everyone can be active as usual."),
    ] {
        for path in ["", "air"] {
            let (_, _, summary) = page(&portal, path, lang).await;
            assert!(summary.contains(meaning), "/{path} lacks {meaning}");
        }
    }
}

#[tokio::test]
async fn every_route_states_its_title_its_sentence_and_its_numbers_in_both_languages() {
    let portal = portal_with_data().await;
    let expected = [
        ("", Lang::Zh, "碧蓝", "杨家坪", "Ⅱ"),
        ("", Lang::En, "Bilan", "Yangjiaping", "Ⅱ"),
        ("air", Lang::Zh, "空气质量", "杨家坪", "13:00–14:00"),
        ("air", Lang::En, "Air quality", "Yangjiaping", "13:00–14:00"),
        ("air/1424A", Lang::Zh, "杨家坪", "20 µg/m³", "HJ 633-2026"),
        ("air/1424A", Lang::En, "Yangjiaping", "20 µg/m³", "HJ 633-2026"),
        ("water", Lang::Zh, "地表水", "和尚山", "Ⅱ"),
        ("water", Lang::En, "Surface water", "Heshangshan", "Ⅱ"),
        ("water/A500107_0001", Lang::Zh, "和尚山", "8.20 mg/L", "自动站五项"),
        ("water/A500107_0001", Lang::En, "Heshangshan", "8.20 mg/L", "automatic station"),
        ("about", Lang::Zh, "关于", "HJ 633", "GB 3838-2002"),
        ("about", Lang::En, "About", "HJ 633", "GB 3838-2002"),
        ("accessibility", Lang::Zh, "无障碍", "WCAG 2.2", "12345"),
        ("accessibility", Lang::En, "Accessibility", "WCAG 2.2", "12345"),
    ];
    let mut titles = Vec::new();
    for (path, lang, title_has, first, second) in expected {
        let (title, description, summary) = page(&portal, path, lang).await;
        assert!(title.contains(title_has), "{path} {lang:?}: {title}");
        assert!(description.chars().count() >= 8, "{path} {lang:?}: {description}");
        assert!(summary.contains(first) && summary.contains(second), "{path} {lang:?}: {summary}");
        for (_, notice) in NOTICE {
            assert!(!summary.contains(notice), "{path} calls measured numbers simulated");
        }
        titles.push(title);
    }
    let count = titles.len();
    titles.sort();
    titles.dedup();
    assert_eq!(titles.len(), count, "two routes share a title");
}

#[tokio::test]
async fn a_page_with_a_simulated_number_says_so() {
    let portal = portal_with_data().await;
    let sample = [("w01001", "7.9"), ("w01009", "8.2")];
    portal.device().await.report(&hour(SIMULATED, "20261123120000", &sample)).await;
    for (lang, notice) in NOTICE {
        for path in ["water/JLP-TAOHUA", "water", ""] {
            let (.., summary) = page(&portal, path, lang).await;
            assert!(summary.contains(notice), "{path} {lang:?}");
        }
        let (.., measured) = page(&portal, "air/1424A", lang).await;
        assert!(!measured.contains(notice));
    }
}

#[tokio::test]
async fn a_demonstration_says_so_on_every_page() {
    let portal = Portal::demonstration().await;
    for (lang, notice) in NOTICE {
        for path in
            ["", "air", "air/1424A", "water", "water/A500107_0001", "about", "accessibility"]
        {
            let (.., summary) = page(&portal, path, lang).await;
            assert!(summary.contains(notice), "{path} {lang:?}");
        }
    }
}

#[tokio::test]
async fn an_unknown_station_is_a_404_that_leads_on() {
    let portal = portal_with_data().await;
    for path in ["air/9999Z", "water/9999Z", "air/A500107_0001", "nowhere", "air/1424A/deeper"] {
        for (lang, heading) in [("zh-CN", "没有找到这个页面"), ("en", "This page does not exist")]
        {
            let answer = portal.get(&format!("{path}?lang={lang}")).await;
            assert_eq!(answer.status, 404, "{path}");
            let text = answer.text();
            assert!(text.contains(heading) && text.contains("noindex"), "{path}");
            assert!(text.contains("href=\"air/1424A?lang="), "{path} leads nowhere");
            assert!(!text.contains("rel=\"canonical\""), "{path}");
        }
    }
    let script = portal.get("assets/portal-000000000000.js").await;
    assert_eq!((script.status, script.header("content-type")), (404, "application/problem+json"));
}

#[tokio::test]
async fn an_attribute_or_tag_in_the_address_stays_text() {
    let portal = portal_with_data().await;
    let answer = portal.get("air/%3Cscript%3Ealert(1)%3C%2Fscript%3E?lang=%22%3E%3Cb%3E").await;
    assert_eq!(answer.status, 404);
    assert!(!answer.text().contains("<script>alert") && !answer.text().contains("\"><b>"));
}

#[tokio::test]
async fn without_a_wish_the_page_follows_the_browser_and_else_is_chinese() {
    let portal = portal_with_data().await;
    let lang = async |accept: Option<&str>| {
        let mut request = portal.request(Method::GET, "air");
        if let Some(accept) = accept {
            request = request.header("accept-language", accept);
        }
        let answer = Answer::of(request.send().await.unwrap()).await;
        assert!(answer.header("vary").contains("accept-language"));
        answer.header("content-language").to_owned()
    };
    assert_eq!(lang(None).await, "zh-CN");
    assert_eq!(lang(Some("fr, en;q=0.8, zh;q=0.5")).await, "en");
    assert_eq!(lang(Some("zh-TW, en;q=0.5")).await, "zh-CN");
}

#[tokio::test]
async fn the_site_map_lists_every_page_and_each_answers() {
    let portal = portal_with_data().await;
    let map = portal.get("sitemap.xml").await;
    let origin = format!("http://{}/", portal.address());
    let pages: Vec<&str> =
        map.text().split("<loc>").skip(1).map(|rest| between(rest, "", "</loc>")).collect();
    assert!(pages.len() > 20, "{} pages", pages.len());
    for address in pages {
        let path = address.replace("&amp;", "&");
        let path = path.strip_prefix(&origin).unwrap_or_else(|| panic!("{address}"));
        assert_eq!(portal.get(path).await.status, 200, "{path}");
    }
}
