//! The index: everything that screening needs of the lists, in one file.
//!
//! [`build`] makes the bytes from entities and a model; [`Index::open`] maps them. The file has words, which know the names
//! they occur in; names, which know their entity; and keys, under which words are found. [`crate::candidates`] walks from a
//! query's words through keys to words to names. Whole records live in a file of their own (`mihenk-node` keeps it); the
//! index holds an id and a caption for each entity.
//!
//! Rows are in [`rows`], the file's frame in [`mod@file`].

pub mod build;
pub mod file;
mod frame;
mod map;
pub(crate) mod meetings;
pub(crate) mod prose;
pub mod rows;
mod sieve;

use std::{path::Path, sync::OnceLock};

use mihenk_entities::{
    Date, IdentifierKind, Schema,
    country::Country,
    date::{Day, Precision},
    gender::Gender,
};
use mihenk_names::{Bearer, Variants};

use self::{
    file::{File, IndexError},
    rows::{
        BornRow, ContentRow, DateRow, EntityRow, IdentifierRow, KeyRow, NameRow, PartRow, UnitRow, WordRow, WordSetRow,
    },
};
pub(crate) use self::{
    meetings::Meetings,
    prose::{Prose, Reach},
    sieve::Sieve,
};
use crate::{
    attributes::Source,
    bits::Bits,
    model::Model,
    shape::{Field, PartRole, PartShape},
    term::{Purpose, Term, WordRarity, transcribed_key},
};

/// Sections of the file, in order.
#[derive(Clone, Copy, Debug)]
#[repr(usize)]
enum Section {
    Entities = 0,
    Names,
    Units,
    Parts,
    Words,
    Postings,
    Keys,
    KeyStarts,
    KeyWords,
    Identifiers,
    Dates,
    Countries,
    WordSets,
    Hashes,
    Born,
    Contents,
    Text,
}

/// An open index.
#[derive(Debug)]
pub struct Index {
    file: File,
    /// Made when it is first asked for.
    sieve: OnceLock<Sieve>,
    /// Made when a long text is read.
    prose: OnceLock<Prose>,
    /// Made when a long text has words without vowels.
    meetings: OnceLock<Meetings>,
    /// What its words are asked by; seen when it is first asked for.
    asked: OnceLock<Purpose>,
}

impl Index {
    /// Opens an index file and checks it.
    ///
    /// # Errors
    /// [`IndexError`] says why it cannot be used; the remedy is always to build it anew.
    pub fn open(path: &Path, model_id: [u8; 32]) -> Result<Index, IndexError> {
        let file = File::open(path)?;
        if file.model_id != model_id {
            let (found, expected) = (hex(&file.model_id), hex(&model_id));
            return Err(IndexError::Model { path: path.to_owned(), found, expected });
        }
        Ok(Index {
            file,
            sieve: OnceLock::new(),
            prose: OnceLock::new(),
            meetings: OnceLock::new(),
            asked: OnceLock::new(),
        })
    }

