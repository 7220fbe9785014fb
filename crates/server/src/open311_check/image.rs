//! What a client makes of an answer: XML by the Spark rule and JSON, brought to one form, and compared.

use std::collections::BTreeSet;

use quick_xml::{
    Reader, XmlVersion,
    escape::resolve_predefined_entity,
    events::{BytesStart, Event},
};
use serde_json::{Map, Value};

/// Deeper XML is nobody's answer.
const DEEPEST: usize = 32;

#[derive(Debug, Default)]
struct Element {
    name: String,
    text: String,
    children: Vec<Element>,
}

/// The name of the root element of an XML document, and its image in JSON. What kind a text has, no XML says: every text
/// stays one, and an empty element is null.
///
/// # Errors
///
/// What a reader of XML says of it.
pub(super) fn of_xml(text: &str) -> Result<(String, Value), String> {
    let mut reader = Reader::from_str(text);
    let mut open = vec![Element::default()];
    loop {
        let event = reader.read_event().map_err(|error| error.to_string())?;
        match event {
            Event::Start(start) if open.len() < DEEPEST => open.push(named(&start)),
            Event::Start(_) => return Err(format!("more than {DEEPEST} elements in each other")),
            Event::Empty(empty) => last(&mut open)?.children.push(named(&empty)),
            Event::End(_) => {
                let child = open.pop().ok_or("an element ends that has not begun")?;
                last(&mut open)?.children.push(child);
            }
            Event::Text(text) => {
                let said = text.xml_content(XmlVersion::Implicit1_0);
                last(&mut open)?.text.push_str(&said);
            }
            Event::CData(text) => {
                let said = text.xml_content(XmlVersion::Implicit1_0);
                last(&mut open)?.text.push_str(&said);
            }
            Event::GeneralRef(reference) => {
                let known = resolve_predefined_entity(&reference).map(str::to_owned);
                let character = || reference.resolve_char_ref().ok().flatten().map(String::from);
                let text = known.or_else(character);
                let text = text.ok_or_else(|| format!("&{};", &*reference))?;
                last(&mut open)?.text.push_str(&text);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    match (open.len(), open.pop().and_then(|mut all| all.children.pop())) {
        (1, Some(root)) => Ok((root.name.clone(), image(&root))),
        (1, None) => Err("there is no element in it".to_owned()),
        _ => Err("it ends before its elements do".to_owned()),
    }
}

fn named(start: &BytesStart<'_>) -> Element {
    Element { name: start.name().as_ref().to_owned(), ..Element::default() }
}

fn last(open: &mut [Element]) -> Result<&mut Element, String> {
    open.last_mut().ok_or_else(|| "an element ends that has not begun".to_owned())
}

fn image(element: &Element) -> Value {
    let kinds: BTreeSet<_> = element.children.iter().map(|child| &child.name).collect();
    match (kinds.len(), element.text.trim()) {
        (0, "") => Value::Null,
        (0, text) => Value::from(text),
        (1, _) => element.children.iter().map(image).collect(),
        _ => {
            let fields = element.children.iter().map(|child| (child.name.clone(), image(child)));
            Value::Object(fields.collect::<Map<_, _>>())
        }
    }
}

/// Where two answers differ first; `None` where they say the same. A text and a number that it writes are the same, and so
/// are nothing, an empty text and an empty list.
pub(super) fn difference(xml: &Value, json: &Value, place: &str) -> Option<String> {
    let tell = || Some(format!("{place} is {} in XML and {} in JSON", short(xml), short(json)));
    match (xml, json) {
        (Value::Array(ours), Value::Array(theirs)) if ours.len() == theirs.len() => {
            let pairs = ours.iter().zip(theirs).enumerate();
            pairs.into_iter().find_map(|(at, (a, b))| difference(a, b, &format!("{place}[{at}]")))
        }
        (Value::Object(ours), Value::Object(theirs)) => {
            let names: BTreeSet<_> = ours.keys().chain(theirs.keys()).collect();
            names.into_iter().find_map(|name| {
                let of =
                    |fields: &Map<String, Value>| fields.get(name).cloned().unwrap_or_default();
                difference(&of(ours), &of(theirs), &format!("{place}.{name}"))
            })
        }
        _ => match (plain(xml), plain(json)) {
            (Some(ours), Some(theirs)) if ours == theirs => None,
            _ => tell(),
        },
    }
}

/// A value as a text; the same for all that says nothing, `None` for what holds something.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::Null => Some(String::new()),
        Value::Array(entries) if entries.is_empty() => Some(String::new()),
        Value::Object(fields) if fields.is_empty() => Some(String::new()),
        Value::Array(_) | Value::Object(_) => None,
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Number(number) => Some(number.as_f64().unwrap_or(f64::NAN).to_string()),
        Value::String(text) => {
            let number = text.trim().parse::<f64>().ok().filter(|number| number.is_finite());
            Some(number.map_or_else(|| lines(text), |number| number.to_string()))
        }
    }
}

/// Readers of XML see every end of a line as LF, and blanks around a text belong to the writer.
fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").trim().to_owned()
}

/// A value, cut.
pub(super) fn short(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn xml(text: &str) -> Value {
        of_xml(text).unwrap().1
    }

    #[test]
    fn a_container_of_one_kind_is_an_array_and_other_elements_are_objects() {
        let (root, value) = of_xml(
            "<?xml version=\"1.0\"?>\n<services>\n <service><service_code>001</service_code><group/></service>\n</services>",
        )
        .unwrap();
        assert_eq!(
            (root.as_str(), value),
            ("services", json!([{ "service_code": "001", "group": null }]))
        );
        assert_eq!(
            xml("<a><b>1 &lt; &#50;</b><c><![CDATA[x]]></c></a>"),
            json!({ "b": "1 < 2", "c": "x" })
        );
    }

    #[test]
    fn what_is_no_xml_is_said_to_be_none() {
        for text in ["", "   ", "<a>", "<a></b>", "[]", "<a>&nbsp;</a>", &"<a>".repeat(40)] {
            assert!(of_xml(text).is_err(), "{text}");
        }
    }

    #[test]
    fn numbers_truths_and_nothing_are_compared_by_what_they_say() {
        let said = xml(
            "<a><lat>29.50</lat><metadata>true</metadata><id>007</id><none/><text>a\nb</text></a>",
        );
        let same =
            json!({ "lat": 29.5, "metadata": true, "id": "007", "none": [], "text": "a\r\nb" });
        assert_eq!(difference(&said, &same, "body"), None);
        let other = json!({ "lat": 29.6, "metadata": true, "id": "007", "text": "a\nb" });
        let found = difference(&said, &other, "body").unwrap();
        assert!(found.contains("body.lat") && found.contains("29.6"), "{found}");
        assert!(difference(&json!([1, 2]), &json!([1]), "body").is_some());
        assert!(difference(&json!({ "a": "x" }), &json!({}), "body").is_some());
    }
}
