//! Lists by forms: what was looked at is what is put in use, and who was kept can go later.
//!
//! In come fields as a browser sends them and a publisher on the loopback interface, out come pages and which version is in use then.

use std::sync::{Arc, Mutex};

use mihenk_node::ledger::people::Token;

use crate::house::House;

fn page(house: &House, language: &str, path: &str, token: &Token) -> String {
    house.get_as(language, path, token).text.replace(['\u{2068}', '\u{2069}'], "")
}

/// A publisher whose file can be exchanged.
fn publisher(house: &House) -> Arc<Mutex<String>> {
    let content = Arc::new(Mutex::new(House::newer_list()));
    let listener = house.runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
    let url = format!("http://{}/list", listener.local_addr().unwrap());
    let has = content.clone();
    let get = axum::routing::get(async move || has.lock().unwrap().clone());
    let router = axum::Router::new().route("/list", get);
    house.runtime.spawn(async move { axum::serve(listener, router).await });
    let settings = house.folder.path().join("data/sources.toml");
    std::fs::write(settings, format!("[source.deneme]\nurl = \"{url}\"\n")).unwrap();
    content
}

fn sent(house: &House, deed: &str, token: &Token, body: &str) -> String {
    let answer = house.posts(&format!("/lists/deneme/{deed}"), token, body);
    assert_eq!(answer.status, 303, "{}", answer.text);
    answer.header("location").to_owned()
}

fn in_use(house: &House) -> String {
    let folder = mihenk_node::folder::Folder::new(house.data());
    let lists = mihenk_node::lists::show(&folder).unwrap();
    lists.into_iter().find(|list| list.dataset == "deneme").unwrap().version
}

