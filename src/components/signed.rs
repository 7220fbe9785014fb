//! The signed filing receipt: shown as text, and verified from text with the published keys.

use contract::{
    paths,
    report::{ReceiptKeys, SignedReceipt},
};
use js_sys::Uint8Array;
use leptos::{prelude::*, task::spawn_local};
use ui::{lang, later};
use wasm_bindgen::JsValue;

use super::{TextArea, qr_code};
use crate::{api_client, device::js, words};

/// The receipt as it is handed out: the signed lines, a blank one, key and signature.
pub(crate) fn printed(signed: &SignedReceipt) -> String {
    let SignedReceipt { text, signature, key_id } = signed;
    format!("{}\n\nkey {key_id}\nsignature {signature}\n", text.trim_end_matches('\n'))
}

/// A receipt read back; blanks and line ends that copying has changed do not matter outside of the signed lines.
pub(crate) fn read(printed: &str) -> Option<SignedReceipt> {
    let printed = printed.replace("\r\n", "\n");
    let (text, rest) = printed.trim().rsplit_once("\n\n")?;
    let line = |name: &str| rest.lines().find_map(|line| line.trim().strip_prefix(name));
    Some(SignedReceipt {
        text: text.to_owned(),
        signature: line("signature ")?.trim().to_owned(),
        key_id: line("key ")?.trim().to_owned(),
    })
}

/// The receipt to be copied, saved or printed.
#[component]
pub(crate) fn SignedText(
    /// As the server gave it.
    signed: SignedReceipt,
) -> impl IntoView {
    let lang = lang();
    let text = printed(&signed);
    view! {
        <details class="more">
            <summary>{words::signed(lang)}</summary>
            <p>{words::signed_about(lang)}</p>
            <pre class="written">{text.clone()}</pre>
            {later(qr_code(text, words::signed_qr(lang).to_owned()))}
        </details>
    }
    .into_any()
}

/// What became of a verification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Genuine,
    Altered,
    NoReceipt,
    UnknownKey,
    /// This browser does not know Ed25519, or the keys cannot be had.
    Unable,
}

/// A field for a receipt, and whether it is genuine.
#[component]
pub(crate) fn Verification() -> impl IntoView {
    let lang = lang();
    let (text, verdict) = (RwSignal::new(String::new()), RwSignal::new(None::<Verdict>));
    let write = Callback::new(move |written| {
        text.set(written);
        verdict.set(None);
    });
    let check = move |_| {
        spawn_local(async move {
            let _ = verdict.try_set(Some(verify(&text.get_untracked()).await));
        });
    };
    let sentence = move || {
        verdict.get().map(|verdict| match verdict {
            Verdict::Genuine => words::signed_genuine(lang),
            Verdict::Altered => words::signed_altered(lang),
            Verdict::NoReceipt => words::signed_none(lang),
            Verdict::UnknownKey => words::signed_unknown_key(lang),
            Verdict::Unable => words::signed_unable(lang),
        })
    };
    view! {
        <details class="more">
            <summary>{words::signed_verify(lang)}</summary>
            <TextArea id="signed-receipt" label=words::signed_paste(lang) rows=8 value=text on_input=write/>
            <p><button type="button" class="button" on:click=check>{words::signed_check(lang)}</button></p>
            <p role="status">{sentence}</p>
        </details>
    }
    .into_any()
}

async fn verify(printed: &str) -> Verdict {
    let Some(signed) = read(printed) else { return Verdict::NoReceipt };
    let Ok(keys) = api_client::get_or_kept::<ReceiptKeys>(paths::RECEIPT_KEYS).await else {
        return Verdict::Unable;
    };
    let Some(key) = keys.value.keys.into_iter().find(|key| key.key_id == signed.key_id) else {
        return Verdict::UnknownKey;
    };
    // Copying may have taken the last line's end away; the server signs with or without one.
    let ended = format!("{}\n", signed.text);
    for text in [&signed.text, &ended] {
        match verified(&key.public_key, &signed.signature, text).await {
            Some(true) => return Verdict::Genuine,
            Some(false) => {}
            None => return Verdict::Unable,
        }
    }
    Verdict::Altered
}

/// Whether the browser finds the signature good; `None` where it cannot tell.
async fn verified(key: &str, signature: &str, text: &str) -> Option<bool> {
    let subtle = js::get(&js::global("crypto"), "subtle");
    let (key, signature) = (base64url(key)?, base64url(signature)?);
    let algorithm = js::object(&[("name", "Ed25519".into())]);
    let usages: JsValue = js_sys::Array::of1(&"verify".into()).into();
    let raw = ["raw".into(), key, algorithm.clone(), JsValue::FALSE, usages];
    let key = js::call_and_wait(&subtle, "importKey", &raw.each_ref()).await.ok()?;
    let bytes = Uint8Array::from(text.as_bytes()).into();
    let arguments = [&algorithm, &key, &signature, &bytes];
    js::call_and_wait(&subtle, "verify", &arguments).await.ok()?.as_bool()
}

fn base64url(text: &str) -> Option<JsValue> {
    let plain = text.replace('-', "+").replace('_', "/");
    let binary = window().atob(&plain).ok()?;
    let bytes: Vec<u8> = binary.chars().map(|c| c as u8).collect();
    Some(Uint8Array::from(bytes.as_slice()).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_survives_being_printed_and_read() {
        let signed = SignedReceipt {
            text: "bilan-receipt-1\nR7K3M9QXD\n2026-11-27T10:00:00Z\nab\nair_odour".into(),
            signature: "c2ln".into(),
            key_id: "2026a".into(),
        };
        assert_eq!(read(&printed(&signed)), Some(signed.clone()));
        assert_eq!(read(&printed(&signed).replace('\n', "\r\n")), Some(signed));
    }

    #[test]
    fn a_text_without_its_signature_is_no_receipt() {
        assert_eq!(read("bilan-receipt-1\nR7K3M9QXD"), None);
        assert_eq!(read("a\n\nkey 1"), None);
        assert_eq!(read(""), None);
    }
}
