//! How alike two words are, and what that is worth.
//!
//! In come two words with their rarity, out comes a [`Likeness`]: the channel through which one became the other and the
//! evidence, −log2 of the share of all bearers whose word lies as near, less the cost of that kind of change. Of several
//! channels the one with the most evidence counts. Two words are comparable if and only if they share a key
//! ([`crate::rarity::Aspect`]); [`crate::index`] finds words by the same keys, so nothing comparable is ever missed.

use std::cell::OnceCell;

use mihenk_names::distance::{Letters, Sounds, Writing};

use crate::{
    bits::Bits,
    rarity::same_letters,
    term::{Term, WordRarity, share},
    weights::Feature,
};

/// How one word became the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Channel {
    /// Letter by letter the same after romanisation.
    Exact = 0,
    /// Forms of one name by the list of variants.
    Variant = 1,
    /// Spelled by another system: the sounds are near.
    Spelling = 2,
    /// One of the two is written without short vowels.
    Unvowelled = 3,
    /// One to three letters typed wrong.
    Typo = 4,
    /// Letters that look alike.
    Visual = 5,
    /// One of the two is the other's first letter.
    Initial = 6,
    /// The same letters in another order.
    Disorder = 7,
    /// Syllables that spell a foreign name by sound.
    Transcription = 8,
}

impl Channel {
    /// Under which line of evidence words that are alike in this way are counted.
    #[must_use]
    pub fn feature(self) -> Feature {
        match self {
            Channel::Exact => Feature::Exact,
            Channel::Initial => Feature::Initial,
            Channel::Variant
            | Channel::Spelling
            | Channel::Unvowelled
            | Channel::Typo
            | Channel::Visual
            | Channel::Disorder
            | Channel::Transcription => Feature::Varied,
        }
    }
}

/// What two words have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Likeness {
    /// How one became the other.
    pub channel: Channel,
    /// The evidence. Below zero when the change is rarer than a chance likeness, as a misprint of a very common word is.
    pub bits: Bits,
    /// The share of it that the change cost.
    pub cost: Bits,
    /// What they have in common when one of the two is neighbours joined to a word.
    pub joint: Option<Joint>,
}

/// The likeness with the most evidence among those that joined words may have: they share a key of sound or of a list, not
/// only letters ([`Term::each_sound_key`]), and the change costs little. Small, because an index
/// remembers one for each of many words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Joint {
    /// How one became the other.
    pub channel: Channel,
    /// The evidence, in hundredths of a bit.
    pub bits: i16,
    /// The share of it that the change cost, in hundredths of a bit.
    pub cost: i16,
}

impl Joint {
    fn of(likeness: &Likeness) -> Joint {
        Joint { channel: likeness.channel, bits: likeness.bits.0 as i16, cost: likeness.cost.0 as i16 }
    }
}

/// Words joined to one may differ from the other side by this much: two liberties at once are one too many.
const JOINT_COST_MAX: Bits = Bits(350);

/// What a change costs: −log2 of how often one word is written so when it is meant to be the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Costs {
    /// One, two, three letters typed wrong.
    pub typo: [Bits; 3],
    /// Another spelling, on top of the weighted distance.
    pub spelling: Bits,
    /// Another spelling with the same broad sound.
    pub broad: Bits,
    /// Another form of the name from the list.
    pub variant: Bits,
    /// A short form of the name from the list.
    pub short_form: Bits,
    /// Without vowels on one side, on top of the weighted distance.
    pub unvowelled: Bits,
    /// Letters that look alike.
    pub visual: Bits,
    /// The same letters in another order.
    pub disorder: Bits,
    /// An initial.
    pub initial: Bits,
    /// A syllable written in its own script on one side, spelled without tones on the other.
    pub syllable: Bits,
    /// Both words are names by the list, and no forms of one another: *Olga* is no slip for *Oleg*.
    pub known_apart: Bits,
    /// Two words written as one, on top of everything else.
    pub merge: Bits,
}

impl Default for Costs {
    /// The reasoned costs that a model starts from.
    fn default() -> Costs {
        Costs {
            typo: [Bits(450), Bits(850), Bits(1200)],
            spelling: Bits(100),
            broad: Bits(200),
            variant: Bits(200),
            short_form: Bits(400),
            unvowelled: Bits(50),
            visual: Bits(400),
            // At least two of them stand where they do not belong, as when two are typed wrong.
            disorder: Bits(850),
            initial: Bits(250),
            syllable: Bits(100),
            known_apart: Bits(300),
            merge: Bits(150),
        }
    }
}

