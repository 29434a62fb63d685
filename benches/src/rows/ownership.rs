//! A million holdings with cycles and ten thousand listed owners: who is blocked under each of three regimes, on one core.
//!
//! The graph is made from a fixed seed: 400,000 companies with one to four holders each, most holders near the top of the order and one in ten anywhere, which closes
//! cycles; one share in twenty is known by its bounds only, some holders have votes or the board, one company in fifty has more than all recorded. Building the
//! arrays from edges is measured with it. The baseline asks OFAC's rule alone in rounds over all edges until nothing changes.

use anyhow::ensure;
use mihenk_node::ledger::ownership::{
    graph::{Edge, Graph},
    holding::Interest,
    rule::Rule,
    share::Share,
    solve::{Answer, Listed, Sums, solve},
};

use crate::{
    inputs::Inputs,
    row::{Line, Measured, thousands},
    timing::runs,
};

const HOLDINGS: usize = 1_000_000;
const PARTIES: u64 = 410_000;
const LISTED: usize = 10_000;
const ASKED_SECONDS: f64 = 1.0;

pub(super) fn measure(_inputs: &Inputs) -> anyhow::Result<Measured> {
    let (edges, listed) = (edges(), listed());
    let rules = Rule::all()?;
    let mut blocked = Vec::new();
    let all = runs(|| {
        let graph = Graph::new(PARTIES as usize, edges.clone());
        blocked = rules
            .iter()
            .map(|rule| {
                let answers = solve(&graph, rule, &listed, Sums::Bounded);
                answers.answers().iter().filter(|answer| **answer == Answer::Blocked).count()
            })
            .collect();
        Ok(())
    })?;
    let as_recorded = runs(|| {
        let graph = Graph::new(PARTIES as usize, edges.clone());
        for rule in &rules {
            std::hint::black_box(solve(&graph, rule, &listed, Sums::AsRecorded));
        }
        Ok(())
    })?;
    let mut rounds = 0;
    let bare = runs(|| {
        rounds = in_rounds(&edges, &listed);
        Ok(())
    })?;
    ensure!(blocked.iter().all(|count| *count > 1_000), "the graph says little: {blocked:?} are blocked");
    let counts = rules.iter().zip(&blocked).map(|(rule, count)| format!("{} {}", rule.id, thousands(*count as f64)));
    let told = |seconds: f64| format!("{seconds:.3} s");
    let line = |what: &str, median: f64, spread: String| Line {
        what: format!(
            "{what}: {} holdings with cycles, {} listed, three regimes, one core",
            thousands(HOLDINGS as f64),
            thousands(LISTED as f64)
        ),
        figure: told(median),
        asked: format!("≤ {ASKED_SECONDS} s"),
        reached: Some(median <= ASKED_SECONDS),
        baseline: format!(
            "OFAC's rule alone in {rounds} rounds over all edges: {} ({:.2} times)",
            told(bare.median),
            median / bare.median
        ),
        runs: spread,
    };
    let counts = counts.collect::<Vec<_>>().join(", ");
    Ok(Measured::of([
        line(&format!("who is blocked ({counts})"), all.median, all.told(told)),
        line("the same as recorded", as_recorded.median, as_recorded.told(told)),
    ]))
}

/// OFAC's rule as one would write it first. Gives the rounds that it took.
fn in_rounds(edges: &[Edge], listed: &Listed) -> usize {
    let mut blocked = listed.certain.clone();
    for round in 1.. {
        let mut sums = vec![0u64; blocked.len()];
        for edge in edges.iter().filter(|edge| edge.interest == Interest::Shares && blocked[edge.owner as usize]) {
            sums[edge.asset as usize] += u64::from(edge.share.lower());
        }
        let before = blocked.iter().filter(|is| **is).count();
        sums.iter().zip(&mut blocked).filter(|(sum, _)| **sum >= 500_000_000).for_each(|(_, is)| *is = true);
        if blocked.iter().filter(|is| **is).count() == before {
            std::hint::black_box(&blocked);
            return round;
        }
    }
    0
}

/// Numbers that look drawn by lot and are the same each time (Marsaglia, *Xorshift RNGs*, 2003).
struct Draws(u64);

impl Draws {
    fn below(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % most
    }
}

fn listed() -> Listed {
    let mut listed = Listed::nobody(PARTIES as usize);
    listed.certain[..LISTED].fill(true);
    listed
}

fn edges() -> Vec<Edge> {
    let mut draws = Draws(0x9E37_79B9_7F4A_7C15);
    let mut edges = Vec::with_capacity(HOLDINGS + 4);
    let mut asset = LISTED as u64;
    while edges.len() < HOLDINGS {
        let holders = 1 + draws.below(4);
        let mut left = if draws.below(50) == 0 { 130 } else { 100 };
        for nth in 1..=holders {
            // Half of a hierarchy's holders are near, so that chains are long; the others far up, or anywhere.
            let owner = match draws.below(10) {
                0 => draws.below(PARTIES),
                1..=5 => asset - 1 - draws.below(asset.min(2_000)),
                _ => draws.below(asset),
            };
            let percent = if nth == holders { left.min(100) } else { 1 + draws.below(left.max(2) / 2 + 1) };
            left = left.saturating_sub(percent).max(1);
            edges.push(edge(&mut draws, owner as u32, asset as u32, percent as u32));
        }
        asset += 1;
        if asset == PARTIES {
            asset = LISTED as u64;
        }
    }
    edges.truncate(HOLDINGS);
    edges
}

fn edge(draws: &mut Draws, owner: u32, asset: u32, percent: u32) -> Edge {
    let (interest, share) = match draws.below(200) {
        0 => (Interest::Board, Share::ALL),
        1 => (Interest::Control, Share::UNKNOWN),
        2..=4 => (Interest::Votes, Share::percent(percent)),
        5..=14 => (Interest::Shares, Share::percent(percent).perhaps()),
        _ => (Interest::Shares, Share::percent(percent)),
    };
    Edge { owner, asset, interest, share }
}
