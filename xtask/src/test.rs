//! `cargo xtask test [--without NAME]…`: every check and every test, in the order in which they are likely to fail.
//!
//! In comes the tree and the services to leave out; out come a line for each step with its time, and a summary. The first
//! step that fails ends it, with the command to type to see that failure alone. Steps are rows of a table ([`steps`]); a
//! step is a command, so that everything this does can be done by hand. Standard error of a command is passed on as it
//! comes; its standard output is shown only when it fails.

mod count;
mod steps;

use std::{
    io::{IsTerminal, Read, Write},
    process::Stdio,
    thread,
    time::Instant,
};

use crate::{
    failure::Failure,
    services::{self, Service},
    tidy,
    tree::Tree,
};
use count::Count;
use steps::Step;

const USAGE: &str = "usage: cargo xtask test [--without NAME]…";

/// The services after `--without`.
pub(crate) fn without(arguments: &[String]) -> Result<Vec<&'static Service>, Failure> {
    let mut services = Vec::new();
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        let name = match argument.strip_prefix("--without") {
            Some("") => rest.next().map(String::as_str),
            Some(value) => value.strip_prefix('='),
            None => None,
        };
        let Some(name) = name else {
            return Err(Failure::usage(format!("test does not know {argument:?}, or a name is missing"), USAGE));
        };
        services.push(Service::named(name).map_err(|what| Failure::usage(what, USAGE))?);
    }
    Ok(services)
}

/// Runs everything.
pub(crate) fn run(tree: &Tree, without: &[&Service]) -> Result<(), Failure> {
    services::check(&services::needed(tree)?, without, Service::is_here)?;
    let has_nextest = tree.cargo().args(["nextest", "--version"]).output().is_ok_and(|output| output.status.success());
    let steps = steps::steps(has_nextest, without);
    let all = steps.len() + 1;
    let start = Instant::now();

    announce(1, all, "tidy", "cargo xtask tidy");
    tidy::run(tree)?;
    done("tidy", start);
    let mut count = Count::default();
    for (number, step) in steps.iter().enumerate() {
        announce(number + 2, all, step.name, &step.to_string());
        let start = Instant::now();
        count += run_step(tree, step)?;
        done(step.name, start);
    }
    println!("{}", summary(all, start.elapsed().as_secs_f64(), count, without));
    Ok(())
}

fn announce(number: usize, all: usize, name: &str, command: &str) {
    println!("[{number}/{all}] {name}: {command}");
}

fn done(name: &str, start: Instant) {
    println!("      {name} done in {:.1} s", start.elapsed().as_secs_f64());
}

/// Runs a command to its end and says how many tests it ran.
fn run_step(tree: &Tree, step: &Step) -> Result<Count, Failure> {
    let start = Instant::now();
    let failed = |why: String| {
        let seconds = start.elapsed().as_secs_f64();
        let failure = Failure::new(format!("{} failed after {seconds:.1} s: {why}", step.name));
        failure.hint(format!("{step}{}", step.hint.map_or(String::new(), |hint| format!("\n      {hint}"))))
    };
    let mut command = tree.cargo();
    command.args(&step.arguments).envs(step.environment.iter().copied());
    if std::io::stderr().is_terminal() {
        // Cargo sees a pipe and would fall back to grey.
        command.env("CARGO_TERM_COLOR", "always");
    }
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|e| failed(format!("cargo cannot be started: {e}")))?;
    // Both pipes are read at once: a program waits when the one that nobody reads is full.
    let errors = child.stderr.take().map(|pipe| thread::spawn(|| collect(pipe, true)));
    let output = child.stdout.take().map_or_else(String::new, |pipe| collect(pipe, false));
    let errors = errors.and_then(|thread| thread.join().ok()).unwrap_or_default();
    let status = child.wait().map_err(|e| failed(e.to_string()))?;
    if !status.success() {
        print!("{output}");
        return Err(failed(status.to_string()));
    }
    if let Some(word) = step.must_say.filter(|word| !output.to_lowercase().contains(word)) {
        print!("{output}");
        return Err(failed(format!("the word {word:?} is missing in its output")));
    }
    Ok(if step.runs_tests { Count::read(&output, &errors) } else { Count::default() })
}

/// Reads a pipe to its end; with `echo`, hands on what comes as it comes. An error ends it like the end of the pipe.
fn collect(mut pipe: impl Read, echo: bool) -> String {
    let (mut all, mut buffer) = (Vec::new(), [0; 4096]);
    while let Ok(length @ 1..) = pipe.read(&mut buffer) {
        all.extend_from_slice(&buffer[..length]);
        if echo {
            // If nobody reads our standard error any more, the step itself still counts.
            let _ = std::io::stderr().write_all(&buffer[..length]);
        }
    }
    String::from_utf8_lossy(&all).into_owned()
}

fn summary(steps: usize, seconds: f64, count: Count, without: &[&Service]) -> String {
    let left_out = match without {
        [] => "nothing was left out".to_owned(),
        _ => {
            let names: Vec<&str> = without.iter().map(|service| service.name).collect();
            format!("left out what needs {}: {} tests did not run", names.join(", "), count.left_out)
        }
    };
    format!("{steps} steps in {seconds:.0} s, {} tests run; {left_out}.", count.run)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn without_takes_names_of_services() {
        let services = without(&line("--without postgresql --without=chromium")).unwrap();
        assert_eq!(services.iter().map(|service| service.name).collect::<Vec<_>>(), ["postgresql", "chromium"]);
        for bad in ["--without", "--without oracle", "postgresql", "--without-postgresql", "--all"] {
            assert_eq!(without(&line(bad)).unwrap_err().code(), 2, "{bad}");
        }
    }

    #[test]
    fn the_summary_counts_what_did_not_run() {
        let count = Count { run: 312, left_out: 7 };
        assert_eq!(summary(7, 61.4, count, &[]), "7 steps in 61 s, 312 tests run; nothing was left out.");
        let without = without(&line("--without chromium")).unwrap();
        assert_eq!(
            summary(7, 61.4, count, &without),
            "7 steps in 61 s, 312 tests run; left out what needs chromium: 7 tests did not run."
        );
    }

    #[test]
    fn a_step_that_fails_names_the_command_and_what_to_do() {
        let tree = Tree::find().unwrap();
        let step = Step { arguments: line("no-such-command"), hint: Some("rustup it"), ..Step::new("odd", "") };
        let failure = run_step(&tree, &step).unwrap_err().to_string();
        assert!(failure.starts_with("error: odd failed after"), "{failure}");
        assert!(failure.ends_with("hint: cargo no-such-command\n      rustup it"), "{failure}");
    }

    #[test]
    fn a_step_that_does_not_say_what_it_must_fails() {
        let tree = Tree::find().unwrap();
        let step = Step { must_say: Some("sample"), ..Step::new("version", "--version") };
        assert!(run_step(&tree, &step).unwrap_err().to_string().contains("\"sample\" is missing"));
        assert!(run_step(&tree, &Step { must_say: Some("cargo"), ..step }).is_ok());
    }
}
