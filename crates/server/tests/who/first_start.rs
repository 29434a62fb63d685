//! The first start by links: two people choose a name and a password each, and nobody else does.
//!
//! In come the links that a server tells when it starts, out come administrators.

use mihenk_server::Settings;

use crate::{
    house::{House, password},
    secure::{self, Served},
};

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

/// Who would otherwise listen on a socket for it: the links of a server that has just started.
fn started() -> (House, Served, Vec<String>) {
    let house = House::without_people(Settings::default());
    let office = house.office();
    let served = Served::start(secure::plain(office));
    let links = served.links();
    (house, served, links)
}

fn chosen(name: &str) -> String {
    let password = password(name).replace(' ', "+");
    format!("name={name}&password={password}&again={password}")
}

#[test]
fn each_link_makes_one_administrator_and_counts_once() {
    let (house, served, links) = started();
    assert_eq!(links.len(), 2);
    let page = served.ask("GET", &links[0], &[], "");
    assert!(page.starts_with("HTTP/1.1 200") && page.contains("name=\"password\""), "{page}");
    assert!(page.contains("default-src 'none'") && page.contains("no-store") && !page.contains("<script"), "{page}");
    // Looking at it does not use it up, and what is wrong is said on the page.
    for (body, words) in [
        ("name=ayse&password=short&again=short", "12 characters or more"),
        ("name=ay+se&password=correct+horse+1&again=correct+horse+1", "is no name to sign in with"),
        ("name=ayse&password=correct+horse+1&again=correct+horse+2", "are not the same"),
    ] {
        let answer = served.ask("POST", &links[0], &[FORM], body);
        assert!(answer.starts_with("HTTP/1.1 422") && answer.contains(words), "{answer}");
    }
    let foreign = served.ask("POST", &links[0], &[FORM, ("origin", "https://other.example")], &chosen("eve"));
    assert!(foreign.starts_with("HTTP/1.1 403"), "{foreign}");
    assert_eq!(house.desk.missing_administrators().unwrap(), 2);

    // Until then there is nobody who could sign in, and the page for it says so.
    let nobody = "Nobody works here yet";
    assert!(served.ask("GET", "/login", &[], "").contains(nobody));
    assert!(served.ask("GET", "/", &[], "").starts_with("HTTP/1.1 200"), "what there is to ask, as yente has it");

    let made = served.ask("POST", &links[0], &[FORM], &chosen("ayse"));
    assert!(made.starts_with("HTTP/1.1 201") && made.contains("ayse is an administrator"), "{made}");
    let again = served.ask("POST", &links[0], &[FORM], &chosen("eve"));
    assert!(again.starts_with("HTTP/1.1 404") && again.contains("counts no more"), "{again}");
    let taken = served.ask("POST", &links[1], &[FORM], &chosen("ayse"));
    assert!(taken.starts_with("HTTP/1.1 422") && taken.contains("there is a user ayse already"), "{taken}");
    let made = served.ask("POST", &links[1], &[FORM], &chosen("bahram"));
    assert!(made.starts_with("HTTP/1.1 201"), "{made}");
    assert!(house.path().join("store.key").is_file());

    // From now on a key is asked for, and both sign in with what they chose.
    assert!(served.ask("GET", "/catalog", &[], "").starts_with("HTTP/1.1 401"));
    assert!(!served.ask("GET", "/login", &[], "").contains(nobody));
    assert!(served.ask("HEAD", "/", &[], "").starts_with("HTTP/1.1 303"));
    assert!(
        mihenk_node::people::show(&house.seat("ayse")).is_ok()
            && mihenk_node::people::show(&house.seat("bahram")).is_ok()
    );
    assert!(served.ask("GET", "/first/00", &[], "").starts_with("HTTP/1.1 404"));
}

#[test]
fn a_server_that_starts_anew_makes_links_for_whoever_is_missing() {
    let (house, served, links) = started();
    served.ask("POST", &links[0], &[FORM], &chosen("ayse"));
    let again = Served::start(secure::plain(house.office()));
    let new = again.links();
    assert_eq!(new.len(), 1);
    assert!(again.ask("GET", &links[1], &[], "").starts_with("HTTP/1.1 404"), "those before count no more");
    assert!(again.ask("POST", &new[0], &[FORM], &chosen("bahram")).starts_with("HTTP/1.1 201"));
    let full = Served::start(secure::plain(house.office()));
    assert!(full.links().is_empty());
}
