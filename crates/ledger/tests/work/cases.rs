//! Cases and documents through the public interface.
//!
//! Each rule has a test that tries to break it; a refused act leaves no event.

use crate::world::{DAY, NOW, World, at, observation, reason, tables_follow_from_events};
use mihenk_ledger::{
    alerts::{self, AlertKind, Observation, State},
    attachments::{self, Key},
    cases::{
        CaseId, PartyKind, graph, queue,
        work::{self, NewCase, NewParty},
    },
    happening,
    people::{self, Change, UserId},
    retention,
};

fn opened(world: &World) -> CaseId {
    let new = NewCase {
        title: "Örnek Ticaret".to_owned(),
        legal_basis: reason("an order of the court, file 12/345"),
        purpose: reason("to find out who owns the account"),
    };
    world.act(|act| work::open(act, &world.ayse, new)).unwrap()
}

fn party(kind: PartyKind, name: &str) -> NewParty {
    NewParty { kind, name: name.to_owned(), role: String::new(), customer: None, entity: None }
}

fn user(who: &mihenk_ledger::Who) -> UserId {
    who.actor.parse().unwrap()
}

#[test]
fn a_case_says_on_what_it_rests_and_what_for() {
    let world = World::new();
    let blank = |title: &str| NewCase { title: title.to_owned(), legal_basis: reason("a"), purpose: reason("b") };
    let said = world.refused(|act| work::open(act, &world.ayse, blank("  ")));
    assert!(said.contains("a title is needed"), "{said}");
    assert!(mihenk_ledger::Reason::new(" \n").is_err(), "neither basis nor purpose can be empty");
    let id = opened(&world);
    let case = world.store.read(|reading| queue::case(reading, &id)).unwrap();
    assert_eq!((case.owner, case.purpose.as_str()), (world.ayse.actor, "to find out who owns the account"));
}

#[test]
fn alerts_that_join_are_escalated_all_or_none() {
    let world = World::new();
    let id = opened(&world);
    let ids = [1, 2, 3].map(|n| world.raise(&observation(n, "un-1")));
    world.act(|act| alerts::work::assign(act, &world.bahram, &ids[2..], &user(&world.bahram), None, None)).unwrap();
    let why = reason("all three pay one account");
    let said = world.refused(|act| work::join_alerts(act, &world.ayse, &id, &ids, &why, None));
    assert!(said.contains("is held by bahram"), "{said}");
    assert_eq!(world.alert(&ids[0]).state, State::New, "none of them");
    world.act(|act| work::join_alerts(act, &world.ayse, &id, &ids[..2], &why, None)).unwrap();
    let alert = world.alert(&ids[0]);
    assert_eq!((alert.state, alert.case.as_deref()), (State::Escalated, Some(id.as_str())));
    let other = opened(&world);
    let said = world.refused(|act| work::join_alerts(act, &world.ayse, &other, &ids[..1], &why, None));
    assert!(said.contains(&format!("is part of {id} already")), "{said}");
    let to_clear = alerts::work::ToClear { reason: "name".into(), note: reason("no"), rule: None };
    let said = world.refused(|act| alerts::work::clear(act, &world.ayse, &world.policy, &ids[..1], &to_clear, None));
    assert!(said.contains("escalated to"), "{said}");
    // What screening finds later belongs to the case's time line, and does not take the alert out.
    let stronger = Observation { kind: AlertKind::Wanted, ..observation(1, "un-1") };
    world.observe(NOW + DAY, &stronger).unwrap();
    assert_eq!(world.alert(&ids[0]).state, State::Escalated);
    let lines = world.store.read(|reading| queue::timeline(reading, &id)).unwrap();
    assert!(lines.is_sorted_by_key(|line| line.seq));
    assert!(lines.last().unwrap().words.contains("the kind is wanted and was sanctions"), "{lines:?}");
    world.act(|act| work::part_alert(act, &world.ayse, &id, &ids[0], reason("by mistake"))).unwrap();
    assert_eq!(world.alert(&ids[0]).state, State::Reopened);
    world.refused(|act| work::part_alert(act, &world.ayse, &id, &ids[0], reason("by mistake")));
}

