//! All records of the lists in use, for whatever needs more than screening: neighbours, search, data sets.
//!
//! In comes a node, out comes a [`Library`]: where each entity is, by its id; who names whom; and of every thing the texts that a search looks
//! through. It is made once for a version of the lists, after the node answers. Records stay where they are: what is kept here is places, words and names
//! of data sets. What was taken of a record is shared with the library of the next version as long as the lists say the same of it, so that an exchange of lists reads,
//! and needs memory for, what has changed.

use std::{
    collections::{BTreeSet, HashMap},
    ops::Deref,
    sync::Arc,
};

use mihenk_node::{
    Entity, Node, NodeError, Profile,
    entities::{Property, PropertyType, Schema},
};
use rayon::prelude::*;

use crate::{live, texts::Texts};

/// Where an entity is: the number of a profile, and if it is not the one that is screened, its place among what belongs to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) profile: u32,
    pub(crate) related: Option<u16>,
}

/// What is taken of an entity.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) id: Arc<str>,
    pub(crate) schema: Schema,
    /// Numbers of names of data sets.
    pub(crate) datasets: Vec<u16>,
    pub(crate) texts: Texts,
    referents: Vec<Arc<str>>,
    /// The ids of entities that it names, as the list has them.
    names: Vec<(Arc<str>, &'static Property)>,
}

/// What is taken of a profile: the entity that is screened, then what belongs to it.
#[derive(Debug)]
struct Taken {
    content: [u8; 16],
    entities: Vec<Found>,
}

/// An entity as a search finds it.
#[derive(Debug)]
pub(crate) struct Thing {
    pub(crate) place: Place,
    /// When it changed, in seconds since 1970 (UTC). Apart from what is taken of it: the publisher's clock may go on while its words stay.
    pub(crate) changed: Option<u32>,
    of: Arc<Taken>,
}

impl Deref for Thing {
    type Target = Found;

    fn deref(&self) -> &Found {
        &self.of.entities[self.place.related.map_or(0, |at| usize::from(at) + 1)]
    }
}

/// An entity that names another one, and in which property.
pub(crate) type Naming = (Place, &'static Property);

/// See the [module](self).
#[derive(Debug, Default)]
pub(crate) struct Library {
    places: HashMap<Arc<str>, Place>,
    naming: HashMap<Arc<str>, Vec<Naming>>,
    referents: HashMap<Arc<str>, Arc<str>>,
    pub(crate) things: Vec<Thing>,
    /// What is taken of each profile, by its number.
    taken: Vec<Arc<Taken>>,
    /// Names of data sets, those of earlier versions included: their numbers stay.
    datasets: Vec<String>,
    in_use: BTreeSet<u16>,
    schemata: BTreeSet<Schema>,
}

/// What a piece of reading gives: shared, or read, with the names of the data sets of each entity.
enum Piece {
    Shared(Arc<Taken>),
    Read(Taken, Vec<Vec<String>>),
}

impl Library {
    /// Reads every record of a node; what is the same in the library `before` is not read again.
    pub(crate) fn read(node: &Node, before: Option<&Library>) -> Result<Library, NodeError> {
        let numbers: Vec<u32> = (0..node.entity_count() as u32).collect();
        let datasets = before.map(|before| before.datasets.clone()).unwrap_or_default();
        let mut library = Library { datasets, ..Library::default() };
        // A piece at a time: what is taken of a record is smaller than the record.
        for piece in numbers.chunks(4_096) {
            let one = |&number: &u32| match before.and_then(|before| before.same(node, number)) {
                Some(taken) => Ok(Piece::Shared(taken)),
                None => Ok(taken(node.content(number), &node.profile(number)?)),
            };
            let pieces: Result<Vec<Piece>, NodeError> = piece.par_iter().map(one).collect();
            for one in pieces? {
                let taken = library.shared(one);
                library.add(node, taken);
            }
        }
        let Library { things, datasets, .. } = &mut library;
        things.par_iter_mut().for_each(|thing| thing.changed = changed(node, datasets, thing));
        Ok(library)
    }

    /// What was taken of the same record.
    fn same(&self, node: &Node, number: u32) -> Option<Arc<Taken>> {
        let place = self.places.get(node.heading(number).0).filter(|place| place.related.is_none())?;
        let taken = self.taken.get(place.profile as usize)?;
        (taken.content == node.content(number)).then(|| Arc::clone(taken))
    }

    fn shared(&mut self, piece: Piece) -> Arc<Taken> {
        match piece {
            Piece::Shared(taken) => taken,
            Piece::Read(mut taken, datasets) => {
                for (found, names) in taken.entities.iter_mut().zip(datasets) {
                    found.datasets = names.iter().map(|name| self.number_of(name)).collect();
                }
                Arc::new(taken)
            }
        }
    }

    fn add(&mut self, node: &Node, taken: Arc<Taken>) {
        let profile = self.taken.len() as u32;
        for (at, found) in taken.entities.iter().enumerate() {
            let place = Place { profile, related: at.checked_sub(1).map(|at| at as u16) };
            self.schemata.insert(found.schema);
            // What ties two entities stands with both.
            if self.places.contains_key(&found.id) {
                continue;
            }
            for (other, property) in &found.names {
                let canonical = node.lookup().canonical(other);
                let other = if canonical == &**other { Arc::clone(other) } else { canonical.into() };
                self.naming.entry(other).or_default().push((place, property));
            }
            for referent in &found.referents {
                self.referents.insert(Arc::clone(referent), Arc::clone(&found.id));
            }
            self.in_use.extend(&found.datasets);
            self.places.insert(Arc::clone(&found.id), place);
            self.things.push(Thing { place, changed: None, of: Arc::clone(&taken) });
        }
        self.taken.push(taken);
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
        self.referents.get(id).map(|id| &**id)
    }

    /// Who names the entity with this id.
    pub(crate) fn naming(&self, id: &str) -> &[Naming] {
        self.naming.get(id).map_or(&[], Vec::as_slice)
    }

    /// The names of data sets by their numbers.
    pub(crate) fn datasets(&self) -> &[String] {
        &self.datasets
    }

    /// The names of data sets that entities are in.
    pub(crate) fn datasets_in_use(&self) -> Vec<String> {
        self.in_use.iter().filter_map(|&at| self.datasets.get(usize::from(at))).cloned().collect()
    }

    /// The schemata of which there are entities.
    pub(crate) fn schemata(&self) -> impl Iterator<Item = Schema> + '_ {
        self.schemata.iter().copied()
    }
}

