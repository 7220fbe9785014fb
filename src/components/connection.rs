//! Whether values arrive as they are measured, and since when not.

use domain::Lang;
use leptos::prelude::*;
use ui::{dates, lang};

use crate::{
    live::{Connection, Live, Phase},
    words,
};

/// The state of the connection in a word, with the time since when it is so.
#[component]
pub(crate) fn ConnectionState() -> impl IntoView {
    let (lang, live) = (lang(), Live::expect());
    let connection = live.connection;
    view! {
        <p class="connection" role="status" data-phase=move || key(connection.get().phase)>
            <span class="connection-dot" aria-hidden="true"></span>
            {move || sentence(connection.get(), lang)}
        </p>
    }
}

fn key(phase: Phase) -> &'static str {
    match phase {
        Phase::Connecting => "connecting",
        Phase::Live => "live",
        Phase::Reconnecting => "reconnecting",
        Phase::Polling => "polling",
        Phase::Offline => "offline",
    }
}

fn sentence(connection: Connection, lang: Lang) -> String {
    let since = dates::clock(connection.since);
    match connection.phase {
        Phase::Connecting => words::connection_connecting(lang).to_owned(),
        Phase::Live => words::connection_live(lang).to_owned(),
        Phase::Reconnecting => words::connection_reconnecting(lang, &since),
        Phase::Polling => words::connection_polling(lang, &since),
        Phase::Offline => words::connection_offline(lang, &since),
    }
}
