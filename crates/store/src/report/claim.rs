//! The way back to a report by its claim code: a locator to find candidates, a slow hash to
//! compare.

use crate::{Store, StoreError};

/// What is kept of a claim code. The code itself never comes near the store.
#[derive(Clone, PartialEq, Eq)]
pub struct Claim {
    /// The code's first characters; several reports may share them.
    pub locator: String,
    /// Argon2id of the rest with a salt of its own, as PHC text.
    pub hash: String,
}

impl std::fmt::Debug for Claim {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Claim(***)")
    }
}

/// A report whose code begins with the locator asked for.
#[derive(Clone, PartialEq, Eq)]
pub struct ClaimRow {
    /// Id of the report.
    pub report: String,
    /// Argon2id of the rest of its code, as PHC text.
    pub hash: String,
}

impl Store {
    /// Every report whose code begins with `locator`, by id; the caller tries each.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn reports_by_locator(&self, locator: &str) -> Result<Vec<ClaimRow>, StoreError> {
        let locator = locator.to_owned();
        self.read(move |view| {
            let mut statement = view.db.prepare_cached(
                "select id, claim_hash from report
                 where locator = ?1 and claim_hash is not null order by id",
            )?;
            let rows = statement.query_map([locator], |row| {
                Ok(ClaimRow { report: row.get(0)?, hash: row.get(1)? })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
        .await
    }
}
