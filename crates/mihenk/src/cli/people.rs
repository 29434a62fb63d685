//! The commands of people: signing in, users, roles.
//!
//! What they do is in `people.rs` of the program.

use clap::{Args, Subcommand};
use mihenk_node::ledger::people::Role;

use super::keys::{Code, Key, Tie, Untie};

#[derive(Args, Debug)]
pub(crate) struct Login {
    /// Your user name
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
    /// Read the password from standard input, its first line; a one-time code is on the second
    #[arg(long)]
    pub(crate) password_stdin: bool,
    /// Print the token in place of keeping it, for MIHENK_SESSION in scripts
    #[arg(long)]
    pub(crate) print: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum User {
    /// The first start: makes two administrators and shows their first passwords, once
    Init {
        /// One
        #[arg(value_name = "NAME")]
        one: String,
        /// The other
        #[arg(value_name = "NAME")]
        other: String,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Proposes a new user
    Add {
        /// The name to sign in with
        #[arg(value_name = "NAME")]
        name: String,
        /// What they are here for: viewer, analyst, approver, officer, auditor, administrator
        #[arg(long = "role", required = true, value_name = "ROLE")]
        roles: Vec<Role>,
        #[command(flatten)]
        why: Why,
    },
    /// Proposes a service: a program, which comes by keys and has no password
    AddService {
        /// Its name
        #[arg(value_name = "NAME")]
        name: String,
        /// What it is here for: viewer, analyst, auditor
        #[arg(long = "role", required = true, value_name = "ROLE")]
        roles: Vec<Role>,
        #[command(flatten)]
        why: Why,
    },
    /// Proposes one more role for a user
    Grant(OneRole),
    /// Proposes a role less
    Revoke(OneRole),
    /// Proposes a new first password for a user who lost theirs
    Reset(OneUser),
    /// Proposes that a user signs in no more
    Leave(OneUser),
    /// Confirms what another administrator proposed; shows a first password, once
    Confirm {
        /// The proposal, such as N-12
        #[arg(value_name = "ID")]
        id: String,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Declines a proposal, or takes your own back
    Decline {
        /// The proposal, such as N-12
        #[arg(value_name = "ID")]
        id: String,
        #[command(flatten)]
        why: Why,
    },
    /// Shows users, their roles, and what waits for a second administrator
    List {
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Keys of the API, for programs
    #[command(subcommand)]
    Key(Key),
    /// One-time codes of a device, besides the password
    #[command(subcommand)]
    Code(Code),
    /// Proposes that a user signs in at an issuer of OpenID Connect
    Tie(Tie),
    /// Proposes that a user does so no more
    Untie(Untie),
    /// Chooses your own password
    Password {
        /// Read from standard input: the password until now on the first line, the new one on the second
        #[arg(long)]
        stdin: bool,
    },
}

#[derive(Args, Debug)]
pub(crate) struct OneRole {
    /// The user
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
    /// The role
    #[arg(value_name = "ROLE")]
    pub(crate) role: Role,
    #[command(flatten)]
    pub(crate) why: Why,
}

#[derive(Args, Debug)]
pub(crate) struct OneUser {
    /// The user
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
    #[command(flatten)]
    pub(crate) why: Why,
}

/// A reason, which is never empty.
#[derive(Args, Clone, Debug)]
pub(crate) struct Why {
    /// Why, in your words
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: String,
    /// As JSON
    #[arg(long)]
    pub(crate) json: bool,
}
