//! The commands of a financial intelligence unit: reports that it receives.
//!
//! Declared here, done in `../intake.rs`; the book's reference is made from these words.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use mihenk_node::ledger::{
    cases::CaseId,
    intake::{ClockId, Priority, ReceivedId},
};

use super::{freezes::Json, people::Why};

#[derive(Debug, Subcommand)]
pub(crate) enum Intake {
    /// Takes reports in: files of goAML, held against the lists and what is held
    Receive {
        /// The files
        #[arg(value_name = "FILE", required = true)]
        files: Vec<PathBuf>,
        #[command(flatten)]
        json: Json,
    },
    /// Lists received reports, what wants attention first
    List {
        /// Also those that are closed or went back
        #[arg(long)]
        all: bool,
        #[command(flatten)]
        json: Json,
    },
    /// Shows a received report: what it says, what is wrong with it, whom it matches
    Show {
        #[command(flatten)]
        one: OneReceived,
        #[command(flatten)]
        json: Json,
    },
    /// Consents and orders that run, what ran out first
    Due(Json),
    /// Holds the subjects of a report against the lists and what is held now
    Match {
        #[command(flatten)]
        one: OneReceived,
        #[command(flatten)]
        json: Json,
    },
    /// Says how soon a report wants attention
    Triage {
        #[command(flatten)]
        one: OneReceived,
        /// high, normal or low
        #[arg(long, value_name = "PRIORITY")]
        priority: Priority,
        #[command(flatten)]
        why: Why,
    },
    /// Joins a report to a case; the case does not say so
    Join {
        #[command(flatten)]
        one: OneReceived,
        /// The case
        #[arg(long, value_name = "ID")]
        case: CaseId,
        #[command(flatten)]
        why: Why,
    },
    /// Returns a report to whoever sent it, with what is wrong
    Return {
        #[command(flatten)]
        one: OneReceived,
        #[command(flatten)]
        why: Why,
    },
    /// Asks somebody for consent to disclose, or to go on with a transaction
    Ask(Begin),
    /// Writes down that a consent was given
    Given(OneClock),
    /// Writes down that a consent was refused
    Refused(OneClock),
    /// Orders a transaction to wait
    Postpone(Begin),
    /// Lets a consent's or an order's clock run longer
    Extend {
        #[command(flatten)]
        clock: OneClock,
        /// Until when, such as 2026-12-01 or 2026-12-01T12:00
        #[arg(long, value_name = "TIME")]
        until: String,
    },
    /// Ends an order before it runs out, or takes back a consent that was asked
    End(OneClock),
    /// Writes down what was disclosed to somebody
    Disclose {
        #[command(flatten)]
        one: OneReceived,
        /// To whom
        #[arg(long, value_name = "TEXT")]
        to: String,
        /// What
        #[arg(long, value_name = "TEXT")]
        what: String,
        /// What the receiver may do with it
        #[arg(long, value_name = "TEXT")]
        caveats: String,
        /// Nobody had asked for it
        #[arg(long)]
        spontaneous: bool,
        /// The consent that it rests on, such as CK-17
        #[arg(long, value_name = "ID")]
        consent: Option<ClockId>,
        #[command(flatten)]
        json: Json,
    },
    /// Notes something about a received report
    Note {
        #[command(flatten)]
        one: OneReceived,
        /// What you note
        #[arg(value_name = "TEXT")]
        text: String,
        #[command(flatten)]
        json: Json,
    },
    /// Closes a received report
    Close {
        #[command(flatten)]
        one: OneReceived,
        #[command(flatten)]
        why: Why,
    },
}

/// A received report.
#[derive(Args, Debug)]
pub(crate) struct OneReceived {
    /// The received report, such as IN-17
    #[arg(value_name = "REPORT")]
    pub(crate) id: ReceivedId,
}

#[derive(Args, Debug)]
pub(crate) struct OneClock {
    /// The consent or order, such as CK-17
    #[arg(value_name = "ID")]
    pub(crate) id: ClockId,
    #[command(flatten)]
    pub(crate) why: Why,
}

#[derive(Args, Debug)]
pub(crate) struct Begin {
    #[command(flatten)]
    pub(crate) one: OneReceived,
    /// Who is asked, or who has to hold the transaction
    #[arg(long, value_name = "TEXT")]
    pub(crate) of: String,
    /// To what, or which transaction
    #[arg(long, value_name = "TEXT")]
    pub(crate) what: String,
    /// The law or agreement that it rests on
    #[arg(long, value_name = "TEXT")]
    pub(crate) basis: String,
    /// When it runs out, such as 2026-12-01 or 2026-12-01T12:00; an order always does
    #[arg(long, value_name = "TIME")]
    pub(crate) until: Option<String>,
    #[command(flatten)]
    pub(crate) json: Json,
}
