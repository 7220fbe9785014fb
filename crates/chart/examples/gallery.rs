//! Writes one SVG of every kind, light and dark, narrow and wide, to the folder given as argument.
//!
//! `cargo run -p chart --example gallery -- target/gallery`

use chart::{
    Band, Bar, BarChart, CalendarChart, CalendarDay, CalendarMonth, DrawError, Drawing, Frame, Gap,
    Level, LineChart, Marker, Pattern, Point, Series, SeriesStyle, StripCell, StripChart, Theme,
    Threshold, Tick, TimeAxis, ValueAxis, VerticalMark, Words, bars, calendar, framed, line,
    sparkline, strip,
};
use std::path::Path;

const HOUR_S: i64 = 3_600;
const DAY_S: i64 = 86_400;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("name the folder to write to")?;
    let folder = Path::new(&folder);
    std::fs::create_dir_all(folder)?;
    for width in [320, 360, 640, 900] {
        for (name, theme) in [("light", Theme::light()), ("dark", Theme::dark())] {
            for (kind, drawing) in drawings(width)? {
                let svg = framed(&drawing.svg, &theme, &frame(kind));
                std::fs::write(folder.join(format!("{kind}-{width}-{name}.svg")), svg)?;
            }
        }
    }
    Ok(())
}

fn frame(kind: &str) -> Frame {
    Frame {
        title: format!("空气质量逐小时变化 ({kind})"),
        subtitle: "甲站，2026年3月1日至3日 · Hourly air quality".into(),
        note: "演示数据，非实测值。数据截至 2026-03-03 23:00。来源：区生态环境监测站".into(),
    }
}

fn drawings(width: u32) -> Result<Vec<(&'static str, Drawing)>, DrawError> {
    let theme = Theme::css();
    let spark: Vec<Option<f64>> =
        (0..24).map(|hour| (hour != 9).then(|| wave(hour, 24, 40.0, 3))).collect();
    Ok(vec![
        ("one", line(&one_series(width), &theme)?),
        ("several", line(&several_series(width), &theme)?),
        ("steps", line(&steps(width), &theme)?),
        ("rain", line(&rain(width), &theme)?),
        ("long", line(&long(width), &theme)?),
        ("year", calendar(&year(width), &theme)?),
        ("months", strip(&months(width), &theme)?),
        ("ranking", bars(&ranking(width), &theme)?),
        ("spark", sparkline(&spark, width / 2, 44, "24 h", &theme)?),
    ])
}

/// A repeatable curve with a daily rhythm and some noise.
fn wave(index: i64, period: i64, mean: f64, seed: i64) -> f64 {
    let phase = (index % period) as f64 / period as f64;
    let tide = 16.0 * phase * phase * (1.0 - phase) * (1.0 - phase);
    let noise = ((index * 7_919 + seed * 104_729) % 97) as f64 / 97.0 - 0.5;
    let drift = ((index + seed * 11) % (period * 5)) as f64 / (period * 5) as f64;
    mean * (0.55 + 0.7 * tide + 0.35 * noise + 0.5 * drift)
}

fn words() -> Words {
    Words {
        time: "时间".into(), value: "数值".into(), level: "级别".into(), note: "说明".into()
    }
}

fn hours(label: &str, count: i64, mean: f64, seed: i64, marker: Marker) -> Series {
    let point = |hour: i64| {
        let value = (wave(hour, 24, mean, seed) * 10.0).round() / 10.0;
        Point {
            at_s: hour * HOUR_S,
            value: Some(value),
            text: value.to_string(),
            time_text: format!("{}日 {:02}:00", hour / 24 + 1, hour % 24),
            note: String::new(),
        }
    };
    Series {
        label: label.into(),
        points: (0..count).map(point).collect(),
        style: SeriesStyle::Line,
        marker,
        expected_step_s: Some(HOUR_S as u32),
    }
}

fn hour_axis(count: i64) -> TimeAxis {
    let tick = |hour: i64| Tick {
        at_s: hour * HOUR_S,
        label: if hour % 24 == 0 {
            format!("3月{}日", hour / 24 + 1)
        } else {
            format!("{:02}:00", hour % 24)
        },
        major: hour % 24 == 0,
    };
    TimeAxis {
        start_s: 0,
        end_s: (count - 1) * HOUR_S,
        ticks: (0..count).filter(|hour| hour % 6 == 0).map(tick).collect(),
    }
}

