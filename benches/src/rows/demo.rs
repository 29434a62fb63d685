//! The time of `mihenk demo`, what somebody new runs first.
//!
//! The program is looked for beside this one, where a release build puts both; it is not built here. Time is on the wall, from
//! start to end, output thrown away.

use std::{
    process::{Command, Stdio},
    time::Instant,
};

use anyhow::{Context, ensure};

use crate::{
    inputs::Inputs,
    row::{Line, Measured, seconds},
    timing::{RUNS, Spread},
};

const ASKED_SECONDS: f64 = 2.0;

pub(super) fn measure(_inputs: &Inputs) -> anyhow::Result<Measured> {
    let here = std::env::current_exe()?;
    let program = here.with_file_name(format!("mihenk{}", std::env::consts::EXE_SUFFIX));
    let looked = program.parent().map(|p| p.display().to_string()).unwrap_or_default();
    ensure!(program.is_file(), "missing the program mihenk; looked in {looked}; `cargo build --release` makes it");
    let mut times = Vec::new();
    for _ in 0..=RUNS {
        let start = Instant::now();
        let status = Command::new(&program).arg("demo").stdout(Stdio::null()).stderr(Stdio::null()).status();
        let status = status.context("mihenk cannot be started")?;
        times.push(start.elapsed().as_secs_f64());
        ensure!(status.success(), "`mihenk demo` ended with {status}");
    }
    times.remove(0);
    let spread = Spread::of(times);
    Ok(Measured::of([Line {
        what: "`mihenk demo`, once built".into(),
        figure: seconds(spread.median),
        asked: "< 2 s".into(),
        reached: Some(spread.median < ASKED_SECONDS),
        baseline: String::new(),
        runs: spread.told(seconds),
    }]))
}
