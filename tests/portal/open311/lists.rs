//! Published reports as service requests.

use domain::report::{ActorRole, EventBody, EventKind, Finding, State};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use store::{NewReportEvent, Publication};

use super::*;
use crate::support::*;

const FIELDS: [&str; 17] = [
    "service_request_id",
    "status",
    "status_notes",
    "service_name",
    "service_code",
    "description",
    "agency_responsible",
    "service_notice",
    "requested_datetime",
    "updated_datetime",
    "expected_datetime",
    "address",
    "address_id",
    "zipcode",
    "lat",
    "long",
    "media_url",
];

fn zoned(value: &Value) -> Timestamp {
    let text = value.as_str().unwrap();
    assert!(text.ends_with("+08:00") && text.len() == 25, "{text}");
    text.parse().unwrap()
}

#[tokio::test]
async fn one_request_is_a_list_of_one_with_every_field() {
    let city = City::start().await;
    let found = city.read(&format!("requests/{R1001}"), "").await;
    let [request] = found.as_array().unwrap().as_slice() else { panic!("{found}") };
    let names: Vec<_> = request.as_object().unwrap().keys().collect();
    let mut expected = FIELDS.to_vec();
    expected.sort_unstable();
    assert_eq!(names, expected);
    assert_eq!(request["service_request_id"], R1001);
    assert_eq!((&request["status"], &request["service_code"]), (&json!("open"), &json!("AIR01")));
    assert!(request["lat"].is_number() && request["long"].is_number(), "{request}");
    for date in ["requested_datetime", "updated_datetime", "expected_datetime"] {
        zoned(&request[date]);
    }
    assert_eq!(request["description"], "楼下有橡胶味，电话 ＊＊＊＊＊＊＊＊＊＊＊");
    assert_eq!(request["status_notes"], "已转办。已派员现场核查");
    assert!(request["service_notice"].as_str().unwrap().contains("60 日"));
    assert_eq!(request["address"], "杨家坪街道, 重庆市九龙坡区");
    let spelt = city.read("requests/r0000-1001", "").await;
    assert_eq!(spelt, found, "as people write it");
}

#[tokio::test]
async fn of_what_is_reported_from_home_neither_hour_nor_street_is_told() {
    let city = City::start().await;
    let found = city.read(&format!("requests/{R1002}"), "").await;
    let request = &found[0];
    for date in ["requested_datetime", "updated_datetime"] {
        assert!(request[date].as_str().unwrap().ends_with("T00:00:00+08:00"), "{request}");
    }
    assert_eq!((&request["address"], &request["address_id"]), (&Value::Null, &Value::Null));
    assert_eq!(request["status"], "closed");
}

#[tokio::test]
async fn states_are_filtered_and_unknown_words_refused() {
    let city = City::start().await;
    let all = city.read("requests", "").await;
    assert_eq!(ids(&all), [R1001, R1002], "the latest first, the old one left out");
    assert_eq!(ids(&city.read("requests", "status=open").await), [R1001]);
    assert_eq!(ids(&city.read("requests", "status=closed").await), [R1002]);
    assert_eq!(city.read("requests", "status=open,closed").await, all);
    let said = city.refused("requests", "status=bogus&start_date=2026-01-01", 400).await;
    assert_eq!(said.len(), 2);
    assert!(said.iter().any(|text| text.contains("bogus")), "{said:?}");
}

#[tokio::test]
async fn an_empty_parameter_changes_nothing() {
    let city = City::start().await;
    for format in ["xml", "json"] {
        let plain = city.raw("requests", format, "").await;
        for name in [
            "service_request_id",
            "service_code",
            "start_date",
            "end_date",
            "status",
            "page",
            "page_size",
            "bbox",
            "lat",
            "long",
            "radius",
            "updated_after",
            "updated_before",
            "extensions",
            "jurisdiction_id",
            "api_key",
            "unknown",
            "callback",
        ] {
            let answer = city.raw("requests", format, &format!("{name}=")).await;
            assert_eq!((answer.status, &answer.body), (200, &plain.body), "{name}");
        }
    }
}

