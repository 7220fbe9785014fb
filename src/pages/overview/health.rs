//! How well data arrives, in one line.

use contract::public::StationNowBrief;
use domain::freshness::Freshness;
use leptos::prelude::*;
use ui::{Clock, Link, lang};

use crate::{live::Live, routes::Place, words};

/// How many stations are up to date, with the way to the methods.
#[component]
pub(super) fn HealthLine() -> impl IntoView {
    let (lang, live, clock) = (lang(), Live::expect(), Clock::expect());
    let counts = Memo::new(move |_| {
        let now = clock.ticking();
        let mut fresh_and_all = (0_u32, 0_u32);
        // Judged by now: what was up to date when it was loaded does not stay so without a connection.
        let mut count = |brief: &StationNowBrief| {
            let station = &brief.station;
            let freshness =
                Freshness::of(station.status.newest, station.status.expected_interval_s, now);
            fresh_and_all.0 += u32::from(freshness == Freshness::Fresh);
            fresh_and_all.1 += 1;
        };
        live.air.with(|air| {
            let stations = air.value.iter().flat_map(|air| &air.stations);
            stations.for_each(&mut count);
        });
        live.water.with(|water| {
            let sections = water.value.iter().flat_map(|water| &water.sections);
            sections.for_each(&mut count);
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
