//! A file as rows of cells, read within limits: what a spreadsheet says of its own size is never believed.

use std::{
    collections::{BTreeMap, HashMap},
    io::{Cursor, Read},
    panic::{AssertUnwindSafe, catch_unwind},
};

use calamine::{Data, DataRef, Dimensions, Reader, Xlsx, XlsxError};
use domain::Text;
use jiff::civil::Date;

/// Bytes of a file.
pub const MOST_BYTES: usize = 20 * 1_024 * 1_024;
/// Bytes that a spreadsheet may unpack to.
const MOST_UNPACKED: u64 = 200 * 1_024 * 1_024;
/// Parts of a spreadsheet's archive.
const MOST_PARTS: usize = 2_000;
/// Rows with something in them.
const MOST_ROWS: usize = 100_000;
/// Columns that are looked at.
const MOST_COLUMNS: u32 = 64;
/// Characters of one cell.
const MOST_CHARACTERS: usize = 32_767;
/// Bytes of all texts that are kept: a spreadsheet may name one long text in every cell.
const MOST_TEXT: usize = 64 * 1_024 * 1_024;
/// Cells that merged cells may cover, of those that are looked at.
const MOST_COVERED: usize = 1_000_000;

/// Why a file is no list of issues.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SheetError {
    /// More bytes than are taken.
    #[error("the file has more than {} MB; split it", MOST_BYTES / 1_024 / 1_024)]
    TooLarge,
    /// It unpacks to more than is taken.
    #[error("the spreadsheet unpacks to more than {} MB; save the list alone", MOST_UNPACKED / 1_024 / 1_024)]
    Unpacks,
    /// Neither CSV nor XLSX by its name.
    #[error("\"{0}\" is neither .csv nor .xlsx; save the list as one of these")]
    UnknownKind(String),
    /// It cannot be read as what it says it is.
    #[error("the file cannot be read: {0}")]
    Unreadable(String),
    /// More rows than are taken.
    #[error("the list has more than {MOST_ROWS} rows; split it")]
    TooManyRows,
    /// No row holds the headings.
    #[error(
        "no row of the first ten holds the headings; the first column needed is 问题编号 (number)"
    )]
    NoHeader,
    /// A heading that must be there is not.
    #[error("the columns {0} are missing")]
    MissingColumns(String),
    /// A heading stands twice.
    #[error("the column {0} stands twice")]
    ColumnTwice(String),
    /// Merged cells over merged cells.
    #[error("merged cells cover more than {MOST_COVERED} cells; unmerge them")]
    TooMuchMerged,
}

impl SheetError {
    /// For the officer who sent the list.
    pub fn text(&self) -> Text {
        let mib = |bytes: usize| bytes / 1_024 / 1_024;
        let zh = match self {
            Self::TooLarge => format!("文件超过 {} MB，请拆分后再传。", mib(MOST_BYTES)),
            Self::Unpacks => "文件解开后过大，请只保存清单这一张表再传。".to_owned(),
            Self::UnknownKind(name) => {
                format!("“{name}”不是 .csv 或 .xlsx 文件，请另存为其中一种。")
            }
            Self::Unreadable(_) => "文件无法读取，可能已损坏；请重新保存后再传。".to_owned(),
            Self::TooManyRows => format!("清单超过 {MOST_ROWS} 行，请拆分后再传。"),
            Self::NoHeader => "前十行中没有表头；至少须有“问题编号”一列。".to_owned(),
            Self::MissingColumns(columns) => format!("缺少这些列：{columns}。"),
            Self::ColumnTwice(column) => format!("“{column}”一列出现两次，请删去一列。"),
            Self::TooMuchMerged => {
                format!("合并单元格覆盖超过 {MOST_COVERED} 格，请取消合并。")
            }
        };
        let mut en = self.to_string();
        en.push('.');
        if let Some(first) = en.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        Text::new(zh, en)
    }
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    /// A text, trimmed and not empty.
    Text(String),
    /// A number, as text with the shortest digits.
    Number(String),
    /// A day that the spreadsheet knows to be one.
    Day(Date),
    /// A formula's error, `#REF!`.
    Error(String),
}

impl Cell {
    /// As a person reads it.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::Text(text) | Self::Number(text) | Self::Error(text) => text.clone(),
            Self::Day(day) => day.to_string(),
        }
    }
}

/// One row with something in it.
#[derive(Debug, Clone)]
pub(super) struct Line<'a> {
    /// As the spreadsheet numbers it, from 1.
    pub(super) row: u32,
    cells: &'a BTreeMap<u32, Cell>,
}

