//! Puts what lists, files and the ledger say into one network.
//!
//! In come nodes that were opened (of the lists in use, of files given for this question) and what was read of the ledger; out comes a [`Gathered`]. Who is one by rule
//! or decision is one here; nobody else is made one with another, whatever they share.

use std::{collections::BTreeSet, path::PathBuf, sync::Arc};

use mihenk_ledger::networks::{Builder, Network, Subject};
use mihenk_lists::own::Map;
use rayon::prelude::*;

use super::{
    MadeOf,
    facts::{Facts, Unread},
    office::Office,
};
use crate::{Model, Node, error::NodeError};

/// What was put together.
#[derive(Debug)]
pub struct Gathered<'a> {
    pub(super) network: Network,
    pub(super) places: Places<'a>,
    pub(super) victims: BTreeSet<String>,
    pub(super) made_of: MadeOf,
}

/// Where records are.
#[derive(Clone, Copy, Debug, Default)]
pub struct Places<'a> {
    /// The lists that are in use.
    pub lists: Option<&'a Node>,
    /// Files for this question.
    pub files: Option<&'a Node>,
    /// Customers and cases, as they were read for somebody who may see them.
    pub office: Option<&'a Office>,
}

impl<'a> Places<'a> {
    /// Those with an index, in which names are found.
    pub(super) fn nodes(&self) -> impl Iterator<Item = &'a Node> {
        self.lists.into_iter().chain(self.files)
    }

    /// The id under which an entity is held.
    pub(super) fn canonical<'i>(&self, id: &'i str) -> &'i str
    where
        'a: 'i,
    {
        self.nodes().fold(id, |id, node| node.lookup().canonical(id))
    }
}

/// Opens files for a question: lists of any form that is known, or one table by a map.
///
/// # Errors
/// When a file cannot be read.
pub fn files(files: &[PathBuf], map: Option<&Map>, model: Model) -> Result<Node, NodeError> {
    match map {
        None => Node::from_files(files, model),
        Some(map) => {
            let [file] = files else {
                return Err(NodeError::Act("a map is for one table; give one file with it".to_owned()));
            };
            Node::from_readings(vec![mihenk_lists::own::read_own(file, map)?], model)
        }
    }
}

/// Puts everything into a network.
///
/// # Errors
/// When records cannot be read.
pub fn gather(places: Places<'_>) -> Result<Gathered<'_>, NodeError> {
    let mut all: Vec<Facts> = Vec::new();
    for (node, word) in [(places.lists, "list"), (places.files, "file")] {
        for facts in node.map(|node| records(node, word)).transpose()?.into_iter().flatten() {
            all.push(facts);
        }
    }
    all.extend(places.office.into_iter().flat_map(Office::facts));
    let mut victims: BTreeSet<String> = places.office.map(Office::victims).unwrap_or_default();
    victims.extend(all.iter().filter(|facts| facts.is_victim).map(|facts| facts.subject.id.clone()));
    let victims: BTreeSet<String> = victims.iter().map(|id| places.canonical(id).to_owned()).collect();
    let mut unread = Unread { victims: victims.len(), ..Unread::default() };
    let mut builder = Builder::default();
    for mut facts in all {
        let id = places.canonical(&facts.subject.id).to_owned();
        if victims.contains(&id) {
            continue;
        }
        unread.add(facts.unread);
        facts.subject.id.clone_from(&id);
        builder.subject(facts.subject);
        for (attribute, source) in facts.bears {
            builder.bears(&id, attribute, source);
        }
        for (from, to, relation) in facts.relations {
            let (from, to) = (places.canonical(&from), places.canonical(&to));
            if !victims.contains(from) && !victims.contains(to) {
                builder.relation(from, to, relation);
            }
        }
    }
    let (network, left) = builder.build();
    let made_of = MadeOf {
        subjects: network.len(),
        ties: network.tie_count(),
        among: network.among(),
        left,
        unread,
        sources: places
            .nodes()
            .flat_map(Node::lists)
            .map(|list| format!("{} {}", list.dataset, list.version))
            .collect(),
        customers: places.office.map(Office::customer_count),
        cases: places.office.map(Office::case_count),
    };
    Ok(Gathered { network, places, victims, made_of })
}

/// What the records of a node say, in their order.
fn records(node: &Node, word: &str) -> Result<Vec<Facts>, NodeError> {
    // Files are read as datasets of their names.
    let origin = |datasets: &[String]| -> Arc<str> { Arc::from(format!("{word} {}", datasets.join(", "))) };
    let read = |number: u32| {
        let profile = node.profile(number)?;
        let mut facts = Facts::of(&profile.entity, &profile.related, &origin);
        facts.subject = Subject { is_listed: word == "list", ..facts.subject };
        Ok(facts)
    };
    (0..node.entity_count() as u32).into_par_iter().map(read).collect()
}
