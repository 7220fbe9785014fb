//! The publicity period: how long it still runs, what was objected, and the way to object.

use std::sync::Arc;

use contract::rectification::{Item, ObjectionCounts, Publicity};
use domain::Lang;
use leptos::prelude::*;
use ui::{dates, lang, later};

use super::objection::objection_form;
use crate::words;

/// Nothing before the issue was ever shown.
#[component]
pub(super) fn PublicityCard(item: Arc<Item>) -> impl IntoView {
    let lang = lang();
    let number = item.line.number.clone();
    item.publicity.map(|publicity| {
        let form = publicity.open.then(|| later(objection_form(number)));
        view! {
            <section class="card" aria-labelledby="item-publicity">
                <h2 id="item-publicity">{words::publicity(lang)}</h2>
                <p>{words::publicity_days(lang, &dates::day(publicity.from, lang), &dates::day(publicity.until, lang))}</p>
                <p class="track-now"><strong>{left(publicity, lang)}</strong></p>
                {(!publicity.announced).then(|| view! { <p class="notice">{words::publicity_unannounced(lang)}</p> })}
                {counts(item.objections, lang)}
                {form}
            </section>
        }
        .into_any()
    })
}

/// The countdown in working days, or that it is over.
fn left(publicity: Publicity, lang: Lang) -> String {
    match (publicity.open, publicity.working_days_left) {
        (true, 0) => words::publicity_last_day(lang).to_owned(),
        (true, days) => words::publicity_left(lang, &days),
        (false, _) => words::publicity_over(lang).to_owned(),
    }
}

/// How many objected, and what became of it; nobody is named.
fn counts(counts: ObjectionCounts, lang: Lang) -> String {
    let ObjectionCounts { received, open, rejected, upheld } = counts;
    if received == 0 {
        return words::objections_none(lang).to_owned();
    }
    words::objections_counts(lang, &received, &open, &rejected, &upheld)
}
