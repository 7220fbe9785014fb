//! `console/api/v1/record/…`: the rectification ledger, the scorecard and pages of programmes.

use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, FromRequestParts, Path, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header, request::Parts},
    response::{IntoResponse, Response},
    routing::{get, post, put},
};
use contract::{
    officer::{
        Redaction, SealedIdentity, Unsealing,
        record::{
            ImportRun, ImportView, ItemAct, ItemBulk, ItemBulkOutcome, ItemCase, ItemCasePhoto,
            ItemInbox, NewItem, OpenObjections, PhotoPublication, ProgrammeEdit, ProgrammeHistory,
            StatementEdit, Statements,
        },
    },
    problem::Code,
};
use domain::{Lang, Text, role::Permission};

use crate::{
    app::App,
    extract::{Params, PathPart, Sent},
    language,
    officers::{
        record::{
            act, bulk, content, import,
            inbox::{self, ItemParams},
            objections, of_the_bureau,
            open::{self, number},
            photos, upload, view,
        },
        session::Officer,
    },
    photos::{Shown, reply},
    problem::Problem,
    record::{import::MOST_BYTES, markdown::html},
};

/// Markdown in two languages.
const MOST_TEXT_BYTES: usize = 512 * 1_024;

/// The routes below `record/`.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/items", get(items).post(create))
        .route("/items.csv", get(items_csv))
        .route("/items/bulk", post(act_on_many))
        .route("/items/{number}", get(item))
        .route("/items/{number}/acts", post(act_on_one))
        .route("/items/{number}/photos/{name}", get(photo))
        .route("/items/{number}/photos/{name}/redaction", post(redact))
        .route("/items/{number}/photos/{name}/publication", post(publish))
        .route("/items/{number}/objections/{objection}/identity", post(contact))
        .route("/objections", get(open_objections))
        .route("/import/run", post(import_run))
        .route("/import/{token}", get(import_view))
        .route("/import/{token}/faults.csv", get(import_faults))
        .route("/scorecard", get(statements))
        .route("/scorecard/{key}", put(state))
        .merge(texts())
}

/// What takes longer texts.
fn texts() -> Router<App> {
    Router::new()
        .route("/programmes/{slug}", get(programme).put(revise))
        .route("/markdown", post(markdown))
        .layer(DefaultBodyLimit::max(MOST_TEXT_BYTES))
}

/// Where lists are sent: a file takes longer on a slow line than anything else does.
pub(super) fn uploads() -> Router<App> {
    Router::new()
        .route("/import/dry-run", post(dry_run))
        .layer(DefaultBodyLimit::max(MOST_BYTES + MOST_TEXT_BYTES))
}

async fn items(
    State(app): State<App>,
    officer: Officer,
    Params(params): Params<ItemParams>,
) -> Result<Json<ItemInbox>, Problem> {
    officer.may(Permission::ReadCases)?;
    Ok(Json(inbox::answered(&app, &officer, &params).await?))
}

async fn items_csv(
    State(app): State<App>,
    officer: Officer,
    Params(params): Params<ItemParams>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    officer.may(Permission::ReadCases)?;
    let lang = language::of(&uri, &headers);
    let bytes = inbox::csv(&app, &officer, &params, lang).await?;
    Ok(attached(bytes, "attachment; filename=\"items.csv\""))
}

/// A CSV file that a browser saves.
fn attached(bytes: Vec<u8>, disposition: &'static str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static(disposition)),
    ];
    (headers, bytes).into_response()
}

async fn create(
    State(app): State<App>,
    officer: Officer,
    Sent(new): Sent<NewItem>,
) -> Result<(StatusCode, Json<ItemCase>), Problem> {
    officer.may(Permission::RecordItems)?;
    Ok((StatusCode::CREATED, Json(open::open(&app, &officer, new).await?)))
}

async fn item(
    State(app): State<App>,
    officer: Officer,
    PathPart(name): PathPart,
) -> Result<Json<ItemCase>, Problem> {
    officer.may(Permission::ReadCases)?;
    Ok(Json(view::one(&app, &officer, &number(&name)?).await?))
}

async fn act_on_one(
    State(app): State<App>,
    officer: Officer,
    PathPart(name): PathPart,
    Sent(wish): Sent<ItemAct>,
) -> Result<Json<ItemCase>, Problem> {
    officer.may(Permission::ReadCases)?;
    Ok(Json(act::act(&app, &officer, &name, wish).await?))
}

async fn act_on_many(
    State(app): State<App>,
    officer: Officer,
    Sent(wish): Sent<ItemBulk>,
) -> Result<Json<ItemBulkOutcome>, Problem> {
    officer.may(Permission::ReadCases)?;
    Ok(Json(bulk::act(&app, &officer, wish).await?))
}

async fn photo(
    State(app): State<App>,
    officer: Officer,
    InItem(item, name): InItem,
) -> Result<Response, Problem> {
    officer.may(Permission::ReadCases)?;
    let picture = photos::picture(&app, &officer, &number(&item)?, &name).await?;
    Ok(reply(picture, Shown::ToOfficers))
}

