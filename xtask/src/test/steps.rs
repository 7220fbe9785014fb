//! The checks, in the order in which they run.

use std::{net::TcpListener, process::Command};

use anyhow::Result;

use crate::{
    process::{answer, cargo, run},
    server,
    setup::{self, WASM},
    size, web,
    workspace::Workspace,
};

pub(super) enum Outcome {
    Passed,
    /// Not run, and why.
    Skipped(&'static str),
}

/// What has to be installed before a step can run.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Needs {
    /// Rust alone.
    Nothing,
    /// What the bundle is built with.
    Build,
    /// Also a browser and its fonts.
    Browser,
}

pub(super) struct Step {
    pub(super) name: &'static str,
    pub(super) what: &'static str,
    pub(super) needs: Needs,
    pub(super) run: fn(&Workspace) -> Result<Outcome>,
}

const fn step(
    name: &'static str,
    what: &'static str,
    needs: Needs,
    run: fn(&Workspace) -> Result<Outcome>,
) -> Step {
    Step { name, what, needs, run }
}

pub(super) const STEPS: [Step; 11] = [
    step("format", "rustfmt has nothing to change", Needs::Nothing, format),
    step("clippy", "no lint fires natively", Needs::Nothing, clippy),
    step("clippy-wasm", "no lint fires in what browsers run", Needs::Build, clippy_wasm),
    step("native", "unit, integration and documentation tests", Needs::Nothing, native),
    step("tidy", "what ARCHITECTURE.md says is absent is absent", Needs::Nothing, tidy),
    step("licences", "dependencies are allowed by deny.toml", Needs::Nothing, licences),
    step("advisories", "no dependency has a known vulnerability", Needs::Nothing, advisories),
    step("web", "the browser's bundles build, and the public one is clean", Needs::Build, bundle),
    step("size", "each bundle keeps its budget", Needs::Nothing, budget),
    step("server", "the server builds with the bundles inside", Needs::Build, release),
    step("browser", "journeys through the real server in Chromium", Needs::Browser, browser),
];

/// What compiles for the browser.
const BROWSER_CRATES: [&str; 6] = ["portal", "console", "ui", "chart", "contract", "domain"];

fn format(workspace: &Workspace) -> Result<Outcome> {
    run_cargo(workspace, &["fmt", "--all", "--check"])
}

fn clippy(workspace: &Workspace) -> Result<Outcome> {
    run_cargo(workspace, &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])
}

fn clippy_wasm(workspace: &Workspace) -> Result<Outcome> {
    let mut arguments = vec!["clippy", "--target", WASM];
    arguments.extend(BROWSER_CRATES.iter().flat_map(|name| ["--package", name]));
    arguments.extend(["--", "-D", "warnings"]);
    run_cargo(workspace, &arguments)
}

/// With what passing tests print: figures they measured, and the names of those that had to skip.
fn native(workspace: &Workspace) -> Result<Outcome> {
    run_cargo(workspace, &["test", "--workspace", "--no-fail-fast", "--", "--show-output"])
}

/// Also part of `native`, with whose choice of packages it is compiled: another choice would give
/// dependencies other features, and compile them all again.
fn tidy(workspace: &Workspace) -> Result<Outcome> {
    run_cargo(workspace, &["test", "--workspace", "--test", "tidy"])
}

fn licences(workspace: &Workspace) -> Result<Outcome> {
    if !has_cargo_deny() {
        return Ok(Outcome::Skipped(NO_CARGO_DENY));
    }
    run_cargo(workspace, &["deny", "check", "licenses", "bans", "sources"])
}

/// Apart from the licences because the list of vulnerabilities is fetched, and a machine may be offline.
fn advisories(workspace: &Workspace) -> Result<Outcome> {
    if !has_cargo_deny() {
        return Ok(Outcome::Skipped(NO_CARGO_DENY));
    }
    if run_cargo(workspace, &["deny", "fetch", "db"]).is_err() {
        return Ok(Outcome::Skipped("the list of vulnerabilities could not be fetched"));
    }
    run_cargo(workspace, &["deny", "check", "--disable-fetch", "advisories"])
}

const NO_CARGO_DENY: &str = "cargo-deny is not installed; `cargo install cargo-deny --locked`";

fn has_cargo_deny() -> bool {
    answer("cargo-deny", &["--version"]).is_some()
}

fn bundle(workspace: &Workspace) -> Result<Outcome> {
    web::build(workspace).map(|()| Outcome::Passed)
}

fn budget(workspace: &Workspace) -> Result<Outcome> {
    size::run(workspace).map(|()| Outcome::Passed)
}

fn release(workspace: &Workspace) -> Result<Outcome> {
    server::build(workspace).map(|_| Outcome::Passed)
}

fn browser(workspace: &Workspace) -> Result<Outcome> {
    run(Command::new(workspace.npm_program("playwright"))
        .arg("test")
        .env("BILAN_CHROMIUM", setup::chromium()?)
        .env("BILAN_BIN", workspace.bilan())
        .env("BILAN_PORT", free_port()?.to_string())
        .env("BILAN_PORT_UNDER_BASE", free_port()?.to_string())
        .current_dir(&workspace.browser))?;
    Ok(Outcome::Passed)
}

/// A port that nothing listened on a moment ago.
fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

fn run_cargo(workspace: &Workspace, arguments: &[&str]) -> Result<Outcome> {
    run(cargo().args(arguments).env("BILAN_DIST", &workspace.dist).current_dir(&workspace.root))?;
    Ok(Outcome::Passed)
}
