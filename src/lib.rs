//! The public portal: a single-page application compiled to WebAssembly.

#![allow(unreachable_pub, reason = "the component macro emits `pub` items")]

mod api_client;
mod app;
mod background;
mod components;
mod device;
mod live;
mod map;
mod offline;
mod outbox;
mod pages;
mod photos;
mod reveal;
mod routes;

/// The portal's own sentences, one function each, made from `locales/`.
#[allow(clippy::too_many_arguments, reason = "a sentence has as many places as it needs")]
mod words {
    include!(concat!(env!("OUT_DIR"), "/words.rs"));
}

pub use app::App;
pub use reveal::start;
