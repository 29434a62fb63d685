//! What is this file? Answered from its content; its name and ending are never asked.
//!
//! In comes an [`Input`]; out comes the [`Form`] that one of the sources reads, or an error that says what the file is
//! instead and what would be right: an error page in HTML, a PDF, an archive, a JSON array, some other XML. Only the
//! beginning is looked at. This is the one place that tells forms apart; a new form is a new arm here.

use mihenk_said::Said;
use serde_json::Value;

use crate::{
    error::Error,
    finding::quote,
    input::{Input, decode, line_of},
    own, sayings,
    sources::{
        au_dfat_sanctions, bods, ca_dfatd_sema_sanctions, eu_fsf, gb_fcdo_sanctions,
        ofac::rows::{self, END_MARK},
        tr_fcib,
    },
    workbook,
};

/// A form that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// The consolidated list of the UN Security Council.
    UnXml,
    /// OFAC's XML form.
    OfacXml,
    /// OFAC's advanced XML form.
    OfacAdvanced,
    /// The EU's list of financial sanctions, as XML or CSV.
    EuFsf,
    /// The UK Sanctions List, as XML or CSV.
    GbFcdo,
    /// The Swiss sanctions list.
    ChSeco,
    /// Canada's consolidated list.
    CaSema,
    /// Australia's consolidated list, as a workbook or CSV.
    AuDfat,
    /// A list of Türkiye's Financial Crimes Investigation Board, as a workbook or CSV.
    TrFcib,
    /// A table of OFAC's CSV files.
    Ofac(rows::Table),
    /// An OFAC table without rows: nothing but its end mark.
    OfacEmpty,
    /// FollowTheMoney JSON, one entity a line.
    FtmLines,
    /// The simplified CSV of OpenSanctions.
    SimpleCsv,
    /// Statements of the Beneficial Ownership Data Standard 0.4.
    Bods,
}

/// Lines that are looked at before a file of lines is given up.
const LINES_TRIED: usize = 20;

/// Says which form the content has.
pub(crate) fn recognise(input: &Input) -> Result<Form, Error> {
    let body = input.body();
    if workbook::is_packed(body) {
        return packed(input);
    }
    if let Some(found) = binary(body) {
        return Err(wrong(input, found));
    }
    let start = body.trim_ascii_start();
    match start.first() {
        None => Err(Error::Empty { file: input.name.clone() }),
        Some(&END_MARK) if start.trim_ascii_end().len() == 1 => Ok(Form::OfacEmpty),
        Some(b'<') => markup(input, start),
        Some(b'{') => json_lines(input, start),
        Some(b'[') => {
            let first = serde_json::Deserializer::from_slice(&start[1..]).into_iter::<Value>().next();
            if let Some(Ok(first)) = first
                && let Some(form) = statements(input, &first)?
            {
                return Ok(form);
            }
            Err(wrong(input, sayings::perhaps_own(sayings::json_array())))
        }
        Some(_) => table(input, start),
    }
}

/// The form of statements on ownership; none for other objects.
fn statements(input: &Input, first: &Value) -> Result<Option<Form>, Error> {
    if bods::is_earlier(first) {
        return Err(wrong(input, sayings::statements_before()));
    }
    Ok(bods::is_statement(first).then_some(Form::Bods))
}

fn wrong(input: &Input, found: Said) -> Error {
    Error::WrongKind { file: input.name.clone(), found, expected: sayings::readable_lists() }
}

