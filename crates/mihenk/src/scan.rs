//! `mihenk scan`: listed names in running text.
//!
//! In come the files, out comes what each says of itself and whom it names: for a person, or one line of JSON for each
//! file. A file that cannot be read is said so, in its line too, and the others are read all the same. What a mention is
//! and what it is worth is decided in `mihenk-screening`; its form for scripts is in `mihenk-node`.

use std::{
    fs::File,
    io::{Read, stdin},
    path::Path,
};

use anyhow::Context;
use mihenk_node::{
    BaseRate, Node, Options, Scratch,
    scan::{BYTES_MAX, ScanAnswer, ScanHit, read},
};

use crate::{
    Outcome,
    cli::{Place, Scan, score_of},
    files::is_dash,
    paint::{Paint, wrapped},
    report::{self, Detail},
    say,
};

pub(crate) fn run(place: &Place, scan: &Scan) -> anyhow::Result<Outcome> {
    let node = place.node()?;
    let options = Options {
        threshold: score_of(scan.threshold),
        base_rate: BaseRate { one_in: scan.base_rate },
        ..Options::default()
    };
    let detail = if scan.explain { Detail::Waterfall } else { Detail::Sentence };
    let (mut scratch, mut outcome) = (Scratch::default(), Outcome::Done);
    for file in &scan.files {
        let name = file.display().to_string();
        let answer = bytes_of(file).and_then(|bytes| Ok(read(&node, &name, &bytes, &options, &mut scratch)?));
        match answer {
            Ok(answer) => {
                if !answer.hits.is_empty() && outcome == Outcome::Done {
                    outcome = Outcome::Hits;
                }
                if scan.json {
                    say::line(&serde_json::to_string(&answer)?)?;
                } else {
                    say::out(&told(&node, &answer, detail, options.base_rate, Paint::for_stdout()))?;
                }
            }
            Err(error) => {
                outcome = Outcome::Failed;
                crate::tell(&error);
                if scan.json {
                    let failed = ScanAnswer::failed(&name, format!("{error:#}"));
                    say::line(&serde_json::to_string(&failed)?)?;
                }
            }
        }
    }
    Ok(outcome)
}

/// What a file holds; of one that is too long, enough to see that it is.
fn bytes_of(file: &Path) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = BYTES_MAX as u64 + 1;
    if is_dash(file) {
        stdin().lock().take(most).read_to_end(&mut bytes).context("standard input cannot be read")?;
    } else {
        let opened = File::open(file).and_then(|f| f.take(most).read_to_end(&mut bytes));
        opened.with_context(|| format!("{} cannot be read", file.display()))?;
    }
    Ok(bytes)
}

/// What was found, for a person.
pub(crate) fn told(node: &Node, answer: &ScanAnswer, detail: Detail, base_rate: BaseRate, paint: Paint) -> String {
    let of_itself = [("of", &answer.date), ("by", &answer.agency), ("code", &answer.code)];
    let head: Vec<String> = of_itself
        .iter()
        .filter_map(|(word, value)| value.as_ref().map(|v| format!("{word} {}", paint.foreign(v))))
        .collect();
    let mut out = paint.strong(&paint.foreign(&answer.file));
    if !head.is_empty() {
        out.push_str(&format!("  {}", paint.dim(&head.join(", "))));
    }
    out.push('\n');
    if answer.hits.is_empty() {
        out.push_str("  Nothing listed was found.\n");
    }
    for hit in &answer.hits {
        out.push('\n');
        out.push_str(&mention(node, hit, detail, base_rate, paint));
    }
    out
}

/// One mention: the words as they stand, and whom they name.
fn mention(node: &Node, hit: &ScanHit, detail: Detail, base_rate: BaseRate, paint: Paint) -> String {
    let place = format!("bytes {}–{}", hit.start, hit.end);
    let words = format!(
        "{place}: … {}[{}]{} …",
        paint.foreign(&hit.before),
        paint.foreign(&hit.text),
        paint.foreign(&hit.after)
    );
    let mut out = String::new();
    for line in wrapped(&words, "  ", "    ") {
        out.push_str(&format!("{line}\n"));
    }
    let by = match hit.by {
        "reference" => ", by a word that refers back to the full name".to_owned(),
        "number" => format!(", by the number {}", paint.foreign(&hit.listed)),
        _ if hit.listed == hit.caption => String::new(),
        _ => format!(", listed as {}", paint.foreign(&hit.listed)),
    };
    let likely = report::probability((hit.probability * 1_000_000.0).round() as u32, base_rate);
    out.push_str(&format!("    → {}{by}\n", paint.strong(&paint.foreign(&hit.caption))));
    out.push_str(&format!("      score {} · {likely}\n", paint.strong(&format!("{:.4}", hit.score))));
    out.push_str(&report::identity(node, hit.entity, hit.schema, &hit.id, "      ", paint));
    if detail == Detail::Waterfall {
        out.push_str(&report::waterfall(&hit.explanation, "      ", paint));
    }
    out
}
