//! A report arrives: stored once however often it is sent, and never refused for who may have sent it.

use std::net::IpAddr;

use contract::{
    problem::Code,
    report::{Receipt, Submission},
};
use domain::report::ReportId;
use jiff::Timestamp;
use store::{Claim, ReportRow, Submitted};

use super::{
    Secrets,
    admission::{Placement, ProofSign, Signs, links},
    arrived::Arrived,
    challenge::Purpose,
    check::{Checked, Fault, Taken, TextRule, photo_missing, photo_of_issue},
    content,
};
use crate::{app::App, problem::Problem};

/// A report as it reached us.
#[derive(Debug, Clone, Copy)]
pub struct Arrival<'a> {
    /// Made on the phone, or by us for a browser without script.
    pub id: &'a ReportId,
    /// What was sent.
    pub submission: &'a Submission,
    /// Who sent it; neither stored nor logged.
    pub client: IpAddr,
    /// How it came: `app`, `form`, `open311`.
    pub channel: &'static str,
    /// The program it came through, if an operator has given it a key.
    pub partner: Option<Partner<'a>>,
}

/// A program with a key: it needs no proof of work, and its texts follow the rules of its own interface.
#[derive(Debug, Clone, Copy)]
pub struct Partner<'a> {
    /// What else it sent, for the officers; JSON.
    pub extra: &'a str,
}

/// What Open311 clients may send as a description: nothing, or 4,000 characters.
pub const PARTNER_TEXT: TextRule = TextRule { most: 4_000, needed: false };

/// What is answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Filing {
    /// The receipt, the same for every repetition.
    pub receipt: Receipt,
    /// True the first time.
    pub new: bool,
}

/// Takes a report.
///
/// # Errors
///
/// Everything that is wrong with it at once; another report under the same id; a closed form.
pub async fn submit(app: &App, arrival: Arrival<'_>) -> Result<Filing, Problem> {
    submit_at(app, arrival, app.clock.now()).await
}

/// The same at a time of the caller's: the demonstration's reports are older than itself.
pub(super) async fn submit_at(
    app: &App,
    arrival: Arrival<'_>,
    now: Timestamp,
) -> Result<Filing, Problem> {
    let secrets = super::open(app)?;
    let taken = Taken {
        district: &app.profile.reports,
        territory: &app.reports.territory,
        contacts: !app.config.reports.identity_recipient.trim().is_empty(),
        text: arrival.partner.map_or(TextRule::FORM, |_| PARTNER_TEXT),
    };
    let checked = taken.check(arrival.submission).map_err(Problem::fields)?;
    let code = checked.code.shown("");
    let content_hash = content::fingerprint(arrival.submission, &code, &secrets.fingerprints);
    if let Some(known) = app.store.submitted(arrival.id.as_str(), content_hash).await? {
        return answered(known, &checked.photos);
    }
    photos_are_here(app, &checked.photos).await?;
    photos_are_free(app, arrival.id.as_str(), &checked.photos).await?;
    let received = whole_micros(now);
    let filed = Arrived {
        arrival,
        checked: &checked,
        content_hash,
        received,
        placement: place(app, secrets, &arrival, received).await?,
        claim: Claim {
            locator: secrets.claims.locator(&checked.code),
            hash: secrets.claims.hash(checked.code.secret()).await.map_err(Problem::internal)?,
        },
        follows: followed(app, &checked).await?,
    };
    filed.store(app, secrets).await
}

/// What was answered to the same report before; or what is wrong with this one.
pub(super) fn answered(known: Submitted, photos: &[[u8; 32]]) -> Result<Filing, Problem> {
    match known {
        Submitted::Known { answer } => {
            let receipt = serde_json::from_str(&answer).map_err(Problem::internal)?;
            Ok(Filing { receipt, new: false })
        }
        Submitted::PhotosMissing(missing) => Err(faults_of(&missing, photos, photo_missing)),
        Submitted::PhotosOfIssues(taken) => Err(faults_of(&taken, photos, photo_of_issue)),
        Submitted::Conflict => Err(Problem::new(Code::OtherReport)),
        Submitted::New | Submitted::NumberTaken => {
            Err(Problem::internal(anyhow::anyhow!("a report was answered without a receipt")))
        }
    }
}

fn faults_of(some: &[[u8; 32]], all: &[[u8; 32]], fault: fn(usize) -> Fault) -> Problem {
    let places = all.iter().enumerate().filter(|(_, photo)| some.contains(photo));
    Problem::fields(places.map(|(at, _)| fault(at)).collect())
}

/// Refuses photos that are evidence of an issue of the ledger and not of this report.
///
/// # Errors
///
/// What is wrong with them, by field.
pub async fn photos_are_free(app: &App, report: &str, photos: &[[u8; 32]]) -> Result<(), Problem> {
    let taken = app.store.photos_of_issues(report, photos).await?;
    if taken.is_empty() { Ok(()) } else { Err(faults_of(&taken, photos, photo_of_issue)) }
}

/// Asked before a proof is spent: a phone that has to send a photo again keeps its proof.
async fn photos_are_here(app: &App, photos: &[[u8; 32]]) -> Result<(), Problem> {
    let mut missing = Vec::new();
    for photo in photos {
        if app.store.photo(*photo).await?.is_none_or(|found| found.name.is_none()) {
            missing.push(*photo);
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    answered(Submitted::PhotosMissing(missing), photos).map(|_never| ())
}

async fn place(
    app: &App,
    secrets: &Secrets,
    arrival: &Arrival<'_>,
    now: Timestamp,
) -> Result<Placement, Problem> {
    let submission = arrival.submission;
    let signs = Signs {
        proof: match arrival.partner {
            Some(_) => ProofSign::Held,
            None => proof(app, secrets, submission, now).await?,
        },
        trap: !submission.website.is_empty(),
        written_ms: submission.written_ms,
        links: links(&submission.text),
    };
    Ok(app.reports.admission.place(&signs, arrival.client, now))
}

async fn proof(
    app: &App,
    secrets: &Secrets,
    submission: &Submission,
    now: Timestamp,
) -> Result<ProofSign, Problem> {
    let Some(proof) = &submission.proof else { return Ok(ProofSign::Missing) };
    let Ok(solved) = secrets.challenges.check(Purpose::Report, proof, now) else {
        return Ok(ProofSign::Void);
    };
    let fresh = app.store.spend_challenge(solved.id.to_vec(), solved.expires).await?;
    Ok(if fresh { ProofSign::Held } else { ProofSign::Void })
}

/// The report it adds to: a published one, or none. Nobody learns from the answer whether another exists.
async fn followed(app: &App, checked: &Checked<'_>) -> Result<Option<ReportRow>, Problem> {
    let Some(number) = &checked.follows else { return Ok(None) };
    if app.store.published_report(number.as_str()).await?.is_none() {
        return Ok(None);
    }
    Ok(app.store.report_by_public_id(number.as_str()).await?)
}

/// The store keeps microseconds, and a receipt must say the same instant.
fn whole_micros(now: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
}
