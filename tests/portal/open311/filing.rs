//! Reports that Open311 clients send.

use domain::report::{ClaimCode, State};
use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};
use tokio::{io::AsyncWriteExt, net::TcpStream};

use super::{
    spark::{fractions, spark},
    *,
};
use crate::support::{
    camera::{SECRET, files, photo},
    *,
};

/// Names and values of a form.
type Fields<'a> = Vec<(&'a str, &'a str)>;

const AGAIN: &str = "0123456789abcdef-again";

/// The one row that a posted report is answered with.
fn row(answer: &Answer) -> Value {
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.header("access-control-allow-origin"), "", "never on what was posted");
    assert_eq!(answer.header("cache-control"), "no-store");
    let rows = answer.json();
    assert_eq!(rows.as_array().unwrap().len(), 1);
    rows[0].clone()
}

fn keys(row: &Value) -> Vec<&str> {
    row.as_object().unwrap().keys().map(String::as_str).collect()
}

#[tokio::test]
async fn a_report_is_answered_with_its_number_and_waits_for_review() {
    let city = City::start().await;
    let row = row(&city.post("json", &FORM).await);
    assert_eq!(keys(&row), ["account_id", "service_notice", "service_request_id"]);
    assert_eq!(row["account_id"], Value::Null);
    let id = row["service_request_id"].as_str().unwrap();
    assert!(is_chinese(row["service_notice"].as_str().unwrap()));
    city.refused(&format!("requests/{id}"), "", 404).await;
    let stored = city.portal.store().report_by_public_id(id).await.unwrap().unwrap();
    assert_eq!((stored.channel.as_str(), stored.category.as_str()), ("open311", "air_odour"));
    assert_eq!(stored.told.text.as_deref(), Some("夜间异味"));
    assert_eq!(stored.told.answers.as_deref(), Some(r#"[{"code":"SMELL","values":["rubber"]}]"#));
    let place = stored.told.place.unwrap();
    assert_eq!((place.lat_micro, place.lon_micro), (29_502_000, 106_511_000));
}

#[tokio::test]
async fn the_same_in_xml() {
    let city = City::empty().await;
    let answer = city.post("xml", &FORM).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "text/xml; charset=utf-8"));
    let text = answer.text();
    let start = "<service_requests><request><service_request_id>";
    assert!(
        text.contains(start)
            && text.ends_with("</service_notice><account_id/></request></service_requests>")
    );
    let rows = spark(text);
    assert_eq!(keys(&rows[0]), ["account_id", "service_notice", "service_request_id"]);
}

#[tokio::test]
async fn without_a_key_of_its_own_nobody_posts() {
    let city = City::empty().await;
    let readings = city.portal.key().to_owned();
    for fields in [
        form(&[], &[]),
        form(&[], &[("api_key", "")]),
        form(&[], &[("api_key", "bad")]),
        form(&[], &[("api_key", &readings)]),
        vec![("api_key", "bad")],
    ] {
        for path in ["requests", "servicerequestupdates"] {
            for format in ["json", "xml"] {
                let answer = city.post_as(path, format, &fields, None).await;
                assert_eq!(answer.status, 403);
                let body = if format == "json" { answer.json() } else { spark(answer.text()) };
                assert_eq!(descriptions_of(&body), 1);
            }
        }
    }
    let query = format!("requests.json?api_key={}", city.key);
    let request =
        city.portal.request(Method::POST, &format!("open311/v2/{query}")).body(encoded(&FORM));
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    assert_eq!(
        request.send().await.unwrap().status(),
        403,
        "a key in an address counts for nothing"
    );
    city.portal.store().revoke_api_key("client", city.portal.now()).await.unwrap();
    assert_eq!(city.post("json", &FORM).await.status, 403);
    assert_eq!(city.reports().await, 0);
}

fn descriptions_of(body: &Value) -> usize {
    let body = fractions(body.clone());
    assert_eq!(body[0]["code"], 403.0, "{body}");
    body.as_array().unwrap().len()
}

