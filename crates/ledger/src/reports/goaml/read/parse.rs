//! From bytes to a tree of elements with their places, or to the one reason why that cannot be.
//!
//! A thin layer over a streaming parser. Entities are the five of XML 1.0 and references to characters; a document type is refused, so that
//! nothing can be declared that grows. Attributes have no meaning in goAML; those that name a schema are passed over, others are found.

use std::borrow::Cow;

use quick_xml::{
    Reader, XmlVersion,
    errors::IllFormedError,
    escape::resolve_xml_entity,
    events::{BytesDecl, BytesRef, BytesStart, Event},
};

use super::{
    super::{
        check::{FINDINGS_MAX, Finding, cut, quote},
        element::{Element, Place},
        sayings, value,
    },
    BYTES_MAX, DEPTH_MAX, ELEMENTS_MAX, ReadError, ReadErrorKind,
};

/// A document.
pub(super) struct Parsed<'x> {
    pub(super) root: Element<'x>,
    /// What is no element and no text, and was passed over.
    pub(super) findings: Vec<Finding>,
}

/// Attributes of one element.
const ATTRIBUTES_MAX: usize = 32;

/// Reads a whole document.
pub(super) fn parse(bytes: &[u8]) -> Result<Parsed<'_>, ReadError> {
    let text = decoded(bytes)?;
    let mut walk = Walk {
        text,
        open: Vec::new(),
        root: None,
        counted: (0, Place { line: 1, column: 1 }),
        elements: 0,
        findings: Vec::new(),
    };
    walk.forbidden()?;
    let mut reader = Reader::from_str(text);
    loop {
        let at = position(reader.buffer_position());
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(error) => return Err(walk.syntax(&error, position(reader.error_position()))),
        };
        match event {
            Event::Start(tag) => walk.start(&tag, at)?,
            Event::Empty(tag) => {
                walk.start(&tag, at)?;
                walk.end();
            }
            Event::End(_) => walk.end(),
            Event::Text(part) => walk.text(lines(part.into_inner()), at)?,
            Event::CData(part) => walk.text(lines(part.into_inner()), at)?,
            Event::GeneralRef(part) => {
                let resolved = walk.reference(&part, at)?;
                walk.text(resolved, at)?;
            }
            Event::Decl(declaration) => walk.declaration(&declaration, at)?,
            Event::DocType(_) => {
                let right = "a report without one; nothing is expanded or fetched";
                return Err(walk.error(ReadErrorKind::DocumentType, at, "a document type (<!DOCTYPE …>)", right));
            }
            Event::Comment(_) | Event::PI(_) => {}
            Event::Eof => return walk.finish(),
        }
    }
}

fn position(at: u64) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}

/// The bytes as text.
fn decoded(bytes: &[u8]) -> Result<&str, ReadError> {
    let error = |kind, place, found: String, right: &str| ReadError {
        kind,
        place,
        path: String::new(),
        found,
        right: right.to_owned(),
    };
    if bytes.len() > BYTES_MAX {
        let found = format!("{} bytes", bytes.len());
        return Err(error(ReadErrorKind::TooLarge, None, found, &format!("at most {BYTES_MAX} in one report")));
    }
    if bytes.starts_with(&[0xFF, 0xFE])
        || bytes.starts_with(&[0xFE, 0xFF])
        || bytes.get(..2).is_some_and(|b| b.contains(&0))
    {
        let start = Some(Place { line: 1, column: 1 });
        return Err(error(ReadErrorKind::Encoding, start, "text in UTF-16".to_owned(), "text in UTF-8"));
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|wrong| {
        let before = std::str::from_utf8(&bytes[..wrong.valid_up_to()]).unwrap_or_default();
        let place = moved(before, Place { line: 1, column: 1 });
        let found = format!(
            "the byte 0x{:02X}, which is not UTF-8",
            bytes.get(wrong.valid_up_to()).copied().unwrap_or_default()
        );
        error(ReadErrorKind::Encoding, Some(place), found, "text in UTF-8")
    })
}

