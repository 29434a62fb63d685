//! `mihenk intake`: reports that a financial intelligence unit receives.
//!
//! In come files of goAML, ids, reasons; out comes what is so now. A file that cannot be read is named with the place, and the others are taken in. Only a reporting officer
//! gets beyond the first line. How a received report looks on a terminal is in `show.rs`.

mod show;

use std::{fs, path::PathBuf};

use anyhow::Context;
use mihenk_node::{
    desk::{Desk, Seat},
    intake,
    ledger::{
        Reason,
        intake::{
            ClockKind, ClockState,
            work::{NewClock, NewDisclosure},
        },
    },
};
use serde_json::json;

use crate::{
    Outcome,
    cli::{
        Place,
        intake::{Begin, Intake, OneClock},
    },
    desk, documents, say, when,
};

pub(crate) fn run(place: &Place, asked: Intake) -> anyhow::Result<Outcome> {
    let root = place.folder()?;
    let desk = desk::open(place)?;
    let seat = desk.seat(desk::token(place)?);
    match asked {
        Intake::Receive { files, json } => return receive(place, &desk, &seat, &files, json.json),
        Intake::List { all, json } => {
            let (received, clocks) = intake::list(&seat, all)?;
            show::list(&received, &clocks, desk.now(), json.json)?;
        }
        Intake::Show { one, json } => show::received(&intake::show(&seat, &one.id)?, json.json)?,
        Intake::Due(json) => show::due(&intake::due(&seat)?, desk.now(), json.json)?,
        Intake::Match { one, json } => {
            let matches = intake::rematch(&seat, &root, place.model()?, &one.id)?;
            show::matches(&matches, json.json)?;
        }
        other => change(&seat, other)?,
    }
    Ok(Outcome::Done)
}

fn receive(place: &Place, desk: &Desk, seat: &Seat<'_>, files: &[PathBuf], as_json: bool) -> anyhow::Result<Outcome> {
    let (root, model) = (place.folder()?, place.model()?);
    // Whoever may not learns it before a key is made.
    intake::list(seat, false)?;
    let key = documents::key(place, desk)?;
    let mut failed = 0;
    for file in files {
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let taken = fs::read(file)
            .with_context(|| file.display().to_string())
            .and_then(|bytes| Ok(intake::receive(seat, &root, model.clone(), &key, (&name, &bytes))?));
        match taken {
            Ok(taken) => show::taken(&name, &taken, as_json)?,
            Err(error) => {
                failed += 1;
                say::note(&format!("not taken in: {error:#}"));
            }
        }
    }
    Ok(if failed == 0 { Outcome::Done } else { Outcome::Failed })
}

/// What changes one received report.
fn change(seat: &Seat<'_>, asked: Intake) -> anyhow::Result<()> {
    match asked {
        Intake::Triage { one, priority, why } => {
            intake::triage(seat, &one.id, priority, Reason::new(&why.reason)?)?;
            say::done(
                why.json,
                &json!({ "triaged": one.id, "priority": priority }),
                &format!("{} is {priority}", one.id),
            )
        }
        Intake::Join { one, case, why } => {
            intake::join(seat, &one.id, &case, Reason::new(&why.reason)?)?;
            let words = format!("{} is joined to {case}; the case does not say so", one.id);
            say::done(why.json, &json!({ "joined": one.id, "case": case }), &words)
        }
        Intake::Return { one, why } => {
            let received = intake::give_back(seat, &one.id, Reason::new(&why.reason)?)?;
            show::returned(&received, why.json)
        }
        Intake::Ask(new) => begin(seat, ClockKind::Consent, new),
        Intake::Postpone(new) => begin(seat, ClockKind::Postponement, new),
        Intake::Given(clock) => end(seat, &clock, ClockState::Given),
        Intake::Refused(clock) => end(seat, &clock, ClockState::Refused),
        Intake::End(clock) => end(seat, &clock, ClockState::Ended),
        Intake::Extend { clock, until } => {
            let at = when::read(&until)?;
            intake::extend(seat, &clock.id, at, Reason::new(&clock.why.reason)?)?;
            let words = format!("{} runs until {}", clock.id, when::minute(at));
            say::done(clock.why.json, &json!({ "extended": clock.id, "until": at }), &words)
        }
        Intake::Disclose { one, to, what, caveats, spontaneous, consent, json } => {
            let what = Reason::new(&what)?;
            let new = NewDisclosure { whom: to, what, caveats, is_spontaneous: spontaneous, consent };
            let id = intake::disclose(seat, &one.id, new)?;
            say::done(json.json, &json!({ "disclosure": id }), &format!("written down as {id}"))
        }
        Intake::Note { one, text, json } => {
            intake::note(seat, &one.id, Reason::new(&text)?)?;
            say::done(json.json, &json!({ "noted": one.id }), &format!("noted at {}", one.id))
        }
        Intake::Close { one, why } => {
            intake::close(seat, &one.id, Reason::new(&why.reason)?)?;
            say::done(why.json, &json!({ "closed": one.id }), &format!("{} is closed", one.id))
        }
        // The others are done in `run`.
        _ => Ok(()),
    }
}

fn begin(seat: &Seat<'_>, kind: ClockKind, new: Begin) -> anyhow::Result<()> {
    let Begin { one, of, what, basis, until, json } = new;
    let until = until.as_deref().map(when::read).transpose()?;
    let id = intake::begin(seat, &one.id, &NewClock { kind, whom: of, what, basis, until })?;
    let until = until.map(|until| format!(" until {}", when::minute(until))).unwrap_or_default();
    say::done(json.json, &json!({ "clock": id }), &format!("{id} runs{until}"))
}

fn end(seat: &Seat<'_>, clock: &OneClock, state: ClockState) -> anyhow::Result<()> {
    let report = intake::end(seat, &clock.id, state, Reason::new(&clock.why.reason)?)?;
    let words = format!("{} of {report} is {state}", clock.id);
    say::done(clock.why.json, &json!({ "clock": clock.id, "state": state, "report": report }), &words)
}
