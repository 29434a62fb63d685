//! Forms without any script: what can be taken back and until when, files of customers, what a second person sees.
//!
//! In come fields as a browser sends them, out come pages and what is so in the store then.

use mihenk_node::alerts;

use crate::house::House;

fn state(house: &House, alert: &str) -> String {
    let shown = alerts::show(&house.seat("veli"), &alert.parse().unwrap()).unwrap();
    shown.detail.alert.state.as_str().to_owned()
}

#[test]
fn what_was_done_can_be_taken_back_for_ten_seconds_and_not_later() {
    let house = House::open();
    let token = house.token("cem");
    let alert = house.alerts().remove(1);
    for (deed, body, done) in [
        ("take", "", "assigned"),
        ("clear", "reason=birth-date&note=Dates", "proposed"),
        ("escalate", "case=&title=T&basis=Law&note=Why", "escalated"),
    ] {
        let (act, undo) = (format!("/alerts/{alert}/{deed}"), format!("/alerts/{alert}/undo"));
        let answer = house.posts(&act, &token, body);
        assert_eq!(answer.status, 303, "{deed}: {}", answer.text);
        assert_eq!(state(&house, &alert), done);
        house.goes_on(9_000);
        assert_eq!(house.posts(&undo, &token, "").status, 303, "{deed}");
        assert!(["new", "reopened"].contains(&state(&house, &alert).as_str()), "{deed}");
        // A second time there is nothing to take back.
        assert_eq!(house.posts(&undo, &token, "").status, 422, "{deed}");
        house.posts(&act, &token, body);
        house.goes_on(13_000);
        let late = house.posts(&undo, &token, "");
        assert_eq!(late.status, 422, "{deed}");
        assert!(late.text.contains("cannot be taken back any more"), "{}", late.text);
        match deed {
            "take" => drop(house.posts(&format!("/alerts/{alert}/give-back"), &token, "")),
            "clear" => drop(house.posts(&format!("/alerts/{alert}/reopen"), &token, "note=again")),
            _ => {}
        }
    }
    // A case that was opened for the alert alone is closed with it.
    let open = mihenk_node::cases::list(&house.seat("veli"), false).unwrap().cases.len();
    assert_eq!(open, 1, "the one that was not taken back");
}

#[test]
fn a_refusal_and_a_history_are_in_the_language_of_the_page_without_english() {
    let house = House::open();
    let alert = house.alerts().remove(1);
    let (cem, elif) = (house.token("cem"), house.token("elif"));
    house.posts(&format!("/alerts/{alert}/take"), &cem, "");
    house.posts(&format!("/alerts/{alert}/more"), &cem, "note=Pasaport+gerek");
    for (look, says, happened) in
        [("tr", "üzerinde", "üzerinde çalışıyor"), ("fa", "کار می‌کند. واپسین کار", "روی آن کار می‌کند")]
    {
        let refused = house.posts_as(look, &format!("/alerts/{alert}/clear"), &elif, "reason=document&note=x");
        assert_eq!(refused.status, 422);
        assert!(refused.text.contains(says) && refused.text.contains("cem"), "{}", refused.text);
        assert!(!refused.text.contains("is held by") && !refused.text.contains("mihenk alert"), "{}", refused.text);
        let page = house.get_as(look, &format!("/alerts/{alert}"), &cem).text;
        assert!(page.contains(happened) && page.contains("Pasaport gerek"), "{page}");
        assert!(!page.contains("assigned to") && !page.contains("comment:"), "{page}");
    }
}

#[test]
fn nobody_takes_back_what_another_did() {
    let house = House::open();
    let alert = house.alerts().remove(1);
    house.posts(&format!("/alerts/{alert}/take"), &house.token("cem"), "");
    let answer = house.posts(&format!("/alerts/{alert}/undo"), &house.token("elif"), "");
    assert_eq!(answer.status, 422, "{}", answer.text);
    assert_eq!(state(&house, &alert), "assigned");
}

