//! A person's decision on two entities: recorded with its reason and its evidence, and put in use.
//!
//! In come two ids and what is decided of them; out comes the [`Decision`] when it is in the file, and at the end of a [`Session`] an
//! index that follows all of them is in use. A decision that joins two whom another one keeps apart is refused: that one has to be undone first. To undo what a rule
//! joined is to decide that the two are different.

use std::{collections::BTreeMap, path::Path};

use mihenk_screening::merging::{contradictions::schemata, proposals::BASE_RATE};

use super::{
    decisions::{Decision, Decisions, Said, pair},
    merges::{By, Merged, Merges},
    proposing::{record, weighed},
};
use crate::{Model, Node, Source, assembly::Assembly, error::NodeError, folder::Folder, node::Added, swap};

/// What a person does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// They are one.
    Accept,
    /// They are two.
    Reject,
    /// What joins or parts them is taken back.
    Undo,
}

/// A decision that a person makes.
#[derive(Clone, Copy, Debug)]
pub struct Deciding<'a> {
    /// What.
    pub act: Act,
    /// The id of the one.
    pub a: &'a str,
    /// The id of the other one.
    pub b: &'a str,
    /// Why; not empty.
    pub reason: &'a str,
    /// Who; not empty.
    pub by: &'a str,
}

/// A folder while decisions are made: opened once, put in use at the end.
#[derive(Debug)]
pub struct Session {
    folder: Folder,
    node: Node,
    /// Entities by the ids under which they are screened.
    numbers: BTreeMap<String, u32>,
    decisions: Decisions,
    merges: Merges,
    has_changed: bool,
}

impl Session {
    /// Opens a folder.
    ///
    /// # Errors
    /// When there are no lists, or files cannot be read.
    pub fn open(path: &Path, model: Model) -> Result<Session, NodeError> {
        let folder = Folder::new(path.to_owned());
        let node = Node::open(&Source::Folder(path.to_owned()), model)?;
        let merges = node.lookup().merges().clone();
        let index = node.screener().index;
        let numbers = (0..index.entity_count() as u32).map(|n| (index.entity(n).id().to_owned(), n)).collect();
        Ok(Session { decisions: Decisions::read(&folder)?, folder, node, numbers, merges, has_changed: false })
    }

    /// Records a decision. It is in the file at once; [`Session::finish`] puts it in use.
    ///
    /// # Errors
    /// When it cannot be made as it was asked, or not be written.
    pub fn decide(&mut self, deciding: &Deciding, now: &str) -> Result<Decision, NodeError> {
        self.decide_with(deciding, now, |_| Ok(()))
    }

    /// The same, recorded by `record` before it is in the file.
    pub(crate) fn decide_with(
        &mut self,
        deciding: &Deciding,
        now: &str,
        record: impl FnOnce(&Decision) -> Result<(), NodeError>,
    ) -> Result<Decision, NodeError> {
        let lock = self.folder.lock()?;
        self.decisions = Decisions::read(&self.folder)?;
        let decision = self.decision(deciding, now)?;
        let next = self.decisions.with(decision.clone());
        let merges = self.planned(&next)?;
        if let Some(conflict) = merges.conflicts.iter().find(|c| !self.merges.conflicts.contains(c)) {
            let what = format!("{} and {}: {}", conflict.a, conflict.b, conflict.what);
            if decision.said == Said::Same {
                return Err(NodeError::Act(format!("that does not fit what was decided before. {what}")));
            }
        }
        record(&decision)?;
        next.write(&self.folder, &lock)?;
        (self.decisions, self.merges, self.has_changed) = (next, merges, true);
        Ok(decision)
    }

    /// Puts what was decided in use; gives who is one now.
    ///
    /// # Errors
    /// When the index cannot be made: whoever screens next makes it.
    pub fn finish(self, now: &str) -> Result<Added, NodeError> {
        let lists = self.node.lists().to_vec();
        if !self.has_changed {
            return Ok(Added { lists, entities: self.node.entity_count(), merges: self.merges });
        }
        let lock = self.folder.lock()?;
        let decisions = Decisions::read(&self.folder)?;
        let built = swap::put_decisions_in_use(&self.folder, &lock, &decisions, self.node.model(), now)?;
        Ok(Added { lists, entities: built.entities, merges: built.merges })
    }

    /// The data folder.
    pub(crate) fn root(&self) -> &Path {
        self.folder.root()
    }

    /// Who is one by now, and what decisions leave open.
    #[must_use]
    pub fn merges(&self) -> &Merges {
        &self.merges
    }

    /// What an entity is called.
    #[must_use]
    pub fn caption(&self, id: &str) -> Option<&str> {
        self.number(id).map(|number| self.node.screener().index.entity(number).caption())
    }

