//! What the reader chose of a history, read from the URL.

use contract::{paths, public::Step};
use domain::{Item, period::day_start, wire::parse_day};
use jiff::civil::Date;
use ui::dates;

/// More lines than this cannot be told apart.
pub(super) const MOST_LINES: usize = 5;

/// The kinds of place that have a history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Air stations: hourly values.
    Air,
    /// Water sections: four-hourly values.
    Water,
}

impl Kind {
    /// The items that can be chosen; `None` is the index or class.
    pub(crate) fn items(self) -> &'static [Option<Item>] {
        const AIR: [Option<Item>; 7] = [
            Some(Item::Pm25),
            Some(Item::Pm10),
            Some(Item::O3),
            Some(Item::No2),
            Some(Item::So2),
            Some(Item::Co),
            None,
        ];
        const WATER: [Option<Item>; 9] = [
            Some(Item::Nh3N),
            Some(Item::TotalPhosphorus),
            Some(Item::CodMn),
            Some(Item::DissolvedOxygen),
            Some(Item::Ph),
            Some(Item::TotalNitrogen),
            Some(Item::Turbidity),
            Some(Item::Conductivity),
            Some(Item::WaterTemperature),
        ];
        match self {
            Self::Air => &AIR,
            Self::Water => &WATER,
        }
    }
}

/// A preset stretch of time up to now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Preset {
    /// The last day and today.
    Day,
    /// Seven days.
    Week,
    /// Thirty days.
    Month,
    /// 366 days.
    Year,
    /// Three years.
    ThreeYears,
}

impl Preset {
    pub(crate) const ALL: [Self; 5] =
        [Self::Day, Self::Week, Self::Month, Self::Year, Self::ThreeYears];

    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Day => "1d",
            Self::Week => "7d",
            Self::Month => "30d",
            Self::Year => "1y",
            Self::ThreeYears => "3y",
        }
    }

    const fn days(self) -> i64 {
        match self {
            Self::Day => 1,
            Self::Week => 7,
            Self::Month => 30,
            Self::Year => 366,
            Self::ThreeYears => 1_096,
        }
    }

    /// The step at which the range is neither a blot nor three dots.
    const fn step(self, kind: Kind) -> Step {
        match (self, kind) {
            (Self::Day | Self::Week | Self::Month, Kind::Water) => Step::Raw,
            (Self::Day | Self::Week | Self::Month, Kind::Air) => Step::Hour,
            (Self::Year | Self::ThreeYears, _) => Step::Day,
        }
    }
}

/// What is drawn: item, step, days, other stations, the year before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Query {
    /// `None` is the index.
    pub(crate) item: Option<Item>,
    pub(crate) step: Step,
    pub(crate) preset: Option<Preset>,
    /// First day.
    pub(crate) from: Date,
    /// Last day, included.
    pub(crate) to: Date,
    pub(crate) with: Vec<String>,
    pub(crate) year_before: bool,
}

/// One line's address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Request {
    pub(super) station: String,
    pub(super) year_before: bool,
    /// Seconds by which the points are moved to lie over this year's.
    pub(super) shift_s: i64,
    pub(super) path: String,
}

/// Days of the longest range of values as they were sent.
const LONGEST_RAW_DAYS: i64 = 400;
/// Days of the longest range of all.
const LONGEST_DAYS: i64 = 12 * 366;

impl Query {
    /// Reads the parameters; whatever is missing or makes no sense takes its default.
    pub(crate) fn of(params: &ui::Query, kind: Kind, today: Date) -> Self {
        let preset =
            params.get("range").and_then(|key| Preset::ALL.into_iter().find(|p| p.key() == key));
        let day = |name: &str| params.get(name).and_then(parse_day);
        let (preset, from, to) = match (preset, day("from"), day("to")) {
            (None, Some(from), Some(to)) => (None, from.min(to), from.max(to).min(today)),
            (preset, ..) => {
                let preset = preset.unwrap_or(Preset::Week);
                (Some(preset), dates::days_after(today, -preset.days()), today)
            }
        };
        let from = from.min(to).max(dates::days_after(to, 1 - LONGEST_DAYS));
        let item = item(params, kind);
        let steps = steps(kind, item, from, to);
        let default_step =
            preset.map_or_else(|| step_for(from, to, kind), |preset| preset.step(kind));
        let step = params
            .get("step")
            .and_then(|key| steps.iter().find(|step| step.key() == key))
            .or_else(|| steps.iter().find(|step| **step == default_step))
            .or(steps.last());
        Self {
            item,
            step: step.copied().unwrap_or(default_step),
            preset,
            from,
            to,
            with: params.get("with").map(split).unwrap_or_default(),
            year_before: params.get("compare").is_some_and(|value| value == "year"),
        }
    }

    /// The steps that can be chosen for the item and the days.
    pub(super) fn steps(&self, kind: Kind) -> Vec<Step> {
        steps(kind, self.item, self.from, self.to)
    }

