//! Builds the index from entities and a model.
//!
//! In come entities in any order, out come the bytes of an index file. The same entities and the same model give the same
//! bytes, whatever the number of threads and whatever was there before: names are read in parallel, but everything is
//! numbered in the order of the input. Entities are taken in pieces, so that only their rows are held in memory, and what an
//! index that was built before holds of an unchanged entity is copied from it (`kept.rs`) instead of read again. Entities of
//! schemata that are not matched (sanctions, relations, addresses) are left out; their documents are joined to the entity
//! that holds them before, by [`crate::record`]. `rows.rs` collects the rows, `finish.rs` sorts them and writes the file.

mod finish;
mod kept;
mod rows;

use std::io::{self, Cursor, Seek, Write};

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use mihenk_entities::Entity;
use mihenk_names::Bearer;

use self::{kept::Before, rows::Rows};
use super::{Index, rows::ContentRow};
use crate::{
    model::Model,
    rarity::{Aspect, key},
    record::{Record, readings},
    shape::AskedName,
    term::short,
};

/// An entity that was read, on its way into the index.
struct Listed {
    id: String,
    caption: String,
    record: Record,
    names: Vec<(usize, Bearer, AskedName)>,
}

/// Entities that are read before their rows are collected.
const PIECE: usize = 4_096;

/// Builds the bytes of an index.
///
/// `lists_id` says which lists the entities are; it stands in the header.
#[must_use]
pub fn build(entities: &[Entity], model: &Model, lists_id: [u8; 32]) -> Vec<u8> {
    let mut builder = IndexBuilder::new(model, None);
    builder.add(entities);
    builder.into_bytes(lists_id)
}

/// Builds an index piece by piece.
pub struct IndexBuilder<'a> {
    model: &'a Model,
    before: Option<Before<'a>>,
    rows: Rows,
}

impl<'a> IndexBuilder<'a> {
    /// A builder without entities. From `before`, an index made with the same model, it takes over what has not changed.
    #[must_use]
    pub fn new(model: &'a Model, before: Option<&'a Index>) -> IndexBuilder<'a> {
        let before = before.filter(|index| index.fingerprint().1 == model.id()).map(Before::new);
        IndexBuilder { model, before, rows: Rows::default() }
    }

    /// Adds entities; those whose schema is not matched are left out.
    pub fn add(&mut self, entities: &[Entity]) {
        let matched = entities.par_iter().filter(|entity| entity.schema.is_matchable());
        let contents: Vec<(&Entity, ContentRow)> = matched.map(|entity| (entity, content_of(entity))).collect();
        for piece in contents.chunks(PIECE) {
            let additions: Vec<Addition> = piece
                .iter()
                .map(|&(entity, content)| match self.unchanged(entity.id.as_str(), content) {
                    Some(number) => Addition::Kept(number, content),
                    None => Addition::Read(entity, content),
                })
                .collect();
            self.add_each(&additions);
        }
    }

    /// The number of an entity in the index before, if it was made from the same content there.
    #[must_use]
    pub fn unchanged(&self, id: &str, content: ContentRow) -> Option<u32> {
        self.before.as_ref()?.unchanged(id, content)
    }

    /// Adds entities whose content the caller knows, and who are matched, in their order.
    pub fn add_each(&mut self, additions: &[Addition]) {
        let model = self.model;
        let read: Vec<Option<Listed>> = additions
            .par_iter()
            .map(|addition| match addition {
                Addition::Read(entity, _) => Some(read(entity, model)),
                Addition::Kept(..) => None,
            })
            .collect();
        for (addition, listed) in additions.iter().zip(&read) {
            match (addition, listed, &mut self.before) {
                (Addition::Read(_, content), Some(listed), _) => self.rows.add(listed, *content),
                (Addition::Kept(number, content), _, Some(before)) => self.rows.keep(before, *number, *content),
                // What was read is there; and without an index before no number of it is known.
                _ => {}
            }
        }
    }

    /// How many entities were added.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether no entity was added.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many of them were copied from the index before.
    #[must_use]
    pub fn kept(&self) -> usize {
        self.before.as_ref().map_or(0, |before| before.kept)
    }

    /// Writes the file to the beginning of `out`.
    ///
    /// # Errors
    /// What `out` says.
    pub fn write(self, lists_id: [u8; 32], out: &mut (impl Write + Seek)) -> io::Result<()> {
        drop(self.before);
        self.rows.write(self.model.id(), lists_id, out)
    }

    /// The file in memory.
    #[must_use]
    pub fn into_bytes(self, lists_id: [u8; 32]) -> Vec<u8> {
        let mut out = Cursor::new(Vec::new());
        match self.write(lists_id, &mut out) {
            Ok(()) => out.into_inner(),
            // Memory takes whatever is written to it.
            Err(error) => unreachable!("writing to memory: {error}"),
        }
    }
}

/// Where the rows of an entity come from, and what the entity was made from.
#[derive(Clone, Copy, Debug)]
pub enum Addition<'e> {
    /// It is read.
    Read(&'e Entity, ContentRow),
    /// The entity of that number in the index before is the same; see [`IndexBuilder::unchanged`].
    Kept(u32, ContentRow),
}

fn read(entity: &Entity, model: &Model) -> Listed {
    let record = Record::of(entity);
    let mut names = Vec::with_capacity(record.names.len());
    for (i, name) in record.names.iter().enumerate() {
        for bearer in readings(&name.text, record.bearers) {
            let mut read = AskedName::read(&name.text, bearer, &model.rarity);
            read.say_fields(&record.fields);
            names.push((i, bearer, read));
        }
    }
    Listed { id: entity.id.as_str().to_owned(), caption: entity.caption().to_owned(), record, names }
}

/// What an entity is made from: its id, schema and properties; not the datasets that list it, which the index does not hold.
#[must_use]
pub fn content_of(entity: &Entity) -> ContentRow {
    let mut hash = Sha256::new();
    // Lengths stand before texts, so that no two entities run together to one text.
    let mut text = |text: &str| {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text.as_bytes());
    };
    text(entity.id.as_str());
    text(entity.schema.name());
    for (property, values) in &entity.properties {
        text(property);
        text(&values.len().to_string());
        values.iter().for_each(|value| text(value));
    }
    ContentRow::of(hash)
}

/// A key in the index: words of different bearers are kept apart.
#[must_use]
pub fn mixed(key: u32, bearer: Bearer) -> u32 {
    key.wrapping_add((bearer as u32).wrapping_mul(0x9E37_79B9))
}

/// The hash under which an identifier is found.
#[must_use]
pub fn identifier_hash(normal: &str) -> u32 {
    short(key(Aspect::Identifier, normal.as_bytes()))
}
