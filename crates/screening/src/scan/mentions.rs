//! Finds listed names inside prose.
//!
//! In comes text, out come [`Mention`]s. The way: every word that case allows to be part of a name is looked up; listed names
//! that share enough words with a stretch of text are compared with that stretch, widened by neighbours that belong to the
//! same name (`Hossein` before `Zolfaqari`, but not `Minister`); what reaches the threshold is kept. A person who was named
//! once in full is found again by the rarest word of the name, as reports do it, unless another given name stands before.

use std::{
    borrow::Cow,
    cell::{LazyCell, OnceCell},
};

use mihenk_entities::country::Country;
use mihenk_names::{Bearer, Name, Script};
use rustc_hash::FxHashMap;

use super::{
    hear::Met,
    near::Near,
    prose::{explained, is_called_so, is_legal_form, is_written_out, unsure},
    references,
    words::{HALF_SPACE, TextWord, Words, read},
};
use crate::{
    attributes::Source,
    bits::Bits,
    bound::Bound,
    candidates::{Asked, Scratch},
    comparison::Comparison,
    identity::SharedIdentifier,
    index::rows::NameRow,
    likeness::Channel,
    model::calibration::Score,
    record::NameKind,
    screener::{Options, Screener},
    shape::{AskedName, PartRole},
    weights::Feature,
};

/// A listed entity in a text.
#[derive(Clone, Debug)]
pub struct Mention {
    /// Its number in the index.
    pub entity: u32,
    /// The evidence.
    pub bits: Bits,
    /// On the scale of scores.
    pub score: Score,
    /// In millionths, at the base rate of the options.
    pub probability: u32,
    /// Where it starts, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// How the text was read, and the listed name's number.
    pub name: Option<(Bearer, u32)>,
    /// The number that was found instead of a name.
    pub number: Option<SharedIdentifier>,
    /// For a word that only refers back: where the full name stands.
    pub refers_to: Option<usize>,
}

/// Running text must give this much more than a record of a name: it has many stretches that could be names.
const PROSE: Bits = Bits(150);
/// A mention that overlaps one with this much more evidence is not meant.
const OVERSHADOWED: Bits = Bits(600);
/// No country has a longer name, in bytes.
const COUNTRY_LEN_MAX: usize = 120;
/// A person's or a ship's name of one word must be at least this rare.
const RARE: i16 = 1_100;
/// And an organisation's: *Qaida* and *Taliban* are in the names of many.
const RARE_FOR_ALL: i16 = 700;

/// All mentions in a text, in no order.
pub(super) fn find(screener: &Screener, text: &str, options: &Options, scratch: &mut Scratch) -> Vec<Mention> {
    find_as(screener, text, text.len(), options, scratch)
}

/// As [`find`], as though the text had so many bytes: of a long one more is worth knowing before it is read.
pub(super) fn find_as(
    screener: &Screener,
    text: &str,
    len: usize,
    options: &Options,
    scratch: &mut Scratch,
) -> Vec<Mention> {
    let words = read(text);
    let met = Near::met(screener, text, &words, len, needed(screener, options));
    find_among(screener, text, &words, &met, options, scratch)
}

/// The least evidence of a mention, with what running text must give more.
fn needed(screener: &Screener, options: &Options) -> Bits {
    screener.model.scale.bits_at(options.threshold) + PROSE
}

/// All mentions of the names in which some words of a text met, in no order.
pub(super) fn find_among(
    screener: &Screener,
    text: &str,
    words: &Words,
    met: &[Met],
    options: &Options,
    scratch: &mut Scratch,
) -> Vec<Mention> {
    let is_flat = words.is_flat();
    let needed = needed(screener, options);
    let mut found = Vec::new();
    for bearer in Bearer::ALL {
        let belonging = vec![OnceCell::new(); words.len()];
        let mut search =
            Search { screener, text, words, met, belonging, is_flat, needed, bearer, options, found: Vec::new() };
        search.run(scratch);
        found.append(&mut search.found);
    }
    keep_meant(&mut found);
    let back = references::refer_back(screener, text, words, &found, scratch);
    found.extend(back);
    found
}

/// Words of the text that may be a name.
struct Stretch<'a> {
    /// The number of its first word.
    first: usize,
    /// Its first word, or the stem of it.
    first_word: &'a TextWord,
    start: usize,
    end: usize,
    /// Its text, read as a name.
    name: AskedName,
}

