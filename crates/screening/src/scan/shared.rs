//! Which words of a text stand for words of which listed names.
//!
//! In come the words that are worth looking up ([`Leads`](super::mentions::Leads)), out come, for each listed name, the words that
//! are near to one of it, and the runs of them that may be enough for the name.

use rustc_hash::FxHashMap;

use super::{
    meet::{At, Judge},
    mentions::{PARTS_OF_A_UNIT, Search},
    prose::is_near,
    words::TextWord,
};
use crate::{
    candidates::Scratch,
    index::rows::{Entry, MASK, NameRow, WordRow},
    likeness::{Asking, Channel, likeness_of},
    term::letters,
};

/// Names share a word with more others than this: the word alone starts no search.
const POSTINGS_MAX: usize = 4_000;

impl Search<'_> {
    /// For each listed name, the text's words that stand for words of it.
    pub(super) fn shared_words(&self, scratch: &mut Scratch) -> FxHashMap<u32, Vec<At>> {
        let mut out: FxHashMap<u32, Vec<At>> = FxHashMap::default();
        for likely in self.leads.near.iter().filter(|likely| likely.has(self.bearer)) {
            let (i, word) = (likely.word as usize, &self.words[likely.word as usize]);
            // Less is left out of a word only as long as what is left is in no list.
            let _ = word.readings().enumerate().any(|(number, reading)| {
                likely.may_be(number, self.bearer) && self.look_up(i, reading, &mut out, scratch)
            });
            if word.pieces.len() > 1 {
                self.look_up_pieces(i, word, &mut out, scratch);
            }
        }
        self.add_met(&mut out, scratch);
        out
    }

    /// Adds the names that words met in, if they are near to a word of them.
    fn add_met(&self, out: &mut FxHashMap<u32, Vec<At>>, scratch: &mut Scratch) {
        let index = self.screener.index;
        let mut met: Vec<(usize, u32)> =
            self.leads.met.iter().map(|met| (met.at.word, met.name)).filter(|met| self.is_of_bearer(met.1)).collect();
        met.sort_unstable();
        for of_word in met.chunk_by(|a, b| a.0 == b.0) {
            let word = of_word[0].0;
            for reading in self.words[word].readings().filter(|reading| reading.token.form.len() > 1) {
                let source = &self.text[reading.token.start..reading.token.end];
                let asked = scratch.read(source, self.bearer, self.screener.model);
                let mut is_listed = false;
                for unit in asked.units.iter().filter(|u| !u.is_merged()) {
                    is_listed |= index.has_form(unit.own.word.form.as_bytes(), self.bearer);
                    let asking = Asking::new(unit.own.term());
                    for &(_, name) in of_word {
                        self.add_near(name, word, source, &asking, out);
                    }
                }
                // Less is left out of a word only as long as what is left is in no list.
                if is_listed {
                    break;
                }
            }
        }
    }

    /// Adds a name, if a word of it is near to one of the text.
    fn add_near(&self, name: u32, word: usize, source: &str, asking: &Asking, out: &mut FxHashMap<u32, Vec<At>>) {
        let index = self.screener.index;
        for listed in index.units(&index.names()[name as usize]) {
            let term = index.term(&index.words()[listed.word as usize]);
            let likeness = likeness_of(asking, &term, &self.screener.model.costs);
            if let Some(likeness) = likeness.filter(|l| term.form.len() > 1 && is_near(l, source.len())) {
                add(out.entry(name).or_default(), At::of(word, &likeness, (listed.mask & MASK).count_ones()));
            }
        }
    }

    fn is_of_bearer(&self, name: u32) -> bool {
        self.screener.index.names()[name as usize].bearer == self.bearer as u8
    }

    /// Adds the names that have several of the pieces of a word: each piece is a word found at that place.
    fn look_up_pieces(&self, i: usize, word: &TextWord, out: &mut FxHashMap<u32, Vec<At>>, scratch: &mut Scratch) {
        let mut of_pieces: FxHashMap<u32, usize> = FxHashMap::default();
        for piece in &word.pieces {
            let mut found = FxHashMap::default();
            self.look_up(i, piece, &mut found, scratch);
            found.into_keys().for_each(|name| *of_pieces.entry(name).or_default() += 1);
        }
        for (name, count) in of_pieces.into_iter().filter(|&(_, count)| count > 1) {
            let at = out.entry(name).or_default();
            at.retain(|at| at.word != i);
            // What the pieces give is not worth being known.
            let any = At { word: i, bits: i32::from(i16::MAX), parts: count as u32, is_exact: true };
            at.extend(std::iter::repeat_n(any, count));
        }
    }

    /// Adds the names that have a word like one of the text; whether one has the very word.
    fn look_up(&self, i: usize, word: &TextWord, out: &mut FxHashMap<u32, Vec<At>>, scratch: &mut Scratch) -> bool {
        if !word.capital || word.token.form.len() < 2 {
            return false;
        }
        let (index, model) = (self.screener.index, self.screener.model);
        let mut is_listed = false;
        let source = &self.text[word.token.start..word.token.end];
        let asked = scratch.read(source, self.bearer, model);
        for unit in asked.units.iter().filter(|u| !u.is_merged()) {
            let comparable = scratch.comparable(unit, self.bearer, index, model);
            for (listed, likeness) in comparable.iter().filter(|(_, l)| is_near(l, source.len())) {
                is_listed |= likeness.channel == Channel::Exact;
                let postings = index.postings(*listed);
                if postings.len() > POSTINGS_MAX {
                    continue;
                }
                for entry in postings.iter().map(|&entry| Entry(entry)) {
                    let parts = if entry.is_merged() { PARTS_OF_A_UNIT as u32 } else { 1 };
                    add(out.entry(entry.name()).or_default(), At::of(i, likeness, parts));
                }
            }
            self.comparable.borrow_mut().entry(i).or_default().push(comparable);
        }
        is_listed
    }

    /// Runs of words near enough to one another to be one name, with as many words as the name needs.
    pub(super) fn clusters(&self, at: &[At], row: &NameRow) -> Vec<(usize, usize)> {
        let needed = usize::from(row.words).min(2);
        let reach = usize::from(row.part_count);
        let mut out = Vec::new();
        let mut start = 0;
        for i in 0..at.len() {
            let ends = at
                .get(i + 1)
                .is_none_or(|next| next.word - at[i].word > reach || self.cut_between(at[i].word, next.word));
            if ends {
                let run = &at[start..=i];
                if run.len() >= needed {
                    out.push((run[0].word, at[i].word));
                }
                // *Ali Shamkhani and Ali Salehi*: neighbours are one name even when such a word stands near by once more.
                let side_by_side = run.chunk_by(|a, b| b.word - a.word == 1).filter(|part| part.len() >= needed.max(2));
                out.extend(
                    side_by_side.filter(|p| p.len() < run.len()).map(|part| (part[0].word, part[part.len() - 1].word)),
                );
                start = i + 1;
            }
        }
        out
    }

    fn cut_between(&self, from: usize, to: usize) -> bool {
        (from + 1..=to).any(|i| self.words.cut_before(i))
    }

    /// Whether the words of a stretch may give enough evidence for a name: those that stand for one of its words, and those beside
    /// them that may be like one, though not near enough to start looking.
    pub(super) fn may_be_enough(&self, row: &NameRow, at: &[At], (first, last): (usize, usize)) -> bool {
        if self.leads.weighs_all {
            return true;
        }
        let (left, right) = self.widen(first, last);
        let index = self.screener.index;
        let known = self.comparable.borrow();
        let units = index.units(row);
        let of_word = |word: usize| {
            let mut best = at.iter().find(|at| at.word == word && (first..=last).contains(&word)).copied();
            let Some(comparable) = known.get(&word) else {
                let rarest = units.iter().map(|unit| index.words()[unit.word as usize].rarity.rarest()).max()?;
                return best.or(Some(At { word, bits: rarest, parts: PARTS_OF_A_UNIT as u32, is_exact: false }));
            };
            for unit in units {
                for comparable in comparable {
                    let Ok(place) = comparable.binary_search_by_key(&unit.word, |c| c.0) else { continue };
                    let more = At::of(word, &comparable[place].1, (unit.mask & MASK).count_ones());
                    best.get_or_insert(more).add(more);
                }
            }
            best
        };
        let judge = Judge { index, model: self.screener.model, needed: self.needed };
        let mut all: Vec<At> = (left..=right).filter_map(of_word).collect();
        if judge.is_enough(row, all.iter().copied()) {
            return true;
        }
        all.extend(self.joined(row, left, right));
        judge.is_enough(row, all.iter().copied())
    }

    /// The most that neighbours read as one may give for a name, if the letters of two are those of a word of it.
    fn joined(&self, row: &NameRow, left: usize, right: usize) -> Option<At> {
        // Vowels and what sounds like one are not written in every script; one consonant may be another.
        const CONSONANTS: u32 =
            !(1 << (b'a' & 31) | 1 << (b'e' & 31) | 1 << (b'i' & 31) | 1 << (b'o' & 31) | 1 << (b'u' & 31))
                & !(1 << (b'y' & 31) | 1 << (b'w' & 31) | 1 << (b'h' & 31));
        let index = self.screener.index;
        let pairs = (left..right).filter(|&i| !self.words.cut_before(i + 1));
        let letters = pairs.map(|i| letters(&self.words[i].token.form) | letters(&self.words[i + 1].token.form));
        let letters: Vec<u32> = letters.collect();
        let words = index.units(row).iter().filter_map(|unit| index.words().get(unit.word as usize));
        let has_letters = |word: &&WordRow| {
            let missing = letters.iter().map(|letters| (word.keys.letters & CONSONANTS & !letters).count_ones());
            missing.min().is_some_and(|missing| missing <= 1)
        };
        let bits = words.filter(has_letters).map(|word| word.rarity.rarest()).max()?;
        Some(At { word: left, bits, parts: PARTS_OF_A_UNIT as u32, is_exact: true })
    }
}

/// Adds a word that stands for one of a name, or what more it may give.
fn add(all: &mut Vec<At>, at: At) {
    let place = all.partition_point(|known| known.word < at.word);
    match all.get_mut(place).filter(|known| known.word == at.word) {
        Some(known) => known.add(at),
        None => all.insert(place, at),
    }
}
