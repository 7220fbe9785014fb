//! Every fixture says where it came from.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use crate::{Violation, holds_here, planted, sources};

const SCOPE: [&str; 2] = ["tests", "crates"];

/// The files of each folder of fixtures.
fn fixtures(root: &Path) -> BTreeMap<PathBuf, Vec<PathBuf>> {
    let mut folders: BTreeMap<PathBuf, Vec<PathBuf>> = BTreeMap::new();
    for file in sources::files(root, &SCOPE) {
        let folder = file.parent().unwrap_or(root).to_owned();
        if format!("{}/", sources::relative(root, &folder)).contains("/fixtures/") {
            folders.entry(folder).or_default().push(file);
        }
    }
    folders
}

/// A fixture is described by a `.md` of its folder that names it.
fn without_provenance(root: &Path) -> Vec<Violation> {
    let mut violations = Vec::new();
    for files in fixtures(root).values() {
        let is_page = |file: &&PathBuf| file.extension().is_some_and(|extension| extension == "md");
        let pages: String =
            files.iter().filter(is_page).filter_map(|page| fs::read_to_string(page).ok()).collect();
        for file in files.iter().filter(|file| !is_page(file)) {
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            if !names(&pages, &name) {
                let what = "no .md beside it names it and says where it came from";
                violations.push(Violation::new(sources::relative(root, file), what));
            }
        }
    }
    violations
}

/// Whether a page has this file's name, and not only as the end of a longer one.
fn names(pages: &str, file: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || ['-', '_'].contains(&c);
    pages.match_indices(file).any(|(at, _)| {
        let (before, after) = (&pages[..at], &pages[at + file.len()..]);
        !before.ends_with(|c| part(c) || c == '.') && !after.starts_with(part)
    })
}

#[test]
fn every_fixture_has_its_provenance() {
    holds_here(without_provenance, &SCOPE);
    assert!(!fixtures(Path::new(env!("CARGO_MANIFEST_DIR"))).is_empty(), "no fixtures at all");
}

#[test]
fn a_fixture_that_no_page_names_is_seen() {
    let files = [
        ("tests/fixtures/a/unknown.csv", "1\n"),
        ("tests/fixtures/a/known.csv", "2\n"),
        ("tests/fixtures/a/a.md", "`unknown.csv`: recorded at the station\n"),
    ];
    planted::is_found(without_provenance, &files, "tests/fixtures/a/known.csv");
}
