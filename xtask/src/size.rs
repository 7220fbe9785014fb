//! `cargo xtask size`: each bundle against its budget, as a browser that accepts brotli receives it. 1 kB is 1000 bytes.

use anyhow::{Result, bail};

use crate::{
    application::{APPLICATIONS, Application},
    web::{Entry, Manifest, Role},
    workspace::Workspace,
};

/// Prints the tables and fails when something is over.
pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    let mut over = 0;
    for application in APPLICATIONS {
        over += weigh(application, &Manifest::read(workspace, application)?);
    }
    if over > 0 {
        bail!("{over} over budget; `cargo xtask build` and look at what grew");
    }
    Ok(())
}

/// Prints the table of one application; how many budgets it misses.
fn weigh(application: &Application, manifest: &Manifest) -> usize {
    println!("{:>10} {:>10} {:>10}  file of the {}", "raw", "gzip", "brotli", application.name);
    for entry in manifest.files.iter().filter(|entry| entry.role != Role::Other) {
        println!(
            "{:>10} {:>10} {:>10}  {}",
            entry.size,
            entry.gzip.unwrap_or(entry.size),
            entry.transferred(),
            entry.path
        );
    }
    let verdicts = verdicts(application, &manifest.files);
    println!();
    for verdict in &verdicts {
        println!("{verdict}");
    }
    println!();
    verdicts.iter().filter(|verdict| verdict.over()).count()
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

fn verdicts(application: &Application, files: &[Entry]) -> Vec<Verdict> {
    let first = files.iter().filter(|entry| entry.role == Role::FirstLoad);
    let mut verdicts = vec![Verdict {
        what: format!("first load of the {}", application.name),
        bytes: first.map(Entry::transferred).sum(),
        budget: application.budget.first_load,
    }];
    verdicts.extend(files.iter().filter(|entry| entry.role == Role::Lazy).map(|entry| Verdict {
        what: entry.path.clone(),
        bytes: entry.transferred(),
        budget: application.budget.chunk,
    }));
    verdicts
}

#[cfg(test)]
mod tests {
    use super::{Entry, Role, verdicts};
    use crate::application::PORTAL;

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
        let over: Vec<_> = verdicts(&PORTAL, &files).iter().map(super::Verdict::over).collect();
        assert_eq!(over, [true, false, true]);
    }
}
