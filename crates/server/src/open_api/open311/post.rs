//! `POST requests` and `POST servicerequestupdates`: what a client sends becomes a report by the same way as a resident's, or a
//! message to the officers.

use std::net::IpAddr;

use axum::{body::Body, http::HeaderMap};
use bytes::Bytes;
use contract::report::Receipt;
use domain::{
    canonical::{hex, sha256},
    report::{
        ActorRole, ClaimCode, EventBody, EventKind, MessageRef, PublicId, ReportId,
        category::ServiceKind,
    },
};
use store::{
    ApiKey, NewMessage, NewReportEvent, Remembered, ReportChange, Seen, Sender, StoreError,
};

use super::{
    fault::Refusal,
    filter::Asked,
    form::Form,
    keys,
    order::Order,
    params::Params,
    requests,
    token::Tokens,
    updates,
    value::{Document, Value},
    wording::Thanks,
};
use crate::{
    app::App,
    keys::{Key, random},
    photos::{self, Progress, Received},
    problem::Problem,
    reports::{
        self,
        submit::{Arrival, Partner, submit},
    },
};

/// The header by which a client sends the same request again.
const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// Who sends, and how often.
pub(super) struct From<'a> {
    pub(super) client: IpAddr,
    pub(super) headers: &'a HeaderMap,
}

/// `POST requests`.
pub(super) async fn request(app: &App, sender: From<'_>, form: Form) -> Result<Document, Refusal> {
    let key = keys::client(app, &form.params).await?;
    keys::jurisdiction(app, &form.params)?;
    reports::open(app)?;
    let again = idempotency(sender.headers)?;
    let code = fresh_code()?;
    let mut order = Order::read(app, &form.params, &code)?;
    order.submission.photos = photos(app, sender.client, &form.photos).await?;
    let named = name(app, &key, again, &form).await?;
    let code = named.code.unwrap_or(code);
    let shown = code.shown(&app.profile.reports.code_prefix);
    order.submission.claim_code.clone_from(&shown);
    let extra = serde_json::json!({ "client": key.name, "media_url": order.media }).to_string();
    let filing = submit(
        app,
        Arrival {
            id: &named.id,
            submission: &order.submission,
            client: sender.client,
            channel: "open311",
            partner: Some(Partner { extra: &extra }),
        },
    )
    .await?;
    created(app, &order, &filing.receipt, &shown)
}

/// The report's id, and its claim code where that has to be the same each time.
struct Named {
    id: ReportId,
    code: Option<ClaimCode>,
}

/// Under an idempotency key the id is drawn once and remembered, and the claim code follows from it, from the client's own
/// key and from a secret that the database does not hold.
async fn name(app: &App, key: &ApiKey, again: Option<&str>, form: &Form) -> Result<Named, Refusal> {
    let now = app.clock.now();
    let millisecond = u64::try_from(now.as_millisecond()).unwrap_or_default();
    let id = ReportId::new(millisecond, random().map_err(Problem::internal)?);
    let (Some(again), Some(secret)) = (again, secret(app)) else {
        return Ok(Named { id, code: None });
    };
    let row = format!("open311:{}:{}", key.id, hex(&secret.mac(&[b"key", again.as_bytes()])));
    let body = fingerprint(&secret, form);
    let id = match app.store.remember_answer(&row, body, id.to_string(), now).await? {
        None => id,
        Some(Remembered::Same(earlier)) => ReportId::parse(&earlier).map_err(Problem::internal)?,
        Some(Remembered::Other) => {
            return Err(Refusal::faults(vec![
                "Idempotency-Key 已用于另一内容，请为新的举报换一个".to_owned(),
            ]));
        }
    };
    let mac = secret.mac(&[b"code", id.to_string().as_bytes(), again.as_bytes()]);
    Ok(Named { id, code: Some(ClaimCode::from_random(std::array::from_fn(|at| mac[at]))) })
}

fn secret(app: &App) -> Option<Key> {
    app.keys.as_ref().map(|keys| keys.pepper.derive("open311"))
}

fn fresh_code() -> Result<ClaimCode, Refusal> {
    Ok(ClaimCode::from_random(random().map_err(Problem::internal)?))
}

/// What was sent, whatever the boundary between its parts.
fn fingerprint(secret: &Key, form: &Form) -> [u8; 32] {
    let mut parts = Vec::new();
    for (name, value) in form.params.iter().filter(|(name, _)| *name != "api_key") {
        parts.extend([name.as_bytes().to_vec(), value.as_bytes().to_vec()]);
    }
    for (name, photo) in &form.photos {
        parts.extend([name.as_bytes().to_vec(), sha256(photo).to_vec()]);
    }
    let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
    secret.mac(&parts)
}

fn idempotency(headers: &HeaderMap) -> Result<Option<&str>, Refusal> {
    let Some(header) = headers.get(IDEMPOTENCY_KEY).filter(|header| !header.is_empty()) else {
        return Ok(None);
    };
    let text = header.to_str().ok().filter(|text| {
        (16..=128).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
    });
    match text {
        Some(text) => Ok(Some(text)),
        None => Err(Refusal::faults(vec![
            "Idempotency-Key 有误：须为 16 至 128 个可见 ASCII 字符".to_owned(),
        ])),
    }
}

