//! Parts of more than one page.

mod charts;
mod connection;
mod footer;
mod header;
mod level_panel;
mod navigation;
mod notices;
mod place_list;
mod station_parts;
mod water_classes;

pub(crate) use self::{
    charts::index_line,
    connection::ConnectionState,
    footer::Footer,
    header::Header,
    level_panel::{LevelPanel, advice},
    navigation::{SkipLink, announce_routes},
    notices::{LoadFailed, Skeleton},
    place_list::PlaceList,
    station_parts::PrimaryPollutants,
    water_classes::WaterClasses,
};
