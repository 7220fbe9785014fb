//! `[reports]`: who handles reports, how many are looked at, and how long they are kept.

use domain::Text;
use serde::Deserialize;

/// Reports from the public.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default)]
pub struct Reports {
    pub enabled: bool,
    /// Who handles personal information; the form stays closed while it is empty.
    pub controller: Text,
    pub controller_contact: Text,
    /// An age recipient, `age1…`; the key to it is not on this server.
    pub identity_recipient: String,
    pub accept_working_days: u32,
    pub close_days: u16,
    pub extension_days: u16,
    pub rates: Rates,
    pub webhooks: Vec<Webhook>,
}

impl Default for Reports {
    fn default() -> Self {
        Self {
            enabled: false,
            controller: Text::default(),
            controller_contact: Text::default(),
            identity_recipient: String::new(),
            accept_working_days: 3,
            close_days: 60,
            extension_days: 30,
            rates: Rates::default(),
            webhooks: Vec::new(),
        }
    }
}

impl Reports {
    /// True once everything is set that must be told before personal information is asked for
    /// (个人信息保护法 art. 17).
    pub fn handler_is_named(&self) -> bool {
        let texts = [&self.controller, &self.controller_contact];
        texts.iter().all(|text| !text.zh.trim().is_empty() && !text.en.trim().is_empty())
    }
}

/// How much reaches the officers' queue, and what a program must compute to be among it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Rates {
    pub queue_per_hour: u32,
    pub unproved_per_hour: u32,
    pub proved_per_client: u32,
    pub unproved_per_client: u32,
    pub challenges_per_client: u32,
    pub work: u64,
    pub uploads_per_client: u32,
    pub wrong_codes_per_client: u32,
}

impl Default for Rates {
    fn default() -> Self {
        Self {
            queue_per_hour: 300,
            unproved_per_hour: 20,
            proved_per_client: 60,
            unproved_per_client: 5,
            challenges_per_client: 60,
            work: 50_000,
            uploads_per_client: 400,
            wrong_codes_per_client: 30,
        }
    }
}

/// Somebody told by HTTP of what happens to reports.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct Webhook {
    pub url: String,
    pub secret: ingest::Secret,
    pub department: String,
    pub kinds: Vec<String>,
}
