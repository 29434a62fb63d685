//! People at a node, from the command line: the first start, signing in, roles by two, proof, backup.
//!
//! An [`Office`] is also where tests of other commands find people who have signed in.

use serde_json::Value;

use crate::world::{Said, World};

/// A world with people in it, who have chosen their passwords.
pub(crate) struct Office {
    pub(crate) world: World,
}

fn password(name: &str) -> String {
    format!("correct horse {name}")
}

impl Office {
    /// Ayşe and Bahram are administrators, Cem is an analyst, Dilek analyst and approver, Elif an auditor.
    pub(crate) fn open(world: World) -> Office {
        let office = Office { world };
        let made = office.world.run(&["user", "init", "ayse", "bahram", "--json"]).done().json();
        for user in made[0].as_array().unwrap() {
            office.chooses(user["name"].as_str().unwrap(), user["first_password"].as_str().unwrap());
        }
        for (name, roles) in [("cem", &["analyst"][..]), ("dilek", &["analyst", "approver"]), ("elif", &["auditor"])] {
            office.add(name, roles);
        }
        office
    }

    fn chooses(&self, name: &str, first: &str) {
        self.world.run_with(&["login", name, "--password-stdin"], first.as_bytes()).done();
        let lines = format!("{first}\n{}\n", password(name));
        self.world.run_with(&["user", "password", "--stdin"], lines.as_bytes()).done();
    }

    fn add(&self, name: &str, roles: &[&str]) {
        let roles = roles.iter().flat_map(|role| ["--role", role]);
        let arguments: Vec<&str> =
            ["user", "add", name, "--reason", "joins", "--json"].into_iter().chain(roles).collect();
        let proposed = self.by("ayse", &arguments).done().json();
        let confirmed =
            self.by("bahram", &["user", "confirm", proposed[0]["proposed"].as_str().unwrap(), "--json"]).done();
        self.chooses(name, confirmed.json()[0]["first_password"].as_str().unwrap());
    }

    /// Runs a command as a user.
    pub(crate) fn by(&self, name: &str, arguments: &[&str]) -> Said {
        self.world.run_with(&["login", name, "--password-stdin"], password(name).as_bytes()).done();
        self.world.run(arguments)
    }
}

#[test]
fn a_node_has_people_and_each_change_takes_two() {
    let office = Office::open(World::new());
    let refused = office.by("ayse", &["user", "init", "x", "y"]);
    refused.refused(&["there are users already"]);
    let proposed = office.by("ayse", &["user", "grant", "cem", "approver", "--reason", "stands in", "--json"]).done();
    let id = proposed.json()[0]["proposed"].as_str().unwrap().to_owned();
    office.by("ayse", &["user", "confirm", &id]).refused(&["was proposed by you"]);
    office.by("cem", &["user", "confirm", &id]).refused(&["cem may not do this", "administrator"]);
    let list = office.by("bahram", &["user", "list"]).done().out;
    assert!(list.contains("U-1   ayse    administrator\n") && list.contains("becomes approver"), "{list}");
    office.by("bahram", &["user", "decline", &id, "--reason", " "]).refused(&["a reason is needed"]);
    office.by("bahram", &["user", "confirm", &id]).done();
    let users = office.by("bahram", &["user", "list", "--json"]).done().json();
    let cem = users[0]["users"].as_array().unwrap().iter().find(|user| user["name"] == "cem").unwrap();
    assert_eq!(cem["roles"], serde_json::json!(["analyst", "approver"]));
}

#[test]
fn the_first_start_makes_the_key_of_documents_and_says_so() {
    let world = World::new();
    let made = world.run(&["user", "init", "ayse", "bahram"]).done();
    assert!(made.err.contains("store.key") && made.err.contains("keep a copy"), "{}", made.err);
    assert!(world.path("data").join("store.key").exists());
}

#[test]
fn nobody_acts_unless_they_are_signed_in() {
    let office = Office::open(World::new());
    office.world.run_with(&["login", "ayse", "--password-stdin"], b"guess").refused(&["name or password is wrong"]);
    office.by("ayse", &["logout"]).done();
    office.world.run(&["user", "list"]).refused(&["nobody is signed in", "mihenk login"]);
    let token = office
        .world
        .run_with(&["login", "ayse", "--print", "--password-stdin"], password("ayse").as_bytes())
        .done()
        .out;
    let mut command = office.world.command(&["user", "list"]);
    assert!(command.env("MIHENK_SESSION", token.trim()).output().unwrap().status.success());
}

