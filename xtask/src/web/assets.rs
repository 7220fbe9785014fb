//! Files that go into the bundle as they are.

use std::{fs, path::Path};

use anyhow::{Context, Result};
use walkdir::WalkDir;

use super::{
    emit::Dist,
    manifest::Role,
    page::{Copy, Source},
};

/// A folder whose names carry the version of what is in them, so that they may be cached for ever.
const VERSIONED: &str = "vendor/";

pub(super) fn copy(source: &Source, dist: &mut Dist) -> Result<()> {
    for wish in &source.copies {
        for (path, target) in files(&source.folder, wish)? {
            let bytes = fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
            dist.add(&target, &bytes, Role::Other, target.starts_with(VERSIONED))?;
        }
    }
    Ok(())
}

/// Each file that a wish names, with its place in the bundle, by path.
pub(super) fn files(page: &Path, wish: &Copy) -> Result<Vec<(std::path::PathBuf, String)>> {
    let from = page.join(&wish.from);
    let folder = if from.is_dir() { from.as_path() } else { from.parent().unwrap_or(page) };
    let mut found = Vec::new();
    for entry in WalkDir::new(&from).sort_by_file_name() {
        let entry = entry.with_context(|| format!("index.html asks for {}", from.display()))?;
        if entry.file_type().is_file() {
            let inside = entry.path().strip_prefix(folder)?.to_string_lossy().replace('\\', "/");
            found.push((entry.path().to_owned(), place(&wish.to, &inside)));
        }
    }
    Ok(found)
}

fn place(folder: &str, inside: &str) -> String {
    match folder.trim_matches(['.', '/']) {
        "" => inside.to_owned(),
        folder => format!("{folder}/{inside}"),
    }
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn a_file_lands_in_its_target_folder() {
        assert_eq!(place(".", "robots.txt"), "robots.txt");
        assert_eq!(place("", "icons/a.svg"), "icons/a.svg");
        assert_eq!(place("vendor/leaflet-1.9.4", "leaflet.js"), "vendor/leaflet-1.9.4/leaflet.js");
    }
}
