//! Parameters of requests, checked: a wrong one is named with what would be allowed.

use contract::public::Step;
use domain::{Item, Text, air::IndexStandard, period::day_start};
use jiff::{Timestamp, civil::Date};
use serde::Deserialize;

use crate::{
    history::grid::{DAY, shifted},
    problem::Problem,
};

/// The raw parameters of a history request.
#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SeriesParams {
    /// An item's key (e.g. `pm2_5`), or `aqi` (air), or `class` (water).
    #[param(example = "pm2_5")]
    pub item: Option<String>,
    /// Beginning of the range: RFC 3339, or a date for its first instant in Beijing time.
    /// Default: depends on `step`.
    pub from: Option<String>,
    /// End of the range, excluded: RFC 3339, or a date for its last instant in Beijing time.
    /// Default: now.
    pub to: Option<String>,
    /// `raw`, `hour`, `day` or `month`. Default: `hour` for air, `raw` for water.
    pub step: Option<String>,
    /// A ruler for `aqi` and for the levels. Default: the edition in force at each point.
    pub edition: Option<String>,
    /// Points wanted, 10 to 10,000; more are thinned to each bucket's lowest and highest.
    /// Default: 5,000.
    pub width: Option<usize>,
}

/// The ruler asked for; `None` is the edition in force.
pub(crate) fn edition(key: Option<&str>) -> Result<Option<IndexStandard>, Problem> {
    let Some(key) = key.filter(|key| !key.is_empty()) else { return Ok(None) };
    IndexStandard::from_key(key).map(Some).ok_or_else(|| {
        let allowed = IndexStandard::ALL.map(|standard| standard.key().to_owned()).to_vec();
        Problem::parameter("edition", unknown(key), allowed)
    })
}

/// The step asked for, `or` without one.
pub(crate) fn step(key: Option<&str>, or: Step) -> Result<Step, Problem> {
    let Some(key) = key else { return Ok(or) };
    Step::ALL
        .into_iter()
        .find(|step| step.key() == key)
        .ok_or_else(|| Problem::parameter("step", unknown(key), keys(&Step::ALL)))
}

/// Keys of steps.
pub(crate) fn keys(steps: &[Step]) -> Vec<String> {
    steps.iter().map(|step| step.key().to_owned()).collect()
}

/// What a history is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Wanted {
    Item(Item),
    Aqi,
    Class,
}

/// The item asked for among those a station has.
pub(crate) fn item(key: Option<&str>, air: bool, items: &[Item]) -> Result<Wanted, Problem> {
    let special = if air { "aqi" } else { "class" };
    let allowed = || {
        let keys = items.iter().map(|item| item.key().to_owned());
        std::iter::once(special.to_owned()).chain(keys).collect()
    };
    let Some(key) = key else {
        let text = Text::new("缺少参数 item", "the parameter item is missing");
        return Err(Problem::parameter("item", text, allowed()));
    };
    match (key, Item::from_key(key)) {
        ("aqi", _) if air => Ok(Wanted::Aqi),
        ("class", _) if !air => Ok(Wanted::Class),
        (_, Some(item)) if items.contains(&item) => Ok(Wanted::Item(item)),
        _ => Err(Problem::parameter("item", unknown(key), allowed())),
    }
}

/// An instant, or a date: then its first instant, or with `end` the first after it.
pub(crate) fn instant(name: &'static str, text: &str, end: bool) -> Result<Timestamp, Problem> {
    // A date's parser also takes what has a time, and would forget it.
    if let Ok(date) = text.parse::<Date>()
        && !text.contains(['T', 't', ' ', ':'])
    {
        let start = day_start(date);
        return Ok(if end { shifted(start, DAY) } else { start });
    }
    // A plus sign that was not encoded arrives as a space.
    text.replace(' ', "+").parse().map_err(|_malformed| {
        let forms = vec!["2026-03-01".to_owned(), "2026-03-01T08:00:00+08:00".to_owned()];
        Problem::parameter(name, unknown(text), forms)
    })
}

/// A value that is not among those allowed, cut to a length that fits a sentence.
pub(crate) fn unknown(value: &str) -> Text {
    let shown: String = value.chars().take(60).collect();
    Text::new(
        format!("“{shown}”不是可用的值，请从 allowed 中选择"),
        format!("\"{shown}\" is not a value this parameter can have; choose one of those allowed"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_of_day_is_never_forgotten() {
        let read = |text: &str| instant("from", text, false).map(|at| at.to_string()).ok();
        let eight = Some("2026-03-01T00:00:00Z".to_owned());
        for text in ["2026-03-01T08:00:00+08:00", "2026-03-01t08:00:00 08:00"] {
            assert_eq!(read(text), eight, "{text}");
        }
        assert_eq!(read("2026-03-01"), Some("2026-02-28T16:00:00Z".to_owned()));
        // Without an offset nobody knows which instant is meant.
        assert_eq!(read("2026-03-01 08:00:00"), None);
    }
}
