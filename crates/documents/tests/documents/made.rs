//! Documents written for the tests: ZIP, DOCX, PDF and messages, with invented people.
//!
//! In go texts and members, out come bytes. PDF and messages are written by hand, so that each part of them can be made wrong.

use std::io::{Cursor, Write};

use zip::{ZipWriter, write::SimpleFileOptions};

/// An archive of these members.
pub(crate) fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The first letters of a member's name as general purpose bit 0 (encrypted) set, in the local and the central header.
pub(crate) fn marked_encrypted(mut archive: Vec<u8>) -> Vec<u8> {
    for at in 0..archive.len() - 4 {
        match &archive[at..at + 4] {
            b"PK\x03\x04" => archive[at + 6] |= 1,
            b"PK\x01\x02" => archive[at + 8] |= 1,
            _ => {}
        }
    }
    archive
}

/// A paragraph of a DOCX.
pub(crate) fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>")
}

const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// A DOCX with these parts: the end of the content type, the member, the XML in it.
pub(crate) fn docx(parts: &[(&str, &str, String)], more: &[(&str, &[u8])]) -> Vec<u8> {
    let mut types = String::from(
        "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">",
    );
    for (kind, name, _) in parts {
        types.push_str(&format!("<Override PartName=\"/{name}\" ContentType=\"{WORD}.{kind}+xml\"/>"));
    }
    types.push_str("</Types>");
    let wrapped: Vec<(&str, String)> = parts
        .iter()
        .map(|(_, name, xml)| (*name, format!("<?xml version=\"1.0\"?><w:root xmlns:w=\"w\">{xml}</w:root>")))
        .collect();
    let mut members: Vec<(&str, &[u8])> = vec![("[Content_Types].xml", types.as_bytes())];
    members.extend(wrapped.iter().map(|(name, xml)| (*name, xml.as_bytes())));
    members.extend(more);
    zip(&members)
}

/// A DOCX of one paragraph.
pub(crate) fn letter(text: &str) -> Vec<u8> {
    docx(&[("document.main", "word/document.xml", paragraph(text))], &[])
}

/// A PDF with a page for each content stream; `resources` are shared, objects from 10 on are the test's own.
pub(crate) fn pdf_of(contents: &[Vec<u8>], resources: &str, objects: &[(u32, Vec<u8>)]) -> Vec<u8> {
    let kids: String = (0..contents.len()).map(|n| format!("{} 0 R ", 100 + 2 * n)).collect();
    let mut all: Vec<(u32, Vec<u8>)> = vec![
        (1, b"<< /Type /Catalog /Pages 2 0 R >>".to_vec()),
        (
            2,
            format!(
                "<< /Type /Pages /Count {} /Kids [{kids}] /MediaBox [0 0 595 842] /Resources << {resources} >> >>",
                contents.len()
            )
            .into_bytes(),
        ),
        (3, b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_vec()),
    ];
    all.extend(objects.iter().cloned());
    for (number, content) in contents.iter().enumerate() {
        let id = 100 + 2 * number as u32;
        all.push((id, format!("<< /Type /Page /Parent 2 0 R /Contents {} 0 R >>", id + 1).into_bytes()));
        all.push((id + 1, stream("", content)));
    }
    let mut out = b"%PDF-1.4\n%\xE2\xE3\xCF\xD3\n".to_vec();
    let mut places = Vec::new();
    for (id, body) in &all {
        places.push((*id, out.len()));
        out.extend(format!("{id} 0 obj\n").bytes());
        out.extend(body);
        out.extend(b"\nendobj\n");
    }
    let xref = out.len();
    out.extend(b"xref\n0 1\n0000000000 65535 f \n");
    for (id, place) in &places {
        out.extend(format!("{id} 1\n{place:010} 00000 n \n").bytes());
    }
    out.extend(format!("trailer\n<< /Size 1000 /Root 1 0 R >>\nstartxref\n{xref}\n%%EOF\n").bytes());
    out
}

/// A stream object.
pub(crate) fn stream(dictionary: &str, content: &[u8]) -> Vec<u8> {
    let mut out = format!("<< /Length {} {dictionary} >>\nstream\n", content.len()).into_bytes();
    out.extend(content);
    out.extend(b"\nendstream");
    out
}

/// A PDF whose pages have these lines in Helvetica.
pub(crate) fn pdf(pages: &[&[&str]]) -> Vec<u8> {
    let content = |lines: &&[&str]| {
        let mut out = b"BT /F1 12 Tf 72 770 Td ".to_vec();
        for line in *lines {
            out.extend(format!("({line}) Tj 0 -14 Td ").bytes());
        }
        out.extend(b"ET");
        out
    };
    pdf_of(&pages.iter().map(content).collect::<Vec<_>>(), "/Font << /F1 3 0 R >>", &[])
}

/// A message with the parts of a MIME multipart, each with its header fields.
pub(crate) fn mail(fields: &str, parts: &[String]) -> Vec<u8> {
    let mut out = format!("{fields}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"cut\"\r\n\r\n");
    for part in parts {
        out.push_str(&format!("--cut\r\n{part}\r\n"));
    }
    out.push_str("--cut--\r\n");
    out.into_bytes()
}

/// An attachment in base64.
pub(crate) fn attachment(name: &str, bytes: &[u8]) -> String {
    format!(
        "Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=\"{name}\"\r\n\
         Content-Transfer-Encoding: base64\r\n\r\n{}\r\n",
        base64(bytes)
    )
}

/// RFC 4648, section 4, in lines.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for (number, chunk) in bytes.chunks(3).enumerate() {
        let bits = chunk.iter().fold(0u32, |b, &c| b << 8 | u32::from(c)) << (8 * (3 - chunk.len()));
        for i in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * i)) as usize & 63];
            out.push(if i <= chunk.len() { char::from(letter) } else { '=' });
        }
        if number % 19 == 18 {
            out.push_str("\r\n");
        }
    }
    out
}
