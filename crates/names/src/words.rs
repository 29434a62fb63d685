//! The word lists of `data/`, read once: titles, particles, legal forms, numerals and groups of variants.
//!
//! Each list is a commented text file compiled into the binary; this file turns them into look-up tables over romanised
//! forms ([`crate::token`]). The meaning of each list stands in its own head. A line that does not parse is a mistake of
//! ours, so the tests below read every list whole.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::{compound::canonical, name::Bearer, token::tokenize};

/// One entry of a multi-word table: the code and how many tokens it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Phrase {
    pub(crate) code: u16,
    pub(crate) len: u8,
}

/// Phrases by their first word; those that share it, longest first.
type Phrases = FxHashMap<String, Vec<(Vec<String>, u16)>>;

/// The groups of variants that a form belongs to: names that are the same name in another language or a short form of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Variants {
    /// What the groups are known by, 0 for none: a hash of their forms, so that a line more or less changes no other group.
    pub groups: [u32; 3],
    /// One bit for each group: the form is a short form there (*Bill* for *William*).
    pub short: u8,
}

impl Variants {
    /// Whether the form belongs to no group.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.groups[0] == 0
    }

    /// A group that both belong to, and whether either form is a short form in it.
    #[must_use]
    pub fn shared(&self, other: &Variants) -> Option<(u32, bool)> {
        let of = |v: &Variants, i: usize| v.short >> i & 1 == 1;
        let mut found = None;
        for (i, &group) in self.groups.iter().enumerate().filter(|(_, g)| **g != 0) {
            for (j, _) in other.groups.iter().enumerate().filter(|(_, g)| **g == group) {
                let short = of(self, i) || of(other, j);
                if found.is_none_or(|(_, was)| was && !short) {
                    found = Some((group, short));
                }
            }
        }
        found
    }

    fn add(&mut self, group: u32, short: bool) {
        if let Some(i) = self.groups.iter().position(|&g| g == 0 || g == group) {
            self.groups[i] = group;
            self.short |= u8::from(short) << i;
        }
    }
}

/// The family of legal forms that say no more than that it is a company; the first in the list.
pub const GENERAL_FAMILY: u16 = 0;

/// All word lists.
pub(crate) struct Words {
    particles: [FxHashMap<String, ()>; 3],
    titles: [FxHashMap<String, ()>; 3],
    honorifics: FxHashMap<String, ()>,
    beside_titles: FxHashMap<String, ()>,
    legal_forms: Phrases,
    legal_families: Vec<u16>,
    /// Every word that occurs in a legal form.
    legal_words: FxHashMap<String, ()>,
    /// Long words of legal forms under the hash of each of their spellings with one letter left out.
    legal_misprints: FxHashMap<u64, String>,
    numerals: FxHashMap<String, u32>,
    variants: [FxHashMap<String, Variants>; 3],
    ordinary: FxHashMap<String, ()>,
}

/// The lists as they stand in the program.
const TEXTS: [&str; 7] = [
    include_str!("../../../data/particles.txt"),
    include_str!("../../../data/titles.txt"),
    include_str!("../../../data/numerals.txt"),
    include_str!("../../../data/ordinary_words.txt"),
    include_str!("../../../data/legal_forms.txt"),
    include_str!("../../../data/variants.txt"),
    include_str!("../../../data/organization_words.txt"),
];

/// The rules of this crate by which names are read; raised when a name comes out otherwise than before.
const RULES: u64 = 5;

/// What stands for the way names are read: the word lists and the rules. What was derived from names, such as an index, holds
/// for one way of reading only.
#[must_use]
pub fn reading() -> u64 {
    static READING: LazyLock<u64> = LazyLock::new(|| TEXTS.iter().fold(RULES, |hash, text| fingerprint(hash, text)));
    *READING
}

/// What stands for a text, going on from what stands for others; for [`reading`] and what is built upon it.
#[must_use]
pub fn fingerprint(hash: u64, text: &str) -> u64 {
    fnv(hash, text.as_bytes())
}

/// FNV-1a over bytes, begun with `seed`.
fn fnv(seed: u64, bytes: &[u8]) -> u64 {
    fnv_on(seed ^ 0xCBF2_9CE4_8422_2325, bytes)
}

/// FNV-1a over more bytes.
fn fnv_on(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, &b| (hash ^ u64::from(b)).wrapping_mul(0x0100_0000_01B3))
}