#[test]
fn whoever_is_second_is_told_who_was_first() {
    let house = House::open();
    let alert = house.alerts().remove(1);
    let (cem, elif) = (house.token("cem"), house.token("elif"));
    let page = house.get(&format!("/alerts/{alert}"), Some(&elif)).text;
    let revision: String =
        page.split("name=\"revision\" value=\"").nth(1).unwrap().chars().take_while(|c| *c != '"').collect();
    house.posts(&format!("/alerts/{alert}/clear"), &cem, "reason=birth-date&note=Dates");
    let body = format!("reason=document&note=Numbers+differ&revision={revision}");
    let answer = house.posts(&format!("/alerts/{alert}/clear"), &elif, &body);
    assert_eq!(answer.status, 409, "{}", answer.text);
    assert!(answer.text.contains("Numbers differ"), "what was typed is on the page: {}", answer.text);
}

/// What a select offers.
fn select_of<'a>(page: &'a str, name: &str) -> &'a str {
    let rest = page.split(&format!("<select name=\"{name}\"")).nth(1);
    rest.unwrap_or_else(|| panic!("{name} is not on the page: {page}")).split("</select>").next().unwrap()
}

const TABLE: &str = "Müşteri No;Adı Soyadı;Doğum Tarihi;Ülke;Ayakkabı\nK-201;Ayla Deneme;31/12/1990;TR;38\nK-202;<script>alert(4)</script> Deniz;31/31/1990;TR;40\n;Nobody;1990;TR;41\n";

#[test]
fn columns_are_mapped_by_example_and_rows_that_failed_are_said() {
    let house = House::open();
    let token = house.token("cem");
    let answer = house.sends_file("/customers/import", &token, &[("portfolio", "retail")], TABLE);
    assert_eq!(answer.status, 303, "{}", answer.text);
    let place = answer.header("location").to_owned();
    let page = house.get(&place, Some(&token)).text;
    // What is proposed stands in the selects, the rows below them, and what they become beneath.
    assert!(page.contains("<option value=\"customer.number\" selected>"), "{page}");
    assert!(page.contains("<option value=\"birthDate\" selected>"), "{page}");
    let plain = page.replace(['\u{2068}', '\u{2069}'], "");
    assert!(plain.contains("1 of all 3 rows would be taken"), "{page}");
    assert!(page.contains("31/31/1990") && page.contains("&#60;script&#62;"), "{page}");
    // Somebody else knows nothing of it, and whoever may not keep customers is refused before the file is read.
    let elif = house.token("elif");
    assert_eq!(house.get(&place, Some(&elif)).status, 404);
    assert_eq!(house.posts(&place, &elif, "").status, 404);
    let refused = house.sends_file("/customers/import", &house.token("veli"), &[("portfolio", "retail")], TABLE);
    assert_eq!(refused.status, 403);
    // A choice is kept: the name is in the column of shoes.
    let look = "column.0=customer.number&column.1=&column.4=name&each=Person&portfolio=retail";
    assert_eq!(house.posts(&format!("{place}/look"), &token, look).status, 303);
    let page = house.get(&place, Some(&token)).text;
    assert!(select_of(&page, "column.4").contains("<option value=\"name\" selected>"), "{page}");
    assert!(select_of(&page, "column.1").contains("<option value=\"\" selected>"), "{page}");
    // Without a column of numbers nothing is taken, and the page says what is missing.
    let lacks = house.posts(&place, &token, "column.1=name&portfolio=retail");
    assert_eq!(lacks.status, 303);
    let page = house.get(&place, Some(&token)).text;
    assert!(page.contains("which column holds the number of each customer"), "{page}");
    // Now it is right.
    let right = "column.0=customer.number&column.1=name&column.2=birthDate&column.3=country&each=Person&dates=dmy&portfolio=retail";
    assert_eq!(house.posts(&place, &token, right).status, 303);
    let page = house.get(&place, Some(&token)).text;
    assert!(page.contains("id=\"result\"") && page.contains("31/31/1990"), "{page}");
    assert!(page.contains("Ayakkabı"), "the column that is not used is named: {page}");
    assert!(house.get("/customers", Some(&token)).text.contains("Ayla Deneme"));
    // Why a row was not taken is said in each language, with what stands in the file as it stands there.
    for (language, day, number) in [
        ("en", "31/31/1990 is not a date", "It has no number of its own"),
        ("tr", "31/31/1990 bir tarih değil", "Kendi numarası yok"),
        ("fa", "31/31/1990 تاریخ نیست", "شماره‌ای از آنِ خود ندارد"),
    ] {
        let page = house.get_as(language, &place, &token).text.replace(['\u{2068}', '\u{2069}'], "");
        assert!(page.contains(day) && page.contains(number), "{language}: {page}");
        assert!(!page.contains("<span lang=\"en\""), "{language}: {page}");
    }
    let rows = house.get(&format!("{place}/rejected"), Some(&token));
    let head = TABLE.lines().next().unwrap();
    let rest: Vec<&str> = TABLE.lines().skip(2).collect();
    assert_eq!(rows.text, format!("{head}\n{}\n", rest.join("\n")), "as they came");
    assert!(rows.header("content-disposition").contains("rejected"), "{}", rows.header("content-disposition"));
    let reasons = house.get(&format!("{place}/rejected?why=1"), Some(&token)).text;
    assert!(reasons.contains("line 3,K-202,Doğum Tarihi,"), "{reasons}");
    assert_eq!(house.get(&format!("{place}/rejected"), Some(&elif)).status, 404);
    // The next file with these columns is understood as this one was.
    let next = house.sends_file(
        "/customers/import",
        &token,
        &[("portfolio", "retail")],
        "Ülke;Adı Soyadı;Ayakkabı;Doğum Tarihi;Müşteri No\nTR;Ada Örnek;1;02/03/1991;K-203\n",
    );
    let page = house.get(next.header("location"), Some(&token)).text;
    assert!(page.contains("as last time") && page.contains("1991-03-02"), "{page}");
    // It can be thrown away.
    assert_eq!(house.posts(&format!("{}/discard", next.header("location")), &token, "").status, 303);
    assert_eq!(house.get(next.header("location"), Some(&token)).status, 404);
}

