//! Writes a workbook as ECMA-376 has it, with no more than a reader needs.
//!
//! In come sheets of cells as XML, out come the bytes of an XLSX. Style 1 is the date format 14 of the standard (18.8.30).

use std::io::{Cursor, Write};

use zip::{ZipWriter, write::SimpleFileOptions};

const STYLES: &str = "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><cellXfs count=\"2\">\
                      <xf numFmtId=\"0\"/><xf numFmtId=\"14\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>";

/// A workbook with these sheets, each a name and its rows as XML; `more` goes into the properties of the workbook.
pub(crate) fn workbook(sheets: &[(&str, &str)], shared: &[&str], more: &str) -> Vec<u8> {
    const MAIN: &str = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let mut files: Vec<(String, String)> = Vec::new();
    let (mut named, mut related) = (String::new(), String::new());
    for (i, (name, rows)) in sheets.iter().enumerate() {
        let number = i + 1;
        named.push_str(&format!("<sheet name=\"{name}\" sheetId=\"{number}\" r:id=\"rId{number}\"/>"));
        related.push_str(&format!(
            "<Relationship Id=\"rId{number}\" Type=\"{RELATIONS}/worksheet\" Target=\"worksheets/sheet{number}.xml\"/>"
        ));
        let sheet = format!("<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>");
        files.push((format!("xl/worksheets/sheet{number}.xml"), sheet));
    }
    let workbook = format!("<workbook {MAIN} xmlns:r=\"{RELATIONS}\">{more}<sheets>{named}</sheets></workbook>");
    files.push(("xl/workbook.xml".into(), workbook));
    let relations = |inner: &str| {
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{inner}</Relationships>"
        )
    };
    let root = format!("<Relationship Id=\"rId1\" Type=\"{RELATIONS}/officeDocument\" Target=\"xl/workbook.xml\"/>");
    files.push(("_rels/.rels".into(), relations(&root)));
    related.push_str(&format!(
        "<Relationship Id=\"rIdS\" Type=\"{RELATIONS}/sharedStrings\" Target=\"sharedStrings.xml\"/>\
         <Relationship Id=\"rIdT\" Type=\"{RELATIONS}/styles\" Target=\"styles.xml\"/>"
    ));
    files.push(("xl/_rels/workbook.xml.rels".into(), relations(&related)));
    let shared: String = shared.iter().map(|text| format!("<si><t>{text}</t></si>")).collect();
    files.push(("xl/sharedStrings.xml".into(), format!("<sst {MAIN}>{shared}</sst>")));
    files.push(("xl/styles.xml".into(), STYLES.into()));
    zipped(&files)
}

fn zipped(files: &[(String, String)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        writer.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A row of texts that stand in the cells themselves.
pub(crate) fn row(number: usize, cells: &[&str]) -> String {
    let mut out = format!("<row r=\"{number}\">");
    for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
        let letter = char::from(b'A' + u8::try_from(column).unwrap());
        out.push_str(&format!("<c r=\"{letter}{number}\" t=\"inlineStr\"><is><t>{cell}</t></is></c>"));
    }
    out + "</row>"
}
