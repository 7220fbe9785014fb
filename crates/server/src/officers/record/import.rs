//! Lists that officers bring in. The file is kept, not what was read of it: when it is imported it is read again, with what
//! the ledger holds by then.

use bytes::Bytes;
use contract::{
    officer::record::{ImportState, ImportView},
    problem::Code,
};
use domain::{
    Lang, Text,
    canonical::{hex, sha256},
    rectification::{self, Body},
    role::Permission,
};
use store::{NewAudit, StoreError};
use tokio::task::spawn_blocking;

use super::desk::{Found, Sent, Stage};
use crate::{
    app::App,
    officers::session::Officer,
    problem::Problem,
    record::{
        files,
        import::{DryRun, Good, Known, Progress, dry_run},
        units,
    },
};

/// Looks at the list in the background; answers how far that is after a moment, which is all of it for most lists.
pub async fn begin(
    app: &App,
    officer: &Officer,
    name: &str,
    bytes: Bytes,
    room: tokio::sync::OwnedSemaphorePermit,
) -> Result<ImportView, Problem> {
    let sent = Sent { staff: officer.staff.id, file: name.to_owned(), bytes };
    let token = app.officers()?.imports.keep(sent, room, app.clock.now())?;
    let (work, name) = (app.clone(), token.clone());
    let reading = tokio::spawn(async move { read(&work, &name).await });
    super::desk::a_moment(reading).await;
    view(app, officer, &token)
}

/// The officer's import of that token as it stands.
pub fn view(app: &App, officer: &Officer, token: &str) -> Result<ImportView, Problem> {
    app.officers()?.imports.view(token, officer.staff.id, app.clock.now())
}

async fn read(app: &App, token: &str) {
    let Ok(officers) = app.officers() else { return };
    let imports = &officers.imports;
    let stage = match looked_at(app, token).await {
        Ok((found, _)) => Stage::Read(found.into()),
        Err(refusal) => Stage::Failed(None, refusal),
    };
    imports.turn_to(token, stage);
}

/// What is known by now, and the list as it is by that.
async fn looked_at(app: &App, token: &str) -> Result<(Found, DryRun), Text> {
    let imports = &app.officers().map_err(|problem| problem.sentence())?.imports;
    let (sent, progress) = imports.sent(token).ok_or_else(gone)?;
    // One list at a time: each may take hundreds of megabytes while it is read.
    let _turn = imports.turn().await;
    let known = known(app).await.map_err(|error| Problem::from(error).sentence())?;
    let read = spawn_blocking(move || dry_run(&sent.bytes, &sent.file, &known, &progress));
    let run = read.await.map_err(|error| Problem::internal(error).sentence())?;
    let run = run.map_err(|error| error.text())?;
    Ok((Found::of(&run), run))
}

async fn known(app: &App) -> Result<Known, StoreError> {
    Ok(Known {
        units: units(&app.profile),
        numbers: app.store.items().await?.into_iter().map(|item| item.number).collect(),
        rules: app.profile.record.rules,
        calendar: app.reports.calendar.clone(),
        now: app.clock.now(),
        simulated: app.demonstration,
    })
}

/// Imports what the dry run of that token found good.
pub async fn run(
    app: &App,
    officer: &Officer,
    token: &str,
    skip_faults: bool,
) -> Result<ImportView, Problem> {
    let imports = &app.officers()?.imports;
    let before = imports.view(token, officer.staff.id, app.clock.now())?;
    let Some(looked) = before.dry_run.filter(|_| before.state == ImportState::Read) else {
        return Err(Problem::new(Code::Conflict).with(Text::new(
            "该清单尚未校验完成，或已经导入；请重新上传。",
            "That list is not looked at yet, or it is imported already. Send it again.",
        )));
    };
    if looked.faults_total > 0 && !skip_faults {
        return Err(Problem::new(Code::Conflict).with(faults(looked.faults_total as usize)));
    }
    if looked.good == 0 {
        return Err(Problem::new(Code::Conflict).with(nothing()));
    }
    if !imports.start(token) {
        return Err(Problem::new(Code::Conflict));
    }
    let (work, who, name) = (app.clone(), officer.clone(), token.to_owned());
    let running = tokio::spawn(async move { carry_out(&work, &who, &name, skip_faults).await });
    super::desk::a_moment(running).await;
    view(app, officer, token)
}

