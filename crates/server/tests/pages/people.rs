//! What two administrators decide on the page of people: services and their keys, who somebody is at an issuer, who needs one-time codes.
//!
//! In come forms without a script, out come pages and who may do what then.

use mihenk_node::{
    ledger::{
        Reason,
        people::{Change, Role, Scope, Token, keys::Wanted},
    },
    people,
};

use crate::house::{Answer, House};

impl House {
    /// A service with a key, somebody who signs in at an issuer, and one more change that waits.
    pub(crate) fn serves(&self) {
        let both = |change| {
            let id = people::propose(&self.seat("ayse"), change, Reason::new("a test").unwrap()).unwrap();
            people::confirm(&self.seat("bahram"), &id).unwrap();
        };
        let find = |name: &str| people::find(&self.seat("ayse"), name).unwrap().id;
        both(Change::AddService { name: "core".to_owned(), roles: vec![Role::Analyst] });
        let wanted = Wanted { label: "Ana bankacılık".to_owned(), scopes: vec![Scope::Read], days: 90 };
        both(Change::MakeKey { user: find("core"), wanted });
        let (issuer, subject) = ("https://login.example".to_owned(), "veli-17".to_owned());
        both(Change::Tie { user: find("veli"), issuer, subject });
        let codes = Change::RequireSecondFactor { roles: vec![Role::Approver] };
        people::propose(&self.seat("bahram"), codes, Reason::new("a test").unwrap()).unwrap();
    }
}

/// The text of the page without the marks around what was put into it.
fn page(house: &House, token: &Token) -> String {
    plain(&house.get("/people", Some(token)))
}

fn plain(answer: &Answer) -> String {
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.text.replace(['\u{2068}', '\u{2069}'], "")
}

/// Ayşe proposes; the page offers Bahram to confirm it, and not her.
fn proposed(house: &House, path: &str, body: &str) -> String {
    let ayse = house.token("ayse");
    let answer = house.posts(path, &ayse, &format!("{body}&why=a+test"));
    assert_eq!(answer.status, 303, "{path}: {}", answer.text);
    let own = page(house, &ayse);
    let action =
        own.split("action=\"/people/").find_map(|rest| rest.split("/decline\"").next().filter(|id| id.len() < 12));
    let id = action.unwrap_or_else(|| panic!("{own}")).to_owned();
    assert!(!own.contains(&format!("/people/{id}/confirm")), "nobody confirms what they proposed: {own}");
    assert_eq!(house.posts(&format!("/people/{id}/confirm"), &ayse, "").status, 422);
    id
}

/// Both want it: the page that answers.
fn done(house: &House, path: &str, body: &str) -> String {
    let id = proposed(house, path, body);
    plain(&house.posts(&format!("/people/{id}/confirm"), &house.token("bahram"), ""))
}

fn secret_of(page: &str) -> String {
    page.split("<code>")
        .nth(1)
        .unwrap_or_else(|| panic!("no secret is shown: {page}"))
        .split('<')
        .next()
        .unwrap()
        .to_owned()
}

fn id_of(house: &House, name: &str) -> String {
    people::find(&house.seat("ayse"), name).unwrap().id.to_string()
}

fn counts(house: &House, secret: &str) -> bool {
    house.desk.holder(&Token::new(secret)).unwrap().is_some()
}

#[test]
fn a_service_gets_its_key_by_two_another_secret_by_two_and_loses_it_at_once() {
    let house = House::open();
    let ayse = house.token("ayse");
    assert!(page(&house, &ayse).contains("A service comes first") && !page(&house, &ayse).contains("/people/keys\""));
    let added = done(&house, "/people/add", "name=core&kind=service&role=analyst");
    assert!(added.contains("comes by keys") && !added.contains("<code>"), "a service has no password: {added}");
    let core = id_of(&house, "core");
    let wanted = format!("user={core}&label=core+banking&scope=read&scope=audit&days=30");
    let made = done(&house, "/people/keys", &wanted);
    let first = secret_of(&made);
    assert!(counts(&house, &first) && !page(&house, &ayse).contains(&first), "it is shown once");
    let id = made.split("/people/keys/").nth(1).unwrap().split('/').next().unwrap().to_owned();
    assert!(id.starts_with("AK-") && made.contains("core banking") && made.contains("seeing what was done by whom"));
    let second = secret_of(&done(&house, &format!("/people/keys/{id}/rotate"), "days=0"));
    assert!(!counts(&house, &first) && counts(&house, &second), "the one before goes on for no day");
    let without = house.posts(&format!("/people/keys/{id}/revoke"), &ayse, "why=");
    assert!(without.status == 422 && counts(&house, &second), "{}", without.text);
    assert_eq!(house.posts(&format!("/people/keys/{id}/revoke"), &ayse, "why=It+leaked").status, 303);
    assert!(!counts(&house, &second));
    let after = page(&house, &ayse);
    assert!(after.contains(">revoked<") && !after.contains(&format!("/people/keys/{id}/")), "{after}");
}

