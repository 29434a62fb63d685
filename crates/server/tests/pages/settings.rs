//! Settings, for administrators: what is shown of them, what two people do about retention, what erasing takes, the key of documents.
//!
//! In come forms without a script, out come pages and what is so in the store then.

use mihenk_node::ledger::people::Token;
use mihenk_server::Shown;

use crate::house::House;

/// What a command line hands over.
pub(crate) fn shown() -> Vec<Shown> {
    let one = |key, value: &str, from, place: &str, about| Shown {
        key,
        value: value.to_owned(),
        from,
        place: place.to_owned(),
        about,
    };
    vec![
        one("data", "/srv/mihenk", "flag", "", "Data folder; the user's own if nothing is said"),
        one("store", "postgres://cem:***@db/mihenk", "file", "/etc/mihenk.toml", "Store: a file or postgres://…"),
        one("listen", "127.0.0.1:8000", "usual", "", "Address and port"),
        one(
            "update-token",
            "***",
            "variable",
            "YENTE_UPDATE_TOKEN",
            "The token of /updatez; nobody may call it without one",
        ),
        one("crontab", "", "usual", "", "When lists are looked for, in UTC; once an hour if nothing is said"),
    ]
}

/// The text of a page without the marks around what was put into it.
fn page(house: &House, path: &str, token: &Token) -> String {
    let answer = house.get(path, Some(token));
    assert_eq!(answer.status, 200, "{path}: {}", answer.text);
    answer.text.replace(['\u{2068}', '\u{2069}'], "")
}

#[test]
fn what_is_set_is_shown_with_where_it_comes_from_and_no_secret() {
    let house = House::open();
    let ayse = house.token("ayse");
    let text = page(&house, "/settings", &ayse);
    let row = |key: &str| {
        let rest = text.split(&format!("class=\"mono\">{key}</th>")).nth(1).unwrap_or_else(|| panic!("{key}: {text}"));
        rest.split("</tr>").next().unwrap().to_owned()
    };
    assert!(row("data").contains("/srv/mihenk") && row("data").contains("flag"), "{}", row("data"));
    assert!(row("store").contains("/etc/mihenk.toml"), "{}", row("store"));
    assert!(row("update-token").contains("set, not shown") && row("update-token").contains("YENTE_UPDATE_TOKEN"));
    assert!(row("listen").contains("usual"), "{}", row("listen"));
    for (language, about) in [("tr", "Veri klasörü"), ("fa", "پوشهٔ داده‌ها")] {
        let text = house.get_as(language, "/settings", &ayse).text;
        assert!(text.contains(about) && !text.contains("Data folder"), "{language}: {text}");
    }
    assert!(text.find("Set here").unwrap() < text.find("As usual").unwrap(), "what somebody set comes first");
    // Only administrators have it in their way around.
    assert!(text.contains("href=\"/settings\""));
    assert!(!house.get("/work", Some(&house.token("cem"))).text.contains("href=\"/settings\""));
}

