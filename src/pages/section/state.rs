//! The class of a section now, and what limits it.

use contract::public::WaterState;
use domain::{Item, Lang, water::WaterClass};
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
    let automatic = state.as_ref().is_none_or(|state| state.automatic);
    let ended = state.as_ref().map(|state| state.period.end());
    view! {
        <section class="card class-now" aria-labelledby="class">
            <h2 id="class">{words::class_title(lang)}</h2>
            <p class="class-now-badge"><ClassBadge class/></p>
            {state.map(|state| view! { <Facts state target/> })}
            {automatic.then(|| view! { <p class="notice">{words::automatic_note(lang)}</p> })}
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
    let over = over_three(&state, lang);
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

/// The multiples over class III, and what is worse than III without having one: pH and dissolved
/// oxygen.
fn over_three(state: &WaterState, lang: Lang) -> String {
    let mut parts: Vec<String> = state
        .exceedances
        .iter()
        .map(|over| {
            words::exceedance(lang, &over.item.name(lang), &figure::multiple(over.multiple))
        })
        .collect();
    let has_multiple = |item: &Item| state.exceedances.iter().any(|over| over.item == *item);
    if state.class > Some(WaterClass::III) {
        let without = state.limiting.iter().filter(|item| !has_multiple(item));
        let names: Vec<&str> = without.map(|item| item.name(lang)).collect();
        if !names.is_empty() {
            parts.push(words::exceedance_unmeasured(lang, &names.join(words::list_gap(lang))));
        }
    }
    match (parts.is_empty(), state.class) {
        (false, _) => parts.join(words::list_gap(lang)),
        (true, Some(_)) => words::exceedance_none(lang).to_owned(),
        (true, None) => words::no_data(lang).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use contract::public::Exceedance;
    use domain::{Period, Quantity};
    use jiff::Timestamp;

    use super::*;

    fn state(class: Option<WaterClass>, limiting: &[Item], over: &[(Item, &str)]) -> WaterState {
        let over = over
            .iter()
            .map(|&(item, multiple)| Exceedance { item, multiple: multiple.parse().unwrap() });
        WaterState {
            period: Period { start: Timestamp::UNIX_EPOCH, length_s: 14_400 },
            class,
            limiting: limiting.to_vec(),
            exceedances: over.collect(),
            published: None,
            automatic: true,
            meets_target: None,
            trophic: None,
            simulated: false,
        }
    }

    #[test]
    fn oxygen_and_ph_worse_than_three_are_named_though_they_have_no_multiple() {
        let said = |class, limiting: &[Item], over: &[(Item, &str)]| {
            over_three(&state(class, limiting, over), Lang::Zh)
        };
        let oxygen = said(Some(WaterClass::IV), &[Item::DissolvedOxygen], &[]);
        assert_eq!(oxygen, "溶解氧劣于Ⅲ类（不计倍数）");
        let both =
            said(Some(WaterClass::V), &[Item::DissolvedOxygen, Item::Nh3N], &[(Item::Nh3N, "0.6")]);
        assert_eq!(both, "氨氮超Ⅲ类 0.60 倍、溶解氧劣于Ⅲ类（不计倍数）");
        let good = said(Some(WaterClass::II), &[Item::DissolvedOxygen], &[]);
        assert_eq!(good, "无项目超过Ⅲ类");
    }

    #[test]
    fn without_a_class_nothing_is_said_to_be_within_class_three() {
        assert_eq!(over_three(&state(None, &[], &[]), Lang::En), words::no_data(Lang::En));
    }

    #[test]
    fn a_multiple_has_two_decimals() {
        let multiple: Quantity = "0.305".parse().unwrap();
        assert_eq!(figure::multiple(multiple), "0.30");
    }
}
