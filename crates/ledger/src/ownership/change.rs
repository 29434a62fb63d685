//! What if: a share, a right or a listing that is not so, to see what it would alter.
//!
//! In come sentences, `A owns 30% of B`, `A votes 60% of B`, `A appoints the board of B`, `A controls B`, `A is B`, `list A`, `delist A`; out comes a changed
//! [`Network`]. A sentence replaces what is recorded between the two; a party that is not recorded is taken as a new one, and that is said.

use serde::Serialize;

use super::{
    holding::{Holding, Interest, PartyNo, Period, Source},
    network::{Doubt, DoubtKind, Listing, Network},
    share::Share,
};
use crate::error::LedgerError;

/// The dataset of what is assumed.
pub const ASSUMED: &str = "assumed";

/// Something that might be so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "change", rename_all = "kebab-case")]
pub enum Change {
    /// Somebody has so much of something.
    Holds {
        /// Who, by id or name.
        owner: String,
        /// What.
        interest: Interest,
        /// How much.
        share: Share,
        /// Of whom.
        asset: String,
    },
    /// Two records are of one and the same.
    Same {
        /// The one.
        party: String,
        /// The other, whose id and name it goes by.
        other: String,
    },
    /// Somebody is listed by every regime.
    List {
        /// Who.
        party: String,
    },
    /// Somebody is listed by none.
    Delist {
        /// Who.
        party: String,
    },
}

impl Change {
    /// Reads a sentence.
    ///
    /// # Errors
    /// When it is none of those that are known, which it names.
    pub fn parse(text: &str) -> Result<Change, LedgerError> {
        let wrong = || {
            LedgerError::refused(format!(
                "{text:?} is not understood; right would be \"A owns 30% of B\", \"A votes 60% of B\", \"A appoints the board of B\", \
                 \"A controls B\", \"A is B\", \"list A\" or \"delist A\", with ids or names"
            ))
        };
        let text = text.trim();
        let named = |name: &str| Some(name.trim().to_owned()).filter(|name| !name.is_empty());
        if let Some(party) = text.strip_prefix("list ") {
            return Ok(Change::List { party: named(party).ok_or_else(wrong)? });
        }
        if let Some(party) = text.strip_prefix("delist ") {
            return Ok(Change::Delist { party: named(party).ok_or_else(wrong)? });
        }
        for (words, interest) in [(" owns ", Interest::Shares), (" votes ", Interest::Votes)] {
            let Some((owner, rest)) = text.split_once(words) else { continue };
            let (share, asset) = rest.split_once(" of ").ok_or_else(wrong)?;
            let share = if share.trim() == "nothing" { Ok(Share::percent(0)) } else { Share::parse(share) };
            let share = share.map_err(|error| LedgerError::refused(format!("{text:?}: {error}")))?;
            let (owner, asset) = (named(owner).ok_or_else(wrong)?, named(asset).ok_or_else(wrong)?);
            return Ok(Change::Holds { owner, interest, share, asset });
        }
        if let Some((party, other)) = text.split_once(" is ") {
            return Ok(Change::Same { party: named(party).ok_or_else(wrong)?, other: named(other).ok_or_else(wrong)? });
        }
        let board = text.split_once(" appoints the board of ").map(|ends| (ends, Interest::Board, Share::ALL));
        let control = text.split_once(" controls ").map(|ends| (ends, Interest::Control, Share::UNKNOWN));
        let ((owner, asset), interest, share) = board.or(control).ok_or_else(wrong)?;
        let (owner, asset) = (named(owner).ok_or_else(wrong)?, named(asset).ok_or_else(wrong)?);
        Ok(Change::Holds { owner, interest, share, asset })
    }
}

impl std::fmt::Display for Change {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Change::Holds { owner, interest: Interest::Board, asset, .. } => {
                write!(f, "{owner} appoints the board of {asset}")
            }
            Change::Holds { owner, interest: Interest::Control, asset, .. } => write!(f, "{owner} controls {asset}"),
            Change::Holds { owner, interest: Interest::Votes, share, asset } => {
                write!(f, "{owner} votes {share} of {asset}")
            }
            Change::Holds { owner, share, asset, .. } => write!(f, "{owner} owns {share} of {asset}"),
            Change::Same { party, other } => write!(f, "{party} is {other}"),
            Change::List { party } => write!(f, "list {party}"),
            Change::Delist { party } => write!(f, "delist {party}"),
        }
    }
}