#[test]
fn what_is_no_table_is_said_and_can_be_read_in_another_way() {
    let house = House::open();
    let token = house.token("cem");
    let sent = |content: &str| {
        let answer = house.sends_file("/customers/import", &token, &[("portfolio", "retail")], content);
        assert_eq!(answer.status, 303, "{}", answer.text);
        answer.header("location").to_owned()
    };
    let place = sent("<html><table>");
    let page = house.get(&place, Some(&token));
    assert_eq!(page.status, 200);
    assert!(page.text.contains("markup (HTML or XML)"), "{}", page.text);
    assert!(!page.text.contains(house.folder.path().to_str().unwrap()), "no path of the server: {}", page.text);
    // The headings stand in the third line.
    let place = sent("A report of invented people\n\nid,name\n1,Ayla Deneme\n");
    let page = |place: &str| house.get(place, Some(&token)).text;
    assert!(!page(&place).contains("value=\"customer.number\" selected"), "{}", page(&place));
    house.posts(&format!("{place}/look"), &token, "portfolio=retail&heading_row=3");
    assert!(page(&place).contains("value=\"customer.number\" selected"), "{}", page(&place));
    house.posts(&format!("{place}/look"), &token, "portfolio=retail&heading_row=many");
    assert!(page(&place).contains("is not the number of a line"), "{}", page(&place));
    // A name of a portfolio that is none, and a form without a file.
    let none = house.sends_file("/customers/import", &token, &[("portfolio", "")], TABLE);
    assert_eq!(none.status, 422, "{}", none.text);
    assert!(none.text.contains("cannot be the name of a portfolio; right would be"), "{}", none.text);
    let held = std::fs::read_dir(house.folder.path().join("data/imports")).unwrap().flatten();
    let files: usize = held.map(|user| std::fs::read_dir(user.path()).unwrap().count()).sum();
    assert_eq!(files, 2, "what was refused is not kept");
}

