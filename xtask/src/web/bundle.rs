//! The scripts as one file that knows the final name and digest of every module.

use std::{collections::BTreeSet, fs, path::Path, process::Command};

use anyhow::{Context, Result, ensure};

use super::{
    emit::{Dist, Named},
    manifest::Role,
    names,
    split::{Chunks, LOADER},
};
use crate::{application::Application, process::run_quietly, workspace::Workspace};

/// What the page needs in order to start the application.
pub(super) struct Program {
    pub(super) script: Named,
    pub(super) wasm: Named,
}

/// Exports the one function that the page calls, so that esbuild can drop the rest.
fn entry(name: &str) -> String {
    format!(
        "import init from \"./{name}.js\";\n\
         export const start = (program) => init({{ module_or_path: program }});\n"
    )
}

pub(super) fn run(
    workspace: &Workspace,
    application: &Application,
    stage: &Path,
    chunks: &Chunks,
    dist: &mut Dist,
) -> Result<Program> {
    let name = application.name;
    let glue = stage.join(format!("{name}.js"));
    let script = String::from_utf8(read(&glue)?).context("the glue is not UTF-8")?;
    let (module, script) = names::shorten(&read(&stage.join(format!("{name}_bg.wasm")))?, &script)?;
    fs::write(&glue, script).with_context(|| format!("writing {}", glue.display()))?;
    let wasm = dist.add_hashed(name, "wasm", &module, Role::FirstLoad)?;
    name_chunks(stage, chunks, dist)?;
    let joined = join(workspace, name, stage)?;
    let script = dist.add_hashed(name, "js", &joined, Role::FirstLoad)?;
    Ok(Program { script, wasm })
}

/// Adds each chunk under its final name and makes the loader fetch that, checked by its digest.
fn name_chunks(stage: &Path, chunks: &Chunks, dist: &mut Dist) -> Result<()> {
    let path = stage.join(LOADER);
    let mut loader = String::from_utf8(read(&path)?).context("the loader is not UTF-8")?;
    for stem in chunks.values().flatten().collect::<BTreeSet<_>>() {
        let routes: Vec<_> = users(chunks, stem).collect();
        let name = if let [route] = routes[..] { route } else { "shared" };
        let module = read(&stage.join(format!("{stem}.wasm")))?;
        let before = format!("fetch(new URL(\"./{stem}.wasm\", import.meta.url))");
        ensure!(loader.contains(&before), "wasm-split's loader does not fetch {stem} as expected");
        let chunk = dist.add_hashed(name, "wasm", &module, Role::Lazy)?;
        let file = chunk.path.rsplit('/').next().unwrap_or(&chunk.path);
        let after = format!(
            "fetch(new URL(\"./{file}\", import.meta.url), {{ integrity: \"{}\" }})",
            chunk.integrity
        );
        loader = loader.replace(&before, &after);
    }
    fs::write(&path, loader).with_context(|| format!("writing {}", path.display()))
}

/// The readable names of the routes that need a chunk.
fn users<'a>(chunks: &'a Chunks, stem: &'a str) -> impl Iterator<Item = &'a str> {
    chunks
        .iter()
        .filter(move |(_, stems)| stems.iter().any(|used| used == stem))
        .map(|(route, _)| readable(route))
}

/// `air_page` out of `__air_page_view_1234567890`: leptos adds the method and a hash of the source location.
fn readable(route: &str) -> &str {
    let name = route.rsplit_once('_').map_or(route, |(name, _location)| name);
    name.trim_start_matches('_').trim_end_matches("_view")
}

fn join(workspace: &Workspace, name: &str, stage: &Path) -> Result<Vec<u8>> {
    let path = stage.join("entry.js");
    fs::write(&path, entry(name)).with_context(|| format!("writing {}", path.display()))?;
    let joined = stage.join("joined.js");
    run_quietly(
        Command::new(workspace.npm_program("esbuild"))
            .arg(&path)
            .args(["--bundle", "--minify", "--format=esm", "--target=es2022", "--charset=utf8"])
            .args(["--log-level=warning", &format!("--outfile={}", joined.display())]),
    )?;
    read(&joined)
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("reading {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::readable;

    #[test]
    fn a_route_is_named_without_what_leptos_adds() {
        assert_eq!(readable("__air_page_view_1234567890"), "air_page");
        assert_eq!(readable("draw_chart_77"), "draw_chart");
    }
}
