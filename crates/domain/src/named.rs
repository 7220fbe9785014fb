//! Words that exist as a key and as a name in both languages.

/// Defines an enum whose every variant has a key (JSON, URLs, database) and a name in Chinese and
/// in English, so that none can be added without them.
macro_rules! named {
    ($(#[$meta:meta])* pub enum $name:ident {
        $($(#[$doc:meta])+ $variant:ident = $key:literal $zh:literal $en:literal;)+
    }) => {
        $(#[$meta])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord,
            serde::Serialize, serde::Deserialize,
        )]
        pub enum $name { $($(#[$doc])+ #[serde(rename = $key)] $variant,)+ }

        impl $name {
            /// Every one, in the order of this list.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The key in JSON, URLs and the database.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => $key),+ }
            }

            /// The one with that key.
            pub fn from_key(key: &str) -> Option<Self> {
                match key { $($key => Some(Self::$variant),)+ _ => None }
            }

            /// Its name as people read it.
            pub const fn name(self, lang: $crate::Lang) -> &'static str {
                match self { $(Self::$variant => lang.pick($zh, $en)),+ }
            }
        }
    };
}
