//! `cargo xtask test`: every check, to the end, with a table of how each went.

mod steps;

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

use self::steps::{Needs, Outcome, STEPS, Step};
use crate::{
    process::{seconds, step},
    setup,
    workspace::Workspace,
};

/// Runs all steps, or those named, to the end; `false` when one failed.
pub(crate) fn run(workspace: &Workspace, only: &[String]) -> Result<bool> {
    let chosen = choose(only)?;
    let Some(chosen) = chosen else { return Ok(true) };
    prepare(workspace, &chosen)?;
    let results: Vec<_> = chosen.iter().map(|step| Row::of(step, workspace)).collect();
    Ok(summarise(&results))
}

/// Installs what the chosen steps need and no more, so that a single one is quick.
fn prepare(workspace: &Workspace, chosen: &[&Step]) -> Result<()> {
    let needs = chosen.iter().map(|step| step.needs).max().unwrap_or(Needs::Nothing);
    if needs == Needs::Nothing {
        return Ok(());
    }
    step("Looking for what the checks need", || {
        setup::for_build(workspace)?;
        if needs == Needs::Browser { setup::for_browser_tests(workspace) } else { Ok(()) }
    })
}

/// The steps to run, or `None` when they were only to be listed.
fn choose(only: &[String]) -> Result<Option<Vec<&'static Step>>> {
    let names = || STEPS.iter().map(|step| step.name).collect::<Vec<_>>().join(", ");
    if only.iter().any(|name| name == "list") {
        STEPS.iter().for_each(|step| println!("{:<12} {}", step.name, step.what));
        return Ok(None);
    }
    for name in only {
        ensure!(
            STEPS.iter().any(|step| step.name == name),
            "no step {name:?}; there are {}",
            names()
        );
    }
    let wanted = |step: &&Step| only.is_empty() || only.iter().any(|name| name == step.name);
    Ok(Some(STEPS.iter().filter(wanted).collect()))
}

/// How one step went.
struct Row {
    name: &'static str,
    outcome: Result<Outcome>,
    elapsed: Duration,
}

impl Row {
    fn of(step: &'static Step, workspace: &Workspace) -> Self {
        println!("\n━━ {}: {}", step.name, step.what);
        let start = Instant::now();
        let outcome = (step.run)(workspace);
        if let Err(error) = &outcome {
            println!("  failed: {error:#}");
        }
        Self { name: step.name, outcome, elapsed: start.elapsed() }
    }

    fn word(&self) -> String {
        match &self.outcome {
            Ok(Outcome::Passed) => "passed".to_owned(),
            Ok(Outcome::Skipped(reason)) => format!("skipped: {reason}"),
            Err(_) => "FAILED".to_owned(),
        }
    }
}

/// Prints how each step went; `false` when one failed.
fn summarise(rows: &[Row]) -> bool {
    println!("\n{:<12} {:>12}  result", "step", "time");
    for row in rows {
        println!("{:<12} {:>12}  {}", row.name, seconds(row.elapsed), row.word());
    }
    let failed = rows.iter().filter(|row| row.outcome.is_err()).count();
    if failed > 0 {
        println!("\nRun a failed step alone with `cargo xtask test --only <step>`.");
    }
    println!("\n{}", closing_line(rows));
    failed == 0
}

/// The last line, which other programs read: `9 passed, 1 failed`, and `, 1 skipped` where something was.
fn closing_line(rows: &[Row]) -> String {
    let count = |wanted: fn(&Row) -> bool| rows.iter().filter(|row| wanted(row)).count();
    let passed = count(|row| matches!(row.outcome, Ok(Outcome::Passed)));
    let failed = count(|row| row.outcome.is_err());
    match count(|row| matches!(row.outcome, Ok(Outcome::Skipped(_)))) {
        0 => format!("{passed} passed, {failed} failed"),
        skipped => format!("{passed} passed, {failed} failed, {skipped} skipped"),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use anyhow::{Result, anyhow};

    use super::{Outcome, Row, choose, closing_line};

    fn row(outcome: Result<Outcome>) -> Row {
        Row { name: "a", outcome, elapsed: Duration::ZERO }
    }

    #[test]
    fn the_closing_line_counts_every_row_once() {
        let mut rows = vec![row(Ok(Outcome::Passed)), row(Ok(Outcome::Passed))];
        assert_eq!(closing_line(&rows), "2 passed, 0 failed");
        rows.push(row(Err(anyhow!("no"))));
        assert_eq!(closing_line(&rows), "2 passed, 1 failed");
        rows.push(row(Ok(Outcome::Skipped("not installed"))));
        assert_eq!(closing_line(&rows), "2 passed, 1 failed, 1 skipped");
    }

    #[test]
    fn tidy_can_run_alone_and_needs_nothing_installed() {
        let steps = choose(&["tidy".to_owned()]).expect("valid").expect("not a listing");
        assert_eq!(steps.len(), 1);
        assert!(steps[0].needs == super::Needs::Nothing);
    }

    #[test]
    fn an_unknown_step_is_refused_with_the_known_ones() {
        let refusal = choose(&["formt".to_owned()]).err().expect("refused").to_string();
        assert!(refusal.contains("formt") && refusal.contains("format"), "{refusal}");
    }

    #[test]
    fn without_a_choice_all_steps_run_in_order() {
        let steps = choose(&[]).expect("valid").expect("not a listing");
        assert_eq!(steps.first().map(|step| step.name), Some("format"));
        assert_eq!(steps.last().map(|step| step.name), Some("browser"));
    }
}
