//! Who is tied to whom, as a picture that opens step by step.
//!
//! In comes a graph and which of its nodes are open, out come boxes and lines with their places. What is tied to an open node is shown; a box that has more ties than are shown leads
//! to the same picture with it opened. The picture is written by `network.html`; the ties stand in a table below it.

use std::collections::{BTreeMap, BTreeSet};

use mihenk_node::{
    graph::places,
    ledger::cases::graph::{Graph, Node, Tie},
};

use crate::foreign::cleaned;

/// Nodes up to which all are shown at once.
const ALL_UP_TO: usize = 12;
/// Letters of a label that are shown.
const LETTERS: usize = 30;

/// A box.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// Its upper left corner.
    pub x: i64,
    /// Its upper left corner.
    pub y: i64,
    /// Its width.
    pub width: i64,
    /// Its middle.
    pub middle: i64,
    /// What it is called.
    pub label: String,
    /// What it is: `person`, `company`.
    pub kind: &'static str,
    /// Whether it stands on a list.
    pub is_listed: bool,
    /// How many of its neighbours are not shown.
    pub more: usize,
    /// The open nodes, with it opened, as they are written in an address.
    pub opens: String,
}

/// A line.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// One end.
    pub from: (i64, i64),
    /// The other.
    pub to: (i64, i64),
    /// Where its words stand.
    pub words: (i64, i64),
    /// How its ends are tied.
    pub label: String,
    /// Whether it is an alert: somebody who may be somebody else.
    pub is_alert: bool,
}

/// The picture.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Network {
    /// Its width.
    pub width: i64,
    /// Its height.
    pub height: i64,
    /// The boxes.
    pub shapes: Vec<Shape>,
    /// The lines.
    pub lines: Vec<Line>,
}

impl Network {
    /// Of a graph, with these nodes open; the first node when nothing is.
    #[must_use]
    pub fn of(graph: &Graph, open: &[String]) -> Network {
        let shown = shown(graph, open);
        let nodes: Vec<&Node> = graph.nodes.iter().filter(|node| shown.contains(node.key.as_str())).collect();
        let at: BTreeMap<&str, usize> = nodes.iter().enumerate().map(|(at, node)| (node.key.as_str(), at)).collect();
        let ends = |tie: &Tie| Some((*at.get(tie.from.as_str())?, *at.get(tie.to.as_str())?));
        let ties: Vec<(&Tie, usize, usize)> =
            graph.ties.iter().filter_map(|tie| ends(tie).map(|(from, to)| (tie, from, to))).collect();
        let labels: Vec<String> = nodes.iter().map(|node| shortened(&node.label)).collect();
        let sizes: Vec<(f64, f64)> = labels.iter().map(|label| (width_of(label), HEIGHT)).collect();
        let tied: Vec<(usize, usize, f64)> =
            ties.iter().map(|(tie, from, to)| (*from, *to, tie.label.chars().count() as f64 * LETTER)).collect();
        let (centres, whole) = places(&sizes, &tied);
        let shape = |(place, node): (usize, &&Node)| {
            let (x, y) = centres[place];
            let (width, _) = sizes[place];
            let beyond = neighbours(graph, &node.key).into_iter().filter(|key| !shown.contains(key)).count();
            Shape {
                x: (x - width / 2.0).round() as i64,
                y: (y - HEIGHT / 2.0).round() as i64,
                width: width.round() as i64,
                middle: x.round() as i64,
                label: labels[place].clone(),
                kind: node.kind.as_str(),
                is_listed: node.is_listed,
                more: beyond,
                opens: open.iter().map(String::as_str).chain([node.key.as_str()]).collect::<Vec<_>>().join(" "),
            }
        };
        let line = |&(tie, from, to): &(&Tie, usize, usize)| {
            let ((x1, y1), (x2, y2)) = (centres[from], centres[to]);
            let round = |x: f64, y: f64| (x.round() as i64, y.round() as i64);
            Line {
                from: round(x1, y1),
                to: round(x2, y2),
                words: round((x1 + x2) / 2.0, (y1 + y2) / 2.0),
                label: shortened(&tie.label),
                is_alert: tie.is_alert,
            }
        };
        Network {
            width: whole.0.ceil() as i64 + 8,
            height: whole.1.ceil() as i64 + 8,
            shapes: nodes.iter().enumerate().map(shape).collect(),
            lines: ties.iter().map(line).collect(),
        }
    }
}

