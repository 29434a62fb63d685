//! XML one record at a time: a thin layer over a streaming reader.
//!
//! In comes the text of a document and the depth at which its records stand; out come, through a [`Handler`], the root
//! element, each record as a small [`Element`] tree, and text that stands where none should. Memory is that of one
//! record. How large a record may be has a limit, and how many there may be; a document beyond it is refused. A document
//! that ends early is [`Error::Cut`], never a short list: the reader counts open elements and accepts the end only when the
//! root is closed. Entities are the five of XML 1.0 and character references; a document type is never expanded.
//! Standard: XML 1.0 (<https://www.w3.org/TR/xml/>).

use std::borrow::Cow;

use quick_xml::{
    Reader,
    errors::IllFormedError,
    escape::resolve_xml_entity,
    events::{BytesRef, BytesStart, Event},
};

use mihenk_said::Said;

use crate::{error::Error, finding::quote, input::Input, listing::one_line, sayings};

/// What is right where a document breaks the rules of XML.
const WELL_FORMED: &str = "well-formed XML";

/// An element with everything in it.
#[derive(Clone, Debug)]
pub(crate) struct Element<'x> {
    /// Its name, with prefix if it has one.
    pub(crate) name: &'x str,
    /// The line of its start tag, from 1.
    pub(crate) line: u64,
    /// Its attributes.
    pub(crate) attributes: Vec<(String, String)>,
    /// Its own text.
    pub(crate) text: Cow<'x, str>,
    /// The elements in it.
    pub(crate) children: Vec<Element<'x>>,
}

