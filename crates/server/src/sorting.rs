//! In which order results come: `sort=field:desc`.
//!
//! In come an entity and what is asked for, out comes what it is sorted by; two are compared field by field.

use std::cmp::Ordering;

use mihenk_node::{Entity, seen::Seen};

use crate::{
    entity::written,
    live::{self, Live},
};

/// A field to sort by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sort {
    field: String,
    is_descending: bool,
}

impl Sort {
    /// Reads what is asked for; an order that is no word for one is ascending.
    pub(crate) fn read(text: &str) -> Sort {
        let (field, order) = text.rsplit_once(':').unwrap_or((text, "asc"));
        let field = field.strip_prefix("properties.").unwrap_or(field).to_owned();
        Sort { field, is_descending: order == "desc" }
    }

    /// What an entity is sorted by.
    pub(crate) fn key(&self, live: &Live, entity: &Entity) -> Option<String> {
        let seen = |of: fn(&Seen) -> Option<u32>| of(&live::seen_of(&live.node, entity)).and_then(written);
        match self.field.as_str() {
            "first_seen" => seen(|seen| seen.first),
            "last_seen" => seen(|seen| seen.last),
            "last_change" => seen(|seen| seen.change),
            "id" => Some(entity.id.to_string()),
            "caption" => Some(entity.caption().to_owned()),
            "schema" => Some(entity.schema.name().to_owned()),
            "datasets" => entity.datasets.iter().min().cloned(),
            property if self.is_descending => entity.values(property).iter().max().cloned(),
            property => entity.values(property).iter().min().cloned(),
        }
    }

    /// The order of two, by all fields; what has no value comes last.
    pub(crate) fn order(all: &[Sort], a: &[Option<String>], b: &[Option<String>]) -> Ordering {
        let fields = all.iter().zip(a.iter().zip(b));
        let mut orders = fields.map(|(sort, (a, b))| match (a, b) {
            (Some(a), Some(b)) if sort.is_descending => b.cmp(a),
            (Some(a), Some(b)) => a.cmp(b),
            (a, b) => b.is_some().cmp(&a.is_some()),
        });
        orders.find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_is_last_in_either_direction() {
        let order = |text: &str, a: Option<&str>, b: Option<&str>| {
            let key = |value: Option<&str>| [value.map(str::to_owned)];
            Sort::order(&[Sort::read(text)], &key(a), &key(b))
        };
        assert_eq!(order("x:asc", Some("1"), Some("2")), Ordering::Less);
        assert_eq!(order("x:desc", Some("1"), Some("2")), Ordering::Greater);
        assert_eq!(order("x:sideways", Some("1"), Some("2")), Ordering::Less);
        for text in ["x:asc", "x:desc", "x"] {
            assert_eq!(order(text, None, Some("2")), Ordering::Greater, "{text}");
        }
    }
}