#[test]
fn a_held_file_goes_after_a_day_and_an_expired_session_loses_nothing() {
    let house = House::open();
    let place = house.held_file("cem");
    house.goes_on(23 * 3_600_000);
    // Whoever signs in again finds file and choices.
    let cem = house.token("cem");
    assert!(house.get("/customers/import", Some(&cem)).text.contains(&place));
    assert_eq!(house.get(&place, Some(&cem)).status, 200);
    house.goes_on(2 * 3_600_000);
    let cem = house.token("cem");
    assert_eq!(house.get(&place, Some(&cem)).status, 404);
}

/// Adds a list of its own.
fn adds_list(house: &House, name: &str, content: &str) {
    let path = house.folder.path().join(name);
    std::fs::write(&path, content).unwrap();
    let data = house.folder.path().join("data");
    mihenk_node::Node::add_lists(&data, &[path], &mihenk_node::Model::built_in(), "2026-11-25T06:00:00Z").unwrap();
}

#[test]
fn what_was_wrong_in_a_list_is_said_in_each_language_and_as_it_was_kept_before() {
    let house = House::open();
    adds_list(
        &house,
        "spoiled.ftm.json",
        "{\"id\":\"s-1\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Ali Örnek\"],\"colour\":[\"red\"]}}\n<b>not json\n",
    );
    let cem = house.token("cem");
    let page =
        |language: &str| house.get_as(language, "/lists/spoiled", &cem).text.replace(['\u{2068}', '\u{2069}'], "");
    for (language, line, means, what) in [
        ("en", "line 2", "May be missing", "The line was not read: expected one JSON object"),
        ("tr", "2. satır", "Eksik olabilir", "Satır okunmadı: tek bir JSON nesnesi beklenir"),
        ("fa", "سطر ۲", "شاید کم باشد", "سطر خوانده نشد: یک شیء JSON لازم است"),
    ] {
        let page = page(language);
        assert!([line, means, what].iter().all(|text| page.contains(text)), "{language}: {page}");
        assert!(page.contains("&#60;b&#62;not json") && !page.contains("<b>not json"), "{language}: {page}");
    }
    let kept = house.folder.path().join("data/lists/spoiled");
    for version in std::fs::read_dir(kept).unwrap().flatten() {
        std::fs::remove_file(version.path().join("findings.json")).unwrap();
    }
    let before = page("tr");
    assert!(
        before.contains("Eksik olabilir")
            && before.contains("<span lang=\"en\" dir=\"ltr\">")
            && before.contains("spoiled.ftm.json: line 2"),
        "{before}"
    );
}

