//! Issues as the rows of a table.

use std::collections::BTreeSet;

use contract::officer::record::OfficerLine;
use domain::Lang;
use leptos::prelude::*;
use ui::{Link, dates, lang};

use super::super::badges::{DueBadge, StageBadge, origin_mark, title};
use crate::{
    components::Tick,
    routes,
    session::{SignedIn, units},
    words,
};

/// The issues, each with its tick.
#[component]
pub(super) fn ItemTable(
    rows: Signal<Vec<OfficerLine>>,
    /// Numbers that are ticked.
    chosen: RwSignal<BTreeSet<String>>,
) -> impl IntoView {
    let lang = lang();
    let shown =
        move || rows.get().into_iter().map(|row| view! { <Row row chosen/> }).collect_view();
    let all = move |event| {
        let ticked = event_target_checked(&event);
        let numbers = rows.get_untracked().into_iter().map(|row| row.line.number);
        chosen.set(if ticked { numbers.collect() } else { BTreeSet::new() });
    };
    let every = move || {
        rows.with(|rows| !rows.is_empty() && chosen.with(|chosen| chosen.len() == rows.len()))
    };
    view! {
        <label class="check">
            <input type="checkbox" prop:checked=every on:change=all/>
            {words::record_tick_all(lang)}
        </label>
        <div class="table-scroll" role="region" tabindex="0" aria-label=words::record_caption(lang)>
            <table class="case-table">
                <caption class="visually-hidden">{words::record_caption(lang)}</caption>
                <thead>
                    <tr>
                        <th scope="col"><span class="visually-hidden">{words::column_tick(lang)}</span></th>
                        <th scope="col">{words::record_issue(lang)}</th>
                        <th scope="col">{words::column_state(lang)}</th>
                        <th scope="col">{words::record_due(lang)}</th>
                        <th scope="col">{words::record_unit(lang)}</th>
                        <th scope="col">{words::record_changed(lang)}</th>
                    </tr>
                </thead>
                <tbody>{shown}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Row(row: OfficerLine, chosen: RwSignal<BTreeSet<String>>) -> impl IntoView {
    let (lang, signed_in) = (lang(), SignedIn::expect());
    let line = row.line.clone();
    let number = line.number.clone();
    let label = words::choose_case(lang, &number);
    let unit = line.unit.as_ref().map(|key| signed_in.name_of(units, key, lang));
    let marks = marks(&row, lang);
    let (shown, state) = (title(&line, lang), line.state);
    let marks = marks.into_iter().map(|mark| view! { <span class="case-mark">{mark}</span> });
    view! {
        <tr>
            <td><Tick id=number.clone() label chosen/></td>
            <th scope="row">
                <Link to=routes::item(&number) class="case-link">
                    <span class="case-number">{number.clone()}</span>" "{shown}
                </Link>
                <span class="case-marks">{marks.collect_view()}</span>
            </th>
            <td><StageBadge state/></td>
            <td><DueBadge line/></td>
            <td>{unit}</td>
            <td class="case-time">
                {dates::plain(row.changed)}
                <span class="meta case-under">{row.changed_by.clone()}</span>
            </td>
        </tr>
    }
}

/// What makes an issue special, each in words.
fn marks(row: &OfficerLine, lang: Lang) -> Vec<String> {
    let line = &row.line;
    let mut marks = vec![format!("{} · {}", line.source.name(lang), line.medium.name(lang))];
    if !line.batch.is_empty() {
        marks.push(line.batch.clone());
    }
    if row.open_objections > 0 {
        marks.push(words::record_open_objections(lang, &row.open_objections));
    }
    if let Some(until) = row.until.filter(|_| line.state == domain::rectification::State::Publicity)
    {
        marks.push(words::record_until(lang, &dates::iso_day(until)));
    }
    marks.extend(origin_mark(line.origin, lang).map(str::to_owned));
    marks
}
