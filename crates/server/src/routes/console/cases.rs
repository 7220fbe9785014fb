//! `console/api/v1/cases…`: the inbox, one case, and what is done to cases.

use axum::{
    Json,
    extract::{FromRequestParts, Path, State},
    http::request::Parts,
    response::Response,
};
use contract::officer::{
    BulkAct, BulkOutcome, Case, CaseAct, CasePhoto, Inbox, Redaction, SealedIdentity, Unsealing,
};
use contract::problem::Code;
use domain::role::Permission;

use crate::{
    app::App,
    extract::{Params, PathPart, Sent},
    officers::{
        cases::{
            act, bulk, file, identity,
            inbox::{self, InboxParams},
            pictures, view,
        },
        session::Officer,
    },
    photos::{Shown, reply},
    problem::Problem,
};

pub(super) async fn inbox(
    State(app): State<App>,
    officer: Officer,
    Params(params): Params<InboxParams>,
) -> Result<Json<Inbox>, Problem> {
    officer.may(Permission::ReadCases)?;
    let asked = inbox::asked(&app, &officer, &params).await?;
    Ok(Json(inbox::answered(&app, asked).await?))
}

pub(super) async fn moderation(
    State(app): State<App>,
    officer: Officer,
    Params(params): Params<InboxParams>,
) -> Result<Json<Inbox>, Problem> {
    officer.may(Permission::Moderate)?;
    let asked = inbox::moderation(&officer, params.page()?);
    Ok(Json(inbox::answered(&app, asked).await?))
}

pub(super) async fn case(
    State(app): State<App>,
    officer: Officer,
    PathPart(public_id): PathPart,
) -> Result<Json<Case>, Problem> {
    officer.may(Permission::ReadCases)?;
    Ok(Json(view::case(&app, &officer, &public_id).await?))
}

pub(super) async fn act(
    State(app): State<App>,
    officer: Officer,
    PathPart(public_id): PathPart,
    Sent(wish): Sent<CaseAct>,
) -> Result<Json<Case>, Problem> {
    officer.may(Permission::ReadCases)?;
    Ok(Json(act::act(&app, &officer, &public_id, wish).await?))
}

pub(super) async fn bulk(
    State(app): State<App>,
    officer: Officer,
    Sent(wish): Sent<BulkAct>,
) -> Result<Json<BulkOutcome>, Problem> {
    officer.may(Permission::ReadCases)?;
    Ok(Json(bulk::act(&app, &officer, wish).await?))
}

pub(super) async fn identity(
    State(app): State<App>,
    officer: Officer,
    PathPart(public_id): PathPart,
    Sent(wish): Sent<Unsealing>,
) -> Result<Json<SealedIdentity>, Problem> {
    officer.may(Permission::ReadIdentity)?;
    Ok(Json(identity::taken(&app, &officer, &public_id, wish).await?))
}

pub(super) async fn photo(
    State(app): State<App>,
    officer: Officer,
    PhotoPath(public_id, name): PhotoPath,
) -> Result<Response, Problem> {
    officer.may(Permission::ReadCases)?;
    let report = file::found(&app, &officer, &public_id).await?;
    Ok(reply(pictures::picture(&app, &report, &name).await?, Shown::ToOfficers))
}

pub(super) async fn redact(
    State(app): State<App>,
    officer: Officer,
    PhotoPath(public_id, name): PhotoPath,
    Sent(redaction): Sent<Redaction>,
) -> Result<Json<CasePhoto>, Problem> {
    officer.may(Permission::Moderate)?;
    let report = file::found(&app, &officer, &public_id).await?;
    Ok(Json(pictures::redacted(&app, &officer, &report, &name, redaction).await?))
}

/// A case's number and the name of one of its photos; bytes that are no text name nothing.
pub(super) struct PhotoPath(String, String);

impl FromRequestParts<App> for PhotoPath {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let read = Path::<(String, String)>::from_request_parts(parts, app).await;
        let Path((public_id, name)) = read.map_err(|_rejection| Problem::new(Code::NotFound))?;
        Ok(Self(public_id, name))
    }
}
