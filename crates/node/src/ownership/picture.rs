//! A party with those who stand above it, as a graph to draw.
//!
//! In comes a [`Standing`], out comes a [`Graph`]: boxes for the party, its nearest holders and everybody in a proof; ties with their share. What is not certain is a
//! dashed line. Boxes that would be too many are left out, the farthest first.

use std::collections::{BTreeMap, BTreeSet};

use mihenk_ledger::{
    cases::{
        PartyKind,
        graph::{Graph, Node, Tie},
    },
    ownership::{holding::Interest, share::WHOLE, solve::Answer},
};

use super::told::{Named, Standing, TermTold, is_listed};

/// Boxes in a picture at most.
const BOXES: usize = 40;

/// The graph of a standing.
#[must_use]
pub fn picture(standing: &Standing) -> Graph {
    let mut boxes: Vec<Named> = vec![standing.entity.clone()];
    let mut ties: BTreeMap<(String, String, Interest), &TermTold> = BTreeMap::new();
    let steps = || standing.regimes.iter().flat_map(|regime| &regime.proofs).flat_map(|proof| &proof.steps);
    for step in steps() {
        add(&mut boxes, &step.party);
        for term in &step.terms {
            add(&mut boxes, &term.holder);
            ties.entry((term.holder.id.clone(), step.party.id.clone(), term.interest)).or_insert(term);
        }
    }
    let mut graph = Graph::default();
    let answers = answers(standing);
    let shown: BTreeSet<&str> = boxes.iter().take(BOXES).map(|named| named.id.as_str()).collect();
    for named in boxes.iter().take(BOXES) {
        let own = answers.get(named.id.as_str()).cloned().unwrap_or_default();
        let role = role(standing, &own);
        graph.nodes.push(Node {
            key: named.id.clone(),
            kind: kind(named.schema),
            label: named.name.clone(),
            role,
            is_listed: is_listed(&own),
        });
    }
    for ((from, to, interest), term) in ties {
        if !shown.contains(from.as_str()) || !shown.contains(to.as_str()) {
            continue;
        }
        let label = match interest {
            Interest::Shares => term.share.clone(),
            Interest::Votes => format!("{} of votes", term.share),
            Interest::Board => "appoints the board".to_owned(),
            _ => "controls".to_owned(),
        };
        let is_open = term.lower_ppb != term.upper_ppb || (!interest.is_counted() && term.lower_ppb < WHOLE);
        graph.ties.push(Tie { from, to, label, source: term.records.join("; "), is_alert: is_open });
    }
    graph
}

fn add(boxes: &mut Vec<Named>, named: &Named) {
    if boxes.iter().all(|one| one.id != named.id) {
        boxes.push(named.clone());
    }
}

/// What each regime makes of everybody who is told of.
fn answers(standing: &Standing) -> BTreeMap<&str, Vec<Answer>> {
    let mut answers: BTreeMap<&str, Vec<Answer>> = BTreeMap::new();
    for holder in &standing.holders {
        answers.insert(&holder.party.id, holder.answers.clone());
    }
    let own = standing.regimes.iter().map(|regime| regime.answer).collect();
    answers.insert(&standing.entity.id, own);
    answers
}

/// `blocked: ofac, eu`.
fn role(standing: &Standing, answers: &[Answer]) -> String {
    let of = |wanted: Answer| {
        let named = standing.regimes.iter().zip(answers).filter(|(_, answer)| **answer == wanted);
        let named: Vec<&str> = named.map(|(regime, _)| regime.id.as_str()).collect();
        let word = if wanted == Answer::CannotBeTold { "open" } else { wanted.told() };
        (!named.is_empty()).then(|| format!("{word}: {}", named.join(", ")))
    };
    [Answer::Listed, Answer::Blocked, Answer::CannotBeTold].into_iter().filter_map(of).collect::<Vec<_>>().join(" · ")
}

fn kind(schema: Option<&str>) -> PartyKind {
    match schema {
        Some("Person") => PartyKind::Person,
        Some("Vessel") => PartyKind::Vessel,
        Some(_) => PartyKind::Company,
        None => PartyKind::Other,
    }
}
