//! Reading the files that the checks look at.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// A text file and where it lies, relative to the checked folder and with `/`.
pub(crate) struct Source {
    pub(crate) path: String,
    pub(crate) text: String,
}

/// Folders that hold nothing of ours.
const NOT_OURS: [&str; 8] =
    [".git", "target", "dist", "node_modules", ".demo", "test-results", "report", "web-stage"];

impl Source {
    /// The lines of the product: no comments, no unit tests, which stand at the end of a file. Numbered from 1.
    pub(crate) fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.before_tests().map(|(number, line)| (number, without_comment(line)))
    }

    /// The lines down to the unit tests, comments included.
    pub(crate) fn before_tests(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines =
            self.text.lines().enumerate().take_while(|(_, line)| line.trim() != "#[cfg(test)]");
        lines.map(|(index, line)| (index + 1, line))
    }

    /// `crates/x/src/y.rs:12`.
    pub(crate) fn place(&self, line: usize) -> String {
        format!("{}:{line}", self.path)
    }

    /// Whether the file is compiled only for tests or measurements.
    pub(crate) fn is_test(&self) -> bool {
        let path = &self.path;
        let folder =
            ["/tests/", "/benches/", "/examples/", "/fuzz/"].iter().any(|name| path.contains(name));
        folder || path.starts_with("tests/") || path.ends_with("tests.rs")
    }
}

/// What stands before `//`, unless that is part of an address such as `https://`.
fn without_comment(line: &str) -> &str {
    let mut from = 0;
    while let Some(found) = line[from..].find("//") {
        let at = from + found;
        if !line[..at].ends_with(':') {
            return &line[..at];
        }
        from = at + 2;
    }
    line
}

/// The Rust files of the product under `folders`, tests left out; a folder that is not there has none.
pub(crate) fn rust(root: &Path, folders: &[&str]) -> Vec<Source> {
    let mut sources = text(root, folders, &["rs"]);
    sources.retain(|source| !source.is_test());
    sources
}

/// The files with one of these extensions, by path.
pub(crate) fn text(root: &Path, folders: &[&str], extensions: &[&str]) -> Vec<Source> {
    let extension =
        |path: &Path| path.extension().map(|found| found.to_string_lossy().into_owned());
    files(root, folders)
        .into_iter()
        .filter(|path| extension(path).is_some_and(|found| extensions.contains(&found.as_str())))
        .filter_map(|path| {
            let text = fs::read_to_string(&path).ok()?;
            Some(Source { path: relative(root, &path), text })
        })
        .collect()
}

/// Every file of ours under `folders`, by path; a file may be named itself.
pub(crate) fn files(root: &Path, folders: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for folder in folders {
        collect(&root.join(folder), &mut found);
    }
    found.sort();
    found.dedup();
    found
}

fn collect(path: &Path, found: &mut Vec<PathBuf>) {
    if path.is_file() {
        found.push(path.to_owned());
        return;
    }
    let Ok(entries) = fs::read_dir(path) else { return };
    for entry in entries.flatten() {
        if !NOT_OURS.contains(&entry.file_name().to_string_lossy().as_ref()) {
            collect(&entry.path(), found);
        }
    }
}

pub(crate) fn relative(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

#[test]
fn comments_and_tests_are_no_code() {
    let source = Source {
        path: "a.rs".to_owned(),
        text: "let a = 1; // why\n/// doc\nlet b = \"https://x\";\n#[cfg(test)]\nmod tests {}\n"
            .to_owned(),
    };
    let lines: Vec<_> = source.code().collect();
    assert_eq!(lines, [(1, "let a = 1; "), (2, ""), (3, "let b = \"https://x\";")]);
}
