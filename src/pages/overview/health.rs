//! How well data arrives, in one line.

use domain::freshness::Freshness;
use leptos::prelude::*;
use ui::{Link, lang};

use crate::{live::Live, routes::Place, words};

/// How many stations are up to date, with the way to the methods.
#[component]
pub(super) fn HealthLine() -> impl IntoView {
    let (lang, live) = (lang(), Live::expect());
    let counts = Memo::new(move |_| {
        let mut fresh_and_all = (0_u32, 0_u32);
        let mut count = |freshness: Freshness| {
            fresh_and_all.0 += u32::from(freshness == Freshness::Fresh);
            fresh_and_all.1 += 1;
        };
        live.air.with(|air| {
            let stations = air.value.iter().flat_map(|air| &air.stations);
            stations.for_each(|brief| count(brief.station.status.freshness));
        });
        live.water.with(|water| {
            let sections = water.value.iter().flat_map(|water| &water.sections);
            sections.for_each(|brief| count(brief.station.status.freshness));
        });
        fresh_and_all
    });
    view! {
        <p class="health">
            {move || {
                let (fresh, all) = counts.get();
                words::health(lang, &all, &fresh, &(all - fresh))
            }}
            " " <Link to=Place::About.path()>{words::about_methods(lang)}</Link>
        </p>
    }
}
