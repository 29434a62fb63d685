//! What is paused, held, frozen, exempt and released: analysts propose, approvers confirm.
//!
//! The acts of `mihenk freeze`; that nobody confirms what they proposed is the rule of the ledger.

use mihenk_node::{
    NodeError,
    freezes::{self, NewPause, Now},
    ledger::{
        LedgerError, Reason,
        day::Day,
        freezes::{
            Asset, AssetKind, Exemption, FreezeId, Notice, Terms, Variation,
            exemptions::{Committee, Wanted},
            register::{By, Register},
        },
        money::Amount,
    },
    permission::Permission,
};
use serde_json::{Value, json};

use super::{
    ask::Ask,
    operation::Operation,
    reply::Reply,
    schema::{Schema, amount, count, day, flag, id, list, moment, object, one_of, reason, shape, text, whole, words},
    told,
};
use crate::office::At;

/// The longest pause that can be asked for, in minutes: what a pause may be is the ledger's.
const PAUSE_MINUTES: i64 = 60 * 24 * 31;

pub(super) fn operations() -> Vec<Operation> {
    [reading(), proposing(), deciding(), exempting()].into_iter().flatten().collect()
}

fn one(operation: Operation) -> Operation {
    operation.at("freeze", id("F"))
}

fn proposes(operation: Operation) -> Operation {
    operation.with(Permission::ProposeRestraint)
}

fn decided() -> Schema {
    Schema(json!({ "anyOf": [told::freeze().0, told::exemption().0] }))
}

/// An id of a freeze or an exemption.
fn proposal() -> Schema {
    Schema(json!({ "anyOf": [id("F").0, id("L").0] }))
}

fn waiting() -> Schema {
    shape! { "id": id("F"), "waiting": text() }
}

fn reading() -> Vec<Operation> {
    let see = |operation: Operation| operation.with(Permission::See);
    let entry = shape! {
        "freeze": id("F"), "number": whole(), "state": text(), "programme": text(), "reference": text(), "entity": text().or_null(),
        "customer": text().or_null(), "kind": text(), "identifier": text(), "holder": text(), "value": amount().or_null(), "review": day(),
    };
    let total = shape! {
        "of": text(), "currency": text().or_null(), "assets": whole(), "held": whole(),
        "amount_minor": Schema(json!({ "type": ["integer", "string"], "description": "A text when it is too large for a whole number of 64 bits." })),
    };
    let due = shape! { "by": whole(), "is_over": flag(), "id": text(), "what": text(), "told": text() };
    vec![
        see(Operation::get("/freezes", "listFreezes", "Freezes and pauses, newest first"))
            .ask("ended", flag().says("Also those that have ended."))
            .gives(shape! { "freezes": list(told::freeze()), "pauses": list(told::pause()) })
            .by(list_all),
        see(Operation::get("/freezes/due", "listDueFreezes", "What waits and what runs out, first things first"))
            .gives(shape! { "due": list(due) })
            .by(due_now),
        see(Operation::get("/freezes/register", "showRegister", "What is restrained now, or at a moment that was, with totals"))
            .ask("at", moment().says("The moment; now when nothing is said."))
            .gives(shape! { "at": whole(), "seq": whole(), "entries": list(entry), "totals": shape! {
                "programme": list(total.clone()), "currency": list(total.clone()), "holder": list(total),
            } })
            .may(super::code::Code::Refused)
            .by(register),
        see(Operation::get("/freezes/register.csv", "exportRegister", "The same as a table, one line for each asset"))
            .ask("at", moment().says("The moment; now when nothing is said."))
            .writes("text/csv")
            .may(super::code::Code::Refused)
            .by(register_csv),
        see(Operation::get("/freezes/regimes", "listRegimes", "Regimes with what they allow, and where that was read"))
            .gives(shape! { "regimes": list(object()) })
            .by(regimes),
        see(one(Operation::get("/freezes/{freeze}", "showFreeze", "A freeze with its exemptions and their uses")))
            .gives(shape! { "freeze": told::freeze(), "exemptions": list(Schema(json!({ "type": "array" }))) })
            .by(show),
        see(one(Operation::get("/freezes/{freeze}/letters", "writeNotices", "The letters to whoever holds assets")))
            .ask("holder", words().says("To this holder only."))
            .gives(shape! { "letters": list(object()) })
            .may(super::code::Code::Refused)
            .by(letters),
        see(Operation::post("/freezes/check", "checkListings", "Look whether the listings that freezes rest on are still there"))
            .gives(shape! { "looked_at": whole(), "opened": list(id("F")), "open": list(id("F")), "unknown": list(list(text())) })
            .by(check),
    ]
}

