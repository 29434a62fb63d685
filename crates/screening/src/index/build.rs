//! Builds the index from entities and a model.
//!
//! In come entities in any order, out come the bytes of an index file. The same entities and the same model give the same
//! bytes, whatever the number of threads: names are read in parallel, but everything is numbered in the order of the input.
//! Entities of schemata that are not matched (sanctions, relations, addresses) are left out; their documents are joined to
//! the entity that holds them before, by [`crate::record`].

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use mihenk_entities::{Date, Entity, gender::Gender, identifier::Check};
use mihenk_names::Bearer;

use super::{
    Section,
    file::FileBuilder,
    rows::{
        ABD, DateRow, EntityRow, IdentifierRow, KeyRow, LACKS_VOWELS, LETTER, LETTERS_THERE, MERGED_THERE, NameRow,
        PartRow, SYLLABLE, UnitRow, WordRow, WordSetRow,
    },
};
use crate::{
    model::Model,
    pairing,
    rarity::{Aspect, key},
    record::{Record, readings},
    shape::{AskedName, AskedUnit, PartRole},
    term::{OwnTerm, short},
};

/// An entity that was read, on its way into the index.
struct Listed {
    id: String,
    caption: String,
    record: Record,
    names: Vec<(usize, Bearer, AskedName)>,
}

/// Builds the bytes of an index.
///
/// `lists_id` says which lists the entities are; it stands in the header.
#[must_use]
pub fn build(entities: &[Entity], model: &Model, lists_id: [u8; 32]) -> Vec<u8> {
    let listed: Vec<Listed> = entities.par_iter().filter(|e| e.schema.is_matchable()).map(|e| read(e, model)).collect();
    let mut builder = Builder::default();
    for entity in &listed {
        builder.add(entity);
    }
    builder.finish(model.id(), lists_id)
}

fn read(entity: &Entity, model: &Model) -> Listed {
    let record = Record::of(entity);
    let mut names = Vec::with_capacity(record.names.len());
    for (i, name) in record.names.iter().enumerate() {
        for bearer in readings(&name.text, record.bearers) {
            names.push((i, bearer, AskedName::read(&name.text, bearer, &model.rarity)));
        }
    }
    Listed { id: entity.id.as_str().to_owned(), caption: entity.caption().to_owned(), record, names }
}

#[derive(Default)]
struct Builder {
    entities: Vec<EntityRow>,
    names: Vec<NameRow>,
    units: Vec<UnitRow>,
    parts: Vec<PartRow>,
    words: Vec<WordRow>,
    vocabulary: FxHashMap<(String, u8, u8), u32>,
    /// Word, name and flags, in the order of the names.
    occurrences: Vec<(u32, u32, u32)>,
    keys: Vec<(u32, u32)>,
    identifiers: Vec<(IdentifierRow, String)>,
    dates: Vec<DateRow>,
    countries: Vec<u16>,
    word_sets: Vec<WordSetRow>,
    hashes: Vec<u32>,
    text: Vec<u8>,
}

impl Builder {
    fn add(&mut self, listed: &Listed) {
        let mut row = self.next_entity();
        row.schema = listed.record.schema.index();
        row.name_count = listed.record.names.len() as u16;
        (row.id, row.id_len) = (self.add_text(&listed.id), listed.id.len() as u8);
        let caption = cut(&listed.caption, usize::from(u16::MAX));
        (row.caption, row.caption_len) = (self.add_text(caption), caption.len() as u16);
        let attributes = &listed.record.attributes;
        row.genders = attributes.genders.iter().fold(0, |bits, &g| bits | gender_bit(g));
        row.places = self.word_sets.len() as u32;
        self.add_word_sets(&attributes.places);
        row.addresses = self.word_sets.len() as u32;
        self.add_word_sets(&attributes.addresses);
        self.dates.extend(attributes.born.iter().map(pack_date));
        self.countries.extend(attributes.countries.iter().map(|c| c.index()));
        let number = self.entities.len() as u32;
        for id in &listed.record.identifiers {
            let row = IdentifierRow {
                hash: identifier_hash(&id.normal),
                entity: number,
                text: 0,
                text_len: id.normal.len() as u8,
                kind: id.kind as u8,
                check: match id.check {
                    Check::None => 0,
                    Check::Passed => 1,
                    Check::Failed => 2,
                },
                reserved: 0,
            };
            self.identifiers.push((row, id.normal.clone()));
        }
        self.entities.push(row);
        for (i, bearer, name) in &listed.names {
            self.add_name(number, listed, *i, *bearer, name);
        }
    }