/// The groups of variants that a romanised form belongs to in the names of a bearer.
#[must_use]
pub fn variants(bearer: Bearer, form: &str) -> Variants {
    WORDS.variants(bearer, form)
}

/// What a group of variants is known by.
fn group(bearer: &str, forms: &str) -> u32 {
    let hash = fnv(fnv(0, bearer.as_bytes()), forms.as_bytes());
    ((hash ^ hash >> 32) as u32).max(1)
}

/// The lists, read at the first use.
pub(crate) static WORDS: LazyLock<Words> = LazyLock::new(Words::read);

impl Words {
    fn read() -> Words {
        let mut words = Words {
            particles: Default::default(),
            titles: Default::default(),
            honorifics: FxHashMap::default(),
            beside_titles: FxHashMap::default(),
            legal_forms: FxHashMap::default(),
            legal_families: Vec::new(),
            legal_words: FxHashMap::default(),
            legal_misprints: FxHashMap::default(),
            numerals: FxHashMap::default(),
            variants: Default::default(),
            ordinary: FxHashMap::default(),
        };
        for [bearer, forms] in fields(TEXTS[0]) {
            insert_all(&mut words.particles[bearer_index(bearer)], forms);
        }
        for [kind, forms] in fields(TEXTS[1]) {
            let table = match kind {
                "honorific" => &mut words.honorifics,
                "beside" => &mut words.beside_titles,
                _ => &mut words.titles[bearer_index(kind)],
            };
            insert_all(table, forms);
        }
        for [number, forms] in fields(TEXTS[2]) {
            let Ok(number) = number.parse() else { continue };
            for form in forms.split_whitespace().flat_map(single_token) {
                words.numerals.insert(form, number);
            }
        }
        for [_, forms] in fields(TEXTS[3]) {
            insert_all(&mut words.ordinary, forms);
        }
        words.read_legal_forms();
        words.read_variants();
        words
    }

    fn read_legal_forms(&mut self) {
        let (mut families, mut codes): (Vec<&str>, Vec<&str>) = (vec!["general"], Vec::new());
        for [name, countries, forms] in fields(TEXTS[4]) {
            let known = codes.iter().position(|c| *c == name);
            let code = known.unwrap_or(codes.len()) as u16;
            if known.is_none() {
                codes.push(name);
            }
            let family = countries.split_once('/').map_or("", |(_, family)| family.trim());
            let family = families.iter().position(|f| *f == family).unwrap_or_else(|| {
                families.push(family);
                families.len() - 1
            });
            if known.is_none() {
                self.legal_families.push(family as u16);
            }
            for form in forms.split(';') {
                let tokens: Vec<String> = tokenize(form).into_iter().map(|t| t.form).collect();
                let Some(first) = tokens.first().cloned() else { continue };
                tokens.iter().for_each(|t| self.add_legal_word(t));
                self.legal_forms.entry(first).or_default().push((tokens, code));
            }
        }
        for same_start in self.legal_forms.values_mut() {
            same_start.sort_by_key(|(tokens, _)| std::cmp::Reverse(tokens.len()));
        }
    }

    fn add_legal_word(&mut self, form: &str) {
        self.legal_words.insert(form.to_owned(), ());
        if form.len() < MISPRINT_LEN_MIN {
            return;
        }
        for key in shortened(form) {
            self.legal_misprints.entry(key).or_insert_with(|| form.to_owned());
        }
    }

    fn read_variants(&mut self) {
        let lines = TEXTS[5..].iter().copied().flat_map(fields);
        for [bearer, forms] in lines {
            let group = group(bearer, forms);
            let (full, short) = forms.split_once(';').unwrap_or((forms, ""));
            let at = bearer_index(bearer);
            for (forms, is_short) in [(full, false), (short, true)] {
                // Looked up are the forms that units have; a letter stands for many names and is an initial.
                let single = forms.split_whitespace().flat_map(single_token).filter(|form| form.len() > 1);
                for mut form in single {
                    canonical(&mut form, Bearer::ALL[at]);
                    self.variants[at].entry(form).or_default().add(group, is_short);
                }
            }
        }
    }

