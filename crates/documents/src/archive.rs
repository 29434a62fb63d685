//! ZIP archives: their members, and which of them are office documents.
//!
//! In comes an archive, out come its members as documents of their own. An archive that holds `[Content_Types].xml` is a
//! package of Office Open XML (ECMA-376 Part 2); a Word document among these is read by [`crate::docx`], other packages as
//! archives. Sizes in an archive are not believed: a member is unpacked up to its bound and no further. Format: APPNOTE.TXT
//! (PKWARE), by the crate `zip`.

use std::io::{Cursor, Read};

use zip::{ZipArchive, result::ZipError};

use crate::{
    Why, docx,
    reading::{Reading, below},
    recognise::Form,
};

/// An archive that was opened.
pub(crate) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// The names of its members, in the order of its directory.
    pub(crate) names: Vec<String>,
}

/// Reads an archive; says whether it was one, or an office document.
pub(crate) fn read(reading: &mut Reading, bytes: &[u8], path: &[String]) -> Option<Form> {
    let mut archive = match open(bytes) {
        Ok(archive) => archive,
        Err(why) => {
            reading.leave_out(path, why);
            return Some(Form::Zip);
        }
    };
    if docx::is_word(reading, &mut archive) {
        reading.read_docx(&mut archive, path);
        return Some(Form::Docx);
    }
    for number in 0..archive.names.len() {
        let name = archive.names[number].clone();
        if name.ends_with('/') {
            continue;
        }
        if !reading.takes_member(path) {
            break;
        }
        let path = below(path, name);
        match archive.member(reading, number) {
            Ok(bytes) => {
                reading.read(&bytes, &path);
            }
            Err(why) => reading.leave_out(&path, why),
        }
    }
    Some(Form::Zip)
}

fn open(bytes: &[u8]) -> Result<Archive<'_>, Why> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(why)?;
    let mut names = Vec::with_capacity(zip.len());
    for number in 0..zip.len() {
        let member = zip.by_index_raw(number).map_err(why)?;
        names.push(member.name().map_err(why)?.into_owned());
    }
    Ok(Archive { zip, names })
}

impl Archive<'_> {
    /// The bytes of a member.
    pub(crate) fn member(&mut self, reading: &mut Reading, number: usize) -> Result<Vec<u8>, Why> {
        let (room, too_large) = reading.room();
        let is_encrypted = self.zip.by_index_raw(number).map_err(why)?.encrypted();
        if is_encrypted {
            return Err(Why::Encrypted);
        }
        let member = self.zip.by_index(number).map_err(why)?;
        let mut bytes = Vec::new();
        let read = member.take(room + 1).read_to_end(&mut bytes);
        reading.unpacked(bytes.len());
        if bytes.len() as u64 > room {
            return Err(too_large);
        }
        read.map_err(|e| Why::Damaged(e.to_string()))?;
        Ok(bytes)
    }

    /// The bytes of the member of that name; none if there is no such member.
    pub(crate) fn named(&mut self, reading: &mut Reading, name: &str) -> Option<Result<Vec<u8>, Why>> {
        // Names of parts are compared without case (ECMA-376 Part 2, 6.2.2.3).
        let number = self.names.iter().position(|n| n.eq_ignore_ascii_case(name))?;
        Some(self.member(reading, number))
    }
}

fn why(error: ZipError) -> Why {
    match error {
        ZipError::UnsupportedArchive(text) if text == ZipError::PASSWORD_REQUIRED => Why::Encrypted,
        ZipError::CompressionMethodNotSupported(method) => {
            Why::Damaged(format!("compression method {method} is not known; Deflate and Store are read"))
        }
        error => Why::Damaged(error.to_string()),
    }
}
