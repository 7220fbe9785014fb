//! `console/api/v1/statistics`: times and results.

use axum::{Json, extract::State};
use contract::officer::Statistics;
use domain::role::Permission;

use crate::{
    app::App,
    extract::Params,
    officers::{
        session::Officer,
        statistics::{self, StatisticsParams},
    },
    problem::Problem,
};

pub(super) async fn statistics(
    State(app): State<App>,
    officer: Officer,
    Params(params): Params<StatisticsParams>,
) -> Result<Json<Statistics>, Problem> {
    officer.may(Permission::Statistics)?;
    Ok(Json(statistics::shown(&app, &params).await?))
}
