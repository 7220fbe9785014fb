//! The district's air now.

use leptos::prelude::*;
use ui::lang;

use crate::{
    components::{IndexNow, Skeleton},
    live::Live,
    words,
};

/// Index, level, primary pollutant and advice of the district.
#[component]
pub(super) fn DistrictNow() -> impl IntoView {
    let live = Live::expect();
    let index = Memo::new(move |_| live.air.with(|air| Some(air.value.as_ref()?.district.clone())));
    let now = move || match index.get() {
        Some(index) => view! { <IndexNow index/> }.into_any(),
        None => view! { <Skeleton height=18/> }.into_any(),
    };
    view! {
        <section class="card district" aria-labelledby="air-now">
            <h2 id="air-now">{words::air_now(lang())}</h2>
            {now}
        </section>
    }
}
