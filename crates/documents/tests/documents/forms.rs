//! Whole documents: which parts they have, what is written in each, on which page.
//!
//! In go documents that [`crate::made`] writes, of each form and inside one another; broken ones are in [`crate::hostile`].

use mihenk_documents::{Bounds, Document, Form, Part, read};

use crate::made::{attachment, docx, letter, mail, paragraph, pdf, pdf_of, stream, zip};

pub(crate) fn read_all(bytes: &[u8]) -> Document {
    read(bytes, &Bounds::default())
}

/// Every part's name with its text, spaces brought together.
pub(crate) fn parts(document: &Document) -> Vec<(String, String)> {
    let words = |part: &Part| part.text.split_whitespace().collect::<Vec<_>>().join(" ");
    document.parts.iter().map(|p| (p.name().unwrap_or_default(), words(p))).collect()
}

fn of(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
}

#[test]
fn text_and_html_are_one_part_without_a_name() {
    for (text, form) in [("They spoke of Ali Demirkol.", Form::Text), ("<html><p>They spoke of Ali.", Form::Html)] {
        let document = read_all(text.as_bytes());
        assert_eq!((document.form, parts(&document)), (Some(form), of(&[("", text)])));
        assert!(document.parts[0].places.is_same() && document.unread.is_empty());
    }
    assert_eq!(read_all(b"").parts.len(), 1, "an empty file is an empty text");
}

#[test]
fn every_part_of_a_word_document_is_read() {
    let bytes = docx(
        &[
            ("footer", "word/footer1.xml", paragraph("Page of Veli")),
            ("header", "word/header1.xml", paragraph("First header")),
            ("document.main", "word/document.xml", paragraph("Body &amp; soul") + &paragraph("Ali Demirkol")),
            ("header", "word/header2.xml", paragraph("Second header")),
            ("footnotes", "word/footnotes.xml", paragraph("A note")),
        ],
        &[
            ("word/embeddings/oleObject1.pdf", &pdf(&[&["Inside"]])),
            ("word/media/image1.png", b"\x89PNG\r\n\x1A\n...."),
        ],
    );
    let document = read_all(&bytes);
    assert_eq!(document.form, Some(Form::Docx));
    assert_eq!(
        parts(&document),
        of(&[
            ("document", "Body & soul Ali Demirkol"),
            ("header 1", "First header"),
            ("header 2", "Second header"),
            ("footer", "Page of Veli"),
            ("footnotes", "A note"),
            ("word/embeddings/oleObject1.pdf", "Inside"),
        ])
    );
    assert_eq!(document.unread.len(), 1);
    assert!(
        !document.unread[0].is_grave() && document.unread[0].to_string().contains("image1.png: it is a PNG picture")
    );
}

#[test]
fn a_byte_of_a_pdf_knows_its_page() {
    let document = read_all(&pdf(&[&["They spoke of", "Ali Demirkol."], &["Nothing here."], &["Veli Ata\\351."]]));
    assert_eq!((document.form, document.unread.len(), document.parts.len()), (Some(Form::Pdf), 0, 1));
    let part = &document.parts[0];
    assert!(part.text.contains("They spoke of\nAli Demirkol."), "{:?}", part.text);
    assert!(part.text.contains("Veli Ataé."), "{:?}", part.text);
    for (word, page) in [("They", 1), ("Demirkol", 1), ("Nothing", 2), ("Veli", 3)] {
        assert_eq!(part.page(part.text.find(word).unwrap()), Some(page), "{word}");
    }
    assert_eq!(part.name(), None);
}

