//! Which words of a text may be like a listed word at all, and which of them meet in a listed name.
//!
//! In come the words of a text, out come those that may stand for words of one listed name, with that name. Most words of a text are
//! like none, and that is seen without reading them as names: by the keys under which comparable words would be found, then by what
//! every likeness needs that [`is_near`](super::prose::is_near) lets pass. What is taken for granted here only ever lets more words
//! pass, so that nothing is lost.

use mihenk_names::{Bearer, Name, Script, Variants, Word, name::only_unit, place::plain_form, sound::Sound, variants};

use super::{
    hear::{Hearing, Met},
    meet::{Judge, Meeting, each_form},
    prose::{SOUND_COST_MAX, SOUND_LEAST, TYPO_LEAST, TYPO_LETTERS},
    words::{TextWord, Words, each_without_prefixes},
};
use crate::{
    bits::Bits,
    index::{
        Index, Sieve,
        build::mixed,
        meetings::{Meetings, REACH, each_number_of, of_group},
        prose::{Held, LONG, May, Prose, Reach},
    },
    likeness::{Asking, Costs, UNVOWELLED_DISTANCE_MAX, shares_transcription},
    screener::Screener,
    term::{Term, TermKeys, WordRarity, share, variant_key},
};

/// Looks for words that may be like a listed one; what it needs for that is used again for every word.
pub(super) struct Near<'a> {
    index: &'a Index,
    sieve: Option<&'a Sieve>,
    costs: &'a Costs,
    words: Vec<(u32, May)>,
    prose: Option<&'a Prose>,
    meetings: Option<&'a Meetings>,
    form: String,
    keys: Vec<u32>,
    some: Vec<u32>,
    ranges: Vec<(u32, u32)>,
    /// How many words farther on the next one stands that may be part of the same name.
    gap: usize,
    /// The number of the word that is looked at.
    at: usize,
    /// Whether a word that is not of plain Arabic letters stands near by.
    is_beside_other: bool,
    /// The last word that may be near to a listed one.
    heard: Option<usize>,
    /// Where words meet, and where those without vowels do.
    hearing: Hearing<'a>,
    meeting: Option<Meeting<'a>>,
}

/// No name has more parts.
const GAP_MAX: usize = mihenk_names::name::PARTS_MAX;

impl<'a> Near<'a> {
    /// The listed names that may be made up by words of a text, with these words, in the order of the text; `len` and `needed` say how long the text
    /// is and what evidence a mention must have.
    pub(super) fn met(screener: &Screener<'a>, text: &'a str, words: &'a Words, len: usize, needed: Bits) -> Vec<Met> {
        let (index, model) = (screener.index, screener.model);
        let has_unvowelled = (0..words.len()).any(|i| words.is_plain_arabic(i));
        let meetings = if has_unvowelled { index.meetings_for(len, model, needed) } else { None };
        let prose = index.prose_for(len, |rarity| reach(rarity, &model.costs));
        let mut near = Near {
            index,
            sieve: index.sieve_for(len),
            prose,
            meetings,
            costs: &model.costs,
            form: String::new(),
            keys: Vec::new(),
            some: Vec::new(),
            ranges: Vec::new(),
            words: Vec::new(),
            gap: 1,
            at: 0,
            is_beside_other: false,
            heard: None,
            hearing: Hearing::new(index, words),
            meeting: meetings.map(Meeting::new),
        };
        near.hear_all(text, words);
        let mut met = near.hearing.met();
        met.extend(
            near.meeting
                .map(|meeting| meeting.names(text, words, &Judge { index, model, needed }))
                .into_iter()
                .flatten(),
        );
        // Words were heard of in the order of the text, so that most of it is in order.
        met.sort_by_key(Met::by_word);
        met.dedup();
        met
    }

