//! The benchmarks: every figure that Mihenk gives of itself, on real inputs, beside a named baseline in the same run.
//!
//! In come names of rows and a folder of inputs ([`options`]), out come lines of a Markdown table on standard output, and
//! with `--write` on the pages of figures ([`page`]). A row is a file below `rows/` and an entry in [`rows::ROWS`]: it says
//! which files it needs, measures, and returns [`row::Measured`]. Arithmetic is in [`counts`], [`reliability`] and
//! [`timing`], each with tests by hand. Nothing is fitted here: `held_out` calls the crates' own cross-validation.

#![forbid(unsafe_code)]

mod counts;
mod held_out;
mod inputs;
mod levenshtein;
mod load;
mod office;
mod options;
mod page;
mod plot;
mod reliability;
mod row;
mod rows;
mod server;
mod synthetic;
mod timing;

use std::{io::Write as _, process::ExitCode};

use anyhow::Context as _;

use crate::{
    inputs::Inputs,
    options::{Act, Options},
    page::Stamp,
    row::Measured,
    rows::{ROWS, Row},
    synthetic::Synthetic,
};

fn main() -> ExitCode {
    match Options::read(std::env::args().skip(1)).and_then(|options| act(&options)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(e) => {
            eprintln!("error: {e:#}");
            ExitCode::from(2)
        }
    }
}

/// Does what was asked; false when a row that was named could not be measured.
fn act(options: &Options) -> anyhow::Result<bool> {
    match &options.act {
        Act::List => {
            ROWS.iter().for_each(|row| println!("{:<18} {}", row.name, row.about));
            Ok(true)
        }
        Act::Memory(folder) => rows::index::screen_and_tell_memory(folder).map(|()| true),
        Act::Load(folder, list) => rows::large::load_and_tell_memory(folder, list).map(|()| true),
        Act::Watch(data, list) => rows::portfolio::watch_and_tell(data, list).map(|()| true),
        Act::Synthetic(count) => {
            let mut out = std::io::BufWriter::with_capacity(1 << 20, std::io::stdout().lock());
            Synthetic::new(4)?.write(*count, &mut out)?;
            out.flush()?;
            Ok(true)
        }
        Act::Measure(named) => {
            let stamp = Stamp::of_commit(options.date.clone());
            measure(named, &Inputs::at(options.shared.clone(), options.misses), &stamp, options.write)
        }
    }
}

fn measure(named: &[String], inputs: &Inputs, stamp: &Stamp, write: bool) -> anyhow::Result<bool> {
    let wanted = |row: &&Row| if named.is_empty() { row.in_all } else { named.iter().any(|n| n == row.name) };
    let (mut done, mut not_run) = (Vec::new(), 0);
    println!("{}", page::HEAD);
    for row in ROWS.iter().filter(wanted) {
        eprintln!("{}: {} …", row.name, row.about);
        match inputs.require(&row.needs.concat()).and_then(|()| (row.measure)(inputs)) {
            Ok(measured) => {
                show(row, &measured, stamp);
                done.push((row, measured));
            }
            Err(e) => {
                eprintln!("{}: not run: {e:#}", row.name);
                not_run += 1;
            }
        }
    }
    for (_, measured) in &done {
        measured.details.iter().for_each(|detail| println!("\n{}", detail.text));
    }
    eprintln!("{} rows measured, {not_run} not run", done.len());
    if write {
        page::write(&done, stamp).context("the pages of figures were not rewritten")?;
    }
    Ok(not_run == 0 || named.is_empty())
}

fn show(row: &Row, measured: &Measured, stamp: &Stamp) {
    measured.lines.iter().for_each(|line| println!("{}", page::line(row.name, line, stamp)));
}
