//! PDF: the text of each page, in the order in which it is drawn.
//!
//! In comes a PDF (ISO 32000), out comes one part with the start of each page, or why there is none. Files are parsed by
//! `lopdf`, fonts and their encodings by `pdf-extract`; [`lines`] makes lines of the characters that are drawn. Both
//! libraries trust files more than we may: [`guard`] bounds what is unpacked and how often a form draws another, and a page
//! on which they stop for a broken invariant is a finding, not the end of the program.

mod guard;
mod lines;

use pdf_extract::{Document as Pdf, MediaBox, OutputDev, OutputError, Transform, output_doc_page};

use crate::{
    PageStart, Part, Why,
    reading::{Reading, with_room},
    recognise::Form,
};
use lines::{Glyph, Lines};

/// What a PDF gave.
#[derive(Default)]
struct Read {
    text: String,
    pages: Vec<PageStart>,
    unread: Vec<Why>,
}

/// Reads a PDF.
pub(crate) fn read(reading: &mut Reading, bytes: &[u8], path: &[String]) {
    let bounds = *reading.bounds;
    let left = reading.left;
    match with_room(|| read_all(bytes, &bounds, left)).unwrap_or_else(|| Err(broken())) {
        Err(why) => reading.leave_out(path, why),
        Ok((read, unpacked)) => {
            reading.unpacked(unpacked);
            for why in read.unread {
                reading.leave_out(path, why);
            }
            if !read.text.trim().is_empty() {
                let path = path.to_vec();
                let (form, encoding) = (Some(Form::Pdf), "UTF-8");
                reading.push(Part { path, form, text: read.text, encoding, pages: read.pages, ..Part::default() });
            }
        }
    }
}

fn broken() -> Why {
    Why::Damaged("it breaks the rules of PDF in a way that stops the reader".to_owned())
}

fn read_all(bytes: &[u8], bounds: &crate::Bounds, left: u64) -> Result<(Read, usize), Why> {
    let unpacked = guard::unpacked_size(bytes, bounds.member, left)?;
    let mut pdf = guard::quietly(|| Pdf::load_mem(bytes)).ok_or_else(broken)?.map_err(|error| match error {
        _ if is_encrypted(bytes) => Why::Encrypted,
        error => Why::Damaged(error.to_string()),
    })?;
    if pdf.is_encrypted() {
        return Err(Why::Encrypted);
    }
    let mut read = Read { unread: guard::disarm(&mut pdf, bounds.member), ..Read::default() };
    let pages = guard::quietly(|| pdf.get_pages()).ok_or_else(broken)?;
    if pages.len() > bounds.pages {
        return Err(Why::TooLarge { what: format!("{} pages", pages.len()), most: bounds.pages.to_string() });
    }
    if pages.is_empty() {
        if is_encrypted(bytes) {
            return Err(Why::Encrypted);
        }
        return Err(Why::Damaged("it has no page".to_owned()));
    }
    let mut silent = Vec::new();
    for (&page, &id) in &pages {
        let at = read.text.len();
        read.pages.push(PageStart { page, at });
        if let Err(what) = guard::may_be_drawn(&pdf, id) {
            read.unread.push(Why::Page { page, what });
            continue;
        }
        let mut lines = Lines::new(bounds.text.saturating_sub(at));
        let drawn = guard::quietly(|| output_doc_page(&pdf, &mut Device(&mut lines), page));
        let is_full = lines.is_full();
        read.text.push_str(&lines.finish());
        if is_full {
            return Err(Why::bytes("of text", bounds.text as u64));
        }
        match drawn {
            Some(Ok(())) => {}
            Some(Err(error)) => read.unread.push(Why::Page { page, what: error.to_string() }),
            None => read.unread.push(Why::Page {
                page,
                what: "it breaks the rules of PDF; what stands behind that place was not read".to_owned(),
            }),
        }
        if read.text[at..].trim().is_empty() {
            silent.push((page, id));
        }
        read.text.push_str("\n\n");
    }
    if read.text.trim().is_empty() && read.unread.is_empty() {
        read.unread.push(Why::NoText(pages.len()));
    } else {
        let pictures = silent.into_iter().filter(|(_, id)| guard::has_pictures(&pdf, *id));
        read.unread.extend(pictures.map(|(page, _)| Why::PageOfPictures(page)));
    }
    Ok((read, unpacked))
}

/// Whether the file says that it is encrypted (ISO 32000-1, 7.6.1).
fn is_encrypted(bytes: &[u8]) -> bool {
    bytes.windows(8).any(|w| w == b"/Encrypt")
}

/// Takes the characters of a page as they are drawn.
struct Device<'l>(&'l mut Lines);

impl OutputDev for Device<'_> {
    fn begin_page(&mut self, _: u32, _: &MediaBox, _: Option<(f64, f64, f64, f64)>) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(
        &mut self,
        trm: &Transform,
        width: f64,
        _: f64,
        font_size: f64,
        text: &str,
    ) -> Result<(), OutputError> {
        if self.0.is_full() {
            return Err(OutputError::FormatError(std::fmt::Error));
        }
        let scale = |x: f64, y: f64| x.hypot(y);
        self.0.push(Glyph {
            text: text.to_owned(),
            x: trm.m31,
            y: trm.m32,
            width: width * font_size * scale(trm.m11, trm.m12),
            size: font_size * scale(trm.m21, trm.m22),
        });
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        self.0.begin_word();
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}