    fn hear_all(&mut self, text: &str, words: &Words) {
        let is_open = |&i: &usize| {
            let place = words.place(i);
            place.token.is_some() || place.has_apostrophe || words.is_capital(i)
        };
        let is_other = |i: &usize| is_open(i) && !words.is_plain_arabic(*i);
        let mut open = (0..words.len()).filter(is_open).peekable();
        let mut others = (0..words.len()).filter(is_other).peekable();
        let mut other_before = None;
        let gap = |from: usize, to: usize| {
            let is_parted = to - from > GAP_MAX || words.are_parted(from, to);
            if is_parted { usize::MAX } else { to - from }
        };
        while let Some(i) = open.next() {
            // A word makes up a name with one that was heard of before it or with one that is still to be looked at.
            let before = self.heard.map_or(usize::MAX, |heard| gap(heard, i));
            self.gap = open.peek().map_or(usize::MAX, |&next| gap(i, next)).min(before);
            self.at = i;
            if others.next_if_eq(&i).is_some() {
                other_before = Some(i);
            } else {
                // It is not known whether words without vowels meet others.
                let before = other_before.map_or(usize::MAX, |other| gap(other, i));
                self.is_beside_other = before.min(others.peek().map_or(usize::MAX, |&other| gap(i, other))) <= REACH;
            }
            self.hearing.begin(i);
            self.word(text, words, i);
        }
    }

    fn word(&mut self, text: &str, words: &Words, i: usize) {
        let place = words.place(i);
        let is_plain = place.token.is_none() && !place.has_apostrophe;
        let source = &text[place.start..place.end];
        match place.script {
            Script::Latin if is_plain => self.plain(source, Script::Latin),
            Script::Arabic if is_plain => each_without_prefixes(source, |rest| self.unwritten(rest)),
            _ => {
                // What stands around an apostrophe may be a name as well.
                self.gap = self.gap.min(1);
                let word = &words[i];
                word.readings().chain(&word.pieces).for_each(|reading| self.read(text, reading));
            }
        }
    }

    /// A word of plain letters without vowels.
    fn unwritten(&mut self, source: &str) {
        let (Some(meetings), Some(meeting)) = (self.meetings, &mut self.meeting) else {
            return self.plain(source, Script::Arabic);
        };
        let mut is_lone = false;
        each_form(source, |form| {
            each_number(form, |number| {
                if meetings.has(number) {
                    meeting.hear(self.at as u32, number);
                }
                is_lone |= meetings.may_have_lone(number);
            });
        });
        if is_lone || self.is_beside_other {
            let gap = std::mem::replace(&mut self.gap, if self.is_beside_other { 1 } else { usize::MAX });
            self.plain(source, Script::Arabic);
            self.gap = gap;
        }
    }

    /// A word as it was read.
    fn read(&mut self, text: &str, word: &TextWord) {
        if word.capital && word.token.form.len() > 1 {
            let source = &text[word.token.start..word.token.end];
            Bearer::ALL.into_iter().for_each(|bearer| self.named(source, bearer));
        }
    }

    /// A word as the name of a bearer.
    fn named(&mut self, source: &str, bearer: Bearer) {
        Name::read(source, bearer).each_unit(|unit| {
            if !unit.is_merged() {
                self.form.clone_from(&unit.form);
                self.form(source.len(), unit.script, &[bearer]);
            }
        });
    }