/// Pixels of a letter.
const LETTER: f64 = 7.4;
/// Pixels of a box's height.
const HEIGHT: f64 = 52.0;

fn width_of(label: &str) -> f64 {
    (label.chars().count() as f64 * LETTER + 34.0).max(110.0)
}

fn shortened(label: &str) -> String {
    let (label, _) = cleaned(label);
    if label.chars().count() <= LETTERS {
        return label;
    }
    label.chars().take(LETTERS - 1).chain(['…']).collect()
}

fn neighbours<'g>(graph: &'g Graph, key: &str) -> BTreeSet<&'g str> {
    let ends = graph.ties.iter().filter_map(|tie| match (tie.from == key, tie.to == key) {
        (true, _) => Some(tie.to.as_str()),
        (_, true) => Some(tie.from.as_str()),
        _ => None,
    });
    ends.collect()
}

/// The keys of nodes that are shown.
fn shown<'g>(graph: &'g Graph, open: &'g [String]) -> BTreeSet<&'g str> {
    if graph.nodes.len() <= ALL_UP_TO {
        return graph.nodes.iter().map(|node| node.key.as_str()).collect();
    }
    let first = graph.nodes.first().map(|node| node.key.as_str());
    let mut shown: BTreeSet<&str> = first.into_iter().collect();
    for key in first.into_iter().chain(open.iter().map(String::as_str)) {
        if let Some(node) = graph.nodes.iter().find(|node| node.key == key) {
            shown.insert(&node.key);
            shown.extend(neighbours(graph, key));
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use mihenk_node::ledger::cases::PartyKind;

    use super::*;

    fn star(leaves: usize) -> Graph {
        let mut graph = Graph::default();
        let node = |key: String| Node {
            label: key.clone(),
            key,
            kind: PartyKind::Person,
            role: String::new(),
            is_listed: false,
        };
        graph.nodes.push(node("hub".to_owned()));
        for at in 0..leaves {
            // Every leaf has one of its own behind it.
            for (from, to) in [("hub".to_owned(), format!("near-{at}")), (format!("near-{at}"), format!("far-{at}"))] {
                graph.nodes.push(node(to.clone()));
                let label = "knows".to_owned();
                graph.ties.push(Tie { from, to, label, source: String::new(), is_alert: false });
            }
        }
        graph
    }

    #[test]
    fn a_large_graph_opens_step_by_step() {
        let graph = star(10);
        let first = Network::of(&graph, &[]);
        assert_eq!((first.shapes.len(), first.lines.len()), (11, 10));
        let near = first.shapes.iter().find(|shape| shape.label == "near-3").unwrap();
        assert_eq!((near.more, near.opens.as_str()), (1, "near-3"));
        let second = Network::of(&graph, &["near-3".to_owned()]);
        assert_eq!((second.shapes.len(), second.lines.len()), (12, 11));
        assert!(second.shapes.iter().any(|shape| shape.label == "far-3"));
    }

    #[test]
    fn a_small_graph_is_shown_whole_and_no_boxes_overlap() {
        let network = Network::of(&star(3), &[]);
        assert_eq!(network.shapes.len(), 7);
        for (at, one) in network.shapes.iter().enumerate() {
            for other in &network.shapes[at + 1..] {
                let apart =
                    one.x + one.width <= other.x || other.x + other.width <= one.x || (one.y - other.y).abs() >= 52;
                assert!(apart, "{one:?} {other:?}");
            }
        }
        assert_eq!(Network::of(&Graph::default(), &[]).shapes.len(), 0);
    }
}
