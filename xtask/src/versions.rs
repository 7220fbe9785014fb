//! One source for wasm-bindgen's version: `Cargo.lock`.

use std::{collections::BTreeMap, fs};

use anyhow::{Context, Result, bail};

use crate::workspace::Workspace;

const LIBRARY: &str = "wasm-bindgen";
const TOOL: &str = "wasm-bindgen-cli-support";

/// Refuses to build with a wasm-bindgen tool that does not fit the library.
pub(crate) fn check(workspace: &Workspace) -> Result<()> {
    let path = workspace.root.join("Cargo.lock");
    let lock = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    agree(&lock)
}

fn agree(lock: &str) -> Result<()> {
    let versions = versions(lock);
    let find = |name| versions.get(name).with_context(|| format!("Cargo.lock names no {name}"));
    let (library, tool) = (find(LIBRARY)?, find(TOOL)?);
    if library != tool {
        bail!(
            "{LIBRARY} is {library} but {TOOL} is {tool} in Cargo.lock, and they must be equal; \
             run `cargo update -p {TOOL} --precise {library}`"
        );
    }
    Ok(())
}

/// The versions of the two packages that must agree; a package named twice keeps its last.
fn versions(lock: &str) -> BTreeMap<&str, &str> {
    lock.split("[[package]]")
        .filter_map(|package| Some((field(package, "name")?, field(package, "version")?)))
        .filter(|(name, _)| [LIBRARY, TOOL].contains(name))
        .collect()
}

fn field<'a>(package: &'a str, key: &str) -> Option<&'a str> {
    package
        .lines()
        .find_map(|line| line.strip_prefix(key)?.strip_prefix(" = \"")?.strip_suffix('"'))
}

#[cfg(test)]
mod tests {
    use super::agree;

    fn lock(library: &str, tool: &str) -> String {
        format!(
            "version = 4\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"{library}\"\n\n\
             [[package]]\nname = \"wasm-bindgen-cli-support\"\nversion = \"{tool}\"\n"
        )
    }

    #[test]
    fn the_lock_of_this_workspace_agrees() {
        agree(include_str!("../../Cargo.lock")).expect("Cargo.lock");
    }

    #[test]
    fn a_tool_of_another_version_is_refused_with_the_command_that_mends_it() {
        let refusal = agree(&lock("0.2.130", "0.2.129")).expect_err("they differ").to_string();
        assert!(
            refusal.contains("cargo update -p wasm-bindgen-cli-support --precise 0.2.130"),
            "{refusal}"
        );
    }

    #[test]
    fn a_lock_without_the_tool_is_refused() {
        assert!(agree("[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n").is_err());
    }
}
