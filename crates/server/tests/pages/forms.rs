//! Forms without any script: what can be taken back and until when, files of customers, what a second person sees.

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
    let revision: String = page.split("name=\"revision\" value=\"").nth(1).unwrap().chars().take_while(|c| *c != '"').collect();
    house.posts(&format!("/alerts/{alert}/clear"), &cem, "reason=birth-date&note=Dates");
    let body = format!("reason=document&note=Numbers+differ&revision={revision}");
    let answer = house.posts(&format!("/alerts/{alert}/clear"), &elif, &body);
    assert_eq!(answer.status, 409, "{}", answer.text);
    assert!(answer.text.contains("Numbers differ"), "what was typed is on the page: {}", answer.text);
}

#[test]
fn rows_that_failed_are_said_and_the_others_are_in() {
    let house = House::open();
    let token = house.token("cem");
    let content = "id,kind,name,birth_date,country,shoe\nK-201,person,Ayla Deneme,1990-01-01,TR,38\n,person,Nobody,1990,TR,40\n";
    let answer = house.sends_file("/customers/import", &token, &[("portfolio", "retail")], content);
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert!(answer.text.contains("line 3"), "{}", answer.text);
    assert!(answer.text.contains("shoe"), "the column that is not understood is named: {}", answer.text);
    assert!(house.get("/customers", Some(&token)).text.contains("Ayla Deneme"));
    let refused = house.sends_file("/customers/import", &house.token("veli"), &[("portfolio", "retail")], content);
    assert_eq!(refused.status, 403);
}

#[test]
fn a_second_person_sees_facts_alone_on_the_page_of_the_alert_too() {
    let house = House::open();
    let [alert, ..] = house.works();
    let (dilek, veli) = (house.token("dilek"), house.token("veli"));
    let page = |token| house.get(&format!("/alerts/{alert}"), Some(token)).text;
    assert!(!page(&dilek).contains("Doğum tarihleri başka"), "the reason is not there before the second person has a view");
    assert!(page(&veli).contains("Doğum tarihleri başka"));
    house.posts(&format!("/review/{alert}/view"), &dilek, "view=clear&note=They+differ");
    assert!(page(&dilek).contains("Doğum tarihleri başka"));
}
