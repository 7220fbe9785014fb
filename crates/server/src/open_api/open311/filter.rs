//! What a list of requests was asked for.

use domain::report::{PublicId, State};
use jiff::Timestamp;
use store::{Page, PublishedFilter};

use super::{
    area::Area,
    fault::{Refusal, shown},
    params::Params,
    services, window,
};
use crate::app::App;

/// Rows of one answer at most, and without `page_size` (GeoReport v2, "GET Service Requests").
pub(super) const MOST: u32 = 1_000;
/// Nobody turns so many pages; an offset beyond would only cost.
const LAST_PAGE: u32 = 100_000;

/// States that anybody is told of. A report that was withdrawn is gone.
const VISIBLE: [State; 8] = [
    State::Submitted,
    State::Accepted,
    State::Dispatched,
    State::InHandling,
    State::Reopened,
    State::NotAccepted,
    State::Closed,
    State::Merged,
];

/// A list that was asked for.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Asked {
    /// `None`: nothing can match.
    pub(super) filter: Option<PublishedFilter>,
    pub(super) page: Page,
    pub(super) extended: bool,
}

impl Asked {
    /// Read from the parameters.
    ///
    /// # Errors
    ///
    /// Every fault at once.
    pub(super) fn read(app: &App, params: &Params, now: Timestamp) -> Result<Self, Refusal> {
        let mut faults = Vec::new();
        let extended = params.extended(&mut faults);
        let ids = params.list("service_request_id", &mut faults);
        if !ids.is_empty() {
            if ids.len() > MOST as usize {
                faults.push(format!(
                    "编号过多：service_request_id 有 {} 个，一次最多 {MOST} 个",
                    ids.len()
                ));
            }
            Refusal::of(faults)?;
            return Ok(Self { filter: by_ids(&ids), page: page(0, MOST), extended });
        }
        let asked = Self {
            page: pages(params, &mut faults),
            filter: filter(app, params, now, &mut faults),
            extended,
        };
        Refusal::of(faults)?;
        Ok(asked)
    }

    /// One request by its number.
    pub(super) fn one(id: &str, extended: bool) -> Self {
        Self { filter: by_ids(&[id]), page: page(0, 1), extended }
    }
}

const fn page(number: u32, size: u32) -> Page {
    Page { number, size }
}

/// Reports of these numbers; what is no number is nobody's.
fn by_ids(ids: &[&str]) -> Option<PublishedFilter> {
    let numbers = ids.iter().filter_map(|id| PublicId::parse(id).ok());
    let public_ids: Vec<_> = numbers.map(|number| number.as_str().to_owned()).collect();
    (!public_ids.is_empty()).then(|| PublishedFilter {
        public_ids,
        states: VISIBLE.to_vec(),
        ..Default::default()
    })
}

fn pages(params: &Params, faults: &mut Vec<String>) -> Page {
    let mut number = |name: &str, most: u32, or: u32| {
        let Some(text) = params.one(name, faults) else { return or };
        let digits = text.trim();
        if digits.is_empty()
            || digits.bytes().any(|byte| !byte.is_ascii_digit())
            || digits.bytes().all(|byte| byte == b'0')
        {
            faults.push(format!("须为正整数：{name} = {}，例如 {name}=1", shown(text)));
            return or;
        }
        digits.parse().map_or(most, |number: u32| number.min(most))
    };
    page(number("page", LAST_PAGE, 1) - 1, number("page_size", MOST, MOST))
}

fn filter(
    app: &App,
    params: &Params,
    now: Timestamp,
    faults: &mut Vec<String>,
) -> Option<PublishedFilter> {
    let states = states(params, faults);
    let codes = params.list("service_code", faults);
    let of_code = |code: &&str| services::of_code(app, code).map(|category| category.key.clone());
    let categories: Vec<_> = codes.iter().filter_map(of_code).collect();
    let area = Area::asked(params, faults);
    let cells = area.as_ref().map(|area| area.cells(&app.reports.grid));
    let changed_from = window::instant(params, "updated_after", faults).map(window::from);
    let changed_to = window::instant(params, "updated_before", faults).map(window::until);
    let (from, to) = created(params, now, faults);
    let nothing =
        (!codes.is_empty() && categories.is_empty()) || cells.as_ref().is_some_and(Vec::is_empty);
    let after = after(params, faults);
    (!nothing).then(|| PublishedFilter {
        states,
        categories,
        cells: cells.unwrap_or_default(),
        from,
        to,
        changed_from,
        changed_to,
        after,
        ..Default::default()
    })
}

/// Who follows changes is told of those of old requests, too: without dates of creation the window is open then.
fn created(params: &Params, now: Timestamp, faults: &mut Vec<String>) -> window::Range {
    let given = |names: [&str; 2]| names.iter().any(|name| params.all(name).next().is_some());
    if given(["updated_after", "updated_before"]) && !given(["start_date", "end_date"]) {
        return (None, None);
    }
    window::range(params, now, faults)
}

fn states(params: &Params, faults: &mut Vec<String>) -> Vec<State> {
    let words = params.list("status", faults);
    if let Some(other) = words.iter().find(|word| !matches!(**word, "open" | "closed")) {
        faults
            .push(format!("未知状态：status = {}，请用 open、closed 或 open,closed", shown(other)));
    }
    let mut visible = VISIBLE.to_vec();
    visible.retain(|state| words.is_empty() || words.contains(&state.open311()));
    visible
}

/// Where the page before ended: the microsecond and number of its last request.
pub(super) fn cursor(at: Timestamp, public_id: &str) -> String {
    format!("{}-{public_id}", at.as_microsecond())
}

fn after(params: &Params, faults: &mut Vec<String>) -> Option<(Timestamp, String)> {
    let text = params.one("after", faults)?;
    let read = text.split_once('-').and_then(|(at, id)| {
        let at = Timestamp::from_microsecond(at.parse().ok()?).ok()?;
        Some((at, PublicId::parse(id).ok()?.as_str().to_owned()))
    });
    if read.is_none() {
        faults.push(format!("翻页标记有误：after = {}，请使用上一页 Link 头中的地址", shown(text)));
    }
    read
}
