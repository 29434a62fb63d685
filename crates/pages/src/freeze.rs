//! What is restrained: what runs out, all freezes, the register of any day, one freeze.
//!
//! In comes what the desk shows, out come pages. Nothing here confirms or releases: a form sends what somebody decides.

use std::collections::BTreeMap;

use askama::Template;
use mihenk_node::{
    freezes::Shown,
    ledger::{
        freezes::{
            Asset, AssetKind, Change, Exemption, Freeze, State, Waiting,
            due::{Due, What},
            exemptions::ExemptionState,
            register::{By, Register, Total, Used},
        },
        money::Amount,
        regimes::{ExemptionRule, Procedure, Regime},
    },
    named::Named,
};

use crate::frame::Frame;

/// The register, and what is due.
#[derive(Debug, Template)]
#[template(path = "freezes.html")]
pub struct FreezesPage<'a> {
    /// What stands around it.
    pub t: &'a Frame,
    /// All freezes, newest first.
    pub freezes: &'a [Freeze],
    /// What waits and what runs out.
    pub due: &'a [Due],
    /// What is restrained at the day.
    pub register: &'a Register,
    /// Who ids are.
    pub named: &'a Named,
    /// The day that was asked for, as 2026-11-26; empty for now.
    pub day: &'a str,
}

/// One freeze.
#[derive(Debug, Template)]
#[template(path = "freeze.html")]
pub struct FreezePage<'a> {
    /// What stands around it.
    pub t: &'a Frame,
    /// The freeze, with its exemptions.
    pub shown: &'a Shown,
    /// Who ids are.
    pub named: &'a Named,
    /// What was typed and not sent, by place.
    pub drafts: &'a BTreeMap<String, String>,
    /// What may be exempt, for whoever may propose it now.
    pub rules: &'a [ExemptionRule],
    /// Today.
    pub today: &'a str,
}

/// Where a freeze is proposed.
#[derive(Debug, Template)]
#[template(path = "freeze_new.html")]
pub struct NewFreezePage<'a> {
    /// What stands around it.
    pub t: &'a Frame,
    /// The regimes that it may rest on.
    pub regimes: &'a [Regime],
    /// The listed entity that is meant.
    pub entity: &'a str,
    /// The case.
    pub case: &'a str,
    /// Today.
    pub today: &'a str,
    /// The reason that was typed and not sent.
    pub draft: &'a str,
}

impl FreezesPage<'_> {
    fn totals(&self) -> Vec<Total> {
        self.register.totals(By::Currency)
    }

    fn of_total(&self, total: &Total) -> String {
        let Some(currency) = total.currency else { return self.t.say("value-unknown") };
        match i64::try_from(total.amount_minor) {
            Ok(minor) => self.t.amount(minor, currency.decimals(), currency.code()),
            Err(_) => format!("{} {}", currency.written(total.amount_minor), currency.code()),
        }
    }

    fn value(&self, value: &Option<Amount>) -> String {
        money(self.t, value.as_ref())
    }

    fn what(&self, what: &What) -> &'static str {
        match what {
            What::DecidePause => "due-decide-pause",
            What::ConfirmHold => "due-confirm-hold",
            What::ReleaseDelisted => "due-release-delisted",
            What::Confirm => "due-confirm",
            What::GiveNotice => "due-give-notice",
            What::Review => "due-review",
            What::Committee => "due-committee",
            What::ExemptionEnds => "due-exemption-ends",
        }
    }
}

