//! Who stands behind an entity, and how subjects are tied: `mihenk own` and `mihenk network`.
//!
//! The answers are those of `--json`, the pictures those of `--svg`; nothing is written down.

use mihenk_node::{
    NodeError, Source,
    graph::{Dashed, draw_with},
    ledger::{day::Day, ownership::change::Change},
    networks::{self, Answered, Asked, Places, gather, office},
    ownership::{Holdings, Question, Standing, picture},
    permission::Permission,
};
use serde_json::json;

use super::{
    ask::Ask,
    code::Code,
    operation::Operation,
    reply::Reply,
    schema::{count, day, flag, list, map, object, shape, text, whole, words},
};
use crate::office::At;

/// The media type of pictures.
const SVG: &str = "image/svg+xml";

pub(super) fn operations() -> Vec<Operation> {
    let standing = shape! {
        "entity": object(), "day": day(), "sources": list(text()), "parties": whole(), "holdings": whole(), "assumed": list(text()),
        "regimes": list(object()), "holders": list(object()), "holders_cut": flag(), "ways": list(object()), "ties": list(object()),
        "holds": list(object()), "doubts": list(object()), "altered": list(object()), "altered_count": whole(), "warnings": list(text()),
    };
    let answered = shape! {
        "taken": list(object()), @may "between": list(object()), @may "around": object(), @may "groups": list(object()),
        "subjects": map(object()), "made_of": object(),
    };
    vec![
        asks_own(Operation::get(
            "/ownership",
            "showOwnership",
            "Who stands behind an entity, what each regime makes of it and why",
        ))
        .gives(standing)
        .by(own),
        asks_own(Operation::get("/ownership/picture", "drawOwnership", "The same as a picture"))
            .writes(SVG)
            .by(draw_own),
        asks_network(Operation::get("/networks", "showNetwork", "How subjects are tied")).gives(answered).by(network),
        asks_network(Operation::get("/networks/picture", "drawNetwork", "The same as a picture"))
            .writes(SVG)
            .by(draw_network),
    ]
}

fn asks_own(operation: Operation) -> Operation {
    operation
        .must("entity", words().not_empty().says("The id of a listed entity, or its name."))
        .ask("on", day().says("The day; today when nothing is said."))
        .ask("regime", list(words().at_most(50)).at_most(10).says("Regimes; all when none is named."))
        .ask(
            "what_if",
            list(words().at_most(300)).at_most(10).says("What would be otherwise, as 'mihenk own --what-if' takes it."),
        )
        .with(Permission::See)
        .may(Code::Refused)
        .may(Code::NotReady)
}

fn asks_network(operation: Operation) -> Operation {
    operation
        .ask(
            "subject",
            list(words().at_most(200).not_empty())
                .at_most(10)
                .says("Ids or names: one for who is around it, two or more for what is between them."),
        )
        .ask("most_ties", count(1, 6).says("Ties of a path."))
        .ask("paths", count(1, 50).usually(3))
        .ask("neighbours", count(1, 500).usually(20))
        .ask("groups", flag().says("Who belongs together."))
        .ask("ledger", flag().says("Customers and cases too."))
        .with(Permission::See)
        .may(Code::Refused)
        .may(Code::NotReady)
}

fn may_see(at: &At<'_>) -> Result<(), NodeError> {
    at.seat.may(Permission::See)
}

fn standing(at: &At<'_>, ask: &Ask) -> Result<(Standing, Vec<String>), NodeError> {
    may_see(at)?;
    let changes = ask.texts("what_if");
    let changes = changes.iter().map(|text| Change::parse(text)).collect::<Result<_, _>>()?;
    let live = at.state.holder.live().map_err(|_| NodeError::NoIndex)?;
    let source = Source::of(at.folder().to_owned());
    let holdings = Holdings::read(&source, Some(&live.node), &[])?;
    let day = ask.day("on")?.unwrap_or_else(|| Day::of(at.seat.desk().now()));
    let question = Question { entity: ask.text("entity").to_owned(), day, regimes: ask.texts("regime"), changes };
    Ok((holdings.standing(&question)?, holdings.warnings().to_vec()))
}

fn own(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let (standing, warnings) = standing(at, ask)?;
    let mut out = json!(standing);
    out["warnings"] = json!(warnings);
    Reply::json(&out)
}

fn draw_own(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let (standing, _) = standing(at, ask)?;
    let heading = format!("Who stands behind {} · {}", standing.entity.name, standing.day);
    let dashed = Dashed { means: "not certain", is_directed: true };
    Ok(Reply::text(draw_with(&heading, &picture(&standing), dashed)))
}

fn answered(at: &At<'_>, ask: &Ask) -> Result<Answered, NodeError> {
    may_see(at)?;
    let office = if ask.flag("ledger") { Some(office(&at.seat)?) } else { None };
    let live = at.state.holder.live().ok();
    if live.is_none() && office.is_none() {
        return Err(NodeError::NoIndex);
    }
    let lists = live.as_ref().map(|live| &live.node);
    let gathered = gather(Places { lists, files: None, office: office.as_ref() })?;
    let asked = Asked {
        subjects: ask.texts("subject"),
        most_ties: ask.whole("most_ties").and_then(|ties| usize::try_from(ties).ok()),
        paths: ask.count("paths", 3),
        neighbours: ask.count("neighbours", 20),
        groups: ask.flag("groups"),
    };
    networks::answer(&gathered, &asked)
}

fn network(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    Reply::json(&answered(at, ask)?)
}

fn draw_network(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    Ok(Reply::text(networks::draw(&answered(at, ask)?)))
}
