//! The Turkish lists: four workbooks with columns of their own, and what a row of each becomes.
//!
//! In go the files of `tr/`, and workbooks made from them. Expected values are read off the files.

use mihenk_entities::Entity;
use mihenk_lists::{Error, Input, Reading, Severity, read_inputs};

use crate::{
    samples::{findings, input, read},
    workbooks::{rows, workbook},
};

const FILES: [&str; 4] = ["tr/6415-5.csv", "tr/6415-6.csv", "tr/6415-7.csv", "tr/7262.csv"];

fn named<'a>(reading: &'a Reading, name: &str) -> &'a Entity {
    let entity = reading.entities.iter().find(|entity| entity.values("name").iter().any(|known| known == name));
    entity.unwrap_or_else(|| panic!("nobody is called {name}"))
}

fn sanction<'a>(reading: &'a Reading, entity: &Entity) -> &'a Entity {
    let sanction = reading.entities.iter().find(|sanction| sanction.first("entity") == Some(entity.id.as_str()));
    sanction.expect("every record has a listing")
}

fn check(entity: &Entity, expected: &[(&str, &[&str])]) {
    for (property, values) in expected {
        assert_eq!(entity.values(property), *values, "{property}");
    }
}

#[test]
fn four_workbooks_are_one_list_and_each_says_its_article() {
    let reading = read(&FILES);
    assert_eq!((reading.dataset.as_str(), reading.records, reading.inputs.len()), ("tr_fcib", 7, 4));
    for (name, program) in [
        ("ALİ REZA EL-MİSAL", "Law No. 6415, article 5"),
        ("JANE PRİMER", "Law No. 6415, article 6"),
        ("AHMET ÖRNEK", "Law No. 6415, article 7"),
        ("KİM ÖRNEK", "Law No. 7262, articles 3.A and 3.B"),
    ] {
        assert_eq!(sanction(&reading, named(&reading, name)).first("program"), Some(program), "{name}");
    }
}

#[test]
fn a_person_keeps_what_the_row_says() {
    let reading = read(&FILES);
    let person = named(&reading, "ALİ REZA EL-MİSAL");
    assert_eq!(person.schema.name(), "Person");
    check(
        person,
        &[
            ("alias", &["Ali Misal", "Abu Misal", "علي رضا المثال"]),
            ("birthDate", &["1970", "1971", "1966-02-07"]),
            ("birthPlace", &["Zurmat"]),
            ("nationality", &["af"]),
            ("fatherName", &["Rıza"]),
            ("position", &["Örnekler Bakan Yardımcısı"]),
            ("address", &["Örnek Sokak 12, Ketta", "Herat"]),
            ("passportNumber", &["2236119", "300301302"]),
            ("notes", &["TCKN/VKN/PASAPORT NO: a) Libya pasaport numarası 2236119 b) 300301302"]),
        ],
    );
    check(
        sanction(&reading, person),
        &[
            ("listingDate", &["2013-09-30"]),
            ("provisions", &["MALVARLIĞININ DONDURULMASI"]),
            ("reason", &["ÖRNEK CEPHESİ"]),
            ("summary", &["Official Gazette: 30.09.2013-28781", "Decision: 2013/5428"]),
        ],
    );
    let turk = named(&reading, "AHMET ÖRNEK");
    check(
        turk,
        &[
            ("idNumber", &["12345678950"]),
            ("birthDate", &["1978-06-05"]),
            ("motherName", &["Ayşe"]),
            ("fatherName", &["Mehmet"]),
            ("nationality", &["tr"]),
        ],
    );
    check(named(&reading, "JANE PRİMER"), &[("nationality", &["de", "sy"]), ("passportNumber", &["A1234599"])]);
}

