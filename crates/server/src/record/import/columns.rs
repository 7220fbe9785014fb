//! Which column holds what, by its heading in either language.

use std::collections::BTreeMap;

use super::sheet::{Cell, Line, Sheet, SheetError};

macro_rules! columns {
    ($($name:ident $needed:literal $zh:literal $en:literal [$($alias:literal),*];)+) => {
        /// A column of the list.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub(super) enum Column { $($name),+ }

        impl Column {
            const ALL: &[Self] = &[$(Self::$name),+];

            /// The heading that is asked for.
            pub(super) const fn heading(self) -> &'static str {
                match self { $(Self::$name => $zh),+ }
            }

            /// The field's name in the ledger.
            pub(super) const fn field(self) -> &'static str {
                match self { $(Self::$name => $en),+ }
            }

            const fn is_needed(self) -> bool {
                match self { $(Self::$name => $needed),+ }
            }

            fn of(heading: &str) -> Option<Self> {
                let plain: String =
                    heading.chars().filter(|c| !c.is_whitespace() && *c != '*').collect();
                let plain = plain.to_ascii_lowercase();
                match plain.as_str() {
                    $($zh | $en $(| $alias)* => Some(Self::$name),)+
                    _ => None,
                }
            }
        }
    };
}

columns! {
    Number true "问题编号" "number" ["编号", "序号编号"];
    Source true "来源" "source" ["问题来源"];
    Batch false "批次" "batch" ["轮次", "轮次批次", "轮次/批次"];
    Medium true "类型" "medium" ["问题类型", "要素"];
    Title true "问题" "title" ["问题名称", "问题概述"];
    Text false "问题描述" "text" ["描述", "整改任务概述", "具体问题"];
    Unit false "责任单位" "unit" ["整改责任单位"];
    Lead false "牵头督办单位" "lead" ["督办单位", "牵头单位"];
    Term false "时限类型" "term" [];
    Due false "整改时限" "due" ["完成时限", "时限"];
    Found true "发现日期" "found" ["发现时间", "交办批次日期"];
    Assigned false "交办日期" "assigned" ["交办时间"];
    Goal false "整改目标" "goal" [];
    Measures false "整改措施" "measures" [];
    Progress false "进度" "progress" ["整改进度", "完成进度"];
    State false "状态" "state" ["整改状态", "整改情况"];
    Finished false "完成日期" "finished" ["销号日期", "验收日期", "销号时间", "完成时间"];
    Document false "文号" "document" ["销号文号"];
    Result false "整改成效" "result" ["整改结果", "成效"];
}

/// Rows among which the headings are looked for.
const HEADER_WITHIN: u32 = 10;

/// Where the columns are.
#[derive(Debug)]
pub(super) struct Columns {
    /// The row of the headings, from 1.
    pub(super) header: u32,
    places: BTreeMap<Column, (u32, String)>,
    /// Headings that nothing reads.
    pub(super) ignored: Vec<String>,
}

impl Columns {
    /// Looks for the headings; titles above them are passed over.
    ///
    /// # Errors
    ///
    /// Without headings, without those that are needed, and with one of them twice.
    pub(super) fn of(sheet: &Sheet) -> Result<Self, SheetError> {
        let near = sheet.all().take_while(|line| line.row <= HEADER_WITHIN);
        let header = near
            .filter(|line| known(sheet, line).count() >= 2)
            .find(|line| known(sheet, line).any(|(column, _)| column == Column::Number))
            .ok_or(SheetError::NoHeader)?;
        let mut found = Self { header: header.row, places: BTreeMap::new(), ignored: Vec::new() };
        for (place, cell) in sheet.cells(&header) {
            let heading = cell.shown();
            match Column::of(&heading) {
                None => found.ignored.push(heading),
                Some(column) => {
                    if found.places.insert(column, (place, heading.clone())).is_some() {
                        return Err(SheetError::ColumnTwice(heading));
                    }
                }
            }
        }
        let missing: Vec<&str> = Column::ALL
            .iter()
            .filter(|column| column.is_needed() && !found.places.contains_key(column))
            .map(|column| column.heading())
            .collect();
        if missing.is_empty() {
            Ok(found)
        } else {
            Err(SheetError::MissingColumns(missing.join(", ")))
        }
    }

    /// What stands in that column of a row.
    pub(super) fn cell<'a>(&self, line: &'a Line<'_>, column: Column) -> Option<&'a Cell> {
        line.cell(self.places.get(&column)?.0)
    }

    /// The column's place, from 0.
    pub(super) fn place(&self, column: Column) -> Option<u32> {
        self.places.get(&column).map(|(place, _)| *place)
    }

    /// The heading as it stands in the list, or as it would be.
    pub(super) fn heading(&self, column: Column) -> String {
        self.places.get(&column).map_or_else(|| column.heading().to_owned(), |(_, h)| h.clone())
    }

    /// The columns that are there, in the order of the table above.
    pub(super) fn present(&self) -> impl Iterator<Item = Column> {
        self.places.keys().copied()
    }

    /// The column of a field of the ledger.
    pub(super) fn of_field(field: &str) -> Column {
        let field = match field {
            "reason" | "record" | "evidence" => "result",
            "permille" => "progress",
            "on" => "finished",
            other => other,
        };
        Column::ALL.iter().copied().find(|column| column.field() == field).unwrap_or(Column::Number)
    }
}

fn known(sheet: &Sheet, line: &Line<'_>) -> impl Iterator<Item = (Column, u32)> {
    let cells: Vec<(u32, Cell)> = sheet.cells(line).map(|(at, cell)| (at, cell.clone())).collect();
    cells.into_iter().filter_map(|(place, cell)| Some((Column::of(&cell.shown())?, place)))
}
