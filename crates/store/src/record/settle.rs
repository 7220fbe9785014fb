//! What the second reading of the same period means.

use domain::{DeviceFlag, QcFlags};

use crate::Observation;

/// What stands after `new` met `old`; `None` when it says the same.
///
/// Our own marks do not count as news: they depend on what else had arrived by then. One that
/// kept the value out of means does, once the same checks no longer find it: a memory replayed
/// with the operator's leave has no clock error.
pub(super) fn settle(old: &Observation, new: &Observation) -> Option<Observation> {
    let new = Observation { flag: mark_of(old, new), ..*new };
    let cleared = old.quality.excludes() && !new.quality.excludes();
    if (old.value, old.flag) == (new.value, new.flag) && !cleared {
        return None;
    }
    Some(Observation {
        quality: new.quality.with(QcFlags::REVISED),
        revision: old.revision.saturating_add(1),
        ..new
    })
}

/// A value that vanishes without a reason was withdrawn, and stays so when said again.
fn mark_of(old: &Observation, new: &Observation) -> DeviceFlag {
    let unexplained = new.value.is_none()
        && matches!(new.flag, DeviceFlag::Normal | DeviceFlag::NotStated | DeviceFlag::Missing);
    let had_one = old.value.is_some() || old.flag == DeviceFlag::Withdrawn;
    if unexplained && had_one { DeviceFlag::Withdrawn } else { new.flag }
}

#[cfg(test)]
mod tests {
    use domain::Quantity;

    use super::*;

    fn observation(value: Option<i32>, flag: DeviceFlag) -> Observation {
        Observation {
            start_us: 0,
            value: value.map(Quantity::from_integer),
            length_s: 3_600,
            revision: 0,
            flag,
            quality: QcFlags::NONE,
        }
    }

    #[test]
    fn the_same_again_is_no_news_whatever_our_checks_say() {
        let old = observation(Some(35), DeviceFlag::Normal);
        let doubted = Observation { quality: QcFlags::SPIKE, ..old };
        assert_eq!(settle(&old, &doubted), None);
    }

    #[test]
    fn an_excluding_mark_is_lifted_when_our_checks_no_longer_find_it() {
        let plain = observation(Some(35), DeviceFlag::Normal);
        let excluded = Observation { quality: QcFlags::CLOCK, ..plain };
        let settled = settle(&excluded, &plain).unwrap();
        assert_eq!((settled.quality, settled.revision), (QcFlags::REVISED, 1));
        assert_eq!(settle(&plain, &excluded), None, "never the other way round");
        assert_eq!(settle(&excluded, &excluded), None);
    }

    #[test]
    fn a_value_taken_back_is_withdrawn_once() {
        let (old, gone) =
            (observation(Some(35), DeviceFlag::Normal), observation(None, DeviceFlag::Missing));
        let settled = settle(&old, &gone).unwrap();
        assert_eq!(
            (settled.value, settled.flag, settled.revision),
            (None, DeviceFlag::Withdrawn, 1)
        );
        assert_eq!(settle(&settled, &gone), None);
    }

    #[test]
    fn a_gap_with_a_reason_keeps_the_reason() {
        let (old, fault) =
            (observation(Some(35), DeviceFlag::Normal), observation(None, DeviceFlag::Fault));
        assert_eq!(settle(&old, &fault).unwrap().flag, DeviceFlag::Fault);
    }

    #[test]
    fn a_gap_that_is_filled_is_a_revision() {
        let (gap, value) =
            (observation(None, DeviceFlag::Missing), observation(Some(35), DeviceFlag::Normal));
        let settled = settle(&gap, &value).unwrap();
        assert_eq!((settled.value, settled.revision), (value.value, 1));
        assert!(settled.quality.contains(QcFlags::REVISED));
    }
}
