//! `GET requests.csv`: the draft "GeoReport Bulk Data Specification" of the authors of Open311, with its columns in its order.

use jiff::Timestamp;
use store::PublishedReport;

use super::{fault::Refusal, filter::Asked, params::Params, requests, value::decimal, wording};
use crate::{app::App, problem::Problem, reports::published::files::harmless};

const COLUMNS: [&str; 14] = [
    "service_request_id",
    "requested_datetime",
    "updated_datetime",
    "closed_date",
    "status_description",
    "status_notes",
    "source",
    "service_name",
    "service_subtype",
    "description",
    "agency_responsible",
    "address",
    "lat",
    "long",
];

/// The list as CSV by RFC 4180: all that the filters let through, unless a page is asked for.
pub(super) async fn csv(app: &App, params: &Params, now: Timestamp) -> Result<Vec<u8>, Refusal> {
    let mut asked = Asked::read(app, params, now)?;
    if params.all("page_size").next().is_none() && params.all("page").next().is_none() {
        asked.page = store::Page::ALL;
    }
    let (reports, _) = requests::found(app, &asked).await?;
    write(app, &reports).map_err(|error| Problem::internal(error).into())
}

fn write(app: &App, reports: &[PublishedReport]) -> anyhow::Result<Vec<u8>> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
    for report in reports {
        writer.write_record(row(app, report))?;
    }
    Ok(writer.into_inner()?)
}

fn row(app: &App, report: &PublishedReport) -> [String; 14] {
    let category = requests::category(app, report);
    let point = requests::point(app, report);
    let degrees = |micro: Option<i32>| micro.map(decimal).unwrap_or_default();
    let changed = requests::date(app, report, report.changed);
    [
        report.public_id.clone(),
        requests::date(app, report, report.at),
        changed.clone(),
        if report.state.is_open() { String::new() } else { changed },
        report.state.open311().to_owned(),
        harmless(&wording::status_notes(report)),
        String::new(),
        category.map(|category| category.name.zh.clone()).unwrap_or_default(),
        category
            .map(|category| category.group.name(domain::Lang::Zh).to_owned())
            .unwrap_or_default(),
        harmless(&report.text),
        requests::agency(app, report.department.as_deref()),
        requests::address(app, report).unwrap_or_default(),
        degrees(point.map(|point| point.lat)),
        degrees(point.map(|point| point.lon)),
    ]
}
