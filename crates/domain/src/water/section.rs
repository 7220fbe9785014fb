//! A section's class by its worst parameter: 单因子评价, 环办〔2011〕22号.

use super::{
    Comparison, PARAMETERS, PH_RANGE, Parameter, Sample, Saturation, WaterBody, WaterClass,
    WaterStatus, automatic,
};
use crate::{Item, Quantity};

/// One parameter's class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ItemClass {
    /// The parameter.
    pub item: Item,
    /// Its value, in the item's unit.
    pub value: Quantity,
    /// The best class whose limit the value meets.
    pub class: WaterClass,
}

/// How far a parameter is over the limit of class III.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exceedance {
    /// The parameter; never pH, dissolved oxygen or water temperature.
    pub item: Item,
    /// 超标倍数: (value − limit) ÷ limit, to a millionth; shown with two decimals.
    pub multiple: Quantity,
}

/// A section's class with everything that made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionClass {
    /// The worst class among the evaluated parameters; `None` without any.
    pub class: Option<WaterClass>,
    /// The qualitative status of that class.
    pub status: Option<WaterStatus>,
    /// Every evaluated parameter that has a value, in the order of table 1.
    pub items: Vec<ItemClass>,
    /// The parameters at the worst class, in the order of table 1.
    pub limiting: Vec<Item>,
    /// Parameters over class III that have a multiple, in the order of table 1.
    pub exceedances: Vec<Exceedance>,
    /// 主要污染指标: when worse than III, at most three, see [`main_pollutants`].
    pub main_pollutants: Vec<Item>,
    /// Parameters to evaluate that have no value.
    pub missing: Vec<Item>,
    /// True when only the five items of an automatic station were evaluated: then this is not
    /// the statutory class and carries [`automatic::label`].
    pub automatic_five: bool,
}

/// The class of one value: the best whose limit it meets, `None` for items that have no class.
///
/// A value that meets no class is 劣Ⅴ, as is a pH outside 6–9. Faecal coliforms, and total
/// nitrogen in lakes, get a class here though they never decide a section's. `saturation` matters for
/// dissolved oxygen only.
///
/// ```
/// # use domain::{Item, water::{WaterBody, WaterClass, class_of}};
/// let phosphorus = "0.05".parse()?;
/// let class = |body| class_of(Item::TotalPhosphorus, phosphorus, body, None);
/// assert_eq!(class(WaterBody::River), Some(WaterClass::II));
/// assert_eq!(class(WaterBody::Lake), Some(WaterClass::III));
/// # Ok::<(), domain::quantity::QuantityError>(())
/// ```
pub fn class_of(
    item: Item,
    value: Quantity,
    body: WaterBody,
    saturation: Option<Saturation>,
) -> Option<WaterClass> {
    let parameter = Parameter::of(item)?;
    if value.is_negative() || !parameter.classifies(body) {
        return None;
    }
    let meets = |class| match (parameter.comparison, parameter.limit(class, body)) {
        (Comparison::AtMost, Some(limit)) => value <= limit,
        (Comparison::AtLeast, Some(limit)) => {
            value >= limit
                || (class == WaterClass::I
                    && saturation.is_some_and(|s| s.reaches_90_percent(value)))
        }
        (Comparison::Range, _) => PH_RANGE.0 <= value && value <= PH_RANGE.1,
        _ => false,
    };
    // Below V has no limit, so the search ends there at the latest.
    let within = WaterClass::ALL.into_iter().take(5).find(|&class| meets(class));
    Some(within.unwrap_or(WaterClass::BelowV))
}

