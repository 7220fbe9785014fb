//! Discovery, services and definitions.

use serde_json::json;

use super::*;

#[tokio::test]
async fn discovery_names_the_endpoint_its_kind_and_both_formats() {
    let station = City::empty().await;
    let found = station.read("discovery", "").await;
    for field in ["changeset", "contact", "key_service"] {
        assert!(found[field].as_str().is_some_and(|text| !text.is_empty()), "{field}");
    }
    let [endpoint] = found["endpoints"].as_array().unwrap().as_slice() else { panic!("{found}") };
    assert_eq!(endpoint["specification"], "http://wiki.open311.org/GeoReport_v2");
    assert_eq!(endpoint["url"], station.portal.url("open311/v2"));
    assert_eq!(endpoint["type"], "test");
    assert_eq!(endpoint["formats"], json!(["text/xml", "application/json"]));
    let xml = station.raw("discovery", "xml", "").await;
    assert!(
        xml.text().contains(
            "<formats><format>text/xml</format><format>application/json</format></formats>"
        )
    );
}

#[tokio::test]
async fn services_are_listed_alike_in_both_formats() {
    let station = City::empty().await;
    let services = station.read("services", "").await;
    let codes: Vec<_> =
        services.as_array().unwrap().iter().map(|service| &service["service_code"]).collect();
    assert_eq!(codes, ["AIR01", "NOISE01", "TIP01", "BATCH01"]);
    let expected = json!({
        "service_code": "AIR01", "service_name": "废气异味", "description": "说明", "metadata": true,
        "type": "realtime", "keywords": "臭味, 废气", "group": "大气",
    });
    assert_eq!(services[0], expected);
    assert_eq!(services[1]["metadata"], false);
    assert_eq!(services[1]["keywords"], json!(null));
    assert_eq!((&services[2]["type"], &services[3]["type"]), (&json!("blackbox"), &json!("batch")));
    let xml = station.raw("services", "xml", "").await;
    assert!(xml.text().contains("<services><service><service_code>AIR01</service_code>"));
}

#[tokio::test]
async fn a_definition_is_an_object_with_its_questions_in_order() {
    let station = City::empty().await;
    let found = station.read("services/AIR01", "").await;
    assert_eq!(found["service_code"], "AIR01");
    let smell = &found["attributes"][0];
    let facts =
        ["variable", "code", "datatype", "required", "order"].map(|field| smell[field].clone());
    assert_eq!(json!(facts), json!([true, "SMELL", "singlevaluelist", true, 1]));
    let values =
        json!([{ "key": "rubber", "name": "橡胶味" }, { "key": "sewage", "name": "污水味" }]);
    assert_eq!(smell["values"], values);
    let when = &found["attributes"][1];
    assert_eq!(
        (&when["datatype"], &when["required"], &when["order"]),
        (&json!("datetime"), &json!(false), &json!(2))
    );
    assert!(when.get("values").is_none());
    let xml = station.raw("services/AIR01", "xml", "").await;
    let value = "<values><value><key>rubber</key><name>橡胶味</name></value>";
    assert!(xml.text().contains(value), "{}", xml.text());
}

#[tokio::test]
async fn a_service_without_questions_has_an_empty_definition_and_an_unknown_one_none() {
    let station = City::empty().await;
    let found = station.read("services/NOISE01", "").await;
    assert_eq!(found, json!({ "service_code": "NOISE01", "attributes": [] }));
    let said = station.refused("services/NOPE", "", 404).await;
    assert!(said[0].contains("service_code") && said[0].contains("NOPE"), "{said:?}");
}

#[tokio::test]
async fn one_jurisdiction_is_served_and_another_is_named_in_the_refusal() {
    let station = City::start().await;
    for path in ["services", "services/AIR01", "requests", &format!("requests/{R1001}")] {
        let plain = station.raw(path, "json", "").await;
        for query in ["jurisdiction_id=", &format!("jurisdiction_id={OURS}")] {
            assert_eq!(station.raw(path, "json", query).await.body, plain.body, "{path}?{query}");
        }
        let said = station.refused(path, "jurisdiction_id=boston.gov", 404).await;
        assert!(said[0].contains("jurisdiction_id") && said[0].contains("boston.gov"), "{said:?}");
    }
    let posted = station.post("json", &form(&[], &[("jurisdiction_id", "boston.gov")])).await;
    assert_eq!(posted.status, 404);
}

#[tokio::test]
async fn answers_are_kept_for_a_while_and_recognised_by_their_tag() {
    let station = City::start().await;
    let lives =
        [("discovery", 3_600), ("services", 3_600), ("services/AIR01", 3_600), ("requests", 60)];
    for (path, seconds) in lives {
        let answer = station.raw(path, "json", "").await;
        assert!(answer.header("cache-control").contains(&format!("max-age={seconds}")), "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), "*");
        let tag = answer.header("etag").to_owned();
        let request =
            station.portal.request(reqwest::Method::GET, &format!("open311/v2/{path}.json"));
        let again = request.header("if-none-match", &tag).send().await.unwrap();
        assert_eq!(again.status(), 304, "{path} {tag}");
    }
}
