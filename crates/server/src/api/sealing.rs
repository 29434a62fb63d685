//! The key that seals documents: what is known of it, and another one in its place, by two administrators.
//!
//! In comes a reason, out comes a proposal, which is confirmed as every change of people ([`super::people`]). The key itself is in no answer.

use mihenk_node::{NodeError, permission::Permission, sealing};
use serde_json::json;

use super::{
    ask::Ask,
    jobs,
    operation::Operation,
    reply::Reply,
    schema::{flag, id, list, reason, shape, text, whole},
};
use crate::{app::State, office::At};

pub(super) fn operations() -> Vec<Operation> {
    let about = shape! {
        "file": text(), "id": text().or_null().says("By which it is known; null while there is none."), "wrong": text().or_null().says("Why it cannot be used."),
        "is_exchanging": flag().says("Whether an exchange was confirmed, or has begun, and is not over."),
        "waiting": id("N").or_null().says("The exchange that another administrator has yet to confirm."), "before": list(text()),
    };
    vec![
        Operation::get("/sealing", "showSealing", "Where the key is that documents are sealed with, and by which id it is known; never the key")
            .gives(about)
            .with(Permission::ManageStore)
            .by(show),
        Operation::post("/sealing/exchange", "exchangeKey", "Propose another key, which another administrator confirms with the changes of people; goes on with an exchange that was confirmed and is not over")
            .body(shape! { "reason": reason() })
            .gives(shape! { "proposed": id("N").or_null(), "job": whole().or_null().says("The work, when it goes on.") })
            .with(Permission::ManageStore)
            .by(exchange),
    ]
}

fn show(at: &At<'_>, _: &Ask) -> Result<Reply, NodeError> {
    let about = sealing::about(&at.seat, at.key_file())?;
    let waiting = about.waiting.map(|one| one.id);
    Reply::json(&json!({
        "file": about.file, "id": about.id, "wrong": about.wrong, "is_exchanging": about.is_exchanging, "waiting": waiting, "before": about.before,
    }))
}

fn exchange(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    at.seat.may(Permission::ManageStore)?;
    if sealing::is_due(at.seat.desk(), at.key_file())? {
        return Reply::json(&json!({ "proposed": null, "job": exchange_begun(at)? }));
    }
    let proposed = sealing::propose(&at.seat, at.key_file(), ask.reason("reason")?)?;
    Reply::json(&json!({ "proposed": proposed, "job": null }))
}

/// Begins to exchange the key, as two administrators decided, or goes on with it; gives the number of the work.
pub(crate) fn exchange_begun(at: &At<'_>) -> Result<u64, NodeError> {
    let token = at.token.clone();
    let work = move |state: &State, _: &(dyn Fn(serde_json::Value) + Sync)| {
        let office = state.office.clone().ok_or(NodeError::NotSignedIn)?;
        let exchanged = sealing::exchange(&office.desk.seat(token), &office.folder, &office.key_file)?;
        Ok(json!({ "from": exchanged.from, "to": exchanged.to }))
    };
    Ok(jobs::begin(at.state, "key-exchange", at.seat.desk().now(), work)?.number())
}
