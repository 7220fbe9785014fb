//! A few threads that answer queries, each on a connection of its own.

use std::{
    io,
    sync::{Arc, Mutex, PoisonError},
    thread,
};

use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use super::{WAITING, guarded};
use crate::{StoreError, View, series::Catalogue};

type Query = Box<dyn FnOnce(&Connection, &Catalogue) + Send>;

/// The way to the readers.
#[derive(Debug)]
pub(super) struct ReadQueue {
    queries: Mutex<Option<mpsc::Sender<Query>>>,
}

impl ReadQueue {
    pub(super) fn start(connections: Vec<Connection>) -> io::Result<Self> {
        let (queries, queue) = mpsc::channel(WAITING);
        let (queue, catalogue) = (Arc::new(Mutex::new(queue)), Arc::new(Catalogue::default()));
        for db in connections {
            let (queue, catalogue) = (Arc::clone(&queue), Arc::clone(&catalogue));
            thread::Builder::new()
                .name("store-reader".to_owned())
                .spawn(move || answer_all(&db, &catalogue, &queue))?;
        }
        Ok(Self { queries: Mutex::new(Some(queries)) })
    }

    pub(super) async fn ask<T, F>(&self, query: F) -> Result<T, StoreError>
    where
        F: FnOnce(&View<'_>) -> Result<T, StoreError> + Send + 'static,
        T: Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let query: Query = Box::new(move |db, catalogue| {
            if !answer.is_closed() {
                let _ = answer.send(on_one_snapshot(db, catalogue, query));
            }
        });
        let queries = self.queries.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let Some(queries) = queries else { return Err(StoreError::Closed) };
        if queries.send(query).await.is_err() {
            return Err(StoreError::Closed);
        }
        answered.await.unwrap_or(Err(StoreError::Closed))
    }

    pub(super) fn close(&self) {
        self.queries.lock().unwrap_or_else(PoisonError::into_inner).take();
    }
}

fn answer_all(db: &Connection, catalogue: &Catalogue, queue: &Mutex<mpsc::Receiver<Query>>) {
    loop {
        let next = queue.lock().unwrap_or_else(PoisonError::into_inner).blocking_recv();
        let Some(query) = next else { return };
        query(db, catalogue);
    }
}

/// Sealing moves rows from one table to another; only one snapshot shows each of them once.
fn on_one_snapshot<T>(
    db: &Connection,
    catalogue: &Catalogue,
    query: impl FnOnce(&View<'_>) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    db.prepare_cached("begin")?.execute([])?;
    let result = guarded(|| query(&View { db, catalogue }));
    db.prepare_cached("commit")?.execute([])?;
    result
}
