//! The way back to a report by its claim code: what became of it, and what its holder may do.

pub mod act;
mod holder;
mod reward;
mod view;

use std::net::IpAddr;

use contract::{
    problem::Code,
    report::{HolderAct, TrackAct, Tracked},
};
use domain::{Lang, Text, report::ClaimCode};
use sha2::{Digest, Sha256};
use store::{Remembered, StoreError};

use self::holder::Holding;
use super::Secrets;
use crate::{app::App, cases::File, problem::Problem};

/// The state of the report that `code` belongs to.
///
/// # Errors
///
/// A slip of the pen is pointed out; a code that opens nothing is answered alike, whatever is wrong with it, and a client
/// that tries many is asked to wait.
pub async fn tracked(app: &App, code: &str, client: IpAddr) -> Result<Tracked, Problem> {
    let report = found(app, code, client).await?;
    shown(app, &report).await
}

/// Does what the holder of a claim code wishes, once however often it is sent; the report as it then is.
///
/// # Errors
///
/// What [`tracked`] answers; why it may not be done; that the report has changed since it was seen.
pub async fn act(app: &App, sent: TrackAct, client: IpAddr) -> Result<Tracked, Problem> {
    let report = found(app, &sent.code, client).await?;
    let (key, request) = (key(&sent.act_id)?, digest(&report, &sent)?);
    match app.store.answer_of(&key, request).await? {
        Some(Remembered::Same(_)) => return shown(app, &report).await,
        Some(Remembered::Other) => return Err(Problem::new(Code::Conflict)),
        None => {}
    }
    act::carry_out(app, &report, sent.version, sent.act, app.clock.now()).await?;
    // Only that it was done is remembered: the answer would hold what was written.
    app.store.remember_answer(&key, request, "{}".to_owned(), app.clock.now()).await?;
    shown(app, &report).await
}

/// The id of the report that `code` belongs to.
async fn found(app: &App, code: &str, client: IpAddr) -> Result<String, Problem> {
    let secrets = super::open_for_holders(app)?;
    let code = ClaimCode::parse(code, &app.profile.reports.code_prefix).map_err(|wrong| {
        let text = Text::new(wrong.sentence(Lang::Zh), wrong.sentence(Lang::En));
        Problem::fields(vec![("code".to_owned(), text)])
    })?;
    let now = app.clock.now();
    if app.reports.wrong_codes.is_full(client, now) {
        return Err(Problem::new(Code::TooManyRequests).retry_after(600));
    }
    let opened = opened(app, secrets, &code).await?;
    if opened.is_none() {
        app.reports.wrong_codes.take(client, now);
    }
    opened.ok_or_else(|| Problem::new(Code::UnknownCode))
}

async fn opened(app: &App, secrets: &Secrets, code: &ClaimCode) -> Result<Option<String>, Problem> {
    let rows = app.store.reports_by_locator(&secrets.claims.locator(code)).await?;
    let hashes = rows.iter().map(|row| row.hash.clone()).collect();
    let at = secrets.claims.find(code.secret(), hashes).await.map_err(Problem::internal)?;
    Ok(at.and_then(|at| rows.into_iter().nth(at)).map(|row| row.report))
}

async fn shown(app: &App, report: &str) -> Result<Tracked, Problem> {
    let id = report.to_owned();
    let file = app.store.look(move |view| {
        let Some(report) = view.report(&id)? else { return Ok(None) };
        File::of(view, report).map(Some)
    });
    let file = file.await?.ok_or_else(|| Problem::new(Code::UnknownCode))?;
    Ok(view::tracked(app, &file, &Holding::of(app, &file)))
}

fn key(act_id: &str) -> Result<String, Problem> {
    let id = domain::report::ReportId::parse(act_id).map_err(|_malformed| {
        let text = Text::new("act_id 应为 UUIDv7。", "act_id is a UUIDv7.");
        Problem::fields(vec![("act_id".to_owned(), text)])
    })?;
    Ok(format!("act {id}"))
}

/// What tells one act from another under the same id; the version seen is no part of it.
fn digest(report: &str, sent: &TrackAct) -> Result<[u8; 32], Problem> {
    let act: &HolderAct = &sent.act;
    let act = serde_json::to_vec(act).map_err(Problem::internal)?;
    Ok(Sha256::new().chain_update(report).chain_update(act).finalize().into())
}

/// A store's error as the holder of a claim code may read it: never who of the office changed something.
fn problem(error: StoreError) -> Problem {
    match error {
        StoreError::Stale { .. } => Problem::new(Code::Conflict),
        StoreError::NoSuch { what: "photo", .. } => {
            let text = Text::new(
                "有照片还没有传到，请重新上传。",
                "A photo has not arrived. Send it again.",
            );
            Problem::fields(vec![("photos".to_owned(), text)])
        }
        other => other.into(),
    }
}
