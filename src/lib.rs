//! The public portal: a single-page application compiled to WebAssembly.

#![allow(unreachable_pub, reason = "the component macro emits `pub` items")]

mod app;
mod base;
mod pages;

pub use app::App;