#[test]
fn two_administrators_make_a_rule_and_what_is_due_is_erased_when_one_says_so() {
    let house = House::open();
    let (ayse, bahram) = (house.token("ayse"), house.token("bahram"));
    let place = "/settings/retention";
    let before = page(&house, place, &ayse);
    assert!(before.contains("everything is kept") && before.contains("Nothing is due."), "{before}");
    let wrong = house.posts(&format!("{place}/propose"), &ayse, "part=customer&days=many&purpose=x&why=y");
    assert!(wrong.status == 422 && wrong.text.contains("whole number such as"), "{}", wrong.text);
    let rule = "part=customer&days=1&purpose=After+the+end&why=The+law+EX-1";
    assert_eq!(house.posts(&format!("{place}/propose"), &ayse, rule).status, 303);
    let own = page(&house, place, &ayse);
    let id = own
        .split("action=\"/settings/retention/")
        .find_map(|rest| rest.split("/decline").next().filter(|id| id.starts_with("R-")))
        .unwrap()
        .to_owned();
    assert!(!own.contains(&format!("{id}/confirm")), "nobody confirms what they proposed: {own}");
    assert_eq!(house.posts(&format!("{place}/{id}/confirm"), &ayse, "").status, 422);
    assert_eq!(house.posts(&format!("{place}/{id}/confirm"), &bahram, "").status, 303);
    assert!(page(&house, place, &ayse).contains("After the end"));
    // A customer leaves, is held, and a day later is due only when the hold is lifted.
    let cem = house.seat("cem");
    let which = mihenk_node::portfolio::Which { name: "K-110", portfolio: Some("retail") };
    let why = mihenk_node::ledger::Reason::new("Closed").unwrap();
    let left = mihenk_node::portfolio::remove(&cem, &which, None, why).unwrap().to_string();
    assert_eq!(house.posts(&format!("{place}/hold"), &ayse, &format!("subject={left}&why=Court+file")).status, 303);
    house.goes_on(3 * 86_400_000);
    let (ayse, bahram) = (house.token("ayse"), house.token("bahram"));
    let held = page(&house, place, &ayse);
    assert!(held.contains("Court file") && held.contains("Nothing is due."), "{held}");
    assert_eq!(house.posts(&format!("{place}/lift"), &bahram, &format!("subject={left}&why=Over")).status, 303);
    // Lifting it was something that was done to the customer; from then on the days count.
    assert!(page(&house, place, &ayse).contains("Nothing is due."));
    house.goes_on(2 * 86_400_000);
    let ayse = house.token("ayse");
    let due = page(&house, place, &ayse);
    assert!(due.contains("Erase 1 subject") && due.contains(&left), "{due}");
    // Not without having looked, and not without a reason.
    let unsure = house.posts(&format!("{place}/run"), &ayse, "why=The+rule");
    assert!(unsure.status == 422 && unsure.text.contains("looked at what will be erased"), "{}", unsure.text);
    assert_eq!(house.posts(&format!("{place}/run"), &ayse, "why=&sure=1").status, 422);
    let ran = house.posts(&format!("{place}/run"), &ayse, "why=The+rule&sure=1");
    assert_eq!(ran.status, 200, "{}", ran.text);
    let told = ran.text.replace(['\u{2068}', '\u{2069}'], "");
    assert!(told.contains("1 subject was erased") && told.contains("Nothing is due."), "{told}");
    assert_eq!(house.get(&format!("/customers/{left}"), Some(&house.token("cem"))).status, 404);
}

#[test]
fn the_key_is_known_by_its_id_and_exchanged_by_two() {
    let house = House::open();
    let place = "/settings/keeping";
    let ayse = house.token("ayse");
    assert!(page(&house, place, &ayse).contains("There is none yet"));
    let [_, case, ..] = house.works();
    let cem = house.token("cem");
    assert_eq!(house.sends_file(&format!("/cases/{case}/attach"), &cem, &[], "A document").status, 303);
    let ayse = house.token("ayse");
    let before = page(&house, place, &ayse);
    let id_of = |text: &str| text.split("<dd><span class=\"mono\">").nth(1).unwrap()[..16].to_owned();
    let id = id_of(&before);
    assert!(id.bytes().all(|byte| byte.is_ascii_hexdigit()), "{id}");
    let file = house.folder.path().join("data/store.key");
    let secret = std::fs::read(&file).unwrap();
    let hex: String = secret.iter().map(|byte| format!("{byte:02x}")).collect();
    assert!(
        !before.contains(&hex) && !before.contains(String::from_utf8_lossy(&secret).trim()),
        "the key is on no page"
    );
    assert_eq!(house.posts("/settings/key/exchange", &ayse, "why=").status, 422);
    let proposed = house.posts("/settings/key/exchange", &ayse, "why=Somebody+who+knew+it+left");
    assert_eq!(proposed.status, 303, "{}", proposed.text);
    let waits = page(&house, place, &ayse);
    assert!(waits.contains("You proposed to exchange it") && id_of(&waits) == id, "{waits}");
    assert_eq!(house.posts("/settings/key/exchange", &ayse, "why=Again").status, 422);
    let bahram = house.token("bahram");
    assert!(page(&house, place, &bahram).contains("Another administrator proposed to exchange it"));
    let waiting = page(&house, "/people", &bahram);
    assert!(waiting.contains("Another key in place of"), "{waiting}");
    let change = waiting.split("action=\"/people/N-").nth(1).unwrap().split('/').next().unwrap();
    let own = house.posts(&format!("/people/N-{change}/confirm"), &ayse, "");
    assert!(own.status == 422 && own.text.contains("You proposed"), "{}", own.text);
    let done = house.posts(&format!("/people/N-{change}/confirm"), &bahram, "");
    assert_eq!(done.status, 303, "{}", done.text);
    let after = page(&house, done.header("location"), &ayse);
    assert_ne!(id_of(&after), id);
    assert!(after.contains(&id), "the key of before is named: {after}");
    assert!(!after.contains("was not exchanged"), "{after}");
    // The disk: versions of lists, and everything by what it is.
    assert!(after.contains("deneme") && after.contains("Indices"), "{after}");
    let document = house.get(&format!("/cases/{case}"), Some(&cem)).text;
    let path = document.split("href=\"/documents/").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(house.get(&format!("/documents/{path}"), Some(&cem)).text, "A document");
}