#[test]
fn a_cleared_alert_can_join_and_its_rule_ends() {
    let world = World::new();
    let alert = world.raise(&observation(1, "un-1"));
    let how = alerts::work::ToClear {
        reason: "name".into(),
        note: reason("another name"),
        rule: Some(alerts::work::RuleUntil::Usual),
    };
    world
        .act(|act| alerts::work::clear(act, &world.ayse, &world.policy, std::slice::from_ref(&alert), &how, None))
        .unwrap();
    let id = opened(&world);
    world
        .act(|act| {
            work::join_alerts(act, &world.bahram, &id, std::slice::from_ref(&alert), &reason("a new document"), None)
        })
        .unwrap();
    assert_eq!(world.alert(&alert).rule, None);
    let rules = world.store.read(|reading| alerts::rules::rules(reading, false)).unwrap();
    assert_eq!(rules, []);
}

#[test]
fn a_graph_joins_what_is_the_same_and_leaves_out_what_was_struck() {
    let world = World::new();
    let id = opened(&world);
    let alert = world.raise(&observation(7, "un-1"));
    world.act(|act| work::join_alerts(act, &world.ayse, &id, &[alert], &reason("x"), None)).unwrap();
    let customer = NewParty {
        customer: Some(alerts::CustomerId::at(7)),
        role: "shareholder".to_owned(),
        ..party(PartyKind::Person, "Zerrin Örnek")
    };
    let person = world.act(|act| work::add_party(act, &world.ayse, &id, customer.clone())).unwrap();
    let said = world.refused(|act| work::add_party(act, &world.ayse, &id, customer));
    assert!(said.contains(&format!("already, as {person}")), "{said}");
    let company =
        world.act(|act| work::add_party(act, &world.ayse, &id, party(PartyKind::Company, "Örnek Ltd"))).unwrap();
    let vessel = world.act(|act| work::add_party(act, &world.ayse, &id, party(PartyKind::Vessel, "MV Örnek"))).unwrap();
    let link = |from: &str, to: &str| {
        world.act(|act| work::link(act, &world.ayse, &id, (from, to), ("owns", "trade register"))).unwrap()
    };
    let owns = link(person.as_str(), company.as_str());
    link("k-7", vessel.as_str());
    link("un-1", company.as_str());
    for (from, to, words) in [
        ("CP-999", "K-7", "is not in C-"),
        ("K-7", person.as_str(), "cannot be tied to itself"),
        ("K-8", "K-7", "right would be K-7"),
    ] {
        let said = world.refused(|act| work::link(act, &world.ayse, &id, (from, to), ("owns", "x")));
        assert!(said.contains(words), "{said}");
    }
    world.refused(|act| work::link(act, &world.ayse, &id, ("K-7", "un-1"), ("owns", " ")));
    let drawn = || graph::of(&world.store.read(|reading| queue::detail(reading, &id)).unwrap());
    let graph = drawn();
    let keys: Vec<&str> = graph.nodes.iter().map(|node| node.key.as_str()).collect();
    assert_eq!(keys, ["K-7", company.as_str(), vessel.as_str(), "un-1"]);
    assert_eq!((graph.nodes[0].role.as_str(), graph.nodes[0].kind), ("shareholder", PartyKind::Person));
    assert_eq!(graph.ties.len(), 4, "three links and the alert");
    world.act(|act| work::strike_link(act, &world.ayse, &id, &owns, reason("another company"))).unwrap();
    world.refused(|act| work::strike_link(act, &world.ayse, &id, &owns, reason("again")));
    world.act(|act| work::strike_party(act, &world.ayse, &id, &vessel, reason("sold in 2019"))).unwrap();
    let graph = drawn();
    assert_eq!((graph.nodes.len(), graph.ties.len()), (3, 2));
}

