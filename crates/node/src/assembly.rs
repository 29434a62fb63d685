//! Everything the lists say of each entity, put together from stored lists that are not held in memory.
//!
//! In come the versions of lists that are in use; out come [`Profile`]s, a piece after the other, as [`crate::records::assemble`]
//! would give them. The files are read twice. [`Assembly::plan`] goes over all lines once and notes where each entity is, where
//! other lists say more of it, and where the listings, documents, addresses and relations lie that belong to it; of a line it
//! reads the id, the schema and the few properties that name others. Then each entity's lines are read where they lie. The
//! lines alone tell whether anything has changed ([`Assembly::contents`]), so what an index before has of an unchanged entity
//! is taken over without reading JSON.

use std::{borrow::Cow, collections::BTreeMap, ops::Range};

use mihenk_entities::{Entity, Schema};
use mihenk_screening::{index::rows::ContentRow, model::Model};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::{
    error::NodeError,
    folder::{Current, Folder, read_at},
    merging::{
        decisions::Decisions,
        joining::{self, Ids},
        merges::Merges,
    },
    records::{OWNERS, Profile, merge},
    stored::{ListLines, of_lines},
};

/// Where a line lies.
#[derive(Clone, Copy, Debug)]
struct Place {
    file: u32,
    len: u32,
    offset: u64,
}

/// The ids of a stored version that are screened.
///
/// # Errors
/// As [`Assembly::plan`].
pub(crate) fn screened(folder: &Folder, dataset: &str, version: &str) -> Result<Vec<String>, NodeError> {
    let list = ListLines::open(folder, dataset, version)?;
    let mut all = Vec::new();
    list.each_block(version, |lines, lines_before| {
        let ids = of_lines(lines, |i, _, line| {
            let wrong = |what: String| list.damaged(format!("line {}: {what}", lines_before + i + 1));
            let shallow: Shallow = serde_json::from_slice(line).map_err(|e| wrong(e.to_string()))?;
            let screened = matches!(shallow.role().map_err(wrong)?, LineRole::Screened);
            Ok(screened.then(|| shallow.id.into_owned()))
        })?;
        all.extend(ids.into_iter().flatten());
        Ok(())
    })?;
    Ok(all)
}

/// The first half of the SHA-256 of an id: as good as the id, and a fraction of its size.
type IdHash = u128;

/// Where everything is that the lists say of each entity.
pub(crate) struct Assembly {
    lists: Vec<ListLines>,
    /// The first line of each entity that is screened.
    first: Vec<Place>,
    /// Other lines that belong to entities, sorted by entity, then in the order of the lists.
    more: Vec<More>,
    /// The addresses that entities point at.
    addresses: FxHashMap<IdHash, Place>,
    /// The ids of entities that are several entries.
    ids: FxHashMap<u32, Ids>,
    /// Who is one.
    merges: Merges,
}

/// Another line that belongs to an entity.
#[derive(Clone, Copy, Debug)]
struct More {
    entity: u32,
    place: Place,
    /// Whether the line is an entity that is screened: the same one, of another list.
    is_screened: bool,
}

/// What a line says of itself, before more of it is read.
struct Brief {
    id: IdHash,
    place: Place,
    role: LineRole,
    /// What it shares only with itself, and the ids that it names as meaning the same; empty where there is one list.
    keys: Vec<u64>,
    referents: Vec<(IdHash, u64)>,
}

enum LineRole {
    Screened,
    Address,
    /// It belongs to others.
    Satellite(Vec<IdHash>),
}

impl Assembly {
    /// Goes over all lists once, and joins those who are one by rule or decision.
    ///
    /// # Errors
    /// When a file cannot be read, a line is no entity, or the content is not the one that was stored.
    pub(crate) fn plan(
        folder: &Folder,
        current: &Current,
        decisions: &Decisions,
        model: &Model,
    ) -> Result<Assembly, NodeError> {
        // Within one list its publisher says who is one.
        let mut plan = Plan { wants_keys: current.lists.len() > 1, ..Plan::default() };
        let mut lists = Vec::new();
        for (number, (dataset, version)) in current.lists.iter().enumerate() {
            let list = ListLines::open(folder, dataset, version)?;
            plan.read(&list, number as u32, version)?;
            lists.push(list);
        }
        let decided = decisions.ids().into_iter().filter_map(|id| plan.positions.get(&id_hash(id)).copied()).collect();
        let (mut assembly, keys) = plan.finish(lists);
        assembly.join(keys, decided, decisions, model)?;
        Ok(assembly)
    }

