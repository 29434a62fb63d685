//! The commands of what is restrained: `mihenk freeze …`.
//!
//! In come the arguments, out come values that were checked while they were read: ids, days, amounts, assets.

use std::path::PathBuf;

use clap::{ArgGroup, Args, Subcommand};
use mihenk_node::{
    Span,
    freezes::Proposal,
    ledger::{
        day::Day,
        freezes::{Asset, ExemptionId, FreezeId, PauseId},
        money::Amount,
    },
};

use super::people::Why;

#[derive(Debug, Subcommand)]
pub(crate) enum Freeze {
    /// Shows what waits and what runs out: first what ran out
    Due(Json),
    /// Shows what is frozen, held, proposed and paused
    List {
        /// Also what was released, declined or let go on
        #[arg(long)]
        all: bool,
        #[command(flatten)]
        json: Json,
    },
    /// Shows a freeze: assets, law, who proposed and confirmed, exemptions and what was paid
    Show {
        /// The freeze, such as F-17
        #[arg(value_name = "ID")]
        id: FreezeId,
        #[command(flatten)]
        json: Json,
    },
    /// Pauses something for hours: no decision, and it ends by one only
    Pause(Pause),
    /// Lets go on what was paused
    Resume {
        /// The pause, such as P-9
        #[arg(value_name = "ID")]
        id: PauseId,
        #[command(flatten)]
        seen: Seen,
        #[command(flatten)]
        why: Why,
    },
    /// Proposes a freeze; another person confirms it
    Propose(Terms),
    /// Holds at once on a UN listing; another person confirms within 24 hours
    Hold(Terms),
    /// Confirms what another person proposed: a freeze, a hold, a change, an exemption
    Confirm {
        /// The freeze or exemption, such as F-17 or L-20
        #[arg(value_name = "ID")]
        id: Proposal,
        #[command(flatten)]
        seen: Seen,
        #[command(flatten)]
        json: Json,
    },
    /// Declines what another person proposed, or takes your own back
    Decline {
        /// The freeze or exemption, such as F-17 or L-20
        #[arg(value_name = "ID")]
        id: Proposal,
        #[command(flatten)]
        seen: Seen,
        #[command(flatten)]
        why: Why,
    },
    /// Says that a freeze was looked at again and stays
    Review {
        /// The freeze
        #[arg(value_name = "ID")]
        id: FreezeId,
        /// When it is looked at next
        #[arg(long, value_name = "DAY")]
        next: Day,
        #[command(flatten)]
        seen: Seen,
        #[command(flatten)]
        why: Why,
    },
    /// Proposes other terms for a freeze: assets, values, scope, review
    Vary(Vary),
    /// Proposes to let assets go, all or some; another person confirms it
    Release {
        /// The freeze
        #[arg(value_name = "ID")]
        id: FreezeId,
        /// Number of an asset, several times for several [default: all]
        #[arg(long = "asset", value_name = "N")]
        assets: Vec<u32>,
        #[command(flatten)]
        seen: Seen,
        #[command(flatten)]
        why: Why,
    },
    /// Prints the letter to whoever holds the assets, or writes down that it was given
    Notice(Notice),
    /// Proposes that something may be paid all the same; another person confirms it
    Exempt(Exempt),
    /// Writes down what the committee was told or said about an exemption
    Committee(Committee),
    /// Counts a payment under an exemption, and says what is left
    Use {
        /// The exemption, such as L-20
        #[arg(value_name = "ID")]
        id: ExemptionId,
        /// How much, such as "120.00 EUR"
        #[arg(value_name = "AMOUNT")]
        amount: Amount,
        /// On which day [default: today]
        #[arg(long, value_name = "DAY")]
        on: Option<Day>,
        #[command(flatten)]
        why: Why,
    },
    /// Shows all that is restrained with its totals, now or at any moment that was
    Register(Register),
    /// Looks whether what freezes rest on is still listed; opens tasks to release, and releases nothing
    CheckListings(Json),
    /// Shows on what law a freeze can rest, with its sources and whether each was verified
    Regimes {
        /// Only this one
        #[arg(value_name = "ID")]
        id: Option<String>,
        #[command(flatten)]
        json: Json,
    },
}

