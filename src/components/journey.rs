//! Where a report is, truthfully: on this phone, being sent, received with its number, or refused.

use domain::{Lang, report::PublicId};
use leptos::prelude::*;
use ui::lang;

use crate::{
    outbox::{Fate, Parcel, sending},
    words,
};

/// One sentence, told whenever it changes.
#[component]
pub(crate) fn Journey(
    /// The report as it is kept now; nothing is said before it is known.
    #[prop(into)]
    parcel: Signal<Option<Parcel>>,
) -> impl IntoView {
    let lang = lang();
    let sending = sending();
    let under_way = Memo::new(move |_| {
        let id = parcel.with(|parcel| parcel.as_ref().map(|parcel| parcel.id.clone()));
        id.is_some() && sending.with(|sending| *sending == id)
    });
    let state = move || {
        let fate = parcel.with(|parcel| parcel.as_ref().map(|parcel| parcel.fate.clone()));
        match (fate, under_way.get()) {
            (None, _) => "",
            (Some(Fate::Received { .. }), _) => "received",
            (Some(Fate::Refused { .. }), _) => "refused",
            (Some(Fate::Waiting), true) => "sending",
            (Some(Fate::Waiting), false) => "waiting",
        }
    };
    let sentence = move || {
        parcel.with(|parcel| parcel.as_ref().map(|parcel| sentence(parcel, under_way.get(), lang)))
    };
    view! { <p class="journey" role="status" data-state=state>{sentence}</p> }.into_any()
}

fn sentence(parcel: &Parcel, under_way: bool, lang: Lang) -> String {
    match (&parcel.fate, under_way) {
        (Fate::Received { receipt }, _) => {
            let number = receipt.public_id.parse::<PublicId>();
            let number = number.map_or(receipt.public_id.clone(), |number| number.to_string());
            words::journey_received(lang, &number)
        }
        (Fate::Refused { .. }, _) => words::journey_refused(lang).to_owned(),
        (Fate::Waiting, true) => words::journey_sending(lang).to_owned(),
        (Fate::Waiting, false) if parcel.failures == 0 => words::journey_waiting(lang).to_owned(),
        (Fate::Waiting, false) => words::journey_failed(lang, &parcel.failures),
    }
}
