//! One listed party: names by script, identifiers, listings, who stands behind it, what belongs to it.
//!
//! In comes its profile, out comes the page. The proof of ownership is a table whose shares add up step by step, with a bar for each share against the half.

use std::collections::BTreeMap;

use askama::Template;
use mihenk_node::{
    Listing, Profile,
    diff::{Happened, Turn},
    differences::FieldChange,
    entities::schema::PropertyType,
    ledger::ownership::solve::Answer,
    ownership::{HolderTold, ProofTold, RegimeTold, Standing, StepTold, SumTold, TermTold},
};

use mihenk_node::script::script_of;

use crate::{frame::Frame, refusal::Why, share};

/// The page.
#[derive(Debug, Template)]
#[template(path = "entity.html")]
pub struct EntityPage<'a> {
    /// What stands around it.
    pub t: &'a Frame,
    /// Everything the lists say of it.
    pub profile: &'a Profile,
    /// What it is called first.
    pub caption: &'a str,
    /// Its other ids.
    pub referents: &'a [String],
    /// The lists that keep it until somebody has looked, although their publisher has it no more.
    pub removal_waits: &'a [String],
    /// Who stands behind it.
    pub standing: Option<&'a Standing>,
    /// Why that is not known.
    pub no_standing: Option<&'a Why>,
    /// How what lists say of it has changed, the newest first; none where nobody has looked.
    pub turns: Option<&'a [Turn]>,
    /// Why that is not known.
    pub no_turns: Option<&'a Why>,
    /// Whether it can be looked for.
    pub can_ask_for_turns: bool,
    /// What those are called that its relations name, by id.
    pub others: &'a BTreeMap<String, String>,
}

/// A relation of the party.
struct Related<'a> {
    schema: &'static str,
    /// Who is at the other end: id and caption.
    ends: Vec<(&'a str, &'a str)>,
    /// What else is said of it.
    facts: Vec<(&'a str, &'a [String])>,
}

const NAMES: [&str; 7] = ["name", "alias", "weakAlias", "previousName", "abbreviation", "firstName", "lastName"];
/// What says nothing of who it is.
const APART: [&str; 4] = ["topics", "indexText", "modifiedAt", "createdAt"];

impl EntityPage<'_> {
    /// Names by script, the Latin ones first.
    fn names(&self) -> Vec<(String, Vec<&str>)> {
        let mut by: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for property in NAMES.iter().take(5) {
            for value in self.profile.entity.values(property) {
                let script = script_of(value).map_or("Latn", |(script, _)| script);
                let names = by.entry(if script == "Latn" { "" } else { script }).or_default();
                if !names.contains(&value.as_str()) {
                    names.push(value);
                }
            }
        }
        let named = |script: &str| self.t.of("script", if script.is_empty() { "Latn" } else { script });
        by.into_iter().map(|(script, names)| (named(script), names)).collect()
    }

    /// Everything else that is said of it.
    fn facts(&self) -> Vec<(&str, &[String])> {
        let properties = self.profile.entity.properties.iter();
        let said =
            properties.filter(|(name, _)| !NAMES[..5].contains(&name.as_str()) && !APART.contains(&name.as_str()));
        said.map(|(name, values)| (name.as_str(), values.as_slice())).collect()
    }

    fn listings(&self) -> Vec<Listing> {
        self.profile.listings().collect()
    }

    fn topics(&self) -> &[String] {
        self.profile.entity.values("topics")
    }

    /// The key of what happened, and what is other.
    fn happened<'b>(&self, turn: &'b Turn) -> (&'static str, &'b [FieldChange]) {
        match &turn.what {
            Happened::Added => ("turn-added", &[]),
            Happened::Removed => ("turn-removed", &[]),
            Happened::Changed(fields) => ("turn-changed", fields),
        }
    }

    /// Whether a turn is of the party itself, and not of what belongs to it.
    fn is_own(&self, turn: &Turn) -> bool {
        turn.schema != "Sanction"
    }

    /// What belongs to it, but for its listings.
    fn related(&self) -> Vec<Related<'_>> {
        let others = self.profile.related.iter().filter(|one| one.schema.name() != "Sanction");
        others.map(|one| self.relation(one)).collect()
    }

    fn relation<'s>(&'s self, one: &'s mihenk_node::Entity) -> Related<'s> {
        let is_end =
            |name: &str| one.schema.property(name).is_some_and(|it| matches!(it.kind, PropertyType::Entity(_)));
        let said = one.properties.iter().filter(|(name, _)| !APART.contains(&name.as_str()));
        let (ends, facts): (Vec<_>, Vec<_>) = said.partition(|(name, _)| is_end(name));
        let ends = ends.into_iter().flat_map(|(_, ids)| ids).filter_map(|id| self.others.get_key_value(id));
        Related {
            schema: one.schema.name(),
            ends: ends.map(|(id, caption)| (id.as_str(), caption.as_str())).collect(),
            facts: facts.into_iter().map(|(name, values)| (name.as_str(), values.as_slice())).collect(),
        }
    }

    fn answer(&self, regime: &RegimeTold) -> &'static str {
        word(regime.answer)
    }

    fn step_answer(&self, step: &StepTold) -> &'static str {
        word(step.answer)
    }

    /// Whether anybody holds anything in a proof.
    fn has_terms(&self, proof: &ProofTold) -> bool {
        proof.steps.iter().any(|step| !step.terms.is_empty())
    }

    /// Thousandths of all.
    fn share(&self, term: &TermTold) -> i64 {
        i64::from(term.lower_ppb / 1_000_000)
    }

    /// What a holder has.
    fn part(&self, term: &TermTold) -> String {
        share::between(self.t, term.lower_ppb.into(), term.upper_ppb.into())
    }

    /// What all who count have.
    fn sum(&self, sum: &Option<SumTold>) -> String {
        sum.as_ref().map_or_else(String::new, |sum| share::between(self.t, sum.sum.lower, sum.sum.upper))
    }

    /// What a holder has themselves.
    fn direct(&self, holder: &HolderTold) -> Option<String> {
        let share = holder.direct_share?;
        Some(share::between(self.t, share.lower().into(), share.upper().into()))
    }

    /// What a holder has in effect.
    fn effective(&self, holder: &HolderTold) -> String {
        match (holder.effective_lower_ppb, holder.effective_upper_ppb) {
            (_, None) => self.t.say("share-no-limit"),
            // Bounds that are one part apart are the same but for rounding.
            (lower, Some(upper)) if upper - lower <= 1 => share::between(self.t, upper, upper),
            (lower, Some(upper)) => share::between(self.t, lower, upper),
        }
    }
}

fn word(answer: Answer) -> &'static str {
    match answer {
        Answer::NotBlocked => "not-blocked",
        Answer::CannotBeTold => "cannot-be-told",
        Answer::Blocked => "blocked",
        Answer::Listed => "listed",
    }
}
