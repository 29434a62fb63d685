//! What people decided of pairs of entities: `decisions.jsonl` in the data folder.
//!
//! A line for each decision, in the order in which they were made; the last one of a pair holds. None is ever taken out: taking one back
//! is a line as well. Each says who decided it, when, why, and on what evidence, model and lists it rested. The ids are those that the
//! lists give, so a decision outlives updates, and waits for an id that a list has lost.
//! Where there is a ledger, it keeps them, and this file is what it says ([`super::ledger`]).

use std::collections::{BTreeMap, BTreeSet};

pub use mihenk_ledger::merging::{Decision, Said};
use mihenk_screening::merging::Verdict;
use sha2::{Digest, Sha256};

use crate::{
    error::NodeError,
    folder::{Folder, Lock, read_if_there, write_whole},
};

/// All decisions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Decisions {
    lines: Vec<Decision>,
}

/// A pair of ids, the smaller first.
#[must_use]
pub fn pair<'a>(a: &'a str, b: &'a str) -> (&'a str, &'a str) {
    if a <= b { (a, b) } else { (b, a) }
}

impl Decisions {
    /// Reads them; a folder without the file has none.
    ///
    /// # Errors
    /// With the line that is no decision: to go on without it would show as one whom somebody had told apart.
    pub fn read(folder: &Folder) -> Result<Decisions, NodeError> {
        let path = folder.root().join("decisions.jsonl");
        let Some(text) = read_if_there(&path)? else { return Ok(Decisions::default()) };
        let lines = Decisions::parse(&text);
        lines.map_err(|what| NodeError::Input { file: path.display().to_string(), what })
    }

    fn parse(text: &str) -> Result<Decisions, String> {
        let mut lines = Vec::new();
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let wrong =
                |what: String| format!("line {}: {what}; correct the line, or put back a copy of the file", number + 1);
            let decision: Decision = serde_json::from_str(line)
                .map_err(|e| wrong(format!("expected a decision, found '{}': {e}", short(line))))?;
            decision.check().map_err(wrong)?;
            lines.push(decision);
        }
        Ok(Decisions { lines })
    }

    /// These.
    #[must_use]
    pub(crate) fn of_lines(lines: Vec<Decision>) -> Decisions {
        Decisions { lines }
    }

    /// Each decision, in its order.
    pub(crate) fn lines(&self) -> &[Decision] {
        &self.lines
    }

    /// Adds one.
    #[must_use]
    pub(crate) fn with(&self, decision: Decision) -> Decisions {
        let lines = self.lines.iter().cloned().chain([decision]).collect();
        Decisions { lines }
    }

    pub(crate) fn write(&self, folder: &Folder, _lock: &Lock) -> Result<(), NodeError> {
        let mut text = Vec::new();
        for decision in &self.lines {
            // Texts and numbers only: JSON can always write them.
            text.extend(serde_json::to_vec(decision).unwrap_or_default());
            text.push(b'\n');
        }
        write_whole(&folder.root().join("decisions.jsonl"), &text)
    }

    /// Those that were made until a time, as it is kept.
    #[must_use]
    pub fn as_of(&self, at: &str) -> Decisions {
        Decisions { lines: self.lines.iter().filter(|decision| decision.at.as_str() <= at).cloned().collect() }
    }

    /// The decision that holds for each pair, by the pair.
    #[must_use]
    pub fn that_hold(&self) -> BTreeMap<(&str, &str), &Decision> {
        let mut all: BTreeMap<(&str, &str), &Decision> = BTreeMap::new();
        for decision in &self.lines {
            match decision.said {
                Said::Undone => all.remove(&(decision.a.as_str(), decision.b.as_str())),
                _ => all.insert((&decision.a, &decision.b), decision),
            };
        }
        all
    }

    /// The decision that holds for a pair.
    #[must_use]
    pub fn of(&self, a: &str, b: &str) -> Option<&Decision> {
        let (a, b) = pair(a, b);
        let last = self.lines.iter().rev().find(|decision| decision.a == a && decision.b == b);
        last.filter(|decision| decision.said != Said::Undone)
    }

    /// Pairs and verdicts, as screening takes them.
    pub(crate) fn verdicts(&self) -> impl Iterator<Item = (&str, &str, Verdict)> {
        self.that_hold().into_iter().map(|((a, b), decision)| {
            (a, b, if decision.said == Said::Same { Verdict::Same } else { Verdict::Different })
        })
    }

    /// The ids that any decision that holds is about.
    pub(crate) fn ids(&self) -> BTreeSet<&str> {
        self.that_hold().into_keys().flat_map(|(a, b)| [a, b]).collect()
    }

    /// Adds what holds to the name of an index: not when or why it was decided, so that what was taken back leaves no trace.
    pub(crate) fn add_to(&self, hash: &mut Sha256) {
        for (a, b, verdict) in self.verdicts() {
            for part in [a, b, if verdict == Verdict::Same { "same" } else { "different" }] {
                hash.update(part.as_bytes());
                hash.update([0]);
            }
        }
    }
}

