//! The options of `mihenk lists merge`.
//!
//! In come the arguments, out comes what is to be done: to show, to ask, or to record one decision.

use clap::Args;
use mihenk_node::merging::{acts::Act, proposing::Wanted};

/// The options of decisions.
const DECISIONS: &str = "Decisions";
/// The options of proposals.
const PROPOSALS: &str = "Proposals";

#[derive(Args, Debug)]
pub(crate) struct Merge {
    /// Go through the proposals, one after the other, and ask
    #[arg(long, conflicts_with = "json", help_heading = PROPOSALS)]
    pub(crate) review: bool,
    /// Show the proposals: who may be one, and the evidence
    #[arg(long, help_heading = PROPOSALS)]
    pub(crate) list: bool,
    /// Show who is one already, and why
    #[arg(long)]
    pub(crate) merged: bool,
    /// They are one
    #[arg(long, num_args = 2, value_names = ["ID", "ID"], help_heading = DECISIONS)]
    pub(crate) accept: Vec<String>,
    /// They are two
    #[arg(long, num_args = 2, value_names = ["ID", "ID"], help_heading = DECISIONS)]
    pub(crate) reject: Vec<String>,
    /// Take back what was decided; part what a rule joined
    #[arg(long, num_args = 2, value_names = ["ID", "ID"], help_heading = DECISIONS)]
    pub(crate) undo: Vec<String>,
    /// Why; with --review, what is proposed as the reason each time
    #[arg(long, value_name = "TEXT", help_heading = DECISIONS)]
    pub(crate) reason: Option<String>,
    /// Who decides, as long as the node has no users [default: the user of this machine]
    #[arg(long, value_name = "NAME", help_heading = DECISIONS)]
    pub(crate) by: Option<String>,
    /// From this score on two are proposed
    #[arg(long, default_value = "0.70", value_name = "SCORE", value_parser = super::score, help_heading = PROPOSALS)]
    pub(crate) threshold: f64,
    /// How many of those on one list are on another one: one in N
    #[arg(long, default_value_t = Wanted::default().base_rate, value_name = "N", value_parser = clap::value_parser!(u32).range(2..), help_heading = PROPOSALS)]
    pub(crate) base_rate: u32,
    /// Show at most so many
    #[arg(long, default_value_t = 20, value_name = "N", help_heading = PROPOSALS)]
    pub(crate) limit: usize,
    /// As JSON, all of them
    #[arg(long)]
    pub(crate) json: bool,
}

/// What is to be done.
#[derive(Debug)]
pub(crate) enum Asked<'a> {
    Summary,
    Merged,
    List,
    Review,
    Decide(Act, &'a str, &'a str),
}

impl Merge {
    /// What is to be done; one thing at a time.
    pub(crate) fn asked(&self) -> Result<Asked<'_>, String> {
        let decisions = [(Act::Accept, &self.accept), (Act::Reject, &self.reject), (Act::Undo, &self.undo)];
        let shown = [(self.review, Asked::Review), (self.list, Asked::List), (self.merged, Asked::Merged)];
        let mut all: Vec<Asked> = shown.into_iter().filter(|(is_asked, _)| *is_asked).map(|(_, asked)| asked).collect();
        all.extend(decisions.into_iter().filter_map(|(act, ids)| match &ids[..] {
            [a, b] => Some(Asked::Decide(act, a, b)),
            _ => None,
        }));
        match (all.pop(), all.is_empty()) {
            (None, _) => Ok(Asked::Summary),
            (Some(one), true) => Ok(one),
            _ => Err("give one of --review, --list, --merged, --accept, --reject and --undo at a time".to_owned()),
        }
    }

    pub(crate) fn wanted(&self) -> Wanted {
        Wanted { threshold: self.threshold, base_rate: self.base_rate }
    }

    /// Who decides: as given, or the user of this machine.
    pub(crate) fn by(&self) -> String {
        let user = ["USER", "LOGNAME", "USERNAME"].iter().find_map(|name| std::env::var(name).ok());
        self.by.clone().or(user).unwrap_or_default()
    }
}
