//! What a file is, told by its content.
//!
//! In come bytes, out comes a [`Kind`]: a [`Form`] that is read, a picture, or something else by name. Names of files say
//! nothing: a report saved as `.dat` is read, and a program called `.txt` is not.

/// The forms that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// Plain text in any encoding.
    Text,
    /// HTML in any encoding.
    Html,
    /// PDF (ISO 32000).
    Pdf,
    /// A Word document in Office Open XML (ECMA-376).
    Docx,
    /// A message in the Internet Message Format (RFC 5322) with MIME.
    Mail,
    /// A ZIP archive.
    Zip,
}

impl Form {
    /// Its name for a person and for scripts.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Form::Text => "text",
            Form::Html => "html",
            Form::Pdf => "pdf",
            Form::Docx => "docx",
            Form::Mail => "mail",
            Form::Zip => "zip",
        }
    }
}

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A form that is read. Whether a ZIP archive is an office document is seen when it is opened.
    Known(Form),
    /// A picture, a film or a sound.
    Picture(&'static str),
    /// Something that is not read.
    Other(&'static str),
}

/// What other forms begin with.
const PICTURES: &[(&[u8], &str)] = &[
    (b"\x89PNG\r\n\x1A\n", "a PNG picture"),
    (b"\xFF\xD8\xFF", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"\x01\0\0\0\x58\0\0\0", "an EMF picture"),
    (b"\xD7\xCD\xC6\x9A", "a WMF picture"),
    (b"RIFF", "a RIFF file (WebP, WAV, AVI)"),
    (b"ID3", "an MP3 recording"),
    (b"OggS", "an Ogg recording"),
];
const OTHERS: &[(&[u8], &str)] = &[
    (
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
        "an OLE file (Office 97–2003, an Outlook message, or an encrypted office document)",
    ),
    (b"{\\rtf", "an RTF document"),
    (b"\x1F\x8B", "a gzip file"),
    (b"BZh", "a bzip2 file"),
    (b"\xFD7zXZ\0", "an XZ file"),
    (b"7z\xBC\xAF\x27\x1C", "a 7z archive"),
    (b"Rar!\x1A\x07", "a RAR archive"),
    (b"\x28\xB5\x2F\xFD", "a Zstandard file"),
    (b"\x7FELF", "a program"),
    (b"MZ\x90\0", "a program"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"\0\x01\0\0\0", "a font"),
    (b"OTTO\0", "a font"),
    (b"wOF", "a font"),
];
/// A PDF reader looks for the header in so many bytes (ISO 32000-1, Annex H, implementation note 13).
const PDF_HEADER_WITHIN: usize = 1024;

pub(crate) fn recognise(bytes: &[u8]) -> Kind {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") || bytes.starts_with(b"PK\x07\x08") {
        return Kind::Known(Form::Zip);
    }
    let begins = |kinds: &'static [(&[u8], &'static str)]| kinds.iter().find(|k| bytes.starts_with(k.0)).map(|k| k.1);
    if let Some(what) = begins(PICTURES) {
        return Kind::Picture(what);
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return Kind::Picture("an MP4, HEIC or AVIF file");
    }
    if let Some(what) = begins(OTHERS) {
        return Kind::Other(what);
    }
    let head = &bytes[..bytes.len().min(PDF_HEADER_WITHIN)];
    if head.starts_with(b"%PDF-") || !is_printable(head) && head.windows(5).any(|w| w == b"%PDF-") {
        return Kind::Known(Form::Pdf);
    }
    // A body may be in an encoding that has zeros.
    if is_mail(bytes) {
        return Kind::Known(Form::Mail);
    }
    if crate::encoding::is_wide(bytes) {
        return Kind::Known(Form::Text);
    }
    if is_binary(bytes) {
        return Kind::Other("binary data");
    }
    Kind::Known(if is_html(bytes) { Form::Html } else { Form::Text })
}