    /// Who is one.
    pub(crate) fn merges(&self) -> &Merges {
        &self.merges
    }

    /// Joins those who are one.
    fn join(
        &mut self,
        keys: Vec<(u64, u32)>,
        decided: Vec<u32>,
        decisions: &Decisions,
        model: &Model,
    ) -> Result<(), NodeError> {
        let mut meeting = joining::meeting(keys, |at| self.lists_of(at));
        meeting.numbers.extend(decided);
        let numbers: Vec<u32> = meeting.numbers.iter().copied().collect();
        let subject = |&at: &u32| {
            let profile = self.profile(at as usize)?;
            Ok((at, joining::subject(&profile, self.lists_of(at), &meeting)))
        };
        let subjects = numbers.par_iter().map(subject).collect::<Result<Vec<_>, NodeError>>()?;
        let joined = joining::joined(subjects, decisions, model);
        self.renumber(joined.groups);
        self.merges = joined.merges;
        Ok(())
    }

    /// The lists that have an entity.
    fn lists_of(&self, at: u32) -> Vec<u32> {
        let again = self.more_of(at as usize).iter().filter(|more| more.is_screened).map(|more| more.place.file);
        let mut lists: Vec<u32> = std::iter::once(self.first[at as usize].file).chain(again).collect();
        lists.dedup();
        lists
    }

    /// Gives those who are one the number and the place of the first of them, and all lines of theirs.
    fn renumber(&mut self, groups: Vec<(Vec<u32>, Ids)>) {
        if groups.is_empty() {
            return;
        }
        let into: FxHashMap<u32, u32> =
            groups.iter().flat_map(|(all, _)| all[1..].iter().map(|&member| (member, all[0]))).collect();
        let mut next = 0;
        let mut numbers: Vec<u32> = Vec::with_capacity(self.first.len());
        for at in 0..self.first.len() as u32 {
            // The first of them has the smallest number, so its new one is known.
            let number = into.get(&at).map_or(next, |&first| numbers[first as usize]);
            next += u32::from(number == next);
            numbers.push(number);
        }
        let mut first = Vec::with_capacity(next as usize);
        for (at, &place) in (0..).zip(&self.first) {
            match into.contains_key(&at) {
                true => self.more.push(More { entity: at, place, is_screened: true }),
                false => first.push(place),
            }
        }
        self.first = first;
        self.more.iter_mut().for_each(|more| more.entity = numbers[more.entity as usize]);
        sort(&mut self.more);
        self.ids = groups.into_iter().map(|(all, ids)| (numbers[all[0] as usize], ids)).collect();
    }

    /// How many entities are screened.
    pub(crate) fn len(&self) -> usize {
        self.first.len()
    }

    /// The id of each entity of a range, and what stands for everything the lists say of it.
    ///
    /// # Errors
    /// When a line cannot be read.
    pub(crate) fn contents(&self, range: Range<usize>) -> Result<Vec<(String, ContentRow)>, NodeError> {
        range.into_par_iter().map(|at| self.content(at)).collect()
    }

    fn content(&self, at: usize) -> Result<(String, ContentRow), NodeError> {
        let mut hash = Sha256::new();
        let mut line = self.line(self.first[at])?;
        let brief = self.shallow(&line, self.first[at])?;
        let id =
            self.ids.get(&(at as u32)).map_or_else(|| brief.id.clone().into_owned(), |ids| ids.canonical().to_owned());
        let addresses = brief.properties.addresses();
        hash.update(&line);
        self.add_addresses(&addresses, &mut hash)?;
        for more in self.more_of(at) {
            self.read(more.place, &mut line)?;
            hash.update(&line);
            if more.is_screened {
                let addresses = self.shallow(&line, more.place)?.properties.addresses();
                self.add_addresses(&addresses, &mut hash)?;
            }
        }
        Ok((id, ContentRow::of(hash)))
    }

