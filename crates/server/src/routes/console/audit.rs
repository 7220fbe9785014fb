//! `console/api/v1/audit`: who did what.

use axum::{Json, extract::State};
use contract::officer::AuditPage;
use domain::role::Permission;

use crate::{
    app::App,
    extract::Params,
    officers::{
        audit::{self, AuditParams},
        session::Officer,
    },
    problem::Problem,
};

pub(super) async fn audit(
    State(app): State<App>,
    officer: Officer,
    Params(params): Params<AuditParams>,
) -> Result<Json<AuditPage>, Problem> {
    officer.may(Permission::ReadAudit)?;
    Ok(Json(audit::shown(&app, params).await?))
}
