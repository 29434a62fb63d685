//! Everything about one word that a comparison needs, worked out once.
//!
//! In comes a romanised form and the script it was written in, out comes a [`Word`]: form, sound, skeletons, visual fold,
//! variant group and syllables. [`WordRef`] is the same, borrowed: the index keeps its words in flat tables and compares
//! them without building anything.

use crate::{
    name::Bearer,
    script::Script,
    sound::{Skeletons, Sound},
    visual,
    words::WORDS,
};

/// A word, with what is derived from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Romanised lower-case ASCII.
    pub form: String,
    /// Its sounds.
    pub sound: Sound,
    /// What the eye sees.
    pub visual: String,
    /// Fine skeleton, 0 for none; see [`Sound::fine`].
    pub fine: u64,
    /// Coarse skeleton, 0 for none; see [`Sound::coarse`].
    pub coarse: u64,
    /// Group of variants in `data/`, 0 for none.
    pub variant: u32,
    /// Whether it was written in a script without short vowels.
    pub lacks_vowels: bool,
}

impl Word {
    /// Derives everything from a form.
    #[must_use]
    pub fn new(form: String, script: Script, bearer: Bearer) -> Word {
        let sound = Sound::of(&form);
        let visual = visual::fold(&form);
        let (fine, coarse) = (sound.fine(), sound.coarse());
        let variant = WORDS.variant(bearer, &form);
        Word { form, sound, visual, fine, coarse, variant, lacks_vowels: script.is_unvowelled() }
    }

    /// The unvowelled skeletons.
    #[must_use]
    pub fn unvowelled(&self) -> Skeletons {
        self.sound.unvowelled()
    }
}
