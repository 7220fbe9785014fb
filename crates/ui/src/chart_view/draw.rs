//! Drawing, a part of the program that is fetched with the first chart.

use std::sync::Arc;

use chart::{DrawError, Drawing, Frame, Theme};
use leptos::wasm_split::SplitLoaderError;

use super::picture::Picture;

/// What is to be drawn, and how wide.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Wish {
    pub(super) picture: Arc<Picture>,
    pub(super) width: u32,
    pub(super) window: Option<(i64, i64)>,
    pub(super) font_px: f64,
    pub(super) lang: domain::Lang,
}

/// Why there is no picture.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub(super) enum NotDrawn {
    /// The drawing program could not be fetched; the next attempt asks for it again.
    #[error("the drawing program could not be fetched")]
    Unreachable,
    /// The chart cannot be drawn as it is.
    #[error(transparent)]
    Refused(#[from] DrawError),
}

impl From<SplitLoaderError> for NotDrawn {
    fn from(_: SplitLoaderError) -> Self {
        Self::Unreachable
    }
}

/// Draws with CSS variables for colours, so that one picture follows the page's theme.
#[leptos::wasm_split::wasm_split(draw, wasm_split_path = ::leptos::wasm_split, fallible, preload(
    /// Fetches what draws.
    prepare
))]
pub(super) fn draw(wish: Wish) -> Result<Drawing, NotDrawn> {
    Ok(of(&wish)?)
}

/// The drawing as a file of its own: light colours on a ground, its name above, its source below.
#[leptos::wasm_split::wasm_split(draw, wasm_split_path = ::leptos::wasm_split, fallible)]
pub(super) fn draw_file(wish: Wish, frame: Frame) -> Result<String, NotDrawn> {
    Ok(chart::framed(&of(&wish)?.svg, &themed(Theme::light(), wish.font_px), &frame))
}

fn of(wish: &Wish) -> Result<Drawing, DrawError> {
    let theme = themed(Theme::css(), wish.font_px);
    wish.picture.draw(wish.width, wish.window, wish.lang, &theme)
}

fn themed(theme: Theme, font_px: f64) -> Theme {
    Theme { font_px, ..theme }
}