/// The place behind a text that begins at a place.
fn moved(text: &str, from: Place) -> Place {
    let mut place = from;
    for byte in text.bytes() {
        match byte {
            b'\n' => place = Place { line: place.line + 1, column: 1 },
            // What continues a character is no column of its own.
            0x80..=0xBF => {}
            _ => place.column += 1,
        }
    }
    place
}

/// The ends of lines as XML 1.0 (2.11) has them read.
fn lines(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains('\r') { Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")) } else { text }
}

struct Walk<'x> {
    text: &'x str,
    open: Vec<Element<'x>>,
    root: Option<Element<'x>>,
    /// Offset up to which was counted, and the place there.
    counted: (usize, Place),
    elements: usize,
    findings: Vec<Finding>,
}

impl<'x> Walk<'x> {
    fn place(&mut self, at: usize) -> Place {
        let (from, place) = self.counted;
        if at > from {
            self.counted = (at, moved(self.text.get(from..at).unwrap_or_default(), place));
        }
        self.counted.1
    }

    fn path(&self) -> String {
        let names: Vec<&str> = self.open.iter().map(|element| element.name.as_ref()).collect();
        names.join("/")
    }

    fn error(&mut self, kind: ReadErrorKind, at: usize, found: &str, right: &str) -> ReadError {
        let place = Some(moved(self.text.get(..at).unwrap_or(self.text), Place { line: 1, column: 1 }));
        ReadError { kind, place, path: self.path(), found: found.to_owned(), right: right.to_owned() }
    }

    /// Characters that no XML has, written as they are.
    fn forbidden(&mut self) -> Result<(), ReadError> {
        let Some((at, c)) = value::forbidden(self.text) else { return Ok(()) };
        let found = format!("the character U+{:04X}", u32::from(c));
        Err(self.error(ReadErrorKind::Malformed, at, &found, "characters that XML 1.0 allows"))
    }

    fn declaration(&mut self, declaration: &BytesDecl<'_>, at: usize) -> Result<(), ReadError> {
        if at > 0 {
            let right = "<?xml …?> at the very beginning, or nowhere";
            return Err(self.error(ReadErrorKind::Malformed, at, "an XML declaration within the file", right));
        }
        let Some(Ok(encoding)) = declaration.encoding() else { return Ok(()) };
        if ["utf-8", "utf8", "us-ascii"].iter().any(|known| encoding.eq_ignore_ascii_case(known)) {
            return Ok(());
        }
        let found = format!("the declared encoding {}", quote(&encoding));
        Err(self.error(ReadErrorKind::Encoding, at, &found, "UTF-8, declared as utf-8"))
    }

    fn start(&mut self, tag: &BytesStart<'x>, at: usize) -> Result<(), ReadError> {
        if self.root.is_some() {
            return Err(self.error(
                ReadErrorKind::Malformed,
                at,
                "an element behind the report",
                "one report in one file",
            ));
        }
        if self.open.len() >= DEPTH_MAX {
            let found = format!("elements more than {DEPTH_MAX} levels deep");
            return Err(self.error(ReadErrorKind::TooLarge, at, &found, "the levels of a report"));
        }
        self.elements += 1;
        if self.elements > ELEMENTS_MAX {
            let found = format!("more than {ELEMENTS_MAX} elements");
            return Err(self.error(ReadErrorKind::TooLarge, at, &found, "several reports"));
        }
        let length = tag.name().as_ref().len();
        let Some(name) = self.text.get(at + 1..at + 1 + length) else {
            return Err(self.error(ReadErrorKind::Malformed, at, "an element name that cannot be read", "a name"));
        };
        if self.open.is_empty() && name != "report" {
            let found = format!("the root element <{name}>");
            return Err(self.error(ReadErrorKind::NoReport, at, &found, "<report>"));
        }
        let place = self.place(at);
        let element = Element { name: Cow::Borrowed(name), place: Some(place), ..Element::default() };
        self.open.push(element);
        self.attributes(tag, at, place)
    }

