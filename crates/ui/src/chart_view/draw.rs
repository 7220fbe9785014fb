//! Drawing, in a chunk of its own that is fetched with the first chart.

use std::sync::Arc;

use chart::{DrawError, Drawing, Frame, Theme};
use leptos::prelude::*;

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

/// Draws with CSS variables for colours, so that one picture follows the page's theme.
#[lazy]
pub(super) fn draw(wish: Wish) -> Result<Drawing, DrawError> {
    wish.picture.draw(wish.width, wish.window, wish.lang, &themed(Theme::css(), wish.font_px))
}

/// The drawing as a file of its own: light colours on a ground, its name above, its source below.
#[lazy]
pub(super) fn draw_file(wish: Wish, frame: Frame) -> Result<String, DrawError> {
    let theme = themed(Theme::css(), wish.font_px);
    let drawing = wish.picture.draw(wish.width, wish.window, wish.lang, &theme)?;
    Ok(chart::framed(&drawing.svg, &themed(Theme::light(), wish.font_px), &frame))
}

fn themed(theme: Theme, font_px: f64) -> Theme {
    Theme { font_px, ..theme }
}
