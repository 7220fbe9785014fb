//! Widgets, badges, cards, oEmbed, their scripts, and the page that offers them.

use std::sync::Arc;

use axum::{
    Router,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
    routing::get,
};
use contract::problem::Code;
use domain::{Lang, period::beijing_day, wire::parse_day};
use jiff::civil::Date;

use super::pages::{to_who_asked, whole_origin};
use crate::{
    app::App,
    embeds::{
        Kind, Options, Theme, Widget, badge, builder, card, example as news, files, frame, frozen,
        made,
        oembed::{self, OembedParams},
    },
    extract::{Client, Headers, Params, PathPart},
    hot::MOVING,
    language,
    problem::Problem,
    reply::{Life, Prepared},
    summaries::{self, Address},
    terms::Terms,
    work::work,
};

/// What any page may fetch, show and frame.
pub(super) fn routes(app: &App) -> Router {
    let files = &app.embeds.files;
    Router::new()
        .route("/embed/{*rest}", get(widget))
        .route("/embed.js", get(host_script))
        .route(&format!("/{}", files.host.name), get(host_script_by_name))
        .route("/badge/{file}", get(badge))
        .route("/card/{*file}", get(card))
        .route("/oembed", get(oembed))
        .layer(Terms::within(super::deadline(app)).open())
        .merge(
            Router::new()
                .route("/data", get(data))
                .route("/data/example", get(example))
                .layer(Terms::within(super::deadline(app))),
        )
        .with_state(app.clone())
}

async fn host_script(State(app): State<App>, Headers(headers): Headers) -> Response {
    app.embeds.files.host.answer(&headers)
}

async fn host_script_by_name(State(app): State<App>, Headers(headers): Headers) -> Response {
    app.embeds.files.host.answer_under_its_name(&headers)
}

/// A widget, now or of the past, or the script of one.
async fn widget(
    State(app): State<App>,
    Client(client): Client,
    PathPart(rest): PathPart,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let files = &app.embeds.files;
    for script in [&files.frame, &files.builder] {
        if script.name.strip_prefix("embed/") == Some(rest.as_str()) {
            return Ok(script.answer_under_its_name(&headers));
        }
    }
    let query = uri.query().unwrap_or_default();
    let options = Options::of(query);
    let response = match rest.strip_prefix('@') {
        None => live(&app, &rest, &options, &headers).await?,
        Some(past) => {
            let admit = || app.series_rate.check(client, beijing_day(app.clock.now()));
            past_widget(&app, past, query, &headers, admit).await?
        }
    };
    Ok(frame::apply(&app, response))
}

async fn live(
    app: &App,
    path: &str,
    options: &Options,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    let Some(kind) = Kind::of(path) else { return Ok(no_widget(app, options, headers)) };
    let options = &options.of_kind(&kind);
    let key = format!("embed/{path} {options:?}");
    let make = || async {
        let widget = made(app, &kind, options, None).await?;
        let now = app.clock.now();
        let shown = frame::Shown {
            title: &widget.title,
            content: &widget.content(app, Some(now), options.lang),
            stale_in: frame::stale_in(&widget, now),
            past: None,
        };
        Ok(html(frame::document(app, &kind, options, &shown), Life::Widget, app))
    };
    Ok(app.pages.get(key, app.versions.any(), MOVING, make).await?.answer(headers))
}

/// An address that no widget has: a document all the same, for it stands in somebody's page.
fn no_widget(app: &App, options: &Options, headers: &HeaderMap) -> Response {
    let lang = options.lang;
    let why = lang.pick(
        "没有这个嵌入地址，请到本站“开放数据与嵌入”页重新生成代码。",
        "No widget has this address; make a new one on our page “Open data and widgets”.",
    );
    let widget = Widget::empty(lang.pick("没有这个组件", "No such widget"), why, lang);
    let content = widget.content(app, None, lang);
    let shown =
        frame::Shown { title: &widget.title, content: &content, stale_in: None, past: None };
    let mut response =
        html(frame::document(app, &Kind::AirNow, options, &shown), Life::Widget, app)
            .answer(headers);
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}

