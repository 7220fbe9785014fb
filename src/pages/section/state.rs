//! The class of a section now, and what limits it.

use contract::public::{StationNow, WaterState};
use domain::{Lang, water::WaterClass};
use leptos::prelude::*;
use ui::{Age, ClassBadge, Language, class_badge, dates, figure};

use crate::words;

/// The class in large letters with limiting parameters, multiples over class III and the target.
#[component]
pub(super) fn ClassNow(now: Memo<Option<StationNow>>) -> impl IntoView {
    let language = Language::expect();
    let state = Memo::new(move |_| now.with(|now| now.as_ref()?.water.clone()));
    let class = Signal::derive(move || state.with(|state| state.as_ref()?.class));
    let facts = move || {
        let lang = language.get();
        let target = now.with(|now| now.as_ref()?.station.water.as_ref()?.target);
        state.get().map(|state| view! { <Facts state target lang/> })
    };
    let ended =
        Signal::derive(move || state.with(|state| state.as_ref().map(|state| state.period.end())));
    let when = move || {
        let lang = language.get();
        state.with(|state| {
            state.as_ref().map(|state| dates::day_and_clock(state.period.start, lang))
        })
    };
    view! {
        <section class="card class-now" aria-labelledby="class">
            <h2 id="class">{move || words::class_title(language.get())}</h2>
            <p class="class-now-badge"><ClassBadge class/></p>
            {facts}
            <p class="notice">{move || words::automatic_note(language.get())}</p>
            <p class="meta">{when} " · " <Age ended expected_interval_s=14_400_u32/></p>
        </section>
    }
}

#[component]
fn Facts(state: WaterState, target: Option<WaterClass>, lang: Lang) -> impl IntoView {
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
    let published = state.published.map(|class| class_badge::written(class, lang));
    let fact =
        |name: &'static str, text: String| view! { <div><dt>{name}</dt><dd>{text}</dd></div> };
    view! {
        <dl class="facts">
            {fact(words::fact_limiting(lang), limiting)}
            {fact(words::fact_exceedance(lang), over)}
            {target.map(|target| fact(words::fact_target(lang), format!("{target} · {met}")))}
            {published.map(|class| fact(words::fact_published(lang), class))}
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
