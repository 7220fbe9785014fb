//! Who may post.

use axum::http::StatusCode;
use store::{ApiKey, KeyScope};

use super::{fault::Refusal, params::Params};
use crate::{app::App, commands::keys::hash};

/// The key in the form; one in a query counts for nothing, because addresses are logged.
///
/// # Errors
///
/// 403 for a missing, empty, unknown or revoked key, and one for something else.
pub(super) async fn client(app: &App, params: &Params) -> Result<ApiKey, Refusal> {
    let mut several = Vec::new();
    let given = params.one("api_key", &mut several).filter(|_| several.is_empty());
    let known = match given {
        Some(key) => app.store.api_key(hash(key.trim())).await?,
        None => None,
    };
    known.filter(|key| key.scope == KeyScope::Open311).ok_or_else(|| {
        let text = "缺少密钥或密钥无效：api_key，请在表单正文中填写本站发放的密钥";
        Refusal::new(StatusCode::FORBIDDEN, text)
    })
}

/// The jurisdiction, where one is named.
///
/// # Errors
///
/// 404 for another one than ours.
pub(super) fn jurisdiction(app: &App, params: &Params) -> Result<(), Refusal> {
    let ours = &app.profile.reports.open311.jurisdiction_id;
    match params.all("jurisdiction_id").find(|given| given != ours) {
        Some(other) => Err(Refusal::unknown("辖区", "jurisdiction_id", other)),
        None => Ok(()),
    }
}
