//! What is restrained: what runs out, all freezes, the register of any day, one freeze.
//!
//! In comes what the desk shows, out come pages. Nothing here confirms or releases: a form sends what somebody decides.

use askama::Template;
use mihenk_node::{
    freezes::Shown,
    ledger::{
        freezes::{
            Asset, AssetKind, Change, Exemption, Freeze, Waiting,
            due::{Due, What},
            register::{By, Register, Total, Used},
        },
        money::Amount,
        regimes::Regime,
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
    /// What was typed about letting go, and not sent.
    pub draft: &'a str,
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

    /// Whether something waits for a second person: a proposal, a hold, a change.
    fn waits(&self) -> bool {
        use mihenk_node::ledger::freezes::State;
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
