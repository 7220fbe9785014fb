//! The project speaks of itself alone, and of what is, not of what is to be done.

use std::path::Path;

use crate::{Violation, holds_here, planted, sources};

const SCOPE: [&str; 17] = [
    "src",
    "crates",
    "xtask",
    "tests",
    "docs",
    "profiles",
    "style",
    "locales",
    "public",
    "deploy",
    "index.html",
    "Cargo.toml",
    "Trunk.toml",
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
];
const KINDS: [&str; 12] =
    ["rs", "toml", "md", "ts", "mjs", "js", "json", "css", "html", "sql", "service", "svg"];

/// Folders of one machine, and what is left to do. Written in pieces, or this file would find itself.
const WORDS: [&str; 6] = [
    concat!("/wo", "rk/"),
    concat!("..", "/shared"),
    concat!("/ro", "ot/"),
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("XX", "X:"),
];

fn foreign_words(root: &Path) -> Vec<Violation> {
    let mut violations = Vec::new();
    for source in sources::text(root, &SCOPE, &KINDS) {
        if source.path.ends_with("package-lock.json") {
            continue;
        }
        for (number, line) in source.text.lines().enumerate() {
            if let Some(word) = WORDS.iter().find(|word| line.contains(**word)) {
                violations.push(Violation::new(source.place(number + 1), format!("`{word}`")));
            }
        }
    }
    violations
}

#[test]
fn no_file_speaks_of_a_machine_or_of_work_left() {
    holds_here(foreign_words);
}

#[test]
fn a_path_of_one_machine_is_seen() {
    let text = format!("const DATA: &str = \"{}data\";\n", WORDS[0]);
    planted::is_found(
        foreign_words,
        &[("crates/store/src/a.rs", &text)],
        "crates/store/src/a.rs:1",
    );
}

#[test]
fn work_left_is_seen() {
    let text = format!("/* {}: later */\n", WORDS[3]);
    planted::is_found(foreign_words, &[("style/a.css", &text)], "style/a.css:1");
}
