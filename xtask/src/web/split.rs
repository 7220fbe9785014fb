//! Cutting the module at the lazy routes and writing the glue for the main part.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result, anyhow};
use wasm_bindgen_cli_support::Bindgen;

/// Which chunk files each lazy route needs: route name → file stems, as `wasm-split` names them.
pub(super) type Chunks = BTreeMap<String, Vec<String>>;

/// The script through which the main module loads its chunks.
pub(super) const LOADER: &str = "./__wasm_split.js";

/// Writes `<name>.js`, `<name>_bg.wasm`, the loader and one `.wasm` per chunk into `stage`.
pub(super) fn run(name: &str, module: &Path, stage: &Path) -> Result<Chunks> {
    let main = stage.join(format!("{name}_main.wasm"));
    let chunks = cut(name, module, stage, &main)?;
    glue(name, &main, stage)?;
    fs::remove_file(&main).with_context(|| format!("removing {}", main.display()))?;
    Ok(chunks)
}

fn cut(name: &str, module: &Path, stage: &Path, main: &Path) -> Result<Chunks> {
    let bytes = fs::read(module).with_context(|| format!("reading {}", module.display()))?;
    let script = format!("./{name}.js");
    let mut options = wasm_split_cli_support::Options::new(&bytes);
    options.output_dir = stage;
    options.main_out_path = main;
    options.main_module = &script;
    options.link_name = LOADER;
    let split = wasm_split_cli_support::transform(options)
        .map_err(|error| anyhow!("splitting {} failed: {error:#}", module.display()))?;
    Ok(split.prefetch_map.into_iter().collect())
}

/// Exports that the linker made are how chunks reach the main module; demangling would rename them.
fn glue(name: &str, main: &Path, stage: &Path) -> Result<()> {
    Bindgen::new()
        .input_path(main)
        .out_name(name)
        .web(true)?
        .typescript(false)
        .keep_lld_exports(true)
        .demangle(false)
        .remove_producers_section(true)
        .omit_default_module_path(true)
        .generate(stage)
        .context("wasm-bindgen could not write the glue")
}
