//! Sentences in both languages, settings with their default: what no compiler looks at.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use serde_json::Value;

use crate::{Violation, holds_here, planted, sources};

/// The folders with one file of sentences per language.
const LOCALES: [&str; 3] = ["locales", "crates/ui/locales", "crates/console/locales"];
const LANGUAGES: [&str; 2] = ["zh-CN", "en"];

/// Sentences by their key; nested keys are joined by a dot.
type Sentences = BTreeMap<String, String>;

fn sentences(value: &Value, prefix: &str, into: &mut Sentences) {
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                let key = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
                sentences(value, &key, into);
            }
        }
        Value::String(text) => drop(into.insert(prefix.to_owned(), text.clone())),
        other => drop(into.insert(prefix.to_owned(), other.to_string())),
    }
}

fn read(path: &Path) -> Result<Sentences, String> {
    let text = fs::read_to_string(path).map_err(|error| error.to_string())?;
    let value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let mut found = Sentences::new();
    sentences(&value, "", &mut found);
    Ok(found)
}

/// The `{name}` parts of a sentence.
fn placeholders(sentence: &str) -> BTreeSet<&str> {
    sentence.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0.trim())).collect()
}

fn missing_sentences(root: &Path) -> Vec<Violation> {
    let folders = LOCALES.into_iter().filter(|folder| root.join(folder).is_dir());
    folders.flat_map(|folder| missing_in(root, folder)).collect()
}

fn missing_in(root: &Path, folder: &str) -> Vec<Violation> {
    let place = |language: &str| format!("{folder}/{language}.json");
    let mut violations = Vec::new();
    let mut read_language = |language: &str| {
        read(&root.join(place(language))).unwrap_or_else(|error| {
            violations.push(Violation::new(place(language), error));
            Sentences::new()
        })
    };
    let [zh, en] = LANGUAGES.map(&mut read_language);
    for (language, here, there) in [("zh-CN", &zh, &en), ("en", &en, &zh)] {
        for (key, other) in there {
            let problem = match here.get(key) {
                None => format!("`{key}` is missing"),
                Some(text) if text.trim().is_empty() => format!("`{key}` is empty"),
                Some(text) if language == "en" && placeholders(text) != placeholders(other) => {
                    format!("`{key}` has other placeholders than in Chinese")
                }
                Some(_) => continue,
            };
            violations.push(Violation::new(place(language), problem));
        }
    }
    violations
}

/// Chinese in the code of a page is a sentence that English readers will not get, unless it is one arm of a `match` on the
/// language, which the compiler completes.
fn sentences_in_code(root: &Path) -> Vec<Violation> {
    let mut violations = Vec::new();
    for source in sources::rust(root, &["src", "crates/ui/src", "crates/console/src"]) {
        for (number, line) in source.code() {
            if line.chars().any(is_chinese) && !EXCUSES.iter().any(|excuse| line.contains(excuse)) {
                violations.push(Violation::new(
                    source.place(number),
                    "Chinese text; it belongs in locales/",
                ));
            }
        }
    }
    violations
}

/// One arm of a `match`; and how the language switch names Chinese, whichever language is shown.
const EXCUSES: [&str; 2] = ["Lang::Zh", "\"中文\""];

fn is_chinese(character: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&character)
}

/// Every key of the server's configuration stands on the reference page with its default.
fn undocumented_settings(root: &Path) -> Vec<Violation> {
    const REFERENCE: &str = "crates/server/src/config/reference.rs";
    const PAGE: &str = "docs/configuration.md";
    let Ok(code) = fs::read_to_string(root.join(REFERENCE)) else { return Vec::new() };
    let page = fs::read_to_string(root.join(PAGE)).unwrap_or_default();
    let keys: BTreeSet<_> = code.split("key(").skip(1).filter_map(first_text).collect();
    let mut violations: Vec<_> = keys
        .iter()
        .filter(|key| !page.contains(&format!("`{key}`")))
        .map(|key| Violation::new(PAGE, format!("`{key}` is not documented")))
        .collect();
    for source in sources::rust(root, &["crates/server/src/config/sections.rs"]) {
        for (number, line) in source.code() {
            let Some((name, _)) =
                line.strip_prefix("    pub ").and_then(|field| field.split_once(": "))
            else {
                continue;
            };
            if !keys.iter().any(|key| key.split(['.', '[', ']']).any(|part| part == name)) {
                violations.push(Violation::new(
                    source.place(number),
                    format!("`{name}` has no line in {REFERENCE}"),
                ));
            }
        }
    }
    violations
}

/// `a.b` of what follows `key(`; rustfmt may put it on the next line.
fn first_text(arguments: &str) -> Option<&str> {
    arguments.trim_start().strip_prefix('"')?.split('"').next()
}

#[test]
fn every_sentence_is_there_in_both_languages() {
    holds_here(missing_sentences);
}

#[test]
fn pages_hold_no_sentences() {
    holds_here(sentences_in_code);
}

#[test]
fn every_setting_is_documented() {
    holds_here(undocumented_settings);
}

#[test]
fn a_missing_sentence_is_seen() {
    let files = [
        ("locales/zh-CN.json", r#"{"a": {"b": "甲", "c": "乙"}}"#),
        ("locales/en.json", r#"{"a": {"b": "A"}}"#),
    ];
    planted::is_found(missing_sentences, &files, "locales/en.json: `a.c` is missing");
}

#[test]
fn an_empty_sentence_is_seen() {
    let files = [("locales/zh-CN.json", r#"{"a": " "}"#), ("locales/en.json", r#"{"a": "A"}"#)];
    planted::is_found(missing_sentences, &files, "locales/zh-CN.json: `a` is empty");
}

#[test]
fn a_lost_placeholder_is_seen() {
    let files = [
        ("locales/zh-CN.json", r#"{"a": "{n} 天前"}"#),
        ("locales/en.json", r#"{"a": "days ago"}"#),
    ];
    planted::is_found(missing_sentences, &files, "other placeholders");
}

#[test]
fn a_sentence_in_a_page_is_seen() {
    planted::is_found(
        sentences_in_code,
        &[("src/pages/a.rs", "view! { <p>\"空气\"</p> }\n")],
        "src/pages/a.rs:1",
    );
}

#[test]
fn an_undocumented_setting_is_seen() {
    let files = [
        (
            "crates/server/src/config/reference.rs",
            "key(\"log.level\", \"info\")\nkey(\n    \"log.format\", \"text\")\n",
        ),
        ("docs/configuration.md", "`log.level` info\n"),
    ];
    planted::is_found(undocumented_settings, &files, "`log.format` is not documented");
}

#[test]
fn a_field_without_a_reference_line_is_seen() {
    let files = [
        ("crates/server/src/config/reference.rs", "key(\"log.level\", \"info\")\n"),
        (
            "crates/server/src/config/sections.rs",
            "struct Log {\n    pub level: String,\n    pub colour: bool,\n}\n",
        ),
        ("docs/configuration.md", "`log.level` info\n"),
    ];
    planted::is_found(undocumented_settings, &files, "`colour` has no line");
}
