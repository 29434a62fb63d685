//! The commands of whoever has to answer for what was done, and of whoever keeps the store.
//!
//! What they do is in `audit.rs`, `retention.rs` and `backup.rs` of the program.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::people::Why;

#[derive(Debug, Subcommand)]
pub(crate) enum Audit {
    /// Proves that no event was changed, left out or added, or points to the first that is wrong
    Verify {
        /// An export to check, in place of the store; takes no store and nobody who is signed in
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
        /// A head that was kept elsewhere, as 'audit head' shows it: the chain must contain it
        #[arg(long, value_name = "SEQ:HASH", conflicts_with = "file")]
        kept: Option<String>,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Shows where the chain stands; kept elsewhere, it proves later that nothing before it was changed
    Head {
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Writes a range of events to a file that can be checked without the store
    Export {
        /// The first event
        #[arg(long, default_value_t = 1, value_name = "SEQ", value_parser = clap::value_parser!(i64).range(1..))]
        from: i64,
        /// The last event [default: the last there is]
        #[arg(long, value_name = "SEQ", value_parser = clap::value_parser!(i64).range(1..))]
        to: Option<i64>,
        /// Where it goes; a file that is there is left as it is
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Recomputes what an alert rested on, with the lists and the model of then, and compares
    Replay {
        /// An event about an alert, by its place in the chain
        #[arg(value_name = "EVENT", value_parser = clap::value_parser!(i64).range(1..))]
        event: i64,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Tells what was done, to what, by whom, reading included
    Show(Show),
}

#[derive(Args, Debug)]
pub(crate) struct Show {
    /// About this: a customer, an alert, a case, a freeze, a user, and all that names it
    #[arg(long, value_name = "ID")]
    pub(crate) subject: Option<String>,
    /// Only events about exactly this, not those of other things that name it
    #[arg(long, requires = "subject")]
    pub(crate) only: bool,
    /// By this user, or part of the software
    #[arg(long, value_name = "NAME")]
    pub(crate) actor: Option<String>,
    /// Of this kind, such as alert.cleared, or of all kinds of a part, such as alert
    #[arg(long, value_name = "KIND")]
    pub(crate) kind: Option<String>,
    /// Not before this day or time, in UTC
    #[arg(long, value_name = "TIME")]
    pub(crate) from: Option<String>,
    /// Before this day or time, in UTC
    #[arg(long, value_name = "TIME")]
    pub(crate) until: Option<String>,
    /// The newest, this many
    #[arg(long, value_name = "N")]
    pub(crate) newest: Option<u32>,
    /// As JSON lines, with all that the events say
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Backup {
    /// Where the copy goes; a file that is there is left as it is
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// As JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Restore {
    /// The backup
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Put aside a store that has events which the backup lacks
    #[arg(long)]
    pub(crate) replace: bool,
    /// As JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Retention {
    /// Shows the rules, what waits for a second administrator, legal holds, and what is due
    Show {
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Proposes how long the data of a part is kept after the last thing that was done
    Set {
        /// The part: access, customer, alert, case, attachment, freeze
        #[arg(value_name = "PART")]
        part: String,
        /// How many days
        #[arg(long, value_name = "DAYS")]
        days: u32,
        /// For what purpose
        #[arg(long, value_name = "TEXT")]
        purpose: String,
        #[command(flatten)]
        why: Why,
    },
    /// Confirms a rule that another administrator proposed
    Confirm {
        /// The proposal, such as R-12
        #[arg(value_name = "ID")]
        id: String,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Declines a proposed rule, or takes your own back
    Decline(OneSubject),
    /// Places a legal hold: the subject is kept until it is lifted
    Hold(OneSubject),
    /// Lifts a legal hold
    Lift(OneSubject),
    /// Erases what is due: content of events, rows, backups; the chain still verifies
    Run {
        #[command(flatten)]
        why: Why,
    },
}

#[derive(Args, Debug)]
pub(crate) struct OneSubject {
    /// The customer, alert, case, freeze or proposal
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    #[command(flatten)]
    pub(crate) why: Why,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Key {
    /// Shows where the key is and by which id it is known, never the key
    Show {
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Proposes another key, which another administrator confirms; goes on when that was interrupted
    Exchange {
        #[command(flatten)]
        why: Why,
    },
}
