//! Levels of cells, and the row of keys that names them.

use crate::pattern::ink_on;
use crate::sheet::{Anchor, Area, Drawn, Label, Mark, Paint, Sheet, at, solid};
use crate::text::width_px;
use crate::{DrawError, Pattern, Rect, Theme};
use plotters::element::Rectangle;

/// A level a cell can have: its word, colour and pattern.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Level {
    /// Its name, printed in the legend and in the table.
    pub label: String,
    /// Its colour; `#rrggbb` or `var(--name,#rrggbb)`, so that the pattern can be black or white.
    pub fill: String,
    /// What tells it from its neighbours without colour.
    pub pattern: Option<Pattern>,
}

/// A labelled key and where it stands.
pub(crate) struct Key {
    pub(crate) swatch: Rect,
    pub(crate) label: Label,
}

/// Places keys in rows within `left..right` from `top` on; returns them and the height used.
pub(crate) fn keys(
    labels: &[&str],
    swatch: (f64, f64),
    (left, right): (f64, f64),
    top: f64,
    font: f64,
) -> (Vec<Key>, f64) {
    let row = font * 1.6;
    let (mut x, mut y) = (left, top);
    let mut placed = vec![];
    for label in labels {
        let width = swatch.0 + 6.0 + width_px(label, font);
        if x > left && x + width > right {
            x = left;
            y += row;
        }
        let middle = y + row / 2.0;
        placed.push(Key {
            swatch: Rect::sized(x, middle - swatch.1 / 2.0, swatch.0, swatch.1),
            label: Label {
                x: x + swatch.0 + 6.0,
                y: middle + font * 0.36,
                anchor: Anchor::Start,
                text: (*label).to_owned(),
            },
        });
        x += width + font * 1.3;
    }
    let height = if labels.is_empty() { 0.0 } else { y + row - top };
    (placed, height)
}

pub(crate) fn check_level(level: Option<usize>, levels: &[Level]) -> Result<(), DrawError> {
    match level {
        Some(level) if level >= levels.len() => {
            Err(DrawError::UnknownLevel { level, count: levels.len() })
        }
        _ => Ok(()),
    }
}

/// A cell to be painted: where, which level, what it says when pointed at.
pub(crate) struct Cell {
    pub(crate) rect: Rect,
    pub(crate) level: Option<usize>,
    pub(crate) title: String,
}

/// Paints cells by level: colour, then pattern. A cell without a level is an empty hatched frame.
pub(crate) fn paint_cells(
    sheet: &mut Sheet,
    cells: &[Cell],
    levels: &[Level],
    theme: &Theme,
) -> Result<(), DrawError> {
    let hatch = sheet.pattern(Pattern::Rising, &theme.missing, 0.55);
    let none: Vec<&Cell> = cells.iter().filter(|cell| cell.level.is_none()).collect();
    let paint = Paint::default().fill(&hatch).edge(&theme.missing, 0.5);
    rectangles(sheet, "chart-cell none", paint, &none, true)?;
    for (number, level) in levels.iter().enumerate() {
        let of_level: Vec<&Cell> = cells.iter().filter(|cell| cell.level == Some(number)).collect();
        if of_level.is_empty() {
            continue;
        }
        // The neutral edge keeps the lightest fills visible on the lightest ground.
        let paint = Paint::default().fill(&level.fill).edge(&theme.missing, 0.5);
        rectangles(sheet, &format!("chart-cell l{number}"), paint, &of_level, true)?;
        if let Some(pattern) = level.pattern {
            let fill = sheet.pattern(pattern, &ink_on(&level.fill, &theme.ink), 0.33);
            let paint = Paint::default().fill(&fill).with("pointer-events", "none");
            rectangles(sheet, "chart-pattern", paint, &of_level, false)?;
        }
    }
    Ok(())
}

fn rectangles(
    sheet: &mut Sheet,
    class: &str,
    paint: Paint,
    cells: &[&Cell],
    titled: bool,
) -> Result<(), DrawError> {
    let marks: Vec<Mark> = cells
        .iter()
        .map(|cell| Mark {
            title: if titled { cell.title.clone() } else { String::new() },
            ..Mark::default()
        })
        .collect();
    sheet.marked_layer(class, paint, &marks, |area| {
        cells.iter().try_for_each(|cell| rectangle(area, &cell.rect))
    })
}

pub(crate) fn rectangle(area: &Area<'_>, rect: &Rect) -> Drawn {
    area.draw(&Rectangle::new([at(rect.left, rect.top), at(rect.right, rect.bottom)], solid()))
}

/// The legend of levels: swatches like the cells, and their words.
pub(crate) fn level_legend(
    sheet: &mut Sheet,
    keys: &[Key],
    levels: &[Level],
    theme: &Theme,
) -> Result<(), DrawError> {
    let swatches: Vec<Cell> = keys
        .iter()
        .enumerate()
        .map(|(number, key)| Cell { rect: key.swatch, level: Some(number), title: String::new() })
        .collect();
    paint_cells(sheet, &swatches, levels, theme)?;
    let labels: Vec<Label> = keys.iter().map(|key| key.label.clone()).collect();
    sheet.labels("chart-text", Paint::default().fill(&theme.ink), theme.font(), &labels)
}
