//! The commands of redress: people who were taken for somebody else.
//!
//! Declared here, done in `../redress.rs`; the book's reference is made from these words.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use mihenk_node::ledger::{
    alerts::AlertId,
    customers::CustomerId,
    day::Day,
    freezes::FreezeId,
    language::Language,
    redress::{Compared, Found, RedressId},
};

use super::{
    alerts::Export,
    freezes::{Json, Seen},
    people::Why,
};

#[derive(Debug, Subcommand)]
pub(crate) enum Redress {
    /// Shows what is to be done, first what is over: decide, confirm, answer, tell recipients, release
    Due(Json),
    /// Takes a complaint of somebody who was taken for somebody else
    Open(Open),
    /// Lists complaints of which something is left to do
    List {
        /// Also those of which nothing is
        #[arg(long)]
        all: bool,
        #[command(flatten)]
        json: Json,
    },
    /// Shows a complaint: what it is about, what was decided, who was told
    Show {
        #[command(flatten)]
        one: One,
        #[command(flatten)]
        json: Json,
    },
    /// Gives it to another analyst
    Assign {
        #[command(flatten)]
        one: One,
        /// To whom
        #[arg(long, value_name = "NAME")]
        to: String,
        #[command(flatten)]
        why: Why,
    },
    /// Notes something
    Note {
        #[command(flatten)]
        one: One,
        /// What you note
        #[arg(value_name = "TEXT")]
        text: String,
        #[command(flatten)]
        json: Json,
    },
    /// Attaches a document, sealed: what the person sent
    Attach {
        #[command(flatten)]
        one: One,
        /// The document
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[command(flatten)]
        json: Json,
    },
    /// Writes a document, or a letter as it was given, into a file
    ExportAttachment(Export),
    /// Proposes what was found; another person confirms it
    Decide {
        #[command(flatten)]
        one: One,
        /// wrongly-matched, rightly-matched or cannot-be-told
        #[arg(value_name = "FOUND")]
        found: Found,
        /// With which reason its alerts are cleared, for wrongly-matched; 'alert reasons' lists them
        #[arg(long, value_name = "CODE")]
        because: Option<String>,
        #[command(flatten)]
        seen: Seen,
        #[command(flatten)]
        why: Why,
    },
    /// Confirms what another person proposed; what is frozen stays so until two people release it
    Confirm {
        #[command(flatten)]
        one: One,
        #[command(flatten)]
        seen: Seen,
        #[command(flatten)]
        json: Json,
    },
    /// Declines what another person proposed, or takes your own back
    Decline {
        #[command(flatten)]
        one: One,
        #[command(flatten)]
        seen: Seen,
        #[command(flatten)]
        why: Why,
    },
    /// Writes the letter to the person, or with --to the correction to somebody who received the wrong record
    Letter {
        #[command(flatten)]
        one: One,
        /// The correction to this recipient
        #[arg(long, value_name = "NAME")]
        to: Option<String>,
        /// In this language: en, tr or fa
        #[arg(long, value_name = "LANGUAGE", default_value_t)]
        language: Language,
        /// As a page of HTML into a file; a file that is there is not replaced [default: as text on the terminal]
        #[arg(long, value_name = "FILE.html", conflicts_with = "json")]
        out: Option<PathBuf>,
        #[command(flatten)]
        json: Json,
    },
    /// Writes down that the person has the letter, and keeps it
    Answered {
        #[command(flatten)]
        one: One,
        #[command(flatten)]
        told: Told,
    },
    /// Writes down somebody who received the wrong record
    Recipient {
        #[command(flatten)]
        one: One,
        /// Who
        #[arg(value_name = "NAME")]
        name: String,
        /// What they received, in words that stand in the letter to them
        #[arg(long, value_name = "TEXT")]
        received: String,
        #[command(flatten)]
        why: Why,
    },
    /// Writes down that a recipient was told that it was wrong, and keeps the letter
    Corrected {
        #[command(flatten)]
        one: One,
        /// Who, as 'show' names them
        #[arg(long, value_name = "NAME")]
        to: String,
        #[command(flatten)]
        told: Told,
    },
}

#[derive(Args, Debug)]
pub(crate) struct Open {
    /// The customer that was matched, such as K-7
    #[arg(value_name = "CUSTOMER")]
    pub(crate) customer: CustomerId,
    /// What they complain of, in their words
    #[arg(long, value_name = "TEXT")]
    pub(crate) complaint: String,
    /// An alert that it is about, such as A-12; several times for several
    #[arg(long = "alert", value_name = "ID")]
    pub(crate) alerts: Vec<AlertId>,
    /// A freeze that it is about, such as F-17; several times for several
    #[arg(long = "freeze", value_name = "ID")]
    pub(crate) freezes: Vec<FreezeId>,
    /// On what they were matched: name, birth-date, birth-place, nationality, gender, document, address, other [default: what both sides
    /// of the alerts know]
    #[arg(long = "matched-on", value_name = "WHAT")]
    pub(crate) matched_on: Vec<Compared>,
    /// Who complains, as the letter is to call them [default: the customer's name]
    #[arg(long, value_name = "NAME")]
    pub(crate) person: Option<String>,
    /// When it was received [default: today]
    #[arg(long, value_name = "DAY")]
    pub(crate) received: Option<Day>,
    /// By when it is decided [default: decide_days of redress.toml after it was received]
    #[arg(long, value_name = "DAY")]
    pub(crate) due: Option<Day>,
    /// Who works on it [default: you]
    #[arg(long, value_name = "NAME")]
    pub(crate) owner: Option<String>,
    #[command(flatten)]
    pub(crate) json: Json,
}

/// A complaint.
#[derive(Args, Debug)]
pub(crate) struct One {
    /// The redress, such as RD-17
    #[arg(value_name = "REDRESS")]
    pub(crate) id: RedressId,
}

/// How and when somebody was told.
#[derive(Args, Debug)]
pub(crate) struct Told {
    /// How: letter, e-mail, in person
    #[arg(long, value_name = "TEXT")]
    pub(crate) how: String,
    /// On which day [default: today]
    #[arg(long, value_name = "DAY")]
    pub(crate) on: Option<Day>,
    /// The language of the letter: en, tr or fa
    #[arg(long, value_name = "LANGUAGE", default_value_t)]
    pub(crate) language: Language,
    #[command(flatten)]
    pub(crate) json: Json,
}
