//! The server itself: who asks, what is running, the description of the API.
//!
//! What takes no act: whoever asks, what was asked to be done, and what could go wrong.

use mihenk_node::{NodeError, ledger::LedgerError};
use serde_json::json;

use super::{
    ask::Ask,
    code::Code,
    jobs,
    operation::Operation,
    reply::Reply,
    schema::{list, number_in_path, object, shape, text, whole},
    told,
};
use crate::{app::State, office::At};

pub(super) fn operations() -> Vec<Operation> {
    let code =
        shape! { "code": text(), "status": whole(), "title": text(), "when": text(), "remedy": text(), "type": text() };
    vec![
        Operation::get("/openapi.json", "describe", "This description").gives(object()).by_public(describe),
        Operation::get("/problems", "listProblems", "All that can go wrong, by code")
            .gives(shape! { "problems": list(code) })
            .by_public(problems),
        Operation::get("/me", "showMe", "Who is signed in, and what they are here for").gives(told::user()).by(me),
        Operation::get("/jobs/{job}", "showJob", "How far some work is that takes longer than a request")
            .at("job", number_in_path())
            .gives(jobs::schema())
            .by(job),
    ]
}

fn describe(state: &State, _: &Ask) -> Result<Reply, NodeError> {
    Reply::json(&super::openapi(&state.settings.title))
}

fn problems(_: &State, _: &Ask) -> Result<Reply, NodeError> {
    let told = |code: &Code| {
        let about = code.about();
        json!({
            "code": about.name, "status": about.status, "title": about.title, "when": about.when, "remedy": about.remedy,
            "type": code.place(),
        })
    };
    Reply::json(&json!({ "problems": Code::ALL.iter().map(told).collect::<Vec<_>>() }))
}

fn me(at: &At<'_>, _: &Ask) -> Result<Reply, NodeError> {
    Reply::json(&at.seat.user()?)
}

fn job(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let number = ask.text("job");
    let found = number.parse().ok().and_then(|number| at.state.api.jobs.get(number));
    Reply::json(&found.ok_or_else(|| LedgerError::unknown("job", number))?)
}
