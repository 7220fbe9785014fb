//! Proofs of work that were shown once and count no more.

use jiff::Timestamp;
use rusqlite::params;

use crate::{Store, StoreError};

impl Store {
    /// Spends the challenge with that id, good until `expires`; false if it was spent before.
    /// Ids are kept until then.
    ///
    /// # Errors
    ///
    /// When the database cannot be written: then it counts as neither.
    pub async fn spend_challenge(
        &self,
        id: Vec<u8>,
        expires: Timestamp,
    ) -> Result<bool, StoreError> {
        self.write(1, move |side| {
            let spent = side
                .db
                .prepare_cached(
                    "insert into spent_challenge (id, expires_us) values (?1, ?2)
                     on conflict do nothing",
                )?
                .execute(params![id, expires.as_microsecond()])?;
            Ok(spent > 0)
        })
        .await
    }
}
