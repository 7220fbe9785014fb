//! Everything that is kept of one case, read at once.

use contract::problem::Code;
use domain::report::PublicId;
use store::{
    Message, ReportEvent, ReportLink, ReportPhoto, ReportRow, RewardRow, StoreError, View,
};

use crate::{app::App, officers::session::Officer, problem::Problem};

/// One case on one snapshot of the database.
#[derive(Clone)]
pub struct CaseFile {
    /// The report.
    pub report: ReportRow,
    /// What happened, oldest first.
    pub events: Vec<ReportEvent>,
    /// Texts.
    pub messages: Vec<Message>,
    /// Photos.
    pub photos: Vec<ReportPhoto>,
    /// Links in force.
    pub links: Vec<ReportLink>,
    /// A sealed contact is kept.
    pub identity: bool,
    /// The award, once there is one.
    pub reward: Option<RewardRow>,
    /// Display name of the officer it is given to.
    pub assignee: Option<String>,
}

impl CaseFile {
    /// What is kept of `report`.
    pub fn read(view: &View<'_>, report: &ReportRow) -> Result<Self, StoreError> {
        let id = &report.id;
        let assignee = match report.standing.assignee {
            Some(number) => view.staff(number)?.map(|staff| staff.display_name),
            None => None,
        };
        Ok(Self {
            events: view.report_events(id)?,
            messages: view.report_messages(id)?,
            photos: view.report_photos(id)?,
            links: view.report_links(id)?,
            identity: view.has_contact(id)?,
            reward: view.reward(id)?,
            assignee,
            report: report.clone(),
        })
    }

    /// The text of a message, while it is kept.
    pub fn text_of(&self, number: u32) -> Option<&str> {
        let message = self.messages.iter().find(|message| message.number == number)?;
        message.text.as_deref()
    }
}

/// The stored form of a number as somebody wrote it, or 404.
pub fn stored_id(public_id: &str) -> Result<String, Problem> {
    let parsed = PublicId::parse(public_id).map_err(|_malformed| Problem::new(Code::NotFound))?;
    Ok(parsed.as_str().to_owned())
}

/// The report with that number if `officer` may see it, or 404: an officer of a department is not told of others'.
pub async fn found(app: &App, officer: &Officer, public_id: &str) -> Result<ReportRow, Problem> {
    let report = app.store.report_by_public_id(&stored_id(public_id)?).await?;
    let report = report.filter(|report| sees(officer, report));
    report.ok_or_else(|| Problem::new(Code::NotFound))
}

/// Whether the report is among those that the officer sees.
pub fn sees(officer: &Officer, report: &ReportRow) -> bool {
    let own = officer.staff.department.as_ref();
    own.is_none_or(|own| report.standing.department.as_ref() == Some(own))
}
