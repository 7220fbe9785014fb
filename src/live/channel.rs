//! The event stream of the browser, driven by [`Link`].

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    time::Duration,
};

use contract::{
    live::{BATCH, Batch, HELLO, Hello, SNAPSHOT},
    paths,
    public::AirSummary,
};
use leptos::{ev, prelude::*, task::spawn_local};
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{EventSource, MessageEvent};

use super::{
    Live,
    link::{Happening, Link, Next, Phase, spread_ms},
};
use crate::api_client;

/// How often the state is fetched while events cannot be had.
const POLL_EVERY: Duration = Duration::from_secs(60);
/// A stream that says nothing for so long is dead, as the server tells the time every 15 s; phones
/// that change networks are not always told.
const SILENCE: Duration = Duration::from_secs(45);

/// The open stream with its callbacks, which live as long as it does.
struct Stream {
    source: EventSource,
    _heard: [Closure<dyn FnMut(MessageEvent)>; 3],
    _fate: [Closure<dyn FnMut()>; 2],
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.source.set_onopen(None);
        self.source.set_onerror(None);
        self.source.close();
    }
}

#[derive(Clone)]
struct Channel {
    live: Live,
    link: Rc<RefCell<Link>>,
    stream: Rc<RefCell<Option<Stream>>>,
    /// True when something was heard since silence was last looked for.
    heard: Rc<Cell<bool>>,
}

/// Opens the stream and keeps it open for the life of the application.
pub(crate) fn open(live: Live) {
    let channel =
        Channel { live, link: Rc::default(), stream: Rc::default(), heard: Rc::default() };
    channel.connect();
    if !window().navigator().on_line() {
        channel.happened(Happening::NetworkLost);
    }
    // The listeners and the timer live as long as the page.
    let lost = channel.clone();
    let _ = window_event_listener(ev::offline, move |_| lost.happened(Happening::NetworkLost));
    let back = channel.clone();
    let _ = window_event_listener(ev::online, move |_| {
        back.happened(Happening::NetworkBack);
        back.live.refresh();
    });
    let listening = channel.clone();
    let _ = set_interval_with_handle(move || listening.look_for_silence(), SILENCE);
    let _ = set_interval_with_handle(move || channel.poll_if_needed(), POLL_EVERY);
}

impl Channel {
    fn connect(&self) {
        // An old stream must not report into the new one's life.
        self.stream.borrow_mut().take();
        match self.stream() {
            Some(stream) => *self.stream.borrow_mut() = Some(stream),
            None => self.happened(Happening::Unsupported),
        }
    }

    /// `None` where the browser has no event streams.
    fn stream(&self) -> Option<Stream> {
        js_sys::Reflect::get(&window(), &"EventSource".into())
            .ok()
            .filter(|class| class.is_function())?;
        let source = EventSource::new(paths::LIVE).ok()?;
        let heard = [
            self.listen::<Batch>(|live, batch| live.take(batch)),
            self.listen::<Batch>(|live, batch| live.take(batch)),
            self.listen::<Hello>(|live, hello| live.greeted(hello.server_time)),
        ];
        for (name, closure) in [BATCH, SNAPSHOT, HELLO].into_iter().zip(&heard) {
            source.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref()).ok()?;
        }
        let opened = self.clone();
        let opened = Closure::<dyn FnMut()>::new(move || opened.happened(Happening::Opened));
        let (failed, failing) = (self.clone(), source.clone());
        let failed = Closure::<dyn FnMut()>::new(move || {
            let closed = failing.ready_state() == EventSource::CLOSED;
            failed.happened(if closed { Happening::Closed } else { Happening::Interrupted });
        });
        source.set_onopen(Some(opened.as_ref().unchecked_ref()));
        source.set_onerror(Some(failed.as_ref().unchecked_ref()));
        Some(Stream { source, _heard: heard, _fate: [opened, failed] })
    }

    fn listen<T: DeserializeOwned + 'static>(
        &self,
        take: fn(Live, T),
    ) -> Closure<dyn FnMut(MessageEvent)> {
        let (live, heard) = (self.live, self.heard.clone());
        Closure::new(move |event: MessageEvent| {
            heard.set(true);
            // A half-written or newer message is skipped; the next snapshot makes up for it.
            if let Some(message) =
                event.data().as_string().and_then(|text| api_client::parse(&text).ok())
            {
                take(live, message);
            }
        })
    }

    fn happened(&self, happening: Happening) {
        let polled = self.link.borrow().polls();
        let next = self.link.borrow_mut().after(happening);
        self.live.set_phase(self.link.borrow().phase);
        if !polled {
            // The reader need not wait a minute to learn that nothing can be reached.
            self.poll_if_needed();
        }
        match next {
            Next::Wait => {}
            Next::ReopenNow => self.reconnect_in(0),
            Next::ReopenIn(ms) => self.reconnect_in(spread_ms(ms, js_sys::Math::random())),
        }
    }

    /// Even at once is later: a stream must not be dropped inside its own callback.
    fn reconnect_in(&self, ms: u64) {
        let channel = self.clone();
        let reconnect = move || {
            // The browser's own attempt may have succeeded meanwhile.
            if channel.link.borrow().phase != Phase::Live {
                channel.connect();
            }
        };
        set_timeout(reconnect, Duration::from_millis(ms));
    }

    fn look_for_silence(&self) {
        if !self.heard.replace(false) {
            self.happened(Happening::Silent);
        }
    }

    fn poll_if_needed(&self) {
        if !self.link.borrow().polls() {
            return;
        }
        let channel = self.clone();
        spawn_local(async move {
            match api_client::get::<AirSummary>(paths::AIR_SUMMARY).await {
                Ok(air) => {
                    channel.happened(Happening::PollSucceeded);
                    channel.live.polled(air);
                }
                Err(_) => channel.happened(Happening::PollFailed),
            }
        });
    }
}
