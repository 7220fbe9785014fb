//! A strip of labelled cells, such as one per month.

use crate::calendar::{bounds, level_name};
use crate::drawing::check_size;
use crate::legend::{Cell, check_level, keys, level_legend, paint_cells};
use crate::pattern::ink_on;
use crate::sheet::{Anchor, Label, Paint, Sheet};
use crate::table::joined;
use crate::text::width_px;
use crate::ticks::thinned;
use crate::{DrawError, Drawing, Level, PlotGeometry, Rect, Table, Theme, Words};

/// Below this width of a cell the strip is broken into rows.
const LEAST_CELL_PX: f64 = 22.0;

/// Equal cells in a row, each with a level.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StripChart {
    /// Its name: the accessible name of the picture and the table's caption.
    pub title: String,
    /// A sentence that says what the picture shows.
    pub description: String,
    /// Width in CSS pixels, 160 to 4000; the height follows ([`PlotGeometry::height`]).
    pub width: u32,
    /// The cells, in order.
    pub cells: Vec<StripCell>,
    /// How many cells a row ends after when they do not fit into one (12 for months); 0 for as many
    /// as fit.
    pub row_length: usize,
    /// The levels, in the order of the legend.
    pub levels: Vec<Level>,
    /// Headings of the table.
    pub words: Words,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StripCell {
    /// What stands below it, such as `3月`; left out where it would touch its neighbour.
    pub axis_label: String,
    /// What stands in it, such as `Ⅱ`; left out where it does not fit.
    pub symbol: String,
    /// The time as printed in the table.
    pub time_text: String,
    /// The value as printed, or the words for its absence.
    pub text: String,
    /// Index into the chart's levels; `None` is drawn as missing.
    pub level: Option<usize>,
    /// Its quality or another remark; may be empty.
    pub note: String,
}

/// Draws a strip of cells; each names its time, value and level when pointed at.
///
/// # Errors
///
/// [`DrawError`] if the width is impossible or a cell names a level that is not described.
pub fn strip(chart: &StripChart, theme: &Theme) -> Result<Drawing, DrawError> {
    check_size(chart.width, 160, (160, 16))?;
    for cell in &chart.cells {
        check_level(cell.level, &chart.levels)?;
    }
    let (font, width) = (theme.font(), f64::from(chart.width));
    let rects = rects(chart, font);
    let area = bounds(&rects);
    let names: Vec<&str> = chart.levels.iter().map(|level| level.label.as_str()).collect();
    let swatch = (font * 1.2, font * 1.2);
    let (keys, keys_height) = keys(&names, swatch, (0.5, width), area.bottom + font * 2.2, font);
    let height = (area.bottom + font * 2.2 + keys_height + 2.0).ceil() as u32;
    check_size(chart.width, height, (160, 16))?;
    let size = (chart.width, height);
    let mut sheet = Sheet::new("chart-strip", &chart.title, &chart.description, size);
    let cells: Vec<Cell> = chart
        .cells
        .iter()
        .zip(&rects)
        .map(|(cell, rect)| Cell { rect: *rect, level: cell.level, title: title(chart, cell) })
        .collect();
    paint_cells(&mut sheet, &cells, &chart.levels, theme)?;
    symbols(&mut sheet, chart, &rects, theme)?;
    let muted = Paint::default().fill(&theme.muted);
    sheet.labels("chart-text", muted, font, &axis_labels(chart, &rects, font))?;
    level_legend(&mut sheet, &keys, &chart.levels, theme)?;
    let plot = PlotGeometry {
        width,
        height: f64::from(height),
        plot_area: area,
        cells: rects,
        ..PlotGeometry::default()
    };
    Ok(Drawing { svg: sheet.finish(), table: table(chart), plot })
}

