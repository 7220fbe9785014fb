//! Schemas of the `domain` types that bodies hold, for the published description of the API.
//!
//! `domain` itself knows nothing of OpenAPI; each type here has the shape its counterpart has in
//! JSON, and enumerations list the very keys that `domain` writes.

use domain::{
    Averaging as A, DeviceFlag as D, Item as I, Lang, Provenance as P, QcFlags as Q,
    air::{AqiLevel as L, IndexStandard as S},
    freshness::Freshness as F,
    water::{WaterBody as B, WaterClass as C},
};
use serde_json::Value;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        KnownFormat, RefOr, SchemaFormat,
        schema::{ArrayBuilder, ObjectBuilder, Schema, Type},
    },
};

/// A text in both languages.
#[derive(ToSchema)]
#[schema(as = Text)]
#[expect(dead_code, reason = "only its schema is used")]
pub struct Text {
    /// In simplified Chinese.
    zh: String,
    /// In English.
    en: String,
}

/// A stretch of time: `start` included, `start + length_s` excluded; length 0 is an instant.
#[derive(ToSchema)]
#[schema(as = Period)]
#[expect(dead_code, reason = "only its schema is used")]
pub struct Period {
    /// The first instant, UTC.
    #[schema(value_type = Instant)]
    start: String,
    /// Seconds.
    length_s: u32,
}

fn strings(description: &str, keys: Vec<String>) -> RefOr<Schema> {
    let object = ObjectBuilder::new().schema_type(Type::String).description(Some(description));
    object.enum_values(Some(keys)).into()
}

fn key_of(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(key)) => key,
        _ => String::new(),
    }
}

fn keys_of<T: serde::Serialize>(all: &[T]) -> Vec<String> {
    all.iter().map(key_of).collect()
}

macro_rules! keyed {
    ($($name:ident $description:literal $keys:expr;)+) => {
        $(
            #[doc = $description]
            pub struct $name;
            impl PartialSchema for $name {
                fn schema() -> RefOr<Schema> { strings($description, $keys) }
            }
            impl ToSchema for $name {}
        )+
    };
}

keyed! {
    Item "What was measured." I::ALL.iter().map(|item| item.key().to_owned()).collect();
    Averaging "How a value was averaged."
        keys_of(&[A::Instant, A::Minute, A::Hour, A::EightHour, A::Day, A::Month, A::Year]);
    DeviceFlag "What the instrument or the source said of the value." keys_of(D::ALL);
    Provenance "Where a number came from." keys_of(&[P::Measured, P::Simulated, P::Imported]);
    Freshness "How recent the newest value is."
        keys_of(&[F::Fresh, F::Stale, F::Silent, F::Never]);
    AqiLevel "A level of HJ 633, cleanest first." keys_of(&L::ALL);
    IndexStandard "A ruler for air readings." keys_of(&S::ALL);
    WaterBody "River or lake." keys_of(&[B::River, B::Lake]);
    WaterClass "A class of GB 3838-2002, best first." keys_of(&C::ALL);
}

/// Marks our own checks have set.
pub struct QcFlags;

impl PartialSchema for QcFlags {
    fn schema() -> RefOr<Schema> {
        let words =
            Q::ALL.iter().map(|(_, key, zh, en)| format!("{key}: {}", Lang::En.pick(zh, en)));
        let keys = Q::ALL.iter().map(|(_, key, ..)| (*key).to_owned()).collect();
        let text =
            format!("Doubts raised by our own checks. {}.", words.collect::<Vec<_>>().join("; "));
        ArrayBuilder::new().items(strings("A doubt.", keys)).description(Some(text)).into()
    }
}

impl ToSchema for QcFlags {}

/// An instant, RFC 3339 in UTC.
pub struct Instant;

impl PartialSchema for Instant {
    fn schema() -> RefOr<Schema> {
        let format = SchemaFormat::KnownFormat(KnownFormat::DateTime);
        ObjectBuilder::new().schema_type(Type::String).format(Some(format)).into()
    }
}

impl ToSchema for Instant {}

/// A calendar day in Beijing time.
pub struct CalendarDay;

impl PartialSchema for CalendarDay {
    fn schema() -> RefOr<Schema> {
        let format = SchemaFormat::KnownFormat(KnownFormat::Date);
        ObjectBuilder::new().schema_type(Type::String).format(Some(format)).into()
    }
}

impl ToSchema for CalendarDay {}