fn asset() -> Schema {
    shape! {
        "kind": one_of(&AssetKind::ALL.map(AssetKind::as_str)), "identifier": words().not_empty(), "holder": words().not_empty(),
        @may "value": amount(),
    }
}

fn terms() -> Schema {
    shape! {
        @may "entity": words().says("The listed entity."), @may "lists": list(words()).at_most(100), @may "customer": id("K"),
        "programme": words().not_empty().says("A regime of /freezes/regimes."), @may "authority": words().says("As the regime says when nothing is said."),
        "reference": words().not_empty(), "scope": words().not_empty().says("What is frozen, in words."), @may "start": day().says("Today when nothing is said."),
        "review": day(), "assets": list(asset()).at_most(1_000), @may "alerts": list(id("A")).at_most(1_000), @may "case": id("C"),
        @may "pause": id("P").says("The pause that it follows."), "reason": reason(),
    }
}

fn proposing() -> Vec<Operation> {
    let value = shape! { "number": count(1, 100_000).says("The number of the asset."), @may "value": amount() };
    vec![
        proposes(Operation::post("/pauses", "pause", "Pause a payment, an account, an onboarding; when it runs out it stays paused"))
            .body(shape! {
                "what": words().not_empty(), @may "customer": id("K"), @may "entity": words(), "minutes": count(1, PAUSE_MINUTES), "reason": reason(),
            })
            .makes(shape! { "paused": id("P") })
            .by(pause),
        proposes(Operation::post("/pauses/{pause}/resume", "resume", "Let go on what was paused"))
            .at("pause", id("P"))
            .body(shape! { "reason": reason(), @may "revision": whole() })
            .revised()
            .gives(shape! { "resumed": id("P") })
            .by(resume),
        proposes(Operation::post("/freezes", "proposeFreeze", "Propose a freeze; nothing is frozen until another person confirms it"))
            .body(terms())
            .makes(shape! { "proposed": id("F") })
            .by(propose),
        proposes(Operation::post("/freezes/hold", "hold", "Hold at once on a UN listing that is in use here; another person confirms it within 24 hours"))
            .body(terms())
            .makes(shape! { "held": id("F") })
            .by(hold),
        proposes(one(Operation::post("/freezes/{freeze}/vary", "varyFreeze", "Propose other terms")))
            .body(shape! {
                @may "add": list(asset()).at_most(1_000), @may "values": list(value).at_most(1_000), @may "scope": words(), @may "authority": words(),
                @may "reference": words(), @may "review": day(), "reason": reason(), @may "revision": whole(),
            })
            .revised()
            .gives(waiting())
            .by(vary),
        proposes(one(Operation::post("/freezes/{freeze}/release", "releaseFreeze", "Propose to let assets go")))
            .body(shape! {
                @may "assets": list(count(1, 100_000)).at_most(1_000).says("Numbers of assets; all when none is named."), "reason": reason(),
                @may "revision": whole(),
            })
            .revised()
            .gives(waiting())
            .by(release),
        proposes(one(Operation::post("/freezes/{freeze}/notices", "giveNotice", "Write down that a notice was given")))
            .body(shape! { "holder": words().not_empty(), "to": words().not_empty(), "how": words().not_empty(), @may "on": day() })
            .makes(shape! { "notice": object() })
            .by(notice),
    ]
}

