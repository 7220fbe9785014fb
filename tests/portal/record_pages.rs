//! The record's pages without script: the same figures as the interface, and nothing that was typed becomes markup.

use contract::{
    green::Green,
    paths,
    programme::{Programme, Programmes},
    rectification::{Item, Ledger},
    scorecard::Scorecard,
};
use server::record::samples;

use crate::support::{Portal, take_reports};

async fn played() -> Portal {
    let portal = Portal::with(take_reports).await;
    samples::play(portal.app()).await.unwrap();
    portal
}

async fn page(portal: &Portal, path: &str) -> String {
    let answer = portal.get(path).await;
    assert_eq!(answer.status, 200, "{path}");
    answer.text().to_owned()
}

#[tokio::test]
async fn the_ledgers_rate_stands_with_both_numbers_before_any_script() {
    let portal = played().await;
    let ledger: Ledger = portal.read(paths::RECTIFICATION).await;
    let total = ledger.statistics.total;
    let (percent, part, whole) = (total.closure().percent().unwrap(), total.closed, total.all);
    let zh = page(&portal, "rectification?lang=zh-CN").await;
    assert!(zh.contains(&format!("{percent} %（{part} / {whole}）")));
    let en = page(&portal, "rectification?lang=en").await;
    assert!(en.contains(&format!("{percent} % ({part} of {whole})")));
}

#[tokio::test]
async fn an_issues_page_has_the_four_rows_of_the_publication_form_and_every_step() {
    let portal = played().await;
    let item: Item = portal.read(&paths::item("CASE-4")).await;
    let html = page(&portal, "rectification/CASE-4?lang=zh-CN").await;
    for row in ["整改任务概述", "整改责任单位", "整改目标", "整改措施及成效"]
    {
        assert!(html.contains(row), "{row}");
    }
    assert!(html.contains(&item.task));
    for step in &item.course {
        assert!(html.contains(&format!("{} · {}", step.on, step.kind.name(domain::Lang::Zh))));
    }
}

#[tokio::test]
async fn every_published_figure_is_there_with_the_words_of_its_source() {
    let portal = played().await;
    let card: Scorecard = portal.read(paths::SCORECARD).await;
    let html = page(&portal, "scorecard?lang=zh-CN").await;
    for line in card.groups.iter().flat_map(|group| &group.lines) {
        assert!(html.contains(&line.now.quote), "{}", line.key);
    }
    assert!(!html.contains("79 吨"), "the implausible figure is published nowhere");
    let green: Green = portal.read(paths::GREEN).await;
    let html = page(&portal, "green?lang=zh-CN").await;
    for of in &green.indicators {
        assert!(html.contains(&of.definition.zh), "{}", of.name.zh);
    }
    assert!(html.contains("估算"));
}

#[tokio::test]
async fn every_programme_has_a_page_in_both_languages() {
    let portal = played().await;
    let all: Programmes = portal.read(paths::PROGRAMMES).await;
    for line in &all.programmes {
        let programme: Programme = portal.read(&paths::programme(&line.slug)).await;
        for (lang, text) in [("zh-CN", &programme.html.zh), ("en", &programme.html.en)] {
            let html = page(&portal, &format!("programmes/{}?lang={lang}", line.slug)).await;
            assert!(html.contains(text.as_str()), "{} in {lang}", line.slug);
        }
    }
}

#[tokio::test]
async fn a_number_or_name_that_is_none_is_no_page() {
    let portal = played().await;
    for path in ["rectification/NO-SUCH-1", "rectification/a%2Fb", "programmes/no-such-page"] {
        assert_eq!(portal.get(path).await.status, 404, "{path}");
    }
}
