//! The commands of cases.
//!
//! Declared here, done in `../cases.rs`; the book's reference is made from these words.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::civil::Date;
use mihenk_node::ledger::cases::PartyKind;

use super::{alerts::Export, people::Why};

#[derive(Debug, Subcommand)]
pub(crate) enum Case {
    /// Opens a case, which is yours
    Open(Open),
    /// Lists cases, and what you have still to do
    List {
        /// Also those that are closed
        #[arg(long)]
        all: bool,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Shows a case: parties, ties, alerts, documents, tasks
    Show(OneCase),
    /// Shows what happened in a case and to its alerts
    Timeline(OneCase),
    /// Writes the case as one page of HTML that prints well: alerts with their evidence, ties, tasks, documents, time line
    Export {
        #[command(flatten)]
        one: OneCase,
        /// Where to write it; a file that is there is not replaced
        #[arg(long, value_name = "FILE.html")]
        out: PathBuf,
    },
    /// Draws who is in a case and what ties them
    Graph {
        #[command(flatten)]
        one: OneCase,
        /// Where to write the picture, as SVG [default: only the tables are shown]
        #[arg(long, value_name = "FILE.svg")]
        out: Option<PathBuf>,
    },
    /// Makes alerts part of a case
    Join {
        #[command(flatten)]
        case: CaseId,
        /// The alerts, such as A-12
        #[arg(value_name = "ALERT", required = true)]
        alerts: Vec<String>,
        #[command(flatten)]
        why: Why,
    },
    /// Takes an alert out of a case; it is open again
    Part {
        #[command(flatten)]
        case: CaseId,
        /// The alert, such as A-12
        #[arg(value_name = "ALERT")]
        alert: String,
        #[command(flatten)]
        why: Why,
    },
    /// Adds a person, a company, an account, a wallet, a vessel
    Party(Party),
    /// Ties two parties
    Link(Link),
    /// Strikes out a party or a tie; the time line keeps it
    Strike {
        #[command(flatten)]
        case: CaseId,
        /// The party or the tie, such as CP-17 or CL-18
        #[arg(value_name = "ID")]
        what: String,
        #[command(flatten)]
        why: Why,
    },
    /// Notes something
    Note {
        #[command(flatten)]
        one: OneCase,
        /// What you note
        #[arg(value_name = "TEXT")]
        text: String,
    },
    /// Sets a task with a day on which it is due
    Task {
        #[command(flatten)]
        one: OneCase,
        /// What is to be done
        #[arg(value_name = "TEXT")]
        what: String,
        /// The day on which it is due
        #[arg(long, value_name = "DATE")]
        due: Date,
        /// Who is to do it [default: you]
        #[arg(long, value_name = "NAME")]
        owner: Option<String>,
    },
    /// Says that a task is done
    Done {
        /// The task, such as CT-12
        #[arg(value_name = "ID")]
        id: String,
        /// What came of it
        #[arg(long, value_name = "TEXT")]
        note: Option<String>,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Offers your case to another analyst, who has to accept
    HandOver {
        #[command(flatten)]
        case: CaseId,
        /// The analyst
        #[arg(long, value_name = "NAME")]
        to: String,
        #[command(flatten)]
        why: Why,
    },
    /// Takes over a case that was offered to you
    Accept(OneCase),
    /// Does not take over a case that was offered to you, or takes your offer back
    Decline {
        #[command(flatten)]
        case: CaseId,
        #[command(flatten)]
        why: Why,
    },
    /// Closes your case
    Close {
        #[command(flatten)]
        case: CaseId,
        /// The revision that you looked at: nothing is done if a colleague was faster
        #[arg(long, value_name = "REVISION")]
        seen: Option<i64>,
        #[command(flatten)]
        why: Why,
    },
    /// Opens a closed case again; it is yours then
    Reopen {
        #[command(flatten)]
        case: CaseId,
        #[command(flatten)]
        why: Why,
    },
    /// Attaches a document to a case, sealed
    Attach {
        #[command(flatten)]
        one: OneCase,
        /// The document
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Writes a document of a case into a file, opened
    ExportAttachment(Export),
}

#[derive(Args, Debug)]
pub(crate) struct Open {
    /// What it is about
    #[arg(value_name = "TITLE")]
    pub(crate) title: String,
    /// On what law or order it rests
    #[arg(long, value_name = "TEXT")]
    pub(crate) legal_basis: String,
    /// What for
    #[arg(long, value_name = "TEXT")]
    pub(crate) purpose: String,
    /// An alert that becomes part of it; repeat it for more
    #[arg(long = "alert", value_name = "ID")]
    pub(crate) alerts: Vec<String>,
    /// As JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// A case.
#[derive(Args, Debug)]
pub(crate) struct OneCase {
    /// The case, such as C-12
    #[arg(value_name = "CASE")]
    pub(crate) case: String,
    /// As JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// A case, where whether to answer as JSON is said elsewhere.
#[derive(Args, Debug)]
pub(crate) struct CaseId {
    /// The case, such as C-12
    #[arg(value_name = "CASE")]
    pub(crate) case: String,
}

#[derive(Args, Debug)]
pub(crate) struct Party {
    #[command(flatten)]
    pub(crate) one: OneCase,
    /// What it is called; of an account its number
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
    /// What it is: person, company, account, wallet, vessel, other
    #[arg(long, value_name = "KIND")]
    pub(crate) kind: PartyKind,
    /// What it has to do with the case
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    pub(crate) role: String,
    /// The customer that it is, such as K-3
    #[arg(long, value_name = "ID")]
    pub(crate) customer: Option<String>,
    /// The listed entity that it is
    #[arg(long, value_name = "ID", conflicts_with = "customer")]
    pub(crate) entity: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct Link {
    #[command(flatten)]
    pub(crate) one: OneCase,
    /// One: a party, a customer or a listed entity of the case, such as CP-17
    #[arg(value_name = "FROM")]
    pub(crate) from: String,
    /// The other
    #[arg(value_name = "TO")]
    pub(crate) to: String,
    /// How they are tied, such as "director of"
    #[arg(long, value_name = "TEXT")]
    pub(crate) kind: String,
    /// How it is known
    #[arg(long, value_name = "TEXT")]
    pub(crate) source: String,
}
