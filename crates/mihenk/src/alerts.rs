//! `mihenk alert`: looks at alerts, works on them, reviews what others cleared.
//!
//! In come ids, terms, a reason; out comes what is so now. How an alert looks on a terminal is in `show.rs`.

mod show;

use anyhow::bail;
use jiff::tz::TimeZone;
use mihenk_node::{
    alerts,
    desk::Seat,
    ledger::{
        Reason,
        alerts::{
            AlertId, Policy,
            review::Verdict,
            work::{RuleUntil, ToClear},
        },
    },
};
use serde_json::json;

use crate::{
    Outcome, cases,
    cli::{
        Place,
        alerts::{Alert, Clear, List, Review},
    },
    desk, documents, say,
};

pub(crate) fn run(place: &Place, command: Alert) -> anyhow::Result<Outcome> {
    let desk = desk::open(place)?;
    let seat = desk.seat(desk::token(place)?);
    match command {
        Alert::List(list) => self::list(&seat, &list)?,
        Alert::Show(one) => show::alert(&alerts::show(&seat, &one.id.parse()?)?, one.json)?,
        Alert::Next { json } => match alerts::next(&seat)? {
            Some(next) => show::alert(&next, json)?,
            None if json => say::line("null")?,
            None => say::note("there is no alert that you could take"),
        },
        Alert::Take(several) => {
            alerts::take(&seat, &ids(&several.ids.ids)?, several.ids.seen)?;
            done(several.json, "taken", &several.ids.ids, "is yours", "are yours")?;
        }
        Alert::Assign { several, to, reason } => {
            let reason = reason.as_deref().map(Reason::new).transpose()?;
            alerts::assign(&seat, &ids(&several.ids.ids)?, &to, reason.as_ref(), several.ids.seen)?;
            let (one, many) = (format!("is {to}'s"), format!("are {to}'s"));
            done(several.json, "assigned", &several.ids.ids, &one, &many)?;
        }
        Alert::Return { several, reason } => {
            let reason = reason.as_deref().map(Reason::new).transpose()?;
            alerts::give_back(&seat, &ids(&several.ids.ids)?, reason.as_ref())?;
            done(several.json, "returned", &several.ids.ids, "is nobody's", "are nobody's")?;
        }
        Alert::Comment { one, text } => {
            alerts::comment(&seat, &one.id.parse()?, Reason::new(&text)?)?;
            done(one.json, "commented", &[one.id], "has your comment", "")?;
        }
        Alert::Clear(clear) => return self::clear(place, &seat, &clear),
        Alert::Reopen { one, why } => {
            alerts::reopen(&seat, &one.id.parse()?, Reason::new(&why.reason)?, one.seen)?;
            done(why.json, "reopened", &[one.id], "is open again", "")?;
        }
        Alert::Escalate { several, case, why } => {
            cases::join(&seat, &case, &several.ids, &why, several.seen)?;
        }
        Alert::Review(review) => self::review(&seat, review)?,
        Alert::Reasons { json } => show::reasons(policy(place)?.reasons(), json)?,
        Alert::Statistics { json } => show::statistics(&alerts::statistics(&seat)?, json)?,
        Alert::Rules { all, json } => {
            let (rules, named) = alerts::rules(&seat, all)?;
            show::rules(&rules, &named, json)?;
        }
        Alert::Withdraw { id, why } => {
            let alert = alerts::withdraw(&seat, &id.parse()?, Reason::new(&why.reason)?)?;
            done(why.json, "reopened", &[alert.to_string()], "is open again", "")?;
        }
        Alert::Attach { one, file } => {
            let (name, content) = documents::read(&file)?;
            let key = documents::key(place, &desk)?;
            let id = alerts::attach(&seat, &one.id.parse()?, &key, &name, &content)?;
            told(one.json, &json!({ "attached": id, "to": one.id }), &format!("attached as {id}"))?;
        }
        Alert::ExportAttachment(export) => return documents::export(place, &seat, &export),
    }
    Ok(Outcome::Done)
}

pub(crate) fn ids(written: &[String]) -> anyhow::Result<Vec<AlertId>> {
    Ok(written.iter().map(|id| id.parse()).collect::<Result<_, _>>()?)
}

