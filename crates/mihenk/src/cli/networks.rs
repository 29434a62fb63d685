//! The command for networks.
//!
//! Declared here, done in `../networks.rs`; the book's reference is made from these words.

use std::path::PathBuf;

use clap::Args;

#[derive(Args, Debug)]
pub(crate) struct Network {
    /// Names or ids: of one, what is around it; of several, what ties each two
    #[arg(value_name = "SUBJECT", required_unless_present = "groups")]
    pub(crate) subjects: Vec<String>,
    /// Also what these files say: FollowTheMoney JSON lines, official lists, a table of your own with --map; repeat it for more
    #[arg(long, value_name = "FILE")]
    pub(crate) from: Vec<PathBuf>,
    /// What the columns of the table hold that --from names; 'lists map' proposes such a file
    #[arg(long, value_name = "FILE.toml", requires = "from")]
    pub(crate) map: Option<PathBuf>,
    /// Also customers, those related to them, and ties of cases; you have to be signed in, and it is recorded
    #[arg(long)]
    pub(crate) ledger: bool,
    /// The most ties of a path, 1 to 8 [default: 6 between two, 2 around one]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=8))]
    pub(crate) most_ties: Option<u8>,
    /// The most paths between two, by evidence and by length each
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u8).range(1..=5))]
    pub(crate) paths: u8,
    /// The most subjects that are shown around one
    #[arg(long, value_name = "N", default_value_t = 25, value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub(crate) neighbours: u16,
    /// Also propose groups that may act together: those of the subjects, or all
    #[arg(long)]
    pub(crate) groups: bool,
    /// Where to draw it, as SVG
    #[arg(long, value_name = "FILE.svg")]
    pub(crate) svg: Option<PathBuf>,
    /// As JSON
    #[arg(long)]
    pub(crate) json: bool,
}
