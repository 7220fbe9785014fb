//! An index in large letters on its level's fill, and what HJ 633 says beside it.

use contract::public::AirIndex;
use domain::Lang;
use leptos::prelude::*;
use ui::{Age, colour, dates, figure, lang};

use super::PrimaryPollutants;
use crate::words;

/// The index now: number, level, primary pollutant, effect and advice, and its circumstances.
#[component]
pub(crate) fn IndexNow(
    /// The index; `None` where there is none at all.
    index: Option<AirIndex>,
) -> impl IntoView {
    let lang = lang();
    let about = index.as_ref().map(|index| circumstances(index, lang));
    let ended = index.as_ref().map(|index| index.period.end());
    let primary = index.as_ref().map(|index| index.primary.clone()).unwrap_or_default();
    let advice = index.as_ref().and_then(|index| advice(index, lang)).map(|(effect, measure)| {
        view! {
            <p class="district-effect">{effect}</p>
            <p class="district-advice">{measure}</p>
        }
    });
    view! {
        <LevelPanel index/>
        <p class="district-primary"><PrimaryPollutants items=primary/></p>
        {advice}
        <p class="meta">{about} " · " <Age ended expected_interval_s=3_600/></p>
    }
}

/// The number and the word of an index on the official fill; why there is none otherwise.
#[component]
fn LevelPanel(index: Option<AirIndex>) -> impl IntoView {
    let lang = lang();
    let band = index.as_ref().and_then(|index| index.band.as_ref());
    let fill = band.and_then(|band| colour::fill(&band.colour));
    let ink = fill.as_deref().map(colour::ink_on);
    let word = band.map_or(words::no_index(lang).to_owned(), |band| band.name.get(lang).to_owned());
    let value = index.as_ref().and_then(|index| index.value);
    let unit = value.map(|_| words::aqi_short(lang));
    let reason = index
        .as_ref()
        .and_then(|index| index.reason.as_ref())
        .map(|reason| reason.get(lang).to_owned());
    view! {
        <div class="level-panel" style=("--aqi", fill) style=("--on-aqi", ink)>
            <span class="level-panel-value">
                <span class="level-panel-unit">{unit}</span> " " {value.map(figure::index)}
            </span>
            <span class="level-panel-word">{word}</span>
        </div>
        {reason.map(|reason| view! { <p class="meta">{reason}</p> })}
    }
}

/// Averaging, time, edition and issuer of an index.
fn circumstances(index: &AirIndex, lang: Lang) -> String {
    let when = dates::period(index.period, index.averaging, lang);
    let issuer = issuer(index.value, index.published, lang);
    format!(
        "{} · {when} · {} · {issuer}",
        figure::averaging(index.averaging, lang),
        index.standard.title()
    )
}

/// Whose number `value` is. What an authority published is its own only as long as it is the same.
fn issuer(value: Option<u16>, published: Option<u16>, lang: Lang) -> String {
    match published {
        None => words::computed_here(lang).to_owned(),
        Some(_) if value == published => words::published(lang).to_owned(),
        Some(published) => words::computed_beside(lang, &figure::index(published)),
    }
}

/// The effect on health and the advice that HJ 633 requires beside a level, in the wording of the
/// edition that produced it; `None` for other rulers.
fn advice(index: &AirIndex, lang: Lang) -> Option<(&'static str, &'static str)> {
    let level = index.band.as_ref()?.level?;
    let edition = index.standard.edition()?;
    Some((level.health_effect(edition, lang), level.advice(edition, lang)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_number_that_was_published_is_called_published() {
        let said = |value, published| issuer(value, published, Lang::En);
        assert_eq!(said(Some(57), None), "computed by this site");
        assert_eq!(said(Some(57), Some(57)), "as published");
        assert_eq!(said(Some(57), Some(61)), "computed by this site (as published: 61)");
        assert_eq!(said(None, Some(61)), "computed by this site (as published: 61)");
    }
}
