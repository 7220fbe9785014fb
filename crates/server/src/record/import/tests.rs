use std::io::{Cursor, Write};

use domain::rectification::{Body, Stage};
use jiff::civil::date;
use zip::{ZipWriter, write::SimpleFileOptions};

use super::{sheet::unpacks_within, *};

fn known() -> Known {
    let unit = |key: &str, zh: &str, en: &str| (key.to_owned(), Text::new(zh, en));
    Known {
        units: BTreeMap::from([
            unit("water", "区水利局", "Water bureau"),
            unit("jiulong", "九龙街道", "Jiulong"),
        ]),
        numbers: BTreeSet::from(["OLD-1".to_owned()]),
        rules: Rules::default(),
        calendar: WorkCalendar::default(),
        now: "2026-11-23T06:30:00Z".parse().unwrap(),
        simulated: false,
    }
}

const HEADER: &str = "问题编号,来源,类型,问题,责任单位,整改时限,发现日期,整改目标,整改措施,进度,状态,完成日期,文号,整改成效";

fn csv(rows: &[&str]) -> DryRun {
    let text = format!("{HEADER}\n{}\n", rows.join("\n"));
    dry_run(text.as_bytes(), "list.csv", &known(), &Progress::default()).unwrap()
}

/// Row, heading, value and the beginning of the reason.
fn faults(found: &DryRun) -> Vec<(u32, &str, &str)> {
    found.faults.iter().map(|f| (f.row, f.column.as_str(), f.value.as_str())).collect()
}

#[test]
fn a_clean_list_becomes_events_of_every_stage() {
    let found = csv(&[
        "A-1,中央督察,水,河岸垃圾,区水利局,2026-12-31,2026-01-05,清理,定期清理,60%,达到序时进度,,,",
        "A-2,自查自纠,大气,工地扬尘,,,2026/2/3,,,,,,,",
        "A-3,municipal,noise,夜间施工,九龙街道,20261231,2026年3月1日,达标,限时施工,,closed,2026-06-30,九环督〔2026〕3号,已达标",
        "A-4,群众举报,固废,垃圾堆放,jiulong,2026-12-31,2026-04-01,,,,,,,",
    ]);
    assert_eq!(faults(&found), []);
    let events: Vec<usize> = found.good.iter().map(|good| good.events.len()).collect();
    assert_eq!((found.rows, events), (4, vec![4, 1, 4, 2]));
    let last = &found.good[2].events[3];
    assert_eq!(last.on, date(2026, 6, 30));
    assert!(matches!(last.body, Body::CarriedOver { stage: Stage::Closed, .. }));
    assert!(matches!(found.good[0].events[3].body, Body::Progress { permille: 600, .. }));
}

#[test]
fn every_fault_is_named_by_row_column_value_and_reason() {
    let found = csv(&[
        "A-1,省级督察,水,河岸垃圾,区水利处,2026-02-30,去年,清理,定期清理,,,,,",
        "A-1,中央督察,水,,区水利局,2026-12-31,2026-01-05,,,,,,,",
        "OLD-1,中央督察,水,河岸垃圾,,,2026-01-05,,,,,,,",
        ",中央督察,水,河岸垃圾,,,2026-01-05,,,,,,,",
        "A-5,中央督察,水,河岸垃圾,区水利局,2026-12-31,2026-01-05,清理,定期清理,1,达到序时进度,,,",
    ]);
    assert_eq!(
        faults(&found),
        [
            (2, "来源", "省级督察"),
            (2, "发现日期", "去年"),
            (2, "责任单位", "区水利处"),
            (2, "整改时限", "2026-02-30"),
            (3, "问题", ""),
            (3, "问题编号", "A-1"),
            (4, "问题编号", "OLD-1"),
            (5, "问题编号", ""),
            (6, "进度", "1"),
        ]
    );
    let reason = |row, column: &str| {
        let fault = found.faults.iter().find(|f| f.row == row && f.column == column).unwrap();
        fault.reason.clone()
    };
    assert!(reason(2, "责任单位").zh.contains("区水利局"), "the nearest unit is offered");
    assert!(reason(2, "整改时限").en.contains("no day"));
    assert!(reason(3, "问题编号").zh.contains("第 2 行"));
    assert!(found.good.is_empty());
}

