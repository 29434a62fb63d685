//! `mihenk retention`: how long what is kept, for what purpose, and erasing what is due.
//!
//! In come a rule, a subject, a reason; out comes what is so now, in words or JSON.

use mihenk_node::{
    desk::Seat,
    ledger::{Reason, retention::Rule},
    retention::{self, Ran},
};
use serde_json::json;

use crate::{
    Outcome,
    cli::{
        Place,
        audit::{OneSubject, Retention},
        people::Why,
    },
    desk, say,
    table::Table,
    when,
};

pub(crate) fn run(place: &Place, asked: Retention) -> anyhow::Result<Outcome> {
    let desk = desk::open(place)?;
    let seat = desk.seat(desk::token(place)?);
    match asked {
        Retention::Show { json } => show(&seat, json)?,
        Retention::Set { part, days, purpose, why } => {
            let id = retention::propose(&seat, Rule { part, keep_days: days, purpose }, Reason::new(&why.reason)?)?;
            let told =
                format!("proposed as {id}; another administrator confirms it with 'mihenk retention confirm {id}'");
            say::done(why.json, &json!({ "proposed": id }), &told)?;
        }
        Retention::Confirm { id, json } => {
            let rule = retention::confirm(&seat, &id.parse()?)?;
            say::line(&if json { json!({ "rule": rule }).to_string() } else { words(&rule) })?;
        }
        Retention::Decline(OneSubject { id, why }) => {
            retention::decline(&seat, &id.parse()?, Reason::new(&why.reason)?)?;
            say::done(why.json, &json!({ "declined": id }), &format!("{id} is declined"))?;
        }
        Retention::Hold(OneSubject { id, why }) => {
            retention::hold(&seat, &id, Reason::new(&why.reason)?)?;
            say::done(why.json, &json!({ "held": id }), &format!("{id} is kept until the hold is lifted"))?;
        }
        Retention::Lift(OneSubject { id, why }) => {
            retention::lift(&seat, &id, Reason::new(&why.reason)?)?;
            say::done(why.json, &json!({ "lifted": id }), &format!("{id} is kept as long as the rules say"))?;
        }
        Retention::Run { why } => {
            let ran = retention::run(&seat, &place.folder()?, &Reason::new(&why.reason)?)?;
            return told_run(&ran, &why);
        }
    }
    Ok(Outcome::Done)
}

fn words(rule: &Rule) -> String {
    format!("{}: {} days after the last act, for {}", rule.part, rule.keep_days, rule.purpose)
}

fn show(seat: &Seat<'_>, as_json: bool) -> anyhow::Result<()> {
    let ((rules, waiting, holds), due) = retention::show(seat)?;
    if as_json {
        return say::line(&json!({ "rules": rules, "waiting": waiting, "holds": holds, "due": due }).to_string());
    }
    if rules.is_empty() {
        say::line("no rule is set: everything is kept")?;
    }
    let mut table = Table::new(&["kept", "days", "for"]);
    for rule in &rules {
        table.row([rule.part.clone(), rule.keep_days.to_string(), rule.purpose.clone()]);
    }
    for (id, by, rule) in &waiting {
        table.row([
            rule.part.clone(),
            rule.keep_days.to_string(),
            format!("{} (proposed as {id} by {by})", rule.purpose),
        ]);
    }
    if !table.is_empty() {
        say::out(&table.to_string())?;
    }
    for hold in &holds {
        say::line(&format!("legal hold on {} since {}: {}", hold.subject, when::minute(hold.at), hold.reason))?;
    }
    say::line(&format!("{} due to be erased now", due.len()))
}

fn told_run(ran: &Ran, why: &Why) -> anyhow::Result<Outcome> {
    if why.json {
        let pending = ran.pending.iter().map(|pending| json!({ "place": pending.place, "why": pending.why }));
        say::line(&json!({ "erased": ran.erased, "pending": serde_json::Value::from_iter(pending) }).to_string())?;
    } else {
        let events: usize = ran.erased.iter().map(|due| due.seqs.len()).sum();
        say::line(&format!("{events} events of {} subjects erased", ran.erased.len()))?;
        for pending in &ran.pending {
            say::note(&format!("not yet erased in {}: {}", pending.place, pending.why));
        }
    }
    Ok(if ran.pending.is_empty() { Outcome::Done } else { Outcome::Failed })
}