fn deciding() -> Vec<Operation> {
    let decides = |operation: Operation| operation.at("proposal", proposal()).revised();
    vec![
        decides(Operation::post(
            "/proposals/{proposal}/confirm",
            "confirmRestraint",
            "Confirm what another person proposed",
        ))
        .body(shape! { @may "revision": whole() })
        .gives(decided())
        .with(Permission::ConfirmRestraint)
        .by(confirm),
        decides(Operation::post(
            "/proposals/{proposal}/decline",
            "declineRestraint",
            "Take one's own proposal back, or, as an approver, decline another's",
        ))
        .body(shape! { "reason": reason(), @may "revision": whole() })
        .gives(decided())
        .with(Permission::See)
        .by(decline),
        one(Operation::post(
            "/freezes/{freeze}/review",
            "reviewFreeze",
            "Say that a freeze was looked at again and stays",
        ))
        .body(shape! { "next": day(), "reason": reason(), @may "revision": whole() })
        .revised()
        .gives(shape! { "reviewed": id("F"), "next": day() })
        .with(Permission::ConfirmRestraint)
        .by(review),
    ]
}

fn exempting() -> Vec<Operation> {
    let used = || shape! { "exemption": told::exemption(), "left": object().or_null() };
    vec![
        proposes(one(Operation::post("/freezes/{freeze}/exemptions", "proposeExemption", "Propose an exemption that the regime knows")))
            .body(shape! {
                "kind": words().not_empty(), @may "limit": amount(), @may "from": day(), "until": day(), "recipient": words().not_empty(),
                @may "reference": words(), "reason": reason(), @may "revision": whole(),
            })
            .revised()
            .makes(shape! { "proposed": id("L") })
            .by(exempt),
        proposes(Operation::post("/exemptions/{exemption}/committee", "recordCommittee", "Write down what the committee was told or said"))
            .at("exemption", id("L"))
            .body(shape! {
                "said": one_of(&["notified", "approved", "objected"]), "words": words().not_empty().says("Its reference; why, if it objected."), @may "on": day(),
            })
            .gives(used())
            .by(committee),
        proposes(Operation::post("/exemptions/{exemption}/uses", "useExemption", "Count a payment under an exemption"))
            .at("exemption", id("L"))
            .body(shape! { "amount": amount(), @may "on": day(), "reason": reason() })
            .gives(used())
            .by(use_exemption),
    ]
}

fn today(at: &At<'_>) -> Day {
    Day::of(at.seat.desk().now())
}

fn list_all(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let (freezes, pauses) = freezes::list(&at.seat, ask.flag("ended"))?;
    Reply::json(&json!({ "freezes": freezes, "pauses": pauses }))
}

fn due_now(at: &At<'_>, _: &Ask) -> Result<Reply, NodeError> {
    Reply::json(&json!({ "due": freezes::due(&at.seat)? }))
}

fn register_of(at: &At<'_>, ask: &Ask) -> Result<(Register, i64), NodeError> {
    let moment = super::audit::millis_of(ask, "at")?;
    Ok((freezes::register(&at.seat, moment)?, moment.unwrap_or_else(|| at.seat.desk().now())))
}

fn register(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let (register, moment) = register_of(at, ask)?;
    let totals = |by| {
        let one = |total: &mihenk_node::ledger::freezes::register::Total| {
            let amount =
                i64::try_from(total.amount_minor).map_or_else(|_| json!(total.amount_minor.to_string()), Value::from);
            json!({ "of": total.of, "currency": total.currency, "assets": total.assets, "held": total.held, "amount_minor": amount })
        };
        register.totals(by).iter().map(one).collect::<Vec<_>>()
    };
    Reply::json(&json!({
        "at": moment, "seq": register.seq, "entries": register.entries, "totals": {
            "programme": totals(By::Programme), "currency": totals(By::Currency), "holder": totals(By::Holder),
        },
    }))
}

fn register_csv(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    Ok(Reply::file("register.csv", freezes::entries_csv(&register_of(at, ask)?.0)?.into_bytes()))
}

fn regimes(at: &At<'_>, _: &Ask) -> Result<Reply, NodeError> {
    at.seat.may(Permission::See)?;
    let regimes = freezes::regimes(at.folder())?;
    Reply::json(&json!({ "regimes": regimes.all() }))
}

