//! `cargo xtask bench`: what the product promises, measured in one run beside its budgets.

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};

use crate::{
    process::{cargo, step},
    server, setup, web,
    workspace::Workspace,
};

/// The parts, each a program that ends with a table `what  measured  budget`.
const PARTS: [&str; 3] = ["store", "server", "chart"];

/// Runs the parts one after the other, then prints their tables together.
pub(crate) fn run(workspace: &Workspace, only: &[String]) -> Result<()> {
    for name in only {
        ensure!(PARTS.contains(&name.as_str()), "no part {name:?}; there are {}", PARTS.join(", "));
    }
    let wanted = |part: &&str| only.is_empty() || only.iter().any(|name| name == part);
    let mut rows = Vec::new();
    for part in PARTS.into_iter().filter(wanted) {
        rows.extend(match part {
            "chart" => chart(workspace)?,
            native => bench(workspace, native)?,
        });
    }
    println!("\n{HEADING}");
    rows.iter().for_each(|row| println!("{row}"));
    Ok(())
}

const HEADING: &str =
    "what                                                             measured   budget";

fn bench(workspace: &Workspace, package: &str) -> Result<Vec<String>> {
    step(&format!("Measuring {package}"), || {
        listen(
            cargo()
                .args(["bench", "--package", package])
                .env("BILAN_DIST", &workspace.dist)
                .current_dir(&workspace.root),
        )
    })
}

/// Charts are drawn in the browser, by the bundle that residents get.
fn chart(workspace: &Workspace) -> Result<Vec<String>> {
    setup::for_build(workspace)?;
    setup::for_browser_tests(workspace)?;
    web::build(workspace)?;
    let bilan = server::build(workspace)?;
    step("Measuring charts in Chromium", || {
        listen(
            Command::new("node")
                .arg("bench/chart.mjs")
                .env("BILAN_BIN", bilan)
                .env("BILAN_CHROMIUM", setup::chromium()?)
                .current_dir(&workspace.browser),
        )
    })
}

/// Passes on what the program prints and keeps the rows of its tables.
fn listen(command: &mut Command) -> Result<Vec<String>> {
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

/// Rows between a heading `what … measured … budget` and the next empty line.
#[derive(Default)]
struct Table {
    inside: bool,
    rows: Vec<String>,
}

impl Table {
    fn read(&mut self, line: &str) {
        if line.split_whitespace().eq(["what", "measured", "budget"]) {
            self.inside = true;
        } else if line.trim().is_empty() {
            self.inside = false;
        } else if self.inside {
            self.rows.push(line.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn the_rows_of_every_table_are_kept_and_nothing_else() {
        let mut table = Table::default();
        let printed = "warming up\n\nStore\n\nwhat   measured   budget\na   1 ms   1 ms\nb   2   \n\ndone\n\
            what measured budget\nc   3   4\n";
        printed.lines().for_each(|line| table.read(line));
        assert_eq!(table.rows, ["a   1 ms   1 ms", "b   2   ", "c   3   4"]);
    }
}
