//! Evaluations of water samples as the contract shows them.

use contract::public::{Exceedance, WaterSite, WaterState};
use domain::{
    Period,
    water::{self, Sample, WaterClass},
};

/// What is known of a sample beside its values.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Circumstances {
    /// The time of the sample, or the month.
    pub period: Period,
    /// The class its authority published, where it did.
    pub published: Option<WaterClass>,
    /// True when an input is simulated.
    pub simulated: bool,
}

/// The evaluation of one sample of a section.
pub(crate) fn state(sample: &Sample, site: &WaterSite, about: Circumstances) -> WaterState {
    let found = water::evaluate(sample, site.body);
    WaterState {
        period: about.period,
        class: found.class,
        limiting: found.limiting,
        exceedances: found
            .exceedances
            .into_iter()
            .map(|over| Exceedance { item: over.item, multiple: over.multiple })
            .collect(),
        published: about.published,
        automatic: found.automatic_five,
        meets_target: site.target.zip(found.class).map(|(target, class)| class <= target),
        simulated: about.simulated,
    }
}