#[tokio::test]
async fn a_list_of_numbers_overrides_every_other_parameter() {
    let city = City::start().await;
    let query = format!(
        "service_request_id={R0900},{R1002},R00000XXX,nothing&status=open&service_code=TIP01"
    );
    assert_eq!(ids(&city.read("requests", &query).await), [R1002, R0900]);
    let many = vec!["R00000001"; 1_001].join(",");
    let said = city.refused("requests", &format!("service_request_id={many}"), 400).await;
    assert!(said[0].contains("1001"), "{said:?}");
}

#[tokio::test]
async fn codes_are_a_list_and_an_unknown_one_matches_nothing() {
    let city = City::start().await;
    assert_eq!(ids(&city.read("requests", "service_code=NOISE01").await), [R1002]);
    assert_eq!(
        ids(&city.read("requests", "service_code=NOISE01,AIR01,NOPE").await),
        [R1001, R1002]
    );
    assert_eq!(city.read("requests", "service_code=NOPE").await, json!([]));
    let xml = city.raw("requests", "xml", "service_code=NOPE").await;
    assert!(xml.text().ends_with("<service_requests/>"), "{}", xml.text());
}

#[tokio::test]
async fn a_range_includes_both_ends_in_whichever_zone_it_is_written() {
    let city = City::empty().await;
    let january = [
        ("R0000000A", "2026-01-01T00:00:00Z"),
        ("R0000000B", "2026-01-15T12:00:00.25Z"),
        ("R0000000C", "2026-02-01T00:00:00.75Z"),
        ("R0000000D", "2026-02-01T00:00:01Z"),
        ("R0000000E", "2025-12-31T23:59:59.9Z"),
    ];
    for (id, instant) in january {
        city.publish(published(id, "air_odour", State::Accepted, at(instant))).await;
    }
    let expected = ["R0000000C", "R0000000B", "R0000000A"];
    for query in [
        "start_date=2026-01-01T00:00:00Z&end_date=2026-02-01T00:00:00Z",
        "start_date=2026-01-01T08:00:00%2B08:00&end_date=2026-02-01T08:00:00%2B08:00",
        "start_date=2026-01-01T08:00:00+08:00&end_date=2026-02-01T08:00:00+08:00",
        "start_date=2025-12-31T19:30:00-04:30&end_date=2026-02-01T00:00:00.4Z",
    ] {
        assert_eq!(ids(&city.read("requests", query).await), expected, "{query}");
    }
    assert_eq!(city.read("requests", "").await, json!([]), "all of them are older than 90 days");
    for (query, word) in [
        ("start_date=2026-01-01T00:00:00", "%2B08:00"),
        ("start_date=2026-01-01T00:00:00Z&end_date=2026-04-02T00:00:00Z", "90"),
        ("start_date=2026-02-01T00:00:00Z&end_date=2026-01-01T00:00:00Z", "对调"),
        ("start_date=2026-02-01T00:00:00Z&start_date=2026-02-02T00:00:00Z", "start_date"),
    ] {
        let said = city.refused("requests", query, 400).await;
        assert!(said[0].contains(word), "{query}: {said:?}");
    }
}

/// The numbers of every page from `query` on, by the links alone.
async fn pages(
    city: &City,
    query: &str,
    mut meanwhile: impl AsyncFnMut(usize),
) -> Vec<Vec<String>> {
    let mut pages = Vec::new();
    let mut answer = city.raw("requests", "json", query).await;
    loop {
        assert_eq!(answer.status, 200, "{}", answer.text());
        pages.push(ids(&answer.json()).into_iter().map(str::to_owned).collect());
        let link = answer.header("link").to_owned();
        let Some(next) =
            link.strip_prefix('<').and_then(|link| link.strip_suffix(">; rel=\"next\""))
        else {
            assert_eq!(link, "");
            return pages;
        };
        meanwhile(pages.len()).await;
        let path = next.strip_prefix(&city.portal.url("")).unwrap_or_else(|| panic!("{next}"));
        answer = city.portal.get(path).await;
    }
}

fn crockford(n: usize) -> String {
    format!("R{n:08}")
}

