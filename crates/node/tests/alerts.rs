//! Acts on alerts and cases at the desk: who may, what is recorded of reading, what time alone does, where the key is.
//!
//! The clock is in the tests' hands.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed, in its helpers too")]

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use mihenk_node::{
    NodeError, alerts, cases,
    clock::Ticked,
    desk::{Desk, Seat},
    ledger::{
        Reason, Who,
        alerts::{
            AlertId, AlertKind, Basis, CustomerId, Found, Observation, Policy, State, observe,
            review::Verdict,
            work::{RuleUntil, ToClear},
        },
        attachments::{AttachmentId, Key, exchange},
        cases::work::NewCase,
        people::{Change, Role, Secret, Token},
    },
    people,
    sealing::{self, Exchanged},
    store::{Act, Place, Query},
};

const DAY: i64 = 24 * 60 * 60 * 1000;
const NOW: i64 = 1_795_685_400_000;

struct World {
    desk: Desk,
    clock: Arc<AtomicI64>,
    folder: tempfile::TempDir,
    tokens: BTreeMap<&'static str, Token>,
}

impl World {
    /// A house with two administrators, two analysts (Ayşe, Bahram), an approver (Cem) and a viewer (Dilek).
    fn new() -> World {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(AtomicI64::new(NOW));
        let hand = clock.clone();
        let place = Place::Sqlite(folder.path().join("store.sqlite"));
        let desk =
            Desk::open(&place, &folder.path().join("backups"), Box::new(move || hand.load(Ordering::SeqCst))).unwrap();
        let first = desk.first_start(["admin-1", "admin-2"]).unwrap();
        let admins = first.map(|(user, secret)| sign_in(&desk, &user.name, &secret));
        let mut tokens = BTreeMap::from([("admin-1", admins[0].clone()), ("admin-2", admins[1].clone())]);
        let all =
            [("ayse", Role::Analyst), ("bahram", Role::Analyst), ("cem", Role::Approver), ("dilek", Role::Viewer)];
        for (name, role) in all {
            let add = Change::Add { name: name.to_owned(), roles: vec![role] };
            let id = people::propose(&desk.seat(admins[0].clone()), add, reason("starts today")).unwrap();
            let confirmed = people::confirm(&desk.seat(admins[1].clone()), &id).unwrap();
            tokens.insert(name, sign_in(&desk, name, &confirmed.first_password.unwrap()));
        }
        World { desk, clock, folder, tokens }
    }

    fn seat(&self, name: &str) -> Seat<'_> {
        self.desk.seat(self.tokens[name].clone())
    }

    fn raise(&self, customer: i64, probability_millionths: i64) -> AlertId {
        let found = Found {
            score_ten_thousandths: 7_400,
            probability_millionths,
            bits_hundredths: 2_000,
            caption: "Zerrin ÖRNEK".to_owned(),
            listings: Vec::new(),
            topics: Vec::new(),
            evidence: serde_json::Value::Null,
        };
        let observation = Observation {
            customer: CustomerId::at(customer),
            entity: "un-1".to_owned(),
            kind: AlertKind::Sanctions,
            exposure: 0,
            found: Some(found),
            basis: Basis::default(),
        };
        self.desk.act_as("screening", |act, who| observe(act, who, &observation)).unwrap().unwrap()
    }

    fn events(&self, kind: &str) -> Vec<(String, String, String)> {
        let sql = "SELECT actor, subject, body FROM events WHERE kind = $1 ORDER BY seq";
        let rows = self.desk.store().read(|reading| reading.query(sql, &[kind.into()])).unwrap();
        rows.iter().map(|row| (row.text(0).unwrap(), row.text(1).unwrap(), row.text(2).unwrap())).collect()
    }
}

fn sign_in(desk: &Desk, name: &str, first: &Secret) -> Token {
    let token = desk.sign_in(name, first).unwrap().token;
    let own = Secret::new("a password of their own");
    desk.seat(token).choose_password(first, &own).unwrap();
    desk.sign_in(name, &own).unwrap().token
}

fn reason(text: &str) -> Reason {
    Reason::new(text).unwrap()
}

fn how() -> ToClear {
    ToClear { reason: "name".to_owned(), note: reason("another name"), rule: Some(RuleUntil::Usual) }
}

fn policy() -> Policy {
    alerts::policy(None).unwrap()
}

