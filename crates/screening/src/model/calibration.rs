//! From evidence to a score and to a probability: two different things.
//!
//! The *score* is a fixed monotone map of the bits, made for people who compare it with other tools: 0.70 stands at the
//! recommended threshold, whatever the population. The *probability* is the calibrated evidence plus the log odds of the
//! population that is screened; without naming that base rate it would mean nothing. Both are computed with integers and
//! one table, so they are the same on every machine.

use crate::bits::Bits;

/// Where the score has its threshold, in bits of evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    /// The evidence at score 0.70.
    pub threshold: Bits,
}

impl Default for Scale {
    fn default() -> Scale {
        Scale { threshold: Bits(500) }
    }
}

/// A score in ten-thousandths, 0 to 10,000.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Score(pub u16);

impl Score {
    /// The recommended threshold: from here on it is a match.
    pub const THRESHOLD: Score = Score(7000);
    /// Below this a candidate is not returned, unless one asks for it.
    pub const CUTOFF: Score = Score(5000);
    /// Only for a strong identifier that both have, when neither names nor attributes contradict it.
    pub const FULL: Score = Score(10_000);

    /// The score as a number from 0 to 1.
    #[must_use]
    pub fn as_f64(self) -> f64 {
        f64::from(self.0) / 10_000.0
    }

    /// The score nearest to a number from 0 to 1; what lies outside is brought inside.
    #[must_use]
    pub fn of(value: f64) -> Score {
        Score((value.clamp(0.0, 1.0) * 10_000.0).round() as u16)
    }
}

/// From the threshold up, half of the way from 0.70 to 1 is gone after this many bits.
const ABOVE: i64 = 1200;
/// From the threshold down to 0.50 it takes this many bits; from there on as many halve the rest.
const BELOW: i64 = 300;

impl Scale {
    /// The score of an amount of evidence: 0.70 at the threshold, 0.50 three bits below, towards 1 and 0 without reaching
    /// either, so that more evidence always ranks higher.
    #[must_use]
    pub fn score(&self, bits: Bits) -> Score {
        let over = i64::from((bits - self.threshold).0);
        let score = if over >= 0 {
            7000 + 3000 * over / (over + ABOVE)
        } else if over >= -BELOW {
            7000 + 2000 * over / BELOW
        } else {
            5000 * BELOW / (-over)
        };
        Score(score.clamp(0, 9999) as u16)
    }

    /// The least evidence that reaches a score.
    #[must_use]
    pub fn bits_at(&self, score: Score) -> Bits {
        let (mut low, mut high) = (-1_000_000, 1_000_000);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.score(Bits(middle)) >= score { high = middle } else { low = middle + 1 }
        }
        Bits(low)
    }
}

/// How many of those screened are on the list: prior odds, never shown apart from the probability they make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BaseRate {
    /// One in this many.
    pub one_in: u32,
}

impl BaseRate {
    /// For a customer or a name typed in: one in a thousand.
    pub const SCREENING: BaseRate = BaseRate { one_in: 1_000 };
    /// For a stretch of running text: one in ten thousand.
    pub const TEXT: BaseRate = BaseRate { one_in: 10_000 };
    /// For two names held against one another: even.
    pub const EVEN: BaseRate = BaseRate { one_in: 2 };

    /// log2 of the prior odds, in hundredths of a bit.
    #[must_use]
    fn log_odds(self) -> i32 {
        let others = u64::from(self.one_in.max(2) - 1);
        crate::rarity::bits_of((1 << 32) / others).0.wrapping_neg()
    }
}

impl std::fmt::Display for BaseRate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "1 in {}", self.one_in)
    }
}

/// Evidence against calibrated log-odds at even prior odds, both in hundredths of a bit, rising in both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calibration {
    /// At least two points.
    pub points: Vec<(i32, i32)>,
}

impl Default for Calibration {
    /// Evidence as it stands.
    fn default() -> Calibration {
        Calibration { points: vec![(-3000, -3000), (3000, 3000)] }
    }
}

