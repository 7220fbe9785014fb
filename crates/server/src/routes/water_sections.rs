//! `GET api/v1/water/sections` and `GET api/v1/water/sections/{code}`.

use axum::{extract::State, response::Response};
use contract::{
    problem::{Code, Problem as ProblemBody},
    public::{MonthClass, Section, Sections, StationKind},
};
use domain::{period::day_start, water::WaterClass};

use super::{known, latest::station_now, moving};
use crate::{
    app::App,
    extract::{Headers, StationCode},
    history::{self, grid::Range, steps::whole_months},
    load,
    problem::Problem,
    profile::StationProfile,
    work::work,
};

/// Months shown of a section.
const MONTHS: i32 = 24;

/// Every section with its newest evaluation, by river and code.
#[utoipa::path(get, path = "/api/v1/water/sections", tag = "water",
    responses((status = 200, body = Sections)))]
pub async fn sections(
    State(app): State<App>,
    Headers(headers): Headers,
) -> Result<Response, Problem> {
    moving(&app, &headers, "sections", || all_sections(&app)).await
}

/// The list as it is now.
pub async fn all_sections(app: &App) -> Result<Sections, Problem> {
    let now = app.clock.now();
    let all = load::all_stations(app).await?;
    let water: Vec<_> = all.iter().filter(|(s, _)| s.kind == StationKind::Water).collect();
    let mut sections: Vec<_> =
        water.iter().map(|(station, data)| data.brief(station, None, now)).collect();
    sections.sort_by(|a, b| {
        let river = |s: &contract::public::Station| s.water.as_ref().map(|w| w.water.en.clone());
        (river(&a.station), &a.station.code).cmp(&(river(&b.station), &b.station.code))
    });
    let mut by_class = vec![0; WaterClass::ALL.len() + 1];
    for section in &sections {
        let class = section.water.as_ref().and_then(|state| state.class);
        by_class[class.map_or(WaterClass::ALL.len(), |class| usize::from(class.number()) - 1)] += 1;
    }
    let simulated = water.iter().any(|(_, data)| data.is_simulated());
    Ok(Sections { meta: app.meta(simulated), sections, by_class })
}

/// One section with its newest evaluation and the classes of its months.
#[utoipa::path(get, path = "/api/v1/water/sections/{code}", tag = "water",
    params(("code" = String, Path, description = "The section's code, e.g. `A500107_0001`")),
    responses((status = 200, body = Section), (status = 404, body = ProblemBody)))]
pub async fn section(
    State(app): State<App>,
    StationCode(code): StationCode,
    Headers(headers): Headers,
) -> Result<Response, Problem> {
    let station = known(&app, &code)?;
    if station.kind != StationKind::Water {
        return Err(Problem::new(Code::NotFound));
    }
    moving(&app, &headers, format!("section/{code}"), || section_now(&app, station)).await
}

/// The section as it is now.
pub async fn section_now(app: &App, station: &StationProfile) -> Result<Section, Problem> {
    let now = station_now(app, station, None).await?;
    Ok(Section { now, months: months(app, station).await? })
}

async fn months(app: &App, station: &StationProfile) -> Result<Vec<MonthClass>, Problem> {
    let Some(site) = &station.water else { return Ok(Vec::new()) };
    let now = app.clock.now();
    let version = app.versions.any();
    if let Some(months) = app.months.get(&station.code, version) {
        return Ok(months);
    }
    let first = domain::period::beijing_day(now)
        .first_of_month()
        .checked_sub(jiff::Span::new().months(MONTHS - 1))
        .unwrap_or(jiff::civil::Date::MIN);
    let range = whole_months(Range { from: day_start(first), to: now });
    let (samples, _) = load::samples(app, station, range).await?;
    let (site, interval) = (site.clone(), station.expected_interval_s);
    let count = move || history::water::months(&samples, &site, interval, now, MONTHS);
    let months = work(app, count).await?;
    app.months.keep(station.code.clone(), version, months.clone());
    Ok(months)
}
