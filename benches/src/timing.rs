//! Measures time: several runs, their median, from where to where they went.
//!
//! In comes something to do, out comes a [`Spread`] of seconds. [`runs`] measures the time that the running thread was given
//! by the processor, where the system tells it (Linux, `/proc/thread-self/schedstat`), and the time on the wall elsewhere: a
//! figure for one core must not depend on what else the machine does. Percentiles are nearest-rank: a value that occurred.

use std::time::Instant;

/// Runs of which a median is made.
pub(crate) const RUNS: usize = 5;

/// The median of several runs, the fastest and the slowest.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Spread {
    pub(crate) median: f64,
    pub(crate) least: f64,
    pub(crate) most: f64,
    pub(crate) runs: usize,
}

impl Spread {
    /// Of some values; all zero if there are none.
    pub(crate) fn of(mut values: Vec<f64>) -> Spread {
        values.sort_by(f64::total_cmp);
        let at = |i: usize| values.get(i).copied().unwrap_or(0.0);
        let middle = values.len() / 2;
        let median = if values.len().is_multiple_of(2) {
            f64::midpoint(at(middle.saturating_sub(1)), at(middle))
        } else {
            at(middle)
        };
        Spread { median, least: at(0), most: at(values.len().saturating_sub(1)), runs: values.len() }
    }

    /// The same for the rate at which `count` things are done in that many seconds.
    pub(crate) fn rate(self, count: usize) -> Spread {
        let rate = |seconds: f64| count as f64 / seconds.max(1e-9);
        Spread { median: rate(self.median), least: rate(self.most), most: rate(self.least), runs: self.runs }
    }

    /// How many runs, from where to where.
    pub(crate) fn told(self, form: impl Fn(f64) -> String) -> String {
        format!("median of {}, {}–{}", self.runs, form(self.least), form(self.most))
    }
}

/// Does something several times; the first time, which warms caches up, does not count.
pub(crate) fn runs(mut what: impl FnMut() -> anyhow::Result<()>) -> anyhow::Result<Spread> {
    what()?;
    let mut seconds = Vec::with_capacity(RUNS);
    for _ in 0..RUNS {
        let watch = Watch::start();
        what()?;
        seconds.push(watch.seconds());
    }
    Ok(Spread::of(seconds))
}

/// Measures the time of the running thread.
pub(crate) struct Watch {
    wall: Instant,
    processor: Option<u64>,
}

impl Watch {
    pub(crate) fn start() -> Watch {
        Watch { wall: Instant::now(), processor: processor_nanoseconds() }
    }

    pub(crate) fn seconds(&self) -> f64 {
        match (self.processor, processor_nanoseconds()) {
            (Some(from), Some(to)) => to.saturating_sub(from) as f64 / 1e9,
            _ => self.wall.elapsed().as_secs_f64(),
        }
    }
}

/// The time that the running thread has been on a processor.
fn processor_nanoseconds() -> Option<u64> {
    let line = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    line.split_whitespace().next()?.parse().ok()
}

/// The seconds that all threads of this process have been on a processor, to a hundredth.
pub(crate) fn process_seconds() -> Option<f64> {
    ticks(&std::fs::read_to_string("/proc/self/stat").ok()?, 14)
}

/// The same of the processes that this one started and waited for.
pub(crate) fn children_seconds() -> Option<f64> {
    ticks(&std::fs::read_to_string("/proc/self/stat").ok()?, 16)
}

/// The same of another process that runs.
pub(crate) fn processor_of(process: u32) -> Option<f64> {
    ticks(&std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?, 14)
}

/// User and system time in a line of `/proc/PID/stat`: two fields from the given one on (proc(5) counts from 1), in hundredths.
fn ticks(line: &str, field: usize) -> Option<f64> {
    // The name of the program, the second field, stands in brackets and may hold spaces.
    let mut fields = line.rsplit_once(')')?.1.split_whitespace().skip(field - 3);
    let mut next = || fields.next()?.parse::<f64>().ok();
    Some((next()? + next()?) / 100.0)
}

/// The value that this share of all values does not exceed; `sorted` rises.
pub(crate) fn percentile(sorted: &[f64], share: f64) -> f64 {
    let rank = (share * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.clamp(1, sorted.len().max(1)) - 1).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_lies_between_the_fastest_and_the_slowest() {
        let spread = Spread::of(vec![3.0, 1.0, 2.0]);
        assert_eq!((spread.median, spread.least, spread.most), (2.0, 1.0, 3.0));
        assert_eq!(Spread::of(vec![4.0, 1.0, 2.0, 3.0]).median, 2.5);
        assert_eq!(Spread::of(Vec::new()).median, 0.0);
    }

    #[test]
    fn a_rate_turns_fast_and_slow_round() {
        let rate = Spread::of(vec![1.0, 2.0, 4.0]).rate(100);
        assert_eq!((rate.median, rate.least, rate.most), (50.0, 25.0, 100.0));
        assert_eq!(rate.told(|r| format!("{r:.0}")), "median of 3, 25–100");
    }

    #[test]
    fn processor_time_is_read_from_its_fields() {
        let line = "7 (a b) c) S 4 5 6 7 8 9 10 11 12 13 1400 1500 1600 1700 18";
        assert_eq!((ticks(line, 14), ticks(line, 16)), (Some(29.0), Some(33.0)));
        assert_eq!(ticks("7 (a) S 4", 14), None);
    }

    #[test]
    fn percentiles_are_values_that_occurred() {
        let values: Vec<f64> = (1..=200).map(f64::from).collect();
        assert_eq!((percentile(&values, 0.5), percentile(&values, 0.99)), (100.0, 198.0));
        assert_eq!((percentile(&values, 0.0), percentile(&values, 1.0)), (1.0, 200.0));
        assert_eq!(percentile(&[], 0.5), 0.0);
    }
}
