//! Which entities an answer may name: data sets, schemata, topics, changes, and ids that are not wanted.
//!
//! In come the parameters that `/match`, `/search` and `/reconcile` share, out comes a [`Filter`]. Most requests ask for everything, and then no
//! record is read to say so ([`Filter::is_open`]).

use mihenk_node::{Entity, entities::Schema};

use crate::{catalog::Scope, library::Thing, live::Live, params::Params, problem::Failure};

/// Ids that one request may leave out.
const IDS_MAX: usize = 50;

/// What is asked for, as it was written.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asked {
    pub(crate) include_dataset: Vec<String>,
    pub(crate) exclude_dataset: Vec<String>,
    pub(crate) exclude_schema: Vec<String>,
    pub(crate) topics: Vec<String>,
    pub(crate) changed_since: Option<String>,
    pub(crate) exclude_ids: Vec<String>,
}

impl Asked {
    /// Reads the parameters.
    pub(crate) fn read(params: &mut Params) -> Asked {
        Asked {
            include_dataset: params.all("include_dataset"),
            exclude_dataset: params.all("exclude_dataset"),
            exclude_schema: params.all("exclude_schema"),
            topics: params.all("topics"),
            changed_since: params.since("changed_since"),
            exclude_ids: params.at_most("exclude_entity_ids", IDS_MAX),
        }
    }
}

/// Which entities an answer may name.
#[derive(Clone, Debug)]
pub(crate) struct Filter {
    scope: Scope,
    asked: Asked,
    exclude_schema: Vec<Schema>,
}

impl Filter {
    /// In a data set.
    pub(crate) fn new(live: &Live, dataset: &str, asked: Asked) -> Result<Filter, Failure> {
        let scope = live.scope(dataset, &asked.include_dataset, &asked.exclude_dataset)?;
        let exclude_schema = asked.exclude_schema.iter().filter_map(|name| Schema::named(name)).collect();
        Ok(Filter { scope, asked, exclude_schema })
    }

    /// Whether nobody can be in it.
    pub(crate) fn is_empty(&self) -> bool {
        self.scope.0.as_ref().is_some_and(std::collections::BTreeSet::is_empty)
    }

    /// Whether everybody is in it.
    pub(crate) fn is_open(&self) -> bool {
        let Asked { topics, changed_since, exclude_ids, .. } = &self.asked;
        self.scope.0.is_none()
            && self.exclude_schema.is_empty()
            && topics.is_empty()
            && changed_since.is_none()
            && exclude_ids.is_empty()
    }

    /// Whether what is known without reading the record lets it in.
    pub(crate) fn may_have(&self, live: &Live, number: u32) -> bool {
        let (id, _, schema) = live.node.heading(number);
        if self.exclude_schema.contains(&schema) {
            return false;
        }
        let excluded = &self.asked.exclude_ids;
        excluded.is_empty() || !excluded.iter().any(|other| other == id || live.node.lookup().canonical(other) == id)
    }

    /// Whether its record lets it in; `listed` as [`crate::library::is_listed`] says it.
    pub(crate) fn has(&self, live: &Live, entity: &Entity, listed: bool) -> bool {
        let asked = &self.asked;
        let has_topic = |topic: &String| entity.values("topics").contains(topic) || (listed && topic == "sanction");
        let is_excluded = |id: &str| asked.exclude_ids.iter().any(|other| other == id);
        let changed = |since: &String| live.loaded(&entity.datasets).is_some_and(|changed| changed > padded(since));
        self.scope.has(&entity.datasets)
            && (asked.topics.is_empty() || asked.topics.iter().any(has_topic))
            && asked.changed_since.as_ref().is_none_or(changed)
            && !is_excluded(entity.id.as_str())
            && !entity.referents.iter().any(|id| is_excluded(id))
            && !self.exclude_schema.contains(&entity.schema)
    }
}

impl Filter {
    /// As [`Filter::has`], by what the library knows of an entity.
    pub(crate) fn has_thing(&self, live: &Live, thing: &Thing, datasets: &[&str]) -> bool {
        let asked = &self.asked;
        let is_in_scope = self.scope.0.as_ref().is_none_or(|names| datasets.iter().any(|name| names.contains(*name)));
        let changed = |since: &String| {
            let datasets: Vec<String> = datasets.iter().map(|name| (*name).to_owned()).collect();
            live.loaded(&datasets).is_some_and(|changed| changed > padded(since))
        };
        is_in_scope
            && !self.exclude_schema.contains(&thing.schema)
            && !asked.exclude_ids.contains(&thing.id)
            && asked.changed_since.as_ref().is_none_or(changed)
    }
}

/// A day or an hour as the moment with which it begins.
fn padded(since: &str) -> String {
    const BEGIN: &str = "0000-00-00T00:00:00";
    format!("{since}{}", BEGIN.get(since.len()..).unwrap_or(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_midnight() {
        assert_eq!(padded("2024-01-02"), "2024-01-02T00:00:00");
        assert_eq!(padded("2024-01-02T10:30"), "2024-01-02T10:30:00");
        assert_eq!(padded("2024-01-02T10:30:59"), "2024-01-02T10:30:59");
    }
}
