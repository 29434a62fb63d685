//! Which words of a text stand for words of which listed names.
//!
//! In come the words that met in listed names ([`super::meet`]), out come, for each of these names, the words that are near to one of it,
//! and the runs of them that may be enough for the name.

use super::{hear::Met, mentions::Search, prose::is_near, words::TextWord};
use crate::{candidates::Scratch, index::rows::NameRow, likeness::Channel};

/// Names share a word with more others than this: the word alone starts no search.
pub(super) const POSTINGS_MAX: usize = 4_000;

impl Search<'_> {
    /// The names that words of the text stand for, with these words, in order; a word as often as it has pieces that do.
    pub(super) fn shared_words(&self, scratch: &mut Scratch) -> Vec<Met> {
        let names = self.screener.index.names();
        let of_bearer = self.met.iter().filter(|met| names[met.name as usize].bearer == self.bearer as u8);
        let met: Vec<Met> = of_bearer.copied().collect();
        let mut out = Vec::with_capacity(met.len());
        for of_word in met.chunk_by(|a, b| a.word == b.word) {
            self.add_near(of_word, scratch, &mut out);
        }
        let with_pieces = (0..self.words.len()).filter(|&i| self.words.may_have_pieces(i));
        with_pieces.for_each(|i| self.add_pieces(i as u32, scratch, &mut out));
        out.sort_unstable_by_key(Met::by_name);
        out
    }

    /// Adds the names that have a word near to one of the text, of those that come with it.
    fn add_near(&self, of_word: &[Met], scratch: &mut Scratch, out: &mut Vec<Met>) {
        let (index, word) = (self.screener.index, of_word[0].word);
        let mut found: Vec<u32> = Vec::new();
        for reading in self.words[word as usize].readings() {
            let (near, is_listed) = self.near(reading, scratch);
            let has_near = |&name: &u32| {
                let units = index.units(&index.names()[name as usize]);
                units.iter().any(|unit| near.binary_search(&unit.word).is_ok())
            };
            found.extend(of_word.iter().map(|met| met.name).filter(has_near));
            // Less is left out of a word only as long as what is left is in no list.
            if is_listed {
                break;
            }
        }
        found.sort_unstable();
        found.dedup();
        out.extend(found.into_iter().map(|name| Met { name, word }));
    }

    /// The listed words that are near to one of the text, in order, and whether one is the very word.
    fn near(&self, word: &TextWord, scratch: &mut Scratch) -> (Vec<u32>, bool) {
        let (mut near, mut is_listed) = (Vec::new(), false);
        if !word.capital || word.token.form.len() < 2 {
            return (near, is_listed);
        }
        let (index, model) = (self.screener.index, self.screener.model);
        let source = &self.text[word.token.start..word.token.end];
        let asked = scratch.read(source, self.bearer, model);
        for unit in asked.units.iter().filter(|u| !u.is_merged()) {
            let comparable = scratch.comparable(unit, self.bearer, index, model);
            for (listed, likeness) in comparable.iter().filter(|(_, l)| is_near(l, source.len())) {
                is_listed |= likeness.channel == Channel::Exact;
                near.push(*listed);
            }
        }
        near.sort_unstable();
        (near, is_listed)
    }

    /// Adds the names that have several of the pieces of a word: each piece is a word found at that place.
    fn add_pieces(&self, word: u32, scratch: &mut Scratch, out: &mut Vec<Met>) {
        let index = self.screener.index;
        let mut names: Vec<u32> = Vec::new();
        for piece in &self.words[word as usize].pieces {
            let near = self.near(piece, scratch).0.into_iter();
            let telling = near.filter(|&listed| index.postings(listed).len() <= POSTINGS_MAX);
            let mut of_piece: Vec<u32> = telling.flat_map(|listed| index.names_with(listed)).collect();
            of_piece.sort_unstable();
            of_piece.dedup();
            names.append(&mut of_piece);
        }
        names.sort_unstable();
        for same in names.chunk_by(|a, b| a == b).filter(|same| same.len() > 1) {
            let met = Met { name: same[0], word };
            out.retain(|other| *other != met);
            out.extend(std::iter::repeat_n(met, same.len()));
        }
    }

    /// Runs of words near enough to one another to be one name, with as many words as the name needs.
    pub(super) fn clusters(&self, at: &[u32], row: &NameRow) -> Vec<(u32, u32)> {
        let needed = usize::from(row.words).min(2);
        let reach = u32::from(row.part_count);
        let mut out = Vec::new();
        let mut start = 0;
        let are_parted = |a: u32, b: u32| self.words.are_parted(a as usize, b as usize);
        for i in 0..at.len() {
            let ends = at.get(i + 1).is_none_or(|&next| next - at[i] > reach || are_parted(at[i], next));
            if ends {
                let run = &at[start..=i];
                if run.len() >= needed {
                    out.push((run[0], at[i]));
                }
                // *Ali Shamkhani and Ali Salehi*: neighbours, and pieces of one word, are one name even when such a word stands near by
                // once more.
                let side_by_side = run.chunk_by(|a, b| b - a <= 1).filter(|part| part.len() >= needed.max(2));
                out.extend(side_by_side.filter(|p| p.len() < run.len()).map(|part| (part[0], part[part.len() - 1])));
                start = i + 1;
            }
        }
        out
    }
}
