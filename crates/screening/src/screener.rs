//! Screening one record: the whole way from a query to its hits.
//!
//! In comes a [`Record`], out come [`Hit`]s, best first. The steps are those of DESIGN §2: read the names, ask the index whom
//! it could be ([`crate::candidates`]), weigh what speaks for and against ([`crate::comparison`], [`crate::attributes`]),
//! rank. Explanations are made for the hits that are returned ([`crate::explanation`]), by the same code that weighed them.

use mihenk_entities::{country::Country, gender::Gender};
use mihenk_names::{Bearer, Name};
use rustc_hash::FxHashMap;
use std::collections::hash_map::Entry;

use crate::{
    alignment::Pair,
    attributes::{self, Attributes, Births, Source},
    bits::Bits,
    candidates::{Asked, Candidate, Needed, Scratch, Wanted},
    comparison::Comparison,
    explanation::{self, Explanation, NamePair},
    identity::{self, SharedIdentifier},
    index::{
        Index, part_shape,
        rows::{ABD, LETTER, MASK, NameRow, UnitRow},
    },
    likeness::{Asking, likeness, likeness_of},
    model::{
        Model,
        calibration::{BaseRate, Score},
    },
    pairing::{Side, pair, side},
    record::{NameKind, Record, readings},
    shape::{AskedName, PartShape, Shape},
    weights::{FEATURES, Feature},
};

/// What is asked for besides the record itself.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Hits to return at most.
    pub limit: usize,
    /// Hits below this score are not returned.
    pub cutoff: Score,
    /// From this score on a hit is a match.
    pub threshold: Score,
    /// How many of those screened are listed.
    pub base_rate: BaseRate,
}

impl Default for Options {
    fn default() -> Options {
        Options { limit: 5, cutoff: Score::CUTOFF, threshold: Score::THRESHOLD, base_rate: BaseRate::SCREENING }
    }
}

/// A listed entity that the record may be.
#[derive(Clone, Debug)]
pub struct Hit {
    /// The entity's number in the index.
    pub entity: u32,
    /// The evidence.
    pub bits: Bits,
    /// The evidence on the scale of scores.
    pub score: Score,
    /// Whether the score reaches the threshold.
    pub is_match: bool,
    /// The probability in millionths, at the base rate of the options.
    pub probability: u32,
    /// What the evidence rests on.
    pub basis: Basis,
}

/// What the evidence for a hit rests on.
#[derive(Clone, Debug)]
pub struct Basis {
    /// The best pair of names: the asked name's number in the record, how it was read, the listed name's number.
    pub names: Option<(usize, Bearer, u32)>,
    /// What comparing these names found.
    pub comparison: Option<Comparison>,
    /// What was observed, names and attributes.
    pub amounts: [i32; FEATURES],
    /// A number that both have.
    pub identifier: Option<SharedIdentifier>,
}

/// Screens records against an index.
#[derive(Clone, Copy, Debug)]
pub struct Screener<'a> {
    /// The lists.
    pub index: &'a Index,
    /// The model.
    pub model: &'a Model,
}

/// The best name of an entity so far.
#[derive(Clone, Copy)]
struct BestName {
    /// Whether a word of the one stands for a word of the other; names without any are no evidence for a match.
    alike: bool,
    bits: Bits,
    asked: usize,
    listed: u32,
}

