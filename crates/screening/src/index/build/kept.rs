//! What an index that was built before holds of an entity that has not changed: copied instead of read again.
//!
//! In comes the number of an entity in the index before, out come the same rows that reading it would give, with words
//! numbered anew as they first occur. So the file is the same byte for byte as one that was built from nothing, and a test
//! says so. Reading names is what takes the time of a build; copying rows is bound by memory alone.

use rustc_hash::FxHashMap;

use mihenk_names::Bearer;

use super::rows::Rows;
use crate::{
    attributes::Source as _,
    index::{
        Index, Section,
        rows::{ABD, ContentRow, DateRow, IdentifierRow, MASK, NameRow, PartRow, UnitRow, WordRow},
        slice,
    },
};

/// An index that was built before.
pub(super) struct Before<'a> {
    index: &'a Index,
    by_id: FxHashMap<&'a str, u32>,
    /// The new number of each of its words as one word and as neighbours found by sound, or [`NEW`].
    words: Vec<[u32; 2]>,
    /// How many entities were copied.
    pub(super) kept: usize,
}

const NEW: u32 = u32::MAX;

impl<'a> Before<'a> {
    pub(super) fn new(index: &'a Index) -> Before<'a> {
        let by_id = (0..index.entity_count() as u32).map(|number| (index.entity(number).id(), number)).collect();
        Before { index, by_id, words: vec![[NEW; 2]; index.words().len()], kept: 0 }
    }

    /// The number of the entity, if it is there and was made from the same content.
    pub(super) fn unchanged(&self, id: &str, content: ContentRow) -> Option<u32> {
        let number = *self.by_id.get(id)?;
        (self.index.contents().get(number as usize) == Some(&content)).then_some(number)
    }
}

impl Rows {
    /// Copies an entity from the index before.
    pub(super) fn keep(&mut self, before: &mut Before, number: u32, content: ContentRow) {
        let index = before.index;
        let entity = index.entity(number);
        let (old, next) = (entity.row(), entity.next());
        let mut row = self.next_entity();
        (row.schema, row.name_count, row.genders) = (old.schema, old.name_count, old.genders);
        (row.id, row.id_len) = (self.add_text(entity.id().as_bytes()), old.id_len);
        (row.caption, row.caption_len) = (self.add_text(entity.caption().as_bytes()), old.caption_len);
        row.places = self.word_sets.len() as u32;
        entity.places().for_each(|set| self.add_word_set(set));
        row.addresses = self.word_sets.len() as u32;
        entity.addresses().for_each(|set| self.add_word_set(set));
        let dates: &[DateRow] = index.file.rows(Section::Dates as usize);
        self.dates.extend_from_slice(slice(dates, old.dates, next.dates));
        let countries: &[u16] = index.file.rows(Section::Countries as usize);
        self.countries.extend_from_slice(slice(countries, old.countries, next.countries));
        let here = self.len() as u32;
        let identifiers: &[IdentifierRow] = index.file.rows(Section::Identifiers as usize);
        let owned: &[u32] = index.file.rows(Section::Hashes as usize);
        for id in slice(owned, old.identifiers, next.identifiers).iter().filter_map(|&at| identifiers.get(at as usize))
        {
            let normal = index.identifier(id).0;
            self.identifiers.push((IdentifierRow { entity: here, text: 0, ..*id }, normal.into()));
        }
        self.push_entity(row, content);
        for name in entity.names() {
            if let Some(name) = index.names().get(name as usize) {
                self.keep_name(before, name, here);
            }
        }
        before.kept += 1;
    }

    fn keep_name(&mut self, before: &mut Before, old: &NameRow, entity: u32) {
        let index = before.index;
        let (units, parts): (&[UnitRow], &[PartRow]) = (index.units(old), index.parts(old));
        let row = NameRow {
            entity,
            units: self.units.len() as u32,
            parts: self.parts.len() as u32,
            text: self.add_text(index.name_text(old).as_bytes()),
            ..*old
        };
        self.names.push(row);
        self.parts.extend_from_slice(parts);
        for unit in units {
            let by_sound = (unit.mask & MASK).count_ones() > 1 && unit.mask & ABD == 0;
            if let Some(word) = self.keep_word(before, unit.word, by_sound) {
                self.add_unit(UnitRow { word, ..*unit });
            }
        }
    }

    /// The new number of a word of the index before; none for a number that the index does not have.
    fn keep_word(&mut self, before: &mut Before, old: u32, by_sound: bool) -> Option<u32> {
        let index = before.index;
        let known = before.words.get_mut(old as usize)?;
        let known = &mut known[usize::from(by_sound)];
        if *known == NEW {
            let row: &WordRow = index.words().get(old as usize)?;
            let bearer = Bearer::ALL.get(usize::from(row.bearer)).copied()?;
            *known = self.word(&index.term(row), bearer, by_sound);
        }
        Some(*known)
    }
}
