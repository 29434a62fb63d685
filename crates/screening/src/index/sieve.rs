//! Sets of keys that are small enough to stay in a processor's cache and may say yes too often.
//!
//! In come the keys of an index, out comes whether a key may be one of them. *No* is certain; of the keys that are none, a few in
//! a hundred are not told. Made from the index when a long text is read, which takes a few milliseconds.

/// Keys, two bits each of one word of memory that the key says.
#[derive(Debug)]
pub(crate) struct Sieve {
    bits: Vec<u64>,
    /// What is left of a hash when the place of a word is taken from its upper end.
    shift: u32,
}

/// Bits for each key, at least.
const BITS_PER_KEY: usize = 12;

impl Sieve {
    /// Of keys of which there are about `count`.
    pub(crate) fn of(count: usize, keys: impl Iterator<Item = u64>) -> Sieve {
        let words = (count * BITS_PER_KEY / 64).next_power_of_two().clamp(2, 1 << 26);
        let mut sieve = Sieve { bits: vec![0; words], shift: 64 - words.trailing_zeros() };
        keys.for_each(|key| sieve.add(key));
        sieve
    }

    /// Adds a key.
    pub(crate) fn add(&mut self, key: u64) {
        let (word, bits) = self.place(key);
        self.bits[word] |= bits;
    }

    /// Whether a key may be there; false means that it is not.
    #[inline]
    pub(crate) fn may_have(&self, key: u64) -> bool {
        let (word, bits) = self.place(key);
        self.bits[word] & bits == bits
    }

    #[inline]
    fn place(&self, key: u64) -> (usize, u64) {
        // Neighbouring keys are those of one sound with and without its vowels; they must not share a place.
        let hash = key.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        ((hash >> self.shift) as usize, 1 << (hash >> 20 & 63) | 1 << (hash >> 26 & 63))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_is_lost_and_most_others_are_told() {
        let key = |i: u32| u64::from(i.wrapping_mul(0x85EB_CA6B).rotate_left(13));
        let sieve = Sieve::of(10_000, (0..10_000).map(key));
        assert!((0..10_000).all(|i| sieve.may_have(key(i))));
        let taken_for_one = (10_000..20_000).filter(|&i| sieve.may_have(key(i))).count();
        assert!(taken_for_one < 600, "{taken_for_one} of 10,000");
        assert!(!Sieve::of(0, std::iter::empty()).may_have(7));
    }
}
