//! What the form asks, from the server or as it was last kept on this device.

use contract::{paths, report::ReportForm};
use domain::Lang;
use leptos::{prelude::*, task::spawn_local};
use ui::Clock;

use crate::{
    api_client::{self, Failure},
    device::{Change, Shelf, Shelves},
    live::Shown,
    outbox::{read, written},
};

/// Its key on the shelf.
const KEY: &str = "form";

/// The form as pages that need no more of it pass it on.
pub(crate) type Form = RwSignal<Shown<ReportForm>>;

/// The kept form at once, then the server's.
pub(crate) fn form() -> Form {
    let (shown, clock) = (RwSignal::new(Shown::default()), Clock::expect());
    spawn_local(async move {
        let shelves = Shelves::open().await;
        let kept: Option<ReportForm> = shelves.get(Shelf::Kept, KEY).await.as_ref().and_then(read);
        match api_client::get::<ReportForm>(paths::REPORT_FORM).await {
            Ok(form) => {
                clock.learn(form.meta.server_time);
                let put = Change::Put(Shelf::Kept, KEY.to_owned(), written(&form));
                let _ = shown.try_set(Shown { value: Some(form), failure: None });
                // A device without room asks again next time.
                let _ = shelves.change(vec![put]).await;
            }
            // Without a connection the kept form is as good: what is written waits in the outbox.
            Err(Failure::Unreachable) if kept.is_some() => {
                let _ = shown.try_set(Shown { value: kept, failure: None });
            }
            Err(failure) => {
                let _ = shown.try_set(Shown { value: None, failure: Some(failure) });
            }
        }
    });
    shown
}

/// The name of a category, or its key where the form no longer has it.
pub(crate) fn category_name(form: Option<&ReportForm>, key: &str, lang: Lang) -> String {
    let categories = form.map(|form| form.categories.as_slice()).unwrap_or_default();
    let category = categories.iter().find(|category| category.key == key);
    category.map_or_else(|| key.to_owned(), |category| category.name.get(lang).to_owned())
}
