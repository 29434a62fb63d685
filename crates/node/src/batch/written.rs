//! How the answers of a batch are written: one line for each record, as JSON or as CSV.
//!
//! In comes an [`Answer`] or the reason why there is none, out come the bytes of its line. A row of CSV tells of the best
//! hit, how many there are, and the others in short; whoever needs all of their evidence takes JSON.

use super::Format;
use crate::{
    answer::{Answer, Found, share},
    query::Id,
};

const COLUMNS: [&str; 13] = [
    "id",
    "hits",
    "entity",
    "caption",
    "schema",
    "score",
    "match",
    "probability",
    "bits",
    "explanation",
    "others",
    "warnings",
    "error",
];

/// What stands before all answers.
pub(super) fn head(format: Format) -> &'static [u8] {
    match format {
        Format::JsonLines => b"",
        Format::Csv => {
            b"id,hits,entity,caption,schema,score,match,probability,bits,explanation,others,warnings,error\n"
        }
    }
}

/// The line of an answer.
pub(super) fn answer(answer: &Answer, format: Format) -> Vec<u8> {
    if format == Format::JsonLines {
        // Texts and finite numbers: JSON can always write them.
        let mut out = serde_json::to_vec(answer).unwrap_or_default();
        out.push(b'\n');
        return out;
    }
    let mut cells = [const { String::new() }; COLUMNS.len()];
    cells[0] = answer.id.as_str().to_owned();
    cells[1] = answer.results.len().to_string();
    if let Some((best, others)) = answer.results.split_first() {
        cells[2].clone_from(&best.id);
        cells[3].clone_from(&best.caption);
        cells[4] = best.schema.to_owned();
        cells[5] = format!("{:.4}", best.hit.score.as_f64());
        cells[6] = best.hit.is_match.to_string();
        cells[7] = format!("{:.6}", share(best.hit.probability));
        cells[8] = format!("{:.2}", best.hit.bits.as_f64());
        let told: Vec<String> = best.explanation.lines.iter().map(|l| format!("{} {}", l.text, l.bits)).collect();
        cells[9] = told.join("; ");
        let short = |f: &Found| format!("{} {} ({:.4})", f.id, f.caption, f.hit.score.as_f64());
        cells[10] = others.iter().map(short).collect::<Vec<_>>().join("; ");
    }
    let waits = answer.results.iter().filter(|f| !f.removal_waits.is_empty());
    let waits = waits.map(|f| format!("the removal of {} from {} waits", f.id, f.removal_waits.join(", ")));
    cells[11] = answer.warnings.iter().map(ToString::to_string).chain(waits).collect::<Vec<_>>().join("; ");
    row(&cells)
}

/// The line of a record that was not asked.
pub(super) fn refusal(id: Option<&Id>, what: &str, format: Format) -> Vec<u8> {
    if format == Format::Csv {
        let mut cells = [const { String::new() }; COLUMNS.len()];
        cells[0] = id.map_or("", Id::as_str).to_owned();
        cells[12] = what.to_owned();
        return row(&cells);
    }
    let mut out = serde_json::to_vec(&Refused { id, results: [], error: what }).unwrap_or_default();
    out.push(b'\n');
    out
}

/// Keys in the order of an answer's.
#[derive(serde::Serialize)]
struct Refused<'a> {
    id: Option<&'a Id>,
    results: [(); 0],
    error: &'a str,
}

/// A row of CSV; writing to memory cannot fail.
fn row(cells: &[String]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let _ = writer.write_record(cells);
    writer.into_inner().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_names_the_columns() {
        assert_eq!(head(Format::Csv), format!("{}\n", COLUMNS.join(",")).as_bytes());
    }

    #[test]
    fn a_refusal_is_a_line_as_well() {
        let id = Id::text("a,b");
        assert_eq!(refusal(Some(&id), "line 2: x", Format::Csv), b"\"a,b\",,,,,,,,,,,,line 2: x\n");
        assert_eq!(
            refusal(None, "line 2: \"x\"", Format::JsonLines),
            b"{\"id\":null,\"results\":[],\"error\":\"line 2: \\\"x\\\"\"}\n"
        );
    }
}
