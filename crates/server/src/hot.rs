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

/// How many bodies are kept; beyond, the one not asked for the longest makes room.
const KEPT: usize = 512;

struct Kept {
    version: u64,
    made: Instant,
    body: Arc<Prepared>,
}

#[derive(Default)]
struct Slot {
    kept: Mutex<Option<Kept>>,
    /// One maker at a time, so that a crowd after a change causes one query.
    making: tokio::sync::Mutex<()>,
}

/// Bodies by key.
pub struct Hot<K> {
    /// When each was last asked for.
    slots: Mutex<HashMap<K, (Instant, Arc<Slot>)>>,
}

impl<K> Default for Hot<K> {
    fn default() -> Self {
        Self { slots: Mutex::default() }
    }
}

impl<K: Eq + Hash + Clone> Hot<K> {
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
        let slot = self.slot(key);
        if let Some(body) = slot.fresh(version, life) {
            return Ok(body);
        }
        let _turn = slot.making.lock().await;
        if let Some(body) = slot.fresh(version, life) {
            return Ok(body);
        }
        let body = Arc::new(make().await?);
        let kept = Kept { version, made: Instant::now(), body: body.clone() };
        *slot.kept.lock().unwrap_or_else(PoisonError::into_inner) = Some(kept);
        Ok(body)
    }

    fn slot(&self, key: K) -> Arc<Slot> {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        if slots.len() >= KEPT && !slots.contains_key(&key) {
            let oldest = slots.iter().min_by_key(|(_, (asked, _))| *asked);
            if let Some(oldest) = oldest.map(|(key, _)| key.clone()) {
                slots.remove(&oldest);
            }
        }
        let (asked, slot) = slots.entry(key).or_insert_with(|| (Instant::now(), Arc::default()));
        *asked = Instant::now();
        slot.clone()
    }
}

impl Slot {
    fn fresh(&self, version: u64, life: Duration) -> Option<Arc<Prepared>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let known = kept.as_ref()?;
        (known.version == version && known.made.elapsed() < life).then(|| known.body.clone())
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::reply::Life;

    fn body() -> Prepared {
        Prepared::of("x".into(), "text/plain", Life::Live, Timestamp::UNIX_EPOCH)
    }

    #[tokio::test]
    async fn a_slow_body_does_not_hold_up_another() {
        let hot = Hot::<u32>::default();
        let never = hot.get(1, 0, STANDING, std::future::pending);
        let other = async {
            tokio::task::yield_now().await;
            hot.get(2, 0, STANDING, || async { Ok(body()) }).await
        };
        tokio::select! {
            biased;
            _ = never => panic!("it is never made"),
            made = other => assert!(made.is_ok()),
        }
    }

    #[tokio::test]
    async fn many_keys_do_not_push_out_the_one_that_is_asked_for() {
        let hot = Hot::<usize>::default();
        hot.get(0, 0, STANDING, || async { Ok(body()) }).await.unwrap();
        for key in 1..2 * KEPT {
            hot.get(key, 0, STANDING, || async { Ok(body()) }).await.unwrap();
            let kept =
                hot.get(0, 0, STANDING, || async { Err(Problem::internal(std::fmt::Error)) });
            assert!(kept.await.is_ok(), "made again after {key} others");
        }
        assert_eq!(hot.slots.lock().unwrap().len(), KEPT);
    }
}
