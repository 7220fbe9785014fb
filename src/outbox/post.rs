//! Bringing one report to the server: its photos first, then the report that names them.

use contract::{paths, problem::Code, report::Submission};
use js_sys::Uint8Array;
use ui::Clock;
use wasm_bindgen::JsValue;

use super::{
    Fate, Parcel,
    cabinet::{photo_key, save, save_received},
    proof::proof,
};
use crate::{
    api_client::{self, Failure, From},
    device::{Shelf, Shelves},
};

/// Sends what is still to be sent. Each step is kept before the next, so that wherever it is cut, the next attempt
/// goes on from there; and everything is sent under names that the phone made, so that nothing is received twice.
///
/// # Errors
///
/// Why another attempt is needed. What the server has refused for good is no error: the parcel says so.
pub(super) async fn deliver(
    shelves: &Shelves,
    mut parcel: Parcel,
    clock: Clock,
) -> Result<(), Failure> {
    while let Some(digest) = parcel.unsent.first().cloned() {
        send_photo(shelves, &mut parcel, &digest).await?;
        save(shelves, &parcel).await;
    }
    if parcel.submission.is_none() {
        return Ok(());
    }
    if parcel.fresh_proof(clock.now().as_millisecond()).is_none() {
        let asked_ms = clock.now().as_millisecond();
        parcel.proof = match proof().await {
            Ok(proof) => proof.map(|proof| (proof, asked_ms)),
            Err(Failure::Unreachable) => return Err(Failure::Unreachable),
            // Without a proof it is looked at later: better than not at all.
            Err(_) => None,
        };
        // Where the answer is lost, the work is not done again.
        save(shelves, &parcel).await;
    }
    let body =
        Submission { proof: parcel.proof.clone().map(|(proof, _)| proof), ..written(&parcel) };
    match api_client::put(&paths::report(&parcel.id), &api_client::to_json(&body)?).await {
        Ok(receipt) => {
            let photos = body.photos;
            parcel.receive(receipt);
            save_received(shelves, &parcel, &photos).await;
            Ok(())
        }
        Err(failure) if is_for_good(&failure) => {
            let sentence = failure.sentence(lang(&body));
            let faults = if let Failure::Faults(faults) = failure { faults } else { vec![] };
            parcel.fate = Fate::Refused { sentence, faults };
            save(shelves, &parcel).await;
            Ok(())
        }
        Err(failure) => Err(failure),
    }
}

fn written(parcel: &Parcel) -> Submission {
    // Asked for only after it was seen to be there.
    parcel.submission.clone().unwrap_or_else(|| unreachable!("a waiting report has its words"))
}

fn lang(submission: &Submission) -> domain::Lang {
    domain::Lang::from_tag(&submission.lang).unwrap_or_default()
}

/// One photo; one that the server does not take is left out with its reason, and the rest goes on.
async fn send_photo(shelves: &Shelves, parcel: &mut Parcel, digest: &str) -> Result<(), Failure> {
    let Some(bytes) = shelves.get(Shelf::Photos, &photo_key(&parcel.id, digest)).await else {
        parcel.leave_out_photo(String::new());
        return Ok(());
    };
    let from = if parcel.failures == 0 { From::Start } else { From::Cut };
    match api_client::upload(&paths::report_photo(digest), &bytes_of(&bytes), from).await {
        Ok(_) => {
            parcel.unsent.remove(0);
            Ok(())
        }
        Err(Failure::Refused(
            code @ (Code::PhotoRefused | Code::TooLarge | Code::UnsupportedMedia),
            detail,
        )) => {
            let lang = parcel.submission.as_ref().map(lang).unwrap_or_default();
            parcel.leave_out_photo(detail.unwrap_or_else(|| code.title(lang).to_owned()));
            Ok(())
        }
        Err(failure) => Err(failure),
    }
}

fn bytes_of(value: &JsValue) -> Uint8Array {
    Uint8Array::new(value)
}

/// True for an answer that sending the same again will not change.
fn is_for_good(failure: &Failure) -> bool {
    match failure {
        Failure::Faults(_) => true,
        Failure::Refused(code, _) => {
            matches!(
                code,
                Code::BadForm
                    | Code::BadBody
                    | Code::OtherReport
                    | Code::TooLarge
                    | Code::FormClosed
            )
        }
        Failure::Unreachable | Failure::Unreadable(_) => false,
    }
}
