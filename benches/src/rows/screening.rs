//! Recall and false hits on judged queries, held out.
//!
//! In come the queries of `screening_dev`, listed people, companies and vessels as other people would write them and others
//! who are on no list. The built-in model was fitted on them, so what it reaches on them is printed and called in-sample; the
//! figures that count are those of [`crate::held_out`]. A second table has a line for each kind of query.

use crate::{
    counts::Counts,
    held_out::{Answered, HeldOut, answer},
    inputs::{Inputs, model},
    page::FIGURES,
    row::{Detail, Line, Measured, percent},
};

/// Kinds that other tools find hardest; each is asked to be found.
const WEAK: [&str; 12] = [
    "native_query_roman_index",
    "roman_query_native_index",
    "persian_arabic_letters",
    "translit_arabic",
    "translit_korean",
    "dob_off_by_one",
    "id_passport_only",
    "id_national_only",
    "ocr",
    "initials",
    "alias_heldout",
    "weak_alias",
];
const WEAK_ASKED: f64 = 0.90;

pub(super) fn measure(inputs: &Inputs) -> anyhow::Result<Measured> {
    let held_out = inputs.held_out()?;
    let at_threshold = held_out.counts(|_| true);
    let judged = inputs.judged()?;
    let in_sample = answer(&inputs.dev_index()?, &model(), judged.iter().filter(|j| j.is_listed() || j.counts))?;
    let in_sample = Counts::of(in_sample.iter().map(Answered::verdict));
    let report = &held_out.report;
    let recall = |share: f64| report.recall(report.score_at(share));
    let lines = [
        Line {
            what: format!(
                "{} judged queries (`screening_dev`), each answered by a model made without it, at 0.70",
                at_threshold.positives + at_threshold.negatives
            ),
            figure: told(&at_threshold),
            asked: "recall ≥ 98 %, false ≤ 0.5 %".into(),
            reached: Some(at_threshold.recall() >= 0.98 && at_threshold.false_rate() <= 0.005),
            ..Line::default()
        },
        Line {
            what: "the same, recall where false ≤ 1 %, 0.5 %, 0.1 %".into(),
            figure: [0.01, 0.005, 0.001].map(|s| percent(recall(s))).join(", "),
            asked: "≥ 95 % where false ≤ 0.1 %".into(),
            reached: Some(recall(0.001) >= 0.95),
            ..Line::default()
        },
        Line {
            what: "the same, in-sample: by the built-in model, which was fitted on them".into(),
            figure: told(&in_sample),
            baseline: origin(held_out),
            ..Line::default()
        },
        weak_line(held_out),
    ];
    Ok(Measured { lines: lines.into(), details: vec![kinds(held_out)], ..Measured::default() })
}

fn told(counts: &Counts) -> String {
    format!("recall {}, false {}", percent(counts.recall()), percent(counts.false_rate()))
}

fn origin(held_out: &HeldOut) -> String {
    let is = if held_out.is_built_in { "is" } else { "is **not**" };
    format!("the model made in this run {is} the built-in one")
}

/// The weak kinds in one line: the least of them, and those that are below what was asked.
fn weak_line(held_out: &HeldOut) -> Line {
    let score = held_out.report.score_at(0.01);
    let kinds = held_out.report.categories(score);
    let weak: Vec<&(String, usize, f64)> = kinds.iter().filter(|k| WEAK.contains(&k.0.as_str())).collect();
    let below: Vec<String> =
        weak.iter().filter(|k| k.2 < WEAK_ASKED).map(|k| format!("`{}` {}", k.0, percent(k.2))).collect();
    let least = weak.iter().map(|k| k.2).fold(1.0, f64::min);
    let told = if below.is_empty() { String::new() } else { format!("; below: {}", below.join(", ")) };
    Line {
        what: format!("the same, the {} weakest kinds, recall where false ≤ 1 %", weak.len()),
        figure: format!("least {}{told}", percent(least)),
        asked: "each ≥ 90 %".into(),
        reached: Some(below.is_empty() && weak.len() == WEAK.len()),
        ..Line::default()
    }
}

/// A line for each kind: recall of those that are listed, false hits of the others.
fn kinds(held_out: &HeldOut) -> Detail {
    let report = &held_out.report;
    let (at_one, at_tenth) = (report.categories(report.score_at(0.01)), report.categories(report.score_at(0.001)));
    let mut listed = vec![
        "| kind, listed | queries | found at 0.70 | where false ≤ 1 % | where false ≤ 0.1 % |".to_owned(),
        "|---|---:|---:|---:|---:|".to_owned(),
    ];
    let mut others = vec![
        "| kind, on no list | queries | flagged at 0.70 | where false ≤ 1 % | where false ≤ 0.1 % |".to_owned(),
        "|---|---:|---:|---:|---:|".to_owned(),
    ];
    for ((kind, count, one), (_, _, tenth)) in at_one.iter().zip(&at_tenth) {
        let of_kind = |a: &&Answered| a.category == *kind;
        let answers: Vec<&Answered> = held_out.answers.iter().filter(of_kind).collect();
        let said = answers.iter().filter(|a| a.verdict().1).count() as f64 / answers.len().max(1) as f64;
        let soft = if answers.iter().all(|a| a.counts) { "" } else { " (does not count)" };
        let line =
            format!("| `{kind}`{soft} | {count} | {} | {} | {} |", percent(said), percent(*one), percent(*tenth));
        if answers.iter().any(|a| a.listed) { listed.push(line) } else { others.push(line) }
    }
    Detail { page: FIGURES, name: "kinds", text: format!("{}\n\n{}", listed.join("\n"), others.join("\n")) }
}
