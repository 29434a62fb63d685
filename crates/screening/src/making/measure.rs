//! Scores held-out queries, sets the threshold and calibrates.
//!
//! In come judged queries with their candidates and one fit for each fold; each query is scored by the fit that did not see
//! it. Out come recall at fixed rates of false hits, the threshold, and the calibration: the log-likelihood ratio of a score
//! among queries that are listed against those that are not, by isotonic regression (pool adjacent violators), which assumes
//! nothing but that more evidence is more. Beyond the last held-out false hit there is nothing to count; there the line goes
//! on with half a bit for each bit, and says so here.

use super::examples::Asked;
use crate::{bits::Bits, comparison::total, fit::Fitted, identity::MOST_AGAINST, screener::Hit};

/// Log2 odds given by a fit, of one held-out query.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The best right candidate among the first five, or the best candidate of a query that is nobody.
    pub score: f64,
    /// Whether the query is listed.
    pub listed: bool,
    /// Whether it counts as a false hit when found.
    pub counts: bool,
    /// Its category.
    pub category: String,
}

/// What was measured by cross-validation.
#[derive(Clone, Debug)]
pub struct Report {
    /// Every query.
    pub outcomes: Vec<Outcome>,
}

/// Nothing found at all.
const NOTHING: f64 = -60.0;
/// A shared identifier: certain.
const CERTAIN: f64 = 60.0;

/// Scores every query with the fit that did not see it.
#[must_use]
pub fn report(asked: &[Asked], folds: &[Fitted]) -> Report {
    let outcomes = asked.iter().map(|a| outcome(a, &folds[a.fold])).collect();
    Report { outcomes }
}

fn outcome(asked: &Asked, fitted: &Fitted) -> Outcome {
    let mut scored: Vec<(f64, bool)> =
        asked.candidates.iter().map(|(hit, right)| (log_odds(hit, fitted), *right)).collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    let listed = asked.judged.is_listed();
    let best = if listed { scored.iter().take(5).find(|s| s.1) } else { scored.first() };
    Outcome {
        score: best.map_or(NOTHING, |s| s.0),
        listed,
        counts: asked.judged.counts,
        category: asked.judged.category.clone(),
    }
}

fn log_odds(hit: &Hit, fitted: &Fitted) -> f64 {
    let bits = total(&hit.basis.amounts, &fitted.weights).0;
    match &hit.basis.identifier {
        Some(id) => {
            CERTAIN.min(fitted.slope * (id.bits() + bits.max(MOST_AGAINST)).as_f64() + fitted.intercept).max(30.0)
        }
        None => fitted.slope * bits.as_f64() + fitted.intercept,
    }
}

impl Report {
    /// The scores of queries that are nobody and count, highest first.
    fn false_scores(&self) -> Vec<f64> {
        let mut scores: Vec<f64> = self.outcomes.iter().filter(|o| !o.listed && o.counts).map(|o| o.score).collect();
        scores.sort_by(|a, b| b.total_cmp(a));
        scores
    }

    /// The score that at most this share of the false queries exceeds.
    #[must_use]
    pub fn score_at(&self, false_share: f64) -> f64 {
        let scores = self.false_scores();
        let allowed = (false_share * scores.len() as f64) as usize;
        scores.get(allowed).map_or(NOTHING, |s| s + 1e-6)
    }

    /// The share of listed queries found with this score or more.
    #[must_use]
    pub fn recall(&self, score: f64) -> f64 {
        let listed = self.outcomes.iter().filter(|o| o.listed);
        let (found, all) = listed.fold((0, 0), |(found, all), o| (found + u32::from(o.score >= score), all + 1));
        f64::from(found) / f64::from(all.max(1))
    }

