//! Reports to authorities on the pages: the officer fills them in and sends them, and nobody else sees a trace.
//!
//! In come fields as a browser sends them, out come pages, files and what is so in the store then.

use crate::house::House;

#[test]
fn a_report_is_known_to_the_officer_alone() {
    let house = House::open();
    let [_, case, held, _] = house.works();
    let before: Vec<String> = pages_of(&house, &case, &held);
    let okan = house.token("okan");
    let kind = house.get("/reports", Some(&okan)).text;
    assert!(kind.contains("<option value="), "{kind}");
    let drafted = mihenk_node::reports::draft(
        &house.seat("okan"),
        &house.folder.path().join("data"),
        &mihenk_node::reports::Draft {
            kind: "str".to_owned(),
            about: Some(case.clone()),
            title: Some("GIZLI BASLIK".to_owned()),
            event_day: Some("2026-11-24".parse().unwrap()),
            follows: None,
        },
    );
    let id = drafted.unwrap().to_string();
    assert!(house.get(&format!("/reports/{id}"), Some(&okan)).text.contains("GIZLI BASLIK"));
    let of_case = house.get(&format!("/cases/{case}"), Some(&okan)).text;
    assert!(of_case.contains("GIZLI BASLIK") && of_case.contains(&format!("/reports?about={case}")), "{of_case}");
    // Nobody else sees that anything is there: pages are as they were, and an id that is one is refused as one that is none.
    assert_eq!(before, pages_of(&house, &case, &held));
    for name in ["cem", "dilek", "veli", "deniz", "ayse"] {
        let token = house.token(name);
        let (there, nowhere) =
            (house.get(&format!("/reports/{id}"), Some(&token)), house.get("/reports/R-999999", Some(&token)));
        assert_eq!((there.status.as_u16(), nowhere.status.as_u16()), (403, 403), "{name}");
        let plain = |text: &str| text.replace(&id, "R").replace("R-999999", "R").replace(&house.csrf(&token), "");
        assert_eq!(plain(&there.text), plain(&nowhere.text), "{name}");
    }
}

/// What an analyst sees of a case and a freeze, without what differs between two sessions.
fn pages_of(house: &House, case: &str, held: &str) -> Vec<String> {
    let token = house.token("cem");
    let csrf = house.csrf(&token);
    let pages = [format!("/cases/{case}"), format!("/freezes/{held}"), "/work".to_owned(), "/cases".to_owned()];
    let page = |path: &String| {
        let text = house.get(path, Some(&token)).text.replace(&csrf, "");
        // The place of the last event grows by being looked at.
        let parts: Vec<&str> = text.split("name=\"revision\" value=\"").collect();
        parts.iter().map(|part| part.trim_start_matches(|c: char| c.is_ascii_digit())).collect()
    };
    pages.iter().map(page).collect()
}

