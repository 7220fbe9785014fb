//! Faults that were found in deployed servers, and must not be ours.

use reqwest::Method;
use serde_json::Value;

use super::*;
use crate::support::*;

#[tokio::test]
async fn json_is_never_wrapped_and_one_element_is_an_array() {
    let city = City::start().await;
    for path in [
        "services",
        "requests",
        &format!("requests/{R1001}"),
        "requests/nope",
        "servicerequestupdates",
    ] {
        let (_, body) = city.both(path, "").await;
        assert!(body.is_array(), "{path}: {body}");
    }
    assert_eq!(city.read("requests", "status=open").await.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn numbers_of_requests_are_texts_also_where_they_look_like_numbers() {
    let city = City::start().await;
    let found = city.read("requests", "").await;
    assert!(found.as_array().unwrap().iter().all(|row| row["service_request_id"].is_string()));
    assert!(city.read("services", "").await[0]["service_code"].is_string());
}

#[tokio::test]
async fn a_page_of_html_is_no_answer_and_no_error_has_status_200() {
    let city = City::start().await;
    for path in [
        "open311/v2",
        "open311/v2/",
        "open311/v2/services",
        "open311/v2/services.html",
        "open311/v2/services.jsonp",
        "open311/v2/nothing.xml",
        "open311/v2/services/a/b.xml",
    ] {
        let answer = city.portal.get(path).await;
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (404, "text/xml; charset=utf-8"),
            "{path}"
        );
        let text = answer.text();
        let start = "<?xml version=\"1.0\" encoding=\"utf-8\"?><errors><error><code>404</code><description>";
        assert!(text.starts_with(start), "{text}");
    }
    city.refused("nothing", "", 404).await;
    let doubled = city.portal.get("open311/v2//services.json").await;
    assert_eq!(doubled.status, 200, "clients append to an address with a slash");
}

#[tokio::test]
async fn no_function_name_is_reflected() {
    let city = City::start().await;
    let plain = city.raw("services", "json", "").await;
    for query in ["callback=alert", "jsonp=alert"] {
        let answer = city.raw("services", "json", query).await;
        assert_eq!(answer.body, plain.body);
        assert_eq!(answer.header("content-type"), "application/json; charset=utf-8");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
    }
}

#[tokio::test]
async fn methods_keep_their_meaning() {
    let city = City::start().await;
    let ask = async |method: Method, path: &str| {
        let request = city.portal.request(method, &format!("open311/v2/{path}"));
        Answer::of(request.send().await.unwrap()).await
    };
    for (path, methods) in [
        ("services.json", "GET, HEAD, OPTIONS"),
        ("requests.xml", "GET, HEAD, POST, OPTIONS"),
        ("tokens/x.json", "GET, HEAD, OPTIONS"),
    ] {
        let options = ask(Method::OPTIONS, path).await;
        assert_eq!((options.status, options.header("allow")), (204, methods), "{path}");
        for method in [Method::DELETE, Method::PUT, Method::PATCH] {
            let refused = ask(method, path).await;
            assert_eq!((refused.status, refused.header("allow")), (405, methods), "{path}");
            assert!(refused.text().contains("405"), "{}", refused.text());
        }
    }
    assert_eq!(ask(Method::POST, "services.json").await.status, 405);
    for path in ["services.json", "requests.xml", "services/NOPE.json"] {
        let (get, head) = (ask(Method::GET, path).await, ask(Method::HEAD, path).await);
        assert_eq!(
            (get.status, &get.headers["content-type"]),
            (head.status, &head.headers["content-type"])
        );
        assert_eq!(get.header("etag"), head.header("etag"));
        assert!(head.body.is_empty(), "{path}");
    }
}

#[tokio::test]
async fn forms_of_other_types_too_long_ones_and_unreadable_text_are_refused_in_the_same_body() {
    let city = City::empty().await;
    let post = async |kind: &str, body: Vec<u8>| {
        let request = city.portal.request(Method::POST, "open311/v2/requests.json").body(body);
        let request = if kind.is_empty() { request } else { request.header("content-type", kind) };
        Answer::of(request.send().await.unwrap()).await
    };
    let form = "application/x-www-form-urlencoded";
    let cases = [
        ("application/json", b"{}".to_vec(), 415),
        ("", Vec::new(), 415),
        (form, vec![b'a'; 300 * 1_024], 413),
        (form, b"description=%ff".to_vec(), 400),
        ("multipart/form-data; boundary=x", b"--y".to_vec(), 400),
        ("multipart/form-data", b"--y".to_vec(), 400),
    ];
    for (kind, body, status) in cases {
        let answer = post(kind, body).await;
        assert_eq!(answer.status, status, "{kind}: {}", answer.text());
        descriptions(&answer.json(), status);
    }
    city.refused("requests", "status=%ff", 400).await;
    city.refused("services/%ff", "", 400).await;
}

#[tokio::test]
async fn a_closed_form_says_so_in_the_same_body_and_reading_goes_on() {
    let portal = Portal::showing(district(), |_| {}).await;
    let key = server::commands::keys::add_open311(portal.store(), "client").await.unwrap();
    let city = City { portal, key };
    let answer = city.post("json", &FORM).await;
    assert!(answer.status >= 500, "{}", answer.text());
    descriptions(&answer.json(), answer.status);
    assert_eq!(city.read("requests", "").await, Value::Array(Vec::new()));
}

#[tokio::test]
async fn whatever_is_asked_both_formats_say_the_same() {
    let city = City::start().await;
    for (path, query) in [
        ("discovery", ""),
        ("services", ""),
        ("services/BATCH01", ""),
        ("services/TIP01", ""),
        ("requests", "extensions=true"),
        ("requests", "status=x&page=0&start_date=1&bbox=1"),
        ("requests", "service_code=%3C%26%22%27"),
        ("services/%3Cscript%3E", ""),
        ("tokens/%26amp%3B", ""),
        ("servicerequestupdates", "start_date=x"),
    ] {
        city.both(path, query).await;
    }
}
