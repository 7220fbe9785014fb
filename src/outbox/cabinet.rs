//! Reports on the shelves of this device.

use wasm_bindgen::JsValue;

use super::{KeptCode, Parcel};
use crate::{
    api_client,
    device::{Change, Shelf, Shelves, Unkept, tell},
};

/// Where a photo of a report is kept.
pub(crate) fn photo_key(report: &str, digest: &str) -> String {
    format!("{report}/{digest}")
}

/// A kept text read back; what another version of the program wrote and this one cannot read is as good as gone.
pub(crate) fn read<T: serde::de::DeserializeOwned>(value: &JsValue) -> Option<T> {
    api_client::parse(&value.as_string()?).ok()
}

/// A value as it is kept.
pub(crate) fn written<T: serde::Serialize>(value: &T) -> JsValue {
    api_client::to_json(value).map(|json| json.into()).unwrap_or(JsValue::NULL)
}

/// Every report that was sent off from this device, oldest first.
pub(crate) async fn parcels(shelves: &Shelves) -> Vec<Parcel> {
    let mut parcels: Vec<Parcel> =
        shelves.all(Shelf::Outbox).await.iter().filter_map(read).collect();
    parcels.sort_by_key(|parcel| parcel.made_ms);
    parcels
}

/// Puts a report into the outbox in the place of its draft.
///
/// # Errors
///
/// [`Unkept::Known`] if another tab has sent it off already.
pub(crate) async fn send_off(shelves: &Shelves, parcel: &Parcel) -> Result<(), Unkept> {
    let changes = vec![
        Change::Add(Shelf::Outbox, parcel.id.clone(), written(parcel)),
        Change::Delete(Shelf::Drafts, parcel.id.clone()),
    ];
    shelves.change(changes).await?;
    tell();
    Ok(())
}

/// Keeps what has become of a report.
pub(super) async fn save(shelves: &Shelves, parcel: &Parcel) {
    // A device that is full still has the older state, from which sending goes on.
    let _ =
        shelves.change(vec![Change::Put(Shelf::Outbox, parcel.id.clone(), written(parcel))]).await;
    tell();
}

/// Keeps the receipt, and takes the photos away.
pub(super) async fn save_received(shelves: &Shelves, parcel: &Parcel, photos: &[String]) {
    let mut changes = vec![Change::Put(Shelf::Outbox, parcel.id.clone(), written(parcel))];
    changes.extend(
        photos.iter().map(|digest| Change::Delete(Shelf::Photos, photo_key(&parcel.id, digest))),
    );
    if let Some(kept) = kept_code(shelves, &parcel.id).await {
        let public_id = parcel.receipt().map(|receipt| receipt.public_id.clone());
        let kept = KeptCode { public_id, ..kept };
        changes.push(Change::Put(Shelf::Kept, code_key(&parcel.id), written(&kept)));
    }
    let _ = shelves.change(changes).await;
    tell();
}

/// Takes a report out of the outbox: it is received and its code is written down, or it was given up.
pub(crate) async fn discard(shelves: &Shelves, parcel: &Parcel) {
    let photos = parcel.submission.iter().flat_map(|submission| &submission.photos);
    let mut changes = vec![Change::Delete(Shelf::Outbox, parcel.id.clone())];
    changes
        .extend(photos.map(|digest| Change::Delete(Shelf::Photos, photo_key(&parcel.id, digest))));
    let _ = shelves.change(changes).await;
    tell();
}

fn code_key(id: &str) -> String {
    format!("code/{id}")
}

/// The code of a report, if it is kept.
pub(crate) async fn kept_code(shelves: &Shelves, id: &str) -> Option<KeptCode> {
    read(&shelves.get(Shelf::Kept, &code_key(id)).await?)
}

/// Every code that is kept, newest first.
pub(crate) async fn kept_codes(shelves: &Shelves) -> Vec<KeptCode> {
    let mut codes: Vec<KeptCode> = shelves.all(Shelf::Kept).await.iter().filter_map(read).collect();
    codes.sort_by_key(|kept| std::cmp::Reverse(kept.made_ms));
    codes
}

/// Keeps a code on this device.
pub(crate) async fn keep_code(shelves: &Shelves, kept: &KeptCode) -> Result<(), Unkept> {
    shelves.change(vec![Change::Put(Shelf::Kept, code_key(&kept.id), written(kept))]).await
}

/// Forgets it.
pub(crate) async fn forget_code(shelves: &Shelves, id: &str) {
    let _ = shelves.change(vec![Change::Delete(Shelf::Kept, code_key(id))]).await;
    tell();
}