fn refused<T: std::fmt::Debug>(outcome: Result<T, NodeError>) -> String {
    outcome.unwrap_err().to_string()
}

#[test]
fn each_role_does_its_part_and_no_other() {
    let world = World::new();
    let id = world.raise(1, 700_000);
    let before = world.desk.store().head().unwrap().seq;
    for name in ["cem", "dilek"] {
        let seat = world.seat(name);
        for said in [
            refused(alerts::next(&seat)),
            refused(alerts::take(&seat, std::slice::from_ref(&id), None)),
            refused(alerts::clear(&seat, &policy(), std::slice::from_ref(&id), &how(), None)),
            refused(alerts::comment(&seat, &id, reason("x"))),
            refused(alerts::reopen(&seat, &id, reason("x"), None)),
        ] {
            assert!(said.contains("takes the role analyst"), "{said}");
        }
    }
    let said = refused(alerts::reviews(&world.seat("ayse")));
    assert!(said.contains("takes the role approver"), "{said}");
    let new = NewCase { title: "t".into(), legal_basis: reason("b"), purpose: reason("p") };
    assert!(refused(cases::open(&world.seat("dilek"), new, &[])).contains("takes the role analyst"));
    for name in ["cem", "dilek", "admin-1", "nobody"] {
        let said = refused(alerts::assign(&world.seat("ayse"), std::slice::from_ref(&id), name, None, None));
        assert!(said.contains("takes the role analyst") || said.contains("no user nobody"), "{said}");
    }
    assert_eq!(world.desk.store().head().unwrap().seq, before, "what was refused left no event");
    alerts::assign(&world.seat("ayse"), std::slice::from_ref(&id), "bahram", None, None).unwrap();
    let cleared = alerts::clear(&world.seat("bahram"), &policy(), std::slice::from_ref(&id), &how(), None).unwrap();
    assert_eq!(cleared.proposed, 1, "70 % of a sanctions list takes two");
    let (waiting, named) = alerts::reviews(&world.seat("cem")).unwrap();
    assert_eq!((waiting.len(), named.of(&waiting[0].by)), (1, "bahram"));
    alerts::review(&world.seat("cem"), &id, Verdict::Agree, None).unwrap();
    assert_eq!(alerts::show(&world.seat("dilek"), &id).unwrap().detail.alert.state, State::Cleared);
}

