//! Tells departments of what happens to their cases: signed, by jobs that are tried again, and only to addresses
//! that the configuration names.
//!
//! A delivery says that something happened and to which case; neither what was written nor where or by whom. Who is
//! told looks the case up in the console.

use std::{collections::BTreeSet, time::Duration};

use domain::{canonical::hex, report::ActionKind};
use hmac::{Hmac, KeyInit, Mac};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::{Job, NewJob, NewReport, Queue, ReportChange, ReportRow, Standing};

use crate::{app::App, cases, config::Webhook};

/// The kind of these jobs.
pub const KIND: &str = "webhook";
/// The header with time and signature: `t=<Unix seconds>,v1=<hexadecimal HMAC-SHA-256 over "<t>.<body>">`.
pub const SIGNATURE: &str = "x-bilan-signature";
/// The header with the delivery's number, the same however often it is sent.
pub const DELIVERY: &str = "x-bilan-delivery";

/// How long one try may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long a claimed job is nobody else's.
const LEASE: SignedDuration = SignedDuration::from_secs(60);
/// Seconds until the next try; after the last one it is given up.
const AGAIN_S: [i64; 8] = [30, 120, 600, 3_600, 10_800, 21_600, 43_200, 86_400];

/// What is to be delivered.
#[derive(Debug, Serialize, Deserialize)]
struct Delivery {
    /// Where; refused once the configuration no longer names it.
    url: String,
    /// The body, as it is signed.
    payload: String,
}

/// What whoever is told reads.
#[derive(Debug, Serialize)]
struct Payload<'a> {
    event: &'a str,
    at: Timestamp,
    public_id: String,
    category: &'a str,
    state: &'a str,
    finding: Option<&'a str>,
    department: Option<&'a str>,
    due: Option<Timestamp>,
    simulated: bool,
}

/// The event of a report that enters the officers' queue: as it arrives, or as its turn comes.
pub const RECEIVED: &str = "received";

/// Something that happened to a report.
struct Happening<'a> {
    event: &'a str,
    at: Timestamp,
    public_id: &'a str,
    category: &'a str,
    standing: &'a Standing,
    simulated: bool,
}

/// The deliveries that `change` to `report` causes: to whoever is told of the department in charge before or after it.
pub fn jobs(hooks: &[Webhook], report: &ReportRow, change: &ReportChange) -> Vec<NewJob> {
    let internal = [ActionKind::Note.key(), ActionKind::Unseal.key(), ActionKind::Redact.key()];
    if internal.contains(&change.what.as_str()) {
        return Vec::new();
    }
    let happening = Happening {
        event: &change.what,
        at: change.at,
        public_id: &report.public_id,
        category: &report.category,
        standing: &change.standing,
        simulated: report.simulated,
    };
    deliveries(hooks, &happening, report.standing.department.as_deref())
}

/// The deliveries that a new report causes. One that waits in the delayed queue is told of when its turn comes: a flood
/// is not passed on.
pub fn arrived(hooks: &[Webhook], report: &NewReport) -> Vec<NewJob> {
    if report.standing.queue == Queue::Delayed {
        return Vec::new();
    }
    let happening = Happening {
        event: RECEIVED,
        at: report.received,
        public_id: &report.public_id,
        category: &report.category,
        standing: &report.standing,
        simulated: report.simulated,
    };
    deliveries(hooks, &happening, None)
}

/// The deliveries that a delayed report causes as it enters the queue at `at`.
pub fn released(hooks: &[Webhook], report: &ReportRow, at: Timestamp) -> Vec<NewJob> {
    let happening = Happening {
        event: RECEIVED,
        at,
        public_id: &report.public_id,
        category: &report.category,
        standing: &report.standing,
        simulated: report.simulated,
    };
    deliveries(hooks, &happening, None)
}

fn deliveries(hooks: &[Webhook], happening: &Happening<'_>, before: Option<&str>) -> Vec<NewJob> {
    let concerned = [before, happening.standing.department.as_deref()];
    let told = hooks.iter().filter(|hook| {
        let all = hook.department.is_empty();
        let own = concerned.contains(&Some(hook.department.as_str()));
        let kind = hook.kinds.is_empty() || hook.kinds.iter().any(|kind| kind == happening.event);
        (all || own) && kind
    });
    told.map(|hook| job(hook, happening)).collect()
}

fn job(hook: &Webhook, happening: &Happening<'_>) -> NewJob {
    let standing = happening.standing;
    let payload = Payload {
        event: happening.event,
        at: happening.at,
        public_id: cases::shown_id(happening.public_id),
        category: happening.category,
        state: standing.state.key(),
        finding: standing.finding.map(domain::report::Finding::key),
        department: standing.department.as_deref(),
        due: standing.due,
        simulated: happening.simulated,
    };
    let payload = serde_json::to_string(&payload).unwrap_or_default();
    let delivery = Delivery { url: hook.url.clone(), payload };
    let body = serde_json::to_string(&delivery).unwrap_or_default();
    let key = format!("{KIND}-{}", hex(&Sha256::digest(&body)));
    NewJob { kind: KIND.to_owned(), body, key: Some(key), run: happening.at }
}

