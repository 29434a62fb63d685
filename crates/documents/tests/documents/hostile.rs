//! Broken, huge and malicious documents: each is refused with a reason that names the place and the bound.
//!
//! Bounds are small here, so that a test needs no large files. Documents cut short or with bytes changed end no program.

use std::io::Write;

use flate2::{Compression, write::ZlibEncoder};
use mihenk_documents::{Bounds, Document, Why, read};
use proptest::prelude::*;

use crate::{
    forms::{parts, read_all},
    made::{attachment, docx, letter, mail, marked_encrypted, paragraph, pdf, pdf_of, stream, zip},
};

fn small() -> Bounds {
    Bounds { text: 10_000, member: 20_000, unpacked: 100_000, members: 50, depth: 3, pages: 10 }
}

fn said(document: &Document) -> Vec<String> {
    document.unread.iter().map(ToString::to_string).collect()
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn a_member_that_unpacks_to_too_much_is_left_out_and_the_others_are_read() {
    let zeros = vec![b' '; 1_000_000];
    let document = read(&zip(&[("a.txt", b"before"), ("bomb.txt", &zeros), ("b.txt", b"behind")]), &small());
    assert_eq!(parts(&document).iter().map(|p| p.1.as_str()).collect::<Vec<_>>(), ["before", "behind"]);
    assert_eq!(said(&document), ["bomb.txt: it has more bytes when unpacked; 20000 bytes is the most that is read"]);
    assert!(document.unread[0].is_grave());
}

#[test]
fn what_is_unpacked_is_counted_over_all_members() {
    let text = vec![b'a'; 9_000];
    let members: Vec<(String, &[u8])> = (0..30).map(|n| (format!("{n}.txt"), text.as_slice())).collect();
    let members: Vec<(&str, &[u8])> = members.iter().map(|(n, b)| (n.as_str(), *b)).collect();
    let document = read(&zip(&members), &small());
    assert_eq!(document.parts.len(), 11, "11 times 9,000 of 100,000 bytes");
    assert!(
        said(&document)[0].contains("11.txt: it has more bytes than are left of the 100000 bytes"),
        "{:?}",
        said(&document)
    );
}

#[test]
fn members_and_depth_have_bounds() {
    let members: Vec<String> = (0..60).map(|n| format!("{n}.txt")).collect();
    let members: Vec<(&str, &[u8])> = members.iter().map(|n| (n.as_str(), &b"x"[..])).collect();
    let document = read(&zip(&members), &small());
    assert_eq!(document.parts.len(), 49);
    assert_eq!(said(&document), ["it has more members, attachments and parts; 50 is the most that is read"]);

    let mut nested = zip(&[("deepest.txt", b"never")]);
    for n in 0..5 {
        nested = zip(&[(&format!("{n}.zip"), &nested)]);
    }
    let document = read(&nested, &small());
    assert!(document.parts.is_empty());
    assert_eq!(
        said(&document),
        [
            "4.zip > 3.zip > 2.zip > 1.zip: it has more documents inside one another; 3 inside one another is the most that is read"
        ]
    );
}

#[test]
fn messages_nested_without_end_are_refused() {
    let nested = |depth: usize| {
        let mut text = "From: a@example.org\nDate: Mon, 1 Jan 2024 10:00:00 +0000\n".to_owned();
        text.push_str(&"Content-Type: Message/RFC822\n\n".repeat(depth));
        read_all((text + "Body").as_bytes())
    };
    assert!(said(&nested(200_000))[0].contains("more messages or digests in it; 5000"), "{:?}", said(&nested(6_000)));
    assert!(said(&nested(4_900))[0].contains("more messages inside one another"), "{:?}", said(&nested(4_900)));
}

#[test]
fn what_is_encrypted_is_said_so() {
    let archive = marked_encrypted(zip(&[("a.txt", b"secret")]));
    assert_eq!(said(&read_all(&archive)), ["a.txt: it is encrypted; take the password off and scan it again"]);
    let mut file = pdf(&[&["secret"]]);
    let at = file.windows(7).position(|w| w == b"trailer").unwrap() + 11;
    let encrypt = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O (01234567890123456789012345678901) /U (01234567890123456789012345678901) >> /ID [(a) (a)] ";
    file.splice(at..at, encrypt.iter().copied());
    let document = read_all(&file);
    assert!(document.parts.is_empty() && document.unread[0].why == Why::Encrypted, "{:?}", said(&document));
}

#[test]
fn a_scanned_pdf_is_a_finding() {
    let picture = stream(
        "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8",
        b"\x80",
    );
    let draw = b"q 595 0 0 842 0 0 cm /Im1 Do Q".to_vec();
    let resources = "/Font << /F1 3 0 R >> /XObject << /Im1 10 0 R >>";
    let scan = pdf_of(&[draw.clone(), draw.clone()], resources, &[(10, picture.clone())]);
    let document = read_all(&scan);
    assert!(document.parts.is_empty() && document.unread[0].is_grave());
    assert_eq!(document.unread[0].why, Why::NoText(2));

    let text = b"BT /F1 12 Tf 72 770 Td (A cover letter) Tj ET".to_vec();
    let document = read_all(&pdf_of(&[text, draw], resources, &[(10, picture)]));
    assert_eq!(document.unread[0].why, Why::PageOfPictures(2));
    assert!(!document.unread[0].is_grave());
}

#[test]
fn streams_of_a_pdf_that_unpack_to_too_much_are_refused() {
    let bomb = stream("/Filter /FlateDecode", &packed(&vec![b' '; 3_000_000]));
    let text = b"BT /F1 12 Tf 72 770 Td (Text) Tj ET".to_vec();
    let document = read(&pdf_of(std::slice::from_ref(&text), "/Font << /F1 3 0 R >>", &[(10, bomb)]), &small());
    assert!(said(&document)[0].contains("in the stream at byte"), "{:?}", said(&document));

    let twice = stream(
        "/Filter [/FlateDecode /FlateDecode] /Type /XObject /Subtype /Form",
        &packed(&packed(&vec![b' '; 3_000_000])),
    );
    let document = read(&pdf_of(&[text], "/Font << /F1 3 0 R >>", &[(10, twice)]), &small());
    assert_eq!(parts(&document)[0].1, "Text");
    assert!(said(&document)[0].contains("object 10 0 is packed more than once"), "{:?}", said(&document));
}

#[test]
fn forms_that_draw_one_another_without_end_are_refused() {
    let form = |id: u32, content: &str| {
        (
            id,
            stream(
                &format!(
                    "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /Next {} 0 R >> >>",
                    id + 1
                ),
                content.as_bytes(),
            ),
        )
    };
    let page = b"/First Do".to_vec();
    let resources = "/XObject << /First 10 0 R >>";
    let itself = (
        11,
        stream(
            "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /Next 10 0 R >> >>",
            b"/Next Do",
        ),
    );
    let document = read_all(&pdf_of(std::slice::from_ref(&page), resources, &[form(10, "/Next Do"), itself]));
    assert!(said(&document)[0].contains("draws itself"), "{:?}", said(&document));
    let many: Vec<(u32, Vec<u8>)> = (10..30).map(|id| form(id, &"/Next Do ".repeat(10))).collect();
    let document = read_all(&pdf_of(&[page], resources, &many));
    assert!(said(&document)[0].contains("drawn more than 20000 times"), "{:?}", said(&document));
}

#[test]
fn an_xml_bomb_in_an_office_document_names_its_part() {
    let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\">]>".to_owned() + &paragraph("&a;");
    let document = read_all(&docx(
        &[("document.main", "word/document.xml", paragraph("Body")), ("header", "word/header1.xml", bomb)],
        &[],
    ));
    assert_eq!(parts(&document)[0].1, "Body");
    assert!(said(&document)[0].starts_with("header: it is damaged: byte "), "{:?}", said(&document));
}

#[test]
fn a_form_that_is_not_read_is_named() {
    for (bytes, expected) in [
        (&b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1...."[..], "it is an OLE file"),
        (b"\xFF\xD8\xFF\xE0....", "it is a JPEG picture"),
        (b"PK\x03\x04 and no more", "it is damaged: "),
        (b"%PDF-1.4\nand no more", "it is damaged: "),
        (b"\x01\x02\x03\0\x04", "it is binary data"),
    ] {
        let document = read_all(bytes);
        assert!(document.parts.is_empty() && document.unread[0].is_grave());
        assert!(said(&document)[0].starts_with(expected), "{:?}", said(&document));
    }
}

fn samples() -> Vec<Vec<u8>> {
    let message = mail(
        "From: a@example.org\r\nDate: Mon, 1 Jan 2024 10:00:00 +0000",
        &[
            "Content-Type: text/plain\r\n\r\nBody".to_owned(),
            attachment("letter.docx", &letter("Signed by Ali Demirkol")),
        ],
    );
    vec![
        pdf(&[&["They spoke of Ali Demirkol."], &["On two pages."]]),
        letter("Signed by Ali Demirkol"),
        zip(&[("a.txt", b"one"), ("b.eml", &message)]),
        message,
    ]
}

/// A document that was cut never passes for a whole one in silence, and never ends the program.
#[test]
fn documents_cut_anywhere_are_read_or_refused() {
    for sample in samples() {
        for percent in 0..100 {
            let document = read(&sample[..sample.len() * percent / 100], &small());
            assert!(!document.parts.is_empty() || !document.unread.is_empty(), "{percent} % of {:?}", &sample[..8]);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn documents_with_any_bytes_changed_are_read_or_refused(
        which in 0..4usize,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
    ) {
        let mut sample = samples().swap_remove(which);
        for (at, byte) in changes {
            let at = at.index(sample.len());
            sample[at] = byte;
        }
        let document = read(&sample, &small());
        for part in &document.parts {
            prop_assert!(part.text.len() <= small().text);
            prop_assert!(part.pages.iter().all(|p| p.at <= part.text.len()));
        }
    }

    #[test]
    fn any_bytes_are_a_document_or_a_finding(bytes in prop::collection::vec(any::<u8>(), 0..300), head in 0..5usize) {
        let heads: [&[u8]; 5] = [b"", b"%PDF-1.7\n", b"PK\x03\x04", b"From: a\nDate: b\n", b"<html>"];
        let document = read(&[heads[head], &bytes].concat(), &small());
        prop_assert!(!document.parts.is_empty() || !document.unread.is_empty());
    }
}
