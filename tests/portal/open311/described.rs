//! The description of this interface against what it answers.

use std::collections::BTreeSet;

use super::*;
use crate::support::{Answer, faults};
use reqwest::Method;
use serde_json::Value;

async fn document(city: &City) -> Value {
    let answer = city.portal.get("open311/v2/openapi.json").await;
    assert_eq!((answer.status, answer.header("access-control-allow-origin")), (200, "*"));
    assert_eq!(answer.header("content-type"), "application/json; charset=utf-8");
    answer.json()
}

/// A path with the fixture's names in it.
fn address(template: &str, token: &str) -> String {
    let names = [("{service_code}", "AIR01"), ("{service_request_id}", R1001), ("{token}", token)];
    let path =
        names.iter().fold(template.to_owned(), |path, (name, value)| path.replace(name, value));
    format!("open311/v2{path}")
}

/// What is said of the answer to `method` with that status, as JSON.
fn schema<'a>(document: &'a Value, path: &str, method: &str, status: u16) -> &'a Value {
    let response = &document["paths"][path][method]["responses"][status.to_string()];
    let schema = &response["content"]["application/json"]["schema"];
    assert!(schema.is_object(), "{method} {path} may answer {status}");
    schema
}

async fn token(city: &City) -> String {
    let form = form(&["service_code", "attribute[SMELL]"], &[("service_code", "BATCH01")]);
    city.post("json", &form).await.json()[0]["token"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn every_described_address_answers_as_it_is_described_plainly_and_extended() {
    let city = City::start().await;
    let (document, token) = (document(&city).await, token(&city).await);
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1."));
    let mut looked_at = 0;
    for (template, methods) in document["paths"].as_object().unwrap() {
        for query in ["", "?extensions=true"] {
            let path = address(template, &token);
            let answer = city.portal.get(&format!("{path}{query}")).await;
            assert_eq!(answer.status, 200, "{path}: {}", answer.text());
            let content = methods["get"]["responses"]["200"]["content"].as_object().unwrap();
            let (kind, _) = content.iter().next().unwrap();
            assert!(answer.header("content-type").starts_with(kind.as_str()), "{path}");
            if template.ends_with(".json") && template != "/openapi.json" {
                let found = faults(
                    &document,
                    schema(&document, template, "get", 200),
                    &answer.json(),
                    "body",
                );
                assert!(found.is_empty(), "{path}{query}: {found:#?}");
                looked_at += 1;
            }
        }
    }
    assert_eq!(looked_at, 14);
}

#[tokio::test]
async fn refusals_and_what_is_posted_are_described_too() {
    let city = City::start().await;
    let document = document(&city).await;
    let fits = |answer: &Answer, path: &str, method: &str| {
        let found = faults(
            &document,
            schema(&document, path, method, answer.status),
            &answer.json(),
            "body",
        );
        assert!(found.is_empty(), "{method} {path} {}: {found:#?}", answer.status);
        answer.status
    };
    let requests = "/requests.json";
    let extended = form(&[], &[("extensions", "true"), ("api_key", &city.key)]);
    for (sent, status) in [
        (city.post("json", &FORM).await, 200),
        (city.post("json", &extended).await, 200),
        (city.post("json", &form(&["lat"], &[])).await, 400),
    ] {
        assert_eq!(fits(&sent, requests, "post"), status);
    }
    for (path, status) in [
        ("/services/{service_code}.json", 404),
        ("/requests/{service_request_id}.json", 404),
        ("/tokens/{token}.json", 404),
    ] {
        let (begin, _) = path.split_once('{').unwrap();
        let answer = city.portal.get(&format!("open311/v2{begin}NOPE.json")).await;
        assert_eq!(fits(&answer, path, "get"), status);
    }
    let bogus = city.portal.get("open311/v2/requests.json?status=bogus").await;
    assert_eq!(fits(&bogus, requests, "get"), 400);
}

#[tokio::test]
async fn every_method_of_an_address_is_described_and_no_other() {
    let city = City::start().await;
    let document = document(&city).await;
    for (template, methods) in document["paths"].as_object().unwrap() {
        let described: BTreeSet<String> =
            methods.as_object().unwrap().keys().map(|method| method.to_uppercase()).collect();
        let path = address(template, "x");
        let answer = city.portal.request(Method::OPTIONS, &path).send().await.unwrap();
        let allowed = answer.headers()["allow"].to_str().unwrap().to_owned();
        let allowed: BTreeSet<String> = allowed
            .split(", ")
            .filter(|method| !["HEAD", "OPTIONS"].contains(method))
            .map(str::to_owned)
            .collect();
        assert_eq!(described, allowed, "{template}");
    }
}

#[tokio::test]
async fn the_walk_would_see_a_wrong_answer() {
    let city = City::start().await;
    let document = document(&city).await;
    let requests = schema(&document, "/requests.json", "get", 200);
    let good = city.portal.get("open311/v2/requests.json").await.json();
    assert_eq!(faults(&document, requests, &good, "body"), Vec::<String>::new());
    for (name, wrong) in
        [("status", Value::from("done")), ("lat", "29.5".into()), ("secret", 1.into())]
    {
        let mut rows = good.clone();
        rows[0][name] = wrong;
        assert_eq!(faults(&document, requests, &rows, "body").len(), 1, "{name}");
    }
}