/// A stretch whose words were looked up.
struct Asking<'a> {
    stretch: &'a Stretch<'a>,
    asked: Asked<'a>,
    bound: Bound<'a>,
}

/// Words of the text that stand for words of a listed name, near to one another: the first and the last.
struct Cluster {
    words: (usize, usize),
    /// These with the neighbours that belong to the same name.
    wide: (usize, usize),
    name: u32,
}

/// Where the text of a cluster is read, as one number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place(u128);

pub(super) struct Search<'a> {
    pub(super) screener: &'a Screener<'a>,
    pub(super) text: &'a str,
    pub(super) words: &'a Words<'a>,
    /// The words that may stand for words of listed names, with these names, in the order of the text.
    pub(super) met: &'a [Met],
    /// For each word, whether it looks like a part of the name beside it; worked out when somebody asks.
    belonging: Vec<OnceCell<bool>>,
    /// Whether case says nothing in the whole text.
    is_flat: bool,
    /// The least evidence of a mention, with what running text must give more.
    needed: Bits,
    pub(super) bearer: Bearer,
    options: &'a Options,
    found: Vec<Mention>,
}

impl Search<'_> {
    fn run(&mut self, scratch: &mut Scratch) {
        let shared = self.shared_words(scratch);
        let mut clusters: Vec<Cluster> = Vec::new();
        for of_name in shared.chunk_by(|a, b| a.name == b.name) {
            let name = of_name[0].name;
            let at: Vec<u32> = of_name.iter().map(|met| met.word).collect();
            for (first, last) in self.clusters(&at, &self.screener.index.names()[name as usize]) {
                let words = (first as usize, last as usize);
                clusters.push(Cluster { words, wide: self.widen(words), name });
            }
        }
        // Many names meet at one place: its text is read once for all of them.
        let mut order: Vec<(Place, u32)> = clusters.iter().map(|cluster| self.place(cluster)).zip(0..).collect();
        order.sort_unstable();
        let mut found: Vec<(u32, Mention)> = Vec::new();
        for of_place in order.chunk_by(|a, b| a.0 == b.0) {
            let stretches = self.stretches(&clusters[of_place[0].1 as usize], scratch);
            let mut asking: Vec<Asking> = stretches.iter().map(|stretch| self.ask(stretch, scratch)).collect();
            for &(_, i) in of_place {
                found.extend(self.weigh(clusters[i as usize].name, &mut asking).map(|mention| (i, mention)));
            }
        }
        // By name, as the lists have them: of mentions that are worth the same the first is kept.
        found.sort_by_key(|f| f.0);
        self.found.extend(found.into_iter().map(|f| f.1));
    }

    /// Whether the words at the ends of a cluster can only be read in one way, and nothing but its neighbours belongs to it.
    fn is_one_stretch(&self, (first, last): (usize, usize)) -> bool {
        let is_plain = |at: usize| self.words[at].stem.is_none();
        !self.is_narrow(first) && is_plain(first) && is_plain(last)
    }

    /// Whether nobody can see that the neighbour of a group's name is no part of it, for want of capitals.
    fn is_narrow(&self, first: usize) -> bool {
        self.bearer == Bearer::Organization && !self.words[first].token.script.has_case()
    }

    /// Where the text of a cluster is read: the ends of it with its neighbours, and those without, where they matter.
    fn place(&self, cluster: &Cluster) -> Place {
        let ends = |(first, last): (usize, usize)| (first as u64) << 32 | last as u64;
        let own = if self.is_one_stretch(cluster.words) { 0 } else { ends(cluster.words) + 1 };
        Place(u128::from(ends(cluster.wide)) << 64 | u128::from(own))
    }

    fn ask<'s>(&'s self, stretch: &'s Stretch, scratch: &mut Scratch) -> Asking<'s> {
        let Screener { index, model } = self.screener;
        let asked = Asked::new(&stretch.name, self.bearer, index, model, scratch);
        let bound = Bound::new(&stretch.name, &model.weights, self.needed);
        Asking { stretch, asked, bound }
    }

    /// What may be a name at the place of a cluster: with the neighbours that belong to it, and with the words at its ends as
    /// they stand or without what prose may have added to them.
    fn stretches(&self, cluster: &Cluster, scratch: &mut Scratch) -> Vec<Stretch<'_>> {
        let ((first, last), (left, right)) = (cluster.words, cluster.wide);
        let words = self.words;
        let first_stems = words[first].stems().filter(|s| s.token.start > words[first].token.start);
        let last_stems = || words[last].stems().filter(|s| s.token.end < words[last].token.end);
        let is_narrow = self.is_narrow(first);
        let narrow = |wide: usize, at: usize| (is_narrow && wide != at).then_some(&words[at]);
        let has_pieces = words.range(left..right + 1).any(|w| !w.pieces.is_empty());
        let mut out = Vec::new();
        let from_narrow = narrow(left, first).into_iter().chain(first_stems).map(|word| (first, word));
        for (first, first_word) in std::iter::once((left, &words[left])).chain(from_narrow) {
            for to in std::iter::once(&words[right]).chain(narrow(right, last)).chain(last_stems()) {
                let (start, end) = (first_word.token.start, to.token.end);
                for is_parted in [false, true].into_iter().filter(|&parted| (has_pieces || !parted) && start < end) {
                    let mut text = Cow::Borrowed(&self.text[start..end]);
                    if is_parted {
                        // As many bytes, so that places stay true.
                        text = Cow::Owned(text.replace(HALF_SPACE, "   "));
                    }
                    let mut name = scratch.read_words(&text, self.bearer, self.screener.model);
                    scratch.add_joined(&mut name, self.screener.index, self.screener.model);
                    out.push(Stretch { first, first_word, start, end, name });
                }
            }
        }
        out
    }

    /// Compares a listed name with the stretches at one place; the one with most evidence counts.
    fn weigh(&self, name: u32, stretches: &mut [Asking]) -> Option<Mention> {
        let row = &self.screener.index.names()[name as usize];
        let mut best: Option<Mention> = None;
        for asking in stretches {
            let pairs = self.screener.known_pairs(&asking.asked, row, u32::MAX);
            if !pairs.is_empty() && asking.bound.may_reach(&asking.asked.collected(&pairs), row) {
                let comparison = self.screener.comparison(&asking.asked, row, pairs);
                let found = self.judge(name, row, asking.stretch, &comparison);
                if found.as_ref().is_some_and(|f| best.as_ref().is_none_or(|b| f.bits > b.bits)) {
                    best = found;
                }
            }
        }
        best
    }

    /// The mention that a stretch is, if the listed name is meant by it.
    fn judge(&self, name: u32, row: &NameRow, stretch: &Stretch, comparison: &Comparison) -> Option<Mention> {
        if comparison.pairs.is_empty() {
            return None;
        }
        let bits = self.screener.name_bits(comparison, row) - PROSE;
        let scale = &self.screener.model.scale;
        let score = scale.score(bits);
        let is_enough = |bits| scale.score(bits) >= self.options.threshold;
        if !is_enough(bits)
            || !is_enough(bits - unsure(comparison))
            || comparison.pairs.len() == 1 && !self.may_stand_alone(stretch, row, comparison)
            || comparison.listed_open != 0 && self.is_only_ordinary(stretch, comparison)
            || !self.is_a_name(stretch, row, comparison)
        {
            return None;
        }
        let probability = self.screener.model.calibration.probability(bits, self.options.base_rate);
        let (start, end) = explained(&stretch.name, comparison, stretch.start).unwrap_or((stretch.start, stretch.end));
        Some(Mention {
            entity: row.entity,
            bits,
            score,
            probability,
            start,
            end,
            name: Some((self.bearer, name)),
            number: None,
            refers_to: None,
        })
    }

    /// Whether all that a listed name explains are ordinary words: *National Security* is in many names, and says which
    /// one is meant only when nothing of the name is missing.
    fn is_only_ordinary(&self, stretch: &Stretch, comparison: &Comparison) -> bool {
        let (asked, offset) = (&stretch.name, stretch.start);
        let explained = comparison.pairs.iter().fold(0, |m, p| m | p.asked_mask);
        let parts = asked.name.parts.iter().enumerate().filter(|(i, _)| explained >> i & 1 == 1);
        parts
            .map(|(_, part)| offset + part.start)
            .all(|start| self.word_at(start).is_some_and(|w| w.is_ordinary(self.text)))
    }

    /// What prose has and a record of a name has not: words that only happen to be like a listed one.
    fn is_a_name(&self, stretch: &Stretch, row: &NameRow, comparison: &Comparison) -> bool {
        let asked = &stretch.name;
        for pair in &comparison.pairs {
            let first = pair.asked_mask.trailing_zeros() as usize;
            let last = 31 - pair.asked_mask.leading_zeros() as usize;
            let parts = asked.name.parts.get(first..=last).unwrap_or_default();
            // *Is with you* are no other spelling of a name.
            let ordinary = parts
                .iter()
                .any(|part| self.word_at(stretch.start + part.start).is_some_and(|w| w.is_ordinary(self.text)));
            if ordinary && pair.likeness.channel != Channel::Exact {
                return false;
            }
        }
        let Some((start, end)) = explained(asked, comparison, stretch.start) else { return false };
        // *Viet Nam* is in many names.
        let is_country = end - start <= COUNTRY_LEN_MAX && Country::parse(&self.text[start..end]).is_some();
        if is_country {
            return false;
        }
        let listed = LazyCell::new(|| Name::read(self.screener.index.name_text(row), self.bearer));
        is_written_out(&listed, asked, comparison)
            && (self.bearer == Bearer::Person
                || is_called_so(&listed, comparison) && self.is_of_its_state(start, end, row))
    }

    /// Every state has a ministry of the interior: the listed one is meant where its own state is named near by.
    fn is_of_its_state(&self, start: usize, end: usize, row: &NameRow) -> bool {
        /// What states have, in the languages of the lists and of the press.
        const ORGANS: [&str; 28] = [
            "ministry",
            "ministries",
            "ministerio",
            "ministere",
            "ministerium",
            "ministero",
            "bakanligi",
            "ministerstvo",
            "ministerstva",
            "vizarat",
            "wizara",
            "wizarat",
            "vezarat",
            "bank",
            "banka",
            "council",
            "government",
            "parliament",
            "police",
            "army",
            "navy",
            "forces",
            "guard",
            "court",
            "department",
            "agency",
            "office",
            "directorate",
        ];
        /// Words on either side in which the state is looked for.
        const NEAR: usize = 8;
        let (first, last) = (self.words.first_from(start), self.words.first_from(end));
        let name = || self.words.range(first..last);
        if !name().all(|w| w.is_ordinary(self.text)) || !name().any(|w| ORGANS.contains(&w.token.form.as_str())) {
            return true;
        }
        let mut near = self.words.range(first.saturating_sub(NEAR)..(last + NEAR).min(self.words.len()));
        let countries: Vec<Country> = self.screener.index.entity(row.entity).countries().collect();
        near.by_ref().flat_map(TextWord::readings).any(|word| {
            Country::parse(&self.text[word.token.start..word.token.end]).is_some_and(|c| countries.contains(&c))
        })
    }

    /// The word of the text that starts at a byte.
    fn word_at(&self, start: usize) -> Option<&TextWord> {
        let at = self.words.first_from(start);
        (at < self.words.len() && self.words.place(at).start == start).then(|| &self.words[at])
    }

    /// Takes in neighbours that belong to the same name.
    fn widen(&self, (mut first, mut last): (usize, usize)) -> (usize, usize) {
        const WIDENED_MAX: usize = 4;
        let ends = |word: &TextWord| word.stems().any(|stem| stem.token.end < word.token.end);
        for _ in 0..WIDENED_MAX {
            let is_end = first == 0 || self.words.cut_before(first) || ends(&self.words[first - 1]);
            if is_end || !self.belongs(first - 1) {
                break;
            }
            first -= 1;
        }
        for _ in 0..WIDENED_MAX {
            let is_end = last + 1 == self.words.len() || self.words.cut_before(last + 1) || ends(&self.words[last]);
            if is_end || !self.belongs(last + 1) {
                break;
            }
            last += 1;
        }
        (first, last)
    }

    /// Whether a neighbour of a name looks like a part of it.
    fn belongs(&self, at: usize) -> bool {
        *self.belonging[at].get_or_init(|| self.looks_like_a_part(at))
    }

    fn looks_like_a_part(&self, at: usize) -> bool {
        let word = &self.words[at];
        if word.is_ordinary(self.text) || !word.capital {
            return false;
        }
        // Without capitals only a word that is known as a name is one.
        word.token.script.has_case() && !self.is_flat || self.is_known_name(word)
    }

    fn is_known_name(&self, word: &TextWord) -> bool {
        if word.token.script.is_unvowelled() {
            // What is counted there are few names, and no word that none of them has.
            let masses = self.screener.model.rarity.of(self.bearer);
            let units = Name::read(&self.text[word.token.start..word.token.end], self.bearer).units();
            return units.iter().any(|unit| masses.is_written(&unit.form));
        }
        let asked =
            AskedName::read(&self.text[word.token.start..word.token.end], self.bearer, &self.screener.model.rarity);
        asked.units.iter().any(|u| u.own.rarity.form < KNOWN)
    }

    /// Whether a single word is enough: not an ordinary one, not a nickname, not a ship's name without a ship.
    fn may_stand_alone(&self, stretch: &Stretch, row: &NameRow, comparison: &Comparison) -> bool {
        // The stretch may be a stem of its only word.
        let is_stretch = |w: &&TextWord| w.token.start == stretch.start && w.token.end == stretch.end;
        let word = self.words[stretch.first].stems().find(is_stretch).unwrap_or(stretch.first_word);
        let pair = &comparison.pairs[0];
        let one_word = word.token.end >= stretch.end && row.words <= 1;
        let joined = pair.asked_mask.count_ones() + pair.listed_mask.count_ones() > 2;
        if joined {
            return true;
        }
        let exact = pair.likeness.channel == Channel::Exact;
        // *Bio* is not *Bio Corporation*.
        let parts = self.screener.index.parts(row);
        let is_only_named_with_form = parts.iter().any(|p| p.role == PartRole::LegalForm as u8);
        let only_a_form = is_only_named_with_form
            || comparison.amounts[Feature::NumberMissing as usize] != 0
            || is_legal_form(word, self.bearer);
        if !one_word
            || word.token.script.is_syllabic()
            || word.is_ordinary(self.text)
            || !exact
            || only_a_form
            || row.kind == NameKind::Weak as u8
        {
            return false;
        }
        let rare = pair.likeness.bits >= Bits(i32::from(RARE));
        match self.bearer {
            Bearer::Organization => {
                let known = pair.likeness.bits >= Bits(i32::from(RARE_FOR_ALL));
                let is_long = match word.token.script {
                    // What is not written is not there to be counted: «חמאס» has three letters in Latin.
                    Script::Hebrew => self.text[word.token.start..word.token.end].chars().count() >= 4,
                    Script::Arabic => word.token.form.len() >= 4,
                    _ => word.token.form.len() >= 5,
                };
                word.all_capitals && word.token.form.len() >= 3 || known && is_long
            }
            Bearer::Person => rare && row.kind == NameKind::Primary as u8,
            Bearer::Vessel => self.names_a_ship(stretch.first),
        }
    }

    /// Whether words near by speak of a ship.
    fn names_a_ship(&self, at: usize) -> bool {
        const SHIP: [&str; 17] = [
            "vessel",
            "vessels",
            "ship",
            "ships",
            "tanker",
            "tankers",
            "mv",
            "mt",
            "ss",
            "freighter",
            "cargo",
            "imo",
            "gemi",
            "gemisi",
            "boat",
            "bulk",
            "carrier",
        ];
        let mut near = self.words.range(at.saturating_sub(3)..(at + 4).min(self.words.len()));
        near.any(|w| SHIP.contains(&w.token.form.as_str()))
    }
}

/// A word rarer than this was never counted as a name.
const KNOWN: i16 = 1_440;

/// Of mentions of one entity at one place the best stays; a mention in the shadow of a far better one goes. What was kept
/// is looked up by its place, so that a text full of names takes no longer than its length.
fn keep_meant(found: &mut Vec<Mention>) {
    const BUCKET: usize = 256;
    found.sort_by_key(|m| (std::cmp::Reverse(m.bits), m.start, m.end, m.entity));
    let mut kept: Vec<Mention> = Vec::new();
    let mut at: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
    for mention in found.drain(..) {
        let buckets = mention.start / BUCKET..=mention.end / BUCKET;
        let hides = |k: &Mention| {
            k.start < mention.end
                && mention.start < k.end
                && (k.entity == mention.entity || k.bits > mention.bits + OVERSHADOWED)
        };
        if !buckets.clone().filter_map(|b| at.get(&b)).flatten().any(|&k| hides(&kept[k])) {
            buckets.for_each(|b| at.entry(b).or_default().push(kept.len()));
            kept.push(mention);
        }
    }
    *found = kept;
}
