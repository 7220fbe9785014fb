//! `GET api/v1/stations/{code}/days`: a year's days by level.

use axum::{
    extract::State,
    http::{Extensions, HeaderMap},
    response::Response,
};
use contract::{
    problem::{Code, Problem as ProblemBody},
    public::{Days, IndexPoint, StationKind},
};
use domain::{
    Averaging, Item, Provenance, Text,
    air::IndexStandard,
    period::{beijing_day, day_start},
};
use jiff::{Timestamp, civil::Date};
use serde::Deserialize;

use super::{known, standing};
use crate::{
    app::App,
    edge::client,
    extract::{Params, StationCode},
    history::grid::Range,
    load,
    problem::Problem,
    profile::StationProfile,
    query,
    views::summary,
    work::work,
};

/// The first year a reader can ask for.
const FIRST_YEAR: i16 = 2000;

/// Which year, under which ruler.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DaysParams {
    /// A year; this one if absent.
    pub year: Option<i16>,
    /// A ruler's key; the edition in force on each day if absent.
    pub edition: Option<String>,
}

/// One air station's days of a year by level.
#[utoipa::path(get, path = "/api/v1/stations/{code}/days", tag = "air",
    params(("code" = String, Path, description = "The station's code"), DaysParams),
    responses((status = 200, body = Days), (status = 400, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 429, body = ProblemBody)))]
pub async fn days(
    State(app): State<App>,
    StationCode(code): StationCode,
    Params(params): Params<DaysParams>,
    headers: HeaderMap,
    extensions: Extensions,
) -> Result<Response, Problem> {
    let today = beijing_day(app.clock.now());
    app.series_rate.check(client(&app, &extensions, &headers), today)?;
    let station = known(&app, &code)?;
    let edition = query::edition(params.edition.as_deref())?;
    let year = year(params.year, &app)?;
    if station.kind != StationKind::Air {
        return Err(Problem::new(Code::NotFound));
    }
    let key = format!("days/{code}/{year}/{edition:?}");
    standing(&app, &headers, key, app.versions.past(), || of_year(&app, station, year, edition))
        .await
}

fn year(asked: Option<i16>, app: &App) -> Result<i16, Problem> {
    let this = beijing_day(app.clock.now()).year();
    let year = asked.unwrap_or(this);
    if (FIRST_YEAR..=this).contains(&year) {
        return Ok(year);
    }
    let text =
        Text::new(format!("年份 {year} 超出范围"), format!("the year {year} is out of range"));
    Err(Problem::parameter("year", text, vec![FIRST_YEAR.to_string(), this.to_string()]))
}

async fn of_year(
    app: &App,
    station: &StationProfile,
    year: i16,
    edition: Option<IndexStandard>,
) -> Result<Days, Problem> {
    let now = app.clock.now();
    let today = beijing_day(now);
    let from = Date::new(year, 1, 1).unwrap_or(today);
    let last = from.last_of_year().min(today);
    let end = last.tomorrow().unwrap_or(last);
    let range = Range { from: day_start(from), to: day_start(end) };
    let (place, provenance) = load::place_hours(app, &station.code, range).await?;
    let days: Vec<IndexPoint> = work(app, move || summary::days(&place, edition)).await?;
    // Today is not over: it has a place in the calendar, but is not counted.
    let over = if last == today { days.len().saturating_sub(1) } else { days.len() };
    let to = if last == today { today.yesterday().unwrap_or(today) } else { last };
    let count = summary::count(&days[..over], edition, from, to);
    let first_year = first_year(app, station, year).await?;
    Ok(Days {
        meta: app.meta(provenance == Provenance::Simulated),
        station: station.code.clone(),
        year,
        first_year,
        standard: edition,
        days,
        count,
    })
}

/// The year of the station's first hour; `year` where it has none.
async fn first_year(app: &App, station: &StationProfile, year: i16) -> Result<i16, Problem> {
    let from = day_start(Date::new(FIRST_YEAR, 1, 1).unwrap_or(Date::MIN));
    let range = Range { from, to: Timestamp::MAX };
    let version = app.versions.past();
    if let Some(first) = app.first_year.get(&station.code, version) {
        return Ok(first);
    }
    let (code, item) = (&station.code, Item::Pm25);
    let (points, _) = load::values(app, code, item, &[Averaging::Hour], range).await?;
    let first = points.first().map(|point| crate::history::grid::instant(point.start_s));
    let first = first.map_or(year, |at| beijing_day(at).year());
    app.first_year.keep(station.code.clone(), version, first);
    Ok(first)
}