fn band(from: f64, to: Option<f64>, label: &str, variable: &str) -> Band {
    Band { from, to, label: label.into(), fill: variable.into(), pattern: None }
}

const LEVELS: [(&str, &str); 6] = [
    ("优", "var(--aqi-1,#00e400)"),
    ("良", "var(--aqi-2,#ffff00)"),
    ("轻度污染", "var(--aqi-3,#ff7e00)"),
    ("中度污染", "var(--aqi-4,#ff0000)"),
    ("重度污染", "var(--aqi-5,#99004c)"),
    ("严重污染", "var(--aqi-6,#7e0023)"),
];

fn one_series(width: u32) -> LineChart {
    let mut series = hours("PM2.5", 72, 52.0, 1, Marker::Circle);
    for point in &mut series.points[40..47] {
        point.value = None;
        point.text = "无数据".into();
    }
    LineChart {
        title: "PM2.5 小时浓度".into(),
        description: "三天的小时浓度，最高 80 µg/m³。".into(),
        width: width - 32,
        height: 280,
        x: hour_axis(72),
        y: ValueAxis { unit_label: "µg/m³".into(), ..ValueAxis::default() },
        series: vec![series],
        bands: vec![
            band(0.0, Some(35.0), LEVELS[0].0, LEVELS[0].1),
            band(35.0, Some(60.0), LEVELS[1].0, LEVELS[1].1),
            band(60.0, Some(115.0), LEVELS[2].0, LEVELS[2].1),
        ],
        thresholds: vec![
            Threshold { value: 60.0, label: "二级日均限值 60".into() },
            Threshold { value: 35.0, label: "一级日均限值 35".into() },
        ],
        marks: vec![VerticalMark { at_s: 24 * HOUR_S, label: "HJ 633-2026 施行".into() }],
        gaps: vec![Gap {
            from_s: 39 * HOUR_S,
            to_s: 47 * HOUR_S,
            series: 0,
            reason: "站点停电".into(),
        }],
        words: words(),
    }
}

fn several_series(width: u32) -> LineChart {
    LineChart {
        title: "四站比较".into(),
        series: vec![
            hours("甲站", 72, 60.0, 1, Marker::Circle),
            hours("乙站", 72, 44.0, 2, Marker::Square),
            hours("丙站", 72, 52.0, 5, Marker::Triangle),
            hours("区平均 District mean", 72, 50.0, 9, Marker::Diamond),
        ],
        bands: vec![],
        marks: vec![],
        gaps: vec![Gap {
            from_s: 20 * HOUR_S,
            to_s: 26 * HOUR_S,
            series: 2,
            reason: "校准".into(),
        }],
        ..one_series(width)
    }
}

fn steps(width: u32) -> LineChart {
    let mut water = hours("总磷", 18, 0.14, 4, Marker::Circle);
    for (index, point) in water.points.iter_mut().enumerate() {
        point.at_s = index as i64 * 4 * HOUR_S;
        point.value = point.value.map(|_| wave(index as i64 * 3, 24, 0.14, 4));
    }
    water.style = SeriesStyle::Step;
    water.expected_step_s = Some(4 * HOUR_S as u32);
    LineChart {
        title: "总磷 4 小时值".into(),
        height: 220,
        y: ValueAxis { unit_label: "mg/L".into(), decimals: 2, ..ValueAxis::default() },
        series: vec![water],
        bands: vec![],
        thresholds: vec![Threshold { value: 0.2, label: "Ⅲ类 0.2".into() }],
        gaps: vec![],
        ..one_series(width)
    }
}

fn rain(width: u32) -> LineChart {
    let mut days = hours("降雨", 30, 12.0, 6, Marker::Square);
    for (day, point) in days.points.iter_mut().enumerate() {
        point.at_s = day as i64 * DAY_S + DAY_S / 2;
        point.value = point.value.filter(|_| day % 11 != 7).map(|value| (value - 6.0).max(0.0));
    }
    days.style = SeriesStyle::Bars;
    days.expected_step_s = Some(DAY_S as u32);
    let tick =
        |day: i64| Tick { at_s: day * DAY_S, label: format!("{}日", day + 1), major: day == 0 };
    LineChart {
        title: "日降雨量".into(),
        height: 200,
        x: TimeAxis { start_s: 0, end_s: 30 * DAY_S, ticks: (0..30).map(tick).collect() },
        y: ValueAxis { unit_label: "mm".into(), ..ValueAxis::default() },
        series: vec![days],
        bands: vec![],
        thresholds: vec![],
        marks: vec![],
        gaps: vec![],
        ..one_series(width)
    }
}

