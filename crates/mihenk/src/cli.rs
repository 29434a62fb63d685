//! The commands and their options, declared once; `--help` and the book's reference come from here.
//!
//! In come the arguments, out comes a [`Cli`]; values are checked while they are read, so that a wrong one is refused with
//! what would be right. [`Place`] says where lists and model come from. What the commands do is in their own files.

pub(crate) mod alerts;
pub(crate) mod audit;
pub(crate) mod cases;
pub(crate) mod customers;
pub(crate) mod freezes;
pub(crate) mod intake;
pub(crate) mod keys;
pub(crate) mod lists;
pub(crate) mod merge;
pub(crate) mod networks;
pub(crate) mod ownership;
pub(crate) mod people;
pub(crate) mod redress;
pub(crate) mod reports;
pub(crate) mod serve;
pub(crate) mod webhooks;

use std::{net::SocketAddr, path::PathBuf};

use anyhow::{Context, bail};
use clap::{Args, Parser, Subcommand};
use mihenk_node::{BaseRate, Model, Node, Score, Source, model, own, starter, versions};

use crate::say;

/// The options of a file of records.
const FILES: &str = "Files of records";
/// The options of a table.
const TABLES: &str = "Tables whose content does not say it";
/// The options that every command has.
const EVERYWHERE: &str = "Everywhere";

/// Screens names, documents and running text against official lists, with evidence that can be read and checked.
#[derive(Debug, Parser)]
#[command(name = "mihenk", version, propagate_version = true, max_term_width = 100)]
#[command(
    after_help = "Start with:  mihenk demo\nThen:        mihenk lists update NAME…  (or lists add FILE…)  and  mihenk screen \"NAME\""
)]
pub(crate) struct Cli {
    /// Data folder; a list file in its place is loaded for this run only [default: the user's data folder]
    #[arg(long, global = true, env = "MIHENK_DATA", hide_env_values = true, value_name = "DIR", help_heading = EVERYWHERE)]
    pub(crate) data: Option<PathBuf>,
    /// Model file to use in place of the one that comes with the program
    #[arg(long, global = true, env = "MIHENK_MODEL", hide_env_values = true, value_name = "FILE", help_heading = EVERYWHERE)]
    pub(crate) model: Option<PathBuf>,
    /// Threads to work with [default: all processors]
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024), help_heading = EVERYWHERE)]
    pub(crate) threads: Option<u16>,
    /// Store of customers, alerts, cases and freezes: a file, or postgres://USER@HOST/DATABASE [default: store.sqlite in the data folder]
    #[arg(long, global = true, env = "MIHENK_STORE", hide_env_values = true, value_name = "STORE", help_heading = EVERYWHERE)]
    pub(crate) store: Option<String>,
    /// File of settings (TOML); flags and the environment come before it
    #[arg(long, global = true, env = "MIHENK_CONFIG", hide_env_values = true, value_name = "FILE", help_heading = EVERYWHERE)]
    pub(crate) config: Option<PathBuf>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Shows what Mihenk does, on a built-in sample list: nothing else needed
    Demo(Demo),
    /// Loads official lists, keeps them up to date, shows what is loaded and what changed
    #[command(subcommand)]
    Lists(Lists),
    /// Screens a name, or a file of records
    Screen(Box<Screen>),
    /// Finds listed names in documents and running text
    Scan(Scan),
    /// Says how likely two names mean the same, and why
    Compare(Compare),
    /// Shows who owns and controls an entity, and whether that blocks it under OFAC's, the EU's and the UK's tests
    Own(Box<ownership::Own>),
    /// Watches portfolios of customers against the lists
    #[command(subcommand)]
    Customers(customers::Customers),
    /// Signs you in, for everything that is done in somebody's name
    Login(people::Login),
    /// Signs you out
    Logout,
    /// Manages users and their roles: one administrator proposes, another confirms
    #[command(subcommand)]
    User(people::User),
    /// Pauses, holds, freezes and releases assets: one person proposes, another confirms
    #[command(subcommand)]
    Freeze(Box<freezes::Freeze>),
    /// Reports to an authority: drafts, clocks, what was sent and what came back (reporting officers only)
    #[command(subcommand)]
    Report(Box<reports::Report>),
    /// Reports that a financial intelligence unit receives: triage, matches, consents, orders, disclosures (reporting officers only)
    #[command(subcommand)]
    Intake(Box<intake::Intake>),
    /// Proves that nothing was changed, and tells who did what
    #[command(subcommand)]
    Audit(audit::Audit),
    /// Says how long what is kept and for what purpose, and erases what is due
    #[command(subcommand)]
    Retention(audit::Retention),
    /// Copies the store to a file, while it is used
    Backup(audit::Backup),
    /// Puts a backup back
    Restore(audit::Restore),
    /// Shows the key that documents are sealed with, or exchanges it for another
    #[command(subcommand)]
    Key(audit::Key),
    /// Works on alerts: what screening found and a person has to decide
    #[command(subcommand)]
    Alert(Box<alerts::Alert>),
    /// Builds cases: what belongs together, who is in it, what is to be done
    #[command(subcommand)]
    Case(cases::Case),
    /// Finds how people, companies, vessels and accounts are tied
    Network(Box<networks::Network>),
    /// Puts right what was done to somebody who was taken for somebody else: answer, correction, no second time
    #[command(subcommand)]
    Redress(Box<redress::Redress>),
    /// Tells others over HTTP of what happens: webhooks, and what could not be delivered
    #[command(subcommand)]
    Webhook(webhooks::Webhook),
    /// Shows or makes the model that weighs the evidence
    #[command(subcommand)]
    Model(ModelCommand),
    /// Answers over HTTP, as yente does: clients of yente speak to it unchanged
    Serve(serve::Serve),
    /// Shows what is set for 'serve', and where each value comes from: flags, environment, file
    Config(serve::Config),
}

