//! Regimes: on what law a freeze can rest, and what that law exempts.
//!
//! In come the files of `data/regimes`, and the user's own beside them; out come [`Regime`]s. Every statement of law has a [`LawSource`]: document,
//! paragraph, what it says in our words, where it was read, and whether the text itself was read. What was not verified is shown so
//! wherever it is shown. A regime is looked at when somebody acts; what followed is in the event, so that a changed file changes no past act.

use serde::{Deserialize, Serialize};

use crate::{error::LedgerError, refusals};

/// The regimes that come with the program: the name of the file and its text.
const BUILT_IN: &[(&str, &str)] = &[
    ("un-1267.toml", include_str!("../../../data/regimes/un-1267.toml")),
    ("un-1988.toml", include_str!("../../../data/regimes/un-1988.toml")),
    ("un-1373.toml", include_str!("../../../data/regimes/un-1373.toml")),
    ("national-order.toml", include_str!("../../../data/regimes/national-order.toml")),
    ("court-order.toml", include_str!("../../../data/regimes/court-order.toml")),
    ("eu.toml", include_str!("../../../data/regimes/eu.toml")),
    ("uk.toml", include_str!("../../../data/regimes/uk.toml")),
    ("us-ofac.toml", include_str!("../../../data/regimes/us-ofac.toml")),
];

/// A law under which assets are frozen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Regime {
    /// Its name in commands and registers, such as `un-1267`.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// Who stands behind it.
    pub authority: String,
    /// Whether a freeze rests on a listing or on an order.
    pub rests_on: RestsOn,
    /// Whether one person may hold at once, and a second confirms within 24 hours.
    pub immediate_hold: bool,
    /// The lists that hold its listings.
    pub lists: Vec<String>,
    /// Where the law says it.
    #[serde(rename = "source")]
    pub sources: Vec<LawSource>,
    /// What may be exempt.
    #[serde(rename = "exemption", default)]
    pub exemptions: Vec<ExemptionRule>,
}

/// What a freeze rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RestsOn {
    /// Somebody is on a list.
    Listing,
    /// An authority or a court ordered it.
    Order,
}

/// Where the law says something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LawSource {
    /// The resolution, regulation or act.
    pub document: String,
    /// The paragraph, article or section.
    pub paragraph: String,
    /// What it says, in our words.
    pub says: String,
    /// Where it was read.
    pub read_at: String,
    /// Whether the text itself was read.
    pub verified: bool,
}

/// Something that a regime exempts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExemptionRule {
    /// Its name in commands, such as `basic-expenses`.
    pub kind: String,
    /// What people call it.
    pub title: String,
    /// What must happen before it may be used.
    pub procedure: Procedure,
    /// Working days within which the committee may object, for [`Procedure::Notify`].
    #[serde(default)]
    pub working_days: Option<u32>,
    /// Whether it is for everybody under its terms, and not for one payer.
    #[serde(default)]
    pub general: bool,
    /// Whether it has an amount that its uses together must not exceed.
    pub needs_limit: bool,
    /// Where the law says it.
    #[serde(rename = "source")]
    pub sources: Vec<LawSource>,
}

/// What must happen before an exemption may be used, beside two people's agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Procedure {
    /// The committee is notified, and has not objected within so many working days.
    Notify,
    /// The committee is notified, and approves.
    Approve,
    /// The authority grants a licence, whose number is written down.
    Licence,
    /// Nothing: the law permits it for whoever fits its terms.
    Standing,
}

impl Regime {
    /// The rule for a kind of exemption.
    ///
    /// # Errors
    /// When the regime knows no such exemption; names those that it knows.
    pub fn exemption(&self, kind: &str) -> Result<&ExemptionRule, LedgerError> {
        self.exemptions.iter().find(|rule| rule.kind == kind).ok_or_else(|| {
            let known = self.exemptions.iter().map(|rule| rule.kind.as_str()).collect::<Vec<_>>().join(", ");
            refusals::no_such_exemption(&self.title, kind, known)
        })
    }

