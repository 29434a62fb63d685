//! Finds listed names inside prose.
//!
//! In comes text, out come [`Mention`]s. The way: every word that case allows to be part of a name is looked up; listed names
//! that share enough words with a stretch of text are compared with that stretch, widened by neighbours that belong to the
//! same name (`Hossein` before `Zolfaqari`, but not `Minister`); what reaches the threshold is kept. A person who was named
//! once in full is found again by the rarest word of the name, as reports do it, unless another given name stands before.

use mihenk_names::{Bearer, Name, Role, Script};
use rustc_hash::FxHashMap;

use super::words::{TextWord, read};
use crate::{
    bits::Bits,
    candidates::Scratch,
    comparison::Comparison,
    identity::SharedIdentifier,
    index::rows::NameRow,
    likeness::{Channel, Likeness},
    model::calibration::Score,
    record::NameKind,
    screener::{Options, Screener},
    shape::AskedName,
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
/// Names share a word with more others than this: the word alone starts no search.
const POSTINGS_MAX: usize = 4_000;
/// A mention that overlaps one with this much more evidence is not meant.
const OVERSHADOWED: Bits = Bits(600);
/// A one-word name must be at least this rare.
const RARE: i16 = 1_100;

/// All mentions in a text, in no order.
pub(super) fn find(screener: &Screener, text: &str, options: &Options, scratch: &mut Scratch) -> Vec<Mention> {
    let words = read(text);
    let mut found = Vec::new();
    for bearer in Bearer::ALL {
        let mut search = Search { screener, text, words: &words, bearer, options, found: Vec::new() };
        search.run(scratch);
        found.append(&mut search.found);
    }
    keep_meant(&mut found);
    let back = refer_back(screener, text, &words, &found, scratch);
    found.extend(back);
    found
}

struct Search<'a> {
    screener: &'a Screener<'a>,
    text: &'a str,
    words: &'a [TextWord],
    bearer: Bearer,
    options: &'a Options,
    found: Vec<Mention>,
}

