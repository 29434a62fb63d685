//! `mihenk freeze`: what is paused, held, frozen, exempt and released.
//!
//! In come what somebody wants and why; out comes what is so now, and what another person has to do next: a line, a table, or JSON. What is said of
//! a freeze, the register and the regimes is put into words in the files beside this one.

mod regimes;
mod register;
mod show;

use std::path::Path;

use mihenk_node::{
    desk::Seat,
    freezes::{self, Checked, NewPause, Now},
    ledger::{
        Reason,
        day::{Day, minute},
        freezes::{
            Exemption, Freeze as Frozen, Notice as Given, Terms as FreezeTerms, Variation,
            exemptions::{Committee as Said, Wanted},
        },
    },
    portfolio,
};
use serde_json::json;

use crate::{
    Outcome,
    cli::{
        Place,
        freezes::{Committee, Exempt, Freeze, Notice, Pause, Terms, Vary},
        people::Why,
    },
    desk, say,
};

pub(crate) fn run(place: &Place, asked: Freeze) -> anyhow::Result<Outcome> {
    let root = place.folder()?;
    if let Freeze::Regimes { id, json } = asked {
        return regimes::show(&freezes::regimes(&root)?, id.as_deref(), json.json);
    }
    let desk = desk::open(place)?;
    let seat = desk.seat(desk::token(place)?);
    match asked {
        Freeze::Regimes { .. } => {}
        Freeze::Due(json) => show::due(&freezes::due(&seat)?, &freezes::names(&seat)?, desk.now(), json.json)?,
        Freeze::List { all, json } => {
            let (freezes, pauses) = freezes::list(&seat, all)?;
            show::list(&freezes, &pauses, json.json)?;
        }
        Freeze::Show { id, json } => {
            let shown = freezes::show(&seat, &id)?;
            show::freeze(&shown, &freezes::regimes(&root)?, &freezes::names(&seat)?, Day::of(desk.now()), json.json)?;
        }
        Freeze::Register(asked) => register::show(&seat, &asked)?,
        Freeze::CheckListings(json) => {
            let node = portfolio::node(&root, place.model()?)?;
            told_checked(&freezes::check_listings(&seat, &root, node.lookup())?, json.json)?;
        }
        Freeze::Propose(terms) => begin(place, &seat, &root, terms, false)?,
        Freeze::Hold(terms) => begin(place, &seat, &root, terms, true)?,
        asked => act(&seat, &root, asked)?,
    }
    Ok(Outcome::Done)
}

/// What changes something.
fn act(seat: &Seat<'_>, root: &Path, asked: Freeze) -> anyhow::Result<()> {
    match asked {
        Freeze::Pause(asked) => pause(seat, &asked),
        Freeze::Resume { id, seen, why } => {
            freezes::resume(seat, &id, seen.seen, Reason::new(&why.reason)?)?;
            say::done(why.json, &json!({ "resumed": id }), &format!("{id} goes on"))
        }
        Freeze::Confirm { id, seen, json } => told_now(&freezes::confirm(seat, &id, seen.seen)?, json.json),
        Freeze::Decline { id, seen, why } => {
            told_now(&freezes::decline(seat, &id, seen.seen, Reason::new(&why.reason)?)?, why.json)
        }
        Freeze::Review { id, next, seen, why } => {
            freezes::review(seat, &id, seen.seen, next, Reason::new(&why.reason)?)?;
            say::done(
                why.json,
                &json!({ "reviewed": id, "next": next }),
                &format!("{id} stays; the next review is on {next}"),
            )
        }
        Freeze::Vary(asked) => vary(seat, asked),
        Freeze::Release { id, assets, seen, why } => {
            freezes::release(seat, &id, seen.seen, assets, Reason::new(&why.reason)?)?;
            waits(&why, &id.to_string(), "the release")
        }
        Freeze::Notice(asked) => notice(seat, root, &asked),
        Freeze::Exempt(asked) => exempt(seat, root, asked),
        Freeze::Committee(asked) => committee(seat, root, asked),
        Freeze::Use { id, amount, on, why } => {
            let on = on.unwrap_or_else(|| today(seat));
            let exemption = freezes::use_exemption(seat, &id, amount, on, Reason::new(&why.reason)?)?;
            told_used(&exemption, &format!("{amount} counted on {on}"), why.json)
        }
        // What only shows something was done before.
        _ => Ok(()),
    }
}

