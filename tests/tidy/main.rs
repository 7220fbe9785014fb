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
mod planted;
mod sources;
mod store;
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

/// Runs a check on this repository and lists everything it finds.
#[track_caller]
fn holds_here(check: Check) {
    let found = check(Path::new(env!("CARGO_MANIFEST_DIR")));
    let list: Vec<_> = found.iter().map(ToString::to_string).collect();
    assert!(found.is_empty(), "{} found:\n{}", list.len(), list.join("\n"));
}
