//! The project speaks of itself alone, and of what is, not of what is to be done.

use std::path::Path;

use crate::{Violation, holds_here, planted, sources};

/// Folders of one machine, what is left to do, and how or by whom the project was made. Written in pieces, or this file would
/// find itself.
const WORDS: [&str; 10] = [
    concat!("/wo", "rk/"),
    concat!("..", "/shared"),
    concat!("/ro", "ot/"),
    concat!("/tmp/", "bilan"),
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("XX", "X:"),
    concat!("Anth", "ropic"),
    concat!("Clau", "de"),
    concat!("Chat", "GPT"),
];

/// Where the recorded data may lie beside the checkout is known in one place.
const EXCEPTIONS: [(&str, &str); 1] = [(".ci/run", concat!("..", "/shared/data"))];

/// Written by tools, of packages of others.
const LOCKS: [&str; 2] = ["Cargo.lock", "package-lock.json"];

/// Every text file of ours, whatever its kind.
fn foreign_words(root: &Path) -> Vec<Violation> {
    let mut violations = Vec::new();
    for source in sources::any_text(root, &[""]) {
        if LOCKS.iter().any(|lock| source.path.ends_with(lock)) {
            continue;
        }
        let excepted = EXCEPTIONS.iter().filter(|(path, _)| *path == source.path);
        let text = excepted.fold(source.text.clone(), |text, (_, words)| text.replace(words, ""));
        for (number, line) in text.lines().enumerate() {
            if let Some(word) = WORDS.iter().find(|word| line.contains(**word)) {
                violations.push(Violation::new(source.place(number + 1), format!("`{word}`")));
            }
        }
    }
    violations
}

#[test]
fn no_file_speaks_of_a_machine_or_of_work_left() {
    holds_here(foreign_words, &[".ci/run", "Cargo.toml"]);
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
    let text = format!("/* {}: later */\n", WORDS[4]);
    planted::is_found(foreign_words, &[("style/a.css", &text)], "style/a.css:1");
}

#[test]
fn every_kind_of_file_is_read() {
    let text = format!("cd {}\n", WORDS[0]);
    for path in [".ci/run", "build.rs", "deny.toml", ".cargo/config.toml", "deploy/start.sh"] {
        planted::is_found(foreign_words, &[(path, &text)], path);
    }
}

#[test]
fn only_ci_may_know_the_folder_beside_the_checkout() {
    let text = format!("ls {}\n", EXCEPTIONS[0].1);
    planted::is_fine(foreign_words, &[(".ci/run", &text)]);
    planted::is_found(foreign_words, &[("deploy/run", &text)], "deploy/run:1");
    let other = format!("ls {}\n", EXCEPTIONS[0].1.replace("data", "design"));
    planted::is_found(foreign_words, &[(".ci/run", &other)], ".ci/run:1");
}
