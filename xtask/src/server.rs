//! Building the server with the bundle inside.

use std::path::PathBuf;

use anyhow::Result;

use crate::{
    process::{cargo, run, step},
    workspace::Workspace,
};

/// Compiles `bilan` in release with `dist/` embedded, and says where it is.
pub(crate) fn build(workspace: &Workspace) -> Result<PathBuf> {
    step("Compiling the server with the bundle inside", || {
        run(cargo()
            .args(["build", "--release", "--package", "server", "--bin", "bilan"])
            .env("BILAN_DIST", &workspace.dist)
            .current_dir(&workspace.root))
    })?;
    Ok(workspace.bilan())
}
