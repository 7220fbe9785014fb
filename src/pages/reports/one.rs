//! One published report.

use contract::report::{OnePublishedReport, PublishedReport};
use domain::{Lang, report::PublicId};
use leptos::prelude::*;
use ui::{Link, Router, Title, Written, dates, lang, router::push_encoded};

use crate::{
    components::{LoadFailed, Skeleton, dress, fetched},
    pages::{NotFound, course},
    routes::Place,
    words,
};

/// A published report by its number.
#[component]
pub(crate) fn OneReport(number: Signal<String>) -> impl IntoView {
    dress();
    let lang = lang();
    let path = Signal::derive(move || {
        let stored = number.with(|number| number.parse::<PublicId>());
        let stored = stored.map_or(number.get(), |number| number.as_str().to_owned());
        let mut path = format!("{}/", contract::paths::REPORTS);
        push_encoded(&mut path, &stored);
        Some(path)
    });
    let shown = fetched::<OnePublishedReport>(path);
    let reply = Memo::new(move |_| shown.with(|shown| shown.value.clone()));
    let failure = Signal::derive(move || shown.with(|shown| shown.failure.clone()));
    let missing = Memo::new(move |_| {
        failure
            .with(|failure| failure.as_ref().is_some_and(crate::api_client::Failure::is_not_found))
    });
    move || match (missing.get(), reply.get()) {
        (true, _) => view! { <NotFound/> }.into_any(),
        (_, Some(reply)) => view! { <Whole reply/> }.into_any(),
        (_, None) => {
            let title = words::reports_one(lang);
            view! {
                <Title text=title/>
                <h1>{title}</h1>
                <LoadFailed failure has_old=Signal::stored(false)/>
                <Skeleton height=20/>
            }
            .into_any()
        }
    }
}

#[component]
fn Whole(reply: OnePublishedReport) -> impl IntoView {
    let lang = lang();
    let OnePublishedReport { report, course: steps, .. } = reply;
    let number = report.public_id.parse::<PublicId>();
    let number = number.map_or(report.public_id.clone(), |number| number.to_string());
    let title = words::reports_one_title(lang, &report.category_name.get(lang), &number);
    let parameters =
        [("category", Some(report.category.as_str())), ("follows", Some(&report.public_id))];
    let follow = untrack(|| Router::expect().address_with(Place::Report.path(), &parameters));
    view! {
        <Title text=title.clone()/>
        <h1>{title}</h1>
        <section class="card" aria-label=words::reports_one(lang)>
            <p class="track-now"><strong>{report.state.name(lang)}</strong> " " {report.finding.map(|finding| finding.name(lang))}</p>
            {report.text.clone().map(|text| view! { <p class="written"><Written text/></p> })}
            {report.reason.clone().map(|reason| view! { <p class="written"><Written text=reason/></p> })}
            {facts(&report, lang)}
            {photos(&report, lang)}
        </section>
        <section class="card" aria-labelledby="course">
            <h2 id="course">{words::track_course(lang)}</h2>
            {course(steps, lang)}
        </section>
        <p><a class="button" href=follow>{words::report_follow(lang)}</a></p>
        <p><Link to=Place::Reports.path()>{words::reports_all(lang)}</Link></p>
    }
    .into_any()
}

fn facts(report: &PublishedReport, lang: Lang) -> AnyView {
    let fact = |label: &'static str, text: Option<String>| {
        text.map(|text| view! { <div><dt>{label}</dt><dd>{text}</dd></div> })
    };
    let name = |text: &Option<domain::Text>| text.as_ref().map(|text| text.get(lang).to_owned());
    let cell = report.cell_m.map(|metres| words::report_cell(lang, &metres));
    let followers =
        (report.followers > 0).then(|| words::reports_followers(lang, &report.followers));
    view! {
        <dl class="preview">
            {fact(words::reports_received(lang), Some(dates::day(report.received, lang)))}
            {fact(words::reports_updated(lang), Some(dates::day(report.updated, lang)))}
            {fact(words::reports_department(lang), name(&report.department))}
            {fact(words::report_street(lang), name(&report.street))}
            {fact(words::report_step_where(lang), cell)}
            {fact(words::reports_others(lang), followers)}
            {fact(words::simulated(lang), report.simulated.then(|| words::report_simulated(lang).to_owned()))}
        </dl>
    }
    .into_any()
}

fn photos(report: &PublishedReport, lang: Lang) -> AnyView {
    let photo = |(number, path): (usize, &String)| {
        let name = words::report_photo(lang, &(number + 1));
        view! { <li><img class="photo" src=path.clone() alt=name loading="lazy"/></li> }
    };
    let photos: Vec<_> = report.photos.iter().enumerate().map(photo).collect();
    (!photos.is_empty()).then(|| view! { <ul class="photos">{photos}</ul> }).into_any()
}
