//! Every sentence in both languages, which no compiler looks at.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use serde_json::Value;

use crate::{Violation, holds_here, planted};

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

#[test]
fn every_sentence_is_there_in_both_languages() {
    holds_here(missing_sentences, &LOCALES);
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
