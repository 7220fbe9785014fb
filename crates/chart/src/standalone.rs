//! Drawings that leave the page: downloads, embeds, PNG.

use crate::Theme;
use crate::sheet::UNITS;
use crate::text::{escaped, wrapped};
use std::fmt::Write;

/// Fonts of a drawing outside a page, those with Chinese characters first.
const FONTS: &str = "'Noto Sans SC','Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif";
const MARGIN_PX: f64 = 16.0;

/// What a drawing says of itself when no page stands around it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Frame {
    /// Its name, in large letters above; may be empty.
    pub title: String,
    /// Period, place or unit, below the name; may be empty.
    pub subtitle: String,
    /// Source, time of the data, and whether it is simulated, below the drawing; may be empty.
    pub note: String,
}

/// `svg` with fixed colours on the theme's ground, for files and images outside the page.
///
/// CSS variables become the colours of `theme` (and of [`Theme::named`]); one that the theme does not
/// know becomes the fallback written in it, or else the ink.
pub fn standalone(svg: &str, theme: &Theme) -> String {
    framed(svg, theme, &Frame::default())
}

/// As [`standalone`], with a title above and a note below, and a margin around.
///
/// `svg` is a [`crate::Drawing`]'s; of anything else the result is an empty frame.
pub fn framed(svg: &str, theme: &Theme, frame: &Frame) -> String {
    let Some(inner) = Inner::of(svg) else { return String::new() };
    let width = inner.width + 2.0 * MARGIN_PX;
    let (mut text, mut y) = (String::new(), MARGIN_PX);
    let large = theme.font() + 5.0;
    let lines = |words: &str, font: f64| match words {
        "" => vec![],
        words => wrapped(words, inner.width, font),
    };
    for line in lines(&frame.title, large * 1.08) {
        push_line(&mut text, &line, y + large, large, &theme.ink, " font-weight=\"700\"");
        y += large * 1.3;
    }
    for line in lines(&frame.subtitle, theme.font() + 1.0) {
        push_line(&mut text, &line, y + theme.font() + 2.0, theme.font() + 1.0, &theme.muted, "");
        y += theme.font() * 1.5;
    }
    let top = if text.is_empty() { y } else { y + theme.font() };
    let mut bottom = top + inner.height;
    let notes = lines(&frame.note, theme.font());
    if !notes.is_empty() {
        bottom += theme.font() * 0.5;
    }
    for line in notes {
        push_line(&mut text, &line, bottom + theme.font(), theme.font(), &theme.muted, "");
        bottom += theme.font() * 1.4;
    }
    let whole = inner.within(width, bottom + MARGIN_PX, top, &text, theme);
    resolved(&whole, theme)
}

fn push_line(text: &mut String, line: &str, y: f64, font: f64, fill: &str, more: &str) {
    let _ = write!(
        text,
        "<text x=\"{}\" y=\"{}\" font-size=\"{}\" fill=\"{}\"{more}>{}</text>",
        MARGIN_PX * UNITS,
        (y * UNITS).round(),
        (font * UNITS).round(),
        escaped(fill),
        escaped(line)
    );
}

/// A drawing taken apart.
struct Inner<'s> {
    width: f64,
    height: f64,
    /// The accessible name, escaped as it was.
    name: &'s str,
    content: &'s str,
}

impl<'s> Inner<'s> {
    fn of(svg: &'s str) -> Option<Self> {
        // Quotes and angle brackets inside the root's attributes are escaped.
        let (root, content) = svg.strip_prefix("<svg ")?.split_once('>')?;
        let attribute = |name: &str| root.split_once(name)?.1.split_once('"').map(|parts| parts.0);
        Some(Self {
            width: attribute(" width=\"")?.parse().ok()?,
            height: attribute(" height=\"")?.parse().ok()?,
            name: attribute(" aria-label=\"")?,
            content: content.strip_suffix("</svg>")?,
        })
    }

    fn within(&self, width: f64, height: f64, top: f64, text: &str, theme: &Theme) -> String {
        let height = height.ceil();
        let (wide, high) = (width * UNITS, height * UNITS);
        let mut whole = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"{name}\" \
             width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {wide} {high}\" color=\"{ink}\" \
             font-family=\"{FONTS}\"><title>{name}</title>\n\
             <rect width=\"{wide}\" height=\"{high}\" fill=\"{ground}\"/>\n",
            name = self.name,
            ink = escaped(&theme.ink),
            ground = escaped(&theme.ground),
        );
        let (left, top) = (MARGIN_PX * UNITS, (top * UNITS).round());
        let _ = writeln!(
            whole,
            "{text}<g transform=\"translate({left},{top})\">{}</g></svg>",
            self.content
        );
        whole
    }
}

/// Replaces `var(…)` in the attributes that hold colours; text is left alone, because a quote in it
/// is written `&quot;`.
fn resolved(svg: &str, theme: &Theme) -> String {
    let variables: Vec<(String, &str)> = theme.variables().collect();
    let mut whole = String::with_capacity(svg.len());
    let mut rest = svg;
    while let Some(at) = rest.find("=\"var(") {
        let (before, from) = rest.split_at(at);
        whole.push_str(before);
        let value = &from[2..];
        let Some(end) = value.find('"') else { break };
        let paints = [" fill", " stroke", " color"].iter().any(|name| before.ends_with(name));
        let colour = if paints { colour(&value[..end], &variables, theme, 4) } else { None };
        whole.push_str("=\"");
        whole.push_str(colour.as_deref().unwrap_or(&value[..end]));
        rest = &value[end..];
    }
    whole.push_str(rest);
    whole
}

/// The colour of `var(--name)` or `var(--name,fallback)`; `depth` bounds variables that name others.
fn colour(value: &str, variables: &[(String, &str)], theme: &Theme, depth: u8) -> Option<String> {
    let inside = value.strip_prefix("var(")?.strip_suffix(')')?;
    let (name, fallback) = match inside.split_once(',') {
        Some((name, fallback)) => (name.trim(), fallback.trim()),
        None => (inside.trim(), ""),
    };
    let known = variables.iter().find(|(known, _)| known == name).map(|(_, colour)| *colour);
    // A fallback stands in the drawing and is escaped already.
    let found = match (known, fallback) {
        (Some(colour), _) => escaped(colour),
        (None, "") => escaped(&theme.ink),
        (None, fallback) => fallback.to_owned(),
    };
    match depth.checked_sub(1) {
        Some(depth) if found.starts_with("var(") => {
            colour(&found, variables, theme, depth).or_else(|| Some("currentColor".to_owned()))
        }
        _ if found.starts_with("var(") => Some("currentColor".to_owned()),
        _ => Some(found),
    }
}
