//! The model: what a score says, and whether its probabilities were honest in this house.
//!
//! In come points of the model's calibration and what people decided, out comes a page with two pictures, each with a table beside it. Places in pictures are whole units of their own room.

use askama::Template;
use mihenk_node::{Bits, Model, Score, ledger::alerts::reliability::Bin, model::score_points};

use crate::frame::Frame;

/// The page.
#[derive(Debug, Template)]
#[template(path = "model.html")]
pub struct ModelPage<'a> {
    /// What stands around it.
    pub t: &'a Frame,
    /// The model that answers.
    pub model: &'a Model,
    /// What was decided, by what was said.
    pub bins: &'a [Bin],
    /// Of how many that are screened one is listed.
    pub one_in: u32,
}

/// A score with what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// The score in ten-thousandths.
    pub score: i64,
    /// The evidence that reaches it, in hundredths of a bit.
    pub bits: i64,
    /// The probability, in millionths.
    pub probability: i64,
}

/// Edge of a picture's square, and the room around it.
const EDGE: i64 = 400;
const LEFT: i64 = 64;
const TOP: i64 = 16;

impl ModelPage<'_> {
    /// The points of the curve, from the score that is shown on.
    fn points(&self) -> Vec<Point> {
        let point = |(score, bits, probability): (Score, Bits, u32)| Point {
            score: i64::from(score.0),
            bits: i64::from(bits.0),
            probability: i64::from(probability),
        };
        score_points(self.model, self.one_in).into_iter().map(point).collect()
    }

    /// The points that the table has.
    fn rows(&self) -> Vec<Point> {
        self.points().into_iter().filter(|point| point.score % 500 == 0 || point.score == 9_900).collect()
    }

    /// The curve as a path.
    fn curve(&self) -> String {
        let place = |point: Point| format!("{} {}", self.score_x(&point.score), self.y(&point.probability));
        format!("M{}", self.points().into_iter().map(place).collect::<Vec<_>>().join("L"))
    }

    /// The place of the threshold.
    fn threshold_x(&self) -> i64 {
        self.score_x(&i64::from(Score::THRESHOLD.0))
    }

    fn is_threshold(&self, score: &i64) -> bool {
        *score == i64::from(Score::THRESHOLD.0)
    }

    /// The place of a score, of which the picture shows the upper half.
    fn score_x(&self, score: &i64) -> i64 {
        LEFT + (score - 5_000) * EDGE / 5_000
    }

    fn x(&self, millionths: &i64) -> i64 {
        LEFT + millionths * EDGE / 1_000_000
    }

    fn y(&self, millionths: &i64) -> i64 {
        TOP + EDGE - millionths * EDGE / 1_000_000
    }

    /// Fifths of the edge, in millionths.
    fn fifths(&self) -> [i64; 6] {
        [0, 200_000, 400_000, 600_000, 800_000, 1_000_000]
    }

    /// Scores that the axis names, in ten-thousandths.
    fn scores(&self) -> [i64; 6] {
        [5_000, 6_000, 7_000, 8_000, 9_000, 10_000]
    }

    /// A share that is counted, to the whole per cent.
    fn percent(&self, millionths: &i64) -> String {
        self.t.whole_percent((millionths + 5_000) / 10_000)
    }

    /// From where to where a bin goes.
    fn percent_range(&self, bin: &Bin) -> String {
        let [from, to] = [bin.from_percent, bin.to_percent].map(|percent| self.t.whole_percent(i64::from(percent)));
        self.t.with("reliability-range", &[("from", from.into()), ("to", to.into())])
    }

    /// Bins in which somebody decided something.
    fn filled(&self) -> impl Iterator<Item = &Bin> {
        self.bins.iter().filter(|bin| bin.count > 0)
    }

    fn decided(&self) -> u64 {
        self.bins.iter().map(|bin| bin.count).sum()
    }

    /// The radius of a bin's point: its area grows with the alerts in it.
    fn radius(&self, bin: &Bin) -> u64 {
        let share = bin.count * 100 / self.decided().max(1);
        4 + share.isqrt() * 7 / 10
    }

    /// Whether what was said lies within the interval of what came true.
    fn is_honest(&self, bin: &Bin) -> bool {
        (bin.low_millionths..=bin.high_millionths).contains(&bin.said_millionths)
    }
}
