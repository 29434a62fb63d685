//! The options of `mihenk lists` that keep lists up to date.
//!
//! In come the arguments, out come values that were checked while they were read.

use std::path::PathBuf;

use clap::Args;
use mihenk_node::Span;

#[derive(Args, Debug)]
pub(crate) struct Update {
    /// The lists to bring up to date; one that is not loaded is added [default: all that are loaded]
    #[arg(value_name = "NAME")]
    pub(crate) names: Vec<String>,
    /// Where a list is, for this run; several times for a list of several files
    #[arg(long, value_name = "NAME=URL", value_parser = named_url)]
    pub(crate) from: Vec<(String, String)>,
    /// Go on for ever, and look for each list as often as its source says
    #[arg(long)]
    pub(crate) watch: bool,
    /// Trust these authorities (PEM) and no others
    #[arg(long, env = "SSL_CERT_FILE", hide_env_values = true, value_name = "FILE")]
    pub(crate) ca: Option<PathBuf>,
    /// Delete versions that were replaced longer ago, such as 90d
    #[arg(long, value_name = "SPAN")]
    pub(crate) keep: Option<Span>,
    /// What became of each list as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Status {
    /// As JSON
    #[arg(long)]
    pub(crate) json: bool,
    /// End with exit code 1 when nobody has looked for a newer version of a list for too long
    #[arg(long)]
    pub(crate) fail_on_stale: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Accept {
    /// The list
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
    /// Keep them all: they stay screened, and nobody is asked again
    #[arg(long)]
    pub(crate) reject: bool,
    /// As JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Diff {
    /// NAME for its last two versions; or NAME@VERSION, NAME@DATE, NAME@waiting, a version, or a list file
    #[arg(value_name = "A")]
    pub(crate) one: String,
    /// What it is compared with
    #[arg(value_name = "B")]
    pub(crate) other: Option<String>,
    /// Also show listings, documents, addresses and relations
    #[arg(long)]
    pub(crate) all: bool,
    /// As JSON
    #[arg(long, conflicts_with = "delta")]
    pub(crate) json: bool,
    /// As delta lines of OpenSanctions: {"op": "ADD|MOD|DEL", "entity": {…}}
    #[arg(long)]
    pub(crate) delta: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Keep {
    /// Keep versions for so long after they were replaced: 90d, 12h
    #[arg(long = "for", value_name = "SPAN")]
    pub(crate) span: Span,
    /// As JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// `NAME=URL`.
fn named_url(text: &str) -> Result<(String, String), String> {
    let wrong = || "expected NAME=URL, such as mine=https://lists.example/entities.ftm.json".to_owned();
    let (name, url) = text.split_once('=').ok_or_else(wrong)?;
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    if name.is_empty() || !is_web { Err(wrong()) } else { Ok((name.to_owned(), url.to_owned())) }
}