impl Calibration {
    /// log2 odds at even prior odds; between the points on straight lines, beyond them flat.
    #[must_use]
    pub fn log_odds(&self, bits: Bits) -> i32 {
        let points = &self.points;
        let (Some(first), Some(last)) = (points.first(), points.last()) else { return bits.0 };
        if bits.0 <= first.0 {
            return first.1;
        }
        if bits.0 >= last.0 {
            return last.1;
        }
        let at = points.partition_point(|p| p.0 <= bits.0);
        let (a, b) = (points[at - 1], points[at]);
        let (run, rise) = (i64::from(b.0 - a.0).max(1), i64::from(b.1 - a.1));
        a.1 + (i64::from(bits.0 - a.0) * rise / run) as i32
    }

    /// The probability that the two are one, in millionths, for a population with this base rate.
    #[must_use]
    pub fn probability(&self, bits: Bits, base_rate: BaseRate) -> u32 {
        logistic(self.log_odds(bits) + base_rate.log_odds())
    }
}

/// 1 / (1 + 2^−x) in millionths, x in hundredths of a bit.
fn logistic(x: i32) -> u32 {
    /// 2^(i/100) in units of 2⁻³², for i from 0 to 99, by repeated multiplication with 2^(1/100).
    const POWERS: [u64; 100] = {
        let mut powers = [0; 100];
        let (mut i, mut value) = (0, 1u128 << 62);
        while i < 100 {
            powers[i] = (value >> 30) as u64;
            // 2^(1/100) = 1.006955550056718… in units of 2⁻⁶².
            value = (value * 4_643_762_831_374_429_860) >> 62;
            i += 1;
        }
        powers
    };
    let (whole, part) = (x.div_euclid(100).clamp(-40, 40), x.rem_euclid(100));
    let power = u128::from(POWERS[part as usize]);
    // odds = power · 2^whole / 2^32; probability = odds / (1 + odds)
    let (up, down) = if whole >= 0 { (power << whole, 1u128 << 32) } else { (power, (1u128 << 32) << -whole) };
    ((up * 1_000_000 + (up + down) / 2) / (up + down)) as u32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_logistic_function_is_exact_to_a_millionth() {
        for x in [-3000, -996, -500, -100, -37, 0, 1, 50, 99, 100, 250, 996, 2000] {
            let exact = 1.0 / (1.0 + 2f64.powf(-f64::from(x) / 100.0));
            assert!((f64::from(logistic(x)) - exact * 1e6).abs() < 1.0, "{x}: {} {exact}", logistic(x));
        }
    }

    #[test]
    fn the_base_rate_decides_what_evidence_is_worth() {
        let plain = Calibration::default();
        assert_eq!(plain.probability(Bits(0), BaseRate::EVEN), 500_000);
        let rare = plain.probability(Bits(997), BaseRate::SCREENING);
        assert!((495_000..505_000).contains(&rare), "ten bits are even odds at one in a thousand: {rare}");
    }

    #[test]
    fn the_threshold_stands_at_seventy() {
        let scale = Scale { threshold: Bits(730) };
        assert_eq!(scale.score(Bits(730)), Score::THRESHOLD);
        assert_eq!(scale.score(Bits(430)), Score::CUTOFF);
        assert_eq!(scale.bits_at(Score::THRESHOLD), Bits(730));
        assert!(scale.score(Bits(729)) < Score::THRESHOLD);
    }

    proptest! {
        #[test]
        fn more_evidence_never_scores_lower(a in -20_000i32..20_000, b in -20_000i32..20_000) {
            let scale = Scale::default();
            let (less, more) = (a.min(b), a.max(b));
            prop_assert!(scale.score(Bits(less)) <= scale.score(Bits(more)));
            let calibration = Calibration { points: vec![(-1000, -700), (0, -100), (500, 400), (2500, 1400)] };
            let p = |bits| calibration.probability(Bits(bits), BaseRate::SCREENING);
            prop_assert!(p(less) <= p(more));
        }
    }
}
