//! Rules for a Rust file: how it opens, how long it is, what must not be in it.
//!
//! In come a path and its text; out come [`Finding`]s. The numbers are those of the house: an opening `//!` of two to
//! twenty lines, 600 lines a file, 70 a function (tests too: a long test is as hard to read). Words of unfinished work are
//! refused because unfinished work is an issue, not a comment. Paths of somebody's machine are looked for in
//! documents and scripts as well ([`machine_paths`]).

use std::ops::RangeInclusive;

use super::{
    Finding,
    functions::{functions, test_lines},
    scan::{self, Source},
};

const FILE_LINES: usize = 600;
const FUNCTION_LINES: usize = 70;
const OPENING_LINES: RangeInclusive<usize> = 2..=20;

/// The one file of each crate that may hold `unsafe`, where it says why.
const UNSAFE_ALLOWED: &[&str] = &["crates/screening/src/index/map.rs"];

/// Names that say nothing about what lives in a file, and what to do instead.
const EMPTY_NAMES: &[&str] = &["utils", "util", "helpers", "helper", "common", "misc", "manager"];

/// What code must not contain: the text, whether it may follow a letter, and what is right instead.
const UNFINISHED_CODE: &[(&str, &str)] = &[
    ("todo!", "code that is finished, or an error that says what cannot be done"),
    ("unimplemented!", "code that is finished, or an error that says what cannot be done"),
    ("dbg!", "no output for debugging"),
    ("#[ignore", "a test that runs, or none; one that needs a service stands in a module `needs_NAME`"),
];

const UNFINISHED_COMMENTS: &[&str] = &["TODO", "FIXME"];

/// Top folders that differ from machine to machine. `tmp` may stand in tests, where it is as good a name as any.
const MACHINE_FOLDERS: &[(&str, bool)] = &[("work", false), ("home", false), ("root", false), ("tmp", true)];

/// Everything that is wrong with a file.
pub(crate) fn check(path: &str, text: &str) -> Vec<Finding> {
    let source = Source::read(text);
    let mut findings = Vec::new();
    findings.extend(name(path));
    findings.extend(opening(path, text));
    findings.extend(size(path, text));
    findings.extend(functions(&source).into_iter().filter(|f| f.lines > FUNCTION_LINES).map(|function| {
        let found = format!("function {} has {} lines", function.name, function.lines);
        Finding::new(path, function.line + 1, found, format!("at most {FUNCTION_LINES}: give its steps names"))
    }));
    for (at, (code, comment)) in source.code.iter().zip(&source.comments).enumerate() {
        findings.extend(words(path, at + 1, code, comment));
    }
    let tests = test_lines(&source);
    let in_test = |line| is_test(path) || tests.iter().any(|range| range.contains(&(line - 1)));
    findings.extend(machine_paths(path, text, in_test));
    findings
}

/// Absolute paths of a machine; `in_test` says of a line, counted from 1, whether it belongs to a test.
pub(crate) fn machine_paths(path: &str, text: &str, in_test: impl Fn(usize) -> bool) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (at, line) in text.lines().enumerate() {
        for (folder, in_tests) in MACHINE_FOLDERS {
            let prefix = format!("/{folder}/");
            // `https://example.org/home/` and `src/work/` are no paths of a machine.
            let absolute = line
                .match_indices(&prefix)
                .any(|(found, _)| !line[..found].ends_with(|c: char| scan::is_word(c) || "/.-~}$)".contains(c)));
            if absolute && !(*in_tests && in_test(at + 1)) {
                let right = "a path relative to the tree, from an argument, or from the system's own folders";
                findings.push(Finding::new(path, at + 1, format!("the path {prefix}… of one machine"), right));
            }
        }
    }
    findings
}

fn is_test(path: &str) -> bool {
    path.ends_with("/tests.rs") || path.split('/').rev().skip(1).any(|folder| folder == "tests")
}

fn name(path: &str) -> Option<Finding> {
    let stem = path.rsplit('/').next().unwrap_or(path).trim_end_matches(".rs");
    if stem == "mod" {
        let right = "`foo.rs` beside the folder `foo/`, so that a file is found by its name";
        return Some(Finding::new(path, 1, "a file called mod.rs", right));
    }
    let found = format!("a file called {stem}.rs");
    EMPTY_NAMES.contains(&stem).then(|| Finding::new(path, 1, found, "the noun or verb that the file is about"))
}

fn opening(path: &str, text: &str) -> Option<Finding> {
    let lines = text.lines().take_while(|line| line.starts_with("//!")).count();
    let found = match lines {
        0 => "no opening `//!`".to_owned(),
        1 => "an opening `//!` of one line".to_owned(),
        _ => format!("an opening `//!` of {lines} lines"),
    };
    let right = "two to twenty lines: what lives here, what comes in, what goes out, what does not belong here";
    (!OPENING_LINES.contains(&lines)).then(|| Finding::new(path, 1, found, right))
}

