//! Why a value may be doubted, or is missing.

use serde::{Deserialize, Serialize};

use crate::Lang;

macro_rules! device_flags {
    ($($(#[doc = $doc:literal])+ $name:ident = $code:literal $key:literal $zh:literal $en:literal;)+) => {
        /// What the instrument said of the value: the data marks of HJ 212-2017 table 8, and
        /// the reasons other sources give for a gap.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum DeviceFlag { $($(#[doc = $doc])+ #[serde(rename = $key)] $name,)+ }

        impl DeviceFlag {
            /// Every flag, in the order of the database codes.
            pub const ALL: &[Self] = &[$(Self::$name),+];
            /// The small integer in the database.
            pub const fn code(self) -> u8 { match self { $(Self::$name => $code),+ } }
            /// The key in JSON.
            pub const fn key(self) -> &'static str { match self { $(Self::$name => $key),+ } }
            /// The word shown beside the value, or in its place.
            pub const fn name(self, lang: Lang) -> &'static str {
                match self { $(Self::$name => lang.pick($zh, $en)),+ }
            }
        }
    };
}

device_flags! {
    /// N: the instrument works normally.
    Normal = 0 "normal" "正常" "normal";
    /// The source states no flag.
    NotStated = 1 "not_stated" "未附标记" "flag not sent";
    /// F: the instrument is stopped.
    Stopped = 2 "stopped" "停运" "stopped";
    /// M: during maintenance.
    Maintenance = 3 "maintenance" "维护" "maintenance";
    /// S: entered by hand, not audited.
    Manual = 4 "manual" "手工录入" "entered by hand";
    /// D: instrument fault.
    Fault = 5 "fault" "故障" "instrument fault";
    /// C: calibration.
    Calibration = 6 "calibration" "校准" "calibration";
    /// T: above the measuring range.
    OverRange = 7 "over_range" "超量程" "above range";
    /// B: no communication between instrument and logger.
    NoCommunication = 8 "no_communication" "通讯中断" "no communication";
    /// A mark no edition knows; the raw text is in the frame.
    Unknown = 9 "unknown" "标记不明" "unknown mark";
    /// 极值过滤: removed as an outlier by the publisher.
    Filtered = 10 "filtered" "极值过滤" "removed as outlier";
    /// Published earlier and taken back since.
    Withdrawn = 11 "withdrawn" "已撤回" "withdrawn";
    /// The source gave no value and no reason.
    Missing = 12 "missing" "无数据" "no value";
}

impl DeviceFlag {
    /// The flag with that database code.
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.iter().copied().find(|flag| flag.code() == code)
    }

    /// True when a value so marked may be shown as one; else it is a gap, and the flag its reason.
    ///
    /// A value whose instrument states nothing is shown with the words "flag not sent".
    pub const fn may_be_shown(self) -> bool {
        matches!(self, Self::Normal | Self::NotStated)
    }

    /// True when a value so marked may enter means and indices: HJ 212-2017 table 8 lets only N in.
    ///
    /// A publisher that has audited its values (a national feed, a file) is read as N.
    pub const fn enters_means(self) -> bool {
        matches!(self, Self::Normal)
    }
}

macro_rules! qc_flags {
    ($($(#[doc = $doc:literal])+ $name:ident = $bit:literal $key:literal $zh:literal $en:literal;)+) => {
        impl QcFlags {
            $($(#[doc = $doc])+ pub const $name: Self = Self(1 << $bit);)+
            /// Every mark with its key and its words in Chinese and English.
            pub const ALL: &[(Self, &'static str, &'static str, &'static str)] =
                &[$((Self::$name, $key, $zh, $en)),+];
        }
    };
}

/// Doubts raised by our own checks on arrival. Doubtful data is marked, never dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct QcFlags(u16);

qc_flags! {
    /// Outside the physically plausible range of its item.
    RANGE = 0 "range" "超出合理范围" "outside plausible range";
    /// Unchanged for six hours or more.
    STUCK = 1 "stuck" "长时间不变" "unchanged for hours";
    /// Far from both neighbours.
    SPIKE = 2 "spike" "突变" "spike";
    /// The device's clock is wrong: the period lies in the future, or long ago in live data.
    CLOCK = 3 "clock" "时钟异常" "clock error";
    /// Sent again with the same value.
    DUPLICATE = 4 "duplicate" "重复上报" "sent again";
    /// A later value replaced an earlier one.
    REVISED = 5 "revised" "已修订" "revised";
    /// Contradicts another item of the same station and period (PM2.5 above PM10).
    INCONSISTENT = 6 "inconsistent" "互相矛盾" "contradicts another item";
    /// Converted from another quantity, e.g. ppm from mg/m³.
    CONVERTED = 7 "converted" "经换算" "converted";
}

impl QcFlags {
    /// No doubt raised.
    pub const NONE: Self = Self(0);

    /// From the integer in the database.
    pub const fn from_bits(bits: u16) -> Self {
        Self(bits)
    }

    /// The integer in the database.
    pub const fn bits(self) -> u16 {
        self.0
    }

    /// Both sets of marks together.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// True when every mark of `other` is set.
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// True when nothing was found.
    pub const fn is_none(self) -> bool {
        self.0 == 0
    }

    /// True when the value must not enter means and indices: it cannot be physical, or not of
    /// the time it claims. Other doubts are shown but counted.
    pub const fn excludes(self) -> bool {
        self.contains(Self::RANGE) || self.contains(Self::CLOCK)
    }

    /// The keys of the marks that are set.
    pub fn keys(self) -> impl Iterator<Item = &'static str> {
        Self::ALL.iter().filter(move |(flag, ..)| self.contains(*flag)).map(|(_, key, ..)| *key)
    }

    /// The words of the marks that are set.
    pub fn names(self, lang: Lang) -> impl Iterator<Item = &'static str> {
        Self::ALL
            .iter()
            .filter(move |(flag, ..)| self.contains(*flag))
            .map(move |(_, _, zh, en)| lang.pick(zh, en))
    }
}

impl Serialize for QcFlags {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.keys())
    }
}

impl<'de> Deserialize<'de> for QcFlags {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let keys = Vec::<String>::deserialize(deserializer)?;
        Ok(keys.iter().fold(Self::NONE, |flags, key| {
            Self::ALL
                .iter()
                .find(|(_, known, ..)| known == key)
                .map_or(flags, |(f, ..)| flags.with(*f))
        }))
    }
}
