//! Official colours as fills, and the ink that can be read on them.

/// Black or white, whichever has the higher contrast on `fill` (`#rrggbb`) by the formula of WCAG 2.2.
///
/// ```
/// assert_eq!(ui::colour::ink_on("#ff0000"), "#000"); // 5.25 : 1; white would be 4.0
/// assert_eq!(ui::colour::ink_on("#99004c"), "#fff");
/// ```
pub fn ink_on(fill: &str) -> &'static str {
    let luminance = luminance(fill).unwrap_or(1.0);
    // (L + 0.05) / 0.05 against 1.05 / (L + 0.05)
    if (luminance + 0.05) * (luminance + 0.05) >= 1.05 * 0.05 { "#000" } else { "#fff" }
}

/// The fill if it is a colour: one from outside that is not `#rrggbb` never becomes CSS.
pub fn fill(colour: &str) -> Option<String> {
    luminance(colour).map(|_| colour.to_owned())
}

/// Relative luminance, 0 to 1; `None` for anything but `#rrggbb`.
fn luminance(fill: &str) -> Option<f64> {
    let digits = fill.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(digits.get(at..at + 2)?, 16).ok()?) / 255.0;
        Some(if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) })
    };
    Some(0.2126 * channel(0)? + 0.7152 * channel(2)? + 0.0722 * channel(4)?)
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
