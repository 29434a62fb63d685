//! The rows of the index file: plain old data, little-endian, read where they lie.
//!
//! Each section of the file is an array of one of these. Offsets count elements of the section they point into. A change
//! here is a change of the file format: raise [`super::file::FORMAT`].

use mihenk_entities::{Date, date::Day};
use sha2::{Digest, Sha256};
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

impl ContentRow {
    /// Of what was put into a hash.
    #[must_use]
    pub fn of(hash: Sha256) -> ContentRow {
        let mut half = [0; 16];
        half.copy_from_slice(&hash.finalize()[..16]);
        ContentRow(half)
    }
}

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
    /// When its entity was born, if that is one day; see [`day_code`].
    pub born: u16,
}

/// Code of an entity without a birth date.
pub const NO_DAY: u16 = 0;
/// Code of birth dates that are not one day between 1881 and 2059.
pub const OTHER_DAYS: u16 = u16::MAX;
/// The year whose first day has the code 1.
const FIRST_YEAR: i32 = 1881;

/// A birth date in sixteen bits: what a candidate is judged by before its entity is looked at.
#[must_use]
pub fn day_code(born: &[Date]) -> u16 {
    let [date] = born else { return if born.is_empty() { NO_DAY } else { OTHER_DAYS } };
    let Some(day) = date.exact_day() else { return OTHER_DAYS };
    let code =
        days_from(i32::from(day.year), i32::from(day.month), i32::from(day.day)) - days_from(FIRST_YEAR, 1, 1) + 1;
    // A day that the calendar does not have would come back as another one.
    match u16::try_from(code) {
        Ok(code) if code != NO_DAY && code != OTHER_DAYS && day_of(code) == Some(day) => code,
        _ => OTHER_DAYS,
    }
}

/// The day of a code; none for the codes that are no day.
#[must_use]
pub fn day_of(code: u16) -> Option<Day> {
    if matches!(code, NO_DAY | OTHER_DAYS) {
        return None;
    }
    // The inverse of `days_from`, for years from 1881 on.
    let days = i32::from(code) - 1 + days_from(FIRST_YEAR, 1, 1);
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i32::from(month <= 2);
    Some(Day { year: year as i16, month: month as u8, day: day as u8 })
}

/// Days of the Gregorian calendar from 1 March of the year 0 on (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
fn days_from(year: i32, month: i32, day: i32) -> i32 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year
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
/// An entry of the postings: a name that has a word. From the lowest bit on: the name's number, whether the word is made of
/// neighbours there, and the name's [`Group`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry(pub u32);

impl Entry {
    /// Bits of a name's number.
    const NAME_BITS: u32 = 26;
    const MERGED: u32 = 1 << Entry::NAME_BITS;
    const GROUP_SHIFT: u32 = Entry::NAME_BITS + 1;
    /// Names that can be told apart.
    pub const NAMES_MAX: usize = 1 << Entry::NAME_BITS;

    /// Of a name with a number below [`Entry::NAMES_MAX`].
    #[must_use]
    pub fn new(name: u32, row: &NameRow, is_merged: bool) -> Entry {
        let merged = if is_merged { Entry::MERGED } else { 0 };
        Entry(u32::from(Group::of(row).0) << Entry::GROUP_SHIFT | merged | name & (Entry::MERGED - 1))
    }

    /// The number of the name.
    #[must_use]
    pub fn name(self) -> u32 {
        self.0 & (Entry::MERGED - 1)
    }

    /// Whether the word is made of neighbours in the name.
    #[must_use]
    pub fn is_merged(self) -> bool {
        self.0 & Entry::MERGED != 0
    }

    /// The group of the name.
    #[must_use]
    pub fn group(self) -> Group {
        Group((self.0 >> Entry::GROUP_SHIFT) as u8)
    }

    /// Which names it stands among.
    #[must_use]
    pub fn among(self) -> Among {
        self.group().among()
    }
}

/// Names that are alike in what decides whether a single word is worth a look. The entries of a word are sorted by it, for
/// under common words often only a few groups are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Group(u8);

/// Names of one word, of two, of three or more.
const WORD_CASES: u8 = 3;
/// From so much on, in hundredths of a bit, the commonest word of a name is as rare as a case says.
const RARITY_CASES: [u16; 4] = [0, 250, 500, 1000];
const CASES: u8 = WORD_CASES * RARITY_CASES.len() as u8;

impl Group {
    /// How many there are: one of names with single letters, and the cases of those with other birth dates and without.
    pub const COUNT: usize = 1 + 2 * CASES as usize;

    /// All groups, in order.
    pub fn all() -> impl Iterator<Item = Group> {
        (0..Group::COUNT as u8).map(Group)
    }

    /// Of a name.
    #[must_use]
    pub fn of(row: &NameRow) -> Group {
        let first = match Among::of_name(row) {
            Among::Letters => return Group(0),
            Among::OtherDays => 1,
            Among::All => 1 + CASES,
        };
        let words = row.words.clamp(1, WORD_CASES) - 1;
        Group(first + words * RARITY_CASES.len() as u8 + rarity_case(row.least_rarity) as u8)
    }

