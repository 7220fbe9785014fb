//! What may be asked of published reports; a wrong value is named with what would be allowed.

use contract::public::Place;
use domain::{
    Text,
    period::day_start,
    privacy::cells::{Grid, Level, Point as GridPoint},
    report::State,
};
use jiff::{ToSpan, civil::Date};
use serde::Deserialize;
use store::{CellRange, PublishedFilter};

use crate::{
    problem::Problem,
    query::unknown,
    reports::district::{self, District},
};

/// The raw parameters.
#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PublishedParams {
    /// Keys of categories, separated by commas.
    #[param(example = "air_odour")]
    pub category: Option<String>,
    /// `open`, `closed`, or keys of states, separated by commas.
    pub status: Option<String>,
    /// The code of a street. What is reported from home is left out: not even its street is public.
    pub street: Option<String>,
    /// Received on this day or later, Beijing time.
    pub from: Option<String>,
    /// Received on this day or earlier, Beijing time.
    pub to: Option<String>,
    /// West, south, east, north in degrees: reports whose public cell touches the rectangle.
    pub bbox: Option<String>,
    /// Words of the public text.
    pub q: Option<String>,
    /// The page, from 1. Default: 1.
    pub page: Option<u32>,
    /// The language of names, and of the addresses in files.
    pub lang: Option<String>,
}

impl PublishedParams {
    /// The conditions asked for.
    ///
    /// # Errors
    ///
    /// The first parameter that is not valid.
    pub fn filter(&self, district: &District, grid: &Grid) -> Result<PublishedFilter, Problem> {
        let mut filter = PublishedFilter {
            states: states(self.status.as_deref())?,
            categories: categories(self.category.as_deref(), district)?,
            from: day("from", self.from.as_deref())?.map(day_start),
            to: day("to", self.to.as_deref())?.map(|day| day_start(day.saturating_add(1.days()))),
            cells: bbox(self.bbox.as_deref(), grid)?,
            text: self.q.clone(),
            ..PublishedFilter::default()
        };
        if let Some(code) = given(self.street.as_deref()) {
            narrow_to_street(&mut filter, code, district)?;
        }
        Ok(filter)
    }
}

