//! A report as its claim code shows it. What officers noted for each other is not in it, nor who they are.

use contract::report::{Message, Step, Tracked};
use domain::{
    Text,
    report::{Event, State, not_fixed_until},
};
use store::{ReportEvent, Sender};

use super::{holder::Holding, reward};
use crate::{
    app::App,
    cases::{File, last_day, publication, shown_id},
};

/// The whole view.
pub(super) fn tracked(app: &App, file: &File, holding: &Holding<'_>) -> Tracked {
    let (report, standing) = (&file.report, &file.report.standing);
    let course = course(app, file);
    Tracked {
        meta: app.meta(report.simulated),
        public_id: shown_id(&report.public_id),
        version: u64::from(report.version),
        category: report.category.clone(),
        text: report.told.text.clone().unwrap_or_default(),
        photos: photos(file, None),
        state: standing.state,
        finding: standing.finding,
        reason: course.iter().rev().find_map(|step| step.reason.clone()),
        department: standing.department.as_deref().and_then(|key| department(app, key)),
        received: report.received,
        due: standing.due.filter(|_| standing.state.is_open()).map(last_day),
        contest_until: standing
            .closed
            .filter(|_| standing.state == State::Closed)
            .map(not_fixed_until),
        course,
        messages: messages(file),
        publication: publication(standing.publication),
        reward: reward::shown(file, &app.profile.reports.reward),
        actions: holding.offered(),
    }
}

fn department(app: &App, key: &str) -> Option<Text> {
    app.profile.reports.department(key).cloned()
}

fn course(app: &App, file: &File) -> Vec<Step> {
    let mut state = State::Submitted;
    let mut steps = Vec::new();
    for ReportEvent { event, .. } in &file.events {
        let action = event.kind.action();
        // A history that could not have happened is found by its verification, not here.
        state = action.and_then(|kind| state.apply(kind).ok()).unwrap_or(state);
        if event.kind.is_told() {
            steps.push(Step {
                at: event.at,
                action,
                state,
                reason: reason(file, event),
                department: event.body.department.as_deref().and_then(|key| department(app, key)),
            });
        }
    }
    steps
}

/// The reason that the reporter is told with a step.
fn reason(file: &File, event: &Event) -> Option<String> {
    let reason = file.reason(event.body.message.as_ref()?.number)?;
    reason.text.clone().filter(|_| reason.to_reporter)
}

/// Questions and answers; reasons stand in the course.
fn messages(file: &File) -> Vec<Message> {
    let told = file.messages.iter().filter(|m| m.to_reporter && m.kind != "reason");
    let shown = told.filter_map(|message| {
        Some(Message {
            at: message.at,
            from_holder: message.sender == Sender::Reporter,
            text: message.text.clone()?,
            photos: photos(file, Some(message.number)),
        })
    });
    shown.collect()
}

/// Photos that came with a message, or with the report itself.
fn photos(file: &File, message: Option<u32>) -> u32 {
    let of = |photo: &&store::ReportPhoto| photo.message == message;
    let of_sender =
        |photo: &&store::ReportPhoto| message.is_some() || photo.sender == Sender::Reporter;
    u32::try_from(file.photos.iter().filter(of).filter(of_sender).count()).unwrap_or(u32::MAX)
}
