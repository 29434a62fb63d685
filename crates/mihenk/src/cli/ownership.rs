//! `mihenk own`: its options.
//!
//! What is assumed is read while the options are, so that a sentence that is not understood is refused before anything is.

use std::path::PathBuf;

use clap::Args;
use mihenk_node::ledger::{day::Day, ownership::change::Change};

/// The options of `mihenk own`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  mihenk own \"Örnek Ticaret\" --from register.json\n  \
                        mihenk own tr-123 --regime uk --as-of 2024-06-30\n  \
                        mihenk own tr-123 --what-if \"P owns 30% of tr-123\" --what-if \"list P\"")]
pub(crate) struct Own {
    /// The entity, by id or name
    #[arg(value_name = "ENTITY")]
    pub(crate) entity: String,
    /// Files for this run: FollowTheMoney JSON lines, statements of the Beneficial Ownership Data Standard 0.4, lists
    #[arg(long, num_args = 1.., value_name = "FILE")]
    pub(crate) from: Vec<PathBuf>,
    /// The day whose holdings and listings count, such as 2024-06-30 [default: today]
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<Day>,
    /// The regime: ofac, eu or uk; may be given again [default: all three]
    #[arg(long, value_name = "NAME")]
    pub(crate) regime: Vec<String>,
    /// Something that is not so, to see what it would alter: "A owns 30% of B", "A votes 60% of B", "A appoints the board of B", "A
    /// controls B", "A is B", "list A", "delist A"; may be given again
    #[arg(long, value_name = "TEXT", value_parser = change)]
    pub(crate) what_if: Vec<Change>,
    /// Draw the holders into this file
    #[arg(long, value_name = "FILE.svg")]
    pub(crate) svg: Option<PathBuf>,
    /// Show the law that each answer rests on
    #[arg(long)]
    pub(crate) law: bool,
    /// As JSON
    #[arg(long)]
    pub(crate) json: bool,
}

fn change(text: &str) -> Result<Change, String> {
    Change::parse(text).map_err(|error| error.to_string())
}
