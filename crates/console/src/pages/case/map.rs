//! The case on a map; the rows above it say the same in words, and the list of similar cases how far they are.

use contract::{officer::Case, public::Site};
use leptos::{html, prelude::*, task::spawn_local};
use ui::{
    lang,
    leaflet::{self, LeafletMap, object, position},
};

use super::OpenCase;
use crate::{api_client, words};

/// About 400 m around the case.
const AROUND: f64 = 0.004;

/// The map, fetched when a case with a point is shown.
#[component]
pub(super) fn CaseMap() -> impl IntoView {
    let (lang, open) = (lang(), OpenCase::expect());
    let ground = NodeRef::<html::Div>::new();
    let map = StoredValue::new_local(None::<LeafletMap>);
    let failed = RwSignal::new(false);
    Effect::new(move |_| {
        let Some(element) = ground.get() else { return };
        spawn_local(async move {
            let site = api_client::get_public::<Site>(contract::paths::SITE).await;
            let loaded = leaflet::load().await.is_ok();
            let Some(case) = open.case.try_get_untracked().filter(|_| loaded) else {
                let _ = failed.try_set(!loaded);
                return;
            };
            let drawn = draw(&element, site.ok().as_ref(), &case, lang);
            let _ = map.try_update_value(|map| *map = drawn);
        });
    });
    on_cleanup(move || {
        let old = map.try_update_value(Option::take).flatten();
        old.inspect(LeafletMap::remove);
    });
    view! {
        <div class="map case-map" role="group" aria-label=words::map_label(lang)>
            <div class="map-ground" node_ref=ground></div>
        </div>
        {move || failed.get().then(|| view! { <p class="notice">{words::map_failed(lang)}</p> })}
        <p class="meta">{words::map_explained(lang)}</p>
    }
}

/// A map around the case; `None` for a case without a point.
fn draw(
    element: &web_sys::HtmlElement,
    site: Option<&Site>,
    case: &Case,
    lang: domain::Lang,
) -> Option<LeafletMap> {
    let here = case.exact.point.as_ref()?;
    let basemap = site.and_then(|site| site.basemap.as_ref());
    let options = object(&[
        ("keyboard", true.into()),
        ("scrollWheelZoom", false.into()),
        ("attributionControl", basemap.is_some().into()),
    ]);
    let map = leaflet::map(element, &options);
    let corner = |by: f64| position(here.lon + by, here.lat + by);
    map.fit_bounds(&js_sys::Array::of2(&corner(-AROUND), &corner(AROUND)).into());
    if let Some(basemap) = basemap {
        let options = object(&[
            ("maxZoom", basemap.max_zoom.into()),
            ("attribution", basemap.attribution.get(lang).into()),
        ]);
        leaflet::tile_layer(&basemap.url, &options).add_to(&map);
    }
    leaflet::scale(&object(&[("imperial", false.into())])).add_to(&map);
    mark(&map, (here.lon, here.lat), "map-case-here", words::map_here(lang));
    Some(map)
}

fn mark(map: &LeafletMap, (lon, lat): (f64, f64), class: &str, name: &str) {
    let icon = leaflet::div_icon(&object(&[("className", class.into()), ("html", "".into())]));
    let options = object(&[
        ("icon", icon),
        ("title", name.into()),
        ("alt", name.into()),
        ("keyboard", false.into()),
    ]);
    leaflet::marker(&position(lon, lat), &options).add_to(map);
}
