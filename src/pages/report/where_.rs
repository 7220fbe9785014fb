//! Step 2: where; the map is one of five ways and never the only one.

use contract::report::NamedPlace;
use leptos::{prelude::*, task::spawn_local};
use ui::{Choice, SelectField, lang};

use super::{
    check::field,
    draft::{ChosenPlace, PlaceSource, degrees, point},
    nearby::Nearby,
    place::{moved, sentence},
    writing::Writing,
};
use crate::{components::TextLine, device::position, map::PinMap, words};

/// Position, photo, words, street or sign, map.
#[component]
pub(super) fn Where() -> impl IntoView {
    let (lang, writing) = (lang(), Writing::expect());
    let address = writing.part(|draft| draft.address.clone());
    let write = Callback::new(move |text: String| writing.change(|draft| draft.address = text));
    view! {
        <p>{words::report_where_any(lang)}</p>
        <FromDevice/>
        <FromPhoto/>
        <Chosen/>
        <TextLine id=field::ADDRESS label=words::report_address(lang) hint=words::report_address_hint(lang)
            value=address on_input=write fault=writing.fault(field::ADDRESS)/>
        <ByName/>
        <OnMap/>
        <Nearby/>
    }
}

/// The phone's position, when its button is pressed.
#[component]
fn FromDevice() -> impl IntoView {
    let (lang, writing) = (lang(), Writing::expect());
    let (asking, failed) = (RwSignal::new(false), RwSignal::new(false));
    let ask = move |_| {
        asking.set(true);
        spawn_local(async move {
            let found = position().await;
            let chosen = found.and_then(|found| {
                let accuracy_m = found.accuracy_m.clamp(0.0, 1e6).round() as u32;
                let point = point(found.lon, found.lat)?;
                Some(ChosenPlace { point, source: PlaceSource::Device, accuracy_m })
            });
            let _ = asking.try_set(false);
            let _ = failed.try_set(chosen.is_none());
            if chosen.is_some() {
                let _ = writing.draft.try_update(|draft| draft.place = chosen);
            }
        });
    };
    let state = move || match (asking.get(), failed.get()) {
        (true, _) => words::report_device_asking(lang),
        (_, true) => words::report_device_failed(lang),
        _ => "",
    };
    view! {
        <div class="form-field">
            <p><button type="button" class="button" id=field::DEVICE on:click=ask disabled=move || asking.get()>
                {words::report_device(lang)}
            </button></p>
            <p role="status">{state}</p>
        </div>
    }
    .into_any()
}

/// Offers where a photo was taken; it is sent only after this button.
#[component]
fn FromPhoto() -> impl IntoView {
    let (lang, writing) = (lang(), Writing::expect());
    let taken = writing.part(|draft| draft.photos.iter().find_map(|photo| photo.taken_at));
    move || {
        taken.get().map(|point| {
            let take = move |_| {
                let source = PlaceSource::Photo;
                writing.change(|draft| {
                    draft.place = Some(ChosenPlace { point, source, accuracy_m: 0 });
                });
            };
            let (lon, lat) = point.degrees();
            view! {
                <div class="offer">
                    <p>{words::report_photo_place(lang, &lon, &lat)}</p>
                    <p><button type="button" class="button" on:click=take>{words::report_photo_place_take(lang)}</button></p>
                </div>
            }
        })
    }
}

/// The point as it stands, and ways to move it without a map.
#[component]
fn Chosen() -> impl IntoView {
    let (lang, writing) = (lang(), Writing::expect());
    let place = writing.part(|draft| draft.place);
    let fault = writing.fault(field::DEVICE);
    let step = move |sign: &'static str, name: &'static str, east: i32, north: i32| {
        let go = move |_| {
            writing
                .change(|draft| draft.place = draft.place.map(|place| moved(place, east, north)));
        };
        view! {
            <button type="button" class="tool" title=name aria-label=name on:click=go>
                <span aria-hidden="true">{sign}</span>
            </button>
        }
    };
    let tools = move || {
        place.with(Option::is_some).then(|| {
            view! {
                <div class="button-row" role="group" aria-label=words::report_move(lang)>
                    {step("↑", words::report_move_north(lang), 0, 1)}
                    {step("↓", words::report_move_south(lang), 0, -1)}
                    {step("←", words::report_move_west(lang), -1, 0)}
                    {step("→", words::report_move_east(lang), 1, 0)}
                    <button type="button" class="button" on:click=move |_| writing.change(|draft| draft.place = None)>
                        {words::report_place_clear(lang)}
                    </button>
                </div>
            }
        })
    };
    view! {
        <div class="form-field">
            <p role="status">{move || place.get().map(|place| sentence(place, lang))}</p>
            {move || fault.get().map(|fault| view! { <p class="fault">{fault}</p> })}
            {tools}
        </div>
    }
    .into_any()
}

/// A street or an outfall by its name.
#[component]
fn ByName() -> impl IntoView {
    let (lang, writing) = (lang(), Writing::expect());
    let (streets, outfalls) =
        writing.form.with_value(|form| (form.streets.clone(), form.outfalls.clone()));
    let choices = move |places: Vec<NamedPlace>, with_code: bool| {
        let name = |place: NamedPlace| {
            let name = place.name.get(lang).to_owned();
            let label = if with_code { format!("{} {name}", place.code) } else { name };
            Choice::new(place.code, label)
        };
        let none = Choice::new("", words::form_none(lang));
        Signal::stored([none].into_iter().chain(places.into_iter().map(name)).collect::<Vec<_>>())
    };
    let choose_street = move |code| writing.change(|draft| draft.street = code);
    let choose_outfall = move |code| writing.change(|draft| draft.outfall = code);
    let street = (!streets.is_empty()).then(|| {
        let value = writing.part(|draft| draft.street.clone());
        view! {
            <SelectField label=words::report_street(lang) choices=choices(streets, false) value on_choose=choose_street/>
        }
    });
    let outfall = (!outfalls.is_empty()).then(|| {
        let value = writing.part(|draft| draft.outfall.clone());
        view! {
            <SelectField label=words::report_outfall(lang) choices=choices(outfalls, true) value on_choose=choose_outfall/>
        }
    });
    view! { <div class="fields">{street} {outfall}</div> }.into_any()
}

/// The map, fetched when it is opened.
#[component]
fn OnMap() -> impl IntoView {
    let (lang, writing) = (lang(), Writing::expect());
    let open = RwSignal::new(false);
    let at = Signal::derive(move || {
        writing.draft.with(|draft| draft.place.map(|chosen| degrees(chosen.point)))
    });
    let pick = Callback::new(move |(lon, lat): (f64, f64)| {
        if let Some(point) = point(lon, lat) {
            let source = PlaceSource::Map;
            writing
                .change(|draft| draft.place = Some(ChosenPlace { point, source, accuracy_m: 0 }));
        }
    });
    let toggle = move |_| open.update(|open| *open = !*open);
    view! {
        <div class="stack">
            <p><button type="button" class="button" aria-expanded=move || if open.get() { "true" } else { "false" } on:click=toggle>
                {words::report_map(lang)}
            </button></p>
            {move || open.get().then(|| view! { <PinMap at on_pick=pick/> })}
        </div>
    }
    .into_any()
}
