//! Sessions: how long they last, when their token is replaced, and what a request must bring.

use axum::{
    extract::{FromRequestParts, Request, State},
    http::{HeaderMap, HeaderValue, Method, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use contract::{officer::CSRF_HEADER, problem::Code};
use domain::{
    Text,
    role::{Permission, RoleSet},
};
use jiff::{SignedDuration, Timestamp};
use store::{NewSession, Session, Staff};

use super::{
    Officers,
    token::{self, Token},
};
use crate::{app::App, problem::Problem};

/// A session in use gets a new token this often; a token that was copied is worth little afterwards.
const REPLACED_AFTER: SignedDuration = SignedDuration::from_mins(5);
/// Requests that were under way when the token was replaced still bring the old one.
const OLD_LASTS: SignedDuration = SignedDuration::from_secs(60);

/// Who acts.
#[derive(Clone)]
pub struct Officer {
    /// The account.
    pub staff: Staff,
    /// What it may do.
    pub roles: RoleSet,
    /// The value of the header that proves a change.
    pub csrf: String,
    /// When the session ends without use.
    pub expires: Timestamp,
    /// What the store keeps of the token.
    token_hash: [u8; 32],
}

impl Officer {
    /// Refuses what the roles do not permit.
    pub fn may(&self, permission: Permission) -> Result<(), Problem> {
        if self.roles.may(permission) {
            return Ok(());
        }
        let name = |lang| permission.name(lang);
        let (zh, en) = (name(domain::Lang::Zh), name(domain::Lang::En));
        Err(Problem::new(Code::NotPermitted).with(Text::new(
            format!("您的角色没有“{zh}”权限。"),
            format!("Your roles do not include permission to {en}."),
        )))
    }

    /// The account's number as histories name it.
    pub fn number(&self) -> String {
        self.staff.id.to_string()
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Officer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        let found = parts.extensions.get::<Self>();
        found.cloned().ok_or_else(|| Problem::new(Code::SignInNeeded))
    }
}

/// Opens a session for `staff` and hands it over; a session that the browser brought ends, whoever's it is, so that
/// nobody can be signed in with a token that others know.
pub async fn opened(
    app: &App,
    staff: Staff,
    headers: &HeaderMap,
) -> Result<(Officer, HeaderValue), Problem> {
    let (officers, now) = (app.officers()?, app.clock.now());
    for old in officers.cookie.tokens(headers) {
        app.store.close_session(old.hash(), now).await?;
    }
    let token = Token::random().map_err(Problem::internal)?;
    let (token_hash, expires) = (token.hash(), officers.expires(now, now));
    let session = NewSession { token_hash, staff: staff.id, created: now, expires };
    app.store.open_session(session).await?;
    let cookie = officers.cookie.set(&token, officers.longest.as_secs());
    let session = Session { staff, created: now, seen: now, expires };
    Ok((officer(officers, session, token_hash)?, cookie))
}

/// Ends the session of `officer`; the header makes the browser forget it.
pub async fn closed(app: &App, officer: &Officer) -> Result<HeaderValue, Problem> {
    app.store.close_session(officer.token_hash, app.clock.now()).await?;
    Ok(app.officers()?.cookie.forget())
}

/// What everything below the console's API passes: nothing is kept by caches, who is signed in is told to the
/// handlers, a change without proof that it comes from our own page is refused, and tokens are replaced.
pub async fn guard(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let replaced = match admitted(&app, &mut request).await {
        Ok(replaced) => replaced,
        Err(problem) => return private(problem.into_response()),
    };
    let mut response = private(next.run(request).await);
    if let Some(cookie) = replaced
        && !response.headers().contains_key(header::SET_COOKIE)
    {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

fn private(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}

async fn admitted(app: &App, request: &mut Request) -> Result<Option<HeaderValue>, Problem> {
    let safe = [Method::GET, Method::HEAD].contains(request.method());
    if !safe && is_foreign(request.headers()) {
        return Err(no_proof());
    }
    let Some((session, token)) = found(app, request.headers()).await? else { return Ok(None) };
    let officers = app.officers()?;
    let signing_in = request.uri().path().ends_with("/session") && request.method() == Method::POST;
    let officer = officer(officers, session.clone(), token.hash())?;
    if !safe && !signing_in && !proves(request.headers(), &officer.csrf) {
        return Err(no_proof());
    }
    if officer.staff.must_change && !ends_somebody_elses_password(request, &officer) {
        return Err(must_change());
    }
    request.extensions_mut().insert(officer);
    replace(app, officers, &session, &token).await
}

/// The session in force that one of the browser's cookies belongs to.
async fn found(app: &App, headers: &HeaderMap) -> Result<Option<(Session, Token)>, Problem> {
    let now = app.clock.now();
    for token in app.officers()?.cookie.tokens(headers) {
        if let Some(session) = app.store.session(token.hash(), now).await? {
            return Ok(Some((session, token)));
        }
    }
    Ok(None)
}

fn officer(
    officers: &Officers,
    session: Session,
    token_hash: [u8; 32],
) -> Result<Officer, Problem> {
    let Session { staff, created, expires, .. } = session;
    let roles = super::accounts::roles(&staff)?;
    let csrf = token::csrf(&officers.csrf, staff.id, created);
    Ok(Officer { staff, roles, csrf, expires, token_hash })
}

/// A new token for a session that has had its own for long enough.
async fn replace(
    app: &App,
    officers: &Officers,
    session: &Session,
    old: &Token,
) -> Result<Option<HeaderValue>, Problem> {
    let now = app.clock.now();
    if now.duration_since(session.seen) < REPLACED_AFTER {
        return Ok(None);
    }
    let token = Token::random().map_err(Problem::internal)?;
    let replaced =
        app.store.replace_session(old.hash(), token.hash(), now, now + OLD_LASTS).await?;
    if !replaced {
        // Another request of the same page was first.
        return Ok(None);
    }
    let expires = officers.expires(session.created, now);
    app.store.touch_session(token.hash(), now, expires).await?;
    Ok(Some(officers.cookie.set(&token, officers.longest.as_secs())))
}

/// Browsers say where a request comes from; what says nothing is judged by the other proof alone.
fn is_foreign(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-site").is_some_and(|site| site != "same-origin")
}

fn proves(headers: &HeaderMap, csrf: &str) -> bool {
    let given = headers.get(CSRF_HEADER).and_then(|value| value.to_str().ok());
    given.is_some_and(|given| ingest::Secret::new(csrf).matches(given))
}

/// Whether a request is among those that are allowed while the password is somebody else's.
fn ends_somebody_elses_password(request: &Request, officer: &Officer) -> bool {
    let (path, own) = (request.uri().path(), format!("/users/{}", officer.staff.name));
    path.ends_with("/session") || (request.method() == Method::PATCH && path.ends_with(&own))
}

fn must_change() -> Problem {
    Problem::new(Code::NotPermitted).with(Text::new(
        "请先修改初始密码，再继续操作。",
        "Choose a password of your own first; the present one is known to whoever made the account.",
    ))
}

fn no_proof() -> Problem {
    Problem::new(Code::NotPermitted).with(Text::new(
        "无法确认请求来自本站页面，请刷新页面后重试。",
        "The request cannot be shown to come from this site's own page. Reload the page and try again.",
    ))
}