impl Line<'_> {
    /// What stands in that column, counted from 0.
    pub(super) fn cell(&self, column: u32) -> Option<&Cell> {
        self.cells.get(&column)
    }
}

/// A list as rows of cells.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// By row and column, from 0; empty cells are absent.
    rows: BTreeMap<u32, BTreeMap<u32, Cell>>,
    /// Places that merged cells cover, each with the first place of its region.
    covered: HashMap<(u32, u32), (u32, u32)>,
    /// Bytes of the texts in `rows`.
    texts: usize,
}

impl Sheet {
    pub(super) fn read(bytes: &[u8], name: &str) -> Result<Self, SheetError> {
        if bytes.len() > MOST_BYTES {
            return Err(SheetError::TooLarge);
        }
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        match ending.as_deref() {
            Some("csv") => Self::csv(bytes),
            // The reader is other people's code in front of other people's bytes.
            Some("xlsx") => catch_unwind(AssertUnwindSafe(|| Self::xlsx(bytes)))
                .unwrap_or_else(|_| Err(SheetError::Unreadable("it is damaged".to_owned()))),
            _ => Err(SheetError::UnknownKind(name.to_owned())),
        }
    }

    fn csv(bytes: &[u8]) -> Result<Self, SheetError> {
        let text = decoded(bytes);
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let mut sheet = Self::default();
        for (row, record) in (0..).zip(reader.records()) {
            let record = record.map_err(|error| SheetError::Unreadable(error.to_string()))?;
            for (column, value) in (0..MOST_COLUMNS).zip(record.iter()) {
                sheet.put(row, column, text_cell(value))?;
            }
        }
        Ok(sheet)
    }

    fn xlsx(bytes: &[u8]) -> Result<Self, SheetError> {
        unpacks_within(bytes, MOST_UNPACKED)?;
        let said = |error: XlsxError| SheetError::Unreadable(error.to_string());
        let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(said)?;
        let Some(name) = workbook.sheet_names().into_iter().next() else {
            return Err(SheetError::Unreadable("it has no sheet".to_owned()));
        };
        let merged = workbook.merge_cells_by_sheet_name(&name).map_err(said)?;
        let mut sheet = Self::default();
        let mut cells = workbook.worksheet_cells_reader(&name).map_err(said)?;
        while let Some(cell) = cells.next_cell().map_err(said)? {
            let (row, column) = cell.get_position();
            if column < MOST_COLUMNS {
                sheet.put(row, column, value(cell.get_value()))?;
            }
        }
        sheet.cover(&merged)?;
        Ok(sheet)
    }

    /// Notes what merged cells cover, of rows with something in them.
    fn cover(&mut self, merged: &[Dimensions]) -> Result<(), SheetError> {
        for region in merged {
            let ((top, left), (bottom, right)) = (region.start, region.end);
            if top > bottom || left > right {
                continue;
            }
            for (row, _) in self.rows.range(top..=bottom) {
                for column in left..=right.min(MOST_COLUMNS - 1) {
                    self.covered.insert((*row, column), region.start);
                }
                if self.covered.len() > MOST_COVERED {
                    return Err(SheetError::TooMuchMerged);
                }
            }
        }
        Ok(())
    }

    fn put(&mut self, row: u32, column: u32, cell: Option<Cell>) -> Result<(), SheetError> {
        let Some(cell) = cell else { return Ok(()) };
        if !self.rows.contains_key(&row) && self.rows.len() == MOST_ROWS {
            return Err(SheetError::TooManyRows);
        }
        if let Cell::Text(text) | Cell::Number(text) | Cell::Error(text) = &cell {
            self.texts += text.len();
        }
        if self.texts > MOST_TEXT {
            return Err(SheetError::Unpacks);
        }
        self.rows.entry(row).or_default().insert(column, cell);
        Ok(())
    }

