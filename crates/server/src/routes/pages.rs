//! Pages, files of the front end, site map and robots.txt.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    response::{IntoResponse, Redirect, Response},
};
use contract::problem::Code;

use crate::{
    app::App,
    hot::MOVING,
    language,
    problem::Problem,
    reply::Prepared,
    summaries::{self, Address, Page},
};

/// A file of the front end, or the page of a route with its current numbers.
pub async fn page(State(app): State<App>, request: Request) -> Result<Response, Problem> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Err(Problem::new(Code::MethodNotAllowed));
    }
    let path = request.uri().path().trim_start_matches('/');
    if let Some(file) = app.assets.answer(path, request.headers()) {
        return Ok(file);
    }
    if looks_like_a_file(path) {
        return Err(Problem::new(Code::NotFound));
    }
    if let Some(below) = path.strip_prefix("console")
        && (below.is_empty() || below.starts_with('/'))
    {
        return console(&app, below, &request);
    }
    let mut response = rendered(&app, path, request.uri(), request.headers()).await?;
    app.policy.apply(&mut response);
    Ok(response)
}

/// The console's page, at every address of its own that is not its interface.
fn console(app: &App, below: &str, request: &Request) -> Result<Response, Problem> {
    if below.is_empty() {
        let query = request.uri().query().map_or_else(String::new, |query| format!("?{query}"));
        return Ok(Redirect::permanent(&format!("{}{query}", app.console.root())).into_response());
    }
    if below == "/api" || below.starts_with("/api/") {
        return Err(Problem::new(Code::NotFound));
    }
    Ok(app.console.page(language::of(request.uri(), request.headers())))
}

/// A missing script or picture is a plain 404, not a page.
fn looks_like_a_file(path: &str) -> bool {
    let last = path.rsplit('/').next().unwrap_or(path);
    let known = [
        "js",
        "css",
        "wasm",
        "bin",
        "map",
        "png",
        "jpg",
        "svg",
        "ico",
        "json",
        "txt",
        "xml",
        "woff2",
        "br",
        "gz",
        "webmanifest",
    ];
    last.rsplit_once('.').is_some_and(|(_, extension)| known.contains(&extension))
}

async fn rendered(
    app: &App,
    path: &str,
    uri: &Uri,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    let lang = language::of(uri, headers);
    let page = existing(app, Page::of(&app.profile, path)).await?;
    let origin = origin(app);
    let names_lang = language::asked(uri).is_some();
    let key = format!("{} {names_lang} {page:?}", lang.tag());
    let make = || async {
        let address = Address { origin: &origin, names_lang };
        let content = summaries::content(app, &page, lang, address).await?;
        Ok(Prepared::html(app.shell.render(&content, lang), app.clock.now()))
    };
    let body = app.pages.get(key, app.versions.any(), MOVING, make).await?;
    let mut response = body.answer(headers);
    if page == Page::Unknown && response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    response.headers_mut().insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(lang.tag()));
    Ok(response)
}

/// A number that no published report or issue has is no page, nor is a name that no programme has.
async fn existing(app: &App, page: Page) -> Result<Page, Problem> {
    Ok(match page {
        Page::Published(number) if app.store.published_report(&number).await?.is_none() => {
            Page::Unknown
        }
        Page::Item(number) if app.store.case_of_item(number.as_str()).await?.is_none() => {
            Page::Unknown
        }
        Page::Programme(slug) if app.store.revisions(&slug).await?.is_empty() => Page::Unknown,
        page => page,
    })
}

/// The address of the base path as readers know it, with a slash at the end; without
/// `server.public_url` its path alone, for only the browser knows the rest.
pub(super) fn origin(app: &App) -> String {
    match app.config.server.public_url.trim_end_matches('/') {
        "" => app.config.base_path(),
        configured => format!("{configured}/"),
    }
}

/// The same for files that need a whole address: without `server.public_url` from the request,
/// the scheme as the reverse proxy names it.
pub(crate) fn whole_origin(app: &App, headers: &HeaderMap) -> String {
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    let plain = |c: char| c.is_ascii_alphanumeric() || ".-:[]".contains(c);
    let host = text("host").filter(|host| host.len() <= 255 && host.chars().all(plain));
    match host.filter(|_| app.config.server.public_url.is_empty()) {
        Some(host) => {
            let secure = text("x-forwarded-proto") == Some("https");
            let scheme = if secure { "https" } else { "http" };
            format!("{scheme}://{host}{}", app.config.base_path())
        }
        None => origin(app),
    }
}

/// An answer with [`whole_origin`] in it: without `server.public_url` it is for who asked, and kept by nobody in between.
pub(super) fn to_who_asked(app: &App, mut response: Response) -> Response {
    if app.config.server.public_url.is_empty() {
        let cache = HeaderValue::from_static("private, max-age=60");
        response.headers_mut().insert(header::CACHE_CONTROL, cache);
    }
    response
}

/// What depends on who asks is kept by nobody in between.
fn file(app: &App, media_type: &'static str, body: String) -> Response {
    let stands = !app.config.server.public_url.is_empty();
    let cache = if stands { "public, max-age=3600" } else { "private, max-age=3600" };
    ([(header::CONTENT_TYPE, media_type), (header::CACHE_CONTROL, cache)], body).into_response()
}

/// `sitemap.xml`: every page in both languages.
pub async fn sitemap(State(app): State<App>, headers: HeaderMap) -> Response {
    let body = summaries::sitemap(&app.profile, &whole_origin(&app, &headers));
    file(&app, "application/xml", body)
}

/// `robots.txt`: everything may be read; where the site map is.
pub async fn robots(State(app): State<App>, headers: HeaderMap) -> Response {
    let base = app.config.base_path();
    let body = format!(
        "User-agent: *\nAllow: {base}\nDisallow: {base}api/\n\nSitemap: {}sitemap.xml\n",
        whole_origin(&app, &headers)
    );
    file(&app, "text/plain; charset=utf-8", body)
}