    fn add_addresses(&self, ids: &[String], hash: &mut Sha256) -> Result<(), NodeError> {
        for &place in ids.iter().filter_map(|id| self.addresses.get(&id_hash(id))) {
            hash.update(self.line(place)?);
        }
        Ok(())
    }

    /// Some entities with everything the lists say of them.
    ///
    /// # Errors
    /// When a line cannot be read.
    pub(crate) fn profiles(&self, numbers: &[usize]) -> Result<Vec<Profile>, NodeError> {
        numbers.par_iter().map(|&at| self.profile(at)).collect()
    }

    fn profile(&self, at: usize) -> Result<Profile, NodeError> {
        let mut profile = Profile { entity: self.entity(self.first[at])?, related: Vec::new() };
        let mut satellites = Vec::new();
        for more in self.more_of(at) {
            let entity = self.entity(more.place)?;
            if more.is_screened {
                merge(&mut profile.entity, &entity);
            } else {
                satellites.push(entity);
            }
        }
        if let Some(ids) = self.ids.get(&(at as u32)) {
            ids.give(&mut profile.entity);
        }
        for address in profile.entity.values("addressEntity") {
            if let Some(&place) = self.addresses.get(&id_hash(address)) {
                profile.related.push(self.entity(place)?);
            }
        }
        for satellite in satellites {
            if !profile.related.contains(&satellite) {
                profile.related.push(satellite);
            }
        }
        Ok(profile)
    }

    fn more_of(&self, at: usize) -> &[More] {
        let from = self.more.partition_point(|more| (more.entity as usize) < at);
        let len = self.more[from..].partition_point(|more| more.entity as usize == at);
        &self.more[from..from + len]
    }

    fn entity(&self, place: Place) -> Result<Entity, NodeError> {
        let line = self.line(place)?;
        let text = std::str::from_utf8(&line).map_err(|e| self.damaged(place, &e.to_string()))?;
        Entity::from_json(text).map_err(|e| self.damaged(place, &e.to_string()))
    }

    fn shallow<'l>(&self, line: &'l [u8], place: Place) -> Result<Shallow<'l>, NodeError> {
        serde_json::from_slice(line).map_err(|e| self.damaged(place, &e.to_string()))
    }

    fn line(&self, place: Place) -> Result<Vec<u8>, NodeError> {
        let mut line = Vec::new();
        self.read(place, &mut line)?;
        Ok(line)
    }

    fn read(&self, place: Place, line: &mut Vec<u8>) -> Result<(), NodeError> {
        line.resize(place.len as usize, 0);
        let list = &self.lists[place.file as usize];
        read_at(&list.file, line, place.offset).map_err(NodeError::io(&list.path))
    }

    fn damaged(&self, place: Place, what: &str) -> NodeError {
        let path = self.lists[place.file as usize].path.clone();
        NodeError::Damaged { path, what: format!("at byte {}: {what}", place.offset) }
    }
}

/// The parts of a line that say where it belongs.
#[derive(Deserialize)]
struct Shallow<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow)]
    schema: Cow<'a, str>,
    #[serde(borrow, default)]
    referents: Vec<Cow<'a, str>>,
    #[serde(borrow, default)]
    properties: References<'a>,
}

/// The properties that name other entities.
#[derive(Default, Deserialize)]
struct References<'a>(#[serde(borrow)] BTreeMap<Cow<'a, str>, Vec<Cow<'a, str>>>);

impl References<'_> {
    fn addresses(&self) -> Vec<String> {
        self.0.get("addressEntity").into_iter().flatten().map(|id| id.clone().into_owned()).collect()
    }

    fn owners(&self) -> Vec<IdHash> {
        OWNERS.iter().filter_map(|property| self.0.get(*property)).flatten().map(|id| id_hash(id)).collect()
    }
}

#[derive(Default)]
struct Plan {
    positions: FxHashMap<IdHash, u32>,
    wants_keys: bool,
    first: Vec<Place>,
    again: Vec<(u32, Place)>,
    satellites: Vec<(IdHash, Place)>,
    addresses: FxHashMap<IdHash, Place>,
    /// Keys, with the numbers of their bearers.
    keys: Vec<(u64, u32)>,
    /// Keys of what belongs to others, with the ids of these.
    their_keys: Vec<(u64, IdHash)>,
    /// Ids that an entity names as meaning the same, with what stands for them as keys.
    referents: Vec<(IdHash, u64, u32)>,
}

