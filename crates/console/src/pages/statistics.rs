//! What became of the reports of a period, in all, by category and by street.

use contract::officer::{Choice, Group, Statistics};
use domain::Lang;
use leptos::prelude::*;
use ui::{DateField, Router, Title, Visit, dates, lang};

use crate::{components::Failed, fetched::fetched, words};

/// The page.
#[component]
pub(crate) fn StatisticsPage() -> impl IntoView {
    let (lang, router) = (lang(), Router::expect());
    let statistics = fetched::<Statistics>(Signal::derive(move || {
        let query = router.query();
        let wanted = ["from", "to"].iter().filter_map(|name| Some((*name, query.get(name)?)));
        format!("statistics{}", wanted.collect::<ui::Query>())
    }));
    let day = move |name: &'static str,
                    label: &'static str,
                    read: fn(&Statistics) -> jiff::civil::Date| {
        let value = Signal::derive(move || {
            let answered = statistics
                .value
                .with(|known| known.as_ref().map(|known| dates::iso_day(read(known))));
            router.parameter(name).or(answered).unwrap_or_default()
        });
        let choose = move |day: String| {
            router.go(&untrack(|| router.here_with(&[(name, Some(day.as_str()))])), Visit::Replace);
        };
        view! { <DateField label value on_choose=choose/> }
    };
    view! {
        <Title text=words::place_statistics(lang).to_owned()/>
        <h1>{words::place_statistics(lang)}</h1>
        <div class="fields">
            {day("from", words::from_day(lang), |known| known.from)}
            {day("to", words::to_day(lang), |known| known.to)}
        </div>
        <Failed failure=statistics.failure again=move |()| statistics.again()/>
        {move || statistics.value.with(|known| known.as_ref().map(|known| shown(known, lang)))}
    }
}

fn shown(statistics: &Statistics, lang: Lang) -> impl IntoView + use<> {
    let all = vec![(words::statistics_all(lang).to_owned(), statistics.all.clone())];
    let named = |groups: &[(Choice, Group)]| {
        groups
            .iter()
            .map(|(choice, group)| (choice.name.get(lang).to_owned(), group.clone()))
            .collect()
    };
    let tables = [
        (words::statistics_all(lang), all),
        (words::statistics_by_category(lang), named(&statistics.by_category)),
        (words::statistics_by_street(lang), named(&statistics.by_street)),
    ];
    tables.map(|(title, rows)| table(title, rows, lang)).collect_view()
}

fn table(title: &'static str, rows: Vec<(String, Group)>, lang: Lang) -> impl IntoView + use<> {
    let heads = [
        words::statistics_received(lang),
        words::statistics_closed(lang),
        words::statistics_founded(lang),
        words::statistics_without_fix(lang),
        words::statistics_reopened(lang),
        words::statistics_overdue(lang),
        words::statistics_accept(lang),
        words::statistics_close(lang),
    ];
    let heads = heads.map(|head| view! { <th scope="col">{head}</th> }).collect_view();
    let rows = rows.into_iter().map(|(name, group)| {
        let cells = cells(&group, lang).map(|cell| view! { <td>{cell}</td> }).collect_view();
        view! { <tr><th scope="row">{name}</th>{cells}</tr> }
    });
    view! {
        <div class="card">
            <h2>{title}</h2>
            <div class="table-scroll" role="region" tabindex="0" aria-label=title>
                <table class="case-table number-table">
                    <caption class="visually-hidden">{title}</caption>
                    <thead><tr><th scope="col">{words::statistics_group(lang)}</th>{heads}</tr></thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
        </div>
    }
}

fn cells(group: &Group, lang: Lang) -> [String; 8] {
    let counts = [
        group.received,
        group.closed,
        group.founded,
        group.without_fix,
        group.reopened,
        group.overdue,
    ];
    let [received, closed, founded, without_fix, reopened, overdue] = counts.map(|n| n.to_string());
    let hours =
        |hours: Option<u32>| hours.map_or_else(|| "–".to_owned(), |hours| span(hours, lang));
    let (accept, close) = (hours(group.median_accept_h), hours(group.median_close_h));
    [received, closed, founded, without_fix, reopened, overdue, accept, close]
}

/// Hours up to three days, then days.
fn span(hours: u32, lang: Lang) -> String {
    if hours < 72 { words::span_hours(lang, &hours) } else { words::span_days(lang, &(hours / 24)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_without_a_closed_case_has_no_median() {
        let cells = cells(&Group { received: 3, ..Group::default() }, Lang::En);
        assert_eq!((cells[0].as_str(), cells[7].as_str()), ("3", "–"));
    }

    #[test]
    fn long_spans_are_told_in_days() {
        assert_eq!([71, 72].map(|hours| span(hours, Lang::En)), ["71 h", "3 d"]);
    }
}
