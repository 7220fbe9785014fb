//! What holds for every line chart.

mod common;

use chart::{LineChart, Marker, Series, SeriesStyle, Theme, TimeAxis, line};
use common::{HOUR_S, corners, hourly, of_class, over_hours};
use proptest::prelude::*;

fn style() -> impl Strategy<Value = SeriesStyle> {
    prop_oneof![Just(SeriesStyle::Line), Just(SeriesStyle::Step), Just(SeriesStyle::Bars)]
}

fn series() -> impl Strategy<Value = Series> {
    let value = prop::option::weighted(0.85, -3_000_i32..90_000);
    (prop::collection::vec((value, 1_i64..9_000), 0..400), style(), 0_usize..5).prop_map(
        |(raw, style, marker)| {
            let values: Vec<Option<f64>> =
                raw.iter().map(|(value, _)| value.map(|v| f64::from(v) / 100.0)).collect();
            let mut series = Series { style, marker: Marker::ALL[marker], ..hourly("A", &values) };
            let mut at_s = 0;
            for (point, (_, wait_s)) in series.points.iter_mut().zip(&raw) {
                at_s += wait_s;
                point.at_s = at_s;
            }
            series
        },
    )
}

fn chart() -> impl Strategy<Value = LineChart> {
    let all = prop::collection::vec(series(), 1..4);
    (all, 160_u32..1_400, 96_u32..600, 0_i64..900_000, 1_i64..900_000).prop_map(
        |(series, width, height, start_s, span_s)| LineChart {
            height,
            x: TimeAxis { start_s, end_s: start_s + span_s, ticks: vec![] },
            ..over_hours(width, 1, series)
        },
    )
}

