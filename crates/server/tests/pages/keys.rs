//! One's own keys and the addresses that are told of what happens, by forms alone.
//!
//! In come fields as a browser sends them, out come pages, and what counts in the store then.

use mihenk_node::{
    cases,
    ledger::{
        Reason,
        people::{Scope, Token, keys::Wanted},
        webhooks::LetterState,
    },
    people, sealing,
    webhooks::{self, Became},
};

use crate::house::{Answer, House};

fn plain(answer: &Answer) -> String {
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.text.replace(['\u{2068}', '\u{2069}'], "")
}

/// The secret that a page shows.
fn secret_of(page: &str) -> String {
    let shown = page.split("<code dir=\"ltr\">").nth(1).unwrap_or_else(|| panic!("{page}"));
    shown.split("</code>").next().unwrap().to_owned()
}

fn counts(house: &House, secret: &str) -> bool {
    house.desk.holder(&Token::new(secret)).unwrap().is_some()
}

impl House {
    /// An address that is told, which refused what it was told, one that waits for a second administrator, and a key of Cem's.
    pub(crate) fn tells(&self, case: &str) {
        let why = || Reason::new("a test").unwrap();
        let propose = |url: &str| webhooks::propose(&self.seat("ayse"), url, &[], why()).unwrap();
        let key = sealing::key(&self.desk, &self.data().join("store.key")).unwrap();
        let told = propose("https://core.example/mihenk");
        webhooks::confirm(&self.seat("bahram"), &told, &key).unwrap();
        propose("https://other.example/<script>alert(6)</script>");
        cases::note(&self.seat("cem"), &case.parse().unwrap(), Reason::new("The bank answered").unwrap()).unwrap();
        let due = webhooks::due(&self.desk, || Ok(key), &mut webhooks::Looked::new()).unwrap();
        let gone = Became::Refused("answered 410: nobody is there any more".to_owned());
        webhooks::attempted(&self.desk, &due[0], &gone, 0).unwrap();
        let wanted = Wanted { label: "Rapor \u{202e}<b>".to_owned(), scopes: vec![Scope::Read], days: 30 };
        people::make_key(&self.seat("cem"), wanted).unwrap();
    }
}

#[test]
fn a_key_of_ones_own_is_made_shown_once_renewed_and_revoked() {
    let house = House::open();
    let (cem, elif) = (house.token("cem"), house.token("elif"));
    assert!(plain(&house.get("/keys", Some(&cem))).contains("You have no key."));
    let wanted = "label=Spread+sheet&scope=read&scope=work&days=30";
    let first = secret_of(&plain(&house.posts("/keys", &cem, wanted)));
    assert!(counts(&house, &first));
    let page = plain(&house.get("/keys", Some(&cem)));
    assert!(!page.contains(&first), "it is shown once");
    assert!(page.contains("Spread sheet") && page.contains("all that an analyst does"), "{page}");
    let id = page.split("action=\"/keys/").nth(1).unwrap().split('/').next().unwrap().to_owned();
    // It is nobody else's, on their page or by hand.
    assert!(!plain(&house.get("/keys", Some(&elif))).contains(&id));
    assert_eq!(house.posts(&format!("/keys/{id}/rotate"), &elif, "days=0").status, 404);
    assert_eq!(house.posts(&format!("/keys/{id}/revoke"), &elif, "why=x").status, 403);
    let second = secret_of(&plain(&house.posts(&format!("/keys/{id}/rotate"), &cem, "days=0")));
    assert!(!counts(&house, &first) && counts(&house, &second));
    assert_eq!(house.posts(&format!("/keys/{id}/revoke"), &cem, "why=").status, 422);
    assert_eq!(house.posts(&format!("/keys/{id}/revoke"), &cem, "why=It+leaked").status, 303);
    assert!(!counts(&house, &second));
    for (language, body, says) in [
        ("tr", "label=&scope=read&days=30", "ad gerekir"),
        ("fa", "label=x&days=30", "برای چیست"),
        ("tr", "label=x&scope=read&days=400", "366 gün"),
        ("fa", "label=x&scope=everything&days=3", "نمی‌تواند برای این باشد"),
    ] {
        let answer = house.posts_as(language, "/keys", &cem, body);
        let text = answer.text.replace(['\u{2068}', '\u{2069}'], "");
        assert!(answer.status == 422 && text.contains(says), "{body}: {text}");
        assert!(!text.contains("class=\"original\"") && !text.contains("<code"), "{body}: {text}");
    }
    // Without the token of our forms nothing is made.
    assert_eq!(house.send("POST", "/keys", Some(&cem), wanted).status, 403);
    // Whoever comes by a key makes none.
    let by_key =
        people::make_key(&house.seat("cem"), Wanted { label: "x".to_owned(), scopes: Scope::ALL.to_vec(), days: 1 });
    let by_key = by_key.unwrap().secret;
    assert_ne!(house.get("/keys", Some(&by_key)).status, 200);
}

