//! The exchanges of days as announced, year by year.

use jiff::civil::date;

use super::{Holidays, Rest};

type Day = (i8, i8);

struct Year {
    year: i16,
    source: &'static str,
    off: &'static [(&'static str, Day, Day)],
    worked: &'static [Day],
}

/// Each year from the text of its notice. 2027 was not announced when this was written.
const YEARS: [Year; 3] = [
    Year {
        year: 2024,
        source: "国务院办公厅关于2024年部分节假日安排的通知，国办发明电〔2023〕7号，2023-10-25",
        off: &[
            ("元旦", (1, 1), (1, 1)),
            ("春节", (2, 10), (2, 17)),
            ("清明节", (4, 4), (4, 6)),
            ("劳动节", (5, 1), (5, 5)),
            ("端午节", (6, 10), (6, 10)),
            ("中秋节", (9, 15), (9, 17)),
            ("国庆节", (10, 1), (10, 7)),
        ],
        worked: &[(2, 4), (2, 18), (4, 7), (4, 28), (5, 11), (9, 14), (9, 29), (10, 12)],
    },
    Year {
        year: 2025,
        source: "国务院办公厅关于2025年部分节假日安排的通知，国办发明电〔2024〕12号，2024-11-12",
        off: &[
            ("元旦", (1, 1), (1, 1)),
            ("春节", (1, 28), (2, 4)),
            ("清明节", (4, 4), (4, 6)),
            ("劳动节", (5, 1), (5, 5)),
            ("端午节", (5, 31), (6, 2)),
            ("国庆节、中秋节", (10, 1), (10, 8)),
        ],
        worked: &[(1, 26), (2, 8), (4, 27), (9, 28), (10, 11)],
    },
    Year {
        year: 2026,
        source: "国务院办公厅关于2026年部分节假日安排的通知，2025-11-04",
        off: &[
            ("元旦", (1, 1), (1, 3)),
            ("春节", (2, 15), (2, 23)),
            ("清明节", (4, 4), (4, 6)),
            ("劳动节", (5, 1), (5, 5)),
            ("端午节", (6, 19), (6, 21)),
            ("中秋节", (9, 25), (9, 27)),
            ("国庆节", (10, 1), (10, 7)),
        ],
        worked: &[(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)],
    },
];

pub(super) fn years() -> Vec<Holidays> {
    YEARS.iter().map(holidays).collect()
}

fn holidays(known: &Year) -> Holidays {
    let day = |(month, day): Day| date(known.year, month, day);
    let rest = |(name, from, to): &(&str, Day, Day)| Rest {
        name: (*name).to_owned(),
        from: day(*from),
        to: day(*to),
    };
    Holidays {
        year: known.year,
        source: known.source.to_owned(),
        off: known.off.iter().map(rest).collect(),
        worked: known.worked.iter().copied().map(day).collect(),
    }
}
