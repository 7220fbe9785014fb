//! `console/api/v1/users…`: accounts of staff.

use axum::{Json, extract::State, http::StatusCode};
use contract::officer::{NewUser, User, UserChange, UserSecret, Users};
use domain::role::Permission;

use crate::{
    app::App,
    extract::{PathPart, Sent},
    officers::{accounts, session::Officer},
    problem::Problem,
};

pub(super) async fn users(
    State(app): State<App>,
    officer: Officer,
) -> Result<Json<Users>, Problem> {
    officer.may(Permission::ManageUsers)?;
    Ok(Json(Users { users: accounts::listed(&app).await? }))
}

pub(super) async fn create(
    State(app): State<App>,
    officer: Officer,
    Sent(new): Sent<NewUser>,
) -> Result<(StatusCode, Json<UserSecret>), Problem> {
    officer.may(Permission::ManageUsers)?;
    Ok((StatusCode::CREATED, Json(accounts::created(&app, &officer, new).await?)))
}

/// One's own name and password are everybody's to change.
pub(super) async fn change(
    State(app): State<App>,
    officer: Officer,
    PathPart(name): PathPart,
    Sent(change): Sent<UserChange>,
) -> Result<Json<User>, Problem> {
    let own = name == officer.staff.name && accounts::is_personal(&change);
    if !own {
        officer.may(Permission::ManageUsers)?;
    }
    Ok(Json(accounts::changed(&app, &officer, &name, change).await?))
}

pub(super) async fn reset(
    State(app): State<App>,
    officer: Officer,
    PathPart(name): PathPart,
) -> Result<Json<UserSecret>, Problem> {
    officer.may(Permission::ManageUsers)?;
    Ok(Json(accounts::renewed(&app, &officer, &name).await?))
}

pub(super) async fn handover(
    State(app): State<App>,
    officer: Officer,
    PathPart(name): PathPart,
) -> Result<Json<User>, Problem> {
    officer.may(Permission::ManageUsers)?;
    Ok(Json(accounts::handed_over(&app, &officer, &name).await?))
}