#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct Json {
    /// As JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct Seen {
    /// The revision that you looked at, as 'show --json' has it: refused if somebody did something since
    #[arg(long, value_name = "N")]
    pub(crate) seen: Option<i64>,
}

#[derive(Args, Debug)]
pub(crate) struct Pause {
    /// What is paused, such as "payment 2026-4711"
    #[arg(value_name = "WHAT")]
    pub(crate) what: String,
    /// For how long, at most 72h
    #[arg(long = "for", value_name = "SPAN")]
    pub(crate) span: Span,
    /// The customer, such as K-7
    #[arg(long, value_name = "ID")]
    pub(crate) customer: Option<String>,
    /// The listed entity
    #[arg(long, value_name = "ID")]
    pub(crate) entity: Option<String>,
    #[command(flatten)]
    pub(crate) why: Why,
}

#[derive(Args, Debug)]
pub(crate) struct Terms {
    /// The regime that it rests on, such as un-1267; 'freeze regimes' shows them
    #[arg(long, value_name = "ID")]
    pub(crate) programme: String,
    /// The listed entity
    #[arg(long, value_name = "ID")]
    pub(crate) entity: Option<String>,
    /// A list that it is on, where that list is not loaded here
    #[arg(long = "on-list", value_name = "NAME")]
    pub(crate) lists: Vec<String>,
    /// The customer, such as K-7
    #[arg(long, value_name = "ID")]
    pub(crate) customer: Option<String>,
    /// Who listed or ordered [default: as the regime says]
    #[arg(long, value_name = "TEXT")]
    pub(crate) authority: Option<String>,
    /// Number of the listing or order, such as QDi.901
    #[arg(long, value_name = "TEXT")]
    pub(crate) reference: String,
    /// What may not be done
    #[arg(long, value_name = "TEXT", default_value = "no payment, transfer, sale or other disposal")]
    pub(crate) scope: String,
    /// An asset: account, deposit, wallet, vessel, real-property or shares; several times for several
    #[arg(long = "asset", value_name = "KIND;IDENTIFIER;HOLDER;VALUE")]
    pub(crate) assets: Vec<Asset>,
    /// Since when [default: today]
    #[arg(long, value_name = "DAY")]
    pub(crate) start: Option<Day>,
    /// When it is looked at again
    #[arg(long, value_name = "DAY")]
    pub(crate) review: Day,
    /// An alert that led here, such as A-12; several times for several
    #[arg(long = "alert", value_name = "ID")]
    pub(crate) alerts: Vec<String>,
    /// The case, such as C-3
    #[arg(long, value_name = "ID")]
    pub(crate) case: Option<String>,
    /// The pause that it decides, such as P-9
    #[arg(long, value_name = "ID")]
    pub(crate) pause: Option<PauseId>,
    #[command(flatten)]
    pub(crate) why: Why,
}

#[derive(Args, Debug)]
pub(crate) struct Vary {
    /// The freeze
    #[arg(value_name = "ID")]
    pub(crate) id: FreezeId,
    /// One more asset
    #[arg(long = "asset", value_name = "KIND;IDENTIFIER;HOLDER;VALUE")]
    pub(crate) assets: Vec<Asset>,
    /// Another value of an asset, such as "1=900.00 EUR", or "1=" when it is not known
    #[arg(long = "value", value_name = "N=VALUE", value_parser = value)]
    pub(crate) values: Vec<(u32, Option<Amount>)>,
    /// Another scope
    #[arg(long, value_name = "TEXT")]
    pub(crate) scope: Option<String>,
    /// Another authority
    #[arg(long, value_name = "TEXT")]
    pub(crate) authority: Option<String>,
    /// Another reference
    #[arg(long, value_name = "TEXT")]
    pub(crate) reference: Option<String>,
    /// Another review date
    #[arg(long, value_name = "DAY")]
    pub(crate) review: Option<Day>,
    #[command(flatten)]
    pub(crate) seen: Seen,
    #[command(flatten)]
    pub(crate) why: Why,
}

