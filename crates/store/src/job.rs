//! What is still to be done: rows, written by the change that causes them.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};

use crate::{Store, StoreError, time::timestamp};

/// Something to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewJob {
    /// Who knows how to do it.
    pub kind: String,
    /// What exactly, as JSON.
    pub body: String,
    /// Two jobs of one key are one job, also when the first is done; `None`: a job of its own.
    pub key: Option<String>,
    /// Not before.
    pub run: Timestamp,
}

/// A job that the caller has claimed: nobody else has it until the lease ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Its number.
    pub id: i64,
    /// Who knows how to do it.
    pub kind: String,
    /// What exactly, as JSON.
    pub body: String,
    /// Which attempt this is, from 1.
    pub attempt: u32,
    /// When it was to be done.
    pub run: Timestamp,
}

/// How many jobs there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct JobCounts {
    /// Due, or in hand.
    pub due: u64,
    /// To be done later.
    pub later: u64,
    /// Given up.
    pub given_up: u64,
}

pub(crate) fn enqueue(db: &Connection, jobs: &[NewJob]) -> Result<(), StoreError> {
    let mut statement = db.prepare_cached(
        "insert into job (kind, body, key, run_us) values (?1, ?2, ?3, ?4)
         on conflict (key) do nothing",
    )?;
    for job in jobs {
        statement.execute(params![job.kind, job.body, job.key, job.run.as_microsecond()])?;
    }
    Ok(())
}

impl Store {
    /// Adds jobs that no other change causes, e.g. what is done every day.
    ///
    /// # Errors
    ///
    /// When the database cannot be written.
    pub async fn add_jobs(&self, jobs: Vec<NewJob>) -> Result<(), StoreError> {
        self.write(jobs.len(), move |side| enqueue(&side.db, &jobs)).await
    }

    /// Claims the job of these kinds that has been due longest, for as long as `lease`; `None`
    /// if there is none. Who does not finish in time has lost it, and another may claim it.
    ///
    /// # Errors
    ///
    /// When the database cannot be written.
    pub async fn claim_job(
        &self,
        kinds: &[&str],
        now: Timestamp,
        lease: SignedDuration,
    ) -> Result<Option<Job>, StoreError> {
        let kinds = serde_json::Value::from(kinds).to_string();
        if self.nothing_due(kinds.clone(), now).await? {
            return Ok(None);
        }
        self.write(1, move |side| {
            let claimed = side
                .db
                .prepare_cached(
                    "update job set attempts = attempts + 1, leased_us = ?3 where id =
                         (select id from job where done_us is null and given_up_us is null
                              and run_us <= ?2 and (leased_us is null or leased_us <= ?2)
                              and kind in (select value from json_each(?1))
                          order by run_us, id limit 1)
                     returning id, kind, body, attempts, run_us",
                )?
                .query_row(
                    params![kinds, now.as_microsecond(), (now + lease).as_microsecond()],
                    |row| {
                        Ok(Job {
                            id: row.get(0)?,
                            kind: row.get(1)?,
                            body: row.get(2)?,
                            attempt: row.get(3)?,
                            run: timestamp(row.get(4)?),
                        })
                    },
                )
                .optional()?;
            Ok(claimed)
        })
        .await
    }

    /// Asked first, because a reader's look costs no sync of the disk.
    async fn nothing_due(&self, kinds: String, now: Timestamp) -> Result<bool, StoreError> {
        self.read(move |view| {
            let mut statement = view.db.prepare_cached(
                "select not exists (select 1 from job where done_us is null
                     and given_up_us is null and run_us <= ?2
                     and (leased_us is null or leased_us <= ?2)
                     and kind in (select value from json_each(?1)))",
            )?;
            Ok(statement.query_row(params![kinds, now.as_microsecond()], |row| row.get(0))?)
        })
        .await
    }

    /// Notes that a claimed job is done; false if another has claimed it meanwhile.
    ///
    /// # Errors
    ///
    /// When the database cannot be written: then it will be done once more.
    pub async fn finish_job(&self, job: &Job, now: Timestamp) -> Result<bool, StoreError> {
        let (id, attempt) = (job.id, job.attempt);
        self.write(1, move |side| {
            let finished = side
                .db
                .prepare_cached(
                    "update job set done_us = ?3, leased_us = null, last_error = null
                     where id = ?1 and attempts = ?2 and done_us is null and given_up_us is null",
                )?
                .execute(params![id, attempt, now.as_microsecond()])?;
            Ok(finished > 0)
        })
        .await
    }

    /// Notes that a claimed job failed and why; it is tried again at `again`, or given up if
    /// there is no such time. False if another has claimed it meanwhile.
    ///
    /// # Errors
    ///
    /// When the database cannot be written.
    pub async fn fail_job(
        &self,
        job: &Job,
        error: &str,
        again: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let (id, attempt, error) = (job.id, job.attempt, error.to_owned());
        self.write(1, move |side| {
            let given_up = again.is_none().then_some(now);
            let noted = side
                .db
                .prepare_cached(
                    "update job set last_error = ?3, leased_us = null,
                         run_us = coalesce(?4, run_us), given_up_us = ?5
                     where id = ?1 and attempts = ?2 and done_us is null and given_up_us is null",
                )?
                .execute(params![
                    id,
                    attempt,
                    error,
                    again.map(Timestamp::as_microsecond),
                    given_up.map(Timestamp::as_microsecond)
                ])?;
            Ok(noted > 0)
        })
        .await
    }

    /// How many jobs wait and how many were given up; for metrics and tests.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn job_counts(&self, now: Timestamp) -> Result<JobCounts, StoreError> {
        self.read(move |view| {
            let mut statement = view.db.prepare_cached(
                "select count(*) filter (where given_up_us is null and run_us <= ?1),
                        count(*) filter (where given_up_us is null and run_us > ?1),
                        count(*) filter (where given_up_us is not null)
                 from job where done_us is null",
            )?;
            Ok(statement.query_row([now.as_microsecond()], |row| {
                Ok(JobCounts { due: row.get(0)?, later: row.get(1)?, given_up: row.get(2)? })
            })?)
        })
        .await
    }
}
