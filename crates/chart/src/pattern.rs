//! Fillings that differ without colour.

use crate::sheet::units;
use crate::text::escaped;

/// A filling that can be told apart in grey, in print and by readers who do not see the colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Pattern {
    /// Sparse dots.
    Dots,
    /// Lines rising to the right.
    Rising,
    /// Lines falling to the right.
    Falling,
    /// Rising and falling lines.
    Cross,
    /// Level lines.
    Level,
    /// Dense dots.
    DenseDots,
}

impl Pattern {
    /// Every pattern, the calmest first.
    pub const ALL: [Self; 6] =
        [Self::Dots, Self::Rising, Self::Level, Self::Falling, Self::DenseDots, Self::Cross];

    /// The `<pattern>` element, 6 CSS pixels to the tile.
    pub(crate) fn definition(self, id: &str, ink: &str, opacity: f64) -> String {
        // Diagonals run past the tile, so that their ends meet without a notch.
        let rising = "M-15,15 15,-15M0,60 60,0M45,75 75,45";
        let falling = "M-15,45 15,75M0,0 60,60M45,-15 75,15";
        let shapes = match self {
            Self::Rising => format!("<path d=\"{rising}\"/>"),
            Self::Falling => format!("<path d=\"{falling}\"/>"),
            Self::Cross => format!("<path d=\"{rising}{falling}\"/>"),
            Self::Level => "<path d=\"M0,15H60M0,45H60\"/>".to_owned(),
            Self::Dots => "<path d=\"M15,15h.1M45,45h.1\"/>".to_owned(),
            Self::DenseDots => "<path d=\"M15,15h.1M45,15h.1M15,45h.1M45,45h.1\"/>".to_owned(),
        };
        let width = match self {
            Self::Dots => 16,
            Self::DenseDots => 17,
            _ => 9,
        };
        let tile = units(6.0);
        format!(
            "<pattern id=\"{id}\" width=\"{tile}\" height=\"{tile}\" patternUnits=\"userSpaceOnUse\">\
             <g fill=\"none\" stroke=\"{}\" stroke-width=\"{width}\" stroke-linecap=\"round\" \
             opacity=\"{opacity}\">{shapes}</g></pattern>",
            escaped(ink)
        )
    }
}

/// Black or white, whichever is read better on `fill`; `otherwise` where `fill` names no fixed colour.
///
/// `fill` is `#rgb`, `#rrggbb` or `var(--name,#rrggbb)`.
pub(crate) fn ink_on(fill: &str, otherwise: &str) -> String {
    let hex = fill.rfind('#').map(|at| &fill[at + 1..]).unwrap_or_default();
    let digits: Vec<u32> = hex.chars().map_while(|c| c.to_digit(16)).collect();
    let rgb = match digits[..] {
        [r, g, b] => [r * 17, g * 17, b * 17],
        [r1, r0, g1, g0, b1, b0, ..] => [r1 * 16 + r0, g1 * 16 + g0, b1 * 16 + b0],
        _ => return otherwise.to_owned(),
    };
    // WCAG relative luminance with the transfer curve taken as a square: black and white change
    // places near luminance 0.18, far from where the approximation errs.
    let [r, g, b] = rgb.map(|part| f64::from(part * part) / 65_025.0);
    let luminance = 0.2126 * r + 0.7152 * g + 0.0722 * b;
    if luminance > 0.18 { "#000000".to_owned() } else { "#ffffff".to_owned() }
}
