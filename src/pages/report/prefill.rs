//! What the link that led here already knows: an outfall's sign, a station, a point, a category.

use contract::{public::Station, report::ReportForm};
use domain::Lang;
use ui::Query;

use super::draft::{ChosenPlace, Draft, PlaceSource, point};
use crate::words;

/// The parameters that fill something in.
const PARAMETERS: [&str; 6] = ["outfall", "station", "lat", "lon", "category", "follows"];

/// True when the address fills something in.
pub(super) fn is_filled(query: &Query) -> bool {
    PARAMETERS.iter().any(|name| query.get(name).is_some())
}

/// Fills in what the address says, as far as form and stations know it; the writer sees and can change all of it.
pub(super) fn fill(
    draft: &mut Draft,
    form: &ReportForm,
    stations: &[Station],
    query: &Query,
    lang: Lang,
) {
    if let Some(key) = query.get("category")
        && let Some(known) = form.categories.iter().find(|known| known.key == key)
    {
        draft.category = known.key.clone();
        draft.group = known.group.key().to_owned();
    }
    if let Some(sign) = query.get("outfall")
        && let Some(outfall) = form.outfalls.iter().find(|outfall| outfall.code == sign)
    {
        draft.outfall = outfall.code.clone();
    }
    if let Some(code) = query.get("station")
        && let Some(station) = stations.iter().find(|station| station.code == code)
    {
        draft.address = words::report_near(lang, &station.name.get(lang));
        draft.place = station.place.and_then(|place| from_link(place.lon, place.lat));
    }
    let number = |name: &str| query.get(name).and_then(|text| text.parse::<f64>().ok());
    if let (Some(lon), Some(lat)) = (number("lon"), number("lat")) {
        draft.place = from_link(lon, lat);
    }
    draft.follows = query.get("follows").map(str::to_owned);
}

fn from_link(lon: f64, lat: f64) -> Option<ChosenPlace> {
    Some(ChosenPlace { point: point(lon, lat)?, source: PlaceSource::Link, accuracy_m: 0 })
}