    /// The figures for a model's account.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let at = |share: f64| {
            format!(
                "recall {:.4} where false hits ≤ {:.1} %, held out",
                self.recall(self.score_at(share)),
                share * 100.0
            )
        };
        vec![at(0.01), at(0.005), at(0.001)]
    }

    /// For each category: how many, and the share at or above a score.
    #[must_use]
    pub fn categories(&self, score: f64) -> Vec<(String, usize, f64)> {
        let mut names: Vec<&str> = self.outcomes.iter().map(|o| o.category.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        let of = |name: &str| {
            let all: Vec<&Outcome> = self.outcomes.iter().filter(|o| o.category == name).collect();
            let found = all.iter().filter(|o| o.score >= score).count();
            (name.to_owned(), all.len(), found as f64 / all.len() as f64)
        };
        names.into_iter().map(of).collect()
    }
}

/// The share of false hits that the recommended threshold allows on held-out queries.
const FALSE_AT_THRESHOLD: f64 = 0.003;

/// The evidence at the recommended threshold.
#[must_use]
pub fn threshold(report: &Report, fitted: &Fitted) -> Bits {
    Bits::of((report.score_at(FALSE_AT_THRESHOLD) - fitted.intercept) / fitted.slope)
}

impl Report {
    /// The score of every query that counts, and whether it is listed.
    #[must_use]
    pub fn scores(&self) -> Vec<(f64, bool)> {
        self.outcomes.iter().filter(|o| o.listed || o.counts).map(|o| (o.score, o.listed)).collect()
    }
}

/// Points of evidence against log-odds at even prior odds, from scores and whether the two were one.
#[must_use]
pub fn calibrate(mut scores: Vec<(f64, bool)>, fitted: &Fitted) -> Vec<(i32, i32)> {
    scores.sort_by(|a, b| a.0.total_cmp(&b.0));
    let listed = scores.iter().filter(|s| s.1).count().max(1) as f64;
    let others = (scores.len() as f64 - listed).max(1.0);
    let blocks = pool(&scores, 1.0 / listed, 1.0 / others);
    let mut points: Vec<(i32, i32)> = Vec::new();
    for block in blocks {
        let bits = Bits::of((block.middle - fitted.intercept) / fitted.slope).0;
        // One observation more on either side: no block is certain.
        let odds = (block.listed + 0.5 / listed) / (block.others + 0.5 / others);
        let log_odds = Bits::of(odds.log2()).0;
        let follows = points.last().is_none_or(|p| bits > p.0 + 20 && log_odds > p.1);
        if block.middle > NOTHING && block.middle < 30.0 && follows {
            points.push((bits, log_odds));
        }
    }
    extend(&mut points);
    points
}

/// Straight lines beyond what could be counted: half a bit for each bit above, a whole one below.
fn extend(points: &mut Vec<(i32, i32)>) {
    let Some(&last) = points.last() else {
        points.extend([(-3000, -3000), (3000, 3000)]);
        return;
    };
    points.push((last.0 + 4000, last.1 + 2000));
    let first = points[0];
    points.insert(0, (first.0 - 2000, first.1 - 2000));
}

struct Block {
    listed: f64,
    others: f64,
    middle: f64,
    count: f64,
}

/// Pools neighbours until the share of listed ones rises from block to block. Blocks start with at least 25 scores.
fn pool(scores: &[(f64, bool)], listed_weight: f64, others_weight: f64) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for chunk in scores.chunks(25) {
        let listed = chunk.iter().filter(|s| s.1).count() as f64;
        let count = chunk.len() as f64;
        let middle = chunk.iter().map(|s| s.0).sum::<f64>() / count;
        blocks.push(Block { listed: listed * listed_weight, others: (count - listed) * others_weight, middle, count });
        while blocks.len() > 1 {
            let (a, b) = (&blocks[blocks.len() - 2], &blocks[blocks.len() - 1]);
            if a.listed * (b.listed + b.others) < b.listed * (a.listed + a.others) {
                break;
            }
            let count = a.count + b.count;
            let middle = (a.middle * a.count + b.middle * b.count) / count;
            let merged = Block { listed: a.listed + b.listed, others: a.others + b.others, middle, count };
            blocks.truncate(blocks.len() - 2);
            blocks.push(merged);
        }
    }
    blocks
}
