//! Evaluations of water samples as the contract shows them.

use contract::public::{Exceedance, TrophicIndex, WaterSite, WaterState};
use domain::{
    Lang, Period, Text,
    water::{self, Sample, WaterBody, WaterClass},
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
        trophic: trophic(sample, site),
        simulated: about.simulated,
    }
}

/// The trophic index of a lake or reservoir; rivers have none.
fn trophic(sample: &Sample, site: &WaterSite) -> Option<TrophicIndex> {
    let found = water::trophic(sample).filter(|_| site.body == WaterBody::Lake)?;
    Some(TrophicIndex {
        index: found.index,
        state: Text::new(found.state.name(Lang::Zh), found.state.name(Lang::En)),
        missing: found.missing,
    })
}

#[cfg(test)]
mod tests {
    use domain::{Item, Quantity};
    use jiff::Timestamp;

    use super::*;

    #[test]
    fn a_lake_has_a_trophic_index_and_a_river_none() {
        let sample = Sample::new()
            .with(Item::ChlorophyllA, Quantity::from_integer(10))
            .with(Item::SecchiDepth, Quantity::from_integer(1));
        let of = |body| {
            let water = Text::new("湖", "lake");
            let site = WaterSite { water, body, target: None, drinking: false };
            let period = Period::instant(Timestamp::UNIX_EPOCH);
            let about = Circumstances { period, published: None, simulated: false };
            state(&sample, &site, about).trophic
        };
        let lake = of(WaterBody::Lake).unwrap();
        assert_eq!(
            (lake.index.to_string(), lake.state.en),
            ("50.48".into(), "Lightly eutrophic".into())
        );
        assert_eq!(lake.missing, [Item::TotalPhosphorus, Item::TotalNitrogen, Item::CodMn]);
        assert_eq!(of(WaterBody::River), None);
    }
}
