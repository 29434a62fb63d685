//! Which entities an answer may name: data sets, schemata, topics, changes, and ids that are not wanted.
//!
//! In come the parameters that `/match`, `/search` and `/reconcile` share, out comes a [`Filter`]. Most requests ask for everything, and then no
//! record is read to say so ([`Filter::is_open`]).

use jiff::{civil::DateTime, tz::TimeZone};
use mihenk_node::{Entity, entities::Schema};

use crate::{
    catalog::Scope,
    library::Thing,
    live::{self, Live},
    params::Params,
    problem::Failure,
};

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
    /// After which moment it has to have changed.
    since: Option<u32>,
}

impl Filter {
    /// In a data set.
    pub(crate) fn new(live: &Live, dataset: &str, asked: Asked) -> Result<Filter, Failure> {
        let scope = live.scope(dataset, &asked.include_dataset, &asked.exclude_dataset)?;
        let exclude_schema = asked.exclude_schema.iter().filter_map(|name| Schema::named(name)).collect();
        let since = asked.changed_since.as_deref().map(since).transpose()?;
        Ok(Filter { scope, asked, exclude_schema, since })
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
        let changed = |since| live::seen_of(&live.node, entity).change.is_some_and(|changed| changed > since);
        self.scope.has(&entity.datasets)
            && (asked.topics.is_empty() || asked.topics.iter().any(has_topic))
            && self.since.is_none_or(changed)
            && !is_excluded(entity.id.as_str())
            && !entity.referents.iter().any(|id| is_excluded(id))
            && !self.exclude_schema.contains(&entity.schema)
    }
}

impl Filter {
    /// As [`Filter::has`], by what the library knows of an entity.
    pub(crate) fn has_thing(&self, thing: &Thing, datasets: &[&str]) -> bool {
        let asked = &self.asked;
        let is_in_scope = self.scope.0.as_ref().is_none_or(|names| datasets.iter().any(|name| names.contains(*name)));
        let changed = |since| thing.changed.is_some_and(|changed| changed > since);
        is_in_scope
            && !self.exclude_schema.contains(&thing.schema)
            && !asked.exclude_ids.iter().any(|id| **id == *thing.id)
            && self.since.is_none_or(changed)
    }
}

/// A day, or a moment of it, in seconds since 1970 (UTC): a day begins at midnight.
fn since(text: &str) -> Result<u32, Failure> {
    const BEGIN: &str = "0000-00-00T00:00:00";
    let padded = format!("{text}{}", BEGIN.get(text.len()..).unwrap_or(""));
    let no_moment = || Failure::bad(format!("changed_since: '{text}' is no moment of the calendar"));
    let moment: DateTime = padded.parse().map_err(|_| no_moment())?;
    let at = TimeZone::UTC.to_timestamp(moment).map_err(|_| no_moment())?;
    Ok(u32::try_from(at.as_second().max(0)).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_midnight() {
        // date -u -d '2024-01-02 10:30:59' +%s
        let read = |text: &str| since(text).ok();
        assert_eq!(read("2024-01-02"), Some(1_704_153_600));
        assert_eq!(read("2024-01-02T10"), Some(1_704_189_600));
        assert_eq!(read("2024-01-02T10:30"), Some(1_704_191_400));
        assert_eq!(read("2024-01-02T10:30:59"), Some(1_704_191_459));
        assert_eq!(read("1901-01-02"), Some(0));
        assert_eq!(read("2024-02-30"), None);
    }
}
