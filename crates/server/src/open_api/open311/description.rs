//! `GET openapi.json`: this interface, described in OpenAPI 3.1. The description that was published with a draft of
//! version 2.1 has wrong paths, parameters and statuses; this one is compared with the answers by the tests.

use serde_json::{Map, Value as Json, json};

mod schemas;

/// Names of the two formats.
const FORMATS: [&str; 2] = ["json", "xml"];

/// The description, with addresses below `base`, which begins with a slash.
pub fn description(base: &str) -> Json {
    let mut paths = Map::new();
    for format in FORMATS {
        for (path, methods) in resources(format) {
            paths.insert(format!("/{path}.{format}"), methods);
        }
    }
    paths.insert("/requests.csv".to_owned(), bulk());
    paths.insert("/openapi.json".to_owned(), itself());
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Open311 GeoReport v2",
            "version": "2",
            "description": "Reports from the public, by GeoReport v2 (wiki.open311.org/GeoReport_v2). Every resource has two \
                addresses, .json and .xml; JSON is the image of the XML by the Spark rule: the root element is left out, a \
                container of elements of one kind is an array. Ids and codes are texts, dates have an offset.",
        },
        "servers": [{ "url": format!("{}/{}", base.trim_end_matches('/'), super::PATH) }],
        "paths": paths,
        "components": { "schemas": schemas::all() },
    })
}

fn resources(format: &str) -> [(&'static str, Json); 7] {
    let only = |get: Json| json!({ "get": get });
    let discovery = json!({
        "summary": "Where the interface is, what it speaks, whom to ask for a key.",
        "responses": responses(format, "discovery", &[]),
    });
    let services = get(format, "What can be reported.", "services", vec![], &[404]);
    let definition = get(
        format,
        "What is asked about a report of that service.",
        "service_definition",
        vec![in_path("service_code", "As in the list of services.")],
        &[404],
    );
    let token = get(
        format,
        "The number of a report that was sent to a batch service.",
        "tokens",
        vec![in_path("token", "As it was answered.")],
        &[404],
    );
    [
        ("discovery", only(discovery)),
        ("services", only(services)),
        ("services/{service_code}", only(definition)),
        ("requests", requests(format)),
        ("requests/{service_request_id}", only(request(format))),
        ("tokens/{token}", only(token)),
        ("servicerequestupdates", updates(format)),
    ]
}

fn requests(format: &str) -> Json {
    let summary = "Published reports, the latest first, at most 1,000.";
    json!({
        "get": get(format, summary, "service_requests", filters(), &[400, 404]),
        "post": post(format, "Sends a report.", "request_form", "created", &[413, 429]),
    })
}

fn request(format: &str) -> Json {
    let summary =
        "A list of one report. One that is not public is as unknown as one that does not exist.";
    let parameters = vec![
        in_path("service_request_id", "Its number."),
        query("extensions", "true: more fields, off the strict path."),
    ];
    get(format, summary, "service_requests", parameters, &[400, 404])
}

fn updates(format: &str) -> Json {
    let parameters =
        vec![comma("service_request_id", "Numbers."), date("start_date"), date("end_date")];
    let told = "What was decided about published reports, the earliest first.";
    let sent = "Tells the officers what a partner has done.";
    json!({
        "get": get(format, told, "service_request_updates", parameters, &[400, 404]),
        "post": post(format, sent, "update_form", "updated", &[]),
    })
}

fn get(format: &str, summary: &str, schema: &str, more: Vec<Json>, statuses: &[u16]) -> Json {
    let mut parameters = vec![query("jurisdiction_id", "This portal's own, or none.")];
    parameters.extend(more);
    json!({
        "summary": summary,
        "parameters": parameters,
        "responses": responses(format, schema, statuses),
    })
}

fn filters() -> Vec<Json> {
    vec![
        comma(
            "service_request_id",
            "Numbers; every other parameter is then ignored. At most 1,000.",
        ),
        comma("service_code", "Codes of services."),
        comma("status", "open, closed or both."),
        date("start_date"),
        date("end_date"),
        date("updated_after"),
        date("updated_before"),
        query("page", "From 1."),
        query("page_size", "1 to 1,000."),
        query("after", "Where the page before ended; the Link header has the whole address."),
        query("bbox", "west,south,east,north in degrees."),
        query("lat", "With long and radius: the middle of a circle, in degrees."),
        query("long", "See lat."),
        query("radius", "Metres, at most 5,000."),
        query("extensions", "true: attributes, extended_attributes and notes."),
    ]
}

fn query(name: &str, description: &str) -> Json {
    let schema = json!({ "type": "string" });
    json!({ "name": name, "in": "query", "description": description, "schema": schema })
}

fn comma(name: &str, description: &str) -> Json {
    let schema = json!({ "type": "array", "items": { "type": "string" } });
    json!({
        "name": name, "in": "query", "description": description, "schema": schema,
        "style": "form", "explode": false,
    })
}

fn date(name: &str) -> Json {
    let schema = json!({ "type": "string", "format": "date-time" });
    let description =
        "With a zone: Z or ±HH:MM, its + written %2B. At most 90 days from one end to the other.";
    json!({ "name": name, "in": "query", "description": description, "schema": schema })
}

fn in_path(name: &str, description: &str) -> Json {
    let schema = json!({ "type": "string" });
    json!({
        "name": name, "in": "path", "required": true, "description": description, "schema": schema,
    })
}

fn post(format: &str, summary: &str, form: &str, schema: &str, more: &[u16]) -> Json {
    let form = json!({ "schema": { "$ref": format!("#/components/schemas/{form}") } });
    let statuses = [&[400, 403, 404, 408, 415], more].concat();
    json!({
        "summary": summary,
        "parameters": [{
            "name": "Idempotency-Key", "in": "header", "schema": { "type": "string", "minLength": 16, "maxLength": 128 },
            "description": "The same key with the same form creates one report and is answered alike, for seven days.",
        }],
        "requestBody": { "required": true, "content": {
            "application/x-www-form-urlencoded": form, "multipart/form-data": form,
        } },
        "responses": responses(format, schema, &statuses),
    })
}

/// The answer, and refusals in the same format; 503 may come from anywhere.
fn responses(format: &str, schema: &str, refusals: &[u16]) -> Json {
    let media_type = if format == "json" { "application/json" } else { "text/xml" };
    let answer = |description: &str, schema: &str| {
        let schema = json!({ "$ref": format!("#/components/schemas/{schema}") });
        json!({ "description": description, "content": { media_type: { "schema": schema } } })
    };
    let mut all = Map::new();
    all.insert("200".to_owned(), answer("The answer", schema));
    for status in refusals.iter().chain(&[503]) {
        all.insert(status.to_string(), answer(reason(*status), "errors"));
    }
    Json::Object(all)
}

const fn reason(status: u16) -> &'static str {
    match status {
        400 => "Everything that is wrong with the request",
        403 => "api_key is missing or unknown",
        404 => "There is no such thing, or it is not public, or another jurisdiction was named",
        408 => "The form came too slowly",
        413 => "The form is too large",
        415 => "The form has another type",
        429 => "Too many photos in this hour",
        _ => "Not now; Retry-After says when",
    }
}

