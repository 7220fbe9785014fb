//! Similar reports that are public already: offered, never forced.

use contract::{
    paths,
    report::{NearbyReports, PublishedReport},
};
use leptos::{prelude::*, task::spawn_local};
use ui::{Link, lang, router::push_encoded};

use super::writing::Writing;
use crate::{api_client, routes, words};

/// Micro-degrees in a thousandth: the server looks around within hundreds of metres, so it need not know better.
const COARSE: i32 = 1_000;

/// Published reports near the chosen point, each to be added to with one button.
#[component]
pub(super) fn Nearby() -> impl IntoView {
    let (lang, writing) = (lang(), Writing::expect());
    let found = RwSignal::new(Vec::<PublishedReport>::new());
    let question = Memo::new(move |_| question(writing));
    Effect::new(move |_| {
        let Some(path) = question.get() else { return found.set(vec![]) };
        spawn_local(async move {
            // Nothing is offered where nothing can be asked.
            let near = api_client::get::<NearbyReports>(&path).await;
            let _ = found.try_set(near.map(|near| near.reports).unwrap_or_default());
        });
    });
    let follows = writing.part(|draft| draft.follows.clone());
    move || {
        let reports = found.get();
        (!reports.is_empty()).then(|| {
            let rows =
                reports.into_iter().map(|report| row(writing, report, follows)).collect_view();
            view! {
                <section class="card" aria-labelledby="report-nearby">
                    <h3 id="report-nearby">{words::report_nearby(lang)}</h3>
                    <p>{words::report_nearby_about(lang)}</p>
                    <ul class="reports">{rows}</ul>
                </section>
            }
        })
    }
}

/// The request; `None` before there are a point and a category, and for kinds that are reported from home.
fn question(writing: Writing) -> Option<String> {
    let category =
        writing.category().filter(|category| !category.from_home && category.is_public())?;
    let mut point = writing.draft.with(|draft| draft.place)?.point;
    for side in [&mut point.lon, &mut point.lat] {
        *side = side.div_euclid(COARSE) * COARSE + COARSE / 2;
    }
    let (lon, lat) = point.degrees();
    let mut path = format!("{}?lon={lon}&lat={lat}&category=", paths::REPORTS_NEARBY);
    push_encoded(&mut path, &category.key);
    Some(path)
}

fn row(writing: Writing, report: PublishedReport, follows: Signal<Option<String>>) -> AnyView {
    let lang = writing.lang;
    let id = report.public_id.clone();
    let chosen = {
        let id = id.clone();
        Signal::derive(move || follows.with(|follows| follows.as_ref() == Some(&id)))
    };
    let toggle = move |_| {
        let next = (!chosen.get_untracked()).then(|| id.clone());
        writing.change(|draft| draft.follows = next);
    };
    let state = report.state.name(lang);
    let name = words::report_nearby_row(
        lang,
        &report.category_name.get(lang),
        &ui::dates::day(report.received, lang),
        &state,
    );
    let hidden = name.clone();
    view! {
        <li>
            <p><Link to=routes::report(&report.public_id)>{name}</Link></p>
            <p>{report.text}</p>
            <p><button type="button" class="button" aria-pressed=move || if chosen.get() { "true" } else { "false" } on:click=toggle>
                {words::report_follow(lang)}
                <span class="visually-hidden">{hidden}</span>
            </button></p>
        </li>
    }
    .into_any()
}
