//! Two reports as a bank would write them, and how they look.
//!
//! The people are invented. What is expected is written by hand after the schema.

use super::super::{
    Account, Activity, Address, DateTime, Entity, Finding, ForeignCurrency, FromSide, Person, Report, ReportParty,
    ToSide, Transaction, Version, check, read, write,
};

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn date(text: &str) -> Option<DateTime> {
    text.parse().ok()
}

fn head() -> Report {
    Report {
        rentity_id: Some(41),
        submission_code: text("E"),
        entity_reference: text("CASE-7"),
        submission_date: date("2026-11-26T09:30:00"),
        currency_code_local: text("AED"),
        reason: text("Funds left the account within an hour & went to <a listed person>."),
        report_indicators: vec!["TORGA".to_owned()],
        ..Report::default()
    }
}

fn ayse() -> Person {
    Person {
        gender: text("F"),
        first_name: text("Ayşe"),
        last_name: text("Örnek"),
        birthdate: date("1980-02-29T00:00:00"),
        nationality1: text("TR"),
        residence: text("AE"),
        phones: vec![super::super::Phone {
            tph_contact_type: text("PRSNL"),
            tph_communication_type: text("M"),
            tph_number: text("5550001"),
            ..Default::default()
        }],
        occupation: text("Engineer"),
        addresses: vec![Address {
            address_type: text("RES"),
            address: text("1 Example Street"),
            city: text("Dubai"),
            country_code: text("AE"),
            ..Address::default()
        }],
        ..Person::default()
    }
}

/// A report on one transaction, from a client to the account of a company.
pub(super) fn transactions() -> Report {
    let company = Entity {
        name: text("Numune Trading LLC"),
        director_id: vec![Person { first_name: text("Bahram"), last_name: text("Namuneh"), ..Person::default() }],
        ..Entity::default()
    };
    let to = ToSide {
        to_funds_code: text("ELCFT"),
        to_account: Some(Box::new(Account {
            institution_name: text("Bank of Examples"),
            swift: text("EXMPTRIS"),
            account: text("0001"),
            t_entity: Some(Box::new(company)),
            ..Account::default()
        })),
        to_country: text("TR"),
        ..ToSide::default()
    };
    let from = FromSide {
        from_funds_code: text("CASH"),
        from_foreign_currency: Some(ForeignCurrency {
            foreign_currency_code: text("EUR"),
            foreign_amount: "300.50".parse().ok(),
            foreign_exchange_rate: "4.2435".parse().ok(),
        }),
        from_person: Some(Box::new(ayse())),
        from_country: text("AE"),
        ..FromSide::default()
    };
    let transaction = Transaction {
        transactionnumber: text("T-1"),
        transaction_location: text("Dubai"),
        transaction_description: text("Cash paid in and sent on"),
        date_transaction: date("2026-11-20T14:05:09"),
        transmode_code: text("OCT"),
        amount_local: "1275.17".parse().ok(),
        t_from_my_client: Some(Box::new(from)),
        t_to: Some(Box::new(to)),
        ..Transaction::default()
    };
    Report { report_code: text("STR"), transaction: vec![transaction], ..head() }
}

/// A report on a person, without a transaction.
pub(super) fn activity() -> Report {
    let party = ReportParty {
        person: Some(Box::new(Person { first_name: text("Cem"), last_name: text("Misal"), ..Person::default() })),
        significance: Some(8),
        reason: text("Asked how to avoid a report"),
        ..ReportParty::default()
    };
    let activity = Activity { report_parties: vec![party], ..Activity::default() };
    Report { report_code: text("SAR"), activity: Some(activity), ..head() }
}

#[test]
fn a_report_looks_as_the_schema_has_it() {
    let xml = write(&activity(), Version::V4_0).unwrap();
    let expected = "\
<?xml version=\"1.0\" encoding=\"utf-8\"?>
<report>
  <rentity_id>41</rentity_id>
  <submission_code>E</submission_code>
  <report_code>SAR</report_code>
  <entity_reference>CASE-7</entity_reference>
  <submission_date>2026-11-26T09:30:00</submission_date>
  <currency_code_local>AED</currency_code_local>
  <reason>Funds left the account within an hour &amp; went to &lt;a listed person&gt;.</reason>
  <activity>
    <report_parties>
      <report_party>
        <person>
          <first_name>Cem</first_name>
          <last_name>Misal</last_name>
        </person>
        <significance>8</significance>
        <reason>Asked how to avoid a report</reason>
      </report_party>
    </report_parties>
  </activity>
  <report_indicators>
    <indicator>TORGA</indicator>
  </report_indicators>
</report>
";
    assert_eq!(xml, expected);
}

/// The names of a report's elements in their order, written by hand after schema 5.0.2.
const NAMES: &str = "report rentity_id submission_code report_code entity_reference submission_date currency_code_local \
    reason transaction transactionnumber transaction_location transaction_description date_transaction transmode_code \
    amount_local t_from_my_client from_funds_code from_foreign_currency foreign_currency_code foreign_amount \
    foreign_exchange_rate from_person gender first_name last_name birthdate nationality1 residence phones phone \
    tph_contact_type tph_communication_type tph_number addresses address address_type address city country_code \
    occupation from_country t_to to_funds_code to_account institution_name swift account t_entity name director_id \
    first_name last_name to_country report_indicators indicator";