#[test]
fn tasks_are_due_and_keep_a_case_open() {
    let world = World::new();
    let id = opened(&world);
    let due = jiff::civil::date(2026, 12, 1);
    let past = jiff::civil::date(2026, 11, 25);
    let said = world.refused(|act| work::set_task(act, &world.ayse, &id, "ask the bank", past, &user(&world.bahram)));
    assert!(said.contains("2026-11-25 is past"), "{said}");
    let task =
        world.act(|act| work::set_task(act, &world.ayse, &id, "ask the bank", due, &user(&world.bahram))).unwrap();
    let mine = world.store.read(|reading| queue::tasks_of(reading, &world.bahram.actor)).unwrap();
    assert_eq!(mine.iter().map(|task| task.what.as_str()).collect::<Vec<_>>(), ["ask the bank"]);
    assert!(!mine[0].is_overdue(NOW + 5 * DAY), "1 December is the day itself");
    assert!(mine[0].is_overdue(NOW + 6 * DAY));
    let said = world.refused(|act| work::close(act, &world.ayse, &id, reason("done"), None));
    assert!(said.contains("tasks that are not done") && said.contains("ask the bank"), "{said}");
    world.act(|act| work::task_done(act, &world.bahram, &task, Some(reason("they answered")))).unwrap();
    let said = world.refused(|act| work::task_done(act, &world.ayse, &task, None));
    assert!(said.contains("was done by bahram on 2026-11-26"), "{said}");
    world.act(|act| work::close(act, &world.ayse, &id, reason("no tie was found"), None)).unwrap();
    for said in [
        world.refused(|act| work::note(act, &world.ayse, &id, reason("later"))),
        world.refused(|act| work::add_party(act, &world.ayse, &id, party(PartyKind::Person, "Cem"))),
        world.refused(|act| work::close(act, &world.ayse, &id, reason("again"), None)),
    ] {
        assert!(said.contains("was closed on 2026-11-26 (no tie was found)"), "{said}");
    }
    world.act(|act| work::reopen(act, &world.bahram, &id, reason("a new document"))).unwrap();
    let case = world.store.read(|reading| queue::case(reading, &id)).unwrap();
    assert!(case.is_open() && case.owner == world.bahram.actor);
}

#[test]
fn a_case_is_handed_over_when_the_other_accepts() {
    let world = World::new();
    let id = opened(&world);
    let why = || reason("on leave from Monday");
    let said = world.refused(|act| work::offer(act, &world.bahram, &id, &user(&world.bahram), why()));
    assert!(said.contains("is ayse's case"), "{said}");
    world.refused(|act| work::offer(act, &world.ayse, &id, &user(&world.ayse), why()));
    let said = world.refused(|act| work::accept(act, &world.bahram, &id));
    assert!(said.contains("is not offered to you"), "{said}");
    world.act(|act| work::offer(act, &world.ayse, &id, &user(&world.bahram), why())).unwrap();
    world.refused(|act| work::accept(act, &world.ayse, &id));
    world.act(|act| work::decline(act, &world.bahram, &id, reason("too much already"))).unwrap();
    world.refused(|act| work::accept(act, &world.bahram, &id));
    world.act(|act| work::offer(act, &world.ayse, &id, &user(&world.bahram), why())).unwrap();
    world.act(|act| work::accept(act, &world.bahram, &id)).unwrap();
    let case = world.store.read(|reading| queue::case(reading, &id)).unwrap();
    assert_eq!((case.owner, case.offered_to), (world.bahram.actor.clone(), None));
    world.refused(|act| work::close(act, &world.ayse, &id, reason("x"), None));
}

#[test]
fn two_who_close_at_once_do_not_overwrite_each_other() {
    let world = World::new();
    let id = opened(&world);
    let seen = world.store.read(|reading| happening::revision(reading, id.as_str())).unwrap();
    world.act(|act| work::note(act, &world.bahram, &id, reason("the bank has answered"))).unwrap();
    let said = world.refused(|act| work::close(act, &world.ayse, &id, reason("no answer"), Some(seen)));
    assert!(said.contains("case.noted by U-2"), "{said}");
}

