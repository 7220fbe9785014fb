//! The page of the staff console, which is nobody else's to keep, to frame or to list.

use crate::support::*;

async fn page(portal: &Portal, path: &str) -> Answer {
    let answer = portal.get(path).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "text/html; charset=utf-8"));
    answer
}

#[tokio::test]
async fn every_address_of_the_console_answers_with_its_one_page() {
    let portal = Portal::start().await;
    let first = page(&portal, "console/?lang=en").await;
    assert!(first.text().contains("<base href=\"/console/\">"));
    assert!(first.text().contains("<html lang=\"en\"") && first.text().contains("Bilan console"));
    for path in ["console/cases/R7K3M9QXD?lang=en", "console/audit?lang=en&page=2"] {
        assert_eq!(page(&portal, path).await.text(), first.text(), "{path}");
    }
    let chinese = page(&portal, "console/?lang=zh-CN").await;
    assert!(chinese.text().contains("碧蓝工作台"));
}

#[tokio::test]
async fn the_console_is_kept_framed_and_listed_by_nobody() {
    let portal = Portal::start().await;
    let answer = page(&portal, "console/").await;
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("referrer-policy"), "no-referrer");
    assert_eq!(answer.header("x-robots-tag"), "noindex, nofollow");
    assert_eq!(answer.header("x-frame-options"), "DENY");
    let policy = answer.header("content-security-policy");
    assert!(policy.contains("frame-ancestors 'none'") && policy.contains("default-src 'none'"));
    assert!(!policy.contains("unsafe-inline"), "{policy}");
    for path in ["sitemap.xml", ""] {
        assert!(!portal.get(path).await.text().contains("console/"), "{path} names the console");
    }
}

#[tokio::test]
async fn what_is_no_page_of_the_console_is_not_found() {
    let portal = Portal::start().await;
    for path in ["console/api", "console/api/v1/nothing", "console/assets/console-0.js", "consoles"]
    {
        let answer = portal.get(path).await;
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.text().contains("<base href=\"/console/\">"), "{path}");
    }
}

#[tokio::test]
async fn the_console_lives_under_the_base_path() {
    let portal = Portal::with(|config| config.server.base_path = "env".to_owned()).await;
    let answer = portal.get("console/?lang=en").await;
    assert!(answer.text().contains("<base href=\"/env/console/\">"));
    let client = ingest::http_client().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let bare = format!("http://{}/env/console?lang=en", portal.address());
    let bare = Answer::of(client.get(bare).send().await.unwrap()).await;
    assert_eq!((bare.status, bare.header("location")), (308, "/env/console/?lang=en"));
}
