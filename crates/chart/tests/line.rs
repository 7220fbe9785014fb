//! A line chart as its readers meet it: path, gaps, labels, table, positions.

mod common;

use chart::{
    Bom, DrawError, Drawing, Gap, LineChart, Marker, Series, SeriesStyle, Theme, Threshold,
    TimeAxis, ValueAxis, VerticalMark, line,
};
use common::{HOUR_S, corners, hourly, of_class, over_hours, printed, saying};
use roxmltree::Document;
use rstest::rstest;

fn drawn(chart: &LineChart) -> Drawing {
    line(chart, &Theme::light()).expect("a proper chart is drawn")
}

fn parsed(drawing: &Drawing) -> Document<'_> {
    Document::parse(&drawing.svg).expect("well-formed XML")
}

#[test]
fn missing_hours_are_not_joined() {
    let values = [Some(10.0), Some(20.0), None, Some(30.0), Some(40.0)];
    let drawing = drawn(&over_hours(360, 4, vec![hourly("A", &values)]));
    let document = parsed(&drawing);
    let lines = of_class(&document, "chart-line");
    assert_eq!(lines.iter().map(|line| corners(line).len()).collect::<Vec<_>>(), [2, 2]);
}

#[test]
fn a_value_between_two_gaps_is_drawn_as_a_mark() {
    let values = [None, Some(20.0), None, Some(30.0), Some(40.0)];
    let drawing = drawn(&over_hours(900, 4, vec![hourly("A", &values)]));
    let place = drawing.plot.position(0, 1).expect("it has a value");
    let document = parsed(&drawing);
    let mut marks = of_class(&document, "chart-marker").into_iter().filter_map(|mark| {
        let number = |name| mark.attribute(name)?.parse::<f64>().ok();
        Some((number("cx")? / 10.0, number("cy")? / 10.0))
    });
    assert!(marks.any(|(x, y)| (x - place.0).abs() < 0.2 && (y - place.1).abs() < 0.2));
}

#[test]
fn a_gap_says_its_reason_on_the_mask_in_the_row_and_in_the_notes() {
    let mut chart = over_hours(360, 4, vec![hourly("A", &[Some(1.0), None, Some(3.0)])]);
    let reason = "站点停电".to_owned();
    chart.gaps = vec![Gap { from_s: HOUR_S, to_s: 2 * HOUR_S, series: 0, reason }];
    let drawing = drawn(&chart);
    let document = parsed(&drawing);
    let masks = of_class(&document, "chart-gap");
    assert_eq!(
        masks[0].descendants().find(|n| n.has_tag_name("title")).and_then(|n| n.text()),
        Some("站点停电")
    );
    assert_eq!(drawing.table.rows[1], ["01:00", "—", "站点停电"]);
    assert_eq!(drawing.table.rows[0], ["00:00", "1", ""]);
    assert_eq!(drawing.table.notes, ["A: 站点停电"]);
}

#[test]
fn two_series_share_the_rows_of_their_common_times() {
    let mut b = hourly("B", &[Some(7.0), Some(8.0), Some(9.0)]);
    b.points.remove(1);
    let chart = over_hours(360, 2, vec![hourly("A", &[Some(1.0), Some(2.0)]), b]);
    let table = drawn(&chart).table;
    assert_eq!(table.columns, ["时间", "A (µg/m³)", "B (µg/m³)", "说明"]);
    assert_eq!(
        table.rows,
        [["00:00", "1", "7", ""], ["01:00", "2", "", ""], ["02:00", "", "9", ""]]
    );
    assert_eq!(table.to_csv(Bom::With).lines().count(), 4);
    assert!(table.to_csv(Bom::With).starts_with("\u{feff}时间,A (µg/m³)"));
}

#[test]
fn the_table_shows_exactly_the_visible_window() {
    let mut chart = over_hours(360, 9, vec![hourly("A", &[Some(5.0); 10])]);
    chart.x = TimeAxis { start_s: 3 * HOUR_S, end_s: 5 * HOUR_S, ticks: vec![] };
    let times: Vec<String> =
        drawn(&chart).table.rows.into_iter().map(|row| row[0].clone()).collect();
    assert_eq!(times, ["03:00", "04:00", "05:00"]);
}

