//! What is on the map.

use std::{cell::RefCell, rc::Rc};

use contract::public::{Basemap, MapShape, Site, StationKind, StationNowBrief};
use domain::Lang;
use leptos::prelude::document;
use ui::{
    class_badge, colour, figure,
    leaflet::{self, Layer, LeafletMap, object, position},
};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

use crate::{components::address, device::js, words};

/// A place as a button on the map.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Place {
    /// The page it leads to.
    pub(crate) address: String,
    /// Degrees east.
    pub(crate) lon: f64,
    /// Degrees north.
    pub(crate) lat: f64,
    /// Index or class; empty where there is none.
    pub(crate) value: String,
    /// The level's word, always printed beside the colour.
    pub(crate) word: String,
    /// The colour of the level, where there is one.
    pub(crate) fill: Option<String>,
    /// The whole in words, for those who do not see the map.
    pub(crate) label: String,
}

impl Place {
    /// `None` for a place whose position is not known.
    pub(super) fn of(brief: &StationNowBrief, lang: Lang) -> Option<Self> {
        let place = brief.station.place?;
        let (value, word, fill) = match brief.station.kind {
            StationKind::Air => air_state(brief, lang),
            StationKind::Water => water_state(brief, lang),
        };
        let name = brief.station.name.get(lang);
        Some(Self {
            address: address(brief),
            lon: place.lon,
            lat: place.lat,
            label: words::map_place(lang, &name, &value, &word),
            value,
            word,
            fill,
        })
    }
}

fn air_state(brief: &StationNowBrief, lang: Lang) -> (String, String, Option<String>) {
    let index = brief.index.as_ref();
    let band = index.and_then(|index| index.band.as_ref());
    (
        index.and_then(|index| index.value).map(figure::index).unwrap_or_default(),
        band.map_or(words::no_index(lang), |band| band.name.get(lang)).to_owned(),
        band.and_then(|band| colour::fill(&band.colour)),
    )
}

fn water_state(brief: &StationNowBrief, lang: Lang) -> (String, String, Option<String>) {
    let class = brief.water.as_ref().and_then(|state| state.class);
    (
        class.map(|class| class.glyph().to_owned()).unwrap_or_default(),
        class_badge::status(class, lang).to_owned(),
        class.map(|class| class.hex().to_owned()),
    )
}

/// The buttons of the places now on the map, and which of them is the tab stop.
#[derive(Default)]
struct Buttons {
    elements: Vec<web_sys::HtmlElement>,
    shown: Vec<Place>,
    _listeners: Vec<Listeners>,
}

/// The callbacks of one button, dropped with it.
struct Listeners {
    _click: Closure<dyn FnMut()>,
    _key: Closure<dyn FnMut(web_sys::KeyboardEvent)>,
}

/// A map with its places and shapes.
pub(super) struct Scene {
    map: LeafletMap,
    places: Layer,
    shapes: Layer,
    bounds: JsValue,
    buttons: Rc<RefCell<Buttons>>,
    tap: Option<Closure<dyn FnMut(JsValue)>>,
}

impl Scene {
    /// A map in `element`, showing the district.
    pub(super) fn new(element: &web_sys::HtmlElement, site: &Site, lang: Lang) -> Self {
        let options = object(&[
            // Our own buttons stand beside the map, named in the reader's language.
            ("zoomControl", false.into()),
            // The map itself is no tab stop: its places are.
            ("keyboard", false.into()),
            ("scrollWheelZoom", false.into()),
            ("zoomSnap", 0.25.into()),
            ("attributionControl", site.basemap.is_some().into()),
        ]);
        let map = leaflet::map(element, &options);
        let [west, south, east, north] = site.bounds;
        let bounds = js_sys::Array::of2(&position(west, south), &position(east, north)).into();
        map.fit_bounds(&bounds);
        if let Some(basemap) = &site.basemap {
            show_basemap(&map, basemap, lang);
        }
        leaflet::scale(&object(&[("imperial", false.into())])).add_to(&map);
        let (shapes, places) = (leaflet::layer_group(), leaflet::layer_group());
        shapes.add_to(&map);
        places.add_to(&map);
        Self { map, places, shapes, bounds, buttons: Rc::default(), tap: None }
    }

