//! Calendars, strips, bars and sparklines, and drawings outside the page.

mod common;

use chart::{
    Bar, BarChart, CalendarChart, CalendarDay, CalendarMonth, DrawError, Drawing, Frame, Level,
    Pattern, StripCell, StripChart, Theme, bars, calendar, framed, sparkline, standalone, strip,
};
use common::{hourly, of_class, over_hours, printed, words};
use roxmltree::Document;
use rstest::rstest;

fn levels() -> Vec<Level> {
    ["优", "良", "轻度污染"]
        .into_iter()
        .zip(["#00e400", "var(--aqi-2,#ffff00)", "#ff7e00"])
        .zip(Pattern::ALL)
        .map(|((label, fill), pattern)| Level {
            label: label.into(),
            fill: fill.into(),
            pattern: Some(pattern),
        })
        .collect()
}

/// 2026, with every 50th day missing.
fn year(width: u32, weekdays: [&str; 7]) -> CalendarChart {
    let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let mut first = 0;
    let mut months = vec![];
    for (month, length) in lengths.into_iter().enumerate() {
        let day = |day: usize| CalendarDay {
            date_text: format!("{}-{}", month + 1, day + 1),
            text: format!("AQI {}", first + day),
            level: (!(first + day).is_multiple_of(50)).then_some((first + day) % 3),
            note: String::new(),
        };
        months.push(CalendarMonth {
            label: format!("{}月", month + 1),
            first_weekday: ((3 + first) % 7) as u8,
            days: (0..length).map(day).collect(),
        });
        first += length;
    }
    CalendarChart {
        title: "2026".into(),
        width,
        months,
        weekday_labels: weekdays.map(String::from).into(),
        levels: levels(),
        words: words(),
        ..CalendarChart::default()
    }
}

const CHINESE: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];
const ENGLISH: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

fn assert_legible(drawing: &Drawing, font_px: f64) {
    let document = Document::parse(&drawing.svg).expect("well-formed");
    let labels = printed(&document);
    for (number, a) in labels.iter().enumerate() {
        assert!(a.1 >= -0.1 && a.2 <= drawing.plot.width + 0.1, "{a:?} is cut");
        assert!(a.3 > font_px * 0.7 && a.3 < drawing.plot.height, "{a:?} is cut");
        for b in &labels[number + 1..] {
            let apart = a.2 <= b.1 || b.2 <= a.1 || (a.3 - b.3).abs() >= font_px * 0.95;
            assert!(apart, "{a:?} touches {b:?}");
        }
    }
}

fn assert_cells_do_not_overlap(drawing: &Drawing, count: usize) {
    let cells: Vec<_> = (0..count).filter_map(|index| drawing.plot.cell(index)).collect();
    assert_eq!(cells.len(), count);
    for (number, a) in cells.iter().enumerate() {
        assert!(a.left >= 0.0 && a.right <= drawing.plot.width && a.bottom <= drawing.plot.height);
        for b in &cells[number + 1..] {
            let apart =
                a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
            assert!(apart, "{a:?} overlaps {b:?}");
        }
    }
}

#[rstest]
fn a_year_of_days_is_legible_at_every_width(
    #[values(240, 320, 360, 639, 640, 900, 1400)] width: u32,
    #[values(CHINESE, ENGLISH)] weekdays: [&str; 7],
    #[values(12.0, 18.0)] font_px: f64,
) {
    let theme = Theme { font_px, ..Theme::light() };
    let drawing = calendar(&year(width, weekdays), &theme).expect("drawn");
    assert_legible(&drawing, font_px);
    assert_cells_do_not_overlap(&drawing, 365);
    for index in 0..365 {
        let (x, y) = drawing.plot.position(0, index).expect("a cell");
        assert_eq!(drawing.plot.cell_at(x, y), Some(index));
    }
}

#[test]
fn a_day_says_its_date_value_and_level_and_a_missing_day_stands_apart() {
    let drawing = calendar(&year(320, CHINESE), &Theme::light()).expect("drawn");
    let document = Document::parse(&drawing.svg).expect("well-formed");
    let titles = |class: &str| -> Vec<String> {
        of_class(&document, class)
            .iter()
            .filter_map(|cell| cell.descendants().find(|n| n.has_tag_name("title"))?.text())
            .map(String::from)
            .collect()
    };
    assert_eq!(titles("none").len(), 8);
    assert_eq!(titles("none")[0], "1-1 · AQI 0");
    assert_eq!(titles("l1")[0], "1-2 · AQI 1 · 良");
    assert_eq!(drawing.table.rows.len(), 365);
    assert_eq!(drawing.table.rows[1], ["1-2", "AQI 1", "良", ""]);
    let patterns = document.descendants().filter(|node| node.has_tag_name("pattern")).count();
    assert!(patterns >= 4, "each level and the missing days have their own: {patterns}");
}

