//! `console/api/v1/session`: signing in, who is signed in, signing out.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{AppendHeaders, IntoResponse},
};
use contract::officer::{Session, SignIn};
use domain::period::beijing_day;

use crate::{
    app::App,
    extract::{Client, Sent},
    officers::{
        accounts,
        names::{Names, of_staff},
        session::{self, Officer},
        sign_in::signed_in,
    },
    problem::Problem,
};

pub(super) async fn sign_in(
    State(app): State<App>,
    Client(client): Client,
    headers: HeaderMap,
    Sent(wish): Sent<SignIn>,
) -> Result<impl IntoResponse, Problem> {
    app.officers()?.attempts.check(client, beijing_day(app.clock.now()))?;
    let staff = signed_in(&app, wish, &headers).await?;
    let known = app.officers()?.devices().introduce(&staff.name).map_err(Problem::internal)?;
    let (officer, cookie) = session::opened(&app, staff, &headers).await?;
    let by = (Some(officer.staff.id), app.clock.now());
    let facts = serde_json::json!({});
    app.store.audit(accounts::audit(by, "sign_in", &officer.staff.name, None, &facts)).await?;
    let body = shown(&app, &officer).await?;
    let cookies = [cookie, known].map(|cookie| (header::SET_COOKIE, cookie));
    Ok((AppendHeaders(cookies), Json(body)))
}

pub(super) async fn current(
    State(app): State<App>,
    officer: Officer,
) -> Result<Json<Session>, Problem> {
    Ok(Json(shown(&app, &officer).await?))
}

pub(super) async fn sign_out(
    State(app): State<App>,
    officer: Officer,
) -> Result<impl IntoResponse, Problem> {
    let cookie = session::closed(&app, &officer).await?;
    Ok((StatusCode::NO_CONTENT, AppendHeaders([(header::SET_COOKIE, cookie)])))
}

async fn shown(app: &App, officer: &Officer) -> Result<Session, Problem> {
    let staff = of_staff(app).await?;
    Ok(Session {
        name: officer.staff.name.clone(),
        display_name: officer.staff.display_name.clone(),
        department: officer.staff.department.clone(),
        must_change_password: officer.staff.must_change,
        roles: officer.roles.iter().collect(),
        permissions: officer.roles.permissions().collect(),
        csrf: officer.csrf.clone(),
        expires: officer.expires,
        server_time: app.clock.now(),
        simulated: app.demonstration,
        choices: Names::of(app).choices(&staff),
    })
}