fn today(seat: &Seat<'_>) -> Day {
    Day::of(seat.desk().now())
}

fn waits(why: &Why, id: &str, what: &str) -> anyhow::Result<()> {
    let told = format!("{what} of {id} is proposed; another person confirms it with 'mihenk freeze confirm {id}'");
    say::done(why.json, &json!({ "id": id, "waiting": what }), &told)
}

fn pause(seat: &Seat<'_>, asked: &Pause) -> anyhow::Result<()> {
    let new = NewPause {
        what: asked.what.clone(),
        customer: asked.customer.clone(),
        entity: asked.entity.clone(),
        for_ms: i64::try_from(asked.span.0.as_millis()).unwrap_or(i64::MAX),
    };
    let until = minute(seat.desk().now().saturating_add(new.for_ms));
    let id = freezes::pause(seat, &new, Reason::new(&asked.why.reason)?)?;
    let told = format!("{id} is paused until {until}; then it is escalated and stays paused until somebody decides");
    say::done(asked.why.json, &json!({ "paused": id, "until": until }), &told)
}

fn begin(place: &Place, seat: &Seat<'_>, root: &Path, asked: Terms, is_hold: bool) -> anyhow::Result<()> {
    let (regimes, node) = (freezes::regimes(root)?, portfolio::node(root, place.model()?)?);
    let authority = match asked.authority {
        Some(authority) => authority,
        None => regimes.get(&asked.programme)?.authority.clone(),
    };
    let terms = FreezeTerms {
        entity: asked.entity,
        also: Vec::new(),
        lists: asked.lists,
        customer: asked.customer,
        programme: asked.programme,
        authority,
        reference: asked.reference,
        scope: asked.scope,
        start: asked.start.unwrap_or_else(|| today(seat)),
        review: asked.review,
        assets: asked.assets,
        alerts: asked.alerts,
        case: asked.case,
    };
    let (pause, reason) = (asked.pause.as_ref(), Reason::new(&asked.why.reason)?);
    if is_hold {
        let id = freezes::hold(seat, root, node.lookup(), terms, pause, reason)?;
        let told =
            format!("{id} is held; another person confirms it within 24 hours with 'mihenk freeze confirm {id}'");
        return say::done(asked.why.json, &json!({ "held": id }), &told);
    }
    let id = freezes::propose(seat, root, node.lookup(), terms, pause, reason)?;
    let told = format!(
        "proposed as {id}; nothing is frozen until another person confirms it with 'mihenk freeze confirm {id}'"
    );
    say::done(asked.why.json, &json!({ "proposed": id }), &told)
}

fn vary(seat: &Seat<'_>, asked: Vary) -> anyhow::Result<()> {
    let variation = Variation {
        add: asked.assets,
        values: asked.values,
        scope: asked.scope,
        authority: asked.authority,
        reference: asked.reference,
        review: asked.review,
    };
    freezes::vary(seat, &asked.id, asked.seen.seen, variation, Reason::new(&asked.why.reason)?)?;
    waits(&asked.why, &asked.id.to_string(), "the variation")
}

fn notice(seat: &Seat<'_>, root: &Path, asked: &Notice) -> anyhow::Result<()> {
    if let (Some(to), Some(how), Some(holder)) = (&asked.given_to, &asked.how, &asked.holder) {
        let on = asked.on.unwrap_or_else(|| today(seat));
        let given = Given { holder: holder.clone(), to: to.clone(), how: how.clone(), on };
        freezes::give_notice(seat, &asked.id, given.clone())?;
        return say::done(
            asked.json.json,
            &json!({ "notice": given }),
            &format!("written down: notice to {holder} on {on}"),
        );
    }
    let letters = freezes::letters(seat, root, &asked.id, asked.holder.as_deref())?;
    if asked.json.json {
        return say::line(&serde_json::to_string(&letters)?);
    }
    let texts: Vec<String> =
        letters.iter().map(|letter| if asked.html { letter.html() } else { letter.text() }).collect();
    say::out(&texts.join(if asked.html { "" } else { "\n\u{c}\n" }))
}

