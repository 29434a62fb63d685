//! Who is meant when one record names another: texts such as *Linked To: …* become relations between entities.
//!
//! In come the drafts of one call, each with the names its records go by and the [`Mention`]s in them; out come
//! `UnknownLink`s and `operator` or `owner` values that point to entities. A name is looked up in its own list first,
//! among primary names and then among aliases, then in the other lists of the same publisher. One that names nobody,
//! or more than one, is kept as a note on the record and reported: guessing would restrain the wrong one.

use mihenk_entities::{Entity, EntityId, Schema};
use rustc_hash::FxHashMap;

use crate::{
    finding::{Finding, Place, Severity, quote},
    listing::schema_named,
    reading::Reading,
    sayings,
};

/// A list as read, before its records were tied together.
pub(crate) struct Draft {
    /// The list.
    pub(crate) reading: Reading,
    /// The ids of the records that go by a name first of all, by [`key`].
    pub(crate) names: Names,
    /// The ids of the records that go by a name as well.
    pub(crate) aliases: Names,
    /// What is to be resolved.
    pub(crate) mentions: Vec<Mention>,
}

/// Ids by the [`key`] of a name.
pub(crate) type Names = FxHashMap<String, Vec<EntityId>>;

/// A record that is named in another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mention {
    /// The record in which it stands.
    pub(crate) subject: EntityId,
    /// The words before the name, such as *Linked To*.
    pub(crate) role: String,
    /// The name as written.
    pub(crate) name: String,
    /// The property of the subject that takes the id, if there is one.
    pub(crate) property: Option<&'static str>,
    /// Where it stands.
    pub(crate) file: String,
    /// Where it stands.
    pub(crate) line: u64,
}

impl Draft {
    /// A draft in which no record names another.
    pub(crate) fn of(reading: Reading) -> Draft {
        Draft { reading, names: Names::default(), aliases: Names::default(), mentions: Vec::new() }
    }
}

/// Letters and digits in upper case: how names are compared here. Spelling is not guessed at.
pub(crate) fn key(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

/// Enters a record under a name.
pub(crate) fn enter(names: &mut Names, name: &str, id: &EntityId) {
    let ids = names.entry(key(name)).or_default();
    if !ids.contains(id) {
        ids.push(id.clone());
    }
}

/// Ties the records of all drafts together.
pub(crate) fn resolve(mut drafts: Vec<Draft>) -> Vec<Reading> {
    let schemata: FxHashMap<EntityId, Schema> = drafts
        .iter()
        .filter(|_| drafts.iter().any(|draft| !draft.mentions.is_empty()))
        .flat_map(|draft| &draft.reading.entities)
        .map(|entity| (entity.id.clone(), entity.schema))
        .collect();
    for at in 0..drafts.len() {
        let mentions = std::mem::take(&mut drafts[at].mentions);
        let found: Vec<Vec<EntityId>> = mentions.iter().map(|mention| look_up(&drafts, at, &mention.name)).collect();
        let mut ties = Ties::of(&mut drafts[at].reading);
        for (mention, found) in mentions.iter().zip(&found) {
            match found.as_slice() {
                [object] => ties.tie(mention, object, schemata.get(object).copied()),
                _ => ties.keep_as_note(mention, found.len()),
            }
        }
    }
    drafts.into_iter().map(|draft| draft.reading).collect()
}

/// The records that go by a name: of the own list, else of the publisher's other lists.
fn look_up(drafts: &[Draft], own: usize, name: &str) -> Vec<EntityId> {
    let key = key(name);
    let publisher = drafts[own].reading.source.map(|source| source.publisher);
    let others = drafts.iter().enumerate().filter(|(at, draft)| {
        *at != own && publisher.is_some() && draft.reading.source.map(|source| source.publisher) == publisher
    });
    let lists = std::iter::once(&drafts[own]).chain(others.map(|(_, draft)| draft));
    lists
        .flat_map(|draft| [&draft.names, &draft.aliases])
        .find_map(|names| names.get(&key))
        .cloned()
        .unwrap_or_default()
}

/// A reading whose records are being tied, and where its entities are.
struct Ties<'a> {
    reading: &'a mut Reading,
    places: FxHashMap<EntityId, usize>,
}

impl Ties<'_> {
    fn of(reading: &mut Reading) -> Ties<'_> {
        let places = reading.entities.iter().enumerate().map(|(at, entity)| (entity.id.clone(), at)).collect();
        Ties { reading, places }
    }

    fn tie(&mut self, mention: &Mention, object: &EntityId, schema: Option<Schema>) {
        let Some(&at) = self.places.get(&mention.subject) else { return };
        let subject = &mut self.reading.entities[at];
        if let Some(property) = mention.property
            && schema.is_some_and(|schema| schema.is("LegalEntity"))
        {
            return subject.add(property, object.as_str());
        }
        // With ids near the length limit there is no room for a third; the name is kept instead.
        let Ok(id) = EntityId::new(format!("{}-link-{object}", subject.id)) else {
            return subject.add("notes", format!("{}: {}", mention.role, mention.name));
        };
        if let Some(&link) = self.places.get(&id) {
            return self.reading.entities[link].add("role", mention.role.as_str());
        }
        let mut link = Entity::new(id.clone(), schema_named("UnknownLink"));
        link.datasets.clone_from(&subject.datasets);
        link.add("subject", subject.id.as_str());
        link.add("object", object.as_str());
        link.add("role", mention.role.as_str());
        self.places.insert(id, self.reading.entities.len());
        self.reading.entities.push(link);
    }

    fn keep_as_note(&mut self, mention: &Mention, count: usize) {
        if let Some(&at) = self.places.get(&mention.subject) {
            self.reading.entities[at].add("notes", format!("{}: {}", mention.role, mention.name));
        }
        let found = match count {
            0 => sayings::found_name_of_none(quote(&mention.name)),
            _ => sayings::found_name_of_several(quote(&mention.name), count),
        };
        let (record, field) = (Some(mention.subject.to_string()), Some(mention.role.clone()));
        self.reading.findings.push(Finding {
            file: mention.file.clone(),
            place: Place { line: Some(mention.line), record, field },
            found,
            expected: sayings::name_of_no_record(),
            severity: Severity::Low,
        });
    }
}
