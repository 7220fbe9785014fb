//! The clock a source is given; this crate never looks at the machine's own.

use std::{fmt, sync::Arc};

use jiff::Timestamp;

/// Tells the time. The server hands in its own, a test whatever hour it needs.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Timestamp + Send + Sync>);

impl Clock {
    /// A clock that asks `tell` each time.
    pub fn new(tell: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self(Arc::new(tell))
    }

    /// A clock that always shows `at`.
    pub fn stopped_at(at: Timestamp) -> Self {
        Self::new(move || at)
    }

    /// What it shows.
    pub fn now(&self) -> Timestamp {
        (self.0)()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Clock({})", self.now())
    }
}