#[test]
fn what_an_update_did_and_would_do_is_shown_and_removals_are_decided_with_a_reason() {
    let house = House::open();
    let cem = house.token("cem");
    let page = |path: &str| house.get(path, Some(&cem)).text.replace(['\u{2068}', '\u{2069}'], "");
    assert!(page("/lists/deneme/diff").contains("Only one version"), "{}", page("/lists/deneme/diff"));
    house.updates_list();
    let counts = |page: &str| {
        let figure = |part: &str| part.split("</b>").next().unwrap().to_owned();
        page.split("<div class=\"figures\">")
            .nth(1)
            .unwrap()
            .split("<b>")
            .skip(1)
            .take(4)
            .map(figure)
            .collect::<Vec<_>>()
    };
    // One is new, two are listed otherwise, and of these two customers are found: K-101, K-107 and K-108 by d-1, K-103 by d-3.
    let changed = page("/lists/deneme/diff?of=changed");
    assert_eq!(counts(&changed)[..3], ["1", "2", "0"], "{changed}");
    assert!(changed.contains("<ins>") && changed.contains("Director of examples"), "{changed}");
    assert!(!changed.contains('\u{202E}'), "{changed}");
    let added = page("/lists/deneme/diff?of=added");
    assert!(added.contains("Yeni &#60;b&#62;Örnekgil") && !added.contains("Director of examples"), "{added}");
    // What waits: accepting would let d-6 go.
    let waiting = page("/lists/deneme/diff?to=waiting");
    assert_eq!(counts(&waiting)[..3], ["0", "0", "1"], "{waiting}");
    assert!(waiting.contains("/entity/d-6") && waiting.contains("action=\"/lists/deneme/removals\""), "{waiting}");
    // A viewer sees it and has no form; whoever may not decide is refused; a reason is needed.
    let veli = house.token("veli");
    assert!(!house.get("/lists/deneme/diff?to=waiting", Some(&veli)).text.contains("/lists/deneme/removals"));
    assert_eq!(house.posts("/lists/deneme/removals", &veli, "decision=accept&why=x").status, 403);
    assert_eq!(house.posts("/lists/deneme/removals", &cem, "decision=accept&why=").status, 422);
    assert!(page("/lists/deneme").contains("waits for a decision"), "{}", page("/lists/deneme"));
    let done = house.posts("/lists/deneme/removals", &cem, "decision=accept&why=Delisted+by+order+EX-9");
    assert_eq!(done.status, 303, "{}", done.text);
    assert!(!page("/lists/deneme").contains("waits for a decision"), "{}", page("/lists/deneme"));
    assert_eq!(house.posts("/lists/deneme/removals", &cem, "decision=reject&why=x").status, 422, "nothing waits");
    let events = house.get("/audit?subject=lists", Some(&house.token("deniz"))).text;
    assert!(events.contains("lists accept deneme: Delisted by order EX-9"), "{events}");
    // The page of a party says what changed, of its listing too.
    let entity = page("/entity/d-1");
    let turns = entity.split("id=\"changes\"").nth(1).unwrap();
    assert!(turns.contains("<ins><bdi>Director of examples</bdi></ins>"), "{turns}");
    assert!(turns.contains("<del><bdi>Council of Examples</bdi></del>") && turns.contains("Listing"), "{turns}");
    assert!(page("/entity/d-4").contains("Nothing has changed in the versions"), "{}", page("/entity/d-4"));
    // Any two versions can be compared, and nothing that is none is opened.
    let versions = page("/lists/deneme");
    let first = versions.split("diff?from=").nth(2).unwrap().split(['"', '&']).next().unwrap().to_owned();
    let compared = page(&format!("/lists/deneme/diff?from={first}&to=2026-11-23"));
    assert!(compared.contains("<div class=\"figures\">"), "{compared}");
    for wrong in ["zzzz", "..%2F..%2Fstore.sqlite", "%2Fetc%2Fpasswd"] {
        let answer = house.get(&format!("/lists/deneme/diff?from={wrong}&to=waiting"), Some(&cem));
        assert!(!answer.text.contains("root:") && !answer.text.contains("SQLite"), "{wrong}");
    }
    assert_eq!(house.get("/lists/none/diff", Some(&cem)).status, 404);
}