impl Screener<'_> {
    /// The entities that the record may be, best first.
    #[must_use]
    pub fn screen(&self, record: &Record, options: &Options, scratch: &mut Scratch) -> Vec<Hit> {
        scratch.serve(self.index);
        let names = self.read_names(record, scratch);
        let needed = self.model.scale.bits_at(options.cutoff);
        let spare = self.most_from_attributes(&record.attributes);
        let born = Births::new(&record.attributes.born, &self.model.weights);
        let least = needed - spare;
        let at_least = Needed { least, of_other_days: least + born.most - born.most_of_other_days(), born };
        let mut best: FxHashMap<u32, BestName> = FxHashMap::default();
        let mut candidates = Vec::new();
        for (i, (_, bearer, name)) in names.iter().enumerate() {
            let asked = Asked::new(name, *bearer, self.index, self.model, scratch);
            let looks_twice = scratch.looks_twice(&asked, self.index);
            let mut look = |wanted: Wanted, best: &mut FxHashMap<u32, BestName>| {
                scratch.candidates(&asked, self.index, &self.model.weights, &at_least, wanted, &mut candidates);
                self.weigh(&asked, i, &candidates, record, needed, best);
            };
            if looks_twice {
                look(Wanted::OfTwoParts, &mut best);
                // What names with words for one part could still reach at most, with all that attributes can add.
                let rest = asked.most_of_one_part(&self.model.weights, &at_least) + needed - at_least.of_other_days;
                if self.last_returned(record, &names, &best, options.limit).is_some_and(|least| rest < least) {
                    continue;
                }
            }
            look(Wanted::All, &mut best);
        }
        let shared = identity::shared(self.index, record);
        for &entity in shared.keys() {
            // Who shares a number is returned in any case, so its names count even when they speak against.
            if let Entry::Vacant(place) = best.entry(entity)
                && let Some(name) = self.best_name(&names, entity)
            {
                place.insert(name);
            }
        }
        let mut entities: Vec<u32> = best.keys().copied().chain(shared.keys().copied()).collect();
        entities.sort_unstable();
        entities.dedup();
        let mut hits: Vec<Hit> = entities
            .into_iter()
            .filter_map(|entity| {
                let name = best.get(&entity).map(|b| (names[b.asked].0, names[b.asked].1, b.listed));
                let asked = best.get(&entity).map(|b| &names[b.asked].2);
                let basis = self.observe(record, entity, name, asked, shared.get(&entity).cloned());
                let hit = self.hit(entity, basis, options);
                (hit.bits >= needed && hit.score >= options.cutoff).then_some(hit)
            })
            .collect();
        hits.sort_by(|a, b| {
            b.bits.cmp(&a.bits).then_with(|| self.index.entity(a.entity).id().cmp(self.index.entity(b.entity).id()))
        });
        hits.truncate(options.limit);
        hits
    }

    /// The evidence of the last of so many hits, by what was found so far; none if there are not that many.
    fn last_returned(
        &self,
        record: &Record,
        names: &[(usize, Bearer, AskedName)],
        best: &FxHashMap<u32, BestName>,
        limit: usize,
    ) -> Option<Bits> {
        if limit == 0 || best.len() < limit {
            return None;
        }
        // A few more than are returned, for what is observed on a hit may take something away.
        let mut by_name: Vec<(Bits, u32)> = best.iter().map(|(&entity, name)| (name.bits, entity)).collect();
        by_name.sort_unstable_by(|a, b| b.cmp(a));
        by_name.truncate(limit.saturating_mul(3));
        let mut hits: Vec<Bits> = by_name
            .iter()
            .filter_map(|(_, entity)| best.get_key_value(entity))
            .map(|(&entity, name)| {
                let asked = &names[name.asked];
                let basis = self.observe(record, entity, Some((asked.0, asked.1, name.listed)), Some(&asked.2), None);
                crate::comparison::total(&basis.amounts, &self.model.weights).0
            })
            .collect();
        hits.sort_unstable_by(|a, b| b.cmp(a));
        hits.get(limit - 1).copied()
    }

    /// Compares the record with every entity, one by one; for the test that nothing is lost. As in [`Screener::screen`] an
    /// entity is a hit only if a word of its names stands for a word of the record's, or a number is shared.
    #[must_use]
    pub fn screen_all(&self, record: &Record, options: &Options) -> Vec<Hit> {
        let names = self.read_names(record, &mut Scratch::default());
        let shared = identity::shared(self.index, record);
        let mut hits = Vec::new();
        for entity in 0..self.index.entity_count() as u32 {
            let view = self.index.entity(entity);
            if !record.schema.can_match(view.schema()) {
                continue;
            }
            let best = self.best_name(&names, entity);
            let name = best.map(|b| (names[b.asked].0, names[b.asked].1, b.listed));
            let asked = best.map(|b| &names[b.asked].2);
            let basis = self.observe(record, entity, name, asked, shared.get(&entity).cloned());
            let hit = self.hit(entity, basis, options);
            if hit.score >= options.cutoff && (best.is_some_and(|b| b.alike) || hit.basis.identifier.is_some()) {
                hits.push(hit);
            }
        }
        hits.sort_by(|a, b| {
            b.bits.cmp(&a.bits).then_with(|| self.index.entity(a.entity).id().cmp(self.index.entity(b.entity).id()))
        });
        hits.truncate(options.limit);
        hits
    }

    /// The names of the record and of an entity that speak most for a match, every pair compared.
    fn best_name(&self, names: &[(usize, Bearer, AskedName)], entity: u32) -> Option<BestName> {
        let mut best: Option<BestName> = None;
        for listed in self.index.entity(entity).names() {
            let row = &self.index.names()[listed as usize];
            for (asked, (_, bearer, name)) in names.iter().enumerate() {
                if row.bearer != *bearer as u8 {
                    continue;
                }
                let comparison = self.compare_slowly(name, row);
                let (alike, bits) = (!comparison.pairs.is_empty(), self.name_bits(&comparison, row));
                let order = (alike, bits, std::cmp::Reverse((asked, listed)));
                if best.is_none_or(|b| order > (b.alike, b.bits, std::cmp::Reverse((b.asked, b.listed)))) {
                    best = Some(BestName { alike, bits, asked, listed });
                }
            }
        }
        best
    }

    /// The evidence of a hit in words; the lines add up to its bits.
    #[must_use]
    pub fn explain(&self, record: &Record, hit: &Hit) -> Explanation {
        let view = self.index.entity(hit.entity);
        let attributes = explanation::Attributes {
            born: (join(record.attributes.born()), join(view.born())),
            countries: (
                join(record.attributes.countries().map(Country::name)),
                join(view.countries().map(Country::name)),
            ),
            genders: (join(record.attributes.genders().map(Gender::code)), join(view.genders().map(Gender::code))),
        };
        let (amounts, identifier) = (&hit.basis.amounts, hit.basis.identifier.as_ref());
        let weights = &self.model.weights;
        let (Some((i, bearer, listed)), Some(comparison)) = (hit.basis.names, &hit.basis.comparison) else {
            return explanation::explain(None, amounts, weights, identifier, &attributes);
        };
        let row = &self.index.names()[listed as usize];
        let (asked_text, listed_text) = (record.names[i].text.as_str(), self.index.name_text(row));
        let (asked, listed) = (Name::read(asked_text, bearer), Name::read(listed_text, bearer));
        let pair = NamePair { asked_text, asked: &asked, listed_text, listed: &listed, comparison };
        explanation::explain(Some(&pair), amounts, weights, identifier, &attributes)
    }

    /// The names of the record, read in every way its schema allows.
    fn read_names(&self, record: &Record, scratch: &mut Scratch) -> Vec<(usize, Bearer, AskedName)> {
        let mut out = Vec::with_capacity(record.names.len());
        for (i, name) in record.names.iter().enumerate() {
            for bearer in readings(&name.text, record.bearers) {
                let mut read = scratch.read(&name.text, bearer, self.model);
                read.say_fields(&record.fields);
                out.push((i, bearer, read));
            }
        }
        out
    }

    /// Weighs candidates and keeps the best name of each entity.
    fn weigh(
        &self,
        asked: &Asked,
        number: usize,
        candidates: &[Candidate],
        record: &Record,
        needed: Bits,
        best: &mut FxHashMap<u32, BestName>,
    ) {
        let names = self.index.names();
        for candidate in candidates {
            let row = &names[candidate.name as usize];
            if best.get(&row.entity).is_some_and(|b| b.bits > candidate.bound) {
                continue;
            }
            let attributes = self.attribute_bits(record, row.entity);
            if candidate.bound + attributes < needed {
                continue;
            }
            let comparison = self.compare(asked, row, candidate.units);
            let bits = self.name_bits(&comparison, row);
            let is_enough = !comparison.pairs.is_empty() && bits + attributes >= needed;
            if !is_enough || !record.schema.can_match(self.index.entity(row.entity).schema()) {
                continue;
            }
            let none = BestName { alike: true, bits: Bits(i32::MIN), asked: 0, listed: 0 };
            let entry = best.entry(row.entity).or_insert(none);
            let better = (bits, std::cmp::Reverse((number, candidate.name)))
                > (entry.bits, std::cmp::Reverse((entry.asked, entry.listed)));
            if better {
                *entry = BestName { alike: true, bits, asked: number, listed: candidate.name };
            }
        }
    }

    /// Compares an asked name with a listed one, using the comparable words found before.
    fn compare(&self, asked: &Asked, row: &NameRow, in_common: u32) -> Comparison {
        let units = self.index.units(row);
        let mut pairs: Vec<Pair> = Vec::with_capacity(8);
        for (j, listed) in units.iter().enumerate() {
            let there = Side { unit: j as u8, mask: listed.mask & MASK, is_abd: listed.mask & ABD != 0 };
            if listed.mask & LETTER != 0 {
                for (i, &here) in asked.sides.iter().enumerate() {
                    pairs.extend(self.pair_letter(asked, i, here, listed, there));
                }
                continue;
            }
            for &i in &asked.letters {
                pairs.extend(self.pair_letter(asked, i, asked.sides[i], listed, there));
            }
            if !asked.may_know(listed.word) {
                continue;
            }
            for (i, &here) in asked.sides.iter().enumerate().filter(|(i, _)| in_common >> (*i).min(31) & 1 == 1) {
                let known = &asked.comparable[i];
                let Ok(at) = known.binary_search_by_key(&listed.word, |k| k.0) else { continue };
                pairs.extend(pair(here, there, known[at].1, &self.model.costs));
            }
        }
        let mut buffer = [PartShape::NONE; mihenk_names::name::PARTS_MAX];
        let parts = fill(&mut buffer, self.index.parts(row).iter().map(part_shape));
        Comparison::new(asked.name.shape(), Shape { bearer: asked.bearer, parts }, pairs, &asked.name.together)
    }

    /// A pair of which one side is a single letter; such words are in no list of comparable ones.
    fn pair_letter(&self, asked: &Asked, i: usize, here: Side, listed: &UnitRow, there: Side) -> Option<Pair> {
        let term = self.index.term(&self.index.words()[listed.word as usize]);
        let likeness = likeness(&asked.name.units[i].own.term(), &term, &self.model.costs)?;
        pair(here, there, likeness, &self.model.costs)
    }

    /// The evidence of two names, with what the kind of the listed one takes away.
    #[must_use]
    pub fn name_bits(&self, comparison: &Comparison, row: &NameRow) -> Bits {
        comparison.bits(&self.model.weights).0 + self.kind_bits(row)
    }

    /// Compares an asked name with a listed one without having looked its words up before.
    #[must_use]
    pub fn compare_slowly(&self, asked: &AskedName, row: &NameRow) -> Comparison {
        let words = self.index.words();
        let mut pairs: Vec<Pair> = Vec::new();
        for (i, unit) in asked.units.iter().enumerate() {
            let (asking, here) = (Asking::new(unit.own.term()), side(i, unit));
            for (j, listed) in self.index.units(row).iter().enumerate() {
                let term = self.index.term(&words[listed.word as usize]);
                let there = Side::of(j, listed.mask & MASK, term.form);
                let found = likeness_of(&asking, &term, &self.model.costs);
                pairs.extend(found.and_then(|l| pair(here, there, l, &self.model.costs)));
            }
        }
        let parts: Vec<PartShape> = self.index.parts(row).iter().map(part_shape).collect();
        Comparison::new(asked.shape(), Shape { bearer: asked.name.bearer, parts: &parts }, pairs, &asked.together)
    }

    /// What the attributes of a record and an entity add or take away.
    fn attribute_bits(&self, record: &Record, entity: u32) -> Bits {
        if record.attributes.is_empty() {
            return Bits::ZERO;
        }
        let mut amounts = [0; FEATURES];
        attributes::compare(
            &record.attributes,
            &self.index.entity(entity),
            |c| self.model.countries.bits(c),
            &mut amounts,
        );
        let from = Feature::BornSameDay as usize;
        Feature::ALL[from..].iter().map(|&f| Bits(amounts[f as usize]).scaled(self.model.weights.of(f))).sum()
    }

    /// What the kind of the listed name takes away.
    #[must_use]
    pub fn kind_bits(&self, row: &NameRow) -> Bits {
        Bits(kind_amount(row.kind)).scaled(self.model.weights.of(Feature::WeakAlias))
    }

    /// How much the words that only the asked name has are contradicted by another name of the entity, which has unlike words
    /// beside the same ones. Of many names the first are looked at.
    fn elsewhere(
        &self,
        asked: &AskedName,
        compared: &Comparison,
        names: impl Iterator<Item = u32>,
        compared_with: u32,
    ) -> i32 {
        const NAMES_MAX: usize = 24;
        if compared.asked_open == 0 || compared.amounts[Feature::Conflict as usize] != 0 {
            return 0;
        }
        let covered = |comparison: &Comparison| comparison.pairs.iter().fold(0, |mask, pair| mask | pair.asked_mask);
        let shared = covered(compared);
        let rows = names.filter(|&name| name != compared_with).take(NAMES_MAX);
        let rows = rows.map(|name| &self.index.names()[name as usize]);
        let others = rows.filter(|row| row.bearer == asked.name.bearer as u8 && row.words > 1);
        let others = others.map(|row| self.compare_slowly(asked, row));
        let beside = others.filter(|other| shared & !covered(other) == 0);
        beside.map(|other| other.amounts[Feature::Conflict as usize]).max().unwrap_or(0)
    }

    /// Everything that is observed on a record and an entity.
    fn observe(
        &self,
        record: &Record,
        entity: u32,
        names: Option<(usize, Bearer, u32)>,
        asked: Option<&AskedName>,
        identifier: Option<SharedIdentifier>,
    ) -> Basis {
        let view = self.index.entity(entity);
        let mut amounts = [0; FEATURES];
        let mut comparison = None;
        if let (Some((_, _, listed)), Some(asked)) = (names, asked) {
            let row = &self.index.names()[listed as usize];
            let compared = self.compare_slowly(asked, row);
            amounts = compared.amounts;
            amounts[Feature::Elsewhere as usize] = self.elsewhere(asked, &compared, view.names(), listed);
            comparison = Some(compared);
            amounts[Feature::WeakAlias as usize] = kind_amount(row.kind);
            let chances = crate::rarity::bits_of((1 << 32) / u64::from(view.name_count().max(1)));
            amounts[Feature::Chances as usize] = chances.0;
        }
        attributes::compare(&record.attributes, &view, |c| self.model.countries.bits(c), &mut amounts);
        amounts[Feature::Namesake as usize] = namesake_amount(&amounts);
        if identity::differs(self.index, record, entity) {
            amounts[Feature::NumberOther as usize] = 100;
        }
        Basis { names, comparison, amounts, identifier }
    }

    fn hit(&self, entity: u32, basis: Basis, options: &Options) -> Hit {
        let weights = &self.model.weights;
        let (bits, _) = crate::comparison::total(&basis.amounts, weights);
        let bits = match &basis.identifier {
            Some(id) => id.bits() + bits.max(identity::MOST_AGAINST),
            None => bits,
        };
        let mut score = self.model.scale.score(bits);
        if basis.identifier.as_ref().is_some_and(SharedIdentifier::is_strong) && !contradicts(&basis.amounts) {
            score = Score::FULL;
        }
        let probability = self.model.calibration.probability(bits, options.base_rate);
        Hit { entity, bits, score, is_match: score >= options.threshold, probability, basis }
    }

    /// The most that attributes can add to the evidence of names.
    pub(crate) fn most_from_attributes(&self, attributes: &Attributes) -> Bits {
        let line = |feature: Feature, amount: i32| Bits(amount).scaled(self.model.weights.of(feature)).max(Bits::ZERO);
        let mut most = Births::new(&attributes.born, &self.model.weights).most;
        if !attributes.countries.is_empty() {
            most += line(Feature::CountrySame, 300);
        }
        if !attributes.genders.is_empty() {
            most += line(Feature::GenderSame, 100);
        }
        if !attributes.places.is_empty() {
            most += line(Feature::PlaceSame, 100);
        }
        if !attributes.addresses.is_empty() {
            most += line(Feature::AddressSame, 100);
        }
        most
    }
}

