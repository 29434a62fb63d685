//! Who stands behind an entity, from files of the samples to names, sums and a picture.
//!
//! The samples are in `testdata/ownership`; what they come to was worked out by hand.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed, in its helpers too")]

use std::path::PathBuf;

use mihenk_node::{
    Source,
    graph::{Dashed, draw_with},
    ledger::ownership::{
        change::Change,
        solve::Answer::{self, Blocked as B, CannotBeTold as T, Listed as L, NotBlocked as N},
    },
    ownership::{Holdings, Question, Standing, picture},
};

fn sample(name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "..", "..", "testdata", "ownership", name].iter().collect()
}

fn read(names: &[&str]) -> Holdings {
    let folder = tempfile::tempdir().unwrap();
    let files: Vec<PathBuf> = names.iter().map(|name| sample(name)).collect();
    Holdings::read(&Source::Folder(folder.path().to_owned()), None, &files).unwrap()
}

fn ask(holdings: &Holdings, entity: &str, day: &str, changes: &[&str]) -> Standing {
    let changes = changes.iter().map(|change| Change::parse(change).unwrap()).collect();
    let question = Question { entity: entity.to_owned(), day: day.parse().unwrap(), regimes: vec![], changes };
    holdings.standing(&question).unwrap()
}

fn answers(standing: &Standing) -> Vec<Answer> {
    standing.regimes.iter().map(|regime| regime.answer).collect()
}

#[test]
fn the_sample_comes_to_what_was_worked_out_by_hand() {
    let holdings = read(&["holdings.jsonl"]);
    // C-1 is X-1's by 55. C-3: 40 of C-1 and 10 of X-1 make 50: enough for OFAC and the EU, whom X-1 is listed by. For the UK, X-2 has 35 through C-2.
    let standing = ask(&holdings, "Liman Lojistik A.Ş.", "2026-11-26", &[]);
    assert_eq!(answers(&standing), [B, B, N]);
    assert_eq!(standing.regimes[0].why, "those who are blocked have 50 % of its shares; 50 % or more is enough");
    assert!(standing.regimes[2].why.starts_with("Behram Sutay has 35 % of its shares, not more than 50 %"));
    // In effect X-1 has 10 + 0.55 · 40 = 32, and what C-4's cycle adds goes to others: C-3 has 60 of C-4, which has 5 of C-1.
    let of = |id: &str| standing.holders.iter().find(|holder| holder.party.id == id).unwrap().effective.clone();
    assert_eq!((of("X-1").as_str(), of("C-4").as_str()), ("32 %", "2 %"));
    let last = standing.regimes[0].proofs[0].steps.last().unwrap();
    assert_eq!(last.terms[1].holder.id, "C-1");
    assert_eq!(
        (last.terms[1].step, last.terms[1].records.as_slice()),
        (Some(1), &["holdings, record O-4".to_owned()][..])
    );
    // Whoever is a director decides nothing.
    assert_eq!((standing.ties[0].kind.as_str(), standing.ties[0].party.id.as_str()), ("chair of the board", "X-2"));
}

#[test]
fn another_day_has_other_holders_and_listings() {
    let holdings = read(&["holdings.jsonl"]);
    assert_eq!(answers(&ask(&holdings, "C-3", "2020-12-31", &[])), [N, N, N]);
    assert_eq!(answers(&ask(&holdings, "C-3", "2022-03-15", &[])), [B, N, N], "OFAC a month before the EU");
    let sold = |day: &str| ask(&holdings, "C-3", day, &[]).holders.iter().any(|holder| holder.party.id == "P-1");
    assert!(sold("2025-06-29") && !sold("2025-06-30"));
}

#[test]
fn what_a_change_alters_is_told_of_everybody() {
    let holdings = read(&["holdings.jsonl"]);
    let standing = ask(&holdings, "C-4", "2026-11-26", &["Ayla Karakurt owns 9% of C-3", "list Deniz Aksu"]);
    let altered: Vec<_> = standing.altered.iter().map(|a| (a.party.id.as_str(), a.regime.as_str(), a.after)).collect();
    // 40 + 9 = 49: C-3 and C-4 are free of OFAC and the EU.
    assert_eq!(
        altered,
        [
            ("C-3", "ofac", N),
            ("C-4", "ofac", N),
            ("P-1", "ofac", L),
            ("C-3", "eu", N),
            ("C-4", "eu", N),
            ("P-1", "eu", L),
            ("P-1", "uk", L),
        ]
    );
    assert!(ask(&holdings, "C-4", "2026-11-26", &[]).altered.is_empty());
}

#[test]
fn statements_of_a_register_and_a_list_are_one_network() {
    let holdings = read(&["holdings.jsonl", "register.json"]);
    // The register's Ayla Karakurt is nobody on a list until somebody says that she is: p8, who is unknown, has at most 20.
    assert_eq!(answers(&ask(&holdings, "tr-100", "2026-11-26", &[])), [N, N, N]);
    // With her: more than 25 for certain, and at most 50 and 20 of somebody who may be anybody.
    let standing = ask(&holdings, "tr-100", "2026-11-26", &["tr-p7 is X-1"]);
    assert_eq!(answers(&standing), [T, T, N]);
    assert!(standing.regimes[0].why.contains("more than 25 % to 70 %"), "{}", standing.regimes[0].why);
    let kinds: Vec<String> =
        standing.doubts.iter().map(|d| serde_json::to_value(&d.doubt).unwrap()["kind"].to_string()).collect();
    assert!(kinds.contains(&"\"missing-party\"".to_owned()), "{kinds:?}");
}

#[test]
fn the_picture_has_everybody_of_the_proofs_and_is_well_formed() {
    let standing = ask(&read(&["holdings.jsonl"]), "C-3", "2026-11-26", &[]);
    let graph = picture(&standing);
    let keys: Vec<&str> = graph.nodes.iter().map(|node| node.key.as_str()).collect();
    for id in ["C-1", "C-2", "C-3", "C-4", "P-2", "X-1", "X-2"] {
        assert!(keys.contains(&id), "{id}");
    }
    let open: Vec<&str> = graph.ties.iter().filter(|tie| tie.is_alert).map(|tie| tie.from.as_str()).collect();
    assert_eq!(open, ["X-2"], "more than 50 to 75 is not certain");
    let svg = draw_with("Liman", &graph, Dashed { means: "not certain", is_directed: true });
    assert_eq!(svg.matches('<').count(), svg.matches('>').count());
    assert!(svg.contains(">not certain<") && svg.contains("more than 50 % to 75 %"));
}

#[test]
fn who_is_not_clear_or_not_there_is_refused_in_words() {
    let holdings = read(&["holdings.jsonl"]);
    let refused = |entity: &str, regimes: &[&str]| {
        let regimes = regimes.iter().map(|regime| (*regime).to_owned()).collect();
        let day = "2026-11-26".parse().unwrap();
        let question = Question { entity: entity.to_owned(), day, regimes, changes: vec![] };
        holdings.standing(&question).unwrap_err().to_string()
    };
    assert!(refused("Karakurt", &[]).contains("Ayla Karakurt (X-1)"));
    assert!(refused("nobody", &[]).contains("nobody recorded"));
    assert!(refused("C-3", &["un"]).contains("ofac, eu, uk"));
    let folder = tempfile::tempdir().unwrap();
    let nothing = Holdings::read(&Source::Folder(folder.path().to_owned()), None, &[]).unwrap_err().to_string();
    assert!(nothing.contains("no lists are loaded"), "{nothing}");
}
