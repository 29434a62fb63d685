//! What a contributor runs: `cargo xtask test`, `setup`, `tidy`, `bench`, `generate`.
//!
//! In comes a command line, out comes an exit code: 0 done, 1 something failed, 2 the command line is not understood.
//! This file reads the first word and hands over; each command is a file of its own. The alias `cargo xtask` is in
//! `.cargo/config.toml` (the pattern: <https://github.com/matklad/cargo-xtask>). Kept to the standard library and a JSON
//! reader, so that it is built in seconds on a machine that has nothing yet (`docs/decisions/0020-xtask.md`).

#![forbid(unsafe_code)]

mod bench;
mod failure;
mod generate;
mod services;
mod setup;
mod test;
mod tidy;
mod tree;

use std::process::ExitCode;

use failure::Failure;
use tree::Tree;

const USAGE: &str = "\
usage: cargo xtask COMMAND

  test [--without NAME]…   run every check and test; --without leaves out what needs a service (postgresql, chromium, node, xmllint)
  setup [--all]            install from Debian what this tree's tests need; --all: what the roadmap will need too
  tidy                     check the rules of the house: arrows between crates, files, links, data
  bench [ROW]…             build the benchmarks in release and run the given rows, or all
  generate                 make the pages of the book that come from code";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::from(failure.code())
        }
    }
}

fn run(arguments: &[String]) -> Result<(), Failure> {
    let Some((command, rest)) = arguments.split_first() else {
        return Err(Failure::usage("no command given", USAGE));
    };
    match command.as_str() {
        "test" => test::run(&Tree::find()?, &test::without(rest)?),
        "setup" => setup::run(&Tree::find()?, setup::all(rest)?),
        "tidy" if rest.is_empty() => tidy::run(&Tree::find()?),
        "tidy" => Err(Failure::usage("tidy takes no arguments", USAGE)),
        "generate" if rest.is_empty() => generate::run(&Tree::find()?),
        "generate" => Err(Failure::usage("generate takes no arguments", USAGE)),
        "bench" => bench::run(&Tree::find()?, rest),
        "help" | "--help" | "-h" => {
            println!("{USAGE}");
            Ok(())
        }
        other => Err(Failure::usage(format!("there is no command {other:?}"), USAGE)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(arguments: &[&str]) -> u8 {
        let arguments: Vec<String> = arguments.iter().map(ToString::to_string).collect();
        run(&arguments).map_or_else(|failure| failure.code(), |()| 0)
    }

    #[test]
    fn a_command_line_that_is_not_understood_ends_with_2() {
        assert_eq!(code(&[]), 2);
        assert_eq!(code(&["tset"]), 2);
        assert_eq!(code(&["tidy", "now"]), 2);
        assert_eq!(code(&["generate", "all"]), 2);
        assert_eq!(code(&["setup", "everything"]), 2);
        assert_eq!(code(&["test", "--without", "oracle"]), 2);
        assert_eq!(code(&["help"]), 0);
    }
}
