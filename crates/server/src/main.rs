//! The command line of `bilan`.

use std::{
    io::{self, BufReader, BufWriter, Write},
    process::ExitCode,
};

use anyhow::Result;
use clap::Parser;
use server::{
    cli::{Cli, Command},
    commands::{
        demo, import, keygen, keys, ledger, maintenance, note, open311_check, say, serve, users,
    },
    evaluate::{self, EvaluateCommand},
    open_api::open311,
    routes::openapi,
};

fn main() -> ExitCode {
    match run(Cli::parse().command) {
        Ok(code) => code,
        Err(error) => {
            note(&format!("bilan: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<ExitCode> {
    let done = match command {
        Command::Evaluate { medium } => return evaluate_table(&medium),
        Command::CheckConfig(place) => serve::check_config(&place),
        Command::Backup(command) => maintenance::backup(&command),
        Command::Restore(command) => maintenance::restore(&command),
        Command::Openapi { open311: false } => {
            say(&serde_json::to_string_pretty(&openapi::document("/"))?)
        }
        Command::Openapi { open311: true } => {
            say(&serde_json::to_string_pretty(&open311::description("/"))?)
        }
        Command::Open311Check(command) => wait(open311_check::run(command)),
        Command::Demo(command) => wait(demo::run(command)),
        Command::Serve(command) => wait(serve::run(command)),
        Command::Import(command) => wait(import::run(command)),
        Command::Rebuild(place) => wait(maintenance::rebuild(&place)),
        Command::Key { command } => wait(keys::run(command)),
        Command::User { command } => wait(users::run(command)),
        Command::Keygen(command) => keygen::run(&command),
        Command::VerifyLedger(command) => wait(async move { ledger::run(&command).await }),
    };
    done.map(|()| ExitCode::SUCCESS)
}

fn wait(task: impl Future<Output = Result<()>>) -> Result<()> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(task)
}

fn evaluate_table(medium: &EvaluateCommand) -> Result<ExitCode> {
    let mut output = BufWriter::new(io::stdout().lock());
    let input = BufReader::new(io::stdin().lock());
    let outcome = evaluate::run(medium, input, &mut output, io::stderr().lock())?;
    output.flush()?;
    Ok(ExitCode::from(outcome.exit_status()))
}
