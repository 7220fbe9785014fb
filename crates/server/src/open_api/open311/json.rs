//! An answer as JSON: the same value without its root element.

use serde::{Serialize, Serializer, ser::SerializeMap};

use super::value::{Document, Value};

/// The whole document.
///
/// # Errors
///
/// Never, for what [`Value`] can hold.
pub(super) fn write(document: &Document) -> serde_json::Result<Vec<u8>> {
    serde_json::to_vec(&document.value)
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Number(number) => serializer.serialize_i64(*number),
            Self::Degrees(micro) => serializer.serialize_f64(f64::from(*micro) / 1e6),
            Self::Bool(truth) => serializer.serialize_bool(*truth),
            Self::List(_, entries) => serializer.collect_seq(entries),
            Self::Object(fields) => {
                let mut map = serializer.serialize_map(Some(fields.len()))?;
                for (name, value) in fields {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
        }
    }
}
