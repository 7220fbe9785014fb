//! Whether anything changed since an application was built.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use super::{assets, page::Source};
use crate::workspace::Workspace;

/// A digest of everything that decides what an application's files are, this program included.
pub(super) fn digest(workspace: &Workspace, module: &Path, source: &Source) -> Result<String> {
    let root = &workspace.root;
    let mut files: Vec<PathBuf> = vec![
        module.to_owned(),
        source.folder.join("index.html"),
        root.join("Cargo.toml"),
        workspace.browser.join("package-lock.json"),
    ];
    // This program's sources rather than its file, which Cargo may replace while it runs.
    files.extend(below(&root.join("xtask/src"))?);
    files.push(root.join("Cargo.lock"));
    files.extend(source.styles.iter().map(|link| source.folder.join(&link.path)));
    for wish in &source.copies {
        files.extend(assets::files(&source.folder, wish)?.into_iter().map(|(path, _)| path));
    }
    let mut hasher = Sha256::new();
    for path in files {
        let bytes = fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
        hasher.update(path.to_string_lossy().as_bytes());
        hasher.update((bytes.len() as u64).to_le_bytes());
        hasher.update(&bytes);
    }
    Ok(hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Every file below a folder, in an order that does not depend on the machine.
fn below(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            files.extend(below(&path)?);
        } else {
            files.push(path);
        }
    }
    Ok(files)
}
