//! A word as the comparison sees it, wherever it is stored.
//!
//! The words of a query live on the heap, the words of the lists in the memory-mapped index: [`Term`] borrows either. What a
//! word shares with others is worked out once and kept as [`TermKeys`], what it is worth as [`WordRarity`]; both are plain
//! old data that stand in the index as they are.

use mihenk_names::{
    Variants, Word,
    sound::{self, Skeletons},
};
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

use crate::{
    bits::Bits,
    rarity::{Aspect, Masses, deletions, key, key_of, letters_key, visual_key},
};

/// The hashed keys of a word under the aspects of sound, 0 for none. Two words share a skeleton if they share a number here.
///
/// Most words that share a key turn out unlike; these 56 bytes, with the eight that follow them in the index, are all that
/// is looked at to find that out: one line of a processor's cache.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct TermKeys {
    /// Fine skeletons.
    pub fine: [u32; 3],
    /// Coarse skeletons.
    pub coarse: [u32; 3],
    /// Unvowelled skeletons.
    pub unvowelled: [u32; 4],
    /// Broad sound.
    pub broad: u32,
    /// Visual fold.
    pub visual: u32,
    /// The form itself.
    pub form: u32,
    /// Which letters occur, one bit each; the highest bit for any digit.
    pub letters: u32,
}

/// The rarity of a word under each aspect, floor included, in hundredths of a bit. Larger is rarer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct WordRarity {
    /// The form itself.
    pub form: i16,
    /// Its most common variant group.
    pub variant: i16,
    /// Everyone with its fine skeleton.
    pub fine: i16,
    /// Everyone with its coarse skeleton.
    pub coarse: i16,
    /// Everyone with its broad sound.
    pub broad: i16,
    /// Everyone with one of its unvowelled skeletons.
    pub unvowelled: i16,
    /// Everyone whose word is one edit away, or it.
    pub edit_one: i16,
    /// Everyone whose word is two edits away, or nearer; estimated from the rest.
    pub edit_two: i16,
    /// Everyone whose word looks the same.
    pub visual: i16,
    /// Everyone whose word starts with its letter.
    pub initial: i16,
    /// Everyone whose word has its letters, in whatever order.
    pub disorder: i16,
}

/// A word, borrowed.
#[derive(Clone, Copy, Debug)]
pub struct Term<'a> {
    /// Romanised form.
    pub form: &'a [u8],
    /// Sounds.
    pub sound: &'a [u8],
    /// What it shares with others.
    pub keys: &'a TermKeys,
    /// How common it is.
    pub rarity: &'a WordRarity,
    /// Groups of variants.
    pub variants: Variants,
    /// Written without short vowels.
    pub lacks_vowels: bool,
    /// A syllable whose spelling is a guess without tones.
    pub is_syllable: bool,
    /// A foreign name spelled by such syllables.
    pub is_transcribed: bool,
}

/// A word of a query, with everything worked out.
#[derive(Clone, Debug)]
pub struct OwnTerm {
    /// The word.
    pub word: Word,
    /// What it shares with others.
    pub keys: TermKeys,
    /// How common it is.
    pub rarity: WordRarity,
}

impl OwnTerm {
    /// Works a word out.
    #[must_use]
    pub fn new(word: Word, masses: &Masses) -> OwnTerm {
        let keys = TermKeys::of(&word);
        let rarity = masses.word(&word, &keys);
        OwnTerm { word, keys, rarity }
    }

    /// The word, borrowed.
    #[must_use]
    pub fn term(&self) -> Term<'_> {
        Term {
            form: self.word.form.as_bytes(),
            sound: self.word.sound.as_bytes(),
            keys: &self.keys,
            rarity: &self.rarity,
            variants: self.word.variants,
            lacks_vowels: self.word.lacks_vowels,
            is_syllable: self.word.is_syllable,
            is_transcribed: self.word.is_transcribed,
        }
    }
}

impl TermKeys {
    /// The keys of a word's sound alone, those of [`Term::each_sound_key`].
    #[must_use]
    pub fn of_sound(word: &Word) -> TermKeys {
        TermKeys {
            fine: skeletons(Aspect::Fine, &word.fine()),
            unvowelled: skeletons(Aspect::Unvowelled, &word.unvowelled()),
            broad: if word.broad == 0 { 0 } else { short(key_of(Aspect::Broad, word.broad)) },
            ..TermKeys::default()
        }
    }

    /// Works out the keys of a word.
    #[must_use]
    pub fn of(word: &Word) -> TermKeys {
        TermKeys {
            fine: skeletons(Aspect::Fine, &word.fine()),
            coarse: skeletons(Aspect::Coarse, &word.coarse()),
            unvowelled: skeletons(Aspect::Unvowelled, &word.unvowelled()),
            broad: if word.broad == 0 { 0 } else { short(key_of(Aspect::Broad, word.broad)) },
            visual: short(visual_key(&word.form)),
            form: short(key(Aspect::Form, word.form.as_bytes())),
            letters: letters(&word.form),
        }
    }
}

fn letters(form: &str) -> u32 {
    form.bytes().fold(0, |set, b| set | if b.is_ascii_digit() { 1 << 31 } else { 1 << (b & 0x1F) })
}

