//! Personal data in text.

mod address;
mod contact;
mod numbers;
mod plate;
mod reading;

use std::{cmp::Reverse, ops::Range};

use serde::{Deserialize, Serialize};

use self::reading::{Reading, Span};

named! {
    /// A kind of personal data.
    pub enum PersonalData {
        /// 手机号: 11 digits, beginning 13–19.
        Mobile = "mobile" "手机号" "mobile number";
        /// 居民身份证号: 18 characters whose check character fits, GB 11643.
        IdNumber = "id_number" "身份证号" "identity card number";
        /// 车牌号, GA 36; new-energy plates have one character more.
        Plate = "plate" "车牌号" "number plate";
        /// 银行卡号: 16–19 digits that pass Luhn's check.
        BankCard = "bank_card" "银行卡号" "bank card number";
        /// An e-mail address.
        Email = "email" "电子邮箱" "e-mail address";
        /// A number or name after 微信 or WeChat.
        Wechat = "wechat" "微信号" "WeChat name";
        /// A number after QQ.
        Qq = "qq" "QQ 号" "QQ number";
        /// A home: 栋, 单元, 室, 号楼.
        HomeAddress = "home_address" "住址" "home address";
    }
}

/// One place in a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// Bytes, on character boundaries.
    pub range: Range<usize>,
    /// What stands there.
    pub kind: PersonalData,
}

/// All personal data in `text`, from left to right, without overlaps; what overlaps counts as the longer kind.
///
/// Full-width and Chinese digits are read as digits. Better one number too many than one too few: a person
/// looks at the text before it becomes public.
///
/// ```
/// # use domain::privacy::{PersonalData, find};
/// let text = "请打 138-1234-5678 找我";
/// let found = find(text);
/// assert_eq!(&text[found[0].range.clone()], "138-1234-5678");
/// assert_eq!(found[0].kind, PersonalData::Mobile);
/// ```
pub fn find(text: &str) -> Vec<Found> {
    let reading = Reading::of(text);
    let mut spans = numbers::find(&reading);
    spans.extend(plate::find(&reading));
    spans.extend(contact::find(&reading));
    spans.extend(address::find(&reading));
    spans.sort_by_key(|span| (span.from, Reverse(span.to)));
    let mut merged: Vec<Span> = Vec::new();
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.from < last.to => {
                if span.to - span.from > last.to - last.from {
                    last.kind = span.kind;
                }
                last.to = last.to.max(span.to);
            }
            _ => merged.push(span),
        }
    }
    let found = merged.into_iter();
    found.map(|span| Found { range: reading.bytes(span.from, span.to), kind: span.kind }).collect()
}

/// The text with every occurrence of personal data replaced by `＊`, one for each character.
///
/// Masking a masked text changes nothing, and nothing is found in it.
pub fn mask(text: &str) -> String {
    let mut masked = text.to_owned();
    loop {
        let found = find(&masked);
        if found.is_empty() {
            return masked;
        }
        // What stands between two numbers may be one itself once they are gone.
        masked = covered(&masked, &found);
    }
}

fn covered(text: &str, found: &[Found]) -> String {
    let mut covered = String::with_capacity(text.len());
    let mut at = 0;
    for Found { range, .. } in found {
        covered.push_str(&text[at..range.start]);
        covered.extend(text[range.clone()].chars().map(|_| MASK));
        at = range.end;
    }
    covered.push_str(&text[at..]);
    covered
}

const MASK: char = '＊';