fn policy(place: &Place) -> anyhow::Result<Policy> {
    Ok(alerts::policy(place.folder().ok().as_deref())?)
}

/// Says that something was done to alerts.
fn done(as_json: bool, verb: &str, ids: &[String], one: &str, many: &str) -> anyhow::Result<()> {
    let words = match ids {
        [id] => format!("{id} {one}"),
        _ => format!("{} alerts {many}", ids.len()),
    };
    told(as_json, &json!({ verb: ids }), &words)
}

pub(crate) fn told(as_json: bool, json: &serde_json::Value, words: &str) -> anyhow::Result<()> {
    if as_json { say::line(&json.to_string()) } else { say::line(words) }
}

fn list(seat: &Seat<'_>, list: &List) -> anyhow::Result<()> {
    let mut terms = list.terms.clone();
    let mut add = |name: &str, value: &Option<String>| {
        if let Some(value) = value {
            terms.push(format!("{name}={value}"));
        }
    };
    add("state", &list.state);
    add("kind", &list.kind);
    add("list", &list.list);
    add("older", &list.older.map(|days| days.to_string()));
    add("holder", &list.mine.then(|| "me".to_owned()));
    let says_state = terms.iter().any(|term| ["state=", "open", "free"].iter().any(|name| term.starts_with(name)));
    if !list.all && !says_state {
        terms.push("open".to_owned());
    }
    show::list(&alerts::list(seat, &terms, list.limit)?, list.json)
}

fn clear(place: &Place, seat: &Seat<'_>, clear: &Clear) -> anyhow::Result<Outcome> {
    let how = ToClear { reason: clear.because.clone(), note: Reason::new(&clear.why.reason)?, rule: rule(clear)? };
    let ids = if clear.terms.is_empty() { ids(&clear.ids)? } else { alerts::choose(seat, &clear.terms)? };
    if ids.is_empty() {
        bail!("there is no alert of which this is so and that you could take; nothing was done");
    }
    let is_many = ids.len() > 1 || !clear.terms.is_empty();
    if is_many && !clear.yes {
        let some = ids.iter().take(8).map(AlertId::as_str).collect::<Vec<_>>().join(", ");
        let more = if ids.len() > 8 { ", …" } else { "" };
        say::note(&format!(
            "{} alerts would be cleared ({some}{more}); nothing was done, add --yes to do it",
            ids.len()
        ));
        return Ok(Outcome::Failed);
    }
    let cleared = alerts::clear(seat, &policy(place)?, &ids, &how, clear.seen)?;
    let words = match (cleared.cleared, cleared.proposed, &ids[..]) {
        (1, 0, [id]) => format!("{id} is cleared"),
        (0, 1, [id]) => {
            format!("{id} is proposed: a second person has to agree, with 'mihenk alert review {id} --agree'")
        }
        (all, 0, _) => format!("{all} alerts are cleared"),
        (some, waiting, _) => format!("{some} alerts are cleared, {waiting} wait for a second person"),
    };
    told(clear.why.json, &json!({ "cleared": cleared.cleared, "proposed": cleared.proposed, "alerts": ids }), &words)?;
    Ok(Outcome::Done)
}

fn rule(clear: &Clear) -> anyhow::Result<Option<RuleUntil>> {
    Ok(match (clear.not_same, clear.until) {
        (false, _) => None,
        (true, None) => Some(RuleUntil::Usual),
        // The whole day still counts.
        (true, Some(day)) => Some(RuleUntil::At(day.tomorrow()?.to_zoned(TimeZone::UTC)?.timestamp().as_millisecond())),
    })
}

fn review(seat: &Seat<'_>, review: Review) -> anyhow::Result<()> {
    let Some(id) = review.id else {
        let (waiting, named) = alerts::reviews(seat)?;
        return show::reviews(&waiting, &named, review.json);
    };
    let verdict = match review.reason {
        Some(reason) if review.send_back => Verdict::SendBack(Reason::new(&reason)?),
        _ => Verdict::Agree,
    };
    let words = if review.send_back { "is open again, with whoever cleared it" } else { "is reviewed: you agree" };
    alerts::review(seat, &id.parse()?, verdict, review.seen)?;
    done(review.json, if review.send_back { "sent_back" } else { "agreed" }, &[id], words, "")
}
