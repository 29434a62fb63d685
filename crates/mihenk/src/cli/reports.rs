//! The commands of reports to an authority.
//!
//! Declared here, done in `../reports.rs`; the book's reference is made from these words.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use mihenk_node::ledger::{
    attachments::AttachmentId,
    cases::CaseId,
    day::Day,
    freezes::FreezeId,
    reports::{ReportId, RequestId, goaml::Version},
};

use super::{freezes::Json, people::Why};

#[derive(Debug, Subcommand)]
pub(crate) enum Report {
    /// What is due to authorities: drafts, requests, reports that a freeze owes
    Due(Json),
    /// The kinds of reports, by when each is due, and on what law
    Kinds {
        /// One of them, with its fields
        #[arg(value_name = "KIND")]
        id: Option<String>,
        #[command(flatten)]
        json: Json,
    },
    /// Drafts a report from a case, a freeze or the register
    Draft(Draft),
    /// Lists reports
    List(Json),
    /// Shows a report: what it says, what is missing, what came back
    Show {
        #[command(flatten)]
        one: One,
        #[command(flatten)]
        form: Form,
        #[command(flatten)]
        json: Json,
    },
    /// Puts values into fields of a draft
    Set {
        #[command(flatten)]
        one: One,
        /// A field and its value; an empty value takes the field's out
        #[arg(value_name = "FIELD=VALUE", required = true)]
        values: Vec<String>,
        #[command(flatten)]
        seen: Seen,
        #[command(flatten)]
        why: Why,
    },
    /// Writes a report's content as JSON, to be changed and given back with 'correct'
    Content {
        #[command(flatten)]
        one: One,
        /// Where to write it [default: standard output]
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Puts other content into a draft
    Correct {
        #[command(flatten)]
        one: One,
        /// The content, as 'content' wrote it
        #[arg(long, value_name = "FILE")]
        file: PathBuf,
        #[command(flatten)]
        seen: Seen,
        #[command(flatten)]
        why: Why,
    },
    /// Writes a report as it would be sent: XML of goAML, or a page that prints
    Write {
        #[command(flatten)]
        one: One,
        /// Where to write it; a file that is there is not replaced
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        #[command(flatten)]
        form: Form,
        /// Check it with this schema too (XSD), by xmllint
        #[arg(long, value_name = "FILE")]
        schema: Option<PathBuf>,
    },
    /// Writes down that a report was sent, and keeps what was sent, sealed
    Sent {
        #[command(flatten)]
        one: One,
        /// How: a portal, a courier
        #[arg(long, value_name = "TEXT")]
        how: String,
        /// When [default: today]
        #[arg(long, value_name = "DATE")]
        on: Option<Day>,
        #[command(flatten)]
        form: Form,
        #[command(flatten)]
        json: Json,
    },
    /// Writes down that the authority acknowledged a report
    Acknowledged(Answer),
    /// Writes down that the authority did not take a report
    Refused(Answer),
    /// Writes down that the authority asks for more
    Asked {
        #[command(flatten)]
        one: One,
        /// The authority's reference
        #[arg(long, value_name = "TEXT")]
        reference: String,
        /// What is asked
        #[arg(long, value_name = "TEXT")]
        what: String,
        /// When it was asked [default: today]
        #[arg(long, value_name = "DATE")]
        on: Option<Day>,
        /// By when it is due
        #[arg(long, value_name = "DATE")]
        due: Option<Day>,
        #[command(flatten)]
        json: Json,
    },
    /// Writes down that a request was answered
    Replied {
        /// The request, such as RQ-17
        #[arg(value_name = "ID")]
        id: RequestId,
        /// By which report, such as RP-18, or by what else
        #[arg(long, value_name = "TEXT")]
        by: String,
        /// When [default: today]
        #[arg(long, value_name = "DATE")]
        on: Option<Day>,
        #[command(flatten)]
        json: Json,
    },
    /// Notes something about a report
    Note {
        #[command(flatten)]
        one: One,
        /// What you note
        #[arg(value_name = "TEXT")]
        text: String,
        #[command(flatten)]
        json: Json,
    },
    /// Attaches a document that a report rests on, sealed
    Attach {
        #[command(flatten)]
        one: One,
        /// The document
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[command(flatten)]
        json: Json,
    },
    /// Writes a document of a report, or the report as it was sent, into a file
    ExportAttachment {
        /// The document, such as D-12
        #[arg(value_name = "ID")]
        id: AttachmentId,
        /// Where to write it; a file that is there is not replaced
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Gives up a draft
    Withdraw {
        #[command(flatten)]
        one: One,
        #[command(flatten)]
        why: Why,
    },
}

#[derive(Args, Debug)]
pub(crate) struct Draft {
    /// The kind; 'report kinds' lists them
    #[arg(value_name = "KIND")]
    pub(crate) kind: String,
    /// The case that it is about
    #[arg(long, value_name = "ID", conflicts_with = "freeze")]
    pub(crate) case: Option<CaseId>,
    /// The freeze that it is about
    #[arg(long, value_name = "ID")]
    pub(crate) freeze: Option<FreezeId>,
    /// What it is about, in a line [default: made from the case or freeze]
    #[arg(long, value_name = "TEXT")]
    pub(crate) title: Option<String>,
    /// The day on which it happened [default: known for a freeze and a yearly report]
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<Day>,
    /// The report that it corrects or answers for
    #[arg(long, value_name = "ID")]
    pub(crate) follows: Option<ReportId>,
    #[command(flatten)]
    pub(crate) json: Json,
}

#[derive(Args, Debug)]
pub(crate) struct Answer {
    #[command(flatten)]
    pub(crate) one: One,
    /// The authority's reference
    #[arg(long, value_name = "TEXT")]
    pub(crate) reference: String,
    /// When it answered [default: today]
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<Day>,
    /// What it said
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(crate) note: String,
    #[command(flatten)]
    pub(crate) json: Json,
}

/// A report.
#[derive(Args, Debug)]
pub(crate) struct One {
    /// The report, such as RP-17
    #[arg(value_name = "REPORT")]
    pub(crate) id: ReportId,
}

/// The version of goAML.
#[derive(Args, Debug)]
pub(crate) struct Form {
    /// The version of goAML's schema, for reports in that form: 4.0 or 5.0.2
    #[arg(long, value_name = "VERSION", default_value = "5.0.2")]
    pub(crate) goaml: Version,
}

#[derive(Args, Debug)]
pub(crate) struct Seen {
    /// The revision that you looked at: nothing is done if a colleague was faster
    #[arg(long, value_name = "REVISION")]
    pub(crate) seen: Option<i64>,
}
