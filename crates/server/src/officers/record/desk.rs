//! Where lists lie while they are looked at and imported: a few at a time, each for its officer alone, for an hour.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, atomic::Ordering},
    time::Duration,
};

use bytes::Bytes;
use contract::{
    officer::record::{DryRun as Shown, ImportState, ImportView, Imported, RowFault},
    problem::Code,
};
use domain::{Text, canonical::hex};
use jiff::{SignedDuration, Timestamp};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore, SemaphorePermit},
    task::JoinHandle,
};

use crate::{
    keys,
    problem::Problem,
    record::import::{DryRun, Fault, Progress},
};

/// Lists that are kept at once; each is at most 20 MB.
const MOST: usize = 4;
/// How long a list is kept.
const KEPT: SignedDuration = SignedDuration::from_hours(1);
/// Faults of one answer.
const SHOWN: usize = 1_000;
/// How long an answer waits for work that may be done at once.
const MOMENT: Duration = Duration::from_secs(2);

/// A list as an officer sent it.
#[derive(Debug, Clone)]
pub(super) struct Sent {
    /// Whose.
    pub(super) staff: i64,
    /// The file's name.
    pub(super) file: String,
    /// The file.
    pub(super) bytes: Bytes,
}

/// What was found in a list.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) rows: usize,
    pub(super) good: usize,
    pub(super) faults: Vec<Fault>,
    pub(super) faults_total: usize,
    ignored: Vec<String>,
}

impl Found {
    pub(super) fn of(run: &DryRun) -> Self {
        Self {
            rows: run.rows,
            good: run.good.len(),
            faults: run.faults.clone(),
            faults_total: run.faults_total,
            ignored: run.ignored.clone(),
        }
    }

    fn shown(&self) -> Shown {
        let fault = |fault: &Fault| RowFault {
            row: fault.row,
            column: fault.column.clone(),
            value: fault.value.clone(),
            reason: fault.reason.clone(),
        };
        Shown {
            rows: number(self.rows),
            good: number(self.good),
            faults: self.faults.iter().take(SHOWN).map(fault).collect(),
            faults_total: number(self.faults_total),
            ignored_columns: self.ignored.clone(),
        }
    }
}

/// Where an import stands.
#[derive(Debug, Clone)]
pub(super) enum Stage {
    Reading,
    Read(Arc<Found>),
    Importing(Arc<Found>),
    /// So many issues and events.
    Imported(Arc<Found>, usize, usize),
    Failed(Option<Arc<Found>>, Text),
}

impl Stage {
    const fn found(&self) -> Option<&Arc<Found>> {
        match self {
            Self::Reading => None,
            Self::Read(found) | Self::Importing(found) | Self::Imported(found, ..) => Some(found),
            Self::Failed(found, _) => found.as_ref(),
        }
    }

    const fn state(&self) -> ImportState {
        match self {
            Self::Reading => ImportState::Reading,
            Self::Read(_) => ImportState::Read,
            Self::Importing(_) => ImportState::Importing,
            Self::Imported(..) => ImportState::Imported,
            Self::Failed(..) => ImportState::Failed,
        }
    }
}

struct Kept {
    sent: Sent,
    /// Given back with the list's bytes, once nothing more will be done with them.
    room: Option<OwnedSemaphorePermit>,
    progress: Arc<Progress>,
    stage: Stage,
    expires: Timestamp,
}

/// Every list that is kept.
pub struct Imports {
    kept: Mutex<HashMap<String, Kept>>,
    room: Arc<Semaphore>,
    turn: Semaphore,
}

impl Default for Imports {
    fn default() -> Self {
        let room = Arc::new(Semaphore::new(MOST));
        Self { kept: Mutex::default(), room, turn: Semaphore::new(1) }
    }
}

