//! Neighbours of a name read as one, added when the words alone are not enough.
//!
//! In comes a name read with its words alone, out comes the name with those of its neighbours read as one that may stand for a
//! word of the index. To work out a word that is made of neighbours costs as much as any other, and there are more of them than
//! of words; most sound like nothing that is listed.

use mihenk_names::{Bearer, Unit};

use crate::{
    candidates::Scratch,
    index::{Index, build::mixed},
    model::Model,
    shape::AskedName,
    term::{Term, TermKeys, WordRarity},
};

impl Scratch {
    /// Reads a name without neighbours read as one.
    pub fn read_words(&mut self, text: &str, bearer: Bearer, model: &Model) -> AskedName {
        AskedName::read_some_with(text, bearer, &model.rarity, |unit| {
            (!unit.is_merged()).then(|| self.own(unit, bearer, model))
        })
    }

    /// Adds the neighbours read as one to a name without them that will be compared with names of the index only: those that
    /// sound like no word of it are left out, for [`crate::pairing`] allows them no pair.
    pub fn add_joined(&mut self, asked: &mut AskedName, index: &Index, model: &Model) {
        let bearer = asked.name.bearer;
        asked.add_joined(|unit| {
            let may_pair = unit.form.starts_with("abd") || may_sound_listed(unit, bearer, index);
            may_pair.then(|| self.own(unit, bearer, model))
        });
    }
}

/// Whether neighbours read as one share a key of sound or of a list with any word of the index.
fn may_sound_listed(unit: &Unit, bearer: Bearer, index: &Index) -> bool {
    let word = unit.word(bearer);
    let keys = TermKeys::of_sound(&word);
    let rarity = WordRarity::default();
    let term = Term {
        form: word.form.as_bytes(),
        sound: word.sound.as_bytes(),
        keys: &keys,
        rarity: &rarity,
        variants: word.variants,
        lacks_vowels: word.lacks_vowels,
        is_syllable: word.is_syllable,
        is_transcribed: word.is_transcribed,
    };
    let mut found = false;
    term.each_sound_key(index.asked_by(), |key| found = found || index.has_key(mixed(key, bearer)));
    found
}