impl Plan {
    /// Goes over the lines of a list.
    fn read(&mut self, list: &ListLines, number: u32, version: &str) -> Result<(), NodeError> {
        list.each_block(version, |lines, lines_before| {
            let briefs = of_lines(lines, |i, offset, line| {
                let place = Place { file: number, len: line.len() as u32, offset };
                brief(line, place, self.wants_keys)
                    .map_err(|what| list.damaged(format!("line {}: {what}", lines_before + i + 1)))
            })?;
            briefs.into_iter().for_each(|brief| self.add(brief));
            Ok(())
        })
    }

    fn add(&mut self, brief: Brief) {
        match brief.role {
            LineRole::Screened => {
                let at = match self.positions.get(&brief.id) {
                    Some(&at) => {
                        self.again.push((at, brief.place));
                        at
                    }
                    None => {
                        let at = self.first.len() as u32;
                        self.positions.insert(brief.id, at);
                        self.first.push(brief.place);
                        at
                    }
                };
                self.keys.extend(brief.keys.into_iter().map(|key| (key, at)));
                self.referents.extend(brief.referents.into_iter().map(|(id, key)| (id, key, at)));
            }
            LineRole::Address => drop(self.addresses.insert(brief.id, brief.place)),
            LineRole::Satellite(owners) => {
                for id in owners {
                    self.satellites.push((id, brief.place));
                    self.their_keys.extend(brief.keys.iter().map(|&key| (key, id)));
                }
            }
        }
    }

    /// The entities by their ids, and all keys with their bearers.
    fn finish(self, lists: Vec<ListLines>) -> (Assembly, Vec<(u64, u32)>) {
        let Plan { positions, mut keys, .. } = self;
        let owned = self
            .satellites
            .iter()
            .filter_map(|(id, place)| Some(More { entity: *positions.get(id)?, place: *place, is_screened: false }));
        let again = self.again.into_iter().map(|(entity, place)| More { entity, place, is_screened: true });
        let mut more: Vec<More> = again.chain(owned).collect();
        sort(&mut more);
        keys.extend(self.their_keys.iter().filter_map(|(key, id)| Some((*key, *positions.get(id)?))));
        let named = self.referents.iter().filter_map(|(id, key, at)| Some([(*key, *at), (*key, *positions.get(id)?)]));
        keys.extend(named.flatten());
        let assembly = Assembly {
            lists,
            first: self.first,
            more,
            addresses: self.addresses,
            ids: FxHashMap::default(),
            merges: Merges::default(),
        };
        (assembly, keys)
    }
}

/// Puts lines in the order of entities and lists.
fn sort(more: &mut Vec<More>) {
    more.sort_by_key(|more| (more.entity, more.place.file, more.place.offset));
    // A relation that names one entity twice, or two that are one, belongs to it once.
    more.dedup_by_key(|more| (more.entity, more.place.file, more.place.offset));
}

fn brief(line: &[u8], place: Place, wants_keys: bool) -> Result<Brief, String> {
    let shallow: Shallow = serde_json::from_slice(line).map_err(|e| e.to_string())?;
    let mut brief =
        Brief { id: id_hash(&shallow.id), place, role: shallow.role()?, keys: Vec::new(), referents: Vec::new() };
    if let Some(schema) = Schema::named(&shallow.schema).filter(|_| wants_keys) {
        let values = shallow.properties.0.iter();
        brief.keys = joining::hashes(schema, values.flat_map(|(p, values)| values.iter().map(move |v| (&**p, &**v))));
        brief.referents = shallow.referents.iter().map(|id| (id_hash(id), joining::id_key(id))).collect();
    }
    Ok(brief)
}

impl Shallow<'_> {
    fn role(&self) -> Result<LineRole, String> {
        let schema = Schema::named(&self.schema).ok_or_else(|| format!("unknown schema '{}'", self.schema))?;
        Ok(match () {
            () if schema.is("Address") => LineRole::Address,
            () if schema.is_matchable() => LineRole::Screened,
            () => LineRole::Satellite(self.properties.owners()),
        })
    }
}

