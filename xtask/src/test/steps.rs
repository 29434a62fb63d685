//! The steps of `cargo xtask test`, as a table.
//!
//! In come whether nextest is installed and which services to leave out; out come the [`Step`]s in order: formatting
//! first, for it takes a second, then lints, which say more about a fault than a failing test does, tests, and last
//! what a newcomer types first. Nextest runs tests of all crates side by side and names the slow ones; it is no part of
//! Rust, so `cargo test` does when it is missing. Nextest does not run examples in documentation: they are a step.

use std::fmt;

use crate::{services::Service, tidy::documents::FIRST_COMMAND};

/// One call of cargo.
pub(crate) struct Step {
    /// What it is about, in a word or two.
    pub(crate) name: &'static str,
    /// What follows `cargo`.
    pub(crate) arguments: Vec<String>,
    /// What is set beside what is set already.
    pub(crate) environment: &'static [(&'static str, &'static str)],
    /// What may help when it fails.
    pub(crate) hint: Option<&'static str>,
    /// Whether its output says how many tests ran.
    pub(crate) runs_tests: bool,
    /// What its output must contain, in lower case.
    pub(crate) must_say: Option<&'static str>,
}

impl Step {
    /// A step that only has to succeed; `arguments` are cut at spaces.
    pub(crate) fn new(name: &'static str, arguments: &str) -> Self {
        let arguments = arguments.split_whitespace().map(str::to_owned).collect();
        Self { name, arguments, environment: &[], hint: None, runs_tests: false, must_say: None }
    }

    fn tests(mut self, arguments: impl IntoIterator<Item = String>) -> Self {
        self.arguments.extend(arguments);
        self.runs_tests = true;
        self
    }
}

impl fmt::Display for Step {
    /// The command, to be typed as it is.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, value) in self.environment {
            write!(f, "{name}=\"{value}\" ")?;
        }
        write!(f, "cargo")?;
        for argument in &self.arguments {
            if argument.contains([' ', '(']) { write!(f, " '{argument}'")? } else { write!(f, " {argument}")? }
        }
        Ok(())
    }
}

/// Everything that is run, in order.
pub(crate) fn steps(has_nextest: bool, without: &[&Service]) -> Vec<Step> {
    let mut steps = vec![
        Step {
            hint: Some("cargo fmt --all puts it right; if there is no such command: rustup component add rustfmt"),
            ..Step::new("formatting", "fmt --all --check")
        },
        Step {
            hint: Some("if there is no such command: rustup component add clippy"),
            ..Step::new("lints", "clippy --workspace --all-targets -- -D warnings")
        },
        Step {
            environment: &[("RUSTDOCFLAGS", "-D warnings")],
            ..Step::new("documentation", "doc --workspace --no-deps")
        },
    ];
    if has_nextest {
        steps.push(Step::new("tests", "nextest run --workspace --status-level slow").tests(filter(without)));
        steps.push(Step::new("examples", "test --doc --workspace").tests(skip(without)));
    } else {
        steps.push(Step::new("tests", "test --workspace").tests(skip(without)));
    }
    // What is not built without its feature is tested with it.
    let parquet = Step::new("tests of Parquet", "test --package mihenk-tables --features parquet --lib parquet");
    steps.push(parquet.tests([]));
    let demo = FIRST_COMMAND.trim_start_matches("cargo ").replace(" -- ", " --quiet -- ");
    // The demonstration is no screening, and has to say so.
    steps.push(Step { must_say: Some("sample"), ..Step::new("first command of the README", &demo) });
    steps
}

/// For nextest, which selects by expressions.
fn filter(without: &[&Service]) -> Vec<String> {
    let marks: Vec<String> = without.iter().map(|service| format!("test({})", service.mark())).collect();
    if marks.is_empty() { Vec::new() } else { vec!["-E".to_owned(), format!("not ({})", marks.join(" | "))] }
}

/// For Rust's own test programs, which select by a part of the name.
fn skip(without: &[&Service]) -> Vec<String> {
    let words = without.iter().flat_map(|service| ["--skip".to_owned(), service.mark()]);
    if without.is_empty() { Vec::new() } else { std::iter::once("--".to_owned()).chain(words).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(has_nextest: bool, without: &[&str]) -> Vec<String> {
        let without: Vec<&Service> = without.iter().map(|name| Service::named(name).unwrap()).collect();
        steps(has_nextest, &without).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn rust_alone_is_enough() {
        assert_eq!(
            lines(false, &[]),
            [
                "cargo fmt --all --check",
                "cargo clippy --workspace --all-targets -- -D warnings",
                "RUSTDOCFLAGS=\"-D warnings\" cargo doc --workspace --no-deps",
                "cargo test --workspace",
                "cargo test --package mihenk-tables --features parquet --lib parquet",
                "cargo run --release --quiet -- demo",
            ]
        );
    }

    #[test]
    fn with_nextest_examples_are_a_step() {
        let lines = lines(true, &[]);
        assert_eq!(lines[3], "cargo nextest run --workspace --status-level slow");
        assert_eq!(lines[4], "cargo test --doc --workspace");
    }

    #[test]
    fn services_are_left_out_by_the_name_of_their_module() {
        let without = ["postgresql", "chromium"];
        assert_eq!(
            lines(true, &without)[3],
            "cargo nextest run --workspace --status-level slow -E 'not (test(needs_postgresql) | test(needs_chromium))'"
        );
        assert_eq!(
            lines(false, &without)[3],
            "cargo test --workspace -- --skip needs_postgresql --skip needs_chromium"
        );
    }
}