/// Puts the photos through the pipeline that a phone's go through; their hashes.
async fn photos(
    app: &App,
    client: IpAddr,
    sent: &[(String, Bytes)],
) -> Result<Vec<String>, Refusal> {
    let (mut hashes, mut refusals) = (Vec::new(), Vec::new());
    for (name, bytes) in sent {
        let hash = sha256(bytes);
        let whole = Progress { offset: 0, length: bytes.len() as u64 };
        let body = Body::from(bytes.clone());
        match photos::receive(app, client, hash, whole, body).await {
            // The same picture twice is one.
            Ok(Received::Whole(_)) if hashes.contains(&hex(&hash)) => {}
            Ok(Received::Whole(_)) => hashes.push(hex(&hash)),
            Ok(Received::Part(_) | Received::Elsewhere(_)) => {
                return Err(Problem::internal(anyhow::anyhow!("a photo was taken in part")).into());
            }
            Err(problem) => refusals.push((name, Refusal::from(problem))),
        }
    }

    let Some((_, first)) = refusals.first() else { return Ok(hashes) };
    if first.status.is_server_error() || first.retry_after_s.is_some() {
        return Err(first.clone());
    }
    let said = refusals.iter().flat_map(|(name, refusal)| {
        refusal.descriptions.iter().map(move |text| format!("{name}：{text}"))
    });
    Err(Refusal::faults(said.collect()))
}

/// The answer: number, token or neither, by the kind of the service.
fn created(
    app: &App,
    order: &Order<'_>,
    receipt: &Receipt,
    code: &str,
) -> Result<Document, Refusal> {
    let number = PublicId::parse(&receipt.public_id).map_err(Problem::internal)?;
    let kind = order.category.kind;
    let thanks = Thanks {
        number: (kind == ServiceKind::Realtime).then_some(&number),
        public: order.category.is_public(),
        accept_by: receipt.accept_by,
        delayed: receipt.delayed,
        contact_dropped: order.contact_dropped,
    };
    let mut fields = Vec::new();
    match (kind, &app.keys) {
        (ServiceKind::Realtime, _) => {
            fields.push(("service_request_id", Value::text(number.as_str())));
        }
        (ServiceKind::Batch, Some(keys)) => {
            fields.push(("token", Value::text(Tokens::new(&keys.pepper).seal(&number))));
        }
        (ServiceKind::Batch, None) | (ServiceKind::Blackbox, _) => {}
    }
    fields.push(("service_notice", Value::text(thanks.text())));
    fields.push(("account_id", Value::Null));
    if order.extended {
        fields.push(("extended_attributes", keepsake(receipt, code)));
    }
    let value = Value::List("request", vec![Value::Object(fields)]);
    Ok(Document { root: "service_requests", value })
}

/// What the reporter keeps: the claim code, told once, and the receipt.
fn keepsake(receipt: &Receipt, code: &str) -> Value {
    let signed = &receipt.signed;
    let receipt = Value::Object(vec![
        ("text", Value::text(&signed.text)),
        ("signature", Value::text(&signed.signature)),
        ("key_id", Value::text(&signed.key_id)),
    ]);
    Value::Object(vec![("claim_code", Value::text(code)), ("receipt", receipt)])
}

/// `GET tokens/{token}`: the number that a batch service has given, once the report is among those that are looked at.
pub(super) async fn token(app: &App, token: &str) -> Result<Document, Refusal> {
    let unknown = || Refusal::unknown("凭据", "token", token);
    let keys = app.keys.as_ref().ok_or_else(unknown)?;
    let number = Tokens::new(&keys.pepper).open(token).ok_or_else(unknown)?;
    let report = app.store.report_by_public_id(number.as_str()).await?.ok_or_else(unknown)?;
    if report.standing.queue == store::Queue::Delayed {
        return Err(Refusal {
            descriptions: vec![format!(
                "尚未编号：token = {}，请稍后再查",
                super::fault::shown(token)
            )],
            ..unknown()
        });
    }
    let fields =
        vec![("service_request_id", Value::text(number.as_str())), ("token", Value::text(token))];
    let value = Value::List("request", vec![Value::Object(fields)]);
    Ok(Document { root: "service_requests", value })
}

/// `POST servicerequestupdates`: what a partner reports reaches the officers, and the public only through them.
pub(super) async fn update(app: &App, params: &Params) -> Result<Document, Refusal> {
    let key = keys::client(app, params).await?;
    keys::jurisdiction(app, params)?;
    let sent = updates::read(params)?;
    let unknown = || Refusal::unknown("公开的举报", "service_request_id", sent.public_id.as_str());
    let (visible, _) = requests::found(app, &Asked::one(sent.public_id.as_str(), false)).await?;
    let visible = visible.first().ok_or_else(unknown)?;
    let report = app.store.report_by_public_id(&visible.public_id).await?.ok_or_else(unknown)?;
    let now = app.clock.now();
    let message = NewMessage {
        at: now,
        sender: Sender::System,
        kind: "open311_update".to_owned(),
        text: format!("{}：{}", key.name, sent.text),
        to_reporter: false,
    };
    let hash = message.sha256();
    let act = app.store.act_on_report(&report.id, Seen::Any, move |_, row| {
        let reference = MessageRef { number: row.messages + 1, sha256: hex(&hash) };
        let event = NewReportEvent {
            at: now,
            actor: ActorRole::System,
            staff: None,
            kind: EventKind::Noted,
            body: EventBody { message: Some(reference), ..EventBody::default() },
        };
        Ok::<_, StoreError>(ReportChange {
            events: vec![event],
            messages: vec![message],
            ..ReportChange::of(row, &key.name, "open311_update", now)
        })
    });
    act.await?;
    let fields = vec![
        ("update_id", Value::text(updates::id(&visible.public_id, &hash))),
        ("status", Value::text(sent.word)),
    ];
    let value = Value::List("request_update", vec![Value::Object(fields)]);
    Ok(Document { root: "service_request_updates", value })
}
