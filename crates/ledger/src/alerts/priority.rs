//! How urgent an alert is: probability × harm × exposure × age, a whole number that can be written out.
//!
//! Harm, exposure and age come from `data/alert_priority.toml`. What does not change with time is worked out when something is
//! found and kept with the event ([`Weight`], [`Weight::base`]); age is added when a queue is looked at, in the statement that orders it.

use std::{collections::BTreeMap, sync::OnceLock};

use serde::{Deserialize, Serialize};

use super::observation::AlertKind;

const TABLE: &str = include_str!("../../../../data/alert_priority.toml");
/// Milliseconds of a day.
pub(super) const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// What an alert weighs apart from its age.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weight {
    /// 1 to 100.
    pub harm: i64,
    /// The kind or the topic that the harm comes from.
    pub harm_of: String,
    /// What is at stake, as a percentage from 100.
    pub exposure_percent: i64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    kinds: BTreeMap<AlertKind, i64>,
    topics: BTreeMap<String, i64>,
    exposure: Vec<Step>,
    age: Age,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    from: i64,
    percent: i64,
}

/// What waiting adds.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Age {
    pub(super) percent_a_day: i64,
    pub(super) most_percent: i64,
}

fn table() -> &'static Table {
    static READ: OnceLock<Table> = OnceLock::new();
    // The file is compiled in and a test reads it; an empty table stands for a broken one so that no program ends for it.
    READ.get_or_init(|| {
        toml::from_str(TABLE).unwrap_or(Table {
            kinds: BTreeMap::new(),
            topics: BTreeMap::new(),
            exposure: Vec::new(),
            age: Age { percent_a_day: 0, most_percent: 100 },
        })
    })
}

/// What waiting adds.
pub(super) fn age() -> Age {
    table().age
}

impl Weight {
    /// The weight of what was found.
    pub(super) fn of(kind: AlertKind, topics: &[String], exposure: i64) -> Weight {
        let table = table();
        let by_kind = table.kinds.get(&kind).copied().unwrap_or(1);
        let by_topic = topics.iter().filter_map(|topic| Some((*table.topics.get(topic)?, topic.as_str())));
        // Of equal harms the kind is named: it is what the rules go by.
        let (harm, harm_of) =
            by_topic.fold((by_kind, kind.as_str()), |most, one| if one.0 > most.0 { one } else { most });
        let step = table.exposure.iter().rev().find(|step| exposure >= step.from);
        Weight { harm, harm_of: harm_of.to_owned(), exposure_percent: step.map_or(100, |step| step.percent) }
    }

    /// The priority of an alert that is new: probability in thousandths (1 at least) × harm × exposure.
    #[must_use]
    pub fn base(&self, probability_millionths: i64) -> i64 {
        let thousandths = (probability_millionths / 1000).clamp(1, 1000);
        thousandths * self.harm * self.exposure_percent / 100
    }
}

/// What the days since `opened_at` make of it, as a percentage from 100.
#[must_use]
pub fn age_percent(opened_at: i64, now: i64) -> i64 {
    let Age { percent_a_day, most_percent } = age();
    let days = ((now - opened_at) / DAY_MS).clamp(0, 100_000);
    (100 + percent_a_day * days).min(most_percent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole_and_in_order() {
        let table: Table = toml::from_str(TABLE).unwrap();
        assert_eq!(table.kinds.len(), AlertKind::ALL.len(), "each kind has its harm");
        assert!(table.kinds.values().chain(table.topics.values()).all(|harm| (1..=100).contains(harm)));
        assert!(table.exposure.is_sorted_by(|a, b| a.from < b.from && a.percent < b.percent));
        assert_eq!(table.exposure[0].from, 0);
        let (terror, trade) = (table.topics["crime.terror"], table.topics["export.control"]);
        assert!(terror > trade && table.topics["proliferation"] > trade);
    }

    #[test]
    fn a_priority_can_be_computed_by_hand() {
        let weight = Weight::of(AlertKind::Sanctions, &["sanction".into(), "crime.terror".into()], 150_000);
        assert_eq!((weight.harm, weight.harm_of.as_str(), weight.exposure_percent), (100, "crime.terror", 150));
        // 620 thousandths x 100 x 150 %.
        assert_eq!(weight.base(620_400), 93_000);
        assert_eq!(weight.base(0), 150, "what is improbable still has its place");
        let pep = Weight::of(AlertKind::Pep, &[], -5);
        assert_eq!((pep.harm, pep.harm_of.as_str(), pep.exposure_percent), (15, "pep", 100));
    }

    #[test]
    fn age_adds_five_percent_a_day_up_to_three_times() {
        assert_eq!(age_percent(0, DAY_MS - 1), 100);
        assert_eq!(age_percent(0, 3 * DAY_MS), 115);
        assert_eq!(age_percent(0, 400 * DAY_MS), 300);
        assert_eq!(age_percent(10 * DAY_MS, 0), 100, "a clock that went back");
    }
}
