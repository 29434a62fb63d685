//! `mihenk case`: builds cases, shows them, draws them.
//!
//! In come ids, texts, reasons; out comes what is so now. How a case looks on a terminal is in `show.rs`.

mod show;

use std::fs;

use anyhow::Context;
use mihenk_node::{
    cases,
    desk::Seat,
    graph,
    ledger::{
        Reason,
        cases::work::{NewCase, NewParty},
    },
};
use serde_json::json;

use crate::{
    Outcome,
    alerts::{ids, told},
    cli::{
        Place,
        cases::{Case, Link, OneCase, Open, Party},
        people::Why,
    },
    desk, documents, say,
};

pub(crate) fn run(place: &Place, command: Case) -> anyhow::Result<Outcome> {
    let desk = desk::open(place)?;
    let seat = desk.seat(desk::token(place)?);
    match command {
        Case::Open(new) => open(&seat, new)?,
        Case::List { all, json } => show::list(&cases::list(&seat, all)?, json)?,
        Case::Show(one) => show::case(&cases::show(&seat, &one.case.parse()?)?, one.json)?,
        Case::Timeline(one) => {
            let (lines, named) = cases::timeline(&seat, &one.case.parse()?)?;
            show::timeline(&lines, &named, one.json)?;
        }
        Case::Graph { one, out } => draw(&seat, &one, out.as_deref())?,
        Case::Export { one, out } => {
            let page = cases::export(&seat, &place.folder()?, &one.case.parse()?)?;
            documents::new_file(&out, page.as_bytes())?;
            let json = json!({ "exported": one.case, "to": out, "bytes": page.len() });
            told(one.json, &json, &format!("{} is in {}", one.case, out.display()))?;
        }
        Case::Join { case, alerts, why } => join(&seat, &case.case, &alerts, &why, None)?,
        Case::Part { case, alert, why } => {
            cases::part(&seat, &case.case.parse()?, &alert.parse()?, Reason::new(&why.reason)?)?;
            told(why.json, &json!({ "parted": alert }), &format!("{alert} is out of {} and open again", case.case))?;
        }
        Case::Party(party) => add_party(&seat, party)?,
        Case::Link(link) => self::link(&seat, &link)?,
        Case::Attach { one, file } => {
            let (name, content) = documents::read(&file)?;
            let key = documents::key(place, &desk)?;
            let id = cases::attach(&seat, &one.case.parse()?, &key, &name, &content)?;
            told(one.json, &json!({ "attached": id, "to": one.case }), &format!("attached as {id}"))?;
        }
        Case::ExportAttachment(export) => return documents::export(place, &seat, &export),
        other => work(&seat, other)?,
    }
    Ok(Outcome::Done)
}

/// What changes one thing of a case and says so.
fn work(seat: &Seat<'_>, command: Case) -> anyhow::Result<()> {
    match command {
        Case::Strike { case, what, why } => {
            cases::strike(seat, &case.case.parse()?, &what, Reason::new(&why.reason)?)?;
            told(why.json, &json!({ "struck": what }), &format!("{what} is struck out"))
        }
        Case::Note { one, text } => {
            cases::note(seat, &one.case.parse()?, Reason::new(&text)?)?;
            told(one.json, &json!({ "noted": one.case }), &format!("noted in {}", one.case))
        }
        Case::Task { one, what, due, owner } => {
            let id = cases::set_task(seat, &one.case.parse()?, &what, due, owner.as_deref())?;
            told(one.json, &json!({ "task": id }), &format!("{id} is due on {due}"))
        }
        Case::Done { id, note, json } => {
            let note = note.as_deref().map(Reason::new).transpose()?;
            let case = cases::task_done(seat, &id.parse()?, note)?;
            told(json, &json!({ "done": id, "case": case }), &format!("{id} of {case} is done"))
        }
        Case::HandOver { case, to, why } => {
            cases::offer(seat, &case.case.parse()?, &to, Reason::new(&why.reason)?)?;
            let words = format!("{0} is offered to {to}, who takes it over with 'mihenk case accept {0}'", case.case);
            told(why.json, &json!({ "offered": case.case, "to": to }), &words)
        }
        Case::Accept(one) => {
            cases::accept(seat, &one.case.parse()?)?;
            told(one.json, &json!({ "accepted": one.case }), &format!("{} is yours", one.case))
        }
        Case::Decline { case, why } => {
            cases::decline(seat, &case.case.parse()?, Reason::new(&why.reason)?)?;
            told(why.json, &json!({ "declined": case.case }), &format!("{} stays with its owner", case.case))
        }
        Case::Close { case, seen, why } => {
            cases::close(seat, &case.case.parse()?, Reason::new(&why.reason)?, seen)?;
            told(why.json, &json!({ "closed": case.case }), &format!("{} is closed", case.case))
        }
        Case::Reopen { case, why } => {
            cases::reopen(seat, &case.case.parse()?, Reason::new(&why.reason)?)?;
            told(why.json, &json!({ "reopened": case.case }), &format!("{} is open again, and yours", case.case))
        }
        // The others are done in `run`.
        _ => Ok(()),
    }
}

fn open(seat: &Seat<'_>, new: Open) -> anyhow::Result<()> {
    let alerts = ids(&new.alerts)?;
    let (legal_basis, purpose) = (Reason::new(&new.legal_basis)?, Reason::new(&new.purpose)?);
    let id = cases::open(seat, NewCase { title: new.title, legal_basis, purpose }, &alerts)?;
    let with = match alerts.len() {
        0 => String::new(),
        1 => " with one alert".to_owned(),
        many => format!(" with {many} alerts"),
    };
    told(new.json, &json!({ "case": id }), &format!("{id} is open{with}"))
}

/// Makes alerts part of a case; 'alert escalate' is the same act.
pub(crate) fn join(seat: &Seat<'_>, case: &str, alerts: &[String], why: &Why, seen: Option<i64>) -> anyhow::Result<()> {
    cases::join(seat, &case.parse()?, &ids(alerts)?, &Reason::new(&why.reason)?, seen)?;
    let words = match alerts {
        [one] => format!("{one} is part of {case}"),
        many => format!("{} alerts are part of {case}", many.len()),
    };
    told(why.json, &json!({ "case": case, "joined": alerts }), &words)
}

fn add_party(seat: &Seat<'_>, party: Party) -> anyhow::Result<()> {
    let Party { one, name, kind, role, customer, entity } = party;
    let customer = customer.map(|id| id.parse()).transpose()?;
    let id = cases::add_party(seat, &one.case.parse()?, NewParty { kind, name, role, customer, entity })?;
    told(one.json, &json!({ "party": id }), &format!("added as {id}"))
}

fn link(seat: &Seat<'_>, link: &Link) -> anyhow::Result<()> {
    let id = cases::link(seat, &link.one.case.parse()?, (&link.from, &link.to), (&link.kind, &link.source))?;
    told(link.one.json, &json!({ "link": id }), &format!("tied as {id}"))
}

fn draw(seat: &Seat<'_>, one: &OneCase, out: Option<&std::path::Path>) -> anyhow::Result<()> {
    let (title, drawn) = cases::graph(seat, &one.case.parse()?)?;
    if let Some(out) = out {
        let svg = graph::draw(&format!("{}  {title}", one.case.to_ascii_uppercase()), &drawn);
        fs::write(out, svg).with_context(|| out.display().to_string())?;
    }
    show::graph(&drawn, one.json)?;
    if let Some(out) = out {
        say::note(&format!("drawn in {}", out.display()));
    }
    Ok(())
}
