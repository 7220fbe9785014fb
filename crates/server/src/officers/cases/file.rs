//! Everything that is kept of one case, read at once.

use std::ops::Deref;

use contract::problem::Code;
use domain::report::PublicId;
use store::{ReportLink, ReportRow, StoreError, View};

use crate::{app::App, cases::File, officers::session::Officer, problem::Problem};

/// One case on one snapshot of the database: what is kept of the report, and what only officers see.
#[derive(Clone)]
pub struct CaseFile {
    file: File,
    /// Links in force.
    pub links: Vec<ReportLink>,
    /// Display name of the officer it is given to.
    pub assignee: Option<String>,
}

impl Deref for CaseFile {
    type Target = File;

    fn deref(&self) -> &File {
        &self.file
    }
}

impl CaseFile {
    /// What is kept of `report`.
    pub fn read(view: &View<'_>, report: &ReportRow) -> Result<Self, StoreError> {
        let assignee = match report.standing.assignee {
            Some(number) => view.staff(number)?.map(|staff| staff.display_name),
            None => None,
        };
        let links = view.report_links(&report.id)?;
        Ok(Self { file: File::of(view, report.clone())?, links, assignee })
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
