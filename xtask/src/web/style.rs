//! The stylesheets of `index.html` as one inline part and one file.

use std::{
    fs,
    io::Write,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};

use super::{
    emit::{Dist, Named},
    manifest::Role,
    page::Source,
};
use crate::{application::Application, workspace::Workspace};

pub(super) struct Style {
    /// Goes into the page: no round trip before the first frame.
    pub(super) inline: String,
    /// Everything not marked critical, if there is any.
    pub(super) sheet: Option<Named>,
}

pub(super) fn run(
    workspace: &Workspace,
    application: &Application,
    source: &Source,
    dist: &mut Dist,
) -> Result<Style> {
    let inline = minify(workspace, &concatenate(source, true)?)?;
    let rest = concatenate(source, false)?;
    let sheet = if rest.is_empty() {
        None
    } else {
        let bytes = minify(workspace, &rest)?;
        Some(dist.add_hashed(application.name, "css", bytes.as_bytes(), Role::FirstLoad)?)
    };
    Ok(Style { inline, sheet })
}

fn concatenate(source: &Source, critical: bool) -> Result<String> {
    let mut joined = String::new();
    for link in source.styles.iter().filter(|link| link.critical == critical) {
        let path = source.folder.join(&link.path);
        let text =
            fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
        joined.push_str(&text);
        joined.push('\n');
    }
    Ok(joined)
}

fn minify(workspace: &Workspace, css: &str) -> Result<String> {
    let mut esbuild = Command::new(workspace.npm_program("esbuild"))
        .args([
            "--loader=css",
            "--minify",
            "--target=esnext",
            "--charset=utf8",
            "--log-level=warning",
        ])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("esbuild could not be started; run `cargo xtask setup`")?;
    // Dropped at the end of the statement: end of input.
    esbuild.stdin.take().context("esbuild takes no input")?.write_all(css.as_bytes())?;
    let output = esbuild.wait_with_output()?;
    ensure!(output.status.success(), "esbuild refused the stylesheets of index.html");
    Ok(String::from_utf8(output.stdout)
        .context("esbuild's answer is not UTF-8")?
        .trim_end()
        .to_owned())
}