/// The value of [`SIGNATURE`] for a body sent at `at`.
pub fn signature(secret: &str, at: Timestamp, body: &str) -> String {
    let seconds = at.as_second();
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(secret.as_bytes())
        .unwrap_or_else(|_never| unreachable!("HMAC takes keys of any length"));
    mac.update(format!("{seconds}.{body}").as_bytes());
    format!("t={seconds},v1={}", hex(&mac.finalize().into_bytes()))
}

/// How often is looked for what is due.
const EVERY: Duration = Duration::from_secs(2);

/// Delivers until the server stops.
pub(crate) async fn run(app: App) {
    let mut timer = tokio::time::interval(EVERY);
    timer.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = app.stopped() => break,
            _ = timer.tick() => deliver(&app).await,
        }
    }
}

/// Delivers everything that is due, in order. An address that has just failed is not tried again at once: what is for
/// others does not wait for it.
pub(crate) async fn deliver(app: &App) {
    let mut down = BTreeSet::new();
    loop {
        let claimed = app.store.claim_job(&[KIND], app.clock.now(), LEASE).await;
        match claimed {
            Ok(Some(job)) => settle(app, &job, &mut down).await,
            Ok(None) => return,
            Err(error) => {
                tracing::error!(%error, "webhooks cannot be delivered; tried again in a while");
                return;
            }
        }
    }
}

async fn settle(app: &App, job: &Job, down: &mut BTreeSet<String>) {
    let outcome = sent(app, job, down).await;
    let now = app.clock.now();
    let noted = match &outcome {
        Ok(()) => app.store.finish_job(job, now).await,
        Err(why) => {
            let again = usize::try_from(job.attempt).ok().and_then(|tries| AGAIN_S.get(tries - 1));
            let again = again.map(|seconds| now + SignedDuration::from_secs(*seconds));
            tracing::warn!(job = job.id, attempt = job.attempt, %why, ?again, "a webhook was not delivered");
            app.store.fail_job(job, &why.to_string(), again, now).await
        }
    };
    if let Err(error) = noted {
        tracing::error!(%error, job = job.id, "a delivery cannot be noted; it will be sent once more");
    }
}

/// Why a delivery failed; never with the address's path, which may hold a secret.
#[derive(Debug, thiserror::Error)]
enum DeliveryError {
    #[error("the job cannot be read")]
    Damaged,
    #[error("the configuration no longer names the address")]
    NotConfigured,
    #[error("no HTTP client: {0}")]
    Client(reqwest::Error),
    #[error("not reached: {0}")]
    NotReached(reqwest::Error),
    #[error("answered {0}")]
    Answered(u16),
    #[error("its address has just failed")]
    Down,
}

async fn sent(app: &App, job: &Job, down: &mut BTreeSet<String>) -> Result<(), DeliveryError> {
    let delivery: Delivery =
        serde_json::from_str(&job.body).map_err(|_damaged| DeliveryError::Damaged)?;
    let hooks = &app.config.reports.webhooks;
    let hook =
        hooks.iter().find(|hook| hook.url == delivery.url).ok_or(DeliveryError::NotConfigured)?;
    if down.contains(&hook.url) {
        return Err(DeliveryError::Down);
    }
    let posted = post(app, job, hook, delivery.payload).await;
    if posted.is_err() {
        down.insert(hook.url.clone());
    }
    posted
}

async fn post(app: &App, job: &Job, hook: &Webhook, payload: String) -> Result<(), DeliveryError> {
    let client = ingest::http_client()
        .timeout(PATIENCE)
        // An answer must not lead to an address that nobody configured.
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .map_err(DeliveryError::Client)?;
    let request = client
        .post(&hook.url)
        .header("content-type", "application/json")
        .header(SIGNATURE, signature(hook.secret.reveal(), app.clock.now(), &payload))
        .header(DELIVERY, job.id.to_string())
        .body(payload);
    let answer =
        request.send().await.map_err(|error| DeliveryError::NotReached(error.without_url()))?;
    if answer.status().is_success() {
        Ok(())
    } else {
        Err(DeliveryError::Answered(answer.status().as_u16()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_covers_time_and_body() {
        let at = Timestamp::from_second(1_700_000_000).unwrap();
        // echo -n '1700000000.{}' | openssl dgst -sha256 -hmac 0123456789abcdef
        assert_eq!(
            signature("0123456789abcdef", at, "{}"),
            "t=1700000000,v1=e4f8e2ecae2295b2ddb2f0b5584c8275e226c0ebe9b3b819e70156bb67122e3e"
        );
        assert_ne!(
            signature("0123456789abcdef", at, "{}"),
            signature("0123456789abcdef", at, "[]")
        );
    }
}
