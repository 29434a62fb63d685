//! Documents in, text out, with a map that leads back to where it stood.
//!
//! In come the bytes of a file, out comes a [`Document`]: its [`Part`]s (the body of a letter, its attachments, the header
//! of a DOCX, a member of a ZIP) with their text, and what could not be read ([`Unread`]). What a file is, is told by its
//! content and never by its name. A document inside another is read in the same way, down to [`Bounds::depth`].
//!
//! Files come from strangers. Nothing here trusts a size that a file states: what is unpacked is counted while it is
//! unpacked, and whatever is over a bound is left out with an [`Unread`] that names it. Nothing is left out in silence.
//!
//! [`mod@encoding`] decodes text, `recognise` tells forms apart, `archive`, `docx`, `mail` and `pdf` read one form each.

#![forbid(unsafe_code)]

mod archive;
mod docx;
pub mod encoding;
mod mail;
mod pdf;
mod reading;
mod recognise;
mod unread;

pub use encoding::Places;
pub use recognise::Form;
pub use unread::{Unread, Why};

/// A document that was read.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// What its content says it is; none when it is nothing that is read.
    pub form: Option<Form>,
    /// Its texts, in the order of the document.
    pub parts: Vec<Part>,
    /// What could not be read, in the same order.
    pub unread: Vec<Unread>,
}

/// A text of a document.
#[derive(Clone, Debug, Default)]
pub struct Part {
    /// Where it stands, outermost first: `["letter.eml", "contract.docx", "header 1"]` without the file's own name. Empty
    /// for a file that is text itself.
    pub path: Vec<String>,
    /// What it was a text of.
    pub form: Option<Form>,
    /// The text; with its markup, if it is HTML.
    pub text: String,
    /// How its characters were written, as the Encoding Standard calls it.
    pub encoding: &'static str,
    /// For text that stands in the file itself: the bytes it came from.
    pub places: Places,
    /// For a PDF: where each page starts in the text, first page first.
    pub pages: Vec<PageStart>,
}

/// The start of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageStart {
    /// The page, counted from 1.
    pub page: u32,
    /// The byte of the text at which it starts.
    pub at: usize,
}

impl Part {
    /// Where it stands, in one line; none for a file that is text itself.
    #[must_use]
    pub fn name(&self) -> Option<String> {
        (!self.path.is_empty()).then(|| joined(&self.path))
    }

    /// The page on which a byte of the text stands, counted from 1; none if the form has no pages.
    #[must_use]
    pub fn page(&self, at: usize) -> Option<u32> {
        let next = self.pages.partition_point(|p| p.at <= at);
        self.pages.get(next.checked_sub(1)?).map(|p| p.page)
    }
}

/// Parts of parts in one line.
fn joined(path: &[String]) -> String {
    path.join(" > ")
}

/// What is read at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Bytes of one text, decoded.
    pub text: usize,
    /// Bytes of one member of an archive, of one attachment, of one packed stream, unpacked.
    pub member: u64,
    /// Bytes of all that is unpacked of one file.
    pub unpacked: u64,
    /// Members, attachments and parts of one file.
    pub members: usize,
    /// Documents inside one another.
    pub depth: usize,
    /// Pages of a PDF.
    pub pages: usize,
}

impl Default for Bounds {
    fn default() -> Bounds {
        const MIB: u64 = 1 << 20;
        Bounds { text: 16 << 20, member: 64 * MIB, unpacked: 512 * MIB, members: 10_000, depth: 8, pages: 20_000 }
    }
}

/// Reads a document.
///
/// It always returns: a file of which nothing could be read has no parts and says why in [`Document::unread`], with an
/// empty path.
#[must_use]
pub fn read(bytes: &[u8], bounds: &Bounds) -> Document {
    let mut reading = reading::Reading::new(bounds);
    let form = reading.read(bytes, &[]);
    Document { form, parts: reading.parts, unread: reading.unread }
}