#[test]
fn a_row_obeys_the_rules_of_the_ledger() {
    let found = csv(&[
        "A-1,中央督察,水,河岸垃圾,区水利局,,2026-01-05,,,,已交办,,,",
        "A-2,中央督察,水,河岸垃圾,区水利局,2026-12-31,2026-01-05,,,,措施已制定,,,",
        "A-3,中央督察,水,河岸垃圾,区水利局,2026-12-31,2026-01-05,清理,定期清理,,已销号,2026-06-30,,已清理",
        "A-4,中央督察,水,河岸垃圾,区水利局,2026-12-31,2026-01-05,清理,定期清理,,已销号,,九环督1号,已清理",
        "A-5,中央督察,水,联系 13812345678,,,2026-01-05,,,,,,,",
        "A-6,中央督察,水,河岸垃圾,区水利局,2026-12-31,2027-01-05,,,,,,,",
        "A-7,中央督察,水,河岸垃圾,区水利局,2026-12-31,2026-01-05,清理,定期清理,,公示中,,,",
    ]);
    assert_eq!(
        faults(&found),
        [
            (2, "整改时限", ""),
            (3, "整改目标", ""),
            (4, "文号", ""),
            (5, "完成日期", ""),
            (6, "问题", "联系 13812345678"),
            (7, "发现日期", "2027-01-05"),
            (8, "状态", "公示中"),
        ]
    );
}

#[test]
fn csv_in_gb_18030_and_with_a_mark_is_read() {
    let text = format!("{HEADER}\nA-2,自查自纠,大气,工地扬尘,,,2026-02-03,,,,,,,\n");
    let (gb, _, _) = encoding_rs::GB18030.encode(&text);
    let marked = [b"\xEF\xBB\xBF".as_slice(), text.as_bytes()].concat();
    for bytes in [gb.as_ref(), &marked] {
        assert_eq!(
            dry_run(bytes, "list.CSV", &known(), &Progress::default()).unwrap().good.len(),
            1
        );
    }
}

#[test]
fn a_file_that_is_no_list_says_why() {
    let refused =
        |bytes: &[u8], name| dry_run(bytes, name, &known(), &Progress::default()).unwrap_err();
    assert!(matches!(refused(b"", "list.pdf"), SheetError::UnknownKind(_)));
    assert_eq!(refused(b"a,b\n1,2\n", "list.csv"), SheetError::NoHeader);
    let missing = refused("问题编号,来源\nA-1,中央督察\n".as_bytes(), "list.csv");
    assert_eq!(missing, SheetError::MissingColumns("类型, 问题, 发现日期".to_owned()));
    let twice = refused("问题编号,来源,来源\n".as_bytes(), "list.csv");
    assert_eq!(twice, SheetError::ColumnTwice("来源".to_owned()));
    assert!(matches!(refused(b"PK\x03\x04 no", "list.xlsx"), SheetError::Unreadable(_)));
    assert_eq!(refused(&vec![b' '; MOST_BYTES + 1], "list.csv"), SheetError::TooLarge);
}

#[test]
fn fifty_thousand_rows_are_looked_at() {
    let rows: Vec<String> = (0..50_000)
        .map(|n| format!("A-{n},中央督察,水,河岸垃圾,区水利局,2026-12-31,2026-01-05,,,,,,,"))
        .collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let found = csv(&rows);
    assert_eq!((found.rows, found.good.len(), found.faults.len()), (50_000, 50_000, 0));
}

#[test]
fn more_rows_than_are_taken_are_refused() {
    let text = "x\n".repeat(100_001);
    assert_eq!(
        dry_run(text.as_bytes(), "list.csv", &known(), &Progress::default()).unwrap_err(),
        SheetError::TooManyRows
    );
}

