//! What a cell's text means: days, shares, words of the ledger.

use domain::{
    Lang, Text,
    rectification::{Medium, Permille, Source, State, Term},
};
use jiff::civil::Date;

use super::sheet::Cell;

/// A day as people write it: 2023-01-09, 2023/1/9, 2023.1.9, 2023年1月9日, 20230109, or a cell that is one.
pub(super) fn day(cell: &Cell) -> Result<Date, Text> {
    let refused = || {
        Text::new(
            "不是有效日期，请写成 2026-11-27，或将单元格设为日期格式。",
            "Not a day. Write it like 2026-11-27, or give the cell the format of a date.",
        )
    };
    let text = match cell {
        Cell::Day(day) => return Ok(*day),
        Cell::Text(text) | Cell::Number(text) => text,
        Cell::Error(_) => return Err(refused()),
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = if text.len() == 8 && digits(text) {
        vec![&text[..4], &text[4..6], &text[6..]]
    } else {
        let marks = ['-', '/', '.', '年', '月', '日'];
        text.split(marks).map(str::trim).filter(|part| !part.is_empty()).collect()
    };
    let [year, month, day] = parts.as_slice() else { return Err(refused()) };
    if year.len() != 4 || [*year, *month, *day].iter().any(|part| !digits(part)) {
        return Err(refused());
    }
    let number = |part: &str| part.parse::<i16>().map_err(|_not_small| refused());
    let small = |part: &str| part.parse::<i8>().map_err(|_not_small| refused());
    Date::new(number(year)?, small(month)?, small(day)?).map_err(|_no_such_day| {
        Text::new(format!("{text} 这一天不存在。"), format!("There is no day {text}."))
    })
}

/// A share: `60%`, `60`, or 0.6 as a percent cell holds it. A bare 1 could be either.
pub(super) fn share(cell: &Cell) -> Result<Permille, Text> {
    let refused = || Text::new("进度应写成 0% 至 100%。", "Progress is written as 0% to 100%.");
    let shown = cell.shown();
    let (text, in_percent) = match shown.trim().strip_suffix(['%', '％']) {
        Some(text) => (text.trim(), true),
        None => (shown.trim(), false),
    };
    let number: domain::Quantity = text.parse().map_err(|_not_a_number| refused())?;
    let millionths = number.millionths();
    if !in_percent && millionths == 1_000_000 {
        return Err(Text::new(
            "“1”可能是 1% 或 100%，请写明百分号。",
            "\"1\" may be 1% or 100%: write the percent sign.",
        ));
    }
    let is_fraction = !in_percent && (1..1_000_000).contains(&millionths);
    let permille = if is_fraction { millionths / 1_000 } else { millionths / 100_000 };
    match Permille::try_from(permille) {
        Ok(share @ 0..=1_000) if millionths >= 0 => Ok(share),
        _ => Err(refused()),
    }
}

/// A word of the ledger by key or by name, or by what lists also call it.
macro_rules! word {
    ($name:ident, $type:ty, [$($alias:literal => $value:expr),* $(,)?]) => {
        pub(super) fn $name(cell: &Cell) -> Result<$type, Text> {
            let shown = cell.shown();
            let text = shown.trim();
            let lower = text.to_lowercase();
            let named = <$type>::ALL.iter().copied().find(|word| {
                lower == word.key() || Lang::ALL.iter().any(|lang| lower == word.name(*lang))
            });
            let also = match text { $($alias => Some($value),)* _ => None };
            named.or(also).ok_or_else(|| one_of(<$type>::ALL.iter().map(|word| {
                Text::new(word.name(Lang::Zh), word.name(Lang::En))
            })))
        }
    };
}

word!(source, Source, [
    "中央督察" => Source::Central,
    "中央环保督察" => Source::Central,
    "中央生态环保督察" => Source::Central,
    "市级督察" => Source::Municipal,
    "市级环保督察" => Source::Municipal,
    "长江警示片" => Source::YangtzeFilm,
    "长江经济带警示片" => Source::YangtzeFilm,
    "自查" => Source::SelfFound,
    "自查发现" => Source::SelfFound,
    "群众有奖举报" => Source::PublicReport,
    "有奖举报" => Source::PublicReport,
    "信访举报" => Source::PublicReport,
]);
word!(medium, Medium, [
    "气" => Medium::Air,
    "水环境" => Medium::Water,
    "大气环境" => Medium::Air,
    "噪音" => Medium::Noise,
    "固体废物" => Medium::Waste,
    "固体废弃物" => Medium::Waste,
    "生态破坏" => Medium::Ecology,
]);
word!(term, Term, ["立行立改类" => Term::Immediate, "限期" => Term::Dated, "长期" => Term::LongTerm]);
word!(state, State, [
    "未交办" => State::Open,
    "正按序时推进" => State::OnTrack,
    "整改中" => State::OnTrack,
    "已完成整改" => State::Done,
    "已完成" => State::Done,
    "已办结" => State::Done,
    "销号" => State::Closed,
]);

fn one_of(names: impl Iterator<Item = Text>) -> Text {
    let (zh, en): (Vec<_>, Vec<_>) = names.map(|name| (name.zh, name.en)).unzip();
    Text::new(
        format!("应为其中之一：{}。", zh.join("、")),
        format!("It is one of: {}.", en.join(", ")),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }

    #[test]
    fn a_day_is_read_in_every_way_lists_write_it() {
        let expected = jiff::civil::date(2023, 1, 9);
        for written in ["2023-01-09", "2023/1/9", "2023.1.9", "2023年1月9日", "20230109"] {
            assert_eq!(day(&text(written)), Ok(expected), "{written}");
        }
        assert_eq!(day(&Cell::Day(expected)), Ok(expected));
        for wrong in ["2023-02-29", "9/1/2023", "44935", "去年", "2023-1", "2023-13-01", "２０２３"]
        {
            assert!(day(&text(wrong)).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_share_is_percent_or_fraction_and_a_bare_one_is_neither() {
        for (written, permille) in [
            ("60%", 600),
            ("60", 600),
            ("0.6", 600),
            ("0", 0),
            ("100", 1_000),
            ("1%", 10),
            ("12.5％", 125),
        ] {
            assert_eq!(share(&text(written)), Ok(permille), "{written}");
        }
        for wrong in ["1", "101%", "-5", "一半", "1.5.2"] {
            assert!(share(&text(wrong)).is_err(), "{wrong}");
        }
    }

    #[test]
    fn words_are_known_by_key_name_and_what_lists_call_them() {
        assert_eq!(source(&text("central")), Ok(Source::Central));
        assert_eq!(source(&text("中央生态环境保护督察")), Ok(Source::Central));
        assert_eq!(source(&text("中央督察")), Ok(Source::Central));
        assert_eq!(medium(&text("大气")), Ok(Medium::Air));
        assert!(source(&text("省级督察")).unwrap_err().zh.contains("自查自纠"));
    }
}
