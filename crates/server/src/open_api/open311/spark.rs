//! The law of this interface: JSON is the image of the XML by the Spark rule, for whatever is answered.

use proptest::prelude::*;
use quick_xml::{Reader, events::Event};
use serde_json::{Map, Value as Json};

use super::{
    json,
    value::{Document, Value},
    xml,
};

/// An element as a reader of XML sees it.
#[derive(Debug, Default)]
struct Element {
    name: String,
    text: String,
    children: Vec<Element>,
}

fn parse(bytes: &[u8]) -> Element {
    let text = std::str::from_utf8(bytes).unwrap();
    assert!(text.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>"), "{text}");
    let mut reader = Reader::from_str(text);
    let mut open = vec![Element::default()];
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                open.push(Element { name: start.name().as_ref().to_owned(), ..Element::default() });
            }
            Event::Empty(empty) => {
                let child =
                    Element { name: empty.name().as_ref().to_owned(), ..Element::default() };
                open.last_mut().unwrap().children.push(child);
            }
            Event::End(_) => {
                let child = open.pop().unwrap();
                open.last_mut().unwrap().children.push(child);
            }
            Event::Text(text) => open
                .last_mut()
                .unwrap()
                .text
                .push_str(&text.xml_content(quick_xml::XmlVersion::Implicit1_0)),
            Event::GeneralRef(reference) => {
                let name: &str = &reference;
                let entity = quick_xml::escape::resolve_predefined_entity(name);
                let character = || reference.resolve_char_ref().unwrap().unwrap().to_string();
                let text = entity.map_or_else(character, str::to_owned);
                open.last_mut().unwrap().text.push_str(&text);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    open.pop().unwrap().children.pop().unwrap()
}

/// The Spark rule: containers of one kind are arrays, also of one; different children are an object. What kind a text has, no
/// XML says: numbers and truths are told by the names of their fields.
fn spark(element: &Element, numbers: &[&str], truths: &[&str], containers: &[&str]) -> Json {
    let inner = |child: &Element| spark(child, numbers, truths, containers);
    let name = element.name.as_str();
    let kinds: std::collections::BTreeSet<_> =
        element.children.iter().map(|child| child.name.as_str()).collect();
    match (kinds.len(), element.text.as_str()) {
        (0, "") if containers.contains(&name) => Json::Array(Vec::new()),
        (0, "") => Json::Null,
        (0, text) if numbers.contains(&name) => Json::from(text.parse::<f64>().unwrap()),
        (0, text) if truths.contains(&name) => Json::from(text.parse::<bool>().unwrap()),
        (0, text) => Json::from(text),
        (1, _) => Json::Array(element.children.iter().map(inner).collect()),
        _ => {
            let fields = element.children.iter().map(|child| (child.name.clone(), inner(child)));
            Json::Object(fields.collect::<Map<_, _>>())
        }
    }
}

/// Every number as a fraction: 106 and 106.0 are one number in JSON.
fn fractions(json: Json) -> Json {
    match json {
        Json::Number(number) => Json::from(number.as_f64().unwrap()),
        Json::Array(entries) => entries.into_iter().map(fractions).collect(),
        Json::Object(fields) => fields
            .into_iter()
            .map(|(name, value)| (name, fractions(value)))
            .collect::<Map<_, _>>()
            .into(),
        other => other,
    }
}

/// Any text, such as people and programs send.
fn text() -> impl Strategy<Value = Value> {
    prop_oneof![
        any::<String>().prop_map(Value::text),
        "[<>&'\"\\]\\[ \t\r\n水气a-c0-9]{0,12}".prop_map(Value::text),
        Just(Value::text("]]>&amp;<!--")),
        Just(Value::text("  12  ")),
    ]
}

fn leaf() -> impl Strategy<Value = (&'static str, Value)> {
    prop_oneof![
        text().prop_map(|value| ("description", value)),
        any::<i64>().prop_map(|number| ("order", Value::Number(number % 1_000_000_000))),
        (-180_000_000_i32..=180_000_000).prop_map(|micro| ("lat", Value::Degrees(micro))),
        any::<bool>().prop_map(|truth| ("metadata", Value::Bool(truth))),
        Just(("zipcode", Value::Null)),
    ]
}

/// An object always has two different fields, or it would look like a list.
fn object(inner: BoxedStrategy<Value>) -> BoxedStrategy<Value> {
    let lists = proptest::collection::vec(inner, 0..4);
    (proptest::collection::vec(leaf(), 1..5), lists, text())
        .prop_map(|(leaves, entries, status)| {
            let mut fields: Vec<(&'static str, Value)> = vec![("status", status)];
            for (name, value) in leaves {
                if fields.iter().all(|(known, _)| *known != name) {
                    fields.push((name, value));
                }
            }
            fields.push(("notes", Value::List("note", entries)));
            Value::Object(fields)
        })
        .boxed()
}

fn documents() -> impl Strategy<Value = Document> {
    let entry = object(object(object(text().boxed())));
    proptest::collection::vec(entry, 0..6)
        .prop_map(|entries| Document { root: "requests", value: Value::List("request", entries) })
}

fn image(document: &Document) -> (Json, Json) {
    let element = parse(&xml::write(document).unwrap());
    assert_eq!(element.name, document.root);
    let json: Json = serde_json::from_slice(&json::write(document).unwrap()).unwrap();
    let image = spark(&element, &["order", "lat"], &["metadata"], &["requests", "notes"]);
    (fractions(image), fractions(json))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn json_is_the_image_of_the_xml(document in documents()) {
        let (image, json) = image(&document);
        prop_assert_eq!(image, json);
    }
}

#[test]
fn a_container_is_an_array_with_none_one_and_many() {
    for count in 0..3 {
        let entry = Value::Object(vec![("status", Value::text("a")), ("lat", Value::Degrees(1))]);
        let value = Value::List("request", vec![entry; count]);
        let (image, json) = image(&Document { root: "requests", value });
        assert_eq!(image, json);
        assert_eq!(json.as_array().unwrap().len(), count);
    }
}
