//! What a live batch changes in the replies already on screen.

use contract::{
    live::{Batch, StationChange},
    public::{AirIndex, AirSummary, Figure, Sections, Station, StationNow, StationNowBrief},
};
use domain::{
    Provenance,
    air::{AqiEdition, IndexStandard},
};

/// Takes the air stations' changes into a summary; true if anything changed.
pub(super) fn merge_air(air: &mut AirSummary, batch: &Batch) -> bool {
    let changed = merge_list(&mut air.stations, batch);
    if changed {
        // Worst first, as the server sends them; those without an index last.
        worst_first(&mut air.stations);
        air.meta.simulated |= has_simulated(&air.stations);
    }
    changed
}

/// Sorts by index, keeping the order of equals: few and nearly sorted, so each moves up at most a little.
fn worst_first(places: &mut [StationNowBrief]) {
    let index = |place: &StationNowBrief| place.index.as_ref().and_then(|index| index.value);
    for end in 1..places.len() {
        let mut at = end;
        while at > 0 && index(&places[at - 1]) < index(&places[at]) {
            places.swap(at - 1, at);
            at -= 1;
        }
    }
}

/// Takes the sections' changes into the list and counts the classes again; true if anything changed.
pub(super) fn merge_water(water: &mut Sections, batch: &Batch) -> bool {
    let changed = merge_list(&mut water.sections, batch);
    if changed {
        let mut by_class = vec![0_u32; 7];
        for section in &water.sections {
            let class = section.water.as_ref().and_then(|state| state.class);
            by_class[class.map_or(6, |class| usize::from(class.number()) - 1)] += 1;
        }
        water.by_class = by_class;
        water.meta.simulated |= has_simulated(&water.sections);
    }
    changed
}

/// Takes one station's change into its page; true if anything changed.
pub(crate) fn merge_station(now: &mut StationNow, batch: &Batch) -> bool {
    let Some(change) = batch.stations.iter().find(|change| change.code == now.station.code) else {
        return false;
    };
    let mut changed = merge_figures(&mut now.figures, &change.figures);
    changed |= replace_index(&mut now.hourly, &change.index);
    changed |= replace(&mut now.water, &change.water);
    changed | merge_status(&mut now.station, change)
}

/// True when a station's hourly index is newer than the district's.
pub(super) fn district_is_behind(air: &AirSummary) -> bool {
    let newest =
        air.stations.iter().filter_map(|brief| Some(brief.index.as_ref()?.period.start)).max();
    match (newest, &air.district) {
        (Some(newest), Some(district)) => newest > district.period.start,
        (Some(_), None) | (None, _) => false,
    }
}

fn merge_list(list: &mut [StationNowBrief], batch: &Batch) -> bool {
    let mut changed = false;
    for change in &batch.stations {
        let Some(brief) = list.iter_mut().find(|brief| brief.station.code == change.code) else {
            continue;
        };
        changed |= merge_known_figures(&mut brief.figures, &change.figures);
        changed |= replace_index(&mut brief.index, &change.index);
        changed |= replace(&mut brief.water, &change.water);
        changed |= merge_status(&mut brief.station, change);
    }
    changed
}

fn merge_status(station: &mut Station, change: &StationChange) -> bool {
    let changed = station.status != change.status;
    if changed {
        station.status = change.status.clone();
    }
    changed
}

/// Live events carry the index under the law; a reader who chose another ruler keeps that.
fn replace_index(old: &mut Option<AirIndex>, new: &Option<AirIndex>) -> bool {
    let lawful = |index: &AirIndex| {
        index.standard == IndexStandard::from(AqiEdition::on(index.period.beijing_day()))
    };
    old.as_ref().is_none_or(lawful) && replace(old, new)
}

fn replace<T: Clone + PartialEq>(old: &mut Option<T>, new: &Option<T>) -> bool {
    let changed = new.is_some() && old != new;
    if changed {
        old.clone_from(new);
    }
    changed
}

/// Replaces figures of the same item and averaging that are not newer, and adds series never seen.
fn merge_figures(figures: &mut Vec<Figure>, changes: &[Figure]) -> bool {
    let mut changed = merge_known_figures(figures, changes);
    for new in changes {
        if !figures.iter().any(|old| is_same_series(old, new)) {
            figures.push(new.clone());
            changed = true;
        }
    }
    changed
}

fn merge_known_figures(figures: &mut [Figure], changes: &[Figure]) -> bool {
    let mut changed = false;
    for new in changes {
        let known = figures.iter_mut().find(|old| is_same_series(old, new));
        if let Some(old) = known.filter(|old| old.period.start <= new.period.start && *old != new) {
            old.clone_from(new);
            changed = true;
        }
    }
    changed
}

fn is_same_series(a: &Figure, b: &Figure) -> bool {
    a.item == b.item && a.averaging == b.averaging
}

fn has_simulated(list: &[StationNowBrief]) -> bool {
    list.iter().any(|brief| brief.station.status.provenance == Provenance::Simulated)
}

#[cfg(test)]
mod tests;
