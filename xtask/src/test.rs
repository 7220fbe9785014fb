//! `cargo xtask test`: every check, to the end, with a table of how each went.

mod steps;

use std::time::{Duration, Instant};

use anyhow::{Result, bail, ensure};

use self::steps::{Outcome, STEPS, Step};
use crate::{
    process::{seconds, step},
    setup,
    workspace::Workspace,
};

/// Runs all steps, or those named, and fails at the end if one did.
pub(crate) fn run(workspace: &Workspace, only: &[String]) -> Result<()> {
    let chosen = choose(only)?;
    let Some(chosen) = chosen else { return Ok(()) };
    step("Looking for what the checks need", || {
        setup::for_build(workspace)?;
        if chosen.iter().any(|step| step.name == "browser") {
            setup::for_browser_tests(workspace)?;
        }
        Ok(())
    })?;
    let results: Vec<_> = chosen.iter().map(|step| Row::of(step, workspace)).collect();
    summarise(&results)
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

fn summarise(rows: &[Row]) -> Result<()> {
    println!("\n{:<12} {:>12}  result", "step", "time");
    for row in rows {
        println!("{:<12} {:>12}  {}", row.name, seconds(row.elapsed), row.word());
    }
    let passed = rows.iter().filter(|row| matches!(row.outcome, Ok(Outcome::Passed))).count();
    let failed = rows.iter().filter(|row| row.outcome.is_err()).count();
    println!("\n{passed} passed, {failed} failed");
    if failed > 0 {
        bail!("run a failed step alone with `cargo xtask test --only <step>`");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::choose;

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
