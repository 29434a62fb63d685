//! Word documents in Office Open XML: what a reader sees, part by part.
//!
//! In comes a package that was opened, out come the document itself, its headers, footers, notes and comments as parts of
//! their own. Text is in `t`, a paragraph ends with `p`; what was deleted with changes tracked, field codes, and the second
//! copy of what newer programs draw otherwise (`mc:Fallback`) are not seen by a reader and left out. Which member is what
//! is said by `[Content_Types].xml`. Standard: ECMA-376 Part 1, 11.3 and 17.3; Part 3, 10.2.1; Part 2, 6.2.3.

use quick_xml::{
    Reader as XmlReader,
    escape::resolve_xml_entity,
    events::{BytesRef, BytesStart, Event},
};

use crate::{
    Why,
    archive::Archive,
    encoding,
    reading::{Reading, below},
    recognise::{Form, Kind, recognise},
};

const CONTENT_TYPES: &str = "[Content_Types].xml";

/// The end of a content type, and what a part of it is called. The first is the document itself.
const PARTS: [(&str, &str); 9] = [
    (".document.main+xml", "document"),
    (".template.main+xml", "document"),
    // Macro-enabled documents and templates have content types of their own.
    (".document.macroenabled.main+xml", "document"),
    (".template.macroenabledtemplate.main+xml", "document"),
    (".header+xml", "header"),
    (".footer+xml", "footer"),
    (".footnotes+xml", "footnotes"),
    (".endnotes+xml", "endnotes"),
    (".comments+xml", "comments"),
];

/// Whether a package is a Word document.
pub(crate) fn is_word(reading: &mut Reading, archive: &mut Archive) -> bool {
    parts(reading, archive).is_some_and(|parts| parts.iter().any(|(_, kind)| *kind == "document"))
}

/// The members of a package that are parts of a Word document, with what they are.
fn parts(reading: &mut Reading, archive: &mut Archive) -> Option<Vec<(String, &'static str)>> {
    let bytes = archive.named(reading, CONTENT_TYPES)?.ok()?;
    let text = encoding::decode(&bytes).text;
    let mut reader = XmlReader::from_str(&text);
    let mut out = Vec::new();
    loop {
        let element = match reader.read_event() {
            Ok(Event::Empty(element) | Event::Start(element)) => element,
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => continue,
        };
        if local(element.name().as_ref()) != "Override" {
            continue;
        }
        let of = |name: &str| attribute(&element, name);
        let (Some(name), Some(kind)) = (of("PartName"), of("ContentType")) else { continue };
        let kind = kind.to_ascii_lowercase();
        let is_word = kind.contains("wordprocessingml") || kind.contains("ms-word");
        if let Some((_, part)) = PARTS.iter().find(|(end, _)| is_word && kind.ends_with(end)) {
            out.push((name.trim_start_matches('/').to_owned(), *part));
        }
    }
    // The document first, then its other parts by name.
    out.sort_by_key(|(name, kind)| (PARTS.iter().position(|p| p.1 == *kind), name.clone()));
    Some(out)
}

/// Reads a Word document.
pub(crate) fn read(reading: &mut Reading, archive: &mut Archive, path: &[String]) {
    let parts = parts(reading, archive).unwrap_or_default();
    for (name, kind) in &parts {
        if !reading.takes_member(path) {
            return;
        }
        let path = below(path, title(&parts, name, kind));
        let text = match archive.named(reading, name) {
            None => Err(Why::Damaged(format!("{name} is not in the package, though {CONTENT_TYPES} names it"))),
            Some(bytes) => bytes.and_then(|bytes| text_of(&encoding::decode(&bytes).text)),
        };
        match text {
            Ok(text) if text.trim().is_empty() => {}
            Ok(text) => reading.push_text(&path, Form::Docx, text),
            Err(why) => reading.leave_out(&path, why),
        }
    }
    read_embedded(reading, archive, path);
}

