//! How much residential land lies within reach of a park: an estimate, with how it is made.

use std::sync::Arc;

use contract::green::{Green, ReachCoverage};
use domain::Lang;
use leptos::prelude::*;
use ui::{figure, lang};

use super::Simulated;
use crate::words;

/// Nothing where the district gives no places.
#[component]
pub(super) fn Reach(green: Arc<Green>) -> impl IntoView {
    let lang = lang();
    green.coverage.as_ref().map(|coverage| shown(coverage, lang))
}

fn shown(coverage: &ReachCoverage, lang: Lang) -> AnyView {
    let percent = coverage.percent.map_or_else(
        || words::no_data(lang).to_owned(),
        |percent| format!("{} %", figure::exact(percent)),
    );
    let radii = coverage.radii;
    let within = coverage.homes.iter().filter(|home| home.within).count();
    let hectares = |m2: u64| m2 / 10_000;
    let parts = words::green_reach_parts(
        lang,
        &hectares(coverage.covered_m2),
        &hectares(coverage.all_m2),
        &within,
        &coverage.homes.len(),
    );
    let rule = words::green_reach_radii(
        lang,
        &radii.large_from_m2,
        &radii.large_m,
        &radii.small_from_m2,
        &radii.small_m,
    );
    let unconfirmed = (!radii.confirmed)
        .then(|| view! { " " <span class="mark">{words::green_unconfirmed(lang)}</span> });
    view! {
        <section class="card" aria-labelledby="green-reach">
            <h2 id="green-reach">{words::green_reach(lang)}</h2>
            <p class="score-value"><span class="score-number">{words::green_estimate(lang, &percent)}</span> " " <span class="mark">{words::green_estimated(lang)}</span></p>
            <p>{parts}</p>
            <p>{rule} {unconfirmed}</p>
            <p><strong>{words::green_method(lang)}</strong> " " {coverage.method.get(lang).to_owned()}</p>
            <Simulated simulated=coverage.simulated about=words::green_simulated(lang)/>
        </section>
    }
    .into_any()
}
