//! One SVG, built layer by layer with `plotters-svg`.
//!
//! Each layer is drawn by a backend of its own in plain black; the paint it wrote into every element
//! is then taken off, and the layer becomes a `<g>` whose class and attributes colour all of it.

use crate::{
    DrawError, Pattern,
    text::{clean, escaped},
};
use plotters::coord::Shift;
use plotters::element::Text;
use plotters::prelude::{BLACK, DrawingArea, FontFamily, IntoDrawingArea, ShapeStyle, TextStyle};
use plotters_svg::SVGBackend;
use std::fmt::Write;

/// View-box units per CSS pixel: `plotters` places points on whole units.
pub(crate) const UNITS: f64 = 10.0;

/// A position or length of `px` CSS pixels in view-box units.
pub(crate) fn units(px: f64) -> i32 {
    (px * UNITS).round() as i32
}

/// A point in view-box units.
pub(crate) fn at(x_px: f64, y_px: f64) -> (i32, i32) {
    (units(x_px), units(y_px))
}

/// What a layer draws on.
pub(crate) type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;
/// The outcome of drawing on it.
pub(crate) type Drawn = Result<(), plotters::drawing::DrawingAreaErrorKind<std::io::Error>>;

/// The style every shape is drawn with; its colour never reaches the SVG.
pub(crate) fn outline() -> ShapeStyle {
    ShapeStyle { color: plotters::style::Color::to_rgba(&BLACK), filled: false, stroke_width: 1 }
}

/// As [`outline`], for areas.
pub(crate) fn solid() -> ShapeStyle {
    ShapeStyle { filled: true, ..outline() }
}

/// Presentation attributes of a layer, the fallback where no stylesheet speaks.
#[derive(Default)]
pub(crate) struct Paint(String);

impl Paint {
    pub(crate) fn fill(self, colour: &str) -> Self {
        self.with("fill", colour)
    }

    /// A line without filling.
    pub(crate) fn line(self, colour: &str, width_px: f64) -> Self {
        self.with("fill", "none").edge(colour, width_px)
    }

    /// An edge around a filling.
    pub(crate) fn edge(self, colour: &str, width_px: f64) -> Self {
        self.with("stroke", colour).with("stroke-width", &units(width_px).to_string())
    }

    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        let _ = write!(self.0, " {name}=\"{}\"", escaped(value));
        self
    }
}

/// What one element of a layer says of itself.
#[derive(Default, Clone)]
pub(crate) struct Mark {
    pub(crate) class: String,
    /// Attributes as written, already escaped; empty for none.
    pub(crate) attributes: String,
    /// Shown by the browser when the pointer rests on the element.
    pub(crate) title: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// One line of text; `y` is its base line.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Label {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) anchor: Anchor,
    pub(crate) text: String,
}

pub(crate) struct Sheet {
    size: (u32, u32),
    root: String,
    definitions: String,
    body: String,
}

