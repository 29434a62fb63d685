//! What is read: a name and bytes, and the fingerprint that says later which bytes they were.
//!
//! Sources read an [`Input`], never a file, so tests and a built-in list need no disk. [`Input::digest`] makes the
//! [`InputDigest`] that goes into a [`crate::Reading`]: with it a decision can be traced to the exact file behind it.
//! Text is UTF-8; where a source is older than that, [`decode`] falls back to Windows-1252
//! (<https://encoding.spec.whatwg.org/#windows-1252>) and says so.

use std::{borrow::Cow, fs, path::Path};

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::error::Error;

/// One file, or something that stands for one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// What errors and findings call it: the path as given.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Which bytes a list was made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InputDigest {
    /// The name of the input.
    pub name: String,
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// How many bytes.
    pub bytes: u64,
}

impl Input {
    /// Reads a file whole.
    ///
    /// # Errors
    /// [`Error::Read`] names the path and what the system said.
    pub fn open(path: &Path) -> Result<Input, Error> {
        let bytes = fs::read(path).map_err(|source| Error::Read { file: path.to_owned(), source })?;
        Ok(Input { name: path.display().to_string(), bytes })
    }

    /// The fingerprint.
    #[must_use]
    pub fn digest(&self) -> InputDigest {
        let sha256 = Sha256::digest(&self.bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        InputDigest { name: self.name.clone(), sha256, bytes: self.bytes.len() as u64 }
    }

    /// The name without folders and endings: `index` of `lists/index.ftm.json`.
    #[must_use]
    pub fn stem(&self) -> &str {
        let file = self.name.rsplit(['/', '\\']).next().unwrap_or(&self.name);
        file.split('.').find(|part| !part.is_empty()).unwrap_or(file)
    }

    /// The content without a byte order mark.
    pub(crate) fn body(&self) -> &[u8] {
        self.bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&self.bytes)
    }
}

/// The line, from 1, on which a byte stands.
pub(crate) fn line_of(bytes: &[u8], offset: usize) -> u64 {
    let before = &bytes[..offset.min(bytes.len())];
    1 + before.iter().filter(|&&b| b == b'\n').count() as u64
}

/// The bytes as text; true when they were not UTF-8 and were read as Windows-1252.
pub(crate) fn decode(bytes: &[u8]) -> (Cow<'_, str>, bool) {
    match std::str::from_utf8(bytes) {
        Ok(text) => (Cow::Borrowed(text), false),
        Err(_) => (Cow::Owned(bytes.iter().map(|&byte| windows_1252(byte)).collect()), true),
    }
}

/// Five bytes have no character; as in the standard they stand for themselves.
fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9F => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_names_the_bytes() {
        // The SHA-256 of "abc" is the first example of FIPS 180-2.
        let digest = Input { name: "a/b.csv".to_owned(), bytes: b"abc".to_vec() }.digest();
        assert_eq!(digest.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!((digest.name.as_str(), digest.bytes), ("a/b.csv", 3));
    }

    #[test]
    fn a_stem_is_the_file_name_without_endings() {
        let stem = |name: &str| Input { name: name.to_owned(), bytes: Vec::new() }.stem().to_owned();
        assert_eq!(stem("lists/index.ftm.jsonl"), "index");
        assert_eq!(stem("C:\\lists\\un.xml"), "un");
        assert_eq!(stem(".hidden"), "hidden");
        assert_eq!(stem(""), "");
    }

    #[test]
    fn text_is_utf_8_or_else_windows_1252() {
        assert_eq!(decode("Gómez".as_bytes()), (Cow::Borrowed("Gómez"), false));
        assert_eq!(decode(b"G\xF3mez \x96 \x80"), (Cow::Owned("Gómez – €".to_owned()), true));
    }
}
