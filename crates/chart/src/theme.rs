//! Colours and text size of a drawing.

/// The colours and the text size a chart is drawn with.
///
/// A colour is anything an SVG `fill` attribute takes: `#1f5fa6`, `currentColor` or
/// `var(--chart-s0,#1f5fa6)`.
#[derive(Debug, Clone, PartialEq)]
pub struct Theme {
    /// Titles, values and the axis line.
    pub ink: String,
    /// Tick labels and units.
    pub muted: String,
    /// Grid lines; decorative, hence below 3:1.
    pub grid: String,
    /// What lies behind the drawing; halos around labels are painted with it.
    pub ground: String,
    /// Threshold lines and their labels.
    pub limit: String,
    /// Missing values and hatched gaps.
    pub missing: String,
    /// One colour per series, repeated when there are more series. Each reaches 4.5:1 on `ground`
    /// in the two fixed themes, because series are labelled in their own colour.
    pub series: Vec<String>,
    /// Size of labels in CSS pixels; at least 12 is drawn whatever is asked.
    pub font_px: f64,
    /// Further colours by custom property, such as `("--level-1", "#00e400")`, with which
    /// [`crate::standalone`] replaces the variables that callers used as fills.
    pub named: Vec<(String, String)>,
}

const LIGHT: [&str; 6] = ["#16202a", "#566472", "#dfe5ea", "#ffffff", "#a3271b", "#7a8793"];
const DARK: [&str; 6] = ["#e8eef2", "#a3b1bd", "#2c363f", "#121212", "#ff9c8f", "#8593a0"];
const LIGHT_SERIES: [&str; 6] = ["#1f5fa6", "#b5482b", "#23744f", "#7a4fa3", "#806300", "#4f6070"];
const DARK_SERIES: [&str; 6] = ["#7db8f0", "#f29d7d", "#6fd0a0", "#c9a9ee", "#dcbf55", "#a9b8c6"];
const NAMES: [&str; 6] = ["ink", "muted", "grid", "ground", "limit", "missing"];

impl Theme {
    /// Dark ink on white.
    pub fn light() -> Self {
        Self::of(LIGHT.map(str::to_owned), LIGHT_SERIES.map(str::to_owned))
    }

    /// Light ink on #121212.
    pub fn dark() -> Self {
        Self::of(DARK.map(str::to_owned), DARK_SERIES.map(str::to_owned))
    }

    /// CSS variables (`--chart-ink`, `--chart-muted`, `--chart-grid`, `--chart-ground`,
    /// `--chart-limit`, `--chart-missing`, `--chart-s0` … `--chart-s5`), so that one SVG in a page
    /// follows the page's theme; where a variable is not set, the light colour is shown.
    pub fn css() -> Self {
        let variable = |name: &str, value: &str| format!("var(--chart-{name},{value})");
        let mut fixed = LIGHT.map(str::to_owned);
        for (colour, name) in fixed.iter_mut().zip(NAMES) {
            *colour = variable(name, colour);
        }
        let mut series = LIGHT_SERIES.map(str::to_owned);
        for (number, colour) in series.iter_mut().enumerate() {
            *colour = variable(&format!("s{number}"), colour);
        }
        Self::of(fixed, series)
    }

    /// This theme as CSS declarations of the variables that [`Theme::css`] names.
    ///
    /// ```
    /// assert!(chart::Theme::dark().declarations().starts_with("--chart-ink:#e8eef2;"));
    /// ```
    pub fn declarations(&self) -> String {
        self.variables().map(|(name, colour)| format!("{name}:{colour};")).collect()
    }

    /// Every variable with its colour in this theme.
    pub(crate) fn variables(&self) -> impl Iterator<Item = (String, &str)> {
        let fixed = [&self.ink, &self.muted, &self.grid, &self.ground, &self.limit, &self.missing];
        let fixed =
            NAMES.into_iter().zip(fixed).map(|(name, c)| (format!("--chart-{name}"), c.as_str()));
        let series = self
            .series
            .iter()
            .enumerate()
            .map(|(number, colour)| (format!("--chart-s{number}"), colour.as_str()));
        let named = self.named.iter().map(|(name, colour)| (name.clone(), colour.as_str()));
        fixed.chain(series).chain(named)
    }

    /// The colour of series `number`.
    pub(crate) fn series_colour(&self, number: usize) -> &str {
        match self.series.len() {
            0 => &self.ink,
            count => &self.series[number % count],
        }
    }

    /// The label size to draw with.
    pub(crate) fn font(&self) -> f64 {
        if self.font_px.is_finite() { self.font_px.clamp(12.0, 32.0) } else { 12.0 }
    }

    fn of(fixed: [String; 6], series: [String; 6]) -> Self {
        let [ink, muted, grid, ground, limit, missing] = fixed;
        let series = series.into();
        Self { ink, muted, grid, ground, limit, missing, series, font_px: 12.0, named: vec![] }
    }
}

#[cfg(test)]
mod tests {
    use super::Theme;
    use rstest::rstest;

    /// Relative luminance of `#rrggbb`, WCAG 2.2.
    fn luminance(colour: &str) -> f64 {
        let part = |at: usize| {
            let byte = u8::from_str_radix(&colour[at..at + 2], 16).expect("two hex digits");
            let share = f64::from(byte) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    }

    fn contrast(a: &str, b: &str) -> f64 {
        let (a, b) = (luminance(a) + 0.05, luminance(b) + 0.05);
        (a / b).max(b / a)
    }

    #[rstest]
    #[case::light_page(Theme::light(), "#ffffff")]
    #[case::light_card(Theme::light(), "#f5f5f5")]
    #[case::dark_page(Theme::dark(), "#121212")]
    #[case::dark_card(Theme::dark(), "#1e1e1e")]
    fn text_reaches_4_5_and_graphics_3_to_1(#[case] theme: Theme, #[case] ground: &str) {
        let text = [&theme.ink, &theme.muted, &theme.limit].into_iter().chain(&theme.series);
        for colour in text {
            let ratio = contrast(colour, ground);
            assert!(ratio >= 4.5, "{colour} on {ground} is {ratio:.2}:1");
        }
        let ratio = contrast(&theme.missing, ground);
        assert!(ratio >= 3.0, "{} on {ground} is {ratio:.2}:1", theme.missing);
    }

    #[test]
    fn the_css_theme_falls_back_to_the_light_one() {
        let (css, light) = (Theme::css(), Theme::light());
        assert_eq!(css.ink, format!("var(--chart-ink,{})", light.ink));
        assert_eq!(css.series[5], format!("var(--chart-s5,{})", light.series[5]));
        assert_eq!(light.declarations().matches(';').count(), 12);
    }
}
