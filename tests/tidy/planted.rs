//! Folders with a violation in them, to see the checks fail.

use std::{fs, path::Path};

use crate::{Check, Violation};

/// Writes `files` into an empty folder, runs `check` there, and returns what it found.
fn found_in(files: &[(&str, &str)], check: Check) -> Vec<Violation> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (path, text) in files {
        write(folder.path(), path, text);
    }
    check(folder.path())
}

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("a parent")).expect("creating a folder");
    fs::write(path, text).expect("writing a planted file");
}

/// The check names `expected` when `files` are all there is, and nothing else.
#[track_caller]
pub(crate) fn is_found(check: Check, files: &[(&str, &str)], expected: &str) {
    let found = found_in(files, check);
    let list: Vec<_> = found.iter().map(ToString::to_string).collect();
    assert_eq!(found.len(), 1, "one planted, found: {list:#?}");
    assert!(list[0].contains(expected), "{} does not mention {expected:?}", list[0]);
}

/// The check has nothing to say about `files`.
#[track_caller]
pub(crate) fn is_fine(check: Check, files: &[(&str, &str)]) {
    let list: Vec<_> = found_in(files, check).iter().map(ToString::to_string).collect();
    assert!(list.is_empty(), "{list:#?}");
}