// 36 months at 640 px are 1 300 px side by side: they are then drawn as a wall calendar.
#[rstest]
fn years_of_days_stay_within_the_width(
    #[values(640, 900, 1400)] width: u32,
    #[values(24, 36)] months: usize,
) {
    let mut chart = year(width, CHINESE);
    chart.months = chart.months.into_iter().cycle().take(months).collect();
    let count = chart.months.iter().map(|month| month.days.len()).sum();
    let drawing = calendar(&chart, &Theme::light()).expect("drawn");
    assert_legible(&drawing, 12.0);
    assert_cells_do_not_overlap(&drawing, count);
}

/// The ids a drawing defines and those it refers to.
fn ids(svg: &str) -> (Vec<String>, Vec<String>) {
    let after = |mark: &str, end: char| {
        svg.split(mark)
            .skip(1)
            .filter_map(|rest| rest.split(end).next())
            .map(String::from)
            .collect()
    };
    (after(" id=\"", '"'), after("url(#", ')'))
}

#[test]
fn drawings_that_differ_only_within_share_no_pattern() {
    let one = year(640, CHINESE);
    let mut other = one.clone();
    other.levels[0].pattern = Some(Pattern::Cross);
    let [one, other] = [one, other].map(|chart| calendar(&chart, &Theme::light()).expect("drawn"));
    let (of_one, used) = ids(&one.svg);
    let (of_other, _) = ids(&other.svg);
    assert!(!of_one.is_empty() && used.iter().all(|id| of_one.contains(id)), "{used:?}");
    assert!(of_one.iter().all(|id| !of_other.contains(id)), "{of_one:?} {of_other:?}");
}

#[test]
fn a_level_that_is_not_described_is_refused() {
    let mut chart = year(320, CHINESE);
    chart.months[0].days[3].level = Some(9);
    assert_eq!(
        calendar(&chart, &Theme::light()).expect_err("refused"),
        DrawError::UnknownLevel { level: 9, count: 3 }
    );
}

#[rstest]
#[case::fits_in_one_row(900, 24, 1)]
#[case::two_years_on_a_phone(320, 24, 2)]
#[case::three_years_on_a_phone(320, 36, 3)]
fn months_are_broken_into_years(#[case] width: u32, #[case] count: usize, #[case] rows: usize) {
    let cell = |month: usize| StripCell {
        axis_label: format!("{}月", month % 12 + 1),
        symbol: "Ⅱ".into(),
        time_text: format!("{month}"),
        text: "Ⅱ".into(),
        level: (month != 5).then_some(month % 3),
        note: String::new(),
    };
    let chart = StripChart {
        title: "months".into(),
        width,
        cells: (0..count).map(cell).collect(),
        row_length: 12,
        levels: levels(),
        words: words(),
        ..StripChart::default()
    };
    let drawing = strip(&chart, &Theme::light()).expect("drawn");
    assert_legible(&drawing, 12.0);
    assert_cells_do_not_overlap(&drawing, count);
    let mut tops: Vec<i64> =
        (0..count).filter_map(|index| drawing.plot.cell(index)).map(|c| c.top as i64).collect();
    tops.dedup();
    assert_eq!(tops.len(), rows);
    assert_eq!(drawing.table.rows.len(), count);
}

