//! One row: every cell looked at, every fault named.

use domain::{
    Text,
    rectification::{ItemNumber, Medium, Permille, Refusal, Source, State, Term},
};
use jiff::civil::Date;

use super::{
    Fault, Good, Known,
    columns::{Column, Columns},
    events,
    sheet::{Cell, Line, Sheet},
    values,
};

/// A row as far as it could be read.
#[derive(Debug)]
pub(super) struct Draft<'a> {
    row: u32,
    line: Line<'a>,
    columns: &'a Columns,
    faults: Vec<Fault>,
    pub(super) number: Option<ItemNumber>,
    pub(super) source: Option<Source>,
    pub(super) batch: String,
    pub(super) medium: Option<Medium>,
    pub(super) title: String,
    pub(super) text: String,
    pub(super) unit: Option<String>,
    pub(super) lead: Option<String>,
    pub(super) term: Option<Term>,
    pub(super) due: Option<Date>,
    pub(super) found: Option<Date>,
    pub(super) assigned: Option<Date>,
    pub(super) goal: String,
    pub(super) measures: String,
    pub(super) progress: Option<Permille>,
    pub(super) state: Option<State>,
    pub(super) finished: Option<Date>,
    pub(super) document: String,
    pub(super) result: String,
}

impl<'a> Draft<'a> {
    pub(super) fn read(
        line: &Line<'a>,
        columns: &'a Columns,
        sheet: &Sheet,
        known: &Known,
    ) -> Self {
        let mut draft = Self::empty(line.clone(), columns);
        draft.refuse_merged(sheet);
        draft.number = draft.needed(Column::Number, number);
        draft.source = draft.needed(Column::Source, values::source);
        draft.medium = draft.needed(Column::Medium, values::medium);
        draft.title = draft.needed(Column::Title, plain).unwrap_or_default();
        draft.found = draft.needed(Column::Found, values::day);
        draft.batch = draft.some(Column::Batch, plain).unwrap_or_default();
        draft.text = draft.some(Column::Text, plain).unwrap_or_else(|| draft.title.clone());
        draft.unit = draft.some(Column::Unit, |cell| unit(cell, known));
        draft.lead = draft.some(Column::Lead, plain);
        draft.term = draft.some(Column::Term, values::term);
        draft.due = draft.some(Column::Due, values::day);
        draft.assigned = draft.some(Column::Assigned, values::day);
        draft.goal = draft.some(Column::Goal, plain).unwrap_or_default();
        draft.measures = draft.some(Column::Measures, plain).unwrap_or_default();
        draft.progress = draft.some(Column::Progress, values::share);
        draft.state = draft.some(Column::State, values::state);
        draft.finished = draft.some(Column::Finished, values::day);
        draft.document = draft.some(Column::Document, plain).unwrap_or_default();
        draft.result = draft.some(Column::Result, plain).unwrap_or_default();
        if let Some(number) = &draft.number
            && known.numbers.contains(number.as_str())
        {
            draft.fault(
                Column::Number,
                Text::new(
                    "台账中已有此编号；已登记的问题请在台账中更新。",
                    "The ledger has this number already: change the issue there.",
                ),
            );
        }
        draft
    }

    fn empty(line: Line<'a>, columns: &'a Columns) -> Self {
        Self {
            row: line.row,
            line,
            columns,
            faults: Vec::new(),
            number: None,
            source: None,
            batch: String::new(),
            medium: None,
            title: String::new(),
            text: String::new(),
            unit: None,
            lead: None,
            term: None,
            due: None,
            found: None,
            assigned: None,
            goal: String::new(),
            measures: String::new(),
            progress: None,
            state: None,
            finished: None,
            document: String::new(),
            result: String::new(),
        }
    }

    fn refuse_merged(&mut self, sheet: &Sheet) {
        let columns = self.columns;
        for column in columns.present() {
            let covered = columns.place(column).and_then(|at| sheet.merged_over(self.row, at));
            if let Some(value) = covered {
                self.faults.push(Fault {
                    row: self.row,
                    column: columns.heading(column),
                    value,
                    reason: Text::new(
                        "合并单元格：本行没有自己的内容，请取消合并并逐行填写。",
                        "Merged cells: this row has no value of its own. Unmerge them and fill in every row.",
                    ),
                });
            }
        }
    }

