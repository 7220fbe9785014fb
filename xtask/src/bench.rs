//! `cargo xtask bench`: what the product promises, measured in one run beside its budgets.

mod promises;
mod table;

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};

use self::table::{Row, Table, Verdict};
use crate::{
    process::{cargo, step},
    server, setup, web,
    workspace::Workspace,
};

/// The parts, each a program that prints tables `what  measured  budget`.
const PARTS: [&str; 3] = ["store", "server", "chart"];

/// Runs the parts one after the other, then prints their tables together; `false` when a budget was missed or not measured.
pub(crate) fn run(workspace: &Workspace, only: &[String]) -> Result<bool> {
    for name in only {
        ensure!(PARTS.contains(&name.as_str()), "no part {name:?}; there are {}", PARTS.join(", "));
    }
    let wanted = |part: &&str| only.is_empty() || only.iter().any(|name| name == part);
    let (mut rows, mut unmeasured) = (Vec::new(), Vec::new());
    for part in PARTS.into_iter().filter(wanted) {
        let measured = measure(workspace, part).unwrap_or_else(|error| {
            // What the other parts measure is still worth knowing; the promises of this one are missing below.
            println!("  {part} failed: {error:#}");
            Vec::new()
        });
        unmeasured.extend(promises::unmeasured(part, &measured));
        rows.extend(measured);
    }
    Ok(report(&rows, &unmeasured))
}

fn measure(workspace: &Workspace, part: &str) -> Result<Vec<Row>> {
    match part {
        "chart" => chart(workspace),
        native => bench(workspace, native),
    }
}

/// Prints everything measured, then what was not.
fn report(rows: &[Row], unmeasured: &[&str]) -> bool {
    println!("\n{:<7} {:<62} {:>20}   budget", "", "what", "measured");
    for row in rows {
        println!(
            "{:<7} {:<62} {:>20}   {}",
            row.verdict().word(),
            row.what,
            row.measured,
            row.budget
        );
    }
    if !unmeasured.is_empty() {
        println!("\nPromised, but not measured:");
        unmeasured.iter().for_each(|promise| println!("        {promise}"));
    }
    let count = |verdict| rows.iter().filter(|row| row.verdict() == verdict).count();
    let (kept, missed) = (count(Verdict::Kept), count(Verdict::Missed));
    println!("\n{kept} kept, {missed} missed, {} not measured", unmeasured.len());
    missed == 0 && unmeasured.is_empty()
}

fn bench(workspace: &Workspace, package: &str) -> Result<Vec<Row>> {
    step(&format!("Measuring {package}"), || {
        listen(
            cargo()
                .args(["bench", "--package", package, "--bench", "*"])
                .env("BILAN_DIST", &workspace.dist)
                .current_dir(&workspace.root),
        )
    })
}

/// Charts are drawn in the browser, by the bundle that residents get.
fn chart(workspace: &Workspace) -> Result<Vec<Row>> {
    setup::for_build(workspace)?;
    setup::for_browser_tests(workspace)?;
    web::build(workspace)?;
    let bilan = server::build(workspace)?;
    step("Measuring charts and the ledger's filters in Chromium", || {
        let mut rows = Vec::new();
        for script in ["bench/chart.mjs", "bench/ledger.mjs"] {
            rows.extend(listen(
                Command::new("node")
                    .arg(script)
                    .env("BILAN_BIN", &bilan)
                    .env("BILAN_CHROMIUM", setup::chromium()?)
                    .current_dir(&workspace.browser),
            )?);
        }
        Ok(rows)
    })
}

/// Passes on what the program prints and keeps the rows of its tables.
fn listen(command: &mut Command) -> Result<Vec<Row>> {
    let program = command.get_program().to_string_lossy().into_owned();
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("{program} could not be started"))?;
    let output = child.stdout.take().context("the program has no output")?;
    let mut table = Table::default();
    for line in BufReader::new(output).lines() {
        let line = line?;
        println!("{line}");
        table.read(&line);
    }
    let status = child.wait()?;
    ensure!(status.success(), "{program} ended with {status}");
    Ok(table.rows)
}

#[cfg(test)]
mod tests {
    use super::{Row, report};

    fn row(measured: &str) -> Row {
        Row { what: "a".to_owned(), measured: measured.to_owned(), budget: "≤ 1 ms".to_owned() }
    }

    #[test]
    fn a_missed_or_unmeasured_budget_fails_the_run() {
        assert!(report(&[row("0.9 ms")], &[]));
        assert!(!report(&[row("1.1 ms")], &[]), "missed");
        assert!(!report(&[row("0.9 ms")], &["b"]), "unmeasured");
    }
}
