//! Parties, what they hold of each other, who is listed, and what is doubtful: everything that records say, whatever the day.
//!
//! In come what [`super::records`] reads; out comes a [`Network`]: parties are found in it by id or name, and [`Network::on`] gives what is so on a day as a
//! [`OnDay`], in which each two parties have one edge for each interest. Where several records speak of the same holding, they are put together so that
//! nothing is counted twice for certain and nothing is lost: see [`OnDay`].

use std::collections::{BTreeMap, BTreeSet};

use mihenk_entities::date;
use rustc_hash::FxHashMap;
use serde::Serialize;

use super::{
    graph::{Edge, Graph},
    holding::{Certainty, Holding, Interest, PartyNo, Period, Source},
    rule::Rule,
    share::{Share, WHOLE, told},
    solve::Listed,
};
use crate::day::Day;

/// A person, a company, a vessel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// Its id.
    pub id: String,
    /// Its names, the first of them the one to show.
    pub names: Vec<String>,
    /// Its schema in FollowTheMoney; none if there is no record of it.
    pub schema: Option<&'static str>,
    /// Its entries on lists.
    pub listings: Vec<Listing>,
}

/// An entry on a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// The list; none if it is assumed, for every regime.
    pub dataset: Option<String>,
    /// From when until when.
    pub period: Period,
}

impl Party {
    /// The name to show; the id if there is none.
    #[must_use]
    pub fn name(&self) -> &str {
        self.names.first().map_or(&self.id, String::as_str)
    }

    /// Whether it may be anybody: there is no record of it, or one without a name.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        self.names.is_empty()
    }

    /// Whether it is a natural person, whom nobody can hold.
    #[must_use]
    pub fn is_person(&self) -> bool {
        self.schema == Some("Person")
    }

    /// The lists of a rule on which it stands on a day, and how certainly.
    #[must_use]
    pub fn listed(&self, rule: &Rule, day: date::Day) -> (Certainty, Vec<&str>) {
        let of_rule = |listing: &&Listing| listing.dataset.as_ref().is_none_or(|dataset| rule.lists.contains(dataset));
        let on = self.listings.iter().filter(of_rule).map(|l| (l.period.holds(day), l.dataset.as_deref()));
        let on: Vec<(Certainty, Option<&str>)> = on.filter(|(is, _)| *is > Certainty::No).collect();
        let is = on.iter().map(|(is, _)| *is).max().unwrap_or(Certainty::No);
        let lists: BTreeSet<&str> = on.iter().map(|(_, list)| list.unwrap_or("assumed")).collect();
        (is, lists.into_iter().collect())
    }
}

/// Something that is wrong or open in what is recorded.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Doubt {
    /// What: a word for machines.
    pub kind: DoubtKind,
    /// Whom it concerns.
    #[serde(skip)]
    pub parties: Vec<PartyNo>,
    /// Where it stands; none where it follows from several records.
    pub source: Option<Source>,
    /// What was found, and what was done with it.
    pub what: String,
}

/// What is doubtful.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DoubtKind {
    /// More than all of the shares or votes of a party is recorded.
    MoreThanAll,
    /// A holder whom no record describes, or whom a record does not name.
    MissingParty,
    /// A share that is not recorded, or not understood.
    UnknownShare,
    /// An end before the start.
    Dates,
    /// A date that is none.
    UnreadableDate,
    /// A party that holds itself.
    OwnsItself,
    /// A natural person who is held.
    PersonHeld,
    /// Several records of one holding.
    SeveralRecords,
    /// A holding through others who are not recorded.
    Indirect,
    /// It is assumed, not recorded.
    Assumed,
}

/// All that records say.
#[derive(Clone, Debug, Default)]
pub struct Network {
    pub(super) parties: Vec<Party>,
    pub(super) by_id: FxHashMap<String, PartyNo>,
    pub(super) holdings: Vec<Holding>,
    pub(super) doubts: Vec<Doubt>,
}

impl Network {
    /// The parties by number.
    #[must_use]
    pub fn parties(&self) -> &[Party] {
        &self.parties
    }

    /// A party.
    #[must_use]
    pub fn party(&self, no: PartyNo) -> &Party {
        &self.parties[no as usize]
    }

    /// The records of holdings.
    #[must_use]
    pub fn holdings(&self) -> &[Holding] {
        &self.holdings
    }

