//! `GET api/v1/site`.

use axum::{extract::State, http::HeaderMap, response::Response};
use contract::public::{Basemap, Site};

use super::standing;
use crate::{app::App, problem::Problem};

/// Names and facts of the district and the site.
#[utoipa::path(get, path = "/api/v1/site", tag = "site", responses((status = 200, body = Site)))]
pub async fn site(State(app): State<App>, headers: HeaderMap) -> Result<Response, Problem> {
    standing(&app, &headers, "site", 0, || async { Ok(facts(&app)) }).await
}

fn facts(app: &App) -> Site {
    let profile = &app.profile;
    Site {
        meta: app.meta(false),
        title: profile.title.clone(),
        district: profile.district.clone(),
        contact: profile.contact.clone(),
        footer: profile.footer.clone(),
        basemap: basemap(app),
        bounds: profile.bounds,
        sources: profile.sources.clone(),
    }
}

/// The base map with its key in place; `None` where none is configured.
fn basemap(app: &App) -> Option<Basemap> {
    let map = &app.config.basemap;
    let keyed = |url: &str| url.replace("{key}", map.key.reveal());
    (!map.url.is_empty()).then(|| Basemap {
        url: keyed(&map.url),
        labels_url: (!map.labels_url.is_empty()).then(|| keyed(&map.labels_url)),
        attribution: map.attribution.clone(),
        max_zoom: map.max_zoom,
    })
}
