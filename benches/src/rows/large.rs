//! Lists of millions, and lists of which a little has changed.
//!
//! The entities are invented ([`Synthetic`]) and written to a file, which is loaded into a data folder as `mihenk lists add` does
//! it, on all cores, in a process of its own that tells how much memory it took. Then the folder is opened and people and
//! companies are screened that the same generator draws with another seed, half of them with a listed name: on one core, each
//! timed. An update is the same list with fifty names changed, loaded into the folder that has it.

use std::{
    fs::{self, File},
    io::{BufRead, BufReader, BufWriter, Write},
    path::Path,
    process::{Command, Stdio},
    time::Instant,
};

use anyhow::{Context, ensure};
use mihenk_node::{Entity, Node, Options, Scratch, Source, answer::answer, query::Query};

use super::index::print_most_resident;
use crate::{
    inputs::{Inputs, model},
    row::{Line, Measured, seconds},
    synthetic::Synthetic,
    timing::{RUNS, Spread},
};

const ENTITIES: usize = 4_000_000;
/// Queries that are timed.
const QUERIES: usize = 20_000;
const UPDATED: usize = 100_000;
const CHANGED: usize = 50;
const NOW: &str = "1970-01-01T00:00:00Z";
const GIB: f64 = (1 << 30) as f64;

pub(super) fn measure(_: &Inputs) -> anyhow::Result<Measured> {
    let place = tempfile::tempdir()?;
    let (list, folder) = (place.path().join("synthetic.jsonl"), place.path().join("data"));
    write_list(&list, ENTITIES)?;
    let start = Instant::now();
    let peak = load(&folder, &list)?;
    let built = start.elapsed().as_secs_f64();
    let size = |ending: &str| -> anyhow::Result<f64> {
        let files = fs::read_dir(folder.join("index"))?.flatten();
        let fitting = files.filter(|f| f.path().extension().is_some_and(|e| e == ending));
        Ok(fitting.map(|f| f.metadata().map_or(0.0, |m| m.len() as f64)).sum::<f64>() / GIB)
    };
    let (index, records) = (size("index")?, size("records")? + size("offsets")?);
    let opened = open(&folder)?;
    let times = screen(&folder, &list)?;
    let at = |share: f64| times[(times.len() as f64 * share) as usize] * 1e3;
    Ok(Measured::of([
        Line {
            what: "4,000,000 invented entities from a file to an index on disk, two cores".into(),
            figure: format!("{}, {:.2} GiB of memory at most", seconds(built), peak / GIB),
            asked: "≤ 5 min, ≤ 6 GiB".into(),
            reached: Some(built <= 300.0 && peak <= 6.0 * GIB),
            ..Line::default()
        },
        Line {
            what: "the files of it: index, records".into(),
            figure: format!("{index:.2} GiB, {records:.2} GiB"),
            asked: "≤ 2 GiB, ≤ 1.5 GiB".into(),
            reached: Some(index <= 2.0 && records <= 1.5),
            ..Line::default()
        },
        Line {
            what: "opening it".into(),
            figure: seconds(opened.median),
            asked: "≤ 50 ms".into(),
            reached: Some(opened.median <= 0.050),
            runs: opened.told(seconds),
            ..Line::default()
        },
        Line {
            what: format!("screening {QUERIES} people and companies against it, one core"),
            figure: format!("p50 {:.3} ms, p99 {:.3} ms, most {:.1} ms", at(0.5), at(0.99), at(0.9999)),
            asked: "p50 ≤ 1 ms, p99 ≤ 10 ms".into(),
            reached: Some(at(0.5) <= 1.0 && at(0.99) <= 10.0),
            ..Line::default()
        },
    ]))
}

