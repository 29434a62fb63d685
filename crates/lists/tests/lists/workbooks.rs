//! Workbooks made from tables as text, so that samples stay readable.
//!
//! In comes a sample as CSV, out come the bytes of an XLSX with the same cells (ECMA-376, part 1, chapter 18). A cell
//! `#44988` is the number of a day with the format of a date (number format 14).

use std::io::{Cursor, Write};

use mihenk_lists::Input;
use zip::{ZipWriter, write::SimpleFileOptions};

/// The rows of a sample.
pub(crate) fn rows(csv: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(csv.as_bytes());
    let rows = reader.records().map(|row| row.expect("samples are CSV").iter().map(str::to_owned).collect());
    rows.collect()
}

/// A workbook of these sheets, each a name and its rows.
pub(crate) fn workbook(name: &str, sheets: &[(&str, Vec<Vec<String>>)]) -> Input {
    const MAIN: &str = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    let mut parts: Vec<(String, String)> = Vec::new();
    let (mut named, mut related) = (String::new(), String::new());
    for (number, (name, rows)) in (1..).zip(sheets) {
        named.push_str(&format!("<sheet name=\"{name}\" sheetId=\"{number}\" r:id=\"r{number}\"/>"));
        let target = format!("Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet{number}.xml\"");
        related.push_str(&format!("<Relationship Id=\"r{number}\" {target}/>"));
        let rows: String = (1..).zip(rows).map(|(number, row)| row_xml(number, row)).collect();
        let sheet = format!("<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>");
        parts.push((format!("xl/worksheets/sheet{number}.xml"), sheet));
    }
    related.push_str(&format!("<Relationship Id=\"s\" Type=\"{OFFICE}/styles\" Target=\"styles.xml\"/>"));
    let styles = "<cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\" applyNumberFormat=\"1\"/></cellXfs>";
    let root = format!("<Relationship Id=\"w\" Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/>");
    parts.extend([
        (
            "xl/workbook.xml".to_owned(),
            format!("<workbook {MAIN} xmlns:r=\"{OFFICE}\"><sheets>{named}</sheets></workbook>"),
        ),
        ("xl/styles.xml".to_owned(), format!("<styleSheet {MAIN}>{styles}</styleSheet>")),
        (
            "xl/_rels/workbook.xml.rels".to_owned(),
            format!("<Relationships xmlns=\"{PACKAGE}\">{related}</Relationships>"),
        ),
        ("_rels/.rels".to_owned(), format!("<Relationships xmlns=\"{PACKAGE}\">{root}</Relationships>")),
    ]);
    Input { name: name.to_owned(), bytes: zipped(&parts) }
}

/// A ZIP file with these texts.
pub(crate) fn zipped(parts: &[(String, String)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(name.as_str(), SimpleFileOptions::default()).expect("memory takes it");
        writer.write_all(text.as_bytes()).expect("memory takes it");
    }
    writer.finish().expect("memory takes it").into_inner()
}

fn row_xml(number: usize, cells: &[String]) -> String {
    let mut row = format!("<row r=\"{number}\">");
    for (column, cell) in ('A'..='Z').zip(cells).filter(|(_, cell)| !cell.is_empty()) {
        let text = cell.replace('&', "&amp;").replace('<', "&lt;");
        row.push_str(&match cell.strip_prefix('#') {
            Some(serial) => format!("<c r=\"{column}{number}\" s=\"1\"><v>{serial}</v></c>"),
            None => {
                format!("<c r=\"{column}{number}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>")
            }
        });
    }
    row + "</row>"
}