/// Values for a reader, separated by commas.
fn join(values: impl Iterator<Item = impl ToString>) -> String {
    values.map(|v| v.to_string()).collect::<Vec<_>>().join(", ")
}

/// How weak a name of this kind is: 100 for the weak ones.
pub(crate) fn kind_amount(kind: u8) -> i32 {
    if kind == NameKind::Weak as u8 || kind == NameKind::Abbreviation as u8 { 100 } else { 0 }
}

/// How much of what the words say a namesake would share, when the birth dates are others.
fn namesake_amount(amounts: &[i32; FEATURES]) -> i32 {
    /// Words worth more than this make no rarer namesake.
    const MOST: i32 = 2500;
    let of = |feature: Feature| amounts[feature as usize];
    if of(Feature::BornOther) == 0 { 0 } else { (of(Feature::Exact) + of(Feature::Varied)).clamp(0, MOST) }
}

/// Whether anything observed speaks against.
fn contradicts(amounts: &[i32; FEATURES]) -> bool {
    use Feature::{BornOther, Conflict, CountryDiffers, GenderDiffers, NumberOther};
    [BornOther, Conflict, CountryDiffers, GenderDiffers, NumberOther].iter().any(|&f| amounts[f as usize] > 0)
}

fn fill(buffer: &mut [PartShape], parts: impl Iterator<Item = PartShape>) -> &[PartShape] {
    let mut len = 0;
    for (slot, part) in buffer.iter_mut().zip(parts) {
        *slot = part;
        len += 1;
    }
    &buffer[..len]
}
