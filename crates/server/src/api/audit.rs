//! What was done and by whom: shown, verified, exported, and a past finding computed again.
//!
//! The acts of `mihenk audit`; for auditors. Asking is itself an event.

use mihenk_node::{
    NodeError, audit,
    ledger::{LedgerError, audit::Filter},
    permission::Permission,
    portfolio,
    store::verify::Verdict,
};
use serde_json::{Value, json};

use super::{
    ask::{Ask, Spool},
    operation::Operation,
    reply::Reply,
    schema::{count, flag, list, moment, number_in_path, object, shape, text, whole, words},
};
use crate::office::At;

/// Events of an answer where nothing is said.
const NEWEST: u32 = 100;

pub(super) fn operations() -> Vec<Operation> {
    let event = shape! {
        "seq": whole(), "at": whole(), "actor": text(), "name": text().or_null(), @may "key": text().says("By which key of the API, if by one."), "kind": text(), "subject": text(),
        "body": super::schema::Schema(json!({})),
    };
    let verdict = shape! {
        "whole": flag(), @may "events": whole(), @may "erased": whole(), @may "head": text(), @may "seq": whole(), @may "wrong": text(),
        "compartment_is_whole": flag(),
    };
    let all = vec![
        Operation::get("/audit", "showAudit", "What was done, and by whom; reading included")
            .ask("subject", words().says("An id, and what belongs to it."))
            .ask("only", flag().says("The subject alone."))
            .ask("actor", words().says("A user's name, or a part of the software."))
            .ask("kind", words().says("Such as alert.cleared, or alert for all of a kind."))
            .ask("from", moment())
            .ask("until", moment())
            .ask("newest", count(1, 10_000).usually(NEWEST).says("No more than so many, the newest."))
            .gives(shape! { "events": list(event), "among_many": whole().says("How often many things were read at once, each of which may have held this one.") })
            .by(show),
        Operation::get("/audit/verify", "verifyAudit", "Walk the chain, and hold it against a head that was kept elsewhere")
            .ask("head", words().says("A head that was kept, as 'showHead' gives it."))
            .gives(verdict)
            .may(super::code::Code::Refused)
            .by(verify),
        Operation::get("/audit/head", "showHead", "Where the chain stands, to be kept elsewhere").gives(shape! { "head": text() }).by(head),
        Operation::get("/audit/export", "exportAudit", "A range of the chain, in a form that can be checked without the store")
            .ask("from", count(1, i64::MAX).usually(1))
            .ask("to", count(1, i64::MAX))
            .writes("application/octet-stream")
            .may(super::code::Code::Refused)
            .by(export),
        Operation::get("/audit/replay/{seq}", "replay", "Compute the finding of a past event again, with the lists and the model of then")
            .at("seq", number_in_path())
            .gives(shape! {
                "seq": whole(), "alert": text(), "at": whole(), "then": object(), "now": object().or_null(), "differences": list(text()), "same": flag(),
            })
            .may(super::code::Code::Refused)
            .by(replay),
    ];
    all.into_iter().map(|operation| operation.with(Permission::Audit)).collect()
}

/// A moment as milliseconds since 1970, if there is one.
pub(super) fn millis_of(ask: &Ask, name: &str) -> Result<Option<i64>, NodeError> {
    let read = |text: &str| {
        let moment = text.parse::<jiff::Timestamp>();
        moment
            .map(jiff::Timestamp::as_millisecond)
            .map_err(|_| LedgerError::refused(format!("{name}: {text:?} is no moment")))
    };
    Ok(ask.maybe(name).map(read).transpose()?)
}

fn show(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let filter = Filter {
        subject: ask.own("subject"),
        actor: ask.own("actor"),
        kind: ask.own("kind"),
        from: millis_of(ask, "from")?,
        until: millis_of(ask, "until")?,
        related: !ask.flag("only"),
        newest: Some(ask.whole("newest").and_then(|number| u32::try_from(number).ok()).unwrap_or(NEWEST)),
    };
    let history = audit::show(&at.seat, &filter)?;
    Reply::json(&json!({ "events": history.events, "among_many": history.among_many }))
}

fn verify(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let kept =
        ask.maybe("head").map(str::parse).transpose().map_err(|error| NodeError::Act(format!("the head: {error}")))?;
    let verdict = audit::verify(&at.seat, kept)?;
    let mut out: Value = match verdict {
        Verdict::Whole(whole) => {
            json!({ "whole": true, "events": whole.events, "erased": whole.erased, "head": whole.head.to_string() })
        }
        Verdict::Broken(broken) => json!({ "whole": false, "seq": broken.seq, "wrong": broken.to_string() }),
    };
    out["compartment_is_whole"] = json!(audit::compartment_is_whole(&at.seat)?);
    Reply::json(&out)
}

fn head(at: &At<'_>, _: &Ask) -> Result<Reply, NodeError> {
    Reply::json(&json!({ "head": audit::head(&at.seat)?.to_string() }))
}

/// A range of the chain in a file beside the data folder, with the name that it is sent under. It is removed when it is not needed any more, also when something goes wrong.
pub(crate) fn exported(at: &At<'_>, first: i64, last: Option<i64>) -> Result<(String, Spool), NodeError> {
    at.seat.may(Permission::Audit)?;
    let folder = at.folder().join("uploads");
    std::fs::create_dir_all(&folder).map_err(|source| NodeError::Io { path: folder.clone(), source })?;
    let path = folder.join(format!("{}-{:016x}.export", std::process::id(), crate::app::random()));
    let file = Spool { path, length: 0 };
    let exported = audit::export(&at.seat, first, last, &file.path)?;
    Ok((format!("audit-{}-{}.jsonl", exported.first, exported.head.seq), file))
}

fn export(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let (name, file) = exported(at, ask.whole("from").unwrap_or(1), ask.whole("to"))?;
    let bytes = std::fs::read(&file.path).map_err(|source| NodeError::Io { path: file.path.clone(), source })?;
    Ok(Reply::file(&name, bytes))
}

fn replay(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let seq = ask.text("seq").parse().map_err(|_| LedgerError::unknown("event", ask.text("seq")))?;
    let replayed = portfolio::replay(&at.seat, at.folder(), at.model(), seq)?;
    let mut out = json!(replayed);
    out["same"] = json!(replayed.differences.is_empty());
    Reply::json(&out)
}
