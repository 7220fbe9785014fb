//! Rows of a pushed batch or an imported file, checked one by one: the good become readings, the
//! others are refused with the field and the reason.

use domain::{Averaging, DeviceFlag, Item, Period, Provenance, QcFlags, Quantity, Reading, Text};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Reason, health::shortened, units};

/// How far ahead of our clock a period may begin.
pub const AHEAD: SignedDuration = SignedDuration::from_mins(10);

/// One row as it was sent; fields are loose so that a bad one is refused by name. Whatever JSON
/// stands where a row should is one: a field that is missing is empty, one that is no text is the
/// text of its JSON.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(from = "serde_json::Value")]
pub struct PushedRow {
    /// The station's code.
    pub station: String,
    /// The item's key, e.g. `pm2_5`.
    pub item: String,
    /// A JSON number; `None` or `null` for a gap whose reason `flag` states.
    pub value: Option<Value>,
    /// The unit of `value`: the item's own, or one that converts into it.
    pub unit: String,
    /// The start of the period, RFC 3339 with offset.
    pub start: String,
    /// `instant`, `minute`, `hour` or `day`.
    pub averaging: String,
    /// A flag's key; `normal` if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flag: Option<String>,
}

impl From<Value> for PushedRow {
    fn from(mut sent: Value) -> Self {
        let mut field = |name: &str| sent.get_mut(name).map(Value::take);
        let text = |field: Option<Value>| match field {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) => Some(text),
            Some(other) => Some(other.to_string()),
        };
        Self {
            value: field("value"),
            flag: text(field("flag")),
            station: text(field("station")).unwrap_or_default(),
            item: text(field("item")).unwrap_or_default(),
            unit: text(field("unit")).unwrap_or_default(),
            start: text(field("start")).unwrap_or_default(),
            averaging: text(field("averaging")).unwrap_or_default(),
        }
    }
}

/// What the rows are checked against.
pub struct Rules<'a> {
    /// Our clock when the batch arrived.
    pub now: Timestamp,
    /// Periods that begin earlier are refused.
    pub oldest: Timestamp,
    /// Set by the feed's configuration.
    pub provenance: Provenance,
    /// Whether a station of that code exists and may be written by this sender.
    pub knows_station: &'a (dyn Fn(&str) -> bool + 'a),
}

/// What became of the rows of a batch.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Checked {
    /// The good rows, in order.
    pub readings: Vec<Reading>,
    /// For each reading its place in the batch, from 0.
    pub rows: Vec<usize>,
    /// The others.
    pub rejected: Vec<Rejection>,
}

/// A refused row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejection {
    /// Its place in the batch, from 0.
    pub row: usize,
    /// The field at fault.
    pub field: &'static str,
    /// Why, for counting.
    pub reason: Reason,
    /// Why, with the value and what to do.
    pub text: Text,
}

/// Checks every row; see [`check_row`] for what is refused.
pub fn check(rows: &[PushedRow], rules: &Rules<'_>) -> Checked {
    let mut checked = Checked::default();
    for (place, row) in rows.iter().enumerate() {
        match check_row(row, rules) {
            Ok(reading) => {
                checked.readings.push(reading);
                checked.rows.push(place);
            }
            Err(fault) => {
                let Fault { field, reason, text } = *fault;
                checked.rejected.push(Rejection { row: place, field, reason, text });
            }
        }
    }
    checked
}

/// What is wrong with one row. Boxed where it is returned: it is much larger than a reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The field at fault.
    pub field: &'static str,
    /// Why, for counting.
    pub reason: Reason,
    /// Why, with the value and what to do.
    pub text: Text,
}

impl Fault {
    fn new(field: &'static str, reason: Reason, zh: String, en: String) -> Box<Self> {
        Box::new(Self { field, reason, text: Text { zh, en } })
    }
}

/// The reading of one row, without quality marks.
///
/// # Errors
///
/// A [`Fault`] for an unknown station, item, averaging or flag, a wrong unit, a value that is no
/// number or below zero, a time in the future, too old or not the beginning of its period, and
/// for a row with neither value nor reason.
pub fn check_row(row: &PushedRow, rules: &Rules<'_>) -> Result<Reading, Box<Fault>> {
    let station = row.station.trim();
    if !(rules.knows_station)(station) {
        let shown = cut(station);
        return Err(Fault::new(
            "station",
            Reason::UnknownStation,
            format!("站点“{shown}”未登记，请先在配置中登记或更正站点编码"),
            format!("station \"{shown}\" is not registered; register it or correct its code"),
        ));
    }
    let item = item_of(row)?;
    let averaging = averaging_of(row)?;
    let period = period_of(row, averaging, rules)?;
    let flag = flag_of(row)?;
    let value = value_of(row, item, flag)?;
    Ok(Reading {
        station: station.to_owned(),
        item,
        averaging,
        period,
        value,
        flag: if value.is_none() && flag.may_be_shown() { DeviceFlag::Missing } else { flag },
        quality: QcFlags::NONE,
        provenance: rules.provenance,
    })
}

fn item_of(row: &PushedRow) -> Result<Item, Box<Fault>> {
    Item::from_key(row.item.trim()).filter(|item| item.may_be_sent()).ok_or_else(|| {
        let shown = cut(&row.item);
        Fault::new(
            "item",
            Reason::UnknownItem,
            format!("指标“{shown}”不可上报，可用指标见接口说明"),
            format!("item \"{shown}\" cannot be sent; the API description lists the items"),
        )
    })
}