/// When lists say that something changed.
fn changed(node: &Node, datasets: &[String], found: &Found) -> Option<u32> {
    let ids = std::iter::once(&*found.id).chain(found.referents.iter().map(|id| &**id));
    let name = |&number: &u16| datasets.get(usize::from(number)).map(String::as_str);
    live::seen(node, ids, |dataset| found.datasets.iter().filter_map(name).any(|name| name == dataset)).change
}

fn taken(content: [u8; 16], profile: &Profile) -> Piece {
    let of = |(at, entity): (usize, &Entity)| {
        let id = entity.id.as_str();
        let referents = entity.referents.iter().filter(|other| *other != id);
        Found {
            id: id.into(),
            schema: entity.schema,
            datasets: Vec::new(),
            texts: Texts::of(entity, at == 0 && is_listed(profile)),
            referents: referents.map(|other| other.as_str().into()).collect(),
            names: named(entity),
        }
    };
    let all = || std::iter::once(&profile.entity).chain(&profile.related).take(1 + usize::from(u16::MAX));
    let datasets = all().map(|entity| entity.datasets.clone()).collect();
    Piece::Read(Taken { content, entities: all().enumerate().map(of).collect() }, datasets)
}

/// The ids of entities that one names, each with the property.
fn named(entity: &Entity) -> Vec<(Arc<str>, &'static Property)> {
    let mut out = Vec::new();
    for (name, values) in &entity.properties {
        let Some(property) = entity.schema.property(name) else { continue };
        if matches!(property.kind, PropertyType::Entity(_)) && property.reverse.is_some() {
            out.extend(values.iter().map(|value| (Arc::from(value.as_str()), property)));
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

#[cfg(test)]
mod tests {
    use mihenk_node::{Model, Source};

    use super::*;

    #[test]
    fn what_the_lists_say_the_same_of_is_shared_and_the_rest_is_new() {
        let folder = tempfile::tempdir().unwrap();
        let add = |name: &str, people: &[(&str, &str)]| {
            let line = |(id, text): &(&str, &str)| {
                format!(
                    "{{\"id\":\"{id}\",\"schema\":\"Person\",\"datasets\":[\"{name}\"],\"properties\":{{\"name\":[\"{text}\"]}}}}\n"
                )
            };
            let file = folder.path().join(format!("{name}.ftm.json"));
            std::fs::write(&file, people.iter().map(line).collect::<String>()).unwrap();
            Node::add_lists(&folder.path().join("data"), &[file], &Model::built_in(), "2026-01-31T12:00:00Z").unwrap();
            Node::open(&Source::Folder(folder.path().join("data")), Model::built_in()).unwrap()
        };
        add("beta", &[("b1", "Kerem"), ("b2", "Zerrin")]);
        let node = add("gamma", &[("g1", "Feride")]);
        let first = Library::read(&node, None).unwrap();
        // A list that comes before the others moves their numbers.
        add("alpha", &[("a1", "Emre")]);
        let node = add("beta", &[("b1", "Kerem"), ("b2", "Zerrin Hanım")]);
        let second = Library::read(&node, Some(&first)).unwrap();
        let fresh = Library::read(&node, None).unwrap();
        let of = |library: &Library, id: &str| Arc::clone(&library.taken[library.place(id).unwrap().profile as usize]);
        assert!(
            Arc::ptr_eq(&of(&first, "b1"), &of(&second, "b1")) && Arc::ptr_eq(&of(&first, "g1"), &of(&second, "g1"))
        );
        assert!(!Arc::ptr_eq(&of(&first, "b2"), &of(&second, "b2")));
        let told = |library: &Library| -> Vec<(String, Place, Vec<String>, Texts)> {
            let names =
                |thing: &Thing| thing.datasets.iter().map(|&at| library.datasets()[usize::from(at)].clone()).collect();
            library.things.iter().map(|t| (t.id.to_string(), t.place, names(t), t.texts.clone())).collect()
        };
        assert_eq!(told(&second), told(&fresh));
        let mut in_use = second.datasets_in_use();
        in_use.sort();
        assert_eq!(in_use, ["alpha", "beta", "gamma"]);
    }
}
