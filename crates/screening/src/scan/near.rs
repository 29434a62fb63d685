//! Which words of a text may be like a listed word at all.
//!
//! In come the words of a text, out come the few that are worth looking up, each with the bearers in whose names something like
//! it is listed. Most words of a text are like none, and that is seen without reading them as names: by the keys under which
//! comparable words would be found, then by what every likeness needs that [`is_near`](super::prose::is_near) lets pass. What
//! is taken for granted here only ever lets more words pass, so that nothing is lost.

use mihenk_names::{Bearer, Name, Script, Variants, Word, name::only_unit, place::plain_form, variants};

use super::{
    prose::{SOUND_COST_MAX, SOUND_LEAST, TYPO_LEAST, TYPO_LETTERS},
    words::{TextWord, Words, each_without_prefixes},
};
use crate::{
    bits::Bits,
    index::{Index, build::mixed},
    likeness::{Asking, Costs, UNVOWELLED_DISTANCE_MAX},
    model::Model,
    term::{Term, TermKeys, WordRarity, share, variant_key},
};

/// Bearers, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Bearers(u8);

impl Bearers {
    const ALL: Bearers = Bearers(0b111);

    /// Whether a bearer is among them.
    pub(super) fn has(self, bearer: Bearer) -> bool {
        self.0 >> bearer as u8 & 1 == 1
    }

    fn add(&mut self, bearer: Bearer) {
        self.0 |= 1 << bearer as u8;
    }
}

/// Looks for words that may be like a listed one; what it needs for that is used again for every word.
pub(super) struct Near<'a> {
    index: &'a Index,
    costs: &'a Costs,
    form: String,
    keys: Vec<u32>,
    some: Vec<u32>,
    ranges: Vec<(u32, u32)>,
    words: Vec<u32>,
}

impl<'a> Near<'a> {
    pub(super) fn of(index: &'a Index, model: &'a Model) -> Near<'a> {
        Near {
            index,
            costs: &model.costs,
            form: String::new(),
            keys: Vec::new(),
            some: Vec::new(),
            ranges: Vec::new(),
            words: Vec::new(),
        }
    }

    /// The numbers of the words of a text that may be like a listed one, with the bearers.
    pub(super) fn words(mut self, text: &str, words: &Words) -> Vec<(u32, Bearers)> {
        let mut out = Vec::new();
        for i in 0..words.len() {
            let bearers = self.word(text, words, i);
            if bearers != Bearers::default() {
                out.push((i as u32, bearers));
            }
        }
        out
    }

    fn word(&mut self, text: &str, words: &Words, i: usize) -> Bearers {
        let place = words.place(i);
        let is_plain = place.token.is_none() && !place.has_apostrophe;
        if is_plain && !words.is_capital(i) {
            return Bearers::default();
        }
        let source = &text[place.start..place.end];
        let mut found = Bearers::default();
        match place.script {
            Script::Latin if is_plain => self.plain(source, Script::Latin, &mut found),
            Script::Arabic if is_plain => each_without_prefixes(source, |rest| {
                self.plain(rest, Script::Arabic, &mut found);
                found == Bearers::ALL
            }),
            _ => {
                let word = &words[i];
                // Pieces are looked up each by itself.
                if word.pieces.len() > 1 {
                    return Bearers::ALL;
                }
                word.readings().for_each(|reading| self.reading(text, reading, &mut found));
            }
        }
        found
    }

    /// A word as it was read.
    fn reading(&mut self, text: &str, word: &TextWord, found: &mut Bearers) {
        if word.capital && word.token.form.len() > 1 {
            let source = &text[word.token.start..word.token.end];
            Bearer::ALL.into_iter().for_each(|bearer| self.named(source, bearer, found));
        }
    }

    /// A word as the name of a bearer.
    fn named(&mut self, source: &str, bearer: Bearer, found: &mut Bearers) {
        if found.has(bearer) {
            return;
        }
        Name::read(source, bearer).each_unit(|unit| {
            if !unit.is_merged() {
                self.form.clone_from(&unit.form);
                self.form(source.len(), unit.script, &[bearer], found);
            }
        });
    }

    /// A word of plain letters.
    fn plain(&mut self, source: &str, script: Script, found: &mut Bearers) {
        let mut form = std::mem::take(&mut self.form);
        plain_form(source, script, &mut form);
        if form.len() < 2 {
            self.form = form;
            return;
        }
        // Most words have the same form whoever bears the name.
        let units = Bearer::ALL.map(|bearer| only_unit(source, &form, script, bearer).map(str::len));
        let whole = form;
        let mut done = [false; 3];
        for (i, bearer) in Bearer::ALL.into_iter().enumerate() {
            let Some(len) = units[i] else {
                self.named(source, bearer, found);
                continue;
            };
            if done[i] {
                continue;
            }
            let mut alike = [Bearer::Person; 3];
            let mut count = 0;
            for (j, other) in Bearer::ALL.into_iter().enumerate().filter(|&(j, _)| units[j] == Some(len)) {
                (alike[count], done[j]) = (other, true);
                count += 1;
            }
            self.form.clear();
            self.form.push_str(&whole[whole.len() - len..]);
            self.form(source.len(), script, &alike[..count], found);
        }
        self.form = whole;
    }

    /// The form of a unit, in `self.form`, that `letters` bytes of the text were read as.
    fn form(&mut self, letters: usize, script: Script, bearers: &[Bearer], found: &mut Bearers) {
        if self.form.len() < 2 {
            return;
        }
        let groups = Bearer::ALL.map(|bearer| variants(bearer, &self.form));
        // Ships have no variants worth mentioning, and their words are never read by letters: all keys of sound are there.
        let word = Word::new(std::mem::take(&mut self.form), script, Bearer::Vessel);
        let keys = TermKeys::of(&word);
        let rarity = WordRarity::default();
        let asking = Asking::new(Term {
            form: word.form.as_bytes(),
            sound: word.sound.as_bytes(),
            keys: &keys,
            rarity: &rarity,
            variants: Variants::default(),
            lacks_vowels: word.lacks_vowels,
            is_syllable: word.is_syllable,
        });
        self.keys.clear();
        asking.term().each_key(true, |key| self.keys.push(key));
        for &bearer in bearers {
            if !found.has(bearer) && self.has_any(&asking, letters, groups[bearer as usize], bearer) {
                found.add(bearer);
            }
        }
        self.form = word.form;
    }

    /// Whether any listed word in the names of a bearer may be near.
    fn has_any(&mut self, asking: &Asking, letters: usize, groups: Variants, bearer: Bearer) -> bool {
        let sieve = self.index.sieve();
        self.some.clear();
        let of_groups = groups.groups.into_iter().filter(|&group| group != 0).map(variant_key);
        let mixed = self.keys.iter().copied().chain(of_groups).map(|key| mixed(key, bearer));
        self.some.extend(mixed.filter(|&key| sieve.may_have(key)));
        if self.some.is_empty() {
            return false;
        }
        self.index.words_under(&self.some, &mut self.ranges, &mut self.words);
        let rows = self.index.words();
        let near = |&word: &u32| {
            let row = &rows[word as usize];
            let listed = self.index.term(row);
            row.form_len > 1
                && (groups.shared(&listed.variants).is_some() || may_be_near(asking, &listed, letters, self.costs))
        };
        self.words.iter().any(near)
    }
}