/// `{day}/{kind}`, kept under `embed/@`.
async fn past_widget(
    app: &App,
    rest: &str,
    query: &str,
    headers: &HeaderMap,
    admit: impl FnOnce() -> Result<(), Problem>,
) -> Result<Response, Problem> {
    let options = Options::of(query);
    let wanted =
        rest.split_once('/').and_then(|(day, path)| Some((parse_day(day)?, Kind::of(path)?)));
    let Some((day, kind)) = wanted else { return Ok(no_widget(app, &options, headers)) };
    let options = options.of_kind(&kind);
    if day >= beijing_day(app.clock.now()) {
        return Ok(not_over(app, &kind, day, &options, headers));
    }
    let kept = frozen::kept(app, &kind, &options, day, admit).await?;
    let asked = query.split('&').find_map(|pair| pair.strip_prefix("h="));
    let past = frozen::past(app, &kind, day, &kept, asked).await?;
    let shown = frame::Shown {
        title: &kept.title,
        content: &kept.content,
        stale_in: None,
        past: Some(&past),
    };
    // With its hash in the address it is the same for good, as long as nothing need be added to it.
    let for_good = asked.is_some() && !past.other_hash && !past.corrected && !kept.passing;
    let life = if for_good { Life::Frozen } else { Life::Widget };
    let mut response =
        html(frame::document(app, &kind, &options, &shown), life, app).answer(headers);
    if let Ok(hash) = HeaderValue::from_str(&past.hash) {
        response.headers_mut().insert("x-content-sha256", hash);
    }
    Ok(response)
}

fn not_over(app: &App, kind: &Kind, day: Date, options: &Options, headers: &HeaderMap) -> Response {
    let lang = options.lang;
    let why = match lang {
        Lang::Zh => format!("{day} 还没有结束，存档要等当日（北京时间）结束之后。"),
        Lang::En => format!("{day} is not over; it can be archived once it is (Beijing time)."),
    };
    let widget = Widget::empty(lang.pick("尚无存档", "Not archived yet"), &why, lang);
    let content = widget.content(app, None, lang);
    let shown =
        frame::Shown { title: &widget.title, content: &content, stale_in: None, past: None };
    html(frame::document(app, kind, options, &shown), Life::Widget, app).answer(headers)
}

fn html(document: String, life: Life, app: &App) -> Prepared {
    Prepared::of(document.into(), "text/html; charset=utf-8", life, app.clock.now()).packed()
}

/// SVG or PNG by the ending of its name.
async fn badge(
    State(app): State<App>,
    PathPart(file): PathPart,
    uri: Uri,
    Headers(headers): Headers,
) -> Result<Response, Problem> {
    let (name, ending) = file.rsplit_once('.').ok_or_else(|| Problem::new(Code::NotFound))?;
    let kind = badge::named(name).ok_or_else(|| Problem::new(Code::NotFound))?;
    let options = Options { lang: language::asked(&uri).unwrap_or_default(), ..Options::default() };
    picture(&app, &headers, ending, (&kind, &options), Drawn::Badge).await
}

/// The picture beside a link.
async fn card(
    State(app): State<App>,
    PathPart(file): PathPart,
    uri: Uri,
    Headers(headers): Headers,
) -> Result<Response, Problem> {
    let (path, ending) = file.rsplit_once('.').ok_or_else(|| Problem::new(Code::NotFound))?;
    let kind = Kind::of(path).ok_or_else(|| Problem::new(Code::NotFound))?;
    let options = Options::of(uri.query().unwrap_or_default()).of_kind(&kind);
    // A card is light, and says nothing of what was asked wrongly.
    let options = Options { theme: Theme::default(), wrong: None, ..options };
    picture(&app, &headers, ending, (&kind, &options), Drawn::Card).await
}

