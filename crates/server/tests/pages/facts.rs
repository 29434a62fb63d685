//! What pages tell of what was decided and of who is who: why a pair is quiet, what a freeze lets through, whom a listed party belongs to.
//!
//! In come acts and forms, out come pages.

use mihenk_node::{
    freezes,
    ledger::{Reason, freezes::exemptions::Wanted},
};

use crate::house::House;

#[test]
fn a_quiet_pair_says_why_and_by_whom() {
    let house = House::open();
    let alert = house.alerts().remove(1);
    let (cem, dilek) = (house.token("cem"), house.token("dilek"));
    let cleared =
        house.posts(&format!("/alerts/{alert}/clear"), &cem, "reason=birth-date&note=Born+in+another+year&rule=usual");
    assert_eq!(cleared.status, 303, "{}", cleared.text);
    let rules = |token| house.get("/rules", Some(token)).text;
    assert!(!rules(&cem).contains("Born in another year"), "nothing is quiet before a second person agreed");
    house.posts(&format!("/review/{alert}/view"), &dilek, "view=clear&note=They+differ");
    assert_eq!(house.posts(&format!("/review/{alert}/agree"), &dilek, "").status, 303);
    let shown = rules(&cem);
    assert!(shown.contains("Born in another year") && shown.contains("dilek"), "{shown}");
    assert!(shown.contains("The dates of birth differ"), "the reason in words: {shown}");
    // What it keeps off the work list is said before anybody withdraws it.
    assert!(shown.contains("Withdrawn, it would surface as"), "{shown}");
    let id = shown.split("action=\"/rules/").nth(1).unwrap().split('/').next().unwrap().to_owned();
    assert_eq!(house.posts(&format!("/rules/{id}/withdraw"), &cem, "why=Another+birth+date").status, 303);
    assert!(!house.get("/rules?ended=1", Some(&cem)).text.contains("it would surface"), "it has surfaced");
}

#[test]
fn a_freeze_shows_what_it_lets_through() {
    let house = House::open();
    let [_, _, held, _] = house.works();
    let (cem, token, root) = (house.seat("cem"), house.token("cem"), house.folder.path());
    let page = || house.get(&format!("/freezes/{held}"), Some(&token)).text;
    assert!(!page().contains("Örnek Elektrik"));
    let regimes = freezes::regimes(root).unwrap();
    let programme = freezes::show(&cem, &held.parse().unwrap()).unwrap().freeze.terms.programme;
    let regime = regimes.all().iter().find(|regime| regime.id == programme).unwrap();
    let wanted = Wanted {
        kind: regime.exemptions[0].kind.clone(),
        limit: Some("300.00 EUR".parse().unwrap()),
        from: "2026-11-24".parse().unwrap(),
        until: "2026-12-24".parse().unwrap(),
        recipient: "Örnek Elektrik".to_owned(),
        reference: Some("EX-300".to_owned()),
    };
    let why = Reason::new("The flat stays lit").unwrap();
    freezes::exempt(&cem, root, &held.parse().unwrap(), None, &wanted, why).unwrap();
    let shown = page();
    for said in ["Örnek Elektrik", "EX-300", "300.00 EUR", "waits for a second person"] {
        assert!(shown.contains(said), "{said}: {shown}");
    }
}

#[test]
fn what_belongs_to_a_party_leads_there_by_name() {
    let house = House::open();
    let token = house.token("cem");
    let person = house.get("/entity/d-1", Some(&token)).text;
    assert!(person.contains("<a href=\"/entity/d%2D3\">") || person.contains("<a href=\"/entity/d-3\">"), "{person}");
    let belongs = person.split("What belongs to it").nth(1).unwrap().split("</section>").next().unwrap();
    assert!(belongs.contains("Deneme Denizcilik Limited") && belongs.contains("shareholder"), "{belongs}");
    assert!(belongs.contains("Ownership") && !belongs.contains(">d-1<"), "{belongs}");
    // Words of few are in the language of the page, countries by name.
    let turkish = house.get_as("tr", "/entity/d-1", &token).text;
    assert!(turkish.contains("kadın") && turkish.contains("Türkiye") && !turkish.contains(">female<"), "{turkish}");
    let persian = house.get_as("fa", "/entity/d-1", &token).text;
    assert!(persian.contains("ترکیه") && !persian.contains("Türkiye"), "{persian}");
}
