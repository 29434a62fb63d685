//! Whom of many who are asked about a listed entity may concern.
//!
//! Screening asks, of one record, which of many listed entities it may be. When a few entities of a list change, the question is turned round:
//! which of many records may be this entity? In come an index of the records, made as one of listed entities is made, and a
//! listed record; out come the numbers of the records that may reach the cutoff with it. Nothing that could reach it is left
//! out; a few come along that do not, so whoever asks screens them.
//!
//! The search is the one of [`crate::candidates`], with what only one side has weighed for the other side: words are alike or not
//! whichever was asked ([`crate::likeness`]), and all other evidence of two names is the same either way. What it
//! finds is compared in the true direction, without what may only speak against ([`Feature::Together`], [`Feature::Chances`], numbers that differ).

use rustc_hash::FxHashSet;

use crate::{
    attributes::{self, Attributes, Births, Source},
    bits::Bits,
    candidates::{Asked, Needed, Scratch},
    comparison::Comparison,
    identity,
    index::{
        Index, part_shape,
        rows::{MASK, NameRow},
    },
    likeness::{Asking, likeness_of},
    model::{Model, calibration::Score},
    pairing::{Side, pair, side},
    record::{Record, readings},
    screener::{Screener, kind_amount},
    shape::{AskedName, PartShape, Shape},
    weights::{FEATURES, Feature, Weights},
};

/// The numbers of the records in `asked` that may have a hit with `listed` that reaches `cutoff`, in ascending order.
#[must_use]
pub fn concerned(asked: &Index, model: &Model, listed: &Record, cutoff: Score, scratch: &mut Scratch) -> Vec<u32> {
    scratch.serve(asked);
    let search = Search { asked, model, listed, needed: model.scale.bits_at(cutoff), turned: turned(&model.weights) };
    let mut found: FxHashSet<u32> = identity::shared(asked, listed).into_keys().collect();
    for name in &listed.names {
        let kind = Bits(kind_amount(name.kind as u8)).scaled(model.weights.of(Feature::WeakAlias));
        for bearer in readings(&name.text, listed.bearers) {
            let read = scratch.read(&name.text, bearer, model);
            search.of_name(&Asked::new(&read, bearer, asked, model, scratch), kind, scratch, &mut found);
        }
    }
    let mut found: Vec<u32> = found.into_iter().collect();
    found.sort_unstable();
    found
}

struct Search<'a> {
    asked: &'a Index,
    model: &'a Model,
    listed: &'a Record,
    needed: Bits,
    turned: Weights,
}

impl Search<'_> {
    /// Adds the records of which a name may be this listed one.
    fn of_name(&self, name: &Asked, kind: Bits, scratch: &mut Scratch, found: &mut FxHashSet<u32>) {
        let attributes = &self.listed.attributes;
        // What both must have to add something is bounded by what the listed one has.
        let spare = Screener { index: self.asked, model: self.model }.most_from_attributes(attributes);
        let born = Births::new(&attributes.born, &self.model.weights);
        let needed = Needed::new(self.needed - spare, &born);
        let mut candidates = Vec::new();
        scratch.candidates(name, self.asked, &self.turned, &needed, &mut candidates);
        for candidate in candidates {
            let row = &self.asked.names()[candidate.name as usize];
            let view = self.asked.entity(row.entity);
            if found.contains(&row.entity) || !view.schema().can_match(self.listed.schema) {
                continue;
            }
            let spare = self.attribute_bits(row.entity);
            if candidate.bound + spare + kind >= self.needed
                && self.most_of_names(row, name.name) + spare + kind >= self.needed
            {
                found.insert(row.entity);
            }
        }
    }

    /// What dates, countries, gender and places add or take away.
    fn attribute_bits(&self, entity: u32) -> Bits {
        let view = self.asked.entity(entity);
        let asked = Attributes {
            born: view.born().collect(),
            countries: view.countries().collect(),
            genders: view.genders().collect(),
            places: view.places().map(<[u32]>::to_vec).collect(),
            addresses: view.addresses().map(<[u32]>::to_vec).collect(),
        };
        let mut amounts = [0; FEATURES];
        let country_bits = |country| self.model.countries.bits(country);
        attributes::compare(&asked, &self.listed.attributes, country_bits, &mut amounts);
        let from = Feature::BornSameDay as usize;
        let worth = |&feature: &Feature| Bits(amounts[feature as usize]).scaled(self.model.weights.of(feature));
        Feature::ALL[from..].iter().map(worth).sum()
    }

    /// The evidence of an asked name and the listed one, but for words that go together, which take something away.
    fn most_of_names(&self, row: &NameRow, listed: &AskedName) -> Bits {
        let (words, costs) = (self.asked.words(), &self.model.costs);
        let mut pairs = Vec::new();
        for (i, unit) in self.asked.units(row).iter().enumerate() {
            let term = self.asked.term(&words[unit.word as usize]);
            let (asking, here) = (Asking::new(term), Side::of(i, unit.mask & MASK, term.form));
            for (j, other) in listed.units.iter().enumerate() {
                let alike = likeness_of(&asking, &other.own.term(), costs);
                pairs.extend(alike.and_then(|likeness| pair(here, side(j, other), likeness, costs)));
            }
        }
        let parts: Vec<PartShape> = self.asked.parts(row).iter().map(part_shape).collect();
        let together = vec![Bits::ZERO; parts.len()];
        let shape = Shape { bearer: listed.name.bearer, parts: &parts };
        Comparison::new(shape, listed.shape(), pairs, &together).bits(&self.model.weights).0
    }
}

/// The weights with what only the asked and only the listed name has changed round.
fn turned(weights: &Weights) -> Weights {
    let mut turned = weights.clone();
    for (one, other) in [(Feature::AskedOnly, Feature::ListedOnly), (Feature::AskedOpen, Feature::ListedOpen)] {
        turned.0.swap(one as usize, other as usize);
    }
    turned
}