/// What a picture is drawn as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Drawn {
    Badge,
    Card,
}

async fn picture(
    app: &App,
    headers: &HeaderMap,
    ending: &str,
    (kind, options): (&Kind, &Options),
    drawn: Drawn,
) -> Result<Response, Problem> {
    let png = match ending {
        "svg" => false,
        "png" => true,
        _ => return Err(Problem::new(Code::NotFound)),
    };
    let make = || async {
        let widget = made(app, kind, options, None).await?;
        let now = app.clock.now();
        let (svg, scale) = match drawn {
            Drawn::Badge => (badge::svg(&widget, now, options.lang), 2.0),
            Drawn::Card => (card::svg(app, &widget, options.lang), 1.0),
        };
        let body = if png { pixels(app, svg, scale).await? } else { svg.into_bytes() };
        let media_type = if png { "image/png" } else { "image/svg+xml" };
        Ok(Prepared::of(body.into(), media_type, Life::Badge, now).packed())
    };
    let key = format!("{drawn:?} {kind:?} {options:?} {png}");
    let body: Arc<Prepared> = app.pages.get(key, app.versions.any(), MOVING, make).await?;
    let mut response = files::shared(body.answer(headers));
    // An SVG opened by itself is a document, and this one has nothing to load.
    response.headers_mut().insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; sandbox"),
    );
    Ok(response)
}

async fn pixels(app: &App, svg: String, scale: f32) -> Result<Vec<u8>, Problem> {
    let shared = app.clone();
    work(app, move || shared.embeds.pictures.png(&svg, scale)).await?.map_err(Problem::internal)
}

/// The snippet for an address of ours, for sites that ask by it.
async fn oembed(
    State(app): State<App>,
    Params(params): Params<OembedParams>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (xml, media_type) = match params.format.as_str() {
        "" | "json" => (false, "application/json"),
        "xml" => (true, "text/xml; charset=utf-8"),
        _ => return Ok(StatusCode::NOT_IMPLEMENTED.into_response()),
    };
    let origin = whole_origin(&app, &headers);
    let answer = oembed::answer(&app, &params, &origin).await?;
    let answer = answer.ok_or_else(|| Problem::new(Code::NotFound))?;
    let body = if xml { oembed::xml(&answer) } else { serde_json::to_string(&answer) };
    let body = body.map_err(Problem::internal)?;
    let answer = Prepared::of(body.into(), media_type, Life::Minute, app.clock.now());
    Ok(to_who_asked(&app, answer.answer(&headers)))
}

/// Widgets as another site would have them.
async fn example(
    State(app): State<App>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let lang = language::of(&uri, &headers);
    let page = news::page(&app, &whole_origin(&app, &headers), lang).await?;
    let mut response = Prepared::html(page, app.clock.now()).answer(&headers);
    app.policy.apply(&mut response);
    response.headers_mut().insert(builder::POLICY, news::policy());
    Ok(to_who_asked(&app, response))
}

/// The page that offers widgets and downloads.
async fn data(
    State(app): State<App>,
    Client(client): Client,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let lang = language::of(&uri, &headers);
    let query = uri.query().unwrap_or_default();
    let origin = whole_origin(&app, &headers);
    let wish = builder::Wish::of(&app, query, lang);
    let admit = || app.series_rate.check(client, beijing_day(app.clock.now()));
    let html = builder::body(&app, &wish, &origin, lang, admit).await?;
    let address = Address { origin: &origin, names_lang: language::asked(&uri).is_some() };
    let content = summaries::offering(&app, html, lang, &address);
    let page = builder::page(&app, &content, lang);
    let mut response = Prepared::html(page, app.clock.now()).answer(&headers);
    app.policy.apply(&mut response);
    // The preview is a frame of ours.
    response.headers_mut().insert(builder::POLICY, builder::policy(&app));
    response.headers_mut().insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(lang.tag()));
    Ok(to_who_asked(&app, response))
}
