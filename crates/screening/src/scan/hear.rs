//! Words of a text that may stand for words of one listed name, near one another.
//!
//! In come the words of a text one by one, each with the listed words that it may be near to; out come the listed names of which several
//! words stand near one another, with these words, and those that one word may stand for. Each name remembers the last word that it
//! heard of, so that a word costs as much as it is in names, however long the text is.

use mihenk_names::name::PARTS_MAX;

use super::{shared::POSTINGS_MAX, words::Words};
use crate::index::{
    Index,
    rows::{Entry, Group},
};

/// A word that may stand for a word of a name, near others that may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Met {
    /// The name.
    pub(super) name: u32,
    /// The word's number in the text.
    pub(super) word: u32,
}

impl Met {
    /// What sorts by name and then by word.
    pub(super) fn by_name(&self) -> u64 {
        u64::from(self.name) << 32 | u64::from(self.word)
    }

    /// What sorts by word and then by name.
    pub(super) fn by_word(&self) -> u64 {
        u64::from(self.word) << 32 | u64::from(self.name)
    }
}

/// Finds which words meet in which names.
pub(super) struct Hearing<'a> {
    index: &'a Index,
    words: &'a Words<'a>,
    /// For each name the last word that may stand for one of it, counted from one, and in the lowest bit whether it met another.
    marks: Vec<u32>,
    /// The first word that nothing parts from the one that is heard of.
    from: u32,
    /// The word that is heard of.
    word: u32,
    met: Vec<Met>,
}

impl<'a> Hearing<'a> {
    pub(super) fn new(index: &'a Index, words: &'a Words<'a>) -> Hearing<'a> {
        Hearing { index, words, marks: vec![0; index.name_count()], from: 0, word: 0, met: Vec::new() }
    }

    /// Begins a word of the text; words come in order.
    pub(super) fn begin(&mut self, word: usize) {
        if self.words.are_parted(self.word as usize, word) {
            self.from = word as u32;
        }
        self.word = word as u32;
    }

    /// Takes note of a listed word that the word may be near to, and whether it is the very word; the next word that may belong to
    /// the same name stands `gap` words away.
    pub(super) fn hear(&mut self, listed: u32, gap: usize, is_exact: bool) {
        let postings = self.index.postings(listed);
        if postings.len() > POSTINGS_MAX {
            return;
        }
        for entry in postings.iter().map(|&entry| Entry(entry)) {
            let may_be_of_one = MAY_BE_OF_ONE_WORD[entry.group().index()];
            if !may_be_of_one || self.index.names()[entry.name() as usize].words > 1 {
                if gap <= PARTS_MAX {
                    self.hear_in(entry.name());
                }
            } else if gap <= 1 || is_exact || entry.is_merged() {
                // Where nothing stands beside a word it is the very word or neighbours of the list, or it is not enough.
                self.met.push(Met { name: entry.name(), word: self.word });
            }
        }
    }

    /// Takes note of the word in a name of several words.
    fn hear_in(&mut self, name: u32) {
        let (mark, now) = (self.marks[name as usize], self.word + 1);
        let before = mark >> 1;
        if before == now {
            return;
        }
        let is_near = before > self.from && now - before <= u32::from(self.index.names()[name as usize].part_count);
        if is_near {
            self.met.extend((mark & 1 == 0).then_some(Met { name, word: before - 1 }));
            self.met.push(Met { name, word: self.word });
        }
        self.marks[name as usize] = now << 1 | u32::from(is_near);
    }

    /// What met, in no order; some of it may be there twice.
    pub(super) fn met(self) -> Vec<Met> {
        self.met
    }
}

/// Groups with names that one word may stand for.
const MAY_BE_OF_ONE_WORD: [bool; Group::COUNT] = {
    let mut all = [false; Group::COUNT];
    let mut group = 0;
    while group < Group::COUNT {
        all[group] = Group::at(group as u32).words() < 2;
        group += 1;
    }
    all
};
