//! Sessions of a browser: begun and ended, kept from other sites and from whoever guesses.
//!
//! In come requests as browsers and other sites send them, out come cookies and refusals.

use serde_json::json;

use crate::house::{House, MINUTE, password};

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

#[test]
fn a_browser_signs_in_and_out() {
    let house = House::open();
    house.send("GET", "/api/v1/session", &[], "").says(401, "nobody is signed in");
    let body = json!({ "name": "ayse", "password": password("ayse") }).to_string();
    let answer = house.send("POST", "/api/v1/session", &[], &body).is(200);
    let cookie = answer.header("set-cookie").to_owned();
    assert!(cookie.ends_with("; Path=/; HttpOnly; SameSite=Strict"), "{cookie}");
    assert_eq!((answer.json()["user"]["name"].as_str(), answer.header("cache-control")), (Some("ayse"), "no-store"));

    let browser = house.browser("ayse");
    let shown = house.send("GET", "/api/v1/session", &[("cookie", &browser.cookie)], "").is(200);
    assert_eq!(shown.json()["csrf"], browser.csrf.as_str());
    let ended = house.by(&browser, "DELETE", "/api/v1/session", "").is(204);
    assert!(ended.header("set-cookie").contains("Max-Age=0"));
    house.by(&browser, "GET", "/api/v1/session", "").is(401);
    house.by(&browser, "DELETE", "/api/v1/session", "").is(204);
}

#[test]
fn a_form_signs_in_and_leads_to_a_page_of_ours() {
    let house = House::open();
    let leads = |next: &str| {
        let body = format!("name=ayse&password={}&next={next}", password("ayse").replace(' ', "+"));
        let answer = house.send("POST", "/api/v1/session", &[FORM], &body).is(303);
        assert!(answer.header("set-cookie").starts_with("mihenk_session="));
        answer.header("location").to_owned()
    };
    assert_eq!(leads("/alerts/A-1?x=1"), "/alerts/A-1?x=1");
    for elsewhere in ["https://other.example", "//other.example", "/%5Cother.example", "", "/a%0d%0ab", "/%09/x"] {
        assert_eq!(leads(elsewhere), "/", "{elsewhere}");
    }
}

#[test]
fn whatever_changes_something_carries_the_token_of_its_session() {
    let house = House::open();
    let (ours, other) = (house.browser("ayse"), house.browser("bahram"));
    let end = "/api/v1/session/end-all";
    let with = |headers: &[(&str, &str)], body: &str| {
        let mut all = vec![("cookie", ours.cookie.as_str())];
        all.extend(headers);
        house.send("POST", end, &all, body)
    };
    with(&[], "").says(403, "the form's token is missing");
    with(&[("x-csrf-token", &other.csrf)], "").is(403);
    with(&[("x-csrf-token", "")], "").is(403);
    with(&[FORM], "csrf=").is(403);
    with(&[FORM], &format!("csrf={}", other.csrf)).is(403);
    // A page of somebody else may send a body that is taken for no form; it is not looked into.
    with(&[("content-type", "text/plain")], &format!("csrf={}", ours.csrf)).is(403);
    let file = format!("--x\r\ncontent-disposition: form-data; name=\"file\"\r\n\r\n{}\r\n--x--\r\n", ours.csrf);
    with(&[("content-type", "multipart/form-data; boundary=x")], &file).is(403);
    house.by(&ours, "GET", "/api/v1/me", "").is(200);

    with(&[FORM], &format!("a=b&csrf={}", ours.csrf)).is(204);
    house.by(&ours, "GET", "/api/v1/me", "").is(401);
    house.by(&other, "GET", "/api/v1/me", "").is(200);
    let part = format!("--x\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{}\r\n--x--\r\n", other.csrf);
    let headers = [("cookie", other.cookie.as_str()), ("content-type", "multipart/form-data; boundary=x")];
    house.send("POST", end, &headers, &part).is(204);
}

#[test]
fn a_page_of_another_site_gets_nowhere() {
    let house = House::open();
    let browser = house.browser("ayse");
    for foreign in [("origin", "https://other.example"), ("sec-fetch-site", "cross-site")] {
        let headers = [("cookie", browser.cookie.as_str()), ("x-csrf-token", &browser.csrf), foreign];
        house.send("POST", "/api/v1/session/end", &headers, "").says(403, "a page of another site");
        house.send("GET", "/api/v1/me", &headers, "").is(403);
        let body = json!({ "name": "ayse", "password": password("ayse") }).to_string();
        house.send("POST", "/api/v1/session", &[foreign], &body).says(403, "a page of another site");
    }
    house.by(&browser, "GET", "/api/v1/me", "").is(200);
}

