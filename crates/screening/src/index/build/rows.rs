//! The rows of an index while it is built, in the order in which entities come.
//!
//! In come entities that were read, one after the other; [`Rows`] holds what the sections of the file will hold, with ranges
//! that start where everything so far ended. Words are numbered as they first occur. A word that occurs only as neighbours
//! read as one gets the keys of its sound alone, for it is found by no other ([`Term::each_sound_key`]).

use std::hash::BuildHasher;

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;

use mihenk_entities::{Date, gender::Gender, identifier::Check};
use mihenk_names::Bearer;

use super::{Listed, identifier_hash, mixed};
use crate::{
    index::rows::{
        ABD, ContentRow, DateRow, EntityRow, Entry, IdentifierRow, LACKS_VOWELS, LETTER, MASK, NameRow, PartRow,
        SYLLABLE, TRANSCRIBED, UnitRow, WordRow, WordSetRow, day_code,
    },
    pairing,
    shape::{AskedName, AskedUnit, PartRole},
    term::{Purpose, Term},
};

/// Everything that will be in the file.
#[derive(Default)]
pub(super) struct Rows {
    pub(super) entities: Vec<EntityRow>,
    pub(super) contents: Vec<ContentRow>,
    pub(super) names: Vec<NameRow>,
    pub(super) units: Vec<UnitRow>,
    pub(super) parts: Vec<PartRow>,
    pub(super) words: Vec<WordRow>,
    /// Word, name and flags, in the order of the names.
    pub(super) occurrences: Vec<(u32, u32)>,
    /// Key and word.
    pub(super) keys: Vec<(u32, u32)>,
    pub(super) identifiers: Vec<(IdentifierRow, Box<str>)>,
    pub(super) dates: Vec<DateRow>,
    pub(super) countries: Vec<u16>,
    pub(super) word_sets: Vec<WordSetRow>,
    pub(super) hashes: Vec<u32>,
    pub(super) text: Vec<u8>,
    /// The numbers of the words, by form, flags and bearer.
    vocabulary: HashTable<u32>,
    /// Words that have all their keys already.
    has_all_keys: Vec<bool>,
}

impl Rows {
    pub(super) fn len(&self) -> usize {
        self.entities.len()
    }

