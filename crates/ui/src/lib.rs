//! Leptos components that the public portal and the staff console share.
//!
//! Contexts hold sources ([`Clock`], [`Language`], [`Theme`]), never a bag of setters. Logic lives in
//! plain types with ordinary tests; a component is the last twenty lines.

#![allow(unreachable_pub, reason = "the component macro emits `pub` items")]

pub mod age;
pub mod aqi_badge;
pub mod base;
pub mod chart_view;
pub mod chunks;
pub mod class_badge;
pub mod clock;
pub mod colour;
pub mod dates;
pub mod field;
pub mod figure;
pub mod language;
pub mod leaflet;
pub mod links;
#[cfg(test)]
#[path = "../build/locales.rs"]
mod locales;
pub mod navigation;
pub mod router;
mod storage;
pub mod theme;
pub mod title;
pub mod turn;
mod unit;
mod written;

/// The sentences both applications share, one function each, made from `locales/`.
pub mod words {
    include!(concat!(env!("OUT_DIR"), "/words.rs"));
}

#[cfg(test)]
mod locales_tests;

pub use age::Age;
pub use aqi_badge::AqiBadge;
pub use chart_view::{ChartView, Downloads};
pub use chunks::{Chunk, in_place, later};
pub use class_badge::ClassBadge;
pub use clock::Clock;
pub use field::{Choice, DateField, SelectField};
pub use figure::FigureView;
pub use language::{lang, provide_lang, url_lang};
pub use links::Link;
pub use navigation::{SkipLink, announce_routes};
pub use router::{Query, Router, Visit};
pub use storage::Kept;
pub use theme::Theme;
pub use title::Title;
pub use turn::in_turn;
pub use unit::Unit;
pub use written::Written;
