//! From entities to answers: what records say, on which day, what is doubtful and where, and what a change would alter.
//!
//! Entities are written in short, one a line; expectations are worked out by hand.

use mihenk_entities::Entity;
use mihenk_ledger::{
    day::Day,
    ownership::{
        change::Change,
        network::{DoubtKind, Network},
        records::Reader,
        rule::Rule,
        solve::{Answer, Sums, solve},
    },
};

/// Entities from `id schema property=value property=value`, one a line; datasets behind `@`.
fn network(text: &str) -> Network {
    let mut reader = Reader::default();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (id, rest) = line.split_once(' ').unwrap();
        let (schema, rest) = rest.split_once(' ').unwrap_or((rest, ""));
        let mut properties = serde_json::Map::new();
        let mut datasets = vec!["register".to_owned()];
        for part in rest.split(' ').filter(|part| !part.is_empty()) {
            if let Some(dataset) = part.strip_prefix('@') {
                datasets = vec![dataset.to_owned()];
                continue;
            }
            let (property, value) = part.split_once('=').unwrap();
            properties.insert(property.to_owned(), value.replace('_', " ").into());
        }
        let entity = serde_json::json!({"id": id, "schema": schema, "datasets": datasets, "properties": properties});
        reader.add(&Entity::from_value(entity).unwrap(), "file.json", &|id: &str| id.to_owned());
    }
    reader.finish()
}

fn answers(network: &Network, id: &str, day: &str) -> Vec<Answer> {
    let day: Day = day.parse().unwrap();
    let on = network.on(day);
    let no = network.one(id).unwrap();
    let answer = |rule: &Rule| solve(&on.graph, rule, &on.listed(network, rule), Sums::Bounded).answer(no);
    Rule::all().unwrap().iter().map(answer).collect()
}

fn doubts(network: &Network, day: &str) -> Vec<(DoubtKind, String)> {
    let on = network.on(day.parse().unwrap());
    let place = |source: &mihenk_ledger::ownership::holding::Source| source.record.clone();
    on.doubts.iter().map(|d| (d.kind, d.source.as_ref().map(place).unwrap_or_default())).collect()
}

const LISTED: &str = "
    x Person name=Xenia_Örnek
    s1 Sanction entity=x startDate=2020-05-01 @us_ofac_sdn
    s2 Sanction entity=x startDate=2021-05-01 endDate=2024-05-01 @eu_fsf
    a Company name=Alfa
    b Company name=Beta
";

use Answer::{Blocked as B, CannotBeTold as T, NotBlocked as N};

#[test]
fn a_listing_and_a_holding_count_from_their_first_day_to_their_end() {
    let own = network(&format!(
        "{LISTED}
        o1 Ownership owner=x asset=a percentage=60 startDate=2019 endDate=2025-01-01"
    ));
    assert_eq!(answers(&own, "a", "2020-04-30"), [N, N, N]);
    assert_eq!(answers(&own, "a", "2020-05-01"), [B, N, N], "OFAC listed first");
    assert_eq!(answers(&own, "a", "2021-05-01"), [B, B, N]);
    assert_eq!(answers(&own, "a", "2024-05-01"), [B, N, N], "the EU took it back");
    assert_eq!(answers(&own, "a", "2025-01-01"), [N, N, N], "sold");
}

#[test]
fn a_date_that_is_not_exact_leaves_the_answer_open() {
    let own = network(&format!("{LISTED} o1 Ownership owner=x asset=a percentage=60 startDate=2023"));
    assert_eq!(answers(&own, "a", "2022-12-31"), [N, N, N]);
    assert_eq!(answers(&own, "a", "2023-06-01"), [T, T, N]);
    assert_eq!(answers(&own, "a", "2023-12-31"), [B, B, N]);
}

#[test]
fn control_counts_by_what_it_is() {
    let control = |kind: &str| {
        let own = network(&format!("{LISTED}\nc Control controller=x controlled=a controlType={kind} percentage=60"));
        answers(&own, "a", "2022-01-01")[1]
    };
    assert_eq!(control("votingRights"), B);
    assert_eq!(control("appointmentOfBoard"), B);
    assert_eq!(control("otherInfluenceOrControl"), T);
    let own = network(&format!(
        "{LISTED}
        d Directorship director=x organization=a role=chair
        f Family person=x relative=y relationship=sister
        y Person name=Y
        l UnknownLink subject=x object=a role=linked_to"
    ));
    assert_eq!(answers(&own, "a", "2022-01-01"), [N, N, N], "offices and ties are no control");
}

#[test]
fn bad_input_is_flagged_with_its_place() {
    let own = network(&format!(
        "{LISTED}
        o1 Ownership owner=a asset=a percentage=10
        o2 Ownership owner=x asset=a percentage=20 startDate=2022-01-01 endDate=2021-01-01
        o3 Ownership owner=ghost asset=a percentage=10
        o4 Ownership asset=a percentage=5
        o5 Ownership owner=x asset=b percentage=most
        o6 Ownership owner=a asset=x percentage=50
        o7 Ownership owner=x asset=b startDate=05/06/2020
        o8 Ownership owner=x percentage=5"
    ));
    let found = doubts(&own, "2023-01-01");
    for (kind, record) in [
        (DoubtKind::OwnsItself, "o1"),
        (DoubtKind::Dates, "o2"),
        (DoubtKind::MissingParty, "o3"),
        (DoubtKind::MissingParty, "o4"),
        (DoubtKind::UnknownShare, "o5"),
        (DoubtKind::PersonHeld, "o6"),
        (DoubtKind::UnreadableDate, "o7"),
        (DoubtKind::MissingParty, "o8"),
    ] {
        assert!(found.contains(&(kind, record.to_owned())), "{kind:?} {record}: {found:?}");
    }
}

