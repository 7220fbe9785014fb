//! Published reports as the public reads them. Lists, files, feeds and Open311 all come through here: what this module
//! does not give out is not public.

pub mod atom;
pub mod files;
pub mod near;
pub mod query;

use contract::{
    public::Place,
    report::{PublishedReport, Step},
};
use domain::{Text, period::beijing_day, privacy::mask, report::PublicId};
use jiff::Timestamp;
use store::{Page, PublishedFilter, PublishedStep};

use super::{
    cells,
    district::{self, District},
};
use crate::{app::App, cases::shown_id, problem::Problem};

/// Reports of one page.
pub const PAGE_SIZE: u32 = 20;

/// A page of what `filter` lets through, and how many there are; pages count from 1.
///
/// # Errors
///
/// When the store cannot answer.
pub async fn page(
    app: &App,
    filter: PublishedFilter,
    page: u32,
    size: u32,
) -> Result<(Vec<PublishedReport>, u64), Problem> {
    let page = Page { number: page.saturating_sub(1), size };
    let found = app.store.published_reports(filter, page).await?;
    Ok((found.reports.into_iter().map(|report| shown(app, report)).collect(), found.total))
}

/// The published report with that number, and its course.
///
/// # Errors
///
/// When the store cannot answer.
pub async fn one(
    app: &App,
    number: &PublicId,
) -> Result<Option<(PublishedReport, Vec<Step>)>, Problem> {
    let Some(found) = app.store.published_report(number.as_str()).await? else { return Ok(None) };
    let course = app.store.published_course(number.as_str()).await?;
    Ok(Some((shown(app, found), steps(app, course))))
}

/// Whether nothing finer than days and large cells may be told of reports of that category.
pub fn from_home(district: &District, category: &str) -> bool {
    district.category(category).is_none_or(|category| category.from_home)
}

/// A report with what no interface may tell left out. Personal data is masked again, whoever wrote the text; of what is
/// reported from home not even the street is named.
pub fn decent(district: &District, report: store::PublishedReport) -> store::PublishedReport {
    let home = from_home(district, &report.category);
    store::PublishedReport {
        text: mask(&report.text),
        note: report.note.as_deref().map(mask),
        street: report.street.filter(|_| !home),
        ..report
    }
}

/// One report; a place is the middle of its cell.
pub fn shown(app: &App, report: store::PublishedReport) -> PublishedReport {
    let district = &app.profile.reports;
    let report = decent(district, report);
    let category = district.category(&report.category);
    let cell = report.cell.and_then(cells::on_grid);
    let street = report.street.as_deref();
    PublishedReport {
        public_id: shown_id(&report.public_id),
        category_name: category
            .map_or_else(|| Text::new(&report.category, &report.category), |c| c.name.clone()),
        text: Some(report.text).filter(|text| !text.trim().is_empty()),
        state: report.state,
        finding: report.finding,
        reason: report.note,
        department: report.department.as_deref().and_then(|key| district.department(key)).cloned(),
        received: beijing_day(report.at),
        updated: beijing_day(report.changed),
        place: cell.map(|cell| middle(app, cell)),
        cell_m: cell.map(|cell| cell.level.metres()),
        street: street.and_then(|code| district.street(code)).map(|street| street.name.clone()),
        photos: report.photos.iter().map(|photo| address(&photo.name)).collect(),
        followers: report.followers,
        simulated: report.simulated || app.demonstration,
        category: report.category,
    }
}

fn middle(app: &App, cell: domain::privacy::cells::Cell) -> Place {
    let centre = app.reports.grid.centre(cell);
    district::place(domain::place::Point { lon: centre.lon, lat: centre.lat })
}

/// Where a published photo is handed out, relative to the base.
pub(crate) fn address(name: &str) -> String {
    let extension = if name.ends_with(".jpg") { "" } else { ".jpg" };
    format!("photos/{name}{extension}")
}

/// The public course: days, not hours, and no reasons that were meant for the reporter.
fn steps(app: &App, course: Vec<PublishedStep>) -> Vec<Step> {
    let mut state = domain::report::State::Submitted;
    let steps = course.into_iter().map(|step| {
        let action = step.kind.action();
        if let Some(next) = action.and_then(|action| state.apply(action).ok()) {
            state = next;
        }
        Step {
            at: day_of(step.at),
            action,
            state,
            reason: None,
            department: step
                .department
                .as_deref()
                .and_then(|key| app.profile.reports.department(key))
                .cloned(),
        }
    });
    steps.collect()
}

fn day_of(at: Timestamp) -> Timestamp {
    domain::period::day_start(beijing_day(at))
}