#[rstest]
#[case::air(&[Some(12.0), Some(83.0)], None, None, 0, &["0", "20", "40", "60", "80", "100"])]
#[case::phosphorus(&[Some(0.05), Some(0.19)], None, None, 2, &["0.00", "0.05", "0.10", "0.15", "0.20"])]
#[case::acidity(&[Some(7.2), Some(7.9)], Some(6.0), Some(9.0), 1, &["6", "7", "8", "9"])]
#[case::frost(&[Some(-4.0), Some(11.0)], None, None, 0, &["−5", "0", "5", "10", "15"])]
#[case::nothing(&[None, None], None, None, 1, &["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"])]
#[case::always_zero(&[Some(0.0), Some(0.0)], None, None, 0, &["0", "1"])]
fn the_value_axis_has_round_labels(
    #[case] values: &[Option<f64>],
    #[case] min: Option<f64>,
    #[case] max: Option<f64>,
    #[case] decimals: usize,
    #[case] expected: &[&str],
) {
    let mut chart = over_hours(360, 1, vec![hourly("A", values)]);
    chart.y = ValueAxis { unit_label: String::new(), min, max, decimals };
    chart.x.ticks.clear();
    let drawing = drawn(&chart);
    let labels: Vec<String> = printed(&parsed(&drawing)).into_iter().map(|label| label.0).collect();
    assert_eq!(labels, expected);
}

#[rstest]
#[case::near_enough(90.0, true)]
#[case::would_squeeze_the_line(900.0, false)]
fn a_limit_is_drawn_while_the_line_keeps_its_shape(#[case] limit: f64, #[case] is_drawn: bool) {
    let mut chart = over_hours(360, 2, vec![hourly("A", &[Some(20.0), Some(40.0)])]);
    chart.thresholds = vec![Threshold { value: limit, label: "limit".into() }];
    let drawing = drawn(&chart);
    assert_eq!(!of_class(&parsed(&drawing), "chart-threshold").is_empty(), is_drawn);
    assert_eq!(drawing.table.notes, ["limit"], "named in any case");
}

#[rstest]
fn no_label_is_cut_or_touches_another(
    #[values(320, 360, 480, 640, 900, 1400)] width: u32,
    #[values(1, 2, 5)] count: usize,
    #[values(12.0, 18.0)] font_px: f64,
) {
    let names = ["杨家坪", "白市驿", "歇台子 (Xietaizi)", "区平均", "District mean"];
    let series = (0..count).map(|number| {
        let values: Vec<_> =
            (0..72).map(|hour| Some(f64::from((hour * 7 + number as u32 * 13) % 60))).collect();
        Series { marker: Marker::ALL[number % 5], ..hourly(names[number], &values) }
    });
    let mut chart = over_hours(width, 71, series.collect());
    chart.thresholds = [("一级限值 35", 35.0), ("二级限值 37", 37.0), ("WHO guideline 15", 15.0)]
        .map(|(label, value)| Threshold { value, label: label.into() })
        .into();
    chart.marks = [(20, "HJ 633-2026 施行"), (22, "新设备投运")]
        .map(|(hour, label)| VerticalMark { at_s: hour * HOUR_S, label: label.into() })
        .into();
    let theme = Theme { font_px, ..Theme::light() };
    let drawing = line(&chart, &theme).expect("drawn");
    let labels = printed(&parsed(&drawing));
    assert!(labels.len() >= 10, "{} labels", labels.len());
    for (text, left, right, baseline) in &labels {
        assert!(
            *left >= -0.1 && *right <= f64::from(width) + 0.1,
            "{text} is cut at {left}..{right}"
        );
        assert!(*baseline > font_px * 0.7 && *baseline < 240.0, "{text} is cut at {baseline}");
    }
    for (number, a) in labels.iter().enumerate() {
        for b in &labels[number + 1..] {
            let apart = a.2 <= b.1 || b.2 <= a.1 || (a.3 - b.3).abs() >= font_px * 0.95;
            assert!(apart, "{a:?} touches {b:?}");
        }
    }
}