#[test]
fn a_token_in_a_header_needs_no_form() {
    let house = House::open();
    let token = house.browser("ayse").cookie.split_once('=').unwrap().1.to_owned();
    for scheme in ["Bearer", "ApiKey", "bearer"] {
        house.send("GET", "/api/v1/me", &[("authorization", &format!("{scheme} {token}"))], "").is(200);
    }
    house.send("GET", "/api/v1/me", &[("authorization", &format!("Basic {token}"))], "").is(401);
    house.send("DELETE", "/api/v1/session", &[("authorization", &format!("Bearer {token}"))], "").is(204);
}

#[test]
fn a_session_ends_when_nothing_is_done_and_at_last_always() {
    let house = House::open();
    let browser = house.browser("ayse");
    let works = || house.by(&browser, "POST", "/api/v1/session/password", r#"{"before":"x","new":"y"}"#).status != 401;
    let acts = |minutes: i64| {
        house.goes_on(minutes * MINUTE);
        let token = mihenk_node::ledger::people::Token::new(browser.cookie.split_once('=').unwrap().1);
        mihenk_node::people::show(&house.desk.seat(token)).is_ok()
    };
    assert!(works() && acts(29) && acts(29) && acts(29));
    assert!(!acts(30) && !works());
    let browser = house.browser("ayse");
    let token = mihenk_node::ledger::people::Token::new(browser.cookie.split_once('=').unwrap().1);
    for minutes in 0..71 {
        house.goes_on(10 * MINUTE);
        assert!(
            mihenk_node::people::show(&house.desk.seat(token.clone())).is_ok(),
            "after {minutes} times ten minutes"
        );
    }
    house.goes_on(10 * MINUTE);
    assert!(mihenk_node::people::show(&house.desk.seat(token)).is_err(), "twelve hours are over");
}

#[test]
fn a_new_password_ends_the_other_sessions() {
    let house = House::open();
    let (here, there) = (house.browser("ayse"), house.browser("ayse"));
    let change = |before: &str, new: &str| {
        let body = json!({ "before": before, "new": new }).to_string();
        house.by(&here, "POST", "/api/v1/session/password", &body)
    };
    change("wrong", "another horse of ayse").says(422, "the password until now is wrong");
    change(&password("ayse"), "short").says(422, "12 characters or more");
    house.by(&there, "GET", "/api/v1/me", "").is(200);
    change(&password("ayse"), "another horse of ayse").is(204);
    house.by(&there, "GET", "/api/v1/me", "").is(401);
    house.by(&here, "GET", "/api/v1/me", "").is(200);
}

#[test]
fn whoever_guesses_learns_nothing_and_has_to_wait() {
    let house = House::open();
    let tries = |name: &str| {
        let body = json!({ "name": name, "password": "a guess that is wrong" }).to_string();
        house.send("POST", "/api/v1/session", &[], &body)
    };
    let (known, unknown) = (tries("ayse"), tries("nobody"));
    assert_eq!((known.status, &known.text), (unknown.status, &unknown.text));
    known.says(401, "name or password is wrong");
    let refused = (0..100).map(|number| tries(&format!("user-{number}"))).find(|answer| answer.status == 429).unwrap();
    assert!((1..=6).contains(&refused.header("retry-after").parse::<u64>().unwrap()), "{}", refused.text);
}

#[test]
fn what_is_no_sign_in_is_refused() {
    let house = House::open();
    let json = ("content-type", "application/json");
    for (body, media, status) in [
        ("", json, 400),
        ("{", json, 400),
        ("[]", json, 422),
        (r#"{"name":"ayse"}"#, json, 422),
        (r#"{"name":"ayse","password":7}"#, json, 422),
        (r#"{"name":"ayse","password":"x","more":1}"#, json, 422),
        ("name=ayse", FORM, 422),
        ("name=ayse&password=x", ("content-type", "text/plain"), 415),
    ] {
        house.send("POST", "/api/v1/session", &[media], body).is(status);
    }
    house.send("POST", "/api/v1/session", &[], "name=ayse&password=x").is(415);
}
