//! What is answered and what is sent, by the names of the XML's root elements.

use serde_json::{Map, Value, json};

/// Every schema by its name.
pub(super) fn all() -> Value {
    json!({
        "discovery": discovery(),
        "services": list(object(&[
            ("service_code", text()), ("service_name", text()), ("description", text_or_null()),
            ("metadata", truth()), ("type", one_of(&["realtime", "batch", "blackbox"])),
            ("keywords", text_or_null()), ("group", text()),
        ], &[])),
        "service_definition": object(&[
            ("service_code", text()),
            ("attributes", list(reference("attribute"))),
        ], &[]),
        "attribute": attribute(),
        "service_requests": list(reference("service_request")),
        "service_request": service_request(),
        "created": list(object(&[
            ("service_notice", text()), ("account_id", null()),
        ], &[
            ("service_request_id", text()), ("token", text()), ("extended_attributes", keepsake()),
        ])),
        "tokens": list(object(&[("service_request_id", text()), ("token", text())], &[])),
        "service_request_updates": list(object(&[
            ("update_id", text()), ("service_request_id", text()), ("status", text()),
            ("updated_datetime", date()), ("description", text()), ("media_url", null()),
        ], &[])),
        "updated": list(object(&[("update_id", text()), ("status", text())], &[])),
        "errors": list(object(&[("code", number("integer")), ("description", text())], &[])),
        "request_form": request_form(),
        "update_form": update_form(),
    })
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn text() -> Value {
    json!({ "type": "string" })
}

fn text_or_null() -> Value {
    json!({ "type": ["string", "null"] })
}

fn null() -> Value {
    json!({ "type": "null" })
}

fn truth() -> Value {
    json!({ "type": "boolean" })
}

fn date() -> Value {
    json!({ "type": "string", "format": "date-time" })
}

fn date_or_null() -> Value {
    json!({ "type": ["string", "null"], "format": "date-time" })
}

fn number(kind: &str) -> Value {
    json!({ "type": kind })
}

fn one_of(words: &[&str]) -> Value {
    json!({ "type": "string", "enum": words })
}

fn list(items: Value) -> Value {
    json!({ "type": "array", "items": items })
}

/// An object with fields that are always there, and others that may be.
fn object(always: &[(&str, Value)], maybe: &[(&str, Value)]) -> Value {
    let required: Vec<_> = always.iter().map(|(name, _)| *name).collect();
    let fields = always.iter().chain(maybe);
    let fields: Map<_, _> =
        fields.map(|(name, schema)| ((*name).to_owned(), schema.clone())).collect();
    json!({ "type": "object", "required": required, "properties": fields })
}

fn discovery() -> Value {
    let endpoint = object(
        &[
            ("specification", text()),
            ("url", text()),
            ("changeset", text()),
            ("type", one_of(&["production", "test"])),
            ("formats", list(one_of(&["text/xml", "application/json"]))),
        ],
        &[],
    );
    let fields = [
        ("changeset", text()),
        ("contact", text()),
        ("key_service", text()),
        ("endpoints", list(endpoint)),
    ];
    object(&fields, &[])
}

fn attribute() -> Value {
    let kinds = ["string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"];
    let value = object(&[("key", text()), ("name", text())], &[]);
    object(
        &[
            ("variable", truth()),
            ("code", text()),
            ("datatype", one_of(&kinds)),
            ("required", truth()),
            ("datatype_description", text_or_null()),
            ("order", number("integer")),
            ("description", text()),
        ],
        &[("values", list(value))],
    )
}

fn service_request() -> Value {
    let degrees = || json!({ "type": ["number", "null"] });
    let choice =
        object(&[("code", text()), ("label", text()), ("name", text()), ("value", text())], &[]);
    let note = object(&[("datetime", date()), ("description", text()), ("type", text())], &[]);
    let facts = object(
        &[
            ("cell_m", json!({ "type": ["integer", "null"] })),
            ("followers", number("integer")),
            ("simulated", truth()),
        ],
        &[],
    );
    object(
        &[
            ("service_request_id", text()),
            ("status", one_of(&["open", "closed"])),
            ("status_notes", text_or_null()),
            ("service_name", text_or_null()),
            ("service_code", text_or_null()),
            ("description", text_or_null()),
            ("agency_responsible", text()),
            ("service_notice", text_or_null()),
            ("requested_datetime", date()),
            ("updated_datetime", date()),
            ("expected_datetime", date_or_null()),
            ("address", text_or_null()),
            ("address_id", text_or_null()),
            ("zipcode", null()),
            ("lat", degrees()),
            ("long", degrees()),
            ("media_url", text_or_null()),
        ],
        &[("attributes", list(choice)), ("extended_attributes", facts), ("notes", list(note))],
    )
}

/// Told once, in the answer to what was sent with `extensions=true`.
fn keepsake() -> Value {
    let receipt = object(&[("text", text()), ("signature", text()), ("key_id", text())], &[]);
    object(&[("claim_code", text()), ("receipt", receipt)], &[])
}

fn request_form() -> Value {
    let fields = [
        ("jurisdiction_id", text()),
        ("lat", text()),
        ("long", text()),
        ("address_string", text()),
        ("address_id", text()),
        ("description", json!({ "type": "string", "maxLength": 4_000 })),
        ("email", text()),
        ("phone", text()),
        ("first_name", text()),
        ("last_name", text()),
        ("account_id", text()),
        ("device_id", text()),
        ("media_url", text()),
        ("extensions", text()),
        ("attribute[CODE]", text()),
        ("media", photo()),
        ("photo1", photo()),
        ("photo2", photo()),
        ("photo3", photo()),
        ("photo4", photo()),
    ];
    object(&[("api_key", text()), ("service_code", text())], &fields)
}

/// A file, in `multipart/form-data` alone.
fn photo() -> Value {
    json!({ "type": "string", "contentMediaType": "image/jpeg" })
}

fn update_form() -> Value {
    let words = super::super::updates::WORDS;
    object(
        &[("api_key", text()), ("service_request_id", text()), ("status", one_of(&words))],
        &[("updated_datetime", date()), ("description", text()), ("media_url", text())],
    )
}
