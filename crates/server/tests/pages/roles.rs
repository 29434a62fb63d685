//! Every page as every role: what is allowed is a page, what is not is refused in words, and nobody gets anywhere without signing in.

use mihenk_node::ledger::people::Role;

use crate::house::{House, PEOPLE};

/// Pages, and the roles that may open them; every role when empty.
fn pages(house: &House) -> Vec<(String, Vec<Role>)> {
    use Role::{Analyst, Approver, Auditor, Officer, Viewer};
    let see = vec![Viewer, Analyst, Approver, Officer, Auditor];
    let alert = house.alerts().remove(0);
    vec![
        ("/work".to_owned(), see.clone()),
        (format!("/alerts/{alert}"), see.clone()),
        ("/screen?q=Zerrin+Ornekoglu".to_owned(), Vec::new()),
        ("/scan".to_owned(), Vec::new()),
    ]
}

#[test]
fn each_page_is_for_its_roles_and_for_nobody_who_is_not_signed_in() {
    let house = House::open();
    let pages = pages(&house);
    for (path, _) in &pages {
        let answer = house.get(path, None);
        assert_eq!(answer.status, 303, "{path}");
        assert!(answer.header("location").starts_with("/login?next="), "{path}");
        assert!(!answer.text.contains("rnekoglu"), "{path}");
    }
    let everybody = PEOPLE.iter().copied().chain([("ayse", Role::Administrator)]);
    for (name, role) in everybody {
        let token = house.token(name);
        for (path, roles) in &pages {
            let answer = house.get(path, Some(&token));
            let may = roles.is_empty() || roles.contains(&role);
            assert_eq!(answer.status, if may { 200 } else { 403 }, "{name} at {path}: {}", answer.text);
            assert_eq!(answer.header("content-type"), "text/html; charset=utf-8", "{path}");
            assert!(answer.header("content-security-policy").starts_with("default-src 'none'"), "{path}");
            assert!(!answer.text.contains("style=\"") && !answer.text.contains("<script>"), "{path}");
        }
    }
}
