//! What the server does about a try before the request goes out.

use std::{fmt, pin::Pin, sync::Arc};

use jiff::Timestamp;

type Done = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Called with the time before each request and waited for; the default does nothing.
#[derive(Clone, Default)]
pub struct BeforeAsking(Option<Arc<dyn Fn(Timestamp) -> Done + Send + Sync>>);

impl BeforeAsking {
    /// Calls `note` each time.
    pub fn new<F, N>(note: F) -> Self
    where
        F: Fn(Timestamp) -> N + Send + Sync + 'static,
        N: Future<Output = ()> + Send + 'static,
    {
        Self(Some(Arc::new(move |now| Box::pin(note(now)))))
    }

    pub(super) async fn call(&self, now: Timestamp) {
        if let Some(note) = &self.0 {
            note(now).await;
        }
    }
}

impl fmt::Debug for BeforeAsking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "BeforeAsking(set)" } else { "BeforeAsking(none)" })
    }
}
