//! Screening one record: the whole way from a query to its hits.
//!
//! In comes a [`Record`], out come [`Hit`]s, best first. The steps are those of DESIGN §2: read the names, ask the index whom
//! it could be ([`crate::candidates`]), weigh what speaks for and against ([`crate::comparison`], [`crate::attributes`]),
//! rank. Explanations are made for the hits that are returned ([`crate::explanation`]), by the same code that weighed them.

use std::cmp::Ordering;

use mihenk_entities::{country::Country, gender::Gender};
use mihenk_names::{Bearer, Name};

use crate::{
    alignment::Pair,
    attributes::{self, Attributes, Births, Source},
    bits::Bits,
    candidates::{Asked, Candidate, Needed, Scratch, TOGETHER},
    comparison::Comparison,
    explanation::{self, Explanation, NamePair},
    identity::{self, SharedIdentifier},
    index::{
        EntityView, Index, part_shape,
        rows::{ABD, LETTER, MASK, NameRow, UnitRow},
    },
    likeness::{Asking, likeness, likeness_of},
    model::{
        Model,
        calibration::{BaseRate, Score},
    },
    pairing::{Side, pair, side},
    ranking::{Beside, BestName, Certain, Ranking},
    record::{NameKind, Record, readings},
    shape::{AskedName, PartShape, Shape},
    weights::{FEATURES, Feature, Weights},
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

/// A name of a record: its number there, how it is read, and what was read.
type ReadName = (usize, Bearer, AskedName);

/// A step of finding candidates.
type FindCandidates = fn(&mut Scratch, &Asked, &Index, &Weights, &Needed, &mut Vec<Candidate>);

/// What candidates are weighed against.
struct Weighed<'a> {
    asked: &'a Asked<'a>,
    /// Its place among the names that were read.
    number: usize,
    names: &'a [ReadName],
    record: &'a Record,
    /// The most that attributes can add.
    spare: Bits,
    /// Whether reading the index means waiting for memory.
    is_out_of_reach: bool,
}

impl<'a> Screener<'a> {
    /// The entities that the record may be, best first.
    #[must_use]
    pub fn screen(&self, record: &Record, options: &Options, scratch: &mut Scratch) -> Vec<Hit> {
        scratch.serve(self.index);
        let names = self.read_names(record, scratch);
        let spare = self.most_from_attributes(&record.attributes);
        let born = Births::new(&record.attributes.born, &self.model.weights);
        let mut ranking = Ranking::new(options.limit, self.model.scale.bits_at(options.cutoff));
        let mut candidates = Vec::new();
        let is_out_of_reach = scratch.is_out_of_reach(self.index);
        for (i, (_, bearer, name)) in names.iter().enumerate() {
            let asked = Asked::new(name, *bearer, self.index, self.model, scratch);
            let weighed = Weighed { asked: &asked, number: i, names: &names, record, spare, is_out_of_reach };
            let steps: &[FindCandidates] = if scratch.looks_twice(&asked, self.index) {
                &[
                    Scratch::most_telling_of_two_parts,
                    Scratch::others_of_two_parts,
                    Scratch::without_the_most_telling,
                    Scratch::those_of_one_part,
                ]
            } else {
                &[Scratch::candidates]
            };
            for find in steps {
                let needed = Needed::new(ranking.least() - spare, &born);
                find(scratch, &asked, self.index, &self.model.weights, &needed, &mut candidates);
                self.weigh(&weighed, &mut candidates, &mut ranking);
            }
        }
        self.first_hits(record, &names, ranking, options)
    }

    /// The hits that are returned, of the entities that were found and those that share a number.
    fn first_hits(&self, record: &Record, names: &[ReadName], ranking: Ranking, options: &Options) -> Vec<Hit> {
        let needed = self.model.scale.bits_at(options.cutoff);
        let shared = identity::shared(self.index, record);
        let hit = |entity: u32, name: Option<&BestName>| {
            let basis = self.observe(record, entity, names, name, shared.get(&entity).cloned());
            let hit = self.hit(entity, basis, options);
            (hit.bits >= needed && hit.score >= options.cutoff).then_some(hit)
        };
        // Who shares a number is returned in any case, so its names count even when they speak against.
        let by_number = shared.keys().filter_map(|&entity| {
            let name = self.best_name(record, names, entity);
            hit(entity, name.as_ref())
        });
        let mut hits: Vec<Hit> = by_number.collect();
        self.put_in_order(&mut hits, options);
        let found = ranking.into_first().filter(|(entity, _)| !shared.contains_key(entity));
        let mut found: Vec<(u32, BestName)> = found.collect();
        found.sort_unstable_by(|a, b| self.order((a.1.total, a.0), (b.1.total, b.0)));
        for (entity, name) in found {
            // What is observed on a hit may take something away, so all are looked at that may come before the last.
            let last = hits.get(options.limit.wrapping_sub(1));
            if last.is_some_and(|last| self.order((last.bits, last.entity), (name.total, entity)).is_lt()) {
                break;
            }
            if let Some(hit) = hit(entity, Some(&name)) {
                debug_assert!(hit.bits <= name.total);
                let before = |other: &Hit| self.order((other.bits, other.entity), (hit.bits, entity)).is_lt();
                hits.insert(hits.partition_point(before), hit);
                hits.truncate(options.limit);
            }
        }
        hits
    }

