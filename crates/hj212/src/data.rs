//! The data area: plain fields and items of factors (6.3.3, table 4).

use crate::local_time::LocalTime;
use crate::password::text_without_password;
use std::fmt;

/// What stands between `CP=&&` and `&&`. No name is interpreted and no value converted: `a34004`, `Avg` and
/// `35.1` stay the text they were.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Data {
    /// Names without a suffix, as sent and in order: DataTime, SystemTime, PolId, QnRtn …
    pub fields: Vec<(String, String)>,
    /// Values of factors, in order; the same factor may come twice.
    pub items: Vec<Item>,
}

impl Data {
    /// Data of plain fields only.
    pub fn of_fields(fields: &[(&str, &str)]) -> Self {
        let own = |&(name, value): &(&str, &str)| (String::from(name), String::from(value));
        Self { fields: fields.iter().map(own).collect(), items: Vec::new() }
    }

    /// The value of a plain field.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// The first item of a factor.
    pub fn item(&self, factor: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.factor == factor)
    }

    /// DataTime: the moment of sampling or the start of the interval, as
    /// [`Frame::interval`](crate::Frame::interval) says.
    ///
    /// `None` if it is absent or no existing time; `get("DataTime")` tells these apart.
    pub fn data_time(&self) -> Option<LocalTime> {
        self.get("DataTime").and_then(LocalTime::parse)
    }

    /// Whether the area is `&&&&`.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.items.is_empty()
    }
}

/// The text of the wire: fields first, then items.
impl fmt::Display for Data {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        for (name, value) in &self.fields {
            write!(f, "{separator}{name}={value}")?;
            separator = ";";
        }
        for item in &self.items {
            write!(f, "{separator}{item}")?;
            separator = ";";
        }
        Ok(())
    }
}

/// The text of the wire, new passwords and keys replaced by `***`.
impl fmt::Debug for Data {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Data({})", text_without_password(&self.to_string()))
    }
}

/// The values of one factor: `a34004-Avg=35.1,a34004-Flag=N`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The factor's code as sent; `O3`, `PM25` and `R01` are seen besides those of table B.
    pub factor: String,
    /// Suffix and value, in the order sent: Rtd, Min, Avg, Max, Cou, Flag, EFlag, SampleTime, ZsAvg …
    pub values: Vec<(String, String)>,
}

impl Item {
    /// An item as one would write it.
    pub fn new(factor: &str, values: &[(&str, &str)]) -> Self {
        let own = |&(suffix, value): &(&str, &str)| (String::from(suffix), String::from(value));
        Self { factor: factor.into(), values: values.iter().map(own).collect() }
    }

    /// The value with this suffix, which is case-sensitive: `item.get("Avg")`.
    pub fn get(&self, suffix: &str) -> Option<&str> {
        self.values.iter().find(|(name, _)| name == suffix).map(|(_, value)| value.as_str())
    }
}

/// The text of the wire.
impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (suffix, value)) in self.values.iter().enumerate() {
            let separator = if index == 0 { "" } else { "," };
            write!(f, "{separator}{}-{suffix}={value}", self.factor)?;
        }
        Ok(())
    }
}
