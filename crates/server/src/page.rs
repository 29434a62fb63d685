//! Which part of many results is asked for, and how many there are.
//!
//! In come a limit and an offset, out come those that are given, and totals in the form that clients read.

use serde::Serialize;

/// No result behind this one is given.
const LAST: usize = 9_999;

/// How many results there are in all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Total {
    value: usize,
    relation: &'static str,
}

impl Total {
    /// So many or more.
    pub(crate) fn at_least(value: usize) -> Total {
        Total { value, relation: "gte" }
    }

    /// Exactly so many.
    pub(crate) fn of(value: usize) -> Total {
        Total { value, relation: "eq" }
    }
}

/// So many results from there on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Page {
    pub(crate) limit: usize,
    pub(crate) offset: usize,
}

impl Page {
    /// The page that is given when this one is asked for.
    pub(crate) fn clipped(limit: usize, offset: usize) -> Page {
        let offset = offset.min(LAST);
        Page { limit: limit.min(LAST - offset), offset }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_page_goes_beyond_the_last_result() {
        assert_eq!(Page::clipped(10, 0), Page { limit: 10, offset: 0 });
        assert_eq!(Page::clipped(501, 9_499), Page { limit: 500, offset: 9_499 });
    }
}