#[test]
fn an_address_is_told_by_two_its_secret_is_shown_once_and_what_was_given_up_goes_again() {
    let house = House::open();
    let (ayse, bahram) = (house.token("ayse"), house.token("bahram"));
    let place = "/settings/webhooks";
    assert!(plain(&house.get(place, Some(&ayse))).contains("No address is told of anything."));
    for (language, body, says) in [
        ("tr", "url=http%3A%2F%2Fexample.org&why=x", "bildirilebilecek bir adres değil"),
        ("fa", "url=https%3A%2F%2Fa%3Ab%40example.org&why=x", "نشانی‌ای نیست"),
        ("tr", "url=https%3A%2F%2Fexample.org&part=report&why=x", "bildirilen bir şey değil"),
        ("fa", "url=https%3A%2F%2Fexample.org&why=", "دلیل"),
    ] {
        let answer = house.posts_as(language, place, &ayse, body);
        let text = answer.text.replace(['\u{2068}', '\u{2069}'], "");
        assert!(answer.status == 422 && !text.contains("class=\"original\""), "{body}: {text}");
        assert!(text.contains(says), "{body}: {text}");
    }
    let body = "url=https%3A%2F%2Fcore.example%2Fmihenk&part=alert&part=case&why=The+core+listens";
    assert_eq!(house.posts(place, &ayse, body).status, 303);
    let own = plain(&house.get(place, Some(&ayse)));
    let id = own.split(&format!("{place}/")).find_map(|rest| rest.split("/decline\"").next()).unwrap();
    let id = own
        .split(&format!("action=\"{place}/"))
        .find_map(|rest| rest.split_once("/decline\"").map(|(id, _)| id.to_owned()).filter(|id| id.len() < 12))
        .unwrap_or_else(|| id.to_owned());
    assert!(!own.contains(&format!("{id}/confirm")), "nobody confirms what they proposed: {own}");
    let refused = house.posts_as("tr", &format!("{place}/{id}/confirm"), &ayse, "");
    assert!(refused.status == 422 && refused.text.contains("başka bir yönetici"), "{}", refused.text);
    let secret = secret_of(&plain(&house.posts(&format!("{place}/{id}/confirm"), &bahram, "")));
    assert!(secret.starts_with("whsec_"), "{secret}");
    assert!(!plain(&house.get(place, Some(&bahram))).contains(&secret), "it is shown once");
    // It refuses what it is told: that is given up, said, and delivered again when somebody says so.
    let alert = house.alerts().remove(0);
    house.posts(&format!("/alerts/{alert}/take"), &house.token("cem"), "");
    let key = sealing::key(&house.desk, &house.data().join("store.key")).unwrap();
    let due = webhooks::due(&house.desk, || Ok(key), &mut webhooks::Looked::new()).unwrap();
    webhooks::attempted(&house.desk, &due[0], &Became::Refused("answered 410".to_owned()), 0).unwrap();
    let page = plain(&house.get(place, Some(&ayse)));
    assert!(page.contains("answered 410"), "{page}");
    let letter = page.split("/letters/").nth(1).unwrap().split('/').next().unwrap().to_owned();
    let replay = format!("{place}/letters/{letter}/replay");
    assert_eq!(house.posts(&replay, &ayse, "").status, 303);
    let letters = webhooks::letters(&house.seat("ayse"), true).unwrap();
    assert_eq!(letters[0].state, LetterState::Waiting);
    let again = house.posts_as("fa", &replay, &ayse, "");
    assert!(again.status == 422 && again.text.contains("دوباره رسانده می‌شود"), "{}", again.text);
    assert_eq!(house.posts(&format!("{place}/{id}/end"), &ayse, "why=It+moved").status, 303);
    let after = plain(&house.get(place, Some(&ayse)));
    assert!(after.contains("is told no more") && !after.contains(&format!("{id}/end")), "{after}");
}