/// Evaluates a sample by the 21 parameters of 环办〔2011〕22号, with whatever is there.
///
/// Oxygen is judged by its concentration alone, as the national platform does; pass a
/// saturation through [`evaluate_with`]. A negative value counts as missing.
///
/// ```
/// # use domain::{Item, Quantity, water::{Sample, WaterBody, WaterClass, evaluate}};
/// let sample: Sample = [
///     (Item::DissolvedOxygen, "4.2".parse()?),
///     (Item::Nh3N, "1.3".parse()?),
///     (Item::CodMn, "5.1".parse()?),
/// ].into_iter().collect();
/// let section = evaluate(&sample, WaterBody::River);
/// assert_eq!(section.class, Some(WaterClass::IV));
/// assert_eq!(section.limiting, [Item::DissolvedOxygen, Item::Nh3N]);
/// assert_eq!(section.exceedances[0].multiple, Quantity::from_millionths(300_000));
/// # Ok::<(), domain::quantity::QuantityError>(())
/// ```
pub fn evaluate(sample: &Sample, body: WaterBody) -> SectionClass {
    evaluate_with(sample, body, None)
}

/// [`evaluate`] with what is known of the oxygen saturation.
pub fn evaluate_with(
    sample: &Sample,
    body: WaterBody,
    saturation: Option<Saturation>,
) -> SectionClass {
    let decides = |parameter: &&Parameter| parameter.evaluated;
    evaluate_items(sample, body, saturation, PARAMETERS.iter().filter(decides).map(|p| p.item))
}

/// Evaluates the five items of an automatic station, whatever else the sample holds.
pub fn evaluate_automatic(sample: &Sample, body: WaterBody) -> SectionClass {
    evaluate_items(sample, body, None, automatic::FIVE.into_iter())
}

fn evaluate_items(
    sample: &Sample,
    body: WaterBody,
    saturation: Option<Saturation>,
    to_evaluate: impl Iterator<Item = Item>,
) -> SectionClass {
    let mut items = Vec::new();
    let mut missing = Vec::new();
    for item in to_evaluate {
        let judged = sample
            .get(item)
            .and_then(|value| Some((value, class_of(item, value, body, saturation)?)));
        match judged {
            Some((value, class)) => items.push(ItemClass { item, value, class }),
            None => missing.push(item),
        }
    }
    let class = items.iter().map(|judged| judged.class).max();
    let automatic_five =
        !items.is_empty() && items.iter().all(|judged| automatic::FIVE.contains(&judged.item));
    SectionClass {
        class,
        status: class.map(WaterStatus::of),
        limiting: items.iter().filter(|i| Some(i.class) == class).map(|i| i.item).collect(),
        exceedances: items.iter().filter_map(|judged| exceedance(judged, body)).collect(),
        main_pollutants: main_pollutants(&items, body),
        missing: if automatic_five {
            missing.into_iter().filter(|item| automatic::FIVE.contains(item)).collect()
        } else {
            missing
        },
        items,
        automatic_five,
    }
}

/// `None` within class III, and for pH and dissolved oxygen, which have no multiple.
fn exceedance(judged: &ItemClass, body: WaterBody) -> Option<Exceedance> {
    let parameter = Parameter::of(judged.item)?;
    if judged.class <= WaterClass::III || parameter.comparison != Comparison::AtMost {
        return None;
    }
    let limit = parameter.limit(WaterClass::III, body)?;
    let over = judged.value.minus(limit);
    Some(Exceedance { item: judged.item, multiple: over.scale(1_000_000, limit.millionths())? })
}

/// Cyanide, lead, chromium "and other heavy metals" come first among the main indicators; the
/// document names no more, arsenic is counted among them as Chinese regulations do.
const FIRST: [Item; 8] = [
    Item::Cyanide,
    Item::Lead,
    Item::Chromium6,
    Item::Mercury,
    Item::Cadmium,
    Item::Arsenic,
    Item::Copper,
    Item::Zinc,
];

/// 主要污染指标 of a section: only parameters worse than III, at most three; cyanide and heavy
/// metals first, then the worst class, within a class the largest multiple over class III (pH
/// and dissolved oxygen, which have none, after the others).
pub fn main_pollutants(items: &[ItemClass], body: WaterBody) -> Vec<Item> {
    let mut over: Vec<&ItemClass> =
        items.iter().filter(|judged| judged.class > WaterClass::III).collect();
    over.sort_by_key(|judged| {
        let multiple = exceedance(judged, body).map(|e| e.multiple);
        std::cmp::Reverse((FIRST.contains(&judged.item), judged.class, multiple))
    });
    over.into_iter().take(3).map(|judged| judged.item).collect()
}
