//! The time of a clean release build of the program.
//!
//! Into a folder of its own that is deleted afterwards, so that nobody's build is disturbed; crates must have been downloaded
//! before. One run: it takes minutes. It is measured only when it is named.

use std::{process::Command, time::Instant};

use anyhow::{Context, ensure};

use crate::{
    inputs::{Inputs, workspace},
    row::{Line, Measured, seconds},
    timing::children_seconds,
};

/// The limit of the whole program; three minutes were asked for when it only screened.
const ASKED_SECONDS: f64 = 360.0;

pub(super) fn measure(_inputs: &Inputs) -> anyhow::Result<Measured> {
    let folder = tempfile::tempdir()?;
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let (start, before) = (Instant::now(), children_seconds());
    let status = Command::new(cargo)
        .current_dir(workspace())
        .args(["build", "--release", "--quiet"])
        .env("CARGO_TARGET_DIR", folder.path())
        .status()
        .context("cargo cannot be started")?;
    let taken = start.elapsed().as_secs_f64();
    let processor = children_seconds().zip(before).map(|(to, from)| to - from);
    let processor = processor.map_or_else(String::new, |s| format!(", {} of processor time", seconds(s)));
    ensure!(status.success(), "the build ended with {status}");
    Ok(Measured::of([Line {
        what: "clean release build of `mihenk`, two cores".into(),
        figure: format!("{}{processor}", seconds(taken)),
        asked: "≤ 6 min".into(),
        reached: Some(taken <= ASKED_SECONDS),
        baseline: String::new(),
        runs: "one run".into(),
    }]))
}
