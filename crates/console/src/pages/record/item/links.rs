//! Reports and stations that belong to an issue.

use contract::officer::record::ReportOfItem;
use domain::{
    Lang,
    rectification::{Body, EventKind, Link as Belongs},
};
use leptos::prelude::*;
use ui::{Link, lang};

use super::OpenItem;
use crate::{
    components::{Failed, shown_number},
    fetched::Sending,
    routes,
    session::{SignedIn, stations},
    words,
};

/// Both lists; another is added by one of the actions.
#[component]
pub(super) fn Links() -> impl IntoView {
    let (lang, open, sending) = (lang(), OpenItem::expect(), Sending::new());
    let reports = move || {
        let reports = open.case.with(|case| case.reports.clone());
        let rows = reports.into_iter().map(|report| report_row(report, sending, lang));
        listed(rows.collect(), words::record_reports_none(lang))
    };
    let codes = move || {
        let codes = open.case.with(|case| case.item.stations.clone());
        let rows = codes.into_iter().map(|code| station_row(code, sending, lang));
        listed(rows.collect(), words::record_stations_none(lang))
    };
    view! {
        <section class="card" aria-label=words::record_links(lang)>
            <h2>{words::record_links(lang)}</h2>
            <h3>{words::record_reports(lang)}</h3>
            {reports}
            <h3>{words::record_stations(lang)}</h3>
            {codes}
            <Failed failure=sending.failure again=move |()| open.look_again()/>
        </section>
    }
}

fn listed(rows: Vec<AnyView>, none: &'static str) -> AnyView {
    if rows.is_empty() {
        return view! { <p class="meta">{none}</p> }.into_any();
    }
    view! { <ul class="case-links">{rows}</ul> }.into_any()
}

fn report_row(report: ReportOfItem, sending: Sending, lang: Lang) -> AnyView {
    let number = shown_number(&report.public_id);
    let state = report.state.map(|state| state.name(lang));
    let seen = if report.published {
        words::publication_published(lang)
    } else {
        words::publication_waiting(lang)
    };
    let (shown, called) = (number.clone(), number);
    // A report of another department is named and cannot be opened.
    let name = match report.state {
        Some(_) => view! {
            <Link to=routes::case(&report.public_id) class="case-link">{shown}</Link>
        }
        .into_any(),
        None => view! { <span class="case-number">{shown}</span> }.into_any(),
    };
    let button = unlink(Belongs::Report(report.public_id.clone()), called, sending, lang);
    let marks = [state, Some(seen)].into_iter().flatten();
    let marks = marks.map(|mark| view! { <span class="case-mark">{mark}</span> }).collect_view();
    view! {
        <li>
            {name}
            <span class="case-marks">{marks}</span>
            {button}
        </li>
    }
    .into_any()
}

fn station_row(code: String, sending: Sending, lang: Lang) -> AnyView {
    let name = SignedIn::expect().name_of(stations, &code, lang);
    let button = unlink(Belongs::Station(code.clone()), name.clone(), sending, lang);
    view! { <li><span><span class="case-number">{code}</span>" "{name}</span>{button}</li> }
        .into_any()
}

fn unlink(link: Belongs, name: String, sending: Sending, lang: Lang) -> impl IntoView {
    let open = OpenItem::expect();
    let refusal = move || open.refusal(EventKind::Unlinked).map(|why| why.get(lang).to_owned());
    let act = move |_| {
        let body = Body::Unlinked { link: link.clone() };
        open.act(sending, open.wish(body, None), || ());
    };
    let kind = EventKind::Unlinked.name(lang);
    view! {
        <span class="button-row">
            <button type="button" class="button" aria-label=words::links_do(lang, &kind, &name) title=refusal
                disabled=move || refusal().is_some() on:click=act>{kind}</button>
        </span>
    }
}
