//! Cards: the picture that stands beside a link to a page, with the page's own figure, time and drawing.

use std::fmt::Write;

use chart::{Theme, standalone, text::wrapped};
use domain::Lang;

use super::{State, Widget, files::ink_on};
use crate::{
    app::App,
    summaries::{html::escape, parts::moment},
};

/// Width and height in pixels, as programs that show links want it.
pub(crate) const SIZE: [u32; 2] = [1_200, 630];
const MARGIN: f64 = 64.0;
const FONTS: &str = "'Noto Sans SC','Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif";

/// The card as SVG.
pub(crate) fn svg(app: &App, widget: &Widget, lang: Lang) -> String {
    let [width, height] = SIZE;
    let mut body = String::new();
    let mut y = 96.0;
    text(&mut body, y, 30.0, "#4D5A66", app.profile.title.get(lang));
    for line in wrapped(&widget.title, f64::from(width) - 2.0 * MARGIN, 52.0).iter().take(2) {
        y += 68.0;
        text(&mut body, y, 52.0, "#16202A", line);
    }
    y += 36.0;
    let said = match widget.state {
        State::Current | State::Past => widget.said.as_str(),
        state => state.word(lang),
    };
    y = figure(&mut body, y, said, widget.fill.unwrap_or("#E3E7EA"));
    let room = f64::from(height) - 84.0 - y;
    body.push_str(&drawing(&widget.drawing, y + 16.0, room - 16.0));
    text(&mut body, f64::from(height) - 40.0, 26.0, "#4D5A66", &foot(app, widget, lang));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"{}\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" font-family=\"{FONTS}\"><rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\
         <rect width=\"{width}\" height=\"16\" fill=\"#0A5F84\"/>{body}</svg>",
        escape(&format!("{} {said}", widget.title))
    )
}

fn text(body: &mut String, y: f64, size: f64, fill: &str, words: &str) {
    let _ = write!(
        body,
        "<text x=\"{MARGIN}\" y=\"{y}\" font-size=\"{size}\" fill=\"{fill}\">{}</text>",
        escape(words)
    );
}

/// The figure on its colour; returns where it ends.
fn figure(body: &mut String, top: f64, said: &str, fill: &str) -> f64 {
    let width = f64::from(SIZE[0]) - 2.0 * MARGIN;
    let size = if said.chars().count() > 24 { 38.0 } else { 56.0 };
    let lines = wrapped(said, width - 48.0, size);
    let mut y = top;
    let _ = write!(
        body,
        "<rect x=\"{MARGIN}\" y=\"{top}\" width=\"{width}\" height=\"{}\" rx=\"12\" fill=\"{fill}\"/>",
        lines.len() as f64 * size * 1.3 + 28.0
    );
    for line in &lines {
        y += size * 1.3;
        let _ = write!(
            body,
            "<text x=\"{}\" y=\"{y}\" font-size=\"{size}\" fill=\"{}\">{}</text>",
            MARGIN + 24.0,
            ink_on(fill),
            escape(line)
        );
    }
    y + 28.0
}

/// The widget's drawing, as large as `room` allows.
fn drawing(svg: &str, top: f64, room: f64) -> String {
    let fixed = standalone(svg, &Theme::light());
    let size =
        |name: &str| -> Option<f64> { fixed.split_once(name)?.1.split_once('"')?.0.parse().ok() };
    let (Some(width), Some(height)) = (size(" width=\""), size(" height=\"")) else {
        return String::new();
    };
    let scale = (room / height).min((f64::from(SIZE[0]) - 2.0 * MARGIN) / width);
    if scale < 0.5 {
        return String::new();
    }
    let placed = format!(
        "<svg x=\"{MARGIN}\" y=\"{top}\" width=\"{}\" height=\"{}\"",
        width * scale,
        height * scale
    );
    // The root's own size gives way to the room there is.
    let inner = fixed.replacen(&format!(" width=\"{width}\" height=\"{height}\""), "", 1);
    inner.replacen("<svg", &placed, 1)
}

fn foot(app: &App, widget: &Widget, lang: Lang) -> String {
    let mut words = Vec::new();
    if widget.simulated {
        words.push(lang.pick("演示数据", "Demonstration data").to_owned());
    }
    if let Some(at) = widget.as_of {
        words.push(format!("{} {}", lang.pick("数据截至", "As of"), moment(at)));
    }
    words.push(app.profile.publisher.get(lang).to_owned());
    words.join(" · ")
}
