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
            // A file that is held is its sender's alone.
            let is_anothers = path.starts_with("/customers/import/") && name != "cem";
            let expected = if !may {
                403
            } else if is_anothers {
                404
            } else {
                200
            };
            assert_eq!(answer.status, expected, "{name} at {path}: {}", answer.text);
            assert_eq!(answer.header("content-type"), "text/html; charset=utf-8", "{path}");
            assert!(answer.header("content-security-policy").starts_with("default-src 'none'"), "{path}");
            assert!(!answer.text.contains("style=\"") && !answer.text.contains("<script>"), "{path}");
        }
    }
}

#[test]
fn the_type_of_each_problem_opens_without_signing_in() {
    let house = House::open();
    let all: serde_json::Value = serde_json::from_str(&house.get("/api/v1/problems", None).text).unwrap();
    let all = all["problems"].as_array().unwrap();
    assert!(all.len() > 25, "{all:?}");
    for one in all {
        let (place, anchor) = one["type"].as_str().unwrap().split_once('#').unwrap();
        for token in [None, Some(house.token("cem"))] {
            let page = house.get(place, token.as_ref());
            assert_eq!(page.status, 200, "{place}");
            assert_eq!(page.header("content-type"), "text/html; charset=utf-8", "{place}");
            assert!(page.header("content-security-policy").starts_with("default-src 'none'"));
            assert_eq!(page.text.matches(&format!("id=\"{anchor}\"")).count(), 1, "{anchor}");
        }
    }
    let page = house.get("/reference/problems.html", None).text;
    assert!(
        page.contains("send the token as <code>Authorization: Bearer TOKEN</code>") && !page.contains('`'),
        "{page}"
    );
    assert!(!page.contains("style=\"") && !page.contains("<script>"), "{page}");
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
fn what_a_pasted_text_says_runs_nowhere_and_turns_nothing() {
    let house = House::open();
    let token = house.token("cem");
    let pasted = "Yesterday the Council named %3Cscript%3Ealert(5)%3C%2Fscript%3E Zerrin %E2%80%AE\u{d6}rneko\u{11f}lu and Deneme Denizcilik Limited, \
                  and asked every bank of the country to look for what they own there.";
    let pasted: String = pasted.chars().map(|c| if c == ' ' { "%20".to_owned() } else { c.to_string() }).collect();
    let pasted = pasted.replace('\u{d6}', "%C3%96").replace('\u{11f}', "%C4%9F");
    for (page, results) in [("/screen", "<div id=\"results\""), ("/scan", "</textarea>")] {
        let text = house.get(&format!("{page}?q={pasted}"), Some(&token)).text;
        assert!(!text.contains("<script>"), "{page}");
        let found = text.split_once(results).unwrap_or_else(|| panic!("{page}: {text}")).1;
        assert!(found.contains("class=\"hit\"") && found.contains("Deneme Denizcilik Limited"), "{page}: {found}");
        assert!(found.contains("alert(5)") && !found.contains('\u{202E}'), "{page}: {found}");
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
fn a_link_that_was_mailed_leads_on_from_a_page_of_ours() {
    let house = House::open();
    let alert = house.alerts().remove(0);
    let visit = |path: &str, site: &str| {
        let mut request = axum::http::Request::get(path).header("sec-fetch-site", site);
        request = request.header("sec-fetch-mode", "navigate");
        house.ask(request.body(axum::body::Body::empty()).unwrap())
    };
    // From another site a browser leaves the session's cookie behind, and sends it along from here.
    let place = format!("/alerts/{alert}?open=f");
    let first = visit(&place, "cross-site");
    assert_eq!((first.status.as_u16(), first.header("refresh")), (200, format!("0;url={place}").as_str()));
    assert!(!first.text.contains("rnekoglu") && first.text.contains(&format!("href=\"{place}\"")), "{}", first.text);
    let second = visit(&place, "same-origin");
    assert_eq!(second.status, 303, "whoever is not signed in signs in then");
    assert_eq!(visit("//evil.example/alerts", "cross-site").header("refresh"), "");
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

/// What forms do, and the roles that may; all roles that see, where the ledger says more.
const DEEDS: &[(&str, Role)] = &[
    ("/queue/next", Role::Analyst),
    ("/queue/take", Role::Analyst),
    ("/alerts/{id}/clear", Role::Analyst),
    ("/alerts/{id}/more", Role::Analyst),
    ("/alerts/{id}/escalate", Role::Analyst),
    ("/alerts/{id}/take", Role::Analyst),
    ("/alerts/{id}/give-back", Role::Analyst),
    ("/alerts/{id}/reopen", Role::Analyst),
    ("/alerts/{id}/undo", Role::Analyst),
    ("/cases", Role::Analyst),
    ("/cases/{id}/note", Role::Analyst),
    ("/cases/{id}/party", Role::Analyst),
    ("/cases/{id}/tie", Role::Analyst),
    ("/cases/{id}/task", Role::Analyst),
    ("/cases/{id}/done", Role::Analyst),
    ("/cases/{id}/close", Role::Analyst),
    ("/review/{id}/view", Role::Approver),
    ("/review/{id}/agree", Role::Approver),
    ("/review/{id}/send-back", Role::Approver),
    ("/freezes", Role::Analyst),
    ("/freezes/{id}/confirm", Role::Approver),
    ("/freezes/{id}/release", Role::Analyst),
    ("/freezes/{id}/review", Role::Approver),
    ("/freezes/{id}/vary", Role::Analyst),
    ("/freezes/{id}/notices", Role::Analyst),
    ("/freezes/{id}/exemptions", Role::Analyst),
    ("/freezes/{id}/exemptions/{exemption}/confirm", Role::Approver),
    ("/freezes/{id}/exemptions/{exemption}/committee", Role::Analyst),
    ("/freezes/{id}/exemptions/{exemption}/uses", Role::Analyst),
    ("/redress", Role::Analyst),
    ("/redress/{id}/propose", Role::Analyst),
    ("/redress/{id}/confirm", Role::Approver),
    ("/redress/{id}/answered", Role::Analyst),
    ("/redress/{id}/corrected", Role::Analyst),
    ("/redress/{id}/recipient", Role::Analyst),
    ("/redress/{id}/note", Role::Analyst),
    ("/redress/{id}/assign", Role::Analyst),
    ("/rules/{id}/withdraw", Role::Analyst),
    ("/audit/verify", Role::Auditor),
    ("/audit/replay", Role::Auditor),
    ("/customers/import/{id}", Role::Analyst),
    ("/customers/import/{id}/look", Role::Analyst),
    ("/customers/import/{id}/discard", Role::Analyst),
    ("/lists/{name}/removals", Role::Analyst),
    ("/lists/{name}/look", Role::Analyst),
    ("/lists/{name}/update", Role::Analyst),
    ("/people/add", Role::Administrator),
    ("/people/change", Role::Administrator),
    ("/people/keys", Role::Administrator),
    ("/people/keys/{id}/rotate", Role::Administrator),
    ("/people/keys/{id}/revoke", Role::Administrator),
    ("/people/ties", Role::Administrator),
    ("/people/ties/end", Role::Administrator),
    ("/people/codes", Role::Administrator),
    ("/people/{id}/confirm", Role::Administrator),
    ("/people/{id}/decline", Role::Administrator),
    ("/reports", Role::Officer),
    ("/settings/retention/propose", Role::Administrator),
    ("/settings/retention/hold", Role::Administrator),
    ("/settings/retention/lift", Role::Administrator),
    ("/settings/retention/run", Role::Administrator),
    ("/settings/retention/{id}/confirm", Role::Administrator),
    ("/settings/retention/{id}/decline", Role::Administrator),
    ("/settings/key/exchange", Role::Administrator),
    ("/settings/webhooks", Role::Administrator),
    ("/settings/webhooks/{id}/confirm", Role::Administrator),
    ("/settings/webhooks/{id}/decline", Role::Administrator),
    ("/settings/webhooks/{id}/end", Role::Administrator),
    ("/settings/webhooks/letters/{id}/replay", Role::Administrator),
    ("/reports/{id}/correct", Role::Officer),
    ("/reports/{id}/send", Role::Officer),
    ("/reports/{id}/answered", Role::Officer),
    ("/reports/{id}/asked", Role::Officer),
    ("/reports/{id}/replied", Role::Officer),
    ("/reports/{id}/note", Role::Officer),
    ("/reports/{id}/withdraw", Role::Officer),
];

/// Every field that any form has, so that a request gets as far as to be allowed or not.
const FIELDS: &str = "reason=birth-date&note=x&basis=x&title=x&purpose=x&why=x&view=clear&what=leave&due=2026-12-24&task=CT-1&kind=person&name=x&from=a&to=b\
                      &source=s&seq=1&next=2027-01-01&start=2026-11-23&review=2027-05-23&role=viewer&user=U-1&programme=un-1373\
                      &customer=K-1&complaint=x&found=rightly-matched&received=2026-11-20&how=x&on=2026-11-20";

#[test]
fn each_deed_is_for_its_role_alone() {
    let house = House::open();
    for (name, role) in PEOPLE.iter().copied().chain([("ayse", Role::Administrator)]) {
        let token = house.token(name);
        let csrf = house.csrf(&token);
        for (path, of) in DEEDS {
            let kind = match path.split('/').nth(1).unwrap() {
                "cases" => "C-1",
                "freezes" => "F-1",
                "rules" => "X-1",
                "people" => "N-1",
                "customers" => "0123456789abcdef",
                "settings" => "R-1",
                "redress" => "RD-1",
                "reports" => "RP-1",
                _ => "A-1",
            };
            let path = path.replace("{id}", kind).replace("{name}", "none").replace("{exemption}", "L-1");
            let answer = house.send("POST", &path, Some(&token), &format!("csrf={csrf}&{FIELDS}"));
            // Administrators keep lists as analysts do.
            let may = role == *of || path.starts_with("/lists/") && role == Role::Administrator;
            assert_eq!(answer.status == 403, !may, "{name} at {path}: {} {}", answer.status, answer.text);
            assert!(answer.status != 500 && answer.status != 401, "{name} at {path}: {}", answer.text);
        }
    }
}

#[test]
fn no_route_of_the_pages_is_left_out() {
    let source = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/src/pages.rs")).unwrap();
    let house = House::open();
    let shown: Vec<String> = house.pages(&house.works()).into_iter().map(|(_, _, path, _)| path).collect();
    // What everybody may, what the ledger decides, and what has tests of its own.
    let others = [
        "/",
        "/assets/{name}",
        "/look",
        "/drafts",
        "/login",
        "/logout",
        "/code",
        "/second-factor",
        "/second-factor/confirm",
        "/alerts/{id}/here",
        "/alerts/{id}/beside",
        "/freezes/{id}/decline",
        "/freezes/{id}/letter",
        "/audit/export",
        "/keys/{id}/rotate",
        "/keys/{id}/revoke",
        "/freezes/{id}/exemptions/{exemption}/decline",
        "/redress/{id}/decline",
        "/redress/{id}/attach",
        "/cases/{id}/attach",
        "/documents/{id}",
        "/reports/{id}/content",
        "/reports/{id}/attach",
        "/reports/{id}/document/{document}",
        "/customers/import/{id}/rejected",
    ];
    for call in source.split(".route(\"").skip(1) {
        let path = call.split('"').next().unwrap();
        let start = path.split("{").next().unwrap();
        let is_shown = shown
            .iter()
            .any(|one| if path.contains('{') { one.starts_with(start) } else { one.split('?').next() == Some(path) });
        let is_done = DEEDS.iter().any(|(deed, _)| *deed == path);
        assert!(is_shown || is_done || others.contains(&path), "{path} has no test of who may");
    }
}
