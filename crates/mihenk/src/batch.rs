//! `mihenk screen --batch`: a file of records.
//!
//! In comes a file of JSON lines, or a table with a map of its columns or without; out goes a line for each record to a file or
//! to standard output, and what is to be said of it (counts, hits by list, errors, warnings) to standard error, and as JSON to
//! the file of `--summary`. A run that was interrupted goes on with `--resume`. What a record means, and how far a run is, is
//! known in `mihenk-node`.

use std::{fs, io::stdin, path::Path};

use anyhow::{Context, bail};
use mihenk_node::{
    Node, Options,
    batch::{Checkpoint, Format, Input, Manner, Output, Report, Summary, Terms, screen_to},
    own,
};

use crate::{
    Outcome,
    cli::{AnswerFormat, Place, Screen},
    files::{Destination, destination, ends_in, is_dash, length, name_of, progress_bar},
    paint::count,
    say,
    screen::against,
};

pub(crate) fn run(place: &Place, screen: &Screen, file: &Path, options: &Options) -> anyhow::Result<Outcome> {
    let name = name_of(file);
    let map = screen.map.as_deref().map(own::open_map).transpose()?;
    let table = screen.table.options(map.as_ref().map(|map| &map.options));
    let manner = Manner { map, options: table };
    let bytes = if is_dash(file) { None } else { length(file)? };
    let input = match is_dash(file) {
        true => Input::read(&name, stdin(), &manner)?,
        false => Input::open_file(file, &manner)?,
    };
    let destination = place_of_answers(screen, file)?;
    let node = place.node()?;
    input.notes().iter().for_each(|note| say::note(&format!("note: {note}")));
    let format = match screen.format {
        Some(AnswerFormat::Csv) => Format::Csv,
        Some(AnswerFormat::Json) => Format::JsonLines,
        None if ends_in(&screen.out, "csv") => Format::Csv,
        None => Format::JsonLines,
    };
    let terms = || Terms::of(&node, file, format, options, &given(screen)?).map_err(anyhow::Error::from);
    let (output, checkpoint) = open_output(screen, destination, bytes.is_some(), terms)?;
    let bar = progress_bar(bytes, &screen.out);
    let done = screen_to(&node, input, output, checkpoint, format, options, |bytes| bar.set_position(bytes));
    bar.finish_and_clear();
    let summary = match done {
        Ok(summary) => summary,
        Err(error) => {
            if let Some(records) = Output::left_behind(&screen.out) {
                say::note(&format!(
                    "note: {} are answered; the same command with --resume goes on",
                    records_told(records)
                ));
            }
            return Err(error.into());
        }
    };
    if let Some(path) = &screen.summary {
        let mut text = serde_json::to_string_pretty(&Report::new(&name, &summary, &node, options))?;
        text.push('\n');
        fs::write(path, text).with_context(|| format!("{} cannot be written", path.display()))?;
    }
    tell(&summary, &name, &node);
    Ok(if summary.matched > 0 { Outcome::Hits } else { Outcome::Done })
}

/// Where answers go, if neither they nor the summary would be written over something that is needed.
fn place_of_answers(screen: &Screen, file: &Path) -> anyhow::Result<Destination> {
    let answers = destination(&screen.out, file)?;
    if let Some(summary) = &screen.summary {
        if summary == &screen.out {
            bail!("--out and --summary are both {}; give them two names", summary.display());
        }
        destination(summary, file)?;
    }
    Ok(answers)
}

/// What was asked for beside the options of screening: a run that goes on must be asked the same.
fn given(screen: &Screen) -> anyhow::Result<Vec<(&'static str, String)>> {
    let mut given = vec![("table", format!("{:?}", screen.table))];
    if let Some(map) = &screen.map {
        let text = fs::read_to_string(map).with_context(|| format!("{} cannot be read", map.display()))?;
        given.push(("map", text));
    }
    Ok(given)
}

/// Opens where answers go: anew, or where an interrupted run left them.
fn open_output(
    screen: &Screen,
    destination: Destination,
    is_file: bool,
    terms: impl Fn() -> anyhow::Result<Terms>,
) -> anyhow::Result<(Output, Option<Checkpoint>)> {
    let path = match destination {
        Destination::Stream(_) if screen.resume => {
            bail!("--resume needs a file to go on with; give --out the name of one")
        }
        Destination::Stream(writer) => return Ok((Output::stream(writer, ends_in(&screen.out, "gz")), None)),
        Destination::File(path) => path,
    };
    if !is_file {
        if screen.resume {
            bail!(
                "--resume reads the records from their beginning; give --batch a file, not standard input or a device"
            );
        }
        return Ok((Output::create(&path, None)?, None));
    }
    if !screen.resume {
        if let Some(records) = Output::left_behind(&path) {
            let told = records_told(records);
            say::note(&format!(
                "note: an interrupted run had answered {told}; it starts anew, since --resume was not given"
            ));
        }
        return Ok((Output::create(&path, Some(terms()?))?, None));
    }
    let (output, checkpoint) = Output::resume(&path, terms()?)?;
    match &checkpoint {
        Some(checkpoint) => say::note(&format!("note: going on behind {}", records_told(checkpoint.records()))),
        None => say::note("note: no interrupted run left anything to go on with; starting at the first record"),
    }
    Ok((output, checkpoint))
}

fn records_told(records: u64) -> String {
    format!("{} {}", count(records as usize), if records == 1 { "record" } else { "records" })
}

fn tell(summary: &Summary, name: &str, node: &Node) {
    say::note(&format!("{name}: screened {}", against(node)));
    let counts = [
        (summary.records, if summary.records == 1 { "record" } else { "records" }),
        (summary.matched, "with a match"),
        (summary.possible, "with a possible hit"),
        (summary.noticed.warned, "with a value that could not be read"),
        (summary.errors, "could not be asked"),
    ];
    let told: Vec<String> = counts.iter().map(|(n, what)| format!("{} {what}", count(*n as usize))).collect();
    say::note(&format!("  {}", told.join(", ")));
    tell_hits(summary);
    tell_problems(summary);
}

fn tell_hits(summary: &Summary) {
    if summary.hits == 0 {
        return;
    }
    let by_list = summary.hits_by_list.iter().map(|(list, hits)| format!("{list} {}", count(*hits as usize)));
    say::note(&format!("  hits by list: {}", by_list.collect::<Vec<_>>().join(", ")));
    let bands = summary.bands().filter(|(_, hits)| *hits > 0);
    let told = bands.map(|(from, hits)| match from {
        0.0 => format!("less {}", count(hits as usize)),
        from => format!("{:.0} % or more {}", 100.0 * from, count(hits as usize)),
    });
    say::note(&format!("  hits by probability: {}", told.collect::<Vec<_>>().join(", ")));
}

fn tell_problems(summary: &Summary) {
    const SHOWN: usize = 5;
    for unread in summary.unread.iter().take(SHOWN) {
        say::note(&format!("  error: {}: {}", unread.place, unread.what));
    }
    if summary.errors as usize > SHOWN {
        say::note("  … each error is answered in its place in the output");
    }
    summary.noticed.first_warnings.iter().for_each(|warning| say::note(&format!("  warning: {warning}")));
    if summary.noticed.warned as usize > summary.noticed.first_warnings.len() {
        say::note("  … each warning stands with its answer");
    }
    for (property, times) in &summary.noticed.unknown {
        let times = count(*times as usize);
        say::note(&format!("  note: property '{property}' is not one of its schema and says nothing ({times} times)"));
    }
    for column in &summary.unknown_columns {
        say::note(&format!("  note: column '{column}' is not understood and says nothing"));
    }
}
