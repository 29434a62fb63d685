//! Who may screen: nobody in particular without users, keys and sessions with them.
//!
//! In come requests with keys, sessions and nothing, out come answers.

use mihenk_node::ledger::people::{Change, Role, Scope, keys::Wanted};
use mihenk_server::Settings;
use mihenk_testkit::authenticator::one_time_code;
use serde_json::json;

use crate::house::House;

const QUERY: &str = r#"{"queries":{"q":{"schema":"Person","properties":{"name":["Kerem Örnekoğlu"]}}}}"#;

#[test]
fn without_users_everybody_who_reaches_the_server_screens() {
    let house = House::without_people(Settings::default());
    house.send("POST", "/match/default", &[], QUERY).is(200);
    house.send("GET", "/catalog", &[], "").is(200);
    // From the first user on a key is asked for, whoever made them.
    house.desk.first_start(["ayse", "bahram"]).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    house.send("POST", "/match/default", &[], QUERY).is(401);
}

#[test]
fn with_users_a_key_is_asked_for_in_any_of_the_ways_that_clients_send_it() {
    let house = House::open();
    let refused = house.send("POST", "/match/default", &[], QUERY).is(401);
    assert_eq!(refused.header("www-authenticate"), "ApiKey realm=\"mihenk\", Bearer realm=\"mihenk\"");
    for open in ["/healthz", "/readyz", "/openapi.json", "/favicon.ico"] {
        house.send("GET", open, &[], "").is(200);
    }
    house.add("cem", &[Role::Analyst]);
    let cem = house.browser("cem");
    let body = json!({ "label": "a program", "scopes": ["screen"], "days": 30 }).to_string();
    let made = house.by(&cem, "POST", "/api/v1/keys", &body).is(201).json();
    let secret = made["secret"].as_str().unwrap();
    for scheme in ["ApiKey", "Bearer", "apikey"] {
        let header = format!("{scheme} {secret}");
        house.send("POST", "/match/default", &[("authorization", &header)], QUERY).is(200);
    }
    house.send("POST", &format!("/match/default?api_key={secret}"), &[], QUERY).is(200);
    house.send("GET", &format!("/search/default?q=x&api_key={secret}"), &[], "").is(200);
    for wrong in ["mihenk_00", "", secret.split_at(70).0, &secret.to_uppercase()] {
        house.send("GET", &format!("/catalog?api_key={wrong}"), &[], "").is(401);
    }
    // It screens, and that is all.
    let header = format!("ApiKey {secret}");
    house.send("GET", "/api/v1/keys", &[("authorization", &header)], "").says(403, "a key cannot do this");
    house.send("POST", "/api/v1/session/end-all", &[("authorization", &header)], "").is(403);

    // A session screens as well, with the token of its forms.
    house.by(&cem, "POST", "/match/default", QUERY).is(200);
    house.send("POST", "/match/default", &[("cookie", &cem.cookie)], QUERY).is(403);
    house.send("GET", "/catalog", &[("cookie", &cem.cookie)], "").is(200);

    // Revoked is revoked, also for a key that was used a moment ago.
    let id = made["key"]["id"].as_str().unwrap();
    house.by(&cem, "POST", &format!("/api/v1/keys/{id}/revoke"), r#"{"reason":"lost"}"#).is(204);
    house.send("GET", "/catalog", &[("authorization", &header)], "").is(401);
}

#[test]
fn a_key_is_rotated_and_listed_without_what_proves_it() {
    let house = House::open();
    house.add("cem", &[Role::Viewer]);
    let cem = house.browser("cem");
    let wanted = Wanted { label: "core".to_owned(), scopes: vec![Scope::Read], days: 10 };
    let new = mihenk_node::people::make_key(&house.seat("cem"), wanted).unwrap();
    let path = format!("/api/v1/keys/{}/rotate", new.key.id);
    let rotated = house.by(&cem, "POST", &path, r#"{"overlap_days":1}"#).is(200).json();
    let listed = house.by(&cem, "GET", "/api/v1/keys", "").is(200);
    assert!(!listed.text.contains("mihenk_"), "{}", listed.text);
    assert_eq!(listed.json()["keys"][0]["label"], "core");
    for secret in [new.secret.reveal(), rotated["secret"].as_str().unwrap()] {
        house.send("GET", "/catalog", &[("authorization", &format!("ApiKey {secret}"))], "").is(200);
    }
    house.by(&cem, "POST", "/api/v1/keys", r#"{"label":"x","scopes":["everything"],"days":1}"#).is(422);
    house.by(&cem, "POST", "/api/v1/keys", r#"{"label":"x","scopes":["read"],"days":1000}"#).says(422, "above 366");
    house.by(&cem, "POST", "/api/v1/keys/AK-999/revoke", r#"{"reason":"x"}"#).is(404);
}

#[test]
fn whoever_has_something_to_do_first_screens_afterwards() {
    let house = House::open();
    house.add("cem", &[Role::Viewer]);
    let cem = house.browser("cem");
    house.both(Change::RequireSecondFactor { roles: vec![Role::Viewer] });
    house.send("GET", "/catalog", &[("cookie", &cem.cookie)], "").says(403, "needs one-time codes");
    assert_eq!(house.by(&cem, "GET", "/api/v1/session", "").is(200).json()["due"], "second-factor");
    let enrolled = house.by(&cem, "POST", "/api/v1/session/second-factor", "").is(200).json();
    assert!(enrolled["uri"].as_str().unwrap().starts_with("otpauth://totp/Mihenk:cem?secret="));
    assert!(enrolled["svg"].as_str().unwrap().starts_with("<svg "));
    let wrong = house.by(&cem, "POST", "/api/v1/session/second-factor/confirm", r#"{"code":"12"}"#);
    wrong.says(422, "the code is wrong");
}

#[test]
fn addresses_that_are_opened_need_no_key_and_others_do() {
    let open_to = |name: &str| (name == "MIHENK_OPEN_TO").then(|| "192.0.2.1".to_owned());
    let settings = Settings::read(open_to).unwrap();
    let house = House::with(settings);
    // Without a connection nobody knows where a request comes from.
    house.send("GET", "/catalog", &[("x-forwarded-for", "192.0.2.1")], "").is(401);
}

#[test]
fn a_device_is_added_in_a_browser_and_asked_for_when_signing_in() {
    let house = House::open();
    let ayse = house.browser("ayse");
    let post = |path: &str, body: &str| house.by(&ayse, "POST", &format!("/api/v1/session/second-factor{path}"), body);
    let secret = post("", "").is(200).json()["secret"].as_str().unwrap().to_owned();
    post("/confirm", r#"{"code":"12345"}"#).says(422, "the code is wrong");
    let codes = post("/confirm", &format!("{{\"code\":\"{}\"}}", one_time_code(&secret, house.now()))).is(200).json();
    let recovery = codes["recovery_codes"][0].as_str().unwrap();
    let factor = house.by(&ayse, "GET", "/api/v1/session/second-factor", "").is(200).json();
    assert_eq!((&factor["is_enrolled"], &factor["recovery_codes"]), (&json!(true), &json!(10)));

    let form = ("content-type", "application/x-www-form-urlencoded");
    let password = crate::house::password("ayse").replace(' ', "+");
    let signed = house.send("POST", "/api/v1/session", &[form], &format!("name=ayse&password={password}&next=/work"));
    assert_eq!((signed.status.as_u16(), signed.header("location")), (303, "/code?next=%2Fwork"));
    // By JSON it is said, and the password's token is good for nothing but a code.
    let pending = house.browser("ayse");
    house.by(&pending, "GET", "/api/v1/me", "").is(401);
    house.by(&pending, "GET", "/catalog", "").is(401);
    let enter = |code: &str| house.by(&pending, "POST", "/api/v1/session/code", &json!({ "code": code }).to_string());
    enter("000").says(401, "the code is wrong");
    let entered = enter(recovery).is(200);
    assert_eq!(entered.json()["wants_code"], false);
    let session = entered.header("set-cookie").split(';').next().unwrap().to_owned();
    house.send("GET", "/api/v1/me", &[("cookie", &session)], "").is(200);
    house.by(&pending, "GET", "/api/v1/me", "").is(401);
}