/// Forms that announce themselves with their first bytes.
fn binary(body: &[u8]) -> Option<Said> {
    type Known = (&'static [u8], fn() -> Said);
    const KNOWN: [Known; 13] = [
        (b"%PDF", || sayings::like_form_take_edition("a PDF document")),
        (b"\x1F\x8B", sayings::list_gzip),
        (b"BZh", || mihenk_tables::sayings::is_packed("a bzip2 archive")),
        (b"\xFD7zXZ\x00", || mihenk_tables::sayings::is_packed("an xz archive")),
        (b"7z\xBC\xAF\x27\x1C", || mihenk_tables::sayings::is_packed("a 7-Zip archive")),
        (b"Rar!", || mihenk_tables::sayings::is_packed("a RAR archive")),
        (b"\x89PNG", || sayings::like_form_take_edition("an image")),
        (b"\xFF\xD8\xFF", || sayings::like_form_take_edition("an image")),
        (b"\x28\xB5\x2F\xFD", || mihenk_tables::sayings::is_packed("a zstd archive")),
        (b"\xD0\xCF\x11\xE0", || sayings::like_form_take_edition("an old Office document")),
        (b"{\\rtf", || sayings::like_form_take_edition("an RTF document")),
        (b"\xFF\xFE", sayings::list_utf16),
        (b"\xFE\xFF", sayings::list_utf16),
    ];
    let known = KNOWN.iter().find(|(magic, _)| body.starts_with(magic)).map(|(_, found)| found());
    // No list has a NUL byte. One in every second place is UTF-16 of Latin letters.
    let head = &body[..body.len().min(512)];
    let nuls = head.iter().filter(|&&b| b == 0).count();
    known.or_else(|| match (body, nuls) {
        (_, 0) => None,
        ([0, _, 0, _, ..] | [_, 0, _, 0, ..], _) if nuls * 3 > head.len() && nuls < head.len() => {
            Some(sayings::list_utf16_unmarked())
        }
        _ => Some(sayings::list_binary()),
    })
}

/// Workbooks are ZIP archives, and so is much else. One without the record that ends an archive was cut (APPNOTE 4.3.16: it is
/// the last thing in it, but for a comment of at most 65,535 bytes).
fn packed(input: &Input) -> Result<Form, Error> {
    const END: &[u8] = b"PK\x05\x06";
    const END_WITHIN: usize = 22 + 65_535;
    let tail = &input.bytes[input.bytes.len().saturating_sub(END_WITHIN)..];
    if !tail.windows(END.len()).any(|window| window == END) {
        return Err(Error::Cut {
            file: input.name.clone(),
            line: 1,
            byte: input.bytes.len() as u64,
            found: sayings::archive_without_end(),
            expected: sayings::whole_workbook(),
        });
    }
    let archive = |_| wrong(input, sayings::archive_no_workbook());
    let sheets = workbook::sheets(input, |_| true, &mut Vec::new()).map_err(archive)?;
    if sheets.iter().any(|sheet| sheet.headed(au_dfat_sanctions::is_header).is_some()) {
        return Ok(Form::AuDfat);
    }
    if sheets.iter().any(|sheet| sheet.headed(tr_fcib::is_header).is_some()) {
        return Ok(Form::TrFcib);
    }
    let first = sheets.iter().find_map(|sheet| sheet.rows.first());
    let first = first.map_or_else(String::new, |row| row.fields.join(", "));
    Err(wrong(input, sayings::perhaps_own(sayings::workbook_of_first_row(quote(&first)))))
}

fn markup(input: &Input, start: &[u8]) -> Result<Form, Error> {
    let head = String::from_utf8_lossy(&start[..start.len().min(4096)]).into_owned();
    let lower = head.to_ascii_lowercase();
    if lower.contains("<!doctype html") || lower.contains("<html") {
        return Err(wrong(input, sayings::html_page()));
    }
    match root_element(&head) {
        Some("CONSOLIDATED_LIST") => Ok(Form::UnXml),
        Some("sdnList") => Ok(Form::OfacXml),
        Some("Sanctions") => Ok(Form::OfacAdvanced),
        // The name of the root says nothing; the first record does.
        Some("data-set") if ca_dfatd_sema_sanctions::is_list(&head) => Ok(Form::CaSema),
        Some("swiss-sanctions-list") => Ok(Form::ChSeco),
        Some("Designations") => Ok(Form::GbFcdo),
        // The name of the root says little; the namespace, or the first record, says the rest.
        Some("export") if head.contains("fpi/fsd/export") || head.contains("<sanctionEntity") => Ok(Form::EuFsf),
        Some(name) => Err(wrong(input, sayings::xml_of_another_kind(name))),
        None if head.len() == start.len() => Err(cut(input, sayings::ends_before_root(), sayings::an_xml_document())),
        None => Err(wrong(input, sayings::xml_without_root())),
    }
}

/// The name of the first element, behind declarations, comments and a document type; none if the text ends before.
fn root_element(mut text: &str) -> Option<&str> {
    loop {
        text = text.trim_start().strip_prefix('<')?;
        let end = match text.as_bytes().first()? {
            b'?' => "?>",
            b'!' if text.starts_with("!--") => "-->",
            // A document type may declare entities between square brackets; none of them is ever used.
            b'!' if text.find('[').is_some_and(|bracket| text.find('>').is_some_and(|end| bracket < end)) => "]>",
            b'!' => ">",
            _ => {
                let name = &text[..text.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))?];
                return Some(name.rsplit(':').next().unwrap_or(name));
            }
        };
        text = &text[text.find(end)? + end.len()..];
    }
}

