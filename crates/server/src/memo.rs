//! Results that cost much and change seldom.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Mutex, PoisonError},
};

/// How many results are kept; all are dropped beyond.
const KEPT: usize = 256;

/// Results by key, each of one version of the data.
pub struct Memo<K, V>(Mutex<HashMap<K, (u64, V)>>);

impl<K, V> Default for Memo<K, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Eq + Hash, V: Clone> Memo<K, V> {
    /// The result under `key`, if it is of that version.
    pub fn get(&self, key: &K, version: u64) -> Option<V> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(key).filter(|(of, _)| *of == version).map(|(_, value)| value.clone())
    }

    /// Keeps a result.
    pub fn keep(&self, key: K, version: u64, value: V) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(key, (version, value));
    }
}
