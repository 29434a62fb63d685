//! Results in words for a terminal: hits with their list and reference, and the evidence as a waterfall.

use std::fmt::Write;

use mihenk_node::{BaseRate, Explanation, Line, Node, answer::Found};

use crate::paint::Paint;

/// How much of the evidence is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Detail {
    /// A sentence.
    Sentence,
    /// Every line.
    Waterfall,
}

/// A hit.
pub(crate) fn hit(
    node: &Node,
    found: &Found,
    rank: usize,
    detail: Detail,
    base_rate: BaseRate,
    paint: Paint,
) -> String {
    let mut out = String::new();
    let score = format!("{:.4}", found.hit.score.as_f64());
    let verdict = if found.hit.is_match { paint.bad("match") } else { paint.warn("possible") };
    let _ = writeln!(
        out,
        "{rank:>3}  {}  {verdict}  score {}  {}",
        paint.strong(&paint.foreign(&found.caption)),
        paint.strong(&score),
        probability(found.hit.probability, base_rate),
    );
    let _ = writeln!(out, "     {}", paint.dim(&identity(node, found, paint)));
    match detail {
        Detail::Sentence => {
            let _ = writeln!(out, "     {}", sentence(&found.explanation, paint));
        }
        Detail::Waterfall => out.push_str(&waterfall(&found.explanation, "     ", paint)),
    }
    out
}

/// `97.3 % likely at 1 in 1,000`: a probability is never shown without its base rate.
pub(crate) fn probability(millionths: u32, base_rate: BaseRate) -> String {
    let percent = f64::from(millionths) / 10_000.0;
    let shown = match percent {
        p if p >= 99.95 => "over 99.9 %".to_owned(),
        p if p >= 1.0 => format!("{p:.1} %"),
        p if p >= 0.01 => format!("{p:.2} %"),
        _ => "under 0.01 %".to_owned(),
    };
    format!("{shown} likely at a base rate of {base_rate}")
}

/// Schema, id, listings with references, birth dates and countries of a listed entity.
fn identity(node: &Node, found: &Found, paint: Paint) -> String {
    let mut parts = vec![found.schema.to_owned(), paint.foreign(&found.id)];
    if let Ok(profile) = node.profile(found.entity) {
        parts.extend(profile.listings().map(|l| listing(&l, paint)));
        for (property, word) in [("birthDate", "born"), ("nationality", ""), ("country", "")] {
            let values = profile.entity.values(property);
            if let Some(first) = values.first() {
                let more = if values.len() > 1 { format!(" (+{})", values.len() - 1) } else { String::new() };
                parts.push(format!("{word} {}{more}", paint.foreign(first)).trim().to_owned());
            }
        }
    }
    parts.join(" · ")
}

/// A listing: who lists it, under which reference, since when.
pub(crate) fn listing(listing: &mihenk_node::Listing, paint: Paint) -> String {
    let mut out = paint.foreign(&listing.authority);
    if let Some(reference) = &listing.reference {
        let _ = write!(out, " {}", paint.foreign(reference));
    }
    if !listing.programmes.is_empty() {
        let _ = write!(out, " ({})", paint.foreign(&listing.programmes.join(", ")));
    }
    if let Some(date) = &listing.listed_on {
        let _ = write!(out, " since {}", paint.foreign(date));
    }
    out
}

/// The three strongest lines, as one sentence.
fn sentence(explanation: &Explanation, paint: Paint) -> String {
    let mut lines: Vec<&Line> =
        explanation.lines.iter().filter(|l| !matches!(l.feature, "stranger" | "relative" | "together")).collect();
    lines.sort_by_key(|l| std::cmp::Reverse(l.bits.0.abs()));
    let mut told: Vec<String> =
        lines.iter().take(3).map(|l| format!("{} {}", l.bits, paint.foreign(&l.text))).collect();
    if lines.len() > 3 {
        told.push(format!("and {} more (--explain)", lines.len() - 3));
    }
    told.join("; ")
}

/// Every line with its bits, and the sum.
pub(crate) fn waterfall(explanation: &Explanation, indent: &str, paint: Paint) -> String {
    let mut out = String::new();
    if let (Some(asked), Some(listed)) = (&explanation.asked_name, &explanation.listed_name) {
        let _ = writeln!(out, "{indent}{} ↔ {}", paint.foreign(asked), paint.foreign(listed));
    }
    for line in &explanation.lines {
        let bits = format!("{:>7}", line.bits);
        let bits = if line.bits.0 < 0 { paint.bad(&bits) } else { paint.good(&bits) };
        let _ = writeln!(out, "{indent}{bits}  {}", paint.foreign(&line.text));
    }
    let _ = writeln!(out, "{indent}{}", paint.dim("───────"));
    let _ = writeln!(out, "{indent}{:>7}  bits of evidence", explanation.total());
    out
}