fn bulk() -> Json {
    json!({ "get": {
        "summary": "The same reports as CSV, with the columns of the draft GeoReport Bulk.",
        "parameters": filters(),
        "responses": { "200": {
            "description": "The table",
            "content": { "text/csv": { "schema": { "type": "string" } } },
        } },
    } })
}

fn itself() -> Json {
    json!({ "get": {
        "summary": "This document.",
        "responses": { "200": {
            "description": "OpenAPI 3.1",
            "content": { "application/json": { "schema": { "type": "object" } } },
        } },
    } })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reference_leads_somewhere_and_every_schema_is_used() {
        let json = description("/");
        let text = json.to_string();
        let mut used = std::collections::BTreeSet::new();
        for (at, _) in text.match_indices("\"#/") {
            let rest = &text[at + 2..];
            let reference = &rest[..rest.find('"').unwrap()];
            assert!(json.pointer(reference).is_some(), "{reference} leads nowhere");
            used.insert(reference.rsplit('/').next().unwrap().to_owned());
        }
        let made: Vec<_> = json["components"]["schemas"].as_object().unwrap().keys().collect();
        assert_eq!(made, used.iter().collect::<Vec<_>>());
    }

    #[test]
    fn every_parameter_of_a_path_is_described() {
        let json = description("/env/");
        assert_eq!(json["servers"][0]["url"], "/env/open311/v2");
        for (path, methods) in json["paths"].as_object().unwrap() {
            let Some((_, rest)) = path.split_once('{') else { continue };
            let name = rest.split('}').next().unwrap();
            let parameters = methods["get"]["parameters"].as_array().unwrap();
            assert!(
                parameters.iter().any(|one| one["name"] == name && one["required"] == true),
                "{path}"
            );
        }
    }
}
