//! What linked stations measured before the issue was found and after it was put right.

use std::sync::Arc;

use chart::{LineChart, Point, Series as Drawn, TimeAxis, ValueAxis, VerticalMark};
use contract::{
    paths,
    public::{Series, Step},
    rectification::Item,
};
use domain::{Item as Measured, Lang, Quantity, period::day_start};
use jiff::civil::Date;
use leptos::prelude::*;
use ui::{
    ChartView, Choice, Clock, Link, SelectField,
    chart_view::{Picture, Source},
    dates, figure, lang,
};

use crate::{
    components::{LoadFailed, fetched, headings},
    live::Live,
    routes, words,
};

/// What water is judged by that works on a river show in, and what works on air show in.
const WATER: [Measured; 4] =
    [Measured::Nh3N, Measured::TotalPhosphorus, Measured::CodMn, Measured::DissolvedOxygen];
const AIR: [Measured; 3] = [Measured::Pm25, Measured::Pm10, Measured::No2];
/// Days before the finding and after the closing that are shown.
const AROUND: i64 = 365;

/// One chart per linked station.
#[component]
pub(super) fn Readings(item: Arc<Item>) -> impl IntoView {
    let lang = lang();
    let today = dates::beijing(Clock::expect().now()).date();
    let days = Days::of(&item, today);
    let charts: Vec<_> =
        item.stations.iter().map(|code| view! { <OfStation code=code.clone() days/> }).collect();
    (!item.stations.is_empty()).then(|| {
        view! {
            <section class="card" aria-labelledby="item-readings">
                <h2 id="item-readings">{words::readings(lang)}</h2>
                <p class="meta">{words::readings_about(lang)}</p>
                {charts}
            </section>
        }
        .into_any()
    })
}

/// The days that matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Days {
    from: Date,
    to: Date,
    found: Date,
    /// When the work was declared done, or the issue closed; nothing of work that was taken up again.
    done: Option<Date>,
}

impl Days {
    fn of(item: &Item, today: Date) -> Self {
        use domain::rectification::{EventKind, State};
        let finished = |kind| item.course.iter().rev().find(|step| step.kind == kind);
        let done = finished(EventKind::Done)
            .or_else(|| finished(EventKind::CarriedOver))
            .map(|step| step.on)
            .or(item.line.closed)
            .filter(|_| {
                use State::{Accepted, Closed, Done, Publicity};
                matches!(item.line.state, Done | Accepted | Publicity | Closed)
            });
        let end = dates::days_after(done.unwrap_or(today), AROUND).min(today);
        let found = item.line.found;
        Self { from: dates::days_after(found, -AROUND), to: end.max(found), found, done }
    }

    fn range_s(self) -> (i64, i64) {
        let end = day_start(dates::days_after(self.to, 1));
        (day_start(self.from).as_second(), end.as_second())
    }

    fn path(self, code: &str, item: Measured) -> String {
        let mut encoded = String::new();
        ui::router::push_encoded(&mut encoded, code);
        let (from, to) = (day_start(self.from), day_start(dates::days_after(self.to, 1)));
        let (item, step) = (item.key(), Step::Month.key());
        format!("{}?item={item}&step={step}&from={from}&to={to}", paths::series(&encoded))
    }
}

#[component]
fn OfStation(code: String, days: Days) -> impl IntoView {
    let (lang, live) = (lang(), Live::expect());
    let code = StoredValue::new(code);
    // Known by the lists that every page has; a station that is in neither is drawn under its code.
    let name = Memo::new(move |_| named(live, &code.get_value(), lang));
    let is_air = Memo::new(move |_| {
        live.air.with(|air| {
            air.value
                .iter()
                .flat_map(|air| &air.stations)
                .any(|brief| brief.station.code == code.get_value())
        })
    });
    let chosen = RwSignal::new(None::<Measured>);
    let items = move || if is_air.get() { AIR.to_vec() } else { WATER.to_vec() };
    let item = Memo::new(move |_| chosen.get().or_else(|| items().first().copied()));
    let path = Signal::derive(move || item.get().map(|item| days.path(&code.get_value(), item)));
    let shown = fetched::<Series>(path);
    let failure = Signal::derive(move || shown.with(|shown| shown.failure.clone()));
    let series = Memo::new(move |_| shown.with(|shown| shown.value.clone()));
    let title = Memo::new(move |_| {
        let item = item.get().map_or("", |item| item.name(lang));
        format!("{} · {item} · {}", name.get(), words::step_month(lang))
    });
    let picture = Signal::derive(move || {
        let chart =
            series.with(|series| drawn(series.as_ref(), days, title.get(), item.get(), lang));
        Arc::new(Picture::Line(chart))
    });
    let source = Signal::derive(move || Source {
        file_name: format!("{}-{}", code.get_value(), item.get().map_or("", Measured::key)),
        json: path.get(),
        note: title.get(),
    });
    let choices = Signal::derive(move || {
        items().iter().map(|item| Choice::new(item.key(), item.name(lang))).collect::<Vec<_>>()
    });
    let value = Signal::derive(move || item.get().map_or("", Measured::key).to_owned());
    let sentence = move || {
        series.with(|series| series.as_ref().map(|series| sentence(series, days, item.get(), lang)))
    };
    let has = Memo::new(move |_| {
        series.with(|series| series.as_ref().is_some_and(|s| s.value.iter().any(Option::is_some)))
    });
    let page = move || {
        let code = code.get_value();
        let to = if is_air.get() { routes::station(&code) } else { routes::section(&code) };
        view! { <Link to>{name.get()}</Link> }
    };
    view! {
        <h3>{page}</h3>
        <SelectField label=words::choose_item(lang) choices value
            on_choose=move |key| chosen.set(Measured::from_key(&key))/>
        <LoadFailed failure has_old=has/>
        <p class="summary" role="status">{sentence}</p>
        <Show when=move || has.get()><ChartView picture source/></Show>
    }
    .into_any()
}