#[test]
fn a_pdf_in_arabic_is_read_as_it_is_written() {
    // Glyphs 1 … n stand for the letters of the name, drawn from the left, so backwards, as programs draw them.
    let letters: Vec<char> = "أيمن الكوثري".chars().collect();
    let map: String =
        letters.iter().enumerate().map(|(n, c)| format!("<{:04X}> <{:04X}>\n", n + 1, *c as u32)).collect();
    let cmap = format!(
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n\
         1 begincodespacerange <0000> <FFFF> endcodespacerange\n{} beginbfchar\n{map}endbfchar\nendcmap end end",
        letters.len()
    );
    let drawn: String = (1..=letters.len()).rev().map(|n| format!("{n:04X}")).collect();
    let objects = [
        (10, b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [11 0 R] /ToUnicode 12 0 R >>".to_vec()),
        (11, b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor 13 0 R /DW 500 >>".to_vec()),
        (12, stream("", cmap.as_bytes())),
        (13, b"<< /Type /FontDescriptor /FontName /X /Flags 4 >>".to_vec()),
    ];
    let content = format!("BT /F2 12 Tf 72 770 Td <{drawn}> Tj ET").into_bytes();
    let document = read_all(&pdf_of(&[content], "/Font << /F2 10 0 R >>", &objects));
    assert_eq!(parts(&document), of(&[("", "أيمن الكوثري")]), "{:?}", document.unread);
}

#[test]
fn a_message_has_headers_bodies_and_attachments() {
    let inner = mail(
        "From: Veli <veli@example.org>\r\nDate: Mon, 1 Jan 2024 10:00:00 +0000\r\nSubject: Inner",
        &["Content-Type: text/plain\r\n\r\nInner body".to_owned()],
    );
    let bytes = mail(
        "From: =?utf-8?q?Ali_Demirk=C3=B6l?= <ali@example.org>\r\nTo: b@example.org, \"Ata, C.\" <c@example.org>\r\n\
         Subject: =?windows-1254?Q?=DEirket?=\r\nDate: Mon, 1 Jan 2024 10:00:00 +0000",
        &[
            "Content-Type: text/plain; charset=windows-1254\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=DEahin ge=E7ti".to_owned(),
            "Content-Type: text/html; charset=utf-8\r\n\r\n<p>Şahin <b>geçti</b>".to_owned(),
            attachment("contract.docx", &letter("Signed by Zeki")),
            attachment("all.zip", &zip(&[("a/b.txt", b"In a folder")])),
            attachment("inner.eml", &inner),
            attachment("logo.png", b"\x89PNG\r\n\x1A\n...."),
        ],
    );
    let document = read_all(&bytes);
    assert_eq!(document.form, Some(Form::Mail));
    assert_eq!(
        parts(&document),
        of(&[
            (
                "headers",
                "Subject: Şirket From: Ali Demirköl <ali@example.org> To: b@example.org, Ata, C. <c@example.org>"
            ),
            ("body", "Şahin geçti"),
            ("body 2", "<p>Şahin <b>geçti</b>"),
            ("contract.docx > document", "Signed by Zeki"),
            ("all.zip > a/b.txt", "In a folder"),
            ("inner.eml > headers", "Subject: Inner From: Veli <veli@example.org>"),
            ("inner.eml > body", "Inner body"),
        ])
    );
    let unread: Vec<String> = document.unread.iter().map(ToString::to_string).collect();
    assert_eq!(unread, ["logo.png: it is a PNG picture; what is written in pictures is not read"]);
}

#[test]
fn a_body_without_its_encoding_is_guessed() {
    let mut bytes = b"From: a@example.org\r\nDate: Mon, 1 Jan 2024 10:00:00 +0000\r\nSubject: x\r\n\r\n".to_vec();
    let text = "Görüşmede Karayılan'ın adı geçti; Şırnak'ta ve İstanbul'da çığ düştü. Ağustos'ta ölçülmüş.";
    bytes.extend(encoding_rs::WINDOWS_1254.encode(text).0.iter());
    assert_eq!(parts(&read_all(&bytes))[1], ("body".to_owned(), text.to_owned()));
}

#[test]
fn archives_are_read_in_the_order_of_their_members() {
    let inner = zip(&[("deep.html", b"<html><p>Deep")]);
    let document = read_all(&zip(&[("z.txt", b"Last first"), ("a/inner.zip", &inner), ("b.pdf", &pdf(&[&["Page"]]))]));
    assert_eq!(document.form, Some(Form::Zip));
    assert_eq!(
        parts(&document),
        of(&[("z.txt", "Last first"), ("a/inner.zip > deep.html", "<html><p>Deep"), ("b.pdf", "Page")])
    );
}