    /// The order of hits: those with most evidence first.
    fn order(&self, a: (Bits, u32), b: (Bits, u32)) -> Ordering {
        let id = |entity: u32| self.index.entity(entity).id();
        b.0.cmp(&a.0).then_with(|| id(a.1).cmp(id(b.1)))
    }

    /// The hits with most evidence first, as many as are returned.
    fn put_in_order(&self, hits: &mut Vec<Hit>, options: &Options) {
        hits.sort_by(|a, b| self.order((a.bits, a.entity), (b.bits, b.entity)));
        hits.truncate(options.limit);
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
            let best = self.best_name(record, &names, entity);
            let basis = self.observe(record, entity, &names, best.as_ref(), shared.get(&entity).cloned());
            let hit = self.hit(entity, basis, options);
            if hit.score >= options.cutoff && (best.is_some_and(|b| b.alike) || hit.basis.identifier.is_some()) {
                hits.push(hit);
            }
        }
        self.put_in_order(&mut hits, options);
        hits
    }

    /// The names of the record and of an entity that speak most for a match, every pair compared.
    fn best_name(&self, record: &Record, names: &[ReadName], entity: u32) -> Option<BestName> {
        let beside = self.beside(record, entity);
        let mut best: Option<BestName> = None;
        for listed in self.index.entity(entity).names() {
            let row = &self.index.names()[listed as usize];
            for (asked, (_, bearer, name)) in names.iter().enumerate() {
                if row.bearer != *bearer as u8 {
                    continue;
                }
                let comparison = self.compare_slowly(name, row);
                let name = self.judged(&comparison, row, &beside, asked, listed);
                if best.is_none_or(|best| name.is_better(&best)) {
                    best = Some(name);
                }
            }
        }
        best
    }

    /// What comparing two names makes of an entity.
    fn judged(&self, comparison: &Comparison, row: &NameRow, beside: &Beside, asked: usize, listed: u32) -> BestName {
        let bits = self.name_bits(comparison, row);
        let words = if beside.born_other { namesake_words(&comparison.amounts) } else { 0 };
        let total = bits + beside.sum() + Bits(words).scaled(self.model.weights.of(Feature::Namesake));
        BestName { alike: !comparison.pairs.is_empty(), bits, total, asked, listed }
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
    fn read_names(&self, record: &Record, scratch: &mut Scratch) -> Vec<ReadName> {
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

    /// Weighs candidates, those that may have most first, until none is left that could be returned.
    fn weigh(&self, weighed: &Weighed, candidates: &mut [Candidate], ranking: &mut Ranking<'a>) {
        /// Candidates that are put in order at first; each time that was not enough, so many times more.
        const AT_FIRST: usize = 32;
        const TIMES: usize = 4;
        let order = |c: &Candidate| (std::cmp::Reverse(c.reach), c.name);
        let (mut rest, mut count) = (candidates, AT_FIRST);
        while !rest.is_empty() {
            if count < rest.len() {
                rest.select_nth_unstable_by_key(count, order);
            }
            let (now, later) = rest.split_at_mut(count.min(rest.len()));
            now.sort_unstable_by_key(order);
            for some in now.chunks(TOGETHER) {
                if weighed.is_out_of_reach {
                    self.index.touch(some.iter().map(|candidate| candidate.name));
                }
                for candidate in some {
                    if candidate.reach + weighed.spare < ranking.least() {
                        return;
                    }
                    self.weigh_one(weighed, candidate, ranking);
                }
            }
            (rest, count) = (later, count.saturating_mul(TIMES));
        }
    }

    fn weigh_one(&self, weighed: &Weighed, candidate: &Candidate, ranking: &mut Ranking<'a>) {
        let row = &self.index.names()[candidate.name as usize];
        if ranking.name_of(row.entity).is_some_and(|best| best.bits > candidate.bound) || ranking.is_settled(row.entity)
        {
            return;
        }
        let beside = self.beside(weighed.record, row.entity);
        if !beside.can_match || candidate.bound + beside.sum() < ranking.least() {
            return;
        }
        let comparison = self.compare(weighed.asked, row, candidate.units);
        let name = self.judged(&comparison, row, &beside, weighed.number, candidate.name);
        let (view, most) = (self.index.entity(row.entity), name.bits + beside.sum());
        if !name.alike || !ranking.may_be_first(most, row.entity, || view.id()) {
            return;
        }
        // A better name of the record may have more words that a namesake would share, and other names of the entity may
        // contradict it.
        let namesake = if beside.born_other { NAMESAKE_MOST } else { 0 };
        let certain = match view.names().len() {
            1 => Certain::Least(most + Bits(namesake).scaled(self.model.weights.of(Feature::Namesake))),
            _ => Certain::Unsettled,
        };
        ranking.add(row.entity, view.id(), name, certain);
        while let Some(entity) = ranking.next_to_settle() {
            if let Some(mut name) = self.best_name(weighed.record, weighed.names, entity) {
                name.total += self.elsewhere_bits(weighed.names, entity, &name);
                ranking.settle(entity, self.index.entity(entity).id(), name);
            }
        }
    }

    /// What is observed on an entity beside its names.
    fn beside(&self, record: &Record, entity: u32) -> Beside {
        let (view, weights) = (self.index.entity(entity), &self.model.weights);
        let mut beside = Beside { can_match: record.schema.can_match(view.schema()), ..Beside::default() };
        if !record.attributes.is_empty() {
            let mut amounts = [0; FEATURES];
            attributes::compare(&record.attributes, &view, |c| self.model.countries.bits(c), &mut amounts);
            let from = Feature::BornSameDay as usize;
            let lines = Feature::ALL[from..].iter().filter(|&&f| amounts[f as usize] != 0);
            beside.attributes = lines.map(|&f| Bits(amounts[f as usize]).scaled(weights.of(f))).sum();
            beside.born_other = amounts[Feature::BornOther as usize] > 0;
        }
        beside.takes = chances(&view).scaled(weights.of(Feature::Chances));
        if identity::differs(self.index, record, entity) {
            beside.takes += Bits(100).scaled(weights.of(Feature::NumberOther));
        }
        beside
    }

    /// Compares an asked name with a listed one, using the comparable words found before.
    fn compare(&self, asked: &Asked, row: &NameRow, in_common: u32) -> Comparison {
        self.comparison(asked, row, self.known_pairs(asked, row, in_common))
    }

    /// The pairs of words that may stand for one another, by the comparable words found before; of the asked units those with a bit
    /// in `in_common` are looked at.
    pub(crate) fn known_pairs(&self, asked: &Asked, row: &NameRow, in_common: u32) -> Vec<Pair> {
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
        pairs
    }

    /// Compares an asked name with a listed one, of which the pairs are known.
    pub(crate) fn comparison(&self, asked: &Asked, row: &NameRow, pairs: Vec<Pair>) -> Comparison {
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

    /// What other names of an entity take away from its best one.
    fn elsewhere_bits(&self, names: &[ReadName], entity: u32, best: &BestName) -> Bits {
        let asked = &names[best.asked].2;
        let compared = self.compare_slowly(asked, &self.index.names()[best.listed as usize]);
        let amount = self.elsewhere(asked, &compared, self.index.entity(entity).names(), best.listed);
        Bits(amount).scaled(self.model.weights.of(Feature::Elsewhere))
    }

    /// Everything that is observed on a record and an entity.
    fn observe(
        &self,
        record: &Record,
        entity: u32,
        names: &[ReadName],
        best: Option<&BestName>,
        identifier: Option<SharedIdentifier>,
    ) -> Basis {
        let view = self.index.entity(entity);
        let mut amounts = [0; FEATURES];
        let (mut named, mut comparison) = (None, None);
        if let Some(best) = best {
            let (number, bearer, asked) = &names[best.asked];
            let row = &self.index.names()[best.listed as usize];
            let compared = self.compare_slowly(asked, row);
            amounts = compared.amounts;
            amounts[Feature::Elsewhere as usize] = self.elsewhere(asked, &compared, view.names(), best.listed);
            (named, comparison) = (Some((*number, *bearer, best.listed)), Some(compared));
            amounts[Feature::WeakAlias as usize] = kind_amount(row.kind);
            amounts[Feature::Chances as usize] = chances(&view).0;
        }
        attributes::compare(&record.attributes, &view, |c| self.model.countries.bits(c), &mut amounts);
        amounts[Feature::Namesake as usize] =
            if amounts[Feature::BornOther as usize] == 0 { 0 } else { namesake_words(&amounts) };
        if identity::differs(self.index, record, entity) {
            amounts[Feature::NumberOther as usize] = 100;
        }
        Basis { names: named, comparison, amounts, identifier }
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
        let countries = attributes.countries.iter().map(|&country| self.model.countries.bits(country));
        most += line(Feature::CountrySame, countries.max().unwrap_or(0).min(300));
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

/// How much having many names takes from each.
fn chances(view: &EntityView) -> Bits {
    crate::rarity::bits_of((1 << 32) / u64::from(view.name_count().max(1)))
}

/// Words worth more than this make no rarer namesake.
const NAMESAKE_MOST: i32 = 2500;

/// How much of what the words say a namesake would share, when the birth dates are others.
fn namesake_words(amounts: &[i32; FEATURES]) -> i32 {
    let of = |feature: Feature| amounts[feature as usize];
    (of(Feature::Exact) + of(Feature::Varied)).clamp(0, NAMESAKE_MOST)
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