    /// A row whose ranges start where everything so far ends.
    fn next_entity(&self) -> EntityRow {
        EntityRow {
            names: self.names.len() as u32,
            dates: self.dates.len() as u32,
            countries: self.countries.len() as u32,
            places: self.word_sets.len() as u32,
            addresses: self.word_sets.len() as u32,
            ..EntityRow::default()
        }
    }

    fn add_name(&mut self, entity: u32, listed: &Listed, i: usize, bearer: Bearer, name: &AskedName) {
        let source = &listed.record.names[i];
        let count = |role: PartRole| name.parts.iter().filter(|p| p.role == role).count() as u8;
        let row = NameRow {
            entity,
            units: self.units.len() as u32,
            parts: self.parts.len() as u32,
            text: self.add_text(&source.text),
            text_len: source.text.len() as u16,
            unit_count: name.units.len().min(255) as u8,
            part_count: name.parts.len() as u8,
            bearer: bearer as u8,
            kind: source.kind as u8,
            words: count(PartRole::Word) + count(PartRole::Initial),
            letters: name.units.iter().take(255).filter(|u| is_letter(u)).count() as u8,
            least_rarity: least_rarity(name),
            reserved: 0,
        };
        let letters = if row.letters > 0 { LETTERS_THERE } else { 0 };
        let number = self.names.len() as u32;
        self.names.push(row);
        self.parts.extend(name.parts.iter().map(|p| PartRow {
            value: p.value,
            rarity: p.rarity.0.clamp(0, i32::from(u16::MAX)) as u16,
            role: p.role as u8,
            reserved: 0,
        }));
        for unit in name.units.iter().take(255) {
            let word = self.word(&unit.own, bearer);
            let side = pairing::side(0, unit);
            let letter = if is_letter(unit) { LETTER } else { 0 };
            let abd = if side.is_abd { ABD } else { 0 };
            self.units.push(UnitRow { word, mask: unit.mask | letter | abd });
            let merged = if unit.is_merged() { MERGED_THERE } else { 0 };
            self.occurrences.push((word, number, merged | letters));
        }
    }

    /// The number of a word, new or known.
    fn word(&mut self, own: &OwnTerm, bearer: Bearer) -> u32 {
        let lookup = (own.word.form.clone(), word_flags(own), bearer as u8);
        if let Some(&known) = self.vocabulary.get(&lookup) {
            return known;
        }
        let number = self.words.len() as u32;
        let text = self.text.len() as u32;
        let (form, sound) = (own.word.form.as_bytes(), own.word.sound.as_bytes());
        self.text.extend_from_slice(form);
        self.text.extend_from_slice(sound);
        self.words.push(WordRow {
            keys: own.keys,
            text,
            form_len: form.len() as u8,
            sound_len: sound.len() as u8,
            flags: word_flags(own),
            bearer: bearer as u8,
            rarity: own.rarity,
            variants: own.word.variants.groups,
            short: own.word.variants.short,
            ..WordRow::default()
        });
        let keys = &mut self.keys;
        own.term().each_key(false, |key| keys.push((mixed(key, bearer), number)));
        self.vocabulary.insert(lookup, number);
        number
    }

    fn add_text(&mut self, text: &str) -> u32 {
        let at = self.text.len() as u32;
        self.text.extend_from_slice(text.as_bytes());
        at
    }

    fn add_word_sets(&mut self, sets: &[Vec<u32>]) {
        for set in sets {
            self.word_sets.push(WordSetRow { start: self.hashes.len() as u32, len: set.len() as u32 });
            self.hashes.extend_from_slice(set);
        }
    }

    fn finish(mut self, model_id: [u8; 32], lists_id: [u8; 32]) -> Vec<u8> {
        let identifiers = self.finish_identifiers();
        let last = self.next_entity();
        self.entities.push(EntityRow { identifiers: self.hashes.len() as u32, ..last });
        let postings = self.finish_postings();
        let (keys, key_starts, key_words) = self.finish_keys();
        let mut file = FileBuilder::default();
        let mut written = 0;
        let mut at = |section: Section| {
            debug_assert_eq!(section as usize, written, "sections are written in their order");
            written += 1;
        };
        at(Section::Entities);
        file.section(&self.entities);
        at(Section::Names);
        file.section(&self.names);
        at(Section::Units);
        file.section(&self.units);
        at(Section::Parts);
        file.section(&self.parts);
        at(Section::Words);
        file.section(&self.words);
        at(Section::Postings);
        file.section(&postings);
        at(Section::Keys);
        file.section(&keys);
        at(Section::KeyStarts);
        file.section(&key_starts);
        at(Section::KeyWords);
        file.section(&key_words);
        at(Section::Identifiers);
        file.section(&identifiers);
        at(Section::Dates);
        file.section(&self.dates);
        at(Section::Countries);
        file.section(&self.countries);
        at(Section::WordSets);
        file.section(&self.word_sets);
        at(Section::Hashes);
        file.section(&self.hashes);
        at(Section::Text);
        file.section(&self.text);
        file.finish(model_id, lists_id)
    }

