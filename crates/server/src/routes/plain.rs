//! Reports without script: plain forms and pages that nobody keeps.

use std::{net::IpAddr, time::Duration};

use axum::{
    Form, Router,
    body::Body,
    extract::{DefaultBodyLimit, Multipart, Query, State},
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::{Html, Response},
    routing::get,
};
use bytes::Bytes;
use contract::{
    problem::Code,
    report::{HolderAct, TrackAct},
};
use domain::{
    Lang, Text,
    canonical::sha256,
    report::{Answer, ClaimCode, ReportId},
};
use serde::Deserialize;

use super::pages;
use crate::{
    app::App,
    extract::Client,
    forms::Reading,
    front::shell::without_program,
    keys::random,
    language,
    photos::{self, Progress, Received},
    problem::Problem,
    reports::{
        challenge::hex,
        check::MOST_PHOTOS,
        form::MOST_PHOTO_BYTES,
        submit::{self, Arrival},
        track,
    },
    summaries::{
        self, Address, Body as PageBody, Page,
        report_form::{self, Draft},
        track as track_page,
    },
    terms::Terms,
};

/// Four photos of 10 MiB and the words.
const MOST_BYTES: usize = 42 * 1_024 * 1_024;
/// One field of words.
const MOST_WORDS: usize = 16 * 1_024;

/// A form with four photos on a line of 40 kB/s.
const PATIENCE: Duration = Duration::from_secs(1_200);

/// The routes of this file.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/report", get(form).post(send).layer(DefaultBodyLimit::max(MOST_BYTES)))
        .route("/track", get(pages::page).post(tracked))
        .layer(Terms::within(PATIENCE))
}

/// What the form's address may say before anything is filled in.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    category: Option<String>,
    outfall: Option<String>,
}

/// The form, with an id and a code of its own.
async fn form(State(app): State<App>, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    let Query(asked) = Query::<Asked>::try_from_uri(&uri).unwrap_or_default();
    let draft = begun(&app, asked)?;
    let lang = language::of(&uri, &headers);
    let body = report_form::form(&app, lang, &draft);
    // The program takes the place of this form, where it can run.
    Ok(answer(&app, whole(&app, &Page::Report, &body, (lang, &uri)), lang, StatusCode::OK))
}

fn begun(app: &App, asked: Asked) -> Result<Draft, Problem> {
    let ms = u64::try_from(app.clock.now().as_millisecond()).unwrap_or(0);
    let code = ClaimCode::from_random(random().map_err(Problem::internal)?);
    let outfall = asked.outfall.unwrap_or_default();
    // Who scans the sign of an outfall need not be asked what it is about.
    let of_outfall = app
        .profile
        .reports
        .categories
        .iter()
        .find(|c| c.group == domain::report::category::Group::Outfall && !outfall.is_empty());
    let category = asked.category.or_else(|| of_outfall.map(|category| category.key.clone()));
    Ok(Draft {
        id: ReportId::new(ms, random().map_err(Problem::internal)?).to_string(),
        code: code.shown(&app.profile.reports.code_prefix),
        category: category.unwrap_or_default(),
        outfall,
        ..Draft::default()
    })
}

/// Takes the form: the receipt, or the form again with everything kept and each fault beside its field.
async fn send(
    State(app): State<App>,
    Client(client): Client,
    uri: Uri,
    headers: HeaderMap,
    form: Multipart,
) -> Result<Response, Problem> {
    let lang = language::of(&uri, &headers);
    let mut draft = read(&app, client, form).await?;
    let faults = std::mem::take(&mut draft.faults);
    let sent = if faults.is_empty() {
        file(&app, client, lang, &draft).await
    } else {
        Err(Problem::fields(faults))
    };
    match sent {
        Ok(body) => Ok(page(&app, &Page::Report, &body, (lang, &uri), StatusCode::OK)),
        Err(problem) if problem.code() == Code::BadForm => {
            draft.faults = problem.faults().to_vec();
            let body = report_form::form(&app, lang, &draft);
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(page(&app, &Page::Report, &body, (lang, &uri), status))
        }
        Err(problem) => Err(problem),
    }
}

