//! What the public sees of a case, or would see.

use contract::{public::Place, report::PublishedReport};
use domain::{
    Text,
    period::beijing_day,
    place::Point,
    privacy::{
        cells::{Cell, Exposure, Level},
        mask,
    },
};
use store::{PhotoState, Publication, ReportRow};

use super::{file::CaseFile, similar};
use crate::{
    cases::shown_id,
    officers::names::Names,
    reports::{cells, district},
};

/// The public copy: as it is shown, or as it would be if it were published now without a change.
pub fn preview(names: &Names<'_>, file: &CaseFile) -> PublishedReport {
    let (report, standing) = (&file.report, &file.report.standing);
    let copy = standing.public.as_ref().filter(|_| standing.publication == Publication::Published);
    let masked = || mask(report.told.text.as_deref().unwrap_or_default());
    let cell = match copy {
        Some(copy) => copy.cell.and_then(cells::on_grid),
        None => would_be(names, file),
    };
    PublishedReport {
        public_id: shown_id(&report.public_id),
        category: report.category.clone(),
        category_name: names.category(&report.category),
        text: Some(copy.map_or_else(masked, |copy| copy.text.clone())),
        state: standing.state,
        finding: standing.finding,
        reason: public_reason(file),
        department: standing.department.as_deref().and_then(|key| names.department(key)).cloned(),
        received: beijing_day(report.received),
        updated: beijing_day(copy.map_or(report.changed, |copy| copy.changed)),
        place: cell.map(|cell| centre(names, cell)),
        cell_m: cell.map(|cell| cell.level.metres()),
        street: report.told.street.as_deref().map(|code| names.street(code)),
        photos: photos(file),
        followers: u32::try_from(file.links.len()).unwrap_or(u32::MAX),
        simulated: report.simulated,
    }
}

/// Why officers may not publish it: who reported it said so, or its kind is never public.
pub fn objection(report: &ReportRow) -> Option<Text> {
    match report.standing.publication {
        Publication::HiddenByHolder => Some(Text::new(
            "举报人不同意公开本件。",
            "Whoever reported this does not want it public.",
        )),
        Publication::Never => Some(Text::new(
            "此类线索一律不公开，以保护举报人。",
            "Reports of this kind are never public, to protect whoever gave them.",
        )),
        _ => None,
    }
}

/// The cell of a place that is nobody's home. That of one that may be is decided together with others' on the day
/// after, so that it cannot be told beforehand.
fn would_be(names: &Names<'_>, file: &CaseFile) -> Option<Cell> {
    let at = similar::point(file.report.told.place?)?;
    let level = match names.exposure(&file.report) {
        Exposure::Fine => Level::M50,
        Exposure::Coarse => Level::M500,
        Exposure::FromHome => return None,
    };
    Some(names.grid.cell(at, level))
}

fn centre(names: &Names<'_>, cell: Cell) -> Place {
    let centre = names.grid.centre(cell);
    Point::new(centre.lon, centre.lat).map_or(Place { lon: 0.0, lat: 0.0 }, district::place)
}

/// The reason of the last change, where that is told to the public.
fn public_reason(file: &CaseFile) -> Option<String> {
    let told = file.events.iter().rev().find(|event| event.event.kind.is_told())?;
    let message = told.event.body.message.as_ref()?;
    let reason = file.reason(message.number).filter(|reason| reason.to_reporter)?;
    reason.text.as_deref().map(mask)
}

/// Photos that are among what is or will be published, by address relative to the base.
fn photos(file: &CaseFile) -> Vec<String> {
    let published = file.photos.iter().filter(|photo| photo.photo.state == PhotoState::Published);
    let named = published.filter_map(|photo| photo.photo.public_name.as_deref());
    named.map(|name| format!("photos/{name}.jpg")).collect()
}