    /// Passes over what names a schema or says that an element is empty, and finds what else there is.
    fn attributes(&mut self, tag: &BytesStart<'x>, at: usize, place: Place) -> Result<(), ReadError> {
        // Looking for one that comes twice takes time with the square of their number.
        for (count, attribute) in tag.attributes().with_checks(false).enumerate() {
            if count == ATTRIBUTES_MAX {
                let found = format!("more than {ATTRIBUTES_MAX} attributes");
                return Err(self.error(ReadErrorKind::TooLarge, at, &found, "elements without attributes"));
            }
            let attribute = match attribute {
                Ok(attribute) => attribute,
                Err(error) => {
                    return Err(self.error(ReadErrorKind::Malformed, at, &error.to_string(), "name=\"value\""));
                }
            };
            let value = match attribute.normalized_value(XmlVersion::default()) {
                Ok(value) => value.into_owned(),
                Err(error) => {
                    return Err(self.error(
                        ReadErrorKind::Malformed,
                        at,
                        &error.to_string(),
                        "a value that can be read",
                    ));
                }
            };
            let key: &str = attribute.key.as_ref();
            if key == "xmlns" || key.starts_with("xmlns:") || key.starts_with("xsi:") {
                continue;
            }
            let (found, right) = (sayings::attribute(key, cut(&value)), sayings::without_attribute());
            let finding = Finding::at(&self.path(), Some(place), found, right);
            if self.findings.len() <= FINDINGS_MAX {
                self.findings.push(finding.warning().kept(format!("{key}=\"{value}\"")));
            }
        }
        Ok(())
    }

    fn end(&mut self) {
        let Some(element) = self.open.pop() else { return };
        match self.open.last_mut() {
            Some(parent) => parent.children.push(element),
            None => self.root = Some(element),
        }
    }

    fn text(&mut self, part: Cow<'x, str>, at: usize) -> Result<(), ReadError> {
        if let Some(element) = self.open.last_mut() {
            match &mut element.text {
                text if text.is_empty() => *text = part,
                text => text.to_mut().push_str(&part),
            }
        } else if !part.trim_matches(value::is_blank).is_empty() {
            let found = format!("text outside the report: {}", quote(part.trim()));
            return Err(self.error(ReadErrorKind::Malformed, at, &found, "elements only"));
        }
        Ok(())
    }

    fn reference(&mut self, part: &BytesRef<'x>, at: usize) -> Result<Cow<'x, str>, ReadError> {
        let name: &str = part;
        if let Ok(Some(c)) = part.resolve_char_ref() {
            if value::is_allowed(c) {
                return Ok(Cow::Owned(c.to_string()));
            }
            let found = format!("the character U+{:04X}", u32::from(c));
            return Err(self.error(ReadErrorKind::Malformed, at, &found, "characters that XML 1.0 allows"));
        }
        if let Some(text) = resolve_xml_entity(name) {
            return Ok(Cow::Borrowed(text));
        }
        let kind = if name.starts_with('#') { ReadErrorKind::Malformed } else { ReadErrorKind::DocumentType };
        let found = format!("the entity &{name};");
        Err(self.error(kind, at, &found, "&amp; &lt; &gt; &quot; &apos; or the number of a character"))
    }

    fn finish(mut self) -> Result<Parsed<'x>, ReadError> {
        let end = self.text.len();
        if let Some(root) = self.root {
            return Ok(Parsed { root, findings: self.findings });
        }
        if self.open.is_empty() {
            return Err(self.error(ReadErrorKind::NoReport, end, "no element at all", "<report>"));
        }
        Err(self.cut("the end of the file"))
    }

    fn cut(&mut self, found: &str) -> ReadError {
        let root = self.open.first().map_or("report", |root| root.name.as_ref()).to_owned();
        let right = format!("the file to its end, </{root}>");
        self.error(ReadErrorKind::Cut, self.text.len(), found, &right)
    }

    /// What the parser calls a syntax error is markup that the end of the file cut off.
    fn syntax(&mut self, error: &quick_xml::Error, at: usize) -> ReadError {
        let is_last = !self.text.get(at..).is_some_and(|rest| rest.contains('<'));
        match error {
            quick_xml::Error::Syntax(error) => self.cut(&error.to_string()),
            quick_xml::Error::IllFormed(error @ IllFormedError::UnclosedReference) if is_last => {
                self.cut(&error.to_string())
            }
            error => self.error(ReadErrorKind::Malformed, at, &error.to_string(), "well-formed XML"),
        }
    }
}