async fn file(app: &App, client: IpAddr, lang: Lang, draft: &Draft) -> Result<PageBody, Problem> {
    let id = ReportId::parse(&draft.id).map_err(|_malformed| Problem::new(Code::BadBody))?;
    let submission = draft.submission(lang);
    let arrival =
        Arrival { id: &id, submission: &submission, client, channel: "form", partner: None };
    let filing = submit::submit(app, arrival).await?;
    Ok(report_form::receipt(app, lang, &filing.receipt, &draft.code))
}

async fn read(app: &App, client: IpAddr, mut form: Multipart) -> Result<Draft, Problem> {
    let (mut draft, mut reading) = (Draft::default(), Reading::begin());
    while let Some(mut field) = reading.next(&mut form).await? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "photos" {
            let bytes = reading.part(&mut field, MOST_PHOTO_BYTES as usize).await?;
            match bytes {
                Some(bytes) if bytes.is_empty() => {}
                Some(bytes) => photo(app, client, bytes, &mut draft).await?,
                None => draft.faults.push(("photos".to_owned(), too_large())),
            }
            reading.forget_parts();
        } else {
            let bytes = reading.part(&mut field, MOST_WORDS).await?;
            let bytes = bytes.ok_or_else(|| Problem::new(Code::TooLarge))?;
            // Browsers end the lines of forms with CRLF.
            let value = String::from_utf8(bytes.to_vec());
            let value = value.map_err(|_not_utf8| Problem::new(Code::BadBody))?;
            fill(&mut draft, &name, value.replace("\r\n", "\n"));
        }
    }
    Ok(draft)
}

fn too_large() -> Text {
    let limit = MOST_PHOTO_BYTES >> 20;
    Text::new(
        format!("照片上限 {limit} MB，请换一张；文字已保留。"),
        format!("The limit of a photo is {limit} MB. Choose another; your text is kept."),
    )
}

fn fill(draft: &mut Draft, name: &str, value: String) {
    match name {
        "id" => draft.id = value,
        "claim_code" => draft.code = value,
        "category" => draft.category = value,
        "text" => draft.text = value,
        "location.address" => draft.address = value,
        "location.street" => draft.street = value,
        "location.outfall" => draft.outfall = value,
        "website" => draft.website = value,
        "sent_photo" => draft.photos.push(value),
        _ => {
            let Some(code) = name.strip_prefix("answers.") else { return };
            if value.is_empty() {
                return;
            }
            match draft.answers.iter_mut().find(|answer| answer.code == code) {
                Some(answer) => answer.values.push(value),
                None => {
                    draft.answers.push(Answer { code: code.to_owned(), values: vec![value] });
                }
            }
        }
    }
}

/// Takes a photo of the form; one that is refused leaves the others and the words as they are.
async fn photo(app: &App, client: IpAddr, bytes: Bytes, draft: &mut Draft) -> Result<(), Problem> {
    if draft.photos.len() >= MOST_PHOTOS {
        let text =
            Text::new("照片最多 4 张，其余未采用。", "4 photos at most; the rest were left out.");
        draft.faults.push(("photos".to_owned(), text));
        return Ok(());
    }
    let hash = sha256(&bytes);
    let progress = Progress { offset: 0, length: bytes.len() as u64 };
    match photos::receive(app, client, hash, progress, Body::from(bytes)).await {
        Ok(Received::Whole(_)) => {
            let name = hex(&hash);
            if !draft.photos.contains(&name) {
                draft.photos.push(name);
            }
            Ok(())
        }
        Ok(_) => Err(Problem::new(Code::Unavailable)),
        Err(problem) if problem.code() == Code::PhotoRefused => {
            let title = |lang| Code::PhotoRefused.title(lang);
            let text = Text::new(title(Lang::Zh), title(Lang::En));
            let detail = problem.detail().cloned().unwrap_or(text);
            draft.faults.push(("photos".to_owned(), detail));
            Ok(())
        }
        Err(problem) => Err(problem),
    }
}

