//! The district's air now.

use contract::public::AirIndex;
use leptos::prelude::*;
use ui::{Age, Language, dates, figure};

use crate::{
    components::{LevelPanel, PrimaryPollutants, advice},
    live::Live,
    words,
};

/// Index, level, primary pollutant and advice of the district.
#[component]
pub(super) fn DistrictNow() -> impl IntoView {
    let (language, live) = (Language::expect(), Live::expect());
    let index = Memo::new(move |_| live.air.with(|air| air.value.as_ref()?.district.clone()));
    let primary = Signal::derive(move || {
        index.with(|i| i.as_ref().map(|i| i.primary.clone()).unwrap_or_default())
    });
    let ended =
        Signal::derive(move || index.with(|index| index.as_ref().map(|index| index.period.end())));
    let about = move || {
        let lang = language.get();
        index.with(|index| index.as_ref().map(|index| circumstances(index, lang)))
    };
    let advice = move || {
        let lang = language.get();
        index.with(|index| index.as_ref().and_then(|index| advice(index, lang)))
    };
    view! {
        <section class="card district" aria-labelledby="air-now">
            <h2 id="air-now">{move || words::air_now(language.get())}</h2>
            <LevelPanel index/>
            <p class="district-primary"><PrimaryPollutants items=primary/></p>
            {move || advice().map(|(effect, measure)| view! {
                <p class="district-effect">{effect}</p>
                <p class="district-advice">{measure}</p>
            })}
            <p class="meta">{about} " · " <Age ended expected_interval_s=3_600_u32/></p>
        </section>
    }
}

fn circumstances(index: &AirIndex, lang: domain::Lang) -> String {
    let when = dates::period(index.period, index.averaging, lang);
    let issuer =
        if index.published.is_some() { words::published(lang) } else { words::computed_here(lang) };
    format!(
        "{} · {when} · {} · {issuer}",
        figure::averaging(index.averaging, lang),
        index.standard.title()
    )
}
