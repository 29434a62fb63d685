//! Documents that were attached to an alert, a case or a redress, as they came.
//!
//! Those of reports are with the reports, and found by nobody here.

use mihenk_node::{NodeError, alerts, permission::Permission};

use super::{ask::Ask, operation::Operation, reply::Reply, schema::id};
use crate::office::At;

pub(super) fn operations() -> Vec<Operation> {
    vec![
        Operation::get(
            "/documents/{document}",
            "readDocument",
            "A document as it came; a browser keeps it and does not show it",
        )
        .at("document", id("D"))
        .writes("application/octet-stream")
        .with(Permission::See)
        .may(super::code::Code::Refused)
        .by(read),
    ]
}

fn read(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    at.seat.may(Permission::See)?;
    let (document, content) = alerts::document(&at.seat, &ask.parse("document")?, &at.key()?)?;
    Ok(Reply::file(&document.name, content))
}