fn averaging_of(row: &PushedRow) -> Result<Averaging, Box<Fault>> {
    let sent = row.averaging.trim();
    let known = Averaging::SENT.into_iter().find(|averaging| averaging.key() == sent);
    known.ok_or_else(|| {
        let shown = cut(sent);
        Fault::new(
            "averaging",
            Reason::UnknownAveraging,
            format!("平均时段“{shown}”无效，应为 instant、minute、hour 或 day"),
            format!("averaging \"{shown}\" is none of instant, minute, hour and day; correct it"),
        )
    })
}

fn flag_of(row: &PushedRow) -> Result<DeviceFlag, Box<Fault>> {
    let Some(key) = row.flag.as_deref().map(str::trim).filter(|key| !key.is_empty()) else {
        return Ok(DeviceFlag::Normal);
    };
    DeviceFlag::ALL.iter().copied().find(|flag| flag.key() == key).ok_or_else(|| {
        let (shown, keys) = (cut(key), keys());
        Fault::new(
            "flag",
            Reason::UnknownFlag,
            format!("标记“{shown}”无效，可用：{keys}"),
            format!("flag \"{shown}\" is not known; use one of {keys}"),
        )
    })
}

fn keys() -> String {
    DeviceFlag::ALL.iter().map(|flag| flag.key()).collect::<Vec<_>>().join(", ")
}

fn value_of(row: &PushedRow, item: Item, flag: DeviceFlag) -> Result<Option<Quantity>, Box<Fault>> {
    let sent = match &row.value {
        None | Some(Value::Null) if flag.may_be_shown() => {
            return Err(Fault::new(
                "value",
                Reason::NoValue,
                "没有数值，也没有说明原因的标记；缺测请附 flag".to_owned(),
                "neither a value nor a flag that says why; send a flag with a gap".to_owned(),
            ));
        }
        None | Some(Value::Null) => return Ok(None),
        Some(Value::Number(number)) => number.to_string(),
        Some(other) => return Err(not_a_number(&other.to_string())),
    };
    let sent: Quantity = sent.parse().map_err(|_unreadable| not_a_number(&sent))?;
    let value = units::convert(sent, &row.unit, item).ok_or_else(|| wrong_unit(row, item))?;
    if value.is_negative() && !may_be_negative(item) {
        let name = item.key();
        return Err(Fault::new(
            "value",
            Reason::Negative,
            format!("{name} 的数值 {value} 为负，请检查仪器零点"),
            format!("{name} is {value}, below zero; check the analyser's zero calibration"),
        ));
    }
    Ok(Some(value))
}

fn not_a_number(sent: &str) -> Box<Fault> {
    let shown = cut(sent);
    Fault::new(
        "value",
        Reason::NotANumber,
        format!("数值 {shown} 不是十进制数，请以 JSON 数字上报"),
        format!("value {shown} is not a decimal number; send a JSON number"),
    )
}

fn wrong_unit(row: &PushedRow, item: Item) -> Box<Fault> {
    let (shown, name, own) = (cut(&row.unit), item.key(), item.unit());
    let (own_zh, own_en) =
        if own.is_empty() { ("空（无量纲）", "empty (a pure number)") } else { (own, own) };
    Fault::new(
        "unit",
        Reason::WrongUnit,
        format!("{name} 的单位“{shown}”不符，应为{own_zh}或可换算的单位"),
        format!(
            "{name} cannot be given in \"{shown}\"; use {own_en} or a unit that converts into it"
        ),
    )
}

/// Temperatures alone go below zero.
pub(crate) fn may_be_negative(item: Item) -> bool {
    matches!(item, Item::Temperature | Item::WaterTemperature)
}

fn period_of(
    row: &PushedRow,
    averaging: Averaging,
    rules: &Rules<'_>,
) -> Result<Period, Box<Fault>> {
    let shown = cut(&row.start);
    let bad_time = |zh: &str, en: &str| {
        Fault::new(
            "start",
            Reason::BadTime,
            format!("时间“{shown}”{zh}"),
            format!("start \"{shown}\" {en}"),
        )
    };
    let start: Timestamp = row.start.trim().parse().map_err(|_unreadable| {
        bad_time(
            "不是带时区的 RFC 3339 时间，例如 2026-11-23T14:00:00+08:00",
            "is not RFC 3339 with an offset, such as 2026-11-23T14:00:00+08:00",
        )
    })?;
    if start.duration_since(rules.now) > AHEAD {
        let now = rules.now;
        return Err(Fault::new(
            "start",
            Reason::Future,
            format!("时间 {shown} 比服务器时间 {now} 超前 10 分钟以上，请校准设备时钟"),
            format!("start {shown} is more than 10 minutes ahead of our {now}; set the clock"),
        ));
    }
    if start < rules.oldest {
        let oldest = rules.oldest;
        return Err(Fault::new(
            "start",
            Reason::TooOld,
            format!("时间 {shown} 早于可接收的最早时间 {oldest}，历史数据请用导入"),
            format!("start {shown} is before the oldest accepted, {oldest}; import history"),
        ));
    }
    let length_s = match averaging {
        Averaging::Hour => 3_600,
        Averaging::Day => 86_400,
        Averaging::Minute => 60,
        _ => 0,
    };
    // A day begins at midnight in Beijing; hours and minutes begin alike in both offsets.
    let phase = if averaging == Averaging::Day { 8 * 3_600 } else { 0 };
    if start.subsec_nanosecond() != 0 {
        return Err(bad_time(
            "不是整秒，请去掉小数部分",
            "is not a whole second; leave out the fraction",
        ));
    }
    let whole = length_s == 0 || (start.as_second() + phase).rem_euclid(i64::from(length_s)) == 0;
    if !whole {
        return Err(bad_time(
            "不是时段的起点：小时值用整点，日值用北京时间零点",
            "is not where the period begins: hours begin on the hour, days at midnight in Beijing",
        ));
    }
    Ok(Period { start, length_s })
}

fn cut(text: &str) -> String {
    shortened(text, 40)
}
