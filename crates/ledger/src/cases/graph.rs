//! Who is in a case, and what ties them: nodes and ties, from its alerts, parties and links.
//!
//! An alert brings its customer and the listed entity, tied by the alert. A party that is a customer or a listed entity is the same node as
//! theirs, and its name and kind go before those of the alert. What was struck out is left out.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{queue::Detail, state::PartyKind};

/// A person, a company, an account, a vessel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Node {
    /// The id of the customer, of the listed entity, or of the party.
    pub key: String,
    /// What it is.
    pub kind: PartyKind,
    /// What it is called.
    pub label: String,
    /// What it has to do with the case: its role, or that it is a customer or listed.
    pub role: String,
    /// Whether it stands on a list.
    pub is_listed: bool,
}

/// What ties two nodes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tie {
    /// The key of one.
    pub from: String,
    /// The key of the other.
    pub to: String,
    /// How.
    pub label: String,
    /// How it is known.
    pub source: String,
    /// Whether it is an alert: somebody who may be somebody else.
    pub is_alert: bool,
}

/// Nodes in the order in which they came into the case, and what ties them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Graph {
    /// The nodes.
    pub nodes: Vec<Node>,
    /// The ties; both ends of each are among the nodes.
    pub ties: Vec<Tie>,
    /// From the id of a party to the key of its node.
    #[serde(skip)]
    keys: BTreeMap<String, String>,
}

impl Graph {
    /// The key of the node that an id means: of a party, a customer or a listed entity.
    #[must_use]
    pub fn key(&self, written: &str) -> Option<&str> {
        let written = written.trim();
        let exactly = self.nodes.iter().find(|node| node.key == written).map(|node| node.key.as_str());
        let upper = written.to_ascii_uppercase();
        let in_capitals = || self.nodes.iter().find(|node| node.key == upper).map(|node| node.key.as_str());
        exactly.or_else(|| self.keys.get(&upper).map(String::as_str)).or_else(in_capitals)
    }

    fn add(&mut self, node: Node) {
        if self.nodes.iter().all(|one| one.key != node.key) {
            self.nodes.push(node);
        }
    }
}

/// The graph of a case.
#[must_use]
pub fn of(detail: &Detail) -> Graph {
    let mut graph = Graph::default();
    for party in detail.parties.iter().filter(|party| !party.is_struck) {
        let customer = party.customer.as_ref().map(|id| id.as_str().to_owned());
        let key = customer.or_else(|| party.entity.clone()).unwrap_or_else(|| party.id.to_string());
        graph.keys.insert(party.id.to_string(), key.clone());
        graph.add(Node {
            key,
            kind: party.kind,
            label: party.name.clone(),
            role: party.role.clone(),
            is_listed: party.entity.is_some(),
        });
    }
    for joined in &detail.alerts {
        graph.add(Node {
            key: joined.customer.to_string(),
            kind: joined.customer_kind,
            label: joined.customer_name.clone(),
            role: "customer".to_owned(),
            is_listed: false,
        });
        graph.add(Node {
            key: joined.entity.clone(),
            kind: joined.entity_kind,
            label: joined.entity_name.clone(),
            role: format!("listed ({})", joined.alert_kind),
            is_listed: true,
        });
        graph.ties.push(Tie {
            from: joined.customer.to_string(),
            to: joined.entity.clone(),
            label: format!("may be, {} %", joined.probability_millionths / 10_000),
            source: format!("alert {}", joined.alert),
            is_alert: true,
        });
    }
    for link in detail.links.iter().filter(|link| !link.is_struck) {
        let is_there = |key: &str| graph.nodes.iter().any(|node| node.key == key);
        if is_there(&link.from) && is_there(&link.to) {
            graph.ties.push(Tie {
                from: link.from.clone(),
                to: link.to.clone(),
                label: link.kind.clone(),
                source: link.source.clone(),
                is_alert: false,
            });
        }
    }
    graph
}