/// A likeness that is this far against a match explains nothing any more.
const LEAST: Bits = Bits(-250);

/// A word that is compared with others: what that takes of it is worked out once, when it is first needed.
#[derive(Debug)]
pub struct Asking<'a> {
    term: Term<'a>,
    letters: OnceCell<Letters>,
    sounds: OnceCell<Sounds>,
    sounds_unvowelled: OnceCell<Sounds>,
    sounds_transcribed: OnceCell<Sounds>,
}

impl<'a> Asking<'a> {
    /// Prepares a word.
    #[must_use]
    pub fn new(term: Term<'a>) -> Asking<'a> {
        Asking {
            term,
            letters: OnceCell::new(),
            sounds: OnceCell::new(),
            sounds_unvowelled: OnceCell::new(),
            sounds_transcribed: OnceCell::new(),
        }
    }

    /// The word.
    pub(crate) fn term(&self) -> &Term<'a> {
        &self.term
    }

    /// Edits to another word, at most `max`.
    pub(crate) fn edits(&self, other: &Term, max: u32) -> Option<u32> {
        // An edit changes at most two letters' presence: too many different letters are too many edits.
        if (self.term.keys.letters ^ other.keys.letters).count_ones() > 2 * max {
            return None;
        }
        self.letters.get_or_init(|| Letters::new(self.term.form)).osa(other.form, max)
    }

    /// The distance in sound to another word, at most `max`.
    pub(crate) fn sound_distance(&self, other: &Term, max: i32) -> Option<i32> {
        let (cell, writing) = match (self.term.lacks_vowels, other.lacks_vowels) {
            (true, false) => (&self.sounds_unvowelled, Writing::FirstUnvowelled),
            (false, true) => (&self.sounds_unvowelled, Writing::SecondUnvowelled),
            _ => (&self.sounds, Writing::Alike),
        };
        cell.get_or_init(|| Sounds::new(self.term.sound, writing)).distance(other.sound, max)
    }

    /// The distance in sound to another word of which this one is a transcription, or the other way round, at most `max`.
    fn transcribed_distance(&self, other: &Term, max: i32) -> Option<i32> {
        let writing = if self.term.is_transcribed { Writing::FirstTranscribed } else { Writing::SecondTranscribed };
        self.sounds_transcribed.get_or_init(|| Sounds::new(self.term.sound, writing)).distance(other.sound, max)
    }
}

/// Compares two words; `None` when they have nothing in common that is evidence.
#[must_use]
pub fn likeness(x: &Term, y: &Term, costs: &Costs) -> Option<Likeness> {
    likeness_of(&Asking::new(*x), y, costs)
}

/// As [`likeness`], for a word that is compared with many.
#[must_use]
pub fn likeness_of(asking: &Asking, y: &Term, costs: &Costs) -> Option<Likeness> {
    let x = &asking.term;
    if x.form.len() == 1 || y.form.len() == 1 {
        return initial(x, y, costs);
    }
    if x.keys.form == y.keys.form && x.form == y.form {
        let crowd =
            if x.lacks_vowels == y.lacks_vowels { rarer(x, y, |r| r.form) } else { rarer(x, y, |r| r.unvowelled) };
        let mut exact = Likeness { channel: Channel::Exact, bits: crowd, cost: Bits::ZERO, joint: None };
        exact.joint = Some(Joint::of(&exact));
        return Some(exact);
    }
    let listed_variant = shared_variant(x, y);
    let mut guessed = if x.is_syllable != y.is_syllable { costs.syllable } else { Bits::ZERO };
    if listed_variant.is_none() && !x.variants.is_empty() && !y.variants.is_empty() {
        guessed += costs.known_apart;
    }
    let mut best = Best { best: None, joint: None, by_sound: shares_sound(x, y), guessed };
    if let Some((_, short)) = listed_variant {
        best.offer(Channel::Variant, rarer(x, y, |r| r.variant), if short { costs.short_form } else { costs.variant });
    }
    if x.lacks_vowels == y.lacks_vowels {
        alike(asking, y, costs, &mut best);
    } else if share(&x.keys.unvowelled, &y.keys.unvowelled)
        && let Some(w) = asking.sound_distance(y, UNVOWELLED_DISTANCE_MAX)
    {
        best.offer(Channel::Unvowelled, rarer(x, y, |r| r.unvowelled), Bits(w * 80 / 100) + costs.unvowelled);
    }
    if x.is_transcribed != y.is_transcribed {
        transcribed(asking, y, &mut best);
    }
    let joint = best.joint.map(|joint| Joint::of(&joint));
    best.best.map(|found| Likeness { joint, ..found })
}

