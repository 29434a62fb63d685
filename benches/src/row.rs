//! What a row of the table says: its figures, what was asked, the baseline beside it.
//!
//! A row's `measure` returns [`Measured`]; [`crate::page`] gives it the form of Markdown. Words that several rows share
//! (a share in per cent, a count with its thousands apart) are made here, so that the table reads as one.

/// A line of the table.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line {
    /// What was measured, on what.
    pub(crate) what: String,
    /// The figures.
    pub(crate) figure: String,
    /// What they should reach; empty when nothing was asked.
    pub(crate) asked: String,
    /// Whether they reach it; none when nothing was asked.
    pub(crate) reached: Option<bool>,
    /// Another way to do the same, measured in the same run, and the ratio where both are timings.
    pub(crate) baseline: String,
    /// For timings: how many runs, and from where to where they went.
    pub(crate) runs: String,
}

/// A table of its own, between markers of its name.
#[derive(Clone, Debug)]
pub(crate) struct Detail {
    /// The page it belongs to: a path below the workspace.
    pub(crate) page: &'static str,
    /// The name of its markers.
    pub(crate) name: &'static str,
    /// Markdown.
    pub(crate) text: String,
}

/// What measuring a row gave.
#[derive(Clone, Debug, Default)]
pub(crate) struct Measured {
    /// Its lines of the table.
    pub(crate) lines: Vec<Line>,
    /// Tables that do not fit into a line.
    pub(crate) details: Vec<Detail>,
    /// Files that go with them: a path below the workspace, and what to write there.
    pub(crate) files: Vec<(&'static str, String)>,
}

impl Measured {
    /// Only lines.
    pub(crate) fn of(lines: impl Into<Vec<Line>>) -> Measured {
        Measured { lines: lines.into(), ..Measured::default() }
    }
}

/// A share from 0 to 1 in per cent, two decimals.
pub(crate) fn percent(share: f64) -> String {
    format!("{:.2} %", share * 100.0)
}

/// A count with its thousands apart.
pub(crate) fn thousands(count: f64) -> String {
    mihenk_screening::bits::grouped(count.round() as u64)
}

/// Seconds in the unit that reads best.
pub(crate) fn seconds(seconds: f64) -> String {
    match seconds {
        s if s >= 1.0 => format!("{s:.2} s"),
        s if s >= 1e-3 => format!("{:.1} ms", s * 1e3),
        s => format!("{:.1} µs", s * 1e6),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_people_write_them() {
        assert_eq!(percent(0.00503), "0.50 %");
        assert_eq!([0.0, 999.0, 1000.0, 1_234_567.0].map(thousands), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!([2.5, 0.0125, 0.000_042].map(seconds), ["2.50 s", "12.5 ms", "42.0 µs"]);
    }
}
