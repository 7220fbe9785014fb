//! A text as a square of modules (ISO/IEC 18004), drawn as one path.

use std::fmt::Write;

use leptos::prelude::*;
use qrcodegen::{QrCode, QrCodeEcc};

use ui::Chunk;

/// White around it, in modules.
const QUIET: i32 = 4;

/// The code of a text; nothing for a text that is too long for one.
#[leptos::wasm_split::wasm_split(qr_code, wasm_split_path = ::leptos::wasm_split, fallible, preload(
    /// Fetches what draws them, so that it is there without a connection.
    prepare_qr_code
))]
pub(crate) fn qr_code(text: String, label: String) -> Chunk {
    let Ok(code) = QrCode::encode_text(&text, QrCodeEcc::Medium) else { return Ok(().into_any()) };
    let size = code.size() + 2 * QUIET;
    let (view_box, path) = (format!("0 0 {size} {size}"), path(&code));
    let picture = view! {
        <svg class="qr" viewBox=view_box role="img" aria-label=label shape-rendering="crispEdges">
            <rect class="qr-ground" width=size height=size/>
            <path class="qr-ink" d=path/>
        </svg>
    };
    Ok(picture.into_any())
}

/// Each run of dark modules of a row as one flat rectangle.
fn path(code: &QrCode) -> String {
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let run = (x..code.size()).take_while(|x| code.get_module(*x, y)).count() as i32;
            if run > 0 {
                // Writing to a text cannot fail.
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET);
            }
            x += run.max(1);
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dark_module_is_covered_once() {
        let code =
            QrCode::encode_text("https://example.org/track#JLP", QrCodeEcc::Medium).expect("fits");
        let dark = (0..code.size())
            .flat_map(|y| (0..code.size()).map(move |x| (x, y)))
            .filter(|(x, y)| code.get_module(*x, *y))
            .count();
        let path = path(&code);
        let covered: usize = path
            .split('h')
            .skip(1)
            .filter_map(|part| part.split('v').next()?.parse::<usize>().ok())
            .sum();
        assert_eq!(covered, dark);
    }
}
