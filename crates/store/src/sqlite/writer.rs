//! The one thread that writes, and the queue before it.

use std::{io, thread};

use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use super::{Known, WAITING, guarded};
use crate::StoreError;

/// Rows after which the writer commits rather than taking one more request along.
const GROUP_ROWS: usize = 5_000;

/// The connection that writes, with what it remembers of the tables.
pub(crate) struct WriteSide {
    pub(crate) db: Connection,
    pub(crate) known: Known,
    pub(crate) hot_days: i64,
    /// Why the whole transaction is given up, not just the change that failed.
    lost: Option<StoreError>,
}

impl WriteSide {
    pub(super) fn new(db: Connection, hot_days: i64) -> Self {
        Self { db, known: Known::default(), hot_days, lost: None }
    }

    fn run(&self, sql: &str) -> Result<(), StoreError> {
        self.db.prepare_cached(sql)?.execute([])?;
        Ok(())
    }

    fn begin(&mut self) -> Result<(), StoreError> {
        self.run("begin immediate")?;
        // Another process (an import beside the server) may have committed meanwhile.
        let changed = self.known.refresh(&self.db);
        if changed.is_err() {
            self.roll_back();
        }
        changed
    }

    fn commit(&mut self) -> Result<(), StoreError> {
        let committed = self.run("commit");
        if committed.is_err() {
            self.roll_back();
        }
        committed
    }

    /// SQLite has rolled back by itself after some errors, a full disk among them.
    fn roll_back(&mut self) {
        self.known.forget();
        if !self.db.is_autocommit()
            && let Err(error) = self.run("rollback")
        {
            tracing::error!(%error, "a failed transaction could not be rolled back");
        }
    }

    /// Runs one change so that its failure undoes it alone.
    fn attempt<T>(
        &mut self,
        change: impl FnOnce(&mut Self) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.run("savepoint change")?;
        let result =
            guarded(|| change(self)).and_then(|value| self.run("release change").map(|()| value));
        if let Err(error) = &result {
            self.known.forget();
            if self.db.is_autocommit() {
                self.lost = Some(error.repeated());
            } else if let Err(cause) = self.undo() {
                tracing::error!(%cause, "a failed change could not be undone alone");
                self.lost = Some(cause.repeated());
            }
        }
        result
    }

    /// Takes back the change in hand. Should it fail, part of the change may still be there, and
    /// nothing of the transaction may be committed.
    fn undo(&mut self) -> Result<(), StoreError> {
        self.run("rollback to change")?;
        self.run("release change")?;
        self.known.refresh(&self.db)
    }

    /// Ends the transaction: with everything in it, or with nothing if part of it is lost.
    fn conclude(&mut self) -> Result<(), StoreError> {
        let Some(lost) = self.lost.take() else { return self.commit() };
        self.roll_back();
        Err(lost)
    }
}

type Finish = Box<dyn FnOnce(Result<(), StoreError>) + Send>;
type Change = Box<dyn FnOnce(Result<&mut WriteSide, StoreError>) -> Finish + Send>;

enum Request {
    Change { weight: usize, change: Change },
    Close(oneshot::Sender<Result<(), StoreError>>),
}

/// The way to the writer.
#[derive(Debug)]
pub(super) struct WriteQueue {
    requests: mpsc::Sender<Request>,
}

impl WriteQueue {
    pub(super) fn start(side: WriteSide) -> io::Result<Self> {
        let (requests, queue) = mpsc::channel(WAITING);
        thread::Builder::new().name("store-writer".to_owned()).spawn(|| write_all(side, queue))?;
        Ok(Self { requests })
    }

    pub(super) async fn ask<T, F>(&self, weight: usize, change: F) -> Result<T, StoreError>
    where
        F: FnOnce(&mut WriteSide) -> Result<T, StoreError> + Send + 'static,
        T: Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let change: Change = Box::new(move |side| {
            let result = side.and_then(|side| side.attempt(change));
            Box::new(move |committed| {
                // Nobody waits any more: the change stands all the same.
                let _ = answer.send(result.and_then(|value| committed.map(|()| value)));
            })
        });
        let request = Request::Change { weight, change };
        if self.requests.send(request).await.is_err() {
            return Err(StoreError::Closed);
        }
        answered.await.unwrap_or(Err(StoreError::Closed))
    }

    pub(super) async fn close(&self) -> Result<(), StoreError> {
        let (answer, answered) = oneshot::channel();
        if self.requests.send(Request::Close(answer)).await.is_err() {
            return Ok(());
        }
        answered.await.unwrap_or(Err(StoreError::Closed))
    }
}

fn write_all(mut side: WriteSide, mut queue: mpsc::Receiver<Request>) {
    let mut closing = None;
    while let Some(request) = queue.blocking_recv() {
        match request {
            Request::Change { weight, change } => {
                closing = write_group(&mut side, weight, change, &mut queue).or(closing);
            }
            Request::Close(answer) => closing = Some(answer),
        }
        if closing.is_some() {
            queue.close();
        }
    }
    let folded = fold(side.db);
    if let Some(answer) = closing {
        let _ = answer.send(folded);
    }
}

fn fold(db: Connection) -> Result<(), StoreError> {
    db.query_row("pragma wal_checkpoint(truncate)", [], |_| Ok(()))?;
    db.close().map_err(|(_, error)| error.into())
}

/// Commits `change` and whatever waits behind it as one transaction: one sync of the disk for
/// all of them.
fn write_group(
    side: &mut WriteSide,
    weight: usize,
    change: Change,
    queue: &mut mpsc::Receiver<Request>,
) -> Option<oneshot::Sender<Result<(), StoreError>>> {
    if let Err(error) = side.begin() {
        change(Err(error.repeated()))(Err(error));
        return None;
    }
    let (mut rows, mut closing) = (weight, None);
    let mut finishes = vec![change(Ok(side))];
    while rows < GROUP_ROWS && closing.is_none() && side.lost.is_none() {
        match queue.try_recv() {
            Ok(Request::Change { weight, change }) => {
                rows += weight;
                finishes.push(change(Ok(side)));
            }
            Ok(Request::Close(answer)) => closing = Some(answer),
            Err(_) => break,
        }
    }
    let committed = side.conclude();
    for finish in finishes {
        finish(match &committed {
            Ok(()) => Ok(()),
            Err(error) => Err(error.repeated()),
        });
    }
    closing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_change_that_cannot_be_undone_alone_takes_the_transaction_along() {
        let mut db = Connection::open_in_memory().unwrap();
        crate::sqlite::migrate::to_newest(&mut db).unwrap();
        let queue = WriteQueue::start(WriteSide::new(db, 1)).unwrap();
        let refused = queue
            .ask(1, |side| {
                side.run("insert into sealed_until values (1, 7)")?;
                // With its savepoint gone, going back to it fails.
                side.run("release change")?;
                Err::<(), _>(StoreError::Damaged("on purpose".to_owned()))
            })
            .await;
        assert!(matches!(refused, Err(StoreError::Damaged(_))), "{refused:?}");
        let found = queue.ask(1, |side| crate::sealed::sealed_until(&side.db)).await;
        assert_eq!(found.unwrap(), None, "half a change was committed");
    }
}
