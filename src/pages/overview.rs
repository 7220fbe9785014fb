//! The first page: air and water at a glance, live.

mod district;
mod good_days;
mod health;
mod last_day;
mod rest;

use contract::public::AirSummary;
use domain::Lang;
use leptos::prelude::*;
use ui::{Link, Title, figure, in_turn, lang, later};

use self::district::DistrictNow;
use crate::{components::LoadFailed, live::Live, routes::Place, words};

/// The first page: air and water at a glance.
#[component]
pub(crate) fn Overview() -> impl IntoView {
    let (lang, live) = (lang(), Live::expect());
    let heading = Signal::derive(move || {
        let district = live
            .site
            .with(|site| site.value.as_ref().map(|site| site.district.get(lang).to_owned()));
        district.map_or(words::overview_title(lang).to_owned(), |district| {
            words::overview_of(lang, &district)
        })
    });
    let description = Signal::derive(move || {
        live.air.with(|air| air.value.as_ref().map(|air| sentence(air, lang)).unwrap_or_default())
    });
    let has_air = Signal::derive(move || live.air.with(|air| air.value.is_some()));
    view! {
        <Title text=heading description/>
        <h1>{heading}</h1>
        <LoadFailed failure=Signal::derive(move || live.air.with(|air| air.failure.clone())) has_old=has_air/>
        <p class="report-call"><Link to=Place::Report.path() class="button button-main">{words::overview_report(lang)}</Link></p>
        <div class="overview">
            {in_turn(|| view! { <DistrictNow/> }.into_any())}
            <div class="overview-rest">{later(rest::rest())}</div>
        </div>
    }
}

/// The district's air in one sentence, also the page's description.
fn sentence(air: &AirSummary, lang: Lang) -> String {
    let index = air.district.as_ref();
    match (index.and_then(|index| index.value), index.and_then(|index| index.band.as_ref())) {
        (Some(value), Some(band)) => {
            words::overview_description(lang, &figure::index(value), &band.name.get(lang))
        }
        _ => words::overview_description_none(lang).to_owned(),
    }
}
