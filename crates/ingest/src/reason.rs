//! Why something that arrived did not become a reading: one list for every source.

use domain::{Lang, Text};

macro_rules! reasons {
    ($($(#[doc = $doc:literal])+ $name:ident $key:literal $zh:literal $en:literal;)+) => {
        /// Why a frame, row or cell was refused. [`Reason::key`] is stable: it is what
        /// `api/v1/feeds` and the metrics count by.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Reason { $($(#[doc = $doc])+ $name,)+ }

        impl Reason {
            /// Every reason.
            pub const ALL: &[Self] = &[$(Self::$name),+];
            /// The stable key in JSON and metrics.
            pub const fn key(self) -> &'static str { match self { $(Self::$name => $key),+ } }
            /// In a few words for a person.
            pub const fn name(self, lang: Lang) -> &'static str {
                match self { $(Self::$name => lang.pick($zh, $en)),+ }
            }
        }
    };
}

reasons! {
    /// The frame's checksum does not match its data.
    Crc "crc" "校验码错误" "wrong checksum";
    /// The frame carries a CRC-16/MODBUS: the logger's maker took the wrong algorithm.
    ModbusCrc "crc_modbus" "校验码算法错误（MODBUS）" "checksum by the wrong algorithm (MODBUS)";
    /// The frame's length field does not match.
    Length "length" "数据段长度错误" "wrong length field";
    /// Not a frame, row or reply of the agreed form.
    Malformed "malformed" "格式错误" "malformed";
    /// Bytes between frames that belong to none.
    Garbage "garbage" "无法识别的字节" "bytes that are no frame";
    /// The data is encrypted and no key is configured, or the key is wrong.
    Encrypted "encrypted" "无法解密" "cannot be decrypted";
    /// The device is not on the list.
    UnknownDevice "unknown_mn" "未登记的设备" "device not registered";
    /// The device's password is wrong.
    WrongPassword "wrong_password" "设备密码错误" "wrong device password";
    /// No unit is configured for the factor: µg, mg and ng look alike on the wire.
    NoUnit "no_unit" "因子未配置单位" "no unit configured for the factor";
    /// The factor is none the portal knows.
    UnknownFactor "unknown_factor" "未知因子" "unknown factor";
    /// The command is none that carries data.
    UnknownCommand "unknown_command" "未知命令" "unknown command";
    /// The station's code is not known here.
    UnknownStation "unknown_station" "未知站点" "unknown station";
    /// The item's key is not known.
    UnknownItem "unknown_item" "未知指标" "unknown item";
    /// The averaging is not known, or not one a source may send.
    UnknownAveraging "unknown_averaging" "未知平均时段" "unknown averaging";
    /// The flag's key is not known.
    UnknownFlag "unknown_flag" "未知标记" "unknown flag";
    /// The unit is not the item's own, nor one it converts from.
    WrongUnit "wrong_unit" "单位不符" "wrong unit";
    /// Not a decimal number: text, NaN, infinity.
    NotANumber "not_a_number" "不是数字" "not a number";
    /// Below zero, where no amount can be.
    Negative "negative" "负值" "negative";
    /// More than ten minutes ahead of our clock.
    Future "future" "时间超前" "in the future";
    /// Before the oldest time accepted.
    TooOld "too_old" "时间过早" "too old";
    /// Not a time, or not the beginning of the period it claims.
    BadTime "bad_time" "时间错误" "not a valid time";
    /// Neither a value nor a reason for its absence.
    NoValue "no_value" "既无数值也无说明" "neither value nor reason";
    /// The source gives no time: a stopped station.
    NoTime "no_time" "无监测时间" "no time given";
    /// The publisher withholds the row.
    NotPublished "not_published" "未发布" "not published";
    /// The source's answer is not what was agreed: an error page, other columns.
    BadReply "bad_reply" "来源返回内容异常" "the source's answer cannot be used";
    /// A connection above a limit.
    TooManyConnections "too_many_connections" "连接数超限" "too many connections";
    /// The store refused it.
    NotStored "not_stored" "未能入库" "could not be stored";
}

impl Reason {
    /// The words in both languages.
    pub fn text(self) -> Text {
        Text::new(self.name(Lang::Zh), self.name(Lang::En))
    }
}