#[tokio::test]
async fn every_fault_of_a_report_is_named_at_once() {
    let city = City::empty().await;
    let cases: Vec<(Fields<'_>, Vec<&str>)> = vec![
        (form(&["lat", "long"], &[]), vec!["address_string"]),
        (form(&["long"], &[]), vec!["long"]),
        (form(&["lat"], &[]), vec!["lat"]),
        (form(&["lat"], &[("lat", "NaN")]), vec!["NaN"]),
        (form(&["lat"], &[("lat", "91")]), vec!["91"]),
        (form(&["lat", "long"], &[("lat", "39.9"), ("long", "116.4")]), vec!["12345"]),
        (form(&["attribute[SMELL]"], &[]), vec!["SMELL"]),
        (form(&["attribute[SMELL]"], &[("attribute[SMELL]", "unknown")]), vec!["SMELL"]),
        (form(&[], &[("attribute[SMELL]", "sewage")]), vec!["SMELL"]),
        (form(&[], &[("attribute[WHEN]", "2026-11-01T22:30")]), vec!["WHEN"]),
        (form(&["lat", "attribute[SMELL]"], &[("lat", "north")]), vec!["north", "SMELL"]),
        (form(&[], &[("address_id", "NOWHERE")]), vec!["NOWHERE"]),
        (
            form(&[], &[("media_url", "ftp://a/b"), ("media_url", "javascript:x")]),
            vec!["ftp", "javascript"],
        ),
        (form(&[], &[("description", "另一段")]), vec!["description"]),
        (form(&["service_code"], &[]), vec!["service_code"]),
        (form(&["description"], &[("description", "a\u{202e}b")]), vec!["description"]),
        (vec![], vec!["service_code", "address_string"]),
    ];
    for (fields, words) in cases {
        let answer = city.post("json", &fields).await;
        assert_eq!(answer.status, 400, "{fields:?}: {}", answer.text());
        let said = descriptions(&answer.json(), 400);
        assert_eq!(said.len(), words.len(), "{fields:?}: {said:?}");
        for word in words {
            assert!(said.iter().any(|text| text.contains(word)), "{word}: {said:?}");
        }
    }
    let unknown =
        city.post("json", &form(&["service_code", "lat"], &[("service_code", "NOPE")])).await;
    assert_eq!(unknown.status, 404);
    assert_eq!(city.reports().await, 0);
}

#[tokio::test]
async fn a_place_may_be_given_in_any_way() {
    let city = City::empty().await;
    let places = [
        vec![("address_string", "杨家坪步行街")],
        vec![("address_id", "demo-0001")],
        vec![("address_id", "yangjiaping")],
        vec![
            ("lat", "29.502"),
            ("long", "106.511"),
            ("address_string", "桥下"),
            ("address_id", "erlang"),
        ],
    ];
    let mut stored = Vec::new();
    for place in &places {
        let row = row(&city.post("json", &form(&["lat", "long"], place)).await);
        let id = row["service_request_id"].as_str().unwrap();
        stored.push(city.portal.store().report_by_public_id(id).await.unwrap().unwrap().told);
    }
    assert_eq!(stored[0].place_text.as_deref(), Some("杨家坪步行街"));
    assert_eq!(stored[1].outfall.as_deref(), Some("DEMO-0001"));
    assert_eq!(stored[2].street.as_deref(), Some("yangjiaping"));
    let all = (&stored[3].place, stored[3].place_text.as_deref(), stored[3].street.as_deref());
    assert!(matches!(all, (Some(_), Some("桥下"), Some("erlang"))), "{all:?}");
}

