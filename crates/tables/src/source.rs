//! A file that was opened: unpacked, its form told, its text as UTF-8.
//!
//! In comes a path, or anything that can be read, with what the user knows of it ([`Options`]); out comes a [`Source`], of
//! which the beginning was looked at and nothing is lost. Names and endings are never asked.

use std::{
    fmt,
    fs::File,
    io::{BufRead, BufReader, Cursor, Read, Seek, SeekFrom},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use mihenk_said::Said;

use crate::{
    csv::{Heading, Layout},
    encoding::{self, Encoding},
    error::Error,
    packed::{Counted, Unpacked},
    sayings,
};

/// Bytes at the beginning by which an encoding is told.
const BEGINNING: u64 = 4 << 20;
/// Bytes at the beginning by which a form is told.
const HEAD: u64 = 1 << 12;
/// Bytes read at once.
const BUFFER: usize = 1 << 18;
/// An XLSX that does not come from a file is held in memory; so much of it.
const IN_MEMORY_MAX: u64 = 1 << 30;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Text with separators.
    Csv,
    /// JSON objects, one on each line or all in a list.
    Json,
    /// A workbook of Office Open XML.
    Xlsx,
    /// Apache Parquet.
    Parquet,
}

impl Form {
    /// What the place of a row is called: `line` or `row`.
    #[must_use]
    pub fn place(self) -> &'static str {
        match self {
            Form::Csv | Form::Json => "line",
            Form::Xlsx | Form::Parquet => "row",
        }
    }
}

/// What a user knows of a file, and its content need not tell.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The encoding of its text.
    pub encoding: Option<&'static Encoding>,
    /// What stands between the cells of CSV, an ASCII character.
    pub delimiter: Option<u8>,
    /// The sheet of a workbook; the first without it.
    pub sheet: Option<String>,
    /// Where the names of the columns stand.
    pub heading: Heading,
}

/// A file that was opened.
pub struct Source<'a> {
    /// What errors call it.
    pub(crate) name: String,
    pub(crate) body: Body<'a>,
    encoding: Option<&'static Encoding>,
    is_packed: bool,
    bytes: Arc<AtomicU64>,
}

/// What is read on.
pub(crate) enum Body<'a> {
    /// UTF-8 or something like it.
    Text(Form, Box<dyn BufRead + Send + 'a>),
    /// A form that is read from many places.
    Whole(Form, Whole),
}

/// A file, or the whole of one in memory.
pub(crate) enum Whole {
    File(File),
    Memory(Vec<u8>),
}

