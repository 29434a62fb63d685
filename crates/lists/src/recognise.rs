//! What is this file? Answered from its content; its name and ending are never asked.
//!
//! In comes an [`Input`]; out comes the [`Form`] that one of the sources reads, or an error that says what the file is
//! instead and what would be right: an error page in HTML, a PDF, an archive, a JSON array, some other XML. Only the
//! beginning is looked at. This is the one place that tells forms apart; a new form is a new arm here.

use serde_json::Value;

use crate::{
    error::Error,
    finding::quote,
    input::{Input, decode, line_of},
    own,
    sources::ofac::rows::{self, END_MARK},
};

/// A form that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// The consolidated list of the UN Security Council.
    UnXml,
    /// A table of OFAC's CSV files.
    Ofac(rows::Table),
    /// An OFAC table without rows: nothing but its end mark.
    OfacEmpty,
    /// FollowTheMoney JSON, one entity a line.
    FtmLines,
    /// The simplified CSV of OpenSanctions.
    SimpleCsv,
}

/// What a user may give, for error messages.
const READABLE: &str = "the UN Security Council's consolidated list (XML), OFAC's CSV files (sdn.csv, alt.csv, add.csv \
                        or cons_prim.csv, cons_alt.csv, cons_add.csv), or FollowTheMoney entities (one JSON object a \
                        line)";

/// Lines that are looked at before a file of lines is given up.
const LINES_TRIED: usize = 20;

/// Says which form the content has.
pub(crate) fn recognise(input: &Input) -> Result<Form, Error> {
    let body = input.body();
    if let Some(found) = binary(body) {
        return Err(wrong(input, found));
    }
    let start = body.trim_ascii_start();
    match start.first() {
        None => Err(Error::Empty { file: input.name.clone() }),
        Some(&END_MARK) if start.trim_ascii_end().len() == 1 => Ok(Form::OfacEmpty),
        Some(b'<') => markup(input, start),
        Some(b'{') => json_lines(input, start),
        Some(b'[') => Err(wrong(input, "a JSON array; FollowTheMoney files have one object a line, without brackets")),
        Some(_) => table(input, start),
    }
}

fn wrong(input: &Input, found: impl Into<String>) -> Error {
    Error::WrongKind { file: input.name.clone(), found: found.into(), expected: READABLE }
}

/// Forms that announce themselves with their first bytes.
fn binary(body: &[u8]) -> Option<&'static str> {
    const KNOWN: [(&[u8], &str); 14] = [
        (b"%PDF", "a PDF document; take the XML or CSV edition of the list"),
        (b"PK\x03\x04", "a ZIP archive or an Office document; unpack it, or take the XML or CSV edition"),
        (b"\x1F\x8B", "a gzip archive; unpack it first (gzip -d)"),
        (b"BZh", "a bzip2 archive; unpack it first"),
        (b"\xFD7zXZ\x00", "an xz archive; unpack it first"),
        (b"7z\xBC\xAF\x27\x1C", "a 7-Zip archive; unpack it first"),
        (b"Rar!", "a RAR archive; unpack it first"),
        (b"\x89PNG", "an image; take the XML or CSV edition of the list"),
        (b"\xFF\xD8\xFF", "an image; take the XML or CSV edition of the list"),
        (b"\x28\xB5\x2F\xFD", "a zstd archive; unpack it first"),
        (b"\xD0\xCF\x11\xE0", "an old Office document; take the XML or CSV edition of the list"),
        (b"{\\rtf", "an RTF document; take the XML or CSV edition of the list"),
        (b"\xFF\xFE", "text in UTF-16; save it as UTF-8"),
        (b"\xFE\xFF", "text in UTF-16; save it as UTF-8"),
    ];
    let known = KNOWN.iter().find(|(magic, _)| body.starts_with(magic)).map(|(_, found)| *found);
    // No list has a NUL byte. One in every second place is UTF-16 of Latin letters.
    let head = &body[..body.len().min(512)];
    let nuls = head.iter().filter(|&&b| b == 0).count();
    known.or_else(|| match (body, nuls) {
        (_, 0) => None,
        ([0, _, 0, _, ..] | [_, 0, _, 0, ..], _) if nuls * 3 > head.len() && nuls < head.len() => {
            Some("text in UTF-16 without a byte order mark; save it as UTF-8")
        }
        _ => Some("binary data (it has NUL bytes), perhaps an archive"),
    })
}