    /// Takes the bytes that [`build::build`] made.
    ///
    /// # Errors
    /// As [`Index::open`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Index, IndexError> {
        Ok(Index {
            file: File::from_bytes(bytes)?,
            sieve: OnceLock::new(),
            prose: OnceLock::new(),
            meetings: OnceLock::new(),
            asked: OnceLock::new(),
        })
    }

    /// Checks every byte of the file, where opening a large one checks a part; see [`mod@file`].
    ///
    /// # Errors
    /// In words.
    pub fn check_all(&self) -> Result<(), String> {
        self.file.check_all()
    }

    /// The lists the index was made from.
    #[must_use]
    pub fn lists_id(&self) -> [u8; 32] {
        self.file.lists_id
    }

    /// What tells this index from another: checksum and model.
    #[must_use]
    pub fn fingerprint(&self) -> (u32, [u8; 32]) {
        (self.file.checksum, self.file.model_id)
    }

    /// Size of the file in bytes.
    #[must_use]
    pub fn size_bytes(&self) -> usize {
        self.file.len()
    }

    /// All entities; one row more than there are, which ends the last one's ranges.
    fn entity_rows(&self) -> &[EntityRow] {
        self.file.rows(Section::Entities as usize)
    }

    /// How many entities there are.
    #[must_use]
    pub fn entity_count(&self) -> usize {
        self.entity_rows().len().saturating_sub(1)
    }

    /// What each entity was made from, by number; see [`build::content_of`].
    #[must_use]
    pub fn contents(&self) -> &[ContentRow] {
        self.file.rows(Section::Contents as usize)
    }

    /// How many names there are; a name that is read in two ways counts twice.
    #[must_use]
    pub fn name_count(&self) -> usize {
        self.names().len()
    }

    /// All names.
    #[must_use]
    pub fn names(&self) -> &[NameRow] {
        self.file.rows(Section::Names as usize)
    }

    /// Reads what comparing names looks at first, of a few names together. These reads do not depend on one another, so their
    /// waits for memory overlap; what is read is not needed.
    pub(crate) fn touch(&self, names: impl Iterator<Item = u32> + Clone) {
        let (rows, entities) = (self.names(), self.entity_rows());
        let (units, parts): (&[UnitRow], &[PartRow]) =
            (self.file.rows(Section::Units as usize), self.file.rows(Section::Parts as usize));
        let (dates, countries): (&[DateRow], &[u16]) =
            (self.file.rows(Section::Dates as usize), self.file.rows(Section::Countries as usize));
        let rows = names.map(|name| &rows[name as usize]);
        let mut read = 0;
        for row in rows.clone() {
            let (entity, next) = (row.entity as usize, row.entity as usize + 1);
            read ^= entities.get(entity).map_or(0, |entity| entity.names) ^ entities.get(next).map_or(0, |e| e.caption);
            read ^= units.get(row.units as usize).map_or(0, |unit| unit.word);
            read ^= parts.get(row.parts as usize).map_or(0, |part| part.value);
        }
        for entity in rows.filter_map(|row| entities.get(row.entity as usize)) {
            read ^= dates.get(entity.dates as usize).map_or(0, |date| u32::from(date.precision));
            read ^= countries.get(entity.countries as usize).map_or(0, |&country| u32::from(country));
        }
        std::hint::black_box(read);
    }

    /// The units of a name.
    #[must_use]
    pub fn units(&self, name: &NameRow) -> &[UnitRow] {
        let all: &[UnitRow] = self.file.rows(Section::Units as usize);
        slice(all, name.units, name.units + u32::from(name.unit_count))
    }

    /// The parts of a name.
    #[must_use]
    pub fn parts(&self, name: &NameRow) -> &[PartRow] {
        let all: &[PartRow] = self.file.rows(Section::Parts as usize);
        slice(all, name.parts, name.parts + u32::from(name.part_count))
    }

    /// All words; one row more than there are.
    #[must_use]
    pub fn words(&self) -> &[WordRow] {
        self.file.rows(Section::Words as usize)
    }

    /// A word as the comparison sees it.
    #[must_use]
    pub fn term<'a>(&'a self, row: &'a WordRow) -> Term<'a> {
        let text = self.file.bytes(Section::Text as usize);
        let form_end = row.text + u32::from(row.form_len);
        Term {
            form: slice(text, row.text, form_end),
            sound: slice(text, form_end, form_end + u32::from(row.sound_len)),
            keys: &row.keys,
            rarity: &row.rarity,
            variants: Variants { groups: row.variants, short: row.short },
            lacks_vowels: row.flags & rows::LACKS_VOWELS != 0,
            is_syllable: row.flags & rows::SYLLABLE != 0,
            is_transcribed: row.flags & rows::TRANSCRIBED != 0,
        }
    }

    /// The names that have a word, each a [`rows::Entry`].
    #[must_use]
    pub fn postings(&self, word: u32) -> &[u32] {
        let words = self.words();
        let (Some(row), Some(next)) = (words.get(word as usize), words.get(word as usize + 1)) else { return &[] };
        slice(self.file.rows(Section::Postings as usize), row.postings, next.postings)
    }

    /// The numbers of the names that have a word.
    pub fn names_with(&self, word: u32) -> impl ExactSizeIterator<Item = u32> + '_ {
        self.postings(word).iter().map(|&entry| rows::Entry(entry).name())
    }

    /// Collects the words under any of some keys. Where each key's words are is found for all keys first: the look-ups
    /// do not depend on each other, so their waits for memory overlap.
    pub fn words_under(&self, keys: &[u32], ranges: &mut Vec<(u32, u32)>, out: &mut Vec<u32>) {
        out.clear();
        self.each_under(keys, ranges, |words| out.extend_from_slice(words));
        out.sort_unstable();
        out.dedup();
    }

    /// Calls `each` with the words under each of some keys; a word may be there several times.
    pub(crate) fn each_under(&self, keys: &[u32], ranges: &mut Vec<(u32, u32)>, mut each: impl FnMut(&[u32])) {
        let rows: &[KeyRow] = self.file.rows(Section::Keys as usize);
        let starts: &[u32] = self.file.rows(Section::KeyStarts as usize);
        ranges.clear();
        for &key in keys {
            let prefix = (key >> 16) as usize;
            let (Some(&from), Some(&to)) = (starts.get(prefix), starts.get(prefix + 1)) else { continue };
            let mut at = from as usize;
            let to = to as usize;
            while at < to && rows[at].key < key {
                at += 1;
            }
            if at < to && rows[at].key == key {
                // The last row of all is a sentinel, so a key always has a next one.
                ranges.push((rows[at].words, rows.get(at + 1).map_or(0, |next| next.words)));
            }
        }
        let words: &[u32] = self.file.rows(Section::KeyWords as usize);
        ranges.iter().for_each(|&(from, to)| each(slice(words, from, to)));
    }

    /// What [`Index::sieve_for`] made, if it was asked for before: for one name it is not worth making.
    pub(crate) fn sieve_if_made(&self) -> Option<&Sieve> {
        self.sieve.get()
    }

    /// The keys by which its words are asked for. Most lists have no names that syllables spell, and need not be asked for them.
    pub(crate) fn asked_by(&self) -> Purpose {
        *self.asked.get_or_init(|| {
            let has_some = self.has_key(build::mixed(transcribed_key(), Bearer::Person));
            if has_some { Purpose::AskedOfTranscriptions } else { Purpose::Asked }
        })
    }

    /// Whether any word is found under a key.
    pub(crate) fn has_key(&self, key: u32) -> bool {
        if self.sieve_if_made().is_some_and(|sieve| !sieve.may_have(u64::from(key))) {
            return false;
        }
        let rows: &[KeyRow] = self.file.rows(Section::Keys as usize);
        let starts: &[u32] = self.file.rows(Section::KeyStarts as usize);
        let prefix = (key >> 16) as usize;
        let (Some(&from), Some(&to)) = (starts.get(prefix), starts.get(prefix + 1)) else { return false };
        rows.get(from as usize..to as usize).is_some_and(|rows| rows.iter().any(|row| row.key == key))
    }

    /// What tells most keys that no word has from those that some have, for a text of so many bytes: to read all keys of a
    /// large index is not worth it for a short text.
    pub(crate) fn sieve_for(&self, text_len: usize) -> Option<&Sieve> {
        /// Keys that are read in a few milliseconds.
        const FEW: usize = 1 << 21;
        const KEYS_A_BYTE: usize = 16;
        let rows: &[KeyRow] = self.file.rows(Section::Keys as usize);
        // The last row of all is no key.
        let rows = &rows[..rows.len().saturating_sub(1)];
        if rows.len() > FEW.max(text_len.saturating_mul(KEYS_A_BYTE)) {
            return self.sieve_if_made();
        }
        Some(self.sieve.get_or_init(|| Sieve::of(rows.len(), rows.iter().map(|row| u64::from(row.key)))))
    }

    /// What words of a text are held against first, for a text of so many bytes: for a short one it is not worth making.
    pub(crate) fn prose_for(&self, text_len: usize, reach: impl Fn(&WordRarity) -> Reach) -> Option<&Prose> {
        if self.is_worth_a_table(text_len) {
            Some(self.prose.get_or_init(|| Prose::of(self, reach)))
        } else {
            self.prose.get()
        }
    }

    /// Which words without vowels may meet in a name, for a text of so many bytes that has some.
    pub(crate) fn meetings_for(&self, text_len: usize, model: &Model, needed: Bits) -> Option<&Meetings> {
        let meetings = if self.is_worth_a_table(text_len) {
            Some(self.meetings.get_or_init(|| Meetings::of(self, model, needed)))
        } else {
            self.meetings.get()
        };
        meetings.filter(|meetings| meetings.is_for(needed))
    }

    /// Whether a text of so many bytes is worth a table of all names.
    fn is_worth_a_table(&self, text_len: usize) -> bool {
        /// Names that are gone through in a few milliseconds, and the text that is worth it.
        const FEW: usize = 1 << 17;
        const BYTES: usize = 1 << 16;
        self.name_count() <= FEW.max(text_len) && text_len >= BYTES
    }

    /// Each key with the words under it.
    fn words_by_key(&self) -> impl Iterator<Item = (u32, &[u32])> {
        let rows: &[KeyRow] = self.file.rows(Section::Keys as usize);
        let words: &[u32] = self.file.rows(Section::KeyWords as usize);
        rows.windows(2).map(move |pair| (pair[0].key, slice(words, pair[0].words, pair[1].words)))
    }

    /// The names whose entity was born on the day with that code.
    pub fn names_born(&self, day: u16) -> impl Iterator<Item = u32> + '_ {
        let all: &[BornRow] = self.file.rows(Section::Born as usize);
        let from = all.partition_point(|row| row.day < u32::from(day));
        all[from..].iter().take_while(move |row| row.day == u32::from(day)).map(|row| row.name)
    }

    /// Entities that may have a number: those whose hash is the same.
    #[must_use]
    pub fn identifiers(&self, hash: u32) -> &[IdentifierRow] {
        let all: &[IdentifierRow] = self.file.rows(Section::Identifiers as usize);
        let from = all.partition_point(|row| row.hash < hash);
        let len = all[from..].partition_point(|row| row.hash == hash);
        &all[from..from + len]
    }

    /// The normal form of an identifier, and its kind.
    #[must_use]
    pub fn identifier(&self, row: &IdentifierRow) -> (&str, IdentifierKind) {
        let kind = IdentifierKind::ALL.get(usize::from(row.kind)).copied().unwrap_or(IdentifierKind::Other);
        (self.text(row.text, u32::from(row.text_len)), kind)
    }

    /// Whether an entity has a number that only it can have, another one than this.
    #[must_use]
    pub fn has_other(&self, entity: u32, kind: IdentifierKind, normal: &str) -> bool {
        let ids: &[IdentifierRow] = self.file.rows(Section::Identifiers as usize);
        let owned: &[u32] = self.file.rows(Section::Hashes as usize);
        let rows = self.entity_rows();
        let (Some(row), Some(next)) = (rows.get(entity as usize), rows.get(entity as usize + 1)) else { return false };
        let mut other = false;
        for &at in slice(owned, row.identifiers, next.identifiers) {
            let Some(id) = ids.get(at as usize).filter(|id| usize::from(id.kind) == kind as usize) else { continue };
            if self.identifier(id).0 == normal {
                return false;
            }
            other = true;
        }
        other
    }

    /// An entity.
    #[must_use]
    pub fn entity(&self, entity: u32) -> EntityView<'_> {
        EntityView { index: self, number: entity }
    }

    fn text(&self, start: u32, len: u32) -> &str {
        let bytes = slice(self.file.bytes(Section::Text as usize), start, start + len);
        std::str::from_utf8(bytes).unwrap_or("")
    }

    /// The text of a name.
    #[must_use]
    pub fn name_text(&self, name: &NameRow) -> &str {
        self.text(name.text, u32::from(name.text_len))
    }
}