    /// A word of plain letters.
    fn plain(&mut self, source: &str, script: Script) {
        let mut form = std::mem::take(&mut self.form);
        plain_form(source, script, &mut form);
        if form.len() < 2 {
            self.form = form;
            return;
        }
        // Most words have the same form whoever bears the name.
        let units = Bearer::ALL.map(|bearer| only_unit(source, &form, script, bearer).map(str::len));
        if self.gap == usize::MAX && units.iter().all(|unit| *unit == Some(form.len())) && !self.may_be_alone(&form) {
            self.form = form;
            return;
        }
        let whole = form;
        let mut done = [false; 3];
        for (i, bearer) in Bearer::ALL.into_iter().enumerate() {
            let Some(len) = units[i] else {
                self.gap = self.gap.min(1);
                self.named(source, bearer);
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
            self.form(source.len(), script, &alike[..count]);
        }
        self.form = whole;
    }

    /// Whether a word that has no other one near by may be all that a text has of a listed name: the very word, or neighbours there
    /// that are written as one here.
    fn may_be_alone(&self, form: &str) -> bool {
        self.prose.is_none_or(|prose| {
            let mut groups = Bearer::ALL.into_iter().flat_map(|bearer| variants(bearer, form).groups);
            prose.may_be_alone(form.as_bytes())
                || groups.any(|group| prose.may_be_variant_of_merged(group))
                || prose.may_sound_merged(Sound::of(form).as_bytes())
        })
    }

    /// The form of a unit, in `self.form`, that `letters` bytes of the text were read as.
    fn form(&mut self, letters: usize, script: Script, bearers: &[Bearer]) {
        if self.form.len() < 2 {
            return;
        }
        let groups = Bearer::ALL.map(|bearer| variants(bearer, &self.form));
        // Ships have no variants worth mentioning, and their words are never read by letters: all keys of sound are there.
        let word = Word::new(std::mem::take(&mut self.form), script, Bearer::Vessel);
        let (keys, rarity) = (TermKeys::of(&word), WordRarity::default());
        let asking = Asking::new(Term {
            form: word.form.as_bytes(),
            sound: word.sound.as_bytes(),
            keys: &keys,
            rarity: &rarity,
            variants: Variants::default(),
            lacks_vowels: word.lacks_vowels,
            is_syllable: word.is_syllable,
            is_transcribed: word.is_transcribed,
        });
        self.keys.clear();
        asking.term().each_key_in_order(self.index.asked_by(), |key| self.keys.push(key));
        let held = self.prose.map(|prose| prose.held(asking.term(), letters >= TYPO_LETTERS));
        for &bearer in bearers {
            self.hear_near((&asking, held.as_ref()), letters, groups[bearer as usize], bearer);
        }
        self.form = word.form;
    }

    /// Hears of the listed words in the names of a bearer that may be near.
    fn hear_near(
        &mut self,
        (asking, held): (&Asking, Option<&Held>),
        letters: usize,
        groups: Variants,
        bearer: Bearer,
    ) {
        let of_groups = groups.groups.into_iter().filter(|&group| group != 0).map(variant_key);
        let keys = self.keys.iter().copied().chain(of_groups).map(|key| mixed(key, bearer));
        self.some.clear();
        self.some.extend(keys.filter(|&key| self.sieve.is_none_or(|sieve| sieve.may_have(u64::from(key)))));
        let form = asking.term().form;
        if self.some.is_empty() || !self.may_be_listed(form) {
            return;
        }
        self.look_up(held, !groups.is_empty());
        let rows = self.index.words();
        for &(word, may) in &self.words {
            let row = &rows[word as usize];
            let listed = self.index.term(row);
            let is_near = row.form_len > 1
                && (may.other && groups.shared(&listed.variants).is_some()
                    || may_be_near(asking, &listed, letters, may, self.costs));
            if is_near {
                self.hearing.hear(word, self.gap, listed.form == form);
                self.heard = Some(self.at);
            }
        }
    }

    /// Looks up the listed words that a word may be near to, under the keys that some have, each once.
    fn look_up(&mut self, held: Option<&Held>, has_variants: bool) {
        let (words, gap) = (&mut self.words, self.gap);
        let held = self.prose.zip(held);
        words.clear();
        self.index.each_under(&self.some, &mut self.ranges, |under| {
            words.extend(under.iter().filter_map(|&word| {
                let may = held.map_or(May::ANY, |(prose, held)| prose.may_be_near(held, has_variants, word, gap));
                may.is_any().then_some((word, may))
            }));
        });
        words.sort_unstable_by_key(|word| word.0);
        words.dedup_by_key(|word| word.0);
    }

    /// Whether a word with some keys may be all that a text has of a name, or part of a long one, where no other word is near.
    fn may_be_listed(&self, form: &[u8]) -> bool {
        let Some(prose) = self.prose.filter(|_| self.gap > LONG) else { return true };
        let (is_alone, may_be_far) = (!prose.may_be_alone(form), self.gap <= GAP_MAX);
        self.some.iter().any(|&key| {
            may_be_far && prose.may_be_far(key)
                || if is_alone { prose.may_be_merged(key) } else { prose.may_be_lone(key) }
        })
    }
}

/// Calls `each` with the numbers of a word without vowels, by one of which it is known if it is near to a listed word.
fn each_number(form: &str, mut each: impl FnMut(u64)) {
    for bearer in Bearer::ALL {
        variants(bearer, form).groups.into_iter().filter(|&group| group != 0).for_each(|group| each(of_group(group)));
    }
    each_number_of(form.as_bytes(), Sound::of_unvowelled(form).as_bytes(), each);
}

/// Whether a word of a text, of which only the rarity and the variants are not known, may be near to a listed word: whether
/// any channel of those that `may` allows may give a likeness that counts in prose. The larger crowd of two words counts, so evidence is
/// never more than the listed word's rarity less the cost.
pub(super) fn may_be_near(asking: &Asking, y: &Term, letters: usize, may: May, costs: &Costs) -> bool {
    let x = asking.term();
    if may.other && (x.keys.form == y.keys.form && x.form == y.form || shares_transcription(x, y)) {
        return true;
    }
    if x.lacks_vowels != y.lacks_vowels {
        let room = sound_room(y.rarity.unvowelled, costs.unvowelled, costs);
        if room < 0 || !share(&x.keys.unvowelled, &y.keys.unvowelled) {
            return false;
        }
        let most = ((room + 1) * 100 / 80).min(UNVOWELLED_DISTANCE_MAX);
        return asking.sound_distance(y, most).is_some();
    }
    let same_skeleton = share(&x.keys.fine, &y.keys.fine) || share(&x.keys.coarse, &y.keys.coarse);
    let same_broad = x.keys.broad != 0 && x.keys.broad == y.keys.broad;
    // Three edits are the most that are ever counted, and each changes two letters at most. Seen before anything else of the
    // listed word is looked at.
    let by_letters = (x.keys.letters ^ y.keys.letters).count_ones() <= 6 && x.form.len().abs_diff(y.form.len()) <= 3;
    if !(same_skeleton || same_broad || by_letters) {
        return false;
    }
    if same_broad && sound_room(y.rarity.broad, costs.broad, costs) >= 0 {
        return true;
    }
    let Reach { room, slips } = reach(y.rarity, costs);
    let by_sound = may.sound && room >= 0;
    if by_sound && same_skeleton && asking.sound_distance(y, room).is_some() {
        return true;
    }
    // Words that share no skeleton are held against each other by sound as well if few letters differ.
    let by_sound = by_sound && !same_skeleton;
    let slips = if may.slip && letters >= TYPO_LETTERS { slips } else { 0 };
    let most = if by_sound { 3 } else { slips };
    if most == 0 {
        return false;
    }
    let Some(edits) = asking.edits(y, most) else { return false };
    edits.max(1) <= slips || by_sound && asking.sound_distance(y, room).is_some()
}

/// The most that a change in sound may cost, in a crowd, beyond a fixed cost, in hundredths of a bit; below zero if none may.
fn sound_room(rarity: i16, fixed: Bits, costs: &Costs) -> i32 {
    let fixed = fixed + least_doubt(costs);
    let crowd = Bits(i32::from(rarity)) - least_doubt(costs);
    (SOUND_COST_MAX - fixed).0.min((crowd - fixed - SOUND_LEAST).0 - 1)
}

/// How far a word of a text may be from a listed one.
fn reach(rarity: &WordRarity, costs: &Costs) -> Reach {
    let crowd = |rarity: i16| Bits(i32::from(rarity)) - least_doubt(costs);
    let may_slip = |slips: u32| {
        let rarity = if slips == 1 { rarity.edit_one } else { rarity.edit_two };
        crowd(rarity) - costs.typo[slips as usize - 1] > TYPO_LEAST
    };
    Reach {
        room: sound_room(rarity.fine.max(rarity.coarse).max(rarity.edit_one), costs.spelling, costs),
        slips: (1..=3).rev().find(|&slips| may_slip(slips)).unwrap_or(0),
    }
}

/// What makes a likeness doubtful costs so much at least: more than nothing, in a model that is right.
fn least_doubt(costs: &Costs) -> Bits {
    Bits::ZERO.min(costs.syllable) + Bits::ZERO.min(costs.known_apart)
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use mihenk_entities::Entity;
    use proptest::prelude::*;

    use super::*;
    use crate::{
        candidates::Scratch,
        index::build::build,
        index::rows::Entry,
        model::Model,
        scan::{
            mentions::{Mention, find_among, find_as},
            words::read,
        },
        screener::Options,
    };

    static MODEL: LazyLock<Model> = LazyLock::new(Model::built_in);
    static LISTED: LazyLock<Index> = LazyLock::new(|| {
        let list = include_str!("../../../../data/starter/list.ftm.jsonl");
        let entities: Vec<Entity> = list.lines().map(|line| Entity::from_json(line).unwrap()).collect();
        Index::from_bytes(&build(&entities, &MODEL, [7; 32])).unwrap()
    });
    static NAMES: LazyLock<Vec<&str>> =
        LazyLock::new(|| LISTED.names().iter().map(|row| LISTED.name_text(row)).collect());

    /// Holds what is found among the words that are likely against what is found among all.
    fn finds_as_much(text: &str) -> usize {
        let screener = Screener { index: &LISTED, model: &MODEL };
        let (options, words) = (Options::default(), read(text));
        let all = met_by_all(text, &words);
        let expected = find_among(&screener, text, &words, &all, &options, &mut Scratch::default());
        // By itself, and as a part of a long text.
        for len in [text.len(), 1 << 20] {
            let found = find_as(&screener, text, len, &options, &mut Scratch::default());
            assert_eq!(told(text, &expected), told(text, &found), "{text}");
        }
        expected.len()
    }

    /// Every name that has a word comparable with any of a text, with that word.
    fn met_by_all(text: &str, words: &Words) -> Vec<Met> {
        let (mut out, mut scratch) = (Vec::new(), Scratch::default());
        for (i, bearer) in (0..words.len()).flat_map(|i| Bearer::ALL.map(|bearer| (i, bearer))) {
            for reading in words[i].readings().filter(|reading| reading.capital) {
                let source = &text[reading.token.start..reading.token.end];
                for unit in scratch.read(source, bearer, &MODEL).units.iter().filter(|unit| !unit.is_merged()) {
                    let comparable = scratch.comparable(unit, bearer, &LISTED, &MODEL);
                    let entries = comparable.iter().flat_map(|&(listed, _)| LISTED.postings(listed));
                    out.extend(entries.map(|&entry| Met { name: Entry(entry).name(), word: i as u32 }));
                }
            }
        }
        out.sort_by_key(Met::by_word);
        out.dedup();
        out
    }

    /// Mentions in words.
    fn told(text: &str, mentions: &[Mention]) -> Vec<String> {
        let told = |m: &Mention| format!("{:?} as {} {:?} {:?}", &text[m.start..m.end], m.entity, m.name, m.bits);
        mentions.iter().map(told).collect()
    }

    /// A name as prose may write it, by a number.
    fn spoiled(name: &str, how: usize) -> String {
        let letters = |from: usize| name.chars().enumerate().filter(move |(i, _)| *i != from).map(|(_, c)| c);
        match how % 17 {
            0 => name.to_owned(),
            1 => name.to_uppercase(),
            2 => name.to_lowercase(),
            3 => format!("{name}'s"),
            4 => format!("{name}’daki"),
            5 => format!("d'{name}"),
            6 => format!("و{name}"),
            7 => format!("وال{name}"),
            8 => format!("{name}\u{200C}ها"),
            9 => name.replace(' ', "\u{200C}"),
            10 => name.replace(' ', "\n"),
            11 => name.replace('a', "á").replace('o', "ö"),
            12 => name.replace('e', "е").replace('i', "i\u{301}"),
            13 => name.replace("kh", "h").replace("ou", "u").replace('i', "y"),
            14 => name.replace(' ', ""),
            _ => letters(how / 17 % name.chars().count().max(1)).collect(),
        }
    }

    #[test]
    fn every_listed_name_is_found_among_the_likely_words() {
        let mut found = 0;
        for how in 0..17 {
            for (i, names) in NAMES.chunks(40).enumerate() {
                let words: Vec<String> =
                    names.iter().map(|name| format!("said {}, Belkor", spoiled(name, how + 17 * i))).collect();
                found += finds_as_much(&words.join(". "));
                // Nothing parts them from what stands around them.
                let words: Vec<String> = names.iter().map(|name| spoiled(name, how + 17 * i)).collect();
                finds_as_much(&words.join(" فمثبقح شظنل "));
            }
        }
        assert!(found > NAMES.len(), "{found}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn nothing_is_lost_among_words_that_are_not_likely(
            parts in prop::collection::vec((0usize..10_000, 0usize..1_000, "[A-Z]?[a-zö]{2,9}|[ابتجدرسشعلمنهوي]{2,7}|[А-Я]?[а-я]{2,8}|[ ,.\n]{1,2}"), 1..24)
        ) {
            let text: String = parts
                .iter()
                .map(|(at, how, word)| if how % 3 == 0 { format!("{} {word} ", spoiled(NAMES[at % NAMES.len()], how / 3)) } else { format!("{word} ") })
                .collect();
            finds_as_much(&text);
        }
    }
}
