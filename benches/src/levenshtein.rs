//! The baseline for names: normalised Levenshtein similarity of case-folded names.
//!
//! In come two names, out comes 1 − distance / length of the longer one, by `rapidfuzz` (bit-parallel, the fastest that we
//! know). It is what most in-house screening starts from; it knows nothing of names.

/// A name without case.
pub(crate) fn folded(name: &str) -> String {
    name.to_lowercase()
}

/// From 0, nothing in common, to 1, equal; both names folded before.
pub(crate) fn similarity(first: &str, second: &str) -> f64 {
    rapidfuzz::distance::levenshtein::normalized_similarity(first.chars(), second.chars())
}

/// How many single letters must be put in, left out or changed; both names folded before.
pub(crate) fn distance(first: &str, second: &str) -> usize {
    rapidfuzz::distance::levenshtein::distance(first.chars(), second.chars())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_counts_letters() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert!((similarity("kitten", "sitting") - 4.0 / 7.0).abs() < 1e-12);
        assert!((similarity(&folded("ÇELİK"), &folded("çeli\u{307}k")) - 1.0).abs() < 1e-12);
    }
}