/// Bytes that no text has: a NUL, or many control characters.
fn is_binary(bytes: &[u8]) -> bool {
    const LOOKED_AT: usize = 64 * 1024;
    let head = &bytes[..bytes.len().min(LOOKED_AT)];
    let controls = head.iter().filter(|&&b| is_control(b)).count();
    head.contains(&0) || controls * 50 > head.len()
}

fn is_control(byte: u8) -> bool {
    // Tab, line ends, form feed, the end mark of old systems, and the escape of ISO 2022 are in texts.
    byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0B | 0x0C | 0x1A | 0x1B)
}

fn is_printable(bytes: &[u8]) -> bool {
    bytes.iter().all(|&b| b.is_ascii() && !is_control(b))
}

/// Whether a text begins with markup.
pub(crate) fn is_html(bytes: &[u8]) -> bool {
    let start = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    const LOOKED_AT: usize = 4_000;
    let head = String::from_utf8_lossy(&start[..start.len().min(LOOKED_AT)]).to_ascii_lowercase();
    head.starts_with('<')
        && ["<html", "<!doctype html", "<body", "<head>", "<p>", "<p ", "<div", "<table", "<br"]
            .iter()
            .any(|t| head.contains(t))
}

/// Whether the first lines are the header of a message: they say from whom, and what only messages say. Every message has a
/// date (RFC 5322, 3.6), a draft may have none but says that it is MIME. A report with a line `Date:` stays a text.
fn is_mail(bytes: &[u8]) -> bool {
    const LOOKED_AT: usize = 64 * 1024;
    let head = &bytes[..bytes.len().min(LOOKED_AT)];
    let (mut sender, mut is_message) = (false, false);
    for (number, line) in head.split(|&b| b == b'\n').enumerate() {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            break;
        }
        if number > 0 && matches!(line[0], b' ' | b'\t') {
            continue;
        }
        // 3.6.8: the name of a field is printable ASCII without a colon.
        let name = line.split(|&b| b == b':').next().unwrap_or_default();
        if name.len() == line.len() || name.is_empty() || !name.iter().all(|b| (33..=126).contains(b)) {
            return false;
        }
        let is = |known: &[&str]| known.iter().any(|k| name.eq_ignore_ascii_case(k.as_bytes()));
        sender |= is(&["from", "sender", "received", "return-path"]);
        is_message |= is(&["date", "message-id", "mime-version"]);
    }
    sender && is_message
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_told_by_their_content() {
        for (bytes, kind) in [
            (&b"%PDF-1.7\n%\xE2\xE3"[..], Kind::Known(Form::Pdf)),
            (b"PK\x03\x04\x14\0", Kind::Known(Form::Zip)),
            (b"From: a@example.org\r\nDate: Mon, 1 Jan 2024 10:00:00 +0000\r\n\r\nBody", Kind::Known(Form::Mail)),
            (b"MIME-Version: 1.0\nFrom: a\nSubject: b\n\nB\0o\0d\0y\0", Kind::Known(Form::Mail)),
            (b"<!DOCTYPE html><p>x", Kind::Known(Form::Html)),
            (b"<?xml version='1.0'?><html>", Kind::Known(Form::Html)),
            (b"They spoke of him.", Kind::Known(Form::Text)),
            (b"", Kind::Known(Form::Text)),
            (b"\xFF\xFEa\0b\0", Kind::Known(Form::Text)),
            (b"\xFF\xD8\xFF\xE0", Kind::Picture("a JPEG picture")),
            (b"abc\0\x01\x02def", Kind::Other("binary data")),
        ] {
            assert_eq!(recognise(bytes), kind, "{bytes:?}");
        }
    }

    #[test]
    fn a_report_with_a_date_is_no_message() {
        for text in [
            "Date: 25 July 2017\nTEHRAN (MNA) - They said so.\n\nMore.",
            "Date: 25 July 2017\nStory Code: 269797\n\nThey said so.",
            "From: the desk\nTo: all\n\nThey said so.",
            "The PDF header is %PDF-1.7, as the standard says.",
        ] {
            assert_eq!(recognise(text.as_bytes()), Kind::Known(Form::Text), "{text}");
        }
    }
}
