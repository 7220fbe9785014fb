//! `/green` without script: indicators with definitions and thresholds, parks, the estimate of their reach.

use contract::green::{Green, GreenIndicator, GreenPark};
use domain::{Lang, green_space::Compared, scorecard::unit_name};

use super::{
    Body,
    html::{Cell, heading, paragraph, table, written_paragraph},
    scorecard::{statements, value},
};
use crate::{
    app::App,
    problem::Problem,
    record::green::green,
    words::{Word, word},
};

pub(super) async fn body(app: &App, lang: Lang) -> Result<Body, Problem> {
    let found = green(app).await?;
    let description = lang.pick(
        "公园绿地、绿化指标及其定义，与国家标准的比较，公园分布和服务半径估算。",
        "Park area and greening indicators with their definitions, beside the national thresholds; parks on list and map; how much housing lies within reach of one.",
    );
    let indicators: String = found.indicators.iter().map(|of| indicator(of, lang)).collect();
    Ok(Body {
        heading: word(Word::Green, lang).to_owned(),
        description: description.to_owned(),
        html: paragraph(description)
            + &indicators
            + &statements(lang.pick("新增与修复", "New and restored areas"), &found.works, lang)
            + &parks(&found.parks, lang)
            + &reach(&found, lang),
        simulated: found.meta.simulated,
    })
}

fn indicator(of: &GreenIndicator, lang: Lang) -> String {
    let unit = unit_name(&of.figure.now.unit, lang);
    let rows: Vec<Vec<Cell>> = of
        .thresholds
        .iter()
        .map(|threshold| {
            let compared = match threshold.compared {
                Compared::Met => lang.pick("达到", "reached"),
                Compared::NotMet => lang.pick("未达到", "not reached"),
                Compared::NotComparable => {
                    lang.pick("仅供参照，不作判断", "for reference, not judged")
                }
            };
            vec![
                Cell::written(threshold.target.get(lang), lang),
                Cell::text(format!("{} {} {unit}", threshold.sign.key(), threshold.value)),
                Cell::text(compared),
                Cell::written(threshold.source.get(lang), lang),
            ]
        })
        .collect();
    let heads = [
        lang.pick("标准或参照", "Threshold or reference"),
        lang.pick("数值", "Value"),
        lang.pick("比较", "Compared"),
        lang.pick("来源", "Source"),
    ];
    let name = of.name.get(lang);
    let beside = if rows.is_empty() { String::new() } else { table(name, &heads, &rows) };
    heading(2, name)
        + &paragraph(&value(&of.figure.now, lang))
        + &written_paragraph(of.definition.get(lang), lang)
        + &beside
}

fn parks(parks: &[GreenPark], lang: Lang) -> String {
    let rows: Vec<Vec<Cell>> = parks
        .iter()
        .map(|park| {
            let area = park.area_m2.map(|area| format!("{area} m²"));
            let simulated = park.simulated.then(|| lang.pick("演示数据", "demonstration data"));
            vec![
                Cell::written(park.name.get(lang), lang),
                Cell::text(park.kind.name(lang)),
                Cell::text(area.as_deref().unwrap_or("—")),
                Cell::text(simulated.unwrap_or_default()),
            ]
        })
        .collect();
    let heads = [
        lang.pick("公园", "Park"),
        lang.pick("类别", "Kind"),
        lang.pick("面积", "Area"),
        lang.pick("标记", "Mark"),
    ];
    table(lang.pick("公园", "Parks"), &heads, &rows)
}

fn reach(found: &Green, lang: Lang) -> String {
    let Some(coverage) = &found.coverage else { return String::new() };
    let percent = coverage.percent.map_or("—".to_owned(), |percent| format!("{percent} %"));
    let estimate = match lang {
        Lang::Zh => format!("估算：约 {percent} 的居住用地在公园服务半径内。"),
        Lang::En => {
            format!("Estimate: about {percent} of residential land lies within reach of a park.")
        }
    };
    heading(2, lang.pick("公园服务半径覆盖", "Housing within reach of a park"))
        + &paragraph(&estimate)
        + &written_paragraph(coverage.method.get(lang), lang)
}