/// The version that a form on the page would put in use.
fn offered(page: &str) -> String {
    let form = page.split("action=\"/lists/deneme/update\"").nth(1).expect("a form to bring it up to date");
    form.split("name=\"version\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

#[test]
fn what_is_put_in_use_is_the_file_that_was_looked_at_and_never_another() {
    let house = House::open();
    let cem = house.token("cem");
    let content = publisher(&house);
    let before = in_use(&house);
    let looked = page(&house, "en", &sent(&house, "look", &cem, ""), &cem);
    let see = looked.split("/lists/deneme/diff?from=").nth(1).unwrap().split('"').next().unwrap().replace("&amp;", "&");
    let see = format!("/lists/deneme/diff?from={see}");
    let first = offered(&page(&house, "en", &see, &cem));
    // Meanwhile the publisher has somebody else as well.
    let other = format!(
        "{}\n{}",
        House::newer_list(),
        r#"{"id":"d-8","schema":"Person","datasets":["deneme"],"properties":{"name":["Sonradan Örnekoğlu"],"topics":["sanction"]}}"#
    );
    *content.lock().unwrap() = other;
    let shown = sent(&house, "update", &cem, &format!("version={first}"));
    assert_eq!(in_use(&house), before, "nothing is put in use that nobody has seen");
    for (language, says) in
        [("en", "another version by now"), ("tr", "baktığınızdan başka bir sürüm"), ("fa", "نسخه‌ای جز آنچه دیدید")]
    {
        let would = page(&house, language, &format!("{shown}&of=added"), &cem);
        assert!(would.contains(says) && would.contains("Sonradan Örnekoğlu"), "{language}: {would}");
    }
    let second = offered(&page(&house, "en", &shown, &cem));
    assert_ne!(first, second);
    // What was looked at now is put in use, with whoever is gone held back as ever.
    let place = sent(&house, "update", &cem, &format!("version={second}"));
    let mut done = page(&house, "en", &place, &cem);
    while done.contains("data-again") {
        std::thread::sleep(std::time::Duration::from_millis(200));
        done = page(&house, "en", &place, &cem);
    }
    assert!(done.contains("A newer version is in use."), "{done}");
    let folder = mihenk_node::folder::Folder::new(house.data());
    let list = mihenk_node::lists::show(&folder).unwrap().remove(0);
    assert_eq!(list.version, second, "those who are held stand beside what the publisher has");
    assert_eq!(list.waiting(), ["d-6"]);
    // What is asked for is recorded with the version.
    let events = page(&house, "en", "/audit?subject=lists", &house.token("deniz"));
    assert!(events.contains(&format!("lists update deneme to {second}")), "{events}");
    // The version that was in use before is nothing that the publisher has.
    assert!(
        page(&house, "en", &sent(&house, "update", &cem, &format!("version={before}")), &cem).contains("nothing new")
    );
}

#[test]
fn who_was_kept_can_be_let_go_later_in_the_version_that_was_looked_at() {
    let house = House::open();
    let cem = house.token("cem");
    house.updates_list();
    let version = in_use(&house);
    let removals = "/lists/deneme/removals";
    for (language, says) in
        [("en", "is another version now"), ("tr", "artık baktığınızdan"), ("fa", "جز آن است که دیدید")]
    {
        let stale = house.posts_as(language, removals, &cem, "decision=accept&why=x&version=20200101-abcd");
        assert_eq!(stale.status, 422, "{}", stale.text);
        assert!(stale.text.contains(says) && !stale.text.contains("class=\"original\""), "{}", stale.text);
    }
    sent(&house, "removals", &cem, &format!("decision=reject&why=The+order+stands&version={version}"));
    // They stay, they are named, and the way to let them go is there, for whoever keeps lists.
    let list = page(&house, "en", "/lists/deneme", &cem);
    assert!(list.contains("Let the one go who was kept?") && list.contains("/entity/d-6"), "{list}");
    let viewer = page(&house, "en", "/lists/deneme", &house.token("veli"));
    assert!(viewer.contains("Stay by a decision") && !viewer.contains("/lists/deneme/removals"), "{viewer}");
    let would = page(&house, "en", "/lists/deneme/diff?to=waiting", &cem);
    assert!(would.contains("/entity/d-6") && would.contains("/lists/deneme/removals"), "{would}");
    sent(&house, "removals", &cem, &format!("decision=accept&why=Order+EX-9+was+lifted&version={}", in_use(&house)));
    let list = page(&house, "en", "/lists/deneme", &cem);
    assert!(!list.contains("Stay by a decision") && !list.contains(removals), "{list}");
    let none = house.posts_as("fa", removals, &cem, "decision=accept&why=x");
    assert_eq!(none.status, 422);
    assert!(none.text.contains("منتظر تصمیم نیست"), "{}", none.text);
}

#[test]
fn the_overview_says_how_fast_work_goes_and_how_often_a_list_is_for_nothing() {
    let house = House::open();
    let (cem, veli) = (house.token("cem"), house.token("veli"));
    let nothing = page(&house, "en", "/dashboard", &veli);
    assert!(nothing.contains("<b>—</b><span>decided an hour"), "{nothing}");
    let alerts = house.alerts();
    // Two are somebody else, one becomes a case: three decisions in two hours, two of three for nothing.
    let does = |path: String, body: &str| assert_eq!(house.posts(&path, &cem, body).status, 303, "{path}");
    does(format!("/alerts/{}/clear", alerts[0]), "reason=birth-date&note=Dates");
    does(format!("/alerts/{}/escalate", alerts[1]), "case=&title=T&basis=Law&note=Why");
    house.goes_on(3_600_000);
    does(format!("/alerts/{}/clear", alerts[2]), "reason=birth-date&note=Dates");
    for (language, pace, share) in
        [("en", "<b>1.5</b>", "66%"), ("tr", "<b>1,5</b>", "%66"), ("fa", "<b>۱٫۵</b>", "۶۶")]
    {
        let shown = page(&house, language, "/dashboard", &veli);
        let rows = shown.split("id=\"by-list\"").nth(1).unwrap().split("</section>").next().unwrap();
        assert!(shown.contains(pace), "{language}: {shown}");
        assert!(rows.contains("/lists/deneme") && rows.contains(share), "{language}: {rows}");
    }
}
