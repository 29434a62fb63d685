//! `mihenk scan`: listed names in running text.

use std::{
    io::{Read, stdin},
    path::Path,
};

use anyhow::Context;
use mihenk_node::{
    BaseRate, Node, Options, Scratch,
    scan::{ScanAnswer, ScanHit, around, read},
};

use crate::{
    Outcome,
    cli::{Place, Scan, score_of},
    paint::Paint,
    report,
};

pub(crate) fn run(place: &Place, scan: &Scan) -> anyhow::Result<Outcome> {
    let node = place.node()?;
    let options = Options {
        threshold: score_of(scan.threshold),
        base_rate: BaseRate { one_in: scan.base_rate },
        ..Options::default()
    };
    let mut scratch = Scratch::default();
    let mut outcome = Outcome::Done;
    for file in &scan.files {
        let bytes = bytes_of(file)?;
        let answer = read(&node, &file.display().to_string(), &bytes, &options, &mut scratch)?;
        if !answer.hits.is_empty() {
            outcome = Outcome::Hits;
        }
        if scan.json {
            println!("{}", serde_json::to_string(&answer)?);
        } else {
            // Bytes that were read as text are text.
            print!(
                "{}",
                told(&node, &answer, &String::from_utf8_lossy(&bytes), options.base_rate, Paint::for_stdout())
            );
        }
    }
    Ok(outcome)
}

fn bytes_of(file: &Path) -> anyhow::Result<Vec<u8>> {
    if file.as_os_str() == "-" {
        let mut bytes = Vec::new();
        stdin().lock().read_to_end(&mut bytes).context("standard input cannot be read")?;
        return Ok(bytes);
    }
    std::fs::read(file).with_context(|| format!("{} cannot be read", file.display()))
}

/// What was found, for a person.
pub(crate) fn told(node: &Node, answer: &ScanAnswer, source: &str, base_rate: BaseRate, paint: Paint) -> String {
    let mut out = String::new();
    let of_itself = [("of", &answer.date), ("by", &answer.agency), ("code", &answer.code)];
    let head: Vec<String> = of_itself
        .iter()
        .filter_map(|(word, value)| value.as_ref().map(|v| format!("{word} {}", paint.foreign(v))))
        .collect();
    out.push_str(&format!("{}  {}\n", paint.strong(&paint.foreign(&answer.file)), paint.dim(&head.join(", "))));
    if answer.hits.is_empty() {
        out.push_str("  Nothing listed was found.\n");
    }
    for hit in &answer.hits {
        out.push_str(&mention(node, hit, source, base_rate, paint));
    }
    out
}

/// One mention: the words as they stand, and whom they name.
pub(crate) fn mention(node: &Node, hit: &ScanHit, source: &str, base_rate: BaseRate, paint: Paint) -> String {
    let (before, behind) = around(source, hit.start, hit.end, 45);
    let place = format!("bytes {}–{}", hit.start, hit.end);
    let words = paint.strong(&paint.foreign(&hit.text));
    let listings =
        node.profile(hit.entity).map(|p| p.listings().map(|l| report::listing(&l, paint)).collect::<Vec<_>>());
    let listings = listings.unwrap_or_default().join(" · ");
    let by = match hit.by {
        "reference" => "refers back to the full name".to_owned(),
        "number" => format!("by the number {}", paint.foreign(&hit.listed)),
        _ => format!("listed as {}", paint.foreign(&hit.listed)),
    };
    let likely = report::probability((hit.probability * 1_000_000.0) as u32, base_rate);
    format!(
        "\n  … {} {words} {} …  {}\n    → {}  score {:.4}  {likely}\n      {}\n",
        paint.foreign(&before),
        paint.foreign(&behind),
        paint.dim(&place),
        paint.strong(&paint.foreign(&hit.caption)),
        hit.score,
        paint.dim(&format!("{} · {listings} · {by}", paint.foreign(&hit.id))),
    )
}
