//! Official colours as fills, and the ink that can be read on them.

/// Black or white, whichever has the higher contrast on `fill` (`#rrggbb`).
///
/// They change places at a relative luminance of 0.179 (WCAG 2.2); the transfer curve is taken as a
/// square, which errs far from there.
///
/// ```
/// assert_eq!(ui::colour::ink_on("#ff0000"), "#000"); // 5.25 : 1; white would be 4.0
/// assert_eq!(ui::colour::ink_on("#99004c"), "#fff");
/// ```
pub fn ink_on(fill: &str) -> &'static str {
    if luminance(fill).is_none_or(|luminance| luminance >= 179) { "#000" } else { "#fff" }
}

/// The fill if it is a colour: one from outside that is not `#rrggbb` never becomes CSS.
pub fn fill(colour: &str) -> Option<String> {
    luminance(colour).map(|_| colour.to_owned())
}

/// Relative luminance in thousandths; `None` for anything but `#rrggbb`.
fn luminance(fill: &str) -> Option<u32> {
    let digits = fill.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
    let square = |at: usize| {
        let value = u32::from_str_radix(digits.get(at..at + 2)?, 16).ok()?;
        Some(value * value * 1_000 / 65_025)
    };
    Some((square(0)? * 2_126 + square(2)? * 7_152 + square(4)? * 722) / 10_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_official_fill_takes_the_ink_of_the_table() {
        let table = [
            ("#00E400", "#000"),
            ("#FFFF00", "#000"),
            ("#FF7E00", "#000"),
            ("#FF0000", "#000"),
            ("#99004C", "#fff"),
            ("#7E0023", "#fff"),
        ];
        for (fill, ink) in table {
            assert_eq!(ink_on(fill), ink, "{fill}");
        }
    }

    #[test]
    fn nothing_but_a_colour_becomes_style() {
        assert_eq!(fill("red;background:url(x)"), None);
        assert_eq!(fill("#ffff00").as_deref(), Some("#ffff00"));
    }
}