/// What a part is called: *header 2* if there are several.
fn title(parts: &[(String, &'static str)], name: &str, kind: &str) -> String {
    let same = || parts.iter().filter(|p| p.1 == kind);
    if same().count() == 1 {
        return kind.to_owned();
    }
    format!("{kind} {}", 1 + same().position(|p| p.0 == name).unwrap_or(0))
}

/// Documents and pictures inside: `word/embeddings`, `word/media`.
fn read_embedded(reading: &mut Reading, archive: &mut Archive, path: &[String]) {
    for number in 0..archive.names.len() {
        let name = archive.names[number].clone();
        let is_embedded = name.contains("/embeddings/") || name.contains("/media/");
        if !is_embedded || name.ends_with('/') {
            continue;
        }
        if !reading.takes_member(path) {
            return;
        }
        let path = below(path, name);
        match archive.member(reading, number) {
            // Outlines of a drawing are no text.
            Ok(bytes) if matches!(recognise(&bytes), Kind::Other("binary data")) => {
                reading.leave_out(&path, Why::Form("binary data"));
            }
            Ok(bytes) => {
                reading.read(&bytes, &path);
            }
            Err(why) => reading.leave_out(&path, why),
        }
    }
}

/// Elements whose content no reader sees.
const HIDDEN: [&str; 5] = ["del", "moveFrom", "instrText", "Fallback", "rPrChange"];

/// The text of a part.
fn text_of(xml: &str) -> Result<String, Why> {
    let mut reader = XmlReader::from_str(xml);
    let (mut out, mut hidden, mut in_text) = (String::new(), 0usize, false);
    loop {
        match reader.read_event().map_err(|e| damaged(&reader, &e.to_string()))? {
            Event::Start(element) => {
                let name = element.name();
                let name = local(name.as_ref());
                if hidden > 0 || HIDDEN.contains(&name) {
                    hidden += 1;
                } else {
                    in_text |= name == "t";
                    begin(name, &mut out);
                }
            }
            Event::Empty(element) if hidden == 0 => begin(local(element.name().as_ref()), &mut out),
            Event::End(_) if hidden > 0 => hidden -= 1,
            Event::End(element) => {
                let name = element.name();
                let name = local(name.as_ref());
                in_text &= name != "t";
                if name == "p" {
                    out.push_str("\n\n");
                }
            }
            Event::Text(text) if in_text && hidden == 0 => {
                out.push_str(&text.into_inner());
            }
            Event::CData(text) if in_text && hidden == 0 => {
                out.push_str(&text.into_inner());
            }
            Event::GeneralRef(reference) if in_text && hidden == 0 => {
                out.push_str(
                    &resolved(&reference).ok_or_else(|| damaged(&reader, "a reference that XML does not know"))?,
                );
            }
            // A document type may define entities that unfold without end; no office program writes one.
            Event::DocType(_) => return Err(damaged(&reader, "a document type, which Office Open XML does not allow")),
            Event::Eof if hidden > 0 || in_text => return Err(damaged(&reader, "the end, with elements open")),
            Event::Eof => return Ok(out),
            _ => {}
        }
    }
}

/// What stands for something else than letters (ECMA-376 Part 1, 17.3.3).
fn begin(name: &str, out: &mut String) {
    match name {
        "tab" | "ptab" => out.push('\t'),
        "br" | "cr" => out.push('\n'),
        "noBreakHyphen" => out.push('-'),
        "softHyphen" => out.push('\u{AD}'),
        _ => {}
    }
}

fn resolved(reference: &BytesRef) -> Option<String> {
    if let Some(c) = reference.resolve_char_ref().ok()? {
        return Some(c.to_string());
    }
    resolve_xml_entity(reference).map(str::to_owned)
}

fn damaged(reader: &XmlReader<&[u8]>, what: &str) -> Why {
    Why::Damaged(format!("byte {}: {what}", reader.buffer_position()))
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    name.split_once(':').map_or(name, |(_, local)| local)
}

fn attribute(element: &BytesStart, name: &str) -> Option<String> {
    let found = element.attributes().filter_map(Result::ok).find(|a| a.key.as_ref() == name)?;
    Some(found.value.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_sees_runs_paragraphs_and_no_deleted_words() {
        let xml = "<w:document><w:body><w:p><w:r><w:t>Ali Sham</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t xml:space='preserve'>khani &amp; </w:t>\
                   </w:r><w:del><w:r><w:delText>gone</w:delText><w:t>gone</w:t></w:r></w:del><w:r><w:t>Co&#46;</w:t><w:br/><w:t>next</w:t></w:r></w:p>\
                   <w:p><w:r><w:instrText>HYPERLINK</w:instrText><w:t>A</w:t><w:tab/><w:t>B</w:t></w:r></w:p></w:body></w:document>";
        assert_eq!(text_of(xml).unwrap(), "Ali Shamkhani & Co.\nnext\n\nA\tB\n\n");
    }

    #[test]
    fn entities_of_a_document_type_are_refused() {
        let bomb = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;'>]><w:p><w:t>&b;</w:t></w:p>";
        assert!(text_of(bomb).unwrap_err().to_string().contains("a document type"));
        assert!(text_of("<w:p><w:t>&b;</w:t></w:p>").unwrap_err().to_string().contains("reference"));
    }
}