fn json_lines(input: &Input, start: &[u8]) -> Result<Form, Error> {
    let mut objects = 0;
    for line in start.split(|&b| b == b'\n').filter(|line| !line.trim_ascii().is_empty()).take(LINES_TRIED) {
        match serde_json::from_slice::<Value>(line) {
            Ok(Value::Object(object)) if object.contains_key("schema") => return Ok(Form::FtmLines),
            Ok(Value::Object(object)) if object.contains_key("op") && object.contains_key("entity") => {
                return Err(wrong(input, sayings::delta_for_a_list()));
            }
            Ok(object) => match statements(input, &object)? {
                Some(form) => return Ok(form),
                None => objects += 1,
            },
            Err(_) => {}
        }
    }
    if objects > 0 {
        return Err(wrong(input, sayings::perhaps_own(sayings::json_without_schema())));
    }
    match serde_json::from_slice::<Value>(start) {
        Ok(_) => Err(wrong(input, sayings::json_over_lines())),
        Err(error) if error.is_eof() => Err(cut(input, sayings::json_not_closed(), sayings::object_a_line())),
        Err(error) => Err(wrong(input, sayings::begins_like_json(error.to_string()))),
    }
}

fn table(input: &Input, start: &[u8]) -> Result<Form, Error> {
    let head = &start[..start.len().min(1 << 16)];
    // A letter that the end of the head cuts is no sign of another encoding.
    let head = match std::str::from_utf8(head) {
        Err(error) if error.error_len().is_none() => &head[..error.valid_up_to()],
        _ => head,
    };
    let (text, _) = decode(head);
    let lines = text.lines().filter(|line| !line.trim().is_empty()).take(LINES_TRIED);
    let has_header = |separator: char, is_header: fn(&[String]) -> bool| {
        let fields =
            |line: &str| line.split(separator).map(|name| name.trim_matches('"').to_owned()).collect::<Vec<_>>();
        lines.clone().any(|line| is_header(&fields(line)))
    };
    if has_header(';', eu_fsf::is_header) {
        return Ok(Form::EuFsf);
    }
    if has_header(',', au_dfat_sanctions::is_header) || has_header(';', au_dfat_sanctions::is_header) {
        return Ok(Form::AuDfat);
    }
    if has_header(',', tr_fcib::is_header) || has_header(';', tr_fcib::is_header) {
        return Ok(Form::TrFcib);
    }
    if has_header(',', gb_fcdo_sanctions::is_header) {
        return Ok(Form::GbFcdo);
    }
    if let Some(table) = lines.clone().find_map(rows::table_of) {
        return Ok(Form::Ofac(table));
    }
    let first = lines.clone().next().unwrap_or("");
    if own::is_simple(first) {
        return Ok(Form::SimpleCsv);
    }
    let numbered = first.split_once(',').is_some_and(|(number, _)| number.trim().parse::<u64>().is_ok());
    if numbered && lines.count() == 1 && !input.bytes.ends_with(b"\n") {
        return Err(cut(input, sayings::only_row_incomplete(quote(first)), sayings::whole_rows()));
    }
    if first.contains([',', ';', '\t', '|']) {
        return Err(wrong(input, sayings::perhaps_own(sayings::table_of_first_row(quote(first)))));
    }
    Err(wrong(input, sayings::text_beginning_with(quote(first))))
}

