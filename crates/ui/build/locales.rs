//! Turns a pair of locale files into checked Rust functions, one per sentence.
//!
//! `{"age_minutes": "{n} 分钟前"}` becomes `pub fn age_minutes(lang: Lang, n: &dyn Display) -> String`;
//! a sentence without places becomes a `&'static str`. A key or place that only one language has, or
//! an empty sentence, stops the build. Only the sentences a chunk uses are linked into it.

use std::{collections::BTreeMap, fmt::Write};

/// The Rust source of the functions for two locale files, each a flat JSON object of texts.
///
/// # Errors
///
/// What is wrong with the pair, naming the key.
pub(crate) fn generate(zh: &str, en: &str) -> Result<String, String> {
    let zh = parse("zh-CN", zh)?;
    let en = parse("en", en)?;
    if let Some(key) = zh.keys().find(|key| !en.contains_key(*key)) {
        return Err(format!("\"{key}\" is in zh-CN.json but not in en.json"));
    }
    if let Some(key) = en.keys().find(|key| !zh.contains_key(*key)) {
        return Err(format!("\"{key}\" is in en.json but not in zh-CN.json"));
    }
    let mut source = String::new();
    for (key, zh) in &zh {
        write_function(&mut source, key, zh, &en[key])?;
    }
    Ok(source)
}

fn parse(name: &str, text: &str) -> Result<BTreeMap<String, String>, String> {
    let texts: BTreeMap<String, String> =
        serde_json::from_str(text).map_err(|error| format!("{name}.json: {error}"))?;
    for (key, sentence) in &texts {
        if sentence.trim().is_empty() {
            return Err(format!("{name}.json: \"{key}\" is empty"));
        }
        let is_name =
            key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        if !is_name {
            return Err(format!("{name}.json: \"{key}\" is not a lower_case name"));
        }
    }
    Ok(texts)
}

/// The places of a sentence in order of appearance, each once.
fn places(key: &str, sentence: &str) -> Result<Vec<String>, String> {
    let mut places: Vec<String> = vec![];
    for part in sentence.split('{').skip(1) {
        let (name, _) = part
            .split_once('}')
            .ok_or_else(|| format!("\"{key}\": a place is opened and not closed: {sentence}"))?;
        if !places.iter().any(|known| known == name) {
            places.push(name.to_owned());
        }
    }
    Ok(places)
}

fn write_function(source: &mut String, key: &str, zh: &str, en: &str) -> Result<(), String> {
    let places_zh = places(key, zh)?;
    let mut same = [places_zh.clone(), places(key, en)?];
    same.iter_mut().for_each(|list| list.sort());
    if same[0] != same[1] {
        return Err(format!("\"{key}\" has other places in zh-CN than in en: {zh} / {en}"));
    }
    let written = if places_zh.is_empty() {
        write!(
            source,
            "/// {zh}\npub fn {key}(lang: ::domain::Lang) -> &'static str {{ lang.pick({zh:?}, {en:?}) }}\n"
        )
    } else {
        let arguments: String =
            places_zh.iter().map(|name| format!(", {name}: &dyn ::std::fmt::Display")).collect();
        write!(
            source,
            "/// {zh}\npub fn {key}(lang: ::domain::Lang{arguments}) -> String {{\n    match lang {{\n        \
             ::domain::Lang::Zh => format!({zh:?}),\n        ::domain::Lang::En => format!({en:?}),\n    }}\n}}\n"
        )
    };
    written.map_err(|error| error.to_string())
}

/// Reads `locales/` beside the crate's manifest and writes `words.rs` into Cargo's output folder.
///
/// # Errors
///
/// An unreadable file, or what [`generate`] found.
#[cfg(not(test))]
pub(crate) fn build() -> Result<(), Box<dyn std::error::Error>> {
    let read = |name: &str| {
        println!("cargo::rerun-if-changed=locales/{name}.json");
        std::fs::read_to_string(format!("locales/{name}.json"))
    };
    let source = generate(&read("zh-CN")?, &read("en")?)?;
    let out = std::env::var("OUT_DIR")?;
    std::fs::write(std::path::Path::new(&out).join("words.rs"), source)?;
    Ok(())
}