fn rects(chart: &StripChart, font: f64) -> Vec<Rect> {
    let width = f64::from(chart.width) - 1.0;
    let count = chart.cells.len().max(1);
    let signs = chart.cells.iter().map(|cell| width_px(&cell.symbol, font + 1.0));
    let least = signs.fold(LEAST_CELL_PX, f64::max) + 2.0;
    let fits = ((width / least) as usize).max(1);
    let per_row = if count <= fits { count } else { row_length(chart.row_length, fits) };
    let pitch = (width / per_row as f64).min(72.0);
    let height = (font * 2.4).round();
    (0..chart.cells.len())
        .map(|index| {
            let (row, column) = ((index / per_row) as f64, (index % per_row) as f64);
            let top = 0.5 + row * (height + font * 2.0);
            Rect::sized(0.5 + column * pitch, top, pitch - 1.5, height)
        })
        .collect()
}

/// The greatest part of the asked length that fits, so that years still begin below each other.
fn row_length(asked: usize, fits: usize) -> usize {
    (1..=asked.min(fits)).rev().find(|part| asked.is_multiple_of(*part)).unwrap_or(fits)
}

/// The signs in the cells, one layer per level because their ink depends on the fill.
fn symbols(
    sheet: &mut Sheet,
    chart: &StripChart,
    rects: &[Rect],
    theme: &Theme,
) -> Result<(), DrawError> {
    let font = theme.font() + 1.0;
    let levels = chart.levels.iter().enumerate().map(|(number, level)| (Some(number), Some(level)));
    for (number, level) in levels.chain([(None, None)]) {
        let labels: Vec<Label> = chart
            .cells
            .iter()
            .zip(rects)
            .filter(|(cell, rect)| {
                cell.level == number && width_px(&cell.symbol, font) <= rect.width()
            })
            .map(|(cell, rect)| Label {
                x: rect.centre().0,
                y: rect.centre().1 + font * 0.36,
                anchor: Anchor::Middle,
                text: cell.symbol.clone(),
            })
            .collect();
        let ink = level.map_or(theme.ink.clone(), |level| ink_on(&level.fill, &theme.ink));
        let halo = level.map_or(theme.ground.as_str(), |level| level.fill.as_str());
        let paint = Paint::default()
            .fill(&ink)
            .edge(halo, 3.0)
            .with("paint-order", "stroke")
            .with("stroke-linejoin", "round")
            .with("font-weight", "600")
            .with("pointer-events", "none");
        sheet.labels("chart-symbol", paint, font, &labels)?;
    }
    Ok(())
}

fn axis_labels(chart: &StripChart, rects: &[Rect], font: f64) -> Vec<Label> {
    let mut labels = vec![];
    let width = f64::from(chart.width);
    let cells: Vec<(&StripCell, &Rect)> = chart.cells.iter().zip(rects).collect();
    for row in cells.chunk_by(|a, b| (a.1.top - b.1.top).abs() < 0.1) {
        let ticks: Vec<(f64, &str, bool)> = row
            .iter()
            .map(|(cell, rect)| {
                let half = (width_px(&cell.axis_label, font) / 2.0).min(width / 2.0);
                (rect.centre().0.clamp(half, width - half), cell.axis_label.as_str(), true)
            })
            .collect();
        let shown = thinned(&ticks, font, 4.0);
        for ((x, text, _), _) in ticks.iter().zip(shown).filter(|(_, shown)| *shown) {
            let y = row[0].1.bottom + font * 1.3;
            labels.push(Label { x: *x, y, anchor: Anchor::Middle, text: (*text).to_owned() });
        }
    }
    labels
}

fn title(chart: &StripChart, cell: &StripCell) -> String {
    let level = level_name(&chart.levels, cell.level);
    joined([cell.time_text.as_str(), &cell.text, level, &cell.note], " · ")
}

fn table(chart: &StripChart) -> Table {
    let words = &chart.words;
    let row = |cell: &StripCell| {
        let level = level_name(&chart.levels, cell.level).to_owned();
        vec![cell.time_text.clone(), cell.text.clone(), level, cell.note.clone()]
    };
    Table {
        caption: chart.title.clone(),
        columns: [&words.time, &words.value, &words.level, &words.note].map(String::clone).into(),
        rows: chart.cells.iter().map(row).collect(),
        notes: vec![],
    }
    .without_empty_columns()
}