    /// Every form of the lists that may give a word a role.
    #[cfg(test)]
    pub(crate) fn each_form(&self) -> Vec<&str> {
        let tables = self.particles.iter().chain(&self.titles).chain([&self.honorifics, &self.legal_words]);
        tables
            .flat_map(|table| table.keys().map(String::as_str))
            .chain(self.numerals.keys().map(String::as_str))
            .collect()
    }

    pub(crate) fn is_particle(&self, bearer: Bearer, form: &str) -> bool {
        self.particles[bearer as usize].contains_key(form)
    }

    pub(crate) fn is_title(&self, bearer: Bearer, form: &str) -> bool {
        self.titles[bearer as usize].contains_key(form)
    }

    pub(crate) fn is_honorific(&self, bearer: Bearer, form: &str) -> bool {
        bearer == Bearer::Person && self.honorifics.contains_key(form)
    }

    /// Whether the form is part of a title that stands beside it.
    pub(crate) fn is_beside_title(&self, form: &str) -> bool {
        self.beside_titles.contains_key(form)
    }

    /// Whether the form is an ordinary word of running text in some language.
    pub(crate) fn is_ordinary(&self, form: &str) -> bool {
        self.ordinary.contains_key(form)
    }

    /// The longest legal form that starts at the first of `forms`.
    pub(crate) fn legal_form(&self, forms: &[&str]) -> Option<Phrase> {
        let candidates = self.legal_forms.get(*forms.first()?)?;
        candidates
            .iter()
            .find(|(tokens, _)| tokens.len() <= forms.len() && tokens.iter().zip(forms).all(|(a, b)| a == b))
            .map(|(tokens, code)| Phrase { code: *code, len: tokens.len() as u8 })
    }

    /// The word of a legal form that a long word is meant to be: itself, or the one it is a single misprint away from.
    pub(crate) fn meant_in_legal_form<'a>(&'a self, form: &'a str) -> &'a str {
        if form.len() < MISPRINT_LEN_MIN || self.legal_words.contains_key(form) {
            return form;
        }
        let meant = shortened(form).find_map(|key| self.legal_misprints.get(&key));
        let near = |meant: &&String| crate::distance::osa(form.as_bytes(), meant.as_bytes(), 1).is_some();
        meant.filter(near).map_or(form, String::as_str)
    }

    /// The broad kind of a legal form (limited company, joint-stock company …), as a number; [`GENERAL_FAMILY`] for a form that
    /// agrees with every other.
    pub(crate) fn legal_family(&self, code: u16) -> u16 {
        self.legal_families.get(usize::from(code)).copied().unwrap_or(0)
    }

    /// The number that a numeral word stands for.
    pub(crate) fn numeral(&self, form: &str) -> Option<u32> {
        self.numerals.get(form).copied()
    }

    /// The groups of variants that the form belongs to.
    pub(crate) fn variants(&self, bearer: Bearer, form: &str) -> Variants {
        self.variants[bearer as usize].get(form).copied().unwrap_or_default()
    }
}

/// Words of legal forms at least this long are recognised with a misprint.
const MISPRINT_LEN_MIN: usize = 8;

/// The hash of the form, and of the form with each letter left out.
fn shortened(form: &str) -> impl Iterator<Item = u64> {
    let form = form.as_bytes();
    let without = form.iter().enumerate().scan(fnv(0, b""), |before, (i, letter)| {
        let hash = fnv_on(*before, &form[i + 1..]);
        *before = fnv_on(*before, &[*letter]);
        Some(hash)
    });
    std::iter::once(fnv(0, form)).chain(without)
}

/// The romanised form of a list's word, if it is one word.
fn single_token(word: &str) -> Option<String> {
    let mut tokens = tokenize(word);
    if tokens.len() == 1 { tokens.pop().map(|t| t.form) } else { None }
}

/// The lines of a list, cut at `|`, without comments.
fn fields<const N: usize>(list: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| {
        let mut cut = line.splitn(N, '|').map(str::trim);
        std::array::from_fn(|_| cut.next().unwrap_or(""))
    })
}

fn bearer_index(word: &str) -> usize {
    match word {
        "organization" => Bearer::Organization as usize,
        "vessel" => Bearer::Vessel as usize,
        _ => Bearer::Person as usize,
    }
}

fn insert_all(table: &mut FxHashMap<String, ()>, forms: &str) {
    table.extend(forms.split_whitespace().flat_map(single_token).map(|form| (form, ())));
}
