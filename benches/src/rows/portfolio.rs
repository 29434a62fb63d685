//! A million customers watched against a list of which a little changes.
//!
//! The customers and the list are invented ([`Synthetic`], with two seeds). Customers are taken in as `mihenk customers add` does it, then held
//! against the whole list once, which is the baseline. An update is the same list with fifty names changed; it is loaded and the
//! customers are held against it as `mihenk lists update` does it, in a process of its own that tells how long it took, how long it was on a
//! processor, and how much memory it had at most.

use std::{
    fs,
    io::{BufWriter, Write},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Instant,
};

use anyhow::{Context, ensure};
use mihenk_node::{
    Node,
    batch::{Input, Manner},
    desk::Desk,
    ledger::people::{Role, Token},
    portfolio,
};

use super::large::{change, write_list};
use crate::{
    inputs::{Inputs, model},
    office::{self, hired},
    row::{Line, Measured, seconds},
    synthetic::Synthetic,
    timing::{RUNS, Spread, process_seconds},
};

pub(super) const CUSTOMERS: usize = 1_000_000;
const LISTED: usize = 100_000;
const NOW: &str = "1970-01-01T00:00:00Z";
const GIB: f64 = (1 << 30) as f64;

pub(super) fn measure(_: &Inputs) -> anyhow::Result<Measured> {
    let place = tempfile::tempdir()?;
    let data = place.path().join("data");
    let versions = [place.path().join("a/list.jsonl"), place.path().join("b/list.jsonl")];
    for version in &versions {
        fs::create_dir_all(version.parent().context("a file has a folder")?)?;
    }
    write_list(&versions[0], LISTED)?;
    change(&versions[0], &versions[1])?;
    let desk = office::desk(&data)?;
    let [analyst] = hired(&desk, [("cem", Role::Analyst)])?;
    let added = take_in(&desk, &analyst, &data, &place.path().join("customers.jsonl"))?;
    drop(desk);
    Node::add_lists(&data, &versions[..1], &model(), NOW)?;
    let start = Instant::now();
    let first = screen(&data)?;
    let whole = start.elapsed().as_secs_f64();
    ensure!(first.done == portfolio::Done::Full, "the first list was held against {} customers only", first.screened);
    let mut updates = Vec::new();
    for run in 0..RUNS {
        updates.push(update(&data, &versions[1 - run % 2])?);
    }
    let spread = |of: fn(&Updated) -> f64| Spread::of(updates.iter().map(of).collect());
    let (total, index) = (spread(|one| one.index + one.customers), spread(|one| one.index));
    let processor = spread(|one| one.processor);
    let peak = updates.iter().map(|one| one.peak).fold(0.0, f64::max);
    let (looked_at, hits) = updates.last().map_or((0, 0), |one| (one.looked_at, one.changed));
    Ok(Measured::of([
        Line {
            what: format!(
                "1,000,000 customers, 50 changed entities of {LISTED}, from the list's file until hits are stored, two cores"
            ),
            figure: format!(
                "{} ({} of it to put the list in use), {:.2} GiB of memory at most; {looked_at} customers looked at, {hits} with other hits",
                seconds(total.median),
                seconds(index.median),
                peak / GIB
            ),
            asked: "≤ 5 s, ≤ 2 GiB".into(),
            reached: Some(total.median <= 5.0 && peak <= 2.0 * GIB),
            baseline: format!("everybody against the whole list: {}", seconds(whole)),
            runs: total.told(seconds),
        },
        Line {
            what: "the same in time on a processor, both cores together".into(),
            figure: seconds(processor.median),
            runs: processor.told(seconds),
            ..Line::default()
        },
        Line {
            what: "1,000,000 customers taken in from a file of JSON lines, before there are lists".into(),
            figure: seconds(added),
            ..Line::default()
        },
    ]))
}

/// Takes invented customers in for an analyst, before there are lists; the seconds it took.
pub(super) fn take_in(desk: &Desk, analyst: &Token, data: &Path, file: &Path) -> anyhow::Result<f64> {
    let mut out = BufWriter::with_capacity(1 << 20, fs::File::create(file)?);
    Synthetic::new(99)?.write(CUSTOMERS, &mut out)?;
    out.flush()?;
    drop(out);
    let (seat, node, manner) = (desk.seat(analyst.clone()), portfolio::node(data, model())?, Manner::default());
    let name = file.display().to_string();
    let what = portfolio::Add {
        portfolio: "retail",
        folder: data,
        name: &name,
        manner: &manner,
        is_whole: false,
        rejected: portfolio::Rejects::Nowhere,
        threshold: None,
    };
    let start = Instant::now();
    let input = Input::open_file(file, &manner)?;
    let added = portfolio::add(&seat, &node, input, &what, &mut |_| {})?;
    ensure!(added.added == CUSTOMERS, "{} customers were taken in: {:?}", added.added, added.rejected.first());
    Ok(start.elapsed().as_secs_f64())
}

pub(super) fn screen(data: &Path) -> anyhow::Result<portfolio::Report> {
    let report =
        portfolio::after_lists_changed(&office::desk(data)?, data, &portfolio::node(data, model())?, &mut |_| {})?;
    report.context("there are no customers")
}

/// What an update took.
struct Updated {
    index: f64,
    customers: f64,
    processor: f64,
    peak: f64,
    looked_at: usize,
    changed: usize,
}

/// Starts this program again to load a version of the list and screen the customers.
fn update(data: &Path, list: &PathBuf) -> anyhow::Result<Updated> {
    let output = Command::new(std::env::current_exe()?)
        .arg("--child-watch")
        .arg(data)
        .arg(list)
        .stderr(Stdio::inherit())
        .output()?;
    ensure!(output.status.success(), "the process that updates ended with {}", output.status);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let numbers: Vec<f64> = text.split_whitespace().map(str::parse).collect::<Result<_, _>>()?;
    let [index, customers, processor, looked_at, changed, kib] = numbers.as_slice() else {
        anyhow::bail!("expected six numbers, found {text}");
    };
    Ok(Updated {
        index: *index,
        customers: *customers,
        processor: *processor,
        peak: kib * 1024.0,
        looked_at: *looked_at as usize,
        changed: *changed as usize,
    })
}

/// Loads a list, screens the customers, prints what it took and the most resident memory in KiB.
pub(crate) fn watch_and_tell(data: &Path, list: &Path) -> anyhow::Result<()> {
    let model_once = model();
    let start = Instant::now();
    Node::add_lists(data, &[list.to_owned()], &model_once, NOW)?;
    let index = start.elapsed().as_secs_f64();
    let report = screen(data)?;
    ensure!(report.done == portfolio::Done::Changes, "everybody was screened");
    let customers = start.elapsed().as_secs_f64() - index;
    let processor = process_seconds().context("the system does not tell how long a process ran")?;
    println!("{index} {customers} {processor} {} {}", report.screened, report.told.customers);
    super::index::print_most_resident()
}
