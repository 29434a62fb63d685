//! What speaks against two entities being one, however good the number is that both have.
//!
//! In come two [`Subject`]s, out come reasons in words, none if nothing speaks against. A number is copied wrongly, borrowed or
//! forged more often than two official lists are wrong about a birth date in the same way; so a rule that sees any of this
//! leaves the pair to a person.

use mihenk_entities::{Schema, gender::Gender};

use crate::{
    attributes::best_birth,
    compare::compare_read,
    merging::keys::Key,
    model::Model,
    record::{Record, readings},
    shape::AskedName,
    weights::Feature,
};

/// A listed entity, as much of it as merging needs.
#[derive(Clone, Debug)]
pub struct Subject {
    /// Its id.
    pub id: String,
    /// The lists that have it, as numbers of the caller's.
    pub lists: Vec<u32>,
    /// What screening reads of it, its documents included.
    pub record: Record,
    /// What it shares only with itself.
    pub keys: Vec<Key>,
}

/// Why two entities are hardly one; `shared` is what they share.
#[must_use]
pub fn contradictions(a: &Subject, b: &Subject, shared: &[Key], model: &Model) -> Vec<String> {
    if let Some(why) = schemata(a.record.schema, b.record.schema) {
        return vec![why];
    }
    let mut out = Vec::new();
    out.extend(births(&a.record, &b.record));
    out.extend(genders(&a.record, &b.record));
    out.extend(numbers(&a.record, &b.record));
    if shared.iter().all(Key::wants_names) && !names_meet(&a.record, &b.record, model) {
        out.push("no word of their names is alike".to_owned());
    }
    out
}

/// Why nothing is of both kinds.
#[must_use]
pub fn schemata(a: Schema, b: Schema) -> Option<String> {
    (!a.can_match(b)).then(|| format!("one is a {}, the other one a {}", a.name(), b.name()))
}

fn births(a: &Record, b: &Record) -> Option<String> {
    let (ours, theirs) = (&a.attributes.born, &b.attributes);
    let are_days = |record: &Record| record.attributes.born.iter().all(|date| date.exact_day().is_some());
    let lie_apart = match best_birth(ours, theirs)? {
        Feature::BornSameDay | Feature::BornSwapped | Feature::BornAgrees | Feature::BornOneDigit => false,
        Feature::BornSameYear | Feature::BornOneYear => are_days(a) && are_days(b),
        _ => true,
    };
    let dates = |record: &Record| record.attributes.born.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    lie_apart.then(|| format!("their dates lie apart ({} / {})", dates(a), dates(b)))
}

fn genders(a: &Record, b: &Record) -> Option<String> {
    let known = |record: &Record| -> Vec<Gender> {
        record.attributes.genders.iter().copied().filter(|gender| *gender != Gender::Other).collect()
    };
    let (ours, theirs) = (known(a), known(b));
    let differ = !ours.is_empty() && !theirs.is_empty() && !ours.iter().any(|gender| theirs.contains(gender));
    differ.then(|| "their genders differ".to_owned())
}

/// Numbers of which everybody has one.
fn numbers(a: &Record, b: &Record) -> Option<String> {
    let of = |record: &Record, kind| -> Vec<String> {
        record.identifiers.iter().filter(|id| id.kind == kind).map(|id| id.normal.clone()).collect()
    };
    for id in a.identifiers.iter().filter(|id| id.kind.is_unique()) {
        let (ours, theirs) = (of(a, id.kind), of(b, id.kind));
        if !theirs.is_empty() && !ours.iter().any(|number| theirs.contains(number)) {
            return Some(format!("their {}s differ ({} / {})", id.kind.label(), ours.join(", "), theirs.join(", ")));
        }
    }
    None
}

/// Whether any word of a name of the one stands for a word of a name of the other.
fn names_meet(a: &Record, b: &Record, model: &Model) -> bool {
    let read = |record: &Record| -> Vec<AskedName> {
        let names = record.names.iter();
        let readings = names.flat_map(|name| readings(&name.text, record.bearers).map(move |bearer| (name, bearer)));
        readings.map(|(name, bearer)| AskedName::read(&name.text, bearer, &model.rarity)).collect()
    };
    let theirs = read(b);
    let meets = |ours: &AskedName| {
        let alike = theirs.iter().filter(|name| name.name.bearer == ours.name.bearer);
        alike.into_iter().any(|name| !compare_read(model, ours, name).pairs.is_empty())
    };
    read(a).iter().any(meets)
}
