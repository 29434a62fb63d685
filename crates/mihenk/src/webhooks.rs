//! `mihenk webhook`: who is told of what happens over HTTP, what was given up, and having it delivered again.
//!
//! In come an address and why, out come lines, tables or JSON. Messages are delivered by `mihenk serve`.

use mihenk_node::{
    ledger::{
        Reason,
        webhooks::{Letter, State, Webhook as Hook},
    },
    named::Named,
    webhooks,
};
use serde_json::json;

use crate::{
    Outcome,
    cli::{Place, webhooks::Webhook},
    desk::{self, time},
    documents, say,
    table::Table,
};

pub(crate) fn run(place: &Place, asked: Webhook) -> anyhow::Result<Outcome> {
    let desk = desk::open_as_it_is(place)?;
    let seat = desk.seat(desk::token(place)?);
    match asked {
        Webhook::Propose { url, parts, why } => {
            let id = webhooks::propose(&seat, &url, &parts, Reason::new(&why.reason)?)?;
            let told =
                format!("proposed as {id}; another administrator confirms it with 'mihenk webhook confirm {id}'");
            say::done(why.json, &json!({ "proposed": id }), &told)?;
        }
        Webhook::Confirm { one, json } => {
            // Whoever may not learns it before a key is made.
            webhooks::list(&seat)?;
            let key = documents::key(place, &desk)?;
            let (webhook, secret) = webhooks::confirm(&seat, &one.id, &key)?;
            let told =
                format!("{} is told from now on: {}\nthe secret, shown only now: {secret}", webhook.id, webhook.url);
            say::done(json.json, &json!({ "webhook": webhook, "secret": secret }), &told)?;
        }
        Webhook::Decline { one, why } => {
            webhooks::decline(&seat, &one.id, Reason::new(&why.reason)?)?;
            say::done(why.json, &json!({ "declined": one.id }), &format!("{} is declined", one.id))?;
        }
        Webhook::End { one, why } => {
            webhooks::end(&seat, &one.id, Reason::new(&why.reason)?)?;
            say::done(why.json, &json!({ "ended": one.id }), &format!("{} is told no more", one.id))?;
        }
        Webhook::List(json) => {
            let (all, named) = webhooks::list(&seat)?;
            list(&all, &named, json.json)?;
        }
        Webhook::Letters { all, json } => letters(&webhooks::letters(&seat, all)?, json.json)?,
        Webhook::Replay { id, json } => {
            webhooks::replay(&seat, &id)?;
            let told = format!("{id} is delivered again by 'mihenk serve'");
            say::done(json.json, &json!({ "replayed": id }), &told)?;
        }
    }
    Ok(Outcome::Done)
}

fn list(all: &[Hook], named: &Named, as_json: bool) -> anyhow::Result<()> {
    if as_json {
        return say::line(&json!({ "webhooks": all }).to_string());
    }
    if all.is_empty() {
        say::note("nobody is told of what happens; 'mihenk webhook propose URL' begins");
        return Ok(());
    }
    let mut table = Table::new(&["webhook", "state", "address", "of", "proposed by", "last", "came to"]);
    for one in all {
        let state = match (one.state, one.failed) {
            (State::Active, failed @ 1..) => format!("active, {failed} failed"),
            (state, _) => state.as_str().to_owned(),
        };
        table.row([
            one.id.to_string(),
            state,
            one.url.clone(),
            one.parts.join(" "),
            named.of(&one.proposed_by).to_owned(),
            one.last_at.map(time).unwrap_or_default(),
            one.last_told.clone().unwrap_or_default(),
        ]);
    }
    say::out(&table.to_string())
}

fn letters(all: &[Letter], as_json: bool) -> anyhow::Result<()> {
    if as_json {
        return say::line(&json!({ "letters": all }).to_string());
    }
    if all.is_empty() {
        say::note("nothing was given up");
        return Ok(());
    }
    let mut table = Table::new(&["letter", "state", "for", "events", "given up", "why"]);
    for one in all {
        table.row([
            one.id.to_string(),
            one.state.as_str().to_owned(),
            one.webhook.to_string(),
            format!("{} to {}", one.after.saturating_add(1), one.upto),
            time(one.given_up_at),
            one.why.clone(),
        ]);
    }
    say::out(&table.to_string())
}