fn shared_variant(x: &Term, y: &Term) -> Option<(u32, bool)> {
    if x.variants.is_empty() || y.variants.is_empty() { None } else { x.variants.shared(&y.variants) }
}

/// Whether two words share a key of sound or of a list, not only letters; see [`Term::each_sound_key`].
#[must_use]
pub fn shares_sound(x: &Term, y: &Term) -> bool {
    let (a, b) = (x.keys, y.keys);
    let by_key = if x.lacks_vowels == y.lacks_vowels {
        share(&a.fine, &b.fine) || a.broad != 0 && a.broad == b.broad
    } else {
        share(&a.unvowelled, &b.unvowelled)
    };
    by_key || a.form == b.form || shared_variant(x, y).is_some() || shares_transcription(x, y)
}

/// Whether one of two words may be what the syllables of the other spell.
#[must_use]
#[inline]
pub fn shares_transcription(x: &Term, y: &Term) -> bool {
    x.is_transcribed != y.is_transcribed && shares_spelling(x, y)
}

/// Few words are spelled by syllables: this is kept out of the way of all others.
#[cold]
#[inline(never)]
fn shares_spelling(x: &Term, y: &Term) -> bool {
    x.transcription().shares(&y.transcription())
}

/// One of the two words is spelled by syllables.
#[cold]
#[inline(never)]
fn transcribed(asking: &Asking, y: &Term, best: &mut Best) {
    let x = &asking.term;
    if shares_spelling(x, y)
        && let Some(w) = asking.transcribed_distance(y, TRANSCRIBED_DISTANCE_MAX)
    {
        best.offer_transcription(rarer(x, y, |r| r.coarse), Bits(w * 80 / 100));
    }
}

/// Both words are written with their vowels, or both without.
fn alike(asking: &Asking, y: &Term, costs: &Costs, best: &mut Best) {
    let x = &asking.term;
    let same_fine = share(&x.keys.fine, &y.keys.fine);
    let same_coarse = share(&x.keys.coarse, &y.keys.coarse);
    let same_broad = x.keys.broad != 0 && x.keys.broad == y.keys.broad;
    let same_visual = x.keys.visual == y.keys.visual;
    let shortest = x.form.len().min(y.form.len());
    let sounds_alike = same_fine || same_coarse || same_broad || same_visual;
    let same_end = x.head().is_some() && x.head() == y.head() || x.tail().is_some() && x.tail() == y.tail();
    let edits = match (same_fine || same_coarse, sounds_alike || same_end) {
        (true, _) => asking.edits(y, typing_edits_max(shortest)),
        (false, true) => asking.edits(y, 3),
        // Words that share nothing else are comparable one edit apart.
        (false, false) => asking.edits(y, 1),
    };
    if x.keys.letters == y.keys.letters && edits.is_none_or(|edits| edits > 1) && same_letters(x.form, y.form) {
        disorder(x, y, costs, best);
    }
    if edits.is_none() && !sounds_alike {
        return;
    }
    // Of three letters one more or less makes another word, unless the rest begins alike.
    let long_enough = shortest >= 4 || x.form.len().max(y.form.len()) >= 4 && x.form[0] == y.form[0];
    let one_edit = edits == Some(1) && long_enough;
    if !(sounds_alike || one_edit || same_end) {
        return;
    }
    match edits {
        Some(1) if one_edit => best.offer(Channel::Typo, rarer(x, y, |r| r.edit_one), costs.typo[0]),
        Some(2) if shortest >= 6 => best.offer(Channel::Typo, rarer(x, y, |r| r.edit_two), costs.typo[1]),
        Some(3) if shortest >= 9 => best.offer(Channel::Typo, rarer(x, y, |r| r.edit_two), costs.typo[2]),
        _ => {}
    }
    if same_visual {
        best.offer(Channel::Visual, rarer(x, y, |r| r.visual), costs.visual);
    }
    if same_broad {
        best.offer(Channel::Spelling, rarer(x, y, |r| r.broad), costs.broad);
    }
    if !(same_fine || same_coarse) && edits.is_none() {
        return;
    }
    let crowd = if same_fine {
        rarer(x, y, |r| r.fine)
    } else if same_coarse {
        rarer(x, y, |r| r.coarse)
    } else {
        rarer(x, y, |r| r.edit_one.min(r.coarse))
    };
    let limit = SPELLING_DISTANCE_MAX.min(100 + 22 * (shortest as i32 * 100).isqrt());
    // Farther away it would be no better than what was found already.
    let limit = limit.min(best.room(crowd, costs.spelling));
    if limit < 0 {
        return;
    }
    if let Some(w) = asking.sound_distance(y, limit) {
        best.offer(Channel::Spelling, crowd, Bits(w) + costs.spelling);
    }
}