impl Search<'_> {
    fn run(&mut self, scratch: &mut Scratch) {
        let mut stretches: Vec<(u32, Vec<usize>)> = self.shared_words(scratch).into_iter().collect();
        stretches.sort_unstable();
        for (name, at) in stretches {
            let row = &self.screener.index.names()[name as usize];
            for cluster in self.clusters(&at, row) {
                self.weigh(name, row, cluster, scratch);
            }
        }
    }

    /// For each listed name, the text's words that stand for words of it.
    fn shared_words(&self, scratch: &mut Scratch) -> FxHashMap<u32, Vec<usize>> {
        let index = self.screener.index;
        let mut out: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
        for (i, word) in self.words.iter().enumerate() {
            if !word.capital || word.token.form.len() < 2 {
                continue;
            }
            let source = &self.text[word.token.start..word.token.end];
            let asked = scratch.read(source, self.bearer, self.screener.model);
            for unit in asked.units.iter().filter(|u| !u.is_merged()) {
                let comparable = scratch.comparable(unit, self.bearer, index, self.screener.model);
                for (listed, _) in comparable.iter().filter(|(_, l)| is_near(l, source.len())) {
                    let names = index.names_with(*listed);
                    if names.len() > POSTINGS_MAX {
                        continue;
                    }
                    for name in names {
                        let at = out.entry(name).or_default();
                        if at.last() != Some(&i) {
                            at.push(i);
                        }
                    }
                }
            }
        }
        out
    }

    /// Runs of words near enough to one another to be one name, with as many words as the name needs.
    fn clusters(&self, at: &[usize], row: &NameRow) -> Vec<(usize, usize)> {
        let needed = usize::from(row.words).min(2);
        let reach = usize::from(row.part_count);
        let mut out = Vec::new();
        let mut start = 0;
        for i in 0..at.len() {
            let ends = at.get(i + 1).is_none_or(|&next| next - at[i] > reach || self.cut_between(at[i], next));
            if ends {
                if i + 1 - start >= needed {
                    out.push((at[start], at[i]));
                }
                start = i + 1;
            }
        }
        out
    }

    fn cut_between(&self, from: usize, to: usize) -> bool {
        self.words[from + 1..=to].iter().any(|w| w.cut_before)
    }

    /// Compares a stretch with a listed name and keeps it if it is enough.
    fn weigh(&mut self, name: u32, row: &NameRow, (first, last): (usize, usize), scratch: &mut Scratch) {
        let (first, last) = self.widen(first, last);
        let (start, end) = (self.words[first].token.start, self.words[last].token.end);
        let asked = scratch.read(&self.text[start..end], self.bearer, self.screener.model);
        let comparison = self.screener.compare_slowly(&asked, row);
        if comparison.pairs.is_empty()
            || comparison.pairs.len() == 1 && !self.may_stand_alone(first, last, row, &comparison)
            || comparison.listed_open != 0 && self.is_only_ordinary(first, &asked, &comparison)
        {
            return;
        }
        let bits = self.screener.name_bits(&comparison, row) - PROSE;
        let score = self.screener.model.scale.score(bits);
        if score < self.options.threshold {
            return;
        }
        let probability = self.screener.model.calibration.probability(bits, self.options.base_rate);
        let (start, end) = explained(&asked, &comparison, start).unwrap_or((start, end));
        self.found.push(Mention {
            entity: row.entity,
            bits,
            score,
            probability,
            start,
            end,
            name: Some((self.bearer, name)),
            number: None,
            refers_to: None,
        });
    }

    /// Whether all that a listed name explains are ordinary words: *National Security* is in many names, and says which
    /// one is meant only when nothing of the name is missing.
    fn is_only_ordinary(&self, first: usize, asked: &AskedName, comparison: &Comparison) -> bool {
        let offset = self.words[first].token.start;
        let explained = comparison.pairs.iter().fold(0, |m, p| m | p.asked_mask);
        let parts = asked.name.parts.iter().enumerate().filter(|(i, _)| explained >> i & 1 == 1);
        parts.map(|(_, part)| offset + part.start).all(|start| {
            let at = self.words.partition_point(|w| w.token.start < start);
            self.words.get(at).is_some_and(|w| w.token.start == start && w.ordinary)
        })
    }

    /// Takes in neighbours that belong to the same name.
    fn widen(&self, mut first: usize, mut last: usize) -> (usize, usize) {
        const WIDENED_MAX: usize = 4;
        for _ in 0..WIDENED_MAX {
            if first == 0 || self.words[first].cut_before || !self.belongs(first - 1) {
                break;
            }
            first -= 1;
        }
        for _ in 0..WIDENED_MAX {
            if last + 1 == self.words.len() || self.words[last + 1].cut_before || !self.belongs(last + 1) {
                break;
            }
            last += 1;
        }
        (first, last)
    }

    /// Whether a neighbour of a name looks like a part of it.
    fn belongs(&self, at: usize) -> bool {
        let word = &self.words[at];
        if word.ordinary || !word.capital {
            return false;
        }
        // Without capitals only a word that is known as a name is one.
        word.token.script.has_case() && !self.text_is_flat() || self.is_known_name(word)
    }

    fn text_is_flat(&self) -> bool {
        self.words.iter().all(|w| w.capital)
    }

    fn is_known_name(&self, word: &TextWord) -> bool {
        let asked =
            AskedName::read(&self.text[word.token.start..word.token.end], self.bearer, &self.screener.model.rarity);
        asked.units.iter().any(|u| u.own.rarity.form < KNOWN)
    }

    /// Whether a single word is enough: not an ordinary one, not a nickname, not a ship's name without a ship.
    fn may_stand_alone(&self, first: usize, last: usize, row: &NameRow, comparison: &Comparison) -> bool {
        let word = &self.words[first];
        let pair = &comparison.pairs[0];
        let one_word = first == last && row.words <= 1;
        let joined = pair.asked_mask.count_ones() + pair.listed_mask.count_ones() > 2;
        if joined {
            return true;
        }
        let exact = pair.likeness.channel == Channel::Exact || word.token.script == Script::Arabic;
        let only_a_form = comparison.amounts[Feature::NumberMissing as usize] != 0 || is_legal_form(word, self.bearer);
        if !one_word || word.ordinary || !exact || only_a_form || row.kind == NameKind::Weak as u8 {
            return false;
        }
        let rare = pair.likeness.bits >= Bits(i32::from(RARE));
        match self.bearer {
            Bearer::Organization => {
                word.all_capitals && word.token.form.len() >= 3 || rare && word.token.form.len() >= 5
            }
            Bearer::Person => rare && row.kind == NameKind::Primary as u8,
            Bearer::Vessel => self.names_a_ship(first),
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
        let near = &self.words[at.saturating_sub(3)..(at + 4).min(self.words.len())];
        near.iter().any(|w| SHIP.contains(&w.token.form.as_str()))
    }
}

