//! `mihenk lists update`: fetch what is new and put it in use, once or for ever.
//!
//! In come names and addresses; out comes a line or two for each list on standard output, and on standard error what happens
//! meanwhile: bars for a terminal, lines otherwise. Ends with 2 when a list could not be brought up to date.

use std::{
    collections::BTreeMap,
    fs,
    io::{IsTerminal, stderr},
    path::Path,
    sync::Mutex,
    time::Duration,
};

use anyhow::{Context, anyhow};
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use mihenk_node::{
    Downloader, Limits, Step, SystemClock,
    update::{ListReport, Outcome as Became, Report, Update, update},
    watch::{Told, watch},
};

use super::{now, warn_of_removals};
use crate::{
    Outcome, changed,
    cli::{Place, lists},
    paint::{Paint, count},
    say,
};

pub(crate) fn run(place: &Place, folder: &Path, options: &lists::Update) -> anyhow::Result<Outcome> {
    let roots = options.ca.as_ref().filter(|file| !file.as_os_str().is_empty());
    let pem = roots.map(|file| fs::read(file).with_context(|| format!("{} cannot be read", file.display())));
    let pem = pem.transpose()?;
    let named = |why| anyhow!("{}: {why}", roots.map_or_else(String::new, |file| file.display().to_string()));
    // Pauses only have to differ from those of other processes.
    let seed = u64::from(std::process::id());
    let downloader = Downloader::new(Limits::default(), pem.as_deref(), seed).map_err(named)?;
    let (model, progress) = (place.model()?, Progress::new());
    let what = Update {
        folder,
        model: &model,
        downloader: &downloader,
        clock: &SystemClock,
        names: &options.names,
        from: &options.from,
        manifest: &[],
        keep: options.keep,
        watch: &|dataset, step| progress.tell(dataset, &step),
    };
    if options.watch {
        say::note("watching; end with Ctrl-C");
        // What follows from the lists is done once at the beginning too, and tried again until it was done.
        let mut is_done = false;
        watch(&what, |heard| match heard {
            Told::Round => {
                let done = if is_done { changed::round(place) } else { changed::follow(place) };
                is_done = done.is_ok();
                if let Err(error) = done {
                    say::note(&format!("{} error: customers and freezes were not looked at: {error}", now()));
                }
            }
            // Whoever reads standard output may have gone; the lists are kept up to date all the same.
            Told::Updated(report) => {
                if !options.json {
                    drop(say::line(&report.at));
                }
                drop(told(&report, options.json, &progress));
                is_done = false;
            }
            Told::Failed(error) => say::note(&format!("{} error: {error}", now())),
        })?;
        return Ok(Outcome::Done);
    }
    let report = update(&what)?;
    told(&report, options.json, &progress)?;
    changed::follow(place)?;
    Ok(if report.has_failed() { Outcome::Failed } else { Outcome::Done })
}

fn told(report: &Report, json: bool, progress: &Progress) -> anyhow::Result<()> {
    progress.clear();
    let paint = Paint::for_stdout();
    if json {
        say::line(&serde_json::to_string(report)?)?;
    } else {
        let mut out: String = report.lists.iter().map(|list| line(list, paint)).collect();
        if let Some(entities) = report.entities {
            out.push_str(&format!("{} entities are screened now.\n", count(entities)));
        }
        if report.swept > 0 {
            out.push_str(&format!("Old versions were deleted: {}.\n", size(report.swept)));
        }
        say::out(&out)?;
    }
    for list in &report.lists {
        match &list.outcome {
            Became::Live { list, .. } => warn_of_removals(list),
            Became::Failed { why, live } => {
                say::note(&format!("error: {}: {why}", list.dataset));
                let stays = live.as_ref().map_or("it is not loaded".to_owned(), |v| format!("version {v} stays live"));
                say::note(&format!("  {stays}"));
            }
            _ => {}
        }
    }
    report.warnings.iter().for_each(|warning| say::note(&format!("warning: {warning}")));
    Ok(())
}

/// What became of a list.
fn line(list: &ListReport, paint: Paint) -> String {
    let name = paint.strong(&format!("{:<18}", paint.foreign(&list.dataset)));
    let text = match &list.outcome {
        Became::Unchanged { version } => format!("unchanged, version {version}"),
        Became::Nowhere => paint.dim("not looked for: no address; give it one in sources.toml"),
        Became::Failed { .. } => paint.bad("failed, nothing was changed"),
        Became::Live { list, added, changed, removed } => {
            let published = list.published.as_deref().map_or_else(String::new, |day| format!(" of {day}"));
            let text = paint.good(&format!("version {}{published} is live", list.version));
            let counts = format!("{} added, {} changed, {} removed", count(*added), count(*changed), count(*removed));
            let text = format!("{text}\n{:19}{counts}", "");
            match list.count("high") {
                0 => text,
                n => format!(
                    "{text}\n{:19}{}",
                    "",
                    paint.warn(&format!("{n} places where something may be missing: mihenk lists show"))
                ),
            }
        }
    };
    format!("{name} {text}\n")
}

/// Bytes for a person.
pub(crate) fn size(bytes: u64) -> String {
    match bytes {
        0..10_000 => format!("{} bytes", count(bytes as usize)),
        10_000..1_000_000 => format!("{} kB", bytes / 1000),
        1_000_000..1_000_000_000 => format!("{:.1} MB", bytes as f64 / 1e6),
        _ => format!("{:.1} GB", bytes as f64 / 1e9),
    }
}

/// What happens meanwhile, on standard error.
struct Progress {
    /// A bar for each list, if somebody looks.
    bars: Option<(MultiProgress, Mutex<BTreeMap<String, ProgressBar>>)>,
}

impl Progress {
    fn new() -> Progress {
        Progress { bars: stderr().is_terminal().then(|| (MultiProgress::new(), Mutex::default())) }
    }

    fn tell(&self, dataset: &str, step: &Step) {
        match (step, &self.bars) {
            (Step::Received(bytes, length), Some((all, bars))) => {
                let mut bars = bars.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                let bar = bars.entry(dataset.to_owned()).or_insert_with(|| bar(all, dataset));
                if let Some(length) = length {
                    bar.set_length(*length);
                }
                bar.set_position(*bytes);
            }
            (Step::Again { attempt, pause, why }, _) => {
                let seconds = pause.as_secs_f64();
                let text = format!("{dataset}: attempt {attempt} failed ({why}); again in {seconds:.0} s");
                match &self.bars {
                    Some((all, _)) => drop(all.println(text)),
                    None => say::note(&text),
                }
            }
            (Step::Received(..), None) => {}
        }
    }

    fn clear(&self) {
        if let Some((all, bars)) = &self.bars {
            bars.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clear();
            // A bar that stays is only untidy.
            let _ = all.clear();
        }
    }
}

fn bar(all: &MultiProgress, dataset: &str) -> ProgressBar {
    let bar = all.add(ProgressBar::no_length());
    if let Ok(style) = ProgressStyle::with_template("{prefix:<18} {spinner} {bytes:>10} of {total_bytes}") {
        bar.set_style(style);
    }
    bar.set_prefix(dataset.to_owned());
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
