//! Stories about the whole server: real sockets, real bytes, a database of its own for each.
#![cfg(not(target_arch = "wasm32"))]

mod feeds;
mod frames;
mod harness;
mod http;
mod live;
mod pages;
mod readings;
mod series;
mod storage;
