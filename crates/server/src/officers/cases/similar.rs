//! Cases that may be the same problem.

use contract::officer::CaseLink;
use domain::{place, similarity::SimHash};
use jiff::{SignedDuration, Timestamp};
use store::{Bounds, Photo, Point, ReportPhoto, ReportRow, StoreError, View};

use super::{
    file::CaseFile,
    line::{self, Beside},
};
use crate::officers::names::Names;

/// How far away another case may be, in metres; residents are shown less.
const RADIUS_M: u32 = 1_000;
/// How long ago it may have been received.
const DAYS: i64 = 30;
/// Cases offered.
const MOST: usize = 10;
/// Cases looked at.
const LOOKED_AT: u32 = 200;
/// Micro-degrees of latitude in [`RADIUS_M`], rounded up.
const LATITUDES: i64 = 9_010;

/// Another case with its photos and links, before it has names.
pub struct Near {
    report: ReportRow,
    photos: Vec<ReportPhoto>,
    links: usize,
}

impl Near {
    /// The other case itself.
    pub const fn report(&self) -> &ReportRow {
        &self.report
    }
}

/// Cases of the same category within [`RADIUS_M`] in the last [`DAYS`], those linked already left out.
pub fn near(view: &View<'_>, file: &CaseFile, now: Timestamp) -> Result<Vec<Near>, StoreError> {
    let report = &file.report;
    let Some(at) = report.told.place else { return Ok(Vec::new()) };
    let since = now.checked_sub(SignedDuration::from_hours(24 * DAYS)).unwrap_or(Timestamp::MIN);
    let found = view.reports_near(&around(at), Some(&report.category), since, LOOKED_AT)?;
    let linked = |id: &str| file.links.iter().any(|link| link.report == id || link.other == id);
    let mut others: Vec<_> =
        found.into_iter().filter(|other| other.id != report.id && !linked(&other.id)).collect();
    others.retain(|other| distance(report, other).is_some_and(|metres| metres <= RADIUS_M));
    others.sort_by_key(|other| distance(report, other));
    others.truncate(MOST);
    others.into_iter().map(|other| read(view, other)).collect()
}

/// Cases linked with this one.
pub fn linked(view: &View<'_>, file: &CaseFile) -> Result<Vec<Near>, StoreError> {
    let id = &file.report.id;
    let mut others = Vec::new();
    for link in &file.links {
        let other = if link.report == *id { &link.other } else { &link.report };
        if let Some(other) = view.report(other)? {
            others.push(read(view, other)?);
        }
    }
    Ok(others)
}

fn read(view: &View<'_>, report: ReportRow) -> Result<Near, StoreError> {
    let (photos, links) = (view.report_photos(&report.id)?, view.report_links(&report.id)?.len());
    Ok(Near { report, photos, links })
}

/// The other case beside `file`, with how alike they are.
pub fn shown(names: &Names, file: &CaseFile, near: &Near, now: Timestamp) -> CaseLink {
    let beside = Beside {
        photos: u32::try_from(near.photos.len()).unwrap_or(u32::MAX),
        linked: u32::try_from(near.links).unwrap_or(u32::MAX),
        ..Beside::default()
    };
    let hashes = file.report.told.simhash.zip(near.report.told.simhash);
    CaseLink {
        line: line::with(names, &near.report, beside, now),
        distance_m: distance(&file.report, &near.report),
        text_distance: hashes.map(|(a, b)| SimHash(a).distance(SimHash(b))),
        photo_distance: photo_distance(&file.photos, &near.photos),
    }
}

fn photo_distance(ours: &[ReportPhoto], theirs: &[ReportPhoto]) -> Option<u32> {
    let looks = |photos: &[ReportPhoto]| -> Vec<u64> {
        let kept =
            photos.iter().map(|photo| &photo.photo).filter(|photo: &&Photo| photo.name.is_some());
        kept.map(|photo| photo.look).collect()
    };
    let (ours, theirs) = (looks(ours), looks(theirs));
    let pairs = ours.iter().flat_map(|a| theirs.iter().map(move |b| (a ^ b).count_ones()));
    pairs.min()
}

fn distance(one: &ReportRow, other: &ReportRow) -> Option<u32> {
    let (one, other) = one.told.place.zip(other.told.place)?;
    Some(point(one)?.metres_to(point(other)?))
}

/// The point as `domain` has it; `None` beyond the earth.
pub fn point(of: Point) -> Option<place::Point> {
    place::Point::new(i32::try_from(of.lon_micro).ok()?, i32::try_from(of.lat_micro).ok()?)
}

/// A rectangle that holds everything within [`RADIUS_M`]: twice as wide as high, enough up to 60° of latitude.
fn around(at: Point) -> Bounds {
    Bounds {
        lon_micro: at.lon_micro - 2 * LATITUDES..=at.lon_micro + 2 * LATITUDES,
        lat_micro: at.lat_micro - LATITUDES..=at.lat_micro + LATITUDES,
    }
}
