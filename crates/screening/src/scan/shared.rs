//! Which words of a text stand for words of which listed names.
//!
//! In come the words that are worth looking up ([`Leads`](super::mentions::Leads)), out come, for each listed name, the words that
//! are near to one of it, and the runs of them that may be enough for the name.

use rustc_hash::FxHashMap;

use super::{mentions::Search, prose::is_near, words::TextWord};
use crate::{
    candidates::Scratch,
    index::rows::{Entry, NameRow},
    likeness::{Asking, Channel, likeness_of},
};

/// Names share a word with more others than this: the word alone starts no search.
const POSTINGS_MAX: usize = 4_000;

impl Search<'_> {
    /// For each listed name, the text's words that stand for words of it.
    pub(super) fn shared_words(&self, scratch: &mut Scratch) -> FxHashMap<u32, Vec<usize>> {
        let mut out: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
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
    fn add_met(&self, out: &mut FxHashMap<u32, Vec<usize>>, scratch: &mut Scratch) {
        let index = self.screener.index;
        let mut met: Vec<(usize, u32)> = self
            .leads
            .met
            .iter()
            .map(|met| (met.word as usize, met.name))
            .filter(|met| self.is_of_bearer(met.1))
            .collect();
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
    fn add_near(&self, name: u32, word: usize, source: &str, asking: &Asking, out: &mut FxHashMap<u32, Vec<usize>>) {
        let index = self.screener.index;
        for listed in index.units(&index.names()[name as usize]) {
            let term = index.term(&index.words()[listed.word as usize]);
            let likeness = likeness_of(asking, &term, &self.screener.model.costs);
            if likeness.is_some_and(|l| term.form.len() > 1 && is_near(&l, source.len())) {
                add(out.entry(name).or_default(), word);
            }
        }
    }

    fn is_of_bearer(&self, name: u32) -> bool {
        self.screener.index.names()[name as usize].bearer == self.bearer as u8
    }

    /// Adds the names that have several of the pieces of a word: each piece is a word found at that place.
    fn look_up_pieces(&self, i: usize, word: &TextWord, out: &mut FxHashMap<u32, Vec<usize>>, scratch: &mut Scratch) {
        let mut of_pieces: FxHashMap<u32, usize> = FxHashMap::default();
        for piece in &word.pieces {
            let mut found = FxHashMap::default();
            self.look_up(i, piece, &mut found, scratch);
            found.into_keys().for_each(|name| *of_pieces.entry(name).or_default() += 1);
        }
        for (name, count) in of_pieces.into_iter().filter(|&(_, count)| count > 1) {
            let at = out.entry(name).or_default();
            at.retain(|&at| at != i);
            at.extend(std::iter::repeat_n(i, count));
        }
    }

    /// Adds the names that have a word like one of the text; whether one has the very word.
    fn look_up(&self, i: usize, word: &TextWord, out: &mut FxHashMap<u32, Vec<usize>>, scratch: &mut Scratch) -> bool {
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
                postings.iter().for_each(|&entry| add(out.entry(Entry(entry).name()).or_default(), i));
            }
        }
        is_listed
    }

    /// Runs of words near enough to one another to be one name, with as many words as the name needs.
    pub(super) fn clusters(&self, at: &[usize], row: &NameRow) -> Vec<(usize, usize)> {
        let needed = usize::from(row.words).min(2);
        let reach = usize::from(row.part_count);
        let mut out = Vec::new();
        let mut start = 0;
        for i in 0..at.len() {
            let ends = at.get(i + 1).is_none_or(|&next| next - at[i] > reach || self.words.are_parted(at[i], next));
            if ends {
                let run = &at[start..=i];
                if run.len() >= needed {
                    out.push((run[0], at[i]));
                }
                // *Ali Shamkhani and Ali Salehi*: neighbours are one name even when such a word stands near by once more.
                let side_by_side = run.chunk_by(|a, b| b - a == 1).filter(|part| part.len() >= needed.max(2));
                out.extend(side_by_side.filter(|p| p.len() < run.len()).map(|part| (part[0], part[part.len() - 1])));
                start = i + 1;
            }
        }
        out
    }
}

/// Adds a word of the text to those that stand for one of a name.
fn add(all: &mut Vec<usize>, word: usize) {
    // Nearly always it is the last.
    match all.last() {
        Some(&last) if last == word => {}
        Some(&last) if last > word => {
            if let Err(place) = all.binary_search(&word) {
                all.insert(place, word);
            }
        }
        _ => all.push(word),
    }
}
