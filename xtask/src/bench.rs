//! `cargo xtask bench`: what the product promises, measured in one run beside its budgets.

mod budgets;

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};

use self::budgets::{BUDGETS, Measured};
use crate::{
    process::{cargo, step},
    server, setup, web,
    workspace::Workspace,
};

/// The parts, each a program that prints what it measures.
const PARTS: [&str; 3] = ["store", "server", "chart"];

/// Runs the parts one after the other, then prints every measurement beside its budget.
///
/// A part reports a figure as a line of its own, `measured <key> <number> <unit>`; everything else it prints is passed on.
pub(crate) fn run(workspace: &Workspace, only: &[String]) -> Result<()> {
    for name in only {
        ensure!(PARTS.contains(&name.as_str()), "no part {name:?}; there are {}", PARTS.join(", "));
    }
    let wanted = |part: &str| only.is_empty() || only.iter().any(|name| name == part);
    let mut measured = Vec::new();
    for part in ["store", "server"].into_iter().filter(|part| wanted(part)) {
        measured.extend(step(&format!("Measuring {part}"), || {
            listen(cargo().args(["bench", "--package", part]).current_dir(&workspace.root))
        })?);
    }
    if wanted("chart") {
        measured.extend(chart(workspace)?);
    }
    report(&measured)
}

/// Charts are drawn in the browser, by the bundle that residents get.
fn chart(workspace: &Workspace) -> Result<Vec<Measured>> {
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

/// Passes on what the program prints and keeps its measurements.
fn listen(command: &mut Command) -> Result<Vec<Measured>> {
    let program = command.get_program().to_string_lossy().into_owned();
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("{program} could not be started"))?;
    let output = child.stdout.take().context("the program has no output")?;
    let mut measured = Vec::new();
    for line in BufReader::new(output).lines() {
        let line = line?;
        println!("{line}");
        measured.extend(Measured::parse(&line));
    }
    let status = child.wait()?;
    ensure!(status.success(), "{program} ended with {status}");
    Ok(measured)
}

fn report(measured: &[Measured]) -> Result<()> {
    println!("\n{:<28} {:>16} {:>20}  result", "what", "measured", "budget");
    let mut missed = 0;
    for figure in measured {
        let budget = BUDGETS.iter().find(|budget| budget.key == figure.key);
        let met = budget.map(|budget| budget.met_by(figure.value));
        missed += usize::from(met == Some(false));
        println!(
            "{:<28} {:>16} {:>20}  {}",
            figure.key,
            format!("{} {}", figure.value, figure.unit),
            budget.map(ToString::to_string).unwrap_or_default(),
            match met {
                Some(true) => "met",
                Some(false) => "MISSED",
                None => "",
            }
        );
    }
    println!("\n{} measured, {missed} over budget", measured.len());
    Ok(())
}
