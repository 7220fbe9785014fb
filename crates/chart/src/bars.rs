//! Labelled level bars: rankings and shares.

use crate::calendar::bounds;
use crate::drawing::{check_size, drawable};
use crate::legend::{Cell, paint_cells, rectangle};
use crate::sheet::{Anchor, Label, Paint, Sheet};
use crate::text::{width_px, wrapped};
use crate::{DrawError, Drawing, Level, Pattern, PlotGeometry, Rect, Table, Theme, Words};

/// Horizontal bars from zero, in the order given.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct BarChart {
    /// Its name: the accessible name of the picture and the table's caption.
    pub title: String,
    /// A sentence that says what the picture shows.
    pub description: String,
    /// Width in CSS pixels, 160 to 4000; the height follows ([`PlotGeometry::height`]).
    pub width: u32,
    /// The bars, from top to bottom.
    pub bars: Vec<Bar>,
    /// The value of a full-length bar; without it, the greatest value.
    pub max: Option<f64>,
    /// Headings of the table; `time` heads the names.
    pub words: Words,
}

/// One bar.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Bar {
    /// Its name.
    pub label: String,
    /// Its length, at least zero; `None` has no bar, only its text.
    pub value: Option<f64>,
    /// The value as printed, or the words for its absence.
    pub text: String,
    /// Its colour; empty for the theme's first series.
    pub fill: String,
    /// What tells it from its neighbours without colour.
    pub pattern: Option<Pattern>,
    /// A remark for the table; may be empty.
    pub note: String,
}

/// Draws horizontal bars with names and values.
///
/// # Errors
///
/// [`DrawError`] if the width is impossible, there are more bars than 4000 px hold, or a value is
/// negative, infinite or not a number.
pub fn bars(chart: &BarChart, theme: &Theme) -> Result<Drawing, DrawError> {
    check_size(chart.width, 160, (160, 16))?;
    for bar in &chart.bars {
        let what = || format!("the length of bar “{}”", bar.label);
        if let Some(value) = bar.value {
            if value < 0.0 {
                return Err(DrawError::Negative { what: what(), value });
            }
            drawable(value, what)?;
        }
    }
    let rows = Rows::new(chart, theme.font());
    let height = (rows.height.ceil() as u32).max(16);
    check_size(chart.width, height, (160, 16))?;
    let size = (chart.width, height);
    let mut sheet = Sheet::new("chart-bars", &chart.title, &chart.description, size);
    let track = Paint::default().fill(&theme.grid).with("fill-opacity", "0.5");
    sheet.layer("chart-bar-track", track, |area| {
        rows.tracks.iter().try_for_each(|track| rectangle(area, track))
    })?;
    let (cells, levels) = painted(chart, &rows, theme);
    paint_cells(&mut sheet, &cells, &levels, theme)?;
    let ink = || Paint::default().fill(&theme.ink);
    sheet.labels("chart-text", ink(), theme.font(), &rows.names)?;
    sheet.labels(
        "chart-text value",
        ink().with("font-weight", "600"),
        theme.font(),
        &rows.values,
    )?;
    let plot = PlotGeometry {
        width: f64::from(chart.width),
        height: f64::from(height),
        plot_area: bounds(&rows.tracks),
        cells: rows.tracks,
        ..PlotGeometry::default()
    };
    Ok(Drawing { svg: sheet.finish(), table: table(chart), plot })
}

/// Where everything stands.
struct Rows {
    /// The room of each bar at full length.
    tracks: Vec<Rect>,
    bars: Vec<Option<Rect>>,
    names: Vec<Label>,
    values: Vec<Label>,
    height: f64,
}

impl Rows {
    fn new(chart: &BarChart, font: f64) -> Self {
        let width = f64::from(chart.width);
        let widest = |text: fn(&Bar) -> &str| {
            chart.bars.iter().map(|bar| width_px(text(bar), font)).fold(0.0, f64::max)
        };
        let value_width = (widest(|bar| &bar.text) * 1.06).min(width * 0.4);
        let name_width = widest(|bar| &bar.label).min(width * 0.34);
        let beside = chart.width >= 420;
        let left = if beside { name_width + 10.0 } else { 0.0 };
        let right = width - value_width - 8.0;
        let greatest = chart.bars.iter().filter_map(|bar| bar.value).fold(0.0, f64::max);
        let full = chart.max.filter(|max| max.is_finite()).unwrap_or(0.0).max(greatest);
        let mut rows =
            Self { tracks: vec![], bars: vec![], names: vec![], values: vec![], height: 0.0 };
        for bar in &chart.bars {
            let room = if beside { name_width + 2.0 } else { width };
            rows.push(bar, (left, right), full, wrapped(&bar.label, room, font), font, beside);
        }
        rows
    }

    fn push(
        &mut self,
        bar: &Bar,
        (left, right): (f64, f64),
        full: f64,
        name: Vec<String>,
        font: f64,
        beside: bool,
    ) {
        let line = font * 1.25;
        let name_height = line * name.len() as f64;
        let thick = (font * 1.2).round();
        let (bar_top, row_height) = if beside {
            let row = name_height.max(thick) + font * 0.7;
            (self.height + (row - thick) / 2.0, row)
        } else {
            (self.height + name_height + 2.0, name_height + thick + font)
        };
        let name_top = if beside { bar_top + thick / 2.0 - name_height / 2.0 } else { self.height };
        for (number, text) in name.into_iter().enumerate() {
            let y = name_top + line * number as f64 + font * 0.98;
            let (x, anchor) = if beside { (left - 8.0, Anchor::End) } else { (0.0, Anchor::Start) };
            self.names.push(Label { x, y, anchor, text });
        }
        let share = bar.value.map(|value| if full > 0.0 { value / full } else { 0.0 });
        let end = left + share.unwrap_or(0.0) * (right - left);
        self.values.push(Label {
            x: end + 6.0,
            y: bar_top + thick / 2.0 + font * 0.36,
            anchor: Anchor::Start,
            text: bar.text.clone(),
        });
        let track = Rect { left, right, top: bar_top, bottom: bar_top + thick };
        self.bars.push(share.map(|_| Rect { right: end.max(left + 1.0), ..track }));
        self.tracks.push(track);
        self.height += row_height;
    }
}

/// Bars as cells, one level for each way of filling.
fn painted(chart: &BarChart, rows: &Rows, theme: &Theme) -> (Vec<Cell>, Vec<Level>) {
    let mut levels: Vec<Level> = vec![];
    let mut cells = vec![];
    for (bar, rect) in chart.bars.iter().zip(&rows.bars) {
        let Some(rect) = *rect else { continue };
        let fill = if bar.fill.is_empty() { theme.series_colour(0) } else { &bar.fill };
        let level = Level { label: String::new(), fill: fill.to_owned(), pattern: bar.pattern };
        let number = levels.iter().position(|other| *other == level).unwrap_or_else(|| {
            levels.push(level);
            levels.len() - 1
        });
        let title = format!("{} {}", bar.label, bar.text);
        cells.push(Cell { rect, level: Some(number), title });
    }
    (cells, levels)
}

fn table(chart: &BarChart) -> Table {
    let words = &chart.words;
    Table {
        caption: chart.title.clone(),
        columns: [&words.time, &words.value, &words.note].map(String::clone).into(),
        rows: chart
            .bars
            .iter()
            .map(|bar| vec![bar.label.clone(), bar.text.clone(), bar.note.clone()])
            .collect(),
        notes: vec![],
    }
    .without_empty_columns()
}
