//! Compiles the built front end and the demonstration's profile into the binary.
//!
//! The front end is the folder `BILAN_DIST`, else `dist` of the workspace. Without it the server
//! compiles all the same and says on its pages how to build one.

use std::{
    env,
    fmt::Write as _,
    fs, io,
    path::{Path, PathBuf},
};

fn main() -> io::Result<()> {
    let workspace = PathBuf::from(variable("CARGO_MANIFEST_DIR")?).join("../..");
    println!("cargo::rerun-if-env-changed=BILAN_DIST");
    let dist = env::var_os("BILAN_DIST").map_or_else(|| workspace.join("dist"), PathBuf::from);
    println!("cargo::rerun-if-changed={}", dist.display());
    let mut files = Vec::new();
    if dist.is_dir() {
        collect(&dist, &dist, &mut files)?;
    }
    files.sort();
    let mut code = String::from(
        "/// Path below the front end's folder, and content.\npub(crate) const FILES: &[(&str, &[u8])] = &[\n",
    );
    for name in files {
        let path = dist.join(&name).canonicalize()?;
        println!("cargo::rerun-if-changed={}", path.display());
        let _ = writeln!(code, "    ({name:?}, include_bytes!({:?})),", path.display().to_string());
    }
    code.push_str("];\n");
    profile(&workspace, &mut code)?;
    fs::write(PathBuf::from(variable("OUT_DIR")?).join("embedded.rs"), code)
}

fn variable(name: &str) -> io::Result<String> {
    env::var(name).map_err(io::Error::other)
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, files)?;
        } else if let Ok(below) = path.strip_prefix(root) {
            files.push(below.to_string_lossy().replace('\\', "/"));
        }
    }
    Ok(())
}

/// The first folder of `profiles/` by name is the demonstration's district.
fn profile(workspace: &Path, code: &mut String) -> io::Result<()> {
    let profiles = workspace.join("profiles");
    println!("cargo::rerun-if-changed={}", profiles.display());
    let mut folders: Vec<PathBuf> = fs::read_dir(&profiles)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    folders.retain(|folder| folder.join("profile.toml").is_file());
    folders.sort();
    let folder =
        folders.first().ok_or_else(|| io::Error::other("profiles/ holds no profile.toml"))?;
    code.push_str(
        "/// `profile.toml`, `shapes.json` and `reports.toml` of the demonstration's district.\n",
    );
    code.push_str("pub(crate) const DEMONSTRATION_PROFILE: [&str; 3] = [\n");
    for name in ["profile.toml", "shapes.json", "reports.toml"] {
        let path = folder.join(name).canonicalize()?;
        println!("cargo::rerun-if-changed={}", path.display());
        let _ = writeln!(code, "    include_str!({:?}),", path.display().to_string());
    }
    code.push_str("];\n");
    record(folder, code)
}

/// What lies beside them of the district's record.
fn record(folder: &Path, code: &mut String) -> io::Result<()> {
    let included = |path: &Path| -> io::Result<String> {
        let path = path.canonicalize()?;
        println!("cargo::rerun-if-changed={}", path.display());
        Ok(format!("include_str!({:?})", path.display().to_string()))
    };
    let mut texts: Vec<PathBuf> = fs::read_dir(folder.join("programmes"))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    texts.sort();
    code.push_str("/// `record.toml`, `indicators.csv` and `programmes/` of the same district.\n");
    code.push_str(
        "pub(crate) const DEMONSTRATION_RECORD: crate::record::district::Files<'static> =\n",
    );
    let _ = writeln!(
        code,
        "    crate::record::district::Files {{ record: {}, indicators: {}, programmes: &[",
        included(&folder.join("record.toml"))?,
        included(&folder.join("indicators.csv"))?
    );
    for text in texts {
        let name = text.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let _ = writeln!(code, "        ({name:?}, {}),", included(&text)?);
    }
    code.push_str("    ] };\n");
    Ok(())
}
