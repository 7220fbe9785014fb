//! The class of a section now, and what limits it.

use contract::public::WaterState;
use domain::water::WaterClass;
use leptos::prelude::*;
use ui::{Age, ClassBadge, class_badge, dates, figure, lang};

use crate::words;

/// The class in large letters with limiting parameters, multiples over class III and the target.
#[component]
pub(super) fn ClassNow(
    /// The newest evaluation.
    state: Option<WaterState>,
    /// The class the section must reach.
    target: Option<WaterClass>,
) -> impl IntoView {
    let lang = lang();
    let class = state.as_ref().and_then(|state| state.class);
    let when = state.as_ref().map(|state| dates::day_and_clock(state.period.start, lang));
    let ended = state.as_ref().map(|state| state.period.end());
    view! {
        <section class="card class-now" aria-labelledby="class">
            <h2 id="class">{words::class_title(lang)}</h2>
            <p class="class-now-badge"><ClassBadge class/></p>
            {state.map(|state| view! { <Facts state target/> })}
            <p class="notice">{words::automatic_note(lang)}</p>
            <p class="meta">{when} " · " <Age ended expected_interval_s=14_400/></p>
        </section>
    }
}

#[component]
fn Facts(state: WaterState, target: Option<WaterClass>) -> impl IntoView {
    let lang = lang();
    let limiting: Vec<&str> = state.limiting.iter().map(|item| item.name(lang)).collect();
    let limiting = if limiting.is_empty() {
        words::no_data(lang).to_owned()
    } else {
        limiting.join(words::list_gap(lang))
    };
    let over: Vec<String> = state
        .exceedances
        .iter()
        .map(|over| {
            words::exceedance(lang, &over.item.name(lang), &figure::multiple(over.multiple))
        })
        .collect();
    let over = if over.is_empty() {
        words::exceedance_none(lang).to_owned()
    } else {
        over.join(words::list_gap(lang))
    };
    let met = match state.meets_target {
        Some(true) => words::target_met(lang),
        Some(false) => words::target_missed(lang),
        None => words::target_unknown(lang),
    };
    let target = target.map(|target| class_badge::written(target, lang));
    let trophic =
        state.trophic.as_ref().map(|found| format!("{} · {}", found.index, found.state.get(lang)));
    let published = state.published.map(|class| class_badge::written(class, lang));
    let fact =
        |name: &'static str, text: String| view! { <div><dt>{name}</dt><dd>{text}</dd></div> };
    view! {
        <dl class="facts">
            {fact(words::fact_limiting(lang), limiting)}
            {fact(words::fact_exceedance(lang), over)}
            {target.map(|target| fact(words::fact_target(lang), format!("{target} · {met}")))}
            {published.map(|class| fact(words::fact_published(lang), class))}
            {trophic.map(|trophic| fact(words::fact_trophic(lang), trophic))}
        </dl>
    }
}

#[cfg(test)]
mod tests {
    use domain::Quantity;

    #[test]
    fn a_multiple_has_two_decimals() {
        let multiple: Quantity = "0.305".parse().unwrap();
        assert_eq!(super::figure::multiple(multiple), "0.30");
    }
}