    /// Rows after that one with something in them; `header` is counted from 1.
    pub(super) fn lines(&self, header: u32) -> impl Iterator<Item = Line<'_>> {
        self.all().filter(move |line| line.row > header)
    }

    /// How many rows have something in them after that one.
    pub(super) fn count(&self, header: u32) -> usize {
        self.rows.range(header..).count()
    }

    /// Every row with something in it.
    pub(super) fn all(&self) -> impl Iterator<Item = Line<'_>> {
        self.rows.iter().map(|(row, cells)| Line { row: row + 1, cells })
    }

    /// The cells of a row, by column from 0.
    pub(super) fn cells<'a>(&self, line: &Line<'a>) -> impl Iterator<Item = (u32, &'a Cell)> {
        line.cells.iter().map(|(column, cell)| (*column, cell))
    }

    /// What the merged cell that covers this place holds, if the place is not its first.
    pub(super) fn merged_over(&self, row: u32, column: u32) -> Option<String> {
        let place = (row - 1, column);
        let start = self.covered.get(&place).filter(|start| **start != place)?;
        let first = self.rows.get(&start.0).and_then(|row| row.get(&start.1));
        Some(first.map(Cell::shown).unwrap_or_default())
    }
}

/// UTF-8 with or without a mark, or else GB 18030, in which spreadsheet programs save CSV in Chinese.
fn decoded(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => text.into(),
        Err(_) => encoding_rs::GB18030.decode_without_bom_handling(bytes).0,
    }
}

fn text_cell(text: &str) -> Option<Cell> {
    let text = text.trim();
    let cut: String = text.chars().take(MOST_CHARACTERS).collect();
    (!cut.is_empty()).then_some(Cell::Text(cut))
}

fn value(value: &DataRef<'_>) -> Option<Cell> {
    match Data::from(value.clone()) {
        Data::Empty => None,
        Data::String(text) => text_cell(&text),
        Data::DateTime(at) if at.is_datetime() => {
            let (year, month, day, ..) = at.to_ymd_hms_milli();
            let day = Date::new(
                i16::try_from(year).ok()?,
                i8::try_from(month).ok()?,
                i8::try_from(day).ok()?,
            );
            Some(day.map_or_else(|_| Cell::Error(at.as_f64().to_string()), Cell::Day))
        }
        Data::DateTimeIso(text) => {
            let day = text.get(..10).and_then(|day| day.parse().ok());
            Some(day.map_or(Cell::Text(text), Cell::Day))
        }
        Data::Error(error) => Some(Cell::Error(error.to_string())),
        Data::Int(number) => Some(Cell::Number(number.to_string())),
        Data::Float(number) => Some(Cell::Number(number.to_string())),
        other => text_cell(&other.to_string()),
    }
}

/// Unpacks every part once and keeps nothing: the sizes that an archive states are its maker's. Also refuses a table of
/// texts that says it has more than could fit, because its reader makes room for as many as it says.
pub(super) fn unpacks_within(bytes: &[u8], most: u64) -> Result<(), SheetError> {
    let said = |error: String| SheetError::Unreadable(error);
    let mut archive =
        zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| said(error.to_string()))?;
    if archive.len() > MOST_PARTS {
        return Err(SheetError::Unpacks);
    }
    let mut left = most;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|error| said(error.to_string()))?;
        let mut counter = Counting::default();
        let read = std::io::copy(&mut part.take(left + 1), &mut counter)
            .map_err(|error| said(error.to_string()))?;
        left = left.checked_sub(read).ok_or(SheetError::Unpacks)?;
        if counter.most_stated > read {
            return Err(said("it states more texts than it holds".to_owned()));
        }
    }
    Ok(())
}

/// Counts what passes and notes the largest `uniqueCount` stated in it.
#[derive(Default)]
struct Counting {
    tail: Vec<u8>,
    most_stated: u64,
}

const STATED: &[u8] = b"uniqueCount";

impl std::io::Write for Counting {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        // A statement may lie across two reads.
        self.tail.extend_from_slice(bytes);
        let mut from = 0;
        while let Some(at) = place(&self.tail[from..]) {
            let after = from + at + STATED.len();
            let digits = self.tail[after..]
                .iter()
                .skip_while(|b| {
                    matches!(b, b' ' | b'=' | b'"' | b'\'' | b'\t' | b'\r' | b'\n' | b'+')
                })
                .take_while(|b| b.is_ascii_digit());
            let stated = digits.fold(0_u64, |sum, digit| {
                sum.saturating_mul(10).saturating_add(u64::from(digit - b'0'))
            });
            self.most_stated = self.most_stated.max(stated);
            from = after;
        }
        let keep = self.tail.len().saturating_sub(256).max(from.saturating_sub(STATED.len()));
        self.tail.drain(..keep.min(self.tail.len()));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Where the statement begins.
fn place(bytes: &[u8]) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = bytes[from..].iter().position(|byte| *byte == STATED[0]) {
        if bytes[from + at..].starts_with(STATED) {
            return Some(from + at);
        }
        from += at + 1;
    }
    None
}