#[test]
fn more_than_all_is_kept_and_said() {
    let own = network(&format!(
        "{LISTED}
        p Person name=P
        o1 Ownership owner=x asset=a percentage=60
        o2 Ownership owner=p asset=a percentage=60"
    ));
    let on = own.on("2022-01-01".parse().unwrap());
    let doubt = on.doubts.iter().find(|doubt| doubt.kind == DoubtKind::MoreThanAll).unwrap();
    assert_eq!(doubt.what, "120 % of the shares is recorded, more than all");
    let rules = Rule::all().unwrap();
    let listed = on.listed(&own, &rules[0]);
    let of = |sums| solve(&on.graph, &rules[0], &listed, sums).answer(own.one("a").unwrap());
    assert_eq!((of(Sums::Bounded), of(Sums::AsRecorded)), (T, B));
}

#[test]
fn records_of_one_holding_are_put_together() {
    let share = |more: &str| {
        let own = network(&format!("{LISTED}\n{more}"));
        let on = own.on("2022-01-01".parse().unwrap());
        let said = on.doubts.iter().any(|doubt| doubt.kind == DoubtKind::SeveralRecords);
        (on.graph.holders_of(own.one("a").unwrap())[0].share.to_string(), said)
    };
    let one = "o1 Ownership owner=x asset=a percentage=30 sharesType=ordinary\n";
    // Two kinds add up; one kind twice may be told twice; two lists tell of the same.
    let other = "o2 Ownership owner=x asset=a percentage=25 sharesType=preference";
    assert_eq!(share(&format!("{one}{other}")), ("55 %".to_owned(), false));
    let twice = "o2 Ownership owner=x asset=a percentage=30 sharesType=ordinary";
    assert_eq!(share(&format!("{one}{twice}")), ("30 % to 60 %".to_owned(), true));
    assert_eq!(share(&format!("{one}{twice} @other")), ("30 %".to_owned(), false));
    let differs = "o2 Ownership owner=x asset=a percentage=45 @other";
    assert_eq!(share(&format!("{one}{differs}")), ("30 % to 45 %".to_owned(), true));
}

#[test]
fn a_change_alters_what_rests_on_it() {
    let text = format!(
        "{LISTED}
        o1 Ownership owner=x asset=a percentage=60
        o2 Ownership owner=a asset=b percentage=50"
    );
    let after = |changes: &[&str]| {
        let mut own = network(&text);
        let changes: Vec<Change> = changes.iter().map(|change| Change::parse(change).unwrap()).collect();
        own.assume(&changes).unwrap();
        answers(&own, "b", "2022-01-01")
    };
    assert_eq!(after(&[]), [B, B, N]);
    assert_eq!(after(&["Xenia Örnek owns 40% of Alfa"]), [N, N, N]);
    assert_eq!(after(&["delist x"]), [N, N, N]);
    // The register's owner of Beta is found to be the listed person.
    assert_eq!(after(&["x owns 0% of a", "P owns 60% of b", "a owns 40% of b"]), [N, N, N]);
    assert_eq!(after(&["x owns 0% of a", "P owns 60% of b", "a owns 40% of b", "P is x"]), [B, B, N]);
    assert_eq!(after(&["list Beta"]), [Answer::Listed; 3]);
    assert_eq!(after(&["x owns 0% of a", "a owns 30% of b", "Newcomer owns 70% of b", "list Newcomer"]), [B, B, B]);
}

#[test]
fn a_change_that_is_not_clear_changes_nothing() {
    let mut own = network(&format!("{LISTED}\nb2 Company name=Beta"));
    let before = own.holdings().len();
    let changes = ["x owns 60% of a", "x owns 60% of Beta"].map(|change| Change::parse(change).unwrap());
    let error = own.assume(&changes).unwrap_err().to_string();
    assert!(error.contains("Beta (b)") && error.contains("Beta (b2)"), "{error}");
    assert_eq!(own.holdings().len(), before);
    assert!(own.assume(&[Change::parse("delist nobody").unwrap()]).is_err());
}

#[test]
fn parties_are_found_by_id_name_or_words() {
    let own = network("q1 Company name=Deniz_Ticaret_A.Ş.\nq2 Person name=Deniz\nq3 Company name=Kara_Deniz_Ltd");
    assert_eq!(own.find("q3"), [2]);
    assert_eq!(own.find("deniz"), [1], "a whole name goes before a part of one");
    assert_eq!(own.find("ticaret deniz"), [0]);
    assert_eq!(own.find("DENİZ LTD"), own.find("nobody"), "a dotted capital is another letter");
    assert_eq!(own.find("kara ltd"), [2]);
}
