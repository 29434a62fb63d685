//! Who on several lists is one: what rules and people joined, who else may be, and deciding it.
//!
//! The acts of `mihenk lists merge`; a decision is recorded and in use when it is answered.

use mihenk_node::{
    Clock, NodeError, SystemClock,
    folder::Folder,
    merging::{
        acts::{Act, Deciding, Session},
        ledger,
        proposing::{Wanted, proposals},
    },
    permission::Permission,
    status, upkeep, versions,
};
use serde_json::json;

use super::{
    ask::Ask,
    code::Code,
    operation::Operation,
    reply::Reply,
    schema::{count, list, map, object, one_of, reason, shape, share, text, whole, words},
};
use crate::office::At;

/// Proposals of a page where nothing is said.
const PAGE: usize = 50;

pub(super) fn operations() -> Vec<Operation> {
    let merged = shape! { "id": text(), "ids": list(text()), "links": list(object()) };
    let proposed = shape! {
        "threshold": share(), "base_rate": whole(), "model": text(), "lists": map(text()), "proposals": list(object()), "count": whole(),
    };
    let summary = shape! {
        "by_rule": whole(), "by_person": whole(), "entries": whole(), "conflicts": whole(), "absent": whole(),
        "proposals": whole().or_null(), "warnings": list(text()),
    };
    vec![
        Operation::get("/merges", "showMerges", "How many entities of several lists are one, and by what")
            .gives(summary)
            .with(Permission::See)
            .may(Code::NotReady)
            .by(summed),
        Operation::get("/merges/merged", "listMerged", "Who of several lists is one, and why")
            .paged(50, 1_000)
            .gives(shape! {
                "merged": list(merged), "blocked": list(object()), "conflicts": list(object()), "absent": list(object()), "count": whole(),
            })
            .with(Permission::See)
            .may(Code::NotReady)
            .by(merged_now),
        Operation::get("/merges/proposals", "listMergeProposals", "Who else may be one, with the evidence")
            .ask("threshold", share().says("From which score on."))
            .ask("base_rate", count(2, 1_000_000_000).says("One in how many pairs is one."))
            .paged(50, 1_000)
            .gives(proposed)
            .with(Permission::See)
            .may(Code::NotReady)
            .by(proposed_now),
        Operation::post("/merges/decisions", "decideMerge", "Decide whether two listed entities are one")
            .body(shape! {
                "decision": one_of(&["same", "different", "undo"]), "a": words().not_empty(), "b": words().not_empty(), "reason": reason(),
            })
            .makes(shape! { "decision": object(), "merged_into": text().or_null() })
            .with(Permission::DecideWhoIsOne)
            .may(Code::NotReady)
            .by(decide),
    ]
}

fn may_see(at: &At<'_>) -> Result<(), NodeError> {
    at.seat.may(Permission::See)
}

fn summed(at: &At<'_>, _: &Ask) -> Result<Reply, NodeError> {
    may_see(at)?;
    let session = Session::open(at.folder(), at.model())?;
    let found = status::merging(&Folder::new(at.folder().to_owned()), &at.model())?;
    let mut out = json!(session.merges().counts());
    out["proposals"] = json!(found.and_then(|merging| merging.proposals));
    out["warnings"] = json!(session.merges().warnings());
    Reply::json(&out)
}

fn merged_now(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    may_see(at)?;
    let session = Session::open(at.folder(), at.model())?;
    let merges = session.merges();
    Reply::json(&json!({
        "merged": ask.page(&merges.merged, PAGE), "blocked": merges.blocked, "conflicts": merges.conflicts, "absent": merges.absent,
        "count": merges.merged.len(),
    }))
}

fn proposed_now(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    may_see(at)?;
    let usual = Wanted::default();
    let wanted = Wanted {
        threshold: ask.number("threshold").unwrap_or(usual.threshold),
        base_rate: ask.whole("base_rate").and_then(|rate| u32::try_from(rate).ok()).unwrap_or(usual.base_rate),
    };
    let found = proposals(at.folder(), at.model(), wanted)?;
    let mut out = json!(found);
    out["proposals"] = json!(ask.page(&found.proposals, PAGE));
    out["count"] = json!(found.proposals.len());
    Reply::json(&out)
}

fn decide(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let act = match ask.text("decision") {
        "same" => Act::Accept,
        "different" => Act::Reject,
        _ => Act::Undo,
    };
    at.seat.may(Permission::DecideWhoIsOne)?;
    let reason = ask.reason("reason")?;
    let (a, b, now) = (ask.text("a"), ask.text("b"), versions::written(SystemClock.now()));
    let mut session = Session::open(at.folder(), at.model())?;
    let deciding = Deciding { act, a, b, reason: reason.as_str(), by: "" };
    let decision = ledger::decide(&at.seat, &mut session, &deciding, &now)?;
    let added = session.finish(&now)?;
    let has = |ids: &[String], id: &str| ids.iter().any(|known| known == id);
    let both = added.merges.merged.iter().find(|one| has(&one.ids, &decision.a) && has(&one.ids, &decision.b));
    let into = both.map(|merged| merged.id.clone());
    upkeep::follow(at.seat.desk(), at.folder(), at.model(), &mut |_| {})?;
    at.state.holder.look(false)?;
    Reply::json(&json!({ "decision": decision, "merged_into": into }))
}