fn show(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let shown = freezes::show(&at.seat, &ask.parse("freeze")?)?;
    Ok(Reply::json(&shown)?.revised(shown.freeze.revision))
}

fn letters(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let letters = freezes::letters(&at.seat, at.folder(), &ask.parse("freeze")?, ask.maybe("holder"))?;
    Reply::json(&json!({ "letters": letters }))
}

fn check(at: &At<'_>, _: &Ask) -> Result<Reply, NodeError> {
    at.seat.may(Permission::See)?;
    Reply::json(&freezes::check_listings(&at.seat, at.folder(), at.node()?.lookup())?)
}

fn pause(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let new = NewPause {
        what: ask.text("what").to_owned(),
        customer: ask.own("customer"),
        entity: ask.own("entity"),
        for_ms: ask.whole("minutes").unwrap_or(0) * 60_000,
    };
    Reply::json(&json!({ "paused": freezes::pause(&at.seat, &new, ask.reason("reason")?)? }))
}

fn resume(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    freezes::resume(&at.seat, &ask.parse("pause")?, ask.revision, ask.reason("reason")?)?;
    Reply::json(&json!({ "resumed": ask.text("pause") }))
}

fn asset_of(value: &Value) -> Result<Asset, NodeError> {
    let text = |name: &str| value[name].as_str().unwrap_or("").to_owned();
    let (kind, value) = (text("kind").parse()?, amount_of(&value["value"])?);
    Ok(Asset { number: 0, kind, identifier: text("identifier"), holder: text("holder"), value, is_released: false })
}

fn amount_of(value: &Value) -> Result<Option<Amount>, NodeError> {
    if value.is_null() {
        return Ok(None);
    }
    let read = serde_json::from_value(value.clone());
    Ok(Some(read.map_err(|error| LedgerError::refused(format!("the amount: {error}")))?))
}

fn assets(ask: &Ask, name: &str) -> Result<Vec<Asset>, NodeError> {
    ask.raw(name).and_then(Value::as_array).into_iter().flatten().map(asset_of).collect()
}

/// What `pause` and `terms` say of a freeze.
fn read_terms(at: &At<'_>, ask: &Ask) -> Result<Terms, NodeError> {
    at.seat.may(Permission::ProposeRestraint)?;
    let programme = ask.text("programme").to_owned();
    let authority = match ask.own("authority") {
        Some(authority) => authority,
        None => freezes::regimes(at.folder())?.get(&programme)?.authority.clone(),
    };
    let review = ask.day("review")?.unwrap_or_else(|| today(at));
    Ok(Terms {
        entity: ask.own("entity"),
        also: Vec::new(),
        lists: ask.texts("lists"),
        customer: ask.own("customer"),
        programme,
        authority,
        reference: ask.text("reference").to_owned(),
        scope: ask.text("scope").to_owned(),
        start: ask.day("start")?.unwrap_or_else(|| today(at)),
        review,
        assets: assets(ask, "assets")?,
        alerts: ask.texts("alerts"),
        case: ask.own("case"),
    })
}

fn propose(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let (terms, pause) = (read_terms(at, ask)?, ask.maybe_parse("pause")?);
    let node = at.node()?;
    let id = freezes::propose(&at.seat, at.folder(), node.lookup(), terms, pause.as_ref(), ask.reason("reason")?)?;
    made("proposed", &id)
}

fn hold(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let (terms, pause) = (read_terms(at, ask)?, ask.maybe_parse("pause")?);
    let node = at.node()?;
    let id = freezes::hold(&at.seat, at.folder(), node.lookup(), terms, pause.as_ref(), ask.reason("reason")?)?;
    made("held", &id)
}

fn made(verb: &str, id: &FreezeId) -> Result<Reply, NodeError> {
    let mut value = json!({});
    value[verb] = json!(id);
    Ok(Reply::json(&value)?.with("location", format!("{}/freezes/{id}", super::BASE)))
}