#[derive(Debug, Subcommand)]
pub(crate) enum Lists {
    /// Reads list files and puts them in use: UN XML, OFAC CSV sets, FollowTheMoney JSON lines, your own tables
    Add {
        /// The files; those that belong together (OFAC's sdn, alt, add) in one call
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// Read the file as a table of your own (CSV, XLSX, JSON), by this map of its columns; 'lists map' writes one
        #[arg(long, value_name = "FILE.toml")]
        map: Option<PathBuf>,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Proposes a map for a table of your own: which column holds what, and why, as TOML to check and to keep
    Map {
        /// The table: CSV, XLSX, JSON, packed with gzip or not
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[command(flatten)]
        table: TableArgs,
    },
    /// Shows what is loaded, its date, counts, and what could not be read
    Show {
        /// Also show every finding of low severity
        #[arg(long)]
        all: bool,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Fetches what is new, checks it, and puts it in use
    Update(lists::Update),
    /// Says of each list which version is screened, how old it is, and what waits
    Status(lists::Status),
    /// Decides on removals that wait because a list lost more than a tenth at once
    Accept(lists::Accept),
    /// Shows what changed between two versions of a list, or between two files
    Diff(lists::Diff),
    /// Says who is on several lists, proposes who may be, and takes decisions on them
    Merge(Box<merge::Merge>),
    /// Takes a list out; its versions stay until they are swept
    Remove {
        /// The list
        #[arg(value_name = "NAME")]
        name: String,
    },
    /// Deletes versions that were replaced long ago and that nothing refers to
    Keep(lists::Keep),
    /// Shows the sources that 'lists update' knows by name
    Sources {
        /// As JSON
        #[arg(long)]
        json: bool,
    },
}

/// How a table is to be read, where its content does not say it.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct TableArgs {
    /// Encoding of the text, such as windows-1254 [default: told by the text]
    #[arg(long, value_name = "NAME", value_parser = encoding, help_heading = TABLES)]
    pub(crate) encoding: Option<Encoding>,
    /// What stands between the cells of CSV: a character, or tab [default: told by the first lines]
    #[arg(long, value_name = "CHAR", value_parser = delimiter, help_heading = TABLES)]
    pub(crate) delimiter: Option<u8>,
    /// Sheet of a workbook [default: the first]
    #[arg(long, value_name = "NAME", help_heading = TABLES)]
    pub(crate) sheet: Option<String>,
    /// Line or row with the names of the columns [default: the first that is not blank]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..), help_heading = TABLES)]
    pub(crate) heading_row: Option<u64>,
}

/// How the answers of a batch are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AnswerFormat {
    /// A JSON object on each line
    Json,
    /// A row of CSV for each record
    Csv,
}

/// An encoding, as clap can keep it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Encoding(&'static own::Encoding);

impl TableArgs {
    /// Whether anything is.
    pub(crate) fn is_given(&self) -> bool {
        self.encoding.is_some() || self.delimiter.is_some() || self.sheet.is_some() || self.heading_row.is_some()
    }

    /// What is given here, or else what a map says.
    pub(crate) fn options(&self, map: Option<&own::TableOptions>) -> own::TableOptions {
        let map = map.cloned().unwrap_or_default();
        own::TableOptions {
            encoding: self.encoding.map(|encoding| encoding.0).or(map.encoding),
            delimiter: self.delimiter.or(map.delimiter),
            sheet: self.sheet.clone().or(map.sheet),
            heading: self.heading_row.map_or(map.heading, own::Heading::At),
        }
    }
}

