//! A value against the schema of a description.

use std::collections::BTreeSet;

use serde_json::Value;

/// What is wrong with `value` under `schema`, with the place of it. The part of JSON Schema that
/// the description uses; an unknown word is a fault of the test, not of the value.
pub(crate) fn faults(document: &Value, schema: &Value, value: &Value, place: &str) -> Vec<String> {
    let mut found = misfits(document, schema, value, place);
    if let Value::Object(fields) = value
        && let Some(known) = names(document, schema)
    {
        let unknown = fields.keys().filter(|name| !known.contains(name.as_str()));
        found.extend(unknown.map(|name| format!("{place}.{name} is not described")));
    }
    found
}

fn resolved<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    match schema.get("$ref").and_then(Value::as_str) {
        Some(reference) => document.pointer(&reference[1..]).expect(reference),
        None => schema,
    }
}

/// The fields that an object may have; `None` where the schema does not say.
fn names<'a>(document: &'a Value, schema: &'a Value) -> Option<BTreeSet<&'a str>> {
    let schema = resolved(document, schema);
    let own = schema.get("properties").and_then(Value::as_object);
    let parts = schema.get("allOf").and_then(Value::as_array);
    let mut all: Option<BTreeSet<&str>> = own.map(|own| own.keys().map(String::as_str).collect());
    for part in parts.into_iter().flatten() {
        all.get_or_insert_default().extend(names(document, part)?);
    }
    all
}

/// What is wrong, leaving out fields that are not described.
fn misfits(document: &Value, schema: &Value, value: &Value, place: &str) -> Vec<String> {
    let schema = resolved(document, schema);
    let mut found = Vec::new();
    if let Some(types) = schema.get("type") {
        let allowed: Vec<&str> = match types {
            Value::Array(types) => types.iter().filter_map(Value::as_str).collect(),
            single => single.as_str().into_iter().collect(),
        };
        if !allowed.iter().any(|name| is_of(value, name)) {
            return vec![format!("{place} is {value}, not {allowed:?}")];
        }
    }
    if let Some(allowed) = schema.get("enum").and_then(Value::as_array)
        && !allowed.contains(value)
    {
        found.push(format!("{place} is {value}, none of {allowed:?}"));
    }
    for part in schema.get("allOf").and_then(Value::as_array).into_iter().flatten() {
        found.extend(misfits(document, part, value, place));
    }
    for word in ["oneOf", "anyOf"] {
        let Some(parts) = schema.get(word).and_then(Value::as_array) else { continue };
        if !parts.iter().any(|part| faults(document, part, value, place).is_empty()) {
            found.push(format!("{place} is {value}, which fits none of its forms"));
        }
    }
    match value {
        Value::Object(fields) => {
            for name in schema.get("required").and_then(Value::as_array).into_iter().flatten() {
                if !fields.contains_key(name.as_str().unwrap()) {
                    found.push(format!("{place} lacks {name}"));
                }
            }
            let described = schema.get("properties").and_then(Value::as_object);
            for (name, value) in fields {
                if let Some(part) = described.and_then(|all| all.get(name)) {
                    found.extend(faults(document, part, value, &format!("{place}.{name}")));
                }
            }
        }
        Value::Array(entries) => {
            if let Some(part) = schema.get("items").filter(|part| part.is_object()) {
                for (at, entry) in entries.iter().enumerate() {
                    found.extend(faults(document, part, entry, &format!("{place}[{at}]")));
                }
            }
        }
        _ => {}
    }
    found
}

fn is_of(value: &Value, name: &str) -> bool {
    match name {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("the description has a type {other}"),
    }
}