fn size(path: &str, text: &str) -> Option<Finding> {
    let lines = text.lines().count();
    let right = format!("at most {FILE_LINES}, better 200: one noun or one verb a file");
    (lines > FILE_LINES).then(|| Finding::new(path, lines, format!("{lines} lines"), right))
}

/// What must not stand in a line.
fn words(path: &str, line: usize, code: &str, comment: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (text, right) in UNFINISHED_CODE {
        if code.match_indices(text).any(|(at, _)| !code[..at].ends_with(scan::is_word)) {
            findings.push(Finding::new(path, line, format!("`{text}`"), *right));
        }
    }
    for text in UNFINISHED_COMMENTS {
        if scan::words(comment).any(|word| word == *text) {
            findings.push(Finding::new(path, line, format!("`{text}` in a comment"), "do it, or open an issue"));
        }
    }
    if scan::words(code).any(|word| word == "unsafe") && !UNSAFE_ALLOWED.contains(&path) {
        let right = format!("safe code; `unsafe` lives in {} only", UNSAFE_ALLOWED.join(", "));
        findings.push(Finding::new(path, line, "`unsafe`", right));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "//! Reads a thing.\n//!\n//! In comes a thing, out comes another.\n\nfn f() {}\n";

    /// `line: what was found`, for each finding.
    fn found(path: &str, text: &str) -> Vec<String> {
        check(path, text).into_iter().map(|finding| format!("{}: {}", finding.line, finding.found)).collect()
    }

    fn with(line: &str) -> Vec<String> {
        found("crates/names/src/thing.rs", &format!("{GOOD}{line}\n"))
    }

    #[test]
    fn a_good_file_has_no_findings() {
        assert!(with("").is_empty());
    }

    #[test]
    fn a_file_opens_with_what_it_is() {
        assert_eq!(found("a.rs", "use b;\n"), ["1: no opening `//!`"]);
        assert_eq!(found("a.rs", "//! Short.\n\nuse b;\n"), ["1: an opening `//!` of one line"]);
        assert_eq!(found("a.rs", &"//! Long.\n".repeat(21)), ["1: an opening `//!` of 21 lines"]);
    }

    #[test]
    fn files_and_functions_have_an_end() {
        let long = |lines: usize| format!("{GOOD}{}", "// a line\n".repeat(lines - GOOD.lines().count()));
        assert!(found("a.rs", &long(600)).is_empty());
        assert_eq!(found("a.rs", &long(601)), ["601: 601 lines"]);
        let function = |lines: usize| with(&format!("fn long() {{\n{}}}", "    a();\n".repeat(lines - 2)));
        assert!(function(70).is_empty());
        assert_eq!(function(71), ["6: function long has 71 lines"]);
    }

    #[test]
    fn work_is_finished() {
        assert_eq!(with("fn g() { todo!() }"), ["6: `todo!`"]);
        assert_eq!(with("    unimplemented!(\"x\")"), ["6: `unimplemented!`"]);
        assert_eq!(with("let a = dbg!(1);"), ["6: `dbg!`"]);
        assert_eq!(with("#[ignore = \"slow\"]"), ["6: `#[ignore`"]);
        assert_eq!(with("// TODO: more"), ["6: `TODO` in a comment"]);
        assert_eq!(with("/* FIXME */"), ["6: `FIXME` in a comment"]);
        assert!(with("let a = \"todo!() TODO\"; // a mastodon's TODOS").is_empty());
    }

    #[test]
    fn names_say_what_a_file_is_about() {
        assert_eq!(found("crates/names/src/utils.rs", GOOD), ["1: a file called utils.rs"]);
        assert_eq!(found("crates/names/src/sound/mod.rs", GOOD), ["1: a file called mod.rs"]);
        assert!(found("crates/names/src/sound.rs", GOOD).is_empty());
    }

    #[test]
    fn no_file_knows_a_machine() {
        for folder in ["work", "home", "root", "tmp"] {
            let line = format!("const A: &str = \"/{folder}/data\";");
            assert_eq!(with(&line), [format!("6: the path /{folder}/… of one machine")]);
            assert!(with(&format!("// https://example.org/{folder}/ and src/{folder}/")).is_empty());
            let inside = found("crates/names/tests/a.rs", &format!("{GOOD}{line}"));
            assert_eq!(inside.is_empty(), folder == "tmp", "{folder} in a test");
        }
        let module = format!("#[cfg(test)]\nmod tests {{\n    const A: &str = \"/{}/a\";\n}}", "tmp");
        assert!(with(&module).is_empty());
    }

    #[test]
    fn unsafe_code_has_its_place() {
        assert_eq!(with("let a = unsafe { b() };"), ["6: `unsafe`"]);
        assert!(with("#![forbid(unsafe_code)] // unsafe").is_empty());
        assert!(found("crates/screening/src/index/map.rs", &format!("{GOOD}unsafe {{}}")).is_empty());
    }
}
