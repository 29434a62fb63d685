//! `mihenk redress`: takes complaints of people who were taken for somebody else, decides them by two, writes the letters.
//!
//! In come ids, texts, reasons; out comes what is so now. How a complaint looks on a terminal is in `show.rs`.

mod show;

use std::path::Path;

use mihenk_node::{
    desk::Seat,
    ledger::{Reason, redress::tell::Telling},
    redress::{self, Complaint},
};
use serde_json::json;

use crate::{
    Outcome,
    cli::{
        Place,
        redress::{Open, Redress, Told},
    },
    desk, documents, say,
};

pub(crate) fn run(place: &Place, asked: Redress) -> anyhow::Result<Outcome> {
    let root = place.folder()?;
    let desk = desk::open(place)?;
    let seat = desk.seat(desk::token(place)?);
    match asked {
        Redress::Due(json) => {
            let (all, named) = redress::due(&seat)?;
            show::due(&all, &named, json.json)?;
        }
        Redress::Open(new) => open(&seat, &root, new)?,
        Redress::List { all, json } => {
            let (redresses, named) = redress::list(&seat, all)?;
            show::list(&redresses, &named, json.json)?;
        }
        Redress::Show { one, json } => show::redress(&redress::show(&seat, &one.id)?, json.json)?,
        Redress::Attach { one, file, json } => {
            let (name, content) = documents::read(&file)?;
            let key = documents::key(place, &desk)?;
            let id = redress::attach(&seat, &one.id, &key, &name, &content)?;
            say::done(json.json, &json!({ "attached": id, "to": one.id }), &format!("attached as {id}"))?;
        }
        Redress::ExportAttachment(export) => return documents::export(place, &seat, &export),
        Redress::Letter { one, to, language, out, json } => {
            let letter = redress::letter(&seat, &root, &one.id, to.as_deref(), language)?;
            match out {
                Some(out) => {
                    documents::new_file(&out, letter.html().as_bytes())?;
                    let next = to.map_or_else(|| "answered".to_owned(), |to| format!("corrected --to {to:?}"));
                    say::note(&format!(
                        "the letter is in {}; 'mihenk redress {next} {}' writes down that it was given",
                        out.display(),
                        one.id
                    ));
                }
                None if json.json => say::line(&json!(letter).to_string())?,
                None => say::out(&show::letter(&letter))?,
            }
        }
        Redress::Answered { one, told } => {
            let key = documents::key(place, &desk)?;
            let document = redress::answered(&seat, &root, &one.id, &key, &telling(&told))?;
            let words = format!("written down; the letter is kept as {document}");
            say::done(told.json.json, &json!({ "answered": one.id, "document": document }), &words)?;
        }
        Redress::Corrected { one, to, told } => {
            let key = documents::key(place, &desk)?;
            let document = redress::corrected(&seat, &root, &one.id, &key, &to, &telling(&told))?;
            let words = format!("written down; the letter to {to} is kept as {document}");
            say::done(told.json.json, &json!({ "corrected": one.id, "to": to, "document": document }), &words)?;
        }
        other => work(&seat, &root, other)?,
    }
    Ok(Outcome::Done)
}

fn telling(told: &Told) -> Telling {
    Telling { how: told.how.clone(), on: told.on, language: told.language }
}

/// What changes where a complaint stands.
fn work(seat: &Seat<'_>, root: &Path, asked: Redress) -> anyhow::Result<()> {
    match asked {
        Redress::Assign { one, to, why } => {
            redress::assign(seat, &one.id, &to, Reason::new(&why.reason)?)?;
            say::done(why.json, &json!({ "assigned": one.id, "to": to }), &format!("{} is {to}'s", one.id))
        }
        Redress::Note { one, text, json } => {
            redress::note(seat, &one.id, Reason::new(&text)?)?;
            say::done(json.json, &json!({ "noted": one.id }), &format!("noted at {}", one.id))
        }
        Redress::Decide { one, found, because, seen, why } => {
            let reason = Reason::new(&why.reason)?;
            redress::propose(seat, root, &one.id, (found, because.as_deref()), reason, seen.seen)?;
            let words = format!("proposed: {found}; an approver confirms with 'mihenk redress confirm {}'", one.id);
            say::done(why.json, &json!({ "proposed": one.id, "found": found }), &words)
        }
        Redress::Confirm { one, seen, json } => {
            let done = redress::confirm(seat, root, &one.id, seen.seen)?;
            say::done(json.json, &json!({ "confirmed": one.id, "done": done }), &show::confirmed(&one.id, &done))
        }
        Redress::Decline { one, seen, why } => {
            redress::decline(seat, &one.id, Reason::new(&why.reason)?, seen.seen)?;
            say::done(why.json, &json!({ "declined": one.id }), &format!("{} is open again", one.id))
        }
        Redress::Recipient { one, name, received, why } => {
            redress::add_recipient(seat, &one.id, (&name, &received), Reason::new(&why.reason)?)?;
            say::done(why.json, &json!({ "recipient": name, "of": one.id }), &format!("{name} is written down"))
        }
        // The others are done in `run`.
        _ => Ok(()),
    }
}

fn open(seat: &Seat<'_>, root: &Path, new: Open) -> anyhow::Result<()> {
    let as_json = new.json.json;
    let complaint = Complaint {
        customer: new.customer,
        person: new.person,
        complaint: Reason::new(&new.complaint)?,
        alerts: new.alerts,
        freezes: new.freezes,
        compared: new.matched_on,
        received: new.received,
        due: new.due,
        owner: new.owner,
    };
    let id = redress::open(seat, root, complaint)?;
    say::done(
        as_json,
        &json!({ "redress": id }),
        &format!("{id} is open; 'mihenk redress due' says by when it is decided"),
    )
}