#[test]
fn reading_leaves_who_read_what() {
    let world = World::new();
    let id = world.raise(1, 100_000);
    world.raise(2, 100_000);
    let dilek = world.seat("dilek");
    let user = dilek.user().unwrap().id;
    alerts::show(&dilek, &id).unwrap();
    let seen = world.events("access.seen");
    assert_eq!(seen, [(user.to_string(), id.to_string(), r#"{"request":"alert show"}"#.to_owned())]);
    let listed = alerts::list(&dilek, &["open".to_owned()], 50).unwrap();
    assert_eq!(listed.count, 2);
    let many = world.events("access.many-seen");
    assert!(many[0].2.contains(r#""count":2"#), "{many:?}");
    let before = alerts::show(&dilek, &id).unwrap().detail.revision;
    alerts::comment(&world.seat("ayse"), &id, reason("a comment")).unwrap();
    let said = refused(alerts::take(&world.seat("bahram"), &[id], Some(before)));
    assert!(said.contains("alert.commented"), "reading is no change, a comment is: {said}");
}

#[test]
fn terms_choose_alerts_and_say_what_is_wrong_with_them() {
    let world = World::new();
    let ids: Vec<AlertId> = (1..=4).map(|n| world.raise(n, 100_000 * n)).collect();
    alerts::take(&world.seat("bahram"), &ids[..1], None).unwrap();
    let ayse = world.seat("ayse");
    let chosen = |terms: &[&str]| alerts::choose(&ayse, &terms.iter().map(ToString::to_string).collect::<Vec<_>>());
    assert_eq!(chosen(&["kind=sanctions", "below=40"]).unwrap(), ids[1..3], "and never what a colleague holds");
    assert_eq!(chosen(&["from=40%"]).unwrap(), ids[3..]);
    assert_eq!(chosen(&["customer=K-2"]).unwrap(), ids[1..2]);
    assert_eq!(chosen(&["older=1"]).unwrap(), []);
    assert_eq!(chosen(&["holder=bahram"]).unwrap(), []);
    for (term, words) in [
        ("colour=red", "says nothing about alerts"),
        ("below=many", "a whole number from 0 to 100"),
        ("state=lost", "is no state of an alert"),
        ("kind=", "is no kind of alert"),
        ("holder=zoe", "no user zoe"),
        ("state", "says nothing about alerts"),
    ] {
        let said = refused(chosen(&[term]));
        assert!(said.contains(words), "{term}: {said}");
    }
}

#[test]
fn the_clock_ends_rules_and_opens_their_alerts() {
    let world = World::new();
    let id = world.raise(1, 100_000);
    alerts::clear(&world.seat("ayse"), &policy(), std::slice::from_ref(&id), &how(), None).unwrap();
    // The first time of a day names the head of the compartment's chain.
    assert_eq!(world.desk.tick().unwrap(), Ticked::default());
    let events = world.desk.store().head().unwrap().seq;
    assert_eq!(world.desk.tick().unwrap(), Ticked::default());
    assert_eq!(world.desk.store().head().unwrap().seq, events, "a clock that has nothing to do leaves nothing");
    world.clock.store(NOW + 365 * DAY, Ordering::SeqCst);
    assert_eq!(world.desk.tick().unwrap().reopened, [id]);
    assert_eq!(world.events("alert.rule-expired")[0].0, "clock");
}

#[test]
fn the_house_may_have_reasons_of_its_own() {
    let world = World::new();
    let file = world.folder.path().join("clearing_reasons.toml");
    std::fs::write(&file, "[[reason]]\ncode = \"other\"\nsays = \"Another person\"\noutcome = \"other-person\"\n")
        .unwrap();
    let own = alerts::policy(Some(world.folder.path())).unwrap();
    assert_eq!(own.reasons().len(), 1);
    std::fs::write(&file, "[[reason]]\ncode = \"Other One\"\nsays = \"x\"\noutcome = \"other-person\"\n").unwrap();
    let said = refused(alerts::policy(Some(world.folder.path())));
    assert!(said.contains("clearing_reasons.toml") && said.contains("\"Other One\" is no code"), "{said}");
}

#[test]
fn a_key_is_made_once_and_its_loss_is_said() {
    let world = World::new();
    let path = world.folder.path().join("keys").join("store.key");
    let key = sealing::key(&world.desk, &path).unwrap();
    assert_eq!(sealing::key(&world.desk, &path).unwrap().id(), key.id());
    let id = world.raise(1, 100_000);
    let document = alerts::attach(&world.seat("ayse"), &id, &key, "a.txt", b"content").unwrap();
    let (_, content) = alerts::document(&world.seat("dilek"), &document, &key).unwrap();
    assert_eq!(content, b"content");
    assert!(world.events("access.seen")[0].2.contains(&format!("export-attachment {document}")));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |mode| std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        mode(0o640);
        assert!(refused(sealing::key(&world.desk, &path)).contains("can be read by others (mode 640)"));
        mode(0o600);
    }
    std::fs::write(&path, b"short").unwrap();
    assert!(refused(sealing::key(&world.desk, &path)).contains("a key has 32 bytes, and this one 5"));
    std::fs::remove_file(&path).unwrap();
    assert!(
        refused(sealing::key(&world.desk, &path)).contains(
            "is missing: documents, and secrets of one-time codes and webhooks, are sealed with the key in it"
        )
    );
    assert!(!path.exists(), "no other key is made in its place");
}

/// A house with two documents, sealed with the key in a file.
fn sealed(world: &World) -> (PathBuf, Key, Vec<AttachmentId>) {
    let path = world.folder.path().join("store.key");
    let key = sealing::key(&world.desk, &path).unwrap();
    let id = world.raise(1, 100_000);
    let attach = |content: &[u8]| alerts::attach(&world.seat("ayse"), &id, &key, "a.txt", content).unwrap();
    let documents = vec![attach(b"content 0"), attach(b"content 1")];
    (path, key, documents)
}

fn all_open(world: &World, documents: &[AttachmentId], key: &Key) {
    for (number, document) in documents.iter().enumerate() {
        let (_, content) = alerts::document(&world.seat("dilek"), document, key).unwrap();
        assert_eq!(content, format!("content {number}").as_bytes());
    }
}

/// One proposes it, another confirms.
fn decided(world: &World, path: &Path) {
    let id = sealing::propose(&world.seat("admin-1"), path, reason("somebody has left")).unwrap();
    assert!(people::confirm(&world.seat("admin-2"), &id).unwrap().exchanges_key);
}

fn exchanged(world: &World, path: &Path) -> Exchanged {
    decided(world, path);
    sealing::exchange(&world.seat("admin-1"), world.folder.path(), path).unwrap()
}

#[test]
fn a_key_is_exchanged_by_two() {
    let world = World::new();
    let (path, before, documents) = sealed(&world);
    let (root, admin, other) = (world.folder.path(), world.seat("admin-1"), world.seat("admin-2"));
    let alone = refused(sealing::exchange(&admin, root, &path));
    assert!(alone.contains("two administrators decide") && alone.contains(&before.id()), "{alone}");
    assert!(!world.folder.path().join("store.key.next").exists(), "what was refused stops nobody's work");
    for who in ["ayse", "cem", "dilek"] {
        let said = refused(sealing::propose(&world.seat(who), &path, reason("x")));
        assert!(said.contains("takes the role administrator"), "{said}");
    }
    let id = sealing::propose(&admin, &path, reason("somebody has left")).unwrap();
    let own = refused(people::confirm(&admin, &id));
    assert!(own.contains("was proposed by you"), "{own}");
    let twice = refused(sealing::propose(&other, &path, reason("x")));
    assert!(twice.contains(id.as_str()), "{twice}");
    assert_eq!(sealing::about(&other, &path).unwrap().waiting.unwrap().id, id);
    assert!(refused(sealing::exchange(&other, root, &path)).contains("two administrators decide"));
    all_open(&world, &documents, &sealing::key(&world.desk, &path).unwrap());

    // Declined, nothing follows; confirmed, it may be done once.
    people::decline(&other, &id, reason("not now")).unwrap();
    assert_eq!(sealing::go_on(&world.desk, root, &path).unwrap(), None);
    decided(&world, &path);
    let about = sealing::about(&other, &path).unwrap();
    assert!(about.is_exchanging && about.waiting.is_none());
    let again = refused(sealing::propose(&admin, &path, reason("x")));
    assert!(again.contains("confirmed already"), "{again}");
    assert_eq!(sealing::exchange(&other, root, &path).unwrap().from, before.id());
    assert!(refused(sealing::exchange(&other, root, &path)).contains("two administrators decide"), "once");
    assert!(!sealing::about(&other, &path).unwrap().is_exchanging);
}

#[test]
fn what_was_decided_for_one_key_is_not_done_to_another() {
    let world = World::new();
    let (path, before, _) = sealed(&world);
    decided(&world, &path);
    let other = Key::generate().unwrap();
    std::fs::write(&path, other.reveal()).unwrap();
    let said = refused(sealing::exchange(&world.seat("admin-1"), world.folder.path(), &path));
    assert!(said.contains(&other.id()) && !said.contains(&before.id()), "{said}");
    assert_eq!(sealing::go_on(&world.desk, world.folder.path(), &path).unwrap(), None);
    std::fs::write(&path, before.reveal()).unwrap();
    assert_eq!(sealing::go_on(&world.desk, world.folder.path(), &path).unwrap().unwrap().from, before.id());
}

#[test]
fn a_key_is_exchanged_and_the_one_before_opens_nothing() {
    let world = World::new();
    let (path, before, documents) = sealed(&world);
    let root = world.folder.path();
    let said = refused(sealing::exchange(&world.seat("ayse"), root, &path));
    assert!(said.contains("takes the role administrator"), "{said}");
    let done = exchanged(&world, &path);
    let now = sealing::key(&world.desk, &path).unwrap();
    assert_eq!((&done.from, &done.to, done.documents), (&before.id(), &now.id(), 2));
    assert_ne!(before.id(), now.id());
    all_open(&world, &documents, &now);
    for document in &documents {
        let said = refused(alerts::document(&world.seat("dilek"), document, &before));
        assert!(said.contains(&format!("was sealed with the key {}", now.id())), "{said}");
    }
    // Whoever still has the key of before in memory seals nothing with it.
    let id = world.raise(2, 100_000);
    let said = refused(alerts::attach(&world.seat("ayse"), &id, &before, "b.txt", b"content"));
    assert!(said.contains("was exchanged for"), "{said}");
    alerts::attach(&world.seat("ayse"), &id, &now, "b.txt", b"content").unwrap();
    assert_eq!(std::fs::read(&done.kept).unwrap(), before.reveal(), "for backups that were made before");
    let kinds = ["sealing.exchange-begun", "sealing.exchange-ended"].map(|kind| world.events(kind).len());
    assert_eq!(kinds, [1, 1]);
    assert_eq!(exchanged(&world, &path).documents, 3, "and again");
}

#[test]
fn an_exchange_that_was_interrupted_anywhere_goes_on() {
    let world = World::new();
    let (path, _, documents) = sealed(&world);
    for point in 0..5 {
        let before = sealing::key(&world.desk, &path).unwrap();
        decided(&world, &path);
        // As after a crash behind each step: half a key, a key, begun, one of two documents, all of them.
        let next = world.folder.path().join("store.key.next");
        let to = Key::generate().unwrap();
        std::fs::write(world.folder.path().join("store.key.next.part"), b"half").unwrap();
        if point > 0 {
            std::fs::write(&next, to.reveal()).unwrap();
            #[cfg(unix)]
            std::fs::set_permissions(&next, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
        }
        let act = |act: &mut Act<'_>, who: &Who| exchange::begin(act, who, &before, &to);
        if point > 1 {
            world.desk.act_as("U-1", act).unwrap();
        }
        for _ in 2..point {
            assert!(
                world
                    .desk
                    .act_as("U-1", |act, _| exchange::seal_again(act, std::slice::from_ref(&before), &to))
                    .unwrap()
            );
        }
        if point > 0 {
            assert!(refused(sealing::key(&world.desk, &path)).contains("'mihenk key exchange'"), "{point}");
        }
        // The server goes on at its next start, and whoever sits at the command line does.
        let root = world.folder.path();
        let done = match point % 2 {
            0 => sealing::go_on(&world.desk, root, &path).unwrap().unwrap(),
            _ => sealing::exchange(&world.seat("admin-1"), root, &path).unwrap(),
        };
        assert_eq!(done.documents, 2, "{point}");
        assert_eq!(sealing::go_on(&world.desk, root, &path).unwrap(), None, "it is over");
        let now = sealing::key(&world.desk, &path).unwrap();
        assert_eq!(now.id() == to.id(), point > 0, "the key that some documents may be sealed with is the one");
        all_open(&world, &documents, &now);
        assert!(!next.exists());
        assert_eq!(world.events("sealing.exchange-begun").len(), point + 1, "one each time");
    }
}

#[test]
fn a_case_with_an_alert_that_cannot_join_is_not_opened() {
    let world = World::new();
    let ids = [world.raise(1, 100_000), world.raise(2, 100_000)];
    alerts::take(&world.seat("bahram"), &ids[1..], None).unwrap();
    let new = || NewCase { title: "t".into(), legal_basis: reason("b"), purpose: reason("p") };
    let said = refused(cases::open(&world.seat("ayse"), new(), &ids));
    assert!(said.contains("is held by bahram"), "{said}");
    assert_eq!(cases::list(&world.seat("ayse"), true).unwrap().cases, []);
    let case = cases::open(&world.seat("ayse"), new(), &ids[..1]).unwrap();
    let (title, drawn) = cases::graph(&world.seat("dilek"), &case).unwrap();
    assert_eq!((title.as_str(), drawn.nodes.len(), drawn.ties.len()), ("t", 2, 1));
    let said = refused(cases::offer(&world.seat("ayse"), &case, "dilek", reason("x")));
    assert!(said.contains("takes the role analyst"), "{said}");
}

#[test]
fn two_threads_that_take_one_alert_are_told_apart() {
    let world = World::new();
    let ids: Vec<AlertId> = (1..=20).map(|n| world.raise(n, 100_000)).collect();
    let taken = |name: &'static str| {
        let seat = world.seat(name);
        ids.iter().filter(|id| alerts::take(&seat, std::slice::from_ref(*id), None).is_ok()).count()
    };
    let (one, other) = std::thread::scope(|scope| {
        let one = scope.spawn(|| taken("ayse"));
        let other = scope.spawn(|| taken("bahram"));
        (one.join().unwrap(), other.join().unwrap())
    });
    assert_eq!(one + other, 20, "each is taken once");
    assert_eq!(world.events("alert.assigned").len(), 20);
}