#[derive(Args, Debug)]
pub(crate) struct Screen {
    /// The name to screen
    #[arg(value_name = "NAME")]
    pub(crate) name: Option<String>,
    #[command(flatten)]
    pub(crate) about: About,
    /// Screen every record of a file, or of - for standard input: JSON lines {"id", "schema", "properties"}, or a table (CSV,
    /// XLSX, JSON), packed with gzip or not
    #[arg(long, value_name = "FILE", conflicts_with_all = ["name", "About"], help_heading = FILES)]
    pub(crate) batch: Option<PathBuf>,
    /// Where the answers go, one line for each record; CSV or packed if the name ends so (.csv, .gz), - for standard output
    #[arg(long, value_name = "FILE", requires = "batch", default_value = "-", help_heading = FILES)]
    pub(crate) out: PathBuf,
    /// How answers are written, whatever the name of --out says: json or csv
    #[arg(long, value_name = "FORM", requires = "batch", value_parser = answer_format, help_heading = FILES)]
    pub(crate) format: Option<AnswerFormat>,
    /// What the columns of the table hold; 'lists map' proposes such a file
    #[arg(long, value_name = "FILE.toml", requires = "batch", help_heading = FILES)]
    pub(crate) map: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) table: TableArgs,
    /// Go on with a run that was interrupted: same file, same lists, same options
    #[arg(long, requires = "batch", help_heading = FILES)]
    pub(crate) resume: bool,
    /// Where a summary goes, as JSON: counts, hits by list and by probability, rows that could not be read
    #[arg(long, value_name = "FILE", requires = "batch", help_heading = FILES)]
    pub(crate) summary: Option<PathBuf>,
    /// Hits to return at most, for each record
    #[arg(long, default_value_t = 5, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub(crate) limit: u32,
    /// Hits below this score are not returned
    #[arg(long, default_value = "0.50", value_name = "SCORE", value_parser = score)]
    pub(crate) cutoff: f64,
    /// From this score on a hit is a match
    #[arg(long, default_value = "0.70", value_name = "SCORE", value_parser = score)]
    pub(crate) threshold: f64,
    /// How many of those screened are on a list: one in N
    #[arg(long, default_value_t = BaseRate::SCREENING.one_in, value_name = "N", value_parser = clap::value_parser!(u32).range(2..))]
    pub(crate) base_rate: u32,
    /// Answer with the lists as they stood then: 2026-01-31 (the end of that day, UTC) or 2026-01-31T12:00:00Z
    #[arg(long, value_name = "DATE", value_parser = versions::moment)]
    pub(crate) as_of: Option<String>,
    /// Show the whole waterfall of evidence
    #[arg(long)]
    pub(crate) explain: bool,
    /// As JSON
    #[arg(long)]
    pub(crate) json: bool,
    /// End with exit code 1 when there is a match
    #[arg(long)]
    pub(crate) fail_on_hit: bool,
}

/// What is known besides the name.
#[derive(Args, Debug)]
pub(crate) struct About {
    /// What is asked for: Person, Company, Organization, LegalEntity, Vessel, Airplane, CryptoWallet … [default: any]
    #[arg(long, value_name = "SCHEMA")]
    pub(crate) schema: Option<String>,
    /// Another name of the same
    #[arg(long, value_name = "NAME")]
    pub(crate) alias: Vec<String>,
    /// Birth date: 1955, 1955-09, 1955-09-29, 1955~ (about), 1954/1956 (between)
    #[arg(long, value_name = "DATE")]
    pub(crate) born: Vec<String>,
    /// Country: a code or a name
    #[arg(long, value_name = "COUNTRY")]
    pub(crate) country: Vec<String>,
    /// Gender: female or male
    #[arg(long, value_name = "GENDER")]
    pub(crate) gender: Option<String>,
    /// Place of birth
    #[arg(long, value_name = "PLACE")]
    pub(crate) birth_place: Vec<String>,
    /// Passport number
    #[arg(long, value_name = "NUMBER")]
    pub(crate) passport: Vec<String>,
    /// National identity number
    #[arg(long, value_name = "NUMBER")]
    pub(crate) id_number: Vec<String>,
    /// IMO number of a ship
    #[arg(long, value_name = "NUMBER")]
    pub(crate) imo: Vec<String>,
    /// Any other property of FollowTheMoney, such as leiCode=5299…
    #[arg(long = "with", value_name = "PROPERTY=VALUE", value_parser = property)]
    pub(crate) with: Vec<(String, String)>,
}