impl<'a> Source<'a> {
    /// Opens a file.
    ///
    /// # Errors
    /// When it cannot be read, or is something that is no table.
    pub fn open(path: &Path, options: &Options) -> Result<Source<'static>, Error> {
        Source::open_as(&path.display().to_string(), path, options)
    }

    /// Opens a file that errors call by another name than its path.
    ///
    /// # Errors
    /// As [`Source::open`].
    pub fn open_as(name: &str, path: &Path, options: &Options) -> Result<Source<'static>, Error> {
        let name = name.to_owned();
        let mut file = File::open(path).map_err(Error::io(&name))?;
        if file.metadata().map_err(Error::io(&name))?.is_dir() {
            return Err(Error::form(&name, sayings::is_a_folder()));
        }
        let mut head = Vec::new();
        file.by_ref().take(8).read_to_end(&mut head).map_err(Error::io(&name))?;
        let form = whole_form(&head);
        if let Some(form) = form
            && file.seek(SeekFrom::Start(0)).is_ok()
        {
            let (body, bytes) = (Body::Whole(form, Whole::File(file)), Arc::default());
            return Ok(Source { name, body, encoding: None, is_packed: false, bytes });
        }
        if file.seek(SeekFrom::Start(0)).is_ok() {
            return Source::read(&name, file, options);
        }
        // A pipe: what was read of it is gone.
        Source::read(&name, Cursor::new(head).chain(file), options)
    }

    /// Takes what can be read for a file.
    ///
    /// # Errors
    /// As [`Source::open`].
    pub fn read(name: &str, input: impl Read + Send + 'a, options: &Options) -> Result<Source<'a>, Error> {
        let (input, bytes) = Counted::new(input);
        let mut input: Box<dyn Read + Send + 'a> = Box::new(input);
        let mut head = Vec::new();
        input.by_ref().take(HEAD).read_to_end(&mut head).map_err(Error::io(name))?;
        let is_packed = head.starts_with(b"\x1F\x8B");
        if is_packed {
            let packed = Cursor::new(std::mem::take(&mut head)).chain(input);
            input = Box::new(Unpacked::new(packed, Arc::clone(&bytes)));
        }
        let more = BEGINNING - head.len() as u64;
        input.by_ref().take(more).read_to_end(&mut head).map_err(Error::io(name))?;
        let (body, encoding) = match whole_form(&head) {
            Some(form) => (Body::Whole(form, Whole::Memory(in_memory(name, head, input)?)), None),
            None => text(name, head, input, options)?,
        };
        Ok(Source { name: name.to_owned(), body, encoding, is_packed, bytes })
    }

    /// What it is.
    #[must_use]
    pub fn form(&self) -> Form {
        match &self.body {
            Body::Text(form, _) | Body::Whole(form, _) => *form,
        }
    }

    /// The encoding of its text, unless it is UTF-8.
    #[must_use]
    pub fn encoding(&self) -> Option<&'static str> {
        self.encoding.map(Encoding::name)
    }

    /// Whether it was packed with gzip.
    #[must_use]
    pub fn is_packed(&self) -> bool {
        self.is_packed
    }

    /// Counts the bytes of the file that were read.
    #[must_use]
    pub fn counter(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.bytes)
    }

    /// Bytes of the file that were read so far; a form that is read from many places says none.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    /// The beginning of its text, as much of it as is there; nothing of a form that is no text.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn beginning(&mut self) -> Result<&[u8], Error> {
        match &mut self.body {
            Body::Text(_, text) => text.fill_buf().map_err(Error::io(&self.name)),
            Body::Whole(..) => Ok(&[]),
        }
    }

    /// Its text in UTF-8.
    ///
    /// # Errors
    /// When it has a form that is no text.
    pub fn into_text(self) -> Result<Box<dyn BufRead + Send + 'a>, Error> {
        match self.body {
            Body::Text(_, text) => Ok(text),
            Body::Whole(..) => Err(Error::form(&self.name, sayings::is_no_text())),
        }
    }

    /// How it is laid out if it is CSV.
    pub(crate) fn layout(&self, options: &Options) -> Layout {
        Layout { delimiter: options.delimiter, heading: options.heading, was: self.encoding() }
    }
}

impl fmt::Debug for Source<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({:?})", self.name, self.form())
    }
}

/// Forms that are read from many places, by their first bytes.
fn whole_form(head: &[u8]) -> Option<Form> {
    match head {
        [b'P', b'K', 3, 4, ..] => Some(Form::Xlsx),
        [b'P', b'A', b'R', b'1', ..] => Some(Form::Parquet),
        _ => None,
    }
}

fn in_memory(name: &str, mut head: Vec<u8>, input: impl Read) -> Result<Vec<u8>, Error> {
    input.take(IN_MEMORY_MAX).read_to_end(&mut head).map_err(Error::io(name))?;
    if head.len() as u64 >= IN_MEMORY_MAX {
        return Err(Error::form(name, sayings::more_than_memory(IN_MEMORY_MAX)));
    }
    Ok(head)
}

/// A text as UTF-8, and what it was in if it was in something else.
type Text<'a> = (Body<'a>, Option<&'static Encoding>);

fn text<'a>(name: &str, head: Vec<u8>, input: Box<dyn Read + Send + 'a>, options: &Options) -> Result<Text<'a>, Error> {
    let encoding = options.encoding.unwrap_or_else(|| match encoding::detect(&head) {
        // JSON is Unicode (RFC 8259, section 8.1): what is none is the problem of its line.
        guessed if text_form(&head) == Form::Json && !is_utf_16(guessed) => encoding_rs::UTF_8,
        guessed => guessed,
    });
    if let Some(what) = no_table(&head, encoding) {
        return Err(Error::form(name, what));
    }
    let whole = Cursor::new(head).chain(input);
    if encoding == encoding_rs::UTF_8 {
        // Bytes that are no UTF-8 are the problem of the row in which they stand.
        let mut text = BufReader::with_capacity(BUFFER, whole);
        let form = text_form(text.fill_buf().map_err(Error::io(name))?);
        return Ok((Body::Text(form, Box::new(text)), None));
    }
    let mut text = BufReader::with_capacity(BUFFER, encoding::decoded(encoding, whole));
    let form = text_form(text.fill_buf().map_err(Error::io(name))?);
    Ok((Body::Text(form, Box::new(text)), Some(encoding)))
}

