//! Laws that hold for any numbers.

use domain::{
    Item, Quantity,
    air::{
        AirItem, AqiEdition, Concentrations, IndexStandard, Report, eaqi,
        epa::{self, EpaItem},
        evaluate, iaqi, means,
    },
    water::{self, PARAMETERS, Sample, WaterBody, class_of},
};
use proptest::{collection::vec, option, prelude::*, sample::select};

const EDITIONS: [AqiEdition; 2] = [AqiEdition::Hj633_2012, AqiEdition::Hj633_2026];
const REPORTS: [Report; 2] = [Report::Hourly, Report::Daily];

fn micro(millionths: i64) -> Quantity {
    Quantity::from_millionths(millionths)
}

/// Up to 3,000 units, past every last node but NO₂'s, and often on a whole number.
fn concentration() -> impl Strategy<Value = Quantity> {
    prop_oneof![
        (0_i64..3_000_000_000).prop_map(micro),
        (0_i32..4_000).prop_map(Quantity::from_integer),
        (0_i64..40_000).prop_map(|tenths| micro(tenths * 100_000)),
    ]
}

fn air() -> impl Strategy<Value = Concentrations> {
    let value = || option::weighted(0.85, concentration());
    (value(), value(), value(), value(), value(), value(), value(), value()).prop_map(
        |(so2, so2_24h, no2, co, o3, o3_8h, pm10, pm2_5)| Concentrations {
            so2,
            so2_24h,
            no2,
            co,
            o3,
            o3_8h,
            pm10,
            pm2_5,
        },
    )
}

/// The same air with one of its values removed.
fn without(air: &Concentrations, which: usize) -> Concentrations {
    let mut less = *air;
    match which {
        0 => less.o3_8h = None,
        at => less
            .set([Item::So2, Item::No2, Item::Co, Item::O3, Item::Pm10, Item::Pm25][at % 6], None),
    }
    less
}

