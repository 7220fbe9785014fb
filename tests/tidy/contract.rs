//! A public type cannot hold a person.

use std::path::Path;

use crate::{Violation, holds_here, planted, sources};

/// What anyone may read: everything but what is an officer's.
const CONTRACT: &str = "crates/contract/src";
const OFFICERS: &str = "crates/contract/src/officer";

/// Parts of field names that would hold one; `name` alone is a station's.
const PERSONAL: [&str; 14] = [
    "reporter",
    "officer",
    "person",
    "phone",
    "mobile",
    "email",
    "e_mail",
    "id_number",
    "id_card",
    "exact_place",
    "handler",
    "handled_by",
    "full_name",
    "home_address",
];

fn persons(root: &Path) -> Vec<Violation> {
    let mut violations = Vec::new();
    let public = |source: &sources::Source| !source.path.starts_with(OFFICERS);
    for source in sources::rust(root, &[CONTRACT]).into_iter().filter(public) {
        for (number, line) in source.code() {
            if line.contains("officer::") || line.contains("crate::officer") {
                violations
                    .push(Violation::new(source.place(number), "imports from contract::officer"));
            } else if let Some(word) = field(line).and_then(personal) {
                violations.push(Violation::new(
                    source.place(number),
                    format!("a public field named `{word}`"),
                ));
            }
        }
    }
    violations
}

/// `a` of the line `pub a: B,`.
fn field(line: &str) -> Option<&str> {
    let (name, _) = line.trim().strip_prefix("pub ")?.split_once(':')?;
    name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_').then_some(name)
}

fn personal(name: &str) -> Option<&'static str> {
    PERSONAL.into_iter().find(|word| name.contains(word))
}

#[test]
fn public_types_hold_no_person() {
    holds_here(persons, &[CONTRACT]);
}

#[test]
fn a_reporter_in_a_public_type_is_seen() {
    let text = "pub struct Report {\n    pub reporter_phone: String,\n}\n";
    planted::is_found(persons, &[("crates/contract/src/public.rs", text)], "public.rs:2");
}

#[test]
fn an_import_of_officers_types_is_seen() {
    let text = "use crate::officer::Case;\n";
    planted::is_found(persons, &[("crates/contract/src/open_data.rs", text)], "contract::officer");
}

#[test]
fn live_events_and_problems_are_public_and_an_officers_types_are_not() {
    let text = "pub struct Event {\n    pub handled_by: String,\n}\n";
    for path in ["crates/contract/src/live.rs", "crates/contract/src/problem.rs"] {
        planted::is_found(persons, &[(path, text)], "`handled_by`");
    }
    planted::is_fine(persons, &[("crates/contract/src/officer.rs", text)]);
}
