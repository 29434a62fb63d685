//! One file being read: what was found so far, and how much may still be.
//!
//! In come bytes with their path inside the file, out come parts and what could not be read. Every form comes back here for
//! the documents inside it, so that bounds hold for all of them together.

use crate::{
    Bounds, Part, Unread, Why, archive, docx, encoding, mail, pdf,
    recognise::{Form, Kind, recognise},
    unread::size,
};

/// A file being read.
pub(crate) struct Reading<'b> {
    pub(crate) bounds: &'b Bounds,
    pub(crate) parts: Vec<Part>,
    pub(crate) unread: Vec<Unread>,
    /// Bytes that may still be unpacked.
    pub(crate) left: u64,
    /// Members that may still be read.
    members_left: usize,
}

impl<'b> Reading<'b> {
    pub(crate) fn new(bounds: &'b Bounds) -> Reading<'b> {
        Reading { bounds, parts: Vec::new(), unread: Vec::new(), left: bounds.unpacked, members_left: bounds.members }
    }

    /// Reads a document; says what it is.
    pub(crate) fn read(&mut self, bytes: &[u8], path: &[String]) -> Option<Form> {
        if path.len() > self.bounds.depth {
            let most = format!("{} inside one another", self.bounds.depth);
            self.leave_out(path, Why::TooLarge { what: "more documents inside one another".to_owned(), most });
            return None;
        }
        let form = match recognise(bytes) {
            Kind::Known(form) => form,
            Kind::Picture(what) => return self.none(path, Why::Picture(what)),
            Kind::Other(what) => return self.none(path, Why::Form(what)),
        };
        match form {
            Form::Pdf => pdf::read(self, bytes, path),
            Form::Zip | Form::Docx => return archive::read(self, bytes, path),
            Form::Mail => mail::read(self, bytes, path),
            Form::Html | Form::Text => self.read_text(bytes, path, form),
        }
        Some(form)
    }

    /// Reads text that has to be decoded.
    pub(crate) fn read_text(&mut self, bytes: &[u8], path: &[String], form: Form) {
        if bytes.len() > self.bounds.text {
            return self.leave_out(path, too_long(self.bounds.text));
        }
        let decoded = encoding::decode(bytes);
        if decoded.replaced > 0 {
            let (first, more) = (decoded.first_replaced + 1, decoded.replaced - 1);
            self.leave_out(path, Why::Replaced { first, more, encoding: decoded.encoding });
        }
        self.push(Part {
            path: path.to_vec(),
            form: Some(form),
            text: decoded.text,
            encoding: decoded.encoding,
            places: decoded.places,
            pages: Vec::new(),
        });
    }

    /// Adds a text that was decoded before.
    pub(crate) fn push_text(&mut self, path: &[String], form: Form, text: String) {
        self.push(Part { path: path.to_vec(), form: Some(form), text, encoding: "UTF-8", ..Part::default() });
    }

    /// Adds a part, unless it is too long.
    pub(crate) fn push(&mut self, part: Part) {
        if part.text.len() > self.bounds.text {
            return self.leave_out(&part.path, too_long(self.bounds.text));
        }
        self.parts.push(part);
    }

    /// Notes what was not read.
    pub(crate) fn leave_out(&mut self, path: &[String], why: Why) {
        self.unread.push(Unread { path: path.to_vec(), why });
    }

    fn none(&mut self, path: &[String], why: Why) -> Option<Form> {
        self.leave_out(path, why);
        None
    }

    /// Takes a member of the number that may be read; false, and said once, when there are too many.
    pub(crate) fn takes_member(&mut self, path: &[String]) -> bool {
        if self.members_left == 0 {
            return false;
        }
        self.members_left -= 1;
        if self.members_left == 0 {
            let most = format!("{}", self.bounds.members);
            self.leave_out(path, Why::TooLarge { what: "more members, attachments and parts".to_owned(), most });
            return false;
        }
        true
    }

    /// How many bytes the next member may have, and what to say when it has more.
    pub(crate) fn room(&self) -> (u64, Why) {
        if self.left < self.bounds.member {
            let why =
                format!("more bytes than are left of the {} that are unpacked of one file", size(self.bounds.unpacked));
            return (self.left, Why::TooLarge { what: why, most: size(self.bounds.unpacked) });
        }
        (self.bounds.member, Why::bytes("when unpacked", self.bounds.member))
    }

    /// Takes bytes from what may be unpacked.
    pub(crate) fn unpacked(&mut self, bytes: usize) {
        self.left = self.left.saturating_sub(bytes as u64);
    }

    /// The parts of an office document in an archive that was opened.
    pub(crate) fn read_docx(&mut self, archive: &mut archive::Archive, path: &[String]) {
        docx::read(self, archive, path);
    }
}

/// Does something on a stack of its own that is large: what is nested in a file is nested in memory, and is taken apart again
/// from the inside. None if it stopped for a broken invariant, or if there is no thread to be had.
pub(crate) fn with_room<T: Send>(what: impl FnOnce() -> T + Send) -> Option<T> {
    const STACK: usize = 64 << 20;
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, what);
        thread.ok()?.join().ok()
    })
}

/// A text longer than is read at once.
fn too_long(most: usize) -> Why {
    let most = size(most as u64);
    Why::TooLarge { what: format!("more than {most} of text"), most: format!("{most} at once (divide it)") }
}

/// A path with one more step.
pub(crate) fn below(path: &[String], name: impl Into<String>) -> Vec<String> {
    path.iter().cloned().chain([name.into()]).collect()
}