/// `N=VALUE`.
fn value(text: &str) -> Result<(u32, Option<Amount>), String> {
    let wrong = || format!("{text:?} is no value of an asset; right would be 1=900.00 EUR");
    let (number, value) = text.split_once('=').ok_or_else(wrong)?;
    let number = number.trim().parse().map_err(|_| wrong())?;
    let value = value.trim();
    let value = (!value.is_empty()).then(|| value.parse::<Amount>().map_err(|error| error.to_string()));
    Ok((number, value.transpose()?))
}

#[derive(Args, Debug)]
pub(crate) struct Notice {
    /// The freeze
    #[arg(value_name = "ID")]
    pub(crate) id: FreezeId,
    /// Only to this holder [default: to each]
    #[arg(long, value_name = "NAME")]
    pub(crate) holder: Option<String>,
    /// As a page of HTML
    #[arg(long, conflicts_with_all = ["json", "given_to"])]
    pub(crate) html: bool,
    /// Write down that it was given, to this person or office of the holder
    #[arg(long, value_name = "TEXT", requires_all = ["holder", "how"])]
    pub(crate) given_to: Option<String>,
    /// How it was given: letter, e-mail, messenger
    #[arg(long, value_name = "TEXT", requires = "given_to")]
    pub(crate) how: Option<String>,
    /// On which day it was given [default: today]
    #[arg(long, value_name = "DAY", requires = "given_to")]
    pub(crate) on: Option<Day>,
    #[command(flatten)]
    pub(crate) json: Json,
}

#[derive(Args, Debug)]
pub(crate) struct Exempt {
    /// The freeze
    #[arg(value_name = "ID")]
    pub(crate) id: FreezeId,
    /// The kind, such as basic-expenses; 'freeze regimes' shows what the regime knows
    #[arg(long, value_name = "KIND")]
    pub(crate) kind: String,
    /// What all uses together must not exceed, such as "500.00 EUR"
    #[arg(long, value_name = "AMOUNT")]
    pub(crate) limit: Option<Amount>,
    /// The first day on which it may be used [default: today]
    #[arg(long, value_name = "DAY")]
    pub(crate) from: Option<Day>,
    /// The last
    #[arg(long, value_name = "DAY")]
    pub(crate) until: Day,
    /// Who is paid
    #[arg(long, value_name = "TEXT")]
    pub(crate) recipient: String,
    /// Number of a licence
    #[arg(long, value_name = "TEXT")]
    pub(crate) reference: Option<String>,
    #[command(flatten)]
    pub(crate) seen: Seen,
    #[command(flatten)]
    pub(crate) why: Why,
}

#[derive(Args, Debug)]
#[command(group = ArgGroup::new("said").required(true).args(["notified", "approved", "objected"]))]
pub(crate) struct Committee {
    /// The exemption, such as L-20
    #[arg(value_name = "ID")]
    pub(crate) id: ExemptionId,
    /// It was notified, by a letter with this number
    #[arg(long, value_name = "REFERENCE")]
    pub(crate) notified: Option<String>,
    /// It approved, by a letter with this number
    #[arg(long, value_name = "REFERENCE")]
    pub(crate) approved: Option<String>,
    /// It objected or refused, with these words
    #[arg(long, value_name = "TEXT")]
    pub(crate) objected: Option<String>,
    /// On which day [default: today]
    #[arg(long, value_name = "DAY")]
    pub(crate) on: Option<Day>,
    /// Working days: which days of the week are free, and holidays [default: calendar.toml in the data folder]
    #[arg(long, value_name = "FILE.toml")]
    pub(crate) calendar: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) json: Json,
}

#[derive(Args, Debug)]
pub(crate) struct Register {
    /// As it was then, in UTC: 2026-11-26 (the end of that day) or 2026-11-26T09:30
    #[arg(long, value_name = "DAY|TIME")]
    pub(crate) at: Option<String>,
    /// Totals by this: programme, currency, holder [default: all three]
    #[arg(long, value_name = "WHAT", value_parser = ["programme", "currency", "holder"])]
    pub(crate) by: Option<String>,
    /// As CSV: the assets, one line each; with --by the totals
    #[arg(long, conflicts_with = "json")]
    pub(crate) csv: bool,
    #[command(flatten)]
    pub(crate) json: Json,
}
