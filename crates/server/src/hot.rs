//! Bodies that many readers ask for: made once per change, and again when their time is over.

use std::{
    collections::HashMap,
    future::Future,
    hash::Hash,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use crate::{problem::Problem, reply::Prepared};

/// Ages and freshness move with the clock, so that even an unchanged body is made anew.
pub(crate) const MOVING: Duration = Duration::from_secs(1);

/// Bodies that only what is stored can change.
pub(crate) const STANDING: Duration = Duration::from_secs(60);

/// How many bodies are kept; all are dropped beyond.
const KEPT: usize = 512;

struct Kept {
    version: u64,
    made: Instant,
    body: Arc<Prepared>,
}

/// Bodies by key.
pub struct Hot<K> {
    kept: Mutex<HashMap<K, Kept>>,
    /// One maker at a time, so that a crowd after a change causes one query.
    making: tokio::sync::Mutex<()>,
}

impl<K> Default for Hot<K> {
    fn default() -> Self {
        Self { kept: Mutex::default(), making: tokio::sync::Mutex::default() }
    }
}

impl<K: Eq + Hash> Hot<K> {
    /// The body under `key` as of `version`, made by `make` when the kept one is of another
    /// version or older than `life`.
    pub async fn get<F>(
        &self,
        key: K,
        version: u64,
        life: Duration,
        make: impl FnOnce() -> F,
    ) -> Result<Arc<Prepared>, Problem>
    where
        F: Future<Output = Result<Prepared, Problem>>,
    {
        if let Some(body) = self.fresh(&key, version, life) {
            return Ok(body);
        }
        let _turn = self.making.lock().await;
        if let Some(body) = self.fresh(&key, version, life) {
            return Ok(body);
        }
        let body = Arc::new(make().await?);
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(key, Kept { version, made: Instant::now(), body: body.clone() });
        Ok(body)
    }

    fn fresh(&self, key: &K, version: u64, life: Duration) -> Option<Arc<Prepared>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let known = kept.get(key)?;
        (known.version == version && known.made.elapsed() < life).then(|| known.body.clone())
    }
}