/// Whether a word is a legal form or a title and names nobody: a listed name may consist of a number and *Corp.*
fn is_legal_form(word: &TextWord, bearer: Bearer) -> bool {
    let beside_a_name = format!("x {}", word.token.form);
    let parts = Name::read(&beside_a_name, bearer).parts;
    parts.last().is_some_and(|p| matches!(p.role, Role::LegalForm(..) | Role::Title))
}

/// A word rarer than this was never counted as a name.
const KNOWN: i16 = 1_440;

/// Whether a word of prose is near enough to a listed word to start looking.
fn is_near(likeness: &Likeness, letters: usize) -> bool {
    match likeness.channel {
        Channel::Exact => true,
        Channel::Variant => likeness.cost <= Bits(200),
        Channel::Spelling | Channel::Unvowelled => likeness.cost <= Bits(350) && likeness.bits > Bits(200),
        Channel::Typo => letters >= 8 && likeness.bits > Bits(500),
        Channel::Visual | Channel::Initial => false,
    }
}

/// The part of a stretch that the listed name explains.
fn explained(asked: &AskedName, comparison: &Comparison, offset: usize) -> Option<(usize, usize)> {
    let mask = comparison.pairs.iter().fold(0, |m, p| m | p.asked_mask);
    let parts = &asked.name.parts;
    let first = parts.get(mask.trailing_zeros() as usize)?;
    let last = parts.get(31 - mask.leading_zeros() as usize)?;
    Some((offset + first.start, offset + last.end))
}

/// Of mentions of one entity at one place the best stays; a mention in the shadow of a far better one goes.
fn keep_meant(found: &mut Vec<Mention>) {
    found.sort_by_key(|m| (std::cmp::Reverse(m.bits), m.start, m.end, m.entity));
    let mut kept: Vec<Mention> = Vec::new();
    for mention in found.drain(..) {
        let overlaps = |k: &&Mention| k.start < mention.end && mention.start < k.end;
        let hidden =
            kept.iter().filter(overlaps).any(|k| k.entity == mention.entity || k.bits > mention.bits + OVERSHADOWED);
        if !hidden {
            kept.push(mention);
        }
    }
    *found = kept;
}

/// Later words that stand for a person who was named in full before.
fn refer_back(
    screener: &Screener,
    text: &str,
    words: &[TextWord],
    found: &[Mention],
    scratch: &mut Scratch,
) -> Vec<Mention> {
    let mut out = Vec::new();
    for mention in found.iter().filter(|m| matches!(m.name, Some((Bearer::Person, _)))) {
        let stretch = &text[mention.start..mention.end];
        let asked = scratch.read(stretch, Bearer::Person, screener.model);
        let singles = asked.units.iter().filter(|u| !u.is_merged() && u.own.word.form.len() > 3);
        let Some(telling) = singles.max_by_key(|u| (u.own.rarity.form, u.mask)).filter(|u| u.own.rarity.form >= 900)
        else {
            continue;
        };
        if asked.units.iter().filter(|u| !u.is_merged()).count() < 2 {
            continue;
        }
        for (i, word) in words.iter().enumerate() {
            let same = word.token.start >= mention.end && word.token.form == telling.own.word.form && word.capital;
            let elsewhere = found
                .iter()
                .chain(&out)
                .any(|m| m.start < word.token.end && word.token.start < m.end && m.entity == mention.entity);
            if same && !elsewhere && !has_other_name(words, i, &asked) {
                let (start, end) = (word.token.start, word.token.end);
                out.push(Mention { start, end, refers_to: Some(mention.start), ..mention.clone() });
            }
        }
    }
    out
}

/// Whether a name stands right before or behind the word that is not in the full name.
fn has_other_name(words: &[TextWord], at: usize, full: &AskedName) -> bool {
    let other = |word: &TextWord| {
        let in_full = full.name.parts.iter().any(|p| p.form == word.token.form);
        word.capital && !word.ordinary && word.token.script.has_case() && !in_full && word.token.form.len() > 1
    };
    let before = at > 0 && !words[at].cut_before && other(&words[at - 1]);
    let behind = words.get(at + 1).is_some_and(|next| !next.cut_before && other(next));
    before || behind
}