#[rstest]
fn bars_keep_the_ratio_of_their_values(#[values(320, 900)] width: u32) {
    let bar = |(label, value): (&str, Option<f64>)| Bar {
        label: label.into(),
        value,
        text: value.map_or("无数据".into(), |value| format!("{value} %")),
        ..Bar::default()
    };
    let rows = [
        ("杨家坪街道", Some(80.0)),
        ("一个名字特别特别长的入河排污口监测断面和它的上游对照断面", Some(20.0)),
        ("Very long English names must be wrapped somewhere too", None),
    ];
    let chart = BarChart {
        title: "share".into(),
        width,
        bars: rows.map(bar).into(),
        max: Some(100.0),
        words: words(),
        ..BarChart::default()
    };
    let drawing = bars(&chart, &Theme::light()).expect("drawn");
    assert_legible(&drawing, 12.0);
    let document = Document::parse(&drawing.svg).expect("well-formed");
    let widths: Vec<f64> = of_class(&document, "chart-cell")
        .iter()
        .filter_map(|bar| bar.attribute("width")?.parse().ok())
        .collect();
    assert_eq!(widths.len(), 2, "no bar without a value");
    assert!((widths[0] / widths[1] - 4.0).abs() < 0.02, "{widths:?}");
    assert_eq!(drawing.table.rows[2][1], "无数据");
    let mut negative = chart;
    negative.bars[0].value = Some(-3.0);
    let error = bars(&negative, &Theme::light()).expect_err("refused").to_string();
    assert!(error.starts_with("the length of bar “杨家坪街道” is -3, but"), "{error}");
}

#[test]
fn a_sparkline_breaks_at_gaps_and_rings_its_extremes() {
    let points = [Some(3.0), Some(9.0), None, Some(1.0), Some(4.0)];
    let drawing = sparkline(&points, 120, 32, "24 h", &Theme::light()).expect("drawn");
    let document = Document::parse(&drawing.svg).expect("well-formed");
    assert_eq!(of_class(&document, "chart-line").len(), 2);
    let rings: Vec<f64> = of_class(&document, "chart-extreme")
        .iter()
        .filter_map(|ring| Some(ring.attribute("cx")?.parse::<f64>().ok()? / 10.0))
        .collect();
    let x = |index| drawing.plot.position(0, index).expect("a value").0;
    assert!((rings[0] - x(1)).abs() < 0.1 && (rings[1] - x(3)).abs() < 0.1, "{rings:?}");
    assert_eq!(drawing.plot.position(0, 2), None);
    assert!(sparkline(&[], 120, 32, "", &Theme::light()).is_ok(), "nothing yet is no error");
}

#[test]
fn a_download_needs_no_stylesheet() {
    let mut chart = over_hours(360, 3, vec![hourly("var(--chart-ink)", &[Some(1.0), Some(2.0)])]);
    chart.title = " fill=\"var(--chart-ink)\"".into();
    chart.bands = vec![chart::Band {
        to: Some(1.0),
        label: "优".into(),
        fill: "var(--aqi-1, var(--missing,#123456))".into(),
        ..chart::Band::default()
    }];
    let in_page = chart::line(&chart, &Theme::css()).expect("drawn").svg;
    assert!(in_page.contains("fill=\"var(--chart-muted,#566472)\""));
    let dark = Theme { named: vec![("--aqi-1".into(), "#00e400".into())], ..Theme::dark() };
    for (theme, band, ink) in [(dark, "#00e400", "#e8eef2"), (Theme::light(), "#123456", "#16202a")]
    {
        let alone = standalone(&in_page, &theme);
        let document = Document::parse(&alone).expect("well-formed");
        for node in document.descendants() {
            for name in ["fill", "stroke", "color"] {
                assert!(!node.attribute(name).unwrap_or_default().contains("var("), "{node:?}");
            }
        }
        assert!(alone.contains(&format!("class=\"chart-band b0\" fill=\"{band}\"")));
        assert_eq!(document.root_element().attribute("color"), Some(ink));
        assert_eq!(
            document.root_element().attribute("aria-label"),
            Some(" fill=\"var(--chart-ink)\""),
            "words are no colours"
        );
    }
}

#[test]
fn a_frame_prints_title_and_note_inside_the_picture() {
    let svg = sparkline(&[Some(1.0), Some(2.0)], 120, 32, "x", &Theme::css()).expect("drawn").svg;
    let frame = Frame {
        title: "<b>题</b>".into(),
        subtitle: String::new(),
        note: "演示数据 Simulated data, not measured".into(),
    };
    let whole = framed(&svg, &Theme::light(), &frame);
    let document = Document::parse(&whole).expect("well-formed");
    let texts: Vec<&str> = document
        .descendants()
        .filter(|node| node.has_tag_name("text"))
        .filter_map(|node| node.text())
        .collect();
    assert_eq!(texts[0], "<b>题</b>");
    assert_eq!(texts[1..].join(" "), "演示数据 Simulated data, not measured");
    assert_eq!(framed("<p>not ours</p>", &Theme::light(), &frame), "");
}
