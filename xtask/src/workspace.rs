//! Where things lie.

use std::path::PathBuf;

use anyhow::{Context, Result};
use cargo_metadata::MetadataCommand;

use crate::application::Application;

/// The folders of the checkout that the tasks read and write.
pub(crate) struct Workspace {
    /// The repository.
    pub(crate) root: PathBuf,
    /// Cargo's own target folder, wherever `CARGO_TARGET_DIR` puts it.
    pub(crate) target: PathBuf,
    /// The browser's bundles, which the server embeds.
    pub(crate) dist: PathBuf,
    /// The folder with `package.json`.
    pub(crate) browser: PathBuf,
}

impl Workspace {
    /// Asks Cargo, so that it works from any folder of the repository.
    pub(crate) fn find() -> Result<Self> {
        let metadata = MetadataCommand::new()
            .manifest_path(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
            .no_deps()
            .exec()
            .context("cargo metadata could not describe the workspace")?;
        let root = metadata.workspace_root.into_std_path_buf();
        Ok(Self {
            target: metadata.target_directory.into_std_path_buf(),
            dist: root.join("dist"),
            browser: root.join("tests/browser"),
            root,
        })
    }

    /// Where an application's files are built.
    pub(crate) fn dist_of(&self, application: &Application) -> PathBuf {
        self.dist.join(application.place)
    }

    /// A program that npm installed, by name.
    pub(crate) fn npm_program(&self, name: &str) -> PathBuf {
        self.browser.join("node_modules/.bin").join(name)
    }

    /// The release binary of the server.
    pub(crate) fn bilan(&self) -> PathBuf {
        self.target.join("release/bilan").with_extension(std::env::consts::EXE_EXTENSION)
    }
}
