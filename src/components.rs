//! Parts of more than one page.

mod charts;
mod code_card;
mod connection;
mod evidence_photos;
mod fetched;
mod footer;
mod form;
mod header;
mod history;
mod index_explained;
mod journey;
mod level_panel;
mod notices;
mod personal_data;
mod photo_view;
mod place_list;
mod qr;
mod ruler;
mod score;
mod signed;
mod station_parts;
mod water_classes;

pub(crate) use self::{
    charts::{headings, index_line, month_strip, year_calendar},
    code_card::CodeCard,
    connection::ConnectionState,
    evidence_photos::EvidencePhotos,
    fetched::{fetched, fetched_rows},
    footer::Footer,
    form::{Checks, Fault, FaultSummary, Offer, Radios, TextArea, TextLine, dress, focus_on},
    header::{ComeBack, Header},
    history::{Kind, history, use_choose},
    index_explained::{IndexExplained, SensitiveGroups},
    journey::Journey,
    level_panel::IndexNow,
    notices::{LoadFailed, Skeleton},
    personal_data::PersonalData,
    photo_view::PhotoView,
    place_list::{PlaceList, address},
    qr::{prepare_qr_code, qr_code},
    ruler::{RulerChoice, chosen_ruler, with_ruler},
    score::{ScoreHistory, ScoreStatement},
    signed::{SignedText, Verification},
    station_parts::{Figures, PrimaryPollutants, StationFacts},
    water_classes::{ClassCounts, WaterClasses},
};
