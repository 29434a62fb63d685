//! Files that are broken: each is refused in words with a place, or read with findings that keep what has no place in the model.
//!
//! Each is made of a sound report: cut, with lines in other places, with flipped bytes, in other encodings.

use super::{
    super::{BYTES_MAX, Finding, ReadError, ReadErrorKind, Version, element::Place, read, write},
    made::Seed,
    sample,
};

fn xml() -> String {
    write(&sample::transactions(), Version::V5_0_2).unwrap()
}

fn refused(text: &str) -> ReadError {
    read(text.as_bytes()).unwrap_err()
}

#[test]
fn a_file_that_was_cut_is_refused_wherever_it_was_cut() {
    let xml = xml();
    let xml = xml.trim_end();
    for percent in 0..100 {
        let error = read(&xml.as_bytes()[..xml.len() * percent / 100]).unwrap_err();
        let kind = if percent == 0 { ReadErrorKind::NoReport } else { error.kind };
        // Within the letters of a name, the cut is a byte that is not UTF-8; within the declaration, no report has begun.
        let expected = [ReadErrorKind::Cut, ReadErrorKind::Encoding, ReadErrorKind::NoReport];
        assert!(expected.contains(&kind), "{percent} %: {error}");
        assert!(error.place.is_some(), "{percent} %: {error}");
    }
    for at in xml.find("<report>").unwrap() + 8..xml.len() {
        let Ok(part) = std::str::from_utf8(&xml.as_bytes()[..at]) else { continue };
        assert_eq!(refused(part).kind, ReadErrorKind::Cut, "at {at}: {}", refused(part));
    }
}

#[test]
fn a_cut_is_told_with_what_was_open() {
    let xml = xml();
    let at = xml.find("<to_country>").unwrap();
    let error = refused(&xml[..at]);
    assert_eq!(error.path, "report/transaction/t_to");
    let told = error.to_string();
    assert!(told.starts_with("line ") && told.contains("right would be the file to its end, </report>"), "{told}");
}

#[test]
fn what_could_grow_is_refused() {
    let bomb = "<?xml version=\"1.0\"?>\n<!DOCTYPE report [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]>\n<report><reason>&b;</reason></report>";
    let error = refused(bomb);
    assert_eq!((error.kind, error.place.map(|place| place.line)), (ReadErrorKind::DocumentType, Some(2)));
    let error = refused("<report><reason>&b;</reason></report>");
    assert_eq!(error.kind, ReadErrorKind::DocumentType);
    assert!(error.to_string().starts_with("line 1, column 17: in report/reason: the entity &b;"), "{error}");
}

#[test]
fn what_is_no_utf_8_is_refused_with_its_place() {
    let mut latin1 = b"<report>\n<reason>Ay".to_vec();
    latin1.push(0xFE);
    latin1.extend_from_slice(b"e</reason></report>");
    let error = read(&latin1).unwrap_err();
    assert_eq!((error.kind, error.place), (ReadErrorKind::Encoding, Some(Place { line: 2, column: 11 })));
    let utf16: Vec<u8> = "\u{FEFF}<report/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(read(&utf16).unwrap_err().to_string().contains("UTF-16"));
    let without_mark: Vec<u8> = "<report/>".encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_eq!(read(&without_mark).unwrap_err().kind, ReadErrorKind::Encoding);
    let error = refused("<?xml version=\"1.0\" encoding=\"windows-1254\"?><report/>");
    assert!(error.to_string().contains("the declared encoding \"windows-1254\""), "{error}");
    assert!(read(b"\xEF\xBB\xBF<report/>").is_ok(), "a mark of UTF-8 is no part of the text");
}

#[test]
fn what_is_too_large_or_too_deep_is_refused() {
    let error = read(&vec![b' '; BYTES_MAX + 1]).unwrap_err();
    assert_eq!(error.kind, ReadErrorKind::TooLarge);
    let deep = format!("<report>{}", "<activity>".repeat(100_000));
    let error = refused(&deep);
    assert_eq!(error.kind, ReadErrorKind::TooLarge);
    assert!(error.to_string().contains("more than 64 levels deep"), "{error}");
    let many = format!("<report>{}</report>", "<a/>".repeat(super::super::ELEMENTS_MAX));
    assert_eq!(refused(&many).kind, ReadErrorKind::TooLarge);
}

#[test]
fn more_findings_than_anybody_reads_are_one_refusal() {
    let text = format!("<report>{}</report>", "<a/>".repeat(150_000));
    let error = refused(&text);
    assert_eq!(error.kind, ReadErrorKind::TooLarge);
    assert!(error.to_string().contains("report/a: an element a;"), "{error}");
}

#[test]
fn a_code_that_nobody_knows_is_told_once() {
    let mut report = sample::transactions();
    report.transaction[0].transmode_code = Some("NEW".to_owned());
    report.transaction = vec![report.transaction[0].clone(); 5];
    let incoming = read(write(&report, Version::V5_0_2).unwrap().as_bytes()).unwrap();
    let told: Vec<&Finding> = incoming.findings.iter().filter(|finding| finding.found.as_str() == "\"NEW\"").collect();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].path, "report/transaction[1]/transmode_code");
}

#[test]
fn what_only_some_authorities_demand_is_told_when_they_are_asked_for() {
    let xml = xml();
    let demands =
        |incoming: super::super::Incoming| incoming.findings.iter().filter(|f| f.found.as_str() == "nothing").count();
    assert_eq!(demands(read(xml.as_bytes()).unwrap()), 0);
    assert!(demands(super::super::read_for(xml.as_bytes(), Some("lk")).unwrap()) > 0);
}

