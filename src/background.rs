//! What the portal does beside showing its page; fetched after the page itself, which does not wait for it.

use leptos::{task::spawn_local, wasm_split::SplitLoaderError};
use ui::{Clock, turn::pause};

use crate::{
    live::{self, Live},
    offline::keep_pages,
    outbox,
};

/// Where this part of the program could not be fetched: between two attempts.
const AGAIN_MS: i32 = 5_000;

/// Opens the event stream, keeps pages on the device and sends what an earlier visit left in the outbox.
pub(crate) fn start(live: Live, clock: Clock) {
    spawn_local(async move {
        while work(live, clock).await.is_err() {
            pause(AGAIN_MS).await;
        }
    });
}

#[leptos::wasm_split::wasm_split(background, wasm_split_path = ::leptos::wasm_split, fallible)]
fn work(live: Live, clock: Clock) -> Result<(), SplitLoaderError> {
    live::listen(live);
    outbox::wake(clock);
    spawn_local(keep_pages());
    Ok(())
}
