//! Sorts the rows of an index and writes them as sections of a file.
//!
//! In come [`Rows`] with everything in the order of the entities; keys, postings and identifiers are sorted here, and rows
//! are added that end the ranges of the last ones. Out goes the file, a section after the other in the order of [`Section`].

use std::io::{self, Seek, Write};

use rayon::prelude::*;
use zerocopy::IntoBytes;

use super::rows::Rows;
use crate::index::{
    Section,
    file::write_sections,
    rows::{BornRow, EntityRow, Entry, IdentifierRow, KeyRow, WordRow, day_of},
};

impl Rows {
    /// Writes the file.
    pub(super) fn write(
        mut self,
        model_id: [u8; 32],
        lists_id: [u8; 32],
        out: &mut (impl Write + Seek),
    ) -> io::Result<()> {
        if self.names.len() > Entry::NAMES_MAX {
            let (found, most) = (self.names.len(), Entry::NAMES_MAX);
            return Err(io::Error::other(format!("the lists have {found} names, an index holds {most} at most")));
        }
        let identifiers = self.finish_identifiers();
        let last = self.next_entity();
        self.entities.push(EntityRow { identifiers: self.hashes.len() as u32, ..last });
        let postings = self.finish_postings();
        let (keys, key_starts, key_words) = self.finish_keys();
        let born = self.finish_born();
        let sections: [(Section, &[u8]); 17] = [
            (Section::Entities, self.entities.as_bytes()),
            (Section::Names, self.names.as_bytes()),
            (Section::Units, self.units.as_bytes()),
            (Section::Parts, self.parts.as_bytes()),
            (Section::Words, self.words.as_bytes()),
            (Section::Postings, postings.as_bytes()),
            (Section::Keys, keys.as_bytes()),
            (Section::KeyStarts, key_starts.as_bytes()),
            (Section::KeyWords, key_words.as_bytes()),
            (Section::Identifiers, identifiers.as_bytes()),
            (Section::Dates, self.dates.as_bytes()),
            (Section::Countries, self.countries.as_bytes()),
            (Section::WordSets, self.word_sets.as_bytes()),
            (Section::Hashes, self.hashes.as_bytes()),
            (Section::Born, born.as_bytes()),
            (Section::Contents, self.contents.as_bytes()),
            (Section::Text, &self.text),
        ];
        debug_assert!(sections.iter().enumerate().all(|(i, (section, _))| *section as usize == i));
        write_sections(out, &sections.map(|(_, bytes)| bytes), model_id, lists_id)
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
                row.text = self.add_text(normal.as_bytes());
                row
            })
            .collect()
    }

    /// Groups occurrences by word, in the order of [`crate::index::rows::Group`]; a word counts once in a name.
    fn finish_postings(&mut self) -> Vec<u32> {
        let mut all = std::mem::take(&mut self.occurrences);
        all.par_sort_unstable_by_key(|&(word, entry)| (word, Entry(entry).group(), Entry(entry).name(), entry));
        all.dedup_by(|next, kept| {
            let same = (next.0, Entry(next.1).name()) == (kept.0, Entry(kept.1).name());
            kept.1 |= if same { next.1 } else { 0 };
            same
        });
        let mut at = 0;
        for (number, word) in self.words.iter_mut().enumerate() {
            word.postings = at as u32;
            while at < all.len() && all[at].0 == number as u32 {
                at += 1;
            }
        }
        self.words.push(WordRow { postings: at as u32, ..WordRow::default() });
        all.into_iter().map(|(_, entry)| entry).collect()
    }

    /// The names of entities that were born on one day, by day.
    fn finish_born(&self) -> Vec<BornRow> {
        let names = self.names.iter().enumerate().filter(|(_, name)| day_of(name.born).is_some());
        let mut all: Vec<BornRow> =
            names.map(|(number, name)| BornRow { day: u32::from(name.born), name: number as u32 }).collect();
        all.sort_unstable();
        all
    }

    fn finish_keys(&mut self) -> (Vec<KeyRow>, Vec<u32>, Vec<u32>) {
        let mut all = std::mem::take(&mut self.keys);
        all.par_sort_unstable();
        all.dedup();
        let mut rows: Vec<KeyRow> = Vec::new();
        let mut words = Vec::with_capacity(all.len());
        for (key, word) in all {
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