    /// The parties that a text means: the one with that id, or else those with that name, or else those whose name has all of its words.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<PartyNo> {
        if let Some(no) = self.by_id.get(text.trim()) {
            return vec![*no];
        }
        let wanted = plain(text);
        let numbered = || (0..).zip(&self.parties);
        let exactly = |party: &Party| party.names.iter().any(|name| plain(name) == wanted);
        let found: Vec<PartyNo> = numbered().filter(|(_, party)| exactly(party)).map(|(no, _)| no).collect();
        if !found.is_empty() || wanted.is_empty() {
            return found;
        }
        let words: Vec<&str> = wanted.split(' ').collect();
        let has_all = |name: &String| {
            let name = plain(name);
            words.iter().all(|word| name.split(' ').any(|own| own == *word))
        };
        numbered().filter(|(_, party)| party.names.iter().any(has_all)).map(|(no, _)| no).collect()
    }

    /// The party with an id, which is entered if there is none.
    pub(super) fn enter(&mut self, id: &str) -> PartyNo {
        if let Some(no) = self.by_id.get(id) {
            return *no;
        }
        // Parties are numbered in 32 bits; a network of four billion does not fit into memory.
        let no = self.parties.len() as PartyNo;
        self.by_id.insert(id.to_owned(), no);
        self.parties.push(Party { id: id.to_owned(), names: Vec::new(), schema: None, listings: Vec::new() });
        no
    }

    /// What is so on a day.
    #[must_use]
    pub fn on(&self, day: Day) -> OnDay {
        let date = day.date();
        // Months and days of the calendar are small and positive.
        let day = date::Day { year: date.year(), month: date.month().unsigned_abs(), day: date.day().unsigned_abs() };
        OnDay::of(self, day)
    }
}

