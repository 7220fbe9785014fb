//! A spreadsheet, as office programs write them.

use std::io::{Cursor, Write};

use zip::{ZipWriter, write::SimpleFileOptions};

/// Rows of texts, and merged regions such as `B2:B3`.
pub(crate) fn xlsx(rows: &[&[&str]], merged: &[&str]) -> Vec<u8> {
    let cell = |row: usize, column: usize, text: &str| {
        let name = char::from(b'A' + u8::try_from(column).unwrap());
        format!("<c r=\"{name}{}\" t=\"inlineStr\"><is><t>{text}</t></is></c>", row + 1)
    };
    let line = |(at, row): (usize, &&[&str])| {
        let filled = row.iter().enumerate().filter(|(_, text)| !text.is_empty());
        let cells: String = filled.map(|(column, text)| cell(at, column, text)).collect();
        format!("<row r=\"{}\">{cells}</row>", at + 1)
    };
    let lines: String = rows.iter().enumerate().map(line).collect();
    let regions: String =
        merged.iter().map(|region| format!("<mergeCell ref=\"{region}\"/>")).collect();
    let ns = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    let sheet = format!(
        "<worksheet {ns}><sheetData>{lines}</sheetData><mergeCells>{regions}</mergeCells></worksheet>"
    );
    let book = format!(
        "<workbook {ns} xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">\
         <sheets><sheet name=\"清单\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
    );
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relation = |kind: &str, target: &str| {
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
             <Relationship Id=\"rId1\" Type=\"{office}/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let styles = format!(
        "<styleSheet {ns}><cellXfs count=\"1\"><xf numFmtId=\"0\"/></cellXfs></styleSheet>"
    );
    for (name, text) in [
        ("xl/styles.xml", styles.as_str()),
        ("xl/workbook.xml", book.as_str()),
        ("_rels/.rels", &relation("officeDocument", "xl/workbook.xml")),
        ("xl/_rels/workbook.xml.rels", &relation("worksheet", "worksheets/sheet1.xml")),
        ("xl/worksheets/sheet1.xml", &sheet),
    ] {
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}