fn is_utf_16(encoding: &'static Encoding) -> bool {
    encoding == encoding_rs::UTF_16LE || encoding == encoding_rs::UTF_16BE
}

/// JSON begins with a bracket; a table begins with the name of a column.
fn text_form(start: &[u8]) -> Form {
    let first = start.iter().find(|b| !b.is_ascii_whitespace() && !matches!(b, 0xEF | 0xBB | 0xBF));
    if matches!(first, Some(b'{' | b'[')) { Form::Json } else { Form::Csv }
}

/// What a file is that people take for a table.
fn no_table(head: &[u8], encoding: &'static Encoding) -> Option<Said> {
    type Known = (&'static [u8], fn() -> Said);
    const KNOWN: [Known; 8] = [
        (b"%PDF", sayings::is_a_pdf),
        (b"\xD0\xCF\x11\xE0", sayings::is_old_office),
        (b"BZh", || sayings::is_packed("a bzip2 archive")),
        (b"\xFD7zXZ\x00", || sayings::is_packed("an xz archive")),
        (b"7z\xBC\xAF\x27\x1C", || sayings::is_packed("a 7-Zip archive")),
        (b"Rar!", || sayings::is_packed("a RAR archive")),
        (b"\x28\xB5\x2F\xFD", || sayings::is_packed("a zstd archive")),
        (b"{\\rtf", sayings::is_rtf),
    ];
    if let Some((_, what)) = KNOWN.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Some(what());
    }
    let text = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    if text.starts_with(b"<") {
        return Some(sayings::is_markup());
    }
    (!is_utf_16(encoding) && head.iter().take(512).any(|&b| b == 0)).then(sayings::is_binary)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn opened(bytes: &[u8]) -> Result<Source<'_>, String> {
        Source::read("a file", bytes, &Options::default()).map_err(|e| e.to_string())
    }

    fn text_of(bytes: &[u8]) -> String {
        let mut out = String::new();
        opened(bytes).unwrap().into_text().unwrap().read_to_string(&mut out).unwrap();
        out
    }

    #[test]
    fn content_says_what_a_file_is() {
        let packed = |bytes: &[u8]| {
            let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            encoder.write_all(bytes).unwrap();
            encoder.finish().unwrap()
        };
        for (bytes, form) in [
            (&b"id,name\n"[..], Form::Csv),
            (b"\xEF\xBB\xBFid;name\n", Form::Csv),
            (b"", Form::Csv),
            (b"\xEF\xBB\xBF\n {\"id\":1}", Form::Json),
            (b"[1]", Form::Json),
            (b"\xFF\xFE{\0\"\0", Form::Json),
            (b"PK\x03\x04....", Form::Xlsx),
            (b"PAR1....", Form::Parquet),
        ] {
            assert_eq!(opened(bytes).unwrap().form(), form);
            let packed = packed(bytes);
            let unpacked = opened(&packed).unwrap();
            assert_eq!((unpacked.form(), unpacked.is_packed()), (form, true));
        }
        assert_eq!(text_of(&packed(b"id\n1\n")), "id\n1\n");
        assert_eq!(text_of(b"\xFF\xFEa\0\xFE\0"), "aþ");
        assert_eq!(opened(b"{\"a\":\"\xFE\"}\n").unwrap().encoding(), None, "JSON is UTF-8, or wrong");
    }

    #[test]
    fn what_is_no_table_is_named() {
        for (bytes, what) in [
            (&b"%PDF-1.7"[..], "PDF"),
            (b"\xD0\xCF\x11\xE0\xA1", "old Office document"),
            (b"<html><table>", "markup"),
            (b"abc\0\0\0\x01", "NUL bytes"),
            (b"Rar!\x1A", "RAR"),
        ] {
            assert!(opened(bytes).unwrap_err().contains(what));
        }
        assert!(Source::open(Path::new("."), &Options::default()).unwrap_err().to_string().contains("a folder"));
    }

    #[test]
    fn an_encoding_that_is_named_is_taken() {
        let options = Options { encoding: Some(encoding::named("windows-1254").unwrap()), ..Options::default() };
        let source = Source::read("x", &b"name\n\xDEahin\n"[..], &options).unwrap();
        assert_eq!(source.encoding(), Some("windows-1254"));
        let mut out = String::new();
        source.into_text().unwrap().read_to_string(&mut out).unwrap();
        assert_eq!(out, "name\nŞahin\n");
    }
}
