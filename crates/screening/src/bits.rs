//! Evidence in bits, counted in whole hundredths.
//!
//! A [`Bits`] is log2 of a likelihood ratio, rounded once to 1/100 bit. Only integers are added, so a waterfall adds up
//! exactly, and the same input gives the same bytes on every machine.

use std::{
    fmt,
    iter::Sum,
    ops::{Add, AddAssign, Neg, Sub},
};

/// An amount of evidence, in hundredths of a bit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bits(pub i32);

impl Bits {
    /// No evidence either way.
    pub const ZERO: Bits = Bits(0);

    /// Rounds to the nearest hundredth.
    #[must_use]
    pub fn of(bits: f64) -> Bits {
        Bits((bits * 100.0).round() as i32)
    }

    /// The amount in bits.
    #[must_use]
    pub fn as_f64(self) -> f64 {
        f64::from(self.0) / 100.0
    }

    /// Scales by a factor given in hundredths, rounding to the nearest.
    #[must_use]
    pub fn scaled(self, hundredths: i32) -> Bits {
        let product = i64::from(self.0) * i64::from(hundredths);
        Bits(((product + if product < 0 { -50 } else { 50 }) / 100) as i32)
    }
}

impl Add for Bits {
    type Output = Bits;
    fn add(self, other: Bits) -> Bits {
        Bits(self.0 + other.0)
    }
}

impl Sub for Bits {
    type Output = Bits;
    fn sub(self, other: Bits) -> Bits {
        Bits(self.0 - other.0)
    }
}

impl Neg for Bits {
    type Output = Bits;
    fn neg(self) -> Bits {
        Bits(-self.0)
    }
}

impl AddAssign for Bits {
    fn add_assign(&mut self, other: Bits) {
        self.0 += other.0;
    }
}

impl Sum for Bits {
    fn sum<I: Iterator<Item = Bits>>(all: I) -> Bits {
        Bits(all.map(|b| b.0).sum())
    }
}

/// Two decimals with a sign: `+16.20`, `−4.00`.
impl fmt::Display for Bits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { '−' } else { '+' };
        let text = format!("{sign}{}.{:02}", self.0.abs() / 100, self.0.abs() % 100);
        f.pad(&text)
    }
}

/// A number with its thousands set apart: `75,000`.
#[must_use]
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!([0, 999, 1_000, 75_000, 1_234_567].map(grouped), ["0", "999", "1,000", "75,000", "1,234,567"]);
    }

    #[test]
    fn bits_are_shown_with_a_sign_and_two_decimals() {
        assert_eq!(Bits(1620).to_string(), "+16.20");
        assert_eq!(Bits(-405).to_string(), "−4.05");
        assert_eq!(Bits(-5).to_string(), "−0.05");
        assert_eq!(Bits::of(0.125), Bits(13), "half a hundredth rounds away from zero");
        assert_eq!(Bits(-150).scaled(33), Bits(-50));
    }
}
