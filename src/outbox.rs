//! Reports that were sent off and are to be received: kept on this device, sent again until the server has them.

mod backoff;
mod cabinet;
mod parcel;
mod post;
mod proof;

use std::{cell::RefCell, time::Duration};

use leptos::{
    ev,
    leptos_dom::helpers::TimeoutHandle,
    prelude::{ArcRwSignal, Set, set_timeout_with_handle, window, window_event_listener},
    task::spawn_local,
    wasm_split::SplitLoaderError,
};
use ui::{Clock, Kept, base::base_path};

use self::{backoff::delay_ms, cabinet::save, post::deliver};
pub(crate) use self::{
    cabinet::{
        discard, forget_code, keep_code, kept_code, kept_codes, parcels, photo_key, read, send_off,
        written,
    },
    parcel::{Fate, KeptCode, Parcel},
    proof::proof,
};
use crate::{
    api_client::Failure,
    device::{Shelves, alone, js, random},
};

/// Says that something is waiting, so that a page that has nothing to send need not load what sends.
const FLAG: &str = "bilan-outbox";

/// Sends what an earlier visit left, on whatever page this one begins.
pub(crate) fn wake(clock: Clock) {
    if Kept::preference(FLAG).is_some() {
        // A part of the program that cannot be fetched: neither could the server be reached.
        spawn_local(async move { drop(start(clock).await) });
    }
}

#[leptos::wasm_split::wasm_split(outbox, wasm_split_path = ::leptos::wasm_split, fallible)]
fn start(clock: Clock) -> Result<(), SplitLoaderError> {
    send(clock);
    Ok(())
}

thread_local! {
    static LISTENS: RefCell<bool> = const { RefCell::new(false) };
    static RETRY: RefCell<Option<TimeoutHandle>> = const { RefCell::new(None) };
    static SENDING: ArcRwSignal<Option<String>> = ArcRwSignal::new(None);
}

/// The id of the report that this page is sending now.
pub(crate) fn sending() -> ArcRwSignal<Option<String>> {
    SENDING.with(Clone::clone)
}

/// Sends everything that waits: now, when the connection comes back, and after each failure a while later.
pub(crate) fn send(clock: Clock) {
    Kept::set_preference(FLAG, Some("1"));
    if !LISTENS.replace(true) {
        // The listener lives as long as the page.
        let _ = window_event_listener(ev::online, move |_| send(clock));
    }
    if let Some(retry) = RETRY.take() {
        retry.clear();
    }
    spawn_local(async move {
        alone(&format!("bilan-outbox{}", base_path()), move || send_waiting(clock)).await;
        plan(clock).await;
    });
}

async fn send_waiting(clock: Clock) {
    let shelves = Shelves::open().await;
    let mut tried: Vec<String> = vec![];
    loop {
        // Read anew each time: another tab may have sent one off meanwhile.
        let waiting = parcels(&shelves).await;
        let next =
            waiting.into_iter().find(|parcel| parcel.is_waiting() && !tried.contains(&parcel.id));
        let Some(parcel) = next else { break };
        tried.push(parcel.id.clone());
        sending().set(Some(parcel.id.clone()));
        let outcome = deliver(&shelves, parcel.clone(), clock).await;
        sending().set(None);
        let Err(failure) = outcome else { continue };
        count_failure(&shelves, &parcel.id).await;
        if failure == Failure::Unreachable {
            break;
        }
    }
}

/// Counts on the parcel as it now is: some of its photos may have been sent.
async fn count_failure(shelves: &Shelves, id: &str) {
    if let Some(mut parcel) = parcels(shelves).await.into_iter().find(|parcel| parcel.id == id) {
        parcel.failures += 1;
        save(shelves, &parcel).await;
    }
}

/// Plans the next attempt, if one is needed.
async fn plan(clock: Clock) {
    let waiting = parcels(&Shelves::open().await).await;
    let failures =
        waiting.iter().filter(|parcel| parcel.is_waiting()).map(|parcel| parcel.failures);
    let Some(fewest) = failures.min() else {
        return Kept::set_preference(FLAG, None);
    };
    ask_for_sync().await;
    let [jitter] = random().unwrap_or([0]);
    let delay = Duration::from_millis(delay_ms(fewest, jitter).into());
    RETRY.set(set_timeout_with_handle(move || send(clock), delay).ok());
}

/// Asks the browser to wake the service worker when there is a connection, for a page that is closed by then.
async fn ask_for_sync() {
    let worker = js::get(&window().navigator(), "serviceWorker");
    let Ok(registration) = js::call_and_wait(&worker, "getRegistration", &[]).await else { return };
    // Few browsers have it; the others send when a page is opened.
    let _ = js::call_and_wait(&js::get(&registration, "sync"), "register", &[&FLAG.into()]).await;
}
