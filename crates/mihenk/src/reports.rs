//! `mihenk report`: drafts reports to an authority, writes them, writes down what was sent and what came back.
//!
//! In come ids, values, files; out comes what is so now. Only a reporting officer gets beyond the first line. How a report looks on a terminal is in `show.rs`.

mod show;

pub(crate) use show::summary;

use std::{fs, path::Path};

use anyhow::Context;
use mihenk_node::{
    desk::Seat,
    ledger::{
        Reason,
        day::Day,
        reports::{Content, goaml::Version, state::Answer as Said},
    },
    reports::{self, Change},
};
use serde_json::json;

use crate::{
    Outcome,
    cli::{
        Place,
        reports::{Answer, Draft, Report},
    },
    desk, documents, say,
};

pub(crate) fn run(place: &Place, asked: Report) -> anyhow::Result<Outcome> {
    let root = place.folder()?;
    if let Report::Kinds { id, json } = asked {
        return show::kinds(&reports::kinds(&root)?, id.as_deref(), json.json);
    }
    let desk = desk::open(place)?;
    let seat = desk.seat(desk::token(place)?);
    match asked {
        Report::Kinds { .. } => {}
        Report::Due(json) => show::due(&reports::due(&seat, &root)?, json.json)?,
        Report::Draft(new) => draft(&seat, &root, new)?,
        Report::List(json) => show::list(&reports::list(&seat)?, json.json)?,
        Report::Show { one, form, json } => {
            show::report(&reports::show(&seat, &root, &one.id, form.goaml)?, form.goaml, json.json)?;
        }
        Report::Set { one, values, seen, why } => {
            let values = values.iter().map(|value| pair(value)).collect::<anyhow::Result<_>>()?;
            let reason = Reason::new(&why.reason)?;
            reports::correct(&seat, &root, &one.id, &Change::Fields(values), reason, seen.seen)?;
            say::done(why.json, &json!({ "corrected": one.id }), &format!("{} says something else now", one.id))?;
        }
        Report::Correct { one, file, seen, why } => {
            let content = content(&file)?;
            let reason = Reason::new(&why.reason)?;
            reports::correct(&seat, &root, &one.id, &Change::Whole(content), reason, seen.seen)?;
            say::done(why.json, &json!({ "corrected": one.id }), &format!("{} says something else now", one.id))?;
        }
        Report::Content { one, out } => {
            let shown = reports::show(&seat, &root, &one.id, Version::default())?;
            let text = serde_json::to_string_pretty(&shown.detail.report.content)?;
            match out {
                None => say::line(&text)?,
                Some(out) => documents::new_file(&out, text.as_bytes())?,
            }
        }
        Report::Write { one, out, form, schema } => {
            let written = reports::written(&seat, &root, &one.id, form.goaml)?;
            if let Some(schema) = &schema {
                fits(&written.bytes, schema)?;
            }
            documents::new_file(&out, &written.bytes)?;
            say::note(&format!("{} is in {}; 'mihenk report sent {0}' keeps what you send", one.id, out.display()));
        }
        Report::Sent { one, how, on, form, json } => {
            let key = documents::key(place, &desk)?;
            let sent = reports::send(&seat, &root, &one.id, form.goaml, &key, (on, &how))?;
            let words = format!(
                "{} was sent on {} and is kept as {} (SHA-256 {})",
                one.id, sent.on, sent.document, sent.sha256
            );
            say::done(json.json, &json!(sent), &words)?;
        }
        Report::Attach { one, file, json } => {
            let (name, content) = documents::read(&file)?;
            let key = documents::key(place, &desk)?;
            let id = reports::attach(&seat, &one.id, &key, &name, &content)?;
            say::done(json.json, &json!({ "attached": id, "to": one.id }), &format!("attached as {id}"))?;
        }
        Report::ExportAttachment { id, out } => {
            let key = documents::key(place, &desk)?;
            let (document, content) = reports::document(&seat, &id, &key)?;
            documents::new_file(&out, &content)?;
            say::note(&format!("{} is in {}", document.name, out.display()));
        }
        other => written_down(&seat, other)?,
    }
    Ok(Outcome::Done)
}