/// A spreadsheet of one sheet, written part by part.
fn xlsx(sheet: &str, strings: Option<&str>) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let relations = "http://schemas.openxmlformats.org/package/2006/relationships";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let mut parts = vec![
        (
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"
                .to_owned(),
        ),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{relations}\"><Relationship Id=\"rId1\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"清单\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{relations}\"><Relationship Id=\"rId1\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"{office}/styles\" Target=\"styles.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/styles.xml",
            format!(
                "<styleSheet xmlns=\"{main}\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
            ),
        ),
        ("xl/worksheets/sheet1.xml", format!("<worksheet xmlns=\"{main}\">{sheet}</worksheet>")),
    ];
    if let Some(strings) = strings {
        parts.push(("xl/sharedStrings.xml", strings.to_owned()));
    }
    for (name, text) in parts {
        archive.start_file(name, options).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn row(number: u32, cells: &[&str]) -> String {
    let cell = |(at, text): (usize, &&str)| {
        let column = char::from(b'A' + u8::try_from(at).unwrap());
        match text.strip_prefix("day:") {
            _ if text.is_empty() => String::new(),
            Some(serial) => format!("<c r=\"{column}{number}\" s=\"1\"><v>{serial}</v></c>"),
            None => format!("<c r=\"{column}{number}\" t=\"inlineStr\"><is><t>{text}</t></is></c>"),
        }
    };
    let cells: String = cells.iter().enumerate().map(cell).collect();
    format!("<row r=\"{number}\">{cells}</row>")
}

fn sheet(rows: &[String], merged: &str) -> String {
    let merged = if merged.is_empty() {
        String::new()
    } else {
        format!("<mergeCells count=\"1\"><mergeCell ref=\"{merged}\"/></mergeCells>")
    };
    format!("<sheetData>{}</sheetData>{merged}", rows.concat())
}

const HEADINGS: [&str; 5] = ["问题编号", "来源", "类型", "问题", "发现日期"];

#[test]
fn a_spreadsheet_with_a_title_above_and_real_dates_is_read() {
    let rows = [
        row(1, &["整改清单"]),
        row(2, &HEADINGS),
        // 2026-01-05 as spreadsheets count days.
        row(4, &["A-1", "中央督察", "水", "河岸垃圾", "day:46027"]),
    ];
    let found =
        dry_run(&xlsx(&sheet(&rows, "A1:E1"), None), "list.xlsx", &known(), &Progress::default())
            .unwrap();
    assert_eq!(faults(&found), []);
    assert_eq!((found.good[0].row, found.good[0].events[0].on), (4, date(2026, 1, 5)));
}

#[test]
fn merged_cells_are_named_row_by_row() {
    let rows = [
        row(1, &HEADINGS),
        row(2, &["A-1", "中央督察", "水", "河岸垃圾", "day:46027"]),
        row(3, &["A-2", "", "水", "河岸垃圾", "day:46027"]),
        row(4, &["A-3", "", "水", "河岸垃圾", "day:46027"]),
    ];
    let found =
        dry_run(&xlsx(&sheet(&rows, "B2:B4"), None), "list.xlsx", &known(), &Progress::default())
            .unwrap();
    assert_eq!(faults(&found), [(3, "来源", "中央督察"), (4, "来源", "中央督察")]);
    assert!(found.faults[0].reason.zh.contains("合并单元格"));
    assert_eq!(found.good.len(), 1);
}

#[test]
fn a_cell_far_away_takes_no_room() {
    let far = "<row r=\"1048576\"><c r=\"XFD1048576\" t=\"inlineStr\"><is><t>x</t></is></c></row>";
    let rows = [
        row(1, &HEADINGS),
        row(2, &["A-1", "中央督察", "水", "河岸垃圾", "day:46027"]),
        far.to_owned(),
    ];
    let found =
        dry_run(&xlsx(&sheet(&rows, ""), None), "list.xlsx", &known(), &Progress::default())
            .unwrap();
    assert_eq!((found.rows, found.good.len()), (1, 1));
}

#[test]
fn a_table_that_states_more_texts_than_it_holds_is_refused() {
    let strings = "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" count=\"1\" uniqueCount=\"99999999999999\"><si><t>x</t></si></sst>";
    let bytes = xlsx(&sheet(&[row(1, &HEADINGS)], ""), Some(strings));
    let refused = dry_run(&bytes, "list.xlsx", &known(), &Progress::default()).unwrap_err();
    assert!(matches!(refused, SheetError::Unreadable(_)), "{refused}");
}

#[test]
fn a_small_file_that_unpacks_to_much_is_refused_before_it_is_read() {
    let blanks = " ".repeat(2 * 1_024 * 1_024);
    let bytes = xlsx(&sheet(&[row(1, &HEADINGS), blanks], ""), None);
    assert!(bytes.len() < 16 * 1_024, "{}", bytes.len());
    assert_eq!(unpacks_within(&bytes, 1_024 * 1_024), Err(SheetError::Unpacks));
    assert_eq!(unpacks_within(&bytes, 3 * 1_024 * 1_024), Ok(()));
}

#[test]
fn one_long_text_in_every_cell_is_refused_before_it_fills_memory() {
    let long = "长".repeat(10_000);
    let strings = format!(
        "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><si><t>{long}</t></si></sst>"
    );
    let cells: String = (1..=3_000)
        .map(|number| format!("<row r=\"{number}\"><c r=\"A{number}\" t=\"s\"><v>0</v></c></row>"))
        .collect();
    let bytes = xlsx(&sheet(&[cells], ""), Some(&strings));
    assert!(bytes.len() < 100_000, "it is small as it is sent");
    let refused = dry_run(&bytes, "list.xlsx", &known(), &Progress::default()).unwrap_err();
    assert_eq!(refused, SheetError::Unpacks);
}

#[test]
fn merged_cells_over_everything_are_refused() {
    let rows: Vec<String> = (1..=20_000).map(|number| row(number, &["x"])).collect();
    let bytes = xlsx(&sheet(&rows, "A1:XFD1048576"), None);
    let refused = dry_run(&bytes, "list.xlsx", &known(), &Progress::default()).unwrap_err();
    assert_eq!(refused, SheetError::TooMuchMerged);
    let text = refused.text();
    assert!(text.zh.contains("取消合并") && text.en.starts_with("Merged"));
}