#[tokio::test]
async fn four_thousand_characters_are_taken_as_they_are_and_one_more_is_refused() {
    let city = City::empty().await;
    let long = "水".repeat(3_995) + "\r\n<b>&";
    let text = long.as_str();
    let row = row(&city.post("json", &form(&["description"], &[("description", text)])).await);
    let id = row["service_request_id"].as_str().unwrap();
    let stored = city.portal.store().report_by_public_id(id).await.unwrap().unwrap();
    assert_eq!(stored.told.text.unwrap(), text.replace("\r\n", "\n"), "lines kept, markup as text");
    let more = format!("{long}>");
    let refused = city.post("json", &form(&["description"], &[("description", &more)])).await;
    assert_eq!(refused.status, 400);
    let said = descriptions(&refused.json(), 400);
    assert!(said[0].contains("4001"), "{said:?}");
    row_of_no_description(&city).await;
}

/// The specification asks for none.
async fn row_of_no_description(city: &City) {
    row(&city.post("json", &form(&["description"], &[])).await);
}

#[tokio::test]
async fn several_choices_are_kept_in_the_order_sent_however_they_are_named() {
    let city = City::empty().await;
    let sent = [
        vec![("attribute[SIGNS][]", "foam"), ("attribute[SIGNS][]", "oil")],
        vec![("attribute[SIGNS]", "foam"), ("attribute[SIGNS]", "oil"), ("attribute[NOBODY]", "x")],
    ];
    for choices in &sent {
        let with = [&[("service_code", "BATCH01")], choices.as_slice()].concat();
        let row =
            row(&city.post("json", &form(&["service_code", "attribute[SMELL]"], &with)).await);
        let token = row["token"].as_str().unwrap();
        let found = city.read(&format!("tokens/{token}"), "").await;
        let id = found[0]["service_request_id"].as_str().unwrap();
        let stored = city.portal.store().report_by_public_id(id).await.unwrap().unwrap();
        assert_eq!(
            stored.told.answers.as_deref(),
            Some(r#"[{"code":"SIGNS","values":["foam","oil"]}]"#)
        );
    }
}

#[tokio::test]
async fn a_tip_has_neither_number_nor_token_and_is_in_no_answer() {
    let city = City::start().await;
    let before = city.read("requests", "").await;
    let tip = form(&["service_code", "attribute[SMELL]"], &[("service_code", "TIP01")]);
    let row = row(&city.post("json", &tip).await);
    assert_eq!(keys(&row), ["account_id", "service_notice"]);
    assert_eq!(city.reports().await, 4);
    assert_eq!(city.read("requests", "").await, before);
    assert_eq!(city.read("requests", "service_code=TIP01").await, json!([]));
}

#[tokio::test]
async fn a_batch_gives_a_token_and_the_token_the_number() {
    let city = City::empty().await;
    let batch = form(&["service_code", "attribute[SMELL]"], &[("service_code", "BATCH01")]);
    let row = row(&city.post("json", &batch).await);
    assert_eq!(keys(&row), ["account_id", "service_notice", "token"]);
    let token = row["token"].as_str().unwrap();
    let found = city.read(&format!("tokens/{token}"), "").await;
    assert_eq!(found.as_array().unwrap().len(), 1);
    assert_eq!(found[0]["token"], token);
    assert!(found[0]["service_request_id"].as_str().unwrap().starts_with('R'));
    for other in ["nope", &token.replace(&token[..1], "x"), &"0".repeat(token.len())] {
        city.refused(&format!("tokens/{other}"), "", 404).await;
    }
}

#[tokio::test]
async fn a_number_that_waits_with_its_report_is_not_yet_given() {
    let city = City::empty().await;
    let links = "见 http://a http://b http://c";
    let with = [("service_code", "BATCH01"), ("description", links)];
    let batch = form(&["service_code", "attribute[SMELL]", "description"], &with);
    let row = row(&city.post("json", &batch).await);
    let path = format!("tokens/{}", row["token"].as_str().unwrap());
    let said = city.refused(&path, "", 404).await;
    assert!(said[0].contains("尚未"), "{said:?}");
    city.portal.store().release_delayed(1, |_| Vec::new()).await.unwrap();
    city.read(&path, "").await;
}

#[tokio::test]
async fn the_same_key_and_body_make_one_report_and_tell_the_same_once_more() {
    let city = City::empty().await;
    let key = [("api_key", city.key.as_str()), ("extensions", "true")];
    let fields = form(&[], &key);
    let (first, second) = tokio::join!(
        city.post_as("requests", "json", &fields, Some(AGAIN)),
        city.post_as("requests", "json", &fields, Some(AGAIN)),
    );
    let third = city.post_as("requests", "json", &fields, Some(AGAIN)).await;
    assert_eq!(row(&first), row(&second));
    assert_eq!(row(&first), row(&third), "number, claim code and receipt alike");
    assert_eq!(city.reports().await, 1);
    let other = form(&["description"], &[key[0], key[1], ("description", "另一件事")]);
    assert_eq!(city.post_as("requests", "json", &other, Some(AGAIN)).await.status, 400);
    for short in ["short", "with a blank in it", &"x".repeat(129)] {
        assert_eq!(
            city.post_as("requests", "json", &fields, Some(short)).await.status,
            400,
            "{short}"
        );
    }
    let wrong = form(&["lat"], &[key[0]]);
    let other_key = "fedcba9876543210-other";
    assert_eq!(city.post_as("requests", "json", &wrong, Some(other_key)).await.status, 400);
    row(&city.post_as("requests", "json", &fields, Some(other_key)).await);
    assert_eq!(city.reports().await, 2, "what was refused does not use up its key");
    row(&city.post("json", &FORM).await);
    row(&city.post("json", &FORM).await);
    assert_eq!(city.reports().await, 4, "without the header every one counts");
}

#[tokio::test]
async fn a_claim_code_is_told_on_request_and_opens_the_report() {
    let city = City::empty().await;
    let row = row(&city.post("json", &form(&[], &[("extensions", "true")])).await);
    let keepsake = &row["extended_attributes"];
    let code = keepsake["claim_code"].as_str().unwrap();
    assert!(ClaimCode::parse(code, "JLP").is_ok(), "a whole code with its prefix");
    let receipt = keepsake["receipt"]["text"].as_str().unwrap();
    assert!(receipt.starts_with("bilan-receipt-1\n"), "{receipt}");
    let xml = city.post("xml", &form(&[], &[("extensions", "true")])).await;
    let image = spark(xml.text());
    assert_eq!(keys(&image[0]["extended_attributes"]), ["claim_code", "receipt"]);
}

#[tokio::test]
async fn photos_in_a_multipart_form_are_cleaned_and_media_addresses_are_never_opened() {
    let city = City::empty().await;
    let trap = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/photo.jpg", trap.local_addr().unwrap());
    let (one, two) = (photo(400, 300, b""), photo(300, 200, b""));
    let fields = form(&[], &[("api_key", &city.key), ("media_url", &url)]);
    let row = row(&city.post_multipart(&fields, &[("photo1", &one), ("media", &two)]).await);
    let id = row["service_request_id"].as_str().unwrap();
    let stored = city.portal.store().report_by_public_id(id).await.unwrap().unwrap();
    let photos = city.portal.store().report_photos(&stored.id).await.unwrap();
    assert_eq!(photos.len(), 2);
    let extra: Value = serde_json::from_str(stored.told.extra.as_deref().unwrap()).unwrap();
    assert_eq!(extra, json!({ "client": "client", "media_url": [url] }));
    for (name, bytes) in files(city.portal.folder()) {
        let secret = SECRET.as_bytes();
        assert!(!bytes.windows(secret.len()).any(|window| window == secret), "{name}");
    }
    let opened = tokio::time::timeout(std::time::Duration::from_millis(200), trap.accept()).await;
    assert!(opened.is_err(), "nothing connects to an address that was sent");
}

#[tokio::test]
async fn a_photo_that_is_none_is_named_and_the_report_is_not_taken() {
    let city = City::empty().await;
    let fields = form(&[], &[("api_key", &city.key)]);
    let answer = city.post_multipart(&fields, &[("photo1", b"<svg/>")]).await;
    assert_eq!(answer.status, 400, "{}", answer.text());
    assert!(descriptions(&answer.json(), 400)[0].contains("photo1"));
    assert_eq!(city.reports().await, 0);
}

#[tokio::test]
async fn a_contact_without_a_key_to_seal_it_to_is_thrown_away_and_nobody_must_give_one() {
    let city = City::empty().await;
    let contact =
        [("email", "canary@example.org"), ("last_name", ""), ("device_id", "canary-device")];
    let row = row(&city.post("json", &form(&[], &contact)).await);
    assert!(row["service_notice"].as_str().unwrap().contains("没有保存"));
    for (name, bytes) in files(city.portal.folder()) {
        assert!(!bytes.windows(6).any(|window| window == b"canary"), "{name}");
    }
}

#[tokio::test]
async fn what_a_partner_reports_reaches_the_officers_and_nobody_else() {
    let city = City::start().await;
    let key = ("api_key", city.key.as_str());
    let update = [
        key,
        ("service_request_id", R1001),
        ("status", "FIXED"),
        ("updated_datetime", "2026-11-23T10:00:00+08:00"),
        ("description", "已清理"),
        ("media_url", "https://partner.example/after.jpg"),
    ];
    let before = city.read("servicerequestupdates", "").await;
    for format in ["json", "xml"] {
        let answer = city.post_as("servicerequestupdates", format, &update, None).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        let rows = if format == "json" { answer.json() } else { spark(answer.text()) };
        assert_eq!(
            (keys(&rows[0]), &rows[0]["status"]),
            (vec!["status", "update_id"], &json!("FIXED"))
        );
    }
    assert_eq!(city.read("servicerequestupdates", "").await, before);
    assert_eq!(city.read(&format!("requests/{R1001}"), "").await[0]["status"], "open");
    let stored = city.portal.store().report_by_public_id(R1001).await.unwrap().unwrap();
    let messages = city.portal.store().report_messages(&stored.id).await.unwrap();
    let text = messages[0].text.as_deref().unwrap();
    assert!(
        text.contains("已清理") && text.contains("FIXED") && !messages[0].to_reporter,
        "{text}"
    );
    for (fields, status) in [
        (vec![key, ("service_request_id", "R00000XXX"), ("status", "FIXED")], 404),
        (
            vec![key, ("service_request_id", R1001), ("status", "DONE"), ("updated_datetime", "x")],
            400,
        ),
        (vec![key], 400),
    ] {
        let answer = city.post_as("servicerequestupdates", "json", &fields, None).await;
        assert_eq!(answer.status, status, "{}", answer.text());
    }
    assert_eq!(stored.standing.state, State::Dispatched);
    assert!(city.portal.now() - stored.received < SignedDuration::from_hours(48));
}

#[tokio::test]
async fn fifty_slow_senders_take_nobodys_turn() {
    let city = City::empty().await;
    let mut slow = Vec::new();
    for _ in 0..50 {
        let mut line = TcpStream::connect(city.portal.address()).await.unwrap();
        let head = "POST /open311/v2/requests.json HTTP/1.1\r\nHost: portal\r\n\
            Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 9000000\r\n\r\n\
            --b\r\nContent-Disposition: form-data; name=\"photo1\"; filename=\"a.jpg\"\r\n\r\n";
        line.write_all(head.as_bytes()).await.unwrap();
        line.write_all(&[0xff; 4_000]).await.unwrap();
        slow.push(line);
    }
    // None of them has a key, and none will ever end.
    let fields = form(&[], &[("api_key", &city.key)]);
    for n in 0..3 {
        let photo = photo(300 + n, 200, b"");
        row(&city.post_multipart(&fields, &[("photo1", &photo)]).await);
    }
    assert_eq!(city.reports().await, 3);
    drop(slow);
}