fn markup(input: &Input, start: &[u8]) -> Result<Form, Error> {
    let head = String::from_utf8_lossy(&start[..start.len().min(4096)]).into_owned();
    let lower = head.to_ascii_lowercase();
    if lower.contains("<!doctype html") || lower.contains("<html") {
        return Err(wrong(input, "an HTML page (often the error page of a server)"));
    }
    match root_element(&head) {
        Some("CONSOLIDATED_LIST") => Ok(Form::UnXml),
        Some(name) => Err(wrong(input, format!("an XML document of another kind (root element <{name}>)"))),
        None if head.len() == start.len() => {
            Err(cut(input, "the file ends before the root element", "an XML document"))
        }
        None => Err(wrong(input, "markup without a root element")),
    }
}

/// The name of the first element, behind declarations, comments and a document type; none if the text ends before.
fn root_element(mut text: &str) -> Option<&str> {
    loop {
        text = text.trim_start().strip_prefix('<')?;
        let end = match text.as_bytes().first()? {
            b'?' => "?>",
            b'!' if text.starts_with("!--") => "-->",
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
                return Err(wrong(
                    input,
                    "a delta of OpenSanctions, which is no list by itself; take entities.ftm.json",
                ));
            }
            Ok(_) => objects += 1,
            Err(_) => {}
        }
    }
    if objects > 0 {
        return Err(wrong(input, "JSON, but no FollowTheMoney entity: there is no field \"schema\""));
    }
    match serde_json::from_slice::<Value>(start) {
        Ok(_) => Err(wrong(input, "one JSON document over several lines; FollowTheMoney files have one object a line")),
        Err(error) if error.is_eof() => Err(cut(input, "the JSON object is not closed", "one JSON object a line")),
        Err(error) => Err(wrong(input, format!("text that begins like JSON ({error})"))),
    }
}

fn table(input: &Input, start: &[u8]) -> Result<Form, Error> {
    let (text, _) = decode(&start[..start.len().min(1 << 16)]);
    let lines = text.lines().filter(|line| !line.trim().is_empty()).take(LINES_TRIED);
    if let Some(table) = lines.clone().find_map(rows::table_of) {
        return Ok(Form::Ofac(table));
    }
    let first = lines.clone().next().unwrap_or("");
    if own::is_simple(first) {
        return Ok(Form::SimpleCsv);
    }
    let numbered = first.split_once(',').is_some_and(|(number, _)| number.trim().parse::<u64>().is_ok());
    if numbered && lines.count() == 1 && !input.bytes.ends_with(b"\n") {
        return Err(cut(input, &format!("the only row is not complete: {}", quote(first)), "whole rows"));
    }
    if first.contains([',', ';', '\t', '|']) {
        let found = format!(
            "a table whose first row is {}; if it is your own, write a map for it with 'mihenk lists map FILE', and add it with --map",
            quote(first)
        );
        return Err(wrong(input, found));
    }
    Err(wrong(input, format!("text that begins with {}", quote(first))))
}

fn cut(input: &Input, found: &str, expected: &str) -> Error {
    let byte = input.bytes.len();
    Error::Cut {
        file: input.name.clone(),
        line: line_of(&input.bytes, byte),
        byte: byte as u64,
        found: found.to_owned(),
        expected: expected.to_owned(),
    }
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
        ] {
            assert_eq!(form(content.as_bytes()), Ok(expected), "{content}");
        }
    }

    #[test]
    fn what_is_no_list_is_named() {
        for (content, expected) in [
            (&b""[..], "the file is empty"),
            (b" \n ", "the file is empty"),
            (b"%PDF-1.7 ...", "PDF"),
            (b"PK\x03\x04....", "ZIP archive or an Office document"),
            (b"\x1F\x8B\x08", "gzip"),
            (b"\xFD7zXZ\x00...", "xz archive"),
            (b"list/\0\0\0\0\0ustar", "NUL bytes"),
            (b"<\0?\0x\0m\0l\0 \0v\0", "UTF-16 without a byte order mark"),
            (b"{\"op\":\"ADD\",\"entity\":{\"id\":\"a\",\"schema\":\"Person\"}}\n", "a delta of OpenSanctions"),
            (b"<!DOCTYPE html><html><body>503</body>", "HTML page"),
            (b"<sdnList xmlns=\"x\"><sdnEntry/></sdnList>", "root element <sdnList>"),
            (b"<?xml version", "cut in the middle"),
            (b"[{\"id\":\"1\",\"schema\":\"Person\"}]", "JSON array"),
            (b"{\"results\": []}\n", "no field \"schema\""),
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