fn long(width: u32) -> LineChart {
    let tick = |month: i64| Tick {
        at_s: month * 30 * DAY_S,
        label: if month % 12 == 0 {
            format!("{}年", 2025 + month / 12)
        } else {
            format!("{}月", month % 12 + 1)
        },
        major: month % 12 == 0,
    };
    LineChart {
        title: "一万小时".into(),
        x: TimeAxis { start_s: 0, end_s: 10_000 * HOUR_S, ticks: (0..14).map(tick).collect() },
        series: vec![hours("PM2.5", 10_000, 52.0, 1, Marker::Circle)],
        gaps: vec![],
        bands: vec![],
        marks: vec![],
        ..one_series(width)
    }
}

fn levels() -> Vec<Level> {
    LEVELS
        .iter()
        .zip(Pattern::ALL)
        .enumerate()
        .map(|(number, (level, pattern))| Level {
            label: level.0.into(),
            fill: level.1.into(),
            pattern: (number > 0).then_some(pattern),
        })
        .collect()
}

fn year(width: u32) -> CalendarChart {
    let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let mut months = vec![];
    let mut day_of_year = 0_i64;
    for (month, length) in lengths.into_iter().enumerate() {
        let days = (0..length).map(|day| {
            let index = day_of_year + day;
            let value = wave(index, 40, 70.0, 8) as usize;
            CalendarDay {
                date_text: format!("2026-{:02}-{:02}", month + 1, day + 1),
                text: format!("AQI {value}"),
                level: (index % 61 != 33).then_some((value.saturating_sub(20) / 18).min(5)),
                note: String::new(),
            }
        });
        months.push(CalendarMonth {
            label: format!("{}月", month + 1),
            first_weekday: ((3 + day_of_year) % 7) as u8,
            days: days.collect(),
        });
        day_of_year += length;
    }
    CalendarChart {
        title: "2026 年逐日空气质量".into(),
        description: "每格一天，按级别着色。".into(),
        width: width - 32,
        months,
        weekday_labels: "一二三四五六日".chars().map(String::from).collect(),
        levels: levels(),
        words: words(),
    }
}

fn months(width: u32) -> StripChart {
    let names = ["Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ", "劣Ⅴ"];
    let fills = ["#cfffff", "#8fffff", "#7fff7f", "#ffff6f", "#ffc000", "#ff0000"];
    let cell = |month: usize| {
        let class = (month * 5 % 7 + month % 3) % 6;
        let measured = month != 9;
        StripCell {
            axis_label: format!("{}月", month % 12 + 1),
            symbol: if measured { names[class].into() } else { "—".into() },
            time_text: format!("{}-{:02}", 2025 + month / 12, month % 12 + 1),
            text: names[class].into(),
            level: measured.then_some(class),
            note: String::new(),
        }
    };
    StripChart {
        title: "某断面月度水质类别".into(),
        description: "每格一月。".into(),
        width: width - 32,
        cells: (0..18).map(cell).collect(),
        row_length: 12,
        levels: names
            .iter()
            .zip(fills)
            .zip(Pattern::ALL)
            .map(|((name, fill), pattern)| Level {
                label: (*name).into(),
                fill: fill.into(),
                pattern: Some(pattern),
            })
            .collect(),
        words: words(),
    }
}

fn ranking(width: u32) -> BarChart {
    let rows = [
        ("甲街道", 86.0, ""),
        ("乙镇 Second Town", 74.5, ""),
        ("丙站", 61.0, ""),
        ("一个名字特别特别长的入河排污口监测断面", 33.0, "#ffc000"),
        ("丁镇", 0.0, ""),
    ];
    let mut all: Vec<Bar> = rows
        .iter()
        .map(|(label, value, fill)| Bar {
            label: (*label).into(),
            value: Some(*value),
            text: format!("{value} %"),
            fill: (*fill).into(),
            pattern: (!fill.is_empty()).then_some(Pattern::Rising),
            note: String::new(),
        })
        .collect();
    all.push(Bar { label: "戊镇".into(), text: "无数据".into(), ..Bar::default() });
    BarChart {
        title: "优良天数比例".into(),
        description: "从高到低。".into(),
        width: width - 32,
        bars: all,
        max: Some(100.0),
        words: words(),
    }
}
