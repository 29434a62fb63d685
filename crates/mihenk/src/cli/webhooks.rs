//! The commands of webhooks: who is told of what happens over HTTP.
//!
//! What they do is in `webhooks.rs` of the program; `mihenk serve` delivers.

use clap::{Args, Subcommand};
use mihenk_node::ledger::webhooks::{LetterId, WebhookId};

use super::{freezes::Json, people::Why};

#[derive(Debug, Subcommand)]
pub(crate) enum Webhook {
    /// Proposes to tell an address of what happens: ids, never what they stand for
    Propose {
        /// Where messages go: https, or http to this machine
        #[arg(value_name = "URL")]
        url: String,
        /// Of what it is told: alert, case, customer, freeze, merging or redress; may be given again [default: all]
        #[arg(long = "part", value_name = "PART")]
        parts: Vec<String>,
        #[command(flatten)]
        why: Why,
    },
    /// Confirms what another administrator proposed; shows the secret, once
    Confirm {
        #[command(flatten)]
        one: One,
        #[command(flatten)]
        json: Json,
    },
    /// Declines a proposal, or takes your own back
    Decline {
        #[command(flatten)]
        one: One,
        #[command(flatten)]
        why: Why,
    },
    /// Tells an address no more
    End {
        #[command(flatten)]
        one: One,
        #[command(flatten)]
        why: Why,
    },
    /// Shows who is told, and how the last delivery went
    List(Json),
    /// Shows what was given up
    Letters {
        /// Also what was delivered since
        #[arg(long)]
        all: bool,
        #[command(flatten)]
        json: Json,
    },
    /// Has something delivered again that was given up
    Replay {
        /// The letter, such as WL-17
        #[arg(value_name = "ID")]
        id: LetterId,
        #[command(flatten)]
        json: Json,
    },
}

/// A webhook.
#[derive(Args, Debug)]
pub(crate) struct One {
    /// The webhook, such as W-17
    #[arg(value_name = "ID")]
    pub(crate) id: WebhookId,
}
