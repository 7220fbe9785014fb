//! The public bundle carries nothing of the console: no sentence, no route, no component.
//!
//! Whoever reads the portal's files must not learn from them how officers work. The crates cannot name each other
//! (`tests/tidy/edges.rs`), but a sentence, a path or a stylesheet can still find its way across.

use std::{collections::BTreeMap, fs, path::Path};

use aho_corasick::AhoCorasick;
use anyhow::{Context, Result, bail, ensure};
use walkdir::WalkDir;

use super::manifest::Manifest;
use crate::{
    application::{CONSOLE, PORTAL},
    workspace::Workspace,
};

/// The console's addresses, and its sources where a panic names its place.
const PLACES: &str = "console/";
/// Whose texts may be in both applications.
const SHARED: [&str; 6] = [
    "locales",
    "crates/ui/locales",
    "crates/ui/src",
    "crates/domain/src",
    "crates/contract/src",
    "crates/chart/src",
];
/// Shorter pieces of sentences are words that anybody may use.
const CHINESE: usize = 6;
const LATIN: usize = 20;

/// Looks for the console in every file of the portal.
pub(super) fn check(workspace: &Workspace) -> Result<()> {
    let marks = marks(workspace)?;
    let folder = workspace.dist_of(&PORTAL);
    let mut found = Vec::new();
    for file in Manifest::read(workspace, &PORTAL)?.files {
        let bytes = read(&folder.join(&file.path))?;
        found.extend(first(&marks, &bytes)?.map(|mark| format!("{}: {mark:?}", file.path)));
    }
    if found.is_empty() {
        return Ok(());
    }
    bail!("the public bundle carries what is the console's:\n  {}", found.join("\n  "))
}

/// What only the console has.
fn marks(workspace: &Workspace) -> Result<Vec<String>> {
    let root = &workspace.root;
    let shared =
        SHARED.iter().map(|folder| texts(&root.join(folder))).collect::<Result<String>>()?;
    let console = root.join(CONSOLE.folder);
    let mut marks = vec![PLACES.to_owned()];
    for name in ["zh-CN", "en"] {
        let path = console.join("locales").join(name).with_extension("json");
        let sentences: BTreeMap<String, String> = serde_json::from_slice(&read(&path)?)
            .with_context(|| format!("{} is no table of sentences", path.display()))?;
        marks.extend(sentences.values().flat_map(|sentence| pieces(sentence)));
    }
    let (own, common) = (texts(&console.join("style"))?, texts(&root.join("style"))?);
    marks.extend(classes(&own).filter(|class| !common.contains(class.as_str())));
    marks.retain(|mark| !shared.contains(mark.as_str()));
    ensure!(marks.len() > 1, "the console has no sentence of its own; the check would see nothing");
    Ok(marks)
}

/// What stands between the places of a sentence, where it is long enough to be nobody else's.
fn pieces(sentence: &str) -> impl Iterator<Item = String> {
    let texts = sentence.split('{').enumerate().map(|(number, part)| match number {
        0 => part,
        _ => part.split_once('}').map_or(part, |(_, after)| after),
    });
    texts.map(str::trim).filter(|text| is_long(text)).map(str::to_owned)
}

fn is_long(text: &str) -> bool {
    let chinese = text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    text.chars().count() >= if chinese { CHINESE } else { LATIN }
}

/// `.case-timeline` and the like, as a stylesheet selects them.
fn classes(style: &str) -> impl Iterator<Item = String> {
    let names = style.split('.').skip(1).map(|rest| {
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
        &rest[..end.unwrap_or(rest.len())]
    });
    names
        .filter(|name| name.contains('-') && name.starts_with(char::is_alphabetic))
        .map(|name| format!(".{name}"))
}

/// The first mark that is in `bytes`.
fn first<'a>(marks: &'a [String], bytes: &[u8]) -> Result<Option<&'a str>> {
    let search = AhoCorasick::new(marks).context("the console's texts are no search")?;
    Ok(search.find(bytes).map(|found| marks[found.pattern().as_usize()].as_str()))
}

/// Every text below a folder.
fn texts(folder: &Path) -> Result<String> {
    let mut all = String::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.with_context(|| format!("reading {}", folder.display()))?;
        if entry.file_type().is_file() {
            all.push_str(&String::from_utf8_lossy(&read(entry.path())?));
        }
    }
    Ok(all)
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("reading {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::{classes, first, pieces};

    #[test]
    fn a_sentence_a_route_or_a_component_of_the_console_is_seen() {
        let mut marks = vec!["console/".to_owned()];
        marks.extend(pieces("{name} 已受理本件，请刷新后再操作"));
        marks.extend(classes(".case-timeline li, .card { }"));
        let seen = |text: &str| first(&marks, text.as_bytes()).expect("a search");
        assert_eq!(seen("\0已受理本件，请刷新后再操作\0"), Some("已受理本件，请刷新后再操作"));
        assert_eq!(seen("fetch(\"console/api/v1/cases\")"), Some("console/"));
        assert_eq!(seen("panicked at crates/console/src/app.rs:1"), Some("console/"));
        assert_eq!(seen(".case-timeline{gap:1rem}"), Some(".case-timeline"));
        assert_eq!(seen("console.error(cause) .card{} 已受理"), None);
    }

    #[test]
    fn short_pieces_are_anybodys_words() {
        assert_eq!(pieces("受理 {n} 件").count(), 0);
        assert_eq!(pieces("Accept {n} reports").count(), 0);
        let long: Vec<_> =
            pieces("The case has been changed by {name}; look at it again.").collect();
        assert_eq!(long, ["The case has been changed by"]);
    }
}
