//! Evidence in whole hundredths of a bit, and the logarithm that makes it from a share.
//!
//! Integers alone, so that the same counts give the same evidence on every machine (`docs/decisions/0001-evidence-in-hundredths.md`).

use std::fmt;

use serde::{Serialize, Serializer};

/// An amount of evidence, in hundredths of a bit. In JSON it is a number of bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bits(pub i32);

/// Bits behind the point of a logarithm.
const FRACTION: u32 = 32;

impl Bits {
    /// So many whole bits.
    #[must_use]
    pub const fn whole(bits: i32) -> Bits {
        Bits(bits * 100)
    }

    /// −log2 of a share of `some` among `all`, rounded once to the nearest hundredth; nothing when `some` is 0 or not fewer than all.
    #[must_use]
    pub fn of_share(some: u64, all: u64) -> Bits {
        if some == 0 || some >= all {
            return Bits(0);
        }
        let difference = log2(all) - log2(some);
        // At most 64 bits, so that a hundred times as much fits.
        Bits(((difference * 100 + (1 << (FRACTION - 1))) >> FRACTION) as i32)
    }
}

/// log2 of a number above 0, in units of 2⁻³².
fn log2(number: u64) -> u64 {
    let whole = number.ilog2();
    // A number from 1 to 2, in units of 2⁻⁶³; squaring it doubles its logarithm.
    let mut rest = u128::from(number) << (63 - whole);
    let mut fraction = 0;
    for _ in 0..FRACTION {
        rest = (rest * rest) >> 63;
        fraction <<= 1;
        if rest >> 64 > 0 {
            rest >>= 1;
            fraction |= 1;
        }
    }
    (u64::from(whole) << FRACTION) | fraction
}

impl fmt::Display for Bits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "−" } else { "" };
        f.pad(&format!("{sign}{}.{:02}", self.0.abs() / 100, self.0.abs() % 100))
    }
}

impl Serialize for Bits {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(f64::from(self.0) / 100.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // By hand: log2 of 1,000,000 is 19.931569, of 3,000 is 11.550747, of 3 is 1.584963.
    #[test]
    fn shares_are_rounded_to_the_hundredth() {
        for (some, all, expected) in [
            (2, 65_536, 1500),
            (256, 65_536, 800),
            (2, 1_000_000, 1893),
            (3_000, 1_000_000, 838),
            (3, 65_536, 1442),
            (1, 3, 158),
            (65_536, 65_536, 0),
            (0, 65_536, 0),
            (1, u64::MAX, 6400),
        ] {
            assert_eq!(Bits::of_share(some, all), Bits(expected), "{some} of {all}");
        }
    }

    #[test]
    fn bits_are_shown_with_two_decimals() {
        assert_eq!([1893, 800, 5, -305].map(|bits| Bits(bits).to_string()), ["18.93", "8.00", "0.05", "−3.05"]);
        assert_eq!(serde_json::to_string(&[Bits(1893), Bits(800)]).ok().as_deref(), Some("[18.93,8.0]"));
    }
}