fn visible(chart: &LineChart, at_s: i64) -> bool {
    (chart.x.start_s..=chart.x.end_s).contains(&at_s)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn every_visible_value_lies_inside_the_plot(chart in chart()) {
        let plot = line(&chart, &Theme::light()).expect("drawn").plot;
        let area = plot.plot_area;
        for (number, series) in chart.series.iter().enumerate() {
            for (index, point) in series.points.iter().enumerate() {
                let place = plot.position(number, index);
                prop_assert_eq!(place.is_some(), point.value.is_some() && visible(&chart, point.at_s));
                if let Some((x, y)) = place {
                    prop_assert!(x >= area.left - 1e-6 && x <= area.right + 1e-6, "x = {x} outside {area:?}");
                    prop_assert!(y >= area.top - 1e-6 && y <= area.bottom + 1e-6, "y = {y} outside {area:?}");
                }
            }
        }
    }

    #[test]
    fn the_nearest_point_to_a_point_is_itself(chart in chart()) {
        let plot = line(&chart, &Theme::light()).expect("drawn").plot;
        for (number, series) in chart.series.iter().enumerate() {
            for (index, point) in series.points.iter().enumerate() {
                if let Some((x, _)) = plot.position(number, index) {
                    prop_assert_eq!(plot.nearest(number, x), Some(index));
                    let error_s = (plot.time_at(x) - point.at_s).abs();
                    prop_assert!(error_s <= 1, "time_at is {error_s} s off");
                }
            }
        }
    }

    #[test]
    fn rows_are_the_visible_points(chart in chart()) {
        let table = line(&chart, &Theme::light()).expect("drawn").table;
        for (number, series) in chart.series.iter().enumerate() {
            let printed: Vec<&str> = series.points.iter()
                .filter(|point| visible(&chart, point.at_s))
                .map(|point| point.text.as_str())
                .collect();
            let cells: Vec<&str> =
                table.rows.iter().map(|row| row[number + 1].as_str()).filter(|cell| !cell.is_empty()).collect();
            prop_assert_eq!(printed, cells);
        }
        prop_assert!(table.rows.iter().all(|row| row.len() == table.columns.len()));
    }

    #[test]
    fn no_line_crosses_a_missing_value(chart in chart()) {
        let first = Series { style: SeriesStyle::Line, ..chart.series[0].clone() };
        let chart = LineChart { series: vec![first], ..chart };
        let drawing = line(&chart, &Theme::light()).expect("drawn");
        let document = roxmltree::Document::parse(&drawing.svg).expect("well-formed");
        let lines = of_class(&document, "chart-line");
        for point in chart.series[0].points.iter().filter(|p| p.value.is_none() && visible(&chart, p.at_s)) {
            let x = drawing.plot.x_of(point.at_s);
            for line in &lines {
                let corners = corners(line);
                let inside = corners[0].0 < x - 0.2 && corners[corners.len() - 1].0 > x + 0.2;
                prop_assert!(!inside, "a line runs across the missing value at {x}");
            }
        }
    }

    #[test]
    fn everything_drawn_lies_inside_the_picture(chart in chart()) {
        let drawing = line(&chart, &Theme::light()).expect("drawn");
        let document = roxmltree::Document::parse(&drawing.svg).expect("well-formed");
        for class in ["chart-line", "chart-grid", "chart-axis"] {
            for (x, y) in of_class(&document, class).iter().flat_map(corners) {
                prop_assert!((0.0..=f64::from(chart.width)).contains(&x), "{class} at x = {x}");
                prop_assert!((0.0..=f64::from(chart.height)).contains(&y), "{class} at y = {y}");
            }
        }
    }

    #[test]
    fn the_same_chart_gives_the_same_bytes(chart in chart()) {
        let theme = Theme::css();
        prop_assert_eq!(line(&chart, &theme).expect("drawn"), line(&chart.clone(), &theme).expect("drawn"));
    }

    #[test]
    fn any_label_leaves_the_xml_well_formed(text in any::<String>()) {
        let drawing = line(&common::saying(&text), &Theme::light()).expect("drawn");
        prop_assert!(roxmltree::Document::parse(&drawing.svg).is_ok());
        let alone = chart::standalone(&drawing.svg, &Theme::dark());
        prop_assert!(roxmltree::Document::parse(&alone).is_ok());
    }

    #[test]
    fn wrapping_loses_no_letter_and_keeps_to_the_width(text in "[a-z 一-龥，。]{0,60}", width in 40_u32..300) {
        let lines = chart::text::wrapped(&text, f64::from(width), 12.0);
        let letters = |text: &str| text.chars().filter(|c| *c != ' ').collect::<String>();
        prop_assert_eq!(letters(&lines.concat()), letters(&text));
        for line in lines {
            prop_assert!(chart::text::width_px(&line, 12.0) <= f64::from(width) + 12.0, "{line}");
        }
    }
}

#[test]
fn every_value_of_a_crowded_line_is_under_the_drawn_line() {
    let values: Vec<_> = (0..20_000).map(|hour| Some(f64::from(hour * 7_919 % 997))).collect();
    let chart = over_hours(320, 19_999, vec![hourly("A", &values)]);
    let drawing = line(&chart, &Theme::light()).expect("drawn");
    let document = roxmltree::Document::parse(&drawing.svg).expect("well-formed");
    let drawn: Vec<(f64, f64)> =
        of_class(&document, "chart-line").iter().flat_map(corners).collect();
    let left = drawing.plot.plot_area.left;
    let columns = drawing.plot.plot_area.width() as usize;
    for column in 1..columns - 1 {
        let from = left.floor() + column as f64;
        let highest = |points: &mut dyn Iterator<Item = (f64, f64)>, margin: f64| {
            points
                .filter(|p| p.0 >= from - margin && p.0 < from + 1.0 + margin)
                .map(|p| p.1)
                .fold(f64::INFINITY, f64::min)
        };
        // Drawn positions are tenths of a pixel, so a point may show in the next column.
        let reached = highest(&mut drawn.iter().copied(), 0.1);
        let wanted = highest(&mut (0..20_000).filter_map(|at| drawing.plot.position(0, at)), 0.0);
        assert!(reached <= wanted + 0.1, "column {column}: {reached} px is below {wanted} px");
    }
    assert!(drawn.len() <= 4 * (columns + 2), "{} points in {columns} columns", drawn.len());
    assert_eq!(drawing.plot.time_at(drawing.plot.x_of(5_000 * HOUR_S)), 5_000 * HOUR_S);
}