/// The 32 bits of a key that tables hold; never 0, which stands for none.
#[must_use]
pub fn short(key: u64) -> u32 {
    ((key >> 32) as u32).max(1)
}

/// The key of a group of variants.
#[must_use]
pub fn variant_key(group: u32) -> u32 {
    short(key_of(Aspect::Variant, u64::from(group)))
}

/// The key under which an index has every word that syllables spell.
#[must_use]
pub fn transcribed_key() -> u32 {
    short(key_of(Aspect::Transcribed, 0))
}

/// What the keys of a word are wanted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To file it in an index.
    Filed,
    /// To ask an index that has no words that syllables spell.
    Asked,
    /// To ask an index that has such words.
    AskedOfTranscriptions,
}

fn skeletons<const N: usize>(aspect: Aspect, all: &Skeletons) -> [u32; N] {
    let mut out = [0; N];
    for (slot, skeleton) in out.iter_mut().zip(all.iter()) {
        *slot = short(key_of(aspect, skeleton));
    }
    out
}

/// Whether two sets of keys share one.
#[must_use]
pub fn share<const N: usize>(a: &[u32; N], b: &[u32; N]) -> bool {
    if a[0] == b[0] {
        return a[0] != 0;
    }
    // Most words have one skeleton; only an ambiguous one has more.
    a[1] | b[1] != 0 && a.iter().any(|x| *x != 0 && b.contains(x))
}

impl Term<'_> {
    /// Calls `each` with the keys under which the word can be found as neighbours read as one: by sound and by list, not
    /// by letters. Words joined to one are comparable with a word if and only if they share one of these.
    pub fn each_sound_key(&self, purpose: Purpose, mut each: impl FnMut(u32)) {
        let asks = purpose != Purpose::Filed;
        let flip = u32::from(self.lacks_vowels != asks);
        let keys = self.keys;
        for &k in keys.fine.iter().chain([&keys.broad]) {
            if k != 0 {
                each(k);
            }
        }
        for &k in keys.unvowelled.iter().filter(|k| **k != 0) {
            each(k ^ flip);
        }
        for group in self.variants.groups {
            if group != 0 {
                each(variant_key(group));
            }
        }
        each(short(key(Aspect::Deletion, self.form)));
        if self.is_transcribed && !asks {
            each(transcribed_key());
        }
        if purpose == Purpose::Asked && !self.is_transcribed {
            return;
        }
        // A transcription is found by words that are none, and the other way round.
        let flip = u32::from(self.is_transcribed != asks);
        for skeleton in self.transcription().iter() {
            each(short(key_of(Aspect::Transcribed, skeleton)) ^ flip);
        }
    }

    /// What a foreign name shares with the syllables that spell it: of such syllables what they may spell, of a word that is
    /// written with its vowels what may be spelled.
    #[must_use]
    pub fn transcription(&self) -> Skeletons {
        if self.is_transcribed {
            sound::transcription(self.sound)
        } else if self.is_syllable || self.lacks_vowels {
            Skeletons::default()
        } else {
            sound::transcribed(self.sound)
        }
    }

    /// Calls `each` with every key under which the word can be found. Two words are comparable if and only if they share
    /// one of these, or one of them is a single letter.
    pub fn each_key(&self, purpose: Purpose, mut each: impl FnMut(u32)) {
        letters_key(self.form).map(short).into_iter().for_each(&mut each);
        self.each_key_in_order(purpose, each);
    }

    /// As [`Term::each_key`], without the key of words whose letters are in disorder, which in prose are not looked for.
    pub fn each_key_in_order(&self, purpose: Purpose, mut each: impl FnMut(u32)) {
        self.each_sound_key(purpose, &mut each);
        let keys = self.keys;
        for &k in keys.coarse.iter().chain([&keys.visual]) {
            if k != 0 {
                each(k);
            }
        }
        deletions(self.form, |k| each(short(k)));
        if let (Some(head), Some(tail)) = (self.head(), self.tail()) {
            each(short(key(Aspect::Head, head)));
            each(short(key(Aspect::Tail, tail)));
        }
    }

    /// The first four letters of a word that is long enough to be recognised by them.
    #[must_use]
    pub fn head(&self) -> Option<&[u8]> {
        (self.form.len() >= 6).then(|| &self.form[..4])
    }

    /// The last four letters of a word that is long enough to be recognised by them.
    #[must_use]
    pub fn tail(&self) -> Option<&[u8]> {
        (self.form.len() >= 6).then(|| &self.form[self.form.len() - 4..])
    }
}

impl WordRarity {
    /// The most evidence under any aspect, in hundredths of a bit.
    #[must_use]
    pub fn rarest(&self) -> i32 {
        let WordRarity { form, variant, fine, coarse, broad, unvowelled, .. } = *self;
        let WordRarity { edit_one, edit_two, visual, initial, disorder, .. } = *self;
        let all = [form, variant, fine, coarse, broad, unvowelled, edit_one, edit_two, visual, initial, disorder];
        all.into_iter().max().map_or(0, i32::from).max(0)
    }

    /// Evidence of the letter-by-letter same form.
    #[must_use]
    pub fn form_bits(&self) -> Bits {
        Bits(i32::from(self.form))
    }
}