impl Sheet {
    /// A blank sheet of `kind` (a class name).
    pub(crate) fn new(kind: &str, title: &str, description: &str, size: (u32, u32)) -> Self {
        let (width, height) = size;
        let scale = UNITS as u32;
        let root = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart {kind}\" role=\"img\" \
             aria-label=\"{}\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {} {}\">\
             <desc>{}</desc>\n",
            escaped(title),
            width * scale,
            height * scale,
            escaped(description),
        );
        Self { size, root, definitions: String::new(), body: String::new() }
    }

    /// Draws one layer; `marks` belong to its elements in order.
    pub(crate) fn marked_layer(
        &mut self,
        class: &str,
        paint: Paint,
        marks: &[Mark],
        draw: impl FnOnce(&Area<'_>) -> Drawn,
    ) -> Result<(), DrawError> {
        let mut drawn = String::new();
        {
            let scale = UNITS as u32;
            let size = (self.size.0 * scale, self.size.1 * scale);
            let area = SVGBackend::with_string(&mut drawn, size).into_drawing_area();
            draw(&area)?;
            area.present()?;
        }
        let before = self.body.len();
        let _ = write!(self.body, "<g class=\"{}\"{}>", escaped(class), paint.0);
        let opened = self.body.len();
        repaint(&mut self.body, &drawn, marks);
        if self.body.len() == opened {
            self.body.truncate(before);
        } else {
            self.body.push_str("</g>\n");
        }
        Ok(())
    }

    pub(crate) fn layer(
        &mut self,
        class: &str,
        paint: Paint,
        draw: impl FnOnce(&Area<'_>) -> Drawn,
    ) -> Result<(), DrawError> {
        self.marked_layer(class, paint, &[], draw)
    }

    /// Prints labels, `font_px` high.
    pub(crate) fn labels(
        &mut self,
        class: &str,
        paint: Paint,
        font_px: f64,
        labels: &[Label],
    ) -> Result<(), DrawError> {
        let marks: Vec<Mark> = labels
            .iter()
            .map(|label| {
                let anchor = match label.anchor {
                    Anchor::Start => "",
                    Anchor::Middle => " text-anchor=\"middle\"",
                    Anchor::End => " text-anchor=\"end\"",
                };
                Mark { attributes: anchor.to_owned(), ..Mark::default() }
            })
            .collect();
        let paint = paint.with("font-size", &units(font_px).to_string());
        self.marked_layer(class, paint, &marks, |area| {
            let style = TextStyle::from((FontFamily::SansSerif, font_px));
            for label in labels {
                area.draw(&Text::new(clean(&label.text), at(label.x, label.y), style.clone()))?;
            }
            Ok(())
        })
    }

    /// Defines a pattern in `ink` and returns the fill that refers to it; [`finish`](Self::finish)
    /// gives both the sheet's own id.
    pub(crate) fn pattern(&mut self, pattern: Pattern, ink: &str, opacity: f64) -> String {
        let id = format!("@p{}", self.definitions.matches("<pattern").count());
        self.definitions.push_str(&pattern.definition(&id, ink, opacity));
        format!("url(#{id})")
    }

    /// The complete SVG. Its ids are made from all that it shows, so that two drawings in one page
    /// share them only where they are the same.
    pub(crate) fn finish(self) -> String {
        let mut svg = self.root;
        if !self.definitions.is_empty() {
            let _ = writeln!(svg, "<defs>{}</defs>", self.definitions);
        }
        svg.push_str(&self.body);
        svg.push_str("</svg>");
        let id = format!("c{:08x}", fingerprint(&svg));
        // Quotes in what is shown are escaped, so no text can look like either of these.
        svg.replace("<pattern id=\"@p", &format!("<pattern id=\"{id}p"))
            .replace(" fill=\"url(#@p", &format!(" fill=\"url(#{id}p"))
    }
}

/// FNV-1a, 32 bits.
fn fingerprint(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// Copies the elements of a complete SVG without its root and without their paint.
///
/// The backend writes one tag per line and escapes `<` and `"` in text and attributes, so a line that
/// starts with `<` is a tag and a quote ends an attribute.
fn repaint(body: &mut String, drawn: &str, marks: &[Mark]) {
    let mut number = 0;
    for line in drawn.lines().filter(|line| !line.is_empty()) {
        if line.starts_with("<svg") || line == "</svg>" {
            continue;
        }
        let Some(tag) = line.strip_prefix('<').filter(|tag| !tag.starts_with('/')) else {
            body.push_str(line);
            continue;
        };
        let name = tag.split([' ', '/', '>']).next().unwrap_or_default();
        body.push('<');
        body.push_str(name);
        copy_shape(body, &tag[name.len()..]);
        let mark = marks.get(number).filter(|_| name != "svg");
        number += 1;
        close_tag(body, name, mark, line.ends_with("/>"));
    }
}

fn close_tag(body: &mut String, name: &str, mark: Option<&Mark>, is_empty: bool) {
    let mut title = "";
    if let Some(mark) = mark {
        if !mark.class.is_empty() {
            let _ = write!(body, " class=\"{}\"", escaped(&mark.class));
        }
        body.push_str(&mark.attributes);
        title = &mark.title;
    }
    match (is_empty, title.is_empty()) {
        (true, true) => body.push_str("/>"),
        (true, false) => {
            let _ = write!(body, "><title>{}</title></{name}>", escaped(title));
        }
        (false, _) => body.push('>'),
    }
}

/// Copies the attributes that place an element; those that paint it belong to its layer.
fn copy_shape(body: &mut String, mut attributes: &str) {
    while let Some((name, rest)) = attributes.split_once("=\"") {
        let Some((value, after)) = rest.split_once('"') else { return };
        let name = name.trim_start();
        let places = matches!(
            name,
            "x" | "y"
                | "x1"
                | "y1"
                | "x2"
                | "y2"
                | "cx"
                | "cy"
                | "r"
                | "width"
                | "height"
                | "points"
        );
        if places {
            let _ = write!(body, " {name}=\"{}\"", value.trim_end());
        }
        attributes = after;
    }
}
