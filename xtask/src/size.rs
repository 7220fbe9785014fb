//! `cargo xtask size`: the bundle against its budget, as a browser that accepts brotli receives it.

use anyhow::{Result, bail};

use crate::{
    web::{Entry, Manifest, Role},
    workspace::Workspace,
};

/// The whole of the first page: document, styles, script and modules. 1 kB is 1000 bytes.
const FIRST_LOAD: usize = 160_000;
/// One lazy chunk.
const CHUNK: usize = 60_000;

/// Prints the table and fails when something is over.
pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    let manifest = Manifest::read(workspace)?;
    println!("{:>10} {:>10} {:>10}  file", "raw", "gzip", "brotli");
    for entry in manifest.files.iter().filter(|entry| entry.role != Role::Other) {
        println!(
            "{:>10} {:>10} {:>10}  {}",
            entry.size,
            entry.gzip.unwrap_or(entry.size),
            entry.transferred(),
            entry.path
        );
    }
    let verdicts = verdicts(&manifest.files);
    println!();
    for verdict in &verdicts {
        println!("{verdict}");
    }
    let over = verdicts.iter().filter(|verdict| verdict.over()).count();
    if over > 0 {
        bail!("{over} over budget; `cargo xtask build` and look at what grew");
    }
    Ok(())
}

/// One budget and what is used of it, in bytes.
struct Verdict {
    what: String,
    bytes: usize,
    budget: usize,
}

impl Verdict {
    fn over(&self) -> bool {
        self.bytes > self.budget
    }
}

impl std::fmt::Display for Verdict {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let verdict = if self.over() { "OVER" } else { "ok" };
        let kilobytes = |bytes: usize| format!("{}.{} kB", bytes / 1000, bytes % 1000 / 100);
        write!(
            f,
            "{:>4}  {:>9} of {:>9}  {}",
            verdict,
            kilobytes(self.bytes),
            kilobytes(self.budget),
            self.what
        )
    }
}

fn verdicts(files: &[Entry]) -> Vec<Verdict> {
    let first = files.iter().filter(|entry| entry.role == Role::FirstLoad);
    let mut verdicts = vec![Verdict {
        what: "first load".to_owned(),
        bytes: first.map(Entry::transferred).sum(),
        budget: FIRST_LOAD,
    }];
    verdicts.extend(files.iter().filter(|entry| entry.role == Role::Lazy).map(|entry| Verdict {
        what: entry.path.clone(),
        bytes: entry.transferred(),
        budget: CHUNK,
    }));
    verdicts
}

#[cfg(test)]
mod tests {
    use super::{Entry, Role, verdicts};

    fn file(path: &str, role: Role, brotli: usize) -> Entry {
        Entry {
            path: path.to_owned(),
            role,
            immutable: true,
            size: brotli * 3,
            brotli: Some(brotli),
            gzip: None,
            sha256: String::new(),
            integrity: String::new(),
        }
    }

    #[test]
    fn the_first_load_is_counted_together_and_each_chunk_alone() {
        let files = [
            file("a.wasm", Role::FirstLoad, 150_000),
            file("a.js", Role::FirstLoad, 10_001),
            file("air.wasm", Role::Lazy, 60_000),
            file("water.wasm", Role::Lazy, 60_001),
            file("map.js", Role::Other, 900_000),
        ];
        let over: Vec<_> = verdicts(&files).iter().map(super::Verdict::over).collect();
        assert_eq!(over, [true, false, true]);
    }
}
