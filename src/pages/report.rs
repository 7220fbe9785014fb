//! The report form: what, where, evidence, who, what the public would see, receipt.

mod check;
mod consent;
mod draft;
mod evidence;
mod form;
mod nearby;
mod on_phone;
mod parts;
mod place;
mod prefill;
mod preview;
mod questions;
mod seal;
mod sent;
mod start;
mod step;
mod what;
mod where_;
mod who;
mod wizard;
mod writing;

use std::time::Duration;

use contract::report::ReportForm;
use leptos::{prelude::*, task::spawn_local};
use ui::{Title, Written, lang};

pub(crate) use self::{
    form::{Form, category_name, form},
    seal::{prepare as prepare_seal, seal},
};
use self::{
    parts::{prepare_desk, prepare_last_steps},
    start::Start,
};
use crate::{
    api_client::Failure,
    components::{LoadFailed, Skeleton, dress, prepare_qr_code},
    pages::prepare_track,
    words,
};

/// After the page itself has come, what it will need on a river bank without a connection.
const PREPARE_AFTER: Duration = Duration::from_secs(2);

/// Context: whether all that the form needs without a connection is here.
#[derive(Clone, Copy)]
struct Prepared(RwSignal<bool>);

/// Fetches the parts that are needed later; true when all of them are here.
async fn prepare() -> bool {
    // What cannot be fetched now is asked for again when it is needed.
    let parts = [
        prepare_last_steps().await.is_ok(),
        prepare_desk().await.is_ok(),
        crate::photos::prepare().await.is_ok(),
        prepare_qr_code().await.is_ok(),
        prepare_track().await.is_ok(),
    ];
    parts.into_iter().all(|is_here| is_here)
}

/// The report form.
#[component]
pub(super) fn ReportPage() -> impl IntoView {
    dress();
    let prepared = RwSignal::new(false);
    provide_context(Prepared(prepared));
    let fetch = move || {
        spawn_local(async move {
            // The page may have been left by then.
            let _ = prepared.try_set(prepare().await);
        });
    };
    let _ = set_timeout_with_handle(fetch, PREPARE_AFTER);
    let shown = form();
    let failure = Signal::derive(move || shown.with(|shown| shown.failure.clone()));
    let known = Memo::new(move |_| shown.with(|shown| shown.value.clone()));
    move || match known.get() {
        Some(form) => open_or_closed(form),
        None => waiting(failure),
    }
}

fn waiting(failure: Signal<Option<Failure>>) -> AnyView {
    let title = words::report_title(lang());
    view! {
        <Title text=title/>
        <h1>{title}</h1>
        <LoadFailed failure has_old=Signal::stored(false)/>
        <Skeleton height=20/>
    }
    .into_any()
}

fn open_or_closed(form: ReportForm) -> AnyView {
    let lang = lang();
    let title = words::report_title(lang);
    match &form.closed {
        Some(why) => {
            let channels = form.reward.official_channels.iter().map(|channel| {
                view! { <li><Written text=channel.get(lang)/></li> }
            });
            view! {
                <Title text=title/>
                <h1>{title}</h1>
                <p class="notice">{why.get(lang).to_owned()}</p>
                <ul class="plain-list">{channels.collect_view()}</ul>
            }
            .into_any()
        }
        None => view! { <Start form/> }.into_any(),
    }
}
