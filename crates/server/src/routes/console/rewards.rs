//! `console/api/v1/rewards…` and the ledger.

use axum::{Json, extract::State};
use contract::officer::{LedgerView, RewardAct, RewardCase, Rewards};
use domain::role::Permission;

use crate::{
    app::App,
    extract::{Params, PathPart, Sent},
    officers::{
        rewards::{
            act, ledger,
            view::{self, RewardParams},
        },
        session::Officer,
    },
    problem::Problem,
};

pub(super) async fn rewards(
    State(app): State<App>,
    officer: Officer,
    Params(params): Params<RewardParams>,
) -> Result<Json<Rewards>, Problem> {
    officer.may(Permission::ReadCases)?;
    Ok(Json(view::listed(&app, &officer, &params).await?))
}

pub(super) async fn act(
    State(app): State<App>,
    officer: Officer,
    PathPart(public_id): PathPart,
    Sent(wish): Sent<RewardAct>,
) -> Result<Json<RewardCase>, Problem> {
    officer.may(Permission::ReadCases)?;
    Ok(Json(act::act(&app, &officer, &public_id, wish).await?))
}

/// The ledger names vouchers and amounts: it is for those who decide and those who look after them.
pub(super) async fn ledger(
    State(app): State<App>,
    officer: Officer,
) -> Result<Json<LedgerView>, Problem> {
    let money = [Permission::ApproveReward, Permission::PayReward];
    if !money.iter().any(|permission| officer.roles.may(*permission)) {
        officer.may(Permission::ReadAudit)?;
    }
    Ok(Json(ledger::shown(&app).await?))
}
