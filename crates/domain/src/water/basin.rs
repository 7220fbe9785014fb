//! A river, basin or region from its sections, 环办〔2011〕22号.

use super::{Sample, SectionClass, WaterBody, WaterClass, WaterStatus, evaluate};
use crate::{Item, Quantity};

/// A part of a whole, kept as counts so that a share can be reproduced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// How many.
    pub part: u64,
    /// Of how many.
    pub whole: u64,
}

impl Share {
    /// In per cent, to a millionth; `None` of nothing.
    pub fn percent(self) -> Option<Quantity> {
        let (part, whole) = (i64::try_from(self.part).ok()?, i64::try_from(self.whole).ok()?);
        Quantity::from_integer(100).scale(part, whole)
    }

    /// True for at least `percent` per cent; exact.
    fn reaches(self, percent: u64) -> bool {
        u128::from(self.part) * 100 >= u128::from(self.whole) * u128::from(percent)
    }
}

/// The evaluation of a river or basin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Basin {
    /// Fewer than five sections: the mean of each parameter, evaluated like one section.
    AsSection(SectionClass),
    /// Five or more: by the shares of classes.
    ByShare {
        /// The status by shares.
        status: WaterStatus,
        /// Sections of class I to III.
        one_to_three: Share,
        /// Sections worse than V.
        below_five: Share,
        /// 主要污染指标 by the share of sections worse than III, at most three, with that
        /// share.
        main_pollutants: Vec<(Item, Share)>,
    },
}

/// Evaluates the sections of a river or basin; sections without any evaluated value are left
/// out. `None` when none is left.
///
/// Each section is judged by its own waterbody, the mean of fewer than five by `body`, that of the
/// river or lake as a whole.
pub fn basin(sections: &[(Sample, WaterBody)], body: WaterBody) -> Option<Basin> {
    let judged: Vec<(&Sample, SectionClass)> = sections
        .iter()
        .map(|(sample, own)| (sample, evaluate(sample, *own)))
        .filter(|(_, section)| section.class.is_some())
        .collect();
    if judged.is_empty() {
        return None;
    }
    if judged.len() < 5 {
        let mean = Sample::mean(judged.iter().map(|(sample, _)| *sample));
        return Some(Basin::AsSection(evaluate(&mean, body)));
    }
    let classes = || judged.iter().filter_map(|(_, section)| section.class);
    let whole = to_u64(judged.len());
    let share = |count: usize| Share { part: to_u64(count), whole };
    let one_to_three = share(classes().filter(|class| *class <= WaterClass::III).count());
    let below_five = share(classes().filter(|class| *class == WaterClass::BelowV).count());
    Some(Basin::ByShare {
        status: status_by_share(one_to_three, below_five),
        one_to_three,
        below_five,
        main_pollutants: most_often_over(judged.iter().map(|(_, section)| section), whole),
    })
}

/// I–III ≥ 90 % 优, ≥ 75 % 良好; else by the share of 劣Ⅴ: < 20 % 轻度, < 40 % 中度, 重度.
fn status_by_share(one_to_three: Share, below_five: Share) -> WaterStatus {
    if one_to_three.reaches(90) {
        WaterStatus::Excellent
    } else if one_to_three.reaches(75) {
        WaterStatus::Good
    } else if below_five.reaches(40) {
        WaterStatus::Heavy
    } else if below_five.reaches(20) {
        WaterStatus::Moderate
    } else {
        WaterStatus::Light
    }
}

/// 断面超标率: the items worse than III in the largest share of all sections, top three. A section
/// that does not measure an item counts as one where it is not over.
fn most_often_over<'a>(
    sections: impl Iterator<Item = &'a SectionClass>,
    whole: u64,
) -> Vec<(Item, Share)> {
    let mut shares: Vec<(Item, Share)> = Vec::new();
    let items = sections.flat_map(|section| &section.items);
    for judged in items.filter(|judged| judged.class > WaterClass::III) {
        match shares.iter_mut().find(|(item, _)| *item == judged.item) {
            Some((_, share)) => share.part += 1,
            None => shares.push((judged.item, Share { part: 1, whole })),
        }
    }
    shares.sort_by_key(|(_, share)| std::cmp::Reverse(share.part));
    shares.truncate(3);
    shares
}

fn to_u64(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
