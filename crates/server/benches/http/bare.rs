//! The least that axum can do: a handler that gives bytes.

use std::env;

use anyhow::{Context, Result};
use axum::{Router, http::header, routing::get};
use bytes::Bytes;
use tokio::net::TcpListener;

/// The environment variable that names the file of the body; set for the child alone.
pub(crate) const BODY: &str = "BILAN_BENCH_BODY";
/// The one that names the path it is served at.
pub(crate) const PATH: &str = "BILAN_BENCH_PATH";

/// The body to serve, where this process is the bare server.
pub(crate) fn asked_for() -> Option<std::ffi::OsString> {
    env::var_os(BODY)
}

/// Serves the file's bytes at the one path, after printing the address.
pub(crate) async fn serve(body: std::ffi::OsString) -> Result<()> {
    let body = Bytes::from(std::fs::read(&body).context("the body")?);
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CONTENT_ENCODING, "br")];
    let path = format!("/{}", env::var(PATH).context("the path")?);
    let router = Router::new().route(&path, get(move || async move { (headers, body) }));
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", listener.local_addr()?);
    axum::serve(listener, router).await?;
    Ok(())
}
