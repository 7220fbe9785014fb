//! The reports of one page as a list, and the same on a map.

use contract::{
    paths,
    report::{PublishedReport, PublishedReports},
};
use domain::{Lang, report::PublicId};
use leptos::prelude::*;
use ui::{Link, Router, Written, dates, lang};

use super::query::Filter;
use crate::{
    map::{Place, PlacesMap},
    routes, words,
};

/// List, map, pages and files.
#[component]
pub(super) fn Listed(reply: PublishedReports, filter: Memo<Filter>) -> impl IntoView {
    let lang = lang();
    let places: Vec<Place> =
        reply.reports.iter().filter_map(|report| place(report, lang)).collect();
    let unplaced = reply.reports.iter().any(|report| report.place.is_none());
    let total = words::reports_total(lang, &reply.total);
    let none = reply.reports.is_empty().then(|| view! { <p>{words::reports_none(lang)}</p> });
    let rows: Vec<AnyView> = reply.reports.iter().map(|report| row(report, lang)).collect();
    let last = reply.total.div_ceil(u64::from(reply.page_size.max(1))).max(1);
    view! {
        <p role="status">{total}</p>
        <div class="columns columns-wide">
            <section class="card" aria-label=words::reports_list(lang)>{none}<ul class="reports">{rows}</ul></section>
            <section class="card" aria-label=words::reports_map(lang)>
                <PlacesMap places=Signal::stored(places) unplaced=Signal::stored(unplaced)/>
                <p class="meta">{words::reports_map_about(lang)}</p>
            </section>
        </div>
        <Pages page=u64::from(reply.page) last/>
        <Files filter/>
    }
    .into_any()
}

/// A report as a button on the map.
fn place(report: &PublishedReport, lang: Lang) -> Option<Place> {
    let at = report.place?;
    let (name, state) = (report.category_name.get(lang), report.state.name(lang));
    Some(Place {
        address: routes::report(&report.public_id),
        lon: at.lon,
        lat: at.lat,
        value: String::new(),
        word: name.to_owned(),
        fill: None,
        label: words::reports_place(lang, &name, &dates::day(report.received, lang), &state),
    })
}

fn row(report: &PublishedReport, lang: Lang) -> AnyView {
    let number = report.public_id.parse::<PublicId>();
    let number = number.map_or(report.public_id.clone(), |number| number.to_string());
    let street = report.street.as_ref().map(|street| street.get(lang).to_owned());
    let (to, text) = (routes::report(&report.public_id), report.text.clone());
    let received = dates::day(report.received, lang);
    let finding = report.finding.map(|finding| finding.name(lang));
    let (name, state) = (report.category_name.get(lang).to_owned(), report.state.name(lang));
    let followers =
        (report.followers > 0).then(|| words::reports_followers(lang, &report.followers));
    view! {
        <li>
            <h2 class="report-name"><Link to>
                {name} " " <span class="meta">{number}</span>
            </Link></h2>
            <p><strong>{state}</strong> " " {finding}</p>
            {text.map(|text| view! { <p class="written clamp"><Written text/></p> })}
            <p class="meta">{received} " " {street} " " {followers}</p>
        </li>
    }
    .into_any()
}

#[component]
fn Pages(page: u64, last: u64) -> impl IntoView {
    let (lang, router) = (lang(), Router::expect());
    let link = move |to: u64, name: &'static str| {
        (1..=last).contains(&to).then(|| {
            let number = (to > 1).then(|| to.to_string());
            let href = untrack(|| router.here_with(&[("page", number.as_deref())]));
            view! { <a class="button" href=href>{name}</a> }
        })
    };
    (last > 1).then(|| {
        view! {
            <nav class="button-row" aria-label=words::reports_pages(lang)>
                {link(page - 1, words::reports_previous(lang))}
                <span class="page-of">{words::reports_page(lang, &page, &last)}</span>
                {link(page + 1, words::reports_next(lang))}
            </nav>
        }
    })
}

/// The same reports for other programs.
#[component]
fn Files(filter: Memo<Filter>) -> impl IntoView {
    let lang = lang();
    let file = move |path: &'static str, name: &'static str| {
        let href = move || filter.with(|filter| filter.download(path));
        view! { <li><a href=href rel="external">{name}</a></li> }
    };
    view! {
        <nav aria-label=words::reports_files(lang)>
            <ul class="inline-list">
                {file(paths::REPORTS_CSV, "CSV")}
                {file(paths::REPORTS_GEOJSON, "GeoJSON")}
                {file(paths::REPORTS_ATOM, "Atom")}
            </ul>
        </nav>
    }
    .into_any()
}
