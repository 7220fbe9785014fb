//! Small shapes by which series differ without colour.

use crate::sheet::{Area, Drawn, at, solid, units};
use plotters::element::{Circle, Polygon, Rectangle};

/// The shape that marks the points of a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Marker {
    /// A disc.
    #[default]
    Circle,
    /// A square.
    Square,
    /// A triangle on its base.
    Triangle,
    /// A square on its corner.
    Diamond,
    /// A triangle on its tip.
    TriangleDown,
}

impl Marker {
    /// Every shape, in the order in which series should take them.
    pub const ALL: [Self; 5] =
        [Self::Circle, Self::Square, Self::Triangle, Self::Diamond, Self::TriangleDown];

    /// Draws the shape about a point in CSS pixels; `radius` is that of the disc, and the others
    /// cover about the same area.
    pub(crate) fn draw(self, area: &Area<'_>, (x, y): (f64, f64), radius: f64) -> Drawn {
        let polygon = |corners: &[(f64, f64)]| {
            let corners = corners
                .iter()
                .map(|(dx, dy)| at(x + dx * radius, y + dy * radius))
                .collect::<Vec<_>>();
            area.draw(&Polygon::new(corners, solid()))
        };
        match self {
            Self::Circle => area.draw(&Circle::new(at(x, y), units(radius), solid())),
            Self::Square => {
                let half = radius * 0.9;
                let corners = [at(x - half, y - half), at(x + half, y + half)];
                area.draw(&Rectangle::new(corners, solid()))
            }
            Self::Triangle => polygon(&[(0.0, -1.3), (1.2, 0.8), (-1.2, 0.8)]),
            Self::Diamond => polygon(&[(0.0, -1.3), (1.3, 0.0), (0.0, 1.3), (-1.3, 0.0)]),
            Self::TriangleDown => polygon(&[(0.0, 1.3), (1.2, -0.8), (-1.2, -0.8)]),
        }
    }
}
