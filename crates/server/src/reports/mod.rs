//! Reports from the public, on the side of whoever sends and whoever reads them.

pub mod admission;
pub mod arrived;
pub mod buckets;
pub mod cells;
pub mod challenge;
pub mod check;
pub mod claim;
pub mod content;
pub mod delayed;
pub mod district;
pub mod form;
pub mod published;
pub mod receipt;
pub mod samples;
pub mod submit;
pub mod track;

use contract::problem::Code;
use domain::{Text, calendar::WorkCalendar, privacy::cells::Grid, report::Deadlines};
use jiff::Timestamp;

use self::{
    admission::Admission,
    buckets::Buckets,
    challenge::Challenges,
    claim::Claims,
    district::{District, Territory},
    receipt::Receipts,
};
use crate::{
    app::App,
    config,
    keys::{Key, Keys},
    problem::Problem,
    profile::Profile,
};

/// What handlers of reports share.
pub struct Reports {
    /// Why none are taken; `None` while they are.
    pub closed: Option<Text>,
    /// What lies in the district.
    pub territory: Territory,
    /// The grid of public cells.
    pub grid: Grid,
    /// Working days.
    pub calendar: WorkCalendar,
    /// The district's time limits.
    pub deadlines: Deadlines,
    /// Which queue a report joins.
    pub admission: Admission,
    /// Claim codes that opened nothing, by client.
    pub wrong_codes: Buckets,
    /// Objections to issues that are shown to the public, by client.
    pub objections: Buckets,
    /// What needs the server's keys; `None` without them.
    pub secrets: Option<Secrets>,
}

/// Objections of one client in an hour: each stops a closing until an officer has answered it.
const OBJECTIONS: u32 = 6;

/// What needs the server's keys.
pub struct Secrets {
    /// Proofs of work.
    pub challenges: Challenges,
    /// Filing receipts.
    pub receipts: Receipts,
    /// Claim codes.
    pub claims: Claims,
    /// Tells submissions apart.
    pub fingerprints: Key,
}

impl Secrets {
    fn new(keys: &Keys) -> Self {
        Self {
            challenges: Challenges::new(keys.pepper.derive("challenge")),
            receipts: Receipts::new(keys),
            claims: Claims::new(keys.pepper.derive("claim")),
            fingerprints: keys.pepper.derive("fingerprint"),
        }
    }
}

impl Reports {
    /// By configuration, profile and keys.
    pub fn new(config: &config::Reports, profile: &Profile, keys: Option<&Keys>) -> Self {
        let territory = profile.reports.territory(profile.bounds);
        Self {
            closed: closed(config, &profile.reports, keys.is_some()),
            grid: territory.grid(),
            territory,
            calendar: WorkCalendar::default(),
            deadlines: Deadlines {
                accept_working_days: config.accept_working_days,
                close_days: config.close_days,
                extension_days: config.extension_days,
                ..Deadlines::default()
            },
            admission: Admission::new(&config.rates),
            wrong_codes: Buckets::per_hour(config.rates.wrong_codes_per_client),
            objections: Buckets::per_hour(OBJECTIONS),
            secrets: keys.map(Secrets::new),
        }
    }
}

impl Reports {
    /// Forgets clients that have done nothing lately.
    pub fn forget_idle(&self, now: Timestamp) {
        self.admission.forget_idle(now);
        self.wrong_codes.forget_idle(now);
        self.objections.forget_idle(now);
    }
}

/// What needs the server's keys, while reports are taken.
///
/// # Errors
///
/// Why they are not.
pub fn open(app: &App) -> Result<&Secrets, Problem> {
    match (&app.reports.closed, &app.reports.secrets) {
        (None, Some(secrets)) => Ok(secrets),
        (closed, _) => {
            let refusal = Problem::new(Code::FormClosed);
            Err(closed.iter().fold(refusal, |refusal, text| refusal.with(text.clone())))
        }
    }
}

/// What needs the server's keys, for who holds a claim code: also while no new reports are taken.
///
/// # Errors
///
/// Without keys there are no codes.
pub fn open_for_holders(app: &App) -> Result<&Secrets, Problem> {
    app.reports.secrets.as_ref().ok_or_else(|| Problem::new(Code::FormClosed))
}

/// Why the form is closed, in words for readers; operators are told more by `bilan check-config`.
fn closed(config: &config::Reports, district: &District, keys: bool) -> Option<Text> {
    if !config.enabled || district.categories.is_empty() || !keys {
        return Some(Text::new(
            "本站暂不接受网上举报。请使用下列官方渠道。",
            "Reports are not taken here. Please use the official channels below.",
        ));
    }
    (!config.handler_is_named()).then(|| {
        Text::new(
            "个人信息处理者尚未公示，举报表单暂不开放。请使用下列官方渠道。",
            "Who handles personal information has not been named yet, so the form stays closed. Please use the official channels below.",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config() -> config::Reports {
        let named = || Text::new("某局", "A bureau");
        config::Reports {
            enabled: true,
            controller: named(),
            controller_contact: named(),
            ..config::Reports::default()
        }
    }

    #[test]
    fn the_form_stays_closed_until_the_handler_is_named_in_both_languages() {
        let district = Profile::demonstration().unwrap().reports;
        assert_eq!(closed(&config(), &district, true), None);
        let unnamed = config::Reports { controller: Text::new("某局", " "), ..config() };
        assert!(closed(&unnamed, &district, true).unwrap().en.contains("personal information"));
        let disabled = config::Reports { enabled: false, ..config() };
        assert!(closed(&disabled, &district, true).is_some());
        assert!(closed(&config(), &district, false).is_some(), "without keys");
        assert!(closed(&config(), &District::default(), true).is_some(), "nothing to report");
    }
}
