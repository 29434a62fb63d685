//! A set of keys that is small enough to stay in a processor's cache and may say yes too often.
//!
//! In come the keys of an index, out comes whether a key may be one of them. *No* is certain; of the keys that are none, about
//! one in nine is not told. Made from the index when a long text is read, which takes a millisecond or two.

/// Keys, one bit each at a place that the key says.
#[derive(Debug)]
pub(crate) struct Sieve {
    bits: Vec<u64>,
    /// What is left of a hash when the place of a bit is taken from its upper end.
    shift: u32,
}

/// Bits for each key.
const BITS_PER_KEY: usize = 8;

impl Sieve {
    pub(super) fn of(keys: impl ExactSizeIterator<Item = u32>) -> Sieve {
        let len = (keys.len() * BITS_PER_KEY).next_power_of_two().clamp(64, 1 << 31);
        let mut sieve = Sieve { bits: vec![0; len / 64], shift: 32 - len.trailing_zeros() };
        for key in keys {
            let (word, bit) = sieve.place(key);
            sieve.bits[word] |= bit;
        }
        sieve
    }

    /// Whether a key may be there; false means that it is not.
    #[inline]
    pub(crate) fn may_have(&self, key: u32) -> bool {
        let (word, bit) = self.place(key);
        self.bits[word] & bit != 0
    }

    #[inline]
    fn place(&self, key: u32) -> (usize, u64) {
        // Neighbouring keys are those of one sound with and without its vowels; they must not share a place.
        let hash = key.wrapping_mul(0x9E37_79B1) >> self.shift;
        ((hash >> 6) as usize, 1 << (hash & 63))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_is_lost_and_most_others_are_told() {
        let key = |i: u32| i.wrapping_mul(0x85EB_CA6B).rotate_left(13);
        let sieve = Sieve::of((0..10_000).map(key));
        assert!((0..10_000).all(|i| sieve.may_have(key(i))));
        let taken_for_one = (10_000..20_000).filter(|&i| sieve.may_have(key(i))).count();
        assert!(taken_for_one < 2_000, "{taken_for_one} of 10,000");
        assert!(!Sieve::of(std::iter::empty()).may_have(7));
    }
}