async fn carry_out(app: &App, officer: &Officer, token: &str, skip_faults: bool) {
    let Ok(officers) = app.officers() else { return };
    let stage = match imported(app, officer, token, skip_faults).await {
        Ok(stage) => stage,
        Err(refusal) => Stage::Failed(None, refusal),
    };
    officers.imports.turn_to(token, stage);
}

/// An issue that the list brings as closed counts in the closure rate without a check in this ledger.
fn is_closed(row: &Good) -> bool {
    let closed =
        |body: &Body| matches!(body, Body::CarriedOver { stage: rectification::Stage::Closed, .. });
    row.events.iter().any(|event| closed(&event.body))
}

fn closed_elsewhere() -> Text {
    Text::new(
        "清单中有“已销号”的问题：须由同时有台账录入和销号权限的人员导入，或改为未销号的状态。",
        "The list holds closed issues: they are imported by somebody who may also strike off, or with another state.",
    )
}

async fn imported(
    app: &App,
    officer: &Officer,
    token: &str,
    skip_faults: bool,
) -> Result<Stage, Text> {
    let (found, run) = looked_at(app, token).await?;
    // The ledger may have grown since: a number that was free then may be in use now.
    if found.faults_total > 0 && !skip_faults {
        let refusal = faults(found.faults_total);
        return Ok(Stage::Failed(Some(found.into()), refusal));
    }
    if run.good.is_empty() {
        return Ok(Stage::Failed(Some(found.into()), nothing()));
    }
    if !officer.roles.may(Permission::StrikeOff) && run.good.iter().any(is_closed) {
        return Ok(Stage::Failed(Some(found.into()), closed_elsewhere()));
    }
    let imports = &app.officers().map_err(|problem| problem.sentence())?.imports;
    let (sent, progress) = imports.sent(token).ok_or_else(gone)?;
    let (issues, skipped) = (run.good.len(), run.rows - run.good.len());
    let events = run.into_events();
    let count = events.len();
    let facts = serde_json::json!({ "rows": found.rows, "skipped": skipped, "events": count,
        "sha256": hex(&sha256(&sent.bytes)) });
    let entry = NewAudit {
        at: app.clock.now(),
        staff: Some(officer.staff.id),
        action: "items_imported".to_owned(),
        subject: sent.file.clone(),
        version: None,
        body: facts.to_string(),
    };
    progress.begin(count + issues);
    let told = {
        let progress = progress.clone();
        move || Progress::step(&progress)
    };
    let by = &officer.staff.display_name;
    match app.store.record_many(events, by, vec![entry], told).await {
        Ok(items) => Ok(Stage::Imported(found.into(), items, count)),
        Err(StoreError::ItemNumberInUse(number)) => Ok(Stage::Failed(
            Some(found.into()),
            Text::new(
                format!("编号 {number} 刚被他人登记，未导入任何内容；请重新校验。"),
                format!(
                    "Somebody has just recorded {number}; nothing was imported. Look at the list again."
                ),
            ),
        )),
        Err(error) => Err(Problem::from(error).sentence()),
    }
}

/// Everything that is wrong, as CSV.
pub fn faults_csv(
    app: &App,
    officer: &Officer,
    token: &str,
    lang: Lang,
) -> Result<Vec<u8>, Problem> {
    let faults = app.officers()?.imports.faults(token, officer.staff.id, app.clock.now())?;
    let mut out = files::table(&["行 row", "列 column", "内容 value", "原因 reason"])
        .map_err(Problem::internal)?;
    for fault in &faults.faults {
        let row =
            [fault.row.to_string().as_str(), &fault.column, &fault.value, fault.reason.get(lang)]
                .map(files::cell);
        out.write_record(row).map_err(Problem::internal)?;
    }
    files::finished(out).map_err(Problem::internal)
}

fn faults(total: usize) -> Text {
    Text::new(
        format!("清单有 {total} 处错误，未导入任何内容；请改正后重新上传，或选择跳过有误的行。"),
        format!(
            "{total} things are wrong, so nothing was imported. Correct them, or choose to leave those rows out."
        ),
    )
}

fn nothing() -> Text {
    Text::new("没有可以导入的行。", "No row can be imported.")
}

fn gone() -> Text {
    Text::new("清单已失效，请重新上传。", "The list is no longer kept. Send it again.")
}