/// What to do with the parts of a document.
pub(crate) trait Handler<'x> {
    /// The root element, without its content.
    fn root(&mut self, root: &Element<'x>);
    /// A record, and the names of the elements around it, outermost first.
    fn record(&mut self, path: &[&'x str], record: &Element<'x>);
    /// Text outside any record.
    fn stray_text(&mut self, path: &[&'x str], line: u64, text: &str);
}

/// Elements inside one another, counted from the root; no list needs more.
const DEPTH_MAX: usize = 32;

/// Elements in one record; the largest tables of reference values have some thousands.
const RECORD_ELEMENTS_MAX: usize = 100_000;

/// Records of a document; the largest list has some hundred thousand, with what its records refer to.
const RECORDS_MAX: usize = 1_000_000;

/// Pieces of text where none should stand.
const STRAY_TEXTS_MAX: usize = 10_000;

/// Attributes of one element; no list has more than a dozen.
const ATTRIBUTES_MAX: usize = 64;

impl<'x> Element<'x> {
    /// The first child of that name.
    pub(crate) fn child(&self, name: &str) -> Option<&Element<'x>> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The children of that name.
    pub(crate) fn children<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Element<'x>> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The trimmed text of the first child of that name, empty if there is none.
    pub(crate) fn text_of(&self, name: &str) -> &str {
        self.child(name).map_or("", |child| child.text.trim())
    }

    /// The text of the element and of everything in it, and its attributes.
    pub(crate) fn all_text(&self) -> String {
        let mut texts = vec![one_line(&self.text)];
        texts.extend(self.attributes.iter().map(|(_, value)| one_line(value)));
        texts.extend(self.children.iter().map(Element::all_text));
        texts.retain(|text| !text.is_empty());
        texts.join(", ")
    }

    /// The value of an attribute.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// Reads a whole document; records are the elements `depth` levels below the root.
pub(crate) fn walk<'x>(input: &'x Input, depth: usize, handler: &mut impl Handler<'x>) -> Result<(), Error> {
    let text = std::str::from_utf8(input.body()).map_err(|error| Error::Malformed {
        file: input.name.clone(),
        line: crate::input::line_of(input.body(), error.valid_up_to()),
        byte: error.valid_up_to() as u64,
        found: sayings::byte_no_utf8(),
        expected: sayings::document_in_utf8(),
    })?;
    let mut walk = Walk {
        file: &input.name,
        text,
        open: Vec::new(),
        ended: false,
        counted: (0, 1),
        elements: 0,
        records: 0,
        strays: 0,
    };
    let mut reader = Reader::from_str(text);
    loop {
        let at = reader.buffer_position() as usize;
        let event = reader.read_event().map_err(|error| walk.syntax(&error, reader.error_position() as usize))?;
        match event {
            Event::Start(tag) => walk.start(&tag, at, depth, handler)?,
            Event::Empty(tag) => {
                walk.start(&tag, at, depth, handler)?;
                walk.end(at, depth, handler)?;
            }
            Event::End(_) => walk.end(at, depth, handler)?,
            Event::Text(part) => walk.text(part.into_inner(), at, depth, handler)?,
            Event::CData(part) => walk.text(part.into_inner(), at, depth, handler)?,
            Event::GeneralRef(part) => {
                let resolved = walk.reference(&part, at)?;
                walk.text(resolved, at, depth, handler)?;
            }
            Event::Eof => return walk.finish(),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}

struct Walk<'x> {
    file: &'x str,
    text: &'x str,
    open: Vec<Element<'x>>,
    ended: bool,
    /// Offset up to which lines were counted, and the line there.
    counted: (usize, u64),
    /// How many elements the record has so far that is being read.
    elements: usize,
    /// Records so far.
    records: usize,
    /// Pieces of stray text so far.
    strays: usize,
}

impl<'x> Walk<'x> {
    fn line(&mut self, at: usize) -> u64 {
        let (from, line) = self.counted;
        let newlines =
            self.text.as_bytes().get(from..at).map_or(0, |part| part.iter().filter(|&&b| b == b'\n').count());
        self.counted = (from.max(at), line + newlines as u64);
        self.counted.1
    }

    fn path(&self) -> Vec<&'x str> {
        self.open.iter().map(|element| element.name).collect()
    }

    fn start(
        &mut self,
        tag: &BytesStart<'x>,
        at: usize,
        depth: usize,
        handler: &mut impl Handler<'x>,
    ) -> Result<(), Error> {
        let line = self.line(at);
        if self.ended {
            return Err(self.malformed(
                at,
                "an element behind the end of the document",
                "nothing behind the root element",
            ));
        }
        if self.open.len() >= DEPTH_MAX {
            let found = format!("elements more than {DEPTH_MAX} levels deep");
            return Err(self.malformed(at, &found, "a flat document"));
        }
        self.elements = if self.open.len() <= depth { 0 } else { self.elements + 1 };
        if self.elements > RECORD_ELEMENTS_MAX {
            let found = format!("more than {RECORD_ELEMENTS_MAX} elements in one record");
            return Err(self.malformed(at, &found, "records of a list"));
        }
        let length = tag.name().as_ref().len();
        let Some(name) = self.text.get(at + 1..at + 1 + length) else {
            return Err(self.malformed(at, "an element name that cannot be read", "a name"));
        };
        let mut attributes: Vec<(String, String)> = Vec::new();
        // Looking for an attribute that comes twice takes time with the square of their number.
        for attribute in tag.attributes().with_checks(false) {
            if attributes.len() == ATTRIBUTES_MAX {
                let found = format!("<{name}> with more than {ATTRIBUTES_MAX} attributes");
                return Err(self.malformed(at, &found, "an element of a list"));
            }
            let attribute =
                attribute.map_err(|error| self.malformed(at, &format!("<{name}>: {error}"), "name=\"value\""))?;
            let value = attribute
                .normalized_value(quick_xml::XmlVersion::default())
                .map_err(|error| self.malformed(at, &format!("<{name}>: {error}"), "a readable value"))?;
            let key: &str = attribute.key.as_ref();
            if attributes.iter().any(|(known, _)| known == key) {
                return Err(self.malformed(at, &format!("<{name}> with {key} twice"), "each attribute once"));
            }
            attributes.push((key.to_owned(), value.into_owned()));
        }
        let element = Element { name, line, attributes, text: Cow::Borrowed(""), children: Vec::new() };
        if self.open.is_empty() {
            handler.root(&element);
        }
        debug_assert!(depth > 0, "the root is not a record");
        self.open.push(element);
        Ok(())
    }

    fn end(&mut self, at: usize, depth: usize, handler: &mut impl Handler<'x>) -> Result<(), Error> {
        let Some(element) = self.open.pop() else { return Ok(()) };
        match self.open.len() {
            0 => self.ended = true,
            level if level == depth => {
                self.records += 1;
                if self.records > RECORDS_MAX {
                    return Err(self.malformed(at, &format!("more than {RECORDS_MAX} records"), "a list"));
                }
                handler.record(&self.path(), &element);
            }
            level if level > depth => {
                if let Some(parent) = self.open.last_mut() {
                    parent.children.push(element);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn text(
        &mut self,
        part: Cow<'x, str>,
        at: usize,
        depth: usize,
        handler: &mut impl Handler<'x>,
    ) -> Result<(), Error> {
        if self.open.len() > depth {
            if let Some(element) = self.open.last_mut() {
                match &mut element.text {
                    text if text.is_empty() => *text = part,
                    text => text.to_mut().push_str(&part),
                }
            }
        } else if !part.trim().is_empty() {
            let line = self.line(at);
            if self.open.is_empty() {
                return Err(self.malformed(
                    at,
                    &format!("text outside the document: {}", quote(&part)),
                    "only elements",
                ));
            }
            self.strays += 1;
            if self.strays > STRAY_TEXTS_MAX {
                return Err(self.malformed(at, "texts between records, again and again", "records"));
            }
            handler.stray_text(&self.path(), line, &part);
        }
        Ok(())
    }

    fn reference(&self, part: &BytesRef<'x>, at: usize) -> Result<Cow<'x, str>, Error> {
        if let Ok(Some(character)) = part.resolve_char_ref() {
            return Ok(Cow::Owned(character.to_string()));
        }
        let name: &str = part;
        resolve_xml_entity(name).map(Cow::Borrowed).ok_or_else(|| {
            self.malformed(at, &format!("the entity &{name};"), "&amp; &lt; &gt; &quot; &apos; or a number")
        })
    }

    fn finish(mut self) -> Result<(), Error> {
        if self.ended {
            return Ok(());
        }
        let names = self.path().join(" > ");
        let found = if names.is_empty() { sayings::no_element() } else { sayings::element_open(names) };
        Err(self.cut(found))
    }

    fn cut(&mut self, found: Said) -> Error {
        let root = self.open.first().map_or("root element", |root| root.name);
        let expected = sayings::end_tag_of(root);
        let byte = self.text.len();
        Error::Cut { file: self.file.to_owned(), line: self.line(byte), byte: byte as u64, found, expected }
    }

    fn malformed(&self, at: usize, found: &str, expected: &str) -> Error {
        Error::Malformed {
            file: self.file.to_owned(),
            line: crate::input::line_of(self.text.as_bytes(), at),
            byte: at as u64,
            found: found.to_owned().into(),
            expected: if expected == WELL_FORMED { sayings::well_formed_xml() } else { expected.to_owned().into() },
        }
    }

    /// What the reader calls a syntax error is markup that the end of the file cut off.
    fn syntax(&mut self, error: &quick_xml::Error, at: usize) -> Error {
        match error {
            quick_xml::Error::Syntax(error) => self.cut(error.to_string().into()),
            quick_xml::Error::IllFormed(error @ IllFormedError::UnclosedReference)
                if !self.text.get(at..).is_some_and(|rest| rest.contains('<')) =>
            {
                self.cut(error.to_string().into())
            }
            error => self.malformed(at, &error.to_string(), WELL_FORMED),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Seen(Vec<String>);

    impl<'x> Handler<'x> for Seen {
        fn root(&mut self, root: &Element<'x>) {
            self.0.push(format!("root {} {}", root.name, root.attribute("date").unwrap_or("-")));
        }
        fn record(&mut self, path: &[&'x str], record: &Element<'x>) {
            let texts: Vec<String> = record.children.iter().map(|c| format!("{}={}", c.name, c.text.trim())).collect();
            self.0.push(format!("{} {}:{} {}", path.join("/"), record.name, record.line, texts.join(" ")));
        }
        fn stray_text(&mut self, path: &[&'x str], line: u64, text: &str) {
            self.0.push(format!("stray {} {line} {}", path.join("/"), text.trim()));
        }
    }

    fn seen(text: &str) -> Result<Vec<String>, Error> {
        let input = Input { name: "x.xml".to_owned(), bytes: text.as_bytes().to_vec() };
        let mut seen = Seen::default();
        walk(&input, 2, &mut seen).map(|()| seen.0)
    }

    const DOCUMENT: &str = "<?xml version=\"1.0\"?>\n<LIST date=\"2026\">\n<PEOPLE>\n  \
        <PERSON><NAME>A &amp; &#66;</NAME><X/></PERSON>\n\
        <PERSON>\n<NAME><![CDATA[C & D]]></NAME></PERSON></PEOPLE></LIST>\n";

    #[test]
    fn records_come_one_by_one_with_their_lines() {
        assert_eq!(
            seen(DOCUMENT).unwrap(),
            ["root LIST 2026", "LIST/PEOPLE PERSON:4 NAME=A & B X=", "LIST/PEOPLE PERSON:5 NAME=C & D"]
        );
        assert_eq!(seen("<L><P> oh <R/></P></L>").unwrap(), ["root L -", "stray L/P 1 oh", "L/P R:1 "]);
    }

    #[test]
    fn a_document_cut_anywhere_is_an_error() {
        let end = DOCUMENT.trim_end().len();
        for length in 0..end {
            assert!(seen(&DOCUMENT[..length]).is_err(), "accepted when cut at byte {length}");
        }
        assert!(seen(&DOCUMENT[..end]).is_ok(), "the last line break is not needed");
        let error = seen(&DOCUMENT[..DOCUMENT.find("&#66;").unwrap()]).unwrap_err().to_string();
        assert!(error.contains("LIST > PEOPLE > PERSON > NAME is not closed"), "{error}");
        assert!(error.contains("expected the end tag of LIST"), "{error}");
    }

    #[test]
    fn what_is_not_xml_is_refused_with_the_place() {
        let error = |text: &str| seen(text).unwrap_err().to_string();
        assert!(error("<L>\n<P><R></P></L>").starts_with("x.xml: line 2"));
        assert!(error("<L>\n<P><R>&bomb;</R></P></L>").contains("the entity &bomb;"));
        assert!(error("<L></L><L></L>").contains("behind the end"));
        assert!(error(&format!("<L>{}", "<a>".repeat(100))).contains("32 levels"));
        assert!(error("text").contains("outside"));
        assert!(error("<L><P a='1' a='2'/></L>").contains("a twice"));
    }

    #[test]
    fn documents_that_grow_when_they_are_read_are_refused() {
        let laughs = "<!DOCTYPE L [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]><L><P><R>&b;</R></P></L>";
        let error = seen(laughs).unwrap_err().to_string();
        assert!(error.contains("the entity &b;") && error.contains("expected &amp;"), "{error}");
        let error = seen("<!DOCTYPE L [<!ENTITY a \"ha\">]><L><P><R x='&a;'/></P></L>").unwrap_err().to_string();
        assert!(error.contains("<R>"), "{error}");
        let outer = "<!DOCTYPE L [<!ENTITY f SYSTEM \"file:///etc/hostname\">]><L><P><R>&f;</R></P></L>";
        assert!(seen(outer).unwrap_err().to_string().contains("the entity &f;"));
    }

    #[test]
    fn records_elements_and_attributes_have_a_largest_number() {
        let many = format!("<L><P><R>{}</R></P></L>", "<a/>".repeat(RECORD_ELEMENTS_MAX + 1));
        assert!(seen(&many).unwrap_err().to_string().contains("elements in one record"));
        let attributes: String = (0..=ATTRIBUTES_MAX).map(|i| format!(" a{i}='1'")).collect();
        assert!(seen(&format!("<L><P><R{attributes}/></P></L>")).unwrap_err().to_string().contains("attributes"));
        let records = format!("<L><P>{}</P></L>", "<R/>".repeat(RECORDS_MAX + 1));
        assert!(seen(&records).unwrap_err().to_string().contains("records; expected a list"));
        let strays = format!("<L><P>{}</P></L>", "a<R/>".repeat(STRAY_TEXTS_MAX + 1));
        assert!(seen(&strays).unwrap_err().to_string().contains("texts between records"));
        let records = format!("<L><P>{}</P></L>", "<R><a/></R>".repeat(3));
        assert_eq!(seen(&records).unwrap().len(), 4, "what counts is one record, not all of them");
    }
}