impl Imports {
    fn with<T>(&self, with: impl FnOnce(&mut HashMap<String, Kept>) -> T) -> T {
        with(&mut self.kept.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Room for one more list, before any of it is read; the officer's own last one makes way.
    ///
    /// # Errors
    ///
    /// [`Code::TooManyRequests`] while colleagues' lists fill it.
    pub fn room(&self, staff: i64, now: Timestamp) -> Result<OwnedSemaphorePermit, Problem> {
        self.with(|kept| {
            kept.retain(|_, one| {
                one.stage.state().is_busy() || (one.expires > now && one.sent.staff != staff)
            });
        });
        self.room.clone().try_acquire_owned().map_err(|_full| {
            Problem::new(Code::TooManyRequests).retry_after(60).with(Text::new(
                "正在处理其他清单，请稍后再传。",
                "Other lists are being worked on. Send this one in a while.",
            ))
        })
    }

    /// Keeps a list; its token.
    pub(super) fn keep(
        &self,
        sent: Sent,
        room: OwnedSemaphorePermit,
        now: Timestamp,
    ) -> Result<String, Problem> {
        let token = hex(&keys::random::<16>().map_err(Problem::internal)?);
        let expires = now.checked_add(KEPT).unwrap_or(Timestamp::MAX);
        let (progress, stage) = (Arc::default(), Stage::Reading);
        let one = Kept { sent, room: Some(room), progress, stage, expires };
        self.with(|kept| kept.insert(token.clone(), one));
        Ok(token)
    }

    /// The list and where its progress is told.
    pub(super) fn sent(&self, token: &str) -> Option<(Sent, Arc<Progress>)> {
        self.with(|kept| kept.get(token).map(|one| (one.sent.clone(), one.progress.clone())))
    }

    /// A turn at reading a list.
    pub(super) async fn turn(&self) -> Option<SemaphorePermit<'_>> {
        self.turn.acquire().await.ok()
    }

    /// Begins to import a list that was looked at; false where that has begun already.
    pub(super) fn start(&self, token: &str) -> bool {
        self.with(|kept| {
            let Some(one) = kept.get_mut(token) else { return false };
            let Stage::Read(found) = &one.stage else { return false };
            one.stage = Stage::Importing(found.clone());
            one.progress.begin(0);
            true
        })
    }

    /// Notes where the import stands now.
    pub(super) fn turn_to(&self, token: &str, stage: Stage) {
        self.with(|kept| {
            if let Some(one) = kept.get_mut(token) {
                one.stage = stage;
                if matches!(one.stage, Stage::Imported(..) | Stage::Failed(..)) {
                    one.sent.bytes.clear();
                    one.room = None;
                }
            }
        });
    }

    /// The import as it stands, for its officer.
    pub(super) fn view(
        &self,
        token: &str,
        staff: i64,
        now: Timestamp,
    ) -> Result<ImportView, Problem> {
        self.own(token, staff, now, |token, one| {
            let (imported, failure) = match &one.stage {
                Stage::Imported(_, items, events) => {
                    (Some(Imported { items: number(*items), events: number(*events) }), None)
                }
                Stage::Failed(_, text) => (None, Some(text.clone())),
                _ => (None, None),
            };
            ImportView {
                token: token.to_owned(),
                file: one.sent.file.clone(),
                state: one.stage.state(),
                done: one.progress.done.load(Ordering::Relaxed),
                of: one.progress.of.load(Ordering::Relaxed),
                dry_run: one.stage.found().map(|found| found.shown()),
                imported,
                failure,
                expires: one.expires,
            }
        })
    }

    /// What is wrong with the list, for its officer.
    pub(super) fn faults(
        &self,
        token: &str,
        staff: i64,
        now: Timestamp,
    ) -> Result<Arc<Found>, Problem> {
        let found = self.own(token, staff, now, |_, one| one.stage.found().cloned())?;
        found.ok_or_else(|| Problem::new(Code::NotFound))
    }

    /// One that is gone, or another officer's, is as unknown as one that never was.
    fn own<T>(
        &self,
        token: &str,
        staff: i64,
        now: Timestamp,
        read: impl FnOnce(&str, &Kept) -> T,
    ) -> Result<T, Problem> {
        self.with(|kept| {
            kept.retain(|_, one| one.stage.state().is_busy() || one.expires > now);
            let one = kept.get(token).filter(|one| one.sent.staff == staff);
            one.map(|one| read(token, one)).ok_or_else(|| Problem::new(Code::NotFound))
        })
    }
}

/// Waits for the work, but not for long: it goes on without anyone waiting.
pub(super) async fn a_moment(work: JoinHandle<()>) {
    // Whether it was done in time stands in the view.
    let _ = tokio::time::timeout(MOMENT, work).await;
}

fn number(many: usize) -> u32 {
    u32::try_from(many).unwrap_or(u32::MAX)
}