impl Network {
    /// Changes the network.
    ///
    /// # Errors
    /// When a name means several parties, or somebody is to be delisted of whom nothing is recorded; the network is as it was then.
    pub fn assume(&mut self, changes: &[Change]) -> Result<(), LedgerError> {
        // First whom is meant, so that nothing is half changed.
        let mut new: Vec<&str> = Vec::new();
        for change in changes {
            match change {
                Change::Holds { owner, asset, .. } => {
                    for text in [owner, asset] {
                        new.extend(self.meant(text)?.is_none().then_some(text.as_str()));
                    }
                }
                Change::List { party } => new.extend(self.meant(party)?.is_none().then_some(party.as_str())),
                Change::Same { party, other } => {
                    for text in [party, other] {
                        self.known(text, &new)?;
                    }
                }
                Change::Delist { party } => self.known(party, &new)?,
            }
        }
        for (nth, change) in changes.iter().enumerate() {
            match change {
                Change::Holds { owner, interest, share, asset } => {
                    let (owner, asset) = (self.meant_or_new(owner)?, self.meant_or_new(asset)?);
                    self.hold_instead(owner, asset, *interest, *share, nth + 1);
                }
                Change::Same { party, other } => {
                    let (party, other) = (self.one(party)?, self.one(other)?);
                    self.take_for(party, other);
                }
                Change::List { party } => {
                    let no = self.meant_or_new(party)?;
                    self.parties[no as usize].listings.push(Listing { dataset: None, period: Period::default() });
                }
                Change::Delist { party } => {
                    let no = self.one(party)?;
                    self.parties[no as usize].listings.clear();
                }
            }
        }
        Ok(())
    }

    /// The one party that a text means.
    ///
    /// # Errors
    /// When there is none, or when there are several, whom it names.
    pub fn one(&self, text: &str) -> Result<PartyNo, LedgerError> {
        self.meant(text)?
            .ok_or_else(|| LedgerError::refused(format!("nobody recorded has the id or the name {text:?}")))
    }

    fn meant(&self, text: &str) -> Result<Option<PartyNo>, LedgerError> {
        const SHOWN: usize = 6;
        let found = self.find(text);
        if found.len() < 2 {
            return Ok(found.first().copied());
        }
        let named = |no: &PartyNo| format!("{} ({})", self.party(*no).name(), self.party(*no).id);
        let shown = found.iter().take(SHOWN).map(named).collect::<Vec<_>>().join(", ");
        let more = if found.len() > SHOWN { format!(" and {} more", found.len() - SHOWN) } else { String::new() };
        Err(LedgerError::refused(format!("{text:?} may be {shown}{more}; right would be an id")))
    }

    /// Refuses a text that means nobody who is recorded, nor anybody whom an earlier sentence brings in.
    fn known(&self, text: &str, new: &[&str]) -> Result<(), LedgerError> {
        if new.contains(&text) { Ok(()) } else { self.one(text).map(drop) }
    }

    fn meant_or_new(&mut self, text: &str) -> Result<PartyNo, LedgerError> {
        if let Some(no) = self.meant(text)? {
            return Ok(no);
        }
        let no = self.enter(text);
        let party = &mut self.parties[no as usize];
        (party.names, party.schema) = (vec![text.to_owned()], Some("LegalEntity"));
        let what = format!("nobody recorded is called {text:?}; taken as somebody new");
        self.doubts.push(Doubt { kind: DoubtKind::Assumed, parties: vec![no], source: None, what });
        Ok(no)
    }

    /// Everything that is said of one party is said of another.
    fn take_for(&mut self, party: PartyNo, other: PartyNo) {
        if party == other {
            return;
        }
        for holding in &mut self.holdings {
            for end in [&mut holding.owner, &mut holding.asset] {
                if *end == party {
                    *end = other;
                }
            }
        }
        self.by_id.values_mut().filter(|no| **no == party).for_each(|no| *no = other);
        let one = &mut self.parties[party as usize];
        let (mut names, mut listings) = (std::mem::take(&mut one.names), std::mem::take(&mut one.listings));
        let known = &mut self.parties[other as usize];
        known.names.append(&mut names);
        known.listings.append(&mut listings);
    }

    fn hold_instead(&mut self, owner: PartyNo, asset: PartyNo, interest: Interest, share: Share, nth: usize) {
        let is_same = |holding: &Holding| (holding.owner, holding.asset, holding.interest) == (owner, asset, interest);
        self.holdings.retain(|holding| !is_same(holding));
        let source = Source { dataset: ASSUMED.to_owned(), record: nth.to_string() };
        let (kind, period) = (ASSUMED.to_owned(), Period::default());
        self.holdings.push(Holding { owner, asset, interest, share, kind, period, source });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_read_and_told_again() {
        for (text, told) in [
            ("A owns 30% of B", "A owns 30 % of B"),
            ("  Deniz A.Ş. owns more than 50 % of Bank of Örnek ", "Deniz A.Ş. owns more than 50 % of Bank of Örnek"),
            ("A owns nothing of B", "A owns 0 % of B"),
            ("A votes 60% of B", "A votes 60 % of B"),
            ("A appoints the board of B", "A appoints the board of B"),
            ("A controls B", "A controls B"),
            ("A is B", "A is B"),
            ("list A B", "list A B"),
            ("delist A", "delist A"),
        ] {
            assert_eq!(Change::parse(text).unwrap().to_string(), told);
        }
        for text in ["", "list ", "A owns B", "A owns 300% of B", " owns 3 of B", "A likes B"] {
            assert!(Change::parse(text).is_err(), "{text}");
        }
    }
}
