//! The breakpoint tables of both editions of HJ 633, node by node.

use super::{AirItem, AqiEdition};
use crate::Quantity;

/// The indices the nodes of every column stand for; a column with fewer nodes ends earlier.
const INDICES: [u16; 8] = [0, 50, 100, 150, 200, 300, 400, 500];

/// One node of a breakpoint table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Breakpoint {
    /// In the item's unit: µg/m³, CO mg/m³.
    pub concentration: Quantity,
    /// The index exactly there.
    pub index: u16,
}

/// What an edition says above the last node of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AboveLast {
    /// The index stays at this value.
    HeldAt(u16),
    /// This column gives no index; another averaging time decides.
    NoIndex,
}

/// The nodes of `item` under `edition`, lowest first: HJ 633-2012 table 1, HJ 633-2026 table 3.
///
/// The PM 1-hour means use the daily column: 2026 by 4.2.3, 2012 by what the
/// national hourly report did.
pub fn breakpoints(
    item: AirItem,
    edition: AqiEdition,
) -> impl DoubleEndedIterator<Item = Breakpoint> + ExactSizeIterator {
    nodes(item, edition).iter().zip(INDICES).map(|(&node, index)| Breakpoint {
        concentration: Quantity::from_integer(i32::from(node)),
        index,
    })
}

/// All nodes are whole units, also those of CO.
const fn nodes(item: AirItem, edition: AqiEdition) -> &'static [u16] {
    match (item, edition) {
        (AirItem::So2Hour, _) => &[0, 150, 500, 650, 800],
        (AirItem::So2Day, _) => &[0, 50, 150, 475, 800, 1600, 2100, 2620],
        (AirItem::No2Hour, _) => &[0, 100, 200, 700, 1200, 2340, 3090, 3840],
        (AirItem::No2Day, _) => &[0, 40, 80, 180, 280, 565, 750, 940],
        (AirItem::CoHour, _) => &[0, 5, 10, 35, 60, 90, 120, 150],
        (AirItem::CoDay, _) => &[0, 2, 4, 14, 24, 36, 48, 60],
        (AirItem::O3Hour, _) => &[0, 160, 200, 300, 400, 800, 1000, 1200],
        (AirItem::O3EightHour, _) => &[0, 100, 160, 215, 265, 800],
        (AirItem::Pm10Hour | AirItem::Pm10Day, AqiEdition::Hj633_2012) => {
            &[0, 50, 150, 250, 350, 420, 500, 600]
        }
        (AirItem::Pm10Hour | AirItem::Pm10Day, AqiEdition::Hj633_2026) => {
            &[0, 50, 120, 250, 350, 420, 500, 600]
        }
        (AirItem::Pm25Hour | AirItem::Pm25Day, AqiEdition::Hj633_2012) => {
            &[0, 35, 75, 115, 150, 250, 350, 500]
        }
        (AirItem::Pm25Hour | AirItem::Pm25Day, AqiEdition::Hj633_2026) => {
            &[0, 35, 60, 115, 150, 250, 350, 500]
        }
    }
}

/// 2012 table 1 notes 2 and 3 (no index), 2026 table 3 notes b and c (200 and 300); elsewhere
/// both editions are silent and 500 is the convention.
pub(super) const fn above_last(item: AirItem, edition: AqiEdition) -> AboveLast {
    match (item, edition) {
        (AirItem::So2Hour | AirItem::O3EightHour, AqiEdition::Hj633_2012) => AboveLast::NoIndex,
        (AirItem::So2Hour, AqiEdition::Hj633_2026) => AboveLast::HeldAt(200),
        (AirItem::O3EightHour, AqiEdition::Hj633_2026) => AboveLast::HeldAt(300),
        _ => AboveLast::HeldAt(500),
    }
}
