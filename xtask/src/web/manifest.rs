//! `manifest.json` beside each application: what its bundle consists of, for the server, `size` and the tests.

use std::{fs, path::Path};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use super::emit::{integrity, sha256_hex};
use crate::{application::Application, workspace::Workspace};

const NAME: &str = "manifest.json";

/// The bundle, file by file.
#[derive(Serialize, Deserialize)]
pub(crate) struct Manifest {
    /// Digest of everything the bundle was made from.
    pub(crate) inputs: String,
    /// `sha256-…` of each inline script and style of `index.html`, for a content-security policy.
    pub(crate) inline: Vec<String>,
    /// First what the first page loads, then chunks, then the rest; by path within each.
    pub(crate) files: Vec<Entry>,
}

/// When a browser loads a file.
#[derive(Serialize, Deserialize, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Role {
    /// With the first page: counted against the first budget.
    FirstLoad,
    /// When a lazy route is first visited.
    Lazy,
    /// When a page asks for it: icons, the map library, `robots.txt`.
    Other,
}

/// One file; sizes are in bytes.
#[derive(Serialize, Deserialize, Clone)]
pub(crate) struct Entry {
    /// Relative to the manifest, with `/`.
    pub(crate) path: String,
    pub(crate) role: Role,
    /// Its name will never mean other bytes: may be cached for ever.
    pub(crate) immutable: bool,
    pub(crate) size: usize,
    /// The size of `<path>.br`, absent where that file is.
    pub(crate) brotli: Option<usize>,
    /// The size of `<path>.gz`, absent where that file is.
    pub(crate) gzip: Option<usize>,
    /// Lower-case hexadecimal.
    pub(crate) sha256: String,
    /// The value of an `integrity` attribute.
    pub(crate) integrity: String,
}

impl Entry {
    pub(super) fn new(path: &str, bytes: &[u8], role: Role, immutable: bool) -> Self {
        Self {
            path: path.to_owned(),
            role,
            immutable,
            size: bytes.len(),
            brotli: None,
            gzip: None,
            sha256: sha256_hex(bytes),
            integrity: integrity(bytes),
        }
    }

    /// What travels to a browser that accepts brotli.
    pub(crate) fn transferred(&self) -> usize {
        self.brotli.unwrap_or(self.size)
    }
}

impl Manifest {
    pub(crate) fn read(workspace: &Workspace, application: &Application) -> Result<Self> {
        let path = workspace.dist_of(application).join(NAME);
        let text = fs::read_to_string(&path)
            .with_context(|| format!("reading {}; run `cargo xtask build`", path.display()))?;
        serde_json::from_str(&text)
            .with_context(|| format!("{} is not ours; run `cargo xtask build`", path.display()))
    }

    pub(super) fn write(&self, folder: &Path) -> Result<()> {
        let path = folder.join(NAME);
        let text = serde_json::to_string_pretty(self)?;
        fs::write(&path, text).with_context(|| format!("writing {}", path.display()))
    }
}
