//! Stories about the whole server: real sockets, real bytes, a database of its own for each.
#![cfg(not(target_arch = "wasm32"))]

mod air_index;
mod base_path;
mod caching;
mod corrections;
mod feeds;
mod frames;
mod harness;
mod http;
mod live;
mod national_feeds;
mod openapi;
mod pages;
mod problems;
mod readings;
mod series;
mod shutdown;
mod storage;
mod strangers;
mod support;