async fn redact(
    State(app): State<App>,
    officer: Officer,
    InItem(item, name): InItem,
    Sent(redaction): Sent<Redaction>,
) -> Result<Json<ItemCasePhoto>, Problem> {
    officer.may(Permission::Moderate)?;
    Ok(Json(photos::redacted(&app, &officer, &number(&item)?, &name, redaction).await?))
}

async fn publish(
    State(app): State<App>,
    officer: Officer,
    InItem(item, name): InItem,
    Sent(PhotoPublication { publish }): Sent<PhotoPublication>,
) -> Result<Json<ItemCasePhoto>, Problem> {
    officer.may(Permission::Publish)?;
    Ok(Json(photos::published(&app, &officer, &number(&item)?, &name, publish).await?))
}

/// Those who answer objections and those who look after them.
async fn open_objections(
    State(app): State<App>,
    officer: Officer,
) -> Result<Json<OpenObjections>, Problem> {
    if !officer.roles.may(Permission::ReadAudit) {
        officer.may(Permission::StrikeOff)?;
    }
    Ok(Json(objections::open(&app, &officer).await?))
}

async fn contact(
    State(app): State<App>,
    officer: Officer,
    InItem(item, objection): InItem,
    Sent(wish): Sent<Unsealing>,
) -> Result<Json<SealedIdentity>, Problem> {
    officer.may(Permission::ReadIdentity)?;
    let objection = objection.parse().map_err(|_no_number| Problem::new(Code::NotFound))?;
    Ok(Json(objections::contact(&app, &officer, &number(&item)?, objection, wish).await?))
}

async fn dry_run(
    State(app): State<App>,
    officer: Officer,
    request: Request,
) -> Result<Json<ImportView>, Problem> {
    officer.may(Permission::RecordItems)?;
    of_the_bureau(&officer)?;
    // Room is taken before anything is read.
    let room = app.officers()?.imports.room(officer.staff.id, app.clock.now())?;
    let (name, bytes) = upload::file(request).await?;
    Ok(Json(import::begin(&app, &officer, &name, bytes, room).await?))
}

async fn import_run(
    State(app): State<App>,
    officer: Officer,
    Sent(wish): Sent<ImportRun>,
) -> Result<Json<ImportView>, Problem> {
    officer.may(Permission::RecordItems)?;
    of_the_bureau(&officer)?;
    Ok(Json(import::run(&app, &officer, &wish.token, wish.skip_faults).await?))
}

async fn import_view(
    State(app): State<App>,
    officer: Officer,
    PathPart(token): PathPart,
) -> Result<Json<ImportView>, Problem> {
    officer.may(Permission::RecordItems)?;
    Ok(Json(import::view(&app, &officer, &token)?))
}

async fn import_faults(
    State(app): State<App>,
    officer: Officer,
    PathPart(token): PathPart,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    officer.may(Permission::RecordItems)?;
    let bytes = import::faults_csv(&app, &officer, &token, language::of(&uri, &headers))?;
    Ok(attached(bytes, "attachment; filename=\"faults.csv\""))
}

async fn statements(State(app): State<App>, officer: Officer) -> Result<Json<Statements>, Problem> {
    officer.may(Permission::EditContent)?;
    Ok(Json(content::statements(&app).await?))
}

async fn state(
    State(app): State<App>,
    officer: Officer,
    PathPart(key): PathPart,
    Sent(edit): Sent<StatementEdit>,
) -> Result<Json<Statements>, Problem> {
    officer.may(Permission::EditContent)?;
    Ok(Json(content::state(&app, &officer, key, edit).await?))
}

async fn programme(
    State(app): State<App>,
    officer: Officer,
    PathPart(slug): PathPart,
) -> Result<Json<ProgrammeHistory>, Problem> {
    officer.may(Permission::EditContent)?;
    let history = content::history(&app, &slug).await?;
    // A page that nobody made yet is not a page.
    if history.revisions.is_empty() { Err(Problem::new(Code::NotFound)) } else { Ok(Json(history)) }
}

async fn revise(
    State(app): State<App>,
    officer: Officer,
    PathPart(slug): PathPart,
    Sent(edit): Sent<ProgrammeEdit>,
) -> Result<Json<ProgrammeHistory>, Problem> {
    officer.may(Permission::EditContent)?;
    Ok(Json(content::revise(&app, &officer, &slug, edit).await?))
}

/// As the public page would show it.
async fn markdown(officer: Officer, Sent(text): Sent<Text>) -> Result<Json<Text>, Problem> {
    officer.may(Permission::EditContent)?;
    Ok(Json(Text::new(html(&text.zh, Lang::Zh), html(&text.en, Lang::En))))
}

/// An issue's number and what is named within it; bytes that are no text name nothing.
struct InItem(String, String);

impl FromRequestParts<App> for InItem {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let read = Path::<(String, String)>::from_request_parts(parts, app).await;
        let Path((item, name)) = read.map_err(|_rejection| Problem::new(Code::NotFound))?;
        Ok(Self(item, name))
    }
}
