//! The first page, built in several turns of the browser's, so that a finger or a key never waits for all of it.

use std::{cell::Cell, time::Duration};

use js_sys::Promise;
use leptos::prelude::*;
use wasm_bindgen_futures::JsFuture;

thread_local! {
    /// Parts that wait for their turn.
    static WAITING: Cell<usize> = const { Cell::new(0) };
    /// The first page stands.
    static STANDS: Cell<bool> = const { Cell::new(false) };
}

/// A part that waits; it no longer does when this is dropped, built or not.
struct Waiting;

impl Waiting {
    fn new() -> Self {
        WAITING.set(WAITING.get() + 1);
        Self
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        WAITING.set(WAITING.get() - 1);
    }
}

/// True while any part of the page is still to be built.
#[must_use]
pub fn is_building() -> bool {
    WAITING.get() > 0
}

/// The first page stands and is shown. What is built from now on is built at once: a page that grows piece by piece
/// would lose the reader's place.
pub fn first_page_stands() {
    STANDS.set(true);
}

/// Builds a part of the first page in a turn of its own, after those asked for before it.
pub fn in_turn(build: impl FnOnce() -> AnyView + Send + 'static) -> AnyView {
    if STANDS.get() { build() } else { waiting_for_its_turn(Box::new(build)) }
}

/// Boxed: made once and not for every part, of which the first load has many.
fn waiting_for_its_turn(build: Box<dyn FnOnce() -> AnyView + Send>) -> AnyView {
    let (due, set_due) = signal(false);
    let mut part = Some((Waiting::new(), build));
    let come = move || {
        // A page that was left meanwhile has no signal any more.
        let _ = set_due.try_set(true);
    };
    set_timeout(come, Duration::ZERO);
    let built = move || {
        let (_waiting, build) = if due.get() { part.take() } else { None }?;
        Some(untrack(build))
    };
    built.into_any()
}

/// Goes on in another turn, as long as the first page does not stand.
pub async fn next_turn() {
    if STANDS.get() {
        return;
    }
    let waiting = Waiting::new();
    pause(0).await;
    drop(waiting);
}

/// Waits for so many milliseconds, so that what the reader does meanwhile is answered.
pub async fn pause(ms: i32) {
    let promise = Promise::new(&mut |resolve, _| {
        // A window always has timers.
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ms);
    });
    // Timers break no promises.
    let _ = JsFuture::from(promise).await;
}

/// Does something that the first page waits for in a turn of its own, after what was asked for before it.
pub fn work_in_turn(work: impl FnOnce() + 'static) {
    let work: Box<dyn FnOnce()> = Box::new(work);
    let waiting = Waiting::new();
    let due = move || {
        work();
        drop(waiting);
    };
    set_timeout(due, Duration::ZERO);
}
