//! The commands of alerts.
//!
//! Declared here, done in `../alerts.rs`; the book's reference is made from these words.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::people::Why;

#[derive(Debug, Subcommand)]
pub(crate) enum Alert {
    /// Lists alerts, most urgent first
    List(List),
    /// Shows an alert: what was found, why it is urgent, what was done
    Show(One),
    /// Takes the most urgent alert that no colleague holds, and shows it
    Next {
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Takes alerts to work on
    Take(Several),
    /// Gives alerts to an analyst; what a colleague holds needs a reason
    Assign {
        #[command(flatten)]
        several: Several,
        /// The analyst
        #[arg(long, value_name = "NAME")]
        to: String,
        /// Why, in your words
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
    },
    /// Gives alerts back, so that anybody can take them
    Return {
        #[command(flatten)]
        several: Several,
        /// Why, in your words
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
    },
    /// Says something about an alert
    Comment {
        #[command(flatten)]
        one: One,
        /// What you say
        #[arg(value_name = "TEXT")]
        text: String,
    },
    /// Clears alerts, all or none
    Clear(Clear),
    /// Opens a cleared alert again, or takes your proposal back
    Reopen {
        #[command(flatten)]
        one: Single,
        #[command(flatten)]
        why: Why,
    },
    /// Makes alerts part of a case
    Escalate {
        #[command(flatten)]
        several: SeveralIds,
        /// The case; 'case open' makes one
        #[arg(long, value_name = "ID")]
        case: String,
        #[command(flatten)]
        why: Why,
    },
    /// Looks again at what a colleague cleared: lists what waits for you, or says what you think of one
    Review(Review),
    /// Shows the reasons for which alerts may be cleared
    Reasons {
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Shows how often each reason was given, and what second persons thought of it
    Statistics {
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Lists rules 'not the same person', the one that runs out next first
    Rules {
        /// Also those that have ended
        #[arg(long)]
        all: bool,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Withdraws a rule; the alert that it kept quiet is open again
    Withdraw {
        /// The rule, such as X-12
        #[arg(value_name = "ID")]
        id: String,
        #[command(flatten)]
        why: Why,
    },
    /// Attaches a document to an alert, sealed
    Attach {
        #[command(flatten)]
        one: One,
        /// The document
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Writes a document of an alert into a file, opened
    ExportAttachment(Export),
}

#[derive(Args, Debug)]
pub(crate) struct List {
    /// In this state: new, assigned, reopened, proposed, cleared, escalated [default: all that are open]
    #[arg(long, value_name = "STATE")]
    pub(crate) state: Option<String>,
    /// Of this kind: sanctions, wanted, pep, adverse-press, own-list
    #[arg(long, value_name = "KIND")]
    pub(crate) kind: Option<String>,
    /// About entities of this list
    #[arg(long, value_name = "NAME")]
    pub(crate) list: Option<String>,
    /// That you hold
    #[arg(long)]
    pub(crate) mine: bool,
    /// Open for so many days or more
    #[arg(long, value_name = "DAYS")]
    pub(crate) older: Option<u32>,
    /// In any state
    #[arg(long, conflicts_with = "state")]
    pub(crate) all: bool,
    /// A term such as customer=K-3, from=50, holder=nobody; repeat it for more
    #[arg(long = "where", value_name = "TERM")]
    pub(crate) terms: Vec<String>,
    /// Show so many at most
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub(crate) limit: u32,
    /// As JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// An alert.
#[derive(Args, Debug)]
pub(crate) struct One {
    /// The alert, such as A-12
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// As JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// An alert that was looked at; whether to answer as JSON is said elsewhere.
#[derive(Args, Debug)]
pub(crate) struct Single {
    /// The alert, such as A-12
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// The revision that you looked at: nothing is done if a colleague was faster
    #[arg(long, value_name = "REVISION")]
    pub(crate) seen: Option<i64>,
}

#[derive(Args, Debug)]
pub(crate) struct Several {
    #[command(flatten)]
    pub(crate) ids: SeveralIds,
    /// As JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct SeveralIds {
    /// The alerts, such as A-12
    #[arg(value_name = "ID", required = true)]
    pub(crate) ids: Vec<String>,
    /// The revision that you looked at: nothing is done if a colleague was faster
    #[arg(long, value_name = "REVISION")]
    pub(crate) seen: Option<i64>,
}

#[derive(Args, Debug)]
pub(crate) struct Clear {
    /// The alerts, such as A-12
    #[arg(value_name = "ID", required_unless_present = "terms", conflicts_with = "terms")]
    pub(crate) ids: Vec<String>,
    /// Those that you could take and of which this is so, such as kind=pep or below=10; repeat it for more
    #[arg(long = "where", value_name = "TERM")]
    pub(crate) terms: Vec<String>,
    /// The reason's code; 'alert reasons' lists them
    #[arg(long, value_name = "CODE")]
    pub(crate) because: String,
    /// Add a rule 'not the same person', which holds while names, dates and documents of both sides are as they are
    #[arg(long)]
    pub(crate) not_same: bool,
    /// Until when the rule holds [default: a year]
    #[arg(long, value_name = "DATE", requires = "not_same")]
    pub(crate) until: Option<jiff::civil::Date>,
    /// Do it for more than one
    #[arg(long)]
    pub(crate) yes: bool,
    /// The revision that you looked at: nothing is done if a colleague was faster
    #[arg(long, value_name = "REVISION")]
    pub(crate) seen: Option<i64>,
    #[command(flatten)]
    pub(crate) why: Why,
}

#[derive(Args, Debug)]
pub(crate) struct Review {
    /// The alert, such as A-12 [default: list what waits for you]
    #[arg(value_name = "ID", requires = "verdict")]
    pub(crate) id: Option<String>,
    /// You would have done the same
    #[arg(long, group = "verdict", requires = "id")]
    pub(crate) agree: bool,
    /// You would not: it is open again, with whoever cleared it
    #[arg(long, group = "verdict", requires = "id", requires = "reason")]
    pub(crate) send_back: bool,
    /// Why, in your words
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: Option<String>,
    /// The revision that you looked at: nothing is done if a colleague was faster
    #[arg(long, value_name = "REVISION")]
    pub(crate) seen: Option<i64>,
    /// As JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Export {
    /// The document, such as D-12
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// Where to write it; a file that is there is not replaced
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
}