#[test]
fn a_report_is_filled_in_at_its_fields_sent_for_good_and_acknowledged() {
    let house = House::open();
    house.works();
    let okan = house.token("okan");
    let page = format!("/reports/{}", house.report("draft"));
    let post = |deed: &str, body: &str| house.posts(&format!("{page}/{deed}"), &okan, body);
    let shown = house.get(&page, Some(&okan)).text;
    let name = shown.split("name=\"field.").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert!(
        shown.contains("aria-invalid") && !shown.contains("/send\""),
        "what is missing is said, and nothing is sent"
    );
    let early = post("send", "how=portal&on=");
    assert!(early.status == 422 && early.text.contains("something is missing"), "{}", early.text);
    // What is wrong stands at its field, in the language of the page.
    assert_eq!(post("correct", &format!("field.{name}=&why=x")).status, 303);
    let turkish = house.get_as("tr", &page, &okan).text;
    assert!(turkish.contains(&format!("id=\"w-{name}\"")) && turkish.contains("Bu boş; bildirim onsuz"), "{turkish}");
    house.fill(&house.seat("okan"), &house.report("draft").parse().unwrap());
    let whole = house.get(&page, Some(&okan)).text;
    assert!(whole.contains("Nothing is missing") && whole.contains("/send\""), "{whole}");
    let out = house.get(&format!("{page}/file"), Some(&okan));
    assert!(out.header("content-disposition").starts_with("attachment;") && out.text.contains("Örnek Bank"));
    assert_eq!(post("send", "how=by+the+portal&on=").status, 303);
    let sent = house.get(&page, Some(&okan)).text;
    let document = sent.split(&format!("{page}/document/")).nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert_eq!(house.get(&format!("{page}/document/{document}"), Some(&okan)).text, out.text, "as it went");
    assert!(!sent.contains("/undo") && !sent.contains("/correct\"") && !sent.contains("/withdraw\""), "{sent}");
    assert_eq!(post("correct", &format!("field.{name}=y&why=x")).status, 422, "what was sent is a record");
    assert_eq!(post("withdraw", "why=x").status, 422);
    assert_eq!(post("answered", "taken=yes&reference=FIU-7&note=&on=").status, 303);
    assert_eq!(post("asked", "reference=FIU-8&what=The+contract&on=&due=").status, 303);
    let asked = house.get(&page, Some(&okan)).text;
    assert!(asked.contains("FIU-7") && asked.contains("acknowledged") && asked.contains("The contract"), "{asked}");
    let request = asked.split("name=\"request\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(post("replied", &format!("request={request}&by=a+letter&on=")).status, 303);
    assert!(!house.get(&page, Some(&okan)).text.contains("waits for an answer"));
}

#[test]
fn a_report_of_goaml_is_given_back_as_a_file_and_what_is_wrong_is_said() {
    let house = House::open();
    house.works();
    let okan = house.token("okan");
    let page = format!("/reports/{}", house.report("str"));
    let shown = house.get(&page, Some(&okan)).text;
    assert!(shown.contains("goAML") && shown.contains("name=\"text\""), "{shown}");
    // What is missing is said in the language of the page, with the path and what would be right.
    for (language, nothing, right) in [
        ("en", "Nothing is there", "Right would be"),
        ("tr", "Hiçbir şey yok", "Doğrusu"),
        ("fa", "چیزی نیست", "درست آن"),
    ] {
        let text = house.get_as(language, &page, &okan).text;
        let rows = text.split("class=\"cards findings\"").nth(1).unwrap().split("</table>").next().unwrap();
        assert!(rows.contains(nothing) && rows.contains(right) && rows.contains("report/"), "{rows}");
        assert!(!rows.contains("lang=\"en\""), "{rows}");
    }
    let broken = house.sends_file(&format!("{page}/content"), &okan, &[("why", "x")], "<report><unclosed></report>");
    assert_eq!(broken.status, 422, "{}", broken.text);
    let nothing = house.sends_file(&format!("{page}/content"), &okan, &[("why", "x")], "{\"goaml\":7}");
    assert_eq!(nothing.status, 422, "{}", nothing.text);
    assert_eq!(house.get(&page, Some(&okan)).text.matches("class=\"at\"").count(), 1, "the draft is as it was");
    // What was typed stands on the page that refuses it, line by line.
    let fields = [("text", "first line\r\nsecond line"), ("why", "because")];
    let typed = house.sends_file(&format!("{page}/content"), &okan, &fields, "");
    assert!(typed.status == 422 && typed.text.contains("first line\nsecond line"), "{}", typed.text);
}

#[test]
fn no_deed_about_a_report_tells_others_whether_there_is_one() {
    let house = House::open();
    house.works();
    let id = house.report("draft");
    for name in ["cem", "dilek", "veli", "deniz", "ayse"] {
        let token = house.token(name);
        for deed in ["correct", "send", "answered", "asked", "replied", "note", "withdraw"] {
            let body = "why=x&how=x&reference=x&what=x&note=x&request=RQ-1&by=x&on=2026-11-24";
            let [there, nowhere] = [&id, "RP-999999"].map(|id| {
                let answer = house.posts(&format!("/reports/{id}/{deed}"), &token, body);
                assert_eq!(answer.status, 403, "{name} {deed}");
                answer.text.replace(id, "RP").replace(&house.csrf(&token), "")
            });
            assert_eq!(there, nowhere, "{name} {deed}");
        }
        for end in ["file", "content", "document/D-1"] {
            let [there, nowhere] = [&id, "RP-999999"].map(|id| {
                let answer = house.get(&format!("/reports/{id}/{end}"), Some(&token));
                assert_eq!(answer.status, 403, "{name} {end}");
                answer.text.replace(id, "RP").replace(&house.csrf(&token), "")
            });
            assert_eq!(there, nowhere, "{name} {end}");
        }
    }
    // The pages of a case and of drafts, which others see, have no trace of it.
    let cem = house.token("cem");
    for path in ["/cases", "/work", "/dashboard", "/redress"] {
        let text = house.get(path, Some(&cem)).text;
        assert!(!text.contains("/reports") && !text.contains(&id), "{path}");
    }
}