fn given(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

fn states(asked: Option<&str>) -> Result<Vec<State>, Problem> {
    let Some(asked) = given(asked) else { return Ok(Vec::new()) };
    let mut states = Vec::new();
    for key in asked.split(',').map(str::trim) {
        match (key, State::from_key(key)) {
            ("open", _) => states.extend(State::ALL.iter().filter(|state| state.is_open())),
            // `closed` is a state and also a word for all that are not open.
            ("closed", _) => states.extend(State::ALL.iter().filter(|state| !state.is_open())),
            (_, Some(state)) => states.push(state),
            _ => {
                let keys = State::ALL.iter().map(|state| state.key().to_owned());
                let allowed = std::iter::once("open".to_owned()).chain(keys).collect();
                return Err(Problem::parameter("status", unknown(key), allowed));
            }
        }
    }
    Ok(states)
}

fn categories(asked: Option<&str>, district: &District) -> Result<Vec<String>, Problem> {
    let Some(asked) = given(asked) else { return Ok(Vec::new()) };
    let keys = asked.split(',').map(|key| {
        let key = key.trim();
        if district.category(key).is_some() {
            return Ok(key.to_owned());
        }
        let allowed = district.categories.iter().map(|category| category.key.clone()).collect();
        Err(Problem::parameter("category", unknown(key), allowed))
    });
    keys.collect()
}

/// A street narrows a list only for what is not reported from home.
fn narrow_to_street(
    filter: &mut PublishedFilter,
    code: &str,
    district: &District,
) -> Result<(), Problem> {
    if district.street(code).is_none() {
        let allowed = district.streets.iter().map(|street| street.code.clone()).collect();
        return Err(Problem::parameter("street", unknown(code), allowed));
    }
    filter.streets = vec![code.to_owned()];
    let asked = std::mem::take(&mut filter.categories);
    let away = district.categories.iter().filter(|category| !category.from_home);
    let away = away.filter(|category| asked.is_empty() || asked.contains(&category.key));
    filter.categories = away.map(|category| category.key.clone()).collect();
    if filter.categories.is_empty() {
        // Nothing is asked for that a street could narrow: no report has this number.
        filter.public_ids = vec![String::new()];
    }
    Ok(())
}

fn day(name: &'static str, text: Option<&str>) -> Result<Option<Date>, Problem> {
    let Some(text) = given(text) else { return Ok(None) };
    let day = text.parse().map_err(|_malformed| {
        Problem::parameter(name, unknown(text), vec!["2026-11-27".to_owned()])
    })?;
    Ok(Some(day))
}

fn bbox(text: Option<&str>, grid: &Grid) -> Result<Vec<CellRange>, Problem> {
    let Some(text) = given(text) else { return Ok(Vec::new()) };
    let malformed = || {
        let forms = vec!["106.45,29.45,106.55,29.55".to_owned()];
        let detail = Text::new(
            format!("“{}”不是西、南、东、北四个经纬度", text.chars().take(60).collect::<String>()),
            "give west, south, east and north in degrees, separated by commas",
        );
        Problem::parameter("bbox", detail, forms)
    };
    let numbers: Vec<f64> =
        text.split(',').map_while(|number| number.trim().parse().ok()).collect();
    let [west, south, east, north] = numbers[..] else { return Err(malformed()) };
    let corner = |lon, lat| district::point(Place { lon, lat }).ok_or_else(malformed);
    let (low, high) = (corner(west, south)?, corner(east, north)?);
    if low.lon > high.lon || low.lat > high.lat {
        return Err(malformed());
    }
    let at = |point: domain::place::Point| GridPoint { lon: point.lon, lat: point.lat };
    Ok(ranges(grid, at(low), at(high)))
}

/// The cells of every size that touch a rectangle.
pub fn ranges(grid: &Grid, low: GridPoint, high: GridPoint) -> Vec<CellRange> {
    let range = |level: Level| {
        let (low, high) = (grid.cell(low, level), grid.cell(high, level));
        CellRange {
            level_m: level.metres(),
            x: i64::from(low.x)..=i64::from(high.x),
            y: i64::from(low.y)..=i64::from(high.y),
        }
    };
    Level::ALL.into_iter().map(range).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Profile;

    fn filter(change: impl FnOnce(&mut PublishedParams)) -> Result<PublishedFilter, Problem> {
        let profile = Profile::demonstration().unwrap();
        let grid = profile.reports.territory(profile.bounds).grid();
        let mut params = PublishedParams::default();
        change(&mut params);
        params.filter(&profile.reports, &grid)
    }

    #[test]
    fn what_is_not_asked_does_not_narrow() {
        assert_eq!(filter(|_| {}).unwrap(), PublishedFilter::default());
        let blank = filter(|p| (p.category, p.bbox) = (Some(String::new()), Some(" ".into())));
        assert_eq!(blank.unwrap(), PublishedFilter::default());
    }

    #[test]
    fn open_and_closed_stand_for_states() {
        let open = filter(|p| p.status = Some("open".into())).unwrap().states;
        let closed = filter(|p| p.status = Some("closed".into())).unwrap().states;
        assert_eq!(open.len() + closed.len(), State::ALL.len());
        assert!(open.contains(&State::Submitted) && closed.contains(&State::Closed));
    }

    #[test]
    fn a_day_counts_whole() {
        let filter = filter(|p| {
            (p.from, p.to) = (Some("2026-11-20".into()), Some("2026-11-20".into()));
        });
        let filter = filter.unwrap();
        let length = filter.to.unwrap().duration_since(filter.from.unwrap());
        assert_eq!(length.as_hours(), 24);
    }

    #[test]
    fn a_street_leaves_out_what_is_reported_from_home() {
        let erlang = |category: Option<&str>| {
            let category = category.map(str::to_owned);
            filter(|p| (p.street, p.category) = (Some("erlang".into()), category)).unwrap()
        };
        let all = erlang(None);
        assert!(all.categories.contains(&"dust_site".to_owned()));
        assert!(!all.categories.contains(&"noise".to_owned()));
        assert_eq!(erlang(Some("noise")).public_ids, [""]);
    }

    #[test]
    fn wrong_values_are_named() {
        let wrong: [fn(&mut PublishedParams); 6] = [
            |p| p.category = Some("air_odour,nothing".into()),
            |p| p.status = Some("lost".into()),
            |p| p.street = Some("nowhere".into()),
            |p| p.from = Some("yesterday".into()),
            |p| p.bbox = Some("1,2,3".into()),
            |p| p.bbox = Some("107,29,106,30".into()),
        ];
        for change in wrong {
            assert_eq!(filter(change).unwrap_err().code(), contract::problem::Code::BadParameter);
        }
    }
}
