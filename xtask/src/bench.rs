//! `cargo xtask bench [ROW]…`: builds the benchmarks in release and runs them.
//!
//! In come the names of rows, handed on as they are; what rows there are, what they measure and on which inputs is the
//! business of `benches/`. Output and exit code are the benchmarks' own.

use crate::{failure::Failure, tree::Tree};

/// Runs the given rows, or all when none is given.
pub(crate) fn run(tree: &Tree, rows: &[String]) -> Result<(), Failure> {
    let status = tree
        .cargo()
        .args(["run", "--release", "--package", "mihenk-benches", "--"])
        .args(rows)
        .status()
        .map_err(|e| Failure::new(format!("cargo cannot be started: {e}")))?;
    if status.success() { Ok(()) } else { Err(Failure::new(format!("the benchmarks ended with {status}"))) }
}