fn id_hash(id: &str) -> IdHash {
    let mut hash = Sha256::new();
    hash.update(id.as_bytes());
    IdHash::from_le_bytes(ContentRow::of(hash).0)
}

#[cfg(test)]
mod tests {
    use mihenk_lists::{Input, read_inputs};

    use super::*;
    use crate::{Node, lists, records::assemble};

    /// Two lists that know some of the same people, with what belongs to them before, behind and between them.
    const FIRST: &str = r#"
{"id":"s-1","schema":"Sanction","datasets":["one"],"properties":{"entity":["p-1"],"authority":["A"]}}
{"id":"a-1","schema":"Address","datasets":["one"],"properties":{"full":["1 Long Street, Karim City"]}}
{"id":"p-1","schema":"Person","datasets":["one"],"properties":{"name":["Hossein Zolfaqari"],"addressEntity":["a-2","a-1"]}}
{"id":"p-2","schema":"Person","datasets":["one"],"properties":{"name":["Karim \u00dcnal"]}}
{"id":"r-1","schema":"Family","datasets":["one"],"properties":{"person":["p-1","p-2"],"relative":["p-2"]}}
{"id":"d-1","schema":"Passport","datasets":["one"],"properties":{"holder":["p-2"],"number":["Z123456"]}}
"#;
    const SECOND: &str = r#"
{"id":"p-2","schema":"Person","datasets":["two"],"properties":{"alias":["Kerim Unal"],"addressEntity":["a-1"]}}
{"id":"a-2","schema":"Address","datasets":["two"],"properties":{"full":["2 Short Street"]}}
{"id":"s-2","schema":"Sanction","datasets":["two"],"properties":{"entity":["p-2"],"authority":["B"]}}
{"id":"c-1","schema":"Company","datasets":["two"],"properties":{"name":["Zamani Trading LLC"]}}
{"id":"o-1","schema":"Ownership","datasets":["two"],"properties":{"owner":["p-1"],"asset":["c-1"]}}
{"id":"x-1","schema":"Sanction","datasets":["two"],"properties":{"entity":["nobody"]}}
"#;

    fn store(folder: &Folder, lists: &[(&str, &str)]) -> Current {
        let inputs: Vec<Input> = lists
            .iter()
            .map(|(name, text)| Input { name: format!("{name}.jsonl"), bytes: text.trim().as_bytes().to_vec() })
            .collect();
        let lock = folder.lock().unwrap();
        lists::store(folder, &lock, &read_inputs(&inputs).unwrap(), "2026-01-01T00:00:00Z").unwrap().1
    }

