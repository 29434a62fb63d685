//! OFAC's XML form: the day of the list, how many entries it says it has, what it holds that is not known.
//!
//! In go `ofac/sdn.xml` and `ofac/consolidated.xml`, or a few lines in their form. That the entities are those of the
//! CSV form is in `forms.rs`.

use mihenk_entities::Date;
use mihenk_lists::{Input, Reading, Severity, read_inputs};

use crate::samples::{entity, findings, input, read};

fn list(entries: &str, count: usize) -> Input {
    let head = "<publshInformation><Publish_Date>08/09/2026</Publish_Date>";
    let text = format!("<sdnList>{head}<Record_Count>{count}</Record_Count></publshInformation>{entries}</sdnList>");
    Input { name: "sdn.xml".to_owned(), bytes: text.into_bytes() }
}

fn entry(inside: &str) -> Reading {
    let entry = format!("<sdnEntry><uid>1</uid>{inside}</sdnEntry>");
    read_inputs(&[list(&entry, 1)]).expect("an entry is a list").remove(0)
}

#[test]
fn the_edition_is_known() {
    let reading = read(&["ofac/sdn.xml"]);
    assert_eq!((reading.published, reading.records), (Date::day(2026, 11, 25), 7));
    let both = read_inputs(&[input("ofac/consolidated.xml"), input("ofac/sdn.xml")]).unwrap();
    let names: Vec<&str> = both.iter().map(|reading| reading.dataset.as_str()).collect();
    assert_eq!(names, ["us_ofac_cons", "us_ofac_sdn"]);
    let link = both[0].entities.iter().find(|entity| entity.schema.name() == "UnknownLink").unwrap();
    assert_eq!((link.first("subject"), link.first("object")), (Some("ofac-900102"), Some("ofac-900002")));
}

#[test]
fn what_was_not_understood_is_reported_and_kept() {
    let reading = read(&["ofac/sdn.xml"]);
    assert_eq!(
        findings(&reading),
        [
            "low: ofac/sdn.xml: line 131, ofac-900005, Country: 'Region: Nowhere'; expected a country of \
             data/countries.txt; kept as a note",
            "medium: ofac/sdn.xml: line 156, ofac-900006, dateOfBirth: '31 Feb 1960'; '31 feb 1960' is not a day of \
             the calendar: month 2 of 1960 has no day 31; kept as a note",
            "low: ofac/sdn.xml: line 153, ofac-900006, nationality: 'Atlantis'; expected a country of \
             data/countries.txt; kept as a note",
            "medium: ofac/sdn.xml: line 146, ofac-900006, Passport: 'Passport issued in Sarajevo'; no number was found \
             in it; kept as a note",
            "low: ofac/sdn.xml: line 113, idType 'Aircraft Mode S Transponder Code': 1 times idType 'Aircraft Mode S \
             Transponder Code'; it is not known here; its text was kept as a note",
            "low: ofac/sdn.xml: line 147, idType 'Chess Licence': 1 times idType 'Chess Licence'; it is not known \
             here; its text was kept as a note",
            "low: ofac/sdn.xml: line 158, sdnEntry/favouriteColour: 1 times sdnEntry/favouriteColour; it is not known \
             here; its text was kept as a note",
            "low: ofac/sdn.xml: line 13, ofac-900001, Linked To: 'NOBODY AT ALL' is the name of no record; the name \
             was kept as a note, no relation was made",
        ]
    );
}

#[test]
fn entries_that_are_missing_are_reported() {
    let entries = "<sdnEntry><uid>1</uid><lastName>A</lastName><sdnType>Entity</sdnType></sdnEntry>";
    let readings = read_inputs(&[list(entries, 2)]).unwrap();
    let finding = &readings[0].findings[0];
    assert_eq!((finding.severity, finding.found.as_str()), (Severity::High, "1 entries"));
    assert!(finding.expected.as_str().starts_with("the file says it has 2"), "{}", finding.expected);
    assert!(read_inputs(&[list(entries, 1)]).unwrap()[0].findings.is_empty());
    let error = read_inputs(&[list("", 0)]).unwrap_err().to_string();
    assert!(error.contains("holds no record"), "{error}");
}

#[test]
fn an_entry_without_a_number_is_reported_and_the_others_are_read() {
    let entries = "<sdnEntry><uid>x</uid><lastName>A</lastName></sdnEntry>\
                   <sdnEntry><uid>2</uid><lastName>B</lastName></sdnEntry>\
                   <sdnEntry><uid>2</uid><lastName>C</lastName></sdnEntry><other>D</other>";
    let readings = read_inputs(&[list(entries, 3)]).unwrap();
    assert_eq!(readings[0].records, 2);
    let names = ["ofac-2", "ofac-2-2"].map(|id| entity(&readings[0], id).caption().to_owned());
    assert_eq!(names, ["B", "C"]);
    let found: Vec<&str> = readings[0].findings.iter().map(|finding| finding.found.as_str()).collect();
    assert_eq!(found, ["an entry without a number: 'A'", "entity number 2 once more", "<other>: 'D'"]);
    assert!(readings[0].findings.iter().all(|finding| finding.severity == Severity::High));
}

#[test]
fn weak_aliases_are_weak_whatever_their_kind() {
    let aka = |kind: &str, category: &str, name: &str| {
        format!("<aka><type>{kind}</type><category>{category}</category><lastName>{name}</lastName></aka>")
    };
    let akas = [
        aka("a.k.a.", "strong", "A"),
        aka("f.k.a.", "strong", "F"),
        aka("f.k.a.", "weak", "W"),
        aka("p.k.a.", "middling", "P"),
        aka("a.k.a.", "weak", ""),
    ];
    let reading = entry(&format!("<lastName>X</lastName><akaList>{}</akaList>", akas.concat()));
    let organization = entity(&reading, "ofac-1");
    assert_eq!(
        (organization.values("alias"), organization.values("previousName")),
        (&["A".into(), "P".into()][..], &["F".into()][..])
    );
    assert_eq!(organization.values("weakAlias"), ["W"]);
    assert_eq!(organization.values("notes"), ["Alias P: middling", "Alias P: p.k.a."]);
    assert_eq!(reading.findings.len(), 3, "{:?}", findings(&reading));
}

#[test]
fn a_document_keeps_what_has_elements_of_its_own_before_what_is_in_its_text() {
    let id = "<id><idType>Passport</idType><idNumber>A12 (Iraq)</idNumber><idCountry>Iran</idCountry>\
              <issueDate>2001</issueDate></id>\
              <id><idType>Email Address</idType><idNumber>a@example.org</idNumber><idCountry>Peru</idCountry></id>";
    let reading = entry(&format!("<lastName>X</lastName><sdnType>Individual</sdnType><idList>{id}</idList>"));
    let passport = entity(&reading, "ofac-1-passport-a12");
    let parts = ["number", "country", "startDate", "summary"].map(|part| passport.first(part).unwrap());
    assert_eq!(parts, ["A12", "ir", "2001", "Iraq"]);
    let person = entity(&reading, "ofac-1");
    assert_eq!(person.values("email"), ["a@example.org"]);
    assert_eq!(person.values("notes"), ["Email Address a@example.org (Peru)"], "an address has no country of its own");
}