/// The same letters in another order, if one of the two words is next to unknown: *Samir* and *Masri* are two names.
fn disorder(x: &Term, y: &Term, costs: &Costs, best: &mut Best) {
    /// Words with these letters that amount to one part in fourteen of the commoner word are next to none.
    const NEXT_TO_NONE: Bits = Bits(10);
    let (crowd, commoner) = (rarer(x, y, |r| r.disorder), rarer(x, y, |r| r.form));
    if !x.lacks_vowels && crowd + NEXT_TO_NONE >= commoner {
        best.offer(Channel::Disorder, crowd, costs.disorder);
    }
}

/// So many edits may be slips of the fingers in words of that length.
fn typing_edits_max(shortest: usize) -> u32 {
    match shortest {
        9.. => 3,
        6.. => 2,
        _ => 1,
    }
}

/// Farther apart in sound than this, in hundredths of a bit, two words are no spellings of one name.
const SPELLING_DISTANCE_MAX: i32 = 1000;
/// The same where one of the two is written without its vowels.
pub(crate) const UNVOWELLED_DISTANCE_MAX: i32 = 700;

/// Farther apart than this a word is not what syllables spell.
const TRANSCRIBED_DISTANCE_MAX: i32 = 600;

/// The crowd that counts is the larger of the two words'.
fn rarer(x: &Term, y: &Term, aspect: impl Fn(&WordRarity) -> i16) -> Bits {
    Bits(i32::from(aspect(x.rarity).min(aspect(y.rarity))))
}

/// The likeness with the most evidence so far, of all and of those that joined words may have.
struct Best {
    best: Option<Likeness>,
    joint: Option<Likeness>,
    by_sound: bool,
    /// What makes the likeness doubtful costs this much, whatever the channel.
    guessed: Bits,
}

impl Best {
    /// The most that a change may cost, beyond `fixed`, to count in a crowd.
    fn room(&self, crowd: Bits, fixed: Bits) -> i32 {
        let below = |best: &Option<Likeness>| (crowd - fixed - self.guessed - self.least(best)).0 - 1;
        let joint = below(&self.joint).min((JOINT_COST_MAX - fixed - self.guessed).0);
        if self.by_sound { below(&self.best).max(joint) } else { below(&self.best) }
    }

    /// What a channel must exceed to count.
    fn least(&self, best: &Option<Likeness>) -> Bits {
        best.map_or(LEAST, |b| b.bits)
    }

    /// A foreign name and syllables that spell it. That these are several is how such names are written and no liberty, so the
    /// price of joined words is all that is paid for it.
    fn offer_transcription(&mut self, crowd: Bits, cost: Bits) {
        let cost = cost + self.guessed;
        let found = Likeness { channel: Channel::Transcription, bits: crowd - cost, cost, joint: None };
        for kept in [&mut self.best, &mut self.joint] {
            if found.bits > kept.map_or(LEAST, |b| b.bits) {
                *kept = Some(found);
            }
        }
    }

    fn offer(&mut self, channel: Channel, crowd: Bits, cost: Bits) {
        let cost = cost + self.guessed;
        let found = Likeness { channel, bits: crowd - cost, cost, joint: None };
        if found.bits > self.least(&self.best) {
            self.best = Some(found);
        }
        if self.by_sound && cost <= JOINT_COST_MAX && found.bits > self.least(&self.joint) {
            self.joint = Some(found);
        }
    }
}

fn initial(x: &Term, y: &Term, costs: &Costs) -> Option<Likeness> {
    if x.form.first() != y.form.first() || x.form[0].is_ascii_digit() {
        return None;
    }
    let cost = if x.form.len() == 1 && y.form.len() == 1 { Bits::ZERO } else { costs.initial };
    let bits = (rarer(x, y, |r| r.initial) - cost).max(Bits(30));
    Some(Likeness { channel: Channel::Initial, bits, cost, joint: None })
}
