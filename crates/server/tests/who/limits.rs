//! Limits by key and by address, and where a server may listen at all.
//!
//! In come many requests, and addresses to listen on; out come refusals in words.

use mihenk_node::ledger::people::{Role, Scope, keys::Wanted};
use mihenk_server::{ServeError, Settings, serve};

use crate::{house::House, secure};

#[test]
fn a_key_has_a_limit_of_its_own() {
    let limit = |name: &str| (name == "MIHENK_KEY_LIMIT").then(|| "1".to_owned());
    let house = House::with(Settings::read(limit).unwrap());
    house.add("cem", &[Role::Viewer]);
    let key = |label: &str| {
        let wanted = Wanted { label: label.to_owned(), scopes: vec![Scope::Screen], days: 1 };
        mihenk_node::people::make_key(&house.seat("cem"), wanted).unwrap().secret.reveal().to_owned()
    };
    let (one, other) = (key("one"), key("other"));
    let asks = |key: &str| house.send("GET", "/catalog", &[("authorization", &format!("ApiKey {key}"))], "");
    let first = asks(&one).is(200);
    assert_eq!(first.header("ratelimit-policy"), "\"key\";q=10;w=10");
    assert!(first.header("ratelimit").starts_with("\"key\";r=9;t="), "{}", first.header("ratelimit"));
    let over = (0..50).map(|_| asks(&one)).find(|answer| answer.status == 429).unwrap();
    assert_eq!((over.header("retry-after"), over.header("ratelimit").split(';').nth(1)), ("1", Some("r=0")));
    asks(&other).is(200);
    house.send("GET", "/healthz", &[], "").is(200);
}

#[test]
fn an_address_has_a_limit_of_its_own() {
    let set = |name: &str| match name {
        "MIHENK_ADDRESS_LIMIT" => Some("1".to_owned()),
        "MIHENK_BEHIND_PROXY" => Some("127.0.0.1".to_owned()),
        _ => None,
    };
    let house = House::open();
    let mut options = secure::plain(house.office());
    options.settings = Settings::read(set).unwrap();
    let served = secure::Served::start(options);
    let from = |address: &str| served.ask("GET", "/healthz", &[("x-forwarded-for", address)], "").to_lowercase();
    let first = from("192.0.2.7");
    assert!(first.starts_with("http/1.1 200") && first.contains("ratelimit-policy: \"address\";q=10;w=10"), "{first}");
    let over = (0..50).map(|_| from("192.0.2.7")).find(|answer| answer.starts_with("http/1.1 429")).unwrap();
    assert!(over.contains("retry-after: 1") && over.contains("r=0"), "{over}");
    assert!(from("192.0.2.8").starts_with("http/1.1 200"), "others are unhurt");
    assert!(from("127.0.0.1").starts_with("http/1.1 200"), "this machine has no limit");
}

#[test]
fn elsewhere_than_on_this_machine_it_listens_with_users_and_tls() {
    let refused = |house: &House, proxies: &[&str]| {
        let office = house.office();
        let mut options = secure::plain(office);
        options.listen = "192.0.2.1:80".parse().unwrap();
        options.settings.proxies = proxies.iter().map(|proxy| proxy.parse().unwrap()).collect();
        serve(options, |_| {}).unwrap_err()
    };
    let nobody = House::without_people(Settings::default());
    assert!(matches!(refused(&nobody, &["192.0.2.9"]), ServeError::Exposed(_)));
    let people = House::open();
    let clear = refused(&people, &[]);
    assert!(matches!(clear, ServeError::Clear(_)) && clear.to_string().contains("--behind-proxy"), "{clear}");
    // The address is not this machine's: it was tried.
    assert!(matches!(refused(&people, &["192.0.2.9"]), ServeError::Listen { .. }));
}