/// Letters and digits in small letters, one blank between words.
fn plain(text: &str) -> String {
    let letters = text.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect::<String>().to_lowercase();
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What is so on a day.
///
/// Several records of one holding, one owner's interest in one asset: of one list and of different kinds (ordinary and preference shares) they add up. Of one
/// list and one kind they may be parcels or one holding told twice: at least the smallest, at most all together. Different lists tell
/// of the same holding: where they differ, at least the least and at most the most of what they say.
#[derive(Clone, Debug)]
pub struct OnDay {
    /// The day.
    pub day: date::Day,
    /// The holdings in arrays.
    pub graph: Graph,
    /// What is doubtful on that day, the gravest first.
    pub doubts: Vec<Doubt>,
    /// The records behind the edge of an owner, an asset and an interest.
    pub records: BTreeMap<(PartyNo, PartyNo, Interest), Vec<usize>>,
    listed_none: Listed,
}

impl OnDay {
    fn of(network: &Network, day: date::Day) -> OnDay {
        let mut records: BTreeMap<(PartyNo, PartyNo, Interest), Vec<usize>> = BTreeMap::new();
        let mut doubts = network.doubts.clone();
        for (at, holding) in network.holdings.iter().enumerate() {
            if holding.period.holds(day) == Certainty::No {
                continue;
            }
            let is_of_person = network.party(holding.asset).is_person();
            if is_of_person && !matches!(holding.interest, Interest::Tie | Interest::Office) {
                let what = "a natural person cannot be held; the record is left out";
                doubts.push(doubt(DoubtKind::PersonHeld, holding, what.to_owned()));
                continue;
            }
            if holding.owner == holding.asset {
                let what = format!("holds {} of itself, which counts for nobody", holding.share);
                doubts.push(doubt(DoubtKind::OwnsItself, holding, what));
                continue;
            }
            records.entry((holding.owner, holding.asset, holding.interest)).or_default().push(at);
        }
        let edge = |(&(owner, asset, interest), held): (&(PartyNo, PartyNo, Interest), &Vec<usize>)| {
            let held: Vec<&Holding> = held.iter().map(|at| &network.holdings[*at]).collect();
            let (share, said) = together(&held, day);
            if let Some(what) = said {
                let parties = vec![owner, asset];
                doubts.push(Doubt { kind: DoubtKind::SeveralRecords, parties, source: None, what });
            }
            Edge { owner, asset, interest, share }
        };
        let edges: Vec<Edge> = records.iter().map(edge).collect();
        for edge in edges.iter().filter(|edge| edge.interest.is_counted() && edge.share == Share::UNKNOWN) {
            let holding = &network.holdings[records[&(edge.owner, edge.asset, edge.interest)][0]];
            let what = format!("how much of the {} is not known", edge.interest.told());
            doubts.push(doubt(DoubtKind::UnknownShare, holding, what));
        }
        let graph = Graph::new(network.parties.len(), edges);
        for asset in (0..).take(network.parties.len()) {
            for interest in [Interest::Shares, Interest::Votes] {
                let recorded = graph.recorded(asset, interest);
                if recorded > u64::from(WHOLE) {
                    let what = format!("{} of the {} is recorded, more than all", told(recorded), interest.told());
                    doubts.push(Doubt { kind: DoubtKind::MoreThanAll, parties: vec![asset], source: None, what });
                }
            }
        }
        doubts.sort();
        doubts.dedup();
        OnDay { day, graph, doubts, records, listed_none: nobody(network) }
    }

    /// Who is on a rule's lists that day.
    #[must_use]
    pub fn listed(&self, network: &Network, rule: &Rule) -> Listed {
        let mut listed = self.listed_none.clone();
        for (at, party) in network.parties.iter().enumerate().filter(|(_, party)| !party.listings.is_empty()) {
            match party.listed(rule, self.day).0 {
                Certainty::Yes => listed.certain[at] = true,
                Certainty::Perhaps => listed.perhaps[at] = true,
                Certainty::No => {}
            }
        }
        listed
    }
}

fn nobody(network: &Network) -> Listed {
    let mut listed = Listed::nobody(network.parties.len());
    for holding in network.holdings.iter().filter(|holding| holding.interest != Interest::Tie) {
        let owner = holding.owner as usize;
        listed.unknown[owner] = network.parties[owner].is_unknown();
    }
    listed
}

fn doubt(kind: DoubtKind, holding: &Holding, what: String) -> Doubt {
    Doubt { kind, parties: vec![holding.owner, holding.asset], source: Some(holding.source.clone()), what }
}

/// What several records of one holding come to, and what has to be said of it.
fn together(held: &[&Holding], day: date::Day) -> (Share, Option<String>) {
    let on_day = |holding: &&&Holding| match holding.period.holds(day) {
        Certainty::Yes => holding.share,
        _ => holding.share.perhaps(),
    };
    if let [one] = held {
        return (on_day(&one), None);
    }
    if !held[0].interest.is_counted() {
        let is_certain = held.iter().any(|holding| on_day(&holding) == Share::ALL);
        return (if is_certain { Share::ALL } else { Share::UNKNOWN }, None);
    }
    // By list, and in it by kind.
    let mut lists: BTreeMap<&str, BTreeMap<&str, Vec<Share>>> = BTreeMap::new();
    for holding in held {
        let kinds = lists.entry(&holding.source.dataset).or_default();
        kinds.entry(&holding.kind).or_default().push(on_day(&holding));
    }
    let is_twice = lists.values().flat_map(BTreeMap::values).any(|shares| shares.len() > 1);
    let of_lists: Vec<Share> = lists.values().map(of_list).collect();
    let differ = of_lists.iter().any(|share| *share != of_lists[0]);
    let share = of_lists.into_iter().reduce(Share::hull).unwrap_or(Share::UNKNOWN);
    let what = match (is_twice, differ) {
        (_, true) => format!("{} lists differ on the {}: taken as {share}", lists.len(), held[0].interest.told()),
        (true, false) => format!(
            "{} records of one kind of {} may be one holding: taken as {share}",
            held.len(),
            held[0].interest.told()
        ),
        (false, false) => return (share, None),
    };
    (share, Some(what))
}

fn of_list(kinds: &BTreeMap<&str, Vec<Share>>) -> Share {
    let of_kind = |shares: &Vec<Share>| {
        let all = shares.iter().copied().reduce(|one, other| one.and(other).0).unwrap_or(Share::UNKNOWN);
        let least = shares.iter().map(|share| share.lower()).min().unwrap_or(0);
        // The least of them is not more than all together.
        Share::between(least.min(all.upper()), all.upper()).unwrap_or(all)
    };
    kinds.values().map(of_kind).reduce(|one, other| one.and(other).0).unwrap_or(Share::UNKNOWN)
}
