//! Parts of more than one page.

mod charts;
mod connection;
mod fetched;
mod footer;
mod header;
mod history;
mod index_explained;
mod level_panel;
mod notices;
mod place_list;
mod ruler;
mod station_parts;
mod water_classes;

pub(crate) use self::{
    charts::{index_line, month_strip, year_calendar},
    connection::ConnectionState,
    fetched::fetched,
    footer::Footer,
    header::{ComeBack, Header},
    history::{Kind, history, use_choose},
    index_explained::{IndexExplained, SensitiveGroups},
    level_panel::IndexNow,
    notices::{LoadFailed, Skeleton},
    place_list::{PlaceList, address},
    ruler::{RulerChoice, chosen_ruler, with_ruler},
    station_parts::{Figures, PrimaryPollutants, StationFacts},
    water_classes::{ClassCounts, WaterClasses},
};