fn named(live: Live, code: &str, lang: Lang) -> String {
    let found = |briefs: &[contract::public::StationNowBrief]| {
        let brief = briefs.iter().find(|brief| brief.station.code == code);
        brief.map(|brief| brief.station.name.get(lang).to_owned())
    };
    let air = live.air.with(|air| air.value.as_ref().and_then(|air| found(&air.stations)));
    let water = live.water.with(|water| water.value.as_ref().and_then(|w| found(&w.sections)));
    air.or(water).unwrap_or_else(|| code.to_owned())
}

/// The mean of the months before the finding against that after the work; or that there is nothing to compare.
fn sentence(series: &Series, days: Days, item: Option<Measured>, lang: Lang) -> String {
    let (found_s, done_s) =
        (day_start(days.found).as_second(), days.done.map(|day| day_start(day).as_second()));
    let valued = || {
        let values = series.start_s.iter().zip(&series.value);
        values.filter_map(|(start_s, value)| Some((*start_s, (*value)?)))
    };
    let mean = |wanted: &dyn Fn(i64) -> bool| {
        Quantity::mean(valued().filter(|(at, _)| wanted(*at)).map(|(_, value)| value))
    };
    let shown = |value: Option<Quantity>| match (value, item) {
        (Some(value), Some(item)) => figure::with_unit(item, value),
        _ => words::readings_nothing(lang).to_owned(),
    };
    let length = i64::from(series.length_s);
    let before = mean(&|at| at.saturating_add(length) <= found_s);
    let after = mean(&|at| done_s.is_some_and(|done| at >= done));
    if valued().next().is_none() {
        return words::readings_none(lang).to_owned();
    }
    words::readings_sentence(lang, &shown(before), &shown(after))
}

fn drawn(
    series: Option<&Series>,
    days: Days,
    title: String,
    item: Option<Measured>,
    lang: Lang,
) -> LineChart {
    let (start_s, end_s) = days.range_s();
    let points =
        series.map(|series| points(series, start_s, end_s, item, lang)).unwrap_or_default();
    let mark = |day: Date, label: &'static str| VerticalMark {
        at_s: day_start(day).as_second(),
        label: label.to_owned(),
    };
    let done = days.done.map(|day| mark(day, words::readings_done(lang)));
    LineChart {
        height: 260,
        x: TimeAxis { start_s, end_s, ticks: vec![] },
        y: ValueAxis {
            unit_label: series.map(|series| series.unit.clone()).unwrap_or_default(),
            decimals: item.map_or(0, |item| usize::from(item.decimals())),
            ..ValueAxis::default()
        },
        series: vec![Drawn { label: title.clone(), points, ..Drawn::default() }],
        marks: std::iter::once(mark(days.found, words::readings_found(lang))).chain(done).collect(),
        title,
        words: headings(lang),
        ..LineChart::default()
    }
}

fn points(
    series: &Series,
    start_s: i64,
    end_s: i64,
    item: Option<Measured>,
    lang: Lang,
) -> Vec<Point> {
    let rows = series.start_s.iter().zip(&series.value);
    rows.map(|(at, value)| Point {
        at_s: at.saturating_add(i64::from(series.length_s) / 2).clamp(start_s, end_s),
        value: value.map(Quantity::approximate),
        text: match (value, item) {
            (Some(value), Some(item)) => figure::text(item, *value),
            _ => words::no_data(lang).to_owned(),
        },
        time_text: dates::month(dates::beijing(dates::instant(*at)).date(), lang),
        note: String::new(),
    })
    .collect()
}