    #[test]
    fn reading_from_files_gives_what_joining_in_memory_gives() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::new(place.path().to_owned());
        let current = store(&folder, &[("one", FIRST), ("two", SECOND)]);
        let read = |(dataset, version): (&String, &String)| lists::entities_of(&folder, dataset, version).unwrap();
        let lists: Vec<Vec<Entity>> = current.lists.iter().map(read).collect();
        let expected = assemble(&lists);
        let assembly = Assembly::plan(&folder, &current, &Decisions::default(), &Model::built_in()).unwrap();
        let all: Vec<usize> = (0..assembly.len()).collect();
        let profiles = assembly.profiles(&all).unwrap();
        assert_eq!(profiles, expected);
        assert_eq!(profiles[0].related.len(), 5, "two addresses, a listing, a relation, a share in a company");
        assert_eq!(profiles[1].entity.values("alias"), ["Kerim Unal"]);
    }

    #[test]
    fn any_line_that_says_something_of_an_entity_changes_its_content() {
        let contents = |second: &str| -> Vec<(String, ContentRow)> {
            let place = tempfile::tempdir().unwrap();
            let folder = Folder::new(place.path().to_owned());
            let current = store(&folder, &[("one", FIRST), ("two", second)]);
            let assembly = Assembly::plan(&folder, &current, &Decisions::default(), &Model::built_in()).unwrap();
            assembly.contents(0..assembly.len()).unwrap()
        };
        let before = contents(SECOND);
        let changed = |from: &str, to: &str| -> Vec<String> {
            let after = contents(&SECOND.replace(from, to));
            after.into_iter().filter(|entity| !before.contains(entity)).map(|entity| entity.0).collect()
        };
        assert!(changed("", "").is_empty());
        assert_eq!(changed("2 Short", "3 Short"), ["p-1"], "an address of another list");
        assert_eq!(changed("Kerim", "Krim"), ["p-2"], "a second list");
        assert_eq!(changed("\"B\"", "\"C\""), ["p-2"], "a listing");
        assert_eq!(changed("Trading", "Trade"), ["c-1"]);
        assert_eq!(
            changed("\"owner\":[\"p-1\"]", "\"owner\":[\"p-2\"]"),
            ["p-1", "p-2", "c-1"],
            "a relation, on all its ends"
        );
    }

    #[test]
    fn a_changed_list_makes_the_index_that_it_would_make_in_a_new_folder() {
        let write = |folder: &std::path::Path, name: &str, text: &str| {
            let path = folder.join(format!("{name}.jsonl"));
            std::fs::write(&path, text.trim()).unwrap();
            path
        };
        let files = |folder: &std::path::Path| -> Vec<(String, Vec<u8>)> {
            let mut all: Vec<(String, Vec<u8>)> = std::fs::read_dir(folder.join("index"))
                .unwrap()
                .map(|entry| entry.unwrap().path())
                .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(path).unwrap()))
                .collect();
            all.sort();
            all
        };
        let (grown, fresh, sources) =
            (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let (model, now) = (Model::built_in(), "2026-01-01T00:00:00Z");
        let one = write(sources.path(), "one", FIRST);
        for second in [SECOND.to_owned(), SECOND.replace("2 Short", "9 Short"), SECOND.replace("Kerim", "Karima")] {
            let two = write(sources.path(), "two", &second);
            Node::add_lists(grown.path(), &[one.clone(), two], &model, now).unwrap();
        }
        let two = sources.path().join("two.jsonl");
        Node::add_lists(fresh.path(), &[one, two], &model, now).unwrap();
        let (grown, fresh) = (files(grown.path()), files(fresh.path()));
        assert_eq!(grown.len(), 4, "index, records, offsets, merges");
        assert!(grown == fresh);
    }

    #[test]
    fn a_damaged_record_is_found_and_made_again_when_lists_are_loaded() {
        let (folder, sources) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let list = sources.path().join("one.jsonl");
        std::fs::write(&list, FIRST.trim()).unwrap();
        let (model, now) = (Model::built_in(), "2026-01-01T00:00:00Z");
        let load = || Node::add_lists(folder.path(), std::slice::from_ref(&list), &model, now).unwrap();
        let open = || Node::open(&crate::Source::Folder(folder.path().to_owned()), Model::built_in()).unwrap();
        load();
        let whole = open().profile(0).unwrap();
        let files = std::fs::read_dir(folder.path().join("index")).unwrap().map(|entry| entry.unwrap().path());
        let records = files.into_iter().find(|path| path.extension().is_some_and(|e| e == "records")).unwrap();
        let altered = std::fs::read_to_string(&records).unwrap().replace("Zolfaqari", "Zolfaqori");
        std::fs::write(&records, altered).unwrap();
        let error = open().profile(0).unwrap_err().to_string();
        assert!(error.contains("record 0 is altered"), "{error}");
        load();
        assert_eq!(open().profile(0).unwrap(), whole);
    }

    #[test]
    fn a_list_that_was_altered_is_refused() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::new(place.path().to_owned());
        let current = store(&folder, &[("one", FIRST)]);
        let (dataset, version) = current.lists.first_key_value().unwrap();
        let path = folder.list(dataset, version).join("entities.jsonl");
        let text = std::fs::read_to_string(&path).unwrap();
        for (spoiled, expected) in [
            (text.replace("Hossein", "Hassan"), "not the one it was stored with"),
            (text.replace("\"Person\"", "\"Pers\""), "line 3: unknown schema 'Pers'"),
            (text[..text.len() / 2].to_owned(), "line "),
        ] {
            std::fs::write(&path, spoiled).unwrap();
            let error =
                Assembly::plan(&folder, &current, &Decisions::default(), &Model::built_in()).err().unwrap().to_string();
            assert!(error.contains(expected), "{error}");
        }
    }
}