#[test]
fn a_document_is_sealed_and_comes_back_as_it_was() {
    let world = World::new();
    let (id, alert) = (opened(&world), world.raise(&observation(1, "un-1")));
    let key = Key::generate().unwrap();
    let content = "a letter that nobody else may read".repeat(100);
    let attach = |name: &str, content: &str| {
        world.act(|act| work::attach(act, &world.ayse, &id, &key, name, content.as_bytes()))
    };
    let document = attach("../../etc/letter.pdf", &content).unwrap();
    let (found, back) = world.store.read(|reading| attachments::content(reading, &key, &document)).unwrap();
    assert_eq!((found.name.as_str(), back.as_slice()), ("letter.pdf", content.as_bytes()));
    assert_eq!(found.sha256.len(), 64);
    for name in ["", "..", "a/", "\n"] {
        assert!(attach(name, "x").is_err(), "{name:?}");
    }
    assert!(attach("empty", "").unwrap_err().to_string().contains("is empty"));
    world.act(|act| alerts::work::attach(act, &world.bahram, &alert, &key, "passport.jpg", b"jpeg")).unwrap();
    let raw = world
        .store
        .read(|reading| mihenk_store::Query::query(reading, "SELECT sealed FROM attachment_contents", &[]))
        .unwrap();
    for row in &raw {
        let sealed = row.bytes(0).unwrap();
        assert!(!sealed.windows(6).any(|window| window == b"letter"));
    }
    // One sealed content in another's place is found out.
    world.store.act::<_, mihenk_store::StoreError>(|act| {
        act.execute("UPDATE attachment_contents SET sealed = (SELECT sealed FROM attachment_contents WHERE id <> $1), nonce = (SELECT nonce FROM attachment_contents WHERE id <> $1) WHERE id = $1", mihenk_store::params![&document])
    }).unwrap();
    let said = world.store.read(|reading| attachments::content(reading, &key, &document)).unwrap_err().to_string();
    assert!(said.contains("is damaged"), "{said}");
    world.act(|act| attachments::erase_content(act, &document)).unwrap();
    let said = world.store.read(|reading| attachments::content(reading, &key, &document)).unwrap_err().to_string();
    assert!(said.contains("was erased; its hash is"), "{said}");
    let other = Key::generate().unwrap();
    let alone = world.refused(|act| attachments::exchange::begin(act, &world.ayse, &key, &other));
    assert!(alone.contains("two administrators decide"), "{alone}");
    let change = || Change::ExchangeKey { key: key.id() };
    let id = world.act(|act| people::propose(act, &world.ayse, change(), reason("x"))).unwrap();
    world.act(|act| people::confirm(act, &world.bahram, &id)).unwrap();
    tables_follow_from_events(&world, &["sealing_approval"]);
    world.act(|act| attachments::exchange::begin(act, &world.ayse, &key, &other)).unwrap();
    let under_way = world.refused(|act| people::propose(act, &world.ayse, change(), reason("x")).map(|_| ()));
    assert!(under_way.contains("is not over"), "{under_way}");
    let early = world.refused(|act| attachments::exchange::end(act, &world.ayse, &other));
    assert!(early.contains("is not sealed with the key"), "{early}");
    while world.act(|act| attachments::exchange::seal_again(act, std::slice::from_ref(&key), &other)).unwrap() {}
    assert_eq!(world.act(|act| attachments::exchange::end(act, &world.ayse, &other)).unwrap(), 1);
    tables_follow_from_events(&world, &["attachments", "sealing_key"]);
}