    /// The group with that place in [`Group::all`].
    #[must_use]
    pub const fn at(index: u32) -> Group {
        Group(index as u8)
    }

    /// Its place in [`Group::all`].
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    /// Which names it is part of.
    #[must_use]
    pub fn among(self) -> Among {
        match self.0 {
            0 => Among::Letters,
            1..=CASES => Among::OtherDays,
            _ => Among::All,
        }
    }

    /// The parts that must be explained which its names have at least; one for those that have none.
    #[must_use]
    pub const fn words(self) -> u32 {
        1 + (self.0.saturating_sub(1) % CASES) as u32 / RARITY_CASES.len() as u32
    }

    /// The case of the commonest part of its names that must be explained; see [`rarity_of_case`].
    #[must_use]
    pub fn rarity_case(self) -> usize {
        usize::from(self.0.saturating_sub(1) % CASES) % RARITY_CASES.len()
    }
}

/// Which of a few cases a rarity in hundredths of a bit is; see [`rarity_of_case`].
#[must_use]
pub fn rarity_case(rarity: u16) -> usize {
    RARITY_CASES.iter().rposition(|&from| rarity >= from).unwrap_or(0)
}

/// The least rarity of a case.
#[must_use]
pub fn rarity_of_case(case: usize) -> i32 {
    RARITY_CASES.get(case).map_or(0, |&from| i32::from(from))
}

/// The names that an entry of the postings stands among.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Among {
    /// Names with single letters, which may stand for any word.
    Letters,
    /// Names whose entity has birth dates that are not one day.
    OtherDays,
    /// All others.
    All,
}

impl Among {
    /// Of a name.
    #[must_use]
    pub fn of_name(row: &NameRow) -> Among {
        match (row.letters > 0, row.born == OTHER_DAYS) {
            (true, _) => Among::Letters,
            (false, true) => Among::OtherDays,
            (false, false) => Among::All,
        }
    }
}

/// A name whose entity was born on one day; the rows are sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct BornRow {
    /// The code of the day.
    pub day: u32,
    /// The name.
    pub name: u32,
}
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
    /// A [`crate::shape::Field`] by number.
    pub field: u8,
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
    /// [`LACKS_VOWELS`], [`SYLLABLE`] and [`TRANSCRIBED`].
    pub flags: u8,
    /// The bearer whose names it occurs in.
    pub bearer: u8,
    /// First of its names in the postings.
    pub postings: u32,
    /// How common it is.
    pub rarity: WordRarity,
    /// Which of its groups of variants hold it as a short form.
    pub short: u8,
    /// Padding.
    pub unused: u8,
    /// Groups of variants.
    pub variants: [u32; 3],
    /// Padding to 128 bytes.
    pub reserved: [u8; 24],
}

/// Flag of a word written without its vowels.
pub const LACKS_VOWELS: u8 = 1;
/// Flag of a word that is a syllable of a script that writes syllables.
pub const SYLLABLE: u8 = 2;
/// Flag of a foreign name that such syllables spell.
pub const TRANSCRIBED: u8 = 4;

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_holds_the_name_and_its_group() {
        let row = NameRow { words: 2, least_rarity: 620, ..NameRow::default() };
        let other = NameRow { words: 5, least_rarity: 249, born: OTHER_DAYS, ..NameRow::default() };
        let letters = NameRow { letters: 1, ..row };
        for (row, words, least, among) in
            [(&row, 2, 500, Among::All), (&other, 3, 0, Among::OtherDays), (&letters, 1, 0, Among::Letters)]
        {
            for (name, is_merged) in [(0, true), (67_108_863, false), (4_711, true)] {
                let entry = Entry::new(name, row, is_merged);
                assert_eq!((entry.name(), entry.is_merged(), entry.among()), (name, is_merged, among));
                let group = entry.group();
                assert_eq!((group.words(), rarity_of_case(group.rarity_case())), (words, least));
                assert_eq!(Group::at(group.index() as u32), group);
            }
        }
        // A name without words that must be explained is one of the group with least.
        assert_eq!(Group::of(&NameRow::default()).words(), 1);
        assert!(Group::all().is_sorted_by_key(Group::among));
        assert_eq!(Group::all().count(), 25);
    }

    #[test]
    fn a_day_is_known_by_its_code() {
        let code = |text: &str| day_code(&[Date::parse(text).unwrap()]);
        assert_eq!((code("1881-01-01"), code("1881-01-02")), (1, 2));
        // From 1 January 1881 to 1 January 1970 are 89 years with 21 leap days: 1900 was none.
        assert_eq!(code("1970-01-01"), 1 + 89 * 365 + 21);
        assert_eq!((code("1970"), code("1880-12-31"), code("2065-01-01")), (OTHER_DAYS, OTHER_DAYS, OTHER_DAYS));
        assert_eq!(day_code(&[]), NO_DAY);
        for text in ["1881-01-01", "1900-02-28", "1900-03-01", "1955-09-29", "2000-02-29", "2024-12-31", "2059-12-31"] {
            let date = Date::parse(text).unwrap();
            assert_eq!(day_of(code(text)), date.exact_day(), "{text}");
        }
        assert_eq!((day_of(NO_DAY), day_of(OTHER_DAYS)), (None, None));
    }
}
