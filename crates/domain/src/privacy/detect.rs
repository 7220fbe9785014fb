//! Personal data in text.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::Lang;

/// A kind of personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonalData {
    /// 手机号: 11 digits, beginning 13–19.
    Mobile,
    /// 居民身份证号: 18 characters whose check character fits, GB 11643.
    IdNumber,
    /// 车牌号, GA 36; new-energy plates have one character more.
    Plate,
    /// 银行卡号: 16–19 digits that pass Luhn's check.
    BankCard,
    /// An e-mail address.
    Email,
    /// A number or name after 微信 or WeChat.
    Wechat,
    /// A number after QQ.
    Qq,
    /// A home: 栋, 单元, 室, 号楼.
    HomeAddress,
}

/// One place in a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// Bytes, on character boundaries.
    pub range: Range<usize>,
    /// What stands there.
    pub kind: PersonalData,
}

impl PersonalData {
    /// What it is called.
    pub const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Mobile => lang.pick("手机号", "mobile number"),
            Self::IdNumber => lang.pick("身份证号", "identity card number"),
            Self::Plate => lang.pick("车牌号", "number plate"),
            Self::BankCard => lang.pick("银行卡号", "bank card number"),
            Self::Email => lang.pick("电子邮箱", "e-mail address"),
            Self::Wechat => lang.pick("微信号", "WeChat name"),
            Self::Qq => lang.pick("QQ 号", "QQ number"),
            Self::HomeAddress => lang.pick("住址", "home address"),
        }
    }
}

/// All personal data in `text`, from left to right, without overlaps.
pub fn find(text: &str) -> Vec<Found> {
    let _ = text;
    todo!()
}

/// The text with every occurrence of personal data replaced by `＊`, one for each character.
///
/// Masking a masked text changes nothing.
pub fn mask(text: &str) -> String {
    let _ = text;
    todo!()
}
