//! Right and wrong answers, counted: precision, recall, F1, false rate.
//!
//! In come pairs of what is true and what was said, out come shares. The terms are those of information retrieval: recall is
//! the share of true ones that were found, precision the share of found ones that are true, F1 their harmonic mean; the false
//! rate is the share of those that are not which were found all the same. A share of nothing is 0.

/// How often what was said was right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// True and found.
    pub(crate) found: u32,
    /// Not true, and found all the same.
    pub(crate) falsely: u32,
    /// All that are true.
    pub(crate) positives: u32,
    /// All that are not.
    pub(crate) negatives: u32,
}

impl Counts {
    /// Counts pairs: is it true, was it said.
    pub(crate) fn of(pairs: impl IntoIterator<Item = (bool, bool)>) -> Counts {
        let mut counts = Counts::default();
        for (truth, said) in pairs {
            if truth {
                counts.positives += 1;
                counts.found += u32::from(said);
            } else {
                counts.negatives += 1;
                counts.falsely += u32::from(said);
            }
        }
        counts
    }

    pub(crate) fn recall(&self) -> f64 {
        share(self.found, self.positives)
    }

    pub(crate) fn precision(&self) -> f64 {
        share(self.found, self.found + self.falsely)
    }

    pub(crate) fn f1(&self) -> f64 {
        share(2 * self.found, self.found + self.falsely + self.positives)
    }

    pub(crate) fn false_rate(&self) -> f64 {
        share(self.falsely, self.negatives)
    }

    /// The four in one line.
    pub(crate) fn line(&self) -> String {
        format!(
            "F1 {:.3}, precision {:.3}, recall {:.3}, false {:.3}",
            self.f1(),
            self.precision(),
            self.recall(),
            self.false_rate()
        )
    }
}

fn share(part: u32, all: u32) -> f64 {
    if all == 0 { 0.0 } else { f64::from(part) / f64::from(all) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_those_of_the_textbook() {
        // Five true ones, three of them found; four others, one of them found.
        let truth = [true, true, true, true, true, false, false, false, false];
        let said = [true, true, true, false, false, true, false, false, false];
        let counts = Counts::of(truth.into_iter().zip(said));
        assert_eq!((counts.recall(), counts.precision(), counts.false_rate()), (0.6, 0.75, 0.25));
        // 2 · 0.6 · 0.75 / (0.6 + 0.75) = 0.9 / 1.35
        assert!((counts.f1() - 2.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn a_share_of_nothing_is_nothing() {
        assert_eq!(Counts::default().f1(), 0.0);
        assert_eq!(Counts::default().false_rate(), 0.0);
    }
}
