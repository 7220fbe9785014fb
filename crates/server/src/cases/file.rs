//! Everything that is kept of one report, read at once.

use store::{Message, ReportEvent, ReportPhoto, ReportRow, RewardRow, StoreError, View};

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
    pub identity: bool,
}

impl File {
    /// The file of `report` as `view` sees it.
    pub fn of(view: &View<'_>, report: ReportRow) -> Result<Self, StoreError> {
        let id = report.id.as_str();
        Ok(Self {
            events: view.report_events(id)?,
            messages: view.report_messages(id)?,
            photos: view.report_photos(id)?,
            reward: view.reward(id)?,
            identity: view.has_contact(id)?,
            report,
        })
    }

    /// The reason that the message with that number is, while it is kept.
    pub fn reason(&self, number: u32) -> Option<&Message> {
        let message = self.messages.iter().find(|message| message.number == number)?;
        (message.kind == "reason").then_some(message)
    }
}