#[test]
fn what_an_update_would_do_is_looked_at_before_it_is_in_use() {
    let house = House::open();
    let cem = house.token("cem");
    let page = |path: &str| house.get(path, Some(&cem)).text.replace(['\u{2068}', '\u{2069}'], "");
    let sent = |deed: &str| {
        let answer = house.posts(&format!("/lists/deneme/{deed}"), &cem, "");
        assert_eq!(answer.status, 303, "{}", answer.text);
        answer.header("location").to_owned()
    };
    let nowhere = page(&sent("look"));
    assert!(nowhere.contains("no address of"), "{nowhere}");
    let listener = house.runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
    let url = format!("http://{}/list", listener.local_addr().unwrap());
    let publisher = axum::Router::new().route("/list", axum::routing::get(async || House::newer_list()));
    house.runtime.spawn(async move { axum::serve(listener, publisher).await });
    let settings = house.folder.path().join("data/sources.toml");
    std::fs::write(&settings, format!("[source.deneme]\nurl = \"{url}\"\n")).unwrap();
    let live = || page("/lists/deneme").split("<tr>").find(|row| row.contains("in use</span>")).unwrap().to_owned();
    let before = live();
    let looked = page(&sent("look"));
    assert!(looked.contains("There is a newer version"), "{looked}");
    assert_eq!(live(), before, "what is in use stays");
    let see =
        looked.split("href=\"/lists/deneme/diff?from=").find(|part| part.contains("See what it would do")).unwrap();
    let see = format!("/lists/deneme/diff?from={}", see.split('"').next().unwrap().replace("&amp;", "&"));
    let would = page(&format!("{see}&of=changed"));
    assert!(would.contains("Director of examples") && would.contains("was fetched and is not in use"), "{would}");
    assert!(page(&sent("update")).contains("A newer version is in use."));
    assert_ne!(live(), before);
    assert!(page(&sent("look")).contains("There is nothing new."));
    assert!(!page(&see).contains("was fetched and is not in use"));
    // An address that does not answer is said, and nothing else changes.
    let after = live();
    std::fs::write(&settings, format!("[source.deneme]\nurl = \"{url}-nowhere\"\n")).unwrap();
    assert!(page(&sent("look")).contains("It could not be fetched"));
    assert_eq!(live(), after);
}

#[test]
fn a_second_person_sees_facts_alone_on_the_page_of_the_alert_too() {
    let house = House::open();
    let [alert, ..] = house.works();
    let (dilek, veli) = (house.token("dilek"), house.token("veli"));
    let page = |token| house.get(&format!("/alerts/{alert}"), Some(token)).text;
    assert!(
        !page(&dilek).contains("Doğum tarihleri başka"),
        "the reason is not there before the second person has a view"
    );
    assert!(page(&veli).contains("Doğum tarihleri başka"));
    house.posts(&format!("/review/{alert}/view"), &dilek, "view=clear&note=They+differ");
    assert!(page(&dilek).contains("Doğum tarihleri başka"));
}

#[test]
fn a_document_comes_back_as_it_was_and_is_never_shown() {
    let house = House::open();
    let [_, case, ..] = house.works();
    let cem = house.token("cem");
    let answer = house.sends_file(&format!("/cases/{case}/attach"), &cem, &[], "<script>alert(3)</script>");
    assert_eq!(answer.status, 303, "{}", answer.text);
    let page = house.get(&format!("/cases/{case}"), Some(&cem)).text;
    let id: String = page.split("/documents/").nth(1).unwrap().chars().take_while(|c| *c != '"').collect();
    let document = house.get(&format!("/documents/{id}"), Some(&cem));
    assert_eq!(document.text, "<script>alert(3)</script>");
    assert_eq!(document.header("content-type"), "application/octet-stream");
    assert!(document.header("content-disposition").starts_with("attachment;"));
    assert!(document.header("content-security-policy").contains("sandbox"));
}

