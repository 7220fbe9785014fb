//! A reply of the feed: `thead` with the columns' heads, `tbody` with the rows.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Item, water::automatic::parse_class};
use jiff::Timestamp;
use serde::Deserialize;

use super::{
    cell::{self, Cell, Number},
    row::{Row, Status},
    with_year,
};
use crate::{Reason, polling::Fault, units};

/// What a reply holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Reply {
    /// Pages at the size asked for.
    pub(super) pages: u64,
    /// Rows the publisher says there are, on all pages; more than it sends.
    pub(super) announced: u64,
    /// Rows sent.
    pub(super) sent: u64,
    /// The usable rows, in the order sent.
    pub(super) rows: Vec<Row>,
    /// Rows and cells that are not, by reason.
    pub(super) rejected: BTreeMap<Reason, usize>,
}

/// The JSON as sent.
#[derive(Deserialize)]
struct Sent {
    #[serde(default)]
    total: u64,
    #[serde(default)]
    records: u64,
    thead: Vec<Option<String>>,
    tbody: Vec<Vec<Option<String>>>,
}

/// Heads of value columns and the unit they had when last seen.
const ITEMS: &[(&str, Item, &str)] = &[
    ("水温", Item::WaterTemperature, "℃"),
    ("pH", Item::Ph, "无量纲"),
    ("溶解氧", Item::DissolvedOxygen, "mg/L"),
    ("电导率", Item::Conductivity, "μS/cm"),
    ("浊度", Item::Turbidity, "NTU"),
    ("高锰酸盐指数", Item::CodMn, "mg/L"),
    ("氨氮", Item::Nh3N, "mg/L"),
    ("总磷", Item::TotalPhosphorus, "mg/L"),
    ("总氮", Item::TotalNitrogen, "mg/L"),
    ("叶绿素α", Item::ChlorophyllA, "mg/L"),
    ("叶绿素a", Item::ChlorophyllA, "mg/L"),
    ("藻密度", Item::AlgalDensity, "cells/L"),
];

/// The five the class is reckoned from, without which this is another table.
const NEEDED: [Item; 5] =
    [Item::Ph, Item::DissolvedOxygen, Item::CodMn, Item::Nh3N, Item::TotalPhosphorus];

impl Reply {
    /// Reads a reply fetched at `fetched`, by which the years of its times are inferred.
    pub(super) fn parse(body: &[u8], fetched: Timestamp) -> Result<Self, Fault> {
        let sent: Sent = serde_json::from_slice(body).map_err(|cause| {
            // Valid JSON of another shape is a change of format, not a damaged reply.
            let other_shape = cause.is_data();
            if other_shape { Fault::changed(&cause.to_string()) } else { Fault::not_json(&cause) }
        })?;
        let columns = Columns::find(&sent.thead)?;
        let mut reply = Self {
            pages: sent.total,
            announced: sent.records,
            sent: sent.tbody.len() as u64,
            ..Self::default()
        };
        let mut seen = BTreeSet::new();
        for cells in &sent.tbody {
            match columns.row(cells, fetched, &mut reply.rejected) {
                // One name can stand twice in a reply; the first is taken, in whatever order
                // replies come.
                Ok(row) if !seen.insert((row.province.clone(), row.section.clone(), row.time)) => {
                    *reply.rejected.entry(Reason::Malformed).or_default() += 1;
                }
                Ok(row) => reply.rows.push(row),
                Err(reason) => *reply.rejected.entry(reason).or_default() += 1,
            }
        }
        Ok(reply)
    }
}

/// Where things stand, by their heads.
struct Columns {
    province: usize,
    section: usize,
    time: usize,
    class: usize,
    status: Option<usize>,
    values: Vec<(usize, Item, String)>,
}

impl Columns {
    fn find(heads: &[Option<String>]) -> Result<Self, Fault> {
        let heads: Vec<(String, Option<String>)> =
            heads.iter().map(|head| split_head(head.as_deref().unwrap_or_default())).collect();
        let place = |name: &str| heads.iter().position(|(head, _)| head == name);
        let needed = |name| place(name).ok_or_else(|| Fault::changed(name));
        let mut values = Vec::new();
        for (name, item, usual) in ITEMS {
            let Some(at) = place(name) else { continue };
            let unit = heads[at].1.clone().unwrap_or_else(|| (*usual).to_owned());
            if !units::fits(&unit, *item) {
                return Err(Fault::changed(&format!("{name} ({unit})")));
            }
            values.push((at, *item, unit));
        }
        for item in NEEDED {
            if !values.iter().any(|(_, found, _)| *found == item) {
                return Err(Fault::changed(item.name(domain::Lang::Zh)));
            }
        }
        Ok(Self {
            province: needed("省份")?,
            section: needed("断面名称")?,
            time: needed("监测时间")?,
            class: needed("水质类别")?,
            status: place("站点情况"),
            values,
        })
    }

    fn row(
        &self,
        cells: &[Option<String>],
        fetched: Timestamp,
        rejected: &mut BTreeMap<Reason, usize>,
    ) -> Result<Row, Reason> {
        let text = |at: usize| cells.get(at).and_then(Option::as_deref).unwrap_or_default().trim();
        let (province, section) = (text(self.province), name(text(self.section))?);
        if province.is_empty() || section.is_empty() {
            return Err(Reason::Malformed);
        }
        if text(self.time).is_empty() {
            return Err(Reason::NoTime);
        }
        let time = with_year(text(self.time), fetched).ok_or(Reason::BadTime)?;
        let class = parse_class(text(self.class)).map_err(|_unknown| Reason::Malformed)?;
        let values = self.values.iter().filter_map(|(at, item, unit)| {
            let cell = Cell::of(text(*at)).and_then(|cell| in_own_unit(cell, unit, *item));
            if cell.is_none() {
                *rejected.entry(Reason::NotANumber).or_default() += 1;
            }
            Some((*item, cell?))
        });
        Ok(Row {
            province: province.to_owned(),
            section,
            time,
            class,
            status: self.status.and_then(|at| Status::of(text(at))),
            cells: values.collect(),
        })
    }
}

/// `水温<br/><span class='unit'>(℃)</span>` is 水温 in ℃.
fn split_head(head: &str) -> (String, Option<String>) {
    let (name, rest) = head.split_once('<').unwrap_or((head, ""));
    let unit = rest.split_once('(').and_then(|(_, rest)| rest.split_once(')'));
    (name.trim().to_owned(), unit.map(|(unit, _)| unit.trim().to_owned()))
}

/// Bare, or in a span whose title says city and river.
fn name(text: &str) -> Result<String, Reason> {
    if !text.starts_with('<') {
        return Ok(text.to_owned());
    }
    cell::span(text).map(|(_, name)| name).ok_or(Reason::Malformed)
}

/// The cell with its numbers in the item's own unit; `None` if one does not fit.
pub(super) fn in_own_unit(cell: Cell, unit: &str, item: Item) -> Option<Cell> {
    let Cell::Value { raw, shown } = cell else { return Some(cell) };
    let convert = |number: Option<Number>| match number {
        Some(number) => {
            let value = units::convert(number.value, unit, item)?;
            Some(Some(Number { value, ..number }))
        }
        None => Some(None),
    };
    Some(Cell::Value { raw: convert(raw)?, shown: convert(shown)? })
}
