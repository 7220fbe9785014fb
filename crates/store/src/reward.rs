//! Awards as they stand, one per report, folded from the ledger.

use domain::reward::RewardState;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, named_params, params_from_iter};

use crate::{
    Page, Store, StoreError, View,
    filter::Filter,
    time::{some_timestamp, some_us, timestamp},
    words::word,
};

/// The award of one report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reward {
    /// Where it stands.
    pub state: RewardState,
    /// In fen.
    pub amount_fen: Option<i64>,
    /// Label of the rules' edition.
    pub edition: String,
    /// Key of the ground or tier.
    pub tier: Option<String>,
    /// Number of the officer who proposed.
    pub proposer: Option<i64>,
    /// Number of the officer who approved: another one.
    pub approver: Option<i64>,
    /// Number of the officer who paid: a third one.
    pub payer: Option<i64>,
    /// The voucher's number, without dashes.
    pub voucher: Option<String>,
    /// When the claim lapses.
    pub claim_due: Option<Timestamp>,
    /// Conditions, reasons and the rest, as JSON.
    pub body: String,
}

/// An award and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RewardRow {
    /// Id of the report.
    pub report: String,
    /// The report's public number.
    pub public_id: String,
    /// The report's version, for [`Store::act_on_report`].
    pub version: u32,
    /// The award.
    pub reward: Reward,
    /// Names of who proposed, approved and paid, for colleagues.
    pub names: [Option<String>; 3],
    /// When it last changed.
    pub changed: Timestamp,
}

const SELECT: &str = "select reward.*, public_id, version,
        (select display_name from staff where id = proposer) as proposer_name,
        (select display_name from staff where id = approver) as approver_name,
        (select display_name from staff where id = payer) as payer_name
    from reward join report on report.id = reward.report";

impl RewardRow {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let reward = Reward {
            state: word(row, "state", RewardState::from_key)?,
            amount_fen: row.get("amount_fen")?,
            edition: row.get("edition")?,
            tier: row.get("tier")?,
            proposer: row.get("proposer")?,
            approver: row.get("approver")?,
            payer: row.get("payer")?,
            voucher: row.get("voucher")?,
            claim_due: some_timestamp(row.get("claim_due_us")?),
            body: row.get("body")?,
        };
        Ok(Self {
            report: row.get("report")?,
            public_id: row.get("public_id")?,
            version: row.get("version")?,
            reward,
            names: [row.get("proposer_name")?, row.get("approver_name")?, row.get("payer_name")?],
            changed: timestamp(row.get("changed_us")?),
        })
    }
}

pub(crate) fn set(
    db: &Connection,
    report: &str,
    reward: &Reward,
    at: Timestamp,
) -> Result<(), StoreError> {
    db.prepare_cached(
        "insert into reward (report, state, amount_fen, edition, tier, proposer, approver, payer,
             voucher, claim_due_us, body, changed_us)
         values (:report, :state, :amount, :edition, :tier, :proposer, :approver, :payer,
             :voucher, :due, :body, :at)
         on conflict (report) do update set state = excluded.state,
             amount_fen = excluded.amount_fen, edition = excluded.edition, tier = excluded.tier,
             proposer = excluded.proposer, approver = excluded.approver, payer = excluded.payer,
             voucher = excluded.voucher, claim_due_us = excluded.claim_due_us,
             body = excluded.body, changed_us = excluded.changed_us",
    )?
    .execute(named_params! {
        ":report": report, ":state": reward.state.key(), ":amount": reward.amount_fen,
        ":edition": reward.edition, ":tier": reward.tier, ":proposer": reward.proposer,
        ":approver": reward.approver, ":payer": reward.payer, ":voucher": reward.voucher,
        ":due": some_us(reward.claim_due), ":body": reward.body, ":at": at.as_microsecond(),
    })?;
    Ok(())
}

impl View<'_> {
    /// The award of the report with that id, once there is one.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn reward(&self, report: &str) -> Result<Option<RewardRow>, StoreError> {
        let mut statement =
            self.db.prepare_cached(&format!("{SELECT} where reward.report = ?1"))?;
        Ok(statement.query_row([report], RewardRow::from_row).optional()?)
    }
}

impl Store {
    /// The award of the report with that id, once there is one. It is changed by
    /// [`Store::act_on_report`].
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn reward(&self, report: &str) -> Result<Option<RewardRow>, StoreError> {
        let report = report.to_owned();
        self.read(move |view| view.reward(&report)).await
    }

    /// The award with that voucher.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn reward_of_voucher(&self, voucher: &str) -> Result<Option<RewardRow>, StoreError> {
        let voucher = voucher.to_owned();
        self.read(move |view| {
            let mut statement = view.db.prepare_cached(&format!("{SELECT} where voucher = ?1"))?;
            Ok(statement.query_row([voucher], RewardRow::from_row).optional()?)
        })
        .await
    }

    /// A page of the awards in these states, or in any if none is named; the latest change
    /// first.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn rewards(
        &self,
        states: Vec<RewardState>,
        page: Page,
    ) -> Result<Vec<RewardRow>, StoreError> {
        self.read(move |view| {
            let mut filter = Filter::default();
            filter.one_of("reward.state", states.iter().map(|state| state.key()));
            let sql = format!(
                "{SELECT} {} order by reward.changed_us desc, reward.report limit {} offset {}",
                filter.sql(),
                page.size,
                page.offset()
            );
            let mut statement = view.db.prepare(&sql)?;
            let rows =
                statement.query_map(params_from_iter(filter.values()), RewardRow::from_row)?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
        .await
    }

    /// How many awards are in which state.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn rewards_by_state(&self) -> Result<Vec<(RewardState, u64)>, StoreError> {
        self.read(|view| {
            let mut statement = view.db.prepare_cached(
                "select state, count(*) from reward group by state order by state",
            )?;
            let rows = statement.query_map([], |row| {
                Ok((word(row, "state", RewardState::from_key)?, row.get(1)?))
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
        .await
    }

    /// Awards in that state whose claim lapsed before then, the longest lapsed first.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn rewards_lapsed(
        &self,
        state: RewardState,
        before: Timestamp,
    ) -> Result<Vec<RewardRow>, StoreError> {
        self.read(move |view| {
            let sql = format!(
                "{SELECT} where claim_due_us < ?1 and reward.state = ?2 order by claim_due_us"
            );
            let mut statement = view.db.prepare_cached(&sql)?;
            let rows = statement.query_map(
                rusqlite::params![before.as_microsecond(), state.key()],
                RewardRow::from_row,
            )?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
        .await
    }
}
