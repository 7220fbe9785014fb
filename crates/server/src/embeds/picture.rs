//! SVG of ours to PNG.
//!
//! The characters that badges and cards of the demonstration are made of come with the program (`glyphs.otf`, 130 kB);
//! others come from the fonts of the system.

use std::sync::{Arc, OnceLock};

use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{Options, Tree, fontdb::Database},
};

/// A selection of Noto Sans CJK SC; see `files/glyphs.md`.
const GLYPHS: &[u8] = include_bytes!("files/glyphs.otf");
const FAMILY: &str = "Noto Sans CJK SC";

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// The SVG is none.
    #[error("the drawing cannot be read: {0}")]
    Drawing(#[from] resvg::usvg::Error),
    /// It has no extent, or more than fits into memory.
    #[error("a picture of {0} × {1} pixels is not possible")]
    Size(u32, u32),
    /// PNG.
    #[error("the picture cannot be written: {0}")]
    Png(String),
}

/// The fonts, read when the first picture is asked for.
#[derive(Default)]
pub struct Pictures {
    fonts: OnceLock<Arc<Database>>,
}

impl Pictures {
    fn fonts(&self) -> Arc<Database> {
        let read = || {
            let mut fonts = Database::new();
            fonts.load_system_fonts();
            fonts.load_font_data(GLYPHS.to_vec());
            fonts.set_sans_serif_family(FAMILY);
            Arc::new(fonts)
        };
        self.fonts.get_or_init(read).clone()
    }

    /// `svg` as PNG, `scale` pixels to each of its own. Takes milliseconds: for a thread that may block.
    ///
    /// # Errors
    ///
    /// [`PictureError`] if `svg` is no drawing of ours.
    pub fn png(&self, svg: &str, scale: f32) -> Result<Vec<u8>, PictureError> {
        let options =
            Options { fontdb: self.fonts(), font_family: FAMILY.to_owned(), ..Options::default() };
        let tree = Tree::from_str(svg, &options)?;
        let size = tree.size().to_int_size().scale_by(scale);
        let size = size.ok_or(PictureError::Size(0, 0))?;
        let (width, height) = (size.width(), size.height());
        let mut pixels = Pixmap::new(width, height).ok_or(PictureError::Size(width, height))?;
        resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
        pixels.encode_png().map_err(|error| PictureError::Png(error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_becomes_pixels_with_its_text() {
        let svg = |text: &str| {
            format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"60\" height=\"28\" font-size=\"14\" \
                 font-family=\"sans-serif\"><text x=\"4\" y=\"19\">{text}</text></svg>"
            )
        };
        let pictures = Pictures::default();
        let [good, none, other] =
            ["75 良", "", "75 优"].map(|text| pictures.png(&svg(text), 2.0).unwrap());
        assert!(good.starts_with(b"\x89PNG") && good.len() < 15_000);
        assert!(good != none && good != other, "Chinese is drawn, each character its own");
        assert!(pictures.png("<p>", 1.0).is_err());
    }
}