impl FreezePage<'_> {
    fn freeze(&self) -> &Freeze {
        &self.shown.freeze
    }

    fn value(&self, asset: &Asset) -> String {
        money(self.t, asset.value.as_ref())
    }

    fn limit(&self, exemption: &Exemption) -> String {
        exemption.terms.limit.as_ref().map_or_else(|| "—".to_owned(), |limit| money(self.t, Some(limit)))
    }

    fn paid(&self, used: &Used) -> String {
        money(self.t, Some(&used.amount))
    }

    /// What was typed in a field and not sent.
    fn draft(&self, field: &str) -> &str {
        self.drafts.get(&format!("{}/{field}", self.freeze().id)).map_or("", String::as_str)
    }

    /// An amount as a field has it: 1250.00 EUR.
    fn written(&self, value: Option<&Amount>) -> String {
        value.map(ToString::to_string).unwrap_or_default()
    }

    fn kinds(&self) -> [AssetKind; 6] {
        AssetKind::ALL
    }

    /// Whether the user may propose something about it now.
    fn can_propose(&self) -> bool {
        self.t.is_analyst() && self.freeze().state.restrains()
    }

    /// Whether the user may propose other terms, or to let something go.
    fn can_change(&self) -> bool {
        self.t.is_analyst() && self.freeze().state == State::InForce && self.freeze().waiting.is_none()
    }

    /// Who holds assets and was told nothing yet.
    fn untold(&self) -> Vec<&str> {
        let mut holders = self.freeze().terms.holders();
        holders.retain(|holder| !self.freeze().notices.iter().any(|notice| notice.holder == *holder));
        holders
    }

    /// What a kind of exemption is called: in the page's language where it is one of the usual, else as the regime has it.
    fn called(&self, kind: &str, title: &str) -> String {
        self.t.known(&format!("exempt-{kind}")).unwrap_or_else(|| self.t.within(title))
    }

    /// What must happen before an exemption may be used.
    fn procedure(&self, rule: &ExemptionRule) -> String {
        let word = match rule.procedure {
            Procedure::Notify => "notify",
            Procedure::Approve => "approve",
            Procedure::Licence => "licence",
            Procedure::Standing => "standing",
        };
        self.t.of("procedure", word)
    }

    /// What is left of a limit.
    fn left(&self, exemption: &Exemption) -> Option<String> {
        exemption.left().filter(|_| exemption.used_minor > 0).map(|left| money(self.t, Some(&left)))
    }

    /// Until when the committee may object, while it does.
    fn objects_until(&self, exemption: &Exemption) -> Option<String> {
        let until = exemption.may_object_until.filter(|_| exemption.state == ExemptionState::Notified)?;
        let key = if until.to_string().as_str() < self.today { "exemption-not-objected" } else { "exemption-until" };
        Some(self.t.with(key, &[("day", self.t.date(until.to_string()).plain().to_owned().into())]))
    }

    fn waits_for_second(&self, exemption: &Exemption) -> bool {
        exemption.state == ExemptionState::Proposed
    }

    /// Whether the committee is to be told of it.
    fn to_be_notified(&self, exemption: &Exemption) -> bool {
        self.t.is_analyst() && exemption.state == ExemptionState::Agreed
    }

    /// What the committee may have said of it: it approves what it was told of, and objects to that too.
    fn answers(&self, exemption: &Exemption) -> &'static [&'static str] {
        let by_committee = matches!(exemption.terms.procedure, Procedure::Notify | Procedure::Approve);
        match exemption.state {
            ExemptionState::Notified if self.t.is_analyst() => &["approved", "objected"],
            ExemptionState::Usable if self.t.is_analyst() && by_committee => &["objected"],
            _ => &[],
        }
    }

    /// Whether payments under it can be counted: it is usable, or nobody objected in time.
    fn can_pay(&self, exemption: &Exemption) -> bool {
        let is_usable = exemption.state == ExemptionState::Usable
            || exemption.state == ExemptionState::Notified && exemption.may_object_until.is_some();
        is_usable && self.can_propose()
    }

    /// Whether something waits for a second person: a proposal, a hold, a change.
    fn waits(&self) -> bool {
        matches!(self.freeze().state, State::Proposed | State::Held) || self.freeze().waiting.is_some()
    }

    /// Whether it is the user's own proposal that waits.
    fn is_mine(&self) -> bool {
        let freeze = self.freeze();
        self.t.is_me(freeze.waiting.as_ref().map_or(&freeze.proposed_by, |waiting| &waiting.by))
    }

    /// What a change would do.
    fn change(&self, waiting: &Waiting) -> String {
        match &waiting.change {
            Change::Vary(_) => self.t.say("change-vary"),
            Change::Release { assets } if assets.is_empty() => self.t.say("change-release-all"),
            Change::Release { assets } => {
                let numbers = assets.iter().map(|number| self.t.number(number)).collect::<Vec<_>>().join(", ");
                self.t.with("change-release", &[("assets", numbers.into())])
            }
        }
    }

    /// What would become other, each by itself.
    fn varied(&self, waiting: &Waiting) -> Vec<String> {
        let Change::Vary(variation) = &waiting.change else { return Vec::new() };
        let t = self.t;
        let add = variation.add.iter().map(|asset| {
            let [identifier, holder] = [&asset.identifier, &asset.holder].map(|text| t.within(text));
            let kind = t.of("asset", asset.kind.as_str());
            t.with("vary-add", &[("kind", kind.into()), ("identifier", identifier.into()), ("holder", holder.into())])
        });
        let values = variation.values.iter().map(|(number, value)| {
            t.with("vary-value", &[("number", (*number).into()), ("value", money(t, value.as_ref()).into())])
        });
        let texts = [
            ("vary-scope", &variation.scope),
            ("vary-authority", &variation.authority),
            ("vary-reference", &variation.reference),
        ];
        let texts =
            texts.into_iter().filter_map(|(key, text)| Some(t.with(key, &[("text", t.within(text.as_ref()?).into())])));
        let review = variation.review.map(|day| t.date(day.to_string()).plain().to_owned());
        let review = review.map(|day| t.with("vary-review", &[("day", day.into())]));
        add.chain(values).chain(texts).chain(review).collect()
    }
}

impl NewFreezePage<'_> {
    fn kinds(&self) -> [AssetKind; 6] {
        AssetKind::ALL
    }
}

fn money(t: &Frame, value: Option<&Amount>) -> String {
    value.map_or_else(
        || t.say("value-unknown"),
        |one| t.amount(one.minor(), one.currency().decimals(), one.currency().code()),
    )
}