    fn check(&self) -> Result<(), String> {
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if self.id.is_empty() || !self.id.chars().all(is_plain) {
            return Err(format!("the id {:?} may have small letters, digits and dashes only", self.id));
        }
        if self.sources.is_empty() || self.exemptions.iter().any(|rule| rule.sources.is_empty()) {
            return Err("a statement of law without a [[source]]".to_owned());
        }
        for rule in &self.exemptions {
            if (rule.procedure == Procedure::Notify) != rule.working_days.is_some() {
                return Err(format!("{}: working_days goes with procedure = \"notify\", and only with it", rule.kind));
            }
        }
        if self.immediate_hold && (self.rests_on != RestsOn::Listing || self.lists.is_empty()) {
            return Err("an immediate hold takes a listing, and the lists that hold it".to_owned());
        }
        Ok(())
    }
}

/// All regimes that are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Regimes(Vec<Regime>);

impl Regimes {
    /// Those that come with the program.
    ///
    /// # Errors
    /// Never in a program that passed its tests, which read each.
    pub fn built_in() -> Result<Regimes, LedgerError> {
        let mut all = Regimes(Vec::new());
        BUILT_IN.iter().try_for_each(|(file, text)| all.add(file, text))?;
        Ok(all)
    }

    /// Adds one of the user's own; one with the same id is replaced.
    ///
    /// # Errors
    /// When the file is no regime.
    pub fn add(&mut self, file: &str, text: &str) -> Result<(), LedgerError> {
        let wrong = |why: String| LedgerError::refused(format!("{file}: {why}"));
        let regime: Regime = toml::from_str(text).map_err(|error| wrong(error.to_string()))?;
        regime.check().map_err(wrong)?;
        self.0.retain(|other| other.id != regime.id);
        self.0.push(regime);
        Ok(())
    }

    /// All of them.
    #[must_use]
    pub fn all(&self) -> &[Regime] {
        &self.0
    }

    /// One by id.
    ///
    /// # Errors
    /// When there is none; names those that there are.
    pub fn get(&self, id: &str) -> Result<&Regime, LedgerError> {
        self.0.iter().find(|regime| regime.id == id).ok_or_else(|| {
            let known = self.0.iter().map(|regime| regime.id.as_str()).collect::<Vec<_>>().join(", ");
            refusals::no_such_regime(id, known)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_statement_of_law_that_is_verified_says_where_it_was_read() {
        let all = Regimes::built_in().unwrap();
        assert_eq!(all.all().len(), BUILT_IN.len());
        for regime in all.all() {
            let sources = regime.sources.iter().chain(regime.exemptions.iter().flat_map(|rule| &rule.sources));
            for source in sources {
                assert!(!source.document.is_empty() && !source.says.is_empty(), "{}", regime.id);
                let is_placed = !source.read_at.is_empty() && !source.paragraph.is_empty();
                assert!(!source.verified || is_placed, "{} {}", regime.id, source.document);
            }
        }
    }

    #[test]
    fn only_un_listings_allow_an_immediate_hold() {
        let all = Regimes::built_in().unwrap();
        let holds: Vec<&str> = all.all().iter().filter(|r| r.immediate_hold).map(|r| r.id.as_str()).collect();
        assert_eq!(holds, ["un-1267", "un-1988"]);
    }

    #[test]
    fn a_regime_of_ones_own_replaces_and_a_wrong_one_is_refused_in_words() {
        let mut all = Regimes::built_in().unwrap();
        let (_, text) = BUILT_IN[3];
        all.add("mine.toml", &text.replace("National order", "Law 1 of Utopia")).unwrap();
        assert_eq!(all.get("national-order").unwrap().title, "Law 1 of Utopia");
        assert_eq!(all.all().len(), BUILT_IN.len());
        for (from, to, why) in [
            ("immediate_hold = false", "immediate_hold = true", "takes a listing"),
            ("id = \"national-order\"", "id = \"My Order\"", "small letters"),
            ("procedure = \"licence\"", "procedure = \"notify\"", "working_days"),
            ("verified = false", "verfied = false", "verfied"),
        ] {
            let error = all.add("mine.toml", &text.replacen(from, to, 1)).unwrap_err().to_string();
            assert!(error.starts_with("mine.toml: ") && error.contains(why), "{error}");
        }
        assert!(all.get("un-1").unwrap_err().to_string().contains("un-1267"));
    }
}