    /// What stands in the column, read; a fault where it cannot be.
    fn some<T>(
        &mut self,
        column: Column,
        read: impl FnOnce(&Cell) -> Result<T, Text>,
    ) -> Option<T> {
        let read = match self.columns.cell(&self.line, column)? {
            Cell::Error(_) => Err(Text::new(
                "公式出错，请改为数值后再导入。",
                "The formula failed. Replace it by its value.",
            )),
            cell => read(cell),
        };
        match read {
            Ok(value) => Some(value),
            Err(reason) => {
                self.fault(column, reason);
                None
            }
        }
    }

    fn needed<T>(
        &mut self,
        column: Column,
        read: impl FnOnce(&Cell) -> Result<T, Text>,
    ) -> Option<T> {
        if self.columns.cell(&self.line, column).is_none() && !self.is_faulty(column) {
            self.fault(column, Text::new("此项必填。", "This is needed."));
        }
        self.some(column, read)
    }

    fn is_faulty(&self, column: Column) -> bool {
        let heading = self.columns.heading(column);
        self.faults.iter().any(|fault| fault.column == heading)
    }

    pub(super) fn fault(&mut self, column: Column, reason: Text) {
        let value = self.columns.cell(&self.line, column).map(Cell::shown).unwrap_or_default();
        // A cell that holds a whole page need not be repeated whole.
        let value = value.chars().take(80).collect();
        let column = self.columns.heading(column);
        self.faults.push(Fault { row: self.row, column, value, reason });
    }

    /// The same number stood in an earlier row.
    pub(super) fn twice(&mut self, first: u32) {
        self.fault(
            Column::Number,
            Text::new(
                format!("与第 {first} 行编号重复。"),
                format!("Row {first} has the same number."),
            ),
        );
    }

    /// The events that the row amounts to, or everything that is wrong with it.
    pub(super) fn finish(mut self, known: &Known) -> Result<Good, Vec<Fault>> {
        if self.faults.is_empty()
            && let Some(good) = events::of(&mut self, known)
            && self.faults.is_empty()
        {
            return Ok(good);
        }
        Err(self.faults)
    }

    /// A rule of the ledger that the row breaks, at the column it is about.
    pub(super) fn refused(&mut self, refusal: Refusal) {
        let column = Columns::of_field(refusal.field().unwrap_or("state"));
        self.fault(column, refusal.text());
    }

    pub(super) const fn row(&self) -> u32 {
        self.row
    }
}

fn plain(cell: &Cell) -> Result<String, Text> {
    Ok(cell.shown())
}

fn number(cell: &Cell) -> Result<ItemNumber, Text> {
    ItemNumber::parse(&cell.shown()).map_err(|_other_characters| {
        Text::new(
            "编号由 1 至 40 个字母、数字和中间的 . _ - 组成，如 D2CQ-0017。",
            "A number is 1 to 40 letters and digits, with . _ - inside, such as D2CQ-0017.",
        )
    })
}

/// A unit by key or name; an unknown one with the nearest known name.
fn unit(cell: &Cell, known: &Known) -> Result<String, Text> {
    let shown = cell.shown();
    let named = known
        .units
        .iter()
        .find(|(key, name)| **key == shown || name.zh == shown || name.en == shown);
    if let Some((key, _)) = named {
        return Ok(key.clone());
    }
    let near = known
        .units
        .values()
        .map(|name| (strsim::jaro_winkler(&name.zh, &shown), name))
        .filter(|(likeness, _)| *likeness > 0.6)
        .max_by(|a, b| a.0.total_cmp(&b.0));
    Err(near.map_or_else(
        || {
            Text::new(
                "没有这个责任单位，请按单位名录填写。",
                "There is no such unit. Use a name of the directory.",
            )
        },
        |(_, near)| {
            Text::new(
                format!("没有这个责任单位，是否为“{}”？", near.zh),
                format!("There is no such unit. Is it {}?", near.en),
            )
        },
    ))
}