fn cut(input: &Input, found: Said, expected: Said) -> Error {
    let byte = input.bytes.len();
    Error::Cut { file: input.name.clone(), line: line_of(&input.bytes, byte), byte: byte as u64, found, expected }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn form(bytes: &[u8]) -> Result<Form, String> {
        let input = Input { name: "list.dat".to_owned(), bytes: bytes.to_vec() };
        recognise(&input).map_err(|error| error.to_string())
    }

    #[test]
    fn forms_are_told_by_content() {
        use rows::Table;
        for (content, expected) in [
            ("<?xml version=\"1.0\"?>\n<!-- x --><CONSOLIDATED_LIST dateGenerated=\"x\">", Form::UnXml),
            ("\u{FEFF}<CONSOLIDATED_LIST>", Form::UnXml),
            ("<Sanctions xmlns=\"x\"><DateOfIssue/></Sanctions>", Form::OfacAdvanced),
            ("<sdnList xmlns=\"x\"><sdnEntry/></sdnList>", Form::OfacXml),
            ("<data-set>\n<record><Country-Pays>x</Country-Pays><Schedule-Annexe>1", Form::CaSema),
            ("<swiss-sanctions-list list-type=\"whole-list\">", Form::ChSeco),
            ("<!DOCTYPE x [<!ENTITY a \"b\">]><CONSOLIDATED_LIST>", Form::UnXml),
            ("<?xml version=\"1.0\"?><export xmlns=\"http://eu.europa.ec/fpi/fsd/export\">", Form::EuFsf),
            ("\u{FEFF}fileGenerationDate;Entity_LogicalId;Entity_EU_ReferenceNumber\r\n", Form::EuFsf),
            ("<?xml version=\"1.0\"?>\n<Designations xmlns:xsi=\"x\"><DateGenerated>", Form::GbFcdo),
            ("Report Date: 21-Sep-2026\n\"Last Updated\",\"Unique ID\",\"Name 6\"\n", Form::GbFcdo),
            ("\"fileGenerationDate\";\"Entity_LogicalId\"\n", Form::EuFsf),
            ("1,\"A, B\",\"individual\",\"X\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n", Form::Ofac(Table::Primary)),
            ("1,2,\"aka\",\"A, B\",-0- \r\n", Form::Ofac(Table::Aliases)),
            ("1,2,-0- ,\"Havana\",\"Cuba\",-0- \r\n", Form::Ofac(Table::Addresses)),
            ("1,\"the rest.\"\r\n", Form::Ofac(Table::Comments)),
            ("\u{1A}", Form::OfacEmpty),
            ("\n{\"id\":\"1\",\"schema\":\"Person\"}\n", Form::FtmLines),
            (
                "\"id\",\"schema\",\"name\",\"aliases\",\"birth_date\",\"countries\",\"addresses\",\"identifiers\",\"sanctions\",\
                 \"phones\",\"emails\",\"dataset\",\"first_seen\",\"last_seen\",\"last_change\"\n",
                Form::SimpleCsv,
            ),
            ("{bad line\n{\"id\":\"1\",\"schema\":\"Person\"}\n", Form::FtmLines),
            ("[ {\"recordType\":\"person\",\"recordDetails\":{}}, oops", Form::Bods),
            ("{\"recordType\":\"person\",\"recordDetails\":{}}\n", Form::Bods),
        ] {
            assert_eq!(form(content.as_bytes()), Ok(expected), "{content}");
        }
    }

    #[test]
    fn a_heading_is_read_whatever_letter_the_head_cuts() {
        for pad in ["", "x", "xx"] {
            let heading = "UYRUĞU;PASAPORT NO;ADI SOYADI;KULLANDIĞI BİLİNEN DİĞER İSİMLERİ";
            let content = format!("{pad}{heading}\n{}", "ş;ş;ş;ş\n".repeat(10_000));
            assert_eq!(form(content.as_bytes()), Ok(Form::TrFcib));
        }
    }

    #[test]
    fn what_is_no_list_is_named() {
        for (content, expected) in [
            (&b""[..], "the file is empty"),
            (b" \n ", "the file is empty"),
            (b"%PDF-1.7 ...", "PDF"),
            (b"PK\x03\x04....", "the archive has no end record"),
            (b"PK\x03\x04....PK\x05\x06", "a ZIP archive or an Office document that is no workbook"),
            (b"\x1F\x8B\x08", "gzip"),
            (b"\xFD7zXZ\x00...", "xz archive"),
            (b"list/\0\0\0\0\0ustar", "NUL bytes"),
            (b"<\0?\0x\0m\0l\0 \0v\0", "UTF-16 without a byte order mark"),
            (b"{\"op\":\"ADD\",\"entity\":{\"id\":\"a\",\"schema\":\"Person\"}}\n", "a delta of OpenSanctions"),
            (b"<!DOCTYPE html><html><body>503</body>", "HTML page"),
            (b"<data-set><record><a>1</a></record></data-set>", "root element <data-set>"),
            (b"<export xmlns=\"x\"><row/></export>", "root element <export>"),
            (b"<?xml version", "cut in the middle"),
            (b"[{\"id\":\"1\",\"schema\":\"Person\"}]", "JSON array"),
            (b"{\"results\": []}\n", "no field \"schema\""),
            (b"[{\"statementID\":\"1\",\"statementType\":\"entityStatement\"}]", "Standard before 0.4"),
            (b"{\n  \"id\": \"1\",\n  \"schema\": \"Person\"\n}\n", "over several lines"),
            (b"{\"id\":\"1\",\"sche", "cut in the middle"),
            (b"id,schema,name\n1,Person,X\n", "a table whose first row is 'id,schema,name'"),
            (b"12,\"A, B\",\"indi", "cut in the middle"),
            (b"Dear sir", "text that begins with 'Dear sir'"),
        ] {
            let error = form(content).unwrap_err();
            assert!(error.contains(expected) && error.starts_with("list.dat: "), "{error}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_told_or_refused(
            bytes in prop::collection::vec(any::<u8>(), 0..200),
            head in "[<{\\[0-9,\"%]{0,6}",
        ) {
            let _ = form(&[head.as_bytes(), &bytes].concat());
        }
    }
}
