//! The commands of customers: taking them in, watching them, showing and changing them.
//!
//! What they do is in `customers.rs` of the program.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{FILES, TableArgs, people::Why, property, score};

#[derive(Debug, Subcommand)]
pub(crate) enum Customers {
    /// Takes a file of customers and those related to them into a portfolio, and screens them at once
    Add(Box<Add>),
    /// Screens customers again: whom a change of the lists may touch, or everybody
    Screen {
        /// Everybody against all lists
        #[arg(long)]
        full: bool,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Lists customers
    List {
        /// Of one portfolio
        #[arg(long, value_name = "NAME")]
        portfolio: Option<String>,
        /// Only those of whom something is found
        #[arg(long)]
        hits: bool,
        /// Those who have left as well
        #[arg(long)]
        left: bool,
        /// Behind this one, to go on with a long list
        #[arg(long, value_name = "ID")]
        after: Option<String>,
        /// So many at most
        #[arg(long, default_value_t = 100, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
        limit: u32,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Shows a customer, those related to it, and what is found of them; that it was looked at is recorded
    Show {
        #[command(flatten)]
        who: Named,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Changes a customer, or somebody related to it, by hand
    Change(Box<Change>),
    /// Lets a customer leave; alerts, cases and freezes stay as they are
    Remove {
        #[command(flatten)]
        who: Named,
        /// The revision that you looked at; refused if it was changed since
        #[arg(long, value_name = "N")]
        seen: Option<i64>,
        #[command(flatten)]
        why: Why,
    },
    /// Lists the portfolios and how many customers they have
    Portfolios {
        /// As JSON
        #[arg(long)]
        json: bool,
    },
}

#[derive(Args, Debug)]
pub(crate) struct Named {
    /// The customer: an id such as K-17, or your own number of it
    #[arg(value_name = "CUSTOMER")]
    pub(crate) customer: String,
    /// The portfolio of that number
    #[arg(long, value_name = "NAME")]
    pub(crate) portfolio: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct Add {
    /// The file: CSV, XLSX, JSON lines, packed with gzip or not; - for standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// The portfolio
    #[arg(long, value_name = "NAME")]
    pub(crate) portfolio: String,
    /// What the columns of the table hold; 'lists map' proposes such a file
    #[arg(long, value_name = "FILE.toml", help_heading = FILES)]
    pub(crate) map: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) table: TableArgs,
    /// The file is the whole portfolio: whoever is not in it has left
    #[arg(long)]
    pub(crate) full: bool,
    /// From this score on a hit on a customer of the portfolio is kept and is an alert, from now on; 0.70 until somebody says otherwise
    #[arg(long, value_name = "SCORE", value_parser = score, requires = "reason")]
    pub(crate) threshold: Option<f64>,
    /// Why the portfolio has this threshold
    #[arg(long, value_name = "TEXT", requires = "threshold")]
    pub(crate) reason: Option<String>,
    /// Where records go that were not taken, to be mended and added again [default: FILE.rejected.csv, or .jsonl]
    #[arg(long, value_name = "FILE", help_heading = FILES)]
    pub(crate) rejected: Option<PathBuf>,
    /// As JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Change {
    #[command(flatten)]
    pub(crate) who: Named,
    /// A property and its values from now on, such as "birthDate=1980-05-01"; several times for several values; without a
    /// value the property is taken away
    #[arg(long = "set", value_name = "PROPERTY=VALUE", value_parser = property)]
    pub(crate) set: Vec<(String, String)>,
    /// What is at stake, in whole units
    #[arg(long, value_name = "AMOUNT", value_parser = clap::value_parser!(i64).range(0..))]
    pub(crate) exposure: Option<i64>,
    /// The number of the related party that is meant
    #[arg(long, value_name = "NUMBER")]
    pub(crate) party: Option<String>,
    /// That party is related no more
    #[arg(long, requires = "party", conflicts_with = "set")]
    pub(crate) drop_party: bool,
    /// The revision that you looked at; refused if it was changed since
    #[arg(long, value_name = "N")]
    pub(crate) seen: Option<i64>,
    #[command(flatten)]
    pub(crate) why: Why,
}