    /// Replaces the places, if anything about them changed; the tab stop stays where it was.
    pub(super) fn show_places(&self, places: &[Place], open: impl Fn(&Place) + Copy + 'static) {
        if self.buttons.borrow().shown == places {
            return;
        }
        let stop = self.buttons.borrow().elements.iter().position(|button| button.tab_index() == 0);
        let focused = self.buttons.borrow().elements.iter().any(is_focused);
        self.places.clear_layers();
        let mut buttons = Buttons { shown: places.to_vec(), ..Buttons::default() };
        for (number, place) in places.iter().enumerate() {
            let Ok(element) = button(place) else { continue };
            buttons._listeners.push(self.listen(&element, number, place.clone(), open));
            let icon = leaflet::div_icon(&object(&[
                ("html", element.clone().into()),
                ("className", "map-place".into()),
                ("iconSize", js_sys::Array::of2(&0.into(), &0.into()).into()),
            ]));
            let options = object(&[
                ("icon", icon),
                ("keyboard", false.into()),
                ("interactive", false.into()),
            ]);
            leaflet::marker(&position(place.lon, place.lat), &options).add_to_group(&self.places);
            buttons.elements.push(element);
        }
        *self.buttons.borrow_mut() = buttons;
        self.make_stop(stop.unwrap_or_default(), focused);
    }

    /// Replaces rivers, lakes and boundary.
    pub(super) fn show_shapes(&self, shapes: &[MapShape], lang: Lang) {
        self.shapes.clear_layers();
        for shape in shapes {
            let points = js_sys::Array::new();
            for line in &shape.lines {
                points.push(
                    &line.iter().map(|[lon, lat]| position(*lon, *lat)).collect::<js_sys::Array>(),
                );
            }
            let class = match shape.kind.as_str() {
                "lake" => "map-lake",
                "boundary" => "map-boundary",
                _ => "map-river",
            };
            let options = object(&[("className", class.into()), ("smoothFactor", 0.5.into())]);
            let layer = match class {
                "map-lake" => leaflet::polygon(&points, &options),
                _ => leaflet::polyline(&points, &options),
            };
            layer.bind_tooltip(shape.name.get(lang), &object(&[("sticky", true.into())]));
            layer.add_to_group(&self.shapes);
            // What listens for the focus, as a tooltip does, becomes a tab stop; the map has one, its places.
            if let Some(line) = layer.element() {
                // Setting an attribute fails only for names that are not XML.
                let _ = line.set_attribute("tabindex", "-1");
            }
        }
    }

    /// Calls `tapped` with longitude and latitude of every tap.
    pub(super) fn on_tap(&mut self, tapped: impl Fn(f64, f64) + 'static) {
        let tap = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
            let degrees = |name: &str| js::get(&js::get(&event, "latlng"), name).as_f64();
            if let (Some(lon), Some(lat)) = (degrees("lng"), degrees("lat")) {
                tapped(lon, lat);
            }
        });
        // Leaflet takes any name of an event.
        let _ = js::call(self.map.as_ref(), "on", &[&"click".into(), tap.as_ref()]);
        self.tap = Some(tap);
    }

    /// Shows where the pin is; nothing for no pin.
    pub(super) fn show_pin(&self, at: Option<contract::public::Place>) {
        self.places.clear_layers();
        let Some(at) = at else { return };
        let icon = leaflet::div_icon(&object(&[
            ("className", "map-pin".into()),
            ("iconSize", js_sys::Array::of2(&0.into(), &0.into()).into()),
        ]));
        let options =
            object(&[("icon", icon), ("keyboard", false.into()), ("interactive", false.into())]);
        leaflet::marker(&position(at.lon, at.lat), &options).add_to_group(&self.places);
        // A pin that was moved by the buttons must not leave the view.
        let _ = js::call(self.map.as_ref(), "panInside", &[&position(at.lon, at.lat)]);
    }

    /// Longitude and latitude of the middle of the view, in degrees with five digits: a metre.
    pub(super) fn centre(&self) -> Option<[String; 2]> {
        let centre = js::call(self.map.as_ref(), "getCenter", &[]).ok()?;
        let degrees = |name: &str| {
            let fixed = js::call(&js::get(&centre, name), "toFixed", &[&5.into()]).ok()?;
            fixed.as_string()
        };
        Some([degrees("lng")?, degrees("lat")?])
    }

    pub(super) fn zoom_in(&self) {
        self.map.zoom_in();
    }

    pub(super) fn zoom_out(&self) {
        self.map.zoom_out();
    }

    /// Moves the view by a third of a usual phone's width in each given direction.
    pub(super) fn pan(&self, right: i32, down: i32) {
        self.map.pan_by(&js_sys::Array::of2(&(right * 120).into(), &(down * 120).into()));
    }

    /// The whole district again.
    pub(super) fn whole(&self) {
        self.map.fit_bounds(&self.bounds);
    }

    fn listen(
        &self,
        element: &web_sys::HtmlElement,
        number: usize,
        place: Place,
        open: impl Fn(&Place) + Copy + 'static,
    ) -> Listeners {
        let click = Closure::<dyn FnMut()>::new(move || open(&place));
        let buttons = Rc::downgrade(&self.buttons);
        let key = Closure::<dyn FnMut(web_sys::KeyboardEvent)>::new(
            move |event: web_sys::KeyboardEvent| {
                let Some(buttons) = buttons.upgrade() else { return };
                let count = buttons.borrow().elements.len();
                if let Some(next) = next_stop(&event.key(), number, count) {
                    event.prevent_default();
                    make_stop(&buttons.borrow().elements, next, true);
                }
            },
        );
        // Adding a listener to an element just made cannot fail.
        let _ = element.add_event_listener_with_callback("click", click.as_ref().unchecked_ref());
        let _ = element.add_event_listener_with_callback("keydown", key.as_ref().unchecked_ref());
        Listeners { _click: click, _key: key }
    }

    fn make_stop(&self, number: usize, focus: bool) {
        make_stop(&self.buttons.borrow().elements, number, focus);
    }
}

