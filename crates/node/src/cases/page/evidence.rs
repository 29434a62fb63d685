//! An alert of a case on a page: both sides, and the evidence line by line with a bar for each.
//!
//! In comes an alert with what screening found, out come rows. Bits add up from line to line, and a bar shows from where to where each line leads; what the bars say stands as numbers too.

use std::collections::BTreeMap;

use mihenk_ledger::alerts::{Observation, State, queue::Detail};

use super::text::Foreign;
use crate::named::Named;

/// An alert.
pub(super) struct AlertPart {
    pub(super) id: String,
    pub(super) customer: Foreign,
    pub(super) entity: Foreign,
    pub(super) facts: Vec<(&'static str, Foreign)>,
    pub(super) lines: Vec<LineRow>,
    pub(super) sum: String,
    pub(super) sides: Vec<SideRow>,
}

/// A line of evidence. Places of the bar are percent of the room.
pub(super) struct LineRow {
    pub(super) text: Foreign,
    pub(super) asked: Foreign,
    pub(super) listed: Foreign,
    pub(super) bits: String,
    pub(super) is_against: bool,
    pub(super) start: String,
    pub(super) width: String,
}

/// What the two sides say of one property.
pub(super) struct SideRow {
    pub(super) property: String,
    pub(super) customer: Vec<Foreign>,
    pub(super) listed: Vec<Foreign>,
}

impl AlertPart {
    pub(super) fn of(detail: &Detail, named: &Named) -> AlertPart {
        let alert = &detail.alert;
        let observation = detail.observation.as_ref();
        let name = observation.and_then(|one| one.basis.customer.get("name")?.first());
        let lines = observation.map(lines).unwrap_or_default();
        AlertPart {
            id: alert.id.to_string(),
            customer: Foreign::new(name.map_or(alert.customer.as_str(), String::as_str)),
            entity: Foreign::new(&alert.caption),
            facts: facts(detail, named),
            sum: bits(alert.bits_hundredths as f64 / 100.0),
            lines: rows(&lines),
            sides: observation.map(sides).unwrap_or_default(),
        }
    }
}

fn facts(detail: &Detail, named: &Named) -> Vec<(&'static str, Foreign)> {
    let alert = &detail.alert;
    let found = detail.observation.as_ref().and_then(|one| one.found.as_ref());
    let listings = found.map(|found| {
        let each = found.listings.iter().map(|one| format!("{} {}", one.dataset, one.reference).trim().to_owned());
        each.collect::<Vec<_>>().join(", ")
    });
    let score = alert.score_ten_thousandths;
    let mut facts = vec![
        ("Customer", Foreign::new(alert.customer.as_str())),
        ("Listed entity", Foreign::new(&alert.entity)),
        ("On", Foreign::new(&listings.unwrap_or_else(|| alert.lists.join(", ")))),
        ("Kind", Foreign::new(alert.kind.as_str())),
        ("Probability", Foreign::new(&percent(alert.probability_millionths))),
        ("Score", Foreign::new(&format!("{}.{:04}", score / 10_000, score % 10_000))),
        ("Raised", Foreign::new(&mihenk_ledger::day::minute(alert.raised_at))),
    ];
    if let Some(since) = alert.gone_since {
        facts.push(("No longer found", Foreign::new(&format!("since {}", mihenk_ledger::day::minute(since)))));
    }
    if alert.state != State::Escalated {
        facts.push(("State", Foreign::new(alert.state.as_str())));
    }
    if let Some(clearing) = &detail.clearing {
        let by = named.of(&clearing.by);
        facts.push(("Cleared", Foreign::new(&format!("{} by {by}: {}", clearing.reason, clearing.note))));
    }
    facts
}

/// A line as screening wrote it: bits, what it says, the customer's words, the list's.
struct Written {
    bits: f64,
    text: String,
    asked: String,
    listed: String,
}

fn lines(observation: &Observation) -> Vec<Written> {
    let found = observation.found.as_ref();
    let lines = found.and_then(|found| found.evidence.get("lines")).and_then(|lines| lines.as_array());
    let text = |line: &serde_json::Value, name: &str| line[name].as_str().unwrap_or_default().to_owned();
    let written = |line: &serde_json::Value| Written {
        bits: line["bits"].as_f64().unwrap_or_default(),
        text: text(line, "text"),
        asked: text(line, "asked"),
        listed: text(line, "listed"),
    };
    lines.into_iter().flatten().map(written).collect()
}

/// The lines with bars: each begins where the one before ended.
fn rows(lines: &[Written]) -> Vec<LineRow> {
    let mut reached = vec![0.0];
    for line in lines {
        reached.push(reached[reached.len() - 1] + line.bits);
    }
    let least = reached.iter().copied().fold(0.0, f64::min);
    let most = reached.iter().copied().fold(0.0, f64::max);
    let room = (most - least).max(f64::MIN_POSITIVE);
    let place = |at: f64| (at - least) / room * 100.0;
    let row = |(line, two): (&Written, &[f64])| {
        let (from, to) = (place(two[0].min(two[1])), place(two[0].max(two[1])));
        LineRow {
            text: Foreign::new(&line.text),
            asked: Foreign::new(&line.asked),
            listed: Foreign::new(&line.listed),
            bits: bits(line.bits),
            is_against: line.bits < 0.0,
            start: format!("{from:.1}"),
            width: format!("{:.1}", to - from),
        }
    };
    lines.iter().zip(reached.windows(2)).map(row).collect()
}

fn sides(observation: &Observation) -> Vec<SideRow> {
    let mut rows: BTreeMap<&str, [Vec<Foreign>; 2]> = BTreeMap::new();
    for (side, values) in [&observation.basis.customer, &observation.basis.listing].into_iter().enumerate() {
        for (property, values) in values {
            rows.entry(property).or_default()[side] = values.iter().map(|value| Foreign::new(value)).collect();
        }
    }
    let row = |(property, [customer, listed]): (&str, [Vec<Foreign>; 2])| SideRow {
        property: property.to_owned(),
        customer,
        listed,
    };
    let mut all: Vec<SideRow> = rows.into_iter().map(row).collect();
    // What can be compared stands first.
    all.sort_by_key(|side| side.customer.is_empty() || side.listed.is_empty());
    all
}

fn bits(bits: f64) -> String {
    format!("{}{:.2}", if bits < 0.0 { "−" } else { "+" }, bits.abs())
}

fn percent(millionths: i64) -> String {
    match millionths {
        ..=999 => "less than 0.1 %".to_owned(),
        1_000..=99_999 => format!("{}.{} %", millionths / 10_000, millionths / 1_000 % 10),
        999_001.. => "more than 99.9 %".to_owned(),
        _ => format!("{} %", millionths / 10_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(bits: f64) -> Written {
        Written { bits, text: String::new(), asked: String::new(), listed: String::new() }
    }

    #[test]
    fn a_bar_begins_where_the_one_before_ended() {
        // 0 → 6 → 2 → −2: eight bits of room, from −2 to 6.
        let rows = rows(&[line(6.0), line(-4.0), line(-4.0)]);
        let bars: Vec<(&str, &str)> = rows.iter().map(|row| (row.start.as_str(), row.width.as_str())).collect();
        assert_eq!(bars, [("25.0", "75.0"), ("50.0", "50.0"), ("0.0", "50.0")]);
        assert_eq!(rows.iter().map(|row| row.bits.as_str()).collect::<Vec<_>>(), ["+6.00", "−4.00", "−4.00"]);
    }

    #[test]
    fn lines_that_say_nothing_have_no_bar_and_no_lines_no_rows() {
        assert_eq!(rows(&[]).len(), 0);
        let rows = rows(&[line(0.0)]);
        assert_eq!((rows[0].start.as_str(), rows[0].width.as_str()), ("0.0", "0.0"));
    }
}