    /// Sorts identifiers by hash and gives each entity the places of its own.
    fn finish_identifiers(&mut self) -> Vec<IdentifierRow> {
        let mut all = std::mem::take(&mut self.identifiers);
        all.sort_by(|a, b| (a.0.hash, &a.1, a.0.entity).cmp(&(b.0.hash, &b.1, b.0.entity)));
        let mut by_entity: Vec<(u32, u32)> =
            all.iter().enumerate().map(|(i, (row, _))| (row.entity, i as u32)).collect();
        by_entity.sort_unstable();
        let mut at = 0;
        for (number, entity) in self.entities.iter_mut().enumerate() {
            entity.identifiers = self.hashes.len() as u32;
            while at < by_entity.len() && by_entity[at].0 == number as u32 {
                self.hashes.push(by_entity[at].1);
                at += 1;
            }
        }
        all.into_iter()
            .map(|(mut row, normal)| {
                row.text = self.add_text(&normal);
                row
            })
            .collect()
    }

    /// Groups occurrences by word; a word counts once in a name.
    fn finish_postings(&mut self) -> Vec<u32> {
        self.occurrences.sort_unstable();
        self.occurrences.dedup_by(|next, kept| {
            let same = (next.0, next.1) == (kept.0, kept.1);
            kept.2 |= if same { next.2 } else { 0 };
            same
        });
        let mut at = 0;
        for (number, word) in self.words.iter_mut().enumerate() {
            word.postings = at as u32;
            while at < self.occurrences.len() && self.occurrences[at].0 == number as u32 {
                at += 1;
            }
        }
        self.words.push(WordRow { postings: at as u32, ..WordRow::default() });
        self.occurrences.iter().map(|o| o.1 | o.2).collect()
    }

    fn finish_keys(&mut self) -> (Vec<KeyRow>, Vec<u32>, Vec<u32>) {
        self.keys.par_sort_unstable();
        self.keys.dedup();
        let mut rows: Vec<KeyRow> = Vec::new();
        let mut words = Vec::with_capacity(self.keys.len());
        for &(key, word) in &self.keys {
            if rows.last().is_none_or(|row| row.key != key) {
                rows.push(KeyRow { key, words: words.len() as u32 });
            }
            words.push(word);
        }
        let mut starts = Vec::with_capacity(65_537);
        let mut at = 0;
        for prefix in 0..=65_536u32 {
            while at < rows.len() && rows[at].key >> 16 < prefix {
                at += 1;
            }
            starts.push(at as u32);
        }
        rows.push(KeyRow { key: u32::MAX, words: words.len() as u32 });
        (rows, starts, words)
    }
}

fn is_letter(unit: &AskedUnit) -> bool {
    unit.own.word.form.len() == 1
}

/// The rarity of the commonest part that must be explained; 0 when there is none.
fn least_rarity(name: &AskedName) -> u16 {
    let counting = name.parts.iter().filter(|p| matches!(p.role, PartRole::Word | PartRole::Initial));
    counting.map(|p| p.rarity.0.clamp(0, i32::from(u16::MAX)) as u16).min().unwrap_or(0)
}

fn word_flags(own: &OwnTerm) -> u8 {
    (u8::from(own.word.lacks_vowels) * LACKS_VOWELS) | (u8::from(own.word.is_syllable) * SYLLABLE)
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

fn gender_bit(gender: Gender) -> u8 {
    match gender {
        Gender::Female => 1,
        Gender::Male => 2,
        Gender::Other => 4,
    }
}

fn pack_date(date: &Date) -> DateRow {
    let day = |d: mihenk_entities::date::Day| [d.year, i16::from(d.month), i16::from(d.day)];
    DateRow { from: day(date.from), to: day(date.to), precision: date.precision as u16 }
}

/// The longest start of a text that fits, cut between characters.
fn cut(text: &str, max: usize) -> &str {
    let mut end = text.len().min(max);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