proptest! {
    #[test]
    fn dirtier_air_never_scores_lower(
        item in select(AirItem::ALL.to_vec()), a in concentration(), b in concentration(),
    ) {
        for edition in EDITIONS {
            let (low, high) = (iaqi(item, a.min(b), edition), iaqi(item, a.max(b), edition));
            if let (Ok(low), Ok(high)) = (low, high) {
                prop_assert!(low <= high, "{edition:?}");
            }
        }
    }

    #[test]
    fn an_index_lies_between_0_and_500(item in select(AirItem::ALL.to_vec()), c in concentration()) {
        for edition in EDITIONS {
            if let Ok(index) = iaqi(item, c, edition) {
                prop_assert!(index.get() <= 500);
            }
        }
    }

    #[test]
    fn the_index_is_the_next_whole_number_above_the_line(
        item in select(AirItem::ALL.to_vec()), c in concentration(),
    ) {
        let explained = domain::air::explain(item, c, AqiEdition::Hj633_2012)
            .map_err(|error| TestCaseError::fail(error.to_string()))?;
        if let (Some(segment), Some(index)) = (explained.segment, explained.result) {
            // (index − 1 − low) × width < rise × (c − bp_low) ≤ (index − low) × width
            let width = i128::from(segment.bp_hi.minus(segment.bp_lo).millionths());
            let line = i128::from(segment.index_hi - segment.index_lo)
                * i128::from(c.minus(segment.bp_lo).millionths());
            let steps = i128::from(index) - i128::from(segment.index_lo);
            prop_assert!(line <= steps * width);
            prop_assert!(line > (steps - 1) * width);
        }
    }

    #[test]
    fn dirtier_air_never_scores_lower_abroad(
        item in select(EpaItem::ALL.to_vec()), a in concentration(), b in concentration(),
    ) {
        // Ozone and CO are of the order of a thousandth and a hundredth of a unit.
        let scaled = |q: Quantity| q.scale(1, if item.unit() == "ppm" { 1_000 } else { 1 });
        if let (Some(a), Some(b)) = (scaled(a), scaled(b)) {
            let result = |c| epa::explain(item, c).and_then(|e| e.result);
            if let (Some(low), Some(high)) = (result(a.min(b)), result(a.max(b))) {
                prop_assert!(low <= high);
            }
        }
        for item in [Item::Pm10, Item::Pm25, Item::O3, Item::No2, Item::So2] {
            prop_assert!(eaqi::band(item, a.min(b)) <= eaqi::band(item, a.max(b)));
        }
    }

    #[test]
    fn the_aqi_is_the_largest_sub_index_and_the_primary_pollutants_have_it(air in air()) {
        for standard in [IndexStandard::Hj633_2012, IndexStandard::Hj633_2026] {
            for report in REPORTS {
                let index = evaluate(standard, report, &air);
                let largest = index.sub.iter().filter(|s| s.counted).filter_map(|s| s.value).max();
                if let Some(aqi) = index.value {
                    prop_assert_eq!(Some(aqi), largest);
                    prop_assert_eq!(index.primary.is_empty(), aqi <= 50);
                }
                prop_assert_eq!(index.value.is_none(), index.reason_none.is_some());
                prop_assert_eq!(index.level.is_none(), index.value.is_none());
                for sub in index.sub.iter().filter(|sub| sub.primary) {
                    prop_assert_eq!(sub.value, index.value);
                }
            }
        }
    }

    #[test]
    fn missing_never_improves(air in air(), which in 0_usize..7) {
        let less = without(&air, which);
        for report in REPORTS {
            // 2026: with a gap the index is withheld unless the air is known to be bad.
            let index = evaluate(IndexStandard::Hj633_2026, report, &less);
            if !index.missing.is_empty() {
                prop_assert!(index.value.is_none_or(|aqi| aqi > 100));
            }
            // Every ruler: a value that is not there can only take its own sub-index away.
            for standard in IndexStandard::ALL {
                let (full, gap) = (evaluate(standard, report, &air), evaluate(standard, report, &less));
                prop_assert!(full.missing.iter().all(|item| gap.missing.contains(item)));
                prop_assert!(!gap.complete || full.complete);
                for sub in &gap.sub {
                    let same = full.sub.iter().find(|s| (s.item, s.averaging) == (sub.item, sub.averaging));
                    prop_assert_eq!(same.map(|s| s.value), Some(sub.value));
                }
            }
        }
    }

    #[test]
    fn a_mean_lies_within_its_values(hours in vec(option::weighted(0.9, concentration()), 24)) {
        if let Ok(mean) = means::daily_mean(&hours) {
            prop_assert!(hours.iter().flatten().any(|hour| *hour <= mean));
            prop_assert!(hours.iter().flatten().any(|hour| *hour >= mean));
        }
        if let (Ok(eight), Ok(one)) = (means::daily_max_8h(&hours), means::daily_max_1h(&hours)) {
            prop_assert!(eight <= one);
        }
        if let Ok(now) = epa::nowcast(&hours) {
            let recent = || hours.iter().rev().take(12).flatten();
            prop_assert!(recent().min() <= Some(&now) && Some(&now) <= recent().max());
        }
    }

    #[test]
    fn dirtier_water_never_has_a_better_class(
        parameter in select(PARAMETERS.to_vec()), a in 0_i64..50_000_000, b in 0_i64..50_000_000,
    ) {
        use domain::water::Comparison;
        for body in [WaterBody::River, WaterBody::Lake] {
            let low = class_of(parameter.item, micro(a.min(b)), body, None);
            let high = class_of(parameter.item, micro(a.max(b)), body, None);
            match parameter.comparison {
                Comparison::AtMost => prop_assert!(low <= high),
                Comparison::AtLeast => prop_assert!(low >= high),
                Comparison::Range | Comparison::Change => {}
            }
        }
    }

    #[test]
    fn a_section_is_as_bad_as_its_worst_parameter(
        values in vec(option::weighted(0.7, 0_i64..20_000_000), 24), dropped in 0_usize..24,
    ) {
        let sample: Sample = PARAMETERS.iter().zip(&values)
            .filter_map(|(parameter, value)| Some((parameter.item, micro((*value)?))))
            .collect();
        let less: Sample = sample.iter().filter(|(item, _)| *item != PARAMETERS[dropped].item).collect();
        for body in [WaterBody::River, WaterBody::Lake] {
            let (section, gap) = (water::evaluate(&sample, body), water::evaluate(&less, body));
            prop_assert_eq!(section.class, section.items.iter().map(|judged| judged.class).max());
            prop_assert!(gap.class <= section.class);
            prop_assert!(section.main_pollutants.len() <= 3);
            prop_assert!(section.exceedances.iter().all(|e| e.multiple > Quantity::ZERO));
            prop_assert_eq!(section.items.len() + section.missing.len(),
                if section.automatic_five { 5 } else { 21 });
        }
    }
}
