//! The word lists of `data/`, read once: titles, particles, legal forms, numerals and groups of variants.
//!
//! Each list is a commented text file compiled into the binary; this file turns them into look-up tables over romanised
//! forms ([`crate::token`]). The meaning of each list stands in its own head. A line that does not parse is a mistake of
//! ours, so the tests below read every list whole.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::{name::Bearer, token::tokenize};

/// One entry of a multi-word table: the code and how many tokens it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Phrase {
    pub(crate) code: u16,
    pub(crate) len: u8,
}

/// Phrases by their first word; those that share it, longest first.
type Phrases = FxHashMap<String, Vec<(Vec<String>, u16)>>;

/// All word lists.
pub(crate) struct Words {
    particles: [FxHashMap<String, ()>; 3],
    titles: [FxHashMap<String, ()>; 3],
    legal_forms: Phrases,
    legal_form_codes: Vec<String>,
    numerals: FxHashMap<String, u32>,
    variants: [FxHashMap<String, u32>; 3],
}

/// The lists, read at the first use.
pub(crate) static WORDS: LazyLock<Words> = LazyLock::new(Words::read);

impl Words {
    fn read() -> Words {
        let mut words = Words {
            particles: Default::default(),
            titles: Default::default(),
            legal_forms: FxHashMap::default(),
            legal_form_codes: Vec::new(),
            numerals: FxHashMap::default(),
            variants: Default::default(),
        };
        for [bearer, forms] in fields(include_str!("../../../data/particles.txt")) {
            insert_all(&mut words.particles[bearer_index(bearer)], forms);
        }
        for [bearer, forms] in fields(include_str!("../../../data/titles.txt")) {
            insert_all(&mut words.titles[bearer_index(bearer)], forms);
        }
        for [code, _countries, forms] in fields(include_str!("../../../data/legal_forms.txt")) {
            let number = words.legal_form_codes.len() as u16;
            words.legal_form_codes.push(code.to_owned());
            for form in forms.split(';') {
                let tokens: Vec<String> = tokenize(form).into_iter().map(|t| t.form).collect();
                let Some(first) = tokens.first().cloned() else { continue };
                words.legal_forms.entry(first).or_default().push((tokens, number));
            }
        }
        for same_start in words.legal_forms.values_mut() {
            same_start.sort_by_key(|(tokens, _)| std::cmp::Reverse(tokens.len()));
        }
        words
    }

    pub(crate) fn is_particle(&self, bearer: Bearer, form: &str) -> bool {
        self.particles[bearer as usize].contains_key(form)
    }

    pub(crate) fn is_title(&self, bearer: Bearer, form: &str) -> bool {
        self.titles[bearer as usize].contains_key(form)
    }

    /// The longest legal form that starts at the first of `forms`.
    pub(crate) fn legal_form(&self, forms: &[&str]) -> Option<Phrase> {
        let candidates = self.legal_forms.get(*forms.first()?)?;
        candidates
            .iter()
            .find(|(tokens, _)| tokens.len() <= forms.len() && tokens.iter().zip(forms).all(|(a, b)| a == b))
            .map(|(tokens, code)| Phrase { code: *code, len: tokens.len() as u8 })
    }

    /// The code of a legal form as the data file writes it.
    pub(crate) fn legal_form_code(&self, code: u16) -> &str {
        self.legal_form_codes.get(usize::from(code)).map_or("", String::as_str)
    }

    /// The number that a numeral word stands for.
    pub(crate) fn numeral(&self, form: &str) -> Option<u32> {
        self.numerals.get(form).copied()
    }

    /// The group of variants that the form belongs to; 0 for none.
    pub(crate) fn variant(&self, bearer: Bearer, form: &str) -> u32 {
        self.variants[bearer as usize].get(form).copied().unwrap_or(0)
    }
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
    for form in forms.split_whitespace() {
        table.insert(form.replace('-', ""), ());
    }
}