#[test]
fn an_auditor_proves_the_chain_and_hands_out_a_range() {
    let office = Office::open(World::new());
    let head = office.by("elif", &["audit", "head"]).done().out.trim().to_owned();
    office.by("cem", &["audit", "verify"]).refused(&["it takes the role auditor"]);
    let whole = office.by("elif", &["audit", "verify", "--kept", &head, "--json"]).done().json();
    assert_eq!(whole[0]["whole"], true);
    let other = format!("{}:{}", head.split(':').next().unwrap(), "0".repeat(64));
    let broken = office.by("elif", &["audit", "verify", "--kept", &other]);
    assert_eq!(broken.code, 2);
    assert!(broken.out.starts_with("broken: "), "{}", broken.out);
    let file = office.world.text("range.jsonl");
    office.by("elif", &["audit", "export", "--from", "2", "--to", "9", "--out", &file]).done();
    office.by("elif", &["audit", "export", "--out", &file]).refused(&["range.jsonl"]);
    // Whoever has the file needs neither a store nor a name.
    let outside = World::new();
    let text = office.world.read("range.jsonl");
    let whole = outside.run(&["audit", "verify", &outside.write("whole.jsonl", &text), "--json"]).done().json();
    assert_eq!((&whole[0]["first"], &whole[0]["last"]), (&Value::from(2), &Value::from(9)));
    let changed = text.replacen("people.password-chosen", "people.signed-in", 1);
    assert_ne!(changed, text);
    let broken = outside.run(&["audit", "verify", &outside.write("changed.jsonl", &changed)]);
    assert_eq!(broken.code, 2);
    assert!(broken.out.starts_with("broken: line "), "{}", broken.out);
}

#[test]
fn what_was_done_is_shown_with_who_did_it() {
    let office = Office::open(World::new());
    let shown = office.by("elif", &["audit", "show", "--actor", "ayse", "--kind", "people.proposed"]).done().out;
    assert_eq!(shown.lines().count(), 4, "three were added: {shown}");
    let lines = office.by("elif", &["audit", "show", "--kind", "access", "--json"]).done().json();
    assert_eq!(lines[0]["body"]["request"], "audit show", "looking is an event itself");
    office.by("elif", &["audit", "show", "--from", "yesterday"]).refused(&["\"yesterday\" is no time"]);
}

#[test]
fn a_backup_is_put_back_and_a_cut_one_is_refused() {
    let office = Office::open(World::new());
    let file = office.world.text("backup");
    office.by("elif", &["backup", &file]).refused(&["administrator"]);
    let made = office.by("ayse", &["backup", &file, "--json"]).done().json();
    office.by("ayse", &["restore", &file]).refused(&["the store is ahead of the backup"]);
    let bytes = std::fs::read(office.world.path("backup")).unwrap();
    let cut = office.world.write("cut", &bytes[..bytes.len() / 2]);
    office.by("ayse", &["restore", &cut, "--replace"]).refused(&["the file is damaged or cut"]);
    // The backup of the compartment beside it is looked at before the store is touched.
    let beside = std::fs::read(office.world.path("backup.compartment")).unwrap();
    let whole = office.world.write("half", &bytes);
    office.world.write("half.compartment", &beside[..beside.len() / 2]);
    let before = office.by("elif", &["audit", "head"]).done().out;
    office.by("ayse", &["restore", &whole, "--replace"]).refused(&["half.compartment", "the file is damaged or cut"]);
    office.by("elif", &["audit", "verify", "--kept", before.trim()]).done();
    let back = office.by("ayse", &["restore", &file, "--replace"]).done().out;
    assert!(back.contains(&format!("{} events are back", made[0]["events"])), "{back}");
    let whole = office.by("elif", &["audit", "verify", "--kept", made[0]["head"].as_str().unwrap()]).done().out;
    assert!(whole.starts_with("whole: "), "{whole}");
}

#[test]
fn two_administrators_exchange_the_key_of_documents() {
    let office = Office::open(World::new());
    let there = office.by("ayse", &["key", "show"]).done().out;
    assert!(!there.contains("no key was made yet"), "it is there from the first start: {there}");
    let open = ["case", "open", "Who owns it", "--legal-basis", "file 1", "--purpose", "to find out", "--json"];
    let case = office.by("cem", &open).done().json().remove(0)["case"].as_str().unwrap().to_owned();
    let letter = office.world.write("letter.txt", "a letter");
    let document = office.by("cem", &["case", "attach", &case, &letter, "--json"]).done().json().remove(0);
    let document = document["attached"].as_str().unwrap().to_owned();
    let exchange = ["key", "exchange", "--reason", "somebody has left"];
    office.by("cem", &exchange).refused(&["it takes the role administrator"]);
    let before = office.by("ayse", &["key", "show", "--json"]).done().json().remove(0)["key"].clone();
    let proposed = office.by("ayse", &exchange).done().out;
    assert!(proposed.contains("another administrator confirms it"), "{proposed}");
    let id = proposed.split_whitespace().find(|word| word.starts_with("N-")).unwrap().trim_end_matches(';').to_owned();
    office.by("ayse", &["user", "confirm", &id]).refused(&["was proposed by you"]);
    let other = office.by("ayse", &["user", "list"]).done().out;
    assert!(other.contains("another key in place of"), "{other}");
    let told = office.by("bahram", &["user", "confirm", &id]).done().out;
    assert!(told.contains("1 document is sealed with it") && told.contains(before.as_str().unwrap()), "{told}");
    let out = office.world.text("back.txt");
    office.by("cem", &["case", "export-attachment", &document, "--out", &out]).done();
    assert_eq!(office.world.read("back.txt"), "a letter");
    let now = office.by("ayse", &["key", "show", "--json"]).done().json().remove(0)["key"].clone();
    assert_ne!(before, now);
}
