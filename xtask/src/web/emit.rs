//! Collecting the files of an application, then putting the finished folder in place at once.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use base64::{Engine, prelude::BASE64_STANDARD};
use sha2::{Digest, Sha256, Sha384};

use super::{
    compress,
    manifest::{Entry, Manifest, Role},
    recreate,
};
use crate::{
    application::{APPLICATIONS, Application},
    workspace::Workspace,
};

/// Where files named by their content lie, relative to the application's page.
const HASHED: &str = "assets";

/// An application's next folder, written beside the present one.
pub(super) struct Dist {
    folder: PathBuf,
    entries: Vec<Entry>,
    inline: Vec<String>,
}

/// A file of the bundle as a page or script names it.
pub(super) struct Named {
    /// Relative to `<base>`, such as `assets/portal-0123456789ab.js`.
    pub(super) path: String,
    /// The value of an `integrity` attribute.
    pub(super) integrity: String,
}

impl Dist {
    pub(super) fn start(workspace: &Workspace, application: &Application) -> Result<Self> {
        let folder = workspace.target.join("web-dist").join(application.name);
        recreate(&folder)?;
        Ok(Self { folder, entries: Vec::new(), inline: Vec::new() })
    }

    /// Adds a file whose name will change whenever its content does.
    pub(super) fn add_hashed(
        &mut self,
        stem: &str,
        extension: &str,
        bytes: &[u8],
        role: Role,
    ) -> Result<Named> {
        let hash = &sha256_hex(bytes)[..12];
        self.add(&format!("{HASHED}/{stem}-{hash}.{extension}"), bytes, role, true)
    }

    /// Adds a file under the name it has; `immutable` says that the name will never mean other bytes.
    pub(super) fn add(
        &mut self,
        path: &str,
        bytes: &[u8],
        role: Role,
        immutable: bool,
    ) -> Result<Named> {
        let target = self.folder.join(path);
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent).with_context(|| format!("creating {}", parent.display()))?;
        }
        fs::write(&target, bytes).with_context(|| format!("writing {}", target.display()))?;
        let entry = Entry::new(path, bytes, role, immutable);
        let named = Named { path: entry.path.clone(), integrity: entry.integrity.clone() };
        self.entries.push(entry);
        Ok(named)
    }

    /// Remembers an inline script or style, for a content-security policy that allows it by hash.
    pub(super) fn add_inline(&mut self, text: &str) {
        self.inline.push(format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(text))));
    }

    /// Compresses, writes the manifest, and replaces what was built before.
    pub(super) fn finish(
        mut self,
        workspace: &Workspace,
        application: &Application,
        inputs: String,
    ) -> Result<()> {
        compress::run(&self.folder, &mut self.entries, &workspace.target.join("web-compressed"))?;
        self.entries.sort_by(|a, b| (a.role, &a.path).cmp(&(b.role, &b.path)));
        let manifest = Manifest { inputs, inline: self.inline, files: self.entries };
        manifest.write(&self.folder)?;
        keep_others(workspace, application, &self.folder)?;
        replace(&self.folder, &workspace.dist_of(application))
    }
}

/// The application at the top is replaced with everything below it: what others built there moves into its new folder.
fn keep_others(workspace: &Workspace, application: &Application, new: &Path) -> Result<()> {
    let below = |other: &&&Application| application.place.is_empty() && !other.place.is_empty();
    for other in APPLICATIONS.iter().filter(below) {
        let present = workspace.dist_of(other);
        if present.exists() {
            replace(&present, &new.join(other.place))?;
        }
    }
    Ok(())
}

/// Moves `new` to `dist`; across file systems it is copied.
fn replace(new: &Path, dist: &Path) -> Result<()> {
    let context = || format!("replacing {}", dist.display());
    if dist.exists() {
        fs::remove_dir_all(dist).with_context(context)?;
    }
    if fs::rename(new, dist).is_ok() {
        return Ok(());
    }
    for file in walkdir::WalkDir::new(new) {
        let file = file?;
        let target = dist.join(file.path().strip_prefix(new)?);
        if file.file_type().is_dir() {
            fs::create_dir_all(target).with_context(context)?;
        } else {
            fs::copy(file.path(), target).with_context(context)?;
        }
    }
    Ok(())
}

/// SHA-256 as lower-case hexadecimal.
pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The value of an `integrity` attribute.
pub(super) fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", BASE64_STANDARD.encode(Sha384::digest(bytes)))
}