#[test]
fn tables_made_anew_from_the_chain_are_the_same() {
    let world = World::new();
    let (id, closed) = (opened(&world), opened(&world));
    let alerts = [1, 2].map(|n| world.raise(&observation(n, "un-1")));
    world.act(|act| work::join_alerts(act, &world.ayse, &id, &alerts, &reason("x"), None)).unwrap();
    world.act(|act| work::part_alert(act, &world.ayse, &id, &alerts[1], reason("y"))).unwrap();
    let person = world.act(|act| work::add_party(act, &world.ayse, &id, party(PartyKind::Person, "Bahram"))).unwrap();
    let account = world.act(|act| work::add_party(act, &world.ayse, &id, party(PartyKind::Account, "TR00"))).unwrap();
    let ends = (person.as_str(), account.as_str());
    let link = world.act(|act| work::link(act, &world.ayse, &id, ends, ("holds", "letter"))).unwrap();
    world.act(|act| work::strike_link(act, &world.ayse, &id, &link, reason("z"))).unwrap();
    world.act(|act| work::strike_party(act, &world.ayse, &id, &account, reason("z"))).unwrap();
    let due = jiff::civil::date(2026, 12, 1);
    for done in [true, false] {
        let task = world.act(|act| work::set_task(act, &world.ayse, &id, "ask", due, &user(&world.ayse))).unwrap();
        if done {
            world.act(|act| work::task_done(act, &at(&world.ayse, NOW + DAY), &task, None)).unwrap();
        }
    }
    world.act(|act| work::offer(act, &world.ayse, &id, &user(&world.bahram), reason("leave"))).unwrap();
    world.act(|act| work::close(act, &world.ayse, &closed, reason("empty"), None)).unwrap();
    tables_follow_from_events(&world, &["cases", "case_alerts", "case_parties", "case_links", "case_tasks", "alerts"]);
}

#[test]
fn what_is_open_is_never_due_and_what_is_closed_is() {
    let world = World::new();
    let id = opened(&world);
    let (joined, cleared) = (world.raise(&observation(1, "un-1")), world.raise(&observation(2, "un-1")));
    let key = Key::generate().unwrap();
    world.act(|act| work::attach(act, &world.ayse, &id, &key, "letter.txt", b"a letter")).unwrap();
    world
        .act(|act| work::join_alerts(act, &world.ayse, &id, std::slice::from_ref(&joined), &reason("x"), None))
        .unwrap();
    for part in ["alert", "case", "attachment"] {
        let rule = retention::Rule { part: part.to_owned(), keep_days: 30, purpose: "the law of the house".to_owned() };
        let proposed =
            world.act(|act| retention::propose(act, &world.ayse, mihenk_ledger::KEPT, rule, reason("a test"))).unwrap();
        world.act(|act| retention::confirm(act, &world.bahram, &proposed)).unwrap();
    }
    let due = || {
        let due = world.store.read(|reading| retention::due(reading, mihenk_ledger::KEPT, NOW + 31 * DAY)).unwrap();
        due.iter().map(|due| (due.part.clone(), due.subject.clone())).collect::<Vec<_>>()
    };
    assert_eq!(due(), []);
    let how = |rule| alerts::work::ToClear { reason: "name".into(), note: reason("no"), rule };
    let with_rule = how(Some(alerts::work::RuleUntil::Usual));
    let ids = [cleared.clone()];
    world.act(|act| alerts::work::clear(act, &world.ayse, &world.policy, &ids, &with_rule, None)).unwrap();
    assert_eq!(due(), [], "a rule rests on it");
    let rule = world.alert(&cleared).rule.unwrap();
    world.act(|act| alerts::rules::withdraw(act, &world.ayse, &rule, reason("x"))).unwrap();
    world.act(|act| alerts::work::clear(act, &world.ayse, &world.policy, &ids, &how(None), None)).unwrap();
    world.act(|act| work::close(act, &world.ayse, &id, reason("nothing was found"), None)).unwrap();
    let mut all = due();
    all.sort();
    let expected =
        [("alert", joined.as_str()), ("alert", cleared.as_str()), ("attachment", id.as_str()), ("case", id.as_str())];
    let mut expected = expected.map(|(part, subject)| (part.to_owned(), subject.to_owned()));
    expected.sort();
    assert_eq!(all, expected);
    let found = world.store.read(|reading| retention::due(reading, mihenk_ledger::KEPT, NOW + 31 * DAY)).unwrap();
    for due in &found {
        for statement in retention::forget(mihenk_ledger::KEPT, due) {
            world
                .store
                .act::<_, mihenk_store::StoreError>(|act| act.execute(&statement.sql, &statement.parameters))
                .unwrap();
        }
    }
    for table in ["alerts", "clearings", "not_same", "cases", "case_alerts", "attachments", "attachment_contents"] {
        let sql = format!("SELECT * FROM {table}");
        let left = world.store.read(|reading| mihenk_store::Query::query(reading, &sql, &[])).unwrap();
        assert_eq!(left, [], "{table}");
    }
}