pub(super) fn measure_update(_: &Inputs) -> anyhow::Result<Measured> {
    let place = tempfile::tempdir()?;
    let folder = place.path().join("data");
    let versions = [place.path().join("a/list.jsonl"), place.path().join("b/list.jsonl")];
    for version in &versions {
        fs::create_dir_all(version.parent().context("a file has a folder")?)?;
    }
    write_list(&versions[0], UPDATED)?;
    change(&versions[0], &versions[1])?;
    let model = model();
    let first = Instant::now();
    Node::add_lists(&folder, &versions[..1], &model, NOW)?;
    let whole = first.elapsed().as_secs_f64();
    let mut times = Vec::new();
    for run in 0..2 * RUNS {
        let start = Instant::now();
        Node::add_lists(&folder, &versions[1 - run % 2..=1 - run % 2], &model, NOW)?;
        times.push(start.elapsed().as_secs_f64());
    }
    let spread = Spread::of(times);
    Ok(Measured::of([Line {
        what: format!("a version with {CHANGED} changed entities of {UPDATED} live, from its file, two cores"),
        figure: seconds(spread.median),
        asked: "≤ 1 s".into(),
        reached: Some(spread.median <= 1.0),
        baseline: format!("the first version, read from nothing: {}", seconds(whole)),
        runs: spread.told(seconds),
    }]))
}

pub(super) fn write_list(path: &Path, count: usize) -> anyhow::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 20, File::create(path)?);
    Synthetic::new(4)?.write(count, &mut out)?;
    out.flush()?;
    Ok(())
}

/// The list with some names changed.
pub(super) fn change(from: &Path, to: &Path) -> anyhow::Result<()> {
    let mut out = BufWriter::new(File::create(to)?);
    for (number, line) in BufReader::new(File::open(from)?).lines().enumerate() {
        let line = line?;
        let changed = number % (UPDATED / CHANGED) == 7;
        let line = if changed { line.replacen("\"name\":[\"", "\"name\":[\"Zolfaqari ", 1) } else { line };
        writeln!(out, "{line}")?;
    }
    out.flush()?;
    Ok(())
}

/// Starts this program again to load a list; the most resident memory in bytes.
fn load(folder: &Path, list: &Path) -> anyhow::Result<f64> {
    let output = Command::new(std::env::current_exe()?)
        .arg("--child-load")
        .arg(folder)
        .arg(list)
        .stderr(Stdio::inherit())
        .output()?;
    ensure!(output.status.success(), "the process that loads ended with {}", output.status);
    let kib: f64 = String::from_utf8_lossy(&output.stdout).trim().parse().context("the memory is no number")?;
    Ok(kib * 1024.0)
}

/// Loads a list, prints the most resident memory in KiB.
pub(crate) fn load_and_tell_memory(folder: &Path, list: &Path) -> anyhow::Result<()> {
    Node::add_lists(folder, &[list.to_owned()], &model(), NOW)?;
    print_most_resident()
}

fn open(folder: &Path) -> anyhow::Result<Spread> {
    let mut times = Vec::new();
    for _ in 0..=RUNS {
        let model = model();
        let start = Instant::now();
        let node = Node::open(&Source::Folder(folder.to_owned()), model)?;
        times.push(start.elapsed().as_secs_f64());
        ensure!(node.rebuilt().is_none(), "the index was built anew: {}", node.rebuilt().unwrap_or_default());
    }
    times.remove(0);
    Ok(Spread::of(times))
}

/// Seconds for each of the queries, sorted.
fn screen(folder: &Path, list: &Path) -> anyhow::Result<Vec<f64>> {
    let node = Node::open(&Source::Folder(folder.to_owned()), model())?;
    let mut unlisted = Vec::new();
    Synthetic::new(99)?.write(QUERIES / 2, &mut unlisted)?;
    let listed = BufReader::new(File::open(list)?).lines().step_by(2 * ENTITIES / QUERIES).take(QUERIES / 2);
    let listed: Vec<String> = listed.collect::<Result<_, _>>()?;
    let unlisted = String::from_utf8(unlisted)?;
    let (screener, options, mut scratch) = (node.screener(), Options::default(), Scratch::default());
    let mut times = Vec::with_capacity(QUERIES);
    for line in listed.iter().map(String::as_str).chain(unlisted.lines()) {
        let entity = Entity::from_json(line)?;
        if entity.schema.is("Vessel") {
            continue;
        }
        let query = Query::from_json(line, 1).map_err(|refusal| anyhow::anyhow!(refusal.what))?;
        let start = Instant::now();
        std::hint::black_box(answer(&screener, &query, &options, &mut scratch));
        times.push(start.elapsed().as_secs_f64());
    }
    times.sort_by(f64::total_cmp);
    Ok(times)
}
