//! Everything a developer runs: `cargo xtask serve` and `cargo xtask test`, and the parts they are made of.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command-line tool speaks on standard output"
)]

mod application;
mod bench;
mod dev;
mod process;
mod serve;
mod server;
mod setup;
mod size;
mod test;
mod versions;
mod web;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::workspace::Workspace;

#[derive(Parser)]
#[command(
    name = "cargo xtask",
    about = "Builds, runs and checks Bilan. A newcomer needs two: `serve` and `test`."
)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Set up what is missing, build, and run the portal with the demonstration profile.
    Serve {
        /// Where to listen.
        #[arg(long, default_value = "127.0.0.1:8080")]
        listen: String,
        /// Further arguments of `bilan demo`, after `--`.
        #[arg(last = true)]
        more: Vec<String>,
    },
    /// Set up what is missing and run every check.
    Test {
        /// Run only the steps of these names; `--only list` prints them.
        #[arg(long)]
        only: Vec<String>,
    },
    /// Build the browser's bundles and the server that carries them.
    Build {
        /// Stop after dist/, without the server.
        #[arg(long)]
        web: bool,
    },
    /// Reload an application in the browser as its sources change (needs Trunk).
    Dev {
        /// Which: portal or console.
        #[arg(default_value = "portal")]
        application: String,
    },
    /// Measure what the product promises, beside its budgets.
    Bench {
        /// Run only this part: store, server or chart.
        #[arg(long)]
        only: Vec<String>,
    },
    /// Compare the bundles in dist/ with their budgets.
    Size,
    /// Install what the other commands need, and nothing else.
    Setup,
}

fn main() -> ExitCode {
    match run(Arguments::parse().task) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Does the task; `false` when it has already said what is wrong.
fn run(task: Task) -> anyhow::Result<bool> {
    let workspace = Workspace::find()?;
    match task {
        Task::Test { only } => return test::run(&workspace, &only),
        Task::Bench { only } => return bench::run(&workspace, &only),
        Task::Serve { listen, more } => serve::run(&workspace, &listen, &more)?,
        Task::Build { web: only_web } => {
            setup::for_build(&workspace)?;
            web::build(&workspace)?;
            if !only_web {
                server::build(&workspace)?;
            }
        }
        Task::Dev { application } => dev::run(&workspace, &application)?,
        Task::Size => size::run(&workspace)?,
        Task::Setup => {
            setup::for_build(&workspace)?;
            setup::for_browser_tests(&workspace)?;
            println!("Everything is in place.");
        }
    }
    Ok(true)
}