fn vary(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let values = ask.raw("values").and_then(Value::as_array).into_iter().flatten().map(|one| {
        let number = one["number"].as_u64().and_then(|number| u32::try_from(number).ok()).unwrap_or(0);
        Ok((number, amount_of(&one["value"])?))
    });
    let variation = Variation {
        add: assets(ask, "add")?,
        values: values.collect::<Result<_, NodeError>>()?,
        scope: ask.own("scope"),
        authority: ask.own("authority"),
        reference: ask.own("reference"),
        review: ask.day("review")?,
    };
    freezes::vary(&at.seat, &ask.parse("freeze")?, ask.revision, variation, ask.reason("reason")?)?;
    Reply::json(&json!({ "id": ask.text("freeze"), "waiting": "the variation" }))
}

fn release(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let assets: Option<Vec<u32>> = ask.take("assets")?;
    let id = ask.parse("freeze")?;
    freezes::release(&at.seat, &id, ask.revision, assets.unwrap_or_default(), ask.reason("reason")?)?;
    Reply::json(&json!({ "id": id, "waiting": "the release" }))
}

fn notice(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let text = |name: &str| ask.text(name).to_owned();
    let on = ask.day("on")?.unwrap_or_else(|| today(at));
    let notice = Notice { holder: text("holder"), to: text("to"), how: text("how"), on };
    freezes::give_notice(&at.seat, &ask.parse("freeze")?, notice.clone())?;
    Reply::json(&json!({ "notice": notice }))
}

fn decided_json(now: &Now) -> Result<Reply, NodeError> {
    let revision = match now {
        Now::Freeze(freeze) => freeze.revision,
        Now::Exemption(exemption) => exemption.revision,
    };
    Ok(Reply::json(now)?.revised(revision))
}

fn confirm(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    decided_json(&freezes::confirm(&at.seat, &ask.parse("proposal")?, ask.revision)?)
}

fn decline(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    decided_json(&freezes::decline(&at.seat, &ask.parse("proposal")?, ask.revision, ask.reason("reason")?)?)
}

fn review(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let next = ask.day("next")?.unwrap_or_else(|| today(at));
    freezes::review(&at.seat, &ask.parse("freeze")?, ask.revision, next, ask.reason("reason")?)?;
    Reply::json(&json!({ "reviewed": ask.text("freeze"), "next": next }))
}

fn exempt(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let wanted = Wanted {
        kind: ask.text("kind").to_owned(),
        limit: amount_of(ask.raw("limit").unwrap_or(&Value::Null))?,
        from: ask.day("from")?.unwrap_or_else(|| today(at)),
        until: ask.day("until")?.unwrap_or_else(|| today(at)),
        recipient: ask.text("recipient").to_owned(),
        reference: ask.own("reference"),
    };
    let freeze = ask.parse("freeze")?;
    let id = freezes::exempt(&at.seat, at.folder(), &freeze, ask.revision, &wanted, ask.reason("reason")?)?;
    Reply::json(&json!({ "proposed": id }))
}

fn used(exemption: &Exemption) -> Result<Reply, NodeError> {
    Reply::json(&json!({ "exemption": exemption, "left": exemption.left() }))
}

fn committee(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let calendar = freezes::calendar(at.folder(), None)?;
    let words = ask.text("words").to_owned();
    let said = match ask.text("said") {
        "notified" => Committee::Notified { reference: words },
        "approved" => Committee::Approved { reference: words },
        _ => Committee::Objected { reason: Reason::new(&words)? },
    };
    let on = ask.day("on")?.unwrap_or_else(|| today(at));
    used(&freezes::committee(&at.seat, &ask.parse("exemption")?, on, said, &calendar)?)
}

fn use_exemption(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let amount = amount_of(ask.raw("amount").unwrap_or(&Value::Null))?;
    let amount = amount.ok_or_else(|| NodeError::Act("an amount is missing".to_owned()))?;
    let on = ask.day("on")?.unwrap_or_else(|| today(at));
    used(&freezes::use_exemption(&at.seat, &ask.parse("exemption")?, amount, on, ask.reason("reason")?)?)
}
