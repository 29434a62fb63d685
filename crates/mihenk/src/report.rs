//! Results in words for a terminal: hits with their list and reference, and the evidence as a waterfall.
//!
//! In comes a hit with the node that found it, out comes text of a few lines. A probability is never shown without its base
//! rate. Lines are broken at 80 columns. Everything that comes from a list or a query goes through [`Paint::foreign`]. What a
//! line of evidence says is made where it is weighed, in `mihenk-screening`.

use std::fmt::Write;

use mihenk_node::{BaseRate, Explanation, Line, Listing, Node, answer::Found};

use crate::paint::{Paint, count, wrapped};

/// How much of the evidence is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Detail {
    /// The three strongest lines.
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
    let _ = writeln!(out, "{rank:>3}  {}", paint.strong(&paint.foreign(&found.caption)));
    let likely = probability(found.hit.probability, base_rate);
    let _ = writeln!(out, "     {verdict} · score {} · {likely}", paint.strong(&score));
    out.push_str(&identity(node, found.entity, found.schema, &found.id, "     ", paint));
    match detail {
        Detail::Sentence => {
            let lines = wrapped(&strongest(&found.explanation, paint), "     ", "     ");
            lines.iter().for_each(|line| out.push_str(&format!("{line}\n")));
        }
        Detail::Waterfall => out.push_str(&waterfall(&found.explanation, "     ", paint)),
    }
    out
}

/// `97.3 % likely at a base rate of 1 in 1,000`.
pub(crate) fn probability(millionths: u32, base_rate: BaseRate) -> String {
    let percent = f64::from(millionths) / 10_000.0;
    let shown = match percent {
        p if p >= 99.95 => "over 99.9 %".to_owned(),
        p if p >= 1.0 => format!("{p:.1} %"),
        p if p >= 0.01 => format!("{p:.2} %"),
        _ => "under 0.01 %".to_owned(),
    };
    format!("{shown} likely at a base rate of 1 in {}", count(base_rate.one_in as usize))
}

/// What is known of a listed entity: schema, birth dates and countries in one line, each listing in its own.
pub(crate) fn identity(node: &Node, entity: u32, schema: &str, id: &str, indent: &str, paint: Paint) -> String {
    let mut parts = vec![schema.to_owned()];
    let mut listings = Vec::new();
    match node.profile(entity) {
        Ok(profile) => {
            let born = profile.entity.values("birthDate");
            if let Some(first) = born.first() {
                let more = if born.len() > 1 { format!(" (+{})", born.len() - 1) } else { String::new() };
                parts.push(format!("born {}{more}", paint.foreign(first)));
            }
            let countries = profile.countries();
            if !countries.is_empty() {
                parts.push(paint.foreign(&countries.join(", ")));
            }
            listings.extend(profile.listings().map(|l| listing(&l, paint)));
        }
        Err(error) => listings.push(paint.foreign(&format!("what the list says cannot be shown: {error}"))),
    }
    parts.push(paint.foreign(id));
    parts.extend(node.referents(id).iter().map(|other| paint.foreign(other)));
    for list in node.removal_waits(id) {
        let list = paint.foreign(&list);
        listings.push(format!("no longer on {list} as published; it stays until 'mihenk lists accept {list}'"));
    }
    let mut out = String::new();
    for text in std::iter::once(parts.join(" · ")).chain(listings) {
        for line in wrapped(&text, indent, &format!("{indent}  ")) {
            let _ = writeln!(out, "{}", paint.dim(&line));
        }
    }
    out
}

/// A listing: who lists it, under which reference, since when, under which programmes.
fn listing(listing: &Listing, paint: Paint) -> String {
    let mut out = paint.foreign(&listing.short);
    if let Some(reference) = &listing.reference {
        let _ = write!(out, " {}", paint.foreign(reference));
    }
    if let Some(date) = &listing.listed_on {
        let _ = write!(out, " since {}", paint.foreign(date));
    }
    if !listing.programmes.is_empty() {
        let _ = write!(out, " ({})", paint.foreign(&listing.programmes.join(", ")));
    }
    out
}

/// The three strongest lines, as one sentence.
fn strongest(explanation: &Explanation, paint: Paint) -> String {
    let about_others = |l: &&Line| matches!(l.feature, "stranger" | "relative" | "together");
    let mut lines: Vec<&Line> = explanation.lines.iter().filter(|l| !about_others(l) && l.bits.0 != 0).collect();
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
        let names = format!("{} ↔ {}", paint.foreign(asked), paint.foreign(listed));
        wrapped(&names, indent, indent).iter().for_each(|line| out.push_str(&format!("{line}\n")));
    }
    let under = format!("{indent}         ");
    for line in explanation.lines.iter().filter(|l| l.bits.0 != 0) {
        let bits = format!("{:>7}", line.bits);
        let bits = if line.bits.0 < 0 { paint.bad(&bits) } else { paint.good(&bits) };
        // The bits may be coloured, so that the text is broken as if they were spaces.
        let lines = wrapped(&paint.foreign(&line.text), &under, &under);
        let _ = writeln!(out, "{indent}{bits}  {}", lines[0].trim_start());
        lines[1..].iter().for_each(|line| out.push_str(&format!("{line}\n")));
    }
    let _ = writeln!(out, "{indent}{}", paint.dim("───────"));
    let _ = writeln!(out, "{indent}{:>7}  bits of evidence", explanation.total());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_probability_is_said_with_its_base_rate() {
        let said = |millionths| probability(millionths, BaseRate { one_in: 10_000 });
        assert_eq!(said(1_000_000), "over 99.9 % likely at a base rate of 1 in 10,000");
        assert_eq!(said(913_000), "91.3 % likely at a base rate of 1 in 10,000");
        assert_eq!(said(6_800), "0.68 % likely at a base rate of 1 in 10,000");
        assert_eq!(said(0), "under 0.01 % likely at a base rate of 1 in 10,000");
    }
}
