//! The gateway's side of `POST api/v1/readings`.

use std::time::Duration;

use domain::DeviceFlag;
use reqwest::Client;
use serde::{Deserialize, Serialize};

use super::Batch;
use crate::{PushedRow, Secret, http_client};

/// Rows per request; the interface takes 5,000.
const ROWS: usize = 5_000;
/// The whole of a request.
const TIME: Duration = Duration::from_secs(30);
/// Tries of one request.
const TRIES: u32 = 5;

/// Pushes batches with an API key.
#[derive(Debug)]
pub struct Pusher {
    client: Client,
    url: String,
    key: Secret,
    rows: Vec<PushedRow>,
}

/// The body.
#[derive(Serialize)]
struct Body<'a> {
    readings: &'a [PushedRow],
}

/// The part of the answer that matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
struct Answer {
    stored: u64,
    duplicate: u64,
    revised: u64,
}

/// Why pushing stopped.
#[derive(Debug, thiserror::Error)]
pub enum PushError {
    /// The server was not reached, or did not answer in time.
    #[error("the portal cannot be reached: {0}")]
    Unreachable(String),
    /// It refused the batch as a whole.
    #[error("the portal answered HTTP {status}: {body}")]
    Refused {
        /// The status.
        status: u16,
        /// The first 300 characters of its answer.
        body: String,
    },
}

impl Pusher {
    /// Pushes to `url`, the full address of the interface, as whoever holds `key`.
    ///
    /// # Errors
    ///
    /// [`PushError::Unreachable`] if the HTTP client cannot start.
    pub fn new(url: &str, key: Secret) -> Result<Self, PushError> {
        let client = http_client()
            .timeout(TIME)
            .build()
            .map_err(|cause| PushError::Unreachable(cause.to_string()))?;
        Ok(Self { client, url: url.to_owned(), key, rows: Vec::new() })
    }

    /// Adds a batch; sends when a request is full.
    ///
    /// # Errors
    ///
    /// [`PushError`] after several tries; what is not sent stays for the next call.
    pub async fn add(&mut self, batch: &Batch<'_>) -> Result<u64, PushError> {
        let rows = rows(batch);
        let sent = if self.rows.len() + rows.len() > ROWS { self.flush().await? } else { 0 };
        self.rows.extend(rows);
        Ok(sent)
    }

    /// Sends what has gathered; the number of readings the portal now has of it.
    ///
    /// # Errors
    ///
    /// [`PushError`] after several tries; what is not sent stays for the next call.
    pub async fn flush(&mut self) -> Result<u64, PushError> {
        if self.rows.is_empty() {
            return Ok(0);
        }
        let mut tries = 0;
        loop {
            match self.post().await {
                Ok(Answer { stored, duplicate, revised }) => {
                    self.rows.clear();
                    return Ok(stored + duplicate + revised);
                }
                Err(PushError::Refused { status, .. }) if status < 500 && status != 429 => {
                    // The same rows would be refused again.
                    self.rows.clear();
                    return Err(PushError::Refused { status, body: String::new() });
                }
                Err(fault) if tries + 1 >= TRIES => return Err(fault),
                Err(_passing) => {
                    tries += 1;
                    tokio::time::sleep(Duration::from_millis(200 << tries)).await;
                }
            }
        }
    }

    async fn post(&self) -> Result<Answer, PushError> {
        let unreachable = |cause: reqwest::Error| PushError::Unreachable(cause.to_string());
        let response = self
            .client
            .post(&self.url)
            .bearer_auth(self.key.reveal())
            .json(&Body { readings: &self.rows })
            .send()
            .await
            .map_err(unreachable)?;
        let status = response.status();
        if status.is_success() {
            return response.json().await.map_err(unreachable);
        }
        let body = response.text().await.unwrap_or_default().chars().take(300).collect();
        Err(PushError::Refused { status: status.as_u16(), body })
    }
}

/// A batch as rows of the interface.
fn rows(batch: &Batch<'_>) -> Vec<PushedRow> {
    batch
        .samples
        .iter()
        .map(|sample| PushedRow {
            station: batch.station.code.clone(),
            item: sample.item.key().to_owned(),
            value: sample.value.and_then(|value| serde_json::from_str(&value.to_string()).ok()),
            unit: sample.item.unit().to_owned(),
            start: batch.start.to_string(),
            averaging: batch.averaging.key().to_owned(),
            flag: (sample.flag != DeviceFlag::Normal).then(|| sample.flag.key().to_owned()),
        })
        .collect()
}
