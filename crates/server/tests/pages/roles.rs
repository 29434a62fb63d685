//! Every page as every role: what is allowed is a page, what is not is refused in words, and nobody gets anywhere without signing in.
//!
//! In come requests without a socket; beside roles, what names that want to deceive and forged forms come to.

use mihenk_node::ledger::people::Role;

use crate::house::{House, PEOPLE};

#[test]
fn each_page_is_for_its_roles_and_for_nobody_who_is_not_signed_in() {
    let house = House::open();
    let pages = house.pages(&house.works());
    for (_, _, path, _) in &pages {
        let answer = house.get(path, None);
        assert_eq!(answer.status, 303, "{path}");
        assert!(answer.header("location").starts_with("/login?next="), "{path}");
        assert!(!answer.text.contains("rnekoglu"), "{path}");
    }
    let everybody = PEOPLE.iter().copied().chain([("ayse", Role::Administrator)]);
    for (name, role) in everybody {
        let token = house.token(name);
        for (_, _, path, roles) in &pages {
            let answer = house.get(path, Some(&token));
            let may = roles.is_empty() || roles.contains(&role);
            assert_eq!(answer.status, if may { 200 } else { 403 }, "{name} at {path}: {}", answer.text);
            assert_eq!(answer.header("content-type"), "text/html; charset=utf-8", "{path}");
            assert!(answer.header("content-security-policy").starts_with("default-src 'none'"), "{path}");
            assert!(!answer.text.contains("style=\"") && !answer.text.contains("<script>"), "{path}");
        }
    }
}

#[test]
fn what_lists_and_customers_say_runs_nowhere_and_turns_nothing() {
    let house = House::open();
    let work = house.works();
    let mut seen = 0;
    for (name, called, path, _) in house.pages(&work) {
        let token = house.token(name);
        let text = house.get(&path, Some(&token)).text;
        assert!(!text.contains("<script>"), "{called}");
        assert!(!text.contains('\u{202E}'), "{called}: a turn of direction");
        assert!(!text.contains(&"\u{301}".repeat(5)), "{called}: a flood of marks");
        seen += usize::from(text.contains("&lt;script&gt;") || text.contains("&#60;script&#62;"));
    }
    assert!(seen >= 2, "the names that want to run are shown as text");
    // Every way in which a name comes to a page that is not among the alerts.
    let token = house.token("cem");
    for id in ["d-5", "d-6"] {
        let text = house.get(&format!("/entity/{id}"), Some(&token)).text;
        assert!(
            !text.contains("<script>") && !text.contains('\u{202E}') && !text.contains(&"\u{301}".repeat(5)),
            "{id}"
        );
        assert!(text.contains("class=\"odd\""), "{id}: that something was hidden is said");
    }
}

#[test]
fn a_form_without_its_token_changes_nothing() {
    let house = House::open();
    let token = house.token("cem");
    let alert = house.alerts().remove(0);
    for (path, body) in [
        (format!("/alerts/{alert}/clear"), "reason=birth-date&note=x"),
        (format!("/alerts/{alert}/take"), ""),
        ("/queue/next".to_owned(), ""),
        ("/drafts".to_owned(), "place=a&text=b"),
        ("/cases".to_owned(), "title=a&basis=b&purpose=c"),
    ] {
        let answer = house.send("POST", &path, Some(&token), body);
        assert_eq!(answer.status, 403, "{path}");
    }
    let shown = mihenk_node::alerts::show(&house.seat("veli"), &alert.parse().unwrap()).unwrap();
    assert_eq!(shown.detail.alert.state.as_str(), "new");
}

#[test]
fn a_form_that_comes_too_late_shows_what_was_typed() {
    let house = House::open();
    let alert = house.alerts().remove(0);
    let answer = house.send("POST", &format!("/alerts/{alert}/clear"), None, "reason=birth-date&note=Uzun+bir+not");
    assert_eq!(answer.status, 401);
    assert!(answer.text.contains("Uzun bir not"), "{}", answer.text);
}

#[test]
fn assets_are_kept_for_ever_and_have_their_type() {
    let house = House::open();
    let page = house.get("/login", None).text;
    for (start, kind) in [("/assets/style-", "text/css"), ("/assets/script-", "text/javascript")] {
        let from = house.get("/screen", Some(&house.token("cem"))).text;
        let at = from.find(start).unwrap();
        let path: String = from[at..].chars().take_while(|c| *c != '"').collect();
        let answer = house.get(&path, None);
        assert!(
            answer.header("content-type").starts_with(kind) && answer.header("cache-control").contains("immutable"),
            "{path}"
        );
    }
    assert!(page.contains("/assets/style-"), "{page}");
}
