//! From list files to a searchable index, opening it, and the memory that screening takes.
//!
//! The UN's and OFAC's files are loaded into a data folder as `mihenk lists add` does it, on all cores; then the folder is
//! opened as every other command does it. Memory is that of a process of its own ([`screen_and_tell_memory`]) which opens the
//! folder and screens a thousand queries: the most that was resident at any time, mapped pages of the index included.

use std::{
    fs,
    io::Read,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Instant,
};

use anyhow::{Context, ensure};
use mihenk_node::{Node, Options, Scratch, Source, answer::answer, query::Query};

use crate::{
    inputs::{Inputs, QUERIES, model},
    row::{Line, Measured, seconds},
    timing::{RUNS, Spread, process_seconds},
};

const ASKED_SECONDS: f64 = 2.0;
const ASKED_OPEN: f64 = 0.050;
const ASKED_MIB: f64 = 200.0;
/// Queries that are screened before memory is looked at.
const SCREENED: usize = 1_000;

pub(super) fn measure(inputs: &Inputs) -> anyhow::Result<Measured> {
    let (files, folder) = (inputs.list_files(), tempfile::tempdir()?);
    let (built, processor) = build(&files)?;
    Node::add_lists(folder.path(), &files, &model(), "1970-01-01T00:00:00Z")?;
    let opened = open(folder.path())?;
    let resident = memory(folder.path(), &inputs.path(QUERIES))?;
    let processor = processor.map_or_else(String::new, |s| format!(", {} of processor time", seconds(s)));
    Ok(Measured::of([
        Line {
            what: "UN + OFAC from source files to an index on disk, two cores".into(),
            figure: format!("{}{processor}", seconds(built.median)),
            asked: "≤ 2 s".into(),
            reached: Some(built.median <= ASKED_SECONDS),
            runs: built.told(seconds),
            ..Line::default()
        },
        Line {
            what: "opening it, with the model".into(),
            figure: seconds(opened.median),
            asked: "≤ 50 ms".into(),
            reached: Some(opened.median <= ASKED_OPEN),
            runs: opened.told(seconds),
            ..Line::default()
        },
        Line {
            what: format!("the most resident memory of a process that opens it and screens {SCREENED} queries"),
            figure: format!("{resident:.0} MiB"),
            asked: "≤ 200 MiB".into(),
            reached: Some(resident <= ASKED_MIB),
            ..Line::default()
        },
    ]))
}

/// Seconds from files to an index, and the processor time of the median run.
fn build(files: &[PathBuf]) -> anyhow::Result<(Spread, Option<f64>)> {
    let (mut wall, mut processor) = (Vec::new(), Vec::new());
    for _ in 0..=RUNS {
        let folder = tempfile::tempdir()?;
        let model = model();
        let (start, before) = (Instant::now(), process_seconds());
        Node::add_lists(folder.path(), files, &model, "1970-01-01T00:00:00Z")?;
        wall.push(start.elapsed().as_secs_f64());
        processor.extend(process_seconds().zip(before).map(|(to, from)| to - from));
    }
    // The first run warms caches up.
    wall.remove(0);
    let processor = (!processor.is_empty()).then(|| Spread::of(processor).median);
    Ok((Spread::of(wall), processor))
}

fn open(folder: &Path) -> anyhow::Result<Spread> {
    let mut times = Vec::new();
    for _ in 0..=RUNS {
        let start = Instant::now();
        let node = Node::open(&Source::Folder(folder.to_owned()), model())?;
        times.push(start.elapsed().as_secs_f64());
        ensure!(node.rebuilt().is_none(), "the index was built anew: {}", node.rebuilt().unwrap_or_default());
    }
    times.remove(0);
    Ok(Spread::of(times))
}

/// Starts this program again to open the folder and screen queries; the most resident memory in MiB.
fn memory(folder: &Path, queries: &Path) -> anyhow::Result<f64> {
    let output = Command::new(std::env::current_exe()?)
        .arg("--child-memory")
        .arg(folder)
        .stdin(Stdio::from(fs::File::open(queries)?))
        .stderr(Stdio::inherit())
        .output()?;
    ensure!(output.status.success(), "the process that measures memory ended with {}", output.status);
    let kib: f64 = String::from_utf8_lossy(&output.stdout).trim().parse().context("the memory is no number")?;
    Ok(kib / 1024.0)
}

/// Opens a data folder, screens queries from standard input, prints the most resident memory in KiB.
pub(crate) fn screen_and_tell_memory(folder: &Path) -> anyhow::Result<()> {
    let node = Node::open(&Source::Folder(folder.to_owned()), model())?;
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let (screener, options, mut scratch) = (node.screener(), Options::default(), Scratch::default());
    for line in text.lines().take(SCREENED) {
        let query = Query::from_json(line, 1).map_err(|refusal| anyhow::anyhow!(refusal.what))?;
        std::hint::black_box(answer(&screener, &query, &options, &mut scratch));
    }
    print_most_resident()
}

/// Prints the most resident memory of this process in KiB.
pub(super) fn print_most_resident() -> anyhow::Result<()> {
    let status = fs::read_to_string("/proc/self/status").context("the system does not tell the memory of a process")?;
    println!("{}", most_resident(&status).context("there is no VmHWM")?);
    Ok(())
}

fn most_resident(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_resident_memory_is_read() {
        assert_eq!(most_resident("VmPeak:\t  900 kB\nVmHWM:\t   12345 kB\nVmRSS:\t 1 kB\n"), Some(12_345));
        assert_eq!(most_resident("VmRSS:\t 1 kB\n"), None);
    }
}
