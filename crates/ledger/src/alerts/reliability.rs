//! Were probabilities honest? What people of this house decided, held against what was said.
//!
//! In come decided alerts, out come ten bins of equal width of the probability that stood on them: how many there were, how many were taken as the same, and between what the true share
//! lies. The interval is that of Wilson (1927) at 95 %, which holds for few alerts and for shares near nothing or all. Taken as the same is what became part of a case, or was cleared
//! as the same person; somebody else is what was cleared as that. What was cleared for another reason says neither and is left out.

use mihenk_store::Query;

use super::sql;
use crate::error::LedgerError;

/// Bins of equal width.
pub const BINS: usize = 10;

/// The quantile of the normal distribution for 95 %.
const Z: f64 = 1.959_964;

/// Alerts that were decided, of a probability between two tenths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bin {
    /// From this many per cent on.
    pub from_percent: u32,
    /// Up to this many.
    pub to_percent: u32,
    /// How many were decided.
    pub count: u64,
    /// How many of them were taken as the same.
    pub same: u64,
    /// The mean of what was said, in millionths.
    pub said_millionths: i64,
    /// The share that was taken as the same, in millionths.
    pub share_millionths: i64,
    /// Where the interval of the share begins, in millionths.
    pub low_millionths: i64,
    /// Where it ends.
    pub high_millionths: i64,
}

/// All bins, the least probable first; those without an alert among them.
///
/// # Errors
/// When the store refuses.
pub fn of(query: &mut impl Query) -> Result<Vec<Bin>, LedgerError> {
    let mut counted = [(0_u64, 0_u64, 0_i64); BINS];
    for (bin, is_same, count, sum) in sql::decided_by_tenth(query)? {
        let Some(one) = usize::try_from(bin).ok().and_then(|bin| counted.get_mut(bin)) else { continue };
        one.0 += count;
        one.1 += if is_same { count } else { 0 };
        one.2 += sum;
    }
    Ok((0_u32..).zip(counted).map(|(place, (count, same, sum))| bin(place, count, same, sum)).collect())
}

fn bin(place: u32, count: u64, same: u64, sum: i64) -> Bin {
    let (from_percent, to_percent) = (place * 10, place * 10 + 10);
    let of = i64::try_from(count).unwrap_or(i64::MAX);
    if of == 0 {
        return Bin { from_percent, to_percent, ..Bin::default() };
    }
    let (low_millionths, high_millionths) = wilson(count, same);
    let share_millionths = (same as f64 / count as f64 * 1e6).round() as i64;
    Bin {
        from_percent,
        to_percent,
        count,
        same,
        said_millionths: sum / of,
        share_millionths,
        low_millionths,
        high_millionths,
    }
}

/// The interval of a share, in millionths.
fn wilson(count: u64, same: u64) -> (i64, i64) {
    let (n, share) = (count as f64, same as f64 / count as f64);
    let of_z = Z * Z / n;
    let middle = (share + of_z / 2.0) / (1.0 + of_z);
    let half = Z * (share * (1.0 - share) / n + of_z / n / 4.0).sqrt() / (1.0 + of_z);
    let millionths = |value: f64| (value.clamp(0.0, 1.0) * 1e6).round() as i64;
    (millionths(middle - half), millionths(middle + half))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_is_wilsons() {
        // By hand, with z² = 3.841459: n = 10, 5 of them: middle 0.5, half 1.959964·√(0.025 + 0.00960365)/1.3841459 = 0.263405.
        let (low, high) = wilson(10, 5);
        assert!((low - 236_595).abs() <= 2 && (high - 763_405).abs() <= 2, "{low} {high}");
        // None of ten: from nothing to z²/(n + z²) = 3.841459/13.841459 = 0.277533.
        let (low, high) = wilson(10, 0);
        assert!(low == 0 && (high - 277_533).abs() <= 2, "{low} {high}");
        // All of one: from 1/(1 + z²) = 0.206549 to all.
        let (low, high) = wilson(1, 1);
        assert!((low - 206_549).abs() <= 2 && high == 1_000_000, "{low} {high}");
    }

    #[test]
    fn a_bin_has_its_mean_and_its_share() {
        let one = bin(9, 4, 3, 3_800_000);
        assert_eq!((one.from_percent, one.to_percent), (90, 100));
        assert_eq!((one.said_millionths, one.share_millionths), (950_000, 750_000));
        assert_eq!(bin(2, 0, 0, 0), Bin { from_percent: 20, to_percent: 30, ..Bin::default() });
    }
}
