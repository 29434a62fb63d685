//! What was asked on the command line.
//!
//! In come the arguments behind `cargo xtask bench`, out come [`Options`] or an error that says what would be right. No
//! argument means all rows but those that must be named. The grammar is a handful of words; an argument parser would be
//! most of what this program has to build.

use std::path::PathBuf;

use anyhow::{Context, bail};

use crate::rows::ROWS;

/// What to do.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Act {
    /// Say which rows there are.
    List,
    /// Measure the rows with these names; all if there are none.
    Measure(Vec<String>),
    /// In a process of its own: open the lists in a folder, screen, and print how much memory that took.
    Memory(PathBuf),
    /// Write so many invented entities to standard output.
    Synthetic(usize),
    /// In a process of its own: load a list into a folder, and print how much memory that took.
    Load(PathBuf, PathBuf),
    /// In a process of its own: load a list into a folder, screen the customers, and print what that took.
    Watch(PathBuf, PathBuf),
}

/// Everything on the command line.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Options {
    /// What to do.
    pub(crate) act: Act,
    /// The folder of inputs, if one was given.
    pub(crate) shared: Option<PathBuf>,
    /// Whether to rewrite the table in the documentation.
    pub(crate) write: bool,
    /// Whether to print what was answered wrongly.
    pub(crate) misses: bool,
    /// The date to write beside each figure; the date of the commit if none is given.
    pub(crate) date: Option<String>,
}

const USAGE: &str =
    "cargo xtask bench [ROW]… [--list] [--misses] [--shared DIR] [--write [--date YYYY-MM-DD]] | --synthetic N";

impl Options {
    /// Reads the arguments.
    pub(crate) fn read(arguments: impl Iterator<Item = String>) -> anyhow::Result<Options> {
        let act = Act::Measure(Vec::new());
        let mut options = Options { act, shared: None, write: false, misses: false, date: None };
        let (mut arguments, mut named) = (arguments, Vec::new());
        while let Some(argument) = arguments.next() {
            let mut value = |what: &str| arguments.next().with_context(|| format!("{argument} needs {what}: {USAGE}"));
            match argument.as_str() {
                "--list" => options.act = Act::List,
                "--write" => options.write = true,
                "--misses" => options.misses = true,
                "--shared" => options.shared = Some(value("a folder")?.into()),
                "--date" => options.date = Some(value("a date")?),
                "--synthetic" => {
                    options.act = Act::Synthetic(value("a number")?.parse().context("--synthetic needs a number")?);
                }
                "--child-load" => {
                    options.act = Act::Load(value("a folder")?.into(), value("a list")?.into());
                }
                "--child-watch" => {
                    options.act = Act::Watch(value("a folder")?.into(), value("a list")?.into());
                }
                "--child-memory" => options.act = Act::Memory(value("a folder")?.into()),
                name if ROWS.iter().any(|row| row.name == name) => named.push(argument),
                other => {
                    let names: Vec<&str> = ROWS.iter().map(|row| row.name).collect();
                    bail!("'{other}' is neither a row nor an option: {USAGE}; rows are {}", names.join(", "));
                }
            }
        }
        if !named.is_empty() && options.act == Act::Measure(Vec::new()) {
            options.act = Act::Measure(named);
        }
        Ok(options)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> anyhow::Result<Options> {
        Options::read(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn rows_and_options_are_told_apart() {
        let options = read("checks --shared there --write --date 2026-01-31 batch").unwrap();
        assert_eq!(options.act, Act::Measure(vec!["checks".into(), "batch".into()]));
        assert_eq!(options.shared, Some("there".into()));
        assert_eq!((options.write, options.date.as_deref()), (true, Some("2026-01-31")));
        assert_eq!(read("").unwrap().act, Act::Measure(Vec::new()));
        assert_eq!(read("--list").unwrap().act, Act::List);
    }

    #[test]
    fn an_unknown_word_is_answered_with_the_known_ones() {
        let error = read("chekcs").unwrap_err().to_string();
        assert!(error.contains("'chekcs'") && error.contains("checks"), "{error}");
        assert!(read("--shared").unwrap_err().to_string().contains("needs a folder"));
    }
}
