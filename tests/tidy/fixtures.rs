//! Every fixture says where it came from.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use crate::{Violation, holds_here, planted, sources};

/// A fixture is described by a `.md` of its folder that names it.
fn without_provenance(root: &Path) -> Vec<Violation> {
    let mut folders: BTreeMap<PathBuf, Vec<PathBuf>> = BTreeMap::new();
    for file in sources::files(root, &["tests", "crates"]) {
        let folder = file.parent().unwrap_or(root).to_owned();
        if folder.ends_with("fixtures") || sources::relative(root, &folder).contains("/fixtures/") {
            folders.entry(folder).or_default().push(file);
        }
    }
    let mut violations = Vec::new();
    for files in folders.values() {
        let is_page = |file: &&PathBuf| file.extension().is_some_and(|extension| extension == "md");
        let pages: String =
            files.iter().filter(is_page).filter_map(|page| fs::read_to_string(page).ok()).collect();
        for file in files.iter().filter(|file| !is_page(file)) {
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            if !pages.contains(name.as_ref()) {
                let what = "no .md beside it names it and says where it came from";
                violations.push(Violation::new(sources::relative(root, file), what));
            }
        }
    }
    violations
}

#[test]
fn every_fixture_has_its_provenance() {
    holds_here(without_provenance);
}

#[test]
fn a_fixture_that_no_page_names_is_seen() {
    let files = [
        ("tests/fixtures/a/known.csv", "1\n"),
        ("tests/fixtures/a/unknown.csv", "2\n"),
        ("tests/fixtures/a/known.md", "`known.csv`: recorded at the station\n"),
    ];
    planted::is_found(without_provenance, &files, "tests/fixtures/a/unknown.csv");
}