fn short(line: &str) -> String {
    line.chars().take(40).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decision(a: &str, b: &str, said: Said, at: &str) -> Decision {
        Decision {
            at: at.to_owned(),
            by: "Jale".to_owned(),
            said,
            a: a.to_owned(),
            b: b.to_owned(),
            names: ("A".to_owned(), "B".to_owned()),
            reason: "the same passport was seen".to_owned(),
            bits: Some(21.5),
            rule: None,
            model: "m".to_owned(),
            lists: BTreeMap::new(),
        }
    }

    fn written(decisions: &Decisions) -> String {
        decisions.lines.iter().map(|line| serde_json::to_string(line).unwrap() + "\n").collect()
    }

    #[test]
    fn the_last_line_of_a_pair_holds() {
        let all = Decisions::default()
            .with(decision("a", "b", Said::Same, "2026-01-01T00:00:00Z"))
            .with(decision("a", "c", Said::Different, "2026-01-02T00:00:00Z"))
            .with(decision("a", "b", Said::Undone, "2026-01-03T00:00:00Z"));
        assert_eq!(all.verdicts().collect::<Vec<_>>(), [("a", "c", Verdict::Different)]);
        assert_eq!(all.of("c", "a").map(|d| d.said), Some(Said::Different));
        assert_eq!(all.of("a", "b"), None);
        assert_eq!(all.as_of("2026-01-01T23:59:59Z").verdicts().collect::<Vec<_>>(), [("a", "b", Verdict::Same)]);
        assert_eq!(Decisions::parse(&written(&all)), Ok(all));
    }

    #[test]
    fn a_line_that_is_no_decision_is_named() {
        let good = written(&Decisions::default().with(decision("a", "b", Said::Same, "t")));
        for (bad, word) in [
            ("{".to_owned(), "line 2: expected a decision, found '{'"),
            (good.replace("the same passport was seen", " "), "line 2: a decision has a reason"),
            (good.replace(r#""a":"a""#, r#""a":"z""#), "the smaller first; found 'z' and 'b'"),
            (good.replace("same\"", "sane\""), "unknown variant `sane`"),
            (good.replace("\"by\"", "\"bye\""), "unknown field `bye`"),
        ] {
            let error = Decisions::parse(&(good.clone() + &bad)).unwrap_err();
            assert!(error.contains(word), "{error}");
        }
    }

    #[test]
    fn a_file_that_was_cut_is_refused_or_lacks_whole_lines() {
        let all =
            (0..9).fold(Decisions::default(), |all, n| all.with(decision("a", &format!("b{n}"), Said::Same, "t")));
        let text = written(&all);
        for percent in 0..100 {
            let cut = &text[..text.len() * percent / 100];
            match Decisions::parse(cut) {
                Ok(some) => assert_eq!(some.lines, all.lines[..some.lines.len()]),
                Err(error) => assert!(error.starts_with("line "), "{error}"),
            }
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,80}|(\\{\"a\":\"\\PC{0,3}\"[,}]?\n?){0,3}") {
            let _ = Decisions::parse(&text);
        }
    }
}
