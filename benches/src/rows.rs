//! The rows: what can be measured, one file each.
//!
//! [`ROWS`] is the list that `--list` prints and the order of the table. A new row is a file below this one with a function
//! from [`Inputs`] to [`Measured`], and an entry here that says which files it reads; nothing else has to know of it.

mod acts;
mod batch;
mod build;
mod calibration;
mod checks;
mod compare;
mod demo;
pub(crate) mod index;
pub(crate) mod large;
mod mined;
mod name_bench;
mod network;
mod one_token;
mod ownership;
mod pages;
pub(crate) mod portfolio;
mod scan;
mod screening;
mod serve;
mod tipping_off;
mod verify;

pub(crate) use self::mined::Draw;
use crate::{
    inputs::{CASES, CHECKS, INDEX, Inputs, LISTS, PEOPLE, QUERIES},
    row::Measured,
};

/// Something that can be measured.
pub(crate) struct Row {
    /// Its name on the command line.
    pub(crate) name: &'static str,
    /// One line: what it measures.
    pub(crate) about: &'static str,
    /// The files it reads, below the folder of inputs, in groups.
    pub(crate) needs: &'static [&'static [&'static str]],
    /// Whether it runs when no row is named.
    pub(crate) in_all: bool,
    /// Measures it.
    pub(crate) measure: fn(&Inputs) -> anyhow::Result<Measured>,
}

/// All rows, in the order of the table.
pub(crate) const ROWS: &[Row] = &[
    Row {
        name: "name-bench",
        about: "labelled pairs of names at the threshold, beside Levenshtein",
        needs: &[&[CASES]],
        in_all: true,
        measure: name_bench::measure,
    },
    Row {
        name: "screening",
        about: "recall and false hits on judged queries, held out",
        needs: &[&[QUERIES, INDEX]],
        in_all: true,
        measure: screening::measure,
    },
    Row {
        name: "one-token-changed",
        about: "false hits on listed names with one word exchanged",
        needs: &[LISTS, &[QUERIES, INDEX]],
        in_all: true,
        measure: one_token::measure,
    },
    Row {
        name: "checks",
        about: "labelled pairs of whole entities at the threshold",
        needs: &[&[CHECKS]],
        in_all: true,
        measure: checks::measure,
    },
    Row {
        name: "calibration",
        about: "are probabilities honest, on three sets that no model was fitted on",
        needs: &[LISTS, &[QUERIES, INDEX, CASES], &PEOPLE],
        in_all: true,
        measure: calibration::measure,
    },
    Row {
        name: "batch",
        about: "queries a second on one core, as `mihenk screen --batch` answers them",
        needs: &[LISTS, &[QUERIES], &PEOPLE],
        in_all: true,
        measure: batch::measure,
    },
    Row {
        name: "compare",
        about: "pairs of names compared a second on one core",
        needs: &[&[CASES, QUERIES, INDEX]],
        in_all: true,
        measure: compare::measure,
    },
    Row {
        name: "scan",
        about: "megabytes of running text a second on one core, words that do not repeat",
        needs: &[LISTS],
        in_all: true,
        measure: scan::measure,
    },
    Row {
        name: "index",
        about: "from list files to an index, opening it, memory",
        needs: &[LISTS, &[QUERIES]],
        in_all: true,
        measure: index::measure,
    },
    Row {
        name: "update",
        about: "fifty changed entities of 100,000 live, upon the index before",
        needs: &[],
        in_all: true,
        measure: large::measure_update,
    },
    Row {
        name: "large",
        about: "4,000,000 invented entities: building, opening, screening; only when named",
        needs: &[],
        in_all: false,
        measure: large::measure,
    },
    Row {
        name: "acts",
        about: "acts a second with full durability, on SQLite and PostgreSQL, beside the bare disk",
        needs: &[],
        in_all: true,
        measure: acts::measure,
    },
    Row {
        name: "ownership",
        about: "who is blocked because of whom: a million holdings, three regimes, one core",
        needs: &[],
        in_all: true,
        measure: ownership::measure,
    },
    Row {
        name: "verify",
        about: "events a second whose chain is proved, from a store and from an export",
        needs: &[],
        in_all: true,
        measure: verify::measure,
    },
    Row {
        name: "network",
        about: "how two are tied, of 1,000,000 ties: 10,000 questions",
        needs: &[],
        in_all: true,
        measure: network::measure,
    },
    Row {
        name: "tipping-off",
        about: "how long a refusal takes about a report that is there, and about one that is not",
        needs: &[],
        in_all: true,
        measure: tipping_off::measure,
    },
    Row {
        name: "portfolio",
        about: "1,000,000 customers, 50 changed entities of a list: whom it touches; only when named",
        needs: &[],
        in_all: false,
        measure: portfolio::measure,
    },
    Row {
        name: "serve",
        about: "the server under load from outside, and while lists are exchanged",
        needs: &[LISTS, &[QUERIES], &PEOPLE],
        in_all: true,
        measure: serve::measure,
    },
    Row {
        name: "pages",
        about: "every page with 10,000 alerts and 1,000,000 customers; only when named",
        needs: &[LISTS],
        in_all: false,
        measure: pages::measure,
    },
    Row {
        name: "demo",
        about: "time of `mihenk demo`, if the program is built",
        needs: &[],
        in_all: true,
        measure: demo::measure,
    },
    Row {
        name: "build",
        about: "time of a clean release build; only when named",
        needs: &[],
        in_all: false,
        measure: build::measure,
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_told_in_a_line() {
        for (i, row) in ROWS.iter().enumerate() {
            assert!(ROWS[..i].iter().all(|other| other.name != row.name), "{} twice", row.name);
            assert!(row.about.len() < 90 && !row.about.contains('\n'), "{}", row.name);
        }
    }
}
