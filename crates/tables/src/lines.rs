//! Lines of a file that nobody has checked, with bounded memory.
//!
//! In comes a stream of bytes, out come [`Line`]s of at most [`LINE_LEN_MAX`] bytes, whatever the file holds: of a line that is
//! longer, the beginning, and that it was cut. A byte order mark before the first line and a CR before a line end are gone.

use std::{
    collections::VecDeque,
    io::{self, BufRead},
};

use mihenk_said::Said;

use crate::sayings;

/// Longest line or row that is read, in bytes.
pub const LINE_LEN_MAX: usize = 4 * 1024 * 1024;
/// One line of a file, without its end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// From 1.
    pub number: u64,
    /// What it holds; of one that is too long, the beginning.
    pub bytes: Vec<u8>,
    /// Whether it was longer than [`LINE_LEN_MAX`].
    pub is_cut: bool,
}

impl Line {
    /// Whether it has nothing but white space.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.bytes.iter().all(u8::is_ascii_whitespace)
    }
}

/// What is wrong with a line that is too long.
#[must_use]
pub fn too_long() -> Said {
    sayings::line_too_long(LINE_LEN_MAX)
}

/// The lines of a file.
#[derive(Debug)]
pub struct Lines<R> {
    input: R,
    /// Lines that were read before their time.
    pending: VecDeque<Line>,
    number: u64,
    bytes: u64,
}

impl<R: BufRead> Lines<R> {
    /// The lines that `input` holds.
    pub fn new(input: R) -> Lines<R> {
        Lines { input, pending: VecDeque::new(), number: 0, bytes: 0 }
    }

    /// Bytes read so far.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The next line; none at the end.
    ///
    /// # Errors
    /// When the input cannot be read.
    #[allow(
        clippy::should_implement_trait,
        reason = "what is read can fail, and the line is not an item of a sequence in memory"
    )]
    pub fn next(&mut self) -> io::Result<Option<Line>> {
        if let Some(line) = self.pending.pop_front() {
            return Ok(Some(line));
        }
        let mut line = Line { number: self.number + 1, ..Line::default() };
        let mut has_read = false;
        loop {
            let available = self.input.fill_buf()?;
            if available.is_empty() {
                break;
            }
            has_read = true;
            let end = available.iter().position(|&b| b == b'\n');
            let text = &available[..end.unwrap_or(available.len())];
            let room = (LINE_LEN_MAX - line.bytes.len()).min(text.len());
            line.is_cut |= room < text.len();
            line.bytes.extend_from_slice(&text[..room]);
            let used = text.len() + usize::from(end.is_some());
            self.input.consume(used);
            self.bytes += used as u64;
            if end.is_some() {
                break;
            }
        }
        if !has_read {
            return Ok(None);
        }
        self.number = line.number;
        if line.bytes.last() == Some(&b'\r') {
            line.bytes.pop();
        }
        if line.number == 1 && line.bytes.starts_with(b"\xEF\xBB\xBF") {
            line.bytes.drain(..3);
        }
        Ok(Some(line))
    }

    pub(crate) fn give_back(&mut self, lines: Vec<Line>) {
        for line in lines.into_iter().rev() {
            self.pending.push_front(line);
        }
    }
}
