//! A reply that follows its address, and a change on its way.

use std::{future::Future, pin::Pin};

use leptos::{prelude::*, task::spawn_local};
use serde::de::DeserializeOwned;

use crate::{
    api_client::{self, Failure},
    session::SignedIn,
};

/// What was last answered, kept on screen while something newer is asked for.
pub(crate) struct Fetched<T: Send + Sync + 'static> {
    pub(crate) value: RwSignal<Option<T>>,
    pub(crate) failure: RwSignal<Option<Failure>>,
    again: RwSignal<u32>,
}

impl<T: Send + Sync + 'static> Clone for Fetched<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Fetched<T> {}

impl<T: Send + Sync + 'static> Fetched<T> {
    /// Asks for the same again.
    pub(crate) fn again(self) {
        self.again.update(|count| *count = count.wrapping_add(1));
    }

    /// True once something was answered; a whole page waits for it.
    pub(crate) fn has_come(self) -> Memo<bool> {
        Memo::new(move |_| self.value.with(Option::is_some))
    }
}

/// Fetches `path`, below the console's interface, whenever it changes. A reply that a newer address has
/// overtaken is dropped.
pub(crate) fn fetched<T>(path: Signal<String>) -> Fetched<T>
where
    T: DeserializeOwned + Send + Sync + 'static,
{
    asked(path, |path| Box::pin(async move { api_client::get(&path).await }))
}

/// As [`fetched`] from the public interface, e.g. `api/v1/programmes`.
pub(crate) fn fetched_public<T>(path: &'static str) -> Fetched<T>
where
    T: DeserializeOwned + Send + Sync + 'static,
{
    let get =
        |path: String| -> Reply<T> { Box::pin(async move { api_client::get_public(&path).await }) };
    asked(Signal::stored(path.to_owned()), get)
}

type Reply<T> = Pin<Box<dyn Future<Output = Result<T, Failure>>>>;

fn asked<T>(path: Signal<String>, ask: fn(String) -> Reply<T>) -> Fetched<T>
where
    T: DeserializeOwned + Send + Sync + 'static,
{
    let fetched = Fetched {
        value: RwSignal::new(None),
        failure: RwSignal::new(None),
        again: RwSignal::new(0),
    };
    let (signed_in, asked) = (SignedIn::expect(), StoredValue::new(0_u32));
    Effect::new(move |_| {
        fetched.again.track();
        let path = path.get();
        asked.update_value(|asked| *asked = asked.wrapping_add(1));
        let number = asked.get_value();
        spawn_local(async move {
            let outcome = ask(path).await;
            if asked.try_get_value() != Some(number) {
                return;
            }
            match outcome {
                Ok(value) => {
                    fetched.failure.set(None);
                    fetched.value.set(Some(value));
                }
                Err(failure) => {
                    signed_in.notice(&failure);
                    fetched.failure.set(Some(failure));
                }
            }
        });
    });
    // Whoever signed in again wants to see the page.
    Effect::new(move |before: Option<bool>| {
        let is_in = signed_in.standing() == crate::session::Standing::In;
        if is_in && before == Some(false) {
            fetched.again();
        }
        is_in
    });
    fetched
}

/// One change on its way; its failure stands until the next try.
#[derive(Clone, Copy)]
pub(crate) struct Sending {
    pub(crate) busy: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
    signed_in: SignedIn,
}

impl Sending {
    /// Nothing yet.
    pub(crate) fn new() -> Self {
        Self {
            busy: RwSignal::new(false),
            failure: RwSignal::new(None),
            signed_in: SignedIn::expect(),
        }
    }

    /// Sends a change unless one is on its way, and hands the answer to `done`.
    pub(crate) fn start<T: 'static>(
        self,
        change: impl Future<Output = Result<T, Failure>> + 'static,
        done: impl FnOnce(T) + 'static,
    ) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.failure.set(None);
        spawn_local(async move {
            let outcome = change.await;
            // The page may have been left in the meantime.
            if self.busy.try_set(false).is_some() {
                return;
            }
            match outcome {
                Ok(answer) => done(answer),
                Err(failure) => {
                    self.signed_in.notice(&failure);
                    self.failure.set(Some(failure));
                }
            }
        });
    }
}
