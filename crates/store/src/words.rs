//! Enumerations that columns hold as words.

use rusqlite::{Row, types::Type};

/// Declares an enumeration with the word that stands for each variant in the database, in JSON
/// and in addresses.
macro_rules! words {
    ($(#[$doc:meta])* pub enum $name:ident { $($(#[$of:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$of])* $variant),+ }

        impl $name {
            /// The word that stands for it.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// What the word stands for; `None` if for nothing.
            pub fn from_key(key: &str) -> Option<Self> {
                match key { $($word => Some(Self::$variant),)+ _ => None }
            }
        }

        impl rusqlite::ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
                Ok(self.key().into())
            }
        }

        impl rusqlite::types::FromSql for $name {
            fn column_result(
                value: rusqlite::types::ValueRef<'_>,
            ) -> rusqlite::types::FromSqlResult<Self> {
                Self::from_key(value.as_str()?).ok_or(rusqlite::types::FromSqlError::InvalidType)
            }
        }
    };
}

pub(crate) use words;

/// What the word in a column stands for, by `domain`.
pub(crate) fn word<T>(
    row: &Row<'_>,
    column: &str,
    from_key: fn(&str) -> Option<T>,
) -> rusqlite::Result<T> {
    let key: String = row.get(column)?;
    from_key(&key).ok_or_else(|| unknown(row, column))
}

/// The same of a column that may be empty.
pub(crate) fn some_word<T>(
    row: &Row<'_>,
    column: &str,
    from_key: fn(&str) -> Option<T>,
) -> rusqlite::Result<Option<T>> {
    let key: Option<String> = row.get(column)?;
    key.map(|key| from_key(&key).ok_or_else(|| unknown(row, column))).transpose()
}

fn unknown(row: &Row<'_>, column: &str) -> rusqlite::Error {
    let index = row.as_ref().column_index(column).unwrap_or_default();
    rusqlite::Error::InvalidColumnType(index, column.to_owned(), Type::Text)
}