#[test]
fn companies_and_those_of_whom_nothing_says_what_they_are() {
    let reading = read(&FILES);
    let company = named(&reading, "ÖRNEK DENİZCİLİK LIMITED ŞİRKETİ");
    assert_eq!(company.schema.name(), "Company");
    check(
        company,
        &[("taxNumber", &["1234567890"]), ("incorporationDate", &["2001"]), ("notes", &["Place: İstanbul"])],
    );
    assert_eq!(named(&reading, "ÖRNEK TOPLULUĞU").schema.name(), "LegalEntity");
    let manager = named(&reading, "ÖRNEK GEMİ İŞLETMESİ");
    assert_eq!(manager.schema.name(), "Organization");
    check(manager, &[("previousName", &["ESKİ ÖRNEK"]), ("imoNumber", &["9187629"]), ("legalForm", &["Şirket"])]);
    let unknown = named(&reading, "KİM ÖRNEK");
    check(sanction(&reading, unknown), &[("listingDate", &["2026-07-29", "2007-03-24"]), ("recordId", &["1"])]);
}

#[test]
fn what_was_not_understood_is_reported_with_its_place() {
    let reading = read(&FILES);
    let told = findings(&reading);
    assert_eq!(told.len(), 3, "{told:#?}");
    assert!(told[0].contains("tr/6415-6.csv: line 2") && told[0].contains("'ATLANTİS'"), "{}", told[0]);
    assert!(told[1].contains("tr/7262.csv: line 2") && told[1].contains("'ATLANTİS'"), "{}", told[1]);
    assert!(told[2].starts_with("medium: tr/7262.csv: line 3") && told[2].contains("'bilinmiyor'"), "{}", told[2]);
}

#[test]
fn a_workbook_gives_what_its_csv_gives() {
    let books = FILES.map(|name| {
        let text = String::from_utf8(input(name).bytes).unwrap();
        // 5 June 1978 is day 28646 of Excel.
        workbook(name, &[("Sayfa1", rows(&text.replace("05.06.1978", "#28646")))])
    });
    let readings = read_inputs(&books).unwrap();
    let texts = read(&FILES);
    // The hash of a record has the birth as it is written; all else is the same.
    let plain = |reading: &Reading| -> Vec<String> {
        let lines = reading.entities.iter().map(|entity| format!("{:?} {:?}", entity.schema, entity.properties));
        let ids = reading.entities.iter().map(|entity| entity.id.to_string()).collect::<Vec<_>>();
        lines.map(|line| ids.iter().fold(line, |line, id| line.replace(id.as_str(), "id"))).collect()
    };
    assert_eq!(plain(&readings[0]), plain(&texts));
}

#[test]
fn a_list_without_a_workbook_says_which_one_is_missing() {
    let reading = read(&FILES[..3]);
    let missing = reading.findings.iter().find(|finding| finding.severity == Severity::High).unwrap();
    assert_eq!(missing.found.as_str(), "no workbook for Law No. 7262, articles 3.A and 3.B");
    let again = Input { name: "again.csv".to_owned(), ..input(FILES[2]) };
    let error = read_inputs(&[input(FILES[2]), again]).unwrap_err();
    assert!(matches!(&error, Error::Twice { part: "Law No. 6415, article 7", .. }), "{error}");
}

#[test]
fn what_nobody_has_mapped_is_kept_and_a_row_without_a_name_is_reported() {
    let text = String::from_utf8(input(FILES[2]).bytes).unwrap();
    let text = text.replace("ANNE ADI", "RENK").replace("ÖRNEK TOPLULUĞU", "");
    let readings = read_inputs(&[Input { name: "7.csv".to_owned(), bytes: text.into_bytes() }]).unwrap();
    assert!(named(&readings[0], "AHMET ÖRNEK").values("notes").contains(&"RENK: Ayşe".to_owned()));
    let found: Vec<&str> = readings[0].findings.iter().map(|finding| finding.found.as_str()).collect();
    assert!(found.contains(&"a column 'RENK'"), "{found:?}");
    assert!(found.iter().any(|found| found.starts_with("a row without a name: '3 - - MALVARLIĞININ")), "{found:?}");
}
