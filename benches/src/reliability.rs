//! Are probabilities honest? Expected calibration error and log-loss.
//!
//! In come [`Prediction`]s: what the software said, and what is true. Both classes are given the mass of a population (one
//! that is against so many that are not), predictions are put into ten bins of equal width, and in each bin the mean that was
//! said is held against the share that came true. The expected calibration error is the mean gap, each bin by its mass
//! (Naeini, Cooper, Hauskrecht 2015). Log-loss is the mean surprise in bits; a prediction is taken as no surer than
//! one in a million, the last digit that is printed.

/// Bins of equal width.
pub(crate) const BINS: usize = 10;
/// No prediction is taken as surer than this.
const SUREST: f64 = 1e-6;

/// A probability that was said, and the truth.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Prediction {
    /// At even prior odds.
    pub(crate) even: f64,
    /// At one in a thousand.
    pub(crate) rare: f64,
    /// Whether what was asked is on the list at all: the class whose mass is set.
    pub(crate) listed: bool,
    /// Whether what was said to be one is one.
    pub(crate) same: bool,
}

/// The population for which probabilities are judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Population {
    /// As many that are as are not.
    Even,
    /// One that is for a thousand that are not.
    OneToThousand,
}

/// A bin: its share of the mass, the mean that was said, the share that came true.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Bin {
    pub(crate) mass: f64,
    pub(crate) said: f64,
    pub(crate) true_share: f64,
    /// Predictions in it.
    pub(crate) count: usize,
    /// As many equal predictions would be as uncertain as these are with their masses.
    pub(crate) effective: f64,
}

/// How honest a set of probabilities is.
#[derive(Clone, Debug)]
pub(crate) struct Reliability {
    pub(crate) bins: [Bin; BINS],
    /// Expected calibration error.
    pub(crate) error: f64,
    /// Mean log-loss in bits.
    pub(crate) loss: f64,
    /// Predictions from 0.2 to 0.8.
    pub(crate) middle: usize,
    /// All predictions.
    pub(crate) count: usize,
}

/// Measures predictions in a population.
pub(crate) fn measure(predictions: &[Prediction], population: Population) -> Reliability {
    let listed = predictions.iter().filter(|p| p.listed).count().max(1) as f64;
    let others = (predictions.iter().filter(|p| !p.listed).count()).max(1) as f64;
    let (listed_mass, other_mass) = match population {
        Population::Even => (0.5, 0.5),
        Population::OneToThousand => (1.0 / 1001.0, 1000.0 / 1001.0),
    };
    let (mut sums, mut loss, mut middle) = ([(0.0, 0.0, 0.0, 0.0, 0usize); BINS], 0.0, 0);
    for p in predictions {
        let weight = if p.listed { listed_mass / listed } else { other_mass / others };
        let said = match population {
            Population::Even => p.even,
            Population::OneToThousand => p.rare,
        };
        let bin = &mut sums[((said * BINS as f64) as usize).min(BINS - 1)];
        bin.0 += weight;
        bin.1 += weight * said;
        bin.2 += if p.same { weight } else { 0.0 };
        bin.3 += weight * weight;
        bin.4 += 1;
        let likelihood = if p.same { said } else { 1.0 - said };
        loss -= weight * likelihood.clamp(SUREST, 1.0 - SUREST).log2();
        middle += usize::from((0.2..=0.8).contains(&said));
    }
    let bins = sums.map(|(mass, said, same, squares, count)| Bin {
        mass,
        said: if mass > 0.0 { said / mass } else { 0.0 },
        true_share: if mass > 0.0 { same / mass } else { 0.0 },
        count,
        effective: if squares > 0.0 { mass * mass / squares } else { 0.0 },
    });
    let error = bins.iter().map(|b| b.mass * (b.said - b.true_share).abs()).sum();
    Reliability { bins, error, loss, middle, count: predictions.len() }
}

impl Bin {
    /// The range in which the true share lies with 90 % confidence (Wilson 1927).
    pub(crate) fn interval(&self) -> (f64, f64) {
        const Z: f64 = 1.645;
        let (n, p) = (self.effective.max(1e-9), self.true_share);
        let middle = (p + Z * Z / (2.0 * n)) / (1.0 + Z * Z / n);
        let half = Z / (1.0 + Z * Z / n) * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).max(0.0).sqrt();
        ((middle - half).max(0.0), (middle + half).min(1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(even: f64, same: bool) -> Prediction {
        Prediction { even, rare: even / 100.0, listed: same, same }
    }

    #[test]
    fn the_gap_is_weighted_by_mass() {
        // Two that are (0.95, 0.25), two that are not (0.05, 0.25): each has a quarter of the mass.
        let all = [said(0.95, true), said(0.25, true), said(0.05, false), said(0.25, false)];
        let measured = measure(&all, Population::Even);
        // ¼ · |0.95 − 1| + ¼ · |0.05 − 0| + ½ · |0.25 − ½| = 0.0125 + 0.0125 + 0.125
        assert!((measured.error - 0.15).abs() < 1e-12, "{}", measured.error);
        // ¼ · (−log2 0.95 − log2 0.25 − log2 0.95 − log2 0.75) = ¼ · (0.0740 + 2 + 0.0740 + 0.4150)
        assert!((measured.loss - 0.640_76).abs() < 1e-4, "{}", measured.loss);
        assert_eq!((measured.middle, measured.count, measured.bins[2].count), (2, 4, 2));
    }

    #[test]
    fn one_in_a_thousand_has_the_mass_of_one_in_a_thousand() {
        let all = [said(0.9, true), said(0.9, false)];
        let measured = measure(&all, Population::OneToThousand);
        // Both said 0.009; one in 1,001 came true.
        assert!((measured.error - (0.009 - 1.0 / 1001.0)).abs() < 1e-12);
    }

    #[test]
    fn an_interval_shrinks_with_the_count() {
        let bin = |effective: f64| Bin { mass: 1.0, said: 0.5, true_share: 0.5, count: 0, effective };
        // n = 100: 0.5 ± 1.645 / (1 + 0.02706) · √(0.0025 + 0.0000677) = 0.5 ± 0.0812
        let (low, high) = bin(100.0).interval();
        assert!((low - 0.4188).abs() < 1e-3 && (high - 0.5812).abs() < 1e-3, "{low} {high}");
        assert!(bin(10_000.0).interval().0 > 0.49);
    }
}
