//! The history of one item: range, step, comparison with other stations and the year before.

mod controls;
mod query;
mod summary;
mod to_chart;

use std::sync::Arc;

use contract::public::{Series, Station};
use leptos::{prelude::*, task::spawn_local};
use ui::{
    ChartView, Chunk, Clock, Router,
    chart_view::{Picture, Source},
    in_turn, lang,
};

use self::{controls::Controls, summary::summary, to_chart::Line};
pub(crate) use self::{
    controls::use_choose,
    query::{Kind, Query},
};
use super::{LoadFailed, fetched::came_back};
use crate::{
    api_client::{self, Failure},
    words,
};

/// [`History`] as a part of its own: `own` is the station first drawn, `stations` are all that can be.
#[leptos::wasm_split::wasm_split(history, wasm_split_path = ::leptos::wasm_split, fallible)]
pub(crate) fn history(
    kind: Kind,
    own: Signal<Option<String>>,
    stations: Signal<Vec<Station>>,
) -> Chunk {
    // Untracked, or a new choice would build the part anew and lose the lines it still shows.
    Ok(untrack(|| in_turn(move || view! { <History kind own stations/> }.into_any())))
}

/// The chart of an item's history with its controls; everything chosen is in the URL.
#[component]
fn History(
    /// Air or water.
    kind: Kind,
    /// The station first shown; `None` where several are compared from the start.
    #[prop(into)]
    own: Signal<Option<String>>,
    /// Every station that can be drawn, for names and for the choice of others.
    #[prop(into)]
    stations: Signal<Vec<Station>>,
) -> impl IntoView {
    let (lang, clock, router) = (lang(), Clock::expect(), Router::expect());
    // The range ends at today; a page left open over midnight moves on with the next choice.
    let query = Memo::new(move |_| {
        Query::of(&router.query(), kind, ui::dates::beijing(clock.now()).date())
    });
    let codes = Memo::new(move |_| codes(own.get(), &query.get(), &stations.get()));
    let lines = lines(query, codes);
    // What is on screen keeps its own item, step and days until the next is there, or its numbers would stand under
    // another's name.
    let shown = Memo::new(move |_| {
        lines.with(|lines| lines.answers.clone()).unwrap_or_else(|| query.get())
    });
    let names = move |code: &str| {
        stations.with(|stations| {
            stations
                .iter()
                .find(|station| station.code == code)
                .map(|s| s.name.get(lang).to_owned())
        })
    };
    let labelled = Memo::new(move |_| {
        lines
            .get()
            .series
            .into_iter()
            .map(|(request, series)| {
                let name = names(&request.station).unwrap_or(request.station);
                let label =
                    if request.year_before { words::year_before(lang, &name) } else { name };
                Line { label, shift_s: request.shift_s, series }
            })
            .collect::<Vec<_>>()
    });
    let picture = Memo::new(move |_| {
        let query = shown.get();
        Arc::new(Picture::Line(labelled.with(|lines| to_chart::chart(lines, &query, lang))))
    });
    let text = Memo::new(move |_| labelled.with(|lines| summary(lines, &shown.get(), lang)));
    let source = Signal::derive(move || labelled.with(|lines| source(lines, &shown.get(), lang)));
    let has = Memo::new(move |_| labelled.with(|lines| !lines.is_empty()));
    view! {
        {in_turn(move || view! { <Controls kind query own stations codes/> }.into_any())}
        <LoadFailed failure=Signal::derive(move || lines.with(|lines| lines.failure.clone())) has_old=has/>
        <p class="summary">{text}</p>
        {in_turn(move || view! { <ChartView picture source/> }.into_any())}
    }
}

/// The stations to draw: the page's own, then those chosen, then, if none is, every one that fits.
fn codes(own: Option<String>, query: &Query, stations: &[Station]) -> Vec<String> {
    let mut codes: Vec<String> = own.iter().cloned().chain(query.with.iter().cloned()).collect();
    if codes.is_empty() {
        codes = stations.iter().map(|station| station.code.clone()).collect();
    }
    codes.dedup();
    codes.truncate(query::MOST_LINES);
    codes
}

/// Where the view on screen comes from, for its files: named by what is drawn and not by what was chosen since.
fn source(lines: &[Line], query: &Query, lang: domain::Lang) -> Source {
    let code = lines.first().map(|line| line.series.station.as_str());
    let note = lines.first().map(|line| {
        let meta = &line.series.meta;
        let mark = if meta.simulated { words::simulated(lang) } else { "" };
        words::file_note(
            lang,
            &meta.publisher.get(lang),
            &ui::dates::plain(meta.server_time),
            &mark,
        )
    });
    Source {
        file_name: query.file_name(code.unwrap_or_default()),
        json: code.map(|code| query.request(code, false).path),
        note: note.unwrap_or_default(),
    }
}

/// What has come, and why the rest has not.
#[derive(Clone, Default)]
struct Lines {
    /// The choice that `series` answer.
    answers: Option<Query>,
    series: Vec<(query::Request, Series)>,
    failure: Option<Failure>,
}

/// Fetches one series per line whenever the choice changes, and again when the connection is back;
/// the old lines stay until all are there.
fn lines(query: Memo<Query>, codes: Memo<Vec<String>>) -> RwSignal<Lines> {
    let (shown, asked) = (RwSignal::new(Lines::default()), StoredValue::new(0_u32));
    let online = came_back();
    Effect::new(move |_| {
        // Read and not only tracked: see the root component.
        online.with(|_| ());
        let query = query.get();
        asked.update_value(|asked| *asked = asked.wrapping_add(1));
        let (number, requests) = (asked.get_value(), query.requests(&codes.get()));
        spawn_local(async move {
            let mut lines = Lines { answers: Some(query), ..Lines::default() };
            for request in requests {
                match api_client::get_columns::<Series>(&request.path).await {
                    Ok(series) => lines.series.push((request, series)),
                    Err(failure) => lines.failure = Some(failure),
                }
            }
            if asked.try_get_value() != Some(number) {
                return;
            }
            // Nothing at all came: what was there stays, with the reason.
            if lines.series.is_empty() && lines.failure.is_some() {
                shown.update(|shown| shown.failure = lines.failure);
            } else {
                shown.set(lines);
            }
        });
    });
    shown
}