    /// What would be one with other decisions.
    fn planned(&self, decisions: &Decisions) -> Result<Merges, NodeError> {
        let current = self.folder.current()?;
        Ok(Assembly::plan(&self.folder, &current, decisions, self.node.model())?.merges().clone())
    }

    fn decision(&self, deciding: &Deciding, now: &str) -> Result<Decision, NodeError> {
        let (a, b) = pair(deciding.a.trim(), deciding.b.trim());
        let (reason, by) = (deciding.reason.trim(), deciding.by.trim());
        let wrong = |what: &str| Err(NodeError::Act(what.to_owned()));
        if reason.is_empty() {
            return wrong("a decision needs a reason: --reason \"…\"");
        }
        if by.is_empty() {
            return wrong("a decision needs somebody who makes it: --by NAME");
        }
        if a == b {
            return wrong("one entity cannot be decided on; give the ids of two");
        }
        let held = self.decisions.of(a, b);
        let said = match deciding.act {
            Act::Accept => Said::Same,
            Act::Reject => Said::Different,
            Act::Undo if held.is_some() => Said::Undone,
            Act::Undo => self.undo_of_a_rule(a, b)?,
        };
        if held.is_some_and(|decision| decision.said == said) {
            return wrong(&format!("that is decided already for {a} and {b}"));
        }
        let numbers = (self.number(a), self.number(b));
        // What is taken back need not be there.
        if said != Said::Undone {
            let missing = [(a, numbers.0), (b, numbers.1)].into_iter().find(|(_, number)| number.is_none());
            if let Some((id, _)) = missing {
                return wrong(&format!("no list in use has an entity '{id}'"));
            }
        }
        let bits = self.evidence(said, numbers)?;
        let index = self.node.screener().index;
        let caption = |number: Option<u32>, id: &str| number.map_or(id, |n| index.entity(n).caption()).to_owned();
        Ok(Decision {
            at: now.to_owned(),
            by: by.to_owned(),
            said,
            a: a.to_owned(),
            b: b.to_owned(),
            names: (caption(numbers.0, a), caption(numbers.1, b)),
            reason: reason.to_owned(),
            bits,
            rule: self.rule(a, b),
            model: self.node.model().short_id(),
            lists: self.node.lists().iter().map(|list| (list.dataset.clone(), list.version.clone())).collect(),
        })
    }

    /// The evidence that two are one, in bits; none where they are one already.
    fn evidence(&self, said: Said, numbers: (Option<u32>, Option<u32>)) -> Result<Option<f64>, NodeError> {
        let (Some(a), Some(b)) = numbers else { return Ok(None) };
        if a == b {
            return Ok(None);
        }
        let index = self.node.screener().index;
        let kinds = schemata(index.entity(a).schema(), index.entity(b).schema());
        if let Some(why) = kinds.filter(|_| said == Said::Same) {
            return Err(NodeError::Act(format!("nothing is both: {why}")));
        }
        let found = weighed(self.node.screener(), &record(&self.node, a)?, (a, b), BASE_RATE);
        Ok(found.map(|found| found.hit.bits.as_f64()))
    }

    /// The number in the index of whoever has an id.
    fn number(&self, id: &str) -> Option<u32> {
        self.numbers.get(self.node.lookup().canonical(id)).copied()
    }

    fn merged(&self, id: &str) -> Option<&Merged> {
        self.merges.merged.iter().find(|merged| merged.ids.iter().any(|known| known == id))
    }

    /// What a rule says of two: that they are one, or that they would be.
    fn rule(&self, a: &str, b: &str) -> Option<String> {
        let links = self.merged(a).into_iter().flat_map(|merged| &merged.links);
        let link = links.into_iter().find(|link| link.by == By::Rule && pair(&link.a, &link.b) == (a, b));
        let blocked = || self.merges.blocked.iter().find(|link| pair(&link.a, &link.b) == (a, b));
        link.map(|link| format!("one by {}", link.why))
            .or_else(|| blocked().map(|l| format!("{}, but {}", l.shares.join("; "), l.against.join("; "))))
    }

    /// To undo what a rule says is to say that the two are different; what only follows from links has to be undone there.
    fn undo_of_a_rule(&self, a: &str, b: &str) -> Result<Said, NodeError> {
        let merged = self.merged(a).filter(|merged| merged.ids.iter().any(|id| id == b));
        let Some(merged) = merged else {
            return Err(NodeError::Act(format!("nothing is decided of {a} and {b}, and no rule joins them")));
        };
        if merged.links.iter().any(|link| link.by == By::Rule && pair(&link.a, &link.b) == (a, b)) {
            return Ok(Said::Different);
        }
        let links: Vec<String> = merged.links.iter().map(|l| format!("{} {} ({})", l.a, l.b, l.why)).collect();
        let what = "are one only because of others; undo one of these";
        Err(NodeError::Act(format!("{a} and {b} {what}: {}", links.join(", "))))
    }
}