/// Whether a word of a text, of which only the rarity and the variants are not known, may be near to a listed word: whether
/// any channel may give a likeness that counts in prose. The larger crowd of two words counts, so evidence is never more than
/// the listed word's rarity less the cost.
fn may_be_near(asking: &Asking, y: &Term, letters: usize, costs: &Costs) -> bool {
    let x = asking.term();
    if x.keys.form == y.keys.form && x.form == y.form {
        return true;
    }
    // What makes a likeness doubtful costs more, in a model that is right.
    let doubt = Bits::ZERO.min(costs.syllable) + Bits::ZERO.min(costs.known_apart);
    let crowd = |rarity: i16| Bits(i32::from(rarity)) - doubt;
    // The most that a change in sound may cost, in a crowd, beyond a fixed cost.
    let room = |rarity: i16, fixed: Bits| {
        let fixed = fixed + doubt;
        (SOUND_COST_MAX - fixed).0.min((crowd(rarity) - fixed - SOUND_LEAST).0 - 1)
    };
    if x.lacks_vowels != y.lacks_vowels {
        let room = room(y.rarity.unvowelled, costs.unvowelled);
        if room < 0 || !share(&x.keys.unvowelled, &y.keys.unvowelled) {
            return false;
        }
        let most = ((room + 1) * 100 / 80).min(UNVOWELLED_DISTANCE_MAX);
        return asking.sound_distance(y, most).is_some();
    }
    let same_fine = share(&x.keys.fine, &y.keys.fine);
    let same_coarse = share(&x.keys.coarse, &y.keys.coarse);
    let same_broad = x.keys.broad != 0 && x.keys.broad == y.keys.broad;
    if same_broad && room(y.rarity.broad, costs.broad) >= 0 {
        return true;
    }
    let rarest = y.rarity.fine.max(y.rarity.coarse).max(y.rarity.edit_one);
    let by_sound = room(rarest, costs.spelling);
    if (same_fine || same_coarse) && by_sound >= 0 && asking.sound_distance(y, by_sound).is_some() {
        return true;
    }
    let slip = |edits: u32| {
        let (rarity, cost) = match edits {
            0 | 1 => (y.rarity.edit_one, costs.typo[0]),
            2 => (y.rarity.edit_two, costs.typo[1]),
            _ => (y.rarity.edit_two, costs.typo[2]),
        };
        letters >= TYPO_LETTERS && crowd(rarity) - cost > TYPO_LEAST
    };
    let most = if slip(3) {
        3
    } else if slip(2) {
        2
    } else {
        1
    };
    let most = if by_sound >= 0 { 3 } else { most };
    if by_sound < 0 && !(slip(1) || slip(2) || slip(3)) {
        return false;
    }
    let Some(edits) = asking.edits(y, most) else { return false };
    slip(edits) || by_sound >= 0 && asking.sound_distance(y, by_sound).is_some()
}