fn exempt(seat: &Seat<'_>, root: &Path, asked: Exempt) -> anyhow::Result<()> {
    let wanted = Wanted {
        kind: asked.kind,
        limit: asked.limit,
        from: asked.from.unwrap_or_else(|| today(seat)),
        until: asked.until,
        recipient: asked.recipient,
        reference: asked.reference,
    };
    let id = freezes::exempt(seat, root, &asked.id, asked.seen.seen, &wanted, Reason::new(&asked.why.reason)?)?;
    let told = format!("proposed as {id}; another person confirms it with 'mihenk freeze confirm {id}'");
    say::done(asked.why.json, &json!({ "proposed": id }), &told)
}

fn committee(seat: &Seat<'_>, root: &Path, asked: Committee) -> anyhow::Result<()> {
    let calendar = freezes::calendar(root, asked.calendar.as_deref())?;
    let said = match (asked.notified, asked.approved, asked.objected) {
        (Some(reference), ..) => Said::Notified { reference },
        (_, Some(reference), _) => Said::Approved { reference },
        (.., objected) => Said::Objected { reason: Reason::new(&objected.unwrap_or_default())? },
    };
    let is_notified = matches!(said, Said::Notified { .. });
    let on = asked.on.unwrap_or_else(|| today(seat));
    let exemption = freezes::committee(seat, &asked.id, on, said, &calendar)?;
    if is_notified && !asked.json.json {
        say::note(&format!("working days by the calendar: {}", calendar.title));
    }
    told_used(&exemption, &format!("written down on {on}"), asked.json.json)
}

fn told_used(exemption: &Exemption, what: &str, as_json: bool) -> anyhow::Result<()> {
    let json = json!({ "exemption": exemption, "left": exemption.left() });
    say::done(as_json, &json, &format!("{}: {what}; {}", exemption.id, show::usable(exemption, None)))
}

fn told_now(now: &Now, as_json: bool) -> anyhow::Result<()> {
    if as_json {
        return say::line(&serde_json::to_string(now)?);
    }
    say::line(&match now {
        Now::Freeze(freeze) => told_freeze(freeze),
        Now::Exemption(exemption) => {
            format!("{} is {}; {}", exemption.id, exemption.state.as_str(), show::usable(exemption, None))
        }
    })
}

fn told_freeze(freeze: &Frozen) -> String {
    let assets = freeze.terms.restrained().count();
    let plural = if assets == 1 { "" } else { "s" };
    let rest = if freeze.state.restrains() {
        format!("; {assets} asset{plural} restrained, review on {}", freeze.terms.review)
    } else {
        String::new()
    };
    format!("{} is {}{rest}", freeze.id, freeze.state.as_str())
}

fn told_checked(checked: &Checked, as_json: bool) -> anyhow::Result<()> {
    if as_json {
        return say::line(&serde_json::to_string(checked)?);
    }
    let mut out = match checked.looked_at {
        1 => "1 freeze rests on a listing\n".to_owned(),
        many => format!("{many} freezes rest on a listing\n"),
    };
    let tasks =
        checked.opened.iter().map(|id| (id, "is opened now")).chain(checked.open.iter().map(|id| (id, "is open")));
    for (id, task) in tasks {
        out.push_str(&format!(
            "{id}: the listing is gone; a task to release {task}. Nothing is released until two people have.\n"
        ));
    }
    for (id, list) in &checked.unknown {
        out.push_str(&format!("{id}: rests on {list}, which is not loaded here; look there yourself\n"));
    }
    say::out(&out)
}
