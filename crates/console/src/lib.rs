//! The staff console: a single-page application compiled to WebAssembly.

#![allow(unreachable_pub, reason = "the component macro emits `pub` items")]

mod api_client;
mod app;
mod components;
mod fetched;
mod pages;
mod routes;
mod session;
mod shortcuts;
mod unsealing;

/// The console's own sentences, one function each, made from `locales/`.
#[allow(clippy::too_many_arguments, reason = "a sentence has as many places as it needs")]
mod words {
    include!(concat!(env!("OUT_DIR"), "/words.rs"));
}

pub use app::{App, start};
