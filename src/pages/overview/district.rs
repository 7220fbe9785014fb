//! The district's air now.

use leptos::prelude::*;
use ui::lang;

use crate::{components::IndexNow, live::Live, words};

/// Index, level, primary pollutant and advice of the district.
#[component]
pub(super) fn DistrictNow() -> impl IntoView {
    let live = Live::expect();
    let index = Memo::new(move |_| live.air.with(|air| air.value.as_ref()?.district.clone()));
    view! {
        <section class="card district" aria-labelledby="air-now">
            <h2 id="air-now">{words::air_now(lang())}</h2>
            {move || view! { <IndexNow index=index.get()/> }}
        </section>
    }
}
