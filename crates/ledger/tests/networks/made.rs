//! Networks for tests.
//!
//! In come ids and what ties them in a line each; out come a network, and answers as a person would write them.

use std::sync::Arc;

use mihenk_entities::IdentifierKind;
use mihenk_ledger::{
    cases::PartyKind,
    networks::{
        Attribute, AttributeKind, Builder, Network, Relation, RelationKind, Scratch, Source, Subject,
        paths::{Asked, Between, Path, between},
    },
};

#[derive(Default)]
pub(crate) struct Made(pub(crate) Builder);

impl Made {
    pub(crate) fn of(ids: &[&str]) -> Made {
        let mut made = Made::default();
        ids.iter().for_each(|id| made.subject(id));
        made
    }

    pub(crate) fn subject(&mut self, id: &str) {
        let (id, name) = (id.to_owned(), format!("the one called {id}"));
        self.0.subject(Subject { id, kind: PartyKind::Company, what: "company".into(), name, is_listed: false });
    }

    pub(crate) fn relation(mut self, from: &str, kind: RelationKind, to: &str) -> Made {
        let relation = Relation { kind, words: "".into(), source: source(&format!("{from}-{to}")) };
        self.0.relation(from, to, relation);
        self
    }

    pub(crate) fn bears(&mut self, id: &str, kind: AttributeKind, value: &str) {
        let attribute = Attribute { kind, normal: value.to_lowercase(), shown: value.to_owned() };
        self.0.bears(id, attribute, source(id));
    }

    pub(crate) fn share(mut self, kind: AttributeKind, value: &str, ids: &[&str]) -> Made {
        ids.iter().for_each(|id| self.bears(id, kind, value));
        self
    }

    pub(crate) fn network(self) -> Network {
        self.0.build().0
    }
}

pub(crate) const PASSPORT: fn() -> AttributeKind = || AttributeKind::number(IdentifierKind::Passport);

pub(crate) fn source(record: &str) -> Source {
    Source::of(&Arc::from("list test"), record)
}

pub(crate) fn ask(network: &Network, from: &str, to: &str, most_ties: usize) -> Between {
    let ends = (network.find(from).unwrap(), network.find(to).unwrap());
    between(network, ends, Asked { most_ties, paths: 5 }, &mut Scratch::default())
}

/// A path as a person would write it: `a b c`.
pub(crate) fn written(path: &Path) -> String {
    let first = path.steps.first().map_or("", |step| step.from.as_str());
    std::iter::once(first).chain(path.steps.iter().map(|step| step.to.as_str())).collect::<Vec<_>>().join(" ")
}
