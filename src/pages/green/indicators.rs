//! Each indicator with what it divides by what, its figure, and what stands beside it.

use std::sync::Arc;

use contract::green::{Green, GreenIndicator, GreenThreshold};
use domain::{Lang, green_space::Compared, scorecard::unit_name};
use leptos::prelude::*;
use ui::{figure, lang};

use crate::{
    components::{ScoreHistory, ScoreStatement},
    words,
};

/// A card per indicator.
#[component]
pub(super) fn Indicators(green: Arc<Green>) -> impl IntoView {
    let lang = lang();
    let cards: Vec<_> = green.indicators.iter().map(|of| card(of, lang)).collect();
    let none = cards.is_empty().then(|| view! { <p>{words::green_none(lang)}</p> });
    view! {
        <section class="stack" aria-labelledby="green-indicators">
            <h2 id="green-indicators">{words::green_indicators(lang)}</h2>
            {none}
            <div class="columns">{cards}</div>
        </section>
    }
    .into_any()
}

fn card(of: &GreenIndicator, lang: Lang) -> AnyView {
    let name = of.name.get(lang).to_owned();
    view! {
        <article class="card" aria-label=name.clone()>
            <h3>{name.clone()}</h3>
            <ScoreStatement statement=of.figure.now.clone()/>
            <p><strong>{words::green_definition(lang)}</strong> " " <ui::Written text=of.definition.get(lang)/></p>
            {thresholds(of, &name, lang)}
            <ScoreHistory line=of.figure.clone()/>
        </article>
    }
    .into_any()
}

fn thresholds(of: &GreenIndicator, name: &str, lang: Lang) -> AnyView {
    if of.thresholds.is_empty() {
        return view! { <p class="meta">{words::green_no_threshold(lang)}</p> }.into_any();
    }
    let unit = unit_name(&of.figure.now.unit, lang);
    let rows: Vec<_> = of.thresholds.iter().map(|threshold| row(threshold, unit, lang)).collect();
    let label = words::green_thresholds(lang, &name);
    let caption = label.clone();
    view! {
        <div class="table-scroll tall" tabindex="0" role="group" aria-label=label>
            <table class="table">
                <caption>{caption}</caption>
                <thead><tr>
                    <th scope="col">{words::green_target(lang)}</th>
                    <th scope="col">{words::table_value(lang)}</th>
                    <th scope="col">{words::green_compared(lang)}</th>
                    <th scope="col">{words::score_source(lang)}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(threshold: &GreenThreshold, unit: &str, lang: Lang) -> AnyView {
    let value = figure::joined(&figure::exact(threshold.value), unit);
    let value = format!("{} {value}", threshold.sign.key());
    let compared = match threshold.compared {
        Compared::Met => words::green_met(lang),
        Compared::NotMet => words::green_not_met(lang),
        Compared::NotComparable => words::green_beside(lang),
    };
    let unconfirmed = (!threshold.confirmed)
        .then(|| view! { " " <span class="mark">{words::green_unconfirmed(lang)}</span> });
    view! {
        <tr>
            <th scope="row"><ui::Written text=threshold.target.get(lang)/></th>
            <td>{value}</td>
            <td>{compared}</td>
            <td><ui::Written text=threshold.source.get(lang)/> {unconfirmed}</td>
        </tr>
    }
    .into_any()
}