impl Drop for Scene {
    fn drop(&mut self) {
        self.map.remove();
    }
}

fn show_basemap(map: &LeafletMap, basemap: &Basemap, lang: Lang) {
    let attribution = JsValue::from_str(basemap.attribution.get(lang));
    let options = object(&[("maxZoom", basemap.max_zoom.into()), ("attribution", attribution)]);
    leaflet::tile_layer(&basemap.url, &options).add_to(map);
    if let Some(labels) = &basemap.labels_url {
        leaflet::tile_layer(labels, &object(&[("maxZoom", basemap.max_zoom.into())])).add_to(map);
    }
}

/// The button of a place: value and word on the level's fill, named in full.
fn button(place: &Place) -> Result<web_sys::HtmlElement, JsValue> {
    let page = document();
    let button: web_sys::HtmlElement = page.create_element("button")?.unchecked_into();
    button.set_class_name("map-marker");
    button.set_attribute("type", "button")?;
    button.set_attribute("aria-label", &place.label)?;
    button.set_tab_index(-1);
    let face: web_sys::HtmlElement = page.create_element("span")?.unchecked_into();
    face.set_class_name("map-marker-face");
    if let Some(fill) = &place.fill {
        face.style().set_property("--aqi", fill)?;
        face.style().set_property("--on-aqi", colour::ink_on(fill))?;
    }
    if !place.value.is_empty() {
        let value = page.create_element("strong")?;
        value.set_text_content(Some(&place.value));
        face.append_child(&value)?;
        face.append_child(&page.create_text_node(" "))?;
    }
    let word = page.create_element("span")?;
    word.set_text_content(Some(&place.word));
    face.append_child(&word)?;
    button.append_child(&face)?;
    Ok(button)
}

fn is_focused(element: &web_sys::HtmlElement) -> bool {
    document().active_element().is_some_and(|active| active.is_same_node(Some(element)))
}

/// Makes one button the tab stop, the others reachable by arrows only.
fn make_stop(buttons: &[web_sys::HtmlElement], stop: usize, focus: bool) {
    let stop = stop.min(buttons.len().saturating_sub(1));
    for (number, button) in buttons.iter().enumerate() {
        button.set_tab_index(if number == stop { 0 } else { -1 });
    }
    if let Some(button) = buttons.get(stop).filter(|_| focus) {
        // An element that cannot take the focus leaves it where it was.
        let _ = button.focus();
    }
}

/// The place an arrow key leads to, in the order of the list; the ends meet.
fn next_stop(key: &str, number: usize, count: usize) -> Option<usize> {
    let last = count.checked_sub(1)?;
    Some(match key {
        "ArrowRight" | "ArrowDown" => {
            if number >= last {
                0
            } else {
                number + 1
            }
        }
        "ArrowLeft" | "ArrowUp" => number.checked_sub(1).unwrap_or(last),
        "Home" => 0,
        "End" => last,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::next_stop;

    #[test]
    fn arrows_go_round_the_places() {
        assert_eq!(next_stop("ArrowRight", 2, 3), Some(0));
        assert_eq!(next_stop("ArrowUp", 0, 3), Some(2));
        assert_eq!(next_stop("End", 0, 3), Some(2));
        assert_eq!(next_stop("Enter", 0, 3), None);
        assert_eq!(next_stop("Home", 0, 0), None);
    }
}
