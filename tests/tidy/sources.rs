//! Reading the files that the checks look at.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::rust::{Lexed, Literal, lex};

/// A text file and where it lies, relative to the checked folder and with `/`.
pub(crate) struct Source {
    pub(crate) path: String,
    pub(crate) text: String,
    lexed: Lexed,
    /// How many lines come before the unit tests.
    product: usize,
}

/// Folders that hold nothing of ours, from the root of the repository: what tools write, and what they install.
const NOT_OURS: [&str; 12] = [
    ".git",
    ".demo",
    "dist",
    "node_modules",
    "target",
    "tests/browser/node_modules",
    "tests/browser/report",
    "tests/browser/test-results",
    "crates/hj212/fuzz/artifacts",
    "crates/hj212/fuzz/corpus",
    "crates/hj212/fuzz/coverage",
    "crates/hj212/fuzz/target",
];

/// Places that the checks know before they exist; every other place they name must be there.
const LATER: [&str; 3] = [
    "crates/console/src/api_client",
    "crates/contract/src/officer",
    "crates/contract/src/open_data",
];

impl Source {
    pub(crate) fn new(path: String, text: String) -> Self {
        let lexed = if path.ends_with(".rs") {
            lex(&text)
        } else {
            Lexed { code: text.clone(), literals: Vec::new() }
        };
        let product = before_unit_tests(&lexed.code);
        Self { path, text, lexed, product }
    }

    /// The lines of the product: no comments, no unit tests, which stand at the end of a file. Numbered from 1.
    pub(crate) fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        numbered(&self.lexed.code).take(self.product)
    }

    /// The lines down to the unit tests, comments included.
    pub(crate) fn before_tests(&self) -> impl Iterator<Item = (usize, &str)> {
        numbered(&self.text).take(self.product)
    }

    /// The quoted texts of the product.
    pub(crate) fn literals(&self) -> impl Iterator<Item = &Literal> {
        self.lexed.literals.iter().filter(|literal| literal.line <= self.product)
    }

    /// The whole file with blanks for comments, in which [`Literal::span`] points.
    pub(crate) fn whole_code(&self) -> &str {
        &self.lexed.code
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

fn numbered(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(index, line)| (index + 1, line))
}

/// How many lines come before `#[cfg(test)] mod tests {`; another `#[cfg(test)]` may stand anywhere.
fn before_unit_tests(code: &str) -> usize {
    let lines: Vec<_> = code.lines().map(str::trim).collect();
    let opens = |from: usize| {
        let item = lines[from..].iter().find(|line| !line.is_empty() && !line.starts_with("#["));
        item.is_some_and(|item| item.starts_with("mod ") && item.contains('{'))
    };
    (0..lines.len()).find(|at| lines[*at] == "#[cfg(test)]" && opens(at + 1)).unwrap_or(lines.len())
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
    let named =
        |path: &PathBuf| extension(path).is_some_and(|found| extensions.contains(&found.as_str()));
    files(root, folders).into_iter().filter(named).filter_map(|path| read(root, &path)).collect()
}

/// Every file under `folders` that is text, by path.
pub(crate) fn any_text(root: &Path, folders: &[&str]) -> Vec<Source> {
    files(root, folders).into_iter().filter_map(|path| read(root, &path)).collect()
}

fn read(root: &Path, path: &Path) -> Option<Source> {
    Some(Source::new(relative(root, path), fs::read_to_string(path).ok()?))
}

/// Every file of ours under `folders`, by path; a file may be named itself, and `""` is the root.
pub(crate) fn files(root: &Path, folders: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for folder in folders {
        collect(root, &root.join(folder), &mut found);
    }
    found.sort();
    found.dedup();
    found
}

fn collect(root: &Path, path: &Path, found: &mut Vec<PathBuf>) {
    if NOT_OURS.contains(&relative(root, path).as_str()) {
        return;
    }
    if path.is_file() {
        found.push(path.to_owned());
        return;
    }
    let Ok(entries) = fs::read_dir(path) else { return };
    for entry in entries.flatten() {
        collect(root, &entry.path(), found);
    }
}

/// Of `places`, those that are not in the repository although a check looks at them: it would find nothing for ever.
pub(crate) fn missing<'a>(root: &Path, places: &[&'a str]) -> Vec<&'a str> {
    let later = |place: &str| LATER.iter().any(|later| place.starts_with(later));
    places.iter().copied().filter(|place| !later(place) && !root.join(place).exists()).collect()
}

pub(crate) fn relative(root: &Path, path: &Path) -> String {
    let path = path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/");
    path.trim_end_matches('/').to_owned()
}

#[test]
fn comments_and_tests_are_no_code() {
    let text = "let a = 1; // why\n/// doc\nlet b = \"https://x\";\n#[cfg(test)]\nmod tests {}\n";
    let source = Source::new("a.rs".to_owned(), text.to_owned());
    let lines: Vec<_> = source.code().map(|(number, line)| (number, line.trim_end())).collect();
    assert_eq!(lines, [(1, "let a = 1;"), (2, ""), (3, "let b = \"https://x\";")]);
}

#[test]
fn only_the_module_of_tests_ends_the_product() {
    let text = "#[cfg(test)]\nmod recorded;\nlet a = 1;\n#[cfg(test)]\n#[allow(x)]\nmod tests {\n";
    let source = Source::new("a.rs".to_owned(), text.to_owned());
    assert_eq!(source.code().last(), Some((3, "let a = 1;")));
}

#[test]
fn a_folder_of_ours_may_have_a_tools_name() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for path in ["target/a.rs", "src/target/b.rs", "crates/server/src/report/c.rs"] {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("creating a folder");
        fs::write(path, "").expect("writing a file");
    }
    let found: Vec<_> = rust(folder.path(), &[""]).into_iter().map(|source| source.path).collect();
    assert_eq!(found, ["crates/server/src/report/c.rs", "src/target/b.rs"]);
}
