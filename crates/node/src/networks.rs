//! Networks: how subjects are tied, asked of the lists, of files, and of what the ledger holds.
//!
//! In come names or ids ([`Asked`]) and where to look; out comes an [`Answered`]: what each name was taken for, paths, neighbours, groups, each figure with
//! what it is made of. `facts` says what of a record ties it to others, `office` the same of customers and cases, `gather` puts all of it into one
//! network, `taken` finds who is meant, `picture` draws. Evidence and search are in [`mihenk_ledger::networks`].
//!
//! Records of victims are left out of every network, with all that they say.

mod facts;
mod gather;
mod office;
mod picture;
mod taken;

use std::collections::{BTreeMap, BTreeSet};

use mihenk_ledger::networks::{
    Left, MOST_TIES, Scratch, Step, Subject, Tie,
    around::{Around, around},
    groups::{Group, groups},
    paths::{self, Between, between},
};
use serde::Serialize;

use crate::error::NodeError;

pub use self::{
    facts::Unread,
    gather::{Gathered, Places, files, gather},
    office::{Office, office},
    picture::{draw, labelled},
    taken::{By, Taken},
};

/// The most ties of a path between two, when nobody says it, and around one.
const TIES_BETWEEN: usize = 6;
const TIES_AROUND: usize = 2;

/// What is asked of a network.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Names or ids: of one, what is around it; of several, what ties each two.
    pub subjects: Vec<String>,
    /// The most ties of a path; 6 between two and 2 around one when nobody says it.
    pub most_ties: Option<usize>,
    /// The most paths between two, of either kind.
    pub paths: usize,
    /// The most neighbours of one.
    pub neighbours: usize,
    /// Whether groups are asked for: those of the subjects, or all.
    pub groups: bool,
}

/// What a network says.
#[derive(Clone, Debug, Serialize)]
pub struct Answered {
    /// What each name was taken for.
    pub taken: Vec<Taken>,
    /// What ties each two.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub between: Vec<Between>,
    /// What is around one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub around: Option<Around>,
    /// Groups that may act together; none when they were not asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub groups: Option<Vec<Group>>,
    /// Everybody who is named above, by id.
    pub subjects: BTreeMap<String, Subject>,
    /// What the network was made of.
    pub made_of: MadeOf,
}

/// What a network was made of.
#[derive(Clone, Debug, Default, Serialize)]
pub struct MadeOf {
    /// Subjects.
    pub subjects: usize,
    /// Relations, and what subjects bear.
    pub ties: usize,
    /// Among how many subjects a share is counted.
    pub among: u64,
    /// Relations that are in no network.
    #[serde(flatten)]
    pub left: Left,
    /// Values that have no form that can be compared.
    #[serde(flatten)]
    pub unread: Unread,
    /// Lists and files, with their versions.
    pub sources: Vec<String>,
    /// Customers, if they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customers: Option<usize>,
    /// Cases, if they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cases: Option<usize>,
}

/// Answers a question.
///
/// # Errors
/// When a name means nobody, or several.
pub fn answer(gathered: &Gathered, asked: &Asked) -> Result<Answered, NodeError> {
    let network = &gathered.network;
    let taken: Vec<Taken> = asked.subjects.iter().map(|name| taken::find(gathered, name)).collect::<Result<_, _>>()?;
    // Each was found in the network.
    let numbers: Vec<u32> = taken.iter().filter_map(|taken| network.find(&taken.id)).collect();
    for (at, two) in taken.iter().enumerate() {
        if let Some(same) = taken[..at].iter().find(|one| one.id == two.id) {
            return Err(NodeError::Act(format!(
                "'{}' and '{}' are both taken for {} ({}); give the id of another",
                same.asked, two.asked, two.name, two.id
            )));
        }
    }
    if numbers.is_empty() && !asked.groups {
        return Err(NodeError::Act("nobody is asked about: give names or ids, or ask for --groups".to_owned()));
    }
    if let Some(most) = asked.most_ties.filter(|most| !(1..=MOST_TIES).contains(most)) {
        return Err(NodeError::Act(format!(
            "paths of {most} ties are not looked for; right would be 1 to {MOST_TIES}"
        )));
    }
    let mut scratch = Scratch::default();
    let mut answered = Answered {
        between: Vec::new(),
        around: None,
        groups: asked.groups.then(|| groups(network, (!numbers.is_empty()).then_some(&numbers))),
        subjects: BTreeMap::new(),
        made_of: gathered.made_of.clone(),
        taken,
    };
    if let [one] = numbers[..] {
        let most_ties = asked.most_ties.unwrap_or(TIES_AROUND);
        answered.around = Some(around(network, one, most_ties, asked.neighbours, &mut scratch));
    }
    let question = paths::Asked { most_ties: asked.most_ties.unwrap_or(TIES_BETWEEN), paths: asked.paths };
    for (at, &one) in numbers.iter().enumerate() {
        for &other in &numbers[at + 1..] {
            answered.between.push(between(network, (one, other), question, &mut scratch));
        }
    }
    for id in answered.named() {
        answered.subjects.extend(network.find(&id).map(|number| (id, network.subject(number).clone())));
    }
    Ok(answered)
}

impl Answered {
    /// The steps of everything that was found.
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        let between = self.between.iter().flat_map(|two| two.shortest.iter().chain(&two.strongest));
        let paths = between.chain(self.around.iter().flat_map(|around| &around.paths));
        let pairs = self.groups.iter().flatten().flat_map(|group| &group.pairs);
        paths.flat_map(|path| &path.steps).chain(pairs.map(|pair| &pair.step))
    }

    fn named(&self) -> BTreeSet<String> {
        let asked = self.taken.iter().map(|taken| taken.id.clone());
        let ends = self.steps().flat_map(|step| [step.from.clone(), step.to.clone()]);
        let stated = self.steps().flat_map(|step| &step.ties).flat_map(|tie| match tie {
            Tie::Relation { from, to, .. } => vec![from.clone(), to.clone()],
            Tie::Attribute { .. } => Vec::new(),
        });
        asked.chain(ends).chain(stated).collect()
    }
}
