//! A data folder, a store, two administrators and an analyst, made anew for each test.
//!
//! In come lists and files as text, out come the store's tables as the tests compare them.

use std::{
    collections::BTreeMap,
    io::Read,
    path::{Path, PathBuf},
    sync::atomic::{AtomicI64, Ordering},
};

use mihenk_node::{
    Model, Node, NodeError,
    batch::{Input, Manner},
    desk::{Desk, Seat},
    ledger::{
        Reason, Who,
        customers::{self, Filter, Hit},
        people::{Change, Role, Secret},
    },
    people,
    portfolio::{self, Add, Added, Bounds, Report, Way},
    store::{Act, Place, Query},
};

pub(crate) struct World {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) desk: Desk,
    token: mihenk_node::ledger::people::Token,
}

/// Looks for whom a change touches, and trusts the index of customers.
pub(crate) const SHORT_WAY: Bounds = Bounds { loose: 0, few: usize::MAX, customers_an_entity: 1 };

impl World {
    pub(crate) fn new() -> World {
        let folder = tempfile::tempdir().unwrap();
        World::at(&Place::Sqlite(folder.path().join("store.sqlite")), folder)
    }

    /// On the other database.
    pub(crate) fn on_postgresql() -> World {
        World::at(&mihenk_testkit::postgresql::database().parse().unwrap(), tempfile::tempdir().unwrap())
    }

    fn at(place: &Place, folder: tempfile::TempDir) -> World {
        let (desk, token) = opened(place, folder.path());
        World { folder, desk, token }
    }

    pub(crate) fn seat(&self) -> Seat<'_> {
        self.desk.seat(self.token.clone())
    }

    pub(crate) fn lists(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub(crate) fn node(&self) -> Node {
        portfolio::node(&self.lists(), Model::built_in()).unwrap()
    }

    /// Puts a list in use, with so many others on it that nobody who goes has to wait for a decision.
    pub(crate) fn load(&self, dataset: &str, lines: &[String]) {
        let file = self.folder.path().join(format!("{dataset}.jsonl"));
        let filler = |number: usize| {
            let name = format!("Blue Anchor {}", 100 + number);
            let entity = serde_json::json!({ "id": format!("{dataset}-{number}"), "schema": "Vessel", "datasets": [dataset],
                "properties": { "name": [name] } });
            entity.to_string()
        };
        let all: Vec<String> = (0..40).map(filler).chain(lines.iter().cloned()).collect();
        std::fs::write(&file, all.join("\n")).unwrap();
        Node::add_lists(&self.lists(), &[file], &Model::built_in(), "2026-01-01T00:00:00Z").unwrap();
    }

    pub(crate) fn screen(&self, way: Way, bounds: &Bounds) -> Report {
        portfolio::screen(&self.desk, &self.lists(), &self.node(), way, bounds, &mut |_| {}).unwrap()
    }

    /// Sets the threshold of the portfolio, in ten-thousandths.
    pub(crate) fn set_threshold(&self, threshold: i64) {
        let why = Reason::new("a test").unwrap();
        let set = |act: &mut Act<'_>, who: &Who| customers::set_threshold(act, who, "retail", threshold, why);
        self.desk.act_as("U-3", set).unwrap();
    }

    /// Takes a file in.
    pub(crate) fn add(&self, name: &str, bytes: &[u8], is_whole: bool) -> Added {
        self.try_add(name, bytes, is_whole).unwrap()
    }

    pub(crate) fn try_add(&self, name: &str, content: impl Read + Send, is_whole: bool) -> Result<Added, NodeError> {
        let file = self.folder.path().join(name);
        let manner = Manner::default();
        let input = Input::read(&file.display().to_string(), content, &manner)?;
        let name = file.display().to_string();
        let (portfolio, folder) = ("retail", &self.lists());
        let add = Add {
            portfolio,
            folder,
            name: &name,
            manner: &manner,
            is_whole,
            rejected: portfolio::Rejects::Beside(file),
            threshold: None,
        };
        portfolio::add(&self.seat(), &self.node(), input, &add, &mut |_| {})
    }

    /// What is found of every customer who has not left, by reference.
    pub(crate) fn found(&self) -> BTreeMap<String, Vec<Hit>> {
        let filter = Filter { limit: i64::MAX, ..Filter::default() };
        self.desk
            .read(|reading| {
                let all = customers::list(reading, &filter)?;
                all.into_iter().map(|one| Ok((one.reference.clone(), customers::hits(reading, &one.id)?))).collect()
            })
            .unwrap()
    }

    /// How many events there are of a kind.
    pub(crate) fn events(&self, kind: &str) -> i64 {
        let sql = format!("SELECT count(*) FROM events WHERE kind = '{kind}'");
        self.desk.read(|reading| Ok(reading.first(&sql, &[])?.unwrap().integer(0)?)).unwrap()
    }
}

fn opened(place: &Place, folder: &Path) -> (Desk, mihenk_node::ledger::people::Token) {
    let clock = AtomicI64::new(1_760_000_000_000);
    let now = Box::new(move || clock.fetch_add(1, Ordering::SeqCst));
    let desk = Desk::open(place, &folder.join("backups"), now).unwrap();
    let [(_, one), (_, two)] = desk.first_start(["ayse", "bahram"]).unwrap();
    let (one, two) = (signed_in(&desk, "ayse", &one), signed_in(&desk, "bahram", &two));
    let change = Change::Add { name: "cem".to_owned(), roles: vec![Role::Analyst] };
    let why = Reason::new("he watches the portfolios").unwrap();
    let proposed = people::propose(&desk.seat(one), change, why).unwrap();
    let password = people::confirm(&desk.seat(two), &proposed).unwrap().first_password.unwrap();
    let token = signed_in(&desk, "cem", &password);
    (desk, token)
}

/// Signs in with a first password and chooses another.
fn signed_in(desk: &Desk, name: &str, first: &Secret) -> mihenk_node::ledger::people::Token {
    let own = Secret::new("a password of my own");
    let token = desk.sign_in(name, first).unwrap().token;
    desk.seat(token).choose_password(first, &own).unwrap();
    desk.sign_in(name, &own).unwrap().token
}