    /// The key of the item in the API.
    pub(crate) fn item_key(&self) -> &'static str {
        self.item.map_or("aqi", Item::key)
    }

    /// The whole range, Unix seconds.
    pub(super) fn range_s(&self) -> (i64, i64) {
        let end = dates::days_after(self.to, 1);
        (day_start(self.from).as_second(), day_start(end).as_second())
    }

    /// The addresses of every line: each station, then each a year before.
    pub(super) fn requests(&self, codes: &[String]) -> Vec<Request> {
        let now = codes.iter().map(|code| self.request(code, false));
        let before = codes.iter().filter(|_| self.year_before).map(|code| self.request(code, true));
        now.chain(before).take(MOST_LINES).collect()
    }

    /// The address of one line.
    pub(super) fn request(&self, code: &str, year_before: bool) -> Request {
        let (start_s, _) = self.range_s();
        let back = |day: Date| if year_before { dates::year_before(day) } else { day };
        let (from, end) = (back(self.from), dates::days_after(back(self.to), 1));
        let mut encoded = String::new();
        ui::router::push_encoded(&mut encoded, code);
        let mut path = paths::series(&encoded);
        let (item, step) = (self.item_key(), self.step.key());
        path.push_str(&format!(
            "?item={item}&step={step}&from={}&to={}",
            day_start(from),
            day_start(end)
        ));
        Request {
            station: code.to_owned(),
            year_before,
            shift_s: start_s - day_start(from).as_second(),
            path,
        }
    }

    /// What a downloaded file of this view is called, without its ending.
    pub(super) fn file_name(&self, code: &str) -> String {
        let (item, step) = (self.item_key(), self.step.key());
        format!("{code}-{item}-{step}-{}-{}", self.from, self.to)
    }
}

fn item(params: &ui::Query, kind: Kind) -> Option<Item> {
    let first = kind.items().first().copied().flatten();
    match params.get("item") {
        Some(key) if key == "aqi" && kind == Kind::Air => None,
        Some(key) => {
            Item::from_key(key).filter(|item| kind.items().contains(&Some(*item))).or(first)
        }
        None => first,
    }
}

/// The steps the API answers for an item over a range, the finest first.
fn steps(kind: Kind, item: Option<Item>, from: Date, to: Date) -> Vec<Step> {
    let mut steps = match (kind, item) {
        (Kind::Air, None) => vec![Step::Hour, Step::Day],
        (Kind::Air, Some(_)) => Step::ALL.to_vec(),
        (Kind::Water, _) => vec![Step::Raw, Step::Day, Step::Month],
    };
    if from < dates::days_after(to, 1 - LONGEST_RAW_DAYS) {
        steps.retain(|step| *step != Step::Raw);
    }
    steps
}

fn step_for(from: Date, to: Date, kind: Kind) -> Step {
    match (day_start(to).as_second() - day_start(from).as_second()) / 86_400 {
        ..=31 if kind == Kind::Water => Step::Raw,
        ..=31 => Step::Hour,
        32..=1_200 => Step::Day,
        _ => Step::Month,
    }
}

fn split(codes: &str) -> Vec<String> {
    codes.split(',').filter(|code| !code.is_empty()).take(MOST_LINES).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const TODAY: Date = date(2026, 11, 23);

    fn query(pairs: &[(&'static str, &str)]) -> Query {
        let params = pairs.iter().copied().collect();
        Query::of(&params, Kind::Air, TODAY)
    }

    #[test]
    fn without_a_choice_a_week_of_hours_is_shown() {
        let week = query(&[]);
        assert_eq!(
            (week.item, week.step, week.from),
            (Some(Item::Pm25), Step::Hour, date(2026, 11, 16))
        );
    }

    #[test]
    fn nonsense_in_the_address_takes_the_default() {
        let odd = query(&[
            ("item", "plutonium"),
            ("step", "second"),
            ("range", "9q"),
            ("from", "x"),
            ("to", "y"),
        ]);
        assert_eq!(odd, query(&[]));
    }

    #[test]
    fn two_dates_in_either_order_make_a_range_that_ends_today_at_the_latest() {
        let range = query(&[("from", "2027-01-01"), ("to", "2026-11-01")]);
        assert_eq!((range.from, range.to, range.preset), (date(2026, 11, 1), TODAY, None));
    }

    #[test]
    fn a_long_range_is_shown_by_day_and_a_very_long_one_by_month() {
        assert_eq!(query(&[("from", "2025-11-01"), ("to", "2026-11-01")]).step, Step::Day);
        assert_eq!(query(&[("from", "2016-11-01"), ("to", "2026-11-01")]).step, Step::Month);
    }

    #[test]
    fn only_what_the_api_answers_can_be_chosen() {
        let index = query(&[("item", "aqi"), ("step", "month")]);
        assert_eq!((index.step, index.steps(Kind::Air)), (Step::Hour, vec![Step::Hour, Step::Day]));
        let years = [("item", "aqi"), ("from", "2020-01-01"), ("to", "2026-11-01")];
        assert_eq!(query(&years).step, Step::Day, "an index has no month");
        let raw = [("from", "2020-01-01"), ("to", "2026-11-01"), ("step", "raw")];
        assert_eq!(query(&raw).step, Step::Month);
        let raw = [("from", "2025-10-20"), ("to", "2026-11-23"), ("step", "raw")];
        assert_eq!(query(&raw).step, Step::Raw, "four hundred days");
        let params = [("step", "hour")].into_iter().collect();
        assert_eq!(Query::of(&params, Kind::Water, TODAY).step, Step::Raw);
    }

    #[test]
    fn a_range_is_no_longer_than_the_api_answers() {
        let ages = query(&[("from", "1990-01-01"), ("to", "2026-11-23")]);
        let (start_s, end_s) = ages.range_s();
        assert_eq!(end_s - start_s, 12 * 366 * 86_400);
    }

    #[test]
    fn the_year_before_lies_over_this_year() {
        let both = query(&[("compare", "year")]).requests(&["1424A".to_owned()]);
        assert_eq!(both.len(), 2);
        assert_eq!(both[1].shift_s, 365 * 86_400);
        assert!(both[1].path.contains("from=2025-11-15T16:00:00Z"), "{}", both[1].path);
    }

    #[test]
    fn a_code_from_the_address_is_encoded() {
        let path = query(&[]).request("a/b&c", false).path;
        assert!(
            path.starts_with("api/v1/stations/a%2Fb%26c/series?item=pm2_5&step=hour&from="),
            "{path}"
        );
    }
}
