//! How an index came about: each pollutant, its segment of the table, and the arithmetic.

use contract::public::{AirIndex, Segment, SubIndex};
use domain::{
    Lang,
    air::{AqiLevel, IndexStandard, sensitive_groups},
};
use leptos::prelude::*;
use ui::{AqiBadge, figure, lang};

use crate::words;

/// The parts of an index as a table, the worst first, with the sums written out.
#[component]
pub(crate) fn IndexExplained(
    /// The index to explain.
    index: AirIndex,
) -> impl IntoView {
    let lang = lang();
    let mut parts = index.sub.clone();
    parts.sort_by_key(|part| std::cmp::Reverse(part.value));
    let standard = index.standard;
    let rows = parts.into_iter().map(|part| view! { <Row part standard/> }).collect_view();
    let missing: Vec<&str> = index.missing.iter().map(|item| item.symbol()).collect();
    let missing = (!missing.is_empty())
        .then(|| view! { <p class="notice">{words::index_missing(lang, &missing.join(", "))}</p> });
    view! {
        <p>{rule(standard, lang)}</p>
        <div class="table-scroll" tabindex="0" role="group" aria-label=words::index_explained(lang)>
            <table class="table">
                <caption>{words::index_table(lang, &standard.title())}</caption>
                <thead>
                    <tr>
                        <th scope="col">{words::column_pollutant(lang)}</th>
                        <th scope="col">{words::column_concentration(lang)}</th>
                        <th scope="col">{words::column_sub_index(lang)}</th>
                        <th scope="col">{words::column_arithmetic(lang)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {missing}
    }
}

#[component]
fn Row(part: SubIndex, standard: IndexStandard) -> impl IntoView {
    let lang = lang();
    let concentration = part.concentration.map_or_else(
        || words::no_data(lang).to_owned(),
        |value| figure::joined(&figure::exact(value), &part.unit),
    );
    let sums = arithmetic(&part, standard, lang);
    view! {
        <tr>
            <th scope="row">
                {part.item.symbol()} <span class="meta">" " {figure::averaging(part.averaging, lang)}</span>
            </th>
            <td>{concentration}</td>
            <td><AqiBadge value=part.value band=part.band/></td>
            <td class="arithmetic">{sums}</td>
        </tr>
    }
}

/// The rule of a ruler in a sentence.
fn rule(standard: IndexStandard, lang: Lang) -> &'static str {
    match standard {
        IndexStandard::Hj633_2012 | IndexStandard::Hj633_2026 => words::rule_hj633(lang),
        IndexStandard::Epa2024 => words::rule_epa(lang),
        IndexStandard::Eaqi2024 => words::rule_eaqi(lang),
        IndexStandard::Who2021 => words::rule_who(lang),
    }
}

/// Equation 1 with the numbers of this concentration, or why there is no sum.
fn arithmetic(part: &SubIndex, standard: IndexStandard, lang: Lang) -> String {
    let (Some(concentration), Some(value)) = (part.concentration, part.value) else {
        return words::arithmetic_none(lang).to_owned();
    };
    let Some(Segment { low, high: Some(high), index_low, index_high }) = part.segment else {
        return words::arithmetic_band(lang).to_owned();
    };
    if matches!(standard, IndexStandard::Eaqi2024 | IndexStandard::Who2021) {
        return words::arithmetic_range(lang, &figure::exact(low), &figure::exact(high));
    }
    let (low, high, at) = (figure::exact(low), figure::exact(high), figure::exact(concentration));
    let rounding =
        if standard.edition().is_some() { words::rounded_up(lang) } else { words::rounded(lang) };
    let [index_low, index_high, value] = [index_low, index_high, value].map(figure::index);
    format!(
        "({index_high} − {index_low}) ÷ ({high} − {low}) × ({at} − {low}) + {index_low} → {value} {rounding}"
    )
}

/// The people at risk from each pollutant above 100, HJ 633-2026 table 2.
#[component]
pub(crate) fn SensitiveGroups(
    /// The index whose parts are looked at.
    index: AirIndex,
) -> impl IntoView {
    let lang = lang();
    let groups: Vec<_> = index
        .sub
        .iter()
        .filter(|part| {
            index.standard.edition().is_some()
                && part.value.is_some_and(|value| AqiLevel::of(value) > AqiLevel::Good)
        })
        .filter_map(|part| Some((part.item, sensitive_groups(part.item, lang)?)))
        .collect();
    (!groups.is_empty()).then(|| {
        let entry = |(item, people): (domain::Item, &'static str)| {
            view! { <li><strong>{item.symbol()}</strong> " " {people}</li> }
        };
        view! {
            <h3>{words::sensitive_groups(lang)}</h3>
            <ul class="groups">{groups.into_iter().map(entry).collect_view()}</ul>
        }
    })
}

#[cfg(test)]
mod tests {
    use domain::{Averaging, Item, Quantity};

    use super::*;

    fn part(segment: Option<Segment>) -> SubIndex {
        SubIndex {
            item: Item::Pm25,
            averaging: Averaging::Hour,
            concentration: Some(Quantity::from_integer(45)),
            unit: "µg/m³".into(),
            value: Some(70),
            band: None,
            segment,
        }
    }

    fn segment() -> Option<Segment> {
        let [low, high] = [35, 60].map(Quantity::from_integer);
        Some(Segment { low, high: Some(high), index_low: 50, index_high: 100 })
    }

    #[test]
    fn the_sum_is_written_with_the_numbers_of_the_table() {
        let sum = arithmetic(&part(segment()), IndexStandard::Hj633_2026, Lang::Zh);
        assert_eq!(
            sum,
            format!("(100 − 50) ÷ (60 − 35) × (45 − 35) + 50 → 70 {}", words::rounded_up(Lang::Zh))
        );
    }

    #[test]
    fn a_ruler_of_bands_shows_the_band_and_no_sum() {
        let sum = arithmetic(&part(segment()), IndexStandard::Eaqi2024, Lang::En);
        assert_eq!(sum, words::arithmetic_range(Lang::En, &"35", &"60"));
    }

    #[test]
    fn above_the_table_there_is_no_sum() {
        assert_eq!(
            arithmetic(&part(None), IndexStandard::Hj633_2026, Lang::En),
            words::arithmetic_band(Lang::En)
        );
    }
}