#[test]
fn a_transaction_has_its_elements_in_the_order_of_the_schema() {
    for version in Version::ALL {
        let xml = write(&transactions(), version).unwrap();
        let starts = xml.split('<').filter(|part| !part.starts_with(['/', '?']) && !part.is_empty());
        let names: Vec<&str> = starts.map(|part| part.split('>').next().unwrap_or_default()).collect();
        assert_eq!(names.join(" "), NAMES, "{version}");
    }
}

#[test]
fn a_transaction_keeps_its_amounts_to_the_last_decimal() {
    let report = transactions();
    let xml = write(&report, Version::V5_0_2).unwrap();
    assert!(xml.contains("<amount_local>1275.17</amount_local>"));
    assert!(xml.contains("<foreign_amount>300.50</foreign_amount>"));
    assert_eq!(read(xml.as_bytes()).unwrap().report, report);
}

#[test]
fn what_is_missing_is_named_by_its_path() {
    let mut report = transactions();
    report.transaction.push(report.transaction[0].clone());
    let account = report.transaction[1].t_to.as_mut().unwrap().to_account.as_mut().unwrap();
    account.institution_name = None;
    account.swift = None;
    let findings = check(&report, Version::V5_0_2);
    let name = findings.iter().find(|f| f.path == "report/transaction[2]/t_to/to_account/institution_name").unwrap();
    assert_eq!(name.right.as_str(), "text of 1 to 255 characters");
    assert!(!name.is_error(), "one of the schemas that were read demands it, the others do not");
    let code =
        findings.iter().find(|f| f.path == "report/transaction[2]/t_to/to_account/(institution_code|swift)").unwrap();
    assert!(code.is_error());
    assert!(write(&report, Version::V5_0_2).unwrap_err().iter().any(Finding::is_error));
}

#[test]
fn transactions_and_an_activity_together_are_for_the_newer_version_only() {
    let report = Report { activity: activity().activity, ..transactions() };
    let both = |version| {
        let findings = check(&report, version);
        findings.iter().any(|f| f.is_error() && f.found.as_str() == "transaction and activity")
    };
    assert!(both(Version::V4_0));
    assert!(!both(Version::V5_0_2));
}

#[test]
fn a_transaction_has_two_sides_or_its_parties() {
    let transaction = |change: fn(&mut Transaction)| {
        let mut report = transactions();
        change(&mut report.transaction[0]);
        check(&report, Version::V5_0_2).into_iter().filter(Finding::is_error).map(|f| f.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(transaction(|_| {}), Vec::<String>::new());
    let one_sided = transaction(|t| t.t_to = None);
    assert_eq!(
        one_sided,
        [
            "report/transaction[1]/(involved_parties|t_to_my_client|t_to): nothing; right would be involved_parties or t_to_my_client or t_to"
        ]
    );
    let two_sources = transaction(|t| t.t_from = t.t_from_my_client.clone());
    assert!(two_sources[0].contains("t_from_my_client and t_from; right would be one of"), "{two_sources:?}");
}

#[test]
fn a_value_that_is_not_of_its_kind_is_found_with_what_would_be_right() {
    for (change, expected) in [
        (
            (|r: &mut Report| r.submission_code = Some("X".to_owned())) as fn(&mut Report),
            "report/submission_code: \"X\"; right would be one of -, E, M",
        ),
        (|r| r.rentity_id = Some(0), "report/rentity_id: \"0\"; right would be a whole number from 1 to 2147483647"),
        (
            |r| r.currency_code_local = Some("euro".to_owned()),
            "report/currency_code_local: \"euro\"; right would be a currency by its three letters, such as EUR",
        ),
        (
            |r| r.reason = Some("a\u{0}b".to_owned()),
            "report/reason: the character U+0000; right would be text that XML 1.0 allows",
        ),
        (
            |r| r.submission_date = Some(jiff::civil::date(1752, 12, 31).at(0, 0, 0, 0)),
            "report/submission_date: \"1752-12-31T00:00:00\"; right would be date and time such as 2026-11-26T09:30:00, not before 1753",
        ),
        (
            |r| r.transaction[0].t_to.as_mut().unwrap().to_country = Some("Turkey".to_owned()),
            "report/transaction[1]/t_to/to_country: \"Turkey\"; right would be a country by its two letters, such as TR",
        ),
    ] {
        let mut report = transactions();
        change(&mut report);
        let findings = check(&report, Version::V5_0_2);
        let errors: Vec<String> = findings.iter().filter(|f| f.is_error()).map(ToString::to_string).collect();
        assert_eq!(errors, [expected]);
        assert!(write(&report, Version::V5_0_2).is_err());
    }
}

#[test]
fn an_element_of_the_newer_version_is_none_of_the_older() {
    let report = Report { report_date: date("2026-11-26T09:30:00"), ..activity() };
    let findings = check(&report, Version::V4_0);
    let finding = findings.iter().find(|f| f.path == "report/report_date").unwrap();
    assert_eq!(finding.right.as_str(), "an element that goAML 4.0 has in report");
}