#[test]
fn what_no_key_can_be_is_refused_with_what_would_be_right() {
    let house = House::open();
    let ayse = house.token("ayse");
    done(&house, "/people/add", "name=core&kind=service&role=viewer");
    let (core, cem) = (id_of(&house, "core"), id_of(&house, "cem"));
    for (body, says) in [
        (format!("user={core}&label=x&scope=work&days=30&why=y"), "does not decide"),
        (format!("user={core}&label=x&days=30&why=y"), "Say what the key is for"),
        (format!("user={core}&label=&scope=read&days=30&why=y"), "needs a name"),
        (format!("user={core}&label=x&scope=read&days=many&why=y"), "whole number such as 90"),
        (format!("user={core}&label=x&scope=read&days=400&why=y"), "A key counts for 1 to"),
        (format!("user={cem}&label=x&scope=read&days=30&why=y"), "no service in use"),
    ] {
        let answer = house.posts("/people/keys", &ayse, &body);
        assert!(answer.status == 422 && answer.text.contains(says), "{body}: {}", answer.text);
    }
    assert!(!page(&house, &ayse).contains("/decline"), "nothing waits");
}

#[test]
fn who_somebody_is_at_an_issuer_takes_two_and_ends_by_two() {
    let house = House::open();
    let (ayse, cem) = (house.token("ayse"), id_of(&house, "cem"));
    assert!(page(&house, &ayse).contains("Nobody signs in at an issuer."));
    let tied = done(&house, "/people/ties", &format!("user={cem}&issuer=https%3A%2F%2Flogin.example&subject=cem-17"));
    assert!(tied.contains("cem-17") && tied.contains("https://login.example"), "{tied}");
    let wrong = house.posts("/people/ties", &ayse, &format!("user={cem}&issuer=login.example&subject=x&why=y"));
    assert!(wrong.status == 422 && wrong.text.contains("https://login.example"), "{}", wrong.text);
    let ended = done(&house, "/people/ties/end", &format!("user={cem}&issuer=https%3A%2F%2Flogin.example"));
    assert!(!ended.contains("cem-17") && ended.contains("Nobody signs in at an issuer."), "{ended}");
}

#[test]
fn roles_that_need_one_time_codes_are_said_by_two_and_shown() {
    let house = House::open();
    let checked = |text: &str| {
        let form = text.split("action=\"/people/codes\"").nth(1).unwrap().split("</form>").next().unwrap();
        form.matches(" checked>").count()
    };
    assert_eq!(checked(&page(&house, &house.token("ayse"))), 0);
    let asked = done(&house, "/people/codes", "role=viewer&role=auditor");
    assert_eq!(checked(&asked), 2);
    let work = house.get("/work", Some(&house.token("veli")));
    assert_eq!((work.status.as_u16(), work.header("location")), (303, "/second-factor"));
    assert_eq!(house.get("/work", Some(&house.token("cem"))).status, 200);
    assert_eq!(checked(&done(&house, "/people/codes", "")), 0);
    assert_eq!(house.get("/work", Some(&house.token("veli"))).status, 200);
    // There is no second factor that could be taken off.
    let cem = id_of(&house, "cem");
    let off =
        house.posts("/people/change", &house.token("ayse"), &format!("what=reset-code&user={cem}&role=viewer&why=y"));
    assert_eq!(off.status, 422, "{}", off.text);
    let none = house.posts("/people/change", &house.token("ayse"), &format!("what=x&user={cem}&role=viewer&why=y"));
    assert!(none.status == 422 && none.text.contains("reset-code"), "what is no change is not taken for leaving");
}
