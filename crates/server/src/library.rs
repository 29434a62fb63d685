//! All records of the lists in use, for whatever needs more than screening: neighbours, search, data sets.
//!
//! In comes a node, out comes a [`Library`]: where each entity is, by its id; who names whom; and of every thing the texts that a search looks
//! through. It is made once for a version of the lists, after the node answers, because it reads every record. Records stay where they are: what is
//! kept here is places, words and names of data sets.

use std::collections::{BTreeSet, HashMap};

use mihenk_node::{
    Entity, Node, NodeError, Profile,
    entities::{Property, PropertyType, Schema},
};
use rayon::prelude::*;

use crate::texts::Texts;

/// Where an entity is: the number of a profile, and if it is not the one that is screened, its place among what belongs to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) profile: u32,
    pub(crate) related: Option<u16>,
}

/// An entity as a search finds it.
#[derive(Debug)]
pub(crate) struct Thing {
    pub(crate) place: Place,
    pub(crate) id: String,
    pub(crate) schema: Schema,
    /// Numbers of names of data sets.
    pub(crate) datasets: Vec<u16>,
    pub(crate) texts: Texts,
}

/// An entity that names another one, and in which property.
pub(crate) type Naming = (Place, &'static Property);

/// See the [module](self).
#[derive(Debug, Default)]
pub(crate) struct Library {
    places: HashMap<String, Place>,
    naming: HashMap<String, Vec<Naming>>,
    referents: HashMap<String, String>,
    pub(crate) things: Vec<Thing>,
    datasets: Vec<String>,
    schemata: BTreeSet<Schema>,
}

/// What is taken of one entity.
struct Found {
    id: String,
    place: Place,
    schema: Schema,
    referents: Vec<String>,
    names: Vec<(String, &'static Property)>,
}

/// What is taken of one profile.
struct Taken {
    entities: Vec<Found>,
    things: Vec<(Thing, Vec<String>)>,
}

impl Library {
    /// Reads every record of a node.
    pub(crate) fn read(node: &Node) -> Result<Library, NodeError> {
        let numbers: Vec<u32> = (0..node.entity_count() as u32).collect();
        let mut library = Library::default();
        // A piece at a time: what is taken of a record is smaller than the record.
        for piece in numbers.chunks(4_096) {
            let taken: Result<Vec<Taken>, NodeError> =
                piece.par_iter().map(|&number| Ok(taken(node, number, &node.profile(number)?))).collect();
            for one in taken? {
                library.add(one);
            }
        }
        Ok(library)
    }

    fn add(&mut self, taken: Taken) {
        for found in taken.entities {
            self.schemata.insert(found.schema);
            // What ties two entities stands with both.
            if self.places.contains_key(&found.id) {
                continue;
            }
            for (other, property) in found.names {
                self.naming.entry(other).or_default().push((found.place, property));
            }
            for referent in found.referents {
                self.referents.insert(referent, found.id.clone());
            }
            self.places.insert(found.id, found.place);
        }
        for (mut thing, datasets) in taken.things {
            if self.places.get(&thing.id) != Some(&thing.place) {
                continue;
            }
            thing.datasets = datasets.iter().map(|name| self.number_of(name)).collect();
            self.things.push(thing);
        }
    }

    fn number_of(&mut self, dataset: &str) -> u16 {
        let at = self.datasets.iter().position(|name| name == dataset).unwrap_or_else(|| {
            self.datasets.push(dataset.to_owned());
            self.datasets.len() - 1
        });
        at as u16
    }

    /// Where the entity with this id is.
    pub(crate) fn place(&self, id: &str) -> Option<Place> {
        self.places.get(id).copied()
    }

    /// The id of the entity that this is another id of.
    pub(crate) fn referent(&self, id: &str) -> Option<&str> {
        self.referents.get(id).map(String::as_str)
    }

    /// Who names the entity with this id.
    pub(crate) fn naming(&self, id: &str) -> &[Naming] {
        self.naming.get(id).map_or(&[], Vec::as_slice)
    }

    /// The names of data sets that entities are in.
    pub(crate) fn datasets(&self) -> &[String] {
        &self.datasets
    }

    /// The schemata of which there are entities.
    pub(crate) fn schemata(&self) -> impl Iterator<Item = Schema> + '_ {
        self.schemata.iter().copied()
    }
}

fn taken(node: &Node, number: u32, profile: &Profile) -> Taken {
    let mut taken = Taken { entities: Vec::new(), things: Vec::new() };
    let related = profile.related.iter().zip(0u16..).map(|(entity, at)| (entity, Some(at)));
    for (entity, related) in std::iter::once((&profile.entity, None)).chain(related) {
        let place = Place { profile: number, related };
        let canonical = |id: &str| node.lookup().canonical(id).to_owned();
        let id = entity.id.to_string();
        let (schema, names) = (entity.schema, named(entity, &canonical));
        let referents = entity.referents.iter().filter(|other| **other != id).cloned().collect();
        taken.entities.push(Found { id: id.clone(), place, schema, referents, names });
        let texts = Texts::of(entity, related.is_none() && is_listed(profile));
        let thing = Thing { place, id, schema: entity.schema, datasets: Vec::new(), texts };
        taken.things.push((thing, entity.datasets.clone()));
    }
    taken
}

/// The entities that one names, each with the property.
fn named(entity: &Entity, canonical: &impl Fn(&str) -> String) -> Vec<(String, &'static Property)> {
    let mut out = Vec::new();
    for (name, values) in &entity.properties {
        let Some(property) = entity.schema.property(name) else { continue };
        if matches!(property.kind, PropertyType::Entity(_)) && property.reverse.is_some() {
            out.extend(values.iter().map(|value| (canonical(value), property)));
        }
    }
    out
}

/// Whether a list has an entry for it and says nothing of its topics: then it is sanctioned.
///
/// Official lists have no topics, since to be on them is the topic.
pub(crate) fn is_listed(profile: &Profile) -> bool {
    profile.entity.values("topics").is_empty() && profile.related.iter().any(|e| e.schema.name() == "Sanction")
}
