//! Charts to draw and ways to read a drawing back.
#![allow(dead_code, reason = "each test file uses its part")]

use chart::{
    Band, Gap, LineChart, Marker, Pattern, Point, Series, SeriesStyle, Threshold, Tick, TimeAxis,
    ValueAxis, VerticalMark, Words,
};

pub(crate) const HOUR_S: i64 = 3_600;

pub(crate) fn words() -> Words {
    Words {
        time: "时间".into(), value: "数值".into(), level: "级别".into(), note: "说明".into()
    }
}

/// Hourly points from 0 on; the text is the value.
pub(crate) fn hourly(label: &str, values: &[Option<f64>]) -> Series {
    let point = |(hour, value): (usize, &Option<f64>)| Point {
        at_s: hour as i64 * HOUR_S,
        value: *value,
        text: value.map_or("—".into(), |value| format!("{value}")),
        time_text: format!("{hour:02}:00"),
        note: String::new(),
    };
    Series {
        label: label.into(),
        points: values.iter().enumerate().map(point).collect(),
        style: SeriesStyle::Line,
        marker: Marker::Circle,
        expected_step_s: Some(HOUR_S as u32),
    }
}

/// A chart of `hours` with a label every hour.
pub(crate) fn over_hours(width: u32, hours: i64, series: Vec<Series>) -> LineChart {
    let tick = |hour: i64| Tick {
        at_s: hour * HOUR_S,
        label: format!("{:02}:00", hour % 24),
        major: hour % 24 == 0,
    };
    LineChart {
        title: "PM2.5".into(),
        description: "hourly".into(),
        width,
        height: 240,
        x: TimeAxis { start_s: 0, end_s: hours * HOUR_S, ticks: (0..=hours).map(tick).collect() },
        y: ValueAxis { unit_label: "µg/m³".into(), ..ValueAxis::default() },
        series,
        words: words(),
        ..LineChart::default()
    }
}

/// A chart in which every label says `text`.
pub(crate) fn saying(text: &str) -> LineChart {
    let mut series = hourly(text, &[Some(1.0), None, Some(3.0)]);
    for point in &mut series.points {
        (point.text, point.time_text, point.note) = (text.into(), text.into(), text.into());
    }
    let mut chart = over_hours(360, 4, vec![series.clone(), series]);
    chart.x.ticks.iter_mut().for_each(|tick| tick.label = text.into());
    (chart.title, chart.description, chart.y.unit_label) = (text.into(), text.into(), text.into());
    chart.bands = vec![Band {
        from: 0.0,
        to: None,
        label: text.into(),
        fill: text.into(),
        pattern: Some(Pattern::Dots),
    }];
    chart.thresholds = vec![Threshold { value: 2.0, label: text.into() }];
    chart.marks = vec![VerticalMark { at_s: HOUR_S, label: text.into() }];
    chart.gaps = vec![Gap { from_s: 0, to_s: 2 * HOUR_S, series: 0, reason: text.into() }];
    chart
}

/// The elements of a class, each as its `points`, coordinates or text.
pub(crate) fn of_class<'d>(
    document: &'d roxmltree::Document<'_>,
    class: &str,
) -> Vec<roxmltree::Node<'d, 'd>> {
    document
        .descendants()
        .filter(|node| {
            node.attribute("class")
                .is_some_and(|classes| classes.split(' ').any(|one| one == class))
        })
        .flat_map(|group| group.children().filter(roxmltree::Node::is_element))
        .collect()
}

/// The corners of a polyline in CSS pixels.
pub(crate) fn corners(polyline: &roxmltree::Node<'_, '_>) -> Vec<(f64, f64)> {
    let points = polyline.attribute("points").unwrap_or_default();
    points
        .split_whitespace()
        .filter_map(|pair| pair.split_once(','))
        .filter_map(|(x, y)| Some((x.parse::<f64>().ok()? / 10.0, y.parse::<f64>().ok()? / 10.0)))
        .collect()
}

/// Printed text with its box in CSS pixels, by the estimate the chart itself uses.
pub(crate) fn printed(document: &roxmltree::Document<'_>) -> Vec<(String, f64, f64, f64)> {
    let number = |node: &roxmltree::Node<'_, '_>, name: &str| {
        node.attribute(name).and_then(|value| value.parse::<f64>().ok()).unwrap_or_default() / 10.0
    };
    document
        .descendants()
        .filter(|node| node.has_tag_name("text"))
        .map(|node| {
            let group = node.parent().expect("text stands in a layer");
            let text = node.text().unwrap_or_default().trim().to_owned();
            let width = chart::text::width_px(&text, number(&group, "font-size"));
            let x = number(&node, "x");
            let left = match node.attribute("text-anchor") {
                Some("middle") => x - width / 2.0,
                Some("end") => x - width,
                _ => x,
            };
            (text, left, left + width, number(&node, "y"))
        })
        .collect()
}
