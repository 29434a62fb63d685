//! What the tests are given: the built-in model, the starter list, entities made from a line, and a seeded generator.
//!
//! Nothing here is random: the same seed gives the same names on every machine, so that a failure can be repeated.

use std::sync::LazyLock;

use mihenk_entities::Entity;
use mihenk_screening::{
    candidates::Scratch,
    index::{Index, build::build},
    model::{Model, calibration::Score},
    record::Record,
    screener::{Hit, Options, Screener},
};
use serde_json::{Value, json};

pub(crate) static MODEL: LazyLock<Model> = LazyLock::new(Model::built_in);

/// The entities of the starter list.
pub(crate) static STARTER: LazyLock<Vec<Entity>> = LazyLock::new(|| {
    let list = include_str!("../../../../data/starter/list.ftm.jsonl");
    list.lines().map(|line| Entity::from_json(line).unwrap()).collect()
});

/// The starter list as an index.
pub(crate) static LISTED: LazyLock<Index> = LazyLock::new(|| index(&STARTER));

pub(crate) fn index(entities: &[Entity]) -> Index {
    Index::from_bytes(&build(entities, &MODEL, [7; 32])).unwrap()
}

/// An entity of a schema with properties, which are an object of texts or lists of texts.
pub(crate) fn entity(id: &str, schema: &str, properties: &Value) -> Entity {
    Entity::from_value(json!({ "id": id, "schema": schema, "properties": properties })).unwrap()
}

/// What is asked.
pub(crate) fn query(schema: &str, properties: &Value) -> Record {
    Record::of(&entity("asked", schema, properties))
}

/// Every hit, however low.
pub(crate) const ALL: Options = Options {
    limit: usize::MAX,
    cutoff: Score(1),
    threshold: Score::THRESHOLD,
    base_rate: mihenk_screening::model::calibration::BaseRate::SCREENING,
};

/// The hits of a query, best first, with the ids of their entities.
pub(crate) fn screen(index: &Index, record: &Record, options: &Options) -> Vec<(String, Hit)> {
    let screener = Screener { index, model: &MODEL };
    let hits = screener.screen(record, options, &mut Scratch::default());
    hits.into_iter().map(|hit| (index.entity(hit.entity).id().to_owned(), hit)).collect()
}

/// The only listed entity against a query; everything is weighed, nothing is cut off.
pub(crate) fn against(listed: &Entity, record: &Record) -> Option<Hit> {
    let index = index(std::slice::from_ref(listed));
    let screener = Screener { index: &index, model: &MODEL };
    screener.screen_all(record, &ALL).into_iter().next()
}

/// Numbers that look random and are the same every time (SplitMix64).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ z >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ z >> 31
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    /// Whether something that happens once in `times` happens.
    pub(crate) fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    pub(crate) fn of<'a, T: ?Sized>(&mut self, choices: &[&'a T]) -> &'a T {
        choices[self.below(choices.len())]
    }
}
