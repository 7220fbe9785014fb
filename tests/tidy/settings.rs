//! Every setting of the server stands on the reference page with its default.

use std::{collections::BTreeMap, fs, path::Path};

use crate::{
    Violation, holds_here, planted,
    sources::{self, Source},
};

const REFERENCE: &str = "crates/server/src/config/reference.rs";
const SECTIONS: &str = "crates/server/src/config/sections.rs";
const REPORTS: &str = "crates/server/src/config/reports.rs";
const PAGE: &str = "docs/configuration.md";

/// The default of each key, as written in TOML.
fn keys(root: &Path) -> BTreeMap<String, String> {
    let mut keys = BTreeMap::new();
    for source in sources::rust(root, &[REFERENCE]) {
        let literals: Vec<_> = source.literals().collect();
        for pair in literals.windows(2) {
            if opens_a_key(&source, pair[0].span.start) {
                keys.insert(pair[0].text.clone(), pair[1].text.clone());
            }
        }
    }
    keys
}

/// Whether the text at `start` is the first argument of `key(`; rustfmt may put it on the next line.
fn opens_a_key(source: &Source, start: usize) -> bool {
    let before = source.whole_code()[..start].trim_end();
    let name = before.strip_suffix("key(").unwrap_or("_");
    !name.ends_with(|c: char| c.is_alphanumeric() || c == '_')
}

fn undocumented(root: &Path) -> Vec<Violation> {
    let page = fs::read_to_string(root.join(PAGE)).unwrap_or_default();
    let mut violations = Vec::new();
    for (key, default) in keys(root) {
        let row = page.lines().find(|line| line.starts_with(&format!("| `{key}` |")));
        let stated = row.and_then(|row| row.split(" | ").nth(1));
        let expected = format!("`{}`", default.replace('|', "\\|"));
        if stated != Some(expected.as_str()) {
            let found = stated.map_or_else(|| "nothing".to_owned(), str::to_owned);
            let what = format!("says {found} of `{key}`, whose default is {expected}");
            violations.push(Violation::new(PAGE, what));
        }
    }
    violations
}

fn without_a_line(root: &Path) -> Vec<Violation> {
    let keys = keys(root);
    let known =
        |name: &str| keys.keys().any(|key| key.split(['.', '[', ']']).any(|part| part == name));
    let mut violations = Vec::new();
    for source in sources::rust(root, &[SECTIONS, REPORTS]) {
        for (number, line) in source.code() {
            let field = line.strip_prefix("    pub ").and_then(|field| field.split_once(": "));
            if let Some((name, _)) = field.filter(|(name, _)| !known(name)) {
                let what = format!("`{name}` has no line in {REFERENCE}");
                violations.push(Violation::new(source.place(number), what));
            }
        }
    }
    violations
}

#[test]
fn the_reference_page_says_every_default() {
    holds_here(undocumented, &[REFERENCE, PAGE]);
}

#[test]
fn every_setting_has_a_reference_line() {
    holds_here(without_a_line, &[REFERENCE, SECTIONS, REPORTS]);
    assert!(keys(Path::new(env!("CARGO_MANIFEST_DIR"))).len() > 40, "most keys are not found");
}

const KEYS: (&str, &str) = (
    REFERENCE,
    "key(\"log.level\", \"\\\"info\\\"\")\nkey(\n    \"log.format\", \"\\\"text\\\"\")\n",
);

#[test]
fn an_undocumented_setting_is_seen() {
    let page = (PAGE, "| `log.level` | `\"info\"` | what is logged |\n");
    planted::is_found(undocumented, &[KEYS, page], "says nothing of `log.format`");
}

#[test]
fn another_default_is_seen() {
    let page = (
        PAGE,
        "| `log.level` | `\"debug\"` | what is logged |\n| `log.format` | `\"text\"` | how |\n",
    );
    planted::is_found(undocumented, &[KEYS, page], "`log.level`, whose default is `\"info\"`");
}

#[test]
fn a_field_without_a_reference_line_is_seen() {
    let fields = (SECTIONS, "struct Log {\n    pub level: String,\n    pub colour: bool,\n}\n");
    planted::is_found(without_a_line, &[KEYS, fields], "`colour` has no line");
}
