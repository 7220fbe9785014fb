//! The demonstration's reports: one in every state, from the profile, played through the verbs that real ones go through
//! and marked as simulated. The same folder gets them once.

mod picture;
mod reward;
mod step;

use std::net::{IpAddr, Ipv4Addr};

use anyhow::{Context, Result};
use axum::body::Body;
use contract::{
    public::Place,
    report::{Location, Submission},
};
use domain::{
    Lang,
    canonical::{hex, sha256},
    report::{ActionKind, Answer, ClaimCode, Finding, ReportId},
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

pub use self::reward::{Course, play_rewards};
use super::{
    cells,
    challenge::{Purpose, solve},
    submit::{self, Arrival},
};
use crate::{
    app::App,
    open_api::open311::sealing,
    photos::{self, Progress, Received},
    problem::Problem,
};

/// One report of the demonstration.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sample {
    /// Whole days before the demonstration's first start.
    pub days_ago: u32,
    /// Key of a category.
    pub category: String,
    /// Answers to its questions.
    #[serde(default)]
    pub answers: Vec<Answer>,
    /// What happened.
    pub text: String,
    /// The language it is written in.
    #[serde(default)]
    pub lang: Lang,
    /// Where.
    pub place: Option<Place>,
    /// A street's code.
    pub street: Option<String>,
    /// A number on a sign.
    pub outfall: Option<String>,
    /// Whether a drawn picture comes with it.
    #[serde(default)]
    pub photo: bool,
    /// How its writer can be reached: sealed, as the form does it.
    pub contact: Option<Contact>,
    /// What became of it.
    #[serde(default)]
    pub steps: Vec<Step>,
    /// What became of its reward.
    pub reward: Option<Course>,
}

/// An invented name and a way to reach nobody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// As it is to be addressed.
    pub name: String,
    /// Telephone or e-mail.
    pub reach: String,
}

/// One step of a sample's course.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// What is done.
    #[serde(rename = "do")]
    pub kind: ActionKind,
    /// Reason, question, answer or record.
    pub text: Option<String>,
    /// The department, of a dispatch.
    pub department: Option<String>,
    /// The finding, of a closing.
    pub finding: Option<Finding>,
    /// The place in the list of the report it is merged into, from 0.
    pub into: Option<usize>,
}

/// Plays the profile's samples; the claim code of each, the newest first, or nothing where they were played before.
///
/// # Errors
///
/// When a sample cannot be taken as it stands in the profile.
pub async fn play(app: &App) -> Result<Vec<String>> {
    let samples = app.profile.reports.samples.clone();
    let Some(first) = samples.first() else { return Ok(Vec::new()) };
    let begun = app.clock.now();
    if app.store.report(id(0, first).as_str()).await?.is_some() {
        return Ok(Vec::new());
    }
    let mut codes = Vec::new();
    for (at, sample) in samples.iter().enumerate() {
        let received = begun - SignedDuration::from_hours(24 * i64::from(sample.days_ago) + 2);
        let played = one(app, at, sample, received).await;
        codes.push(played.with_context(|| format!("sample {at} of reports.toml"))?);
    }
    cells::settle(app).await?;
    Ok(codes)
}

/// The same in every demonstration, so that a second start knows the first.
fn id(at: usize, sample: &Sample) -> ReportId {
    let mut random = [0; 10];
    random.copy_from_slice(&sha256(format!("{at} {}", sample.text).as_bytes())[..10]);
    ReportId::new(0, random)
}

fn code(at: usize, sample: &Sample) -> ClaimCode {
    let mut random = [0; 13];
    random.copy_from_slice(&sha256(format!("code {at} {}", sample.text).as_bytes())[..13]);
    ClaimCode::from_random(random)
}

async fn one(app: &App, at: usize, sample: &Sample, received: Timestamp) -> Result<String> {
    let id = id(at, sample);
    let code = code(at, sample).shown(&app.profile.reports.code_prefix);
    let photos = if sample.photo { vec![photo(app, at).await?] } else { Vec::new() };
    let submission = Submission {
        category: sample.category.clone(),
        answers: sample.answers.clone(),
        text: sample.text.clone(),
        location: Location {
            place: sample.place,
            address: None,
            street: sample.street.clone(),
            outfall: sample.outfall.clone(),
        },
        photos,
        claim_code: code.clone(),
        sealed_contact: sealed(app, sample.contact.as_ref())?,
        lang: sample.lang.tag().to_owned(),
        follows: None,
        proof: proof(app, received)?,
        written_ms: Some(90_000),
        website: String::new(),
    };
    let client = IpAddr::V4(Ipv4Addr::LOCALHOST);
    let arrival =
        Arrival { id: &id, submission: &submission, client, channel: "app", partner: None };
    submit::submit_at(app, arrival, received).await.map_err(said)?;
    for (number, step) in sample.steps.iter().enumerate() {
        let hours = 3 * (i64::try_from(number)? + 1);
        let when = received + SignedDuration::from_hours(hours);
        step::take(app, &id, step, when.min(app.clock.now())).await?;
    }
    Ok(code)
}

/// To the demonstration's own recipient.
fn sealed(app: &App, contact: Option<&Contact>) -> Result<Option<String>> {
    let Some(contact) = contact else { return Ok(None) };
    let plain = serde_json::to_vec(contact)?;
    Ok(Some(sealing::seal(&app.config.reports.identity_recipient, &plain)?))
}

/// Solved as a browser solves it.
fn proof(app: &App, now: Timestamp) -> Result<Option<contract::report::Proof>> {
    let secrets = app.reports.secrets.as_ref().context("a demonstration has keys")?;
    let work = app.config.reports.rates.work.min(1_000);
    let challenge = secrets.challenges.issue(Purpose::Report, work, now, crate::keys::random()?);
    Ok(solve(&challenge))
}

async fn photo(app: &App, at: usize) -> Result<String> {
    let bytes = picture::drawn(at)?;
    let (hash, length) = (sha256(&bytes), bytes.len() as u64);
    let progress = Progress { offset: 0, length };
    let client = IpAddr::V4(Ipv4Addr::LOCALHOST);
    match photos::receive(app, client, hash, progress, Body::from(bytes)).await.map_err(said)? {
        Received::Whole(_) => Ok(hex(&hash)),
        other => anyhow::bail!("a drawn picture was not taken: {other:?}"),
    }
}

fn said(problem: Problem) -> anyhow::Error {
    anyhow::anyhow!("{problem:?}")
}
