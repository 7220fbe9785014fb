//! Number plates, GA 36-2018.

use super::{
    PersonalData,
    reading::{Reading, Span},
};

/// 省份简称.
const PROVINCES: &str = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";
/// Police, trailers, driving schools, Hong Kong, Macao and so on have a character in the last place.
const LAST: &str = "警挂学港澳领使试超";

pub(super) fn find(text: &Reading) -> Vec<Span> {
    (0..text.len()).filter_map(|from| plate(text, from)).collect()
}

fn plate(text: &Reading, from: usize) -> Option<Span> {
    let province = text.at(from).is_some_and(|c| PROVINCES.contains(c));
    let office = text.at(from + 1).is_some_and(|c| c.is_ascii_lowercase());
    if !province || !office {
        return None;
    }
    let number = text.run(from + 2, |c| " ·•.-・".contains(c));
    let mut end = text.run(number, |c| c.is_ascii_alphanumeric());
    if end == number + 4 && text.at(end).is_some_and(|c| LAST.contains(c)) {
        end += 1;
    }
    // Six characters: new energy. Words have no digits.
    let digits = text.slice(number, end).iter().filter(|c| c.is_ascii_digit()).count();
    let fits = number - from <= 4 && (5..=6).contains(&(end - number)) && digits >= 2;
    fits.then_some(Span { from, to: end, kind: PersonalData::Plate })
}