/// What the forms of the tracking page send.
#[derive(Deserialize)]
pub(crate) struct Sent {
    code: String,
    #[serde(default)]
    act: String,
    #[serde(default)]
    act_id: String,
    #[serde(default)]
    version: u64,
    #[serde(default)]
    text: String,
}

impl Sent {
    fn act(&self) -> Option<HolderAct> {
        let text = self.text.replace("\r\n", "\n");
        Some(match self.act.as_str() {
            "answer" => HolderAct::Answer { text, photos: Vec::new() },
            "not_fixed" => HolderAct::NotFixed { text, photos: Vec::new() },
            "withdraw" => HolderAct::Withdraw,
            "hide" => HolderAct::Hide,
            "claim" => HolderAct::Claim,
            "decline" => HolderAct::Decline,
            _ => return None,
        })
    }
}

/// The report behind a code, after what its holder wished.
async fn tracked(
    State(app): State<App>,
    Client(client): Client,
    uri: Uri,
    headers: HeaderMap,
    Form(sent): Form<Sent>,
) -> Result<Response, Problem> {
    let lang = language::of(&uri, &headers);
    let refusal = match sent.act() {
        Some(act) => acted(&app, &sent, act, client).await.err(),
        None => None,
    };
    let refusal = refusal.map(|problem| sentence(&problem));
    match track::tracked(&app, &sent.code, client).await {
        Ok(found) => {
            let ms = u64::try_from(app.clock.now().as_millisecond()).unwrap_or(0);
            let act_id = ReportId::new(ms, random().map_err(Problem::internal)?).to_string();
            let way =
                track_page::Way { code: &sent.code, act_id: &act_id, refusal: refusal.as_ref() };
            let body = track_page::tracked(&app, lang, &found, &way);
            Ok(page(&app, &Page::Track, &body, (lang, &uri), StatusCode::OK))
        }
        Err(problem) => {
            let status = StatusCode::from_u16(problem.code().status());
            let body = track_page::form(lang, Some(&sentence(&problem)));
            let status = status.unwrap_or(StatusCode::NOT_FOUND);
            Ok(page(&app, &Page::Track, &body, (lang, &uri), status))
        }
    }
}

async fn acted(app: &App, sent: &Sent, act: HolderAct, client: IpAddr) -> Result<(), Problem> {
    let act = TrackAct {
        code: sent.code.clone(),
        version: sent.version,
        act_id: sent.act_id.clone(),
        act,
    };
    track::act(app, act, client).await.map(|_found| ())
}

/// A refusal in one sentence: of its first field, else its detail, else its code's.
fn sentence(problem: &Problem) -> Text {
    let first = problem.faults().first().map(|(_, text)| text);
    let title = |lang| problem.code().title(lang);
    first
        .or_else(|| problem.detail())
        .cloned()
        .unwrap_or_else(|| Text::new(title(Lang::Zh), title(Lang::En)))
}

/// A page of one person's: without the program, which would put the empty form in its place.
fn page(
    app: &App,
    page: &Page,
    body: &PageBody,
    (lang, uri): (Lang, &Uri),
    status: StatusCode,
) -> Response {
    answer(app, without_program(&whole(app, page, body, (lang, uri))), lang, status)
}

fn whole(app: &App, page: &Page, body: &PageBody, (lang, uri): (Lang, &Uri)) -> String {
    let origin = pages::origin(app);
    let address = Address { origin: &origin, names_lang: language::asked(uri).is_some() };
    app.shell.render(&summaries::made(app, page, body, lang, &address), lang)
}

/// Kept by nobody, and telling nobody where its reader comes from.
fn answer(app: &App, html: String, lang: Lang, status: StatusCode) -> Response {
    let mut response = super::report_form::unkept((status, Html(html)));
    let language = HeaderValue::from_static(lang.tag());
    response.headers_mut().insert(header::CONTENT_LANGUAGE, language);
    app.policy.apply(&mut response);
    response
}
