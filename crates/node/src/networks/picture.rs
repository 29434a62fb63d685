//! A network as a picture: the graph that [`crate::graph`] draws.
//!
//! Subjects are boxes of their kind; what several share is a box of its own, with how many bear it. A line of a relation runs as the source states it; one to what is borne says what it is worth. Of what
//! ties two, the picture has the tie that a path goes by, and what else is as strong or stated; the table has all.

use std::collections::{BTreeMap, BTreeSet};

use mihenk_ledger::{
    cases::{
        PartyKind,
        graph::{Graph, Node, Tie as Line},
    },
    networks::{Attribute, RelationKind, Step, Tie},
};

use super::Answered;
use crate::graph;

/// What is drawn of what is around one: more cannot be read.
const NEIGHBOURS: usize = 24;

/// The picture of an answer, as SVG.
#[must_use]
pub fn draw(answered: &Answered) -> String {
    let mut names: Vec<&str> = answered.taken.iter().map(|taken| taken.name.as_str()).collect();
    let last = names.pop();
    let heading = match (last, names.is_empty(), answered.around.is_some()) {
        (Some(name), true, true) => format!("Around {name}"),
        (Some(name), true, false) => name.to_owned(),
        (Some(name), false, _) => format!("How {} and {name} are tied", names.join(", ")),
        (None, ..) => "Groups that may act together".to_owned(),
    };
    graph::draw(&heading, &pictured(answered))
}

fn pictured(answered: &Answered) -> Graph {
    let mut drawing = Drawing { answered, graph: Graph::default(), seen: BTreeSet::new(), shared: BTreeMap::new() };
    answered.taken.iter().for_each(|taken| drawing.subject(&taken.id));
    let around = answered.around.iter().flat_map(|around| around.paths.iter().take(NEIGHBOURS));
    let between = answered.between.iter().flat_map(|two| two.strongest.iter().chain(&two.shortest));
    around.chain(between).flat_map(|path| &path.steps).for_each(|step| drawing.step(step));
    let pairs = answered.groups.iter().flatten().flat_map(|group| &group.pairs);
    pairs.take(NEIGHBOURS).for_each(|pair| drawing.step(&pair.step));
    drawing.graph
}

struct Drawing<'a> {
    answered: &'a Answered,
    graph: Graph,
    /// Keys of boxes, and of lines.
    seen: BTreeSet<String>,
    /// The box of what is shared.
    shared: BTreeMap<(&'static str, String), String>,
}

impl Drawing<'_> {
    fn step(&mut self, step: &Step) {
        let led = step.ties.first();
        for tie in step.ties.iter().filter(|tie| Some(*tie) == led || matches!(tie, Tie::Relation { .. })) {
            match tie {
                Tie::Relation { kind, from, to, words, sources, .. } => {
                    self.subject(from);
                    self.subject(to);
                    let source = sources.first().map_or_else(String::new, |source| source.origin.to_string());
                    self.line(from, to, labelled(*kind, words), source);
                }
                Tie::Attribute { attribute, bearers, bits, sources, .. } => {
                    let key = self.attribute(attribute, *bearers);
                    for (end, source) in [&step.from, &step.to].into_iter().zip(sources) {
                        self.subject(end);
                        self.line(end, &key, format!("bears, {bits} bits"), source.origin.to_string());
                    }
                }
            }
        }
    }

    fn subject(&mut self, id: &str) {
        if !self.seen.insert(id.to_owned()) {
            return;
        }
        let Some(subject) = self.answered.subjects.get(id) else { return };
        let is_asked = self.answered.taken.iter().any(|taken| taken.id == id);
        self.graph.nodes.push(Node {
            key: id.to_owned(),
            kind: subject.kind,
            label: subject.name.clone(),
            role: if is_asked { "asked about".to_owned() } else { String::new() },
            is_listed: subject.is_listed,
        });
    }

    fn attribute(&mut self, attribute: &Attribute, bearers: usize) -> String {
        let known = (attribute.kind.label(), attribute.normal.clone());
        if let Some(key) = self.shared.get(&known) {
            return key.clone();
        }
        let key = format!("{} {}", attribute.kind.label(), self.shared.len() + 1);
        self.shared.insert(known, key.clone());
        self.graph.nodes.push(Node {
            key: key.clone(),
            kind: PartyKind::Other,
            label: attribute.shown.clone(),
            role: format!("borne by {bearers}"),
            is_listed: false,
        });
        key
    }

    fn line(&mut self, from: &str, to: &str, label: String, source: String) {
        if self.seen.insert(format!("{from}\n{to}\n{label}")) {
            self.graph.ties.push(Line { from: from.to_owned(), to: to.to_owned(), label, source, is_alert: false });
        }
    }
}

/// A relation in words: `owns 51 %`, `relative of (brother)`.
#[must_use]
pub fn labelled(kind: RelationKind, words: &str) -> String {
    match (words.is_empty() || words.eq_ignore_ascii_case(kind.words()), kind) {
        (true, _) => kind.words().to_owned(),
        (false, RelationKind::CaseLink) => words.to_owned(),
        (false, RelationKind::Ownership) if words.ends_with('%') => format!("{} {words}", kind.words()),
        (false, _) => format!("{} ({words})", kind.words()),
    }
}
