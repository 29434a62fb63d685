//! What queries find, held against a few entities.
//!
//! In come texts of queries, out comes whether they find an invented person whose values are known.

use mihenk_node::Entity;
use proptest::prelude::*;

use super::*;

const PERSON: &str = r#"{"id": "Q1", "schema": "Person", "properties": {"name": ["Vladimir Örnek", "Владимир Орнек"],
    "birthDate": ["1952-10-07"], "nationality": ["ru"], "topics": ["role.pep"], "notes": ["born in the north"]}}"#;

fn finds(text: &str) -> bool {
    finds_with(text, false)
}

fn finds_with(text: &str, fuzzy: bool) -> bool {
    let entity = Entity::from_json(PERSON).unwrap();
    let texts = Texts::of(&entity, false);
    let against = Against { id: "Q1", schema: entity.schema, datasets: &["un_sc"], texts: &texts };
    Query::read(text, fuzzy).unwrap().score(&against).is_some()
}

#[test]
fn words_have_to_be_there_all_of_them() {
    assert!(finds("") && finds("*") && finds("vladimir") && finds("ORNEK vladimir") && finds("örnek north"));
    assert!(!finds("vladimir south") && finds("vladimir OR south") && finds("vladimir AND (south || north)"));
    assert!(!finds("vladimir -north") && finds("vladimir NOT south") && finds("+vladimir !south"));
}

#[test]
fn words_in_quotes_stand_in_a_row() {
    assert!(finds("\"vladimir ornek\"") && !finds("\"ornek vladimir\"") && finds("\"in the\"~2 north"));
}

#[test]
fn words_may_have_gaps_or_be_alike() {
    assert!(finds("vlad*") && finds("*mir") && finds("vl?dimir") && !finds("vl?imir") && finds("name:o*k"));
    assert!(finds("vladimer~") && !finds("vladimer") && finds("vladimyr~1") && !finds("wladimyr~1"));
    assert!(finds_with("vladimer ornec", true), "every word may be alike when it is asked for");
}

#[test]
fn fields_say_where() {
    assert!(
        finds("name:vladimir") && finds("names:vladimir") && !finds("notes:vladimir") && finds("notes:(born north)")
    );
    assert!(finds("properties.birthDate:1952*") && finds("birthDate:\"1952-10-07\"") && finds("countries:ru"));
    assert!(finds("schema:Person") && finds("schema:LegalEntity") && !finds("schema:Company"));
    assert!(finds("topics:role.pep") && finds("datasets:un_sc") && !finds("datasets:un") && finds("id:q1"));
}

#[test]
fn spans_have_ends_that_belong_to_them_or_not() {
    assert!(
        finds("birthDate:[1950 TO 1960]") && finds("birthDate:[1952 TO 1952]") && finds("birthDate:[* TO 1952-10-07]")
    );
    assert!(
        finds("birthDate:[1952-10-07 TO *]")
            && !finds("birthDate:{1952-10-07 TO *]")
            && !finds("birthDate:{1952 TO *}")
    );
    assert!(!finds("birthDate:[* TO 1952}") && !finds("birthDate:[1953 TO 1960]") && !finds("birthDate:[10 TO 11]"));
    assert!(finds("name:[\"va\" TO w]") && !finds("notes:[x TO z]") && finds("vladimir AND birthDate:{1951 TO 1953}"));
}

#[test]
fn expressions_are_of_whole_words() {
    assert!(finds("/vlad[ie]mir/") && finds("name:/vl.+r/") && !finds("/vlad/") && !finds("name:/nor.*/"));
    assert!(
        finds("notes:/nor.*/") && finds("/VLAD.*/ AND north") && !finds("NOT /vlad.*/") && finds("/x.*|y.*|o.*k/^2")
    );
    assert!(
        finds("topics:/role\\..*/")
            && finds("schema:/per.*/")
            && finds("datasets:/un_.*/")
            && finds("(/a.*/ OR /n.*h/)")
    );
    assert!(Query::read(&"/a/ ".repeat(8), false).is_ok() && Query::read(&"/a/ ".repeat(9), false).is_err());
    // The simple syntax has none.
    let Query::And(words) = Query::read_simple("/vlad.*/ x", false) else { panic!("words") };
    assert_eq!(words.len(), 2);
}

#[test]
fn what_is_no_query_is_said() {
    for text in [
        "a/b",
        "/a",
        "/(/",
        "/a/ /",
        "name:/",
        "(a",
        "a)",
        "\"a",
        "a AND",
        "OR a",
        "a:",
        ":a",
        "[1 TO 2",
        "[1 2]",
        "[1 UNTIL 2]",
        "a]",
        "a\\",
        "NOT",
        "()",
    ] {
        assert!(Query::read(text, false).is_err(), "{text}");
        let _ = Query::read_simple(text, false);
    }
    assert!(finds("vladimir\\/ornek") && finds("vladimir^3"));
    assert!(Query::read(&"(".repeat(100_000), false).is_err() && Query::read(&"-".repeat(100_000), false).is_err());
}

#[test]
fn a_query_has_an_end() {
    assert!(Query::read(&"a ".repeat(200), false).is_ok() && Query::read(&"a ".repeat(201), false).is_err());
    let Query::And(words) = Query::read_simple(&"a ".repeat(1_000), false) else { panic!("words") };
    assert_eq!(words.len(), 200, "what is simple never fails");
}

#[test]
fn names_are_worth_more() {
    let entity = Entity::from_json(r#"{"id":"a","schema":"Person","properties":{"name":["north"],"notes":["south"]}}"#);
    let texts = Texts::of(&entity.unwrap(), false);
    let against = Against { id: "a", schema: Schema::named("Person").unwrap(), datasets: &[], texts: &texts };
    let score = |text: &str| Query::read(text, false).unwrap().score(&against).unwrap();
    assert_eq!(score("north"), 3.0 * score("south"));
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,40}|[a-c:*?~^()\"\\\\/+! -]{0,30}") {
        let _ = Query::read(&text, false);
        let _ = Query::read_simple(&text, true);
    }

    #[test]
    fn gaps_are_those_of_a_plain_search(form in "[ab*?]{0,8}", word in "[ab]{0,8}") {
        fn plain(form: &[u8], word: &[u8]) -> bool {
            match (form.split_first(), word.split_first()) {
                (None, _) => word.is_empty(),
                (Some((b'*', rest)), _) => plain(rest, word) || (!word.is_empty() && plain(form, &word[1..])),
                (Some((&c, form)), Some((&w, word))) => (c == b'?' || c == w) && plain(form, word),
                (Some(_), None) => false,
            }
        }
        prop_assert_eq!(has_gaps(form.as_bytes(), word.as_bytes()), plain(form.as_bytes(), word.as_bytes()));
    }
}
