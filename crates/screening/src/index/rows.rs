//! The rows of the index file: plain old data, little-endian, read where they lie.
//!
//! Each section of the file is an array of one of these. Offsets count elements of the section they point into. A change
//! here is a change of the file format: raise [`super::file::FORMAT`].

use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

use crate::term::{TermKeys, WordRarity};

/// An entity.
#[derive(Clone, Copy, Debug, Default, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct EntityRow {
    /// First of its names in [`NameRow`]s.
    pub names: u32,
    /// First of its dates.
    pub dates: u32,
    /// First of its countries.
    pub countries: u32,
    /// First of its places in the word sets.
    pub places: u32,
    /// First of its addresses in the word sets.
    pub addresses: u32,
    /// First of its identifiers.
    pub identifiers: u32,
    /// Its id in the text section.
    pub id: u32,
    /// Its caption in the text section.
    pub caption: u32,
    /// Bytes of the caption.
    pub caption_len: u16,
    /// Different names it has, whatever way they are read.
    pub name_count: u16,
    /// Bytes of the id.
    pub id_len: u8,
    /// Its schema, by number.
    pub schema: u8,
    /// Genders as bits: 1 female, 2 male, 4 other.
    pub genders: u8,
    /// Padding.
    pub reserved: u8,
}

/// What an entity was made from: the first half of its SHA-256.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct ContentRow(pub [u8; 16]);

/// A name of an entity, read in one way.
#[derive(Clone, Copy, Debug, Default, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct NameRow {
    /// The entity.
    pub entity: u32,
    /// First of its units.
    pub units: u32,
    /// First of its parts.
    pub parts: u32,
    /// Its text in the text section.
    pub text: u32,
    /// Bytes of the text.
    pub text_len: u16,
    /// Units it has.
    pub unit_count: u8,
    /// Parts it has.
    pub part_count: u8,
    /// How it was read: a [`mihenk_names::Bearer`] by number.
    pub bearer: u8,
    /// A [`crate::record::NameKind`] by number.
    pub kind: u8,
    /// Parts that must be explained.
    pub words: u8,
    /// Units that are single letters.
    pub letters: u8,
    /// The rarity of the commonest part that must be explained, in hundredths of a bit.
    pub least_rarity: u16,
    /// Padding.
    pub reserved: u16,
}

/// A unit of a name.
#[derive(Clone, Copy, Debug, Default, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct UnitRow {
    /// Its word.
    pub word: u32,
    /// The parts it covers, as a bit mask of 24 bits; above them [`LETTER`] and [`ABD`].
    pub mask: u32,
}

/// The parts that a unit may cover.
pub const MASK: u32 = (1 << 24) - 1;
/// Flag of a unit that is a single letter.
pub const LETTER: u32 = 1 << 24;
/// Flag of an entry of the postings: the word is made of neighbours there.
pub const MERGED_THERE: u32 = 1 << 31;
/// Flag of an entry of the postings: the name has single letters.
pub const LETTERS_THERE: u32 = 1 << 30;
/// The number of the name in an entry of the postings.
pub const NAME: u32 = LETTERS_THERE - 1;
/// Flag of a unit that is *abd* and what follows, as one word.
pub const ABD: u32 = 1 << 25;

/// A part of a name.
#[derive(Clone, Copy, Debug, Default, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct PartRow {
    /// A number, or code and family of a legal form.
    pub value: u32,
    /// Its rarity in hundredths of a bit.
    pub rarity: u16,
    /// A [`crate::shape::PartRole`] by number.
    pub role: u8,
    /// Padding.
    pub reserved: u8,
}

/// A word of the vocabulary: two lines of a processor's cache, of which the first is enough to see that it is another.
#[derive(Clone, Copy, Debug, Default, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct WordRow {
    /// What it shares with others.
    pub keys: TermKeys,
    /// Its form in the text section; its sounds follow at once.
    pub text: u32,
    /// Bytes of the form.
    pub form_len: u8,
    /// Bytes of the sounds.
    pub sound_len: u8,
    /// [`LACKS_VOWELS`] and [`SYLLABLE`].
    pub flags: u8,
    /// The bearer whose names it occurs in.
    pub bearer: u8,
    /// First of its names in the postings.
    pub postings: u32,
    /// How common it is.
    pub rarity: WordRarity,
    /// Groups of variants.
    pub variants: [u32; 3],
    /// Which of the groups hold it as a short form.
    pub short: u8,
    /// Padding to 128 bytes.
    pub reserved: [u8; 27],
}

/// Flag of a word written without its vowels.
pub const LACKS_VOWELS: u8 = 1;
/// Flag of a word that is a syllable of a script that writes syllables.
pub const SYLLABLE: u8 = 2;

/// A key and where its words start; the next row's start is their end.
#[derive(Clone, Copy, Debug, Default, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct KeyRow {
    /// The key, mixed with the bearer.
    pub key: u32,
    /// First of its words.
    pub words: u32,
}

/// A date of an entity.
#[derive(Clone, Copy, Debug, Default, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct DateRow {
    /// Year, month, day of the first possible day.
    pub from: [i16; 3],
    /// Year, month, day of the last possible day.
    pub to: [i16; 3],
    /// A [`mihenk_entities::date::Precision`] by number.
    pub precision: u16,
}

/// An identifier of an entity; the rows are sorted by hash.
#[derive(Clone, Copy, Debug, Default, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct IdentifierRow {
    /// Hash of the normal form.
    pub hash: u32,
    /// The entity.
    pub entity: u32,
    /// The normal form in the text section.
    pub text: u32,
    /// Bytes of the normal form.
    pub text_len: u8,
    /// An [`mihenk_entities::IdentifierKind`] by number.
    pub kind: u8,
    /// 0 no rule, 1 passed, 2 failed.
    pub check: u8,
    /// Padding.
    pub reserved: u8,
}

/// A set of hashed words of a place or an address.
#[derive(Clone, Copy, Debug, Default, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct WordSetRow {
    /// First of its words in the hashes.
    pub start: u32,
    /// How many there are.
    pub len: u32,
}
