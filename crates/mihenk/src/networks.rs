//! `mihenk network`: how subjects are tied.
//!
//! In come names or ids and where to look; out comes what ties them, for a person, as a picture, or as JSON. How it looks on a terminal is in `show.rs`.

mod show;

use std::fs;

use anyhow::Context;
use mihenk_node::{
    Node, NodeError,
    networks::{self, Asked, Office, Places, answer, draw, gather, office},
    own,
};

use crate::{
    Outcome,
    cli::{Place, networks::Network},
    desk, say,
};

pub(crate) fn run(place: &Place, command: &Network) -> anyhow::Result<Outcome> {
    let files = match &command.from[..] {
        [] => None,
        files => {
            let map = command.map.as_deref().map(own::open_map).transpose()?;
            Some(networks::files(files, map.as_ref(), place.model()?)?)
        }
    };
    let office = if command.ledger { Some(see_office(place)?) } else { None };
    let lists = lists(place, files.is_some() || office.is_some())?;
    files.iter().flat_map(Node::lists).for_each(warn);
    let gathered = gather(Places { lists: lists.as_ref(), files: files.as_ref(), office: office.as_ref() })?;
    let asked = Asked {
        subjects: command.subjects.clone(),
        most_ties: command.most_ties.map(usize::from),
        paths: usize::from(command.paths),
        neighbours: usize::from(command.neighbours),
        groups: command.groups,
    };
    let answered = answer(&gathered, &asked)?;
    if let Some(path) = &command.svg {
        fs::write(path, draw(&answered)).with_context(|| path.display().to_string())?;
    }
    if command.json {
        say::line(&serde_json::to_string(&answered)?)?;
    } else {
        say::out(&show::told(&answered, asked.paths))?;
    }
    if let Some(path) = &command.svg {
        say::note(&format!("drawn in {}", path.display()));
    }
    Ok(Outcome::Done)
}

/// The lists in use; none is no fault when there is something else to look in.
fn lists(place: &Place, has_others: bool) -> anyhow::Result<Option<Node>> {
    match place.node() {
        Ok(node) => Ok(Some(node)),
        Err(error) if has_others && matches!(error.downcast_ref(), Some(NodeError::NoLists(_))) => Ok(None),
        Err(error) => Err(error),
    }
}

fn see_office(place: &Place) -> anyhow::Result<Office> {
    let desk = desk::open(place)?;
    let seat = desk.seat(desk::token(place)?);
    Ok(office(&seat)?)
}

/// Says that a file could not be read whole.
fn warn(list: &mihenk_node::lists::ListAbout) {
    let first = list.findings.iter().find(|finding| finding.severity == "high");
    if let Some(first) = first {
        say::note(&format!(
            "warning: {} may be incomplete ({} findings): {}",
            list.dataset,
            list.count("high"),
            first.text
        ));
    }
}
