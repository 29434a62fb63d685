//! How many tests a runner says it ran.
//!
//! In comes what `cargo nextest run` or `cargo test` wrote, out comes a [`Count`]. Nextest sums up on standard error
//! (*Summary \[ 3.2s\] 312 tests run: 312 passed, 4 skipped*), Rust's own runner writes a line for each program on standard
//! output (*test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 3 filtered out*). Either may be coloured.

use std::ops::AddAssign;

/// Tests that ran, and tests that were left out on the command line.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Count {
    /// Tests that ran.
    pub(crate) run: usize,
    /// Tests that did not, because they were not wanted.
    pub(crate) left_out: usize,
}

impl Count {
    /// What the two outputs of a runner say.
    pub(crate) fn read(output: &str, errors: &str) -> Self {
        let mut count = Self::default();
        for line in plain(errors).lines().filter(|line| line.trim_start().starts_with("Summary")) {
            count.run += before(line, "tests run").or(before(line, "test run")).unwrap_or(0);
            count.left_out += before(line, "skipped").unwrap_or(0);
        }
        for line in plain(output).lines().filter(|line| line.starts_with("test result:")) {
            count.run += before(line, "passed").unwrap_or(0);
            count.left_out += before(line, "filtered out").unwrap_or(0);
        }
        count
    }
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.run += other.run;
        self.left_out += other.left_out;
    }
}

/// The number in front of a word.
fn before(line: &str, word: &str) -> Option<usize> {
    line.split_once(&format!(" {word}"))?.0.rsplit(' ').next()?.parse().ok()
}

/// The text without colours: sequences from ESC to the letter `m` (ECMA-48, *Select Graphic Rendition*).
fn plain(text: &str) -> String {
    let mut pieces = text.split('\u{1b}');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |plain, piece| plain + piece.split_once('m').map_or("", |(_, rest)| rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nextest_sums_up_once() {
        let errors = "    Starting 2 tests\n\u{1b}[32;1m     Summary\u{1b}[0m [   3.204s] \u{1b}[1m312\u{1b}[0m tests run: \
                      \u{1b}[1m312\u{1b}[0m \u{1b}[32;1mpassed\u{1b}[0m (2 slow), \u{1b}[1m4\u{1b}[0m skipped\n";
        assert_eq!(Count::read("", errors), Count { run: 312, left_out: 4 });
        let one = "     Summary [   0.005s] 1 test run: 1 passed, 0 skipped";
        assert_eq!(Count::read("", one), Count { run: 1, left_out: 0 });
    }

    #[test]
    fn rust_s_own_runner_sums_up_program_by_program() {
        let output = "running 1 test\ntest a ... ok\n\n\
                      test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 3 filtered out; finished in 0.00s\n\
                      test result: \u{1b}[32mok\u{1b}(B\u{1b}[m. 1 passed; 0 failed; 0 ignored; 0 measured; 1 filtered out; finished in 0s\n";
        assert_eq!(Count::read(output, ""), Count { run: 13, left_out: 4 });
        assert_eq!(Count::read("nothing", "to count"), Count::default());
    }
}
