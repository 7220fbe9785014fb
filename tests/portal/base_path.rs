//! Everything under a path of another site.

use contract::paths;

use crate::support::*;

async fn under_env() -> Portal {
    Portal::with(|config| config.server.base_path = "env".to_owned()).await
}

/// What the server says outside of its base path.
async fn outside(portal: &Portal, path: &str) -> Answer {
    let client = ingest::http_client().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    Answer::of(client.get(format!("http://{}{path}", portal.address())).send().await.unwrap()).await
}

#[tokio::test]
async fn everything_lives_under_the_base_path_and_nothing_beside_it() {
    let portal = under_env().await;
    for path in
        ["", "air", "water", paths::STATIONS, "healthz", "metrics", "robots.txt", "sitemap.xml"]
    {
        assert_eq!(portal.get(path).await.status, 200, "/env/{path}");
        let beside = outside(&portal, &format!("/{path}")).await;
        assert_eq!(beside.status, 404, "/{path}");
    }
    let bare = outside(&portal, "/env").await;
    assert_eq!((bare.status, bare.header("location")), (308, "/env/"));
    let mut feed = portal.subscribe(None).await;
    feed.snapshot().await;
    portal.push_good(hour_of(STATION, &CLEAN, "2026-11-23T13:00:00+08:00")).await;
    feed.change_of(STATION).await;
}

#[tokio::test]
async fn what_the_portal_says_of_its_addresses_includes_the_base_path() {
    let portal = under_env().await;
    let page = portal.get("air?lang=en").await;
    assert!(page.text().contains("<base href=\"/env/\">"));
    assert!(page.text().contains("<link rel=\"canonical\" href=\"/env/air?lang=en\">"));
    // Addresses within the page are relative, so that the base decides.
    let absolute: Vec<&str> =
        page.text().split("href=\"/").skip(1).map(|rest| &rest[..20]).collect();
    assert!(absolute.iter().all(|rest| rest.starts_with("env/")), "{absolute:?}");
    assert_eq!(portal.get(paths::OPENAPI).await.json()["servers"][0]["url"], "/env");
    let map = portal.get("sitemap.xml").await;
    assert!(map.text().contains(&format!("<loc>http://{}/env/water", portal.address())));
    assert!(portal.get("robots.txt").await.text().contains("Allow: /env/"));
}
