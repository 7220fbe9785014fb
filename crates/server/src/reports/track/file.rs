//! Everything that is kept of one report, read at once.

use contract::problem::Code;
use domain::report::{ActorRole, CaseFacts, EventKind};
use jiff::Timestamp;
use store::{
    Message, Publication, ReportEvent, ReportPhoto, ReportRow, RewardRow, StoreError, View,
};

use crate::{app::App, problem::Problem};

/// One report on one snapshot of the database.
#[derive(Debug, Clone)]
pub struct File {
    /// The report.
    pub report: ReportRow,
    /// What happened, oldest first.
    pub events: Vec<ReportEvent>,
    /// Texts, oldest first.
    pub messages: Vec<Message>,
    /// Photos.
    pub photos: Vec<ReportPhoto>,
    /// The award, once there is one.
    pub reward: Option<RewardRow>,
    /// Whether a sealed contact is kept.
    pub contact: bool,
}

impl File {
    /// The report with that id.
    pub(super) async fn read(app: &App, id: &str) -> Result<Self, Problem> {
        let id = id.to_owned();
        let file = app.store.look(move |view| {
            let Some(report) = view.report(&id)? else { return Ok(None) };
            Self::of(view, report).map(Some)
        });
        file.await?.ok_or_else(|| Problem::new(Code::UnknownCode))
    }

    /// The file of `report` as `view` sees it.
    pub(in crate::reports) fn of(view: &View<'_>, report: ReportRow) -> Result<Self, StoreError> {
        let id = report.id.as_str();
        Ok(Self {
            events: view.report_events(id)?,
            messages: view.report_messages(id)?,
            photos: view.report_photos(id)?,
            reward: view.reward(id)?,
            contact: view.has_contact(id)?,
            report,
        })
    }

    /// What the rules need to know.
    pub(in crate::reports) fn facts(&self) -> CaseFacts {
        let standing = &self.report.standing;
        CaseFacts {
            state: standing.state,
            department: standing.department.is_some(),
            evidence: self.events.iter().any(|kept| {
                kept.event.kind == EventKind::EvidenceAdded
                    && kept.event.actor == ActorRole::Officer
            }),
            question_open: self.question_open(),
            published: standing.publication == Publication::Published,
            identity: self.contact,
            extended: false,
            closed_at: self.last(EventKind::Closed),
        }
    }

    /// The holder was asked after they last answered.
    pub(super) fn question_open(&self) -> bool {
        self.last(EventKind::Asked) > self.last(EventKind::Answered)
    }

    fn last(&self, kind: EventKind) -> Option<Timestamp> {
        self.events.iter().rev().map(|kept| &kept.event).find(|e| e.kind == kind).map(|e| e.at)
    }
}