#[test]
fn what_is_no_report_is_refused() {
    for (text, found) in [
        ("", "no element at all"),
        ("<html></html>", "the root element <html>"),
        ("<report></report><report></report>", "an element behind the report"),
        ("<report></reports>", "report"),
        ("plain text", "text outside the report"),
        ("<report>&#1;</report>", "the character U+0001"),
        ("<report>\u{1}</report>", "the character U+0001"),
        ("<report a=1></report>", "value"),
    ] {
        let error = refused(text);
        assert!(error.to_string().contains(found), "{text}: {error}");
    }
}

#[test]
fn an_unknown_element_is_kept_whole_with_its_place() {
    let text = xml().replace("  <reason>", "  <extra><inner>A &amp; B</inner></extra>\n  <reason>");
    let incoming = read(text.as_bytes()).unwrap();
    let finding = incoming.findings.iter().find(|finding| finding.path == "report/extra").unwrap();
    assert_eq!(finding.place, Some(Place { line: 9, column: 3 }));
    assert_eq!(finding.kept.as_deref(), Some("<extra>\n  <inner>A &amp; B</inner>\n</extra>"));
    assert_eq!(incoming.report, sample::transactions());
}

#[test]
fn what_has_no_place_in_the_model_is_kept() {
    let original = xml();
    for (from, to, path, kept) in [
        (
            "<to_country>TR<",
            "<to_country>TR</to_country><to_country>IR<",
            "report/transaction[1]/t_to/to_country",
            "<to_country>IR</to_country>",
        ),
        (">1275.17<", ">1.275,17<", "report/transaction[1]/amount_local", "1.275,17"),
        (">2026-11-20T14:05:09<", ">20.11.2026<", "report/transaction[1]/date_transaction", "20.11.2026"),
        (
            ">2026-11-20T14:05:09<",
            ">2026-11-20T14:05:09+04:00<",
            "report/transaction[1]/date_transaction",
            "2026-11-20T14:05:09+04:00",
        ),
        ("<t_to>", "<t_to>stray", "report/transaction[1]/t_to", "stray"),
        ("<report>", "<report id=\"9\">", "report", "id=\"9\""),
        (">EXMPTRIS<", "><b>EXMPTRIS</b><", "report/transaction[1]/t_to/to_account/swift/b", "<b>EXMPTRIS</b>"),
    ] {
        let text = original.replacen(from, to, 1);
        assert_ne!(text, original, "{from}");
        let incoming = read(text.as_bytes()).unwrap();
        let finding = incoming.findings.iter().find(|finding| finding.path == path && finding.kept.is_some());
        let finding = finding.unwrap_or_else(|| panic!("{path}: {:?}", incoming.findings));
        assert_eq!(finding.kept.as_deref(), Some(kept));
        assert!(finding.place.is_some());
        let has_names = |one: &Finding| one.found.meaning().is_some() && one.right.meaning().is_some();
        assert!(incoming.findings.iter().all(has_names), "pages say each finding in their language");
    }
}

#[test]
fn each_line_in_another_place_is_read_or_refused_and_never_lost() {
    let original = xml();
    let lines: Vec<&str> = original.lines().collect();
    let mut seed = Seed(6);
    let mut read_with_findings = 0;
    for _ in 0..300 {
        let mut shuffled = lines.clone();
        let (one, other) = (seed.below(lines.len()), seed.below(lines.len()));
        shuffled.swap(one, other);
        if shuffled == lines {
            continue;
        }
        match read(shuffled.join("\n").as_bytes()) {
            Ok(incoming) if incoming.report == sample::transactions() => {
                let told = incoming.findings.iter().any(Finding::is_error) || lines[one] == lines[other];
                assert!(told, "{} and {}", lines[one], lines[other]);
                read_with_findings += 1;
            }
            Ok(incoming) => assert!(incoming.findings.iter().any(Finding::is_error), "{one} and {other}"),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
    assert!(read_with_findings > 0, "some swap within a sequence is read all the same");
}

#[test]
fn flipped_bytes_are_no_panic() {
    let original = xml().into_bytes();
    let mut seed = Seed(7);
    for _ in 0..3_000 {
        let mut bytes = original.clone();
        for _ in 0..=seed.below(4) {
            let at = seed.below(bytes.len());
            bytes[at] ^= 1 << seed.below(8);
        }
        if let Err(error) = read(&bytes) {
            assert!(error.place.is_some(), "{error}");
        }
    }
}

#[test]
fn an_order_that_is_not_the_schemas_is_told() {
    let text = xml()
        .replace("  <submission_code>E</submission_code>\n", "")
        .replace("</report_indicators>", "</report_indicators>\n  <submission_code>E</submission_code>");
    let incoming = read(text.as_bytes()).unwrap();
    assert_eq!(incoming.report, sample::transactions());
    let finding = incoming.findings.iter().find(|finding| finding.path == "report/submission_code").unwrap();
    assert_eq!(finding.found.as_str(), "submission_code behind report_indicators");
}

#[test]
fn the_version_is_the_one_whose_elements_are_there() {
    let version = |text: &str| read(text.as_bytes()).unwrap().version;
    assert_eq!(version("<report><rentity_id>1</rentity_id></report>"), Version::V4_0);
    assert_eq!(version("<report><report_date>2026-11-26T09:30:00</report_date></report>"), Version::V5_0_2);
    assert_eq!(version("<report><schema_version>5.0.2</schema_version></report>"), Version::V5_0_2);
    let deep = "<report><transaction><t_to><to_person><peps/></to_person></t_to></transaction></report>";
    assert_eq!(version(deep), Version::V5_0_2);
    let long = sample::transactions();
    let long = super::super::Report { reason: Some("x".repeat(5_000)), ..long };
    assert_eq!(version(&write(&long, Version::V5_0_2).unwrap()), Version::V5_0_2, "only the newer one takes so much");
}