#[test]
fn text_is_never_smaller_than_twelve_pixels() {
    for asked in [0.0, 8.0, 12.0, f64::NAN] {
        let theme = Theme { font_px: asked, ..Theme::light() };
        let drawing = line(&saying("x"), &theme).expect("drawn");
        let document = parsed(&drawing);
        let sizes: Vec<f64> = document
            .descendants()
            .filter_map(|node| node.attribute("font-size")?.parse().ok())
            .collect();
        assert!(!sizes.is_empty() && sizes.iter().all(|size| *size >= 120.0), "{sizes:?}");
    }
}

#[rstest]
#[case::script("<script>alert(1)</script>")]
#[case::quotes("\" onload=\"alert(1)\" x='")]
#[case::end_of_title("</title></svg><img src=x onerror=alert(1)>")]
#[case::entity("&lt; &#0; ]]> <!-- <![CDATA[")]
#[case::control("\u{0}\u{8}\u{b}\u{1f}\u{fffe}\r\n\t</svg>\n<svg onload=x>")]
fn hostile_labels_stay_text(#[case] text: &str) {
    let drawing = drawn(&saying(text));
    let document = parsed(&drawing);
    let known = [
        "svg", "desc", "defs", "pattern", "g", "path", "rect", "polyline", "line", "circle",
        "polygon", "text", "title",
    ];
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        assert!(known.contains(&node.tag_name().name()), "<{}>", node.tag_name().name());
        assert!(node.attributes().all(|attribute| !attribute.name().starts_with("on")));
    }
    assert_eq!(drawing.table.rows[0][1], text, "the table holds the text itself");
}

#[test]
fn what_cannot_be_drawn_is_refused_with_its_place() {
    let base = || over_hours(360, 4, vec![hourly("A", &[Some(1.0), Some(2.0)])]);
    let refused = |change: fn(&mut LineChart)| {
        let mut chart = base();
        change(&mut chart);
        line(&chart, &Theme::light()).expect_err("refused")
    };
    assert_eq!(refused(|chart| chart.width = 20), DrawError::Size { width: 20, height: 240 });
    assert_eq!(refused(|chart| chart.x.end_s = 0), DrawError::Window { start_s: 0, end_s: 0 });
    assert_eq!(
        refused(|chart| chart.series[0].points.reverse()),
        DrawError::Unordered { series: 0, index: 1 }
    );
    assert_eq!(
        refused(|chart| chart.gaps.push(Gap { series: 3, ..Gap::default() })),
        DrawError::UnknownSeries { series: 3, count: 1 }
    );
    let message = refused(|chart| chart.series[0].points[1].value = Some(f64::NAN)).to_string();
    assert!(message.contains("point 1 of series 0 is NaN"), "{message}");
}

#[test]
fn bars_stand_on_zero_and_inside_the_plot() {
    let series =
        Series { style: SeriesStyle::Bars, ..hourly("rain", &[Some(3.0), Some(0.5), Some(9.0)]) };
    let drawing = drawn(&over_hours(360, 2, vec![series]));
    let document = parsed(&drawing);
    let bars = of_class(&document, "chart-bar");
    assert_eq!(bars.len(), 3);
    for bar in bars {
        let number = |name| {
            bar.attribute(name).and_then(|v| v.parse::<f64>().ok()).unwrap_or(f64::NAN) / 10.0
        };
        assert!((number("y") + number("height") - drawing.plot.plot_area.bottom).abs() < 0.2);
        assert!(number("x") >= drawing.plot.plot_area.left - 0.1);
        assert!(number("x") + number("width") <= drawing.plot.plot_area.right + 0.1);
    }
}

#[test]
fn ten_thousand_points_stay_a_small_picture() {
    let values: Vec<_> = (0..10_000).map(|hour| Some(f64::from(hour * 7_919 % 997))).collect();
    let drawing = drawn(&over_hours(900, 9_999, vec![hourly("A", &values)]));
    assert!(drawing.svg.len() < 60_000, "{} bytes", drawing.svg.len());
    assert_eq!(drawing.table.rows.len(), 10_000, "nothing is missing from the table");
}
