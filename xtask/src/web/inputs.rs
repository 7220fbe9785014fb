//! Whether anything changed since `dist/` was built.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use super::{assets, page::Source};
use crate::workspace::Workspace;

/// A digest of everything that decides what is in `dist/`, this program included.
pub(super) fn digest(workspace: &Workspace, module: &Path, source: &Source) -> Result<String> {
    let root = &workspace.root;
    let mut files: Vec<PathBuf> = vec![
        module.to_owned(),
        root.join("index.html"),
        root.join("Cargo.toml"),
        workspace.browser.join("package-lock.json"),
    ];
    files.extend(source.styles.iter().map(|link| root.join(&link.path)));
    for wish in &source.copies {
        files.extend(assets::files(root, wish)?.into_iter().map(|(path, _)| path));
    }
    let mut hasher = Sha256::new();
    hasher.update(this_program()?);
    for path in files {
        let bytes = fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
        hasher.update(path.to_string_lossy().as_bytes());
        hasher.update((bytes.len() as u64).to_le_bytes());
        hasher.update(&bytes);
    }
    Ok(hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// When this program was compiled; its bytes would take longer to read than all else together.
fn this_program() -> Result<Vec<u8>> {
    let metadata = fs::metadata(std::env::current_exe()?)?;
    Ok(format!("{:?} {}", metadata.modified()?, metadata.len()).into_bytes())
}
