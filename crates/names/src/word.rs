//! Everything about one word that a comparison needs, worked out once.
//!
//! In comes a romanised form and the script it was written in, out comes a [`Word`]: form, sound, skeletons, variant group.
//! Nothing here compares; `mihenk-screening` does, and keeps the words of lists in flat tables.

use crate::{
    name::Bearer,
    script::Script,
    sound::{Skeletons, Sound},
    words::{Variants, WORDS},
};

/// A word, with what is derived from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Romanised lower-case ASCII.
    pub form: String,
    /// Its sounds.
    pub sound: Sound,
    /// Broad sound, 0 for none; see [`Sound::broad`].
    pub broad: u64,
    /// Groups of variants in `data/`.
    pub variants: Variants,
    /// Whether it was written in a script without short vowels.
    pub lacks_vowels: bool,
    /// Whether it is a syllable of a script that writes syllables, and its spelling a guess without tones.
    pub is_syllable: bool,
    /// Whether it is a foreign name that syllables of such a script spell by sound.
    pub is_transcribed: bool,
    /// How it is written; see [`Script::writing`].
    pub writing: usize,
    /// Whether it is read by its letters alone: a short word in the name of an organisation is mostly an abbreviation, and
    /// nobody spells *BWI* as *BAE*.
    pub by_letters: bool,
}

/// Words of organisations up to this length are read by their letters.
const BY_LETTERS_MAX: usize = 3;

impl Word {
    /// Derives everything from a form.
    #[must_use]
    pub fn new(form: String, script: Script, bearer: Bearer) -> Word {
        let lacks_vowels = script.is_unvowelled();
        let sound = if lacks_vowels { Sound::of_unvowelled(&form) } else { Sound::of(&form) };
        let by_letters =
            bearer == Bearer::Organization && !lacks_vowels && !script.is_syllabic() && form.len() <= BY_LETTERS_MAX;
        let broad = if by_letters { 0 } else { sound.broad() };
        let variants = WORDS.variants(bearer, &form);
        let (is_syllable, is_transcribed) = (script.is_syllabic(), script == Script::Transcription);
        let writing = script.writing();
        Word { form, sound, broad, variants, lacks_vowels, is_syllable, is_transcribed, writing, by_letters }
    }

    /// The fine skeletons; none for a word that is read by its letters.
    #[must_use]
    pub fn fine(&self) -> Skeletons {
        if self.by_letters { Skeletons::default() } else { self.sound.fine() }
    }

    /// The coarse skeletons; none for a word that is read by its letters.
    #[must_use]
    pub fn coarse(&self) -> Skeletons {
        if self.by_letters { Skeletons::default() } else { self.sound.coarse() }
    }

    /// The unvowelled skeletons.
    #[must_use]
    pub fn unvowelled(&self) -> Skeletons {
        self.sound.unvowelled()
    }
}