#[tokio::test]
async fn a_thousand_rows_are_the_most_and_the_link_leads_to_the_others() {
    let city = City::empty().await;
    let now = city.portal.now();
    // Many of one second: the number decides their order.
    for n in 0..1_200_usize {
        let at = now - SignedDuration::from_secs(3_600 + n as i64 / 7);
        city.publish(published(&crockford(n), "air_odour", State::Accepted, at)).await;
    }
    for query in ["", "page_size=5000"] {
        let found = pages(&city, query, async |_| {}).await;
        assert_eq!(found.iter().map(Vec::len).collect::<Vec<_>>(), [1_000, 200]);
    }
    let new = |page: usize| {
        published(
            &format!("R9{page:07}"),
            "air_odour",
            State::Accepted,
            now - SignedDuration::from_secs(60),
        )
    };
    let found =
        pages(&city, "page_size=317&status=open", async |page| city.publish(new(page)).await).await;
    let mut seen: Vec<String> = found.concat();
    let total = seen.len();
    seen.sort();
    seen.dedup();
    assert_eq!((total, seen.len()), (1_200, 1_200), "no gap and no repeat while new ones arrive");
    assert_eq!(seen, (0..1_200).map(crockford).collect::<Vec<_>>());
    let second = city.read("requests", "page=2&page_size=600&service_code=AIR01").await;
    assert_eq!(second.as_array().unwrap().len(), 600);
    for query in ["page=0", "page_size=0", "page=x", "page_size=-1", "after=x"] {
        city.refused("requests", query, 400).await;
    }
}

#[tokio::test]
async fn what_is_not_public_is_as_unknown_as_what_does_not_exist() {
    let city = City::empty().await;
    let at = city.portal.now() - SignedDuration::from_hours(1);
    let mut waiting = published("R0000000A", "air_odour", State::Submitted, at);
    waiting.standing.publication = Publication::Waiting;
    let mut hidden = published("R0000000B", "air_odour", State::Accepted, at);
    hidden.standing.publication = Publication::Hidden;
    let withdrawn = published("R0000000C", "air_odour", State::Withdrawn, at);
    for report in [waiting, hidden, withdrawn] {
        city.publish(report).await;
    }
    assert_eq!(city.read("requests", "").await, json!([]));
    let unknown = city.refused("requests/R0000000Z", "", 404).await;
    for id in ["R0000000A", "R0000000B", "R0000000C", "nonsense"] {
        let said = city.refused(&format!("requests/{id}"), "", 404).await;
        assert_eq!(said, [unknown[0].replace("R0000000Z", id)]);
        let listed = city.read("requests", &format!("service_request_id={id}")).await;
        assert_eq!(listed, json!([]));
    }
}

#[tokio::test]
async fn how_a_report_ended_is_told_in_the_words_of_the_office() {
    let city = City::empty().await;
    let at = city.portal.now() - SignedDuration::from_hours(30);
    let cases: [(&str, State, Option<Finding>, &str, &str); 7] = [
        ("R0000000A", State::Submitted, None, "open", "已提交"),
        ("R0000000B", State::InHandling, None, "open", "办理中"),
        ("R0000000C", State::Reopened, None, "open", "已重新办理"),
        ("R0000000D", State::Closed, Some(Finding::Founded), "closed", "已办结：属实"),
        ("R0000000E", State::Closed, Some(Finding::Unfounded), "closed", "不属实"),
        ("R0000000F", State::NotAccepted, None, "closed", "不予受理"),
        ("R0000000G", State::Merged, None, "closed", "重复：见 R0000000D"),
    ];
    for (id, state, finding, _, _) in cases {
        let mut report = published(id, "air_odour", state, at);
        report.standing.finding = finding;
        if state == State::Merged {
            report.standing.merged_into = Some(published("R0000000D", "", state, at).id);
        }
        city.publish(report).await;
    }
    for (id, _, _, status, begin) in cases {
        let found = city.read(&format!("requests/{id}"), "").await;
        assert_eq!(found[0]["status"], status, "{id}");
        let notes = found[0]["status_notes"].as_str().unwrap();
        assert!(notes.starts_with(begin) && notes.contains("已派员"), "{notes}");
    }
}

#[tokio::test]
async fn changes_are_followed_also_of_old_requests() {
    let city = City::start().await;
    let found = city.read("requests", "updated_after=2026-01-01T00:00:00Z").await;
    assert_eq!(ids(&found), [R1001, R1002, R0900]);
    let first = city.read("requests", "updated_before=2026-11-01T00:00:00Z").await;
    assert_eq!(ids(&first), [R0900]);
    let changed = zoned(&city.read(&format!("requests/{R1001}"), "").await[0]["updated_datetime"]);
    let found =
        city.read("requests", &format!("updated_after={changed}&updated_before={changed}")).await;
    assert_eq!(ids(&found), [R1001]);
}