/// An entity of the index.
#[derive(Clone, Copy, Debug)]
pub struct EntityView<'a> {
    index: &'a Index,
    number: u32,
}

impl<'a> EntityView<'a> {
    /// Its row.
    fn row(&self) -> &'a EntityRow {
        &self.index.entity_rows()[self.number as usize]
    }

    fn next(&self) -> &'a EntityRow {
        &self.index.entity_rows()[self.number as usize + 1]
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> &'a str {
        let row = self.row();
        self.index.text(row.id, u32::from(row.id_len))
    }

    /// Its caption.
    #[must_use]
    pub fn caption(&self) -> &'a str {
        let row = self.row();
        self.index.text(row.caption, u32::from(row.caption_len))
    }

    /// Its schema.
    ///
    /// # Panics
    /// Never: the index holds numbers of schemata that this program has, which its format version guarantees.
    #[must_use]
    pub fn schema(&self) -> Schema {
        Schema::from_index(self.row().schema).unwrap_or_else(|| Schema::all().next().unwrap_or_else(|| unreachable!()))
    }

    /// How many different names it has.
    #[must_use]
    pub fn name_count(&self) -> u32 {
        u32::from(self.row().name_count)
    }

    /// The numbers of its names.
    #[must_use]
    pub fn names(&self) -> std::ops::Range<u32> {
        self.row().names..self.next().names
    }

    fn word_sets(&self, from: u32, to: u32) -> impl Iterator<Item = &'a [u32]> {
        let sets = slice(self.index.file.rows::<WordSetRow>(Section::WordSets as usize), from, to);
        let hashes: &[u32] = self.index.file.rows(Section::Hashes as usize);
        sets.iter().map(|s| slice(hashes, s.start, s.start + s.len))
    }
}

