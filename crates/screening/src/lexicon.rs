//! Names and words that were read before.
//!
//! To read a word takes some thirty look-ups in the model, and files name the same people, companies and words over and
//! over. In comes the text of a name, out comes the name as read, with what was known of it or of its words taken from
//! memory. A [`Lexicon`] is one thread's, holds for one model and is bounded: of what is asked often it forgets nothing, of
//! the rest the oldest half goes at once. What it remembers changes how fast a name is read, never how.

use std::sync::Arc;

use mihenk_names::{Bearer, Script, Unit};
use rustc_hash::FxHashMap;

use crate::{model::Model, shape::AskedName, term::OwnTerm};

/// Names of one kind of bearer, and words of one kind, that are remembered at least; twice as many at most. A name takes about
/// a kilobyte.
const KNOWN_MIN: usize = 20_000;

/// What one thread remembers of the names it read.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// By bearer, and by what their script does to their sounds.
    words: [Memory<OwnTerm>; 3 * Script::WRITINGS],
    /// By bearer.
    names: [Memory<AskedName>; 3],
}

impl Lexicon {
    /// Reads a name, or remembers it.
    pub fn read(&mut self, text: &str, bearer: Bearer, model: &Model) -> Arc<AskedName> {
        let words = &mut self.words;
        self.names[bearer as usize].get(text, || {
            AskedName::read_with(text, bearer, &model.rarity, |unit| {
                let work_out = || OwnTerm::new(unit.word(bearer), model.rarity.of(bearer));
                // Few neighbours meet again in another name.
                if unit.is_merged() {
                    Arc::new(work_out())
                } else {
                    words[table(unit, bearer)].get(&unit.form, work_out)
                }
            })
        })
    }
}

/// A form is another word when its script leaves vowels or tones out.
fn table(unit: &Unit, bearer: Bearer) -> usize {
    bearer as usize * Script::WRITINGS + unit.script.writing()
}

/// Things by their text, in two generations: what is asked again moves to the younger one, and when that is full, the
/// older one is forgotten.
#[derive(Debug)]
struct Memory<T> {
    young: FxHashMap<String, Arc<T>>,
    old: FxHashMap<String, Arc<T>>,
}

impl<T> Default for Memory<T> {
    fn default() -> Memory<T> {
        Memory { young: FxHashMap::default(), old: FxHashMap::default() }
    }
}

impl<T> Memory<T> {
    /// What `text` stands for; `make` works it out if nobody remembers.
    fn get(&mut self, text: &str, make: impl FnOnce() -> T) -> Arc<T> {
        if let Some(known) = self.young.get(text) {
            return Arc::clone(known);
        }
        let (text, found) = self.old.remove_entry(text).unwrap_or_else(|| (text.to_owned(), Arc::new(make())));
        if self.young.len() >= KNOWN_MIN {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(text, Arc::clone(&found));
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_remembered_is_the_name_read() {
        let model = Model::built_in();
        let mut lexicon = Lexicon::default();
        for text in ["Usama bin Ladin", "أسامة بن لادن", "Usama bin Ladin", "Bin Ladin Group Ltd", ""] {
            for bearer in Bearer::ALL {
                let (read, known) = (AskedName::read(text, bearer, &model.rarity), lexicon.read(text, bearer, &model));
                assert_eq!(format!("{read:?}"), format!("{known:?}"), "{text}");
            }
        }
    }

    #[test]
    fn what_is_asked_often_stays_and_the_rest_goes() {
        let mut memory = Memory::default();
        let mut made = 0;
        for i in 0..5 * KNOWN_MIN {
            memory.get("often", || made += 1);
            memory.get(&i.to_string(), || ());
            assert!(memory.young.len() + memory.old.len() <= 2 * KNOWN_MIN);
        }
        assert_eq!(made, 1);
    }
}
