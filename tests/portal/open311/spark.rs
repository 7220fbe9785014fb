//! The Spark rule by another reader of XML: what a client makes of our XML must be our JSON.

use std::collections::BTreeSet;

use roxmltree::{Document, Node};
use serde_json::{Map, Value};

const NUMBERS: [&str; 5] = ["lat", "long", "order", "cell_m", "followers"];
const TRUTHS: [&str; 4] = ["metadata", "required", "variable", "simulated"];
const CONTAINERS: [&str; 12] = [
    "attributes",
    "endpoints",
    "errors",
    "formats",
    "notes",
    "service_request_updates",
    "service_requests",
    "services",
    "values",
    "service",
    "request",
    "request_update",
];

/// The JSON of an XML document.
pub(super) fn spark(xml: &str) -> Value {
    let document = Document::parse(xml).unwrap_or_else(|error| panic!("{error}: {xml}"));
    assert!(document.root_element().default_namespace().is_none());
    image(document.root_element())
}

fn image(node: Node<'_, '_>) -> Value {
    let name = node.tag_name().name();
    let children: Vec<_> = node.children().filter(Node::is_element).collect();
    let kinds: BTreeSet<_> = children.iter().map(|child| child.tag_name().name()).collect();
    let text = node.text().unwrap_or_default();
    match kinds.len() {
        0 if text.is_empty() && CONTAINERS.contains(&name) => Value::Array(Vec::new()),
        0 if text.is_empty() => Value::Null,
        0 if NUMBERS.contains(&name) || is_code_of_error(node) => {
            Value::from(text.parse::<f64>().unwrap())
        }
        0 if TRUTHS.contains(&name) => Value::from(text.parse::<bool>().unwrap()),
        0 => Value::from(text),
        1 => children.into_iter().map(image).collect(),
        _ => {
            let fields = children
                .into_iter()
                .map(|child| (child.tag_name().name().to_owned(), image(child)));
            Value::Object(fields.collect::<Map<_, _>>())
        }
    }
}

fn is_code_of_error(node: Node<'_, '_>) -> bool {
    node.tag_name().name() == "code"
        && node.parent().is_some_and(|parent| parent.tag_name().name() == "error")
}

/// Every number as a fraction: 106 and 106.0 are one number in JSON.
pub(super) fn fractions(value: Value) -> Value {
    match value {
        Value::Number(number) => Value::from(number.as_f64().unwrap()),
        Value::Array(entries) => entries.into_iter().map(fractions).collect(),
        Value::Object(fields) => fields
            .into_iter()
            .map(|(name, value)| (name, fractions(value)))
            .collect::<Map<_, _>>()
            .into(),
        other => other,
    }
}
