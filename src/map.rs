//! The map: Leaflet, loaded when one is on screen; the list beside it has the same content.

mod pin;
mod scene;

use contract::public::{MapShapes, StationNowBrief};
use leptos::{html::Div, prelude::*, task::spawn_local};
use ui::{Router, Visit, lang, leaflet};

use self::scene::Scene;
pub(crate) use self::{pin::PinMap, scene::Place};
use crate::{components::fetched, live::Live, words};

/// Stations on a map: one tab stop, then arrow keys from place to place, Enter to open.
#[component]
pub(crate) fn Map(
    /// The places in the order of the list beside it.
    #[prop(into)]
    places: Signal<Vec<StationNowBrief>>,
) -> impl IntoView {
    let lang = lang();
    let unplaced = Signal::derive(move || {
        places.with(|places| places.iter().any(|place| place.station.place.is_none()))
    });
    let places = Signal::derive(move || {
        places.with(|places| places.iter().filter_map(|place| Place::of(place, lang)).collect())
    });
    view! { <PlacesMap places unplaced/> }
}

/// Anything with a place on a map, as [`Map`].
#[component]
pub(crate) fn PlacesMap(
    /// In the order of the list beside it.
    #[prop(into)]
    places: Signal<Vec<Place>>,
    /// True when something in the list is not on the map.
    #[prop(into)]
    unplaced: Signal<bool>,
    /// What the map is; without it, that of the stations.
    #[prop(optional)]
    label: Option<&'static str>,
    /// What choosing a place does, called with its address; without it, its page opens.
    #[prop(optional)]
    on_open: Option<Callback<String>>,
) -> impl IntoView {
    let (lang, live) = (lang(), Live::expect());
    let ground = NodeRef::<Div>::new();
    let scene = RwSignal::new_local(None::<Scene>);
    let failed = RwSignal::new(false);
    let shapes = fetched::<MapShapes>(Signal::stored(Some(contract::paths::MAP.to_owned())));
    let site = Memo::new(move |_| live.site.with(|site| site.value.clone()));
    // The map is made once; what is on it changes with the signals below.
    Effect::new(move |_| {
        let (Some(element), Some(site)) = (ground.get(), site.get()) else { return };
        if scene.with_untracked(Option::is_some) {
            return;
        }
        spawn_local(async move {
            match leaflet::load().await {
                Ok(()) => {
                    let made = Scene::new(&element, &site, lang);
                    let _ = scene.try_set(Some(made));
                }
                Err(_) => {
                    let _ = failed.try_set(true);
                }
            }
        });
    });
    let open = opener(on_open);
    Effect::new(move |_| {
        places.with(|places| {
            scene.with(|scene| scene.as_ref().map(|scene| scene.show_places(places, open)));
        });
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
    let router = Router::expect();
    let report = move |_| {
        let centre = scene.with_untracked(|scene| scene.as_ref().and_then(Scene::centre));
        let [lon, lat] = centre.map_or([None, None], |degrees| degrees.map(Some));
        let parameters = [("lat", lat.as_deref()), ("lon", lon.as_deref())];
        let form = crate::routes::Place::Report.path();
        router.go(&untrack(|| router.address_with(form, &parameters)), Visit::Push);
    };
    view! {
        <div class="stack">
            <div class="map" role="group" aria-label=label.unwrap_or(words::map_label(lang))>
                <div class="map-ground" node_ref=ground></div>
            </div>
            {move || unplaced.get().then(|| view! { <p class="meta">{words::map_unplaced(lang)}</p> })}
            {move || failed.get().then(|| view! { <p class="notice">{words::map_failed(lang)}</p> })}
            <Tools scene/>
            <p><button type="button" class="button" on:click=report>{words::map_report(lang)}</button></p>
        </div>
    }
}

/// What a place on the map does when it is chosen: goes to its page, where the caller does not say otherwise.
fn opener(on_open: Option<Callback<String>>) -> impl Fn(&Place) + Copy + 'static {
    let router = Router::expect();
    move |place: &Place| match on_open {
        Some(open) => open.run(place.address.clone()),
        None => router.go(&untrack(|| router.address_of(&place.address)), Visit::Push),
    }
}

/// What dragging and the wheel do, as buttons.
#[component]
fn Tools(scene: RwSignal<Option<Scene>, LocalStorage>) -> impl IntoView {
    let lang = lang();
    let button = move |sign: &'static str,
                       name: fn(domain::Lang) -> &'static str,
                       act: fn(&Scene)| {
        let name = move || name(lang);
        view! {
            <button type="button" class="tool" title=name aria-label=name
                on:click=move |_| scene.with_untracked(|scene| scene.as_ref().map(act)).unwrap_or_default()>
                <span aria-hidden="true">{sign}</span>
            </button>
        }
    };
    view! {
        <div class="map-tools" role="group" aria-label=words::map_tools(lang)>
            {button("+", words::map_zoom_in, Scene::zoom_in)}
            {button("−", words::map_zoom_out, Scene::zoom_out)}
            {button("←", words::map_west, |scene| scene.pan(-1, 0))}
            {button("→", words::map_east, |scene| scene.pan(1, 0))}
            {button("↑", words::map_north, |scene| scene.pan(0, -1))}
            {button("↓", words::map_south, |scene| scene.pan(0, 1))}
            {button("⤢", words::map_whole, Scene::whole)}
        </div>
    }
}