    /// Adds an entity that was read.
    pub(super) fn add(&mut self, listed: &Listed, content: ContentRow) {
        let mut row = self.next_entity();
        row.schema = listed.record.schema.index();
        row.name_count = listed.record.name_count as u16;
        (row.id, row.id_len) = (self.add_text(listed.id.as_bytes()), listed.id.len() as u8);
        let caption = cut(&listed.caption, usize::from(u16::MAX));
        (row.caption, row.caption_len) = (self.add_text(caption.as_bytes()), caption.len() as u16);
        let attributes = &listed.record.attributes;
        row.genders = attributes.genders.iter().fold(0, |bits, &g| bits | gender_bit(g));
        row.places = self.word_sets.len() as u32;
        attributes.places.iter().for_each(|set| self.add_word_set(set));
        row.addresses = self.word_sets.len() as u32;
        attributes.addresses.iter().for_each(|set| self.add_word_set(set));
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
            self.identifiers.push((row, id.normal.as_str().into()));
        }
        self.push_entity(row, content);
        for (i, bearer, name) in &listed.names {
            self.add_name(number, listed, *i, *bearer, name);
        }
    }

    pub(super) fn push_entity(&mut self, row: EntityRow, content: ContentRow) {
        self.entities.push(row);
        self.contents.push(content);
    }

    /// A row whose ranges start where everything so far ends.
    pub(super) fn next_entity(&self) -> EntityRow {
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
            text: self.add_text(source.text.as_bytes()),
            text_len: source.text.len() as u16,
            unit_count: name.units.len().min(255) as u8,
            part_count: name.parts.len() as u8,
            bearer: bearer as u8,
            kind: source.kind as u8,
            words: count(PartRole::Word) + count(PartRole::Initial),
            letters: name.units.iter().take(255).filter(|u| is_letter(u)).count() as u8,
            least_rarity: least_rarity(name),
            born: day_code(&listed.record.attributes.born),
        };
        self.parts.extend(name.parts.iter().map(|p| PartRow {
            value: p.value,
            rarity: p.rarity.0.clamp(0, i32::from(u16::MAX)) as u16,
            role: p.role as u8,
            field: p.field as u8,
        }));
        self.names.push(row);
        for unit in name.units.iter().take(255) {
            let is_abd = pairing::side(0, unit).is_abd;
            let word = self.word(&unit.own.term(), bearer, unit.is_merged() && !is_abd);
            let letter = if is_letter(unit) { LETTER } else { 0 };
            let abd = if is_abd { ABD } else { 0 };
            self.add_unit(UnitRow { word, mask: unit.mask | letter | abd });
        }
    }

    /// Adds a unit of the name that was added last.
    pub(super) fn add_unit(&mut self, unit: UnitRow) {
        let Some(name) = self.names.last() else { return };
        let entry = Entry::new((self.names.len() - 1) as u32, name, (unit.mask & MASK).count_ones() > 1);
        self.occurrences.push((unit.word, entry.0));
        self.units.push(unit);
    }

    /// The number of a word, new or known. Where it is neighbours read as one, it is found by sound alone, if it is not *abd* and
    /// what follows, which is mistyped like one word.
    pub(super) fn word(&mut self, term: &Term, bearer: Bearer, by_sound: bool) -> u32 {
        let flags = word_flags(term);
        let hash = FxBuildHasher.hash_one((term.form, flags, bearer as u8));
        let Rows { vocabulary, words, text, .. } = self;
        let is_it = |&number: &u32| {
            let row = &words[number as usize];
            let form = &text[row.text as usize..row.text as usize + usize::from(row.form_len)];
            row.flags == flags && row.bearer == bearer as u8 && form == term.form
        };
        let number = match vocabulary.find(hash, is_it) {
            Some(&number) => number,
            None => self.add_word(term, bearer, hash),
        };
        let has_all = &mut self.has_all_keys[number as usize];
        if !by_sound && !*has_all {
            *has_all = true;
            term.each_key(Purpose::Filed, |key| self.keys.push((mixed(key, bearer), number)));
        }
        number
    }

    fn add_word(&mut self, term: &Term, bearer: Bearer, hash: u64) -> u32 {
        let number = self.words.len() as u32;
        let text = self.add_text(term.form);
        self.add_text(term.sound);
        self.words.push(WordRow {
            keys: *term.keys,
            text,
            form_len: term.form.len() as u8,
            sound_len: term.sound.len() as u8,
            flags: word_flags(term),
            bearer: bearer as u8,
            rarity: *term.rarity,
            variants: term.variants.groups,
            short: term.variants.short,
            ..WordRow::default()
        });
        self.has_all_keys.push(false);
        term.each_sound_key(Purpose::Filed, |key| self.keys.push((mixed(key, bearer), number)));
        let Rows { vocabulary, words, text, .. } = self;
        let again = |&number: &u32| {
            let row = &words[number as usize];
            let form = &text[row.text as usize..row.text as usize + usize::from(row.form_len)];
            FxBuildHasher.hash_one((form, row.flags, row.bearer))
        };
        vocabulary.insert_unique(hash, number, again);
        number
    }

    pub(super) fn add_text(&mut self, text: &[u8]) -> u32 {
        let at = self.text.len() as u32;
        self.text.extend_from_slice(text);
        at
    }

    pub(super) fn add_word_set(&mut self, set: &[u32]) {
        self.word_sets.push(WordSetRow { start: self.hashes.len() as u32, len: set.len() as u32 });
        self.hashes.extend_from_slice(set);
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

fn word_flags(term: &Term) -> u8 {
    let flags = [(term.lacks_vowels, LACKS_VOWELS), (term.is_syllable, SYLLABLE), (term.is_transcribed, TRANSCRIBED)];
    flags.into_iter().map(|(is, flag)| u8::from(is) * flag).sum()
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