#[tokio::test]
async fn places_are_asked_for_by_their_public_middle() {
    let city = City::start().await;
    let found = city.read(&format!("requests/{R1001}"), "").await;
    let (lat, long) = (found[0]["lat"].as_f64().unwrap(), found[0]["long"].as_f64().unwrap());
    let around =
        format!("bbox={},{},{},{}", long - 0.0001, lat - 0.0001, long + 0.0001, lat + 0.0001);
    assert_eq!(ids(&city.read("requests", &around).await), [R1001, R1002]);
    let near = format!("lat={lat}&long={long}&radius=10&status=open");
    assert_eq!(ids(&city.read("requests", &near).await), [R1001]);
    let beside = format!("lat={}&long={long}&radius=100", lat + 0.01);
    assert_eq!(city.read("requests", &beside).await, json!([]));
    assert_eq!(city.refused("requests", "bbox=1,2,3&lat=95", 400).await.len(), 2);
}

#[tokio::test]
async fn extensions_add_what_was_chosen_and_decided_and_nothing_that_was_written() {
    let city = City::start().await;
    let at = city.portal.now() - SignedDuration::from_hours(12);
    let mut report = published("R0000000A", "air_odour", State::Closed, at);
    report.standing.finding = Some(Finding::Founded);
    let event =
        |kind, body| NewReportEvent { at, actor: ActorRole::Officer, staff: None, kind, body };
    report.events.push(event(EventKind::Accepted, EventBody::default()));
    report.events.push(event(EventKind::Noted, EventBody::default()));
    let finding = Some(Finding::Founded);
    report.events.push(event(EventKind::Closed, EventBody { finding, ..EventBody::default() }));
    city.publish(report).await;
    let found = city.read("requests/R0000000A", "extensions=true").await;
    let chosen =
        json!([{ "code": "SMELL", "label": "问题 SMELL", "name": "橡胶味", "value": "rubber" }]);
    assert_eq!(found[0]["attributes"], chosen, "neither the hour nor any text");
    let facts = json!({ "cell_m": 500, "followers": 0, "simulated": true });
    assert_eq!(found[0]["extended_attributes"], facts);
    let notes: Vec<_> =
        found[0]["notes"].as_array().unwrap().iter().map(|note| &note["description"]).collect();
    assert_eq!(notes, ["受理", "办结：属实"]);
    assert!(city.read("requests/R0000000A", "").await[0].get("notes").is_none());
    city.read("requests", "extensions=true").await;

    let updates = city.read("servicerequestupdates", "").await;
    let words: Vec<_> =
        updates.as_array().unwrap().iter().map(|update| &update["status"]).collect();
    assert_eq!(words, ["INVESTIGATING", "FIXED"]);
    assert_eq!(updates[0]["service_request_id"], "R0000000A");
    assert_ne!(updates[0]["update_id"], updates[1]["update_id"]);
    assert_eq!(city.read("servicerequestupdates", "service_request_id=R00000XXX").await, json!([]));
}

#[tokio::test]
async fn the_table_has_the_columns_of_the_bulk_draft_and_opens_as_a_table() {
    let city = City::start().await;
    let mut report = published("R0000000A", "air_odour", State::Closed, city.portal.now());
    report.standing.public.as_mut().unwrap().text = "=1+1,\"引号\"\n第二行".to_owned();
    city.publish(report).await;
    let answer = city.portal.get("open311/v2/requests.csv?status=closed").await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "text/csv; charset=utf-8"));
    let mut table = csv::Reader::from_reader(answer.body.as_slice());
    let columns = "service_request_id,requested_datetime,updated_datetime,closed_date,status_description,status_notes,\
                   source,service_name,service_subtype,description,agency_responsible,address,lat,long";
    assert_eq!(table.headers().unwrap().iter().collect::<Vec<_>>().join(","), columns);
    let rows: Vec<_> = table.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 2);
    assert_eq!((&rows[0][0], &rows[0][9]), ("R0000000A", "'=1+1,\"引号\"\n第二行"));
    assert_eq!(rows[0][2], rows[0][3], "closed when it last changed");
}
