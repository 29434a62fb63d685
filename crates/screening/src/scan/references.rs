//! Later words of a text that stand for a person who was named in full before: *Shamkhani* behind *Ali Shamkhani*.
//!
//! In come the mentions that were found and the words of the text, out come further mentions. A report calls a person by the
//! rarest word of the name; it must be a word that the list has, and no other name may stand beside it: *Reza Shamkhani* is
//! somebody else. Each place is looked at once for each entity, so that a text full of names takes no longer than its length.

use mihenk_names::{Bearer, Script, place::plain_form};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    Mention,
    words::{TextWord, Words, each_without_prefixes},
};
use crate::{
    candidates::Scratch,
    comparison::Comparison,
    likeness::Channel,
    screener::Screener,
    shape::{AskedName, AskedUnit},
};

/// A word by which a report refers back to a person is at least this rare.
const TELLING: i16 = 900;

/// Later words that stand for a person who was named in full before.
pub(super) fn refer_back(
    screener: &Screener,
    text: &str,
    words: &Words,
    found: &[Mention],
    scratch: &mut Scratch,
) -> Vec<Mention> {
    let mut in_order: Vec<&Mention> = found.iter().collect();
    in_order.sort_by_key(|m| (m.start, m.end));
    let mut named: FxHashMap<u32, Vec<(usize, usize)>> = FxHashMap::default();
    for mention in &in_order {
        named.entry(mention.entity).or_default().push((mention.start, mention.end));
    }
    let mut done: FxHashSet<(u32, String)> = FxHashSet::default();
    let mut full: Vec<(&Mention, AskedName, String)> = Vec::new();
    for mention in in_order.into_iter().filter(|m| matches!(m.name, Some((Bearer::Person, _)))) {
        let asked = scratch.read(&text[mention.start..mention.end], Bearer::Person, screener.model);
        let Some(row) = mention.name.and_then(|(_, name)| screener.index.names().get(name as usize)) else { continue };
        let comparison = screener.compare_slowly(&asked, row);
        let Some(telling) = telling_word(&asked, &comparison).map(str::to_owned) else { continue };
        if done.insert((mention.entity, telling.clone())) {
            full.push((mention, asked, telling));
        }
    }
    let places = places(text, words, full.iter().map(|f| f.2.as_str()));
    let mut out = Vec::new();
    for (mention, asked, telling) in &full {
        for &i in places.get(telling.as_str()).into_iter().flatten() {
            let stem = words[i].stems().find(|stem| stem.token.form == *telling);
            let word = stem.unwrap_or(&words[i]);
            let (start, end) = (word.token.start, word.token.end);
            let known = &named[&mention.entity];
            let elsewhere = known.get(known.partition_point(|m| m.1 <= start)).is_some_and(|m| m.0 < end);
            if start >= mention.end && word.capital && !elsewhere && !has_other_name(text, words, i, asked) {
                out.push(Mention { start, end, refers_to: Some(mention.start), ..(*mention).clone() });
            }
        }
    }
    out
}

/// Where words of these forms stand, as they are or with something added.
fn places<'a>(text: &str, words: &Words, forms: impl Iterator<Item = &'a str>) -> FxHashMap<&'a str, Vec<usize>> {
    let mut out: FxHashMap<&str, Vec<usize>> = forms.map(|form| (form, Vec::new())).collect();
    if out.is_empty() {
        return out;
    }
    let mut form = String::new();
    for i in 0..words.len() {
        let place = words.place(i);
        let is_plain = place.token.is_none() && !place.has_apostrophe;
        if is_plain && place.script == Script::Arabic {
            each_without_prefixes(&text[place.start..place.end], |source| {
                plain_form(source, Script::Arabic, &mut form);
                if let Some(at) = out.get_mut(form.as_str()) {
                    at.push(i);
                }
            });
            continue;
        }
        // What case keeps from being a name is none, unless something before an apostrophe hides its capital.
        if !words.is_capital(i) && !words.place(i).has_apostrophe {
            continue;
        }
        if is_plain && place.script == Script::Latin {
            plain_form(&text[place.start..place.end], Script::Latin, &mut form);
            if let Some(at) = out.get_mut(form.as_str()) {
                at.push(i);
            }
            continue;
        }
        for word in words[i].readings() {
            if let Some(at) = out.get_mut(word.token.form.as_str()) {
                at.push(i);
            }
        }
    }
    out
}

/// The word of a full name by which a report may call its bearer afterwards: the rarest, if it is a word of the list.
fn telling_word<'a>(asked: &'a AskedName, comparison: &Comparison) -> Option<&'a str> {
    let singles = || asked.units.iter().filter(|u| !u.is_merged());
    if singles().count() < 2 {
        return None;
    }
    let may_stand_alone = |u: &&AskedUnit| u.own.word.form.len() > 3 && !u.own.word.is_syllable;
    let telling = singles().filter(may_stand_alone).max_by_key(|u| (u.own.rarity.form, u.mask))?;
    let exact = comparison.pairs.iter().any(|p| p.likeness.channel == Channel::Exact);
    let may_be_called_so = comparison.pairs.iter().filter(|p| p.asked_mask == telling.mask).any(|p| {
        matches!(p.likeness.channel, Channel::Exact | Channel::Unvowelled)
            || exact && p.likeness.channel != Channel::Typo
    });
    (may_be_called_so && telling.own.rarity.form >= TELLING).then_some(telling.own.word.form.as_str())
}

/// Whether a name stands right before or behind the word that is not in the full name.
fn has_other_name(text: &str, words: &Words, at: usize, full: &AskedName) -> bool {
    let other = |word: &TextWord| {
        let in_full = full.name.parts.iter().any(|p| p.form == word.token.form);
        word.capital && !word.is_ordinary(text) && word.token.script.has_case() && !in_full && word.token.form.len() > 1
    };
    let before = at > 0 && !words.cut_before(at) && other(&words[at - 1]);
    let behind = at + 1 < words.len() && !words.cut_before(at + 1) && other(&words[at + 1]);
    before || behind
}
