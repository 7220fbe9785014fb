//! A map on which one point is chosen; buttons beside it move the view, and others the point.

use contract::public::{MapShapes, Place};
use leptos::{html::Div, prelude::*, task::spawn_local};
use ui::{lang, leaflet};

use super::{Tools, scene::Scene};
use crate::{components::fetched, live::Live, words};

/// The district with a pin; a tap moves it.
#[component]
pub(crate) fn PinMap(
    /// Where the pin is.
    #[prop(into)]
    at: Signal<Option<Place>>,
    /// Called with longitude and latitude.
    on_pick: Callback<(f64, f64)>,
) -> impl IntoView {
    let (lang, live) = (lang(), Live::expect());
    let ground = NodeRef::<Div>::new();
    let scene = RwSignal::new_local(None::<Scene>);
    let failed = RwSignal::new(false);
    let shapes = fetched::<MapShapes>(Signal::stored(Some(contract::paths::MAP.to_owned())));
    let site = Memo::new(move |_| live.site.with(|site| site.value.clone()));
    Effect::new(move |_| {
        let (Some(element), Some(site)) = (ground.get(), site.get()) else { return };
        if scene.with_untracked(Option::is_some) {
            return;
        }
        spawn_local(async move {
            if leaflet::load().await.is_err() {
                let _ = failed.try_set(true);
                return;
            }
            let mut made = Scene::new(&element, &site, lang);
            made.on_tap(move |lon, lat| on_pick.run((lon, lat)));
            let _ = scene.try_set(Some(made));
        });
    });
    Effect::new(move |_| {
        let at = at.get();
        scene.with(|scene| scene.as_ref().map(|scene| scene.show_pin(at)));
    });
    Effect::new(move |_| {
        let shapes =
            shapes.with(|shapes| shapes.value.as_ref().map(|shapes| shapes.shapes.clone()));
        scene.with(|scene| {
            scene.as_ref().map(|scene| scene.show_shapes(&shapes.unwrap_or_default(), lang))
        });
    });
    on_cleanup(move || {
        let _ = scene.try_update_untracked(Option::take);
    });
    view! {
        <div class="map" role="group" aria-label=words::report_map_label(lang)>
            <div class="map-ground" node_ref=ground></div>
        </div>
        {move || failed.get().then(|| view! { <p class="notice">{words::report_map_failed(lang)}</p> })}
        <Tools scene/>
    }
}
