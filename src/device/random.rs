//! Secrets.

use js_sys::Uint8Array;

use super::js;

/// Bytes from the browser's cryptographic generator; `None` where it has none, and then nothing may be
/// made that must not be guessed.
pub(crate) fn random<const N: usize>() -> Option<[u8; N]> {
    let bytes = Uint8Array::new_with_length(N as u32);
    js::call(&js::global("crypto"), "getRandomValues", &[&bytes]).ok()?;
    let mut random = [0; N];
    bytes.copy_to(&mut random);
    Some(random)
}