/// What changes where a report stands.
fn written_down(seat: &Seat<'_>, asked: Report) -> anyhow::Result<()> {
    match asked {
        Report::Acknowledged(answer) => answered(seat, answer, true),
        Report::Refused(answer) => answered(seat, answer, false),
        Report::Asked { one, reference, what, on, due, json } => {
            let id = reports::asked(seat, &one.id, &reference, (on, due), Reason::new(&what)?)?;
            let due = due.map(|due| format!(", due on {due}")).unwrap_or_default();
            say::done(json.json, &json!({ "request": id }), &format!("written down as {id}{due}"))
        }
        Report::Replied { id, by, on, json } => {
            let report = reports::replied(seat, &id, &by, on)?;
            say::done(json.json, &json!({ "replied": id, "report": report }), &format!("{id} of {report} is answered"))
        }
        Report::Note { one, text, json } => {
            reports::note(seat, &one.id, Reason::new(&text)?)?;
            say::done(json.json, &json!({ "noted": one.id }), &format!("noted at {}", one.id))
        }
        Report::Withdraw { one, why } => {
            reports::withdraw(seat, &one.id, Reason::new(&why.reason)?)?;
            say::done(why.json, &json!({ "withdrawn": one.id }), &format!("{} is withdrawn", one.id))
        }
        // The others are done in `run`.
        _ => Ok(()),
    }
}

fn draft(seat: &Seat<'_>, root: &Path, new: Draft) -> anyhow::Result<()> {
    let Draft { kind, case, freeze, title, on, follows, json } = new;
    let about = case.map(String::from).or_else(|| freeze.map(String::from));
    let draft = reports::Draft { kind, about, title, event_day: on, follows };
    let id = reports::draft(seat, root, &draft)?;
    let words = format!("{id} is drafted; 'mihenk report show {id}' says what is missing");
    say::done(json.json, &json!({ "report": id }), &words)
}

fn answered(seat: &Seat<'_>, answer: Answer, is_taken: bool) -> anyhow::Result<()> {
    let Answer { one, reference, on, note, json } = answer;
    let on = on.unwrap_or_else(|| Day::of(seat.desk().now()));
    reports::answered(seat, &one.id, Said { is_taken, reference, on, note })?;
    let (name, words) = if is_taken {
        ("acknowledged", "is acknowledged")
    } else {
        ("refused", "was not taken; draft another one that follows it")
    };
    say::done(json.json, &json!({ name: one.id }), &format!("{} {words}", one.id))
}

/// Refuses to write what the user's own schema speaks against.
fn fits(xml: &[u8], schema: &Path) -> anyhow::Result<()> {
    let findings = reports::schema::schema_check(xml, schema)?;
    if findings.is_empty() {
        say::note(&format!("it fits {}", schema.display()));
        return Ok(());
    }
    let told = findings.iter().map(|finding| {
        let line = finding.line.map(|line| format!("line {line}: ")).unwrap_or_default();
        format!("\n  {line}{}", finding.what)
    });
    anyhow::bail!("it does not fit {}:{}", schema.display(), told.collect::<String>())
}

fn pair(text: &str) -> anyhow::Result<(String, String)> {
    let (name, value) = text
        .split_once('=')
        .with_context(|| format!("{text:?} is no FIELD=VALUE, such as contact=Dilek, +90 312 …"))?;
    Ok((name.trim().to_owned(), value.to_owned()))
}

fn content(file: &Path) -> anyhow::Result<Content> {
    let text = fs::read_to_string(file).with_context(|| file.display().to_string())?;
    serde_json::from_str(&text).with_context(|| format!("{} is no content of a report", file.display()))
}
