//! What the ledger holds: customers with those related to them, and what analysts tied in cases.
//!
//! In comes a seat that may see it, out comes an [`Office`], which was read in one act that says so in the chain. Alerts are no ties: that somebody may be somebody else is a question.

use std::{collections::BTreeSet, sync::Arc};

use mihenk_entities::{Entity, EntityId, IdentifierKind, Schema, identifier::Check, identifier::Identifier};
use mihenk_ledger::{
    access::many_seen,
    cases::{PartyKind, graph, queue},
    customers::{self, Customer, Filter, Party},
    networks::{Relation, RelationKind, Source, Subject},
};

use super::facts::{Facts, Unread, is_victim};
use crate::{desk::Seat, error::NodeError, permission::Permission};

/// Customers and cases, as somebody saw them.
#[derive(Debug)]
pub struct Office {
    customers: Vec<Customer>,
    cases: Vec<queue::Detail>,
}

/// Reads customers who have not left, and all cases.
///
/// # Errors
/// When whoever sits here may not see them.
pub fn office(seat: &Seat<'_>) -> Result<Office, NodeError> {
    seat.act(Permission::See, |act, who| {
        let customers = customers::list(act, &Filter { limit: i64::MAX, ..Filter::default() })?;
        let mut cases = Vec::new();
        for case in queue::list(act, true)? {
            cases.push(queue::detail(act, &case.id)?);
        }
        let ids = customers.iter().map(|customer| customer.id.as_str());
        let ids = ids.chain(cases.iter().map(|detail| detail.case.id.as_str()));
        many_seen(act, who, ids, "network")?;
        Ok(Office { customers, cases })
    })
}

impl Office {
    pub(super) fn customer_count(&self) -> usize {
        self.customers.len()
    }

    pub(super) fn case_count(&self) -> usize {
        self.cases.len()
    }

    /// Whom a role says to be a victim, by id.
    pub(super) fn victims(&self) -> BTreeSet<String> {
        let of_cases = self.cases.iter().flat_map(|detail| {
            let graph = graph::of(detail);
            graph.nodes.into_iter().filter(|node| is_victim(&node.role)).map(|node| node.key)
        });
        let of_customers = self.customers.iter().flat_map(|customer| {
            let parties = customer.contents.parties.iter().filter(|party| is_victim(&party.role));
            parties.map(|party| party_id(customer, party))
        });
        of_cases.chain(of_customers).collect()
    }

    pub(super) fn facts(&self) -> impl Iterator<Item = Facts> + '_ {
        let of_customers = self.customers.iter().flat_map(of_customer);
        of_customers.chain(self.cases.iter().flat_map(of_case))
    }
}

/// The id of a party: the customer's, and behind it the party's own number.
fn party_id(customer: &Customer, party: &Party) -> String {
    if party.reference.is_empty() { customer.id.to_string() } else { format!("{}/{}", customer.id, party.reference) }
}

fn of_customer(customer: &Customer) -> Vec<Facts> {
    let origin: Arc<str> = Arc::from(format!("customer {}", customer.id));
    let one = |party: &Party| {
        let id = party_id(customer, party);
        let record = if party.reference.is_empty() { &customer.reference } else { &party.reference };
        let source = Source::of(&origin, record);
        let mut facts = facts_of(&id, party, &source);
        if !party.reference.is_empty() {
            let relation = Relation { kind: RelationKind::Party, words: party.role.as_str().into(), source };
            facts.relations.push((id, customer.id.to_string(), relation));
        }
        facts
    };
    customer.contents.parties.iter().map(one).collect()
}

fn facts_of(id: &str, party: &Party, source: &Source) -> Facts {
    let mut facts = bare(Subject {
        id: id.to_owned(),
        kind: PartyKind::of_schema(Some(&party.schema)),
        what: Schema::named(&party.schema).map_or("", Schema::label).to_lowercase(),
        name: party.caption().to_owned(),
        is_listed: false,
    });
    let schema = Schema::named(&party.schema).or_else(|| Schema::named("LegalEntity"));
    // An id of the ledger has no blanks; a reference may, and the entity here is only read for its values.
    if let (Some(schema), Ok(id)) = (schema, EntityId::new("party")) {
        let mut entity = Entity::new(id, schema);
        for (property, value) in party.properties.iter().flat_map(|(p, values)| values.iter().map(move |v| (p, v))) {
            entity.add(property, value.as_str());
        }
        facts.is_victim = entity.values("topics").iter().any(|topic| is_victim(topic));
        facts.values(&entity, source);
    }
    facts
}

fn bare(subject: Subject) -> Facts {
    Facts { subject, is_victim: false, bears: Vec::new(), relations: Vec::new(), unread: Unread::default() }
}

fn of_case(detail: &queue::Detail) -> Vec<Facts> {
    let graph = graph::of(detail);
    let origin: Arc<str> = Arc::from(format!("case {}", detail.case.id));
    let mut all: Vec<Facts> = Vec::new();
    for node in &graph.nodes {
        let mut facts = bare(Subject {
            id: node.key.clone(),
            kind: node.kind,
            what: node.kind.to_string(),
            name: node.label.clone(),
            is_listed: node.is_listed,
        });
        let source = Source::of(&origin, &node.key);
        match node.kind {
            PartyKind::Account => {
                let is_iban =
                    Identifier::read(IdentifierKind::Iban, &node.label).is_some_and(|id| id.check == Check::Passed);
                let kind = if is_iban { IdentifierKind::Iban } else { IdentifierKind::Account };
                facts.number(kind, &node.label, None, &source);
            }
            PartyKind::Wallet => facts.number(IdentifierKind::Wallet, &node.label, None, &source),
            _ => {}
        }
        all.push(facts);
    }
    for tie in graph.ties.iter().filter(|tie| !tie.is_alert) {
        let source = Source::of(&origin, &tie.source);
        let relation = Relation { kind: RelationKind::CaseLink, words: tie.label.as_str().into(), source };
        if let Some(first) = all.first_mut() {
            first.relations.push((tie.from.clone(), tie.to.clone(), relation));
        }
    }
    all
}
