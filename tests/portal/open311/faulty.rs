//! A server of Open311 that does everything right but for one fault, each of which some deployed server has.

use std::fmt::Write;

use serde_json::{Map, Value, json};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

/// What is wrong with a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    Nothing,
    JsonInsideItsRoot,
    OneIsNoArray,
    ApplicationXml,
    NoDeclaration,
    NoZone,
    NumericIds,
    HtmlWith200,
    MetadataAlwaysFalse,
    StatusIgnored,
    CommaListsNotUnderstood,
    NoCodeInErrors,
    Jsonp,
    UnboundedPages,
    EmailNeeded,
    OtherValuesInJson,
}

/// How many requests it has.
const ROWS: usize = 1_200;
/// How many of them it tells unless it is asked for more.
const DEFAULT_ROWS: usize = 20;

/// Starts one; where it is.
pub(super) async fn server(fault: Fault) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(answer(fault, BufReader::new(stream)));
        }
    });
    endpoint
}

async fn answer(fault: Fault, mut stream: BufReader<TcpStream>) {
    let (mut first, mut length) = (String::new(), 0);
    stream.read_line(&mut first).await.unwrap();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await.unwrap();
        let line = line.trim().to_ascii_lowercase();
        if let Some(said) = line.strip_prefix("content-length: ") {
            length = said.parse().unwrap();
        }
        if line.is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.unwrap();
    let mut words = first.split(' ');
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let reply = reply(fault, method == "POST", path, query);
    let head = format!(
        "HTTP/1.1 {} -\r\ncontent-type: {}\r\nconnection: close\r\ncontent-length: {}\r\n\r\n",
        reply.status,
        reply.media_type,
        reply.body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(reply.body.as_bytes()).await.unwrap();
    stream.flush().await.unwrap();
}

struct Reply {
    status: u16,
    media_type: String,
    body: String,
}

fn reply(fault: Fault, posted: bool, path: &str, query: &str) -> Reply {
    let (stem, suffix) = path.trim_start_matches('/').rsplit_once('.').unwrap_or((path, "xml"));
    let asked = |name: &str| {
        query.split('&').find_map(|pair| pair.strip_prefix(&format!("{name}="))).unwrap_or_default()
    };
    let found = match (posted, stem.split_once('/')) {
        (true, _) => Err(refused(fault)),
        (_, Some(("services", code))) if code == "101" || code == "102" => {
            Ok(("service_definition", definition(code)))
        }
        (_, Some(("requests", id))) => {
            match rows(fault).into_iter().find(|row| row["service_request_id"] == id) {
                Some(row) => Ok(("service_requests", json!([row]))),
                None => Err((404, "no such request")),
            }
        }
        (_, Some(_)) => Err((404, "no such service")),
        (_, None) => Ok(match stem {
            "discovery" => ("discovery", discovery()),
            "services" => ("services", services(fault)),
            _ => (
                "service_requests",
                filtered(fault, asked("status"), asked("service_request_id"), asked("page_size")),
            ),
        }),
    };
    let callback = asked("callback");
    match found {
        Ok((_, value)) if fault == Fault::Jsonp && !callback.is_empty() => {
            let media_type = "application/javascript".to_owned();
            Reply { status: 200, media_type, body: format!("{callback}({value});") }
        }
        Ok((root, value)) => written(fault, 200, suffix, root, value),
        Err((404, _)) if fault == Fault::HtmlWith200 => {
            let body = "<!DOCTYPE html><html><body>Page not found</body></html>".to_owned();
            Reply { status: 200, media_type: "text/html".to_owned(), body }
        }
        Err((status, description)) => {
            let mut error = json!({ "code": status, "description": description, "hint": "see the specification" });
            if fault == Fault::NoCodeInErrors {
                error.as_object_mut().unwrap().remove("code");
            }
            written(fault, status, suffix, "errors", json!([error]))
        }
    }
}

const fn refused(fault: Fault) -> (u16, &'static str) {
    match fault {
        Fault::EmailNeeded => (400, "email is required"),
        _ => (403, "api_key is missing"),
    }
}

fn discovery() -> Value {
    let endpoint = json!({
        "specification": "http://wiki.open311.org/GeoReport_v2", "url": "http://city.example",
        "changeset": "2026-01-01T00:00:00Z", "type": "test", "formats": ["text/xml", "application/json"],
    });
    json!({ "changeset": "2026-01-01T00:00:00Z", "contact": "311", "key_service": "311", "endpoints": [endpoint] })
}

fn services(fault: Fault) -> Value {
    let service = |code: &str, metadata: bool| {
        json!({
            "service_code": code, "service_name": "Odour", "description": "Smells",
            "metadata": metadata && fault != Fault::MetadataAlwaysFalse, "type": "realtime", "keywords": "air",
            "group": "Air",
        })
    };
    json!([service("101", true), service("102", false)])
}

fn definition(code: &str) -> Value {
    let attribute = json!({
        "variable": true, "code": "SMELL", "datatype": "string", "required": false,
        "datatype_description": null, "order": 1, "description": "What does it smell of?",
    });
    let attributes = if code == "101" { vec![attribute] } else { Vec::new() };
    json!({ "service_code": code, "attributes": attributes })
}

fn rows(fault: Fault) -> Vec<Value> {
    let zone = if fault == Fault::NoZone { "" } else { "+08:00" };
    let row = |number: usize| {
        json!({
            "service_request_id": number.to_string(),
            "status": if number.is_multiple_of(3) { "closed" } else { "open" },
            "service_code": "101", "description": "Rubber & <smoke>",
            "requested_datetime": format!("2026-11-23T10:00:00{zone}"), "updated_datetime": null,
            "lat": 29.502, "long": 106.511,
        })
    };
    (10_001..=10_000 + ROWS).map(row).collect()
}

fn filtered(fault: Fault, status: &str, ids: &str, page_size: &str) -> Value {
    let mut rows = rows(fault);
    if !status.is_empty() && fault != Fault::StatusIgnored {
        rows.retain(|row| row["status"] == status);
    }
    let ids: Vec<&str> = match fault {
        Fault::CommaListsNotUnderstood => vec![ids],
        _ => ids.split(',').collect(),
    };
    if ids.iter().any(|id| !id.is_empty()) {
        rows.retain(|row| ids.contains(&row["service_request_id"].as_str().unwrap()));
    }
    let asked = page_size.parse().unwrap_or(DEFAULT_ROWS);
    let most = if fault == Fault::UnboundedPages { asked } else { asked.min(1_000) };
    rows.truncate(most);
    rows.into()
}

fn written(fault: Fault, status: u16, suffix: &str, root: &str, value: Value) -> Reply {
    let is_error = root == "errors";
    if suffix != "json" {
        let declaration = match fault {
            Fault::NoDeclaration => "",
            _ => "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n",
        };
        let kind = if fault == Fault::ApplicationXml { "application/xml" } else { "text/xml" };
        let mut body = declaration.to_owned();
        xml(&mut body, root, &value);
        return Reply { status, media_type: format!("{kind}; charset=utf-8"), body };
    }
    let value = match (fault, value) {
        (Fault::JsonInsideItsRoot, value) if !is_error => json!({ (root): value }),
        (Fault::OneIsNoArray, Value::Array(mut rows)) if rows.len() == 1 && !is_error => {
            rows.remove(0)
        }
        (Fault::NumericIds, value) => numeric(value),
        (Fault::OtherValuesInJson, value) if root == "services" => {
            serde_json::from_str(&value.to_string().replace("Smells", "Odours")).unwrap()
        }
        (_, value) => value,
    };
    let media_type = "application/json; charset=utf-8".to_owned();
    Reply { status, media_type, body: value.to_string() }
}

fn numeric(value: Value) -> Value {
    match value {
        Value::Array(entries) => entries.into_iter().map(numeric).collect(),
        Value::Object(fields) => {
            let fields = fields.into_iter().map(|(name, value)| {
                let number = value.as_str().and_then(|text| text.parse::<u64>().ok());
                let is_id = ["service_code", "service_request_id"].contains(&name.as_str());
                let value = match number.filter(|_| is_id) {
                    Some(number) => number.into(),
                    None => numeric(value),
                };
                (name, value)
            });
            Value::Object(fields.collect::<Map<_, _>>())
        }
        other => other,
    }
}

/// An element and what is in it; of a list each entry is an element by the list's singular.
fn xml(out: &mut String, name: &str, value: &Value) {
    let _ = write!(out, "<{name}>");
    let single = match name {
        "service_requests" => "request",
        _ => name.strip_suffix('s').unwrap_or("entry"),
    };
    match value {
        Value::Array(entries) => entries.iter().for_each(|entry| xml(out, single, entry)),
        Value::Object(fields) => fields.iter().for_each(|(name, value)| xml(out, name, value)),
        Value::Null => {}
        Value::String(text) => {
            out.push_str(&text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"));
        }
        other => out.push_str(&other.to_string()),
    }
    let _ = write!(out, "</{name}>");
}
