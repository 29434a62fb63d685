//! `mihenk scan`: listed names in documents and running text.
//!
//! In come files and folders, out comes what each file says of itself and whom it names: for a person, or one line of JSON
//! for each file. What cannot be read is said so, in its line too, and counted at the end; the others are read all the same.
//! What a mention is and what it is worth is decided in `mihenk-screening`; its form for scripts is in `mihenk-node`.

use std::{
    fs::File,
    io::{Read, stdin},
    path::Path,
};

use anyhow::Context;
use mihenk_node::{
    BaseRate, Node, Options, Scratch,
    scan::{BYTES_MAX, ScanAnswer, ScanHit, read},
    walk::{self, Found},
};

use crate::{
    Outcome,
    cli::{Place, Scan, score_of},
    files::is_dash,
    paint::{self, Paint, wrapped},
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
    let mut scratch = Scratch::default();
    let mut counts = Counts::default();
    for found in scan.files.iter().flat_map(|path| files_of(path)) {
        let name = found.path.display().to_string();
        let answer = match found.refused {
            Some(error) => Err(error.into()),
            None => bytes_of(&found.path).and_then(|b| Ok(read(&node, &name, &b, &options, &mut scratch)?)),
        };
        let answer = answer.unwrap_or_else(|error| {
            crate::tell(&error);
            ScanAnswer::failed(&name, format!("{error:#}"))
        });
        counts.add(&answer);
        if scan.json {
            say::line(&serde_json::to_string(&answer)?)?;
        } else if answer.error.is_none() {
            let detail = if scan.explain { Detail::Waterfall } else { Detail::Sentence };
            say::out(&told(&node, &answer, detail, options.base_rate, Paint::for_stdout()))?;
        }
    }
    if counts.are_worth_saying() {
        say::note(&counts.told());
    }
    Ok(counts.outcome())
}

/// The files that a path means; `-` is standard input.
fn files_of(path: &Path) -> Vec<Found> {
    if is_dash(path) { vec![Found { path: path.to_owned(), refused: None }] } else { walk::files(path) }
}

/// What a run came to.
#[derive(Default)]
struct Counts {
    files: usize,
    /// Files in which somebody was found.
    with_hits: usize,
    hits: usize,
    /// Files of which nothing could be read.
    unread_files: usize,
    /// Parts of other files that could not be read.
    unread_parts: usize,
    /// Notes: pictures and lost characters in files that could be read.
    lesser: usize,
}

impl Counts {
    fn add(&mut self, answer: &ScanAnswer) {
        self.files += 1;
        self.hits += answer.hits.len();
        self.with_hits += usize::from(!answer.hits.is_empty());
        self.unread_files += usize::from(answer.error.is_some());
        let grave = answer.unread.iter().filter(|u| u.is_grave).count();
        self.unread_parts += grave;
        self.lesser += answer.unread.len() - grave;
    }

    /// One file that was read whole says all by itself.
    fn are_worth_saying(&self) -> bool {
        self.files != 1 || self.unread_parts + self.lesser > 0
    }

    fn told(&self) -> String {
        let many = |count: usize, one: &str, more: &str| {
            format!("{} {}", paint::count(count), if count == 1 { one } else { more })
        };
        let read = many(self.files - self.unread_files, "file", "files");
        let mut out =
            format!("{read} read, {} in {}", many(self.hits, "mention", "mentions"), paint::count(self.with_hits));
        let unread: Vec<String> = [(self.unread_files, "file", "files"), (self.unread_parts, "part", "parts")]
            .into_iter()
            .filter(|u| u.0 > 0)
            .map(|(count, one, more)| many(count, one, more))
            .collect();
        if !unread.is_empty() {
            out.push_str(&format!("; NOT READ: {}", unread.join(" and ")));
        }
        if self.lesser > 0 {
            out.push_str(&format!("; {}", many(self.lesser, "note", "notes")));
        }
        out
    }

    fn outcome(&self) -> Outcome {
        match self {
            _ if self.unread_files + self.unread_parts > 0 => Outcome::Failed,
            _ if self.hits > 0 => Outcome::Hits,
            _ => Outcome::Done,
        }
    }
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
        let where_read = if answer.is_incomplete() { " in what could be read" } else { "" };
        out.push_str(&format!("  Nothing listed was found{where_read}.\n"));
    }
    for hit in &answer.hits {
        out.push('\n');
        out.push_str(&mention(node, hit, detail, base_rate, paint));
    }
    if !answer.unread.is_empty() {
        out.push('\n');
    }
    for unread in &answer.unread {
        let part = unread.part.as_ref().map(|p| format!("{p}: ")).unwrap_or_default();
        let word = if unread.is_grave { paint.bad("not read:") } else { paint.dim("note:") };
        for (number, line) in wrapped(&paint.foreign(&format!("{part}{}", unread.what)), "", "    ").iter().enumerate()
        {
            let lead = if number == 0 { format!("  {word} ") } else { String::new() };
            out.push_str(&format!("{lead}{line}\n"));
        }
    }
    out
}

/// Where a mention stands: part, page, bytes.
fn place(hit: &ScanHit, paint: Paint) -> String {
    let mut steps: Vec<String> = hit.part.iter().map(|part| paint.foreign(part)).collect();
    steps.extend(hit.page.map(|page| format!("page {page}")));
    steps.push(format!("bytes {}–{}", hit.start, hit.end));
    steps.join(", ")
}

/// One mention: the words as they stand, and whom they name.
fn mention(node: &Node, hit: &ScanHit, detail: Detail, base_rate: BaseRate, paint: Paint) -> String {
    let words = format!(
        "{}: … {}[{}]{} …",
        place(hit, paint),
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
