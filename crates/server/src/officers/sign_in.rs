//! Signing in: name, password and code are compared together, in the same time whatever is wrong.

use std::time::Duration;

use axum::http::HeaderMap;
use contract::{officer::SignIn, problem::Code};
use jiff::Timestamp;
use store::{NewAudit, Staff};
use tokio::time::Instant;

use super::{Officers, device::Device, lockout, totp::TotpSecret};
use crate::{app::App, problem::Problem};

/// A failure is answered no sooner: longer than comparing and writing take on a slow disk, so that the time says
/// nothing about whether an account exists.
const FLOOR: Duration = Duration::from_millis(400);
/// Longer names and passwords are nobody's.
const LONGEST: usize = 200;

/// The account that `wish` signs in, of a browser that sends these headers.
///
/// Attempts are compared one after the other, so that many sent at once count like many sent in a row.
pub async fn signed_in(app: &App, wish: SignIn, headers: &HeaderMap) -> Result<Staff, Problem> {
    let began = Instant::now();
    let officers = app.officers()?;
    let turn = officers.signing_in.lock().await;
    let outcome = attempt(app, officers, wish, headers).await;
    drop(turn);
    if outcome.is_err() {
        tokio::time::sleep_until(began + FLOOR).await;
    }
    outcome
}

async fn attempt(
    app: &App,
    officers: &Officers,
    wish: SignIn,
    headers: &HeaderMap,
) -> Result<Staff, Problem> {
    let now = app.clock.now();
    let name = wish.name.trim().to_lowercase();
    if name.len() > LONGEST || wish.password.len() > LONGEST {
        return Err(Problem::new(Code::SignInFailed));
    }
    let staff = app.store.staff_by_name(&name).await?.filter(|staff| staff.active);
    // Its own failures lock a browser that has signed in before; those of others lock all the others.
    let device = officers.devices.known(headers, &name);
    let until = match (&device, &staff) {
        (Some(device), _) => officers.devices.locked_until(device),
        (None, Some(staff)) => staff.locked_until,
        (None, None) => officers.strangers.locked_until(&name),
    };
    if let Some(seconds) = lockout::remaining_s(until, now) {
        return Err(Problem::new(Code::Locked).retry_after(seconds));
    }
    let hash = staff.as_ref().map(|staff| staff.password_hash.clone());
    let password = officers.passwords.matches(wish.password, hash).await;
    let password = password.map_err(Problem::internal)?;
    let step = code_step(officers, staff.as_ref(), &wish.totp, now)?;
    match (staff, step) {
        (Some(staff), Some(step)) if password && spent(app, &staff, step, now).await? => {
            device.iter().for_each(|device| officers.devices.succeeded(device));
            Ok(staff)
        }
        (staff, _) => Err(failed(app, officers, &name, (staff, device), now).await?),
    }
}

/// The step that the code belongs to; for nobody a code is computed all the same.
fn code_step(
    officers: &Officers,
    staff: Option<&Staff>,
    code: &str,
    now: Timestamp,
) -> Result<Option<u64>, Problem> {
    let (secret, used) = match staff {
        Some(staff) => {
            let opened = officers.vault.open(&staff.name, &staff.totp_secret);
            (TotpSecret::from_bytes(opened.map_err(Problem::internal)?), staff.totp_step)
        }
        None => (TotpSecret::random().map_err(Problem::internal)?, 0),
    };
    Ok(secret.step_of(code, now, used))
}

/// Whether the code counts: noted in the same statement that compares it with the last one used.
async fn spent(app: &App, staff: &Staff, step: u64, now: Timestamp) -> Result<bool, Problem> {
    Ok(app.store.sign_in_succeeded(staff.id, step, now).await?)
}

async fn failed(
    app: &App,
    officers: &Officers,
    name: &str,
    (staff, device): (Option<Staff>, Option<Device>),
    now: Timestamp,
) -> Result<Problem, Problem> {
    let refusal = Problem::new(Code::SignInFailed);
    if let (Some(device), Some(staff)) = (&device, &staff) {
        officers.devices.failed(device, now);
        app.store.audit(failure(staff, officers.devices.locked_until(device), now)).await?;
        return Ok(refusal);
    }
    let Some(staff) = staff else {
        // Not written down: what was typed as a name may be a password.
        officers.strangers.failed(name, now);
        return Ok(refusal);
    };
    let until = lockout::lock(staff.failures.saturating_add(1)).map(|length| now + length);
    app.store.sign_in_failed(staff.id, until).await?;
    app.store.audit(failure(&staff, until, now)).await?;
    Ok(refusal)
}

fn failure(staff: &Staff, until: Option<Timestamp>, now: Timestamp) -> NewAudit {
    NewAudit {
        at: now,
        staff: None,
        action: "sign_in_failed".into(),
        subject: staff.name.clone(),
        version: None,
        body: serde_json::json!({ "locked_until": until }).to_string(),
    }
}