#[derive(Args, Debug)]
pub(crate) struct Scan {
    /// Files (text, HTML, PDF, DOCX, e-mail, ZIP), folders of them, or - for standard input
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// From this score on a mention is shown
    #[arg(long, default_value = "0.70", value_name = "SCORE", value_parser = score)]
    pub(crate) threshold: f64,
    /// How many stretches of text name somebody listed: one in N
    #[arg(long, default_value_t = BaseRate::TEXT.one_in, value_name = "N", value_parser = clap::value_parser!(u32).range(2..))]
    pub(crate) base_rate: u32,
    /// Answer with the lists as they stood then: 2026-01-31 (the end of that day, UTC) or 2026-01-31T12:00:00Z
    #[arg(long, value_name = "DATE", value_parser = versions::moment)]
    pub(crate) as_of: Option<String>,
    /// Show the whole waterfall of evidence of each mention
    #[arg(long)]
    pub(crate) explain: bool,
    /// One JSON line for each file
    #[arg(long)]
    pub(crate) json: bool,
    /// End with exit code 1 when something was found
    #[arg(long)]
    pub(crate) fail_on_hit: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Compare {
    /// The two names
    #[arg(num_args = 2, value_names = ["NAME", "NAME"], required_unless_present = "batch")]
    pub(crate) names: Vec<String>,
    /// What they name
    #[arg(long, default_value = "LegalEntity", value_name = "SCHEMA")]
    pub(crate) schema: String,
    /// Compare every row of a CSV file with the columns schema, name1, name2
    #[arg(long, value_name = "FILE", conflicts_with = "names")]
    pub(crate) batch: Option<PathBuf>,
    /// Where the rows go, with score, probability, bits and error appended; - for standard output
    #[arg(long, value_name = "FILE", requires = "batch", default_value = "-")]
    pub(crate) out: PathBuf,
    /// From this score on it is a match
    #[arg(long, default_value = "0.70", value_name = "SCORE", value_parser = score)]
    pub(crate) threshold: f64,
    /// How many pairs are expected to be the same: one in N
    #[arg(long, default_value_t = BaseRate::EVEN.one_in, value_name = "N", value_parser = clap::value_parser!(u32).range(2..))]
    pub(crate) base_rate: u32,
    /// As JSON
    #[arg(long)]
    pub(crate) json: bool,
    /// End with exit code 1 when there is a match
    #[arg(long)]
    pub(crate) fail_on_hit: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ModelCommand {
    /// Shows what the model was made from and how it was measured
    Show {
        /// Also show every weight and cost
        #[arg(long)]
        all: bool,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Makes a model: frequencies, weights and calibration, from lists, name counts and judged queries
    Build(ModelBuild),
}

#[derive(Args, Debug)]
pub(crate) struct ModelBuild {
    /// List files: half of the names counted, and what the judged queries are screened against
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    pub(crate) lists: Vec<PathBuf>,
    /// Background counts: a word and a share of people on each line
    #[arg(long, num_args = 1.., value_name = "FILE")]
    pub(crate) background: Vec<PathBuf>,
    /// Judged queries: JSON lines in yente's form with expected, category, soft
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    pub(crate) judged: Vec<PathBuf>,
    /// One line that says what it is
    #[arg(long, default_value = "Mihenk model", value_name = "TEXT")]
    pub(crate) title: String,
    /// Where the model goes
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
}

#[derive(Args, Debug)]
pub(crate) struct Demo {
    /// Answer over HTTP with the sample list, as 'serve' does with yours
    #[arg(long)]
    pub(crate) serve: bool,
    /// Where to listen [default: 127.0.0.1:8000]
    #[arg(long, value_name = "ADDRESS:PORT", requires = "serve")]
    pub(crate) listen: Option<SocketAddr>,
}

impl Command {
    /// Whether hits, or lists that are old, end the program with exit code 1.
    pub(crate) fn fail_on_hit(&self) -> bool {
        match self {
            Command::Screen(screen) => screen.fail_on_hit,
            Command::Scan(scan) => scan.fail_on_hit,
            Command::Compare(compare) => compare.fail_on_hit,
            Command::Lists(Lists::Status(status)) => status.fail_on_stale,
            _ => false,
        }
    }
}

impl Command {
    /// The time whose lists are asked.
    pub(crate) fn as_of(&self) -> Option<String> {
        match self {
            Command::Screen(screen) => screen.as_of.clone(),
            Command::Scan(scan) => scan.as_of.clone(),
            _ => None,
        }
    }
}

/// Where lists and model come from.
#[derive(Debug)]
pub(crate) struct Place {
    pub(crate) data: Option<PathBuf>,
    pub(crate) model: Option<PathBuf>,
    pub(crate) store: Option<String>,
    /// The time whose lists are asked; now if none.
    pub(crate) as_of: Option<String>,
}

impl Place {
    /// The data folder, the given one or the user's.
    pub(crate) fn folder(&self) -> anyhow::Result<PathBuf> {
        match &self.data {
            // An empty variable is one that was not set.
            Some(path) if !path.as_os_str().is_empty() => Ok(path.clone()),
            _ => user_data_folder().context("no home folder is known; say where with --data DIR or MIHENK_DATA"),
        }
    }

    /// The model, the given one or the built-in one.
    pub(crate) fn model(&self) -> anyhow::Result<Model> {
        Ok(model::open(self.model.as_deref().filter(|path| !path.as_os_str().is_empty()))?)
    }

    /// The node to ask; a note on standard error if its index had to be built anew or a list may be incomplete.
    pub(crate) fn node(&self) -> anyhow::Result<Node> {
        let as_of = self.as_of.as_deref();
        let source = Source::of(self.folder()?);
        let node = match (&source, as_of) {
            (Source::Folder(folder), Some(at)) => Node::open_as_of(folder, self.model()?, at)?,
            (Source::Files(_), Some(_)) => bail!("--as-of needs a data folder; a file has no earlier versions"),
            (_, None) => Node::open(&source, self.model()?)?,
        };
        if let Some(at) = as_of {
            say::note(&format!("note: answered with the lists as they stood at {at}"));
        }
        if let Some(reason) = node.rebuilt() {
            say::note(&format!("note: the index was built anew: {reason}"));
        }
        if node.lists().iter().any(|l| l.dataset == starter::DATASET) {
            say::note(&format!("note: {}", starter::NOTICE));
        }
        for list in node.lists().iter().filter(|l| as_of.is_none() && !l.waiting().is_empty()) {
            let (name, waiting) = (&list.dataset, list.waiting().len());
            say::note(&format!(
                "warning: {waiting} removals from {name} wait for a person: mihenk lists diff {name} {name}@waiting, then \
                 mihenk lists accept {name}"
            ));
        }
        for list in node.lists().iter().filter(|l| l.count("high") > 0) {
            let first = list.findings.iter().find(|f| f.severity == "high").map_or("", |f| f.text.as_str());
            let more = match source {
                Source::Folder(_) => "see 'mihenk lists show'".to_owned(),
                Source::Files(_) => first.to_owned(),
            };
            say::note(&format!(
                "warning: {} may be incomplete ({} findings): {more}",
                list.dataset,
                list.count("high")
            ));
        }
        Ok(node)
    }
}

/// The folder for a user's data: XDG on Unix, Library on macOS, AppData on Windows.
fn user_data_folder() -> Option<PathBuf> {
    let variable = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    if cfg!(windows) {
        return variable("APPDATA").map(|p| p.join("mihenk"));
    }
    if cfg!(target_os = "macos") {
        return variable("HOME").map(|p| p.join("Library/Application Support/mihenk"));
    }
    variable("XDG_DATA_HOME").or_else(|| variable("HOME").map(|p| p.join(".local/share"))).map(|p| p.join("mihenk"))
}

/// A score from 0 to 1.
fn score(text: &str) -> Result<f64, String> {
    let value: f64 = text.parse().map_err(|_| "expected a number from 0 to 1, such as 0.70".to_owned())?;
    if (0.0..=1.0).contains(&value) { Ok(value) } else { Err("expected a number from 0 to 1, such as 0.70".to_owned()) }
}

/// How answers are written.
fn answer_format(text: &str) -> Result<AnswerFormat, String> {
    match text.to_lowercase().as_str() {
        "json" | "jsonl" => Ok(AnswerFormat::Json),
        "csv" => Ok(AnswerFormat::Csv),
        _ => Err("expected json or csv".to_owned()),
    }
}

/// The name of an encoding.
fn encoding(text: &str) -> Result<Encoding, String> {
    own::encoding::named(text).map(Encoding).map_err(String::from)
}

/// What stands between cells.
fn delimiter(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        _ if text == "tab" || text == "\\t" => Ok(b'\t'),
        [byte] if byte.is_ascii() => Ok(*byte),
        _ => Err("expected one character such as ; or the word tab".to_owned()),
    }
}

/// `property=value`.
fn property(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("expected PROPERTY=VALUE, such as leiCode=5299…")?;
    Ok((name.to_owned(), value.to_owned()))
}

/// A score of the command line as the screener takes it.
pub(crate) fn score_of(value: f64) -> Score {
    Score::of(value)
}
