//! `mihenk audit`: proof that nothing was changed, and who did what to whom.
//!
//! In come a range, a subject, a file; out comes a verdict in words or JSON. A broken chain ends the program with exit code 2.

use mihenk_node::{
    audit::{self, History},
    ledger::audit::{Filter, Told},
    portfolio::{self, Replayed},
    store::{export::ExportVerdict, store::Head, verify::Verdict},
};
use serde_json::json;

use crate::{
    Outcome,
    cli::{
        Place,
        audit::{Audit, Show},
    },
    desk, say,
    table::Table,
    when,
};

pub(crate) fn run(place: &Place, audit: Audit) -> anyhow::Result<Outcome> {
    if let Audit::Verify { file: Some(file), json, .. } = &audit {
        return told_export(&audit::verify_file(file)?, *json);
    }
    let desk = desk::open_as_it_is(place)?;
    let seat = desk.seat(desk::token(place)?);
    match audit {
        Audit::Verify { kept, json, .. } => {
            let kept = kept.map(|kept| kept.parse::<Head>()).transpose()?;
            let verdict = audit::verify(&seat, kept)?;
            if matches!(verdict, Verdict::Whole(_)) && !audit::compartment_is_whole(&seat)? {
                let wrong = "the compartment's chain is not what this chain names";
                say::line(&if json {
                    json!({ "whole": false, "wrong": wrong }).to_string()
                } else {
                    format!("broken: {wrong}")
                })?;
                return Ok(Outcome::Failed);
            }
            return told_verdict(&verdict, json);
        }
        Audit::Head { json } => {
            let head = audit::head(&seat)?;
            say::line(&if json { json!({ "head": head.to_string() }).to_string() } else { head.to_string() })?;
        }
        Audit::Export { from, to, out, json } => {
            let exported = audit::export(&seat, from, to, &out)?;
            let (first, head) = (exported.first, exported.head);
            say::line(&if json {
                json!({ "first": first, "last": head.seq, "head": head.to_string(), "file": out }).to_string()
            } else {
                format!(
                    "events {first} to {} written to {}\nhead {head}; check it with 'mihenk audit verify {}'",
                    head.seq,
                    out.display(),
                    out.display()
                )
            })?;
        }
        Audit::Replay { event, json } => {
            let replayed = portfolio::replay(&seat, &place.folder()?, place.model()?, event)?;
            return told_replay(&replayed, json);
        }
        Audit::Show(show) => told_history(&audit::show(&seat, &filter(&show)?)?, &show)?,
    }
    Ok(Outcome::Done)
}

fn filter(show: &Show) -> anyhow::Result<Filter> {
    Ok(Filter {
        subject: show.subject.clone(),
        actor: show.actor.clone(),
        kind: show.kind.clone(),
        from: show.from.as_deref().map(when::read).transpose()?,
        until: show.until.as_deref().map(when::read).transpose()?,
        related: !show.only,
        newest: show.newest,
    })
}

fn told_verdict(verdict: &Verdict, as_json: bool) -> anyhow::Result<Outcome> {
    match verdict {
        Verdict::Whole(whole) => {
            say::line(&if as_json {
                json!({ "whole": true, "events": whole.events, "erased": whole.erased, "head": whole.head.to_string() })
                    .to_string()
            } else {
                format!("whole: {} events, {} of them erased; head {}", whole.events, whole.erased, whole.head)
            })?;
            Ok(Outcome::Done)
        }
        Verdict::Broken(broken) => {
            say::line(&if as_json {
                json!({ "whole": false, "seq": broken.seq, "wrong": broken.to_string() }).to_string()
            } else {
                format!("broken: {broken}")
            })?;
            Ok(Outcome::Failed)
        }
    }
}

fn told_export(verdict: &ExportVerdict, as_json: bool) -> anyhow::Result<Outcome> {
    match verdict {
        ExportVerdict::Whole(whole) => {
            let beyond = match whole.erased_beyond {
                0 => String::new(),
                beyond => format!("; {beyond} were erased by events behind the range, which this file does not hold"),
            };
            say::line(&if as_json {
                json!({ "whole": true, "first": whole.first, "last": whole.head.seq, "erased": whole.erased,
                    "erased_beyond": whole.erased_beyond, "head": whole.head.to_string() })
                .to_string()
            } else {
                let (first, last) = (whole.first, whole.head.seq);
                format!("whole: events {first} to {last}, {} of them erased; head {}{beyond}", whole.erased, whole.head)
            })?;
            Ok(Outcome::Done)
        }
        ExportVerdict::Broken(broken) => {
            say::line(&if as_json {
                json!({ "whole": false, "line": broken.line, "wrong": broken.what }).to_string()
            } else {
                format!("broken: {broken}")
            })?;
            Ok(Outcome::Failed)
        }
    }
}

fn told_replay(replayed: &Replayed, as_json: bool) -> anyhow::Result<Outcome> {
    let is_same = replayed.differences.is_empty();
    if as_json {
        let mut line = serde_json::to_value(replayed)?;
        line["same"] = is_same.into();
        say::line(&line.to_string())?;
    } else {
        let lists =
            replayed.then.basis.lists.iter().map(|(list, version)| format!("{list}@{version}")).collect::<Vec<_>>();
        say::line(&format!("event {} about {}, {}", replayed.seq, replayed.alert, when::minute(replayed.at)))?;
        say::line(&format!(
            "with {} and model {}",
            lists.join(", "),
            replayed.then.basis.model.get(..16).unwrap_or_default()
        ))?;
        if is_same {
            say::line("the same is found, to the last line of the evidence")?;
        }
        for difference in &replayed.differences {
            say::line(&format!("differs: {difference}"))?;
        }
    }
    Ok(if is_same { Outcome::Done } else { Outcome::Failed })
}

fn told_history(history: &History, show: &Show) -> anyhow::Result<()> {
    if show.json {
        for event in &history.events {
            say::line(&serde_json::to_string(event)?)?;
        }
        return Ok(());
    }
    let mut table = Table::new(&["event", "at", "by", "what", "of", ""]);
    for event in &history.events {
        table.row([
            event.seq.to_string(),
            when::minute(event.at),
            by(event),
            event.kind.clone(),
            event.subject.clone(),
            summary(event),
        ]);
    }
    say::out(&table.to_string())?;
    if show.subject.is_some() && history.among_many > 0 {
        say::note(&format!(
            "{} readings of many things at once may have held it: mihenk audit show --kind access.many-seen",
            history.among_many
        ));
    }
    Ok(())
}

/// Who did it, and by which key if by one.
fn by(event: &Told) -> String {
    let who = event.name.as_ref().unwrap_or(&event.actor);
    event.key.as_ref().map_or_else(|| who.clone(), |key| format!("{who} by {key}"))
}

/// The words that somebody gave, or else the first things that the event says.
fn summary(event: &Told) -> String {
    let Some(body) = &event.body else { return "(erased)".to_owned() };
    let words = ["reason", "request", "text"].iter().find_map(|key| body.get(key)?.as_str());
    let text = words.map_or_else(
        || if body.as_object().is_some_and(|o| !o.is_empty()) { body.to_string() } else { String::new() },
        str::to_owned,
    );
    let short: String = text.chars().take(60).collect();
    if short.len() < text.len() { format!("{short}…") } else { short }
}
