//! The district's record: the rectification ledger, green space, the scorecard, pages of programmes.
//!
//! Pages, files, badges and embeds all take their figures from the functions here, so that they cannot differ.

pub mod course;
pub mod district;
pub mod files;
pub mod green;
pub mod import;
pub mod item;
pub mod ledger;
pub mod markdown;
pub mod objection;
pub mod programmes;
pub mod samples;
pub mod scores;

use std::sync::{Arc, PoisonError, RwLock};

use domain::{
    Text,
    rectification::{Register, Rules},
};
use store::Store;

use crate::{app::App, problem::Problem, profile::Profile};

/// Events that are read at once while catching up.
const AT_ONCE: u32 = 5_000;

/// What handlers of the record share.
pub struct Record {
    register: RwLock<Arc<Register>>,
    /// One catches up at a time.
    turn: tokio::sync::Mutex<()>,
}

impl Record {
    /// Nothing learnt yet.
    pub fn new(rules: Rules) -> Self {
        let empty = Arc::new(Register::new(rules.soon_days));
        Self { register: RwLock::new(empty), turn: tokio::sync::Mutex::default() }
    }

    fn now(&self) -> Arc<Register> {
        self.register.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The register with every event that is stored by now.
    ///
    /// # Errors
    ///
    /// When the store cannot answer.
    pub async fn register(&self, store: &Store) -> Result<Arc<Register>, Problem> {
        let head = store.rectification_head().await?;
        let known = self.now();
        if known.last() >= head.count {
            return Ok(known);
        }
        let _turn = self.turn.lock().await;
        let known = self.now();
        if known.last() >= head.count {
            return Ok(known);
        }
        let mut register = Register::clone(&known);
        while register.last() < head.count {
            let rows = store.rectification_events(register.last(), AT_ONCE).await?;
            let before = register.last();
            for row in &rows {
                // A row that is no event any more is named by the audit; figures go on without it.
                if let Some(event) = &row.event {
                    register.learn(event);
                }
            }
            if register.last() == before {
                tracing::error!(after = before, "the rectification ledger cannot be read on");
                break;
            }
        }
        let learnt = Arc::new(register);
        *self.register.write().unwrap_or_else(PoisonError::into_inner) = learnt.clone();
        Ok(learnt)
    }
}

/// The name of the unit with that key: a department's, a street's, or one of the record's own.
pub fn unit_name(profile: &Profile, key: &str) -> Text {
    let street = || profile.reports.street(key).map(|street| &street.name);
    let named =
        profile.record.unit(key).or_else(|| profile.reports.department(key)).or_else(street);
    named.cloned().unwrap_or_else(|| Text::new(key, key))
}

/// Every unit that may be made responsible, by key.
pub fn units(profile: &Profile) -> std::collections::BTreeMap<String, Text> {
    let own = profile.record.units.iter().map(|unit| (unit.key.clone(), unit.name.clone()));
    let departments =
        profile.reports.departments.iter().map(|unit| (unit.key.clone(), unit.name.clone()));
    let streets =
        profile.reports.streets.iter().map(|street| (street.code.clone(), street.name.clone()));
    departments.chain(streets).chain(own).collect()
}

/// The register of this portal.
///
/// # Errors
///
/// When the store cannot answer.
pub async fn register(app: &App) -> Result<Arc<Register>, Problem> {
    app.record.register(&app.store).await
}
