//! An office for trying out: a folder that is gone when the program ends, with the sample list, people of every role, and the sample customers.
//!
//! In comes a model, out comes an [`DemoOffice`] that a server opens. The people are invented, and have one password that is drawn anew each time.

use anyhow::{Context, bail};
use mihenk_node::{
    Model, Node,
    batch::{Input, Manner},
    desk::Desk,
    ledger::{
        Reason,
        people::{Change, Role, Secret, Token},
    },
    people, portfolio, starter,
    store::Place,
};
use mihenk_server::Office;
use tempfile::TempDir;

use crate::desk::now;

/// Who works here, and as what; the first two are the administrators.
const PEOPLE: [(&str, Role); 6] = [
    ("ayse", Role::Administrator),
    ("bahram", Role::Administrator),
    ("cem", Role::Analyst),
    ("dilek", Role::Approver),
    ("elif", Role::Auditor),
    ("farid", Role::Officer),
];

/// The portfolio of the sample customers.
const PORTFOLIO: &str = "sample";

/// What was made.
pub(crate) struct DemoOffice {
    folder: TempDir,
    desk: Desk,
    password: Secret,
}

impl DemoOffice {
    /// Makes it: lists, people, customers, and the alerts that follow.
    pub(crate) fn make(model: &Model) -> anyhow::Result<DemoOffice> {
        let folder = tempfile::tempdir().context("no folder can be made for the demonstration")?;
        let list = folder.path().join("starter.ftm.jsonl");
        std::fs::write(&list, starter::LIST).with_context(|| list.display().to_string())?;
        Node::add_lists(folder.path(), &[list], model, &jiff::Timestamp::now().to_string())?;
        let place = Place::Sqlite(folder.path().join("store.sqlite"));
        let desk = Desk::open(&place, &folder.path().join("backups"), Box::new(now))?;
        let office = DemoOffice { folder, desk, password: Secret::generate()? };
        let analyst = office.people()?;
        office.customers(&analyst, model)?;
        Ok(office)
    }

    /// The people; gives the analyst's session.
    fn people(&self) -> anyhow::Result<Token> {
        let [(one, _), (other, _), ..] = PEOPLE;
        let mut sessions = Vec::new();
        for (user, first) in self.desk.first_start([one, other])? {
            sessions.push(self.arrives(&user.name, &first)?);
        }
        let [proposing, confirming] = &sessions[..] else { bail!("the first start makes two administrators") };
        let [proposing, confirming] = [proposing, confirming].map(|token| self.desk.seat(token.clone()));
        let mut analyst = None;
        for (name, role) in &PEOPLE[2..] {
            let change = Change::Add { name: (*name).to_owned(), roles: vec![*role] };
            let proposal = people::propose(&proposing, change, Reason::new("for the demonstration")?)?;
            let first = people::confirm(&confirming, &proposal)?.first_password;
            let first = first.with_context(|| format!("{name} has no first password"))?;
            let session = self.arrives(name, &first)?;
            if *role == Role::Analyst {
                analyst = Some(session);
            }
        }
        analyst.context("there is no analyst among the people")
    }

    /// Exchanges a first password; gives a session.
    fn arrives(&self, name: &str, first: &Secret) -> anyhow::Result<Token> {
        let session = self.desk.sign_in(name, first)?.token;
        self.desk.seat(session).choose_password(first, &self.password)?;
        Ok(self.desk.sign_in(name, &self.password)?.token)
    }

    fn customers(&self, analyst: &Token, model: &Model) -> anyhow::Result<()> {
        let seat = self.desk.seat(analyst.clone());
        let node = portfolio::node(self.folder.path(), model.clone())?;
        let manner = Manner::default();
        let input = Input::read("customers.csv", starter::CUSTOMERS.as_bytes(), &manner)?;
        let add = portfolio::Add {
            portfolio: PORTFOLIO,
            folder: self.folder.path(),
            name: "customers.csv",
            manner: &manner,
            is_whole: false,
            rejected: portfolio::Rejects::Nowhere,
            threshold: None,
        };
        portfolio::add(&seat, &node, input, &add, &mut |_| {})?;
        Ok(())
    }

    /// Who can sign in, for a person.
    pub(crate) fn told(&self) -> String {
        let people = PEOPLE.map(|(name, role)| format!("{name} ({role})")).join(", ");
        format!("sign in as {people}; everybody's password is {}", self.password.reveal())
    }

    /// What a server opens, and the folder, which is gone when it is dropped.
    pub(crate) fn open(self) -> (Office, TempDir) {
        let (data, key_file) = (self.folder.path().to_owned(), self.folder.path().join("store.key"));
        (Office { desk: self.desk, folder: data, key_file }, self.folder)
    }
}