impl Source for EntityView<'_> {
    fn born(&self) -> impl Iterator<Item = Date> {
        let rows = self.index.file.rows::<DateRow>(Section::Dates as usize);
        slice(rows, self.row().dates, self.next().dates).iter().map(unpack_date)
    }

    fn countries(&self) -> impl Iterator<Item = Country> {
        let rows = self.index.file.rows::<u16>(Section::Countries as usize);
        slice(rows, self.row().countries, self.next().countries).iter().filter_map(|&c| Country::from_index(c))
    }

    fn genders(&self) -> impl Iterator<Item = Gender> {
        let bits = self.row().genders;
        [Gender::Female, Gender::Male, Gender::Other]
            .into_iter()
            .enumerate()
            .filter(move |(i, _)| bits >> i & 1 == 1)
            .map(|(_, g)| g)
    }

    fn places(&self) -> impl Iterator<Item = &[u32]> {
        self.word_sets(self.row().places, self.row().addresses)
    }

    fn addresses(&self) -> impl Iterator<Item = &[u32]> {
        self.word_sets(self.row().addresses, self.next().places)
    }
}

/// A part as the comparison sees it.
#[must_use]
pub fn part_shape(row: &PartRow) -> PartShape {
    let role = PartRole::from_index(row.role).unwrap_or(PartRole::Particle);
    PartShape { role, field: Field::from_index(row.field), rarity: Bits(i32::from(row.rarity)), value: row.value }
}

/// A range of rows; empty when it does not lie within them.
fn slice<T>(rows: &[T], from: u32, to: u32) -> &[T] {
    rows.get(from as usize..to as usize).unwrap_or(&[])
}

fn unpack_date(row: &DateRow) -> Date {
    const PRECISIONS: [Precision; 5] =
        [Precision::Day, Precision::Month, Precision::Year, Precision::About, Precision::Between];
    let day = |d: [i16; 3]| Day { year: d[0], month: d[1] as u8, day: d[2] as u8 };
    let precision = PRECISIONS.get(usize::from(row.precision)).copied().unwrap_or(Precision::Between);
    Date { from: day(row.from), to: day(row.to), precision }
}

/// Lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
