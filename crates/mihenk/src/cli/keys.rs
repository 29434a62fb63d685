//! The commands of keys, services, one-time codes, and signing in elsewhere: parts of `mihenk user`.
//!
//! What they do is in `people/` of the program.

use clap::{Args, Subcommand};
use mihenk_node::ledger::people::{Role, Scope};

use super::people::Why;

#[derive(Debug, Subcommand)]
pub(crate) enum Key {
    /// Makes a key for yourself, or proposes one for a service; a key is shown once
    Add {
        /// What the key is called
        #[arg(long, value_name = "TEXT")]
        label: String,
        /// What it is for: screen, read, customers, work, audit; it never does more than its owner may
        #[arg(long = "scope", required = true, value_name = "SCOPE")]
        scopes: Vec<Scope>,
        /// How many days it counts, 366 at most
        #[arg(long, value_name = "DAYS", default_value_t = 90)]
        days: u16,
        /// The service that it is for: one administrator proposes it, another confirms
        #[arg(long, value_name = "NAME", requires = "reason")]
        service: Option<String>,
        /// Why, in your words; for a service
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Shows your keys, what they are for and when they were last used
    List {
        /// Everybody's, for administrators
        #[arg(long)]
        all: bool,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Gives a key a new secret, and lets the one before go on for some days; a service's takes two administrators
    Rotate {
        /// The key, such as AK-12
        #[arg(value_name = "ID")]
        id: String,
        /// How many days the one before goes on, 30 at most; 0 ends it at once
        #[arg(long, value_name = "DAYS", default_value_t = 7)]
        overlap: u16,
        /// Why, in your words; for a service's key
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Revokes a key at once: your own, or any as an administrator
    Revoke {
        /// The key, such as AK-12
        #[arg(value_name = "ID")]
        id: String,
        #[command(flatten)]
        why: Why,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Code {
    /// Shows a QR code for an authenticator; the device counts once a code of it was given
    Enrol {
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Gives a code of the new device; shows recovery codes, once
    Confirm {
        /// What the device shows
        #[arg(value_name = "CODE")]
        code: String,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Makes new recovery codes; those before count no more
    Renew {
        /// What the device shows
        #[arg(value_name = "CODE")]
        code: String,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Says whether you have a device, whether you need one, and how many recovery codes are left
    Show {
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Proposes that a user's device is forgotten, with its recovery codes: for whoever lost both
    Reset {
        /// The user
        #[arg(value_name = "NAME")]
        name: String,
        #[command(flatten)]
        why: Why,
    },
    /// Proposes which roles need a device; all others then need none
    Require {
        /// Roles; none ends it for all
        #[arg(value_name = "ROLE")]
        roles: Vec<Role>,
        #[command(flatten)]
        why: Why,
    },
}

#[derive(Args, Debug)]
pub(crate) struct Tie {
    /// The user
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
    /// The issuer of OpenID Connect, as it writes itself: the claim 'iss'
    #[arg(long, value_name = "URL")]
    pub(crate) issuer: String,
    /// Who they are there: the claim 'sub'
    #[arg(long, value_name = "TEXT")]
    pub(crate) subject: String,
    #[command(flatten)]
    pub(crate) why: Why,
}

#[derive(Args, Debug)]
pub(crate) struct Untie {
    /// The user
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
    /// The issuer
    #[arg(long, value_name = "URL")]
    pub(crate) issuer: String,
    #[command(flatten)]
    pub(crate) why: Why,
}
