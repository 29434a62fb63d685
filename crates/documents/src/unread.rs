//! What could not be read, and why, in words for the person who must act.
//!
//! In come the errors of the libraries that read forms, out come [`Unread`]s: a path inside the document and a [`Why`] that
//! says what was found and what would be right.

use std::fmt;

/// Something of a document that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Where it stands, outermost first; empty for the file itself.
    pub path: Vec<String>,
    /// Why it was not read.
    pub why: Why,
}

impl Unread {
    /// Whether text may be missing that a reader would see as text. A picture in a letter is said and counted, but
    /// letters have them.
    #[must_use]
    pub fn is_grave(&self) -> bool {
        match &self.why {
            Why::Picture(_) => self.path.is_empty(),
            Why::PageOfPictures(_) | Why::Replaced { .. } => false,
            _ => true,
        }
    }
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}: ", crate::joined(&self.path))?;
        }
        write!(f, "{}", self.why)
    }
}

/// Why something was not read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    /// A form that is not read.
    #[error("it is {0}, which is not read; text, HTML, PDF, DOCX, e-mail (EML) and ZIP are")]
    Form(&'static str),
    /// A picture: what is written in it was not read.
    #[error("it is {0}; what is written in pictures is not read")]
    Picture(&'static str),
    /// A password is needed.
    #[error("it is encrypted; take the password off and scan it again")]
    Encrypted,
    /// It does not follow its own form.
    #[error("it is damaged: {0}")]
    Damaged(String),
    /// More than is read.
    #[error("it has {what}; {most} is the most that is read")]
    TooLarge {
        /// What there is too much of.
        what: String,
        /// The bound.
        most: String,
    },
    /// A PDF whose pages hold pictures only.
    #[error(
        "none of its {0} pages holds text: it is a scan or a drawing, and has to go through text recognition (OCR) first"
    )]
    NoText(usize),
    /// A page of a PDF that holds pictures and no text.
    #[error("page {0} holds pictures and no text; what is written in pictures is not read")]
    PageOfPictures(u32),
    /// A page of a PDF that could not be read.
    #[error("page {page}: {what}")]
    Page {
        /// The page, counted from 1.
        page: u32,
        /// What is wrong with it.
        what: String,
    },
    /// Bytes that are no characters.
    #[error("byte {first} is no character of {encoding}, nor are {more} more; the rest was read")]
    Replaced {
        /// The first such byte, counted from 1.
        first: usize,
        /// How many more runs of such bytes there are.
        more: usize,
        /// The encoding.
        encoding: &'static str,
    },
}

impl Why {
    /// More bytes than a bound.
    pub(crate) fn bytes(what: &str, most: u64) -> Why {
        Why::TooLarge { what: format!("more bytes {what}"), most: size(most) }
    }
}

/// A count of bytes as people say it.
pub(crate) fn size(bytes: u64) -> String {
    match bytes {
        b if b >= 1 << 20 && b.is_multiple_of(1 << 20) => format!("{} MiB", b >> 20),
        b if b >= 1 << 10 && b.is_multiple_of(1 << 10) => format!("{} KiB", b >> 10),
        b => format!("{b} bytes"),
    }
}
