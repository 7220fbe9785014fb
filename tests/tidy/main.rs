//! What must never be there: the absences that `ARCHITECTURE.md` promises, as tests.
//!
//! Each check is a function from a folder to the [`Violation`]s in it. One test runs it on the repository, another plants a
//! violation in a folder of its own and sees the check name it.

#![cfg(not(target_arch = "wasm32"))]

mod addresses;
mod contract;
mod data;
mod district;
mod edges;
mod fixtures;
mod itself;
mod pages;
mod planted;
mod rust;
mod settings;
mod sources;
mod store;
mod texts;
mod vendored;
mod words;

use std::{fmt, path::Path};

/// One place that breaks a rule.
#[derive(Debug)]
struct Violation {
    /// Relative to the checked folder, with the line where there is one.
    place: String,
    what: String,
}

impl Violation {
    fn new(place: impl Into<String>, what: impl Into<String>) -> Self {
        Self { place: place.into(), what: what.into() }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.what)
    }
}

type Check = fn(&Path) -> Vec<Violation>;

/// Runs a check on this repository and lists everything it finds. `places` are what the check looks at or excepts: one that is
/// gone would make it pass for ever.
#[track_caller]
fn holds_here(check: Check, places: &[&str]) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let missing = sources::missing(root, places);
    assert!(missing.is_empty(), "the check looks at {missing:?}, which is not in the repository");
    let found = check(root);
    let list: Vec<_> = found.iter().map(ToString::to_string).collect();
    assert!(found.is_empty(), "{} found:\n{}", list.len(), list.join("\n"));
}
