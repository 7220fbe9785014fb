//! Stories: the real server on a port and in a folder of its own, spoken to as instruments,
//! gateways and readers speak to it.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, reason = "the helpers of tests fail by panicking, as tests do")]
#![expect(clippy::print_stdout, reason = "a story that is not told says so, with its name")]

mod support;

mod air_index;
mod audit;
mod base_path;
mod caching;
mod cases;
mod console_page;
mod corrections;
mod delayed;
mod embeds;
mod frames;
mod handover;
mod hostile_photos;
mod ledger;
mod live;
mod national_feeds;
mod open311;
mod openapi;
mod operations;
mod pages;
mod photos;
mod problems;
mod readings;
mod record;
mod record_console;
mod record_content;
mod record_evidence;
mod record_import;
mod record_pages;
mod reports;
mod reports_plain;
mod reports_public;
mod retention;
mod rewards_flow;
mod roles;
mod series;
mod shutdown;
mod sign_in;
mod sources;
mod statistics;
mod storage;
mod strangers;
mod track;
mod two_people;
mod users;
mod webhooks;