#[test]
fn a_complaint_is_decided_by_two_and_everybody_who_got_the_wrong_record_is_told() {
    let house = House::open();
    let (cem, dilek) = (house.token("cem"), house.token("dilek"));
    let alert = house.alerts().remove(4);
    let customer = alerts::show(&house.seat("veli"), &alert.parse().unwrap()).unwrap().detail.alert.customer;
    let said = format!("customer={customer}&complaint=Not+me&alerts={alert}&received=2026-11-20");
    let opened = house.posts("/redress", &cem, &said);
    assert_eq!(opened.status, 303, "{}", opened.text);
    let page = opened.header("location").to_owned();
    let post = |deed: &str, token, body: &str| house.posts(&format!("{page}/{deed}"), token, body);
    assert!(house.get("/redress", Some(&cem)).text.contains("Propose what was found"));
    assert_eq!(post("recipient", &cem, "name=Deneme+Bank&received=an+inquiry&why=letter+12").status, 303);
    // There is no letter before two people have decided.
    let early = house.get(&format!("{page}/letter"), Some(&cem));
    assert!(early.status == 422 && early.text.contains("there is no letter yet"), "{}", early.text);
    assert_eq!(post("propose", &cem, "found=wrongly-matched&because=birth-date&why=Another+year").status, 303);
    assert_eq!(state(&house, &alert), "new", "one person alone clears nothing");
    assert_eq!(post("confirm", &cem, "").status, 403);
    assert!(!house.get(&page, Some(&cem)).text.contains("/confirm\""), "nobody is offered to confirm their own");
    assert_eq!(post("confirm", &dilek, "").status, 303);
    assert_eq!(state(&house, &alert), "cleared");
    let letter = house.get(&format!("{page}/letter"), Some(&cem)).text;
    assert!(letter.contains("The ombudsman of the banks") && !letter.contains(alert.as_str()), "{letter}");
    let correction = house.get(&format!("{page}/letter?to=Deneme%20Bank"), Some(&cem)).text;
    assert!(correction.contains("Deneme Bank"), "{correction}");
    assert_eq!(post("answered", &cem, "how=letter&on=").status, 303);
    let again = post("answered", &cem, "how=letter&on=");
    assert!(again.status == 422 && again.text.contains("was answered on"), "{}", again.text);
    assert_eq!(post("corrected", &cem, "to=Deneme+Bank&how=e-mail&on=").status, 303);
    let page = house.get(&page, Some(&cem)).text;
    assert!(page.contains("all done") && !page.contains("What is to be done"), "{page}");
}

#[test]
fn a_proposal_about_a_complaint_is_declined_and_it_is_open_again() {
    let house = House::open();
    house.works();
    let page = format!("/redress/{}", house.complaint());
    let (cem, dilek) = (house.token("cem"), house.token("dilek"));
    let proposed = house.posts(&format!("{page}/propose"), &cem, "found=cannot-be-told&why=Too+little+is+known");
    assert_eq!(proposed.status, 303, "{}", proposed.text);
    let shown = house.get(&page, Some(&dilek)).text;
    assert!(shown.contains("it cannot be told") && shown.contains("/confirm"), "{shown}");
    assert_eq!(house.posts(&format!("{page}/decline"), &dilek, "why=Ask+for+the+passport").status, 303);
    assert!(house.get(&page, Some(&cem)).text.contains("/propose"));
}

#[test]
fn a_draft_stands_where_it_was_typed_until_it_is_sent() {
    let house = House::open();
    let [alert, _, held, _] = house.works();
    let cem = house.token("cem");
    let keep = |place: &str, text: &str| {
        let answer = house.posts("/drafts", &cem, &format!("place={}&text={text}", place.replace('/', "%2F")));
        assert_eq!(answer.status, 204, "{}", answer.text);
    };
    let has = |page: &str| house.get(page, Some(&cem)).text.contains(">Yarım kalan neden</textarea>");
    // An alert that was cleared is opened again with a reason.
    for (place, page) in [
        (format!("{held}/release"), format!("/freezes/{held}")),
        ("freezes/new".to_owned(), "/freezes/new".to_owned()),
        (format!("{alert}/reopen"), format!("/alerts/{alert}")),
    ] {
        assert!(!has(&page), "{page}");
        keep(&place, "Yar%C4%B1m+kalan+neden");
        assert!(has(&page), "{page}");
    }
    let release = house.posts(&format!("/freezes/{held}/release"), &cem, "asset=1&why=Yar%C4%B1m+kalan+neden");
    assert_eq!(release.status, 303, "{}", release.text);
    let kept = mihenk_node::drafts::of(&house.seat("cem")).unwrap();
    assert!(!kept.contains_key(&format!("{held}/release")) && kept.contains_key("freezes/new"), "{kept:?}");
}
