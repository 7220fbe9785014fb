//! What is served under a version's name, and cached for ever, is that version.

use std::{fs, path::Path};

use serde_json::Value;

use crate::{Violation, holds_here, planted, sources};

const LOCK: &str = "tests/browser/package-lock.json";
const SCOPE: [&str; 5] = [PAGES[0], PAGES[1], "src", "crates/ui/src", "crates/console/src"];
/// Both applications show a map.
const PAGES: [&str; 2] = ["index.html", "crates/console/index.html"];
/// `vendor/leaflet-1.9.4/…`, in the build's wishes and in the code that fetches.
const FOLDER: &str = "vendor/";

fn other_versions(root: &Path) -> Vec<Violation> {
    let lock = fs::read_to_string(root.join(LOCK)).unwrap_or_default();
    let lock: Value = serde_json::from_str(&lock).unwrap_or_default();
    let mut violations = Vec::new();
    for source in sources::text(root, &SCOPE, &["rs", "html"]) {
        for (number, line) in source.before_tests() {
            for folder in line.split(FOLDER).skip(1).filter_map(folder) {
                let named = folder.rsplit_once('-');
                let fits = named.is_some_and(|(name, version)| {
                    lock["packages"][format!("node_modules/{name}")]["version"] == version
                });
                if !fits {
                    let what = format!("`{FOLDER}{folder}` is not what {LOCK} installs");
                    violations.push(Violation::new(source.place(number), what));
                }
            }
        }
    }
    violations
}

/// `leaflet-1.9.4` of `leaflet-1.9.4/leaflet.js">`.
fn folder(rest: &str) -> Option<&str> {
    rest.split(['/', '"', '`']).next().filter(|folder| !folder.is_empty())
}

#[test]
fn vendored_folders_carry_the_installed_version() {
    holds_here(other_versions, &[&[LOCK], &SCOPE[..]].concat());
}

#[test]
fn each_build_has_what_its_pages_fetch() {
    /// Joined by the build from the package of that name, under the version that is installed.
    const JOINED: &str = "age-encryption-";
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let pages = PAGES.map(|page| fs::read_to_string(root.join(page)).expect("a page"));
    let mut fetched = 0;
    for source in sources::rust(root, &SCOPE) {
        for literal in source.literals() {
            if let Some(folder) = literal.text.strip_prefix(FOLDER).and_then(folder) {
                let copied = format!("data-target-path=\"{FOLDER}{folder}\"");
                let everywhere = pages.iter().all(|page| page.contains(&copied));
                assert!(everywhere || folder.starts_with(JOINED), "{folder}");
                fetched += 1;
            }
        }
    }
    assert!(fetched > 0, "nothing fetches from {FOLDER}");
}

#[test]
fn another_version_is_seen() {
    let lock = r#"{"packages": {"node_modules/leaflet": {"version": "1.9.4"}}}"#;
    let page = "<link data-trunk data-target-path=\"vendor/leaflet-1.9.3\">\n";
    let script = "const FOLDER: &str = \"vendor/leaflet-1.9.4\";\n";
    planted::is_found(
        other_versions,
        &[(LOCK, lock), ("index.html", page), ("src/map.rs", script)],
        "index.html:1: `vendor/leaflet-1.9.3`",
    );
}
